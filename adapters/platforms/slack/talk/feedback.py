"""Whether an answer was useful. Who says no gets another one in its place: the mark changes something they can see."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from adapters.platforms.slack.arrival import Pressed, Sent
from adapters.platforms.slack.kit import Kit
from adapters.platforms.slack.talk.again import Again
from adapters.platforms.slack.talk.answering import OpenReply, whisper_phrase, window_of
from adapters.platforms.slack.talk.opening import Opening
from adapters.platforms.slack.talk.whence import Question, asked_about, inbound_of, remembering, shown_in, visitor_of
from adapters.platforms.slack.talk.working import Working
from adapters.platforms.slack.talk.writing import MORE, REASON, REASONS, feedback_form, written
from bot.domain.fresh import Fresh
from bot.domain.message import Answer, Message, Notice
from bot.domain.press import Press
from bot.errors import NotFoundError
from bot.ports.events import Fact
from bot.ports.platform import Inbox, Ref, ReplyHandle

USEFUL: Final = "yes"
_FIRST: Final = 1
"""Sentences of an answer that was too long."""
_REPEATED: Final = timedelta(days=1)
"""How long Slack might send the same again."""
_MOST: Final = 1_000


class Feedback:
    """Takes the two small buttons under an answer."""

    def __init__(self, kit: Kit, inbox: Inbox, opening: Opening, working: Working, again: Again) -> None:
        self._kit = kit
        self._inbox = inbox
        self._opening = opening
        self._working = working
        self._again = again
        self._told: Fresh[bool] = Fresh(kit.clock, lasts=_REPEATED, most=_MOST)

    def _tell(self, identity: str, **facts: Fact) -> None:
        """What comes twice is one mark."""
        if not self._told.get(identity):
            self._told.put(identity, value=True)
            self._kit.events.tell("answer_marked", platform="slack", **facts)

    async def marked(self, pressed: Pressed, question: Question, press: Press) -> None:
        """Note it; of an answer that was not useful, ask why. Slack shows by itself that the button was pressed.

        Raises:
            PlatformError: nothing could be shown.
        """
        useful = press.rest.partition(".")[0] == USEFUL
        self._tell(pressed.id, edition=press.edition, useful=useful)
        if useful:
            return
        phrases = self._kit.catalogue.speak(question.language)
        form = feedback_form(press.edition, press.rest, phrases)
        _, asker = asked_about(press)
        if asker in {None, question.whence.user}:
            await self._opening.open(pressed, question, form, shown=pressed.message)
            return
        # Whose answer it is not may say so, but not change it, unless they manage the workspace: that is looked up.
        told = window_of(self._kit, Notice(phrases.say("not-your-answer")), question)
        window = await self._opening.open(pressed, question, told)
        if window is not None and await self._again.manages(question):
            await window.show(remembering(form, question.whence, question.language, shown=pressed.message))

    async def again(self, sent: Sent, question: Question, press: Press) -> None:
        """Answer once more in the same message: another question; the same, by a model that is told what was complained
        of; else less of the same, or what older editions have.

        Raises:
            NotFoundError: it is not known which message that is.
            StoreError: the database failed.
            PlatformError: nothing could be shown.
        """
        message, asker = asked_about(press)
        shown, why = shown_in(sent.view), written(sent.view, REASON)
        if shown is None:
            raise NotFoundError("no answer to change is known")
        if not await self._again.may(question, asker):
            await whisper_phrase(self._kit, question, "not-your-answer")
            return
        if why in REASONS:
            self._tell(sent.id, edition=press.edition, why=why)
        own = written(sent.view, MORE)
        text = own or await self._again.question(question, press)
        if not text:
            await whisper_phrase(self._kit, question, "ask-anew")
            return
        about = self._again.asked_by(question, asker, message)
        reply = OpenReply(self._kit, about, self._working, shown=shown)
        async with self._working.during(about, at_once=True):
            asked = inbound_of(about, text, press.edition, self._kit.clock.now(), mentions_us=True)
            complaint = why if why in REASONS else ""
            if own:
                await self._inbox(asked, reply)
            elif why == "long":
                await self._inbox(replace(asked, complaint=complaint), _Shorter(reply))
            else:
                passing = _Written(reply)
                await self._inbox(replace(asked, complaint=complaint), passing)
                if not passing.is_answered:
                    await self._elsewhere(about, reply, press.edition, text)

    async def _elsewhere(self, question: Question, reply: OpenReply, edition: str, text: str) -> None:
        about = await self._kit.office.whereabouts.edition(edition)
        found = await self._kit.office.on_demand.search(visitor_of(question.whence, question.language), text)
        await reply.answer(Answer(found, question.language, edition=about), private=False)


class _Shorter:
    """Passes on the beginning of an answer."""

    def __init__(self, reply: ReplyHandle) -> None:
        self._reply = reply

    async def answer(self, message: Message, *, private: bool) -> Ref | None:
        """Its first sentence, with the sources of that."""
        # A model was told to be short.
        if isinstance(message, Answer) and message.reply.kind == "answer" and message.reply.writer is None:
            text = message.reply.text[:_FIRST]
            used = {passage.partition(".")[0] for line in text for passage in line.evidence}
            kept = tuple(one for one in message.reply.citations if str(one.n) in used)
            message = replace(message, reply=replace(message.reply, text=text, citations=kept))
        return await self._reply.answer(message, private=private)

    async def progress(self, message: Message) -> None:
        """As it is."""
        await self._reply.progress(message)


class _Written:
    """Passes on what a model answers, and what went wrong; not the same original passages again."""

    def __init__(self, reply: ReplyHandle) -> None:
        self._reply = reply
        self.is_answered = False

    async def answer(self, message: Message, *, private: bool) -> Ref | None:
        """As it is, if it is something else than before."""
        if isinstance(message, Answer) and message.reply.writer is None:
            return None
        self.is_answered = True
        return await self._reply.answer(message, private=private)

    async def progress(self, message: Message) -> None:
        """As it is."""
        await self._reply.progress(message)

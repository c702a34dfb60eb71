"""Questions that are asked by a form, asked again, or stopped; and reports of mistakes.

A question about an edition is put into its thread, for all, and answered there.
"""

from dataclasses import replace
from typing import Final

from adapters.platforms.slack.arrival import Halted, Pressed, Sent
from adapters.platforms.slack.kit import Json, Kit
from adapters.platforms.slack.talk.adding import Adding, Spot, Unsure, marked
from adapters.platforms.slack.talk.answering import (
    OpenReply,
    PublicPress,
    Silence,
    Window,
    closed,
    payloads,
    whisper_phrase,
)
from adapters.platforms.slack.talk.sharing import address_of, name_of
from adapters.platforms.slack.talk.whence import Editions, Question, asked_about, inbound_of
from adapters.platforms.slack.talk.working import Working
from adapters.platforms.slack.talk.writing import MISTAKE, MOST_REPORTED, QUESTION, readable, written
from bot.domain.document import Paragraph, Run
from bot.domain.message import Notice, Sheet
from bot.domain.place import Place
from bot.domain.press import Press
from bot.domain.reply import Action
from bot.errors import PlatformError
from bot.ports.platform import Inbox

_ASKED: Final = "asked"
"""Under this, the metadata of a question that we put into a thread has its words: they stand in it for all to read."""


class Asking:
    """Puts questions into the thread of an edition and has them answered there."""

    def __init__(self, kit: Kit, inbox: Inbox, editions: Editions, working: Working) -> None:
        self._kit = kit
        self._inbox = inbox
        self._editions = editions
        self._working = working

    async def ask(self, sent: Sent, question: Question, window: Window, press: Press) -> None:
        """Take a question from its form: about an edition, or about a message that somebody pointed at.

        Raises:
            StoreError: the database failed.
            PlatformError: nothing could be shown.
        """
        text, edition = written(sent.view, QUESTION), press.edition
        here = question.place
        if not edition and here.thread is not None:
            edition = await self._editions.at(here) or ""
        in_channel = question.channel and not question.channel.startswith("D")
        home = await self._editions.home(edition, here) if edition and in_channel else here
        if home.thread is None or not (edition and in_channel):
            await self._privately(question, window, text, edition or await self._about(question))
            return
        await self._in_thread(replace(question, place=home), window, text, edition)

    async def _about(self, question: Question) -> str:
        """What somebody asks about who pointed at something of somebody else."""
        channel = Place(question.place.platform, question.place.id)
        here = None if channel.id.startswith("@") else await self._editions.at(channel)
        return here or await self._editions.latest(question.whence.team) or ""

    async def _in_thread(self, question: Question, window: Window, text: str, edition: str) -> None:
        """Post somebody's question where an edition is discussed, and answer it there.

        Where we cannot post, the answer is shown to the asker alone.
        """
        try:
            posted = await self._post(question, text)
        except Unsure:
            posted = None
        except PlatformError as error:
            if not closed(error):
                raise
            await self._privately(question, window, text, edition)
            return
        say = self._kit.catalogue.speak(question.language).say
        there = posted or question.thread or ""
        link = Action("goto", "list", await address_of(self._kit, question, there))
        await window.answer(Notice(say("asked-there"), actions=(link,), edition=edition), private=True)
        about = replace(question, message=posted)
        asked = inbound_of(about, text, edition, self._kit.clock.now(), mentions_us=True)
        async with self._working.during(about, at_once=True):
            await self._inbox(asked, OpenReply(self._kit, about, self._working))

    async def _post(self, question: Question, text: str) -> str:
        """`ts` of the question as it stands in the thread: once, however often its form comes."""
        mark = f"{question.id}/asked"
        before = await self._kit.office.whereabouts.shared(mark, question.place)
        if before is not None:
            return before
        say = self._kit.catalogue.speak(question.language).say
        name = Run(say("person-asks", name=await name_of(self._kit, question)), "bold")
        shown = Sheet((Paragraph((name, Run(" "), Run(text))),), question.language)
        (payload, *_) = payloads(self._kit, shown, question)
        spot = Spot(question.whence.team, question.channel, question.thread)
        posted = await Adding(self._kit, spot, marked(mark, asked=text)).add(payload)
        return await self._kit.office.whereabouts.shared(mark, question.place, posted) or posted

    async def _privately(self, question: Question, window: Window, text: str, edition: str) -> None:
        await self._inbox(inbound_of(question, text, edition, self._kit.clock.now(), pressed=True), window)

    def report(self, sent: Sent, press: Press) -> None:
        """Hand a reported mistake to whoever runs this bot, in the person's words: the form says who reads them.

        It is the one event with text that somebody wrote (`bot.ports.events`); its only reader is who it is meant for.
        """
        text = " ".join(written(sent.view, MISTAKE).split())[:MOST_REPORTED]
        told = {"edition": press.edition, "story": press.rest, "text": text}
        self._kit.events.warn("mistake_reported", platform="slack", **told)

    # ------------------------------------------------------------ stopping, trying again

    async def stop(self, pressed: Pressed, question: Question, press: Press) -> None:
        """Stop an answer, if it is theirs or they manage the workspace. What was begun before a restart ends here, too.

        Raises:
            PlatformError: nothing could be shown.
        """
        message, asker = asked_about(press)
        manages = await self.manages(question)
        if asker not in {None, question.whence.user} and not manages:
            await whisper_phrase(self._kit, question, "not-your-answer")
            return
        about = None if message is None else f"{question.whence.team}/{question.channel}/{message}"
        wanted = inbound_of(
            question, "stop", press.edition, self._kit.clock.now(), pressed=True, about=about, manages=manages
        )
        await self._inbox(wanted, PublicPress(self._kit, question, self._working, shown=pressed.message))

    async def halt(self, halted: Halted) -> None:
        """Stop what somebody waits for in a thread, by Slack's own button: the question's answer then says so."""
        now, whence = self._kit.clock.now(), halted.whence
        identity = f"{whence.team}/{whence.user}/{whence.channel}/{whence.thread}/halted/{now.isoformat()}"
        question = Question(whence, whence.place, whence.channel or "", identity, "en")
        self._working.halt(question)
        await self._inbox(inbound_of(question, "stop", "", now, pressed=True), Silence())

    async def again(self, pressed: Pressed, question: Question, press: Press) -> None:
        """Answer the same question once more, in the place of the error that is shown.

        Raises:
            PlatformError: nothing could be shown.
        """
        message, asker = asked_about(press)
        if not await self.may(question, asker):
            await whisper_phrase(self._kit, question, "not-your-answer")
            return
        text = await self.question(question, press)
        if not text:
            await whisper_phrase(self._kit, question, "ask-anew")
            return
        about = self.asked_by(question, asker, message)
        asked = inbound_of(about, text, press.edition, self._kit.clock.now(), mentions_us=True)
        async with self._working.during(about, at_once=True):
            await self._inbox(asked, OpenReply(self._kit, about, self._working, shown=pressed.message))

    def asked_by(self, question: Question, asker: str | None, message: str | None) -> Question:
        """A question that is answered once more to who asked it, in the thread that it stands in."""
        whence = replace(question.whence, user=asker or question.whence.user)
        place = question.place if question.place.thread else replace(question.place, thread=message)
        return replace(question, whence=whence, message=message, place=place)

    async def may(self, question: Question, asker: str | None) -> bool:
        """Whether an answer is theirs, or they manage the workspace."""
        return asker in {None, question.whence.user} or await self.manages(question)

    async def manages(self, question: Question) -> bool:
        """Whether a person manages the workspace; not, where Slack does not say so now."""
        try:
            return await self._kit.workspaces.may_manage(question.whence.team, question.whence.user)
        except PlatformError:
            return False

    async def question(self, question: Question, press: Press) -> str:
        """The text of the question a button is about: a person's words, or those we posted for them; else nothing.

        It is the one message that is read; its words are kept nowhere.
        """
        message, _ = asked_about(press)
        if message is None or not question.channel:
            return ""
        team = question.whence.team
        wanted = {"ts": question.thread or message, "oldest": message, "latest": message}
        try:
            own = await self._kit.workspaces.of(team)
            found = await self._kit.rest.look_up(
                team,
                "conversations.replies",
                channel=question.channel,
                inclusive=True,
                include_all_metadata=True,
                limit=2,
                **wanted,
            )
        except PlatformError:
            return ""
        one: Json = next((one for one in found.get("messages") or () if one.get("ts") == message), {})
        asked = ((one.get("metadata") or {}).get("event_payload") or {}).get(_ASKED)
        if asked is not None or own.bot == one.get("bot_id") or own.me == one.get("user"):
            return str(asked or "")
        return readable(str(one.get("text") or ""), own.me)

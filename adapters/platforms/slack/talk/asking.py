"""Questions that are asked by a form, and reports of mistakes.

A question about an edition is put into its thread, for all, and answered there.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from adapters.platforms.slack.arrival import Sent
from adapters.platforms.slack.kit import Kit
from adapters.platforms.slack.talk.adding import Adding, Spot, Unsure, digest, marked
from adapters.platforms.slack.talk.again import ASKED
from adapters.platforms.slack.talk.answering import OpenReply, Window, closed, payloads
from adapters.platforms.slack.talk.sharing import address_of, name_of
from adapters.platforms.slack.talk.whence import Editions, Question, inbound_of
from adapters.platforms.slack.talk.working import Working
from adapters.platforms.slack.talk.writing import MISTAKE, MOST_REPORTED, QUESTION, written
from bot.domain.document import Paragraph, Run
from bot.domain.fresh import Fresh
from bot.domain.message import Notice, Sheet
from bot.domain.place import Place
from bot.domain.press import Press
from bot.domain.reply import Action
from bot.errors import PlatformError
from bot.ports.platform import Inbox

_REPEATED: Final = timedelta(days=1)
"""How long Slack might send the same again."""
_MOST: Final = 1_000


class Asking:
    """Puts questions into the thread of an edition and has them answered there."""

    def __init__(self, kit: Kit, inbox: Inbox, editions: Editions, working: Working) -> None:
        self._kit = kit
        self._inbox = inbox
        self._editions = editions
        self._working = working
        self._reported: Fresh[bool] = Fresh(kit.clock, lasts=_REPEATED, most=_MOST)

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
        # Not the id itself, which names who asked: this is kept longer than anybody may want to be known.
        mark = f"asked/{digest(question.id)}"
        before = await self._kit.office.whereabouts.shared(mark, question.place)
        if before is not None:
            return before
        say = self._kit.catalogue.speak(question.language).say
        name = Run(say("person-asks", name=await name_of(self._kit, question)), "bold")
        shown = Sheet((Paragraph((name, Run(" "), Run(text))),), question.language)
        (payload, *_) = payloads(self._kit, shown, question)
        spot = Spot(question.whence.team, question.channel, question.thread)
        posted = await Adding(self._kit, spot, marked(f"{question.id}/asked", **{ASKED: text})).add(payload)
        return await self._kit.office.whereabouts.shared(mark, question.place, posted) or posted

    async def _privately(self, question: Question, window: Window, text: str, edition: str) -> None:
        await self._inbox(inbound_of(question, text, edition, self._kit.clock.now(), pressed=True), window)

    def report(self, sent: Sent, press: Press) -> None:
        """Hand a reported mistake to whoever runs this bot, in the person's words: the form says who reads them. Once.

        It is the one event with text that somebody wrote (`bot.ports.events`); its only reader is who it is meant for.
        """
        if self._reported.get(sent.id):
            return
        self._reported.put(sent.id, value=True)
        text = " ".join(written(sent.view, MISTAKE).split())[:MOST_REPORTED]
        told = {"edition": press.edition, "story": press.rest, "text": text}
        self._kit.events.warn("mistake_reported", platform="slack", **told)

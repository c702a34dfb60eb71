"""What people write where we read.

People who talk to each other are left alone: of a busy channel, only what stands in our threads, in the conversation
with us, or turns to us is handed on. No history is read, and nobody's words are kept.
"""

from collections import OrderedDict
from dataclasses import replace
from typing import Final

from adapters.platforms.slack.arrival import Said
from adapters.platforms.slack.kit import Kit, Profile
from adapters.platforms.slack.talk.again import Again
from adapters.platforms.slack.talk.answering import OpenReply
from adapters.platforms.slack.talk.whence import Editions, Question, instant
from adapters.platforms.slack.talk.working import Working
from adapters.platforms.slack.talk.writing import readable, turns_to_all
from bot.domain.conversation.words import deed, join
from bot.domain.message import Notice
from bot.domain.place import Inbound, Place
from bot.errors import CounterpointError
from bot.ports.platform import Inbox

_MOST: Final = 10_000
"""People whose last question to us alone is remembered, by its id."""
_LATEST: Final = "latest"


class Reading:
    """Hands to the core what may be for us."""

    def __init__(self, kit: Kit, inbox: Inbox, editions: Editions, working: Working, again: Again) -> None:
        self._kit = kit
        self._inbox = inbox
        self._editions = editions
        self._working = working
        self._again = again
        self._words = join(kit.catalogue.speak(one).words() for one in kit.catalogue.languages)
        self._hearing: set[str] = set()
        self._asked: OrderedDict[str, str] = OrderedDict()

    async def said(self, said: Said) -> None:
        """Hand a message to the core if it may be for us."""
        if said.id in self._hearing:
            return  # a mention comes twice, as a message and as a mention: the first of them is being answered
        self._hearing.add(said.id)
        try:
            await self._hear(said)
        except CounterpointError as error:
            # Nobody was answered yet, and whether the message was for us is not known: only the operator is told.
            self._kit.events.warn("message_not_read", platform="slack", reason=str(error)[:200])
        finally:
            self._hearing.discard(said.id)

    async def _hear(self, said: Said) -> None:
        whence = said.whence
        if not said.direct and whence.thread is None and not said.mentions:
            return
        own = await self._kit.workspaces.of(whence.team)
        mentioned = own.me in said.mentions
        if whence.user == own.me or not (said.direct or whence.thread or mentioned):
            return
        # In a channel we answer in threads only: of a message outside of any, in the one below it.
        place = replace(whence.place, thread=whence.thread or said.ts)
        edition = await self._edition(said, place)
        to_us = said.parent_author == own.me and edition is None
        if edition is None and not (said.direct or to_us or mentioned):
            return
        profile = await self._kit.workspaces.profile(whence.team, whence.user)
        if profile.is_bot:
            return  # two bots would talk for ever
        question = await self._question(said, place, profile, edition)
        inbound = await self._inbound(said, question, edition, own.me, to_us=to_us)
        self._editions.engage(place, edition if said.direct or mentioned else None)
        turned = said.direct or mentioned or to_us
        if said.brings_files and turned and not inbound.text:
            await self._say_how(question)
            return
        async with self._working.during(question, at_once=turned):
            await self._inbox(inbound, OpenReply(self._kit, question, self._working))

    async def _say_how(self, question: Question) -> None:
        """A file and no word: what to do instead."""
        notice = Notice(self._kit.catalogue.speak(question.language).say("slack-no-files"))
        await OpenReply(self._kit, replace(question, fresh=False), self._working).answer(notice, private=False)

    async def _edition(self, said: Said, place: Place) -> str | None:
        found = await self._editions.at(place)
        if found is None and said.whence.thread is None and not said.direct:
            found = await self._editions.at(replace(place, thread=None))
        if found is None and said.direct:
            found = await self._editions.latest(said.whence.team)
        return found

    async def _question(self, said: Said, place: Place, profile: Profile, edition: str | None) -> Question:
        fresh = said.direct and edition is None and await self._kit.office.whereabouts.edition(_LATEST) is None
        channel = said.whence.channel or ""
        return Question(said.whence, place, channel, said.id, profile.language, said.ts, profile.zone, fresh)

    async def _inbound(self, said: Said, question: Question, edition: str | None, me: str, *, to_us: bool) -> Inbound:
        """The message as the core knows messages."""
        text, person = readable(said.text, me), said.whence.person
        meant = deed(text, self._words)
        about = self._asked.get(person) if said.direct and meant == "stop" and said.whence.thread is None else None
        if said.direct and meant is None:
            self._asked[person] = said.id
            self._asked.move_to_end(person)
            if len(self._asked) > _MOST:
                self._asked.popitem(last=False)
        return Inbound(
            id=said.id,
            place=question.place,
            author=person,
            text=text,
            at=instant(said.ts),
            language=question.language,
            edition=edition,
            mentions_us=said.direct or me in said.mentions,
            replies_to_us=to_us,
            mentions_others=any(one != me for one in said.mentions) or turns_to_all(said.text),
            tenant=said.whence.tenant,
            manages=meant in {"stop", "pause"} and await self._again.manages(question),
            about=about,
        )

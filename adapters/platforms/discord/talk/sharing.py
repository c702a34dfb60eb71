"""Private look-ups that somebody shows to all, and chapters, once: the next press leads to what is there."""

from dataclasses import replace
from typing import Any

import discord

from adapters.platforms.discord.kit import Kit, tenant_of
from adapters.platforms.discord.rendering import jump
from adapters.platforms.discord.talk.answering import Beside, OpenReply, PrivateReply, closed
from adapters.platforms.discord.talk.whence import Question, inbound_of, pressed_at, question_of
from adapters.wire.publications import publication, spoken
from bot.domain.message import Answer, Message, Notice
from bot.domain.place import Place
from bot.domain.press import Press, alone
from bot.domain.reply import Action
from bot.errors import MessageRefused, NotFoundError, PlaceClosed
from bot.ports.office import home
from bot.ports.platform import Inbox, Ref, ReplyHandle

_LONGEST_NAME = 80


class Sharing:
    """Shows look-ups to all, and knows which are."""

    def __init__(self, kit: Kit, inbox: Inbox) -> None:
        self._kit = kit
        self._inbox = inbox

    async def share(self, press: discord.Interaction[Any], pressed: Press) -> None:
        """Post a look-up in the thread, headed with who shared it, and tell them where it stands.

        Raises:
            NotFoundError: its edition or it is not known.
            StoreError: the database failed.
            PlatformError: nothing could be shown.
        """
        word = pressed.shared
        about = await publication(self._kit.office, pressed.edition, tenant_of(press.guild_id, press.user.id))
        if word is None or about is None:
            raise NotFoundError("nothing to share is kept")
        there = await home(self._kit.office.whereabouts, pressed.edition, pressed_at(press))
        if await self.shown_already(press, pressed.edition, word, there):
            return
        handle = _Shared(self._kit, press, question_of(press, there), pressed.edition, word)
        # All read it: it speaks the language of what they read.
        inbound = inbound_of(
            press, handle.question, word, pressed.edition, pressed=True, in_public=True, language=spoken(about)
        )
        await self._inbox(inbound, handle)

    async def chapter(self, press: discord.Interaction[Any], pressed: Press, word: str) -> bool:
        """Post a chapter in the thread of its episode, unless it stands there; False where there is no such thread.

        Raises:
            NotFoundError: its episode is not kept.
            StoreError: the database failed.
            PlatformError: nothing could be shown.
        """
        there = await home(self._kit.office.whereabouts, pressed.edition, pressed_at(press))
        if there.thread is None:
            return False
        about = await publication(self._kit.office, pressed.edition, tenant_of(press.guild_id, press.user.id))
        if about is None:
            raise NotFoundError("its episode is not kept")
        # Who pressed in the thread sees the chapter come: nothing waits there to be filled in.
        here = isinstance(press.channel, discord.Thread)
        if await self.shown_already(press, pressed.edition, word, there, beside=here):
            return True
        handle = _Part(self._kit, press, question_of(press, there), pressed.edition, word, in_sight=here)
        inbound = inbound_of(
            press, handle.question, word, pressed.edition, pressed=True, in_public=True, language=spoken(about)
        )
        await self._inbox(inbound, handle)
        return True

    async def shown_already(
        self,
        press: discord.Interaction[Any],
        edition: str,
        word: str,
        there: Place | None = None,
        *,
        beside: bool = False,
    ) -> bool:
        """Whether a look-up is shared already; if so, who pressed is led to it, `beside` the message they pressed on.

        Raises:
            StoreError: the database failed.
            PlatformError: nothing could be shown.
        """
        here = there or await home(self._kit.office.whereabouts, edition, pressed_at(press))
        message = await self._kit.office.whereabouts.shared(f"{edition}/{word}", here)
        question = question_of(press, here)
        if message is None or not await stands(self._kit, question.channel, message):
            return False
        say = self._kit.catalogue.speak(question.language).say
        link = Action("goto", "list", jump(question.guild, question.channel, message))
        told = Notice(say("shared-already"), actions=(link, Action("mine", alone(word))), edition=edition)
        shown = Beside(self._kit, press, question) if beside else PrivateReply(self._kit, press, question)
        await shown.answer(told, private=True)
        return True


async def stands(kit: Kit, channel: str, message: str) -> bool:
    """Whether a message is still there.

    Raises:
        PlatformError: that cannot be read.
    """
    try:
        await kit.rest.message(channel, message)
    except PlaceClosed:
        return False
    return True


class _Shared:
    """Posts the answer to a Share for all, and says to who pressed where it stands."""

    def __init__(self, kit: Kit, press: discord.Interaction[Any], question: Question, edition: str, word: str) -> None:
        self.question = question
        self._kit = kit
        self._press = press
        self._edition = edition
        self._look_up = f"{edition}/{word}"
        self._open = OpenReply(kit, question)
        self._private: ReplyHandle = PrivateReply(kit, press, question)

    async def answer(self, message: Message, *, private: bool) -> Ref | None:
        """Post it, or show who pressed why not.

        Raises:
            PlatformError: nothing could be shown.
            StoreError: the database failed.
        """
        if private or not isinstance(message, Answer):
            return await self._private.answer(message, private=True)
        say = self._kit.catalogue.speak(self.question.language).say
        try:
            there = await self._post(self._headed(message))
        except (PlaceClosed, MessageRefused) as error:
            if not closed(error):
                raise
            return await self._unposted(message, Notice(say("cannot-share")))
        return await self._told(there)

    def _headed(self, message: Answer) -> Answer:
        return replace(message, shared_by=self._press.user.display_name[:_LONGEST_NAME])

    async def _unposted(self, message: Answer, why: Notice) -> Ref | None:
        del message
        return await self._private.answer(why, private=True)

    async def _told(self, there: str) -> Ref | None:
        say = self._kit.catalogue.speak(self.question.language).say
        link = Action("goto", "list", jump(self.question.guild, self.question.channel, there))
        told = Notice(say("shared-now"), actions=(link,), edition=self._edition)
        return await self._private.answer(told, private=True)

    async def _post(self, message: Answer) -> str:
        """The message that shows it; of two people who share at the same moment, the first one's stays."""
        posted = await self._open.post(message)
        first = await self._kit.office.whereabouts.shared(self._look_up, self.question.place, posted.id)
        if first is None or first == posted.id or not await stands(self._kit, self.question.channel, first):
            return posted.id
        await self._kit.rest.delete(self.question.channel, posted.id)
        return first

    async def progress(self, message: Message) -> None:
        """Discord says to who pressed that something comes."""
        del message


class _Part(_Shared):
    """Posts a part of a discussion: it is nobody's, and where nobody can write, who pressed reads it alone."""

    def __init__(
        self,
        kit: Kit,
        press: discord.Interaction[Any],
        question: Question,
        edition: str,
        word: str,
        *,
        in_sight: bool,
    ) -> None:
        super().__init__(kit, press, question, edition, word)
        self._in_sight = in_sight
        if in_sight:
            self._private = Beside(kit, press, question)

    def _headed(self, message: Answer) -> Answer:
        return message

    async def _unposted(self, message: Answer, why: Notice) -> Ref | None:
        del why
        return await self._private.answer(message, private=True)

    async def _told(self, there: str) -> Ref | None:
        return None if self._in_sight else await super()._told(there)

"""How an answer reaches the person: as a reply in the thread, or shown to them alone.

What should be discussed is an ordinary message that refers to the question: replies to the response of an interaction
would reach us empty. One message is progress first and the answer then.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import discord

from adapters.platforms.discord.errors import ARCHIVED, TOO_LATE, UNKNOWN_MESSAGE, code_of
from adapters.platforms.discord.kit import Kit
from adapters.platforms.discord.payloads import CV2, EPHEMERAL
from adapters.platforms.discord.rendering import Where, render
from adapters.platforms.discord.rest import Pictures
from adapters.platforms.discord.talk.whence import Question, question_of
from adapters.wire.illustrations import NONE_DRAWN
from bot.domain.message import Answer, Message, Notice, language_of
from bot.domain.press import named, pressed
from bot.errors import MessageRefused, PlaceClosed, PlatformError
from bot.ports.platform import Ref

_EDITS_APART = timedelta(seconds=1)
_ABOUT_A_QUESTION = frozenset({"stop", "retry", "find"})
"""Verbs that need to know which message was asked, and by whom."""


def payloads(
    kit: Kit, message: Message, question: Question, *, private: bool, pictures: Pictures = NONE_DRAWN
) -> list[dict[str, Any]]:
    """A message for Discord, its buttons knowing which question they are about.

    Raises:
        MessageRefused: it cannot be shown within the limits.
    """
    phrases = kit.catalogue.speak(language_of(message) or question.language)
    where = Where(guild=question.guild, thread=question.place.thread, private=private, pictures=pictures)
    rendered = [dict(payload) for payload in render(message, phrases, where)]
    about = f"r{question.message or question.id}.{question.asker}"
    return [{**payload, "components": _addressed(payload["components"], about)} for payload in rendered]


async def pictured(kit: Kit, message: Message, question: Question) -> Pictures:
    """What a message shows, drawn; none where that failed."""
    return await kit.illustrations.of(message, kit.catalogue.speak(language_of(message) or question.language))


def closed(error: PlatformError) -> bool:
    """Whether nothing can be posted there: the place is gone, locked, or not ours to write in."""
    cause = error.__cause__
    archived = isinstance(cause, discord.HTTPException) and cause.code == ARCHIVED
    return isinstance(error, PlaceClosed) or archived


class OpenReply:
    """Answers in the channel or thread, for all."""

    def __init__(self, kit: Kit, question: Question, *, shown: str | None = None) -> None:
        """Prepare; `shown` is a message of ours that becomes the answer."""
        self._kit = kit
        self._question = question
        self._shown = shown
        self._changed: datetime | None = None
        """When it last showed something new."""
        self._edited: datetime | None = None
        """When it last did so by an edit."""
        self._pictures: Pictures = NONE_DRAWN
        """What the answer shows."""

    async def answer(self, message: Message, *, private: bool) -> Ref | None:
        """Post it, or turn the progress into it. A typed question has no private answer: it stands in the thread.

        Raises:
            PlatformBusy, PlatformUnavailable, MessageRefused: it could not be posted.
        """
        del private
        try:
            return await self.post(message)
        except (PlaceClosed, MessageRefused) as error:
            if not closed(error):
                raise
            self._kit.events.warn("answer_not_posted", platform="discord", reason=str(error)[:200])
            return None

    async def post(self, message: Message) -> Ref:
        """The same, but for a place that is closed.

        Raises:
            PlaceClosed, MessageRefused: nobody can write there (`closed`).
        """
        self._pictures = await pictured(self._kit, message, self._question)
        first, *rest = payloads(self._kit, message, self._question, private=False, pictures=self._pictures)
        if self._edited is not None:
            await self._kit.clock.sleep(max(timedelta(), self._edited + _EDITS_APART - self._kit.clock.now()))
        posted = await self._put(first)
        for n, payload in enumerate(rest, 1):
            await self._send(payload, n)
        return Ref(self._question.place, posted)

    async def progress(self, message: Message) -> None:
        """Show that work goes on, or as much of the answer as there is: a message that becomes the answer.

        Raises:
            PlatformError: it could not be shown; the answer may still be.
        """
        if not await _is_time(self._kit, self._changed, message):
            return
        first, *_ = payloads(self._kit, message, self._question, private=False)
        self._shown = await self._put(first)
        self._changed = self._kit.clock.now()

    async def _put(self, payload: Mapping[str, Any]) -> str:
        if self._shown is None:
            return await self._send(payload, 0)
        self._edited = self._kit.clock.now()
        try:
            await self._kit.rest.edit(self._question.channel, self._shown, payload, pictures=self._pictures)
        except PlaceClosed as error:
            if not isinstance(error.__cause__, discord.NotFound):
                raise
            # Somebody deleted the progress: the answer comes all the same.
            return await self._send(payload, 0, again=True)
        return self._shown

    async def _send(self, payload: Mapping[str, Any], n: int, *, again: bool = False) -> str:
        question = self._question
        body = dict(payload)
        if question.message is not None and n == 0:
            body["message_reference"] = {"message_id": question.message, "fail_if_not_exists": False}
        nonce = hashlib.sha256(f"{question.id}/{n}/{again}".encode()).hexdigest()[:24]
        sent = await self._kit.rest.send(question.channel, body, nonce=nonce, pictures=self._pictures)
        return str(sent["id"])


class PrivateReply:
    """Answers a press that was acknowledged privately: only who pressed sees it, and sees meanwhile that it comes.

    Discord takes an answer for fifteen minutes, and none once the person has dismissed the message.
    """

    def __init__(self, kit: Kit, press: discord.Interaction[Any], question: Question) -> None:
        self._kit = kit
        self._press = press
        self._question = question
        self._changed: datetime | None = None

    async def answer(self, message: Message, *, private: bool) -> Ref | None:
        """Show it to who pressed.

        Raises:
            PlatformError: it could not be shown.
        """
        del private
        pictures = await pictured(self._kit, message, self._question)
        first, *rest = payloads(self._kit, message, self._question, private=True, pictures=pictures)
        with _while_it_lasts(self._kit):
            await self._kit.rest.show(self._press, {**first, "flags": CV2}, pictures=pictures)
            for payload in rest:
                await whisper(self._kit, self._press, payload)
        return None

    async def progress(self, message: Message) -> None:
        """As much of the answer as there is; that one comes, Discord says itself from the acknowledgement on.

        Raises:
            PlatformError: it could not be shown; the answer may still be.
        """
        if not isinstance(message, Answer) or not await _is_time(self._kit, self._changed, message):
            return
        first, *_ = payloads(self._kit, message, self._question, private=True)
        with _while_it_lasts(self._kit):
            await self._kit.rest.show(self._press, {**first, "flags": CV2})
        self._changed = self._kit.clock.now()


class Beside:
    """Answers a press whose acknowledgement shows nothing, to who pressed alone, beside what they pressed on."""

    def __init__(self, kit: Kit, press: discord.Interaction[Any], question: Question) -> None:
        self._kit = kit
        self._press = press
        self._question = question

    async def answer(self, message: Message, *, private: bool) -> Ref | None:
        """Show it to who pressed.

        Raises:
            PlatformError: it could not be shown.
        """
        del private
        with _while_it_lasts(self._kit):
            for payload in payloads(self._kit, message, self._question, private=True):
                await whisper(self._kit, self._press, payload)
        return None

    async def progress(self, message: Message) -> None:
        """The answer comes soon."""


class PublicPress:
    """Answers a press for all, whose acknowledgement shows nothing; what concerns one person is shown to them alone."""

    def __init__(
        self, kit: Kit, press: discord.Interaction[Any], question: Question, *, shown: str | None = None
    ) -> None:
        self._kit = kit
        self._press = press
        self._question = question
        self._open = OpenReply(kit, question, shown=shown)

    async def answer(self, message: Message, *, private: bool) -> Ref | None:
        """Post it; show it to who pressed where nobody can write.

        Raises:
            PlatformError: it could not be shown.
        """
        if not private:
            try:
                return await self._open.post(message)
            except (PlaceClosed, MessageRefused) as error:
                if not closed(error):
                    raise
        return await Beside(self._kit, self._press, self._question).answer(message, private=True)

    async def progress(self, message: Message) -> None:
        """As a message that becomes the answer.

        Raises:
            PlatformError: it could not be shown; the answer may still be.
        """
        await self._open.progress(message)


async def show_alone(kit: Kit, press: discord.Interaction[Any], message: Message) -> None:
    """Answer a press that was acknowledged privately.

    Raises:
        PlatformError: it could not be shown.
    """
    await PrivateReply(kit, press, question_of(press)).answer(message, private=True)


async def say_alone(kit: Kit, press: discord.Interaction[Any], key: str) -> None:
    """One phrase to who pressed, beside the message they pressed on.

    Raises:
        PlatformError: it could not be shown.
    """
    question = question_of(press)
    notice = Notice(kit.catalogue.speak(question.language).say(key))
    with _while_it_lasts(kit):
        for payload in payloads(kit, notice, question, private=True):
            await whisper(kit, press, payload)


async def whisper(kit: Kit, press: discord.Interaction[Any], payload: Mapping[str, Any]) -> None:
    """One more message that only who pressed sees.

    Raises:
        PlatformError: it could not be shown.
    """
    await kit.rest.show_more(press, {**payload, "flags": CV2 | EPHEMERAL})


async def _is_time(kit: Kit, changed: datetime | None, message: Message) -> bool:
    """Whether a message of ours may be changed again: an edit a second. More of an answer is waited for."""
    left = timedelta() if changed is None else changed + _EDITS_APART - kit.clock.now()
    if left > timedelta() and isinstance(message, Answer):
        await kit.clock.sleep(left)
        return True
    return left <= timedelta()


@contextmanager
def _while_it_lasts(kit: Kit) -> Iterator[None]:
    """Show something to who pressed; where Discord takes no more answers, nobody is left to tell: it is noted, once."""
    try:
        yield
    except PlatformError as error:
        if code_of(error) not in TOO_LATE | {UNKNOWN_MESSAGE}:
            raise
        kit.events.warn("answer_too_late", platform="discord", reason=str(error)[:200])


def _addressed(components: list[dict[str, Any]], about: str) -> list[dict[str, Any]]:
    """Components whose ids of `stop`, `retry` and `find` say which question they are about, where they do not yet."""
    made = []
    for component in components:
        one = dict(component)
        if "components" in one:
            one["components"] = _addressed(one["components"], about)
        press = pressed(one.get("custom_id", ""))
        if press is not None and press.verb in _ABOUT_A_QUESTION and not press.rest:
            one["custom_id"] = named(press.verb, press.edition, about)
        made.append(one)
    return made

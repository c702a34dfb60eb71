"""Buttons, menus and forms: acknowledged at once, then done. Nothing but the id of what was pressed is needed.

Before the acknowledgement nothing is looked up and nothing computed. Whatever goes wrong after it, the person gets
words with a short id that is also in the journal.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Protocol

import discord

from adapters.platforms.discord.kit import PLATFORM, Kit
from adapters.platforms.discord.talk.answering import Beside, show_alone
from adapters.platforms.discord.talk.asking import Asking
from adapters.platforms.discord.talk.looking_up import LookUps, is_public
from adapters.platforms.discord.talk.whence import question_of
from adapters.platforms.discord.talk.writing import mistake_form, question_form
from bot.domain.message import Notice
from bot.domain.press import WORDS, Press, pressed
from bot.errors import NotFoundError, PlatformError, StoreError, error_id

FORMS = frozenset({"post", "set", "adm", "own"})
"""Verbs of set-up, settings and commands."""
_LONGEST_CALM = 0.7
"""Seconds that an answer waits for the acknowledgements of others."""
Deed = Callable[[discord.Interaction[Any], Press], Awaitable[None]]


class Forms(Protocol):
    """Set-up, settings and what commands show: they acknowledge and answer themselves."""

    async def pressed(self, interaction: discord.Interaction[Any], press: Press) -> None:
        """Something of theirs was pressed or sent."""
        ...


class _First:
    """Acknowledgements go before answers: when many press at once, the work for some must not make others wait."""

    def __init__(self) -> None:
        self._pending = 0
        self._none = asyncio.Event()

    def __enter__(self) -> None:
        self._pending += 1
        self._none.clear()

    def __exit__(self, *_: object) -> None:
        self._pending -= 1
        if not self._pending:
            self._none.set()

    async def calm(self) -> None:
        """Wait until none is on its way, but not for long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_LONGEST_CALM):
                await self._none.wait()


class Presses:
    """Takes what people press."""

    def __init__(self, kit: Kit, forms: Forms, asking: Asking, look_ups: LookUps) -> None:
        self._kit = kit
        self._forms = forms
        self._look_ups = look_ups
        self._first = _First()
        self._deeds: dict[str, Deed] = {
            "ask": asking.ask,
            "wrong": asking.report,
            "stop": asking.stop,
            "retry": asking.again,
            "go": look_ups.go,
            "find": look_ups.find,
            "share": look_ups.share,
        }

    async def __call__(self, interaction: discord.Interaction[Any]) -> None:
        """Answer one press or form. Raises nothing, but for cancellation."""
        data: Any = interaction.data or {}
        press = pressed(str(data.get("custom_id", "")))
        if press is not None and press.verb in FORMS:
            await self._guarded(interaction, press, self._forms.pressed)
            return
        try:
            with self._first:
                opened = await self._acknowledge(interaction, press)
        except PlatformError as error:
            # Too late, or answered already: there is nobody to tell any more.
            self._kit.events.tell("press_lost", platform="discord", reason=str(error)[:200])
            return
        if not opened:
            await self._first.calm()
            await self._guarded(interaction, press or Press(""), self._do)

    async def _acknowledge(self, interaction: discord.Interaction[Any], press: Press | None) -> bool:
        """Within a second, before anything else; True where that was all: a form was opened."""
        rest = self._kit.rest
        if press is not None and interaction.type is discord.InteractionType.component:
            phrases = self._kit.catalogue.speak(str(interaction.locale.value))
            if press.verb in {"ask", "wrong"}:
                form = question_form if press.verb == "ask" else mistake_form
                await rest.ask(interaction, form(press.edition, press.rest, phrases))
                return True
            if press.verb in {"stop", "retry"} or is_public(interaction, press):
                await rest.acknowledge_change(interaction)
                return False
        await rest.acknowledge(interaction, private=True)
        return False

    async def _guarded(self, interaction: discord.Interaction[Any], press: Press, deed: Deed) -> None:
        try:
            await deed(interaction, press)
        except Exception as error:  # noqa: BLE001  # the supervisor: whatever it is, the person gets words
            await self._apologise(interaction, press, error)

    async def _apologise(self, interaction: discord.Interaction[Any], press: Press, error: Exception) -> None:
        phrases = self._kit.catalogue.speak(str(interaction.locale.value))
        if isinstance(error, NotFoundError):
            notice = Notice(phrases.say("gone"))
        else:
            identity = error_id(PLATFORM, str(interaction.id), error)
            kind = type(error).__name__
            self._kit.events.warn("press_failed", id=identity, verb=press.verb, error=kind, reason=str(error)[:200])
            key = "trouble-store" if isinstance(error, StoreError) else "trouble-inside"
            notice = Notice(phrases.say(key), note=phrases.say("error-note", id=identity))
        try:
            if interaction.type is discord.InteractionType.component and is_public(interaction, press):
                # Its acknowledgement shows nothing: what would be changed is the message they pressed on.
                await Beside(self._kit, interaction, question_of(interaction)).answer(notice, private=True)
            else:
                await show_alone(self._kit, interaction, notice)
        except PlatformError as lost:
            self._kit.events.warn("press_lost", platform="discord", reason=str(lost)[:200])

    async def _do(self, interaction: discord.Interaction[Any], press: Press) -> None:
        deed = self._deeds.get(press.verb)
        if deed is not None:
            await deed(interaction, press)
        elif press.verb in WORDS:
            await self._look_ups.look_up(interaction, press)
        else:
            raise NotFoundError("an id that means nothing to us")

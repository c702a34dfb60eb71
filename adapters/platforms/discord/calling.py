"""One command or press of a form, from the acknowledgement to the answer, and what is said when something went wrong.

Whatever happens in here, the person gets words: Discord would otherwise show them "This interaction failed", or a
spinner for fifteen minutes.
"""

import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Literal

import discord

from adapters.platforms.discord.errors import TOO_LATE, code_of
from adapters.platforms.discord.kit import PLATFORM, Kit
from adapters.platforms.discord.payloads import CV2, EPHEMERAL, Payload, moment, notice
from adapters.platforms.discord.rendering import Where, render
from adapters.platforms.discord.rest import Pictures
from adapters.platforms.discord.talk.whence import visitor_of
from adapters.wire.illustrations import NONE_DRAWN
from bot.domain.document import Run
from bot.domain.message import Message, Notice
from bot.domain.place import Place
from bot.domain.visitor import Visitor
from bot.errors import (
    ConfigError,
    CoresError,
    CounterpointError,
    LimitReached,
    NotAllowedError,
    NotFoundError,
    PlatformError,
    SourceError,
    SpeechError,
    StoreError,
    error_id,
)
from bot.ports.phrases import Phrases

_MOST_TOLD = 1500
"""Characters of such words."""


def place_named(place: Place, names: Mapping[str, str], guild: str | None) -> Run:
    """A place as a link to it; `names` are names of channels by id."""
    shown = place.thread or place.id
    name = names.get(shown) or names.get(place.id) or shown
    if guild is None or shown.startswith("@"):
        return Run(name, "bold")
    return Run(f"#{name}", "bold", url=f"https://discord.com/channels/{guild}/{shown}")


class Refused(NotAllowedError):
    """We do not do that for this person; the words are in their language."""


class Call:
    """A command or press, its answer, and who sees it. All methods raise `PlatformError` when Discord refused."""

    def __init__(self, kit: Kit, press: discord.Interaction[Any]) -> None:
        self.kit = kit
        self.press = press
        self.visitor: Visitor = visitor_of(press)
        self.phrases: Phrases = kit.catalogue.speak(self.visitor.language)
        self._answered: Literal["not yet", "anew", "changed"] = "not yet"

    @property
    def say(self) -> Callable[..., str]:
        """The words of the reader's language."""
        return self.phrases.say

    @property
    def data(self) -> Mapping[str, Any]:
        """What Discord sent of the press: its values, or the fields of a modal."""
        return self.press.data or {}

    @property
    def values(self) -> Sequence[str]:
        """What was chosen in the select that was pressed."""
        return [str(value) for value in self.data.get("values") or ()]

    @property
    def shown(self) -> list[Mapping[str, Any]]:
        """The components of the message that the pressed thing stands on."""
        stands_on = self.press.message
        return [one.to_dict() for one in stands_on.components] if stands_on else []

    @property
    def guild(self) -> str | None:
        """The server, if we are a member of it; None in direct messages, and where only the person has added us."""
        return str(self.press.guild_id) if self.press.guild_id and self.press.is_guild_integration() else None

    def naming(self, place: Place) -> Run:
        """A place as a link to it."""
        return place_named(place, self.channel_names, self.guild)

    @property
    def channel_names(self) -> dict[str, str]:
        """The names of the server's channels and threads by id, as far as they are known."""
        guild = self.press.guild
        return {str(one.id): one.name for one in (*guild.channels, *guild.threads)} if guild else {}

    def managed(self) -> str:
        """The tenant, once it is sure that this person may manage it.

        Raises:
            Refused: they may not, or this is no server of ours.
        """
        if self.guild is None:
            raise Refused(self.say("only-in-servers"))
        if not self.visitor.manages:
            raise Refused(self.say("only-managers"))
        return self.visitor.tenant

    # ------------------------------------------------------------ answers

    async def acknowledge(self) -> None:
        """Say that an answer comes, to this person only."""
        self._answered = "anew"
        await self.kit.rest.acknowledge(self.press, private=True)

    async def acknowledge_change(self) -> None:
        """Say that the message the pressed thing stands on will change."""
        self._answered = "changed"
        await self.kit.rest.acknowledge_change(self.press)

    async def ask(self, form: Payload) -> None:
        """Open a modal; nothing was acknowledged before."""
        self._answered = "changed"
        await self.kit.rest.ask(self.press, form)

    async def show(self, payload: Mapping[str, Any], *, pictures: Pictures = NONE_DRAWN) -> None:
        """The answer, or the changed message."""
        if self._answered == "not yet":
            await self.acknowledge()
        await self.kit.rest.show(self.press, {**payload, "flags": CV2}, pictures=pictures)

    async def tell(self, payload: Mapping[str, Any]) -> None:
        """Words to this person, which leave the form they pressed in as it is."""
        if self._answered == "changed":
            await self.whisper(payload)
        else:
            await self.show(payload)

    async def whisper(self, payload: Mapping[str, Any]) -> None:
        """One more message to this person, after the answer."""
        await self.kit.rest.show_more(self.press, {**payload, "flags": CV2 | EPHEMERAL})

    def drawn(self, shown: Message, pictures: Pictures = NONE_DRAWN) -> tuple[Payload, ...]:
        """A message as private payloads; one, unless it is too long for one.

        Raises:
            MessageRefused: it cannot be shown within the limits.
        """
        return render(shown, self.phrases, Where(guild=self.guild, private=True, pictures=pictures))

    async def present(self, shown: Message, *rows: Payload) -> None:
        """A message as the answer, however many it takes, with rows of buttons under the last."""
        pictures = await self.kit.illustrations.of(shown, self.phrases)
        *before, last = self.drawn(shown, pictures)
        first, *more = [*before, {**last, "components": [*last["components"], *rows]}]
        await self.show(first, pictures=pictures)
        for payload in more:
            await self.whisper(payload)


async def attend(call: Call, work: Callable[[Call], Awaitable[None]]) -> None:
    """Do what was asked; what goes wrong is told, and noted. Never raises, but for cancellation."""
    try:
        await work(call)
    except Exception as error:  # noqa: BLE001  # the supervisor of commands: whatever it is, the person gets words
        await apologise(call, error)


async def apologise(call: Call, error: Exception) -> None:
    """Say in words what went wrong. Never raises, but for cancellation."""
    if isinstance(error, PlatformError) and code_of(error) in TOO_LATE:
        call.kit.events.warn("answer_too_late", platform="discord")
        return
    try:
        await call.tell(_words(call, error))
    except PlatformError as lost:
        call.kit.events.warn("answer_lost", platform="discord", reason=str(lost)[:200], error=type(error).__name__)


def _words(call: Call, error: Exception) -> Payload:
    match error:
        case Refused():
            return notice(str(error))
        case NotAllowedError():
            return notice(call.say("only-managers"))
        case LimitReached(most=most, until=until):
            return notice(call.say("limit-reached", n=most, time=moment(until, "R")))
        case ConfigError() | NotFoundError() | SourceError() | SpeechError():
            return call.drawn(Notice(str(error)[:_MOST_TOLD]))[0]
    identity = error_id(PLATFORM, str(call.press.id), error)
    reason = str(error)[:200] if isinstance(error, CounterpointError) else _whence(error)
    call.kit.events.warn("command_failed", platform="discord", id=identity, error=type(error).__name__, reason=reason)
    key = {StoreError: "trouble-store", CoresError: "trouble-cores"}
    found = next((phrase for kind, phrase in key.items() if isinstance(error, kind)), "trouble-inside")
    return call.drawn(Notice(call.say(found), note=call.say("error-note", id=identity)))[0]


def _whence(error: Exception) -> str:
    """Where a mistake of ours was made: `function:line`. Its words might be a person's."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].name}:{frames[-1].lineno}" if frames else ""

"""The first run as payloads: the greeting, the form, what is missing, and what a form says was chosen.

A form keeps nothing here: what was chosen so far stands in the selected options and in the ids of the message itself,
and `read` gets it back. So a set-up that was begun before a restart or an upgrade goes on after it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import Any, Final

from adapters.platforms.discord.forms.zones import Clockface
from adapters.platforms.discord.options import KINDS, OFFERED_TYPES, Kind
from adapters.platforms.discord.payloads import (
    CHANNEL_SELECT,
    Json,
    Payload,
    bold_start,
    button,
    field,
    inside,
    line_of,
    message,
    modal,
    option,
    row,
    select,
    text,
)
from adapters.platforms.discord.permissions import Right, names
from bot.domain.layout.timetables import editions_line
from bot.domain.press import named, pressed
from bot.domain.timetable import EVERY_DAY, Schedule, SlotName
from bot.ports.phrases import Phrases

OTHER: Final = "other"
_OFF: Final = "off"
_SETTINGS: Final = re.compile(r"</brief settings:(\d+)>")


@dataclass(frozen=True, slots=True)
class Setup:
    """What was chosen so far."""

    command: str
    """Id of `/brief`, to link to its commands."""
    slots: tuple[tuple[SlotName, time], ...]
    language: str
    desk: str
    days: tuple[int, ...] = EVERY_DAY
    channel: str | None = None
    kind: Kind = "text"
    zone: str | None = None

    @property
    def state(self) -> str:
        """Times, days, language, desk and kind of channel, for an id: `0730.1800.7f.en.default.text`."""
        times = dict(self.slots)
        at = [f"{times[name]:%H%M}" if name in times else _OFF for name in ("am", "pm")]
        days = f"{sum(1 << day for day in self.days):x}"
        return ".".join((*at, days, self.language, self.desk, self.kind))

    def with_state(self, state: str) -> "Setup":
        """It with what `state` says.

        Raises:
            ValueError: it says nothing we understand.
        """
        am, pm, days, language, desk, kind = state.split(".")
        if kind not in KINDS:
            raise ValueError(f"{kind!r} is no kind of channel")
        pairs: list[tuple[SlotName, str]] = [("am", am), ("pm", pm)]
        slots = tuple((name, time(int(at[:2]), int(at[2:]))) for name, at in pairs if at != _OFF)
        chosen = tuple(day for day in EVERY_DAY if int(days, 16) >> day & 1)
        return replace(self, slots=slots, days=chosen, language=language, desk=desk, kind=kind)

    def schedule(self) -> Schedule:
        """When editions are to come; in UTC until a zone is chosen."""
        return Schedule(self.zone or "UTC", self.days, self.slots)


def greeting(command: str, phrases: Phrases) -> Payload:
    """What a server sees once, when we have joined."""
    said = phrases.say("greet", setup=f"</brief setup:{command}>")
    small = phrases.say("greet-note", privacy=f"</brief privacy:{command}>")
    return message(text(bold_start(said), f"-# {small}"))


def set_up(state: Setup, faces: Sequence[Clockface], desk: str, sources: int, phrases: Phrases) -> Payload:
    """The first run. `faces` are the zones to choose from; `desk` is the name of the desk, escaped."""
    channel: Payload = {
        "type": CHANNEL_SELECT,
        "custom_id": named("set", "", "chan"),
        "placeholder": phrases.say("where"),
        "channel_types": list(OFFERED_TYPES),
    }
    if state.channel:
        channel["default_values"] = [{"id": state.channel, "type": "channel"}]
    said = editions_line(state.schedule(), state.language, phrases)
    first, _, rest = said.partition(" ")
    will = f"**{first}** {rest} {phrases.say('setup-desk', desk=desk, n=sources)}"
    ready = state.channel is not None and state.zone is not None
    return message(
        text(
            f"### {phrases.say('setup-title')}",
            phrases.say("setup-what", settings=f"</brief settings:{state.command}>"),
        ),
        text(f"**{phrases.say('setup-channel')}**"),
        row(channel),
        text(f"**{phrases.say('setup-time')}**"),
        row(select(named("set", "", "zone"), phrases.say("zone"), _zone_options(faces, state.zone, phrases))),
        text(will, *([f"-# {phrases.say('setup-rights')}"] if state.channel else [])),
        row(
            button(phrases.say("save"), named("set", "", "go"), primary=True, disabled=not ready),
            button(phrases.say("change"), named("set", "", f"more.{state.state}")),
        ),
    )


def _zone_options(faces: Sequence[Clockface], chosen: str | None, phrases: Phrases) -> list[Payload]:
    zones = [option(face.label, face.zone, about=face.also, chosen=face.zone == chosen) for face in faces]
    return [*zones, option(phrases.say("zone-other"), OTHER, about=phrases.say("zone-other-about"))]


def missing(state: Setup, rights: Sequence[Right], phrases: Phrases) -> Payload:
    """What we may not do in the chosen channel."""
    return message(
        text(*_missing_lines(f"<#{state.channel}>", rights, phrases)),
        row(
            button(phrases.say("check"), named("set", state.channel or "", f"check.{state.state}"), primary=True),
            button(phrases.say("channel"), named("set", state.command, f"chan2.{state.zone or ''}")),
        ),
    )


def missing_there(channel: str, rights: Sequence[Right], phrases: Phrases) -> Payload:
    """The same for who typed a command: there is nothing to press."""
    return message(text(*_missing_lines(f"<#{channel}>", rights, phrases)))


def _missing_lines(channel: str, rights: Sequence[Right], phrases: Phrases) -> tuple[str, str]:
    """What we may not do in a channel (at least one thing) and what follows from it, and how to mend it."""
    if len(rights) == 1:
        said = phrases.say(f"missing-{rights[0].key}", channel=channel)
    else:
        said = phrases.say("missing-several", channel=channel, n=len(rights))
    return bold_start(said), phrases.say("missing-fix", rights=names(rights))


def read(components: Iterable[Json]) -> Setup | None:
    """What a set-up form, or the notice of missing rights, says was chosen; None if it is neither."""
    state: Setup | None = None
    found: dict[str, str] = {}
    for one in inside(components):
        if mentioned := _SETTINGS.search(str(one.get("content") or "")):
            found["command"] = mentioned[1]
        press = pressed(str(one.get("custom_id") or ""))
        if press is None or press.verb != "set":
            continue
        deed, _, rest = press.rest.partition(".")
        state = _state_of(deed, rest) or state
        found |= _chosen(deed, rest, press.edition, one)
    if state is None:
        return None
    given: dict[str, Any] = {"command": "0", **found}
    return replace(state, **given)


def _state_of(deed: str, rest: str) -> Setup | None:
    if deed not in {"more", "check"}:
        return None
    try:
        return Setup("0", (), "en", "default").with_state(rest)
    except ValueError:
        return None


def _chosen(deed: str, rest: str, about: str, one: Json) -> dict[str, str]:
    """What one component says, by the name of the field."""
    match deed:
        case "chan":
            ids = [str(value.get("id")) for value in one.get("default_values") or ()]
            return {"channel": ids[0]} if ids else {}
        case "zone":
            zones = [str(offer["value"]) for offer in one.get("options") or () if offer.get("default")]
            return {"zone": zones[0]} if zones else {}
        case "check":
            return {"channel": about} if about else {}
        case "chan2":
            return {"command": about} | ({"zone": rest} if rest else {})
        case _:
            return {}


def city_form(phrases: Phrases) -> Payload:
    """Where somebody reads, if the clocks shown were all wrong."""
    typed = line_of("city", hint=phrases.say("city-hint"), most=60)
    return modal(named("set", "", "city"), phrases.say("city-title"), field(phrases.say("city-label"), typed))

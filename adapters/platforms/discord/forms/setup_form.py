"""Set-up and what it is made of, as payloads: pure data, so that every one can be measured and looked at.

A form keeps nothing here: what was chosen so far stands in the selected options and in the ids of the message itself,
and `read` gets it back. So a set-up that was begun before a restart or an upgrade goes on after it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any, Final

from adapters.platforms.discord.forms.zones import Clockface
from adapters.platforms.discord.ids import named, pressed
from adapters.platforms.discord.options import KINDS, Kind
from adapters.platforms.discord.permissions import Right, names
from bot.domain.timetable import EVERY_DAY, Schedule, SlotName
from bot.ports.phrases import Phrases

Payload = dict[str, Any]
FLAGS: Final = 1 << 15
PRIMARY, PLAIN = 1, 2
LANGUAGES: Final = ("en", "ru", "de", "fr", "es", "it", "pt", "nl", "pl", "uk", "tr", "ar", "zh", "ja", "ko")
"""Languages of editions that are offered; any other tag may be typed."""
CHANNEL_TYPES: Final = (0, 5, 15)
"""Discord's numbers of the kinds of channels that can have editions."""
OTHER: Final = "other"
_OFF: Final = "off"
_SETTINGS: Final = re.compile(r"</brief settings:(\d+)>")
_WORKDAYS = (0, 1, 2, 3, 4)
_LABEL, _TITLE, _ABOUT = 75, 45, 100


# ---------------------------------------------------------------- elements


def message(*components: Mapping[str, Any]) -> Payload:
    """A message of components."""
    return {"flags": FLAGS, "components": [dict(one) for one in components], "allowed_mentions": {"parse": []}}


def text(*lines: str) -> Payload:
    """Lines of Markdown that is ours."""
    return {"type": 10, "content": "\n".join(lines)}


def row(*inside: Mapping[str, Any]) -> Payload:
    """Buttons beside each other, or one select."""
    return {"type": 1, "components": [dict(one) for one in inside]}


def button(label: str, custom_id: str, *, primary: bool = False, disabled: bool = False) -> Payload:
    """Something to press."""
    made = {"type": 2, "style": PRIMARY if primary else PLAIN, "label": label, "custom_id": custom_id}
    return {**made, "disabled": True} if disabled else made


def link(label: str, url: str) -> Payload:
    """A button that leads to an address of at most 512 characters."""
    return {"type": 2, "style": 5, "label": label, "url": url}


def option(label: str, value: str, *, about: str = "", chosen: bool = False) -> Payload:
    """One line of a select."""
    made: Payload = {"label": label[:_LABEL], "value": value}
    return made | ({"description": about[:_LABEL]} if about else {}) | ({"default": True} if chosen else {})


def select(custom_id: str, placeholder: str, options: Sequence[Payload], **more: object) -> Payload:
    """Lines to choose from; without a placeholder where one is chosen already."""
    made: Payload = {"type": 3, "custom_id": custom_id, "options": list(options), **more}
    return made | ({"placeholder": placeholder} if placeholder else {})


def field(label: str, component: Mapping[str, Any], about: str = "") -> Payload:
    """One thing to fill in, of a modal."""
    made = {"type": 18, "label": label[:_TITLE], "component": dict(component)}
    return {**made, "description": about[:_ABOUT]} if about else made


def line_of(custom_id: str, *, value: str = "", hint: str = "", required: bool = True, most: int = 100) -> Payload:
    """One line of text to type."""
    made: Payload = {"type": 4, "custom_id": custom_id, "style": 1, "required": required, "max_length": most}
    return made | ({"value": value} if value else {}) | ({"placeholder": hint} if hint else {})


def modal(custom_id: str, title: str, *fields: Payload) -> Payload:
    """A form in a window of its own; at most five fields."""
    return {"custom_id": custom_id, "title": title[:_TITLE], "components": list(fields)}


def bold_start(sentences: str) -> str:
    """The first sentence of a notice in bold."""
    first, stop, rest = sentences.partition(". ")
    return f"**{first}.** {rest}" if stop else f"**{first}**"


def notice(sentences: str, *rows: Payload) -> Payload:
    """What we have to say, in words of our own (no text from outside)."""
    return message(text(bold_start(sentences)), *rows)


def moment(at: datetime, form: str = "f") -> str:
    """An instant that each reader sees in their own zone."""
    return f"<t:{int(at.timestamp())}:{form}>"


def inside(components: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Every component of a message or modal, also inside of others."""
    for one in components:
        yield one
        yield from inside(one.get("components") or ())
        if isinstance(one.get("component"), Mapping):
            yield one["component"]


def filled(components: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """What was typed or chosen in a modal, by the id of the field; what was left empty is missing."""
    found: dict[str, tuple[str, ...]] = {}
    for one in inside(components):
        if (key := one.get("custom_id")) and (chosen := one.get("values") or [one.get("value")]):
            found |= {key: tuple(str(value) for value in chosen)} if any(chosen) else {}
    return found


# ---------------------------------------------------------------- what is said of a timetable


def language_named(tag: str, phrases: Phrases) -> str:
    """A language in the reader's language; its tag where we have no name for it."""
    return phrases.say(f"language-{tag}") if tag in LANGUAGES else tag


def days_named(days: Sequence[int], phrases: Phrases) -> str:
    """Weekdays as people say them."""
    if tuple(days) == EVERY_DAY:
        return phrases.say("days-every")
    if tuple(days) == _WORKDAYS:
        return phrases.say("days-work")
    return ", ".join(phrases.say(f"weekday-{day}") for day in days)


def editions_line(schedule: Schedule, language: str, phrases: Phrases) -> str:
    """When editions come, and in which language, as one sentence."""
    facts = {"days": days_named(schedule.days, phrases), "language": language_named(language, phrases)}
    times = [f"{at:%H:%M}" for _, at in schedule.slots]
    if len(times) == 2:
        return phrases.say("editions-both", am=times[0], pm=times[1], **facts)
    return phrases.say("editions-one", at=times[0], **facts)


# ---------------------------------------------------------------- the first run


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
        "type": 8,
        "custom_id": named("set", "", "chan"),
        "placeholder": phrases.say("where"),
        "channel_types": list(CHANNEL_TYPES),
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
        text(*missing_lines(f"<#{state.channel}>", rights, phrases)),
        row(
            button(phrases.say("check"), named("set", state.channel or "", f"check.{state.state}"), primary=True),
            button(phrases.say("channel"), named("set", state.command, f"chan2.{state.zone or ''}")),
        ),
    )


def missing_lines(channel: str, rights: Sequence[Right], phrases: Phrases) -> tuple[str, str]:
    """What we may not do in a channel (at least one thing) and what follows from it, and how to mend it."""
    if len(rights) == 1:
        said = phrases.say(f"missing-{rights[0].key}", channel=channel)
    else:
        said = phrases.say("missing-several", channel=channel, n=len(rights))
    return bold_start(said), phrases.say("missing-fix", rights=names(rights))


def read(components: Iterable[Mapping[str, Any]]) -> Setup | None:
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


def _chosen(deed: str, rest: str, about: str, one: Mapping[str, Any]) -> dict[str, str]:
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


# ---------------------------------------------------------------- modals


def city_form(phrases: Phrases) -> Payload:
    """Where somebody reads, if the clocks shown were all wrong."""
    typed = line_of("city", hint=phrases.say("city-hint"), most=60)
    return modal(named("set", "", "city"), phrases.say("city-title"), field(phrases.say("city-label"), typed))


def times_form(
    custom_id: str, schedule: Schedule, language: str, phrases: Phrases, *, last: Payload | None = None
) -> Payload:
    """Morning, evening, days, language, and one field more."""
    times = {name: f"{at:%H:%M}" for name, at in schedule.slots}
    days = [option(_capital(phrases.say(f"day-{day}")), str(day), chosen=day in schedule.days) for day in EVERY_DAY]
    tags = LANGUAGES if language in LANGUAGES else (language, *LANGUAGES)
    spoken = [option(_capital(language_named(tag, phrases)), tag, chosen=tag == language) for tag in tags]
    hint = phrases.say("time-hint")
    fields = (
        field(phrases.say("field-am"), line_of("am", value=times.get("am", ""), required=False, most=5), hint),
        field(phrases.say("field-pm"), line_of("pm", value=times.get("pm", ""), required=False, most=5), hint),
        field(phrases.say("field-days"), select("days", phrases.say("field-days"), days, min_values=1, max_values=7)),
        field(phrases.say("field-language"), select("language", phrases.say("field-language"), spoken)),
    )
    return modal(custom_id, phrases.say("change"), *fields, *([last] if last else []))


def desk_field(desks: Mapping[str, str], chosen: str, phrases: Phrases) -> Payload | None:
    """Which desk; None where there is no choice. `desks` are names by id."""
    if len(desks) < 2:
        return None
    offered = [option(name, key, chosen=key == chosen) for key, name in list(desks.items())[:25]]
    return field(phrases.say("field-desk"), select("desk", phrases.say("field-desk"), offered))


def zone_field(zone: str, phrases: Phrases) -> Payload:
    """Which zone, by its name or a city."""
    return field(phrases.say("field-zone"), line_of("zone", value=zone, most=60), phrases.say("city-hint"))


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


# ---------------------------------------------------------------- a preview


def without_buttons(card: Mapping[str, Any]) -> list[Payload]:
    """A card as it is looked at before it is posted: its select stays, what acts on a thread goes."""
    return [_unbuttoned(one) for one in card["components"]]


def _unbuttoned(component: Mapping[str, Any]) -> Payload:
    inner = component.get("components")
    if inner is None or component["type"] == 1:
        return dict(component)
    kept = [one for one in inner if one["type"] != 1 or one["components"][0]["type"] != 2]
    return {**component, "components": kept}

"""The first run as payloads: the form, what is missing, and what a form says was chosen.

Nothing is kept here: what was chosen stands in the form, and after that in the metadata of its window. So a set-up
that was begun before a restart or an upgrade goes on after it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Final

from adapters.platforms.slack.forms.timetable import (
    DESK,
    Filled,
    desk_field,
    language_field,
    mistakes,
    time_fields,
    times_of,
    zone_field,
)
from adapters.platforms.slack.payloads import (
    Payload,
    View,
    actions,
    bold_start,
    button,
    channels,
    context,
    field,
    modal,
    section,
)
from bot.domain.press import named
from bot.domain.timetable import EVERY_DAY, Schedule, SlotName
from bot.ports.phrases import Phrases

CHANNEL: Final = "channel"
"""Id of the block."""
_OFF: Final = "off"


@dataclass(frozen=True, slots=True)
class Setup:
    """What was chosen so far."""

    slots: tuple[tuple[SlotName, time], ...]
    language: str
    desk: str
    days: tuple[int, ...] = EVERY_DAY
    channel: str | None = None
    zone: str | None = None

    @property
    def state(self) -> Mapping[str, str]:
        """It, as a window remembers it."""
        times = dict(self.slots)
        at = [f"{times[name]:%H%M}" if name in times else _OFF for name in ("am", "pm")]
        days = f"{sum(1 << day for day in self.days):x}"
        made = {"v": ".".join((*at, days, self.language, self.desk)), "z": self.zone, "ch": self.channel}
        return {key: value for key, value in made.items() if value}

    def schedule(self) -> Schedule:
        """When editions are to come; in UTC until a zone is chosen."""
        return Schedule(self.zone or "UTC", self.days, self.slots)


def remembered(state: Mapping[str, str]) -> Setup | None:
    """What a window remembers; None if that is nothing we understand."""
    try:
        am, pm, days, language, desk = state.get("v", "").split(".")
        pairs: list[tuple[SlotName, str]] = [("am", am), ("pm", pm)]
        slots = tuple((name, time(int(at[:2]), int(at[2:]))) for name, at in pairs if at != _OFF)
        chosen = tuple(day for day in EVERY_DAY if int(days, 16) >> day & 1)
    except ValueError:
        return None
    return Setup(slots, language, desk, chosen, state.get("ch"), state.get("z"))


def set_up(state: Setup, desks: Mapping[str, str], now: datetime, phrases: Phrases) -> View:
    """The first run: where, when, whose clock, in which language. `desks` are names by id."""
    say = phrases.say
    where = channels("set", say("where"), chosen=state.channel)
    where |= {} if state.channel else {"default_to_current_conversation": True}
    desk = desk_field(desks, state.desk, phrases)
    return modal(
        say("setup-title"),
        field(say("slack-channel"), where, block=CHANNEL, about=say("slack-channel-hint")),
        *time_fields(state.slots, phrases),
        zone_field(state.zone, now, phrases, about="slack-zone-hint" if state.zone else "slack-zone-search"),
        language_field(state.language, phrases),
        *([desk] if desk else []),
        context(say("slack-setup-about")),
        close=say("cancel"),
        submit=say("save"),
        callback=named("set", "", "go"),
    )


def setup_mistakes(typed: Filled, phrases: Phrases) -> dict[str, str]:
    """What is wrong with what was filled in, by block."""
    none = {} if typed.get(CHANNEL) else {CHANNEL: phrases.say("slack-channel-none")}
    return none | mistakes(typed, phrases, days=False)


def chosen(typed: Filled, usual: Setup) -> Setup:
    """What was filled in; the rest as usual."""
    times = times_of(typed, usual.schedule(), usual.language)
    (channel, *_) = typed.get(CHANNEL, (None,))
    (desk, *_) = typed.get(DESK, (usual.desk,))
    return replace(
        usual, slots=times.slots, language=times.language, desk=desk, channel=channel, zone=times.zone, days=times.days
    )


def missing(state: Setup, lacking: Sequence[str], phrases: Phrases) -> View:
    """What we may not do in the chosen channel: sentences, the first of which says how to mend it."""
    mend, *why = lacking
    say, where = phrases.say, f"<#{state.channel}>"
    return _missing(
        [section(bold_start(" ".join((say("slack-missing", channel=where), *why, mend, say("slack-missing-then")))))],
        actions(
            button(say("check"), named("set", "", "check"), n=1, primary=True),
            button(say("channel"), named("set", "", "chan"), n=2),
        ),
        phrases=phrases,
    )


def missing_there(channel: str, lacking: Sequence[str], phrases: Phrases) -> View:
    """The same where nothing is being set up: there is nothing to press."""
    mend, *why = lacking
    where = phrases.say("slack-missing", channel=f"<#{channel}>")
    return _missing([section(bold_start(" ".join((where, *why, mend))))], phrases=phrases)


def _missing(said: Sequence[Payload], *below: Payload, phrases: Phrases) -> View:
    say = phrases.say
    return modal(say("setup-title"), context(say("only-you")), *said, *below, close=say("close"))

"""App Home as payloads: before set-up, and in use. For one person, in their language and on their clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from adapters.platforms.slack.kit import Json
from adapters.platforms.slack.payloads import (
    Payload,
    View,
    actions,
    button,
    context,
    divider,
    header,
    home,
    option,
    overflow,
    section,
    sure,
)
from bot.domain.layout.timetables import days_named, language_named
from bot.domain.press import named
from bot.domain.schedules import zone_named
from bot.domain.subscription import Subscription
from bot.ports.phrases import Phrases

MOST: Final = 20
"""Subscriptions that are shown."""
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Line:
    """A subscription as it is shown; texts are in mrkdwn."""

    one: Subscription
    where: str
    desk: str
    paused: str | None
    """Until when, as a sentence; None while it is not paused."""


@dataclass(frozen=True, slots=True)
class Coming:
    """The next edition of all; texts are in mrkdwn."""

    at: datetime
    slot: str
    desk: str
    where: str
    last: str
    """A sentence on the one before; empty where there was none."""
    subscription: str


@dataclass(frozen=True, slots=True)
class Health:
    """How the sources are doing."""

    sources: int
    """That were read."""
    well: int
    """Of those, how many answer."""
    down: Sequence[str]
    """A line each, in mrkdwn."""
    figures: str


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything that App Home shows to somebody."""

    now: datetime
    zone: str | None
    manages: bool
    lines: Sequence[Line]
    coming: Coming | None
    health: Health | None
    """None: not for them."""
    privacy: Sequence[Json]
    """The buttons on what is kept."""


def first(phrases: Phrases, *, manages: bool, above: Sequence[Json] = ()) -> View:
    """Before set-up: one thing to do."""
    say = phrases.say
    example = button(say("slack-example"), named("home", "", "now"), n=2)
    if manages:
        doing = actions(button(say("slack-set-up"), named("home", "", "setup"), n=1, primary=True), example)
    else:
        doing = actions(example)
    what = [section(say("slack-home-first-what"))]
    what += [] if manages else [section(say("slack-home-first-who"))]
    return home(*above, header(say("slack-home-first")), *what, doing)


def in_use(seen: Seen, phrases: Phrases, *, above: Sequence[Json] = ()) -> View:
    """The next edition, where it posts, the person, health, privacy."""
    say = phrases.say
    return home(
        *above,
        *next_edition(seen, phrases),
        everyday(phrases),
        divider(),
        *_where(seen, phrases),
        divider(),
        *_you(seen, phrases),
        *_health(seen.health, phrases),
        divider(),
        context(say("slack-home-privacy")),
        actions(*seen.privacy),
    )


def next_edition(seen: Seen, phrases: Phrases) -> list[Payload]:
    """When the next edition comes, and where; who manages can look at it now."""
    say, coming = phrases.say, seen.coming
    if coming is None:
        return [header(say("slack-home-none")), section(say("slack-home-paused"))]
    goes = say("slack-home-goes", slot=coming.slot, desk=coming.desk, channel=coming.where)
    look = button(say("preview"), named("adm", coming.subscription, "look")) if seen.manages else None
    when = when_told(coming.at, seen.now, seen.zone, phrases)
    return [header(say("slack-home-next", when=when)), section(f"{goes} {coming.last}".strip(), look)]


def everyday(phrases: Phrases) -> Payload:
    """What everybody can do."""
    say = phrases.say
    return actions(
        button(say("ask"), named("home", "", "ask"), n=1, primary=True),
        button(say("slack-now"), named("home", "", "now"), n=2),
        button(say("slack-search"), named("home", "", "search"), n=3),
    )


def forget_button(phrases: Phrases, *, n: int) -> Payload:
    """Deletes what is kept about a person, after asking again."""
    say = phrases.say
    asked = sure(say("forget"), say("forget-sure"), say("forget-now"), say("keep"), danger=True)
    return button(say("forget"), named("own", "", "forgotten"), n=n, sure=asked)


def when_told(at: datetime, now: datetime, zone: str | None, phrases: Phrases) -> str:
    """An instant on somebody's clock, as words: headings take no date tokens."""
    there = zone_named(zone or "") or ZoneInfo("UTC")
    local, today = at.astimezone(there), now.astimezone(there).date()
    time, ahead = f"{local:%H:%M}", (local.date() - today).days
    if ahead == 0:
        return phrases.say("slack-when-today", time=time)
    if ahead == 1:
        return phrases.say("slack-when-tomorrow", time=time)
    if 1 < ahead < _WEEK:
        return phrases.say("slack-when-day", day=phrases.say(f"day-{local.weekday()}"), time=time)
    day = phrases.say("day", day=local.day, month=local.month, year=str(local.year))
    return phrases.say("slack-when-day", day=day, time=time)


def _where(seen: Seen, phrases: Phrases) -> list[Payload]:
    say = phrases.say
    rows = [header(say("slack-home-where"))]
    for number, line in enumerate(seen.lines[:MOST], 1):
        rows.append(section(_line(line, phrases), _menu(line, number, phrases) if seen.manages else None))
    more = len(seen.lines) - MOST
    rows += [context(say("slack-home-more", n=more))] if more > 0 else []
    add = [button(say("slack-home-add"), named("home", "", "setup"), n=1)] if seen.manages else []
    return [*rows, actions(*add, button(say("slack-sources"), named("home", "", "sources"), n=2))]


def _line(line: Line, phrases: Phrases) -> str:
    one, say = line.one, phrases.say
    times = [f"{at:%H:%M}" for _, at in one.schedule.slots]
    said = say(
        "slack-home-line",
        desk=line.desk,
        times=say("slack-home-both", am=times[0], pm=times[1]) if len(times) > 1 else "".join(times),
        zone=one.schedule.zone,
        days=days_named(one.schedule.days, phrases),
        language=language_named(one.language, phrases),
    )
    return f"*{line.where}*\n{said}" + (f"\n{line.paused}" if line.paused else "")


def _menu(line: Line, number: int, phrases: Phrases) -> Payload:
    held = "resume" if line.paused else "pause"
    deeds: Mapping[str, str] = {
        "times": "change",
        "show": "slack-settings",
        held: held,
        "look": "preview",
        "stop": "slack-stop-here",
    }
    offered = [option(phrases.say(key), named("adm", line.one.id, deed)) for deed, key in deeds.items()]
    return overflow(named("adm", line.one.id, "menu"), offered, n=number)


def _you(seen: Seen, phrases: Phrases) -> list[Payload]:
    say = phrases.say
    facts = []
    if seen.zone:  # else their profile is not known
        facts.append(say("slack-home-you-language", language=language_named(phrases.language, phrases)))
        facts.append(say("slack-home-you-zone", zone=seen.zone))
    facts.append(say("slack-home-you-direct"))
    return [header(say("slack-home-you")), section("\n".join(facts))]


def _health(health: Health | None, phrases: Phrases) -> list[Payload]:
    if health is None:
        return []
    say = phrases.say
    answer = [say("slack-home-sources", n=health.sources, well=health.well)] if health.sources else []
    facts = [*answer, *health.down, health.figures]
    doctor = button(say("slack-doctor"), named("home", "", "doctor"))
    return [
        divider(),
        header(say("slack-home-health")),
        context(say("slack-home-for-admins")),
        section("\n".join(facts), doctor),
    ]

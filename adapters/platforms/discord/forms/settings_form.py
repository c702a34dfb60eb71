"""Settings of a subscription, and the small forms beside them, as payloads. Their state stands in their ids.

Ids are `b1:adm:<subscription>:<deed>`; a subscription's id is twelve hex digits.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from adapters.platforms.discord.forms.timetable import times_form, zone_field
from adapters.platforms.discord.options import ANSWERS, EPISODES, Options
from adapters.platforms.discord.payloads import (
    ROLE_SELECT,
    Payload,
    bold_start,
    button,
    message,
    moment,
    option,
    row,
    select,
    text,
)
from bot.domain.layout.timetables import editions_line
from bot.domain.press import named
from bot.domain.subscription import FOR_GOOD, Subscription
from bot.ports.phrases import Phrases

_PLACEMENTS: Final = ("thread", "day")
"""What can be chosen where it is no forum."""
_MOST: Final = 25


def channel_of(subscription: Subscription) -> str:
    """The channel or thread that receives it."""
    return subscription.place.thread or subscription.place.id


def several(
    subscriptions: Sequence[Subscription], names: dict[str, str], desks: dict[str, str], phrases: Phrases
) -> Payload:
    """Which subscription; `names` are channels by id, `desks` names of desks by id."""
    lines = [
        f"{number}. <#{channel_of(one)}>: {editions_line(one.schedule, one.language, phrases)}"
        for number, one in enumerate(subscriptions[:_MOST], 1)
    ]
    offered = [
        option(f"#{names.get(channel_of(one), channel_of(one))} · {desks.get(one.desk, one.desk)}", one.id)
        for one in subscriptions[:_MOST]
    ]
    return message(
        text(f"### {phrases.say('settings-title')}"),
        text(*lines),
        row(select(named("adm", "", "pick"), phrases.say("subscription"), offered)),
    )


def settings(
    one: Subscription, decided: Options, coming: datetime | None, now: datetime, phrases: Phrases, *, others: bool
) -> Payload:
    """Everything that can be changed of a subscription; `coming` is its next edition."""
    paused = one.paused_at(now)
    lines = [
        f"<#{channel_of(one)}>: {editions_line(one.schedule, one.language, phrases)}",
        phrases.say("settings-zone", zone=one.schedule.zone),
        _coming(one, coming, paused, phrases),
        phrases.say(f"settings-episodes-{decided.episodes}"),
    ]
    role = {
        "type": ROLE_SELECT,
        "custom_id": named("adm", one.id, "role"),
        "placeholder": phrases.say("role"),
        "min_values": 0,
        "max_values": 1,
        **({"default_values": [{"id": decided.role, "type": "role"}]} if decided.role else {}),
    }
    placements = [
        option(phrases.say(f"placement-{kind}"), kind, chosen=kind == decided.placement) for kind in _PLACEMENTS
    ]
    answers = [option(phrases.say(f"answers-{kind}"), kind, chosen=kind == decided.answers) for kind in ANSWERS]
    episodes = [option(phrases.say(f"episodes-{kind}"), kind, chosen=kind == decided.episodes) for kind in EPISODES]
    pause = button(phrases.say("resume"), named("adm", one.id, "resume"))
    if not paused:
        pause = button(phrases.say("pause"), named("adm", one.id, "pause"))
    return message(
        text(f"### {phrases.say('settings-title')}"),
        text(*lines),
        row(role),
        *([] if decided.kind == "forum" else [row(select(named("adm", one.id, "place"), "", placements))]),
        row(select(named("adm", one.id, "answers"), "", answers)),
        row(select(named("adm", one.id, "episodes"), "", episodes)),
        row(
            button(phrases.say("change"), named("adm", one.id, "times")),
            pause,
            button(phrases.say("unsubscribe"), named("adm", one.id, "drop")),
            button(phrases.say("preview"), named("adm", one.id, "look")),
        ),
        *([row(button(phrases.say("all-places"), named("adm", "", "all")))] if others else []),
    )


def _coming(one: Subscription, coming: datetime | None, paused: bool, phrases: Phrases) -> str:
    if paused and one.paused_until == FOR_GOOD:
        return phrases.say("paused-for-good")
    if paused and one.paused_until is not None:
        return phrases.say("paused-until", time=moment(one.paused_until))
    return phrases.say("status-next", time=moment(coming)) if coming else phrases.say("status-next-none")


def settings_form(one: Subscription, phrases: Phrases) -> Payload:
    """Times, days, language and zone of a subscription, to change."""
    zone = zone_field(one.schedule.zone, phrases)
    return times_form(named("adm", one.id, "timed"), one.schedule, one.language, phrases, last=zone)


def sure(one: Subscription, phrases: Phrases) -> Payload:
    """Asks again before a subscription is ended."""
    return message(
        text(bold_start(phrases.say("unsubscribe-sure", channel=f"<#{channel_of(one)}>"))),
        row(
            button(phrases.say("keep"), named("adm", one.id, "keep")),
            button(phrases.say("unsubscribe-now"), named("adm", one.id, "dropped")),
        ),
    )


def saved(one: Subscription, coming: datetime | None, phrases: Phrases) -> str:
    """That it is saved, and when the first edition comes, as Markdown."""
    facts = {"channel": f"<#{channel_of(one)}>"}
    if coming is None:
        return bold_start(phrases.say("saved-paused", **facts))
    return bold_start(phrases.say("saved", relative=moment(coming, "R"), time=moment(coming), **facts))


def waiting(one: Subscription, coming: datetime | None, phrases: Phrases) -> Payload:
    """That nothing is posted before its time."""
    return message(text(saved(one, coming, phrases)))


def preview_row(one: Subscription, phrases: Phrases, *, edition: str | None) -> Payload:
    """What can be done with a preview; while there is nothing to show, look again."""
    if edition:
        first = button(phrases.say("post-now"), named("set", one.id, f"post.{edition}"), primary=True)
    else:
        first = button(phrases.say("preview"), named("set", one.id, "again"), primary=True)
    return row(first, button(phrases.say("wait"), named("set", one.id, "wait")))

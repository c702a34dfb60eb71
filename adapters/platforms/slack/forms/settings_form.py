"""Settings of a subscription, and the small forms beside them, as payloads.

Ids are `b1:adm:<subscription>:<deed>`; a subscription's id is twelve hex digits.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from adapters.platforms.slack.forms.timetable import days_field, language_field, time_fields, zone_field
from adapters.platforms.slack.options import ANSWERS, EPISODES, Options
from adapters.platforms.slack.payloads import (
    Payload,
    View,
    actions,
    bold_start,
    button,
    context,
    modal,
    option,
    section,
    select,
    sure,
)
from bot.domain.layout.timetables import editions_line
from bot.domain.press import named
from bot.domain.subscription import Subscription
from bot.ports.phrases import Phrases

_MOST: Final = 25


def several(
    subscriptions: Sequence[Subscription], where: Mapping[str, str], names: Mapping[str, str], phrases: Phrases
) -> View:
    """Which subscription; `where` are their places in mrkdwn, `names` the same to be read out, by id."""
    say = phrases.say
    rows = [
        section(
            f"*{where[one.id]}*\n{editions_line(one.schedule, one.language, phrases)}",
            button(
                say("slack-settings"),
                named("adm", one.id, "show"),
                n=number,
                said=say("slack-said-settings", channel=names.get(one.id, "")),
            ),
        )
        for number, one in enumerate(subscriptions[:_MOST], 1)
    ]
    return modal(say("settings-title"), context(say("only-you")), *rows, close=say("close"))


def settings(
    one: Subscription, decided: Options, where: str, coming: str, *, paused: bool, others: bool, phrases: Phrases
) -> View:
    """Everything that can be changed of a subscription; `where` is its place and `coming` a sentence, in mrkdwn."""
    say = phrases.say
    lines = [
        f"*{where}*",
        editions_line(one.schedule, one.language, phrases),
        say("settings-zone", zone=one.schedule.zone),
        coming,
        say(f"settings-episodes-{decided.episodes}"),
    ]
    offered = [option(say(f"slack-answers-{kind}"), named("adm", one.id, f"answers.{kind}")) for kind in ANSWERS]
    chosen = named("adm", one.id, f"answers.{decided.answers}")
    answers = select(named("adm", one.id, "answers"), say("slack-settings-answers"), offered, chosen=chosen)
    offered = [option(say(f"slack-episodes-{kind}"), named("adm", one.id, f"episodes.{kind}")) for kind in EPISODES]
    chosen = named("adm", one.id, f"episodes.{decided.episodes}")
    episodes = select(named("adm", one.id, "episodes"), say("slack-settings-episodes"), offered, chosen=chosen)
    return modal(
        say("settings-title"),
        context(say("only-you")),
        section("\n".join(lines)),
        section(f"*{say('slack-settings-answers')}*", answers),
        section(f"*{say('slack-settings-episodes')}*", episodes),
        actions(*_buttons(one, paused=paused, others=others, phrases=phrases)),
        close=say("close"),
    )


def _buttons(one: Subscription, *, paused: bool, others: bool, phrases: Phrases) -> list[Payload]:
    say = phrases.say
    held = "resume" if paused else "pause"
    asked = sure(
        say("slack-stop-title"),
        say("unsubscribe-sure", channel=say("slack-stop-there")),
        say("unsubscribe-now"),
        say("keep"),
        danger=True,
    )
    return [
        button(say("change"), named("adm", one.id, "times"), n=1),
        button(say(held), named("adm", one.id, held), n=2),
        button(say("preview"), named("adm", one.id, "look"), n=3),
        button(say("slack-stop-here"), named("adm", one.id, "dropped"), n=4, sure=asked),
        *([button(say("slack-all-places"), named("adm", "", "all"), n=5)] if others else []),
    ]


def times_form(one: Subscription, now: datetime, phrases: Phrases) -> View:
    """Times, days, zone and language of a subscription, to change."""
    say = phrases.say
    return modal(
        say("change"),
        *time_fields(one.schedule.slots, phrases),
        days_field(one.schedule.days, phrases),
        zone_field(one.schedule.zone, now, phrases, about="slack-zone-search"),
        language_field(one.language, phrases),
        close=say("cancel"),
        submit=say("slack-save"),
        callback=named("adm", one.id, "timed"),
    )


def stop_form(one: Subscription, where: str, phrases: Phrases) -> View:
    """Asks again before a subscription is ended."""
    say = phrases.say
    return modal(
        say("slack-stop-title"),
        context(say("only-you")),
        section(bold_start(say("unsubscribe-sure", channel=where))),
        close=say("keep"),
        submit=say("slack-stop-here"),
        callback=named("adm", one.id, "dropped"),
    )

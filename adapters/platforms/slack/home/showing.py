"""App Home, looked up and published; and the window of `/brief` alone, which has the same."""

from collections.abc import Sequence
from typing import Final

from adapters.platforms.slack.calling import Call, escaped
from adapters.platforms.slack.home.page import (
    Coming,
    Health,
    Line,
    Seen,
    everyday,
    first,
    forget_button,
    in_use,
    next_edition,
)
from adapters.platforms.slack.kit import Json
from adapters.platforms.slack.naming import mention
from adapters.platforms.slack.payloads import Payload, View, actions, button, section
from bot.domain.layout.runs import instant
from bot.domain.press import named
from bot.domain.report import Report, SubscriptionReport
from bot.domain.subscription import FOR_GOOD, Subscription

_MOST_DOWN: Final = 5
_NAME, _REASON = 60, 110


async def publish(call: Call, *, above: Sequence[Json] = ()) -> None:
    """Show App Home as it is now; `above` stands over it.

    Raises:
        StoreError: the database failed.
        PlatformError: Slack did not take it.
    """
    view = await page(call, above=above)
    await call.kit.rest.call(call.whence.team, "views.publish", user_id=call.whence.user, view=view)


async def page(call: Call, *, above: Sequence[Json] = ()) -> View:
    """App Home for who looks at it."""
    seen = await _seen(call)
    if not seen.lines:
        return first(call.phrases, manages=seen.manages, above=above)
    return in_use(seen, call.phrases, above=above)


async def main(call: Call) -> None:
    """What `/brief` alone gives: the next edition, and the way to everything."""
    seen = await _seen(call)
    say, rows = call.say, list[Payload]()
    if seen.lines:
        rows += next_edition(seen, call.phrases)
    else:
        rows.append(section(say("slack-status-none")))
    rows += [everyday(call.phrases), actions(*_pages(call))]
    rows += [actions(*_managing(call, begun=bool(seen.lines)))] if seen.manages else []
    await call.show(call.page(*rows))


def _pages(call: Call) -> list[Payload]:
    pages = [
        ("status", "slack-status"),
        ("sources", "slack-sources"),
        ("help", "slack-help"),
        ("privacy", "slack-kept"),
    ]
    return _buttons(call, pages)


def _managing(call: Call, *, begun: bool) -> list[Payload]:
    if not begun:
        return _buttons(call, [("setup", "slack-set-up"), ("doctor", "slack-doctor")])
    return _buttons(call, [("settings", "slack-settings"), ("setup", "slack-home-add"), ("doctor", "slack-doctor")])


def _buttons(call: Call, pages: Sequence[tuple[str, str]]) -> list[Payload]:
    return [button(call.say(key), named("home", "", name), n=n) for n, (name, key) in enumerate(pages, 1)]


# ---------------------------------------------------------------- what is shown


async def _seen(call: Call) -> Seen:
    office, manages = call.kit.office, await call.manages()
    subscriptions = list(await office.subscribing.list(call.tenant))
    report = await office.reporting.report(call.tenant)
    lines = [_line(call, one) for one in subscriptions]
    privacy = [
        button(call.say("slack-kept"), named("home", "", "privacy"), n=1),
        forget_button(call.phrases, n=2),
    ]
    return Seen(
        now=call.kit.clock.now(),
        zone=call.zone,
        manages=manages,
        lines=lines,
        coming=_coming(call, report),
        health=_health(call, report) if manages else None,
        privacy=privacy,
    )


def _line(call: Call, one: Subscription) -> Line:
    paused = None
    if one.paused_at(call.kit.clock.now()) and one.paused_until is not None:
        paused = call.say("paused-for-good")
        if one.paused_until != FOR_GOOD:
            paused = call.say("paused-until", time=call.time(instant(one.paused_until, call.phrases)))
    return Line(one, mention(call, one.place), _desk(call, one.desk), paused)


def _desk(call: Call, desk: str) -> str:
    opened = call.kit.office.desks.get(desk)
    return escaped(opened.desk.name if opened else desk)


def _coming(call: Call, report: Report) -> Coming | None:
    due = [one for one in report.subscriptions if one.next is not None]
    soonest = min(due, key=lambda one: (one.next.at, one.id) if one.next else (report.at, one.id), default=None)
    if soonest is None or soonest.next is None:
        return None
    return Coming(
        soonest.next.at,
        soonest.next.slot,
        _desk(call, soonest.desk),
        mention(call, soonest.place),
        _last(call, soonest),
        soonest.id,
    )


def _last(call: Call, one: SubscriptionReport) -> str:
    if one.last is None:
        return ""
    when = call.time(instant(one.last.due, call.phrases))
    return call.say("slack-home-last-late" if one.last.late else "slack-home-last", time=when)


def _health(call: Call, report: Report) -> Health:
    figures, every = report.figures, sum(report.figures.sources.values())
    down = [
        escaped(f"{one.thinker[:_NAME]}: {(one.reason or '')[:_REASON]}") for one in report.sources_down[:_MOST_DOWN]
    ]
    read = every - figures.sources.get("never", 0)
    said = call.say("status-figures", items=figures.items, editions=figures.editions, sources=read)
    return Health(read, max(0, read - len(report.sources_down)), down, said)

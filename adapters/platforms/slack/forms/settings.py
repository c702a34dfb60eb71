"""Settings of a workspace's subscriptions: chosen from a list, changed one by one, kept at once."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from adapters.platforms.slack.calling import Call, Refused, unsubscribed
from adapters.platforms.slack.forms.previewing import previewed, subscribed
from adapters.platforms.slack.forms.settings_form import settings, several, stop_form, times_form
from adapters.platforms.slack.forms.timetable import mistakes, times_of
from adapters.platforms.slack.naming import mention, naming
from adapters.platforms.slack.options import ANSWERS, EPISODES, Options
from adapters.platforms.slack.payloads import filled
from bot.domain.layout.runs import instant
from bot.domain.press import Press
from bot.domain.subscription import FOR_GOOD, Change, Subscription

ALL: Final = frozenset({"", "all"})


async def open_settings(call: Call) -> None:
    """The list of subscriptions; of only one, its settings."""
    tenant = await call.managed()
    found = await call.kit.office.subscribing.list(tenant)
    if not found:
        raise unsubscribed(call)
    if len(found) == 1:
        await show(call, found[0])
        return
    shown = await naming(call, [one.place for one in found], private=True)
    where = {one.id: mention(call, one.place) for one in found}
    await call.show(several(found, where, {one.id: shown(one.place).text for one in found}, call.phrases))


async def pressed(call: Call, press: Press) -> None:
    """Something of the settings was pressed or sent. Only who manages the workspace gets anything."""
    deed, _, about = press.rest.partition(".")
    if deed in ALL:
        await open_settings(call)
    elif deed in _DEEDS:
        await _DEEDS[deed](call, await subscribed(call, press.edition, await call.managed()), about)
    else:
        raise Refused(call.say("form-too-old"))


async def show(call: Call, one: Subscription, _: str = "") -> None:
    """The settings of one."""
    others = len(await call.kit.office.subscribing.list(one.tenant)) > 1
    decided, paused = Options.read_or_usual(one.options), one.paused_at(call.kit.clock.now())
    coming, where = await _coming(call, one, paused=paused), mention(call, one.place)
    await call.show(settings(one, decided, where, coming, paused=paused, others=others, phrases=call.phrases))


async def _coming(call: Call, one: Subscription, *, paused: bool) -> str:
    if paused and one.paused_until == FOR_GOOD:
        return call.say("paused-for-good")
    if paused and one.paused_until is not None:
        return call.say("paused-until", time=call.time(instant(one.paused_until, call.phrases)))
    due = (await call.kit.office.pausing.upcoming([one])).get(one.id)
    if due is None:
        return call.say("status-next-none")
    return call.say("status-next", time=call.time(instant(due.at, call.phrases)))


async def _change(call: Call, one: Subscription, change: Change) -> None:
    changed = await call.kit.office.subscribing.settings(one.id, change, tenant=one.tenant)
    call.changed = True
    await show(call, changed)


async def _answers(call: Call, one: Subscription, chosen: str) -> None:
    if chosen not in ANSWERS:
        raise Refused(call.say("form-too-old"))
    await _change(call, one, Change(options={"answers": chosen}))


async def _episodes(call: Call, one: Subscription, chosen: str) -> None:
    if chosen not in EPISODES:
        raise Refused(call.say("form-too-old"))
    await _change(call, one, Change(options={"episodes": chosen}))


async def _times(call: Call, one: Subscription, _: str) -> None:
    await call.show(times_form(one, call.kit.clock.now(), call.phrases))


async def _timed(call: Call, one: Subscription, _: str) -> None:
    typed = filled(call.asked.view or {})
    if mistakes(typed, call.phrases, days=True):
        raise Refused(call.say("form-too-old"))
    times = times_of(typed, one.schedule, one.language)
    slots = dict(times.slots)
    change = Change(times.zone, times.days, slots.get("am", "off"), slots.get("pm", "off"), times.language)
    await _change(call, one, change)


async def _pause(call: Call, one: Subscription, _: str) -> None:
    held = await call.kit.office.pausing.pause(one.id, until=None, tenant=one.tenant)
    call.changed = True
    await show(call, held)


async def _resume(call: Call, one: Subscription, _: str) -> None:
    resumed = await call.kit.office.pausing.resume(one.id, tenant=one.tenant)
    call.changed = True
    await show(call, resumed)


async def stop(call: Call, one: Subscription, _: str = "") -> None:
    """Ask again before it is ended."""
    await call.show(stop_form(one, mention(call, one.place), call.phrases))


async def _dropped(call: Call, one: Subscription, _: str) -> None:
    await call.kit.office.subscribing.unsubscribe(one.id, tenant=one.tenant)
    call.changed = True
    await call.show(call.note(call.say("unsubscribed", channel=mention(call, one.place))))


async def _look(call: Call, one: Subscription, _: str) -> None:
    await call.wait()
    await previewed(call, one, saved_now=False)


_DEEDS: Final[Mapping[str, Callable[[Call, Subscription, str], Awaitable[None]]]] = {
    "show": show,
    "answers": _answers,
    "episodes": _episodes,
    "times": _times,
    "timed": _timed,
    "pause": _pause,
    "resume": _resume,
    "stop": stop,
    "dropped": _dropped,
    "look": _look,
}

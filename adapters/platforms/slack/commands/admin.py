"""Commands for those who manage the workspace, from setup to doctor."""

from datetime import timedelta
from typing import Final

from adapters.platforms.slack.calling import Call, setting_up
from adapters.platforms.slack.commands.words import Wish
from adapters.platforms.slack.forms.previewing import previewed, subscribed_here
from adapters.platforms.slack.forms.settings import open_settings, stop
from adapters.platforms.slack.forms.setup import open_setup
from adapters.platforms.slack.forms.setup_form import missing_there
from adapters.platforms.slack.naming import channel_of, mention, naming
from adapters.platforms.slack.payloads import actions, button
from adapters.platforms.slack.permissions import HISTORY, missing, remedy
from adapters.platforms.slack.rights import missing_in
from bot.domain.document import Run
from bot.domain.layout.runs import instant
from bot.domain.layout.sheets import checked
from bot.domain.layout.troubles import troubles
from bot.domain.message import Sheet
from bot.domain.place import Place
from bot.domain.press import named

_LONGEST_PAUSE: Final = 3650


async def setup(call: Call, _: Wish) -> None:
    """Set up editions for a channel: this one, unless another is chosen."""
    await open_setup(call)


async def settings(call: Call, _: Wish) -> None:
    """Everything that can be changed of a subscription."""
    await open_settings(call)


async def pause(call: Call, wish: Wish) -> None:
    """Hold editions back for some days, or until somebody resumes them."""
    one = await subscribed_here(call, await call.managed())
    until = call.kit.clock.now() + timedelta(days=min(wish.days, _LONGEST_PAUSE)) if wish.days else None
    await call.kit.office.pausing.pause(one.id, until=until, tenant=one.tenant)
    call.changed = True
    where = mention(call, one.place)
    if until is None:
        said = call.say("paused-now", channel=where)
    else:
        said = call.say("paused-now-until", channel=where, time=call.time(instant(until, call.phrases)))
    await call.show(call.note(said, actions(button(call.say("resume"), named("adm", one.id, "resume")))))


async def resume(call: Call, _: Wish) -> None:
    """End a pause."""
    one = await subscribed_here(call, await call.managed())
    resumed = await call.kit.office.pausing.resume(one.id, tenant=one.tenant)
    call.changed = True
    due = (await call.kit.office.pausing.upcoming([resumed])).get(one.id)
    said = call.say("resumed", channel=mention(call, one.place))
    coming = f" {call.say('status-next', time=call.time(instant(due.at, call.phrases)))}" if due else ""
    await call.show(call.note(f"{said}{coming}"))


async def unsubscribe(call: Call, _: Wish) -> None:
    """End a subscription, once that was said twice."""
    await stop(call, await subscribed_here(call, await call.managed()))


async def preview(call: Call, _: Wish) -> None:
    """What the next edition would say now; first what stands in its way."""
    one = await subscribed_here(call, await call.managed())
    lacking = await _lacking(call, one.place)
    channel = channel_of(one.place)
    if lacking and channel is not None:
        await call.show(missing_there(channel, lacking, call.phrases))
    else:
        await previewed(call, one, saved_now=False)


async def doctor(call: Call, _: Wish) -> None:
    """Everything that is missing, by name, and the way to mend it."""
    tenant = await call.managed()
    places = [one.place for one in await call.kit.office.subscribing.list(tenant)]
    shown = await naming(call, places, private=True)
    found = [(shown(place), await _lacking(call, place)) for place in places]
    scopes = (await call.kit.workspaces.of(call.whence.team)).scopes
    scopeless = [(Run(line),) for line in remedy(missing(scopes), call.phrases)]
    wrong = troubles(await call.kit.office.reporting.report(tenant), shown, call.phrases)
    reads = "slack-doctor-reads" if HISTORY in scopes else "slack-doctor-no-reads"
    document = checked(found, reads=reads, troubles=[*scopeless, *wrong], phrases=call.phrases)
    begin = [] if places else [actions(setting_up(call))]
    await call.show(call.drawn(Sheet(document, call.phrases.language), below=begin))


async def _lacking(call: Call, place: Place) -> tuple[str, ...]:
    """What editions need there and we have not; of direct messages, nothing."""
    channel = channel_of(place)
    return () if channel is None else await missing_in(call.kit, call.whence.team, channel, call.phrases)

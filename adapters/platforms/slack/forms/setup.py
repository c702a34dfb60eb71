"""The first run: a form with everything in it, then a preview. Three actions: Set up, the channel, Save.

Every step reads what was chosen from its own window; nothing of it is kept here.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Final

from adapters.platforms.slack.calling import Call, Refused
from adapters.platforms.slack.forms.previewing import previewed, saved, subscribed
from adapters.platforms.slack.forms.setup_form import Setup, chosen, missing, remembered, set_up
from adapters.platforms.slack.kit import place_of
from adapters.platforms.slack.naming import mention
from adapters.platforms.slack.options import Options
from adapters.platforms.slack.payloads import filled, section
from adapters.platforms.slack.posting.places import Places
from adapters.platforms.slack.rights import missing_in
from bot.domain.press import Press
from bot.domain.schedules import zone_named
from bot.domain.subscription import Subscription


async def open_setup(call: Call) -> None:
    """Show the form: as the first desk has it, on the clock and in the language of who fills it in."""
    await call.managed()
    await call.show(_form(call, _usual(call)))


def _usual(call: Call) -> Setup:
    desks = call.kit.office.desks.named
    desk = "default" if "default" in desks else next(iter(desks))
    opened = desks[desk]
    spoken = call.phrases.language
    language = spoken if spoken in call.kit.catalogue.languages else opened.language
    zone = call.zone if call.zone and zone_named(call.zone) is not None else None
    return Setup(opened.schedule.slots, language, desk, opened.schedule.days, call.channel, zone)


def _form(call: Call, state: Setup) -> dict[str, object]:
    desks = {key: opened.desk.name for key, opened in call.kit.office.desks.named.items()}
    return set_up(state, desks, call.kit.clock.now(), call.phrases)


async def _go(call: Call, _: str) -> None:
    """The form was sent."""
    await call.managed()
    await _check(call, chosen(filled(call.asked.view or {}), _usual(call)))


async def _again(call: Call, _: str) -> None:
    """Look at the rights again."""
    await call.managed()
    await _check(call, _kept(call))


async def _other(call: Call, _: str) -> None:
    """Choose another channel; the rest stays."""
    await call.managed()
    await call.show(_form(call, replace(_kept(call), channel=None)))


def _kept(call: Call) -> Setup:
    state = remembered(call.state())
    if state is None:
        raise Refused(call.say("form-too-old"))
    return state


async def _check(call: Call, state: Setup) -> None:
    """Save it, if we may post there."""
    if state.channel is None or state.zone is None:
        raise Refused(call.say("form-too-old"))
    lacking = await missing_in(call.kit, call.whence.team, state.channel, call.phrases)
    if not lacking and not await _came_in(call, state.channel):
        lacking = (call.say("slack-invite"), call.say("slack-not-in-it"))
    if lacking:
        await call.show(missing(state, lacking, call.phrases), state.state)
        return
    await save(call, state)


async def _came_in(call: Call, channel: str) -> bool:
    """Whether we are in it, now at the latest."""
    places = Places(call.kit)
    found = await places.look_up(call.whence.team, channel)
    return found.member or await places.join(call.whence.team, channel)


async def save(call: Call, state: Setup) -> None:
    """Subscribe the channel and show what its editions look like. The channel is chosen, and we may post there.

    Raises:
        ConfigError: every mistake.
        NotFoundError: another workspace has subscribed it.
    """
    place = place_of(call.whence.team, state.channel or "")
    office, tenant = call.kit.office, call.tenant
    before = await office.subscribing.list(tenant)
    same = next((o for o in before if o.place == place and office.desks.name_of(o.desk, tenant) == state.desk), None)
    known = await Places(call.kit).look_up(call.whence.team, state.channel or "")
    options = replace(
        Options.read_or_usual(same.options) if same else Options(), kind=known.kind, host=call.visitor.person
    )
    made = await office.subscribing.subscribe(
        place,
        tenant=tenant,
        desk=state.desk,
        schedule=state.schedule(),
        language=state.language,
        options=options.written(),
    )
    call.changed = True
    await previewed(call, made, saved_now=True)


# ---------------------------------------------------------------- after the preview


async def _post(call: Call, one: Subscription, edition: str) -> None:
    first = await call.kit.office.on_demand.publish(edition, one.place, tenant=one.tenant)
    await call.show(call.note(call.say("posted" if first else "posted-before", channel=mention(call, one.place))))


async def _wait(call: Call, one: Subscription, _: str) -> None:
    await call.show(call.page(section(await saved(call, one, short=True))))


async def _look_again(call: Call, one: Subscription, _: str) -> None:
    await previewed(call, one, saved_now=True)


_DEEDS: Final[Mapping[str, Callable[[Call, str], Awaitable[None]]]] = {"go": _go, "check": _again, "chan": _other}
_AFTER: Final[Mapping[str, Callable[[Call, Subscription, str], Awaitable[None]]]] = {
    "post": _post,
    "wait": _wait,
    "again": _look_again,
}
"""What can be done with a preview."""


async def pressed(call: Call, press: Press) -> None:
    """Something of the form, or of the preview after it, was pressed or sent."""
    deed, _, about = press.rest.partition(".")
    if deed in _AFTER:
        tenant = await call.managed()
        await call.wait()
        await _AFTER[deed](call, await subscribed(call, press.edition, tenant), about)
    elif deed in _DEEDS:
        await _DEEDS[deed](call, about)
    else:
        raise Refused(call.say("form-too-old"))

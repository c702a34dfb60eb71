"""The first run, from the greeting to a preview: a channel, a time, and save.

Nothing of it is kept here: each press reads from the message it stands on what was chosen before (`forms.read`).
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import time
from typing import Any, Final

import discord

from adapters.platforms.discord.calling import Call, Refused
from adapters.platforms.discord.forms.previewing import previewed, subscribed
from adapters.platforms.discord.forms.settings_form import channel_of, waiting
from adapters.platforms.discord.forms.setup_form import OTHER, Setup, city_form, greeting, missing, read, set_up
from adapters.platforms.discord.forms.timetable import desk_field, times_form
from adapters.platforms.discord.forms.zones import face, offered
from adapters.platforms.discord.kit import PLATFORM, Kit
from adapters.platforms.discord.options import KINDS_BY_TYPE, Kind, Options
from adapters.platforms.discord.payloads import Payload, filled, notice
from adapters.platforms.discord.rendering.marks import line
from adapters.platforms.discord.rights import missing_in
from adapters.wire.zones import found
from bot.domain.desk import OpenDesk
from bot.domain.document import Run
from bot.domain.place import Place
from bot.domain.press import Press, named
from bot.domain.schedules import local_time_from
from bot.domain.subscription import Subscription
from bot.domain.timetable import SlotName
from bot.errors import PlaceClosed

BRIEF = "brief"
"""The group of all our commands."""
_EVEN_VIEW = 1 << 10 | 1 << 11
"""View Channel and Send Messages: what a greeting needs."""


async def greet(guild: discord.Guild, kit: Kit) -> None:
    """Say once, where the server takes such messages, how to begin. Where it takes none, nothing is said.

    Raises:
        PlatformError: Discord did not take it; there is nothing to mend.
    """
    channel = guild.system_channel
    if channel is None or channel.permissions_for(guild.me).value & _EVEN_VIEW != _EVEN_VIEW:
        return
    phrases = kit.catalogue.speak(guild.preferred_locale.value)
    try:
        command = await command_id(kit)
        await kit.rest.send(str(channel.id), greeting(command, phrases), nonce=f"greet{guild.id}"[:25])
    except PlaceClosed as error:
        kit.events.tell("greeting_refused", platform="discord", reason=str(error)[:200])


async def command_id(kit: Kit) -> str:
    """The id of `/brief`, to link to its commands; 0 while it is not registered.

    Raises:
        PlatformError: it could not be looked up.
    """
    application = await kit.rest.request("GET", "/oauth2/applications/@me")
    path = "/applications/{application_id}/commands"
    known = await kit.rest.request("GET", path, application_id=str(application["id"]))
    return next((str(one["id"]) for one in known if one.get("name") == BRIEF), "0")


async def _post(call: Call, one: Subscription, edition: str) -> None:
    first = await call.kit.office.on_demand.publish(edition, one.place, tenant=one.tenant)
    await call.show(notice(call.say("posted" if first else "posted-before", channel=f"<#{channel_of(one)}>")))


async def _wait(call: Call, one: Subscription, _: str) -> None:
    due = (await call.kit.office.pausing.upcoming([one])).get(one.id)
    await call.show(waiting(one, due.at if due else None, call.phrases))


async def _again(call: Call, one: Subscription, _: str) -> None:
    await previewed(call, one, saved_now=True)


_AFTER: Final[Mapping[str, Callable[[Call, Subscription, str], Awaitable[None]]]] = {
    "post": _post,
    "wait": _wait,
    "again": _again,
}
"""What can be pressed under a preview."""


class FirstRun:
    """The set-up form and what comes of it. Only who manages the server gets anything."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._deeds: Mapping[str, Callable[[Call, Setup], Awaitable[None]]] = {
            "chan": self._channel,
            "check": self._channel,
            "zone": self._zone,
            "city": self._city,
            "more": self._more,
            "times": self._times,
            "chan2": self._other_channel,
            "go": self._save,
        }

    async def open(self, call: Call) -> None:
        """Show the form, with what the first desk has as defaults."""
        call.managed()
        desk, opened = _desk(call, "default")
        state = Setup(str(call.data.get("id", "0")), opened.schedule.slots, opened.language, desk, opened.schedule.days)
        await call.show(self._form(call, state))

    async def pressed(self, call: Call, press: Press) -> None:
        """Something of the form, or of the preview after it, was pressed."""
        deed, _, about = press.rest.partition(".")
        if deed in _AFTER:
            await call.acknowledge_change()
            tenant = call.managed()
            await _AFTER[deed](call, await subscribed(call, press.edition, tenant), about)
            return
        state = read(call.shown)
        if deed not in self._deeds or state is None:
            raise Refused(call.say("form-too-old"))
        await self._deeds[deed](call, state)

    # ------------------------------------------------------------ choosing

    def _form(self, call: Call, state: Setup, zones: tuple[str, ...] = ()) -> Payload:
        locale, server = call.visitor.language, call.press.guild_locale
        usual = zones or offered(locale, server.value if server else None)
        shown = tuple(dict.fromkeys((*([state.zone] if state.zone else []), *usual)))
        faces = [face(zone, self._kit.clock.now(), call.phrases) for zone in shown[:24]]
        desk, opened = _desk(call, state.desk)
        count = sum(len(thinker.sources) for thinker in opened.roster.thinkers)
        name = line((Run(opened.desk.name),), _leads_nowhere)
        return set_up(replace(state, desk=desk), faces, name, count, call.phrases)

    async def _channel(self, call: Call, state: Setup) -> None:
        """A channel was chosen, or its rights are to be looked at again."""
        await call.acknowledge_change()
        call.managed()
        if call.values:
            state = replace(state, channel=call.values[0], kind=_kind(call.data, call.values[0]))
        lacking = await missing_in(self._kit, state.channel or "")
        if lacking:
            await call.show(missing(state, lacking, call.phrases))
        else:
            await call.show(self._form(call, state))

    async def _other_channel(self, call: Call, state: Setup) -> None:
        await call.acknowledge_change()
        await call.show(self._form(call, replace(state, channel=None)))

    async def _zone(self, call: Call, state: Setup) -> None:
        if OTHER in call.values:
            await call.ask(city_form(call.phrases))
            return
        await call.acknowledge_change()
        await call.show(self._form(call, replace(state, zone=call.values[0])))

    async def _city(self, call: Call, state: Setup) -> None:
        """A city was typed: one zone is taken, of several one is to be chosen."""
        await call.acknowledge_change()
        (typed,) = filled(call.data.get("components") or ()).get("city", ("",))
        zones = found(typed, self._kit.catalogue)
        if not zones:
            await call.tell(notice(call.say("zone-unknown")))
        elif len(zones) == 1:
            await call.show(self._form(call, replace(state, zone=zones[0])))
        else:
            await call.show(self._form(call, replace(state, zone=None), zones))

    async def _more(self, call: Call, state: Setup) -> None:
        desks = {key: opened.desk.name for key, opened in self._kit.office.desks.named.items()}
        last = desk_field(desks, state.desk, call.phrases)
        form = times_form(named("set", "", "times"), state.schedule(), state.language, call.phrases, last=last)
        await call.ask(form)

    async def _times(self, call: Call, state: Setup) -> None:
        await call.acknowledge_change()
        typed = filled(call.data.get("components") or ())
        slots = slots_typed(call, typed)
        days = tuple(sorted(int(day) for day in typed.get("days", ()))) or state.days
        (language,) = typed.get("language", (state.language,))
        (desk,) = typed.get("desk", (state.desk,))
        await call.show(self._form(call, replace(state, slots=slots, days=days, language=language, desk=desk)))

    # ------------------------------------------------------------ saving

    async def _save(self, call: Call, state: Setup) -> None:
        await call.acknowledge_change()
        call.managed()
        if state.channel is None or state.zone is None:
            raise Refused(call.say("form-too-old"))
        lacking = await missing_in(self._kit, state.channel)
        if lacking:
            await call.show(missing(state, lacking, call.phrases))
            return
        await save(call, state)


def _desk(call: Call, wanted: str) -> tuple[str, OpenDesk]:
    desks = call.kit.office.desks.named
    key = wanted if wanted in desks else next(iter(desks))
    return key, desks[key]


async def save(call: Call, state: Setup) -> None:
    """Subscribe the channel and show what its editions look like. The channel is chosen.

    Raises:
        ConfigError: every mistake.
        NotFoundError: another server has subscribed it.
    """
    place = Place(PLATFORM, state.channel or "")
    tenant = call.managed()
    before, desks = await call.kit.office.subscribing.list(tenant), call.kit.office.desks
    same = next((one for one in before if one.place == place and desks.name_of(one.desk, tenant) == state.desk), None)
    options = replace(
        Options.read_or_usual(same.options) if same else Options(),
        kind=state.kind,
        placement="forum" if state.kind == "forum" else "thread",
        host=call.visitor.person,
        guild=call.guild,
    )
    made = await call.kit.office.subscribing.subscribe(
        place,
        tenant=tenant,
        desk=state.desk,
        schedule=state.schedule(),
        language=state.language,
        options=options.written(),
    )
    await previewed(call, made, saved_now=True)


def slots_typed(call: Call, typed: Mapping[str, tuple[str, ...]]) -> tuple[tuple[SlotName, time], ...]:
    """The times of a form; what was left empty is off.

    Raises:
        Refused: one is no time, none is left, or they are the wrong way round.
    """
    names: tuple[SlotName, ...] = ("am", "pm")
    try:
        slots = tuple((name, local_time_from(typed[name][0])) for name in names if name in typed)
    except ValueError as error:
        raise Refused(call.say("times-wrong")) from error
    if not slots:
        raise Refused(call.say("times-none"))
    if [at for _, at in slots] != sorted({at for _, at in slots}):
        raise Refused(call.say("times-order"))
    return slots


def _kind(data: Mapping[str, Any], channel: str) -> Kind:
    """What kind of channel was chosen, as Discord says with the press."""
    chosen = data.get("resolved", {}).get("channels", {}).get(channel, {})
    return KINDS_BY_TYPE.get(chosen.get("type", 0), "text")


def _leads_nowhere(url: str) -> None:
    del url

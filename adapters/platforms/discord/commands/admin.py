"""Commands for those who manage the server, from setup to doctor."""

from dataclasses import replace
from datetime import time, timedelta

import discord
from discord import app_commands

from adapters.platforms.discord.calling import Call, Refused
from adapters.platforms.discord.commands.completing import Completing
from adapters.platforms.discord.commands.declaring import Command, command
from adapters.platforms.discord.forms.previewing import previewed, subscribed_here
from adapters.platforms.discord.forms.settings import Settings
from adapters.platforms.discord.forms.settings_form import channel_of, sure
from adapters.platforms.discord.forms.setup import FirstRun, save
from adapters.platforms.discord.forms.setup_form import Setup, missing_there
from adapters.platforms.discord.kit import Kit
from adapters.platforms.discord.options import KINDS_BY_TYPE
from adapters.platforms.discord.payloads import moment, notice
from adapters.platforms.discord.permissions import remedy
from adapters.platforms.discord.rights import missing_in
from adapters.wire.zones import found
from bot.domain.layout.sheets import checked
from bot.domain.layout.troubles import troubles
from bot.domain.message import Sheet
from bot.domain.schedules import days_from, local_time_from, unknown_zone, zone_named
from bot.domain.timetable import SlotName
from bot.errors import ConfigError

_LONGEST_PAUSE = 3650


def commands(kit: Kit) -> list[Command]:
    """Each looks at run time whether who asks may manage the server: Discord hides commands by group only."""
    completing = Completing(kit)
    first, chosen = FirstRun(kit), Settings(kit)

    async def setup(call: Call) -> None:
        await first.open(call)

    async def settings(call: Call) -> None:
        await chosen.open(call)

    async def subscribe(
        call: Call,
        channel: discord.TextChannel | discord.ForumChannel,
        desk: str | None = None,
        morning: str | None = None,
        evening: str | None = None,
        zone: str | None = None,
        days: str | None = None,
        language: str | None = None,
    ) -> None:
        call.managed()
        state = await _begun(call, channel, desk)
        state = _with_times(call, state, morning, evening)
        given = {"zone": _zone(call, zone) if zone else None, "days": _days(days), "language": language}
        state = replace(state, **{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
        lacking = await missing_in(kit, str(channel.id))
        if lacking:
            await call.show(missing_there(str(channel.id), lacking, call.phrases))
        else:
            await save(call, state)

    return [
        command(kit, setup),
        command(kit, subscribe, desk=completing.desk, zone=completing.zone, language=completing.language),
        command(kit, settings),
        command(kit, pause),
        command(kit, resume),
        command(kit, unsubscribe),
        command(kit, preview),
        command(kit, doctor),
    ]


async def _begun(call: Call, channel: discord.TextChannel | discord.ForumChannel, desk: str | None) -> Setup:
    """A subscription as it would be without any other word: as the desk has it, in the zone the server uses already."""
    office = call.kit.office
    known = desk or next(iter(office.desks.named))
    opened = office.desks.named.get(known)
    if opened is None:
        raise ConfigError([call.say("desk-unknown", desk=known[:60])])
    before = await office.subscribing.list(call.visitor.tenant)
    zone = before[0].schedule.zone if before else opened.schedule.zone
    return Setup(
        "0",
        opened.schedule.slots,
        opened.language,
        known,
        opened.schedule.days,
        str(channel.id),
        KINDS_BY_TYPE.get(channel.type.value, "text"),
        zone,
    )


def _with_times(call: Call, state: Setup, morning: str | None, evening: str | None) -> Setup:
    times: dict[SlotName, time] = dict(state.slots)
    wanted: tuple[tuple[SlotName, str | None], ...] = (("am", morning), ("pm", evening))
    for name, typed in wanted:
        if typed is None:
            continue
        if typed.strip().casefold() in {"off", call.say("time-off")}:
            times.pop(name, None)
            continue
        try:
            times[name] = local_time_from(typed)
        except ValueError as error:
            raise Refused(call.say("times-wrong")) from error
    names: tuple[SlotName, ...] = ("am", "pm")
    return replace(state, slots=tuple((name, times[name]) for name in names if name in times))


def _zone(call: Call, typed: str) -> str:
    """A zone's name, or that of the only zone a city can mean."""
    if "/" in typed and zone_named(typed) is not None:
        return typed
    zones = found(typed, call.kit.catalogue)
    if not zones:
        raise ConfigError([unknown_zone(typed)])
    return zones[0]


def _days(typed: str | None) -> tuple[int, ...] | None:
    try:
        return days_from(typed) if typed else None
    except ValueError as error:
        raise ConfigError([str(error)]) from error


async def pause(call: Call, days: app_commands.Range[int, 1, _LONGEST_PAUSE] | None = None) -> None:
    """Hold editions back for some days, or until somebody resumes them."""
    one = await subscribed_here(call, call.managed())
    until = call.kit.clock.now() + timedelta(days=days) if days else None
    await call.kit.office.pausing.pause(one.id, until=until, tenant=one.tenant)
    where = f"<#{channel_of(one)}>"
    said = (
        call.say("paused-now-until", channel=where, time=moment(until))
        if until
        else call.say("paused-now", channel=where)
    )
    await call.show(notice(said))


async def resume(call: Call) -> None:
    """End a pause."""
    one = await subscribed_here(call, call.managed())
    resumed = await call.kit.office.pausing.resume(one.id, tenant=one.tenant)
    due = (await call.kit.office.pausing.upcoming([resumed])).get(one.id)
    said = call.say("resumed", channel=f"<#{channel_of(one)}>")
    coming = f" {call.say('status-next', time=moment(due.at))}" if due else ""
    await call.show(notice(f"{said}{coming}"))


async def unsubscribe(call: Call) -> None:
    """End a subscription, once that was said twice."""
    one = await subscribed_here(call, call.managed())
    await call.show(sure(one, call.phrases))


async def preview(call: Call) -> None:
    """What the next edition would say now; first what stands in its way."""
    one = await subscribed_here(call, call.managed())
    lacking = await missing_in(call.kit, one.place.id)
    if lacking:
        await call.show(missing_there(channel_of(one), lacking, call.phrases))
    else:
        await previewed(call, one, saved_now=False)


async def doctor(call: Call) -> None:
    """Everything that is missing, by name, and the way to mend it."""
    tenant = call.managed()
    found = [
        (call.naming(one.place), remedy(await missing_in(call.kit, one.place.id), call.phrases))
        for one in await call.kit.office.subscribing.list(tenant)
    ]
    report = await call.kit.office.reporting.report(tenant)
    reads = "doctor-intent" if call.kit.reads_all else "doctor-no-intent"
    wrong = troubles(report, call.naming, call.phrases)
    document = checked(found, reads=reads, troubles=wrong, phrases=call.phrases)
    await call.present(Sheet(document, call.phrases.language))

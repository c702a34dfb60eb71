"""`counterpoint subscribe`, `settings`, `pause`, `resume`, `preview`, `unsubscribe`: what comes where, and when."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from adapters.cli import choices
from adapters.cli.choices import LanguageOption, Mistakes
from adapters.cli.output import NOTHING_READ, Format, FormatOption, note, show
from bot.errors import ConfigError, NotFoundError

if TYPE_CHECKING:
    from adapters.cli.subscribed import Seen
    from bot.bootstrap import Application
    from bot.domain.edition import Edition
    from bot.domain.place import Place
    from bot.domain.subscription import Change, Subscription
    from bot.domain.timetable import Schedule

T = TypeVar("T")
_MOST_NAMED = 5
"""Subscriptions that are named when it is not clear which one is meant."""

OneOption = Annotated[
    str | None,
    typer.Argument(metavar="ID", help="The subscription, or the beginning of its id. Default: the only one."),
]
AmOption = Annotated[
    str | None, typer.Option("--am", metavar="HH:MM|off", help="When the morning edition comes, on local clocks.")
]
PmOption = Annotated[
    str | None, typer.Option("--pm", metavar="HH:MM|off", help="When the evening edition comes, on local clocks.")
]
DaysOption = Annotated[
    str | None, typer.Option("--days", metavar="DAYS", help="On which weekdays, such as mon-fri or mon,wed,fri.")
]
ZoneOption = Annotated[
    str | None, typer.Option("--zone", metavar="ZONE", help="The time zone of these clocks, such as Europe/Berlin.")
]


_ON_SLACK = re.compile(r"[TE][A-Z0-9]+/[CDG][A-Z0-9]+|@[TE][A-Z0-9]+/[UW][A-Z0-9]+")


def subscribe(  # an option each
    place: Annotated[
        str,
        typer.Argument(metavar="PLACE", help="Where to: console (the terminal of counterpoint run), or PLATFORM:ID."),
    ] = "console",
    desk: Annotated[str, typer.Option(metavar="ID", help="Whose editions.")] = "default",
    am: AmOption = None,
    pm: PmOption = None,
    days: DaysOption = None,
    zone: ZoneOption = None,
    language: LanguageOption = None,
    tenant: Annotated[
        str | None,
        typer.Option(
            metavar="TENANT",
            help="The server or workspace that it belongs to. Default: the place itself, on Slack its workspace.",
        ),
    ] = None,
    form: FormatOption = Format.TEXT,
) -> None:
    """Bring editions to a place, mornings and evenings.

    What is not given is as the desk has it. The same desk in the same place again replaces the settings.
    """
    from adapters.cli.briefing import say_what_labels
    from adapters.cli.subscribed import look, print_one

    mistakes = Mistakes()
    where = mistakes.given(place, place_named)
    change = _change(mistakes, am, pm, days, zone, language)

    async def work(parts: "Application") -> "Seen":
        opened = mistakes.attempt(lambda: _desk(parts, desk))
        if mistakes.found or where is None or opened is None:
            raise ConfigError(mistakes.found)
        say_what_labels(parts, change.language or parts.desks[desk].language)
        made = await parts.subscribe.subscribe(
            where,
            tenant=tenant or tenant_of(where, place),
            desk=desk,
            schedule=change.applied(opened),
            language=change.language,
        )
        return (await look(parts, made))[0]

    seen = _with_parts(mistakes, work)
    print_one("Subscribed.", seen, form, with_notes=True)
    if form is Format.TEXT:
        note(_what_next(seen))


def _what_next(seen: "Seen") -> str:
    """What a person may want to do now."""
    said = "counterpoint run brings the editions; counterpoint preview shows what would come now."
    if seen.own.schedule.zone == "UTC":
        said = f"These are the clocks of UTC. To have your own: counterpoint settings --zone Europe/Berlin\n{said}"
    return said


def settings(  # an option each
    subscription: OneOption = None,
    am: AmOption = None,
    pm: PmOption = None,
    days: DaysOption = None,
    zone: ZoneOption = None,
    language: LanguageOption = None,
    episodes: Annotated[
        bool | None,
        typer.Option("--episodes/--no-episodes", help="Whether overviews of new episodes and videos come, too."),
    ] = None,
    form: FormatOption = Format.TEXT,
) -> None:
    """Show what is subscribed, or change when it comes.

    Without an id and an option: all subscriptions. With an option, what is given changes and the rest stays.
    """
    from adapters.cli.briefing import say_what_labels
    from adapters.cli.subscribed import look, print_all, print_one
    from bot.domain.subscription import Change

    mistakes = Mistakes()
    change = _change(mistakes, am, pm, days, zone, language)
    if episodes is not None:
        change = replace(change, options={"episodes": "yes" if episodes else ""})
    changes = change != Change()

    async def work(parts: "Application") -> "list[Seen]":
        mistakes.tell()
        if subscription is None and not changes:
            return await look(parts, *await parts.subscribe.list())
        own = await _chosen(parts, subscription)
        if change.language is not None:
            say_what_labels(parts, change.language)
        return await look(parts, await parts.subscribe.settings(own.id, change) if changes else own)

    seen = _with_parts(mistakes, work)
    if subscription is None and not changes:
        print_all(seen, form)
    else:
        print_one("Changed." if changes else "As it is now.", seen[0], form, with_notes=True)


def pause(
    subscription: OneOption = None,
    until: Annotated[
        str | None,
        typer.Option(
            metavar="DATE|ISO8601",
            help="When editions come again; a date begins at its midnight. Default: not before resume.",
        ),
    ] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why, for those who wonder.")] = None,
    form: FormatOption = Format.TEXT,
) -> None:
    """Skip editions for a while. What was not brought in a pause is not brought later."""
    from adapters.cli.subscribed import look, pause_in_words, print_one

    mistakes = Mistakes()
    end = mistakes.given(until, _end)

    async def work(parts: "Application") -> "Seen":
        mistakes.tell()
        own = await _chosen(parts, subscription)
        paused = await parts.subscribe.pause(own.id, until=_instant(end, own) if end else None, reason=reason)
        return (await look(parts, paused))[0]

    seen = _with_parts(mistakes, work)
    print_one(f"Paused {pause_in_words(seen)}.", seen, form)
    if form is Format.TEXT:
        note(f"To have editions again{'' if end is None else ' before then'}: counterpoint resume {seen.own.id}")


def resume(subscription: OneOption = None, form: FormatOption = Format.TEXT) -> None:
    """End a pause. What was skipped in it does not come any more."""
    from adapters.cli.subscribed import look, print_one

    async def work(parts: "Application") -> "tuple[bool, Seen]":
        own = await _chosen(parts, subscription)
        (before,) = await look(parts, own)
        (after,) = await look(parts, await parts.subscribe.resume(own.id))
        return before.paused, after

    was_paused, seen = _with_parts(Mistakes(), work)
    print_one("Resumed." if was_paused else "It was not paused.", seen, form)


def preview(subscription: OneOption = None, form: FormatOption = Format.TEXT) -> None:
    """Show what a subscription would get now. Posts and marks nothing.

    It is composed of what was gathered so far; the window is as long as that of its next edition.
    """
    from adapters.cli.briefing import print_edition

    print_edition(_with_parts(Mistakes(), lambda parts: _preview(parts, subscription)), form)


def unsubscribe(
    subscription: Annotated[str, typer.Argument(metavar="ID", help="The subscription, or the beginning of its id.")],
    form: FormatOption = Format.TEXT,
) -> None:
    """End a subscription. What was posted stays where it is."""
    from adapters.cli.subscribed import place_in_words

    async def work(parts: "Application") -> "Subscription":
        own = await _chosen(parts, subscription)
        await parts.subscribe.unsubscribe(own.id)
        return own

    own = _with_parts(Mistakes(), work)
    said = f"Unsubscribed: nothing of the desk {own.desk} comes to {place_in_words(own.place)} any more."
    show([said], {"id": own.id, "unsubscribed": True}, form)


def _with_parts(mistakes: Mistakes, work: "Callable[[Application], Awaitable[T]]") -> T:
    """What `work` makes of the application; it tells the mistakes found so far together with its own.

    Raises:
        ConfigError: every mistake in the settings, the roster and the command.
    """
    import asyncio

    from bot.bootstrap import application

    chosen = mistakes.attempt(lambda: choices.choose(None))
    if chosen is None:
        raise ConfigError(mistakes.found)
    settings, roster = chosen

    async def run() -> T:
        async with application(settings, roster_folder=roster.folder) as parts:
            return await work(parts)

    return asyncio.run(run())


def _change(
    mistakes: Mistakes, am: str | None, pm: str | None, days: str | None, zone: str | None, language: str | None
) -> "Change":
    """What is to be different; what is wrong in it is added to the mistakes."""
    from bot.domain.subscription import Change

    return Change(
        zone=mistakes.given(zone, choices.zone),
        days=mistakes.given(days, choices.days),
        am=mistakes.given(am, lambda text: _slot(text, "--am")),
        pm=mistakes.given(pm, lambda text: _slot(text, "--pm")),
        language=mistakes.given(language, choices.language),
    )


def _slot(text: str, option: str) -> "time | Literal['off']":
    return "off" if text.strip().casefold() == "off" else choices.local_time(text, option)


def place_named(text: str) -> "Place":
    """The place that a person named.

    Raises:
        ConfigError: it has no platform or no id.
    """
    from bot.domain.place import Place

    platform, separator, name = text.partition(":")
    if text == "console":
        return Place("console", "terminal")
    if not (platform and separator and name):
        raise ConfigError([f"PLACE: {text!r} is neither console nor PLATFORM:ID, such as discord:1180000000000000010"])
    if platform == "slack" and not _ON_SLACK.fullmatch(name):
        raise ConfigError([f"PLACE: {text!r} is no slack:WORKSPACE/CHANNEL, such as slack:T0123456789/C0123456789"])
    return Place(platform, name)


def tenant_of(place: "Place", named: str) -> str:
    """Whom a place belongs to where nobody says so: on Slack, its workspace, which its id begins with."""
    if place.platform == "slack":
        return f"slack:{place.id.removeprefix('@').partition('/')[0]}"
    return place.platform if place.platform == "console" else named


def _desk(parts: "Application", desk: str) -> "Schedule":
    """The schedule of a desk.

    Raises:
        ConfigError: there is no such desk, or the file of desks has mistakes.
    """
    from bot.services.subscribe import no_desk

    if desk not in parts.desks:
        raise ConfigError([f"--desk: {no_desk(desk, parts.desks)}"])
    return parts.desks[desk].schedule


async def _chosen(parts: "Application", named: str | None) -> "Subscription":
    """The subscription whose id begins so; the only one where none is named.

    Raises:
        NotFoundError: there is none.
        ConfigError: there are several.
    """
    found = await parts.subscribe.list()
    if not found:
        raise NotFoundError("Nothing is subscribed yet. To begin: counterpoint subscribe")
    if named is not None:
        found = [own for own in found if named and own.id.startswith(named.casefold())]
        if not found:
            raise NotFoundError(f"There is no subscription {named[:100]!r}. counterpoint settings lists them.")
    if len(found) > 1:
        ids = ", ".join(own.id for own in found[:_MOST_NAMED])
        more = f" and {len(found) - _MOST_NAMED} others" if len(found) > _MOST_NAMED else ""
        raise ConfigError([f"Several subscriptions may be meant: {ids}{more}. Write more of the id."])
    return found[0]


def _end(text: str) -> datetime | date:
    """A date, or an instant.

    Raises:
        ConfigError: it is neither.
    """
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            found = read(text)
        except ValueError:
            continue
        return choices.instant(text, "--until") if isinstance(found, datetime) else found
    raise ConfigError([f"--until: {text!r} is neither a date such as 2026-12-24 nor such as 2026-12-24T18:00:00Z"])


def _instant(end: datetime | date, own: "Subscription") -> datetime:
    """When a pause ends: a date begins at midnight of the subscription's zone.

    Raises:
        ConfigError: this machine does not know the zone.
    """
    from bot.domain.schedules import local_midnight, unknown_zone, zone_named

    if isinstance(end, datetime):
        return end
    zone = zone_named(own.schedule.zone)
    if zone is None:
        raise ConfigError([f"--until: {unknown_zone(own.schedule.zone)}"])
    return local_midnight(end, zone)


async def _preview(parts: "Application", named: str | None) -> "Edition":
    from adapters.cli.briefing import anything_kept, say_what_labels

    own = await _chosen(parts, named)
    opened = parts.desks.get(own.desk)
    if opened is not None and not await anything_kept(parts, opened.roster):
        note(f"Nothing of the desk {own.desk} was gathered yet: counterpoint run does, or counterpoint gather.")
        raise typer.Exit(NOTHING_READ)
    say_what_labels(parts, own.language)
    return await parts.subscribe.preview(own.id)

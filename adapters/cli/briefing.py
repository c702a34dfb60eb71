"""`counterpoint brief`: gather, compose an edition, print it."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli import choices
from adapters.cli.choices import Chosen, LanguageOption, Mistakes, RosterOption
from adapters.cli.gathering import nothing_read, progress, summary, unreadable
from adapters.cli.output import FAILED_CHECK, NOTHING_READ, Format, FormatOption, Notes, note, write
from bot.config import Settings, load
from bot.domain.roster import Roster
from bot.errors import ConfigError

if TYPE_CHECKING:
    from bot.bootstrap import Application
    from bot.domain.desk import OpenDesk
    from bot.domain.edition import Edition, Slot
    from bot.ports.phrases import Phrases
    from bot.services.brief import Request

_LONGEST = 24 * 366
"""Hours: a longer window is a typing error."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was asked for, as typed."""

    desk: str
    slot: str
    now: str | None
    hours: str
    zone: str | None
    topic: str | None
    language: str | None
    model: str | None


@dataclass(frozen=True, slots=True)
class _Order:
    """What was asked for, checked."""

    settings: Settings
    chosen: Chosen
    request: "Request"
    now: datetime | None


def brief(  # an option each
    roster: RosterOption = None,
    desk: Annotated[str, typer.Option(metavar="ID", help="The desk: default, or one of desks.toml.")] = "default",
    slot: Annotated[str, typer.Option(metavar="am|pm|now", help="Which edition of the day; now: on demand.")] = "now",
    now: Annotated[
        str | None,
        typer.Option(metavar="ISO8601", help="The end of the window; the clock then stands still. Default: now."),
    ] = None,
    hours: Annotated[str, typer.Option(metavar="HOURS", help="The length of the window.")] = "12",
    zone: Annotated[
        str | None, typer.Option(metavar="ZONE", help="The time zone of the edition's date, such as Europe/Berlin.")
    ] = None,
    topic: Annotated[str | None, typer.Option(metavar="TOPIC", help="Only stories about this.")] = None,
    language: LanguageOption = None,
    model: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Who writes: a model, or extractive, which selects original sentences. Default: the model in .env.",
        ),
    ] = None,
    no_gather: Annotated[bool, typer.Option("--no-gather", help="Compose from what is kept already.")] = False,
    form: FormatOption = Format.TEXT,
) -> None:
    """Compose a briefing edition: who claims what, who disagrees.

    Every sentence has its source. The window is the hours up to now. Reads the sources first, unless told not to.
    """
    import asyncio

    order = _order(roster, _Wanted(desk, slot, now, hours, zone, topic, language, model))
    edition = asyncio.run(_brief(order, gathers=not no_gather))
    print_edition(edition, form)
    from bot.domain.checks import check

    verdict = check(edition)
    for fault in verdict.faults:
        note(f"{fault.rule}: {fault.where}: {fault.text}")
    if not verdict.ok:
        raise typer.Exit(FAILED_CHECK)


def _order(roster: Path | None, wanted: _Wanted) -> _Order:
    """What was asked for, or every mistake in it."""
    from bot.services.brief import Request

    mistakes = Mistakes()
    now = mistakes.given(wanted.now, choices.instant)
    slot = mistakes.given(wanted.slot, _slot)
    hours = mistakes.given(wanted.hours, _hours)
    zone = mistakes.given(wanted.zone, choices.zone)
    language = mistakes.given(wanted.language, choices.language)
    mistakes.attempt(lambda: _possible_desk(wanted.desk))
    mistakes.attempt(lambda: _reachable(wanted.model))
    settings, chosen = choices.choose(roster, mistakes.tell)
    settings = settings.with_model(wanted.model)
    opened = _open_desk(wanted.desk, settings, chosen)
    request = Request(
        roster=opened.roster,
        slot=slot or "now",
        hours=hours or 0,
        zone=zone or opened.schedule.zone,
        language=language or opened.language,
        topic=" ".join((wanted.topic or "").split()) or None,
        desk=opened.desk,
    )
    return _Order(settings, replace(chosen, roster=opened.roster), request, now)


def _possible_desk(desk: str) -> None:
    """Refuse a desk that nobody can have: without a file of desks there is one."""
    from bot.domain.desk import DEFAULT_DESK

    try:
        has_file = load().desks is not None
    except ConfigError:
        return  # told by whoever needs the settings
    if not has_file and desk != DEFAULT_DESK.id:
        raise ConfigError([f"--desk: there is no desk {desk!r} here; the only one is {DEFAULT_DESK.id}"])


def _reachable(model: str | None) -> None:
    """Refuse a model that there is no way to."""
    try:
        settings = load()
    except ConfigError:
        return  # told by whoever needs the settings
    settings.with_model(model)


def _open_desk(desk: str, settings: Settings, chosen: Chosen) -> "OpenDesk":
    from adapters.roster import desks
    from bot.services.subscribe import no_desk

    opened = desks.load(settings.desks, chosen.roster, settings.zone, settings.language, folder=chosen.folder)
    if desk not in opened:
        raise ConfigError([f"--desk: {no_desk(desk, opened)}"])
    return opened[desk]


def _slot(text: str) -> "Slot":
    match text:
        case "am" | "pm" | "now":
            return text
    raise ConfigError([f"--slot: {text!r} is none of am, pm, now"])


def _hours(text: str) -> float:
    try:
        hours = float(text)
    except ValueError as error:
        raise ConfigError([f"--hours: {text!r} is no number"]) from error
    if not 0 < hours <= _LONGEST:
        raise ConfigError([f"--hours: {text} is not between 0 and {_LONGEST}"])
    return hours


async def _brief(order: _Order, *, gathers: bool) -> "Edition":
    from bot.bootstrap import application

    with progress(order.chosen) as tell:
        async with application(
            order.settings, now=order.now, roster_folder=order.chosen.folder, progress=tell, events=Notes()
        ) as parts:
            if gathers:
                report = await parts.gather(order.chosen.roster)
                note(summary(report))
                if nothing_read(report) and not await anything_kept(parts, order.chosen.roster):
                    note(unreadable(report))
                    raise typer.Exit(NOTHING_READ)
            elif not await anything_kept(parts, order.chosen.roster):
                note(
                    "Nothing of this roster was gathered yet: leave out --no-gather, or run counterpoint gather first."
                )
                raise typer.Exit(NOTHING_READ)
            say_what_labels(parts, order.request.language)
            return await parts.brief(order.request)


async def anything_kept(parts: "Application", roster: Roster) -> bool:
    """Whether any source of the roster was ever read into this database."""
    keys = [source.key for thinker in roster.thinkers for source in thinker.sources]
    async with parts.store.unit() as unit:
        states = await unit.sources.get(keys)
    return any(state.first_gathered is not None for state in states.values())


def say_what_labels(parts: "Application", language: str) -> None:
    """Tell the person if there are no labels in a language, and which ones there are."""
    spoken = parts.catalogue.speak(language).language
    if language.replace("_", "-").split("-")[0].lower() != spoken:
        note(f"There are no labels in {language!r} yet: they are in {spoken!r}.")


def print_edition(edition: "Edition", form: Format) -> None:
    """Print an edition: as the thread that the console shows, as Markdown, or as its contract."""
    from adapters.wire.contract import to_json

    if form is Format.JSON:
        write(to_json(edition))
        return
    from adapters.locale.catalogue import FluentCatalogue

    phrases = FluentCatalogue().speak(edition.language)
    if form is Format.MARKDOWN:
        write(_markdown(edition, phrases))
        return
    from adapters.cli.screen import Screen
    from adapters.platforms.console.rendering import Rendered
    from bot.domain.layout import lay_out
    from bot.domain.message import thread_of

    screen = Screen()
    for message in thread_of(edition):
        screen.print(Rendered(lay_out(message, phrases), phrases), crop=False)


def _markdown(edition: "Edition", phrases: "Phrases") -> str:
    from adapters.platforms.console.rendering import markdown
    from bot.domain.layout import lay_out
    from bot.domain.message import thread_of

    return "\n\n".join(markdown(lay_out(message, phrases)) for message in thread_of(edition))

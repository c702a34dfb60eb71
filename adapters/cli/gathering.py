"""`counterpoint gather`: read every source of a roster once and say how each of them is."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from adapters.cli.choices import Chosen, RosterOption, choose
from adapters.cli.output import NOTHING_READ, Format, FormatOption, Part, Table, note, show, write
from bot.config import Settings
from bot.domain.health import GatherReport, Health, SourceReport

Progress = Callable[[SourceReport], None]


def gather(roster: RosterOption = None, form: FormatOption = Format.TEXT) -> None:
    """Read what is new from every source; show how each one is.

    A source that is down does not fail the command; it does when every source that could be read is down.
    """
    import asyncio

    settings, chosen = choose(roster)
    report = asyncio.run(_gather(settings, chosen))
    if form is Format.JSON:
        from adapters.wire.contract import to_json

        write(to_json(report))
    else:
        show(_parts(report), None, form)
    if nothing_read(report):
        note(unreadable(report))
        raise typer.Exit(NOTHING_READ)


async def _gather(settings: Settings, chosen: Chosen) -> GatherReport:
    from bot.bootstrap import application

    with progress(chosen) as tell:
        async with application(settings, roster_folder=chosen.folder, progress=tell) as parts:
            return await parts.gather(chosen.roster)


@contextmanager
def progress(chosen: Chosen) -> Iterator[Progress]:
    """A bar over the sources, on a terminal; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from adapters.cli.screen import Screen

    total = sum(len(thinker.sources) for thinker in chosen.roster.thinkers)
    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Screen(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda _: bar.advance(task)


def nothing_read(report: GatherReport) -> bool:
    """Whether not one source answered."""
    return all(source.state in {Health.DOWN, Health.SILENT} for source in report.sources)


def unreadable(report: GatherReport) -> str:
    """Why nothing was read, in a sentence."""
    down = [source for source in report.sources if source.state is Health.DOWN]
    if not down:
        return "Nothing could be read: the roster has no source that can be read without a key."
    reasons = Counter(source.reason or "" for source in down).most_common(1)
    first = f" The commonest reason: {reasons[0][0]}." if reasons[0][0] else ""
    return f"Nothing could be read: all {len(down)} sources that can be asked are down.{first}"


def summary(report: GatherReport) -> str:
    """How a gather went, in one line."""
    states = Counter(source.state for source in report.sources)
    answered = len(report.sources) - states[Health.DOWN] - states[Health.SILENT]
    parts = [
        f"{answered} of {len(report.sources)} sources answered",
        f"{report.items_new} new items",
        *([f"{states[Health.DOWN]} down"] if states[Health.DOWN] else []),
        *([f"{states[Health.SILENT]} silent"] if states[Health.SILENT] else []),
    ]
    return ", ".join(parts) + "."


def _parts(report: GatherReport) -> list[Part]:
    """A row each source that can be asked; those that stay silent by type, for they all lack the same."""
    rows = tuple(
        (source.state.value, source.thinker, source.type, str(source.items_new or ""), _reason(source))
        for source in report.sources
        if source.state is not Health.SILENT
    )
    silent = Counter((source.type, source.reason) for source in report.sources if source.state is Health.SILENT)
    said = [f"Silent, {kind}: {count} sources, {reason}." for (kind, reason), count in sorted(silent.items())]
    return [Table(("state", "thinker", "type", "new", "reason"), rows), "\n".join([*said, summary(report)])]


def _reason(source: SourceReport) -> str:
    if source.state is Health.DOWN and source.since is not None:
        return f"down since {source.since.day} {source.since:%b}: {source.reason}"
    return source.reason or ""

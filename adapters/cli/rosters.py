"""`counterpoint roster`: see and change who is read."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from adapters.cli.choices import Mistakes, RosterOption, choose, choose_roster
from adapters.cli.output import Format, FormatOption, Table, note, show, write
from bot.config import Settings, load
from bot.domain.roster import Roster, SourceType, Thinker, ThinkerKind
from bot.errors import ConfigError

app = typer.Typer(help="See and change who is read.", no_args_is_help=True, rich_markup_mode=None)
EditedOption = Annotated[
    Path | None,
    typer.Option("--roster", metavar="FILE", help="The roster to change. Default: yours, made from the shipped one."),
]


@app.command("list")
def list_thinkers(
    roster: RosterOption = None,
    tier: Annotated[int | None, typer.Option(min=1, max=2, help="Only this tier.")] = None,
    form: FormatOption = Format.TEXT,
) -> None:
    """Show who is read, where they publish, and which sources stay silent and why."""
    from adapters.catalog import silent_reason

    _, chosen = choose(roster)
    thinkers = [thinker for thinker in chosen.roster.thinkers if tier is None or thinker.tier == tier]
    reasons = {source.type: silent_reason(source.type) for thinker in thinkers for source in thinker.sources}
    rows = tuple(
        (
            thinker.id,
            thinker.name,
            thinker.kind.value,
            _places(thinker, reasons),
        )
        for thinker in thinkers
    )
    silent = [f"Silent, {kind}: {reason}" for kind, reason in sorted(reasons.items()) if reason]
    data = {
        "file": str(chosen.path),
        "topics": list(chosen.roster.topics),
        "thinkers": [
            {
                "id": t.id,
                "name": t.name,
                "kind": t.kind,
                "tier": t.tier,
                "why": t.why,
                "topics": list(t.topics),
                "sources": [
                    {"type": s.type, "address": s.address, "mirror": s.mirror, "silent": reasons[s.type]}
                    for s in t.sources
                ],
            }
            for t in thinkers
        ],
    }
    said = f"{len(thinkers)} thinkers in {chosen.path}{', tier 1' if chosen.shipped else ''}."
    show([Table(("id", "name", "kind", "sources"), rows), "\n".join([said, *silent])], data, form)


def _places(thinker: Thinker, reasons: Mapping[SourceType, str | None]) -> str:
    """Types with counts: `2 feed, github, x (silent)`. Addresses are in the JSON and in the file itself."""
    counts = Counter(source.type for source in thinker.sources)
    named = (
        f"{f'{count} ' if count > 1 else ''}{kind}{' (silent)' if reasons[kind] else ''}"
        for kind, count in counts.items()
    )
    return ", ".join(named)


@app.command()
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="A feed, a home page, or an account's page.")],
    name: Annotated[str | None, typer.Option(metavar="NAME", help="Whose it is. Default: what the feed says.")] = None,
    kind: Annotated[ThinkerKind | None, typer.Option(help="What they are. Default: told from the address.")] = None,
    roster: EditedOption = None,
) -> None:
    """Add whoever publishes at an address. The feed of a home page is found."""
    import asyncio

    edited = _edited(roster)
    thinker = asyncio.run(_found(edited, url, name))
    thinker = thinker if kind is None else replace(thinker, kind=kind)
    from adapters.roster import editing

    edited.make()
    editing.add(edited.path, [thinker])
    note(f"Added {thinker.name} ({thinker.id}) with {thinker.sources[0].key} to {edited.path}.")


@app.command()
def remove(
    what: Annotated[str, typer.Argument(metavar="ID|ADDRESS", help="A thinker's id, or a source's address.")],
    roster: EditedOption = None,
) -> None:
    """Remove a thinker, or one source."""
    from adapters.roster import editing

    edited = _edited(roster)
    edited.make()
    editing.remove(edited.path, what)
    note(f"Removed {what} from {edited.path}.")


@app.command("import")
def import_list(
    file: Annotated[Path, typer.Argument(metavar="FILE.opml", help="What a feed reader exported.")],
    roster: EditedOption = None,
) -> None:
    """Add every feed of an OPML file."""
    from adapters.roster import editing
    from adapters.roster.opml import import_opml
    from adapters.roster.reading import MOST_BYTES

    edited = _edited(roster)
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise ConfigError([f"{file} cannot be read: {error.strerror or error}"]) from error
    imported = import_opml(data, edited.roster)
    for left_out in imported.notes:
        note(left_out)
    if imported.thinkers:
        edited.make()
        editing.add(edited.path, imported.thinkers)
    note(f"Added {len(imported.thinkers)} thinkers to {edited.path}.")


class ListFormat(StrEnum):
    """How a roster is handed on."""

    OPML = "opml"
    TOML = "toml"


@app.command()
def export(
    roster: RosterOption = None,
    form: Annotated[
        ListFormat, typer.Option("--format", help="For other feed readers, or with everything we know.")
    ] = ListFormat.OPML,
) -> None:
    """Print the roster as a list that other programs read, or as a roster file."""
    _, chosen = choose(roster)
    if form is ListFormat.OPML:
        from adapters.roster.opml import export_opml

        write(export_opml(chosen.roster))
    else:
        from adapters.roster.editing import render

        write(render(chosen.roster))


@dataclass(frozen=True, slots=True)
class _Edited:
    """The roster file that a command changes."""

    settings: Settings
    path: Path
    roster: Roster
    """What it says, or will say once it is made."""

    def make(self) -> None:
        """Write the file if there is none yet: start-up never writes, a command that changes something does."""
        if not self.path.exists():
            from adapters.roster.editing import create

            create(self.path, self.roster)
            note(f"Made {self.path}: {len(self.roster.thinkers)} thinkers to begin with.")


def _edited(path: Path | None) -> _Edited:
    """The file to change: the one named, else the operator's, else a copy of the shipped one in the data folder."""
    mistakes = Mistakes()
    settings = mistakes.attempt(load)
    mistakes.tell()
    if settings is None:
        raise ConfigError(["the settings cannot be read"])
    if path is not None and not path.exists():
        return _Edited(settings, path, Roster(()))
    chosen = choose_roster(settings, path)
    return _Edited(settings, settings.data / "roster.toml" if chosen.shipped else chosen.path, chosen.roster)


async def _found(edited: _Edited, url: str, name: str | None) -> Thinker:
    """Who publishes at an address, or behind the page there.

    Raises:
        SourceError: there is nobody, or the network failed.
        ConfigError: it is no address, or on the roster already.
    """
    from bot.bootstrap import application

    async with application(edited.settings, roster_folder=Path()) as parts:
        return parts.finder.thinker(await parts.finder.find(url), edited.roster, name=name)

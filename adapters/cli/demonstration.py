"""`counterpoint demo`: meet an edition and argue with it, without keys, network or files of your own.

The sample roster lies in the package. What it published is read once; then three editions are composed one after the
other, so that the last one has something to remember, and the last one is shown.
"""

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli import choices
from adapters.cli.choices import LanguageOption
from adapters.cli.output import FAILED_CHECK, Format, FormatOption, note, write
from bot.config import Settings
from bot.errors import ConfigError

if TYPE_CHECKING:
    from adapters.platforms.console.gateway import Read
    from bot.bootstrap import Application
    from bot.domain.edition import Edition, Slot

SAMPLE = Path(__file__).parents[1] / "roster" / "sample" / "roster.toml"
ISSUES: "Sequence[tuple[Slot, datetime]]" = (
    ("pm", datetime(2026, 3, 4, 18, tzinfo=UTC)),
    ("am", datetime(2026, 3, 5, 6, tzinfo=UTC)),
    ("pm", datetime(2026, 3, 5, 18, tzinfo=UTC)),
)
"""The editions that are composed, in order; the last one is shown."""
SCRIPT = (
    "sources 1",
    "counter 1",
    "why 1",
    "How much does one Patchwren review cost?",
    "Who won the harbour regatta?",
    "источники 1",
)
"""What is said where nobody can type: a typed word each, a question, one that nothing answers, a word in Russian."""


PAGE = Path("counterpoint-demo.html")


class Look(StrEnum):
    """Platforms that the demonstration can look like."""

    DISCORD = "discord"
    SLACK = "slack"


LookOption = Annotated[Look | None, typer.Option("--as", help="Draw it as this platform shows it. Needs no token.")]
OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help=f"With --as: where to write the page. Default: {PAGE}.")
]


def demo(
    look: LookOption = None, out: OutOption = None, language: LanguageOption = None, form: FormatOption = Format.TEXT
) -> None:
    """Show an edition of invented thinkers and let you ask it. Needs no key and no network; keeps nothing.

    Where nobody can type, a short exchange is printed instead; markdown and json print the edition only. With --as
    discord or --as slack a page shows both as they look there; json prints the calls as they would be sent.
    """
    import asyncio

    mistakes = choices.Mistakes()
    tag = mistakes.given(language, choices.language) or "en"
    mistakes.found += _misused(look, out, form)
    mistakes.tell()
    if look is None:
        edition = asyncio.run(_demo(SAMPLE, tag, form))
    else:
        edition, drawn = asyncio.run(_drawn(look, SAMPLE, tag, form))
        if form is Format.JSON:
            write(drawn)
        else:
            _keep(drawn, out or PAGE)
    from bot.domain.checks import check

    if not check(edition).ok:
        note("The edition breaks the order of truth: pipe --format json into counterpoint check - to see where.")
        raise typer.Exit(FAILED_CHECK)


def _misused(look: Look | None, out: Path | None, form: Format) -> list[str]:
    found = []
    if look is None and out is not None:
        found.append("--out: only with --as; elsewhere the demonstration is printed")
    if look is not None and form is Format.MARKDOWN:
        found.append("--format markdown: not with --as; take text for a page, json for the calls")
    if look is not None and form is Format.JSON and out is not None:
        found.append("--out: not with --format json, which prints the calls")
    return found


async def _demo(roster: Path, language: str, form: Format) -> "Edition":
    from adapters.storage.memory import MemoryStore
    from bot.bootstrap import application

    store, end = MemoryStore(), ISSUES[-1][1]
    async with application(_settings(roster, language), now=end, roster_folder=roster.parent, store=store) as parts:
        edition = await compose(parts, roster, language)
        if form is not Format.TEXT:
            from adapters.cli.briefing import print_edition

            print_edition(edition, form)
        else:
            await _talk(parts, edition, language)
    return edition


async def _drawn(look: Look, roster: Path, language: str, form: Format) -> "tuple[Edition, str]":
    """The edition, and how a platform would show it: the calls as JSON, or a page."""
    import json

    from adapters.storage.memory import MemoryStore
    from bot.bootstrap import application

    if look is Look.SLACK:
        from adapters.cli.demo_slack import calls, draw
    else:
        from adapters.cli.demo_discord import calls, draw
    store, end = MemoryStore(), ISSUES[-1][1]
    async with application(_settings(roster, language), now=end, roster_folder=roster.parent, store=store) as parts:
        edition = await compose(parts, roster, language)
        phrases = parts.catalogue.speak(language)
        if form is Format.JSON:
            return edition, json.dumps(calls(edition, phrases), ensure_ascii=False, indent=1)
        return edition, await draw(edition, phrases, parts.inbox(parts.clock, _report))


def _keep(drawn: str, out: Path) -> None:
    """Write the page and say where it is.

    Raises:
        ConfigError: the file cannot be written.
    """
    try:
        out.write_text(drawn, "utf-8")
    except OSError as error:
        raise ConfigError([f"--out: {out} cannot be written: {error.strerror}"]) from error
    note(f"The page is in {out.absolute()}: open it in a browser, for instance as {out.absolute().as_uri()}")


def _settings(roster: Path, language: str) -> Settings:
    return Settings("", roster, Path(), None, language, "UTC", ())


async def compose(parts: "Application", roster: Path, language: str) -> "Edition":
    """The last of the editions, composed on top of those before it."""
    from adapters.roster.reading import load
    from adapters.wire.clock import StillClock
    from bot.services.brief import Request

    read = load(roster)
    await parts.gather(read)
    for slot, end in ISSUES:
        edition = await parts.brief_at(StillClock(end))(Request(roster=read, slot=slot, language=language))
    return edition


async def _talk(parts: "Application", edition: "Edition", language: str) -> None:
    from adapters.cli.screen import Screen
    from adapters.platforms.console.gateway import PLACE, ConsolePlatform, lines
    from adapters.wire.clock import SystemClock
    from bot.domain.message import Notice, thread_of

    typing = sys.stdin.isatty() and sys.stdout.isatty()
    screen = Screen()
    prompt = partial(screen.print, "> ", end="", style="bold cyan")
    read = lines(sys.stdin, prompt) if typing else _scripted(prompt, screen.print)
    # Questions come in real time, whatever time the edition is of: how often one may ask is counted in it.
    clock = SystemClock()
    console = ConsolePlatform(screen, parts.catalogue, clock, language, read, edition.id)
    for number, part in enumerate(thread_of(edition)):
        await console.post(PLACE, part, key=f"{edition.id}/{number}")
    phrases = parts.catalogue.speak(language)
    if typing:
        console.show(Notice(phrases.say("console-prompt")))
    await console.run(parts.inbox(clock, _report))
    if typing:
        screen.print(phrases.say("console-bye"))


def _report(identity: str, error: BaseException) -> None:
    note(f"{identity}: {type(error).__name__}: {error}")


def _scripted(prompt: Callable[[], None], show: Callable[[str], None]) -> "Read":
    """Types the script, visibly."""
    script = iter(SCRIPT)

    async def read() -> str | None:
        line = next(script, None)
        if line is not None:
            prompt()
            show(line + "\n")
        return line

    return read

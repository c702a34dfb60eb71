"""`counterpoint replay`: phrase a kept edition again, and see both side by side.

Stories, evidence and numbering come from what the edition was made of, so that only what is said changes. No edition is
kept or posted of it; the parts that a model wrote are kept, so that the same again costs nothing.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.choices import Mistakes
from adapters.cli.output import FAILED_CHECK, Format, FormatOption, Notes, Table, note, printable, show
from bot.config import EXTRACTIVE, Settings, load
from bot.errors import ConfigError, NotFoundError

if TYPE_CHECKING:
    from bot.domain.checks import Verdict
    from bot.domain.edition import Edition, Evidence, Story

Rows = Iterator[tuple[str, str, str]]
"""What it is, as it was kept, as it is told again."""


def replay(
    edition: Annotated[str, typer.Argument(metavar="ID|latest", help="The edition to phrase again.")],
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who writes: a model, or extractive. Default: the one in .env.")
    ] = None,
    rubric: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What matters to the readers, in plain words, for this once.")
    ] = None,
    form: FormatOption = Format.TEXT,
) -> None:
    """Write a kept edition again, and show both side by side.

    From what it was made of: by another model, with another rubric, its stories and their evidence stay. No edition
    of it is kept or posted.
    """
    import asyncio

    from bot.domain.checks import check

    mistakes = Mistakes()
    settings = mistakes.attempt(load)
    chosen = mistakes.attempt(lambda: settings.with_model(model)) if settings else None
    wanted = mistakes.attempt(lambda: _rubric(rubric)) if rubric else None
    mistakes.tell()
    if settings is None or chosen is None:
        return
    kept, again = asyncio.run(_replay(chosen, edition, wanted, extractive=model == EXTRACTIVE))
    verdict = check(again)
    _show(kept, again, verdict, form, settings.currency)
    for fault in verdict.faults:
        note(f"{fault.rule}: {fault.where}: {fault.text}")
    if not verdict.ok:
        raise typer.Exit(FAILED_CHECK)


def _rubric(path: Path) -> str:
    from bot.domain.desk import LONGEST_RUBRIC

    try:
        text = " ".join(path.read_text(encoding="utf-8").split())
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([f"--rubric: {path} cannot be read as text"]) from error
    if not text or len(text) > LONGEST_RUBRIC or not text.isprintable():
        raise ConfigError(
            [f"--rubric: {path} holds {len(text)} characters; it has 1 to {LONGEST_RUBRIC} in plain words"]
        )
    return text


async def _replay(
    settings: Settings, wanted: str, rubric: str | None, *, extractive: bool
) -> "tuple[Edition, Edition]":
    from bot.bootstrap import application

    async with application(settings, roster_folder=Path(), events=Notes()) as parts:
        async with parts.store.unit() as unit:
            kept = await unit.editions.get(wanted)
        if kept is None:
            raise NotFoundError(f"No edition is kept under {wanted!r}.")
        drafted = await parts.brief.drafted(kept.id)
        if drafted is None:
            raise NotFoundError(f"What {kept.id} was made of is not kept: it was composed by an older version.")
        if rubric is not None:
            drafted = replace(drafted, desk=replace(drafted.desk, rubric=rubric))
        if parts.write is None:
            if not extractive:
                note(f"No model is set: this is the selection. Name one with --model, or {EXTRACTIVE} to mean this.")
            return kept, drafted.edition
        say = parts.catalogue.speak(kept.language).say
        return kept, await parts.write(drafted, say, None)


def _show(kept: "Edition", again: "Edition", verdict: "Verdict", form: Format, currency: str) -> None:
    """Both editions: beside each other for people and files, whole for programs."""
    if form is Format.TEXT:
        _beside(kept, again, currency)
        return
    from adapters.wire.contract import to_json

    editions = {"kept": json.loads(to_json(kept)), "again": json.loads(to_json(again))}
    head = ("", printable(kept.card.writer), printable(again.card.writer))
    show(
        [Table(head, tuple(_rows(kept, again, currency)))],
        {**editions, "check": {"ok": verdict.ok, **asdict(verdict)}},
        form,
    )


def _beside(kept: "Edition", again: "Edition", currency: str) -> None:
    from rich import box
    from rich.table import Table as Columns
    from rich.text import Text

    from adapters.cli.screen import Screen

    table = Columns(box=box.SIMPLE_HEAD, expand=True, show_lines=False, padding=(0, 1, 1, 0))
    table.add_column("")
    for head in (kept.card.writer, again.card.writer):
        table.add_column(Text(printable(head)), ratio=1)
    for what, old, new in _rows(kept, again, currency):
        table.add_row(*(Text(cell) for cell in (what, old, new)))
    Screen().print(table)


def _rows(kept: "Edition", again: "Edition", currency: str) -> Rows:
    yield "took", _took(kept, currency), _took(again, currency)
    yield "checks", _checks(kept), _checks(again)
    yield "title", _said(kept.title, kept.title_evidence), _said(again.title, again.title_evidence)
    yield "lede", _said(kept.lede, kept.lede_evidence), _said(again.lede, again.lede_evidence)
    for number in range(1, max(len(kept.stories), len(again.stories)) + 1):
        for part, old, new in _parts(kept.story(number), again.story(number)):
            if old or new:
                yield f"{number} {part}", old, new
    yield "question", _question(kept), _question(again)
    yield "dialogue", _spoken(kept), _spoken(again)


def _question(edition: "Edition") -> str:
    asked = edition.open_question
    return _said(asked.text, asked.evidence) if asked else ""


def _parts(one: "Story | None", other: "Story | None") -> Rows:
    both = [_told(story) if story else {} for story in (one, other)]
    for part in dict.fromkeys(name for told in both for name in told):
        yield part, both[0].get(part, ""), both[1].get(part, "")


def _told(story: "Story") -> dict[str, str]:
    """What a story says, by part, in reading order."""
    signal, synthesis, crux = story.signal.why_now, story.synthesis, story.crux
    positions = (f"{p.thinker} ({p.stance}): {_said(p.claim, p.evidence)}" for p in story.positions)
    return {
        "title": printable(story.title),
        "standfirst": _said(story.standfirst.text, story.standfirst.evidence),
        "why now": _said(signal.text, signal.evidence),
        "positions": "\n".join(positions),
        "counter view": f"({story.counter.standing}) {_said(story.counter.text, story.counter.evidence)}",
        "body": " ".join(_said(sentence.text, sentence.evidence) for sentence in story.body),
        "synthesis": f"({synthesis.kind}) {_said(synthesis.text, synthesis.evidence)}" if synthesis else "",
        "crux": _said(f"{crux.question} {crux.would_settle}", crux.evidence) if crux else "",
        "our reading": " ".join(printable(text) for text in (story.analogy, story.so_what) if text),
    }


def _said(text: str, evidence: "Evidence") -> str:
    numbers = dict.fromkeys(passage.partition(".")[0] for passage in evidence)
    return " ".join([printable(text), *(f"[{n}]" for n in numbers)])


def _took(edition: "Edition", currency: str) -> str:
    card = edition.card
    tokens = f"{card.tokens['in']} in ({card.tokens['cached']} cached), {card.tokens['out']} out"
    return f"{tokens}, cost {currency}{card.cost:.4f}"


def _checks(edition: "Edition") -> str:
    checks = edition.card.checks
    return (
        f"{checks.sentences} sentences, {checks.sentences_extractive} selected, {checks.sentences_dropped} dropped; "
        f"{checks.quotes} quotations"
    )


def _spoken(edition: "Edition") -> str:
    spoken = sum(len(line.text.split()) for line in edition.dialogue)
    return f"{len(edition.dialogue)} lines, {spoken} words"

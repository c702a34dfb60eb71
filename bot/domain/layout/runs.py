"""Sentences, numbers, instants and sources lines: what all messages are made of."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Protocol
from urllib.parse import urlsplit

from bot.domain.document import Block, Entry, Heading, Paragraph, Points, Quotation, Run, Runs, Small, Sources
from bot.domain.durations import duration
from bot.domain.edition import Citation, CitedPassage, Edition, Evidence, Sentence, number_of
from bot.domain.episode import player_link
from bot.domain.item import ItemKind

_NUMBER = re.compile(r"\[(\d+)\]")
_RECORDED = frozenset({ItemKind.EPISODE, ItemKind.VIDEO})


class Speaks(Protocol):
    """The part of `bot.ports.phrases.Phrases` that a layout needs."""

    @property
    def language(self) -> str:
        """Its tag."""
        ...

    def say(self, key: str, /, **facts: str | float) -> str:
        """A phrase."""
        ...


def instant(at: datetime, phrases: Speaks) -> Run:
    """A point in time, printed in UTC."""
    utc = at.astimezone(UTC)
    return Run(phrases.say("moment", day=utc.day, month=utc.month, time=f"{utc:%H:%M}"), at=at)


def dated(day: date, phrases: Speaks) -> str:
    """`Wednesday, 18 November 2026`."""
    return phrases.say("dated", weekday=day.isoweekday(), day=day.day, month=day.month, year=str(day.year))


def model_of(writer: str) -> str:
    """The model of `written by <model>, checked`."""
    return writer.removeprefix("written by ").removesuffix(", checked")


def timed(runs: Runs, instants: Iterable[datetime], phrases: Speaks) -> Runs:
    """Runs in which these instants stand as printed, with the instants as such: platforms print them in any zone."""
    for at in dict.fromkeys(instants):
        moment = instant(at, phrases)
        runs = tuple(piece for run in runs for piece in _around(run, moment))
    return runs


def _around(run: Run, moment: Run) -> Runs:
    before, found, after = run.text.partition(moment.text)
    if not found or run.at is not None:
        return (run,)
    return tuple(piece for piece in (replace(run, text=before), moment, replace(run, text=after)) if piece.text)


def site(url: str) -> str:
    """The name people know an address by."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def labelled(label: str, text: str) -> Runs:
    """A run-in label and what it announces."""
    return (Run(label, "bold"), Run(f" {text}"))


def sentence(said: Sentence, citations: Iterable[Citation]) -> Runs:
    """A sentence and the numbers of its evidence."""
    return (*coded(said.text), *cites(said.evidence, citations))


def coded(text: str) -> Runs:
    """Words between back quotes are things to type; a back quote without its other half is only a sign."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return (Run(text),)
    return tuple(Run(part, "code" if n % 2 else "plain") for n, part in enumerate(parts) if part)


def joined(sentences: Iterable[Runs]) -> Runs:
    """Sentences as running text."""
    found: list[Run] = []
    for runs in sentences:
        found += [*([Run(" ")] if found else []), *runs]
    return tuple(found)


def cites(evidence: Evidence, citations: Iterable[Citation]) -> Runs:
    """` [3][5]`: a link each, in order of first use; of a recording, to the moment of what is cited here."""
    known: Mapping[int, Citation] = {citation.n: citation for citation in citations}
    numbers = list(dict.fromkeys(map(number_of, evidence)))
    runs = [Run(f"[{n}]", url=_leads(known[n], evidence) if n in known else None) for n in numbers]
    return (Run(" "), *runs) if runs else ()


def _leads(citation: Citation, evidence: Evidence) -> str:
    said = {passage.id: passage for passage in citation.passages if passage.at is not None}
    return led_by(citation, next((said[one] for one in evidence if one in said), None))


def runs_of(block: Block) -> Runs:
    """Everything a block says, in reading order."""
    match block:
        case Heading(runs) | Paragraph(runs) | Small(runs):
            return runs
        case Points(points):
            return tuple(run for runs in points for run in runs)
        case Quotation(words, whose, original):
            return (*words, *whose, *original)
        case Entry(title, facts, words):
            return (*title, *facts, *words)
        case Sources(label, links):
            return (Run(label), *links)
    return ()


def sources_line(label: str, blocks: Iterable[Block], citations: Iterable[Citation], phrases: Speaks) -> list[Block]:
    """`Sources: [1] site · [2] site`: every number that these blocks use, in order of first use; none, no line."""
    known = {citation.n: citation for citation in citations}
    found = (_NUMBER.fullmatch(run.text) for block in blocks for run in runs_of(block) if run.url)
    used = dict.fromkeys(int(match[1]) for match in found if match)
    links = tuple(_named(known[n], phrases) for n in used if n in known)
    return [Sources(label, links)] if links else []


def _named(citation: Citation, phrases: Speaks) -> Run:
    """`[3] site at 12:40`, a link; to the player at that moment, where it is a recording."""
    named, passage = site(citation.url), next((p for p in citation.passages if p.at is not None), None)
    if passage is not None and passage.at is not None:
        named = phrases.say("site-at", site=named, time=duration(passage.at))
    return Run(f"[{citation.n}]\u00a0{named}", url=led_by(citation, passage))


def led_by(citation: Citation, passage: CitedPassage | None) -> str:
    """Where a citation leads: to what is said in a recording, else to its page."""
    if citation.kind not in _RECORDED or passage is None or passage.at is None:
        return citation.url
    return player_link(citation.url, passage.at)


def named_by(name: str, thinker_id: str | None, evidence: Evidence, edition: Edition, phrases: Speaks) -> str:
    """A thinker's name; of someone who is only quoted, with who quotes them."""
    publisher = next((c.thinker for passage in evidence if (c := edition.citation(number_of(passage)))), name)
    if thinker_id is not None or publisher == name:
        return name
    return phrases.say("named-by", name=name, publisher=publisher)

"""The lines of a model's answer: sentences, each with the ids that it was written with.

What models do to a form that they were asked for is forgiven as long as it can be told what was meant: `[3]` for the
passages of item 3, `(3.1)`, `[3.1, 4.2]`, ids without brackets at the end, bullets, bold words, several sentences in a
line. What stays unclear has no evidence, and is treated as such.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.text.sentences import sentences
from bot.domain.text.visible import visible

LONGEST = 1_500
"""Characters of a line that is looked at."""
_ID = r"\d{1,4}(?:\.\d{1,5})?"
_IDS = rf"(?:passages?\s+)?{_ID}(?:(?:\s*[,;&]\s*|\s+and\s+|\s+){_ID})*"
_CITED = re.compile(rf"\s*(?:[\[【]\s*(?P<square>{_IDS})\s*[\]】]|\(\s*(?P<round>{_IDS})\s*\))", re.IGNORECASE)
_BARE = re.compile(r"(?<=[.!?”»\"])\s+(?P<bare>\d{1,4}\.\d{1,5}(?:[\s,;]+\d{1,4}\.\d{1,5})*)\s*\.?\s*$")
_NUMBER = re.compile(_ID)
_BULLET = re.compile(r"^\s*(?:[-*•–—]\s+|\d{1,2}[.)]\s+|#{1,6}\s+|>\s+)")
_BOLD = re.compile(r"(\*\*|__)(.+?)\1")
_ENDS = (".", "!", "?", "…", "”", "»", '"', "。", "！", "？")
_NOTHING = re.compile(r"\W*nothing\W*", re.IGNORECASE)
_PART = re.compile(r"\W*(?P<part>CLAIMED|AROUND|MISSING)\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a model, not yet examined."""

    text: str
    evidence: tuple[str, ...]
    """Ids as it wrote them, `3` for an item written out; some may be invented."""


def says_nothing(line: str) -> bool:
    """Whether a line says that the passages hold no answer."""
    return _NOTHING.fullmatch(line) is not None


def part_named(line: str) -> str | None:
    """`claimed`, `around` or `missing`, if a line is the name of that part."""
    found = _PART.fullmatch(line)
    return found["part"].lower() if found else None


def read(line: str, shown: Sequence[str]) -> list[Said]:
    """The sentences of a line with their evidence; `shown` are the ids that there are."""
    plain = _BOLD.sub(r"\2", _BULLET.sub("", visible(line[:LONGEST]))).replace("\t", " ")
    known = frozenset(shown)
    found: list[Said] = []
    for text, ids in _pieces(plain, known):
        evidence = _evidence(ids, shown)
        found += [Said(one, evidence) for one in _split(text)]
    return found


def _pieces(line: str, shown: frozenset[str]) -> Iterator[tuple[str, list[str]]]:
    """Stretches of a line, each with the ids that follow it; ids that follow a full stop belong before it."""
    text, ids, at = "", list[str](), 0
    for match in _CITED.finditer(line):
        written = _NUMBER.findall(match["square"] or match["round"])
        if match["round"] and not shown >= set(written):
            continue  # a number in brackets is a number
        between = line[at : match.start()]
        if ids and re.search(r"\w", between):
            yield text, ids
            text, ids = "", []
        text, at = text + between, match.end()
        ids += written
    rest = line[at:]
    if not re.search(r"\w", rest):
        yield text + rest, ids
        return
    if ids:
        yield text, ids
        text = ""
    bare = _BARE.search(text + rest)
    if bare and shown >= set(written := _NUMBER.findall(bare["bare"])):
        yield (text + rest)[: bare.start()], written
    else:
        yield text + rest, []


def _evidence(ids: Sequence[str], shown: Sequence[str]) -> tuple[str, ...]:
    """Ids of passages; the number of an item stands for those of its passages that were shown."""
    found: dict[str, None] = {}
    for i in ids:
        of_item = [one for one in shown if one.partition(".")[0] == i]
        found.update(dict.fromkeys(of_item or [i]))
    return tuple(found)


def _split(text: str) -> list[str]:
    """Its sentences, each with an end."""
    joined = re.sub(r"\s+([.,;:!?])(?=\s|$)", r"\1", re.sub(r"\s+", " ", text)).strip()
    found = [joined[start:end] for start, end in sentences(joined)]
    return [one if one.endswith((*_ENDS, ":")) else f"{one}." for one in found if re.search(r"\w", one)]

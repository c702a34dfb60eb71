"""Captions: WebVTT and SubRip, whole or damaged, and what else subtitle programs write.

WebVTT and SubRip are read by one reader of our own, line by line, that goes by the arrows alone: numbers and empty
lines may be missing. The libraries either stop at such damage or drop what we need, who speaks and when within a
line. SubStation Alpha is left to pysubs2, which reads it well.
"""

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from adapters.episodes.formats.moments import MOMENT, moment
from adapters.episodes.formats.opening import MOST_PIECES, limited
from adapters.episodes.formats.result import Read
from adapters.episodes.formats.rolling import unrolled
from adapters.episodes.formats.tags import plain, voices
from bot.domain.transcript import Cue

_ARROW = re.compile(rf"^[ \t]*({MOMENT})[ \t]*-{{1,2}}(?:>|&gt;)[ \t]*({MOMENT})([^\n]*)$", re.MULTILINE)
_COMMA = re.compile(rf"^({MOMENT}),({MOMENT})$", re.MULTILINE)
"""Between two moments, as YouTube's SBV has it: fractions there have points only."""
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t].*)?")
_HEADER = re.compile(r"^(Language|Kind|Title)[ \t]*:[ \t]*(.{1,200})$", re.MULTILINE | re.IGNORECASE)
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_ROLLED = re.compile(r"<\d\d:\d\d:\d\d\.\d\d\d><c>")
_LOOKED_AT = 20_000
_NEAR = 3
"""Numbers by which a count of captions may go wrong and still be a count."""


@dataclass(frozen=True, slots=True)
class _Block:
    """What stands between one arrow and the next."""

    start: float | None
    end: float | None
    lines: list[str]


def is_substation(text: str) -> bool:
    """Whether it is SubStation Alpha."""
    return text[:_LOOKED_AT].lstrip().startswith("[Script Info]") and "\nDialogue:" in text


def is_timed(text: str) -> bool:
    """Whether it is WebVTT, SubRip or the like: it says so, or its first lines hold an arrow between two moments."""
    sample = text[:_LOOKED_AT]
    return sample.startswith("WEBVTT") or bool(_ARROW.search(sample)) or bool(_COMMA.match(sample))


def read_substation(text: str) -> Read:
    """Dialogue of a SubStation file, by pysubs2."""
    import pysubs2

    limited(text, "\nDialogue:", MOST_PIECES, "captions")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of each field it guesses
            lines = pysubs2.SSAFile.from_string(text, format_="ass").events
    except (pysubs2.Pysubs2Error, ValueError, IndexError, KeyError, AttributeError, OverflowError) as error:
        raise ValueError("The captions are damaged: no program would show them.") from error
    cues = [
        Cue(plain(line.plaintext), line.start / 1000, line.end / 1000, line.name or None)
        for line in lines
        if line.type == "Dialogue"
    ]
    return Read(tuple(unrolled(cues)), "captions")


def read(text: str) -> Read:
    """Captions of WebVTT, SubRip or SBV, those that roll up unrolled."""
    if not _ARROW.search(text[:_LOOKED_AT]):
        text = _COMMA.sub(r"\1 --> \2", text)
    first = _ARROW.search(text)
    if first is None:
        raise ValueError("These captions have no times: nothing in the file can be read.")
    limited(text, "-->", MOST_PIECES, "captions")
    limited(text, "<v", MOST_PIECES, "voices")
    is_vtt = text.startswith("WEBVTT")
    cues = [cue for block in _blocks(text, is_vtt=is_vtt) for cue in _spoken(block)]
    header = {found[1].lower(): found[2].strip() for found in _HEADER.finditer(text[: first.start()])}
    language = header.get("language", "")
    return Read(
        cues=tuple(unrolled(cues)),
        format="captions",
        language=language if _TAG.fullmatch(language) else None,
        title=header.get("title"),
        automatic=bool(_ROLLED.search(text[:_LOOKED_AT])),
    )


def _blocks(text: str, *, is_vtt: bool) -> Iterator[_Block]:
    """Each arrow with the lines that are spoken under it."""
    arrows = list(_ARROW.finditer(text))
    for counted, (arrow, following) in enumerate(zip(arrows, [*arrows[1:], None], strict=True), 1):
        between = text[arrow.end() : following.start() if following else len(text)]
        lines = between.strip("\n").split("\n")
        if following is not None and not between.endswith("\n\n") and _is_identifier(lines, counted, is_vtt=is_vtt):
            lines.pop()
        yield _Block(moment(arrow[1]), moment(arrow[2]), _without_asides(lines) if is_vtt else lines)


def _is_identifier(lines: Sequence[str], counted: int, *, is_vtt: bool) -> bool:
    """Whether the last of the lines, right before an arrow, is the number or name of that caption and nothing spoken.

    `counted` is the number of captions so far.
    """
    last = lines[-1].strip()
    alone = len(lines) > 1 and not lines[-2].strip()
    if alone and is_vtt:
        return True
    if not last.isascii() or not last.isdigit() or len(last) > len("1000000"):
        return False
    return alone or abs(int(last) - counted - 1) <= _NEAR


def _without_asides(lines: Sequence[str]) -> list[str]:
    """Without notes and styles, which begin after an empty line and end before one."""
    kept: list[str] = []
    aside, after_empty = False, False
    for line in lines:
        empty = not line.strip()
        aside = not empty and (aside or (after_empty and _ASIDE.fullmatch(line) is not None))
        after_empty = empty
        if not aside and not empty:
            kept.append(line)
    return kept


def _spoken(block: _Block) -> Iterator[Cue]:
    """One piece for each voice in a caption."""
    for speaker, words in voices("\n".join(block.lines)):
        yield Cue(words, block.start, block.end, speaker)

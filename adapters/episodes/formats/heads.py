"""The head of a turn: who speaks and when, in the many ways people write it.

`Anna Ruiz:` · `**Anna Ruiz:**` · `[00:12:03] Anna Ruiz:` · `SPEAKER 1 (12:40)` · `Anna: 00:00:18` · `12:40` alone. A
line is only a candidate here; whether its name is one is decided over the file (`turns`).
"""

import re
from dataclasses import dataclass

from adapters.episodes.formats.moments import MOMENT, moment
from bot.domain.text.stopwords import word_set

_LONGEST_NAME = 60
_MOST_WORDS, _MOST_BOLD_WORDS = 5, 9
_BRACKETED = rf"\\?[\[(]{{1,2}}[ \t]*({MOMENT})(?:[ \t]*(?:-{{1,2}}>?|–|—|to)[ \t]*({MOMENT}))?[ \t]*\\?[\])]{{1,2}}"
_BARE = rf"({MOMENT})(?:[ \t]*(?:-{{1,2}}>?|–|—|to)[ \t]*({MOMENT}))?"
_RANGE = re.compile(rf"{_BRACKETED}[ \t]*(?:-{{1,2}}>?|–|—|to)[ \t]*{_BRACKETED}")
_BRACKETED_FIRST = re.compile(rf"{_BRACKETED}[ \t]*(?:[-–—:][ \t]+)?")
_BARE_FIRST = re.compile(rf"{_BARE}(?:[ \t]+(?:[-–—:|][ \t]+)?|$)")
_BOLD = re.compile(r"(\*\*|__)([^*\n]{1,100}?):?[ \t]*(?:\1)[ \t]*")
_NAMED = re.compile(r"([^:\n]{1,80}):(?=[ \t]|$|\*)[ \t]*")
_NAME_TIMED = re.compile(rf"([^:\n\[(]{{1,60}}?)[ \t]*{_BRACKETED}[ \t]*:?$")
_NAME_THEN_TIME = re.compile(rf"([^:\n\[(\d]{{1,60}}?(?:[ \t_]\d{{1,2}})?)[ \t]+{_BARE}$")
_NAME_TIME_COLON = re.compile(rf"([^:\n\[( ][^:\n\[(]{{0,60}}?)[ \t]*{_BRACKETED}[ \t]*:[ \t]*")
_TIME_AT_END = re.compile(rf"[ \t]*{_BRACKETED}$")
_LABEL = re.compile(r"(?:unknown |unidentified |audience |male |female )?(?:speaker|spk|voice|person|host|guest|member)"
                    r"(?:[ _#-]?\d{1,3}|[ _][a-z])?")  # fmt: skip
_SMALL = word_set("van von der den de da di du la le el bin ibn of the and & from at y e und и с")
_WORD = re.compile(r"[\w.'’&/()+-]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Head:
    """What a line may say before its words."""

    name: str | None
    start: float | None
    end: float | None
    rest: str
    """What is spoken on the same line."""
    bold: bool = False
    colon: bool = False
    bare: bool = False
    """The moment stands first, without brackets: it may also be spoken."""


def head(line: str) -> Head | None:
    """The head of a line, None where nothing looks like one."""
    start, end, bare, rest = _moment_first(line)
    found = _bold(rest) or _timed_name(rest) or _named(rest)
    if found is None:
        return None if start is None else Head(None, start, end, rest, bare=bare and bool(rest))
    if start is None:
        return found
    return Head(found.name, start, end if found.start is None else found.start, found.rest, found.bold, found.colon)


def is_name(words: str, *, bold: bool = False) -> bool:
    """Whether some words may be a name or a label: few, and all the important ones with a capital."""
    if not words or len(words) > _LONGEST_NAME or words[-1] in ".,;!?…":
        return False
    parts = words.split()
    if bold:
        return len(parts) <= _MOST_BOLD_WORDS
    if _LABEL.fullmatch(words.lower()):
        return True
    if len(parts) > _MOST_WORDS or not all(_WORD.fullmatch(part) for part in parts):
        return False
    return words[0].isalpha() and not words[0].islower() and all(map(_is_important, parts))


def _is_important(part: str) -> bool:
    """Whether a word may stand in a name: with a capital or a figure, or one of the small words names have."""
    first = part.strip("'’()")[:1]
    return part in _SMALL or not first.isalpha() or not first.islower()


def _moment_first(line: str) -> tuple[float | None, float | None, bool, str]:
    """Start, end, whether without brackets, and the rest of the line."""
    spanned = _RANGE.match(line)
    if spanned is not None and moment(spanned[1]) is not None:
        return moment(spanned[1]), moment(spanned[3]), False, line[spanned.end() :].strip()
    for pattern, bare in ((_BRACKETED_FIRST, False), (_BARE_FIRST, True)):
        found = pattern.match(line)
        if found is not None and moment(found[1]) is not None:
            return moment(found[1]), moment(found[2] or ""), bare, line[found.end() :].strip()
    return None, None, False, line


def _bold(line: str) -> Head | None:
    found = _BOLD.match(line)
    if found is None:
        return None
    name, at = _without_time(found[2].strip().rstrip(":"))
    rest = line[found.end() :]
    colon = ":" in found[0] or rest.startswith(":")
    start, end, bare, said = _moment_first(rest.lstrip(": \t"))
    if bare and said:
        start, end, said = None, None, rest.lstrip(": \t")
    return Head(name, at if start is None else start, end, said.lstrip(": \t"), bold=True, colon=colon)


def _timed_name(line: str) -> Head | None:
    for pattern in (_NAME_TIMED, _NAME_THEN_TIME):
        found = pattern.fullmatch(line)
        if found is not None and moment(found[2]) is not None and is_name(found[1].strip()):
            return Head(found[1].strip(), moment(found[2]), moment(found[3] or ""), "")
    return None


def _named(line: str) -> Head | None:
    timed = _NAME_TIME_COLON.match(line)
    if timed is not None and moment(timed[2]) is not None and is_name(timed[1]):
        return Head(timed[1], moment(timed[2]), moment(timed[3] or ""), line[timed.end() :], colon=True)
    found = _NAMED.match(line)
    if found is None or not is_name(found[1].strip()):
        return None
    start, end, bare, said = _moment_first(line[found.end() :])
    if bare and said:
        start, end, said = None, None, line[found.end() :]
    return Head(found[1].strip(), start, end, said, colon=True)


def _without_time(name: str) -> tuple[str, float | None]:
    timed = _TIME_AT_END.search(name)
    return (name, None) if timed is None else (name[: timed.start()].strip(), moment(timed[1]))

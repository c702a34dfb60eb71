"""Whether one sentence really says otherwise than another.

Rules only, built for precision: most apparent contradictions are two scopes, two dates or two subjects, and a shown
conflict must be one. A conflict needs the same subject (shared names or words) *and* a flip: a denial, an opposite
word, an opposite direction, or another number for the same thing. Lexical rules of this kind go back to de Marneffe,
Rafferty and Manning, "Finding Contradictions in Text" (ACL 2008).
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from bot.domain.text.words import stems

Difference = Literal["conflict", "scope"]

_NEGATIONS = re.compile(
    r"\b(not|never|no|none|nobody|nothing|nor|neither|cannot|hardly|не|нет|никогда|ничего|нельзя)\b"
    r"|n[’']t\b",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"""\b(i\s+(strongly\s+|respectfully\s+)?disagree|disagrees?\s+with|(is|are|was|were|gets?|got)\s+
    (simply\s+|just\s+|plainly\s+|dead\s+)?
    (wrong|mistaken|false|incorrect|misleading|overstated|nonsense|a\s+mistake|an\s+error)|not\s+true|untrue|contrary\s+to|
    (does|do|did)(\s+not|n[’']t)\s+(hold|replicate|reproduce|follow|survive|support)|
    (could|can)(\s+not|not|n[’']t)\s+(reproduce|replicate)|
    no\s+(evidence|such)|on\s+the\s+contrary|the\s+opposite|i\s+do(\s+not|n[’']t)\s+(buy|believe|think)|vanish(es|ed)?|
    disappear(s|ed)?\s+(when|once|if)|evaporat\w+|refut\w+|debunk\w+|myth|overclaim\w*|(should|must)\s+(not|never)\s+have|
    не\s+соглас\w+|неправ\w*|ошиба\w+|наоборот|вопреки|неверн\w+|на\s+самом\s+деле)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_QUALIFIES = re.compile(
    r"\b(but|however|yet|only\s+(if|when|for|on)|depends|although|though|except|limited\s+to|unless|whereas|"
    r"но|однако|только\s+(если|когда)|зависит|хотя)\b",
    re.IGNORECASE,
)
_HEDGED = re.compile(r"\b(if|whether|would|could|might|perhaps|maybe|если|бы|ли|возможно)\b", re.IGNORECASE)

_UP = (
    "rise rose rises rising risen up increase increases increased increasing grow grows grew growing grown "
    "climb climbed higher gain gains gained"
)
_DOWN = (
    "fall fell falls falling fallen down decrease decreases decreased decreasing shrink shrinks shrank cut cuts "
    "drop drops dropped decline declined lower lose loses lost halve halved"
)
_MOVES: tuple[tuple[str, str], ...] = (
    (_UP, _DOWN),
    ("вырос выросла выросли растёт растут больше выше", "упал упала упали падает падают меньше ниже"),
    ("more", "less fewer"),
    ("win wins won", "lose loses lost"),
)
"""What moves by itself: both sides are true, each at its time."""
_OPPOSITES: tuple[tuple[str, str], ...] = (
    *_MOVES,
    ("faster quicker sooner", "slower later"),
    ("better improve improves improved improving", "worse worsen worsens worsened degrade degrades degraded"),
    ("right correct", "wrong mistake mistaken incorrect"),
    ("cheap cheaper", "expensive dearer costlier"),
    ("safe safer safely", "dangerous unsafe risky reckless"),
    ("open opened", "closed shut"),
    ("create creates created", "destroy destroys destroyed"),
    ("success succeed succeeds succeeded works worked", "failure fail fails failed broke"),
    ("support supports supported back backs backed", "oppose opposes opposed reject rejects rejected"),
    ("allow allows allowed permit permitted", "ban bans banned forbid forbids forbidden block blocked"),
    ("true real genuine", "false fake illusory"),
    ("help helps helped", "hurt hurts harm harms harmed"),
    ("easy easier simple simpler", "hard harder difficult complex"),
    ("necessary needed essential", "unnecessary needless pointless"),
    ("all every always", "none never"),
    ("strong stronger", "weak weaker"),
    ("many most", "few"),
    ("possible", "impossible"),
    ("useful", "useless"),
    ("big bigger large larger", "small smaller little tiny"),
    ("old older", "new newer young"),
    ("full", "empty"),
    ("inside indoors", "outside outdoors"),
    ("прав правы верно", "неправ неправы неверно ошибка"),
    ("лучше", "хуже"),
    ("быстрее", "медленнее"),
)
_LASTING, _LASTING_LONGER, _LASTING_SHARED = 0.6, 0.5, 3
"""What sentences of different weeks share that speak of one thing: of the shorter, the longer, and how many stems."""
_AGAIN = 0.7
"""Share of common stems from which two sentences make the same claim."""
_SIDES: dict[str, frozenset[tuple[int, int]]] = {}
for _pair, _two in enumerate(_OPPOSITES):
    for _side, _forms in enumerate(_two):
        for _form in _forms.split():
            _SIDES[_form] = _SIDES.get(_form, frozenset()) | {(_pair, _side)}

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_NUMBER = re.compile(r"(?<![\w.:])(\d[\d,]*(?:\.\d+)?)(?!:)\s*(%|percent\b|per\s+cent\b|[^\W\d_]+)?", re.IGNORECASE)
_NUMERALS = {
    word: float(number)
    for number, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
}


@dataclass(frozen=True, slots=True)
class _Facts:
    stems: frozenset[str]
    words: frozenset[str]
    negations: int
    hedged: bool
    numbers: tuple[tuple[float, str], ...]


@lru_cache(maxsize=8192)
def _facts(text: str) -> _Facts:
    lower = tuple(match.group().lower() for match in _WORD.finditer(text))
    numbers = [
        (float(number.replace(",", "")), "%" if unit.lower().startswith(("%", "per")) else unit.lower())
        for number, unit in _NUMBER.findall(text)
        if number.strip(",")
    ]
    numbers += [(_NUMERALS[a], b) for a, b in pairwise(lower) if a in _NUMERALS]
    return _Facts(
        frozenset(stems(text)),
        frozenset(lower),
        len(_NEGATIONS.findall(text)),
        bool(_HEDGED.search(text)),
        tuple(numbers),
    )


def overlap(one: str, other: str, *, without: Collection[str] = ()) -> tuple[int, float]:
    """Shared content stems of two sentences: how many, and as a share of the shorter one's; `without` some words."""
    left_out = {stem for name in without for stem in stems(name)}
    a, b = _facts(one).stems - left_out, _facts(other).stems - left_out
    shared = len(a & b)
    return shared, shared / max(1, min(len(a), len(b)))


def alike(one: str, other: str) -> float:
    """Shared content stems as a share of the longer sentence: how nearly they say the same, 0 to 1."""
    a, b = _facts(one).stems, _facts(other).stems
    return len(a & b) / max(1, len(a), len(b))


def says_again(one: str, other: str) -> bool:
    """Whether two sentences make the same claim, with the same certainty and the same numbers."""
    same = alike(one, other) >= _AGAIN and _facts(one).hedged == _facts(other).hedged
    return same and flip(one, other) is None


def denies(text: str) -> bool:
    """Whether a sentence contradicts someone in so many words."""
    return bool(_DENIES.search(text))


def flip(one: str, other: str) -> str | None:
    """What turns one sentence against the other: `denial`, `opposite`, `number`, or nothing."""
    a, b = _facts(one), _facts(other)
    if a.hedged != b.hedged:
        return None
    opposites = _opposites(a.words, b.words)
    negated = (a.negations % 2) != (b.negations % 2)
    if opposites and not negated:
        return "opposite"
    if negated and not opposites:
        return "denial"
    return "number" if not negated and not opposites and _numbers_differ(a, b) else None


def turned(earlier: str, later: str, *, names: Collection[str] = ()) -> bool:
    """Whether two sentences of different weeks contradict each other, rather than tell of a world that moved on.

    Prices rise and fall, counts grow and teams lose, and who said so was right on the day: so neither a number nor a
    move makes a contradiction here, only a denial or an opposite judgement of the same thing in nearly the same words.
    `names` are the normalised proper names both hold: to name the same thing is not to speak of the same side of it.
    """
    one, other = _without_rubric(earlier, later)
    a, b = _facts(one), _facts(other)
    shared, share = overlap(one, other, without=names)
    longer = max(len(a.stems), len(b.stems)) - len(a.stems & b.stems) + shared
    if a.hedged != b.hedged or shared < _LASTING_SHARED or share < _LASTING or shared < _LASTING_LONGER * longer:
        return False
    negated = (a.negations % 2) != (b.negations % 2)
    opposite = _opposites(a.words, b.words)
    return negated != opposite and (negated or _opposites(a.words, b.words, since=len(_MOVES)))


def _without_rubric(one: str, other: str) -> tuple[str, str]:
    """Two sentences without the name of a series before them, which says nothing of what they have in common."""
    (a, _, rest_a), (b, _, rest_b) = one.partition(": "), other.partition(": ")
    series = rest_a and rest_b and (a == b or alike(a, b) >= _LASTING)
    return (rest_a, rest_b) if series else (one, other)


def _opposites(one: Collection[str], other: Collection[str], *, since: int = 0) -> bool:
    """Whether a word of one has its opposite in the other, and neither sentence holds both sides; of the pairs from
    `since` on.
    """
    mine = {side for word in one for side in _SIDES.get(word, ()) if side[0] >= since}
    theirs = {side for word in other for side in _SIDES.get(word, ()) if side[0] >= since}
    return any(
        (pair, 1 - side) in theirs and (pair, 1 - side) not in mine and (pair, side) not in theirs
        for pair, side in mine
    )


def _numbers_differ(a: _Facts, b: _Facts) -> bool:
    """Whether both give one number of the same unit, more than a tenth apart."""
    for unit in sorted({unit for _, unit in a.numbers if unit} & {unit for _, unit in b.numbers}):
        mine = {number for number, u in a.numbers if u == unit}
        theirs = {number for number, u in b.numbers if u == unit}
        if len(mine) == len(theirs) == 1:
            (x,), (y,) = mine, theirs
            if abs(x - y) > 0.1 * max(abs(x), abs(y)):
                return True
    return False


def difference(claim: str, reply: str, *, names: Collection[str], addressed: bool) -> Difference | None:
    """How `reply` differs from `claim`, if it does.

    `names` are the normalised proper names both sentences hold; `addressed` says that the reply's item names the other
    speaker, links to the other's item or quotes it. Without that the two sentences must nearly say the same words: to
    name the same thing is not to speak of the same side of it.
    """
    shared, share = overlap(claim, reply)
    said, said_share = overlap(claim, reply, without=names)
    turned = flip(claim, reply)
    if addressed:
        same_count = turned == "number" and (shared < 4 or share < 0.5)
        qualifies = _QUALIFIES.search(reply) is not None
        flips = turned is not None and shared >= 2 and not same_count and not qualifies
        if (names or shared >= 2) and (denies(reply) or flips):
            return "conflict"
        return "scope" if (names or shared >= 2) and qualifies else None
    if names and said and denies(reply) and shared >= 2:
        return "conflict"
    if turned == "number":
        return "conflict" if share >= 0.6 and shared >= 4 else None
    enough = said_share >= 0.5 and (said >= 3 or (names and said and shared >= 2))
    return "conflict" if turned and enough else None

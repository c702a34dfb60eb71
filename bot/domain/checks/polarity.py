"""Whether a sentence turns round what its passages say: denies what they assert, asserts what they deny, or takes the
opposite word in the same place.

No understanding is needed for that much, and none is claimed: a place of the sentence is laid beside the place of the
passages that has most words around it in common, and what is said there of the same word is compared. Where no place is
alike enough nothing is decided. The idea is that of de Marneffe, Rafferty and Manning, "Finding Contradictions in Text"
(ACL 2008): align first, then look for the flip.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.checks.clauses import Clauses, Mark, Token, clauses, exchanges, nearness, stem
from bot.domain.checks.lexicon import vocabulary
from bot.domain.checks.opposites import (
    DENYING,
    NEGATIVE,
    NEGATIVE_SHAPE,
    NEGATORS,
    SIDES,
    describes,
    needs_neighbour,
    opposed,
)

_ALIKE = 2
"""Words around a place that both must have in common."""
_SHARE = 0.34
"""And which share of those around the one that has fewer."""
_HALF = 0.5
"""Or this share alone, where a sentence is short."""
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non")
_EXCLUSIVE = vocabulary("first only just solely alone since until unless most record ever than unprecedented")
_EXCLUDING = vocabulary("before but other than since until except alone more so ever besides yet")
"""What is first, or the only one, may be told as what no other was before."""
_MISSING = vocabulary("without no non kein keine keinen keinem keiner ohne без нет")
"""Denials of a thing, not of what is said of it."""
_CLOSE = 3
"""Words between a denial and another word about which it may be meant."""
_SHORTEST_ROOT = 4
_FEW = 3
"""Words that are exchanged at one place."""
_OF_SPEECH = vocabulary("mention name specifi explain address comment describ give answer discuss disclos know say")
"""What a text about texts denies of them: that nobody mentions a thing is no denial of it."""
_GOING = frozenset(
    stem(word, "en") for word, sides in SIDES.items() if word.isascii() and any(not side for _, side in sides)
) | {stem(word, "en") for word in DENYING}
"""Stems that take something away, so that what they are said of may be denied in other words."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A place where a sentence says the opposite of its passages."""

    written: str
    theirs: str
    """One of the two may be empty: then the other has no counterpart."""


def turned(sentence: str, passages: Iterable[str]) -> list[Turn]:
    """Where a sentence (both made plain before) is turned round against its passages: none or one."""
    mine = clauses(sentence)
    if mine is None or not mine.tokens or sentence.rstrip().endswith("?"):
        return []
    theirs = [read for passage in passages if (read := clauses(passage)) and read.tongue == mine.tongue]
    judged = (_nearly_verbatim, _denied, _asserted, _facing, _out_of_nothing)
    found = (next(judge(mine, theirs), None) for judge in judged)
    return [turn for turn in found if turn][:1]


def _nearly_verbatim(mine: Clauses, theirs: Sequence[Clauses]) -> Iterator[Turn]:
    """A sentence that takes over a passage's words, all but the one that turns them round."""
    for read in theirs:
        for here, there, cut in exchanges(mine, read):
            if turn := _changed(here, there, cut=cut):
                yield turn


def _changed(here: Sequence[str], there: Sequence[str], *, cut: bool) -> Turn | None:
    """What turns round when some words of a passage are exchanged for others."""
    mine, theirs = [w for w in here if w in NEGATORS], [w for w in there if w in NEGATORS]
    if len(mine) != len(theirs) and len(here) <= _FEW and len(there) <= _FEW and not (cut and len(there) > 1):
        return Turn(" ".join(here), " ".join(there))
    for one in here:
        for other in there:
            if _face(one, other) and len(here) <= _FEW and len(there) <= _FEW:
                return Turn(one, other)
    return None


def _face(one: str, other: str) -> bool:
    """Whether two words are opposites."""
    if opposed(one, other):
        return True
    long, short = max(one, other, key=len), min(one, other, key=len)
    return any(long == prefix + short for prefix in _PREFIXES) and len(short) >= _SHORTEST_ROOT


def _out_of_nothing(mine: Clauses, theirs: Sequence[Clauses]) -> Iterator[Turn]:
    """A denial where the passages hold no word from which one could be made."""
    strict = [mark for mark in mine.denials if mark.strict and mark.word not in _MISSING and not mark.own]
    if len(strict) != 1 or not theirs:
        return
    if any(read.words & (NEGATORS | DENYING | NEGATIVE) for read in theirs):
        return
    if not any(NEGATIVE_SHAPE.fullmatch(word) for read in theirs for word in read.words):
        token = mine.tokens[strict[0].governed[0]]
        if not token.asked and token.stem not in _OF_SPEECH:
            yield Turn(f"{strict[0].word} {token.text}".replace("n't ", "not "), "")


def _denied(mine: Clauses, theirs: Sequence[Clauses]) -> Iterator[Turn]:
    """Denials of the sentence where the passages assert the same."""
    for mark in mine.denials:
        if not mark.strict or mine.tokens[mark.governed[0]].asked or _answered(mark, mine, theirs):
            continue
        token = mine.tokens[mark.governed[0]]
        if token.stem in _OF_SPEECH or _excludes(mine, theirs):
            continue
        if any(_alike(token, other) and not _gone(token, other) for other in _undenied(token, theirs)):
            yield Turn(f"{mark.word} {token.text}".replace("n't ", "not "), token.text)


def _asserted(mine: Clauses, theirs: Sequence[Clauses]) -> Iterator[Turn]:
    """Denials of the passages where the sentence asserts the same."""
    if mine.words & (NEGATORS | DENYING):
        negative = {token.stem for mark in mine.denials for token in _governed(mark, mine)}
        near = {stem for mark in mine.denials for token in _governed(mark, mine) for stem in token.around}
    else:
        negative, near = set(), set()
    for read in theirs:
        for mark in read.denials:
            if not mark.strict or read.tokens[mark.governed[0]].asked:
                continue
            stems = {token.stem for token in _governed(mark, read)}
            twice = any(0 < mark.at - other.at <= _CLOSE + 2 for other in read.denials)
            if twice or stems & (negative | near) or _turned_word(mark, read, mine):
                continue
            token = read.tokens[mark.governed[0]]
            places = [place for place in _places(token.stem, mine) if _may_be_denied(mark, token, place)]
            best = max((nearness(place, token) for place in places), default=0)
            if any(_alike(place, token) for place in places) and not _elsewhere(token, best, places, theirs):
                yield Turn(token.text, f"{mark.word} {token.text}".replace("n't ", "not "))


def _facing(mine: Clauses, theirs: Sequence[Clauses]) -> Iterator[Turn]:
    """Words of the sentence where the passages have the opposite one."""
    for pair, places in sorted(mine.polar.items()):
        if len({side for _, side in places}) > 1:
            continue
        for at, side in places:
            token = mine.tokens[at]
            here = [
                (nearness(token, other), value == side, other)
                for read in theirs
                for place, value in read.polar.get(pair, ())
                if _beside(token, other := read.tokens[place])
            ]
            same = max((near for near, agrees, _ in here if agrees), default=-1)
            against = [(near, other) for near, agrees, other in here if not agrees and other.stem != token.stem]
            nearest = max(against, key=lambda found: found[0], default=None)
            if nearest and nearest[0] > same and _alike(token, nearest[1]) and not _kept(token, theirs):
                yield Turn(token.text, nearest[1].text)
    yield from _prefixed(mine, theirs)


def _beside(token: Token, other: Token) -> bool:
    """Whether two opposite words stand beside the same word, where they have to."""
    if needs_neighbour(token.text) or needs_neighbour(other.text):
        return token.next == other.next and needs_neighbour(token.text) and needs_neighbour(other.text)
    if describes(token.text) or describes(other.text):
        return (token.next == other.next and bool(token.next)) or (token.last == other.last and bool(token.last))
    return True


def _excludes(mine: Clauses, theirs: Sequence[Clauses]) -> bool:
    """Whether the sentence tells as `no other before` what the passages tell as the first, the only, the most."""
    if not mine.words & _EXCLUDING:
        return False
    return any(read.words & _EXCLUSIVE or any(word.endswith("est") for word in read.words) for read in theirs)


def _undenied(token: Token, theirs: Sequence[Clauses]) -> Iterator[Token]:
    """The word where the passages have it and deny nothing near it."""
    for read in theirs:
        for at in read.places.get(token.stem, ()):
            if not read.tokens[at].asked and not any(-1 <= mark.at - at <= _CLOSE for mark in read.denials):
                yield read.tokens[at]


def _prefixed(mine: Clauses, theirs: Sequence[Clauses]) -> Iterator[Turn]:
    """`legal` where the passages have `illegal`, and the other way round."""
    for read in theirs:
        stems = {s for s in mine.places if s in read.roots} | {w for r, w in mine.roots.items() if r in read.places}
        for stemmed in sorted(stems):
            for opposite in _opposites(stemmed, mine, read):
                yield from _against(stemmed, opposite, mine, read, theirs)


def _against(stemmed: str, opposite: str, mine: Clauses, read: Clauses, theirs: Sequence[Clauses]) -> Iterator[Turn]:
    denied = any(stemmed == token.stem for mark in mine.denials for token in _governed(mark, mine))
    if denied or opposite.endswith("less"):
        return
    for token in _places(stemmed, mine):
        alike = next((other for other in _places(opposite, read) if _alike(token, other)), None)
        if alike and not list(_same(token, theirs)) and not _is_denied(alike, theirs):
            yield Turn(token.text, alike.text)


def _opposites(stem: str, mine: Clauses, read: Clauses) -> Iterator[str]:
    """Stems of a passage that deny a stem of the sentence with a prefix, or that it denies with one."""
    if stem in read.roots:
        yield read.roots[stem]
    yield from (root for root, whole in mine.roots.items() if whole == stem and root in read.places)
    if f"{stem}less" in read.places:
        yield f"{stem}less"


def _is_denied(token: Token, theirs: Sequence[Clauses]) -> bool:
    return any(token is other for read in theirs for mark in read.denials for other in _governed(mark, read))


def _answered(mark: Mark, mine: Clauses, theirs: Sequence[Clauses]) -> bool:
    """Whether the passages deny as well, or say the opposite word, about one of the words a denial governs."""
    governed = _governed(mark, mine)
    stems = {token.stem for token in governed}
    near = stems.union(*(token.around for token in governed))
    for read in theirs:
        for other in read.denials:
            tokens = _governed(other, read)
            if stems & {token.stem for token in tokens}:
                return True
            if len(near & frozenset().union(*({token.stem} | token.around for token in tokens))) >= 2 * _ALIKE:
                return True
        if any(True for stemmed in stems for _ in _opposites(stemmed, mine, read)):
            return True
    return any(
        value == side and pair in read.polar
        for pair, places in mine.polar.items()
        for at, side in places
        if at in mark.governed[:1]
        for read in theirs
        for _, value in read.polar.get(pair, ())
    )


def _turned_word(mark: Mark, read: Clauses, mine: Clauses) -> bool:
    """Whether the sentence says the opposite word where a passage denies: `fell` for `did not rise`."""
    stems = {read.tokens[at].stem for at in mark.governed}
    if any(True for stemmed in stems for _ in _opposites(stemmed, read, mine)):
        return True
    return any(
        value == side and mine.tokens[place].stem not in stems
        for pair, places in read.polar.items()
        for other, side in places
        if other in mark.governed
        for place, value in mine.polar.get(pair, ())
    )


def _elsewhere(token: Token, best: int, places: Sequence[Token], theirs: Sequence[Clauses]) -> bool:
    """Whether the passages assert the same word in a place that is as much alike."""
    for read in theirs:
        denied = {at for other in read.denials for at in other.governed}
        for at in read.places.get(token.stem, ()):
            if at not in denied and any(nearness(place, read.tokens[at]) >= best for place in places):
                return True
    return False


def _same(token: Token, theirs: Sequence[Clauses]) -> Iterator[Token]:
    """The word where the passages have it."""
    return (read.tokens[at] for read in theirs for at in read.places.get(token.stem, ()) if not read.tokens[at].asked)


def _kept(token: Token, theirs: Sequence[Clauses]) -> bool:
    """Whether the very word stands in a passage in a like place."""
    return any(other.text == token.text and _alike(token, other) for other in _same(token, theirs))


def _may_be_denied(mark: Mark, token: Token, place: Token) -> bool:
    """Whether a place of the sentence is the one that a passage denies; what is missing has to miss the same."""
    if mark.word in _MISSING and token.next != place.next and token.last != place.last:
        return False
    return not _gone(token, place)


def _gone(token: Token, other: Token) -> bool:
    """Whether a passage says beside a word that it is lost, ended, few, and the sentence does not say that."""
    return bool(other.around & _GOING - token.around)


def _governed(mark: Mark, read: Clauses) -> list[Token]:
    return [read.tokens[at] for at in mark.governed]


def _alike(one: Token, other: Token) -> bool:
    """Whether two places have enough around them in common."""
    shared = nearness(one, other)
    least = max(1, min(len(one.around), len(other.around)))
    return shared >= max(_ALIKE, _SHARE * least) or (shared > 0 and shared >= _HALF * least)


def _places(stem: str, read: Clauses) -> list[Token]:
    return [read.tokens[at] for at in read.places.get(stem, ())]

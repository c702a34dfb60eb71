"""Terms of a subject: expressions of several words that recur as one, such as `proof of work`.

Termhood is the C-value of Frantzi, Ananiadou and Mima, "Automatic recognition of multi-word terms: the C-value/NC-value
method" (2000): frequent, long, and not only as part of a longer term. Their linguistic filter needs a tagger; in its
place stand counts of the talk itself: a term follows articles and prepositions, not pronouns and `to`.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.episodes.naming.gazetteer import CONCEPT_WORDS, CONCEPTS
from bot.domain.episodes.naming.hearing import Talk, Word
from bot.domain.text.common_stems import COMMON_STEMS
from bot.domain.text.stopwords import CALENDAR, word_set
from bot.domain.text.words import is_stopped, stem

LEAST = 3
"""Times that a term is said; once more for two words that do not end as the names of ideas do."""
_LONGEST = 4
_BEFORE_NOUNS = word_set(
    """
    a an the this that these those my your our their its his her any some each every no of with for in on by about
    between per different and or from into as like called basic such other new first single full own
    """
)
_BEFORE_VERBS = word_set(
    """
    to i you we they he she it will would can could should might must don't doesn't didn't won't can't let's not please
    gonna gotta just also always never really actually i'm you're we're they're i've we've
    """
)
_NOT_TERMS = word_set(
    """
    people person guy guys thing things stuff lot lots way ways kind kinds sort sorts bit bits time times day days year
    years week weeks month months hour hours minute minutes number numbers case cases point points question questions
    answer answers example examples problem problems reason reasons idea ideas part parts side sides end ends fact sense
    couple bunch amount piece pieces set sets place places world life today tomorrow yesterday moment second seconds
    thousand million billion hundred percent half man woman men women folks friend friends everybody everyone somebody
    good great bad big small little large huge nice cool best better worse worst long short high low old new young
    right wrong real true different same similar interesting important hard easy simple certain possible whole entire
    many much few several next last previous first main major early late recent current specific particular various
    want wanted need needed know knew think thought say said tell told talk talking talked look looking looked see saw
    make made making take taking took give giving gave get getting got go going went gone come coming came put putting
    use using used try trying tried work working worked works start started starting stop stopped keep kept let
    ask asking asked call called calling find found feel felt mean means meant show shown showed turn turned run running
    ran move moved moving change changed changing happen happened happening build built building write wrote written
    writing read reading send sending sent spend spending spent add added adding create created creating help helped
    helping learn learned play played pay paid buy bought love loved hate hated hear heard believe guess suppose seem
    remember understand explain wait waiting hope wish care worry become becomes became bring brought leave left
    yeah yep yes okay ok oh uh um hey hi hello wow please thanks thank sorry course guys' sure
    really actually basically literally probably maybe definitely obviously exactly totally absolutely pretty quite very
    super kinda gonna wanna gotta etc vs versus able back away together else instead anyway though however already
    yet still even ever never always sometimes often usually currently recently simply quickly easily directly
    one two three four five six seven eight nine ten episode podcast show listener listeners audience topic topics
    conversation discussion chat comment comments link links notes section update updates news post posts thread
    total extra additional multiple potential actual general common normal typical regular
    don't doesn't didn't isn't aren't wasn't weren't won't wouldn't can't couldn't shouldn't haven't hasn't hadn't
    there's that's it's what's here's let's i'm i've i'd i'll you're you've you'll you'd we're we've we'll we'd
    they're they've they'll they'd he's she's who's how's where's
    это этот просто вообще очень сказать говорить знать думать делать человек люди людей время год раз день вещь
    вещи вопрос пример случай
    """
)
_PIECE = re.compile(r"[^\W\d_](?:[\w'’\-]*\w)?")
_ONLY_ENDS = word_set(
    "based like ish specific wise sized related only term level end time ended run year day scale driven"
)
_DESCRIBES = re.compile(r"-(?:\w{1,3}|\w*(?:ed|en|ing|ish|able|free))$")
"""`hand-held`, `trade-off`: words that tell of a thing and are none."""
_KNOWN = frozenset(name.replace("-", " ") for name in CONCEPTS)
_OF = "of"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a term or a name stands: characters `start` to `end` of an utterance."""

    utterance: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Term:
    """An expression that recurs, and how much of a term it is."""

    key: tuple[str, ...]
    """The stems of its words."""
    value: float
    """Its C-value."""
    places: tuple[Place, ...]


@dataclass(slots=True)
class _Seen:
    places: list[Place]
    nouns: int = 0
    verbs: int = 0
    joined: int = 0
    """How often it is written as one word with hyphens."""

    @property
    def hyphened(self) -> bool:
        """Whether it ever is."""
        return self.joined > 0


def terms(talk: Talk) -> list[Term]:
    """The terms of a talk, best first. Words of two to four, three times or more, in at least two utterances."""
    seen = _candidates(talk)
    kept = {key: one for key, one in seen.items() if _is_known(talk, one) or _is_phrase(key, one, talk.tongue)}
    longer: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for key, one in kept.items():
        for part in _parts(key):
            if part in kept:
                longer[part].append(len(one.places))
    found = []
    for key, one in kept.items():
        nested = longer[key]
        inside = sum(nested) / len(nested) if nested else 0.0
        value = math.log2(max(2, len(key))) * (len(one.places) - inside)
        if value >= LEAST - 0.5 or _is_known(talk, one):
            found.append(Term(key, value, tuple(one.places)))
    return sorted(found, key=lambda term: (-term.value, term.key))


def _candidates(talk: Talk) -> dict[tuple[str, ...], _Seen]:
    seen: dict[tuple[str, ...], _Seen] = {}
    for index, line in enumerate(talk.words):
        for first, last in _phrases(line, talk.tongue):
            words = line[first : last + 1]
            key = tuple(piece for word in words for piece in _stems(word.low, talk.tongue))
            if len(key) < 2 or len(key) > _LONGEST:
                continue
            one = seen.setdefault(key, _Seen([]))
            one.places.append(Place(index, words[0].start, words[-1].end))
            before = line[first - 1].low if first and words[0].joined else ""
            one.nouns += before in _BEFORE_NOUNS
            one.verbs += before in _BEFORE_VERBS
            one.joined += first == last
    return {key: one for key, one in seen.items() if len(one.places) >= LEAST or _is_known(talk, one)}


def _is_known(talk: Talk, one: _Seen) -> bool:
    """Whether it is one of the ideas that everybody names."""
    place = one.places[0]
    return talk.texts[place.utterance][place.start : place.end].lower().replace("-", " ") in _KNOWN


def _phrases(line: tuple[Word, ...], tongue: str) -> Iterator[tuple[int, int]]:
    """First and last word of each candidate: content words that touch, `of` between two of them."""
    for first, word in enumerate(line):
        if not _is_content(word.low, tongue):
            continue
        if "-" in word.low and not _DESCRIBES.search(word.low):
            yield first, first
        for last in range(first + 1, min(first + _LONGEST, len(line))):
            if not line[last].joined:
                break
            if _is_content(line[last].low, tongue):
                yield first, last
            elif line[last].low != _OF or last != first + 1:
                break


@lru_cache(maxsize=50_000)
def _is_content(low: str, tongue: str) -> bool:
    if len(low) < 2 or low in _NOT_TERMS or low in CALENDAR or is_stopped(low) or not _PIECE.fullmatch(low):
        return False
    return not (low.endswith("ly") and tongue == "en")


def _stems(low: str, tongue: str) -> list[str]:
    return [stem(piece, tongue) for piece in low.replace("’", "'").split("-") if piece]


def _is_phrase(key: tuple[str, ...], one: _Seen, tongue: str) -> bool:
    """Whether it is said as a thing: after articles more than after `to` and pronouns, in two utterances or more."""
    count = len(one.places)
    if len({place.utterance for place in one.places}) < 2 or one.verbs * 5 > count or one.nouns * 4 < count:
        return False
    if key[0] == _OF or key[-1] == _OF or key[-1] in _ONLY_ENDS:
        return False
    rarity = [COMMON_STEMS.get(piece, 0.0) for piece in key if piece != _OF]
    if one.hyphened and len(key) >= 3:
        return True
    if one.hyphened and one.joined == count:
        return False
    rare = sum(rarity) / len(rarity) <= 0.02 and min(rarity) < 0.01
    return rare and (count > LEAST or len(key) > 2 or (one.nouns > 1 and key[-1] in _heads(tongue)))


@lru_cache(maxsize=16)
def _heads(tongue: str) -> frozenset[str]:
    """Stems of the words with which names of ideas end."""
    return frozenset(stem(word, tongue) for word in CONCEPT_WORDS)


def _parts(key: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for length in range(2, len(key)):
        for start in range(len(key) - length + 1):
            yield key[start : start + length]

"""What an edition is about, as far as it takes to see whether a message is about it too."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.conversation.asking import content
from bot.domain.edition import Edition, Story
from bot.domain.text.names import names as names_of
from bot.domain.text.words import tokens

_LATIN = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e zh z i y k l m n o p r s t u f h ts ch sh sch _ y _ e yu ya".replace("_", "").split(" "),
        strict=True,
    )
)
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_HEARD = (
    ("th", "t"),
    ("ph", "f"),
    ("ch", "h"),
    ("ck", "k"),
    ("c", "k"),
    ("q", "k"),
    ("x", "ks"),
    ("w", "v"),
    ("y", "i"),
)
_LEAST_NAME = 3
_LEAST_FOREIGN_NAME = 4
"""Letters of a name that is looked for in another script."""
_ALIKE = 82.0
"""rapidfuzz ratio from which a transliterated word is a name of the edition (inflected forms differ by an ending)."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Stems and names of an edition, story by story where it matters: words from three stories are no subject."""

    stories: tuple[frozenset[str], ...]
    """Stems of each story: its own sentences, its passages and their titles, who speaks in it."""
    focus: frozenset[str]
    """Stems that stand more than once in the edition: what it keeps coming back to."""
    names: frozenset[str]
    """Names in full, folded, several words each."""
    surnames: frozenset[str]
    """Single folded words that are names by themselves: surnames, one-word names, handles."""
    people: frozenset[str]
    """Those of `names` that are thinkers or hold a position."""
    latin: bool
    """Whether it is written in Latin script, so that names in Cyrillic must be transliterated."""
    recorded: bool = False
    """It is an episode."""


NOTHING = Matter((), frozenset(), frozenset(), frozenset(), frozenset(), latin=True)
"""The matter of an edition that is not there."""


def fold(text: str) -> str:
    """Lower case without accents, for comparing names."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("ё", "е").replace("й", "\0"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("\0", "й").replace("’", "'")


def in_latin(word: str) -> str:
    """A Cyrillic word in Latin letters, folded."""
    return "".join(_LATIN.get(letter, letter) for letter in fold(word))


def _sound(name: str) -> str:
    """Roughly how a folded Latin name sounds, so that spellings of one name in two scripts meet."""
    for written, heard in _HEARD:
        name = name.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", name)


def is_cyrillic(text: str) -> bool:
    """Whether most letters of a text are Cyrillic."""
    letters = sum(c.isalpha() for c in text)
    return letters > 0 and len(_CYRILLIC.findall(text)) * 2 > letters


def matter_of(edition: Edition) -> Matter:
    """Read off an edition what it is about."""
    cited = [line for c in edition.citations for line in (c.title or "", *(p.text for p in c.passages))]
    heads = [" ".join((s.title, s.question or "", s.topic)) for s in edition.stories]
    said = [line for s in edition.stories for line in (s.standfirst.text, *(b.text for b in s.body))]
    counted = Counter(stem for text in (*cited, *heads, *_people(edition)) for stem in content(text))
    focus = frozenset(stem for stem, times in counted.items() if times > 1)
    everything = "\n".join((*cited, *heads, *said))
    full, single = _names(edition, everything)
    people = frozenset(folded(name) for name in _people(edition) if " " in name)
    stories = tuple(_stems(story, edition) for story in edition.stories)
    return Matter(stories, focus, full, single, people, latin=not is_cyrillic(everything))


def _stems(story: Story, edition: Edition) -> frozenset[str]:
    lines = [story.title, story.question or "", story.topic, story.standfirst.text, story.counter.text]
    lines += [sentence.text for sentence in story.body]
    lines += [f"{position.thinker} {position.claim}" for position in story.positions]
    for n in story.citations:
        citation = edition.citation(n)
        if citation is not None:
            lines += [citation.thinker, citation.title or "", *(p.text for p in citation.passages)]
    return frozenset(stem for line in lines for stem in content(line))


def _people(edition: Edition) -> list[str]:
    return [t.name for t in edition.thinkers] + [p.thinker for s in edition.stories for p in s.positions]


def folded(name: str) -> str:
    """A name, folded as its words stand in a text."""
    return " ".join(fold(word) for word in tokens(name))


def _names(edition: Edition, everything: str) -> tuple[frozenset[str], frozenset[str]]:
    lowered = {fold(word) for word in re.findall(r"\b[^\W\d_]+\b", everything) if word[0].islower()}
    found = dict.fromkeys(_people(edition))
    for citation in edition.citations:
        for passage in citation.passages:
            spans = [(0, len(passage.text))]
            found.update(dict.fromkeys(names_of(citation.title or "", passage.text, spans)))
    plain = sorted({folded(name) for name in found} - {""})
    handles = {fold(t.handle).lstrip("@") for t in edition.thinkers if t.handle}
    last = {name.split()[-1] for name in plain}
    single = frozenset(w for w in last if len(w) >= _LEAST_NAME and w not in lowered and not w.isdigit())
    return frozenset(name for name in plain if " " in name), single | frozenset(handles)


def named(text: str, matter: Matter) -> frozenset[str]:
    """The names of an edition that a text mentions, also when it writes them in Cyrillic."""
    words = [fold(word) for word in tokens(text)]
    line = f" {' '.join(words)} "
    found = {name for name in matter.names if f" {name} " in line}
    found |= matter.surnames.intersection(words)
    if matter.latin:
        foreign = {word for word in words if len(word) >= _LEAST_FOREIGN_NAME and _CYRILLIC.match(word)}
        parts = matter.surnames | {part for name in matter.people for part in name.split()}
        found |= {name for word in sorted(foreign) if (name := _alike(word, parts))}
    return frozenset(found)


@lru_cache(maxsize=2_000)
def _alike(word: str, names: frozenset[str]) -> str | None:
    from rapidfuzz import fuzz, process

    heard = _sound(in_latin(word))
    sounds = {name: _sound(name) for name in sorted(names) if len(name) >= _LEAST_FOREIGN_NAME}
    candidates = {name: sound for name, sound in sounds.items() if sound[:1] == heard[:1]}
    best = process.extractOne(heard, candidates, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return None if best is None else str(best[2])

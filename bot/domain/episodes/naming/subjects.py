"""What is named in a talk, one subject for all of its names: aliases together, a spelling chosen, a type given."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.episode import EntityType
from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.episodes.naming.cast import Cast
from bot.domain.episodes.naming.finding import mentions, trusted
from bot.domain.episodes.naming.gazetteer import CONCEPT_WORDS, FIRST_NAMES, ORGANISATION_WORDS, ORGANISATIONS
from bot.domain.episodes.naming.hearing import Talk, heard
from bot.domain.episodes.naming.presentable import presentable
from bot.domain.episodes.naming.proper import looks_like_person
from bot.domain.episodes.naming.spelling import one_spelling, one_word, parts
from bot.domain.episodes.naming.terms import Place, Term, terms
from bot.domain.episodes.naming.typing import Typing, typed
from bot.domain.text.names import is_shaped
from bot.domain.text.words import folded, stem
from bot.domain.transcript import Transcript

_PLURAL = re.compile(r"(?<=[A-Z0-9])s$")
_MAKERS = ORGANISATIONS | {"apache"}
_ENDING = re.compile(r"(?:\.js|js|sql|\.io|\.ai|\.com|\.org)$")


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody or something, and everywhere it is named."""

    name: str
    type: EntityType
    places: tuple[Place, ...]
    """In order."""
    surfaces: tuple[str, ...]
    """All of its names as they stand, most used first."""
    term: bool = False
    """An expression of the subject, not a name."""
    trusted: bool = False
    """Its spelling is the publisher's."""


def subjects(transcript: Transcript, facts: EpisodeFacts, cast: Cast) -> tuple[Talk, list[Subject]]:
    """Everything named in a talk with a type that is sure enough, in order of first mention; and the talk as words."""
    talk = heard(transcript.utterances)
    spellings = trusted(facts, cast)
    groups: dict[str, list[tuple[str, Place]]] = defaultdict(list)
    for name, place in mentions(talk, spellings):
        groups[key_of(name, talk.tongue)].append((name, place))
    found = terms(talk)
    aliases = _aliases(talk, groups, cast, transcript.automatic)
    merged: dict[str, list[tuple[str, Place]]] = defaultdict(list)
    for key, places in groups.items():
        merged[aliases.get(key, key)].extend(places)
    of_terms = _of_terms(talk, found, merged)
    _without_covered(merged, of_terms)
    names = {key: _shown(places, spellings, cast, transcript.automatic) for key, places in merged.items()}
    for person in cast.people:
        if key_of(person.name, talk.tongue) in names:
            names[key_of(person.name, talk.tongue)] = (person.name, not person.as_heard)
    of_names = _of_names(talk, merged, names, facts, cast, spellings)
    return talk, sorted(
        [*of_names, *of_terms], key=lambda one: (one.places[0].utterance, one.places[0].start, one.name)
    )


def key_of(name: str, tongue: str) -> str:
    """What spellings of one name have in common: no case, accents, hyphens, plural or case endings."""
    plain = _PLURAL.sub("", name)
    words = re.split(r"[\s\-]+", folded(plain.lower()))
    if tongue == "ru":
        return " ".join(stem(word, tongue) if word.isalpha() and not word.isascii() else word for word in words if word)
    last = words[-1]
    if (name[0].islower() or len(words) > 1) and len(last) > 3 and last.endswith("s") and not last.endswith("ss"):
        words[-1] = last.removesuffix("s")
    return " ".join(words)


def _aliases(
    talk: Talk, groups: Mapping[str, Sequence[tuple[str, Place]]], cast: Cast, automatic: bool
) -> dict[str, str]:
    """From the key of a lesser name to that of the name it stands for."""
    counts = Counter({key: len(places) for key, places in groups.items()})
    people = {key: places[0][0] for key, places in groups.items() if _is_person(places, cast)}
    people |= {key_of(person.name, talk.tongue): person.name for person in cast.people}
    speaking = {person.name for person in cast.people if person.role != "named"}
    shorts = _in_brackets(talk, groups)
    aliases: dict[str, str] = {}
    for key in sorted(groups, key=lambda key: (counts[key], key)):
        whole = (
            shorts.get(key)
            or _person_of(key, groups[key][0][0], people, speaking, counts, automatic)
            or _longer_of(key, groups)
            or _variant_of(key, groups)
        )
        if whole is not None and whole != key and aliases.get(whole) != key:
            aliases[key] = whole
    for key in list(aliases):
        seen = {key}
        while aliases[key] in aliases and aliases[key] not in seen:
            seen.add(aliases[key])
            aliases[key] = aliases[aliases[key]]
    return aliases


def _in_brackets(talk: Talk, groups: Mapping[str, Sequence[tuple[str, Place]]]) -> dict[str, str]:
    """`Core Lightning (CLN)`: the key of what stands in the brackets, and of the name before them."""
    ends = {(place.utterance, place.end): key for key, places in groups.items() for _, place in places}
    found: dict[str, str] = {}
    for key, places in groups.items():
        for name, place in places:
            text = talk.texts[place.utterance]
            if text[place.start - 2 : place.start] == " (" and text[place.end : place.end + 1] == ")":
                whole = ends.get((place.utterance, place.start - 2))
                if whole is not None and name.isupper() and whole[0] == key[0]:
                    found[key] = whole
    return found


def _is_person(places: Sequence[tuple[str, Place]], cast: Cast) -> bool:
    name = places[0][0]
    return looks_like_person(name) or any(parts(name) == parts(person.name) for person in cast.people)


def _person_of(
    key: str, name: str, people: Mapping[str, str], speaking: set[str], counts: Mapping[str, int], automatic: bool
) -> str | None:
    """The full name that a first or last name stands for, where there is only one, of those who speak before others;
    a misheard full name's right one.
    """
    if " " in key:
        if key not in people:
            return None
        alike = [one for one in people if one != key and one_spelling(name, people[one], automatic=automatic)]
        best = max(alike, key=lambda one: (counts[one], one), default=None)
        return best if best is not None and (counts[best], best) > (counts[key], key) else None
    found = [one for one, full in people.items() if " " in one and _is_part_of(parts(name)[0], full)]
    found = [one for one in found if people[one] in speaking] or found
    return found[0] if len(found) == 1 else None


def _is_part_of(word: str, full: str) -> bool:
    first, last = parts(full)[0], parts(full)[-1]
    return word in (first, last) or (
        word in FIRST_NAMES and first in FIRST_NAMES and len(word) >= 3 and one_word(word, first, automatic=False)
    )


def _longer_of(key: str, groups: Mapping[str, Sequence[tuple[str, Place]]]) -> str | None:
    """`Acme` is `Acme Labs`, `TVM` is `Apache TVM`: where only one such name is said, the other word a firm's."""
    if " " in key:
        return None
    shaped = is_shaped(groups[key][0][0])
    found = [
        other
        for other in groups
        if (other.startswith(key + " ") and all(_is_of_firms(word) for word in other.split()[1:]))
        or (other.endswith(" " + key) and (shaped or other.split()[0] in _MAKERS) and len(other.split()) == 2)
    ]
    return found[0] if len(found) == 1 else None


def _is_of_firms(word: str) -> bool:
    return word in ORGANISATION_WORDS or word + "s" in ORGANISATION_WORDS or word in {"server", "wallet", "database"}


def _variant_of(key: str, groups: Mapping[str, Sequence[tuple[str, Place]]]) -> str | None:
    """`Postgres` and `PostgreSQL`, `React` and `React.js`, `Mac OS` and `MacOS`, `AIs` and `AI`."""
    squeezed = _ENDING.sub("", key.replace(" ", ""))
    if len(squeezed) < 4:
        return None
    for other in groups:
        if other == key:
            continue
        plain = _ENDING.sub("", other.replace(" ", ""))
        if (plain == squeezed or plain + "s" == squeezed) and (len(groups[other]), other) > (len(groups[key]), key):
            return other
        if plain + "s" == squeezed and len(plain) >= 6:
            return other
    return None


def _shown(
    places: Sequence[tuple[str, Place]], spellings: Sequence[str], cast: Cast, automatic: bool
) -> tuple[str, bool]:
    """The name that people read: a trusted spelling where there is one, else the fullest of the most used."""
    counts = Counter(name for name, _ in places)
    short = any(one.isupper() for one in counts)
    fullest = {name: " " in name and (short or looks_like_person(name)) for name in counts}
    best = max(counts, key=lambda one: (fullest[one], counts[one], one[0].isupper(), len(one), one))
    for spelling in [person.name for person in cast.people] + list(spellings):
        same = spelling.lower() == best.lower() or one_spelling(best, spelling, automatic=automatic)
        if same or (automatic and _is_heard_as(best, spelling)):
            return spelling, spelling in spellings
    return best, False


def _is_heard_as(heard_name: str, spelling: str) -> bool:
    return (
        min(len(heard_name), len(spelling)) >= 5
        and " " not in heard_name + spelling
        and one_word(heard_name, spelling, automatic=False)
    )


def _of_names(
    talk: Talk,
    merged: Mapping[str, list[tuple[str, Place]]],
    names: Mapping[str, tuple[str, bool]],
    facts: EpisodeFacts,
    cast: Cast,
    spellings: Sequence[str],
) -> Iterable[Subject]:
    typing = Typing.of(facts, cast)
    for key, found in merged.items():
        name, is_trusted = names[key]
        places = tuple(sorted({place for _, place in found}, key=lambda place: (place.utterance, place.start)))
        counts = Counter(one for one, _ in found)
        kind = typed(name, places, talk, typing)
        if kind is not None:
            surfaces = tuple(sorted(counts, key=lambda one: (-counts[one], one)))
            yield Subject(name, kind, places, surfaces, trusted=is_trusted or name in spellings)


def _of_terms(talk: Talk, found: Sequence[Term], merged: dict[str, list[tuple[str, Place]]]) -> list[Subject]:
    """Terms that are no names; short forms in capitals join the term whose initials they are."""
    named = defaultdict(list)
    for places in merged.values():
        for _, place in places:
            named[place.utterance].append((place.start, place.end))
    kept = []
    heads = {stem(word, talk.tongue) for word in CONCEPT_WORDS}
    for term in found:
        inside = [p for p in term.places if any(s < p.end and p.start < e for s, e in named[p.utterance])]
        whole = [p for p in inside if any(s <= p.start and p.end <= e for s, e in named[p.utterance])]
        if len(whole) * 2 > len(term.places) or (len(inside) * 3 > len(term.places) and term.key[-1] not in heads):
            continue
        kept.append(_with_short(term, talk, merged))
    return [one for one in kept if one is not None]


def _without_covered(merged: dict[str, list[tuple[str, Place]]], of_terms: Sequence[Subject]) -> None:
    """A name within a term (`Kalman filter`) is that term there, and nobody of its own."""
    covered = defaultdict(list)
    for term in of_terms:
        for place in term.places:
            covered[place.utterance].append((place.start, place.end))
    for key in list(merged):
        merged[key] = [
            (name, p)
            for name, p in merged[key]
            if not any(s <= p.start and p.end <= e for s, e in covered[p.utterance])
        ]
        if not merged[key]:
            del merged[key]


def _with_short(term: Term, talk: Talk, merged: dict[str, list[tuple[str, Place]]]) -> Subject | None:
    counts = Counter(talk.texts[p.utterance][p.start : p.end] for p in term.places)
    low = Counter(name.lower() for name in counts.elements())
    common = max(low, key=lambda one: (low[one], not one.endswith("s"), one))
    name = max((one for one in counts if one.lower() == common), key=lambda one: (counts[one], one))
    shown = presentable(name if is_shaped(name.split()[0]) or name[1:] != name[1:].lower() else name.lower())
    if shown is None:
        return None
    places = list(term.places)
    initials = "".join(word[0] for word in re.split(r"[\s\-]+", shown.lower()) if word not in {"of", "the", "and"})
    short = merged.get(initials) if len(initials) >= 3 else None
    if short is not None and all(one.rstrip("s").isupper() for one, _ in short):
        places += [place for _, place in merged.pop(initials)]
        counts.update([initials.upper()])
    ordered = tuple(sorted(set(places), key=lambda place: (place.utterance, place.start)))
    return Subject(shown, "concept", ordered, tuple(sorted(counts, key=lambda one: (-counts[one], one))), term=True)

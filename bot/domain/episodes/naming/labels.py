"""From the labels of a transcript to the names that people read.

A label is a full name, a part of one, a handle, or a machine's number. It becomes a fuller name only where exactly one
fits; a number becomes a name only where the talk gives it away.
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.episodes.naming.gazetteer import FIRST_NAMES
from bot.domain.episodes.naming.presentable import is_part, is_person_name, part_number, presentable, tidied
from bot.domain.episodes.naming.said import OPENING, Introduced
from bot.domain.episodes.naming.spelling import one_spelling, one_word, parts, written_as
from bot.domain.transcript import Utterance

_BEHIND = re.compile(r"\s*[(\[].*$")
_THANKS = re.compile(
    r"\W*(?:thank|thanks|hi\b|hello|hey\b|great to be|good to be|glad to be|happy to be|pleasure|"
    r"спасибо|привет|здравствуйте)",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    r"\b(?:welcome(?: back)?(?: to the (?:show|podcast))?|thanks for (?:coming|joining)(?: us)?|hi|"
    r"hello|hey|привет)[,!.]?\s+"
    r"([^\W\d_][\w'’\-]+)\s*[.,!?]|,\s*([^\W\d_][\w'’\-]+)[.!?]?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pool:
    """Full names that a label may stand for."""

    named: tuple[str, ...]
    """By publisher, title, notes, or in the talk; first of all."""
    roster: tuple[str, ...]
    heard: frozenset[str]
    """Words of the notes and the talk that begin with a capital, in lower case."""
    automatic: bool


def resolved(
    utterances: Sequence[Utterance], labels: Sequence[str], pool: Pool, introduced: Sequence[Introduced]
) -> dict[str, str]:
    """The display name of each label, one spelling a person."""
    names: dict[str, str] = {}
    own = {label: tidied(_BEHIND.sub("", label)) for label in labels}
    full = [own[label] for label in labels if len(parts(own[label])) > 1 and not is_part(own[label])]
    for label in labels:
        names[label] = _named(label, own[label], pool, full) or ""
    _by_introduction(names, utterances, pool, introduced)
    _one_each(names, utterances, own)
    _numbered(names)
    return names


def fuller(name: str, candidates: Iterable[str], *, automatic: bool) -> str | None:
    """The only candidate of which this single word is the first or the last name; None where several are."""
    word = parts(name)
    found = []
    for candidate in dict.fromkeys(candidates):
        whole = parts(candidate)
        if len(word) != 1 or len(whole) < 2:
            continue
        if word[0] in (whole[0], whole[-1]) or one_word(word[0], whole[0], automatic=automatic):
            found.append(candidate)
    exact = [one for one in found if word[0] in (parts(one)[0], parts(one)[-1])]
    best = exact or found
    return best[0] if len(best) == 1 else None


def _named(label: str, own: str, pool: Pool, full: Sequence[str]) -> str | None:
    shown = presentable(own)
    if shown is None or is_part(label) or not is_person_name(shown):
        return None
    if len(parts(shown)) > 1:
        better = written_as(shown, pool.named, automatic=pool.automatic) or written_as(
            shown, pool.roster, automatic=pool.automatic
        )
        return better or shown
    roster = [one for one in pool.roster if _is_meant(shown, one, pool)]
    return (
        fuller(shown, pool.named, automatic=pool.automatic) or fuller(shown, [*full, *roster], automatic=False) or shown
    )


def _is_meant(label: str, name: str, pool: Pool) -> bool:
    """Whether the roster's name is so rare, or so plainly spoken of here, that a first name can mean it."""
    first, *_, last = parts(name) if len(parts(name)) > 1 else ("", "")
    return bool(last) and (last in pool.heard or (first == label.lower() and first not in FIRST_NAMES))


def _by_introduction(
    names: dict[str, str], utterances: Sequence[Utterance], pool: Pool, introduced: Sequence[Introduced]
) -> None:
    """Names for numbered labels: who says `I'm Jane Doe`, or thanks for a welcome by name. Never one name twice."""
    open_labels = [label for label, name in names.items() if not name]
    claims: dict[str, list[str]] = {label: [] for label in open_labels}
    for one in introduced:
        if one.label in claims:
            claims[one.label].append(_best(one.name, pool))
    for label, name in _welcomed(utterances, pool):
        if label in claims and not claims[label]:
            claims[label].append(name)
    taken = [names[label] for label in names if names[label]]
    for label in open_labels:
        wanted = list(dict.fromkeys(claims[label]))
        rivals = [other for other in open_labels if other != label and set(claims[other]) & set(wanted)]
        if len(wanted) == 1 and not rivals and wanted[0] not in taken:
            names[label] = wanted[0]


def _best(name: str, pool: Pool) -> str:
    everybody = [*pool.named, *pool.roster]
    if len(parts(name)) > 1:
        return written_as(name, everybody, automatic=pool.automatic) or name
    return fuller(name, pool.named, automatic=pool.automatic) or name


def _welcomed(utterances: Sequence[Utterance], pool: Pool) -> Iterable[tuple[str, str]]:
    """Labels that thank at once after a known person was welcomed by name."""
    for said, answer in itertools.pairwise(utterances[: OPENING + 1]):
        if answer.speaker is None or answer.speaker == said.speaker or not _THANKS.match(answer.text):
            continue
        for found in _ADDRESSED.finditer(said.text[-300:]):
            name = fuller(found[1] or found[2], pool.named, automatic=pool.automatic)
            if name is not None:
                yield answer.speaker, name


def _one_each(names: dict[str, str], utterances: Sequence[Utterance], own: dict[str, str]) -> None:
    """Spellings of one name become one; labels that answer each other stay two people."""
    neighbours = {
        frozenset((a.speaker, b.speaker)) for a, b in itertools.pairwise(utterances) if a.speaker != b.speaker
    }
    counts = {label: sum(said.speaker == label for said in utterances) for label in names}
    labels = sorted((label for label in names if names[label]), key=lambda label: -counts[label])
    for index, label in enumerate(labels):
        for other in labels[:index]:
            if names[label] == names[other] and len(parts(own[label])) == 1 and frozenset((label, other)) in neighbours:
                names[label] = presentable(own[label]) or names[label]
            elif one_spelling(names[label], names[other], automatic=False) and (
                parts(names[label]) == parts(names[other]) or frozenset((label, other)) not in neighbours
            ):
                names[label] = names[other]
                break


def _numbered(names: dict[str, str]) -> None:
    """Labels without a name keep what they say, tidied; what cannot be shown gets a free number."""
    used = {number for label in names if not names[label] and (number := part_number(label)) is not None}
    free = iter(number for number in range(1, 10_000) if number not in used)
    for label in [label for label, name in names.items() if not name]:
        number = part_number(label)
        shown = presentable(_BEHIND.sub("", label))
        if number is not None:
            names[label] = f"Speaker {number}"
        elif (
            shown is None
            or not any(c.isalpha() for c in shown)
            or (any(c.isdigit() for c in shown) and not is_part(shown))
        ):
            names[label] = f"Speaker {next(free)}"
        else:
            names[label] = shown[:1].upper() + shown[1:] if is_part(label) else shown

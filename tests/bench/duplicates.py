"""Near-duplicates: recall in four classes of repetition and precision, beside MinHash-like resemblance."""

import random
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from bot.domain.item import Item
from bot.domain.neighbours import repetitions
from bot.domain.read import read
from bot.domain.reading import Reading
from bot.domain.roster import Thinker, ThinkerKind
from tests.bench.corpus import feeds, item, newsletter
from tests.bench.row import Row

_ORIGINALS = 1_500
_REPEATER = Thinker("repeater", "Repeater", ThinkerKind.PERSON)
_CLASSES = ("wrapper", "truncated by 30 %", "10 % of words edited", "40 % quoted")


def measure(data: Path) -> Iterator[Row]:
    """Recall a class, then precision over everything linked."""
    for name, originals in (
        ("newsletter items", newsletter(data)[0]),
        ("feed entries", [read(*e) for e in feeds(data)]),
    ):
        yield from _measured(name, originals)


def _measured(name: str, every: Sequence[Reading]) -> Iterator[Row]:
    chance = random.Random(7)
    known = {r.item.id: r.item.id for r in every}
    for repetition in repetitions(every):
        known[repetition.item] = repetition.original  # what repeats something already is no clean original
    clean = [r for r in every if known[r.item.id] == r.item.id and len(r.item.text.split()) >= 20]
    originals = chance.sample(clean, min(_ORIGINALS, len(clean)))
    fillers = [" ".join(r.item.text.split()) for r in clean]
    made = [
        (_mutated(kind, original.item, chance, fillers), original.item.id, kind)
        for number, original in enumerate(originals)
        for kind in [_CLASSES[number % 4]]
    ]
    readings = [r for r in every if known[r.item.id] == r.item.id] + [read(m, _REPEATER) for m, _, _ in made]
    found = {r.item: r.original for r in repetitions(readings)}
    resembling = _resembling(readings)
    gold = {m.id: original for m, original, _ in made}
    for kind in _CLASSES:
        wanted = [(m.id, original) for m, original, k in made if k == kind]
        hit = sum(found.get(m) == original for m, original in wanted) / len(wanted)
        beside = sum(original in resembling.get(m, ()) for m, original in wanted) / len(wanted)
        yield Row(f"near-duplicates, {name}, recall, {kind}", f"{hit:.3f}", f"Jaccard 0.6 {beside:.3f}", ">= .95")
    right = sum(gold.get(m) == original for m, original in found.items())
    yield Row(
        f"near-duplicates, {name}, precision", f"{right / max(1, len(found)):.3f}", f"{len(found)} linked", ">= .99"
    )


def _mutated(kind: str, original: Item, chance: random.Random, fillers: list[str]) -> Item:
    text = (original.title + ". " + original.text).strip()
    words = text.split()
    other = chance.choice(fillers).split()
    if kind == "wrapper":
        text = f"RT @{chance.choice(other)}: {text} (via a friend)"
    elif kind == "truncated by 30 %":
        text = " ".join(words[: max(5, int(len(words) * 0.7))])
    elif kind == "10 % of words edited":
        for place in chance.sample(range(len(words)), max(1, len(words) // 10)):
            words[place] = chance.choice(other)
        text = " ".join(words)
    else:
        size = max(5, int(len(words) * 0.4))
        start = chance.randrange(len(words) - size + 1)
        comment = chance.sample(other, min(len(other), max(size // 2, 12)))  # shuffled: it must not be a quotation too
        text = " ".join(comment) + ' "' + " ".join(words[start : start + size]) + '"'
    name = f"made-{original.id}"
    return item(name, source="feed:repeater", title="", text=text, at=original.at + timedelta(hours=1))


def _resembling(readings: Sequence[Reading]) -> dict[str, set[str]]:
    """Pairs whose runs of three words resemble each other by 0.6 or more (what MinHash at 0.6 aims at)."""
    runs: dict[str, set[str]] = {}
    index: dict[str, list[str]] = {}
    for reading in readings:
        words = (reading.item.title + ". " + reading.item.text).lower().split()
        held = {" ".join(words[i : i + 3]) for i in range(len(words) - 2)}
        runs[reading.item.id] = held
        for run in held:
            index.setdefault(run, []).append(reading.item.id)
    found: dict[str, set[str]] = {}
    for reading in readings:
        if reading.thinker is not _REPEATER:
            continue
        held = runs[reading.item.id]
        near = {other for run in sorted(held)[:60] for other in index[run] if len(index[run]) < 30}
        found[reading.item.id] = {
            o for o in near if o != reading.item.id and len(held & runs[o]) >= 0.6 * len(held | runs[o])
        }
    return found

"""Time and memory for days of many items: real items repeated with their names and words exchanged."""

import random
import resource
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.domain.edition import Window
from bot.domain.item import Item
from bot.domain.read import read
from bot.domain.roster import Thinker, ThinkerKind
from bot.domain.stories import find_stories
from tests.bench.corpus import item, newsletter_entries, without_markdown
from tests.bench.row import Row

_END = datetime(2026, 1, 2, tzinfo=UTC)
_SIZES = (1_000, 10_000, 50_000)


def measure(data: Path) -> Iterator[Row]:
    """Reading and finding, CPU seconds of one core and peak memory of the process."""
    for size in _SIZES:
        items = made(data, size)
        window = Window(_END - timedelta(hours=24), _END)
        start = time.process_time()
        readings = [read(made, thinker) for made, thinker in items]
        middle = time.process_time()
        found = find_stories(readings, [], [], window)
        end = time.process_time()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        yield Row(
            f"{size:,} items read, deduplicated, threaded, scored",
            f"{end - start:.1f} s CPU (reading {middle - start:.1f}, stories {end - middle:.1f}), peak {peak:.0f} MB, "
            f"{found.duplicates} duplicates, {len(found.stories)} stories",
            "",
            "<= 30 s" if size == 10_000 else "<= 60 s, outside the budget of one window" if size == 50_000 else "",
        )


def made(data: Path, size: int) -> list[tuple[Item, Thinker]]:
    """Items of a day: each a real one whose words are partly exchanged for others', so that few are copies."""
    chance = random.Random(3)
    texts = [
        (str(e["title"]), without_markdown(str(e["text"]))[:1_200].split())
        for e in newsletter_entries(data)
        if len(str(e["text"]).split()) > 15
    ]
    words = [word for _, text in texts for word in text]
    made = []
    for number in range(size):
        title, text = texts[number % len(texts)]
        repeat = number // len(texts)
        rewritten = [
            chance.choice(words)
            if repeat and chance.random() < 0.5
            else f"{w}{repeat}"
            if w[:1].isupper() and repeat
            else w
            for w in text
        ]
        thinker = Thinker(f"t{number % 500}", f"Thinker {number % 500}", ThinkerKind.PERSON)
        made.append(
            (
                item(
                    f"scale-{number}",
                    source=f"feed:{thinker.id}",
                    title=f"{title} {repeat or ''}".strip(),
                    text=" ".join(rewritten),
                    at=_END - timedelta(seconds=chance.randrange(86_000)),
                ),
                thinker,
            )
        )
    return made

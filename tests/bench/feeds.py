"""Feed parsing: from bytes to items whose text carries no markup, per second of CPU time, on real feeds.

`ours` is the median of five runs after one that warms up; peers that take seconds run three times. feedparser runs as
it comes, with sanitising, and without; fastfeedparser and lxml are shown raw: their texts still carry markup.
"""

import io
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.row import Row

_TIMES = 20
"""How many times feedparser's speed we want."""


def measure(data: Path) -> Iterator[Row]:
    """Speed and entries on `real-feeds`."""
    import fastfeedparser
    import feedparser
    from lxml import etree

    from adapters.wire.feeds import parse

    bodies = [path.read_bytes() for path in sorted((data / "real-feeds").rglob("*.xml"))]
    size = sum(map(len, bodies)) / 1e6

    def raw(body: bytes) -> int:
        parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
        root = etree.fromstring(body, parser)
        return sum(1 for _ in root.iter("{*}item", "{*}entry"))

    def theirs(body: bytes) -> int:
        return len(feedparser.parse(io.BytesIO(body)).entries)

    def unsanitised(body: bytes) -> int:
        return len(feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False).entries)

    ours, found = _median(bodies, lambda body: len(parse(body).found), runs=5)
    slow, expected = _median(bodies, theirs, runs=3)
    plain, _ = _median(bodies, unsanitised, runs=3)
    fast, fast_found = _median(bodies, lambda body: len(fastfeedparser.parse(body).entries), runs=5)
    tree, _ = _median(bodies, raw, runs=5)
    count = len(bodies)
    yield Row(
        f"feeds parsed to items without markup, a CPU second ({count} feeds, {size:.1f} MB)",
        f"{count / ours:.0f} ({slow / ours:.1f}x feedparser)",
        f"feedparser {count / slow:.0f}, unsanitised {count / plain:.0f}; raw: fastfeedparser {count / fast:.0f},"
        f" lxml {count / tree:.0f}",
        f">= {_TIMES}x feedparser",
    )
    yield Row(
        "entries found in them",
        f"{found} ({found / expected:.1%})",
        f"feedparser {expected}, fastfeedparser {fast_found}",
        ">= 99 % of feedparser's",
    )


def _median(bodies: list[bytes], read: Callable[[bytes], int], *, runs: int) -> tuple[float, int]:
    """CPU seconds of one run over all bodies, and the entries it found."""
    found = sum(map(read, bodies))
    seconds = []
    for _ in range(runs):
        begun = time.process_time()
        for body in bodies:
            read(body)
        seconds.append(time.process_time() - begun)
    return statistics.median(seconds), found

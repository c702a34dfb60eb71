"""A feed at an address, asked again and again: mostly it has not changed, and then nothing is parsed."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from adapters.wire.deps import SourceDeps
from adapters.wire.feeds.entries import Feed
from adapters.wire.feeds.reading import parse
from bot.domain.item import ItemKind
from bot.errors import CoresError, SourceMalformed
from bot.ports.cores import Cores
from bot.ports.source import Batch

LIMIT = timedelta(seconds=5)
"""How long one file may take, fast parser and salvage together."""
MOST_BYTES = 10 * 1024 * 1024
FULL_EVERY = timedelta(days=7)
"""Servers that say "not modified" when something was lose us a week at most."""
ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"
_LONGEST_VALIDATOR = 1_000

Reader = Callable[[bytes, str, str | None, str, ItemKind], Feed]
"""A module-level function of (body, content type, charset, base address, kind)."""


def read_feed(body: bytes, content_type: str, charset: str | None, base: str, kind: ItemKind) -> Feed:
    """`parse` with positional arguments, as worker processes are called.

    Raises:
        SourceMalformed: a sentence that says what it is instead.
    """
    return parse(body, content_type=content_type, charset=charset, base=base, kind=kind)


async def read_away(
    cores: Cores, reader: Reader, body: bytes, content_type: str, charset: str | None, base: str, kind: ItemKind
) -> Feed:
    """Run a reader in a worker process.

    Raises:
        SourceMalformed: it is no feed, or it took too much time or memory and was stopped.
    """
    try:
        return await cores.call(reader, body, content_type, charset, base, kind, limit=LIMIT)
    except CoresError as error:
        raise SourceMalformed("the feed takes too much time or memory to read") from error


@dataclass(frozen=True, slots=True)
class _Memory:
    """What the cursor holds."""

    etag: str | None = None
    last_modified: str | None = None
    body: str | None = None
    """SHA-256 of the last body that was read."""
    full: str | None = None
    """When the last full answer came, ISO 8601."""

    @classmethod
    def of(cls, cursor: str | None) -> "_Memory":
        """What a cursor holds; one that is not ours holds nothing."""
        try:
            held = json.loads(cursor or "{}")
            return cls(**{name: value for name, value in held.items() if isinstance(value, str)})
        except (ValueError, TypeError, AttributeError):
            return cls()

    def stale(self, now: datetime) -> bool:
        """It is time for a full answer."""
        try:
            return self.full is None or now - datetime.fromisoformat(self.full) >= FULL_EVERY
        except (ValueError, TypeError):
            return True

    def cursor(self) -> str:
        """As JSON."""
        return json.dumps({name: value for name, value in asdict(self).items() if value is not None})


class FeedSource:
    """One feed. `reader` makes its items from its bytes."""

    def __init__(
        self, url: str, deps: SourceDeps, *, kind: ItemKind = ItemKind.ARTICLE, reader: Reader = read_feed
    ) -> None:
        self._url = url
        self._web = deps.web
        self._cores = deps.cores
        self._kind = kind
        self._reader = reader

    async def fetch(self, cursor: str | None, *, now: datetime) -> Batch:
        """Ask whether it changed, and read it if it did. See `bot.ports.source.Source`."""
        known = _Memory.of(cursor)
        full = known.stale(now)
        answer = await self._web.get(
            self._url,
            etag=None if full else known.etag,
            last_modified=None if full else known.last_modified,
            accept=ACCEPT,
            most_bytes=MOST_BYTES,
        )
        moved_to = answer.moved_to if answer.moved_to != self._url else None
        if answer.status == 304:
            return Batch((), cursor=known.cursor(), unchanged=True, moved_to=moved_to)
        memory = _Memory(
            etag=_short(answer.etag),
            last_modified=_short(answer.last_modified),
            body=hashlib.sha256(answer.body).hexdigest(),
            full=now.isoformat(),
        )
        if memory.body == known.body:
            return Batch((), cursor=memory.cursor(), unchanged=True, moved_to=moved_to)
        feed = await read_away(
            self._cores, self._reader, answer.body, answer.content_type, answer.charset, answer.url, self._kind
        )
        return Batch(feed.found, cursor=memory.cursor(), moved_to=moved_to, title=feed.title)


def _short(validator: str | None) -> str | None:
    return validator if validator and len(validator) <= _LONGEST_VALIDATOR else None

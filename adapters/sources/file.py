"""Feeds that lie on the operator's disk: one file, or a folder of them.

What a file is shows in its content, never in its name. In a folder, files that are no feed are passed over; a file that
is named has to be one.
"""

import asyncio
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from adapters.wire.deps import SourceDeps
from adapters.wire.feeds.entries import MOST_ENTRIES, Feed
from adapters.wire.feeds.polling import MOST_BYTES, read_away, read_feed
from bot.domain.item import Found, ItemKind
from bot.domain.roster import SourceSpec
from bot.errors import SourceMalformed, SourceRefused, SourceUnavailable
from bot.ports.cores import Cores
from bot.ports.source import Batch, Source

MOST_FILES = 1_000
"""Files read of one folder, by name."""


def build(spec: SourceSpec, deps: SourceDeps) -> Source:
    """The source behind `path`, absolute or relative to the roster."""
    return FileSource(deps.base / Path(spec.address).expanduser(), deps.cores, shown=spec.address)


class FileSource:
    """A file or a folder."""

    def __init__(self, path: Path, cores: Cores, *, shown: str) -> None:
        self._path = path
        self._cores = cores
        self._shown = shown  # what is said of it goes into editions: the roster's own words, no path of this machine

    async def fetch(self, cursor: str | None, *, now: datetime) -> Batch:  # noqa: ARG002  # files have no age
        """Read what changed since the cursor was made. See `bot.ports.source.Source`."""
        files = await asyncio.to_thread(_files, self._path, self._shown)
        digest = hashlib.sha256()
        for name, body in files:
            digest.update(f"{name}\0{len(body)}\0".encode("utf-8", "surrogateescape") + body)
        memory = json.dumps({"files": digest.hexdigest()})
        if memory == cursor:
            return Batch((), cursor=memory, unchanged=True)
        feeds = [(name, feed) for name, body in files if (feed := await self._read(body, alone=len(files) == 1))]
        if not feeds:
            raise SourceMalformed(f"no feed among the files of {self._shown}")
        title = feeds[0][1].title if len(feeds) == 1 else self._path.name
        return Batch(tuple(_together(feeds)), cursor=memory, title=title)

    async def _read(self, body: bytes, *, alone: bool) -> Feed | None:
        try:
            return await read_away(self._cores, read_feed, body, "", None, "", ItemKind.ARTICLE)
        except SourceMalformed:
            if alone:
                raise
            return None


def _files(path: Path, shown: str) -> list[tuple[str, bytes]]:
    """Names and contents, by name. Runs outside the event loop.

    Raises:
        SourceUnavailable, SourceRefused: with a sentence that names the path.
    """
    try:
        if path.is_file():
            return [(path.name, _content(path, shown))]
        if path.is_dir():
            named = sorted(entry for entry in path.iterdir() if entry.is_file() and not entry.name.startswith("."))
            return [(entry.name, _content(entry, f"{shown}/{entry.name}")) for entry in named[:MOST_FILES]]
    except OSError as error:
        raise SourceUnavailable(f"{shown} cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise SourceRefused(f"not a path: {shown!a}") from error
    raise SourceUnavailable(f"no such file: {shown}")


def _content(path: Path, shown: str) -> bytes:
    with path.open("rb") as opened:
        body = opened.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise SourceRefused(f"{shown} is larger than {MOST_BYTES // 1024 // 1024} MiB")
    return body


def _together(feeds: Iterable[tuple[str, Feed]]) -> list[Found]:
    """All entries, newest first, each guid once; the same guid in two feeds is two entries unless their link is one."""
    unique: dict[str, Found] = {}
    for name, feed in feeds:
        for found in feed.found:
            known = unique.setdefault(found.guid, found)
            if known is not found and known.link != found.link:
                unique.setdefault(f"{name}#{found.guid}", replace(found, guid=f"{name}#{found.guid}"))
    return list(_newest_first(unique.values()))[:MOST_ENTRIES]


def _newest_first(items: Iterable[Found]) -> Iterator[Found]:
    kept = list(items)
    dated = [found for found in kept if found.published]
    yield from sorted(dated, key=lambda found: -found.published.timestamp() if found.published else 0.0)
    yield from (found for found in kept if not found.published)

"""Fetches a recording into a file that is gone afterwards, and makes sure that it is sound or video.

What it is, its first bytes say; what its server calls it counts for nothing. Lists of other files, which a decoder
would follow to anywhere, are none of the kinds we take.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from adapters.wire.http import MIB, Web
from bot.errors import SourceMalformed, SpeechError

MOST_BYTES: Final = 300 * MIB
"""Of a recording: four hours at the rate most podcasts have, or an hour of small video."""
_PATIENCE: Final = timedelta(minutes=20)
_HEAD: Final = 64
_MAGIC: Final = (
    (0, b"ID3", "mp3"),
    (0, b"fLaC", "flac"),
    (0, b"OggS", "ogg"),
    (0, b"\x1a\x45\xdf\xa3", "webm"),
    (0, b"caff", "caf"),
    (0, b"#!AMR", "amr"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "wma"),
    (4, b"ftyp", "m4a"),
    (8, b"WAVE", "wav"),
    (8, b"AVI ", "avi"),
    (8, b"AIFF", "aiff"),
    (8, b"AIFC", "aiff"),
)


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording on this machine."""

    path: Path
    kind: str
    """Its kind, as names of files end: `mp3`, `m4a`, …"""
    size: int
    """Bytes."""


@asynccontextmanager
async def fetched(web: Web, address: str) -> AsyncIterator[Sound]:
    """The recording at this address, for as long as the block takes; its folder is free for other files.

    Raises:
        SourceUnavailable, SourceRefused: it cannot be had, or is larger than 300 MiB.
        SourceMalformed: it is no recording.
        SpeechError: there is no room for it on this machine.
    """
    folder = await asyncio.to_thread(tempfile.TemporaryDirectory, prefix="counterpoint-", ignore_cleanup_errors=True)
    try:
        path = Path(folder.name) / "recording"
        try:
            await web.download(address, path, most_bytes=MOST_BYTES, accept="audio/*, video/*", limit=_PATIENCE)
            head, size = await asyncio.to_thread(_looked_at, path)
        except OSError as error:
            raise SpeechError(f"The recording cannot be kept while it is heard: {error.strerror}.") from error
        kind = kind_of(head)
        if kind is None:
            raise SourceMalformed(f"{urlsplit(address).hostname} sends {_instead(head)} where a recording should be")
        yield Sound(path, kind, size)
    finally:
        await asyncio.to_thread(folder.cleanup)


def kind_of(head: bytes) -> str | None:
    """The kind of a recording by its first bytes; None where it is none that we know."""
    for at, magic, kind in _MAGIC:
        if head[at : at + len(magic)] == magic:
            return kind
    return _frame(head)


def _frame(head: bytes) -> str | None:
    """MPEG sound without anything before it starts with a frame: eleven bits that are set, then what it is."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer, rate = head[1] >> 3 & 3, head[1] >> 1 & 3, head[2] >> 2 & 3
    if head[1] & 0xF6 == 0xF0:
        return "aac"
    return "mp3" if version != 1 and layer in (1, 2) and rate != 3 and head[2] >> 4 not in (0, 15) else None


def _looked_at(path: Path) -> tuple[bytes, int]:
    with path.open("rb") as file:
        return file.read(_HEAD), path.stat().st_size


def _instead(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        return "nothing"
    if start.startswith((b"<!doctype html", b"<html")):
        return "a web page"
    return "a list of recordings" if start.startswith(b"#extm3u") else "something else"

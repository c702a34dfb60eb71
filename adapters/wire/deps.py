"""What source adapters are made of."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bot.ports.cores import Cores

if TYPE_CHECKING:
    from adapters.wire.http import Fetched


class Fetching(Protocol):
    """The guarded HTTP client, as far as sources use it."""

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str = "*/*",
        most_bytes: int = ...,
    ) -> "Fetched":
        """Fetch `url`; status 304 when nothing changed since `etag` or `last_modified`.

        Raises:
            SourceUnavailable, SourceRefused, SourceMalformed: with a sentence in words.
        """
        ...


@dataclass(frozen=True, slots=True)
class SourceDeps:
    """Shared by all sources of a process."""

    web: Fetching
    cores: Cores
    """Where files from outside are parsed, away from the event loop."""
    base: Path
    """What the paths of file sources are relative to: the folder of the roster."""

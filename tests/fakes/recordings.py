"""Recordings, ears and pens in memory: they know what they were told, and count what they are asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.shape import Shape
from bot.domain.transcript import Cue, Transcript
from bot.errors import CoresError, SourceError, SourceRefused
from bot.ports.recordings import Upload


@dataclass
class MemoryRecordings:
    """Episodes by address, transcripts by the id of their episode."""

    episodes: Mapping[str, EpisodeFacts] = field(default_factory=dict)
    transcripts: Mapping[str, Transcript] = field(default_factory=dict)
    files: Mapping[str, tuple[EpisodeFacts, Transcript]] = field(default_factory=dict)
    """By name."""
    down: SourceError | None = None
    """Raised by everything."""
    refused: SourceError | None = None
    """Raised by transcripts only, as of a video service that refuses servers."""
    asked: list[str] = field(default_factory=list)

    async def find(self, address: str) -> EpisodeFacts:
        """What was put under this address."""
        self.asked.append(f"find {address}")
        if self.down is not None:
            raise self.down
        if address not in self.episodes:
            raise SourceRefused(f"There is no episode at {address}.")
        return self.episodes[address]

    async def transcript(self, facts: EpisodeFacts) -> Transcript | None:
        """What was put beside the episode, whatever id it goes by now."""
        self.asked.append(f"transcript {facts.title}")
        if error := self.down or self.refused:
            raise error
        return self.transcripts.get(facts.url or facts.id)

    async def read(self, upload: Upload) -> tuple[EpisodeFacts, Transcript]:
        """What was put under this name."""
        self.asked.append(f"read {upload.name}")
        return self.files[upload.name]


@dataclass
class MemoryEars:
    """Hears what it was told."""

    cues: Sequence[Cue] = ()
    name: str = "ears"
    heard: list[str] = field(default_factory=list)

    async def hear(self, media: str, *, language: str | None = None) -> Sequence[Cue]:
        """The cues, whatever the sound."""
        self.heard.append(f"{media} {language}")
        return self.cues


@dataclass
class MemoryPictures:
    """Draws the smallest picture there is; or cannot."""

    broken: bool = False
    drawn: list[Shape] = field(default_factory=list)

    async def shape(self, shape: Shape) -> bytes:
        """A PNG without pixels worth looking at."""
        if self.broken:
            raise CoresError("The pen broke.")
        self.drawn.append(shape)
        return PIXEL


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63503070000001"
    "040091a26d63ae0000000049454e44ae426082"
)
"""A PNG of one point."""

"""Where episodes come from: their publishers' pages and feeds, files, and ears."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.shape import Shape
from bot.domain.transcript import Cue, Transcript


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody gave us."""

    name: str
    data: bytes


class Recordings(Protocol):
    """Finds episodes and what was written down of them. Everything it fetches passes the guarded client."""

    async def find(self, address: str) -> EpisodeFacts:
        """The episode behind a link: its page, its entry in a feed, a video, a sound file, a transcript file.

        Raises:
            ConfigError: it is no address; it is a playlist, a channel or a feed of many (the newest few are named).
            SourceRefused, SourceUnavailable, SourceMalformed: with a sentence: private, gone, a live stream, …
        """
        ...

    async def transcript(self, facts: EpisodeFacts) -> Transcript | None:
        """What was written down of it: published, else captions; None where nothing was, or nothing can be read.

        Raises:
            SourceUnavailable: it exists and cannot be had now.
        """
        ...

    async def read(self, upload: Upload) -> tuple[EpisodeFacts, Transcript]:
        """A transcript file: `.vtt .srt .txt .md .json .html`, told by its content, not by its name.

        Raises:
            SourceMalformed, SourceRefused: a sentence that names what is wrong.
        """
        ...


@dataclass(frozen=True, slots=True)
class SpeechSettings:
    """What hears recordings that nobody wrote down: a model of a server, or one on this machine. The key is secret."""

    model: str
    """As the server knows it; empty where it is heard here."""
    base_url: str | None = None
    """With `/v1`; None: the usual one of the key's vendor."""
    key: str | None = field(default=None, repr=False)
    local: str | None = None
    """Of faster-whisper: a size such as `small`, or a folder."""
    minutes: int = 240
    """Longer recordings are not heard."""


class Transcriber(Protocol):
    """Writes down what it hears."""

    @property
    def name(self) -> str:
        """What people are told it was heard by."""
        ...

    async def hear(self, media: str, *, language: str | None = None) -> Sequence[Cue]:
        """What is said in the sound file at this address. Speakers are not told apart.

        Raises:
            SourceUnavailable, SourceRefused, SourceMalformed: the file cannot be had, is too large or no sound.
            SpeechError: it could not be heard.
        """
        ...


class Pictures(Protocol):
    """Draws."""

    async def shape(self, shape: Shape) -> bytes:
        """The shape of a thought as a PNG of at most 128 colours, under 80 KB, 1,000 pixels wide.

        Raises:
            CoresError: it could not be drawn.
        """
        ...

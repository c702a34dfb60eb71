"""What a file of words gives: its pieces, and the little it says of the whole."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.episodes.facts import PublishedChapter
from bot.domain.transcript import Cue

Format = Literal["captions", "json", "html", "markdown", "text"]


@dataclass(frozen=True, slots=True)
class Read:
    """A file, read but not settled."""

    cues: tuple[Cue, ...]
    """At least one."""
    format: Format
    language: str | None = None
    """A tag, where the file names one."""
    title: str | None = None
    duration: float | None = None
    """Seconds, where the file says so."""
    automatic: bool = False
    """It bears the marks of a machine that listened."""
    chapters: tuple[PublishedChapter, ...] = ()
    """Headings between the turns, where the words after them have a time."""

    @property
    def speakers(self) -> tuple[str, ...]:
        """Everybody the file names, in order of appearance."""
        return tuple(dict.fromkeys(cue.speaker for cue in self.cues if cue.speaker))

"""What was said in a recording, as a transcript tells it: utterances with speakers and times.

A transcript is settled (`bot.domain.episodes.settling`) before anything is made of it: its utterances follow each other
in time, and what had to be repaired is noted.
"""

from dataclasses import dataclass
from typing import Literal

Origin = Literal["publisher", "captions", "upload", "speech"]
"""Published with the episode; captions of a video service; a file somebody gave us; heard by a machine of ours."""
Times = Literal["given", "sparse", "estimated"]
"""Each utterance has its own; some have, the others are reckoned between them; none has, and all are guesses."""

MOST_BYTES = 20_000_000
"""Of a file that holds one."""
MOST_UTTERANCES = 40_000
MOST_CHARACTERS = 3_000_000
"""Of a transcript: twelve hours of fast talk have 800,000."""
LONGEST_SECONDS = 12 * 3600


@dataclass(frozen=True, slots=True)
class Cue:
    """A piece as a file has it: a caption line, a paragraph, a turn. Nothing is certain but its words."""

    text: str
    """Without markup; one line or more."""
    start: float | None = None
    """Seconds."""
    end: float | None = None
    speaker: str | None = None
    """As the file names them."""
    ad: bool = False
    """The file itself marks it as an advertisement, or as a place where one was."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one speaker says in one breath: a turn, or a part of a long one. Quotations lie within one."""

    start: float
    """Seconds; never before that of the utterance before."""
    end: float
    """Seconds; never before `start`."""
    speaker: str | None
    """As the transcript names them."""
    text: str
    """One line, white space folded; not empty."""
    ad: bool = False
    """The transcript marks it as an advertisement."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """All of it, settled."""

    utterances: tuple[Utterance, ...]
    """At least one."""
    language: str | None
    """The tag of the language most of it is in; None where that cannot be told."""
    origin: Origin
    times: Times = "given"
    repairs: tuple[str, ...] = ()
    """What was wrong and is put right, a sentence each, in English, with counts."""
    automatic: bool = False
    """A machine wrote it down: names are as heard."""
    also: str | None = None
    """The tag of a second language, where a good part is in it."""

    @property
    def seconds(self) -> float:
        """Where the last utterance ends."""
        return self.utterances[-1].end

    @property
    def speakers(self) -> tuple[str, ...]:
        """Everybody the transcript names, in order of appearance."""
        return tuple(dict.fromkeys(said.speaker for said in self.utterances if said.speaker))

"""What was said, in pieces that can be shown: at most sixty words of one speaker, within one chapter, with their time.

Captions are a few words each and are put together; a long turn is parted between its sentences.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.episode import Chapter, Episode
from bot.domain.episodes.moments import moment, words_of
from bot.domain.text.sentences import sentences
from bot.domain.transcript import Transcript, Utterance

MOST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of what was said."""

    at: float
    """Where it begins; reckoned by its characters within a long utterance."""
    speaker: str | None
    """As people read them."""
    text: str
    """Verbatim; of several utterances, joined by blanks."""
    chapter: int | None
    """Number of the chapter it lies in."""


def windows(episode: Episode, transcript: Transcript) -> tuple[Window, ...]:
    """All of it but its advertisements, in order; labels of speakers are replaced by the names of the overview."""
    names = display_names(episode, transcript)
    placed = Chapters(episode.chapters)
    found: list[Window] = []
    words = 0
    for said in transcript.utterances:
        chapter = placed.at(said.start)
        if said.ad or (chapter is not None and chapter.kind == "ad"):
            continue
        number = None if chapter is None else chapter.number
        speaker = names.get(said.speaker or "", said.speaker)
        for at, text in pieces(said):
            count = len(words_of(text))
            last = found[-1] if found else None
            if last is not None and words + count <= MOST_WORDS and (last.speaker, last.chapter) == (speaker, number):
                found[-1] = Window(last.at, speaker, f"{last.text} {text}", number)
                words += count
            else:
                found.append(Window(at, speaker, text, number))
                words = count
    return tuple(found)


def display_names(episode: Episode, transcript: Transcript) -> dict[str, str]:
    """What people read for each label of a speaker: the one name that has all its words."""
    named = [person.name for person in episode.people]
    named += [share.speaker for chapter in episode.chapters for share in chapter.shares]
    found: dict[str, str] = {}
    for label in transcript.speakers:
        parts = set(label.casefold().split())
        fitting = list(dict.fromkeys(name for name in named if parts <= set(name.casefold().split())))
        found[label] = label if label in fitting or len(fitting) != 1 else fitting[0]
    return found


class Chapters:
    """Finds the chapter of a moment; moments come in order."""

    def __init__(self, chapters: Sequence[Chapter]) -> None:
        self._chapters = chapters
        self._place = 0

    def at(self, moment: float) -> Chapter | None:
        """The chapter in which a moment lies that is no earlier than the last one asked for."""
        while self._place < len(self._chapters) and self._chapters[self._place].end <= moment:
            self._place += 1
        chapter = self._chapters[self._place] if self._place < len(self._chapters) else None
        return chapter if chapter is not None and chapter.start <= moment else None


def pieces(said: Utterance) -> Iterator[tuple[float, str]]:
    """An utterance in pieces of at most sixty words, whole sentences where that can be, each with its time."""
    text = said.text
    for start, end in _packed(text, _parts(text)) if len(words_of(text)) > MOST_WORDS else [(0, len(text))]:
        yield moment(said, start), text[start:end]


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Its sentences; one that is too long, in parts of as many words as there may be."""
    for start, end in sentences(text):
        words = [(start + first, start + last) for first, last in words_of(text[start:end])]
        if len(words) <= MOST_WORDS:
            yield start, end
            continue
        for n in range(0, len(words), MOST_WORDS):
            several = words[n : n + MOST_WORDS]
            yield several[0][0], several[-1][1]


def _packed(text: str, parts: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Neighbours together as long as they are short enough."""
    held: tuple[int, int] | None = None
    for start, end in parts:
        if held is not None and len(words_of(text[held[0] : end])) <= MOST_WORDS:
            held = held[0], end
            continue
        if held is not None:
            yield held
        held = start, end
    if held is not None:
        yield held

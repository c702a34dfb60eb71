"""The real transcripts that benches of episodes share, with the chapters people have put into them.

One utterance of the data is one utterance here, so that the indexes at which people begin a chapter stay true. What has
no times gets reckoned ones. Folders: `chaptered-transcripts`, `newsletter-podcasts`, `tinyrec`, `meeting-topics`.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate, pairwise
from pathlib import Path

from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.episodes.settling.timing import spread
from bot.domain.recording import NamedPerson
from bot.domain.transcript import Origin, Times, Transcript, Utterance

FOLDERS = ("chaptered-transcripts", "newsletter-podcasts", "tinyrec", "meeting-topics")


@dataclass(frozen=True)
class Sample:
    """A transcript and where people say that its chapters begin."""

    name: str
    facts: EpisodeFacts
    """Without chapters: those are to be found."""
    transcript: Transcript
    boundaries: tuple[int, ...]
    """Indexes of the first utterances of the chapters, rising; the first is not always 0."""
    titles: tuple[str, ...]
    """Of the chapters, in the same order."""
    fine: tuple[int, ...] = ()
    """Of `tinyrec`: where the smaller parts begin."""
    fine_titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Said:
    text: str
    start: float | None = None
    end: float | None = None
    speaker: str | None = None


def load(folder: Path) -> list[Sample]:
    """All of one of the four folders, in order of file names."""
    read = {
        "chaptered-transcripts": _chaptered,
        "newsletter-podcasts": _newsletter,
        "tinyrec": _tinyrec,
        "meeting-topics": _meeting,
    }[folder.name]
    return [read(path) for path in sorted(folder.glob("*.json")) if not path.stem.endswith("_anno")]


def transcripts(folder: Path) -> Iterator[tuple[str, Transcript]]:
    """Those of `tech-podcast-transcripts`, read and settled as a publisher's file is; without chapters."""
    from adapters.episodes.formats import read_cues
    from bot.domain.episodes.settling import settle

    for path in sorted(folder.glob("*/*.md")):
        read = read_cues(path.read_bytes(), name=path.name)
        yield path.stem, settle(read.cues, origin="publisher", language=read.language, duration=read.duration)


def _chaptered(path: Path) -> Sample:
    told = json.loads(path.read_bytes())
    said = [_Said(one["text"], one["start"], speaker=one["speaker"]) for one in told["utterances"]]
    facts = EpisodeFacts(
        id=_identity(path),
        title=told["title"],
        url=told.get("media"),
        show=path.stem.split("__")[0].replace("-", " ").title(),
        published=datetime.fromisoformat(told["date"]).replace(tzinfo=UTC),
        people=tuple(NamedPerson(name) for name in told.get("speakers", ())),
    )
    starts = [(one["utt"], one["title"]) for one in told["chapters"]]
    return _sample(path, facts, said, starts, origin="publisher")


def _newsletter(path: Path) -> Sample:
    told = json.loads(path.read_bytes())
    said = [_Said(one["text"], speaker=one["speaker"]) for one in told["utterances"]]
    facts = EpisodeFacts(
        id=_identity(path),
        title=told["title"],
        show="Bitcoin Optech Newsletter Recap Podcast",
        published=datetime.fromisoformat(told["id"]).replace(tzinfo=UTC),
    )
    starts = [(one["utt"], one["title"]) for one in told["chapters"]]
    return _sample(path, facts, said, starts, origin="publisher")


def _tinyrec(path: Path) -> Sample:
    """Some entries tell what was on the screen: nobody said them, and what begins there begins at the next words."""
    told = json.loads(path.read_bytes())[path.stem]["entries"]
    annotated = json.loads(path.with_name(f"{path.stem}_anno.json").read_bytes())[path.stem]
    spoken = [one for one in told if "doc" in one]
    before = list(accumulate(("doc" in one for one in told), initial=0))
    said = [_Said(one["doc"], one["start"], one["end"], one["composite"].partition(":")[0]) for one in spoken]
    facts = EpisodeFacts(id=_identity(path), title=f"Recording {path.stem[:8]}")
    coarse, fine = ([(before[first], title) for first, _, title in annotated[key]] for key in ("coarse", "fine"))
    return _sample(path, facts, said, coarse, fine, origin="speech")


def _meeting(path: Path) -> Sample:
    told = json.loads(path.read_bytes())
    said = [_Said(one["content"], speaker=one["speaker"]) for one in told["meeting_transcripts"]]
    facts = EpisodeFacts(id=_identity(path), title=f"Meeting {path.stem}")
    starts = [(int(first), one["topic"]) for one in told["topic_list"] for first, _ in one["relevant_text_span"]]
    return _sample(path, facts, said, starts, origin="speech")


def _sample(
    path: Path,
    facts: EpisodeFacts,
    said: Sequence[_Said],
    starts: Sequence[tuple[int, str]],
    fine: Sequence[tuple[int, str]] = (),
    *,
    origin: Origin,
) -> Sample:
    boundaries, titles = _in_order(starts, len(said))
    smaller, smaller_titles = _in_order(fine, len(said))
    transcript = Transcript(
        utterances=_timed(said), language="en", origin=origin, times=_times(said), automatic=origin == "speech"
    )
    return Sample(path.stem, facts, transcript, boundaries, titles, smaller, smaller_titles)


def _in_order(starts: Sequence[tuple[int, str]], count: int) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Each place once, with the first of its titles."""
    placed: dict[int, str] = {}
    for at, title in sorted(starts, key=lambda one: one[0]):
        if 0 <= at < count:
            placed.setdefault(at, title)
    return tuple(placed), tuple(placed.values())


def _times(said: Sequence[_Said]) -> Times:
    known = sum(one.start is not None for one in said)
    return "estimated" if not known else "given" if known * 2 > len(said) else "sparse"


def _timed(said: Sequence[_Said]) -> tuple[Utterance, ...]:
    """One utterance for each, in the same order; a time that steps back is that of the utterance before."""
    latest: float = 0
    known: list[float | None] = []
    for one in said:
        latest = max(latest, one.start or 0)
        known.append(None if one.start is None else latest)
    texts = [" ".join(one.text.split()) or "…" for one in said]
    moments = spread(texts, known)
    return tuple(
        Utterance(start, max(start, one.end if one.end is not None else following), one.speaker or None, text)
        for one, text, (start, following) in zip(said, texts, pairwise(moments), strict=True)
    )


def _identity(path: Path) -> str:
    return hashlib.sha256(path.stem.encode()).hexdigest()[:16]

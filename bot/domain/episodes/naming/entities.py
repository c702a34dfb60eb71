"""What an episode speaks of most: people, organisations, software, concepts, places and works.

Each with a line and times.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Sequence

from bot.domain.episode import Chapter, Entity, Mention
from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.episodes.naming.cast import Cast
from bot.domain.episodes.naming.describing import described
from bot.domain.episodes.naming.hearing import Talk
from bot.domain.episodes.naming.said import of_talk
from bot.domain.episodes.naming.spelling import parts
from bot.domain.episodes.naming.subjects import Subject, subjects
from bot.domain.episodes.naming.terms import Place
from bot.domain.transcript import Transcript, Utterance

MOST = 15
_SHOWN = 3
"""Mentions with words."""
_SNIPPET = 12
"""Words of a mention."""
_WORDS_EACH = 600
"""Of talk, for each entity: an hour has about nine thousand."""
_MOST_OF_TYPE = {"concept": 7, "place": 3}
_LONG = 30.0
"""Seconds of an utterance from which on the place within it is reckoned by characters."""
_SENTENCE = re.compile(r"[.?!…]+[\"”»]?\s")


def entities(
    transcript: Transcript, facts: EpisodeFacts, cast: Cast, chapters: Sequence[Chapter]
) -> tuple[Entity, ...]:
    """The most talked-about, first of all: 8 to 15 of an hour, fewer of less.

    How much is made of one: its mentions, spread over chapters, more for a name of several words and for one that
    notes or title hold too. Who speaks is left out. Advertisements count for nothing.
    """
    talk, found = subjects(_without_ads(transcript, chapters), facts, cast)
    starts = [chapter.start for chapter in chapters]
    told = f"{facts.title}\n{facts.notes[:20_000]}".lower()
    speaking = {parts(person.name) for person in cast.people if person.role != "named"}
    speaking |= {parts(one.name) for one in of_talk(transcript.utterances) if one.label is not None}
    ranked = []
    for subject in found:
        if parts(subject.name) in speaking or _is_show(subject, facts):
            continue
        line = described(subject.name, subject.places, talk, term=subject.term)
        if len(subject.places) > 1 or line or subject.name.lower() in told:
            ranked.append((_weight(subject, transcript, starts, told, described=bool(line)), subject, line))
    ranked.sort(key=lambda one: (-one[0], one[1].name))
    words = sum(said.text.count(" ") + 1 for said in transcript.utterances)
    room = min(MOST, max(3, round(words / _WORDS_EACH)))
    chosen = _chosen([(subject, line) for _, subject, line in ranked], room)
    return tuple(_entity(subject, line, transcript, talk) for subject, line in chosen)


def _without_ads(transcript: Transcript, chapters: Sequence[Chapter]) -> Transcript:
    """The same utterances, those within chapters of advertising marked."""
    breaks = [(one.start, one.end) for one in chapters if one.kind == "ad"]
    if not breaks:
        return transcript
    marked = tuple(
        Utterance(said.start, said.end, said.speaker, said.text, ad=True)
        if any(start <= said.start < end for start, end in breaks)
        else said
        for said in transcript.utterances
    )
    return Transcript(
        marked,
        transcript.language,
        transcript.origin,
        transcript.times,
        transcript.repairs,
        transcript.automatic,
        transcript.also,
    )


def _is_show(subject: Subject, facts: EpisodeFacts) -> bool:
    return subject.name.lower() == (facts.show or "").lower()


def _weight(subject: Subject, transcript: Transcript, starts: Sequence[float], told: str, *, described: bool) -> float:
    within = {bisect_right(starts, transcript.utterances[place.utterance].start) for place in subject.places}
    weight = math.pow(len(subject.places), 0.75) * (1 + math.log2(len(within)) / 2)
    weight *= 1.25 if " " in subject.name and not subject.term else 1.0
    weight *= 0.8 if subject.term or subject.type == "place" else 1.0
    weight *= 1.5 if subject.name.lower() in told else 1.0
    return weight * (1.3 if described else 1.0)


def _chosen(ranked: Sequence[tuple[Subject, str]], room: int) -> list[tuple[Subject, str]]:
    """The first ones, not too many of a type that is easily found."""
    counts: dict[str, int] = {}
    kept: list[tuple[Subject, str]] = []
    for subject, line in ranked:
        if counts.get(subject.type, 0) >= _MOST_OF_TYPE.get(subject.type, room) or len(kept) == room:
            continue
        if subject.term and any(_overlap(subject.name, other.name) for other, _ in kept):
            continue
        counts[subject.type] = counts.get(subject.type, 0) + 1
        kept.append((subject, line))
    return kept


def _overlap(name: str, other: str) -> bool:
    """Whether one is a part of the other, as `soft fork` is of `soft fork proposal`."""
    left, right = name.lower().split(), other.lower().split()
    short, long = sorted((left, right), key=len)
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def _entity(subject: Subject, line: str, transcript: Transcript, talk: Talk) -> Entity:
    times = tuple(_at(transcript.utterances[place.utterance], place) for place in subject.places)
    shown = tuple(
        Mention(at, _snippet(place, talk)) for at, place in list(zip(times, subject.places, strict=True))[:_SHOWN]
    )
    as_heard = transcript.automatic and not subject.trusted and not subject.term
    return Entity(subject.name, subject.type, line, shown, times, as_heard)


def _at(said: Utterance, place: Place) -> float:
    """When it is said: the start of the utterance, reckoned by characters within a long one."""
    if said.end - said.start <= _LONG:
        return said.start
    return round(said.start + (said.end - said.start) * place.start / max(1, len(said.text)), 3)


def _snippet(place: Place, talk: Talk) -> str:
    """At most twelve words of its sentence, with the name among them, as they stand."""
    text = talk.texts[place.utterance]
    start = max((found.end() for found in _SENTENCE.finditer(text, 0, place.start)), default=0)
    after = _SENTENCE.search(text, place.end)
    end = after.end() - 1 if after else len(text)
    words = [match.span() for match in re.finditer(r"\S+", text[start:end])]
    words = [(a + start, b + start) for a, b in words]
    links = [(a, b) for a, b in words if "://" in text[a:b] and not a <= place.start < b]
    low = max((b for _, b in links if b <= place.start), default=start)
    high = min((a for a, _ in links if a >= place.end), default=end)
    words = [(a, b) for a, b in words if a >= low and b <= high]
    first = next(i for i, (_, b) in enumerate(words) if b > place.start)
    last = max(i for i, (a, _) in enumerate(words) if a < place.end)
    while last - first + 1 < _SNIPPET and (first > 0 or last + 1 < len(words)):
        if first > 0:
            first -= 1
        if last + 1 < len(words) and last - first + 1 < _SNIPPET:
            last += 1
    return text[words[first][0] : words[min(last, first + _SNIPPET - 1)][1]]

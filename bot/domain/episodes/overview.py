"""The paragraph that stands for an episode, without a model: facts in our words, then what was really said.

Our sentences say who talks, for how long and about which named things; the rest are quotations under names. Where there
is no transcript, the publisher's own sentences are quoted and said to be theirs.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.durations import duration
from bot.domain.episode import OVERVIEW_WORDS, Chapter, Entity, EpisodeQuote, Told
from bot.domain.episodes.announcing import announced
from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.episodes.moments import moment, words_in
from bot.domain.episodes.naming.cast import Cast
from bot.domain.episodes.sayings import strength
from bot.domain.episodes.words import listed
from bot.domain.phrasing import Say
from bot.domain.quotable import balanced, is_harmless
from bot.domain.text.sentences import sentences
from bot.domain.text.words import stems
from bot.domain.transcript import Transcript

_PLATFORMS = frozenset({
    "youtube", "twitter", "spotify", "patreon", "slack", "discord", "zoom", "linkedin", "facebook", "instagram",
    "reddit", "apple podcasts", "itunes", "overcast", "mastodon", "telegram", "google", "twitch", "tiktok",
    "hacker news", "x",
})  # fmt: skip
"""Where talk is found and discussed; it is about one of them only if its title says so."""
_LEAST_WORDS, _MOST_WORDS = OVERVIEW_WORDS
_NAMED = 4
"""Things that the overview names."""
_STATEMENTS = 3
_STATEMENT_WORDS = 45
_ENDS = 30
"""Words of the beginning or the end of a transcript in which nothing can be told apart."""
_TITLES = 60
"""Words of titles."""
_OTHER_SPEAKER = 1.3
_NAMING, _GUEST = 1.3, 1.3
"""How much more a statement is worth that names one of the episode's people or things, or is a guest's."""
_MOST_NAMING = 2
_TITLED = 1.3
"""How much more it is worth with a word of its chapter's title."""
_LATE = 0.7
"""Share of the talk after which it is where it ends up."""
_GOODBYE = 60.0
"""Seconds at the very end, in which nothing is said but goodbye."""
_NOTE_WORDS = range(4, 61)
_UNTOLD = ("http", "www.", "sponsor", "subscrib", "спонсор", "подпис", "patreon", "@")


def overview(
    facts: EpisodeFacts,
    transcript: Transcript | None,
    cast: Cast,
    chapters: Sequence[Chapter],
    entities: Sequence[Entity],
    say: Say,
) -> tuple[Told, ...]:
    """Sentences of 60 to 130 words together; without a transcript they may be fewer."""
    opening = _opening(facts, transcript, cast, chapters, say)
    if transcript is None:
        return (*opening, *_published(facts, _MOST_WORDS - _length(opening), say))
    told = [*opening, *_about(transcript, cast, say), *_named(facts, chapters, entities, cast, say)]
    guests = {person.name for person in cast.people if person.role == "guest"}
    told += _statements(_found(chapters, entities, guests), _MOST_WORDS - _length(told), say)
    fills = _fills(transcript, chapters, say)
    at = len(opening) + len(told[len(opening) :]) - sum(bool(one.at) for one in told)
    while _length(told) < _LEAST_WORDS and (fill := next(fills, None)) is not None:
        if _length(told) + words_in(fill.text) <= _MOST_WORDS:
            told.insert(at, fill)
            at += 1
    return tuple(told)


def _length(told: Sequence[Told]) -> int:
    return words_in(" ".join(one.text for one in told))


def _opening(
    facts: EpisodeFacts, transcript: Transcript | None, cast: Cast, chapters: Sequence[Chapter], say: Say
) -> list[Told]:
    """Who talks with whom, for how long, in how many parts."""
    seconds = facts.duration or (transcript.seconds if transcript else None)
    if seconds is None or not chapters:
        return []
    time, count = duration(seconds), len(chapters)
    hosts = [person.name for person in cast.people if person.role == "host"]
    guests = [person.name for person in cast.people if person.role == "guest"]
    everybody = [*hosts, *guests]
    if hosts and guests:
        text = say(
            "overview-guests",
            hosts=listed(hosts, say),
            guests=listed(guests, say),
            count=len(hosts),
            time=time,
            chapters=count,
        )
    elif len(everybody) > 1:
        text = say("overview-talk", names=listed(everybody, say), time=time, chapters=count)
    elif everybody:
        text = say("overview-alone", name=everybody[0], time=time, chapters=count)
    else:
        text = say("overview-nobody", time=time, chapters=count)
    return [Told(text)]


def _about(transcript: Transcript, cast: Cast, say: Say) -> list[Told]:
    """What the episode is about, where somebody says so at its beginning."""
    about = announced(transcript, cast)
    if about is None:
        return []
    if about.speaker is None:
        return [Told(say("overview-about-unnamed", words=about.text), (about.at,))]
    return [Told(say("overview-about", name=about.speaker, words=about.text), (about.at,))]


def _named(
    facts: EpisodeFacts, chapters: Sequence[Chapter], entities: Sequence[Entity], cast: Cast, say: Say
) -> list[Told]:
    """What is named most often: without those who speak, the show, and where to find it."""
    told = _folded(facts.title)
    left_out = {person.name for person in cast.people if person.role != "named"}
    words = {word for name in left_out for word in name.split()}
    show = _folded(facts.show or "")
    subjects = [chapter for chapter in chapters if chapter.kind == "topic"]
    others = [
        one
        for one in entities
        if not words.issuperset(one.name.split())
        and _folded(one.name) != show
        and (_folded(one.name) in told or (one.name.casefold() not in _PLATFORMS and _is_within(one, subjects)))
    ]
    others.sort(key=lambda one: -len(one.times or one.mentions))
    names: list[str] = []
    for one in others:
        if not any(_folded(one.name) in _folded(name) or _folded(name) in _folded(one.name) for name in names):
            names.append(one.name)
    return [Told(say("overview-named", names=listed(names[:_NAMED], say)))] if names else []


def _folded(text: str) -> str:
    return f" {' '.join(text.casefold().split())} "


def _is_within(entity: Entity, chapters: Sequence[Chapter]) -> bool:
    """Whether most of its mentions stand in chapters that are no greeting and no goodbye."""
    times = entity.times or tuple(mention.at for mention in entity.mentions)
    inside = sum(any(chapter.start <= at <= chapter.end for chapter in chapters) for at in times)
    return not chapters or 2 * inside > len(times)


@dataclass(frozen=True, slots=True)
class _Statement:
    chapter: Chapter
    quote: EpisodeQuote
    strength: float


def _found(chapters: Sequence[Chapter], entities: Sequence[Entity], guests: Collection[str]) -> list[_Statement]:
    """What is quoted of the chapters, with its strength: more where something is named, and of guests."""
    names = [one.name for one in entities]
    return [
        _Statement(
            chapter,
            quote,
            strength(quote.text)
            * _NAMING ** min(_MOST_NAMING, sum(name in quote.text for name in names))
            * (_TITLED if any(word in titled for word in stems(quote.text)) else 1.0)
            * (_GUEST if quote.speaker in guests else 1.0),
        )
        for chapter in chapters
        if chapter.kind == "topic"
        for titled in [frozenset(stems(chapter.title))]
        for quote in chapter.quotes
        if words_in(quote.text) <= _STATEMENT_WORDS
    ]


def _statements(found: list[_Statement], room: int, say: Say) -> list[Told]:
    """The strongest of different people and chapters, in order; the last one from where the talk ends up."""
    if not found:
        return []
    late = found[0].chapter.start + _LATE * (found[-1].chapter.end - found[0].chapter.start)
    leaving = found[-1].chapter.end - _GOODBYE
    last = max((one for one in found if late <= one.quote.at <= leaving), default=found[-1], key=_best)
    chosen = [last]
    while len(chosen) < _STATEMENTS and (best := _next(found, chosen)) is not None:
        found.remove(best)
        if words_in(_text(best, last, 0, say)) + sum(words_in(_text(one, last, 1, say)) for one in chosen) <= room:
            chosen.append(best)
    chosen.sort(key=lambda one: one.quote.at)
    return [Told(_text(one, last, place, say), (one.quote.at,)) for place, one in enumerate(chosen)]


def _best(one: _Statement) -> tuple[float, float]:
    return one.strength, -one.quote.at


def _next(found: Sequence[_Statement], chosen: Sequence[_Statement]) -> _Statement | None:
    """The strongest of the chapters that are not quoted yet, before the last one; more of who is not quoted yet."""
    numbers = {one.chapter.number for one in chosen}
    heard = {one.quote.speaker for one in chosen}
    free = [one for one in found if one.chapter.number not in numbers and one.quote.at < chosen[0].quote.at]
    return max(
        free,
        key=lambda one: (one.strength * (1 if one.quote.speaker in heard else _OTHER_SPEAKER), -one.quote.at),
        default=None,
    )


def _text(one: _Statement, last: _Statement, place: int, say: Say) -> str:
    name, words, title = one.quote.speaker, one.quote.text, one.chapter.title
    if one is last and place:
        return say("overview-end", name=name, words=words) if name else say("overview-end-unnamed", words=words)
    if name is None:
        return say("overview-in-unnamed", title=title, words=words)
    return say("overview-also" if place else "overview-in", title=title, name=name, words=words)


def _fills(transcript: Transcript, chapters: Sequence[Chapter], say: Say) -> Iterator[Told]:
    """More facts, for talk that has few sentences to quote."""
    titles = [chapter.title for chapter in chapters]
    while len(titles) > 1 and words_in("; ".join(titles)) > _TITLES:
        titles.pop()
    if len(titles) == len(chapters) > 1:
        yield Told(say("overview-parts", titles="; ".join(titles)))
    longest = max(chapters, key=lambda one: (one.end - one.start, -one.number), default=None)
    if longest is not None and len(chapters) > 1:
        yield Told(say("overview-longest", title=longest.title, time=duration(longest.end - longest.start)))
    yield from _most_said(chapters, say)
    words = [one for one in transcript.utterances if not one.ad] or list(transcript.utterances)
    begins = _cut(words[0].text, first=True)
    yield Told(say("overview-begins", words=begins), (words[0].start,))
    closes = _cut(words[-1].text, first=False)
    yield Told(say("overview-closes", words=closes), (moment(words[-1], len(words[-1].text) - len(closes)),))


def _most_said(chapters: Sequence[Chapter], say: Say) -> Iterator[Told]:
    counts: dict[str, int] = {}
    for chapter in chapters:
        for share in chapter.shares:
            counts[share.speaker] = counts.get(share.speaker, 0) + share.words
    if len(counts) > 1:
        name, most = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
        yield Told(say("overview-most", name=name, percent=round(100 * most / sum(counts.values()))))


def _cut(text: str, *, first: bool) -> str:
    """Some words of a text as they stand, from its beginning or its end."""
    spots = [at for at, letter in enumerate(text) if letter == " "]
    if words_in(text) <= _ENDS:
        return text
    if len(spots) < _ENDS:
        return text[: 2 * _ENDS] if first else text[-2 * _ENDS :]
    return text[: spots[_ENDS - 1]] if first else text[spots[-_ENDS] + 1 :]


def _published(facts: EpisodeFacts, room: int, say: Say) -> list[Told]:
    """Sentences of the publisher, as they stand; those that follow each other in one quotation."""
    told: list[Told] = []
    for run in _passages(facts.notes):
        key = "overview-notes-more" if told else "overview-notes"
        text = next(
            (text for words in _shorter(facts.notes, run) if words_in(text := say(key, words=words)) <= room), None
        )
        if text is None:
            break
        told.append(Told(text))
        room -= words_in(text)
    return told or [Told(say("overview-notes-none"))]


def _shorter(notes: str, run: Sequence[tuple[int, int]]) -> Iterator[str]:
    """All sentences of a run, then without the last one, and so on."""
    for count in range(len(run), 0, -1):
        yield notes[run[0][0] : run[count - 1][1]]


def _passages(notes: str) -> list[list[tuple[int, int]]]:
    """Runs of sentences on one line that could be quoted."""
    runs: list[list[tuple[int, int]]] = [[]]
    before = 0
    for start, end in sentences(notes):
        if not _tells(notes[start:end]) or "\n" in notes[before:start]:
            runs.append([])
        if _tells(notes[start:end]):
            runs[-1].append((start, end))
        before = end
    return [run for run in runs if run]


def _tells(text: str) -> bool:
    low = text.lower()
    whole = text.endswith((".", "!", "?", "。", "！", "？", "…")) and "\n" not in text
    return (
        whole
        and words_in(text) in _NOTE_WORDS
        and balanced(text)
        and is_harmless(text)
        and not any(mark in low for mark in _UNTOLD)
    )

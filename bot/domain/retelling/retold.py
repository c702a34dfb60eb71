"""An overview in words of a model: what it is shown, and what of its answers is put in the place of what was chosen.

Only titles, summaries, the paragraph and the lines on people and things are ever written; chapters, quotations, names
and times stay as they are. What does not stand is dropped, and where too little is left, what was chosen stands.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from bot.domain.durations import duration
from bot.domain.edition import in_order
from bot.domain.episode import OVERVIEW_WORDS, Chapter, Entity, Episode, Told
from bot.domain.episodes.check import faults
from bot.domain.episodes.moments import words_in
from bot.domain.prose.shapes import ChapterProse, ChaptersProse, Cited, EpisodeProse
from bot.domain.prose.showing import folded
from bot.domain.retelling.witness import Stand, Witness
from bot.domain.text.visible import visible
from bot.domain.tokens import tokens_of
from bot.domain.transcript import Transcript

MOST_SENTENCES: Final = 4
"""Of a summary."""
_OVERVIEW_SENTENCES: Final = range(3, 9)
_SLACK: Final = 1.0
"""Seconds within which a passage is the one that was chosen from."""
_MENTIONS: Final = 2
"""Of a person or thing, that a model is shown the words around."""
_HEAD: Final = 40
"""Tokens of what stands above the passages of a chapter."""


@dataclass(frozen=True, slots=True)
class Page:
    """What one call is shown: some chapters, or the whole."""

    numbers: tuple[int, ...]
    """Of the chapters."""
    text: str
    shown: tuple[str, ...]
    """Ids of the passages: nothing else is evidence."""


@dataclass(frozen=True, slots=True)
class WholePage:
    """What the last call is shown."""

    chapters: str
    entities: str
    passages: str
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retold:
    """An overview as far as it is written."""

    episode: Episode
    written: int = 0
    """Sentences, titles and lines that stand."""
    dropped: int = 0


# ------------------------------------------------------------ what is shown


def known(episode: Episode) -> str:
    """What every call is told of an episode: its title, its show, who speaks in it."""
    lines = [f"title: {folded(episode.title)}"]
    lines += [f"show: {folded(episode.show)}"] if episode.show else []
    lines += [f"{one.role}: {folded(one.name)}" for one in episode.people]
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Room:
    """How much the calls may be shown, in tokens."""

    page: int
    """On one page, with what is answered to it."""
    whole: int
    """On all pages."""
    answer: int
    """What is answered on one chapter."""
    chapters: int
    """That are told, the longest ones."""


def pages(episode: Episode, witness: Witness, room: Room) -> tuple[Page, ...]:
    """The chapters that are told, on as few pages as there is room on.

    Where there is less room than words, each chapter gives up its share: what was chosen from stays, of the rest what
    lies evenly between.
    """
    chapters = _longest(episode, witness, room.chapters)
    sizes = {chapter.number: _size(witness.chapters[chapter.number], witness) for chapter in chapters}
    share = min(1.0, room.whole / max(1, sum(sizes.values())))
    found: list[Page] = []
    left = 0
    for chapter in chapters:
        most = min(room.page - room.answer, round(share * sizes[chapter.number]))
        shown = sampled(witness.chapters[chapter.number], _chosen(chapter, witness), witness, most - _HEAD)
        text = _shown_chapter(chapter, shown, witness)
        size = tokens_of(text) + room.answer
        if found and size <= left:
            last = found[-1]
            found[-1] = Page((*last.numbers, chapter.number), f"{last.text}\n\n{text}", (*last.shown, *shown))
            left -= size
        else:
            found.append(Page((chapter.number,), text, shown))
            left = room.page - size
    return tuple(one for one in found if one.shown)


def _longest(episode: Episode, witness: Witness, most: int) -> list[Chapter]:
    told = [chapter for chapter in episode.chapters if chapter.number in witness.chapters]
    longest = sorted(told, key=lambda chapter: (chapter.start - chapter.end, chapter.number))[:most]
    return sorted(longest, key=lambda chapter: chapter.number)


def sampled(ids: Sequence[str], first: Collection[str], witness: Witness, most: int) -> tuple[str, ...]:
    """As many passages as there are tokens for: `first` those that matter, then the others, evenly; in their order."""
    every = witness.passages()
    left, kept = most, set[str]()
    rest = [i for i in ids if i not in first]
    for i in chain((i for i in ids if i in first), _evenly(rest)):
        size = tokens_of(_line(i, every[i][0].thinker, every[i][1].text))
        if size <= left:
            left -= size
            kept.add(i)
    return tuple(i for i in ids if i in kept)


def whole_page(retold: Retold, cited: Collection[str], witness: Witness, *, most: int) -> WholePage:
    """What the paragraph and the lines are written from: what the chapters rest on, and where things are named."""
    episode, every = retold.episode, witness.passages()
    order = [i for ids in witness.chapters.values() for i in ids]
    chosen = {i for chapter in episode.chapters for i in _chosen(chapter, witness)}
    named = {i for entity in episode.entities for i in _mentioned(entity, witness)}
    told = [chapter for chapter in episode.chapters if chapter.number in witness.chapters]
    titles = [f"{chapter.number}. {folded(chapter.title)}" for chapter in told]
    lines = [f"{title}: {folded(chapter.summary)}" for title, chapter in zip(titles, told, strict=True)]
    chapters = "\n".join(lines if tokens_of("\n".join(lines)) <= most // 3 else titles)
    entities = "\n".join(f"{n}. {folded(one.name)} ({one.type})" for n, one in enumerate(episode.entities, 1))
    first = {i for i in order if i in cited} or chosen
    left = most - tokens_of(chapters) - tokens_of(entities)
    shown = sampled([i for i in order if i in first | chosen | named], first, witness, left)
    passages = "\n".join(_line(i, every[i][0].thinker, every[i][1].text) for i in shown)
    return WholePage(chapters, entities or "none", passages, shown)


def _shown_chapter(chapter: Chapter, shown: Sequence[str], witness: Witness) -> str:
    every = witness.passages()
    head = f"## Chapter {chapter.number}, {duration(chapter.start)} to {duration(chapter.end)}"
    title = [f"title, which stays: {folded(chapter.title)}"] if chapter.origin == "publisher" else []
    return "\n".join([head, *title, *(_line(i, every[i][0].thinker, every[i][1].text) for i in shown)])


def _line(i: str, speaker: str, text: str) -> str:
    """`[2.7] Name: words`, on one line."""
    return f"[{i}] {folded(speaker)}: {folded(text)}"


def _size(ids: Sequence[str], witness: Witness) -> int:
    every = witness.passages()
    return _HEAD + sum(tokens_of(_line(i, every[i][0].thinker, every[i][1].text)) for i in ids)


def _evenly(ids: Sequence[str]) -> Iterator[str]:
    """All of them, so that any beginning of the row is spread over the whole: by halves."""
    step = 1
    while step < len(ids):
        step *= 2
    done: set[int] = set()
    while step:
        for place in range(0, len(ids), step):
            if place not in done:
                done.add(place)
                yield ids[place]
        step //= 2


def _chosen(chapter: Chapter, witness: Witness) -> set[str]:
    """The passages of a chapter that its summary and its quotations were chosen from."""
    times = [*(at for told in chapter.told for at in told.at), *(quote.at for quote in chapter.quotes)]
    return _around(times, witness.chapters.get(chapter.number, ()), witness)


def _mentioned(entity: Entity, witness: Witness) -> set[str]:
    ids = [i for own in witness.chapters.values() for i in own]
    return _around([mention.at for mention in entity.mentions[:_MENTIONS]], ids, witness)


def _around(times: Sequence[float], ids: Sequence[str], witness: Witness) -> set[str]:
    """The last passage that begins at each of these moments or before it."""
    every = witness.passages()
    starts = [(every[i][1].at or 0.0, i) for i in ids]
    found = (max(((s, i) for s, i in starts if s <= at + _SLACK), default=None) for at in times)
    return {pair[1] for pair in found if pair is not None}


# ------------------------------------------------------------ what is taken


def with_chapters(
    episode: Episode, witness: Witness, answers: Sequence[tuple[Page, ChaptersProse]]
) -> tuple[Retold, tuple[str, ...]]:
    """The overview with what stands of titles and summaries; and the passages that these rest on."""
    made = {chapter.number: chapter for chapter in episode.chapters}
    titles = {chapter.title.casefold() for chapter in episode.chapters}
    written = dropped = 0
    cited: list[str] = []
    for page, prose in answers:
        stand = witness.stand(page.shown)
        for one in _once(prose, page.numbers):
            own = frozenset(witness.chapters[one.chapter])
            title = _title(one, made[one.chapter], stand, own, titles)
            told = _summary(one.summary, stand, own)
            wanted = min(len(one.summary), MOST_SENTENCES)
            made[one.chapter] = _chapter(made[one.chapter], title, told, witness)
            titles |= {title.text.casefold()} if title else set()
            written += len(told) + (title is not None)
            dropped += wanted - len(told)
            cited += [i for sentence in told for i in sentence.evidence]
    chapters = tuple(made[chapter.number] for chapter in episode.chapters)
    return Retold(replace(episode, chapters=chapters), written, dropped), tuple(in_order(set(cited)))


def with_whole(retold: Retold, witness: Witness, page: WholePage, prose: EpisodeProse) -> Retold:
    """The overview with a paragraph and lines that stand; too short a paragraph leaves the one that was chosen."""
    stand = witness.stand(page.shown)
    told = _fitting(_sentences(prose.overview, stand))
    episode, entities, lines = retold.episode, *_lines(retold.episode, prose, stand)
    dropped = retold.dropped + max(0, min(len(prose.overview), max(_OVERVIEW_SENTENCES)) - len(told))
    episode = replace(episode, entities=entities)
    least, _ = OVERVIEW_WORDS
    if words_in(_text(told)) >= least and len(told) in _OVERVIEW_SENTENCES:
        sentences = tuple(_told(one, witness) for one in told)
        episode = replace(episode, told=sentences, overview=_text(told))
    else:
        told = []
    return Retold(episode, retold.written + len(told) + lines, dropped)


def finished(selected: Episode, retold: Retold, transcript: Transcript, writer: str) -> tuple[Episode, tuple[str, ...]]:
    """The written overview, if it is whole, and says who wrote it; else the selected one, and what was wrong."""
    if not retold.written:
        return selected, ()
    made = _named_as_told(selected, retold.episode)
    sentences = len(made.told) + sum(len(chapter.told) for chapter in made.chapters)
    card = replace(made.card, writer=writer, sentences=sentences, sentences_dropped=retold.dropped)
    made = replace(made, card=card)
    wrong = faults(made, transcript)
    return (selected, wrong) if wrong else (made, ())


def _named_as_told(selected: Episode, made: Episode) -> Episode:
    """With the titles of before of those chapters that the paragraph calls by them: it is that of before, too."""
    if made.told != selected.told:
        return made
    chapters = tuple(
        replace(after, title=before.title) if before.title in made.overview else after
        for before, after in zip(selected.chapters, made.chapters, strict=True)
    )
    return replace(made, chapters=chapters)


def _once(prose: ChaptersProse, numbers: Collection[int]) -> Iterator[ChapterProse]:
    """What was written of the chapters that were asked for, of each the first."""
    seen: set[int] = set()
    for one in prose.chapters:
        if one.chapter in numbers and one.chapter not in seen:
            seen.add(one.chapter)
            yield one


def _title(
    one: ChapterProse, chapter: Chapter, stand: Stand, own: Collection[str], taken: Collection[str]
) -> Cited | None:
    """A title that may stand; a publisher's own stays."""
    text = _tidy(one.title.text).rstrip(".")
    evidence = _evidence(one.title.evidence)
    if chapter.origin == "publisher" or text.casefold() in taken or not set(evidence) <= set(own):
        return None
    return Cited(text, evidence) if stand.stands(text, evidence, "title") else None


def _summary(sentences: Sequence[Cited], stand: Stand, own: Collection[str]) -> list[Cited]:
    within = [one for one in sentences[:MOST_SENTENCES] if set(_evidence(one.evidence)) <= set(own)]
    return _sentences(within, stand)


def _sentences(sentences: Sequence[Cited], stand: Stand) -> list[Cited]:
    """Those that stand, each once."""
    found: dict[str, Cited] = {}
    for one in sentences[: max(_OVERVIEW_SENTENCES)]:
        text, evidence = _ended(_tidy(one.text)), _evidence(one.evidence)
        if text.casefold() not in found and stand.stands(text, evidence):
            found[text.casefold()] = Cited(text, evidence)
    return list(found.values())


def _lines(episode: Episode, prose: EpisodeProse, stand: Stand) -> tuple[tuple[Entity, ...], int]:
    """People and things with the lines that stand and are about them; and how many those are."""
    lines: Mapping[int, str] = {
        one.entity: text
        for one in reversed(prose.entities)
        if 1 <= one.entity <= len(episode.entities)
        and _is_on(episode.entities[one.entity - 1], evidence := _evidence(one.evidence), stand)
        and stand.stands(text := _ended(_tidy(one.text)), evidence, "line")
    }
    entities = tuple(
        replace(entity, description=lines.get(n, entity.description)) for n, entity in enumerate(episode.entities, 1)
    )
    return entities, len(lines)


def _is_on(entity: Entity, evidence: Sequence[str], stand: Stand) -> bool:
    """Whether a passage names it, or it is who speaks."""
    return any(entity.name.casefold() in text.casefold() for text in stand.held(evidence))


def _chapter(chapter: Chapter, title: Cited | None, told: Sequence[Cited], witness: Witness) -> Chapter:
    if title is not None:
        chapter = replace(chapter, title=title.text)
    if not told:
        return chapter
    sentences = tuple(_told(one, witness) for one in told)
    return replace(chapter, told=sentences, summary=_text(told))


def _told(one: Cited, witness: Witness) -> Told:
    every = witness.passages()
    times = sorted({every[i][1].at or 0.0 for i in one.evidence})
    return Told(one.text, tuple(times))


def _fitting(told: list[Cited]) -> list[Cited]:
    """As many of the first sentences as a paragraph holds."""
    _, most = OVERVIEW_WORDS
    while told and words_in(_text(told)) > most:
        told = told[:-1]
    return told


def _text(told: Sequence[Cited]) -> str:
    return " ".join(one.text for one in told)


def _tidy(text: str) -> str:
    return folded(visible(text))


def _ended(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?", "…", "”", "»", '"', "。", "！", "？")) else f"{text}."


def _evidence(ids: Sequence[str]) -> tuple[str, ...]:
    """Ids as they were given, without the brackets in which some write them; each once."""
    return tuple(dict.fromkeys(stripped for i in ids if (stripped := i.strip(" []()"))))

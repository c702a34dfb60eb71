"""Look-ups of chapters: all of them, one, the words around a moment, and more of what is said in one."""

from collections import Counter
from dataclasses import replace

from bot.domain.chapters import best_quotes, neighbours, quotes_shown, words_shown
from bot.domain.conversation.asking import content
from bot.domain.conversation.episode.saying import (
    around,
    at,
    listening,
    quotation,
    replying,
    said,
    span,
    told,
    turn,
)
from bot.domain.conversation.episode.shelf import EpisodeShelf
from bot.domain.conversation.wording import Wording
from bot.domain.durations import duration
from bot.domain.edition import CitedPassage, Sentence
from bot.domain.episode import Chapter
from bot.domain.episodes.moments import words_of
from bot.domain.reply import MOST_WORDS_OF_AN_ITEM, Action, Reply, ReplyKind
from bot.domain.text.sentences import sentences

_LEAST_AROUND = 15
"""Words around a moment that are worth reading."""
_MOST_STATEMENTS = 6
_STATEMENT = range(6, 41)
"""Words of a statement that stands by itself."""


def every_chapter(shelf: EpisodeShelf, wording: Wording) -> Reply:
    """All chapters with the times they begin at."""
    chapters = shelf.episode.chapters
    if not chapters:
        return replying("list", [wording.plain("chapters-none")], shelf)
    lines = [wording.plain("numbered", at(shelf, c.start), number=c.number, title=c.title) for c in chapters]
    first = next((chapter.number for chapter in chapters if chapter.kind == "topic"), chapters[0].number)
    head = wording.plain("chapters-head", n=len(chapters))
    return replying("list", [head, *lines], shelf, [turn("read-chapter", first)])


def chapter(found: Chapter, shelf: EpisodeShelf, wording: Wording, moment: float | None = None) -> Reply:
    """What a chapter says, each sentence with its time, and what was said; of a moment in it, the words around it."""
    head = {"title": found.title, "span": span(found, wording)}
    lines = [wording.plain("chapter-head", at(shelf, found.start), number=found.number, **head)]
    lines += [told(line, shelf) for line in found.told] or [Sentence(found.summary, at(shelf, found.start))]
    if moment is None:
        lines += [quotation(quote, shelf, wording) for quote in quotes_shown(found, shelf.episode)]
    elif (room := _room(found, shelf)) >= _LEAST_AROUND and (near := around(moment, shelf, room)):
        lines.append(wording.plain("said-around", time=duration(moment)))
        lines += [said(passage, shelf, wording) for passage in near]
    before, after = neighbours(shelf.episode.chapters, found.number)
    turns = [turn(key, number) for key, number in (("prev", before), ("next", after)) if number is not None]
    ways = [*turns, *listening(shelf, found.start if moment is None else moment)]
    return replying("chapter", lines, shelf, ways, found.number)


def deeper(found: Chapter, shelf: EpisodeShelf, wording: Wording) -> Reply:
    """More of what is said in a chapter: what speaks most of its subject, in order, verbatim."""
    lines = [said(passage, shelf, wording) for passage in _statements(found, shelf)]
    head = wording.plain("deeper-head" if lines else "deeper-nothing", number=found.number, title=found.title)
    ways = [turn("read-chapter", found.number), *listening(shelf, found.start)]
    return replying("deeper", [head, *lines], shelf, ways, found.number)


def quotes(found: Chapter | None, shelf: EpisodeShelf, wording: Wording) -> Reply:
    """The quotations of a chapter, or the best of each."""
    actions = [Action("all-chapters", "list")]
    if found is not None:
        lines = [quotation(quote, shelf, wording) for quote in quotes_shown(found)]
        none = wording.plain("quotes-none-here", number=found.number)
        ways = [turn("read-chapter", found.number), *actions]
        return replying("quote", lines or [none], shelf, ways, found.number)
    lines = [quotation(quote, shelf, wording) for quote in best_quotes(shelf.episode.chapters)]
    if not lines:
        return replying("quote", [wording.plain("quotes-none")], shelf, actions)
    left = sum(len(one.quotes) for one in shelf.episode.chapters) - len(lines)
    example = max(shelf.episode.chapters, key=lambda one: (len(one.quotes), -one.number)).number
    more = [wording.plain("quotes-more", n=left, number=example)] if left > 0 else []
    return replying("quote", [*lines, *more], shelf, actions)


def unknown(kind: ReplyKind, shelf: EpisodeShelf, wording: Wording) -> Reply:
    """There is no such chapter: those that exist."""
    numbers = [one.number for one in shelf.episode.chapters]
    if not numbers:
        return replying(kind, [wording.plain("chapters-none")], shelf)
    end = duration(max(one.end for one in shelf.episode.chapters))
    line = wording.plain("no-such-chapter", most=max(numbers), time=end)
    return replying(kind, [line], shelf, [Action("all-chapters", "list")])


def _room(found: Chapter, shelf: EpisodeShelf) -> int:
    """Words of a transcript that may stand below what a chapter shows of it already; none where there is none."""
    return 0 if shelf.transcript is None else MOST_WORDS_OF_AN_ITEM - words_shown(found, shelf.episode)


def _statements(found: Chapter, shelf: EpisodeShelf) -> list[CitedPassage]:
    """Whole sentences of a chapter that share most with all of it, and were not quoted yet; in order.

    The score of a sentence is the sum of how often each of its stems stands in the chapter (those that stand there
    once say nothing of it), over the root of its length: sum-basic selection (Nenkova & Vanderwende 2005) without its
    discount, since a talk repeats what it is about.
    """
    passages = shelf.spoken(found.start, found.end)
    counted = Counter(stem for passage in passages for stem in content(passage.text))
    shown = " ".join(quote.original or quote.text for quote in found.quotes)
    scored: list[tuple[float, int, CitedPassage]] = []
    for passage in passages:
        for start, end in sentences(passage.text):
            text = passage.text[start:end]
            words = len(words_of(text))
            if words not in _STATEMENT or text.endswith("?") or text in shown:
                continue
            telling = sum(counted[stem] - 1 for stem in set(content(text)))
            scored.append((-telling / words**0.5, len(scored), replace(passage, text=text)))
    kept: list[tuple[int, CitedPassage]] = []
    left = MOST_WORDS_OF_AN_ITEM
    for _, order, passage in sorted(scored, key=lambda one: one[:2]):
        size = len(words_of(passage.text))
        if size <= left and len(kept) < _MOST_STATEMENTS:
            kept.append((order, passage))
            left -= size
    return [passage for _, passage in sorted(kept, key=lambda one: one[0])]

"""What a reader of an overview is led to: the best quotations of all, and the chapters before and after one."""

from collections.abc import Sequence
from itertools import pairwise

from bot.domain.episode import Chapter, Episode, EpisodeQuote
from bot.domain.episodes.moments import words_of
from bot.domain.reply import MOST_WORDS_OF_AN_ITEM

MOST_QUOTES = 10
"""Quotations of all chapters together."""


def best_quotes(chapters: Sequence[Chapter], most: int = MOST_QUOTES) -> list[EpisodeQuote]:
    """The first quotation of each chapter, then the second and so on, within `most` and within the words that one
    look-up shows; in the order of the talk.
    """
    ranked = [(rank, one.number, quote) for one in chapters for rank, quote in enumerate(one.quotes)]
    ranked.sort(key=lambda found: found[:2])
    best = fitting([quote for _, _, quote in ranked[:most]], MOST_WORDS_OF_AN_ITEM)
    kept = [found for found in ranked[:most] if any(found[2] is quote for quote in best)]
    return [quote for _, _, quote in sorted(kept, key=lambda found: (found[1], found[0]))]


def quotes_shown(chapter: Chapter, episode: Episode | None = None) -> list[EpisodeQuote]:
    """The quotations of a chapter that fit into one look-up, below its summary if an episode is given."""
    taken = 0 if episode is None else words_shown(chapter, episode)
    return fitting(chapter.quotes, MOST_WORDS_OF_AN_ITEM - taken)


def words_shown(chapter: Chapter, episode: Episode) -> int:
    """Words of the talk in the summary of a chapter: all of them, unless a model has phrased it."""
    return len(words_of(chapter.summary)) if episode.card.writer == "selected" else 0


def fitting(quotes: Sequence[EpisodeQuote], room: int) -> list[EpisodeQuote]:
    """Those that fit, the first ones first."""
    kept: list[EpisodeQuote] = []
    for quote in quotes:
        size = len(words_of(quote.original or quote.text))
        if size <= room:
            kept.append(quote)
            room -= size
    return kept


def neighbours(chapters: Sequence[Chapter], number: int) -> tuple[int | None, int | None]:
    """Numbers of the chapters before and after one, advertisements left out."""
    real = [one.number for one in chapters if one.kind != "ad" or one.number == number]
    before = next((a for a, b in pairwise(real) if b == number), None)
    return before, next((b for a, b in pairwise(real) if a == number), None)

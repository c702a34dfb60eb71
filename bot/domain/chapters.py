"""What a reader of an overview is led to: the best quotations of all, and the chapters before and after one."""

from collections.abc import Sequence
from itertools import pairwise

from bot.domain.episode import Chapter, EpisodeQuote

MOST_QUOTES = 10
"""Quotations of all chapters together."""


def best_quotes(chapters: Sequence[Chapter], most: int = MOST_QUOTES) -> list[EpisodeQuote]:
    """The first quotation of each chapter, then the second and so on, within `most`; in the order of the talk."""
    ranked = [(rank, one.number, quote) for one in chapters for rank, quote in enumerate(one.quotes)]
    ranked.sort(key=lambda found: found[:2])
    return [quote for _, _, quote in sorted(ranked[:most], key=lambda found: (found[1], found[0]))]


def neighbours(chapters: Sequence[Chapter], number: int) -> tuple[int | None, int | None]:
    """Numbers of the chapters before and after one, advertisements left out."""
    real = [one.number for one in chapters if one.kind != "ad" or one.number == number]
    before = next((a for a, b in pairwise(real) if b == number), None)
    return before, next((b for a, b in pairwise(real) if a == number), None)

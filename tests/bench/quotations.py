"""Quotations: true ones with the typography that a writer may change, and the same with one word changed."""

import hashlib
import re
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from bot.domain.quotes import quotations, status
from bot.domain.text.sentences import sentences
from tests.bench.corpus import feeds, newsletter_entries, without_markdown
from tests.bench.row import Row

_EACH = 5_000
_OF_ONE_TEXT = 6
_LENGTHS = range(5, 41)
_WORD = re.compile(r"[^\W_]+")
_INSTEAD = ("lantern", "seldom", "harbour", "without", "always", "eleven", "never", "magnet")


def measure(data: Path) -> Iterator[Row]:
    """How many of each are accepted, and how fast."""
    pairs = list(islice(true_quotations(data), _EACH))
    start = time.perf_counter()
    refused = sum(status(quote, passage) is None for quote, passage in pairs)
    seconds = time.perf_counter() - start
    mutated = [(changed(quote), passage) for quote, passage in pairs]
    accepted = sum(status(quote, passage) is not None for quote, passage in mutated)
    found = sum(bool(quotations(f"They say “{quote}” of it.")) for quote, _ in pairs)
    yield Row(f"{len(pairs):,} true quotations in other typography, refused", str(refused), "", "0")
    yield Row(f"{len(mutated):,} quotations with one word changed, accepted", str(accepted), "", "0")
    yield Row("quotations between marks found in a sentence", f"{found:,} of {len(pairs):,}", "", "all")
    yield Row("quotations judged a second", f"{len(pairs) / seconds:,.0f}", "", "")


def true_quotations(data: Path) -> Iterator[tuple[str, str]]:
    """A span of some sentence in changed typography, and the text around it."""
    for text in _texts(data):
        spans = [text[a:b] for a, b in sentences(text[:6_000]) if len(text[a:b].split()) in _LENGTHS]
        for sentence in spans[:_OF_ONE_TEXT]:
            words = list(re.finditer(r"\S+", sentence))
            draw = _draw(sentence)
            first = draw % max(1, len(words) - 4)
            last = min(len(words), first + 4 + draw // 7 % 12)
            quote = sentence[words[first].start() : words[last - 1].end()].strip("\"'“”‘’«»„‚,;:()[]*—–- ")
            if quote and _WORD.search(quote) and status(quote, text) == "exact":
                yield _VARIATIONS[draw // 13 % len(_VARIATIONS)](quote), text


def changed(quote: str) -> str:
    """The quotation with one word replaced, chosen by a hash; never by the same word."""
    words = list(_WORD.finditer(quote))
    draw = _draw(quote)
    word = words[draw % len(words)]
    other = next(
        other for i in range(len(_INSTEAD)) if (other := _INSTEAD[(draw + i) % len(_INSTEAD)]) != word.group().lower()
    )
    return quote[: word.start()] + other + quote[word.end() :]


def _draw(text: str) -> int:
    return int(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8], 16)


def _texts(data: Path) -> Iterator[str]:
    for made, _ in feeds(data):
        yield made.text
    for entry in newsletter_entries(data):
        yield without_markdown(str(entry["text"]))
    for path in sorted((data / "tech-podcast-transcripts").rglob("*.md")):
        yield path.read_text(encoding="utf-8", errors="replace")


def _curly(quote: str) -> str:
    return re.sub(r"(?<=\w)'(?=\w)", "’", quote)


def _straight(quote: str) -> str:
    return quote.translate(str.maketrans("‘’“”«»", "''''''"))


def _spaced(quote: str) -> str:
    return re.sub(r"\s+", " \u00a0", quote)


def _dashed(quote: str) -> str:
    return re.sub(r"\s+[—–]\s+|\s+-\s+", "—", quote)


def _hyphened(quote: str) -> str:
    return re.sub(r"(?<=\w)-(?=\w)", "‑", quote)


def _cased(quote: str) -> str:
    at = next(i for i, letter in enumerate(quote) if letter.isalnum())
    return quote[:at] + quote[at].swapcase() + quote[at + 1 :]


def _stopped(quote: str) -> str:
    return quote if quote.endswith((".", ",", "!", "?", "…")) else f"{quote}."


def _invisible(quote: str) -> str:
    half = len(quote) // 2
    return f"{quote[:half]}\u200b{quote[half:]}"


def _ellipsis(quote: str) -> str:
    return quote.replace("...", "…")


_VARIATIONS: tuple[Callable[[str], str], ...] = (
    str, _curly, _straight, _spaced, _dashed, _hyphened, _cased, _stopped, _invisible, _ellipsis,
)  # fmt: skip

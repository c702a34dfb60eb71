"""Transcripts as web pages: `<cite>` and `<time>` as podcast:transcript has them, timed text, or paragraphs.

lxml reads them as a stream of tags: a transcript may have tens of thousands of elements, and no tree of them is needed.
"""

import re
from dataclasses import dataclass, field
from typing import Any, cast

from adapters.episodes.formats.moments import moment, seconds
from adapters.episodes.formats.opening import MOST_PIECES, limited
from adapters.episodes.formats.result import Read
from adapters.episodes.formats.turns import from_paragraphs
from bot.domain.text.stopwords import word_set
from bot.domain.transcript import Cue

_MARKUP = re.compile(
    r"<(?:!doctype|\?xml|html|head|body|p|div|cite|time|span|article|section|tt|transcript|br|ul|h[1-6])\b",
    re.IGNORECASE,
)
_LOOKED_AT = 5_000
_UNSEEN = word_set("script style noscript template nav footer form button select svg iframe object head aside textarea")
_BLOCKS = word_set(
    "p div li ul ol br h1 h2 h3 h4 h5 h6 section article main header blockquote tr td th table dl dt dd hr body"
)
_WITHIN = frozenset(("article", "main"))
_WORDS_WITHIN = 0.5
"""Share of a page's words that its article must have to be taken alone."""
_FEWEST_NAMED = 2
_LETTERS = re.compile(r"[^\W\d_]")
_MOST_TAGS = 2 * MOST_PIECES


@dataclass(frozen=True, slots=True)
class _Block:
    text: str
    speaker: str | None
    start: float | None
    end: float | None
    within: bool


@dataclass(slots=True)
class _Target:
    """Receives tags and text from the parser, keeps blocks."""

    blocks: list[_Block] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    named: int = 0
    timed: int = 0
    _said: list[str] = field(default_factory=list)
    _aside: list[str] = field(default_factory=list)
    _collects: str = ""
    _unseen: int = 0
    _within: int = 0
    _speaker: str | None = None
    _start: float | None = None
    _end: float | None = None
    _in_timed: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag in _UNSEEN:
            self._unseen += 1
        if tag == "br" and self._in_timed:
            self._said.append(" ")
        elif tag in _BLOCKS or tag in {"cite", "time", "text"}:
            self._flush()
        if tag in {"cite", "time", "title"}:
            self._collects, self._aside = tag, []
        self._within += tag in _WITHIN
        if tag in {"p", "text"}:
            self._timed_text(attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        if tag == self._collects:
            self._noted(tag, " ".join("".join(self._aside).split()))
            self._collects = ""
        if tag in {"p", "text"}:
            self._in_timed = False
        if (tag in _BLOCKS and not self._in_timed) or tag == "text":
            self._flush()
        if tag in _WITHIN:
            self._within = max(0, self._within - 1)

    def data(self, data: str) -> None:
        """Words."""
        if self._collects:
            self._aside.append(data)
        elif not self._unseen:
            self._said.append(data)

    def close(self) -> "_Target":
        """The page is over."""
        self._flush()
        return self

    def _noted(self, tag: str, words: str) -> None:
        if tag == "title":
            self.title.append(words)
        elif tag == "cite" and words:
            self._speaker = words.rstrip(":").rstrip() or None
            self.named += 1
        elif tag == "time" and moment(words.strip("[]()")) is not None:
            self._start, self._end = moment(words.strip("[]()")), None
            self.timed += 1

    def _timed_text(self, attributes: dict[str, str]) -> None:
        start = seconds(attributes.get("begin") or attributes.get("start"))
        if start is None:
            return
        length = seconds(attributes.get("dur"))
        self._start, self._in_timed = start, True
        self._end = seconds(attributes.get("end")) if length is None else start + length
        self.timed += 1

    def _flush(self) -> None:
        text = " ".join("".join(self._said).split())
        self._said.clear()
        if not text:
            return
        self.blocks.append(_Block(text, self._speaker, self._start, self._end, self._within > 0))
        self._start, self._end = None, None


def is_markup(text: str) -> bool:
    """Whether a text is HTML or XML: it begins with a tag, or has several."""
    sample = text[:_LOOKED_AT]
    if sample.startswith("<") and _MARKUP.match(sample):
        return True
    return len(_MARKUP.findall(sample)) >= _FEWEST_NAMED * 2


def read(text: str) -> Read:
    """The pieces of a page.

    Raises:
        ValueError: it is a feed, or its elements are nested too deeply.
    """
    if re.match(r"(?:<\?xml[^<>]{0,200}>\s*)?<(?:rss|feed|rdf:RDF)\b", text[:_LOOKED_AT]):
        raise ValueError("This is a feed, not a transcript; give its address instead.")
    limited(text, "<", _MOST_TAGS, "tags")
    target = _parsed(text)
    title = next((words for words in target.title if words), None)
    blocks = target.blocks
    words = sum(len(block.text) for block in blocks)
    inside = [block for block in blocks if block.within]
    if inside and sum(len(block.text) for block in inside) >= _WORDS_WITHIN * words:
        blocks = inside
    if target.named < _FEWEST_NAMED and target.timed < _FEWEST_NAMED:
        return from_paragraphs([block.text for block in blocks], title)
    cues = [Cue(block.text, block.start, block.end, block.speaker) for block in _spoken(blocks)]
    return Read(tuple(cues), "html", title=title)


def _spoken(blocks: list[_Block]) -> list[_Block]:
    """From the first block with a speaker or a time on: what stands before it is about the transcript."""
    first = next((at for at, block in enumerate(blocks) if block.speaker or block.start is not None), 0)
    return [block for block in blocks[first:] if _LETTERS.search(block.text) or block.text]


def _parsed(text: str) -> _Target:
    from lxml import etree

    target = _Target()
    parser = etree.HTMLParser(target=cast("Any", target), recover=True, no_network=True, huge_tree=True)
    try:
        parser.feed(text.encode("utf-8", "replace"))
        parser.close()
    except etree.LxmlError as error:
        raise ValueError("This page is damaged: no browser would show it.") from error
    return target

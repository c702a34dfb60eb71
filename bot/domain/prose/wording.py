"""A model's text made fit to be examined: what a careful copy editor puts right without asking.

Folded to one line, without what nobody sees, without markup, list markers and citation numbers that were typed into
the text, with the quotation marks of its language. Nothing here changes a word.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.domain.edition import Evidence, Sentence
from bot.domain.prose.showing import folded
from bot.domain.quotes import quotations
from bot.domain.text.sentences import sentences
from bot.domain.text.stopwords import word_set
from bot.domain.text.visible import visible
from bot.domain.writing.quotation import quoted

LONGEST = 2_000
"""Characters of one text that are looked at; a longer one fails for its length."""
_MOST_EVIDENCE = 10
_MOST_IDS = 24
_LAYERS = 8
"""Of markup in markup that are taken off."""
_JOINERS = dict.fromkeys(map(ord, "\u200c\u200d"))
_JOINED = word_set("ar bn ckb fa gu hi kn ku ml mr ne pa ps si ta te ur")
"""Languages whose spelling has joiners; in others they only hide a word from a check."""
_EMPHASIS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\*\*(?!\s)([^*]+)(?<!\s)\*\*",
        r"(?<![\w*])\*(?!\s)([^*]+)(?<!\s)\*(?![\w*])",
        r"(?<!\w)__(?!\s)([^_]+)(?<!\s)__(?!\w)",
        r"(?<!\w)_(?!\s)([^_]+)(?<!\s)_(?!\w)",
        r"`+([^`]+)`+",
    )
)
_MARKER = re.compile(r"^(?:#{1,6}\s+|[-*•]\s+|>\s+|\d{1,2}[.)]\s+(?=\D))+")
_ID = r"\d{1,4}(?:\.\d{1,3})?"
_SQUARE = rf"\[\s*{_ID}(?:\s*[,;]\s*{_ID})*\s*\]"
_ROUND = r"\(\s*\d{1,4}\.\d{1,3}(?:\s*[,;]\s*\d{1,4}\.\d{1,3})*\s*\)"
_TYPED = re.compile(rf"\s*(?P<ids>{_SQUARE}|{_ROUND})(?P<stop>[.!?]*)\s*$")
_PASSAGE = re.compile(r"(\d{1,4})(?:\.(\d{1,3}))?")
_OPENING = frozenset("“„\"«»‘'「『”")
_CLOSING = frozenset("”“\"»«’'」』")


@dataclass(frozen=True, slots=True)
class Tidied:
    """A text, and the ids that were typed into it."""

    text: str
    typed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CopyDesk:
    """Puts texts and evidence of an answer in order, in one language, for what may be cited here."""

    language: str
    known: Collection[str]
    """Ids of the passages that may be cited."""

    def text(self, text: str) -> str:
        """A text in order."""
        return tidied(text, self.language, self.known).text

    def sentence(self, text: str, evidence: Iterable[str]) -> Sentence:
        """A sentence with what of its evidence may be cited; where it names none, with the ids typed into its text."""
        tidy = tidied(text, self.language, self.known)
        return Sentence(tidy.text, cited(evidence, self.known) or cited(tidy.typed, self.known))


def tidied(text: str, language: str, known: Collection[str]) -> Tidied:
    """A text as it will be examined. Numbers in round brackets are ids only where they are `known`."""
    clean = folded(visible(text[: LONGEST + 1]))
    if language.partition("-")[0] not in _JOINED:
        clean = clean.translate(_JOINERS)
    typed: list[str] = []
    for _ in range(_LAYERS):
        before = clean
        clean = folded(_plain(clean, known, typed))
        if clean == before:
            break
    return Tidied(marked(clean, language), tuple(typed))


def _plain(text: str, known: Collection[str], typed: list[str]) -> str:
    """A text without one layer of markup, and without the ids at its end, which go to `typed`."""
    text = _MARKER.sub("", text)
    for pattern in _EMPHASIS:
        text = pattern.sub(r"\1", text)
    while (match := _TYPED.search(text)) and _is_citation(match["ids"], known):
        typed[:0] = _ids(match["ids"])
        text = text[: match.start()] + match["stop"]
    return text


def marked(text: str, language: str) -> str:
    """A text whose quotations stand in the marks of its language; what opens and never closes stays as it is."""
    pieces: list[str] = []
    past = 0
    for span in quotations(text):
        whole = text[span.start : span.end]
        closed = len(whole) > 1 and whole[0] in _OPENING and whole[-1] in _CLOSING
        pieces += [text[past : span.start], quoted(span.text, language) if closed else whole]
        past = span.end
    return "".join([*pieces, text[past:]])


def cited(evidence: Iterable[str], known: Collection[str]) -> Evidence:
    """The ids of an answer that may be cited, each once, at most ten; `[3.1]` and, of a lone passage, `3` count."""
    by_number: dict[str, list[str]] = {}
    for i in known:
        by_number.setdefault(i.partition(".")[0], []).append(i)
    found: dict[str, None] = {}
    for written in tuple(evidence)[:_MOST_IDS]:
        match = _PASSAGE.search(written[:40])
        if match is None:
            continue
        alone = by_number.get(match[1], [])
        wanted = match[0] if match[2] else (alone[0] if len(alone) == 1 else "")
        if wanted in known:
            found[wanted] = None
    return tuple(found)[:_MOST_EVIDENCE]


def in_sentences(text: str) -> list[str]:
    """The sentences of a text; one whose quotation would be cut stays whole."""
    pieces = [text[start:end] for start, end in sentences(text)]
    whole = len(quotations(text))
    return pieces if sum(len(quotations(piece)) for piece in pieces) == whole else [text]


def _is_citation(written: str, known: Collection[str]) -> bool:
    return written.startswith("[") or any(i in known for i in _ids(written))


def _ids(written: str) -> list[str]:
    return [match[0] for match in _PASSAGE.finditer(written)]

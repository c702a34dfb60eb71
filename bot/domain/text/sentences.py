"""Where sentences begin and end, because a sentence is what an edition shows and cites.

Own code: the splitters on offer bring models or rewrite the text, and we need spans of the original characters. The
rules are those of Kiss & Strunk 2006 (abbreviations, initials, frequent sentence starters) with fixed lists instead of
trained ones. Lines matter as well: feeds turn paragraphs, list items and headings into lines.
"""

import re

from bot.domain.text.stopwords import word_set

_TERMINATOR = re.compile(
    r"[.!?…]+[\"'”’»)\]*_]*(?=\s|$)|[。！？｡]+[」』”’）\"]*",
)
_LIST_MARKER = re.compile(r"\s*(?:[-*•–—‣◦·▪]|\(?\d{1,3}[.)]|\(?[a-z]\))\s")
_FIRST = re.compile(r"[\"'“‘«„‹(\[*_¿¡\s]*(\S\S*)")
_WORD_BEFORE = re.compile(r"[^\s(\[\"“«„'‘]+$")
_LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z])[.)]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+")
_PAIRS = {"(": ")", "[": "]", "“": "”", "«": "»", "「": "」", "„": "“"}
_MOST_HELD = 300
"""Characters of a bracket or quotation whose inner sentences stay together."""
_WRAPPED = range(40, 100)
"""Lengths of lines that a mail or Markdown writer broke by hand."""
_TWO = 2

_NEVER_LAST = word_set(
    """
    dr mr mrs ms mx prof rev hon gen sen rep gov lt col capt sgt mt st vs e.g i.e cf approx fig figs eq pp vol
    ch sec ca resp incl viz dept est ed eds al z.b d.h bzw nr abs mme mlle sra dña av т.е т.к т.н см напр им ул
    тыс млн млрд руб проф акад стр рис англ лат
    """
)
_SELDOM_LAST = word_set(
    """
    inc ltd corp co jr sr etc no bros llc plc sp jan feb mar apr jun jul aug sept sep oct nov dec a.m p.m u.s
    u.k u.n e.u d.c ph.d b.a m.a usw г гг т.д т.п др
    """
)
_STARTERS = word_set(
    """
    the a an it he she they we i you this that these those there but and so yet in on at for from with when
    while if as after before since my our his her their its who what why how where now then not no however also
    some many most all one more les le la der die das el los и но а в на он она они мы это что как
    """
)
_MONTHS = word_set(
    """
    january february march april may june july august september october november december januar februar märz
    mai juni juli oktober dezember января февраля марта апреля мая июня июля августа сентября октября ноября
    декабря
    """
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans `(start, end)` of the sentences of a text, in order.

    They start and end at characters that are not white space, do not overlap, and only white space lies between them.
    """
    found: list[tuple[int, int]] = []
    for start, end in _blocks(text):
        block = text[start:end]
        cuts = [start + cut for cut in _cuts(block)]
        for first, last in zip([start, *cuts], [*cuts, end], strict=True):
            trimmed = _trim(text, first, last)
            if trimmed is not None:
                found.append(trimmed)
    return found


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without white space at its ends, None if nothing is left."""
    piece = text[start:end]
    inner = piece.strip()
    if not inner:
        return None
    offset = start + len(piece) - len(piece.lstrip())
    return offset, offset + len(inner)


def _blocks(text: str) -> list[tuple[int, int]]:
    """Stretches that a sentence cannot leave: paragraphs, list items, headings."""
    lines: list[tuple[int, int]] = []
    at = 0
    for line in text.splitlines(keepends=True):
        lines.append((at, at + len(line)))
        at += len(line)
    blocks: list[tuple[int, int]] = []
    for index, (start, end) in enumerate(lines):
        if blocks and _goes_on(text, lines, index):
            blocks[-1] = (blocks[-1][0], end)
        else:
            blocks.append((start, end))
    return blocks


def _goes_on(text: str, lines: list[tuple[int, int]], index: int) -> bool:
    """Whether a line continues the one before it, because somebody broke a sentence by hand."""
    before = text[slice(*lines[index - 1])].strip()
    line = text[slice(*lines[index])]
    words = line.strip()
    if not before or not words or _LIST_MARKER.match(line) or before.endswith((":", "。")) or before.startswith("#"):
        return False
    if words[0].islower() or words[0] in ",;)" or before.endswith((",", ";")):
        return True
    if len(before) not in _WRAPPED:
        return False
    earlier = text[slice(*lines[index - 2])].strip() if index >= _TWO else ""
    return len(words) in _WRAPPED or len(earlier) in _WRAPPED or line[:2].isspace()


def _cuts(block: str) -> list[int]:
    """Offsets after which a new sentence begins inside a block."""
    held = _held(block)
    lower = not any(character.isupper() for character in block)
    cuts: list[int] = []
    for match in _TERMINATOR.finditer(block):
        end = match.end()
        if end >= len(block.rstrip()) or any(start < end <= stop for start, stop in held):
            continue
        if _is_end(block, cuts[-1] if cuts else 0, match, lower=lower):
            cuts.append(end)
    return cuts


def _held(block: str) -> list[tuple[int, int]]:
    """Short brackets and quotations: `(start, end)`, with the end before the closing character."""
    spans: list[tuple[int, int]] = []
    index = 0
    while index < len(block):
        character = block[index]
        closing = _PAIRS.get(character)
        if character == '"' and (index == 0 or not block[index - 1].isalnum()):
            closing = '"'
        if closing is None:
            index += 1
            continue
        stop = block.find(closing, index + 1, index + _MOST_HELD)
        if stop > 0:
            spans.append((index, stop))
            index = stop
        index += 1
    return spans


def _is_end(block: str, begun: int, match: re.Match[str], *, lower: bool) -> bool:
    """Whether a sentence really ends at this terminator."""
    if match.group()[0] in "。！？｡":
        return True
    following = _FIRST.match(block, match.end())
    word = following.group(1) if following else ""
    if word[:1].islower() and not lower:
        return False
    if not match.group().startswith(".") or match.group().startswith(".."):
        return True
    before = _WORD_BEFORE.search(block, begun, match.start())
    last = before.group() if before else ""
    first = before is None or not block[begun : before.start()].strip()
    return _word_can_end(last, word, first=first)


def _word_can_end(before: str, following: str, *, first: bool) -> bool:
    """Whether a full stop after `before` ends a sentence, given the word after it."""
    low = before.lower()
    starter = re.split(r"[^\w]", following.lower(), maxsplit=1)[0]
    if first and _LIST_NUMBER.fullmatch(before + "."):
        return False
    if low in _NEVER_LAST:
        return False
    if low.isdigit() and len(low) <= 2 and starter in _MONTHS:
        return False
    if low in _SELDOM_LAST or _INITIALS.fullmatch(before + "."):
        return starter in _STARTERS or low == "i"
    return True

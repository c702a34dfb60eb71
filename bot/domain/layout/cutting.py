"""Text that is too long, made shorter or parted where nothing is torn: what every platform does before it sends.

Pure: a platform says how long is too long.
"""

import re
import unicodedata
from dataclasses import replace
from typing import Final

from bot.domain.document import Runs
from bot.domain.identity import canonical_link

_FLAG_LETTER: Final = re.compile("[\U0001f1e6-\U0001f1ff]")
_FLAG_LETTERS: Final = re.compile("[\U0001f1e6-\U0001f1ff]+\\Z")
_EXTENDS: Final = re.compile(
    r"[\u0300-\u036f\u0483-\u0489\u200d\ufe0e\ufe0f\u20d0-\u20ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
)


def trimmed(url: str) -> str:
    """An address without known tracking parameters, if it is shorter then; it leads to the same page and place."""
    page, mark, fragment = url.partition("#")
    shorter = f"{canonical_link(page) or page}{mark}{fragment}"
    return shorter if len(shorter) < len(url) else url


def cut(text: str, most: int) -> str:
    """The first words of a text that is too long; of a single long word, its first characters, none of them torn."""
    if len(text) <= most:
        return text
    head = text[: most + 1].rpartition(" ")[0] if " " in text[1 : most + 1] else ""
    return (head or text[: border(text, most)]).rstrip(" ,;:·-")


def border(text: str, at: int) -> int:
    """The last place up to `at` that is not inside of what is read as one character; `at` where there is none."""
    for place in range(at, 0, -1):
        if not _within(text, place):
            return place
    return at


def _within(text: str, at: int) -> bool:
    if at >= len(text):
        return False
    before, after = text[at - 1], text[at]
    # A flag is two letters of its own alphabet: between them stands an odd number of such letters.
    letters = _FLAG_LETTERS.search(text, 0, at)
    flags = _FLAG_LETTER.match(after) is not None and letters is not None and len(letters[0]) % 2 == 1
    jamo = "\u1100" <= before <= "\u11ff" and "\u1160" <= after <= "\u11ff"
    return before == "\u200d" or flags or jamo or bool(_EXTENDS.match(after)) or _is_mark(after)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


def halves(runs: Runs) -> tuple[Runs, Runs] | None:
    """Runs in two: between sentences if that can be, else between words, else between characters; never in a link."""
    ends = [n for n in range(1, len(runs)) if runs[n - 1].url and not runs[n].url and runs[n].text.strip() == ""]
    ends = ends or [n for n in range(1, len(runs)) if runs[n - 1].url and not runs[n].url]
    ends = ends or [n for n in range(1, len(runs)) if runs[n - 1].url]
    if ends:
        middle = min(ends, key=lambda n: abs(2 * n - len(runs)))
        return runs[:middle], runs[middle:]
    longest = max(range(len(runs)), key=lambda n: 0 if runs[n].url or runs[n].at else len(runs[n].text), default=None)
    if longest is None:
        return None
    run = runs[longest]
    if run.url or run.at or len(run.text) < 2:
        return None
    middle = len(run.text) // 2
    first = cut(run.text, middle) or run.text[: border(run.text, middle)]
    return (*runs[:longest], replace(run, text=first)), (
        replace(run, text=run.text[len(first) :]),
        *runs[longest + 1 :],
    )

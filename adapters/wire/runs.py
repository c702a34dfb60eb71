"""Runs of text on their way into a markup: what every platform does to them, whatever its own signs are."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import quote, urlsplit

from bot.domain.document import Run
from bot.domain.text.visible import visible

Leads = Callable[[str], str | None]
"""The address that a run's `url` becomes in a link; None: it is no link here."""

_LINE_ENDS: Final = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
_NUMBER: Final = re.compile(r"^\[\d+\]")
_HOST: Final = re.compile(
    r"(?<=://)[\w.-]*\w|\bwww\.[\w.-]*\w|(?<![\w.-])(?:[\w-]+\.)+(?:[^\W\d_]{2}|com|org|net|info|biz|app|dev|xyz"
    r"|top|site|online|shop|club|live|blog|news|tech|cloud|link|click|page|edu|gov|example|test|xn--[\w-]+)(?![\w-])",
    re.IGNORECASE,
)
"""What people take for the name of a site."""
_ARROW: Final = "↗"
_URL_SAFE: Final = "!#$%&'+,/:;=?@~"


def merged(runs: Iterable[Run], leads: Leads) -> Iterator[Run]:
    """Runs without what nobody sees, each with the address it leads to; neighbours of one style are one.

    So marks between them cannot meet, and no sign is made of what stands at the end of one and the beginning of the
    next.
    """
    held: Run | None = None
    for shown in (part for run in runs for part in _honest(run, leads)):
        if not shown.text and shown.at is None:
            continue
        if held is not None and _alike(held, shown):
            held = replace(held, text=visible(held.text + shown.text))
            continue
        if held is not None:
            yield held
        held = shown
    if held is not None:
        yield held


def _honest(run: Run, leads: Leads) -> tuple[Run, ...]:
    """A run that nothing hides in, with the address it leads to.

    Words of a link that name another site than it leads to are words beside it: people press what they read.
    """
    target = leads(run.url) if run.url else None
    shown = replace(run, text=visible(run.text).replace("\t", " "), url=target)
    if target is None or not _misleads(shown.text, target):
        return (shown,)
    found = _NUMBER.match(shown.text)
    if found is not None:
        words = f" {shown.text[found.end() :].lstrip()}"
        return replace(shown, text=found[0]), replace(shown, text=words, url=None)
    return replace(shown, text=f"{shown.text} ", url=None), replace(shown, text=_ARROW)


def _misleads(text: str, address: str) -> bool:
    """Whether a text names a host that an address does not lead to. Part of a host's name is the same site's."""
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    named = {found[0].lower().removeprefix("www.") for found in _HOST.finditer(_folded(text)) if "." in found[0]}
    return any(one != host and not host.endswith(f".{one}") for one in named)


def _folded(text: str) -> str:
    """What looks like a full stop is one, and what looks like Latin letters, too."""
    return unicodedata.normalize("NFKC", text).replace("\u3002", ".")


def _alike(one: Run, other: Run) -> bool:
    linked = one.url or other.url or one.at or other.at
    return not linked and one.style == other.style


def one_line(text: str) -> str:
    """Text whose line ends are blanks."""
    return _LINE_ENDS.sub(" ", text)


def rows(text: str) -> list[str]:
    """The lines of a text, without blanks around them; none is empty."""
    return [row for part in _LINE_ENDS.split(text) if (row := part.strip())]


def plain(text: str) -> str:
    """Text where a platform knows no markup: headings, labels, options, names; on one line."""
    return " ".join(visible(text).split())


def styled(escaped: str, mark: str) -> str:
    """Text between two marks, which stand next to words and on one line; as it is where there is nothing to mark."""
    inner = escaped.strip()
    if not mark or not inner:
        return escaped
    before, _, after = escaped.partition(inner)
    return f"{before}{mark}{one_line(inner)}{mark}{after}"


def in_link(text: str) -> tuple[str, str]:
    """The text of a link, on one line: the number of a source it begins with, else nothing; and what follows.

    Brackets inside of a link's text must be balanced to be a link at all: only our own number keeps its.
    """
    said = one_line(text).strip()
    found = _NUMBER.match(said)
    number = found[0] if found else ""
    return number, said[len(number) :].replace("[", "(").replace("]", ")")


def led_to(url: str) -> str | None:
    """An address as it may stand in a link: nothing in it ends the link early. None for what is no web address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not parts.netloc:
        return None
    return quote(visible(url), safe=_URL_SAFE)

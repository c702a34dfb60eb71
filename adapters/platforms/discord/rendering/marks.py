"""Text as Discord's markdown, in which nothing is markup but what we mean: styles, links of ours, instants.

People's words come from feeds, questions and models. Whatever they hold, they ping nobody, link nowhere, hide nothing
and look like no heading of ours. Discord takes a backslash before any sign of ASCII for "just this sign".
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import quote, urlsplit

from adapters.wire.visible import visible
from bot.domain.document import Run

Leads = Callable[[str], str | None]
"""The address that a run's `url` becomes in a link; None: it is no link here."""

_SIGNS: Final = str.maketrans({sign: f"\\{sign}" for sign in "\\*_~|`<>[]@"})
_ADDRESS: Final = re.compile(
    r":(?=/+)|(?<=discord)\.(?=gg)|(?<=discordapp)\.(?=com)|(?<=discord)\.(?=com|me)", re.IGNORECASE
)
"""Where an address begins that a client would link, or an invite that it would draw."""
_LINE_START: Final = re.compile(r"^(?P<blank>[ \t]*)(?:(?P<sign>[#+-])|(?P<number>\d{1,9})(?=[.)]))")
_NUMBER: Final = re.compile(r"^\[(\d+)\]")
_LINE_ENDS: Final = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
_STYLES: Final = {"plain": "", "bold": "**", "italic": "*", "code": ""}
_GRAINS: Final = {"minute": "f", "day": "D", "distance": "R"}
_URL_SAFE: Final = "!#$%&'+,/:;=?@~"


def line(runs: Iterable[Run], leads: Leads) -> str:
    """Runs on one line: a line end within them is a blank."""
    return _LINE_ENDS.sub(" ", lines(runs, leads))


def lines(runs: Iterable[Run], leads: Leads) -> str:
    """Runs with the line ends they have; no line is empty, and none begins with a mark."""
    marked = "".join(_marked(run, leads) for run in _merged(runs))
    kept = (part.strip() for part in _LINE_ENDS.split(marked))
    return "\n".join(_LINE_START.sub(_escaped_start, part) for part in kept if part)


def plain(text: str) -> str:
    """Text where Discord knows no markup: labels, options, names of threads; on one line."""
    return " ".join(visible(text).split())


def led_to(url: str) -> str | None:
    """An address as it may stand in a link: nothing in it ends the link early. None for what is no web address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not parts.netloc:
        return None
    return quote(visible(url), safe=_URL_SAFE)


# ---------------------------------------------------------------- runs


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    """Runs without what nobody sees; neighbours of one style are one, so that marks between them cannot meet."""
    held: Run | None = None
    for run in runs:
        shown = replace(run, text=visible(run.text).replace("\t", " "))
        if held is not None and _alike(held, shown):
            held = replace(held, text=visible(held.text + shown.text))
            continue
        if held is not None:
            yield held
        held = shown
    if held is not None:
        yield held


def _alike(one: Run, other: Run) -> bool:
    linked = one.url or other.url or one.at or other.at
    return not linked and one.style == other.style


def _marked(run: Run, leads: Leads) -> str:
    if run.at is not None:
        return f"<t:{int(run.at.timestamp())}:{_GRAINS[run.grain]}>"
    if run.style == "code":
        return _code(run.text)
    target = leads(run.url) if run.url else None
    if target is not None:
        return _link(run, target)
    return _styled(run, _escaped(run.text))


def _link(run: Run, target: str) -> str:
    text = _LINE_ENDS.sub(" ", run.text).strip()
    number = _NUMBER.match(text)
    rest = text[number.end() :] if number else text
    # Brackets inside of a link's text must be balanced to be a link at all: only our own stand there.
    rest = _escaped(rest.replace("[", "(").replace("]", ")"))
    shown = _styled(replace(run, text=text), f"{number[0] if number else ''}{rest}")
    return f"[{shown}]({target})" if text else ""


def _styled(run: Run, escaped: str) -> str:
    mark, inner = _STYLES[run.style], escaped.strip()
    if not mark or not inner:
        return escaped
    before, _, after = escaped.partition(inner)
    # A style does not reach over a line end of its own.
    return f"{before}{mark}{_LINE_ENDS.sub(' ', inner)}{mark}{after}"


def _code(text: str) -> str:
    shown = _LINE_ENDS.sub(" ", text).replace("`", "'").strip()
    return f"`{shown}`" if shown else ""


def _escaped(text: str) -> str:
    return _ADDRESS.sub(r"\\\g<0>", text.translate(_SIGNS))


def _escaped_start(found: re.Match[str]) -> str:
    if found["sign"]:
        return f"{found['blank']}\\{found['sign']}"
    return f"{found['blank']}{found['number']}\\"

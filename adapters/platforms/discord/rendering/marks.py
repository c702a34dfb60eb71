"""Text as Discord's markdown, in which nothing is markup but what we mean: styles, links of ours, instants.

People's words come from feeds, questions and models. Whatever they hold, they ping nobody, link nowhere, hide nothing
and look like no heading of ours. Discord takes a backslash before any sign of ASCII for "just this sign".
"""

import re
from collections.abc import Iterable
from typing import Final

from adapters.wire.runs import Leads, in_link, merged, one_line, rows, styled
from bot.domain.document import Run

_SIGNS: Final = str.maketrans({sign: f"\\{sign}" for sign in "\\*_~|`<>[]@"})
_ADDRESS: Final = re.compile(
    r":(?=/+)|(?<=discord)\.(?=gg)|(?<=discordapp)\.(?=com)|(?<=discord)\.(?=com|me)", re.IGNORECASE
)
"""Where an address begins that a client would link, or an invite that it would draw."""
_LINE_START: Final = re.compile(r"^(?P<blank>[ \t]*)(?:(?P<sign>[#+-])|(?P<number>\d{1,9})(?=[.)]))")
_STYLES: Final = {"plain": "", "bold": "**", "italic": "*", "code": ""}
_GRAINS: Final = {"minute": "f", "day": "D", "distance": "R"}


def line(runs: Iterable[Run], leads: Leads) -> str:
    """Runs on one line: a line end within them is a blank."""
    return one_line(lines(runs, leads))


def lines(runs: Iterable[Run], leads: Leads) -> str:
    """Runs with the line ends they have; no line is empty, and none begins with a mark."""
    marked = "".join(map(_marked, merged(runs, leads)))
    return "\n".join(_LINE_START.sub(_escaped_start, row) for row in rows(marked))


def _marked(run: Run) -> str:
    if run.at is not None:
        return f"<t:{int(run.at.timestamp())}:{_GRAINS[run.grain]}>"
    if run.style == "code":
        return _code(run.text)
    if run.url is not None:
        return _link(run, run.url)
    return styled(_escaped(run.text), _STYLES[run.style])


def _link(run: Run, target: str) -> str:
    number, rest = in_link(run.text)
    shown = styled(f"{number}{_escaped(rest)}", _STYLES[run.style])
    return f"[{shown}]({target})" if number or rest else ""


def _code(text: str) -> str:
    shown = one_line(text).replace("`", "'").strip()
    return f"`{shown}`" if shown else ""


def _escaped(text: str) -> str:
    return _ADDRESS.sub(r"\\\g<0>", text.translate(_SIGNS))


def _escaped_start(found: re.Match[str]) -> str:
    if found["sign"]:
        return f"{found['blank']}\\{found['sign']}"
    return f"{found['blank']}{found['number']}\\"

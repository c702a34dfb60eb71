"""Text in Slack's two markups, in which nothing is markup but what we mean: styles, links of ours, instants.

People's words come from feeds, questions and models. Whatever they hold, they ping nobody, link nowhere, hide nothing
and look like no heading of ours.

*mrkdwn* (sections, small print, the top-level text) knows entities for `& < >` and nothing else: there is no way to
write a star that is just a star. A sign that could begin or end a style, an emoji, an address, a quotation or a link's
text is therefore written with its double, which looks the same: `∗ ˍ ∼ ˋ ∶ ˃ ∣`. An underscore inside of a word stays,
as Slack leaves it alone. Sites without `https:`, mail addresses, `#channel` and `@name` need nothing: our texts carry
`verbatim`, and nothing of ours asks Slack to link names.

*Markdown* (the prose of stories and answers, streams) takes a backslash before a sign for "just this sign". Slack may
read on in what Markdown has made, for mentions, emoji and addresses: there, too, doubles stand for `:` of an emoji or
an address, and for `<` of a mention.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from adapters.wire.runs import Leads, in_link, merged, one_line, plain, rows, styled
from bot.domain.document import Run

Tells = Callable[[Run], str]
"""An instant, as words or as a date token."""

_ENTITIES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_DOUBLES: Final = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})
_UNDERSCORE: Final = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_EMOJI: Final = re.compile(r"(?<!\d):(?=:*[^\s:]+:)|:(?!\d\d:\d)(?=:*[^\s:]+:)")
"""A colon that another one follows in the same word: the first of an emoji's; not of `10:30:15`."""
_SIGNS: Final = str.maketrans({sign: f"\\{sign}" for sign in "\\*~`[]<>|"})
_ENTITY: Final = re.compile(r"&(?=#?\w{1,40};)")
_ADDRESS: Final = re.compile(r":(?=//)")
_SITE: Final = re.compile(r"(?<=\bwww)\.", re.IGNORECASE)
_MENTION: Final = re.compile(r"<(?=[@#!])")
_MAIL: Final = re.compile(r"(?<=\S@)[^\s@]+")
_LINE_START: Final = re.compile(r"(?P<sign>[#+-]|=+$)|(?P<number>\d{1,9})(?=[.)])")


@dataclass(frozen=True, slots=True)
class Markup:
    """One of the two."""

    escaped: Callable[[str], str]
    """Text as which it is read, wherever it stands."""
    begun: Callable[[str], str]
    """An escaped line, which begins with nothing that makes it a quotation, a heading or a list."""
    linked: Callable[[str, str], str]
    """A link, of a text and an address."""
    bold: str
    italic: str


def line(runs: Iterable[Run], markup: Markup, leads: Leads, tells: Tells) -> str:
    """Runs on one line: a line end within them is a blank."""
    marked = "".join(_marked(run, markup, tells) for run in merged(runs, leads))
    return markup.begun(one_line(marked).strip())


def lines(runs: Iterable[Run], markup: Markup, leads: Leads, tells: Tells) -> str:
    """Runs with the line ends they have; no line is empty, and none begins with a mark."""
    marked = "".join(_marked(run, markup, tells) for run in merged(runs, leads))
    return "\n".join(map(markup.begun, rows(marked)))


def sentence(text: str) -> str:
    """Text for the top-level `text` of a message."""
    return _begun(_mrkdwn(plain(text)))


def _marked(run: Run, markup: Markup, tells: Tells) -> str:
    if run.at is not None:
        return tells(run)
    mark = {"bold": markup.bold, "italic": markup.italic}.get(run.style, "")
    if run.url is not None:
        number, rest = in_link(run.text)
        shown = f"{number}{markup.escaped(rest)}"
        return styled(markup.linked(shown, run.url), mark) if shown else ""
    if run.style == "code":
        return _code(run.text, markup)
    return styled(markup.escaped(run.text), mark)


def _code(text: str, markup: Markup) -> str:
    shown = one_line(text).replace("`", "'").strip()
    shown = _MENTION.sub("‹", shown) if markup is MARKDOWN else shown.translate(_ENTITIES)
    return f"`{shown}`" if shown else ""


# ---------------------------------------------------------------- mrkdwn


def _mrkdwn(text: str) -> str:
    text = _ADDRESS.sub("∶", _EMOJI.sub("∶", text))
    return _UNDERSCORE.sub("ˍ", text).translate(_DOUBLES).translate(_ENTITIES)


def _begun(escaped: str) -> str:
    return f"˃{escaped.removeprefix('&gt;')}" if escaped.startswith("&gt;") else escaped


def _anchor(text: str, address: str) -> str:
    return f"<{address.replace('&', '&amp;')}|{text.replace('|', '∣')}>"


MRKDWN: Final = Markup(_mrkdwn, _begun, _anchor, "*", "_")


# ---------------------------------------------------------------- Markdown


def _markdown(text: str) -> str:
    text = _MENTION.sub("‹", _ADDRESS.sub("∶", _EMOJI.sub("∶", text))).translate(_SIGNS)
    text = _ENTITY.sub("&amp;", _UNDERSCORE.sub(r"\\_", text))
    return _MAIL.sub(lambda site: site[0].replace(".", r"\."), _SITE.sub(r"\\.", text))


def _headless(escaped: str) -> str:
    found = _LINE_START.match(escaped)
    if found is None:
        return escaped
    end = found.end()
    return f"\\{escaped}" if found["sign"] else f"{escaped[:end]}\\{escaped[end:]}"


def _masked(text: str, address: str) -> str:
    return f"[{text}]({_ENTITY.sub('&amp;', address)})"


MARKDOWN: Final = Markup(_markdown, _headless, _masked, "**", "*")

"""Simple, well-made markup, which is most of what feeds carry, read without building a tree.

Every `<` must begin a tag with tidy attributes, or a comment without tags, and every element must be one that a
browser's parser neither moves nor hides. Then the text between the tags is, in order, what the parser would give, for
a fraction of its time. Whatever else occurs, the answer is None, and the parser has to read the text.
"""

import html
import re

from adapters.wire.elements import BLOCKS, INLINE, LINE, PARAGRAPH, STARTS, UNSEEN, hiding

_ATTRIBUTE = r"""[a-z][a-z0-9:_-]*+(?:=(?:"[^"<]*+"|'[^'<]*+'|[^ "'<>=`]++))?+"""
_TAG = re.compile(rf"<(?:(/?[a-z][a-z0-9]*+)(?:>|(?: ++{_ATTRIBUTE})*+ *+/?>)|!--[^<>]*+(?<=--)>)")
_BEFORE = rf"(?: ++(?!{{0}}[ =/>]){_ATTRIBUTE})*+ ++{{0}}"
_VALUE = r"""=("[^"]*+"|'[^']*+'|[^ >]++)"""
_LINK = re.compile("<a" + _BEFORE.replace("{0}", "href") + _VALUE)
_STYLE = re.compile("<[a-z][a-z0-9]*+" + _BEFORE.replace("{0}", "style") + _VALUE)
_HIDDEN = re.compile("<[a-z][a-z0-9]*+" + _BEFORE.replace("{0}", "(?:aria-)?hidden") + "[ =/>]")
_OTHER_REFERENCE = re.compile("&(?!amp;|#0?38;)")
_AMPERSAND = re.compile("&[^;]*;")
_HUGE_NUMBER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")

_EMPTY = frozenset("iframe script style object canvas audio video noembed".split())
"""Unseen, and read here where no tag is in them."""
_GLUED = (INLINE - UNSEEN - {"math"}) | _EMPTY | {"picture"}
_APART = BLOCKS - UNSEEN - {"table", "tbody", "thead", "html", "body"}
_MARKS: dict[str | None, str] = {
    **dict.fromkeys((*_GLUED, *(f"/{name}" for name in _GLUED | STARTS)), ""),
    **dict.fromkeys((*_APART, *(f"/{name}" for name in _APART)), PARAGRAPH),
    **dict.fromkeys(STARTS, LINE),
    None: "",
}
"""What stands in the text for a tag; None is a comment."""


def simple(markup: str) -> tuple[str, list[str]] | None:
    """The text of `markup` with its marks, and the targets of its links.

    White space must have become spaces, and line breaks in code marks. None where the markup is not simple.
    """
    parts = _TAG.split(markup)
    names = parts[1::2]
    if markup.count("<") != len(names) or not (_EMPTY.isdisjoint(names) or _emptied(parts, names)):
        return None
    try:
        parts[1::2] = [_MARKS[name] for name in names]
    except KeyError:
        return None
    links = _LINK.findall(markup) if "href=" in markup else []
    if _hides(markup) or any(map(_OTHER_REFERENCE.search, links)):
        return None
    if "&" in markup:
        parts[::2] = [unescaped(text) if "&" in text else text for text in parts[::2]]
    return "".join(parts), [_target(link) for link in links]


def unescaped(text: str) -> str:
    """`text` with its character references resolved."""
    return html.unescape(_HUGE_NUMBER.sub("\ufffd", text))


def _hides(markup: str) -> bool:
    """Whether an attribute takes, or may take, an element out of sight."""
    if "hidden" in markup and _HIDDEN.search(markup):
        return True
    return "style=" in markup and any("&" in style or hiding(_bare(style)) for style in _STYLE.findall(markup))


def _emptied(parts: list[str], names: list[str]) -> bool:
    """Takes the text out of elements nobody sees; False where one holds a tag or is not closed."""
    for number, name in enumerate(names):
        if name in _EMPTY:
            if names[number + 1 : number + 2] != [f"/{name}"]:
                return False
            parts[2 * number + 2] = ""
    return True


def _target(value: str) -> str:
    value = _bare(value)
    return _AMPERSAND.sub("&", value) if "&" in value else value


def _bare(value: str) -> str:
    return value[1:-1] if value[0] in "\"'" else value

"""Simple, well-made markup, which is most of what feeds carry, read without building a tree.

Every `<` must begin a tag with tidy attributes or a comment without tags, and every element must be one that a
browser's parser neither moves nor hides. Then the text between the tags, in order, is what the parser would give, for
a fraction of its time. Whatever else occurs, the answer is None, and the parser reads the text.
"""

import html
import re

from adapters.wire.elements import BLOCKS, INLINE, LINE, PARAGRAPH, STARTS, UNSEEN

_ATTRIBUTE = r"""[a-z][a-z0-9:_-]*+(?:=(?:"[^"<]*+"|'[^'<]*+'|[^ "'<>=`]++))?+"""
_TAG = re.compile(rf"<(?:(/?[a-z][a-z0-9]*+)(?:>|(?: ++{_ATTRIBUTE})*+ *+/?>)|!--[^<>]*+(?<=--)>)")
_LINK = re.compile(rf"""<a(?: ++(?!href=){_ATTRIBUTE})*+ ++href=("[^"]*+"|'[^']*+'|[^ >]++)""")
_OTHER_REFERENCE = re.compile("&(?!amp;|#0?38;)")
_REFERENCE = re.compile("&[^;]*;")
_HIDING = ("hidden", "none", "font-size")
_EMPTY = frozenset("iframe script style object canvas audio video noembed".split())
"""Unseen, and read here if no tag is in them."""
_PLAIN = INLINE - UNSEEN - {"math"} | _EMPTY | {"picture"}
_MARKS: dict[str | None, str] = {
    None: "",
    **dict.fromkeys((name for each in _PLAIN for name in (each, f"/{each}")), ""),
    **dict.fromkeys((f"/{name}" for name in STARTS), ""),
    **dict.fromkeys(STARTS, LINE),
    **dict.fromkeys((name for each in BLOCKS - UNSEEN for name in (each, f"/{each}")), PARAGRAPH),
}
for _moved in ("table", "tbody", "thead", "html", "body"):
    del _MARKS[_moved], _MARKS[f"/{_moved}"]

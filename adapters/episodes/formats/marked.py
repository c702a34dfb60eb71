"""Markdown: whether a text is written in it, and the words without its marks."""

import re

from adapters.episodes.formats.tags import plain

_SIGNS = (
    re.compile(r"^(?:#{1,6}[ \t]+)?\*\*[^*\n]{1,80}\*\*", re.MULTILINE),
    re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE),
    re.compile(r"\\[\[\]*_#]"),
    re.compile(r"\[[^\[\]\n]{1,200}\]\(https?://"),
)
_LOOKED_AT = 50_000
_FEWEST, _FEWEST_HINTED = 3, 1
_FRONT = re.compile(r"---[ \t]*\n(.{0,20000}?)\n---[ \t]*(?:\n|$)", re.DOTALL)
_TITLE = re.compile(r"^title:[ \t]*(.{1,300})$", re.MULTILINE)
_HEADING = re.compile(r"#{1,6}[ \t]+(.{1,300}?)[ \t]*#*")
_PREFIX = re.compile(r"(?:>[ \t]?){1,5}|[-*+][ \t]+|\d{1,3}[.)][ \t]+(?=\*\*)")
_RULE = re.compile(r"(?:[-*_][ \t]*){3,80}|`{3,}.{0,40}|~{3,}.{0,40}")
_IMAGE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()\s]{0,1000}\)")
_LINK = re.compile(
    r"\[([^\[\]]{1,500})\](?:\([^()\s]{0,1000}(?:[ \t]\"[^\"\n]{0,200}\")?\)|\[[^\[\]]{0,100}\])(?:\{:[^{}\n]{0,80}\})?"
)
_AUTOLINK = re.compile(r"<(https?://[^<>\s]{1,1000})>")
_STRONG = re.compile(r"\*\*(?=\S)([^*\n]{1,2000})\*\*|(?<!\w)__(?=\S)([^_\n]{1,2000})__(?!\w)")
_EMPHASIS = re.compile(
    r"\*(?=[^\s*])([^*\n]{1,2000})(?<=[^\s*])\*(?![\w*])|(?<![\w_])_(?=\S)([^_\n]{1,2000})(?<=\S)_(?!\w)"
)
_CODE = re.compile(r"`([^`\n]{1,500})`")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>~|$&'\"])")
_HELD = re.compile("[\ue000-\ue07f]")
_HOLDING = 0xE000


def is_markdown(text: str, hints: str) -> bool:
    """Whether a text is Markdown: three of its marks in the first pages, or one where its name or type says so."""
    sample = text[:_LOOKED_AT]
    if _FRONT.match(sample):
        return True
    found = sum(len(sign.findall(sample)) for sign in _SIGNS)
    hinted = "markdown" in hints or hints.rstrip().endswith((".md", ".mdown", ".markdown"))
    return found >= (_FEWEST_HINTED if hinted else _FEWEST)


def without_front(text: str) -> tuple[str, str | None]:
    """The text without the fields before it, and the title they name."""
    front = _FRONT.match(text)
    if front is None:
        return text, None
    title = _TITLE.search(front[1])
    return text[front.end() :], title[1].strip().strip("\"'") or None if title else None


def heading(line: str) -> str | None:
    """The words of a heading, None where a line is none."""
    found = _HEADING.fullmatch(line)
    return spoken(found[1]) if found else None


def unprefixed(line: str) -> str:
    """A line without the marks of quotations and lists before it; nothing of a rule or a fence."""
    prefix = _PREFIX.match(line)
    line = line[prefix.end() :].strip() if prefix else line
    return "" if _RULE.fullmatch(line) else line


def spoken(text: str) -> str:
    """Words without links, emphasis, code marks and escapes. Every pattern is bounded, so the time is linear."""
    if "\\" in text:
        text = _ESCAPED.sub(lambda found: chr(_HOLDING + ord(found[1])), text)
    if "[" in text:
        text = _LINK.sub(r"\1", _IMAGE.sub(" ", text))
    if "<" in text:
        text = _AUTOLINK.sub(r"\1", text)
    text = plain(text)
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(_inner, _STRONG.sub(_inner, text))
    if "`" in text:
        text = _CODE.sub(r"\1", text)
    return _HELD.sub(lambda found: chr(ord(found[0]) - _HOLDING), text)


def _inner(found: re.Match[str]) -> str:
    return found[1] or found[2]

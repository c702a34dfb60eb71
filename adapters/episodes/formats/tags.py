"""Markup inside captions and turns: voices, classes, colours, entities. Only what is spoken stays."""

import html
import re
from collections.abc import Iterator
from functools import lru_cache

_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,80})?[ \t]+([^<>\n]{1,120})>")
_NAMES = (
    "a abbr article audio b big blockquote body br button c center cite code dd del div dl dt em embed figure font form"
    " h1 h2 h3 h4 h5 h6 head hr html i iframe img input ins lang li link mark meta object ol p pre q rt ruby s script"
    " section small span strike strong style sub sup svg table tbody td th time title tr tt u ul v video"
)
"""Elements of HTML and of captions: anything else in angle brackets was said or meant as it stands."""
_MARKUP = re.compile(
    rf"</?(?:{'|'.join(_NAMES.split())})(?=[\s>/.])[^<>]{{0,500}}>"
    r"|</?\d[\d:.]{0,20}>|<!--[^<>]{0,500}-->|\{\\[^{}\n]{0,200}\}",
    re.IGNORECASE,
)
_PROGRAM = re.compile(r"<(script|style)\b[^<>]{0,500}>[^<>]{0,5000}</\1>", re.IGNORECASE)
_ADDRESSED = re.compile(r"\[([^\[\]\n]{1,300})\]\(https?://[^()\s]{1,2000}\)")
"""A Markdown link, which many transcripts have whatever their format: its words are what was said."""
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,10});")


def plain(text: str) -> str:
    """Without tags and with entities resolved, once; line breaks stay. Linear."""
    if "<" in text or "{" in text:
        text = _MARKUP.sub("", _PROGRAM.sub("", text))
    if "](http" in text:
        text = _ADDRESSED.sub(r"\1", text)
    return _REFERENCE.sub(lambda found: _resolved(found[0]), text) if "&" in text else text


def voices(text: str) -> Iterator[tuple[str | None, str]]:
    """Who speaks and what, in order: a caption without a voice tag has one piece, of nobody."""
    at, speaker = 0, None
    if "<v" in text:
        for voice in _VOICE.finditer(text):
            if before := plain(text[at : voice.start()]).strip():
                yield speaker, before
            at, speaker = voice.end(), " ".join(plain(voice[1]).split()) or None
    if words := plain(text[at:]).strip():
        yield speaker, words


@lru_cache(maxsize=2048)
def _resolved(reference: str) -> str:
    """One character; never a new tag, which is why this comes after the tags are gone."""
    return html.unescape(reference).replace("\xa0", " ")

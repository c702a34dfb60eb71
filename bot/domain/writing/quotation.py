"""Quotation marks around someone's words."""

import re

_MARKS = {
    "ru": ("«", "»", "„", "“"),
    "uk": ("«", "»", "„", "“"),
    "fr": ("«", "»", "“", "”"),
    "de": ("„", "“", "‚", "‘"),
}
_ENGLISH = ("“", "”", "‘", "’")
_STRAIGHT = re.compile(r'"([^"]*)"')
_CURLED = re.compile(r"[“„]([^“”„]*)[”“]")
_ANGLED = re.compile(r"«([^«»]*)»")


def quoted(words: str, language: str) -> str:
    """Someone's words in the quotation marks of a language; marks inside become that language's inner ones."""
    opening, closing, inner_opening, inner_closing = _MARKS.get(language.partition("-")[0], _ENGLISH)
    inner = rf"{inner_opening}\1{inner_closing}"
    for pattern in (_STRAIGHT, _CURLED, _ANGLED):
        words = pattern.sub(inner, words)
    return f"{opening}{words}{closing}"

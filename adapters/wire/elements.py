"""HTML made of elements: what is text is escaped, always; only what this module made is markup."""

from html import escape
from typing import Final
from urllib.parse import urlsplit


class Markup(str):
    """Finished HTML."""

    __slots__ = ()


_EMPTY: Final = frozenset({"br", "hr", "meta", "img"})


def element(name: str, /, *inside: str, **attributes: str | None) -> Markup:
    """An element. Text inside and values of attributes are escaped; an attribute of None is left out.

    Underscores in names of attributes are hyphens, and one at the end is dropped: `class_`, `aria_label`.
    """
    pairs = ((key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items() if value is not None)
    opened = f"<{' '.join([name, *(f'{key}={_quoted(value)}' for key, value in pairs)])}>"
    return Markup(opened if name in _EMPTY else f"{opened}{joined(*inside)}</{name}>")


def _quoted(value: str) -> str:
    return f'"{escape(value)}"'


def joined(*parts: str) -> Markup:
    """Parts one after the other."""
    return Markup("".join(part if isinstance(part, Markup) else escape(part) for part in parts))


def address(url: object) -> str | None:
    """An address a page may lead to; None for anything but http(s)."""
    if not isinstance(url, str):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None

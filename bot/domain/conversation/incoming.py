"""Text that people send: made harmless, cut to length, and read for its language. It stays untrusted data."""

import re
import unicodedata
from collections.abc import Collection

from bot.domain.conversation.matter import is_cyrillic

MOST_CHARACTERS = 2_000
"""A longer message is cut: nobody's question is longer, and none may cost more."""
_SEEN_AT_MOST = 20_000
"""Characters looked at: what is invisible must not push out what is not."""
_NOT_RUSSIAN = re.compile(r"[ґєіїјљњћђџўќѓѕ]", re.IGNORECASE)


def clean(text: str) -> str:
    """The text without invisible and control characters (line breaks stay), at most 2,000 characters."""
    seen = text[:_SEEN_AT_MOST].replace("\r\n", "\n").replace("\t", " ")
    visible = "".join(c for c in seen if c == "\n" or unicodedata.category(c)[0] != "C")
    return visible[:MOST_CHARACTERS].strip()


def language_of(text: str, interface: str, languages: Collection[str]) -> str:
    """The language to answer in: Russian to who asks in Russian, else the language of the reader's interface."""
    russian = "ru" in languages and is_cyrillic(text) and _NOT_RUSSIAN.search(text) is None
    return "ru" if russian else interface

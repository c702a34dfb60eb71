"""What may be shown as a name. Names come from strangers: feeds, files, talk; they are data and nothing more."""

import re
import unicodedata

from bot.domain.text.stopwords import word_set
from bot.domain.text.visible import visible

LONGEST = 60
"""Characters of a name."""
MOST_WORDS = 7
_HOSTILE = re.compile(
    r"[<>\[\]{}|*`~@^\\=\x00-\x1f]|https?:|www\.|://|\b(?:everyone|here)\b(?=\s*$)|\b\S+\.(?:com|net|org|ru|xyz)/",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override|reveal|system prompt|prompts?\b.*\binstructions?|instructions?|jailbreak"
    r"|assistant|игнорируй|забудь)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'’.\-]*", re.UNICODE)
_NUMBERED = re.compile(
    r"(?:speaker|spk|spkr|s|participant|voice|person|unknown speaker|спикер|голос|участник)[ _\-#]*(\d{1,3})",
    re.IGNORECASE,
)
_PARTS = word_set(
    """
    host guest interviewer interviewee moderator narrator announcer audience speaker unknown introducer voiceover
    all both everyone caller questioner participant male female man woman voice ведущий ведущая гость гостья диктор
    голос зал вопрос спикер break music intro outro ad ads sponsor commercial jingle clip transcript
    """
)


def tidied(name: str) -> str:
    """A name in one line of visible characters, without the quotation marks and stops around it."""
    line = " ".join(visible(name[:400]).split())
    return line.strip(" \t,;:\"“”„«»'‘’()-–—•·").strip()


def presentable(name: str) -> str | None:
    """`name` tidied, if it may be shown as the name of a person or a thing; None where it is too long, holds markup,
    a link, a mention of everyone, or reads as an order to a machine.
    """
    shown = tidied(name)
    if not shown or len(shown) > LONGEST or len(shown.split()) > MOST_WORDS:
        return None
    if _HOSTILE.search(shown) or _ORDER.search(shown) or not any(c.isalpha() for c in shown):
        return None
    return None if any(unicodedata.category(c) in {"Cf", "Co", "Cn", "Cs"} for c in shown) else shown


def is_person_name(name: str) -> bool:
    """Whether a presentable name is built as people's are: one to five words of letters, no digits but in a handle."""
    words = name.split()
    if not 1 <= len(words) <= 5:
        return False
    return all(_WORD.fullmatch(word) for word in words) and not any(word.lower() in _PARTS for word in words)


def part_number(label: str) -> int | None:
    """The number of a label that a machine gave: 1 of `SPEAKER_01`."""
    found = _NUMBERED.fullmatch(tidied(label))
    return int(found[1]) if found else None


def is_part(label: str) -> bool:
    """Whether a label says what somebody does and not who it is: `Host`, `Audience 2`, `SPEAKER_01`."""
    words = re.findall(r"[^\W\d_]+", label.lower())
    return part_number(label) is not None or not words or any(word in _PARTS for word in words)

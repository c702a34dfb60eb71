"""Which sentences can stand alone under someone's name.

A sentence taken out of its text must still say something: a pronoun without its noun, a teaser, a heading, a line of
navigation, half a quotation or a machine's order does not.
"""

import re
from bisect import bisect_right

MOST_WORDS = 60
"""Longer sentences would be more than an excerpt."""
_LEAST_WORDS = 5

_NEVER = re.compile(
    r"""https?://|www\.|@everyone|@here|<[!@#/a-z]|[{}|<>]|\[\d+\]|```|
    \b(ignore|disregard|forget)\b.{0,30}\b(previous|above|prior|earlier|all)\b.{0,30}\b(instructions?|prompts?|rules)|
    \b(system\s+prompt|as\s+an\s+ai\b|you\s+are\s+(now\s+)?(a|an)\s+(helpful|language|ai)|output\s+only|
       do\s+not\s+mention\s+this|to\s+the\s+(model|assistant)s?\s+reading)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BOILERPLATE = re.compile(
    r"""^(read\s+(more|on|the)|subscribe|sign\s+up|click|share\s+this|follow\s+(me|us)|listen|watch|tune\s+in|join\s+(me|us)|
    in\s+this\s+(episode|post|article|issue|video|week)|today\s+(on|we|i)|welcome|thanks?\b|thank\s+you|hello|hi\b|dear\b|
    sponsor|this\s+(post|episode|article|newsletter)\s+(is|was)|(photo|image|credit|source|via|update[ds]?|edit|note|tl;?dr)\b\s*:|
    see\s+also|related:|originally\s+published|the\s+post\b|comments?\b|posted\s+(by|on|in)|tags?:|topics?:|links?:|
    we(’|')?(re|\s+are)\s+(excited|thrilled|proud|hiring)|stay\s+tuned|learn\s+more|get\s+started|check\s+out|
    here(’|')?s\s|here\s+(is|are)\s|for\s+more\b|more\s+on\b|view\s+|continue\s+reading|this\s+interview|the\s+following)""",
    re.IGNORECASE | re.VERBOSE,
)
_LEANS_BACK = re.compile(
    r"""^[“"'‘(]?(this|that|these|those|it|its|it[’']s|he|she|they|his|her|their|him|them|such|which|who|here|there|both|either|
    neither|another|others|one\s+of\s+(them|these|those)|the\s+(former|latter|same|other|two)|as\s+(such|a\s+result)|instead|
    это|этот|эта|эти|он|она|они|оно|его|её|их|там|тут|такой|такая)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_CONNECTS = re.compile(
    r"""^(and|but|or|so|yet|then|also|however|moreover|furthermore|meanwhile|still|thus|hence|therefore|besides|plus|nor|now|
    of\s+course|for\s+(example|instance)|in\s+(addition|other\s+words|fact|short)|on\s+the\s+other\s+hand|
    secondly|second|third|finally|first|again|а|и|но|или|однако|поэтому|также|зато)\b[,\s]""",
    re.IGNORECASE | re.VERBOSE,
)
_SAYS = re.compile(
    r"\b(is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|should|do|does|did)\b"
    r"|n[’']t\b|[’'](s|re|ve|ll)\b"
)
_FUNCTION = frozenset(
    ("a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "with", "by", "and", "or", "but", "as",
     "per", "via", "near", "over", "under", "after", "before", "during", "into", "than", "his", "her", "its",
     "our", "their")
)  # fmt: skip
_ENDS = tuple(".!?。！？”\"’'»)")
_PAIRS = (("“", "”"), ("«", "»"), ("(", ")"), ("[", "]"))
_WEIGHT_OF_LENGTH = (0.35, 0.7, 1.0, 0.85, 0.6, 0.35)
_LENGTHS = (8, 11, 31, 41, 51)


def words(text: str) -> int:
    """How many words a person would count."""
    return len(text.split())


def is_question(text: str) -> bool:
    """Whether the sentence asks."""
    return text.rstrip("”\"’'») ").endswith(("?", "？"))


def balanced(text: str) -> bool:
    """Whether quotation marks and brackets that open also close."""
    return all(text.count(a) == text.count(b) for a, b in _PAIRS) and text.count('"') % 2 == 0


def is_harmless(text: str) -> bool:
    """Whether a text holds no address, mention, markup or machine's order, so that it may stand anywhere at all."""
    return not _NEVER.search(text) and text.isprintable()


def fitness(text: str, *, headline: bool = False) -> float:
    """How well a sentence stands alone, 0 (never quote it) to 1.

    A headline may lack its full stop and be short; everything else must be a whole sentence.
    """
    count = words(text)
    if not (2 if headline else _LEAST_WORDS) <= count <= MOST_WORDS or len(text) > 420 or _NEVER.search(text):
        return 0.0
    if not balanced(text) or text.endswith(("…", "...", ":", ";", ",")) or (not headline and not text.endswith(_ENDS)):
        return 0.0
    if _BOILERPLATE.search(text) or _mostly_not_words(text) or (not headline and _is_caption(text)):
        return 0.0
    fit = 1.0 if headline else _WEIGHT_OF_LENGTH[bisect_right(_LENGTHS, count)]
    if _LEANS_BACK.search(text):
        fit *= 0.35
    if _CONNECTS.search(text):
        fit *= 0.5
    return fit * (0.5 if is_question(text) else 1.0)


def _mostly_not_words(text: str) -> bool:
    letters = sum(character.isalpha() or character.isspace() for character in text)
    return letters < 0.75 * len(text) or (len(text) > 20 and text.isupper()) or not text[0].isprintable()


def _is_caption(text: str) -> bool:
    """Whether only names and function words stand there: a caption, not a statement."""
    lower = [word for word in re.findall(r"[^\W\d_]+", text) if word.islower()]
    return not _SAYS.search(text) and all(word in _FUNCTION for word in lower)

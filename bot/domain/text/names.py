"""Proper names, products, handles and versions in a text, without a model.

A capital alone says little: sentences and headlines begin with one. A run of capitalised words is a name when it stands
inside a sentence, or when its shape says so (`GitHub`, `NATO`, `GPT-5`), or when the same text writes the word with a
capital elsewhere where it had no need to.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.domain.text.stopwords import CALENDAR, word_set
from bot.domain.text.words import is_stopped

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|v?\d+(?:\.\d+)+[a-z]?\b|[^\W\d_]+\d*\.\d+\b|[^\W_]\w*(?:\.(?:js|ai|io|com|net|org|py|rs|dev|cpp|app)\b|[&'’\-][^\W_]\w*)*"
)
_HANDLE = re.compile(r"(?<![\w@/.])@[A-Za-z0-9_]{2,30}(?:\.[A-Za-z0-9_-]+)*")
_REPOSITORY = re.compile(r"(?<![\w/.@-])([A-Za-z0-9][\w-]{0,38})/([A-Za-z0-9][\w.-]{0,60}\w)(?![\w/])")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_VERSION = re.compile(r"v?\d+(?:\.\d+)*[a-z]?", re.IGNORECASE)
_GAP = re.compile(r"[ \u00a0]{1,2}")
_JOINING = word_set(
    """
    of de la le van von der den del da di du bin al
    """
)
_ROLES = word_set(
    """
    president prime minister senator chancellor secretary king queen prince princess pope general governor mayor
    ambassador premier judge justice chairman chief director spokesman spokeswoman lawmaker leader founder ceo
    cto mr mrs ms dr prof sir state foreign ex-president former interim acting president-elect professor
    """
)
_NOT_NAMES = word_set(
    """
    i i'm i’m i've i’ve i'll i’ll ok tldr tl dr faq pdf http url ps nb aka am pm est pst gmt utc cet bst edt et
    ceo cto cfo coo vp hr id tv usd eur gbp ai api apis a.i ml llm llms it sdk cli ui ux os pc diy asap fyi imo
    btw lol omg wtf rip improvements features fixes bug bugs changes changelog notes improved fixed added new
    performance introducing announcing update updates breaking exclusive opinion analysis watch live video
    photos podcast episode part chapter editor author ph.d phd english north south east west
    """
)
_LONGEST = 5
"""Words of a name."""
_MOST = 400
"""Names kept of one text."""


def names(
    title: str, text: str, spans: Iterable[tuple[int, int]], *, address_names: Iterable[str] = (), most: int = _MOST
) -> frozenset[str]:
    """Names in a title and a text, in lower case with single spaces, at most `most`, in order.

    `spans` are the sentences of the text. `address_names` are names known from links (`owner/repo`).
    """
    clean = _ADDRESS.sub(lambda match: " " * len(match.group()), text)
    sentence_runs = [run for start, end in spans for run in _runs(clean, start, end)]
    heading = _ADDRESS.sub(lambda match: " " * len(match.group()), title)
    title_runs = list(_runs(heading, 0, len(heading)))
    lowered = {w for w in _WORD.findall(clean) if w[0].islower()} | {
        w for w in _WORD.findall(heading) if w[0].islower()
    }
    titled = _in_title_case(heading)
    known = {word.lower() for run, inner in sentence_runs if inner for word in run}
    if not titled:
        known |= {word.lower() for run, inner in title_runs if inner for word in run}
    found: dict[str, None] = dict.fromkeys(name.lower() for name in address_names)
    if titled:
        title_runs = [(part, True) for run, _ in title_runs for part in _evident(run, known)]
    for run, inner in [*title_runs, *sentence_runs]:
        _take(found, run, inner=inner, known=known, lowered=lowered)
    for match in _HANDLE.finditer(clean + "\n" + heading):
        found[match.group().lower()] = None
    for match in _REPOSITORY.finditer(clean + "\n" + heading):
        if _looks_like_repository(match):
            found[match.group().lower()] = None
    return frozenset(list(found)[:most])


def spelled(text: str) -> Iterable[re.Match[str]]:
    """The words of a text as names are built of them, in order: `Node.js`, `U.S.`, `O'Brien's`, `3.11` are one each."""
    return _WORD.finditer(text)


def is_shaped(word: str) -> bool:
    """Whether a word's own letters say it is a name: `GitHub`, `NATO`, `GPT-5`, `iPhone`."""
    return bool(word) and _has_shape(word)


def _runs(text: str, start: int, end: int) -> Iterable[tuple[list[str], bool]]:
    """Runs of capitalised words with their versions, and whether they stand inside the sentence."""
    run: list[str] = []
    inside = False
    last = start
    for seen, match in enumerate(_WORD.finditer(text, start, end)):
        word = _bare(match.group())
        if run and not _GAP.fullmatch(text, last, match.start()):
            yield run, inside
            run = []
        if _is_capital(word) and not run:
            inside = seen > 0 and not _opens(text, last, match.start())
        goes_on = _is_capital(word) or (run and (_VERSION.fullmatch(word) or word.lower() in _JOINING))
        if goes_on:
            run.append(word)
        if run and (not goes_on or match.group() != word):  # a possessive ends a name
            yield run, inside
            run = []
        last = match.end()
    if run:
        yield run, inside


def _is_capital(word: str) -> bool:
    return word[:1].isupper() or _has_shape(word)


def _opens(text: str, start: int, end: int) -> bool:
    """Whether the characters between two words begin a quotation, a clause after a colon, or a list entry."""
    between = text[start:end]
    return any(mark in between for mark in ':;"“«|•—–(?!\n') or between.strip() in {"-", "‘", "'"}


def _bare(word: str) -> str:
    """Without a possessive ending."""
    return re.sub(r"['’]s?$", "", word) if word[-1] in "'’" or word[-2:-1] in ("'", "’") else word


@lru_cache(maxsize=100_000)
def _has_shape(word: str) -> bool:
    """Whether a word's own letters say it is a name: `GitHub`, `NATO`, `GPT-5`, `iPhone`."""
    if word[0].isdigit() and "-" in word:
        return False
    letters = [c for c in word if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    if len(letters) >= 2 and capitals == len(letters):
        return len(word) <= 12
    return (capitals >= 1 and any(c.isupper() for c in word[1:] if c.isalpha()) and "-" not in word) or (
        capitals >= 1 and any(c.isdigit() for c in word)
    )


def _in_title_case(title: str) -> bool:
    """Whether a title capitalises words that are no names."""
    words = [w for w in _WORD.findall(title)[1:] if len(w) > 3 and w[0].isalpha()]
    return len(words) < 2 or sum(w[0].isupper() for w in words) * 10 >= len(words) * 7


def _evident(run: list[str], known: set[str]) -> list[list[str]]:
    """The parts of a run of a title whose words are known or shaped as names; a title's capitals say nothing."""
    parts: list[list[str]] = [[]]
    for word in run:
        if word.lower() in known or _has_shape(word) or (parts[-1] and _VERSION.fullmatch(word)):
            parts[-1].append(word)
        else:
            parts.append([])
    return [part for part in parts if part]


def _take(found: dict[str, None], run: list[str], *, inner: bool, known: set[str], lowered: set[str]) -> None:
    """Add the name a run of words spells, if it is one."""
    words = list(run)
    roles = [i for i, word in enumerate(words) if word.lower() in _ROLES]
    if roles and roles[-1] + 1 < len(words):
        words, inner = words[roles[-1] + 1 :], True
    while words and not _belongs(words[0], inner=inner, known=known, lowered=lowered):
        words = words[1:]
        inner = inner or bool(words)
    while words and (words[-1].lower() in _JOINING or (len(words) == 1 and is_stopped(words[-1].lower()))):
        words = words[:-1]
    if not words or len(words) > _LONGEST + 2:
        return
    plain = [
        w for w in words if w.lower() not in _NOT_NAMES and w.lower() not in CALENDAR and not _VERSION.fullmatch(w)
    ]
    if not plain or (len(words) == 1 and len(words[0]) < 2):
        return
    found[" ".join(words[:_LONGEST]).lower()] = None
    stem = [w for w in words if not _VERSION.fullmatch(w)]
    if len(stem) < len(words) and stem:
        found[" ".join(stem[:_LONGEST]).lower()] = None


def _belongs(word: str, *, inner: bool, known: set[str], lowered: set[str]) -> bool:
    """Whether the first word of a run is part of the name."""
    low = word.lower()
    if is_stopped(low) or low in CALENDAR or _VERSION.fullmatch(word):
        return False
    if _has_shape(word):
        return True
    return low in known or (inner and low not in lowered)


def _looks_like_repository(match: re.Match[str]) -> bool:
    """`owner/repo`, not `and/or`: a digit, hyphen or inner capital, and a letter on both sides."""
    owner, name = match.groups()
    if not (any(c.isalpha() for c in owner) and any(c.isalpha() for c in name)) or match.group().isupper():
        return False
    return any(c.isdigit() or c in "-_." for c in match.group().replace("/", "")) and not match.group().istitle()

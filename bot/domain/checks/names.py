"""Proper names in a sentence, and whether its passages hold them.

Capitals mark names only in some places: not where a sentence begins, not in a headline that capitalises every word,
not in German. A word counts as a name when its place, its shape (`GPT-4o`, `NATO`) or the rest of the edition says so,
and it is held by a passage when the same word, an inflected one, its country's people or its initials stand there.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.domain.checks.lexicon import FAMILY, MONTHS, TENS, UNITS, WEEKDAYS, vocabulary
from bot.domain.text.words import folded, is_stopped, stem

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[’'&][^\W_]+)*")
_POSSESSIVE = re.compile(r"[’']s$|(?<=s)[’']$", re.IGNORECASE)
_OPENING = re.compile(r"(?:^|[.!?:;·•|\n“”]|\s[—–-])[\s“”\"'‘«»(\[—–-]*$")
_VERBS = r"""
    says? said argue[sd]? claim(?:s|ed)? report(?:s|ed)? warn(?:s|ed)? wr(?:ites?|ote) told tells? thinks?
    believe[sd]? note[sd]? add(?:s|ed) ask(?:s|ed) den(?:ies|ied) predict(?:s|ed)? release[sd]? announce[sd]?
    launch(?:es|ed) want(?:s|ed) star(?:s|red) push(?:es|ed) repost(?:s|ed) calls called keeps kept drops dropped
    builds built makes made sees saw wins won plans needs gets got has had sends sent runs ran goes went held
    holds names named replaced replaces stops stopped starts started ends ended raises raised buys bought sells
    sold sues sued hires hired cuts loses lost beats uses opens opened backs backed carries swapped swaps faces
    faced leads led joins joined leaves pays paid shows showed gives gave takes took puts counts counted answers
    answered replies replied frames framed votes voted itself himself herself сказал\w* говорит пишет заявил\w*
    считает
    """
_SUBJECT = re.compile(rf"[’']s\b|\s(?:{'|'.join(_VERBS.split())})\b")
"""What follows a bare noun that begins a sentence only when it is a name."""
_LISTED = re.compile(r",? (?:and|or|и|или) [^\W\d_a-zа-яё]|, [^\W\d_a-zа-яё][\w-]*(?:,| and) [^\W\d_a-zа-яё]")
"""The rest of a list of names."""
_EXPLAINED = re.compile(r"(?: on [^:“”]{1,40})?: ?“”|, (?:who|an?|the) ")
"""A quotation hung on the word before it, or a word that is explained after a comma."""
_PLAIN_STARTS = vocabulary(
    """
    today tomorrow yesterday tonight everyone nobody somebody people children women men critics researchers
    evidence research data reporting society nature science suppose consider take meet remember imagine recall
    compare contrast watch hear read call mr mrs ms dr prof sir сегодня вчера завтра
    """
)
_ROLES = vocabulary(
    """
    president vice prime minister secretary state senator chancellor chairman chair director general house court
    party government foreign defense defence army king queen prince pope governor mayor ambassador judge justice
    chief executive former central national federal north south east west new old great early late first last
    """
)
"""Capitals that belong to the name after them: alone they name nobody."""
_SMALL = vocabulary("after about above under their amidst among between through without within until since while")
"""Long words that a headline may write small."""
_SMALL = vocabulary(
    """
    and but for nor yet the from with into onto over upon than that via per off out amid after about against among
    around before between during since through under until without within versus what how its his her their our your
    who are was has had not can may says say said und der die das den dem des ein eine für von mit auf bei aus nach
    über и в на не
    """
)
"""Words that headlines do not capitalise."""
_NUMERALS = UNITS.keys() | TENS.keys()
_TRADES = ("er", "or", "ist", "ian", "man", "woman", "ant", "ent", "yst", "ly", "day")
"""Endings of words that stand before a name and say what somebody does, or when."""
_GENERIC = vocabulary("i i'm i'd i'll i've ai ok tv api apis url pdf id q&a mr mrs ms dr prof sir st llm llms ki")
"""Capitals that name nobody."""
_ENDINGS = vocabulary("s n an ian ean ese i is y e a o ish ns ans ians eans er ers ic") | {""}
_LEAST_ALIKE = 4
"""Letters an inflected name shares with its base form."""
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as written without its possessive, and how it stands there."""

    text: str
    key: str
    """Lower case, without accents and stops."""
    start: int
    end: int
    opens: bool
    """It begins a sentence, a clause after a colon, or a quotation."""
    joined: bool
    """Only a space parts it from the word before."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a passage holds: its words, its runs of capitalised words, the initials of those."""

    keys: frozenset[str]
    runs: tuple[tuple[str, ...], ...]
    initials: frozenset[str]
    acronyms: frozenset[str]
    families: frozenset[int]
    cyrillic: bool
    small: frozenset[str]
    """Keys of words written small."""


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text in order; hyphens part them."""
    found: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        bare = _POSSESSIVE.sub("", match.group())
        opens = bool(_OPENING.search(text, max(0, match.start() - 12), match.start())) or match.start() == 0
        joined = bool(found) and text[last : match.start()] == " "
        found.append(Word(bare, _key(bare), match.start(), match.end(), opens, joined))
        last = match.end() if len(bare) == len(match.group()) else -1
    return tuple(found)


def capitals(text: str) -> frozenset[str]:
    """Keys of the words of a text that begin with a capital: what it may name."""
    return frozenset(word.key for word in words(text) if word.text[0].isupper())


@lru_cache(maxsize=8192)
def held(passage: str) -> Held:
    """Index a passage for `missing_names`."""
    all_words = words(passage)
    keys = frozenset(word.key for word in all_words)
    runs = tuple(_runs(all_words))
    initials = {
        "".join(key[0] for key in run[a:b]) for run in runs for a in range(len(run)) for b in range(a + 2, len(run) + 1)
    }
    families = frozenset(FAMILY[key] for key in keys & FAMILY.keys() if key != "us" or _has_capital_us(all_words))
    families |= {FAMILY[" ".join(run)] for run in runs if " ".join(run) in FAMILY}
    families |= {FAMILY[i] for i in initials & {"us", "uk", "eu", "uae"}}
    small = frozenset(word.key for word in all_words if word.text[0].islower())
    acronyms = frozenset(word.key for word in all_words if len(word.key) > 1 and word.text.replace(".", "").isupper())
    return Held(keys, runs, frozenset(initials), acronyms, families, bool(_CYRILLIC.search(passage)), small)


def missing_names(
    sentence: str,
    passages: Collection[str],
    *,
    scene: Collection[str] = (),
    elsewhere: Collection[str] = (),
    common: Collection[str] = (),
    language: str = "en",
) -> list[str]:
    """Names of a sentence that no passage holds, as written.

    `passages` are the cited words and whatever else may vouch for a name (the headline, the author). `elsewhere` are
    keys of names that other parts of the edition use, `common` of words it writes small: where a sentence begins, only
    they, shape or what follows tell a name from a word. `scene` is what the story is about: it vouches for peoples and
    countries as adjectives.
    """
    indexed = [held(passage) for passage in passages]
    found = words(sentence)
    named = [
        w for w in found if _is_name(w, sentence, found, elsewhere, language) and not (w.opens and w.key in common)
    ]
    missing = [word.text for word in named if not _is_held(word, found, indexed, language)]
    if missing and scene:
        around = [held(text) for text in scene]
        peoples = {
            w.text
            for w in named
            if _is_people(w.key) and not _run_around(w, found) and _is_held(w, found, around, language)
        }
        missing = [text for text in missing if text not in peoples]
    return missing or list(_crossed(found, indexed))


def name_keys(text: str) -> frozenset[str]:
    """Keys of the words a text capitalises where it had no need to."""
    found = words(text)
    if _is_headline(found):
        return frozenset(word.key for word in found if _has_shape(word.text))
    lower = {word.key for word in found if word.text[0].islower()}
    inner = (w for w in found if w.text[0].isupper() and (not w.opens or _has_shape(w.text) or _acts(w, text)))
    return frozenset(w.key for w in inner if w.key not in lower | _ROLES and not is_stopped(w.key) and _may_be_name(w))


def _key(word: str) -> str:
    return folded(word.replace(".", "").replace("’", "'").lower())


def _has_capital_us(found: tuple[Word, ...]) -> bool:
    return any(word.key == "us" and word.text.isupper() for word in found)


def _runs(found: tuple[Word, ...]) -> Iterator[tuple[str, ...]]:
    run: list[str] = []
    for word in found:
        capital = word.text[0].isupper()
        if run and not (capital and word.joined and not word.opens):
            yield tuple(run)
            run = []
        if capital:
            run.append(word.key)
    if run:
        yield tuple(run)


def _is_headline(found: tuple[Word, ...]) -> bool:
    """Whether a text capitalises words that are no names, as English headlines do: all but its small words."""
    long = [word for word in found if len(word.text) > 3 and word.text[0].isalpha()]
    capital = sum(word.text[0].isupper() for word in long)
    small = sum(word.text[0].islower() and len(word.key) > 2 and _would_be_capital(word.key) for word in found)
    return capital >= _LEAST_ALIKE and small * 10 <= len(long)


def _would_be_capital(key: str) -> bool:
    """Whether an English headline capitalises a word: all but its small ones."""
    return not is_stopped(key) or (len(key) > _LEAST_ALIKE and key not in _SMALL)


def _has_shape(text: str) -> bool:
    """Whether a word's own letters say it is a name."""
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    if not capitals:
        return False
    return (len(letters) > 1 and capitals > 1) or any(letter.isdigit() for letter in text)


def _may_be_name(word: Word) -> bool:
    return (
        word.key not in _GENERIC and word.key not in MONTHS and word.key not in WEEKDAYS and word.text not in {"I", "A"}
    )


def _is_name(word: Word, sentence: str, found: tuple[Word, ...], elsewhere: Collection[str], language: str) -> bool:
    if not any(letter.isupper() for letter in word.text) or not _may_be_name(word):
        return False
    shouting = sentence.isupper()
    if word.key in elsewhere and not (word.opens and is_stopped(word.key)):
        return True
    if _has_shape(word.text):
        return not shouting or len(word.text) > _LEAST_ALIKE - 1
    if shouting or language.startswith("de") or _is_headline(found):
        return False
    if not word.opens:
        return not (is_stopped(word.key) and len(word.key) < 4)
    if is_stopped(word.key) or word.key in _PLAIN_STARTS | _ROLES | _NUMERALS or word.key.endswith("ly"):
        return False
    after = word.start + len(word.text)
    return _acts(word, sentence) or bool(_LISTED.match(sentence, after) or _EXPLAINED.match(sentence, after))


def _acts(word: Word, sentence: str) -> bool:
    """Whether a verb or a possessive ending follows that makes the word a subject or an owner."""
    return bool(_SUBJECT.match(sentence, word.start + len(word.text)))


def _is_held(word: Word, found: tuple[Word, ...], indexed: Collection[Held], language: str) -> bool:
    if _CYRILLIC.search(word.text) and not any(passage.cyrillic for passage in indexed):
        return True
    return (
        any(_stands_in(word, passage) for passage in indexed)
        or any(_is_abbreviated(word, found, passage) for passage in indexed)
        or any(is_inflected(word.key, other, language) for passage in indexed for other in passage.keys)
    )


def _stands_in(word: Word, passage: Held) -> bool:
    """Whether a passage has the word itself; `US` is not `us`, `AIs` is `AI`."""
    if word.text.isupper() and is_stopped(word.key):
        return word.key in passage.acronyms
    if word.opens and any(other[:3] == word.key[:3] and _akin(other, word.key) for other in passage.small):
        return True
    plural = word.text[:-1].isupper() and word.key.removesuffix("s") in passage.keys
    return word.key in passage.keys or plural or (word.text.isupper() and f"{word.key}s" in passage.keys)


def _akin(one: str, other: str) -> bool:
    return stem(one, "en") == stem(other, "en")


def _is_abbreviated(word: Word, found: tuple[Word, ...], passage: Held) -> bool:
    """Whether initials, the words they stand for, or a country's people stand in a passage for the word."""
    family = FAMILY.get(word.key) if word.text != "us" else None
    if family in passage.families:
        return True
    if word.text.replace(".", "").isupper() and word.key in passage.initials:
        return True
    acronym = "".join(key[0] for key in _run_around(word, found))
    return acronym in passage.acronyms or FAMILY.get(acronym) in passage.families


def _is_people(key: str) -> bool:
    """Whether a word is an adjective of a people: `Irish`, `Russian`, `Chinese`."""
    return key in FAMILY or (len(key) > 5 and key.endswith(("ian", "ean", "ese", "ish")))


def _run_around(word: Word, found: tuple[Word, ...]) -> tuple[str, ...]:
    """The run of capitalised words a word stands in."""
    at = found.index(word)
    first = at
    while first and found[first].joined and found[first - 1].text[0].isupper():
        first -= 1
    last = at
    while last + 1 < len(found) and found[last + 1].joined and found[last + 1].text[0].isupper():
        last += 1
    return tuple(found[i].key for i in range(first, last + 1)) if last > first else ()


def is_inflected(one: str, other: str, language: str) -> bool:
    """Whether two words are forms of one name: a shared beginning, and endings that languages add."""
    if one[:3] != other[:3]:
        return False
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    rest, other_rest = one[shared:], other[shared:]
    if _CYRILLIC.search(one):
        return shared >= max(3, min(len(one), len(other)) - 2) and max(len(rest), len(other_rest)) <= 3
    if shared < _LEAST_ALIKE:
        return False
    if language.startswith("en"):
        return rest in _ENDINGS and other_rest in _ENDINGS
    return max(len(rest), len(other_rest)) <= 3


def _crossed(found: tuple[Word, ...], indexed: Collection[Held]) -> Iterator[str]:
    """First and last names that no passage joins.

    `Ada Hopper` from Ada Lovelace and Grace Hopper, or `Otto Hopper` where Hopper is never without Grace.
    """
    runs = [run for passage in indexed for run in passage.runs]
    keys = {key for passage in indexed for key in passage.keys}
    for one, two in pairwise(found):
        if bool(_CYRILLIC.search(one.key)) != bool(_CYRILLIC.search(two.key)):
            continue
        if not (two.joined and one.text[0].isupper() and two.text[0].isupper()) or two.opens or _is_title(one.key):
            continue
        ones = [run for run in runs if one.key in run]
        twos = [run for run in runs if two.key in run]
        last = [run for run in twos if run.index(two.key) > 0]
        apart = bool(last) and not any(two.key in run for run in ones)
        other = bool(ones) and all(len(run) > 1 for run in ones)
        unknown = one.opens and one.key not in keys and len(last) == len(twos)
        if apart and (other or unknown):
            yield f"{one.text} {two.text}"


def _is_title(key: str) -> bool:
    """Whether a word before a name is a role or a small word, not a first name."""
    return is_stopped(key) or key in _ROLES | _PLAIN_STARTS | _GENERIC or key.endswith(_TRADES)

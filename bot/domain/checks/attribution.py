"""Whom a sentence lets say something: somebody whose words its passages are, or whom they name; nobody else.

A name that only stands in a headline, or begins another sentence with a capital, is nobody who said this; nor is
another author of the edition, whose item the sentence does not cite.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.domain.checks.clauses import stem
from bot.domain.checks.lexicon import FAMILY, vocabulary
from bot.domain.checks.names import capitals, held, is_inflected, name_keys, words
from bot.domain.text.words import is_stopped

_CAPITAL = r"[^\W\d_a-zа-яёäöüß](?:\.(?:[^\W\d_]\.)*|[\w’'-]*)"
_NAME = rf"(?<![^\W_]){_CAPITAL}(?:\s(?:(?:de|van|von|bin|al|of|the)\s)?{_CAPITAL}){{0,5}}(?:\s\([^()]{{1,20}}\))?"
_ONE = (
    r"says|writes|argues|claims|warns|thinks|believes|insists|adds|notes|tells|announces|denies|predicts|puts\sit|reports|"
    r"explains|confirms|replies|objects|counters|suggests|concludes|(?:finds|proves|shows|knows|guarantees|holds)\sthat|"
    r"asks(?:,?\s(?:whether|if|why|who|what|how|when|where)\b|:)"
)
_MANY = (
    r"say|said|write|wrote|argued?|claim(?:ed)?|warn(?:ed)?|thought|believed?|insist(?:ed)?|added|noted|told|announced|denied|"
    r"predict(?:ed)?|asked|reported|explained|(?:found|proved|showed|shown|known|knew)\sthat|shown(?=[.,]|$)|"
    r"confirm(?:ed)?|replied|suggested|concluded|сказал\w*|говор[ия]т|пиш[еу]т|заявил\w*|считает|утверждает|сообщает|сообщил\w*"
)
_BETWEEN = r"also|has|had|have|would|rightly|once|now|then|later|always|long|already"
_SUBJECT = re.compile(
    rf"(?P<name>{_NAME})(?:,[^,.“”]{{1,60}},|\s(?:of|at|from|in)\s(?:the\s)?{_NAME})?\s"
    rf"(?:(?:{_BETWEEN})\s){{0,3}}(?P<verb>(?:{_ONE}|{_MANY}))(?!\w)"
)
_SAID_BY = re.compile(
    rf"[,”»]\s(?:says|said|writes|wrote|argues|warns|reports|adds|asks|notes)\s(?P<name>{_NAME})"
    r"(?=[.,;!?]|$|\s(?:of|at|in|from)\b)"
)
_OWNED = re.compile(rf"(?P<owner>{_NAME})[’']s\s(?P<thing>[^\W\d_]{{4,}})")
_FRAMES = re.compile(
    r"\b(?:[Aa]ccording\sto|[Ii]n\sthe\s(?:words|account|view|eyes|opinion|telling|reading|phrase|judg(?:e)?ment)\sof|"
    rf"(?:[Tt]he\s)?[Hh]eadline\sof|[Пп]о\s(?:словам|мнению|данным))\s(?:the\s)?(?P<name>{_NAME})"
)
_ONE_OF_THEM = re.compile(_ONE)
_NOBODY = vocabulary(
    """
    critic critics analyst analysts expert experts researcher researchers official officials police people reports
    report study research paper author authors editor editors editorial text passage source sources company article
    post piece headline thread podcast episode survey poll data evidence science critique argument arguments news
    letter note readers
    """
)
"""Words that name nobody, where a sentence begins with them."""
_SPEECH = re.compile(
    r"""[“«„"”»]|\b(?:sa(?:y|id|ys|ying)|t(?:ell|old)|writ|wrote|argu|claim|statement|stated|speech|sp(?:eak|oke)|talk|ask|answer|repl|
    respon|announc|declar|den(?:y|ied|ies)|insist|warn|promis|pledg|vow|urg|call|demand|accus|blam|critici|prais|commend|thank|
    comment|remark|not(?:e|es|ed|ing)\b|add(?:s|ed)\b|explain|describ|mention|point|report|accord|think|thought|believ|view|opinion|consider|
    suggest|propos|recommend|conclud|f(?:ind|ound)\b|predict|expect|testif|tweet|post|letter|interview|refus|reject|dismiss|
    admit|acknowledg|concede|confirm|agree|disagree|object|counter|complain|question|wonder|hope|fear|regret|apolog|joke|
    quot|put\sit|know|knew|want|plan|mean|сказ|говор|пис|пиш|заяв|счита|утвержд|сообщ|мнени|слова|отве|спроси|объясн|призва|обвин|
    требу|назва|sag|schreib|mein|erklär|laut|behaupt|fordert)""".replace("\n    ", ""),
    re.IGNORECASE,
)
"""A passage without any of these tells what happened, not what anybody says of it."""
_THEY = re.compile(
    rf"\b(?:he|she|they|it|who|он|она|они|кто)\s(?:(?:also|has|had|have|then|later)\s)?(?:{_ONE}|{_MANY})\b|\b(?:{_MANY})\s(?:he|she|they)\b",
    re.IGNORECASE,
)
_LONGEST_SIGN = 6
_TRADES = ("er", "or", "ist", "ian", "man", "woman", "ant", "ent", "yst")
"""Endings of words that say what somebody does: `Minister says` is a headline's way of naming one."""
_PRONOUNS = vocabulary(
    """
    he she it one who nobody everyone everybody somebody someone anyone another neither either each that this these
    those none which what they we you i other others both many some most few several all no nothing everything there
    here then he's she's it's i'm i'd i'll i've we'll он она они оно я мы вы кто никто все многие некоторые
    """
)


def unheard(
    sentence: str, passages: Sequence[str], authors: Sequence[str], context: Sequence[str] = ()
) -> Iterator[str]:
    """Names that a sentence (its quotations blanked out) lets say something and that are not known to have said it.

    Known are the `authors` of what it cites; whom the passages name, if they speak of anybody's saying anything; whom
    the headlines and other passages of the same items (`context`) let speak; and, where a passage has `he said`, whom
    those name.
    """
    credited = _found(sentence)
    if not credited:
        return
    wrote = {word.key for name in authors for word in words(name)}
    named = frozenset[str]().union(*map(capitals, passages))
    speaking = wrote | (named if any(_SPEECH.search(text) for text in passages) else set())
    speaking.update(word.key for text in context for name in _found(text) for word in words(name[0]))
    if any(_THEY.search(text) for text in passages):
        speaking.update(*map(name_keys, context))
    small = {word.key for text in passages for word in words(text)}
    peoples = frozenset().union(*(held(text).families for text in passages))
    cyrillic = any(map(_is_cyrillic, passages))
    for name, framed in credited:
        keys = [word.key for word in words(name)]
        last = keys[-1] if keys else ""
        skipped = (
            last in _PRONOUNS or FAMILY.get(last) in peoples or _is_sign(name) or (_is_cyrillic(name) and not cyrillic)
        )
        if (
            not keys
            or skipped
            or (len(keys) == 1 and sentence.startswith(name) and last in small and last.endswith(_TRADES))
        ):
            continue
        free = wrote | named if framed else speaking
        known = not is_stopped(last) and any(_is_same(last, key) for key in free)
        if not known and not free.issuperset(keys):
            yield name


def others_named(sentence: str, others: Sequence[str], texts: Sequence[str]) -> Iterator[str]:
    """Authors of other items that a sentence names by their whole name of several words, and that no text names."""
    for name in others:
        if len(name.split()) > 1 and _stands(name, sentence) and not any(_stands(name, text) for text in texts):
            yield name


def misowned(sentence: str, passages: Sequence[str], authors: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Whose a thing is said to be, and the thing, where no passage has both: `Trump’s files` of two passages."""
    wrote = {word.key for name in authors for word in words(name)}
    texts = [frozenset(stem(word.key, "en") for word in words(text)) for text in passages]
    for match in _OWNED.finditer(sentence):
        owner, thing = (words(match[group])[-1] for group in ("owner", "thing"))
        both = (stem(owner.key, "en"), stem(thing.key, "en"))
        known = all(any(one in text for text in texts) for one in both)
        if known and owner.key not in wrote and not any(text.issuperset(both) for text in texts):
            yield match["owner"], match["thing"]


def credits_somebody(text: str) -> str | None:
    """A name that a text lets say something."""
    return next((name for name, _ in _found(text)), None)


def _stands(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", text.casefold()) is not None


@lru_cache(maxsize=4096)
def _found(sentence: str) -> tuple[tuple[str, bool], ...]:
    """Who is let say something; and whether what follows is put as their words, their account, their headline."""
    found: dict[tuple[str, bool], None] = {}
    for match in _SUBJECT.finditer(sentence):
        if not _is_common(match["name"], match["verb"], sentence, match.start()):
            found[match["name"], False] = None
    found.update(dict.fromkeys((match["name"], False) for match in _SAID_BY.finditer(sentence)))
    found.update(dict.fromkeys((match["name"], True) for match in _FRAMES.finditer(sentence)))
    return tuple(found)


def _is_common(name: str, verb: str, sentence: str, at: int) -> bool:
    """Whether a word has its capital because a sentence begins there: `Critics say`, `Everybody knows`."""
    found = words(name)
    opens = at == 0 or sentence[:at].rstrip().endswith((".", "!", "?", ":", ";", "—", "–", "•", "“", "”"))
    if not opens or len(found) > 1:
        return False
    return found == () or found[0].key in _NOBODY | _PRONOUNS or not _ONE_OF_THEM.fullmatch(verb)


def _is_same(one: str, other: str) -> bool:
    """Whether two keys are the same name, or forms of it."""
    return one in {other, f"{other}s"} or (_is_cyrillic(one) and is_inflected(one, other, "ru"))


def _is_sign(name: str) -> bool:
    """Whether it is an acronym or a version: those have many spellings, and the check of names knows them."""
    last = name.rsplit(maxsplit=1)[-1]
    return (last.replace(".", "").isupper() and len(last) < _LONGEST_SIGN) or any(letter.isdigit() for letter in last)


def _is_cyrillic(text: str) -> bool:
    return any("\u0400" <= letter <= "\u04ff" for letter in text)

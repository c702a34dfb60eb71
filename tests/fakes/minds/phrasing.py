"""Says sentences of others again, by means that keep what they say: who says it, and the words in other order or marks.

No understanding is needed for it, so nothing can be misunderstood: a clause is kept whole, or quoted letter by letter.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain.checks.lexicon import vocabulary
from tests.fakes.minds.prompts import Heard

_SMALL = vocabulary("""
    the a an this that these those its their his her in on at by for from with without of to as after before during
    since until under over between among against about into through despite while when where if because although
    though once there here some many most few several both each every all no none nobody only even just now today
    yesterday last next more less such what who how why which it they he she people one two three four five six seven
    eight nine ten two-thirds half nearly almost high low new old early late another other
    """)
_FIRST_PERSON = re.compile(r"\b(I|we|We|my|My|our|Our|us|me|ours|mine|I['’]\w+|[Ww]e['’]\w+|you|You|your|Your)\b")
_LEADING = re.compile(r"^(?:But|And|So|However|Meanwhile|Also|Yet|Still|Then|Plus|Indeed|Now|Well|OK|Look),? ")
_ASIDE = re.compile(r" \([^()]*\)| [–—] [^–—]+ [–—](?= )|, (?:which|who) [^,;:.]+,(?= )")
_TAIL = re.compile(r"(?:, (?:which|who|while|as|just|only|deepening|according) .+|; .+| [–—] .+)$")
_GRAVE = re.compile(
    r"\b(?:not|no|never|nobody|none|nor|neither|without|may|might|could|would|should|unless|except|but|if)\b|"
    r"n['’]t\b|\d",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[“”„\"«»‘「」『』`{}<>\[\]]|https?:|www\.|@\w|\.\.\.|…|(?<!\w)'|\*|#\w|\|")
_SPLIT = re.compile(r"[;,:] | [–—-] | (?:because|but|while|although|after|before|when|that|and) ")
_NO_CLAUSE = re.compile(
    r"(?:A|The) (?:look|guide|list|week|day|life|history|review)\b|(?:How|Why|What|Where|Who|When) "
)
_BINDING = vocabulary("as while when if after before although because since amid with despite given though")
"""Words that begin a sentence whose subject comes later."""
_ACTS = {
    "en": {"star": "starred", "release": "released", "push": "pushed changes to", "repost": "reposted"},
    "ru": {"star": "отметил звездой", "release": "выпустил", "push": "выпустил изменения в", "repost": "сделал репост"},
    "de": {"star": "gab einen Stern an", "release": "veröffentlichte", "push": "änderte", "repost": "teilte"},
}
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|can|may|might|could|would|should|must|does|do|did|[a-z]+(?:s|ed|"
    r"n['’]t))\b",
)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of our own with what it rests on."""

    text: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """What a passage says, made ready to follow "says that"."""

    words: str
    reads_on: bool
    """It may follow another clause without a capital looking out of place."""


def ended(text: str) -> str:
    """A text with a full stop, if it has no end of its own."""
    text = text.strip()
    if re.search(r"[.!?][’'”]*$", text):
        return text
    return f"{text[:-1]}.”" if text.endswith("”") else text.rstrip(",;:–—- ") + "."


def quoted(words: str) -> str:
    """Words between quotation marks, those inside made single."""
    inner = words.replace("“", "‘").replace("”", "’").replace('"', "'").replace("«", "‘").replace("»", "’")
    return f"“{inner}”"


def clause(passage: Heard, common: frozenset[str], names: frozenset[str] = frozenset()) -> Clause | None:
    """The passage as a clause; None where it must be quoted: a question, first person, marks, titles."""
    words = _LEADING.sub("", passage.words).strip().rstrip(".").strip()
    if not words or words.endswith(("?", "!")) or _FIRST_PERSON.search(words) or _MARKS.search(words):
        return None
    if re.search(r"[.!?:] [A-Z]", words) or (not words.isascii() and not _is_english(words)):
        return None
    if not _VERB.search(words) or _NO_CLAUSE.match(words) or _is_titled(words) or len(words.split()) < 4:
        return None
    first, _, rest = words.partition(" ")
    small = f"{first[0].lower()}{first[1:]} {rest}"
    if first.lower() in _BINDING:
        return Clause(small, reads_on=False)
    if first.lower() in _SMALL or first.lower() in common:
        return Clause(small, reads_on=True)
    bare = re.sub(r"['’]s?$", "", first)
    return Clause(words, reads_on=bare in names or sum(letter.isupper() for letter in first) > 1)


def shorter(words: str, most: int) -> str:
    """A clause without its asides, and without a last part that changes nothing, as far as that is needed to fit."""
    for pattern in (_ASIDE, _TAIL):
        if len(words) <= most:
            break
        found = pattern.search(words)
        if found and not _GRAVE.search(found.group()) and found.start() > 25:
            words = (words[: found.start()] + words[found.end() :]).strip(" ,;")
    return words


def excerpt(words: str, most: int) -> str | None:
    """The beginning of a passage up to a border between clauses, letter by letter; None where none fits."""
    words = words.strip()
    if len(words) <= most:
        return words
    if words.partition(" ")[0].lower() in _BINDING:
        return None
    cuts = [words[: m.start()].strip() for m in _SPLIT.finditer(words) if 18 <= m.start() <= most]
    whole = [cut for cut in cuts if _VERB.search(cut) and len(cut.split()) > 3 and cut.count("“") == cut.count("”")]
    return whole[-1] if whole else None


def known_names(texts: Sequence[str], speakers: Sequence[str]) -> frozenset[str]:
    """Words that these texts write with a capital inside a sentence, and the names of who published them."""
    plain = [text for text in texts if not _is_titled(text)]
    inside = {name for text in plain for name in re.findall(r"(?<=[a-z,;] )[A-Z][\w-]+", text)}
    return frozenset(inside | {word for name in speakers for word in name.split()})


def common_words(texts: Sequence[str]) -> frozenset[str]:
    """Words that these texts write small: a capital of theirs is no name's."""
    return frozenset(word for text in texts for word in re.findall(r"\b[a-z][a-z'’]+\b", text))


@dataclass(frozen=True, slots=True)
class Phrasing:
    """Retells passages in one language; `turn` makes the next sentence begin otherwise than this one."""

    common: frozenset[str]
    names: frozenset[str] = frozenset()
    language: str = "en"

    def tell(self, passage: Heard, turn: int, most: int = 400) -> Told | None:
        """One sentence that says who says what; None where it cannot be said within so many characters."""
        for text in self._ways(passage, turn, most):
            if len(text) <= most:
                return Told(text, (passage.id,))
        return None

    def claim(self, passage: Heard, most: int = 130) -> Told | None:
        """The same for somebody who is named before it."""
        if (act := self._act(passage)) is not None:
            cut = excerpt(passage.words.rstrip("."), most - 25)
            return Told(ended(f"{act[0].upper()}{act[1:]} {quoted(cut)}"), (passage.id,)) if cut else None
        said = clause(passage, self.common, self.names) if self.language == "en" else None
        if said is not None and said.reads_on:
            text = ended(f"Says that {shorter(said.words, most - 12)}")
            if len(text) <= most:
                return Told(text, (passage.id,))
        cut = excerpt(passage.words.rstrip("."), most - 14)
        lead = {"ru": "Пишет", "de": "Schreibt"}.get(self.language, "Writes")
        return Told(ended(f"{lead}: {quoted(cut)}"), (passage.id,)) if cut else None

    def join(self, one: Heard, other: Heard, most: int = 260) -> Told | None:
        """Two things of one person in one sentence."""
        if self.language != "en" or self._act(one) or self._act(other) or one.name != other.name:
            return None
        first, second = clause(one, self.common, self.names), clause(other, self.common, self.names)
        if first is None or second is None or not (first.reads_on and second.reads_on):
            return None
        text = ended(f"{one.name} says that {first.words}, and that {second.words}")
        return Told(text, (one.id, other.id)) if len(text) <= most else None

    def title(self, passage: Heard, most: int = 80) -> str | None:
        """A headline with who says so."""
        words = passage.words.rstrip(".")
        if _MARKS.search(words) or _FIRST_PERSON.search(words) or words.endswith(("?", "!")) or self._act(passage):
            return None
        if self.language != "en":
            return None
        says = clause(passage, self.common, self.names) is not None
        ways = ("{0}, says {1}", "{0} ({1})") if says else ("{1}: {0}", "{0} ({1})")
        return next((t for way in ways if len(t := way.format(words, passage.name)) <= most), None)

    def _act(self, passage: Heard) -> str | None:
        return _ACTS.get(self.language, _ACTS["en"]).get(passage.kind)

    def _ways(self, passage: Heard, turn: int, most: int) -> Iterator[str]:
        name = passage.name
        if (act := self._act(passage)) is not None:
            cut = excerpt(passage.words.rstrip("."), max(20, most - len(name) - 30))
            if cut:
                yield ended(f"{name} {act} {quoted(cut)}")
            return
        said = clause(passage, self.common, self.names) if self.language == "en" else None
        if said is not None:
            ways = _framed(name, shorter(said.words, most - len(name) - 16), passage.headline, said.reads_on)
            yield from ways[turn % len(ways) :]
            yield from ways[: turn % len(ways)]
        cut = excerpt(passage.words.rstrip("."), max(20, most - len(name) - 14))
        if cut:
            ways = _hung(name, cut, self.language, passage.headline)
            yield from (ways[turn % len(ways)], ways[0])


def replaced(told: Told, text: str) -> Told:
    """The same evidence under other words."""
    return replace(told, text=text)


def _framed(name: str, words: str, headline: bool, reads_on: bool) -> list[str]:
    capital = words[0].upper() + words[1:]
    if not reads_on:
        return [ended(f"{capital}, the headline of {name} says" if headline else f"{capital}, {name} says")]
    if headline:
        return [
            ended(f"{name} reports that {words}"),
            ended(f"As {name} puts it in a headline, {words}"),
            ended(f"{capital}, the headline of {name} says"),
        ]
    return [
        ended(f"{name} says that {words}"),
        ended(f"{capital}, {name} says"),
        ended(f"According to {name}, {words}"),
        ended(f"In the account of {name}, {words}"),
    ]


def _hung(name: str, cut: str, language: str, headline: bool) -> list[str]:
    quote = quoted(cut)
    if language == "ru":
        return [ended(f"{name} пишет: {quote}"), ended(f"Так об этом говорит {name}: {quote}")]
    if language == "de":
        return [ended(f"{name} schreibt: {quote}"), ended(f"So sagt es {name}: {quote}")]
    if cut.endswith("?"):
        return [f"{name} asks: {quote}"]
    closed = f"{quote[:-1]},”" if not cut.endswith(("!", "’", "”")) else quote
    if headline:
        return [ended(f"{name} puts it in a headline: {quote}"), ended(f"The headline of {name} reads: {quote}")]
    return [
        ended(f"{name} writes: {quote}"),
        ended(f"In the words of {name}, {quote}"),
        ended(f"{closed} writes {name}"),
    ]


def _is_titled(words: str) -> bool:
    """Whether every long word has a capital, as in English headlines."""
    long = [word for word in words.split()[1:] if len(word) > 3 and word[0].isalpha()]
    return len(long) > 1 and sum(word[0].isupper() for word in long) * 3 >= 2 * len(long)


def _is_english(words: str) -> bool:
    letters = [letter for letter in words if letter.isalpha()]
    plain = sum(letter.isascii() for letter in letters)
    return plain * 20 >= 19 * len(letters) and bool(re.search(r"\b(?:the|of|and|to|in|is|was|a|for|on)\b", words))

"""What of an edition is translated, and how a translation stands in its place.

The same text often stands in several places (the edition that is selected from originals repeats its best sentence):
it is translated once, and looked up by itself. Of what is nothing but somebody's words in quotation marks, only these
words are sent; marks, original and name are put around the translation by us.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.domain.edition import Edition, Story
from bot.domain.prose.showing import folded
from bot.domain.prose.trial import people
from bot.domain.quotes import quotations
from bot.domain.roster import ThinkerKind
from bot.domain.text.tongue import is_in, tongue
from bot.domain.tokens import Used
from bot.domain.writing.quotation import quoted

_SURE = 0.9
"""How sure we are that a text is in the reader's language before it is not translated at all."""
_LIKELY = 0.5
"""The same in another script than most: its few languages are near relatives, and nobody is surer."""
_LATIN = re.compile(r"[A-Za-z]{3}")
_LEAST_SURE = 24
"""Characters of a text that can be told."""


@dataclass(frozen=True, slots=True)
class Names:
    """Who speaks in an edition."""

    people: tuple[str, ...]
    others: tuple[str, ...]
    """Organizations, newsletters, podcasts."""


@dataclass(frozen=True, slots=True)
class Part:
    """One text to translate."""

    where: str
    """Its name in the answer, such as `body[3]`."""
    text: str
    """As it stands in the edition."""
    words: str
    """What of it is translated: all, or what stands between its quotation marks."""
    before: str = ""
    """Of somebody's words, what stands before the quotation mark: their name."""

    @property
    def is_quotation(self) -> bool:
        """Whether it is somebody's words: the original stays, with the translation in brackets."""
        return self.words != self.text

    def shown(self, said: str, language: str) -> str:
        """The part with its words translated."""
        return f"{self.before}{quoted(self.words, language)} ({said})" if self.is_quotation else said


@dataclass(frozen=True, slots=True)
class Rendering:
    """Parts that were translated: kept by what they were made of, so that each language is paid for once."""

    said: tuple[tuple[str, str], ...]
    """A text of the edition, and what stands in its place; of one that did not pass the checks, nothing does."""
    used: Used = field(default_factory=Used)


@dataclass(frozen=True, slots=True)
class Told:
    """An edition, or as much of it as there is, in another language."""

    language: str
    texts: Mapping[str, str]
    kept: frozenset[str]
    """Texts that should be translated, and stay in their original words."""

    def __call__(self, text: str) -> str:
        """What stands for a text; itself, where nothing does."""
        return self.texts.get(text, text)


def told(language: str, pairs: Iterable[tuple[Iterable[Part], Rendering | None]]) -> Told:
    """What was wanted, each with what became of it, together."""
    texts: dict[str, str] = {}
    kept: set[str] = set()
    for parts, rendering in pairs:
        said = dict(rendering.said) if rendering is not None else {}
        texts |= said
        kept |= {part.text for part in parts if part.text not in said}
    return Told(language, texts, frozenset(kept))


def names_of(edition: Edition) -> Names:
    """Everybody who speaks in it."""
    persons = people(edition)
    others = {t.name for t in edition.thinkers if t.kind not in {ThinkerKind.PERSON, "quoted"}}
    return Names(persons, tuple(sorted(others.difference(persons))))


def parts_of_card(edition: Edition, language: str) -> tuple[Part, ...]:
    """Title and lede."""
    return _parts([("title", edition.title), ("lede", edition.lede)], edition, language)


def parts_of_story(edition: Edition, story: Story, language: str) -> tuple[Part, ...]:
    """Everything of a story that is read in another language."""
    return _parts(_texts(story), edition, language)


def _texts(story: Story) -> list[tuple[str, str]]:
    found = [("title", story.title), ("standfirst", story.standfirst.text)]
    found += [(f"positions[{n}]", position.claim) for n, position in enumerate(story.positions)]
    if story.counter.standing != "none":
        found.append(("counter", story.counter.text))
    found += [(f"body[{n}]", said.text) for n, said in enumerate(story.body)]
    if story.synthesis is not None:
        found.append(("synthesis", story.synthesis.text))
    if story.crux is not None:
        found += [("crux.question", story.crux.question), ("crux.settles", story.crux.would_settle)]
    return [*found, *([("so_what", story.so_what)] if story.so_what else [])]


def _parts(texts: Iterable[tuple[str, str]], edition: Edition, language: str) -> tuple[Part, ...]:
    names = {citation.thinker for citation in edition.citations}
    return foreign_parts(texts, names, edition.language, language)


def foreign_parts(
    texts: Iterable[tuple[str, str]], names: Iterable[str], spoken: str, language: str
) -> tuple[Part, ...]:
    """Of some texts, by where they stand, those that a reader of a language needs translated, each once.

    `names` may stand before words of theirs; `spoken` is the language of what says no other.
    """
    known = frozenset(names)
    found: dict[str, Part] = {}
    for where, text in texts:
        if text.strip() and text not in found:
            part = _part(where, text, known)
            if _is_foreign(part.words, spoken, language):
                found[text] = part
    return tuple(found.values())


def _part(where: str, text: str, names: Iterable[str]) -> Part:
    """A text; of `Name: “words”`, its words."""
    spans = quotations(text)
    if len(spans) == 1 and spans[0].end == len(text) and spans[0].end - spans[0].start > len(spans[0].text) + 1:
        before = text[: spans[0].start]
        if not before or before.removesuffix(": ") in names:
            return Part(where, text, spans[0].text, before)
    return Part(where, text, text)


def _is_foreign(words: str, spoken: str, language: str) -> bool:
    """Whether words of an edition that speaks one language are to be translated into another.

    An edition that is selected from originals has sentences in other languages than its own: those of them that are the
    reader's already stay as they are, and to readers of its own language those that are not are translated.
    """
    if spoken.partition("-")[0] == language.partition("-")[0]:
        return not is_in(words, language)
    found, sure = tongue(words) if len(words) >= _LEAST_SURE else ("", 0.0)
    least = _SURE if _LATIN.search(words) else _LIKELY
    return sure < least or found != language.partition("-")[0]


def shown_parts(parts: Iterable[Part]) -> str:
    """As a model reads them: one a line, after its name."""
    return "\n".join(f"{part.where}: {folded(part.words)}" for part in parts)

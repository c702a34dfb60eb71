"""What was said, as the witness for what a model says of it: the same checks as in editions, chapter by chapter.

Everybody who speaks is a citation of their own, so that a claim under another's name, a number, a name or a denial that
is not theirs shows. Of ours alone is that a summary rests on its own chapter, is in our words (what is said letter by
letter stands among the quotations), and speaks to nobody.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from bot.domain.checks.attribution import credits_somebody
from bot.domain.checks.names import name_keys, words
from bot.domain.checks.plain import plain
from bot.domain.checks.polarity import turned
from bot.domain.checks.support import beginnings
from bot.domain.conversation.episode.shelf import EpisodeShelf
from bot.domain.conversation.examining import Examiner
from bot.domain.conversation.exhibits import Exhibits
from bot.domain.conversation.lines import Said
from bot.domain.edition import Citation, CitedPassage, Edition, number_of
from bot.domain.episode import Episode
from bot.domain.prose.trial import says_clash
from bot.domain.quotable import is_harmless
from bot.domain.quotes import quotations, status, without_quotations
from bot.domain.text.sentences import sentences
from bot.domain.transcript import Transcript

Kind = Literal["sentence", "title", "line"]
LONGEST: Final = {"sentence": 300, "title": 60, "line": 120}
"""Characters."""
TITLE_WORDS: Final = range(2, 9)
_PLACEHOLDER: Final = "https://recording.invalid/"
"""The address of a recording that has none: nobody sees it."""
_NEAR: Final = 2
"""Passages before and after a cited one."""
_NEARLY: Final = 0.6
"""Share of the words of a sentence that a clause has of which it may be the denial; and how many, at least."""
_LEAST_SHARED: Final = 3
_VERBATIM: Final = 4
"""Words in a row, from which a text that is nothing else is somebody's, not ours."""
_OURSELVES: Final = re.compile(
    r"\b(?:(?:in|of)\s+(?:this|the)\s+(?:transcript|passages?|excerpts?|recording|chapter|episode|conversation)|"
    r"this\s+(?:chapter|episode|section|segment|part|transcript|passage)|as\s+an?\s+(?:ai|assistant)|language\s+model|"
    r"the\s+(?:passages?|transcripts?|excerpts?)|"
    r"(?:эт(?:ой|от|а|ом)|данн\w+)\s+(?:глав\w+|эпизод\w*|фрагмент\w*|расшифровк\w+|выпуск\w*)|в\s+расшифровк\w+)\b",
    re.IGNORECASE,
)
"""Talk about the recording, or about who writes."""
_ADDRESSED: Final = re.compile(
    r"\b(?:[Yy]ou(?:rs?|rself)?|[Pp]lease|[Ww]e|[Oo]urs?|us|[Mm]y|me|"
    r"[Вв]ы|[Вв]ас|[Вв]ам|[Вв]аш\w*|[Тт]ы|[Тт]ебя|[Тт]ебе|[Тт]во[йяёи]\w*|[Пп]ожалуйста|[Мм]ы|[Нн]ас|[Нн]аш\w*)\b|"
    r"\bI\b(?!\.)"
)
"""Words that speak to somebody, or as somebody."""
_BORDER: Final = re.compile(r"[,;:]\s+|\s[–—-]\s")
_CAPITAL: Final = r"[A-ZА-ЯЁ][\w’'-]*(?:\s[A-ZА-ЯЁ][\w’'-]*){0,4}"
_FRAME: Final = re.compile(
    rf"\b(?:(?:[Ii]n\s+the\s+(?:words|account|view|telling|opinion)\s+of|[Aa]ccording\s+to|[Пп]о\s+(?:словам|мнению))"
    rf"\s+(?P<name>{_CAPITAL}))"
)
"""Whose words something is said to be."""
_HEADED: Final = re.compile(rf"^(?P<name>{_CAPITAL})(?=\s+on\s|\s*:|\s+о\s)")
"""Whom or what a title puts before its matter."""
_NOBODY: Final = frozenset(["there", "here", "this", "that", "it", "what", "nobody", "somebody", "everybody"])
_ADDRESS: Final = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}\b(?:/\S*)?|\w*@\w\S*|(?<!\w)#\w+|\w+://", re.IGNORECASE)
_MARKUP: Final = re.compile(r"[<>{}\[\]|`\\~^*]|(?<!\w)_|_(?!\w)|(?:^|\s)#{1,6}\s|:\w+:")
_SHOUTED: Final = re.compile(r"\b[A-ZА-ЯЁ]{4,}\b")


@dataclass(frozen=True, slots=True)
class Witness:
    """The passages of an episode, and which chapter each is from."""

    edition: Edition
    """Without stories: what was said, as citations."""
    chapters: dict[int, tuple[str, ...]]
    """Ids of the passages of each chapter that is told, by its number, in their order."""
    names: tuple[str, ...]
    """Of people and things of the episode: they may look like an address."""
    voices: tuple[str, ...]
    """Of those among them who can say something: people and organizations."""

    def passages(self) -> dict[str, tuple[Citation, CitedPassage]]:
        """Every passage by its id."""
        return self.edition.passages()

    def stand(self, shown: tuple[str, ...]) -> "Stand":
        """An examination on the passages that a model was shown."""
        return Stand(self, shown)


def witness(episode: Episode, transcript: Transcript, language: str, made: datetime) -> Witness:
    """The passages of what is told of an episode; advertisements, clips, beginnings and ends are not told.

    What holds an address or a machine's order is left out: it is evidence for nothing. `language` is that of what is
    written; `made` stands for the day of an episode that has none.
    """
    shelf = EpisodeShelf(episode, transcript, made)
    edition = shelf.edition
    cited = tuple(replace(c, url=c.url or _PLACEHOLDER) for c in edition.citations)
    told = {
        chapter.number: tuple(
            passage.id for passage in shelf.spoken(chapter.start, chapter.end) if is_harmless(passage.text)
        )
        for chapter in episode.chapters
        if chapter.kind == "topic"
    }
    people = tuple(one.name for one in episode.people)
    names = (*(one.name for one in episode.entities), *people)
    voices = (*(one.name for one in episode.entities if one.type in {"person", "organization"}), *people)
    return Witness(
        replace(edition, citations=cited, language=language), {n: ids for n, ids in told.items() if ids}, names, voices
    )


class Stand:
    """Examines what was written from some passages."""

    def __init__(self, witness: Witness, shown: tuple[str, ...]) -> None:
        """`shown` are the ids that the model was given; nothing else is evidence."""
        every = witness.passages()
        self._edition = witness.edition
        self._passages = {i: every[i] for i in shown if i in every}
        self._texts = {i: passage.text for i, (_, passage) in self._passages.items()}
        self._order = sorted(self._passages, key=lambda i: (every[i][1].at or 0.0, i))
        self._places = {i: place for place, i in enumerate(self._order)}
        self._known = _names_said(witness.edition, self._texts.values())
        self._voices = frozenset(word.key for name in witness.voices for word in words(name))
        self._names = tuple(name.casefold() for name in witness.names)

    def stands(self, text: str, evidence: tuple[str, ...], kind: Kind = "sentence") -> bool:
        """Whether a sentence, a title or a line on somebody says what its passages say, in words of ours."""
        if not evidence or not self._texts.keys() >= set(evidence) or not self._is_ours(text, evidence, kind):
            return False
        if self._puts_forward(text, evidence, kind) or says_clash(text, self._all(evidence)):
            return False
        if self._turns(text, evidence) or not self._says_whose(text, evidence):
            return False
        examiner, said = self._examiner(evidence), Said(text, evidence)
        if kind == "title":
            return len(text.split()) in TITLE_WORDS and examiner.heads(said)
        return examiner.stands(said)

    def _examiner(self, evidence: tuple[str, ...]) -> Examiner:
        """Over the cited passages, with what the same people say right around them: that vouches for names only.

        Of who is not cited, one passage stands for all: they are known, and vouch for nothing.
        """
        near = {
            self._order[place]
            for i in evidence
            for place in range(self._places[i] - _NEAR, self._places[i] + _NEAR + 1)
            if 0 <= place < len(self._order)
        }
        cited = {number_of(i) for i in evidence}
        kept = frozenset(i for i in near if number_of(i) in cited)
        citations = tuple(_with(citation, kept) for citation in self._edition.citations)
        return Examiner(Exhibits(self._edition, citations, evidence), self._edition.language)

    def _puts_forward(self, text: str, evidence: tuple[str, ...], kind: Kind) -> bool:
        """Whether it begins with a name, or is a title with one, that its passages do not have, and nobody cited; or
        says whose words or whose matter something is, and it is nobody of them; or puts another name into words of
        theirs.
        """
        held = {word.key for line in self.held(evidence) for word in words(line)}
        bare = without_quotations(text)
        found = [word.key for word in words(bare)]
        if any(key in self._known and key not in held for key in (found if kind == "title" else found[:1])):
            return True
        if any(key in self._known and key not in held for key in found) and _repeats(found, self._all(evidence)):
            return True
        named = [match["name"] for match in _FRAME.finditer(bare)]
        named += [match["name"] for match in _HEADED.finditer(bare)] if kind == "title" else []
        keys = {word.key for name in named for word in words(name)}
        return not keys <= held or not keys.isdisjoint(_NOBODY)

    def _says_whose(self, text: str, evidence: tuple[str, ...]) -> bool:
        """Whether who is let say something is somebody, and words between quotation marks, if there are any, stand
        beside the name of who says them.
        """
        own = [self._passages[i][0] for i in evidence]
        bare = plain(without_quotations(text))
        if not all(self._can_speak(name, evidence) for name in _speaking(bare)):
            return False
        if not quotations(text) or any(citation.thinker_id is None for citation in own):
            return True
        keys = {word.key for word in words(without_quotations(text))}
        return any(word.key in keys for citation in own for word in words(citation.thinker))

    def _can_speak(self, name: str, evidence: tuple[str, ...]) -> bool:
        """Whether it is who is cited; a person or an organization that a passage names; or a full name that is said."""
        keys = [word.key for word in words(name)]
        own = {word.key for i in evidence for word in words(self._passages[i][0].thinker)}
        named = self._voices & {word.key for text in self._all(evidence) for word in words(text)}
        said = len(keys) > 1 and any(name.casefold() in text.casefold() for text in self._all(evidence))
        return not keys or keys[-1] in own | named or said

    def _turns(self, text: str, evidence: tuple[str, ...]) -> bool:
        """Whether it denies the one clause that has nearly all of its words, or asserts what that denies.

        A passage of an episode is several sentences; beside all of them at once a denial is found for anything.
        """
        bare = plain(without_quotations(text))
        mine = beginnings(bare)
        clauses = [clause for passage in self._all(evidence) for clause in _clauses(plain(passage))]
        shared = [(len(mine & beginnings(clause)), -len(clause), clause) for clause in clauses]
        most, _, nearest = max(shared, default=(0, 0, ""))
        return most >= _LEAST_SHARED and most >= _NEARLY * len(mine) and bool(turned(bare, [nearest]))

    def _all(self, evidence: tuple[str, ...]) -> list[str]:
        return [self._texts[i] for i in evidence]

    def held(self, evidence: Iterable[str]) -> Iterator[str]:
        """Each of some passages that was shown, after who speaks."""
        return (f"{self._passages[i][0].thinker}: {self._texts[i]}" for i in evidence if i in self._texts)

    def _is_ours(self, text: str, evidence: tuple[str, ...], kind: Kind) -> bool:
        """Whether it is one sentence that a person could have written about what others said."""
        if not 0 < len(text) <= LONGEST[kind] or text.rstrip('”»"').endswith(("?", "？", ":")):
            return False
        bare = without_quotations(text)
        if not is_harmless(text) or _MARKUP.search(bare) or _OURSELVES.search(bare) or _ADDRESSED.search(bare):
            return False
        if kind == "title" and quotations(text):
            return False
        return len(sentences(text)) == 1 and not self._shouts(text) and not self._copies(text, evidence)

    def _shouts(self, text: str) -> bool:
        """Whether an address or a word in capitals stands in it that is nobody's name and hardly ever said."""
        for found in _ADDRESS.findall(text):
            if found.casefold() not in self._names:
                return True
        return any(
            not any(word.casefold() in name for name in self._names)
            and sum(word in spoken for spoken in self._texts.values()) < 2
            for word in _SHOUTED.findall(text)
        )

    def _copies(self, text: str, evidence: tuple[str, ...]) -> bool:
        plain = text.strip().rstrip(".!")
        return len(plain.split()) >= _VERBATIM and any(status(plain, self._texts[i]) for i in evidence)


def _names_said(edition: Edition, texts: Collection[str]) -> frozenset[str]:
    """Keys of words that are names in what is said, and of the names of who speaks."""
    small = {word.key for text in texts for word in words(text) if word.text[0].islower()}
    speakers = {word.key for c in edition.citations for word in words(c.thinker) if c.thinker_id}
    return frozenset(speakers | ({key for text in texts for key in name_keys(text)} - small))


def _repeats(keys: Sequence[str], texts: Iterable[str]) -> bool:
    """Whether some words in a row stand in one of some texts in the same row."""
    runs = {tuple(keys[at : at + _VERBATIM]) for at in range(len(keys) - _VERBATIM + 1)}
    for text in texts:
        said = [word.key for word in words(text)]
        if any(tuple(said[at : at + _VERBATIM]) in runs for at in range(len(said) - _VERBATIM + 1)):
            return True
    return False


def _speaking(text: str) -> list[str]:
    """Everybody whom a text lets say something."""
    found: list[str] = []
    while (name := credits_somebody(text)) is not None and name not in found:
        found.append(name)
        text = text.replace(name, "")
    return found


def _clauses(passage: str) -> list[str]:
    """The sentences of a passage, and their parts between commas and the like."""
    whole = [passage[start:end] for start, end in sentences(passage)]
    return [*whole, *(part.strip() for one in whole for part in _BORDER.split(one) if part.strip())]


def _with(citation: Citation, wanted: frozenset[str]) -> Citation:
    """Some of what a speaker says; the first thing of all where none of it is wanted."""
    kept = tuple(passage for passage in citation.passages if passage.id in wanted)
    return replace(citation, passages=kept or citation.passages[:1])

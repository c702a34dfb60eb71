"""What was said, as the witness for what a model says of it: the same checks as in editions, chapter by chapter.

Everybody who speaks is a citation of their own, so that a claim under another's name, a number, a name or a denial that
is not theirs shows. Of ours alone is that a summary rests on its own chapter, is in our words (what is said letter by
letter stands among the quotations), and speaks to nobody.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from bot.domain.conversation.episode.shelf import EpisodeShelf
from bot.domain.conversation.examining import Examiner
from bot.domain.conversation.exhibits import Exhibits
from bot.domain.conversation.lines import Said
from bot.domain.edition import Citation, CitedPassage, Edition
from bot.domain.episode import Episode
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
    names = (*(one.name for one in episode.entities), *(one.name for one in episode.people))
    return Witness(
        replace(edition, citations=cited, language=language), {n: ids for n, ids in told.items() if ids}, names
    )


class Stand:
    """Examines what was written from some passages."""

    def __init__(self, witness: Witness, shown: tuple[str, ...]) -> None:
        """`shown` are the ids that the model was given; nothing else is evidence."""
        wanted = frozenset(shown)
        every = witness.passages()
        self._texts = {i: every[i][1].text for i in shown if i in every}
        self._names = tuple(name.casefold() for name in witness.names)
        self._spoken = tuple(self._texts.values())
        self._speakers = {i: every[i][0].thinker for i in self._texts}
        citations = tuple(_with(citation, wanted) for citation in witness.edition.citations)
        self._examiner = Examiner(Exhibits(witness.edition, citations, tuple(self._texts)), witness.edition.language)

    def stands(self, text: str, evidence: tuple[str, ...], kind: Kind = "sentence") -> bool:
        """Whether a sentence, a title or a line on somebody says what its passages say, in words of ours."""
        if not evidence or not self._texts.keys() >= set(evidence) or not self._is_ours(text, evidence, kind):
            return False
        said = Said(text, evidence)
        if kind == "title":
            return len(text.split()) in TITLE_WORDS and self._examiner.heads(said)
        return self._examiner.stands(said)

    def held(self, evidence: Iterable[str]) -> Iterator[str]:
        """Each of some passages that was shown, after who speaks."""
        return (f"{self._speakers[i]}: {self._texts[i]}" for i in evidence if i in self._texts)

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
            and sum(word in spoken for spoken in self._spoken) < 2
            for word in _SHOUTED.findall(text)
        )

    def _copies(self, text: str, evidence: tuple[str, ...]) -> bool:
        plain = text.strip().rstrip(".!")
        return len(plain.split()) >= _VERBATIM and any(status(plain, self._texts[i]) for i in evidence)


def _with(citation: Citation, wanted: frozenset[str]) -> Citation:
    """What was shown of a speaker; of who says nothing there, the first thing they ever say, so that they are known."""
    kept = tuple(passage for passage in citation.passages if passage.id in wanted)
    return replace(citation, passages=kept or citation.passages[:1])

"""An edition on the desk of the checks: its parts, its passages, and what may vouch for each part."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.domain.checks.figures import Number, count
from bot.domain.checks.lexicon import OWN_NOUNS
from bot.domain.checks.names import name_keys, words
from bot.domain.checks.parts import Part, walk
from bot.domain.checks.plain import plain
from bot.domain.checks.support import Support
from bot.domain.edition import Citation, CitedPassage, Edition, Evidence, Story, dated
from bot.domain.text.words import is_stopped, language, tokens


@dataclass(frozen=True)
class Case:
    """One edition under examination. Everything derived is computed once."""

    edition: Edition

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Every text, in reading order."""
        return tuple(walk(self.edition))

    @cached_property
    def passages(self) -> dict[str, tuple[Citation, CitedPassage]]:
        """Every passage by its id."""
        return self.edition.passages()

    @cached_property
    def numbers(self) -> dict[int, Citation]:
        """Every citation by its number."""
        return {citation.n: citation for citation in self.edition.citations}

    @cached_property
    def names(self) -> frozenset[str]:
        """Keys of words that are names in this edition: they are recognised where a sentence begins with them."""
        speakers = {c.thinker for c in self.edition.citations}
        speakers |= {position.thinker for story in self.edition.stories for position in story.positions}
        spoken = {word.key for name in speakers for word in words(name) if not is_stopped(word.key)}
        texts = [plain(passage.text) for _, passage in self.passages.values()]
        if self.edition.language.startswith("de"):
            texts = [text for text in texts if language(tokens(text)) != "de"]
        return frozenset(spoken | ({key for text in texts for key in name_keys(text)} - self.common))

    @cached_property
    def common(self) -> frozenset[str]:
        """Keys of words that the edition or its passages write small."""
        texts = (*(passage.text for _, passage in self.passages.values()), *(part.text for part in self.parts))
        return frozenset(word.key for text in texts for word in words(plain(text)) if word.text[0].islower())

    def texts(self, evidence: Evidence) -> tuple[str, ...]:
        """The passages behind some ids, as far as they exist."""
        return tuple(self.passages[i][1].text for i in evidence if i in self.passages)

    def cited(self, evidence: Evidence) -> tuple[Citation, ...]:
        """The citations behind some ids, each once, in order."""
        return tuple({self.passages[i][0].n: self.passages[i][0] for i in evidence if i in self.passages}.values())

    def sources(self, story: Story) -> tuple[Citation, ...]:
        """The citations a story lists."""
        return tuple(self.numbers[n] for n in story.citations if n in self.numbers)

    def support(self, part: Part) -> Support:
        """What may vouch for a part."""
        if part not in self._supports:
            self._supports[part] = self._gathered(part)
        return self._supports[part]

    @cached_property
    def _supports(self) -> dict[Part, Support]:
        return {}

    def _gathered(self, part: Part) -> Support:
        story = self.edition.stories[part.story] if part.story is not None else None
        if not part.evidence and story:
            cited = self.sources(story)
            passages = self._for_uncited(part, story)
        else:
            cited = self.cited(part.evidence)
            passages = self.texts(part.evidence)
        close = part.kind in {"title", "lede"}
        siblings = [p.text for c in cited for p in c.passages]
        authors = [c.thinker for c in cited]
        if part.kind == "position" and story:
            authors += [p.thinker for p in story.positions if p.claim == part.text]
        return Support(
            passages=passages,
            authors=tuple(authors),
            context=() if close else (*headlines(cited), *siblings),
            scene=tuple(p.text for c in self.sources(story) for p in c.passages) if story else (),
            published=(*(c.published.date() for c in cited), *_promised(self.edition, part)),
            own=_own_counts(self.edition, part, story),
            elsewhere=self.names,
            common=self.common,
            language=self.edition.language,
            by=tuple(self.passages[i][0].thinker for i in part.evidence if i in self.passages),
            others=tuple(sorted({c.thinker for c in self.edition.citations} - set(authors))),
            says_again=bool(part.evidence) or part.kind == "story_title",
        )

    def _for_uncited(self, part: Part, story: Story) -> tuple[str, ...]:
        cited = self.sources(story)
        if part.kind == "story_title":
            return (*self.texts(story.standfirst.evidence), *headlines(cited))
        return (*(p.text for c in cited for p in c.passages), *headlines(cited))


def headlines(citations: tuple[Citation, ...]) -> tuple[str, ...]:
    """Titles of cited items: a headline counts as the item's text."""
    return tuple(citation.title for citation in citations if citation.title)


def names_in(name: str, texts: tuple[str, ...]) -> bool:
    """Whether some texts name someone: their whole name, or its last word."""
    wanted = [word.key for word in words(name)]
    held = {word.key for text in texts for word in words(text) if word.text[0].isupper() or not word.text[0].isalpha()}
    return bool(wanted) and (all(key in held for key in wanted) or wanted[-1] in held)


def _promised(edition: Edition, part: Part) -> tuple[date, ...]:
    """The day on which an earlier edition made a promise that is closed: its id has it, and it is ours to tell."""
    made = dated(edition.promises.closed[int(part.where[16:-1])].id) if part.kind == "closed" else None
    return made[:1] if made else ()


def _own_counts(edition: Edition, part: Part, story: Story | None) -> tuple[Number, ...]:
    """Our own counts, which need no passage."""
    nouns = OWN_NOUNS.get(edition.language[:2], ("",))
    card, stories = edition.card, edition.stories
    counts = {
        len(stories),
        card.sources_read,
        card.items_read,
        card.items_used,
        card.cited.items,
        card.cited.thinkers,
    }
    if part.kind in {"position", "body", "pull_quote", "reading"}:
        counts = set()
    if story:
        signal = story.signal
        counts |= {signal.voices, signal.items, round(signal.window_hours), len(story.citations)}
        counts |= {story.number} if part.kind == "line" else set()
    return tuple(count(value, noun) for value in sorted(counts) for noun in nouns)

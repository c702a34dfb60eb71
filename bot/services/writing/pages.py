"""The messages of each call of an edition, in layouts from the whole material down to one passage.

House and material begin every call with the same characters, so that a provider keeps them. Where a context or a budget
is too small for that, a story is asked for on its own material, then on fewer of its passages; what stands around the
stories, on fewer passages of each, then on the stories as they are told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.drafted import Drafted
from bot.domain.edition import Edition
from bot.domain.prose.pieces import Flaw
from bot.domain.prose.shapes import Cited
from bot.domain.prose.showing import (
    shown_flaws,
    shown_material,
    shown_promises,
    shown_sentences,
    told_stories,
)
from bot.ports.model import ModelRequest, Role
from bot.ports.prompts import Fact, PromptLibrary, Untrusted
from bot.services.writing.house import house_rules
from bot.services.writing.measure import VOTE, Measure


@dataclass(frozen=True, slots=True)
class Layout:
    """How much of an edition a call is shown."""

    numbers: tuple[int, ...]
    """Of the stories whose material is shown."""
    most: int | None = None
    """Passages of each; None: all."""


class Pages:
    """Makes the requests of one edition."""

    def __init__(self, prompts: PromptLibrary, drafted: Drafted, measure: Measure) -> None:
        """Prepare; nothing is rendered yet but the house rules."""
        self._prompts = prompts
        self._drafted = drafted
        self._measure = measure
        self._materials: dict[tuple[tuple[int, ...], int | None], str] = {}
        self._house = house_rules(prompts, drafted.desk, drafted.edition.language)

    @property
    def numbers(self) -> tuple[int, ...]:
        """Of all stories, in order."""
        return tuple(story.number for story in self._drafted.edition.stories)

    def for_story(self, number: int, *, wide: bool) -> list[Layout]:
        """Layouts of a story's call, the best first; `wide` ones begin with the material of all."""
        own = Layout((number,))
        shown = len(self._passages(number))
        return [*([Layout(self.numbers)] if wide else []), own, *(Layout(own.numbers, most) for most in _halves(shown))]

    def for_whole(self) -> list[Layout]:
        """Layouts of a call that is about all stories, the best first."""
        most = max((len(self._passages(number)) for number in self.numbers), default=0)
        return [Layout(self.numbers), *(Layout(self.numbers, half) for half in _halves(most)), Layout(())]

    def story(self, number: int, layout: Layout) -> ModelRequest:
        """Write one story."""
        facts = {"number": number, "sentences": self._measure.sentences, "words": self._measure.words}
        task = self._prompts.render("story", facts)
        return self._request(layout, task, self._measure.story, f"story {number}")

    def frame(self, edition: Edition, layout: Layout) -> ModelRequest:
        """Write what stands around stories that are told like this."""
        task = self._prompts.render(
            "frame",
            {
                "stories": Untrusted(told_stories(edition, self.numbers)),
                "promises": Untrusted(shown_promises(self._drafted)),
                "earlier": len(self._drafted.promises),
            },
        )
        return self._request(layout, task, self._measure.frame, "frame")

    def dialogue(self, edition: Edition, layout: Layout, sharpest: int, numbers: Sequence[int]) -> ModelRequest:
        """Talk these stories through; `sharpest` is the one to open with."""
        desk, whole = self._drafted.desk, len(self.numbers)
        tokens, least, most = self._measure.spoken(len(numbers), whole)
        task = self._prompts.render(
            "dialogue",
            {
                "one": desk.reader,
                "one_character": desk.reader_character,
                "two": desk.quoter,
                "two_character": desk.quoter_character,
                "least": least,
                "most": most,
                "sharpest": sharpest,
                "stories": Untrusted(told_stories(edition, numbers)),
            },
        )
        name = "dialogue" if len(numbers) == whole else f"dialogue {numbers[0]}"
        return self._request(layout, task, tokens, name)

    def repair(self, task: str, flaws: Sequence[Flaw], layout: Layout) -> ModelRequest:
        """Say again what did not stand; `task` is what it was written for, such as `story 2`."""
        asked = self._prompts.render("repair", {"task": task, "flaws": Untrusted(shown_flaws(flaws))})
        return self._request(layout, asked, self._measure.repair, f"repair {task}")

    def second_reading(self, task: str, sentences: Sequence[tuple[str, Cited]]) -> ModelRequest:
        """Have these sentences held against their passages by the small model."""
        shown = Untrusted(shown_sentences(sentences, self._drafted))
        asked = self._prompts.render("second_reading", {"sentences": shown})
        return self._request(Layout(()), asked, VOTE, f"second reading {task}", role="small")

    def _request(self, layout: Layout, task: str, most: int, about: str, *, role: Role = "large") -> ModelRequest:
        return ModelRequest(role, self._house, self._material(layout), task, most, about=about)

    def _material(self, layout: Layout) -> str:
        if not layout.numbers:
            return ""
        shown = (layout.numbers, layout.most)
        if shown not in self._materials:
            edition = self._drafted.edition
            facts: dict[str, Fact] = {
                "edition": f"{self._drafted.desk.name}, {edition.date:%Y-%m-%d}",
                "stories": Untrusted(shown_material(self._drafted, layout.numbers, most=layout.most)),
            }
            self._materials[shown] = self._prompts.render("material", facts)
        return self._materials[shown]

    def _passages(self, number: int) -> tuple[str, ...]:
        story = self._drafted.edition.story(number)
        return () if story is None else self._drafted.material(story.id).passages


def _halves(number: int) -> Iterator[int]:
    while number > 1:
        number //= 2
        yield number

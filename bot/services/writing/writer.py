"""The writer that asks a language model."""

import hashlib
from collections.abc import Collection, Sequence
from typing import Protocol

from bot.domain.commission import MOST_STORIES
from bot.domain.desk import Desk
from bot.domain.drafted import Drafted
from bot.domain.phrasing import Say
from bot.domain.prose.shapes import ChoiceProse
from bot.domain.prose.showing import folded
from bot.domain.tokens import Used
from bot.errors import ModelError, WriterError
from bot.ports.cores import Cores
from bot.ports.events import Events
from bot.ports.model import ModelRequest
from bot.ports.prompts import Fact, PromptLibrary, Untrusted
from bot.ports.writer import Choice
from bot.services.asking import Asking
from bot.services.spending import Amount, Spending
from bot.services.writing.calling import LONGEST_REASON, Calls
from bot.services.writing.house import readers_of
from bot.services.writing.measure import CHOICE, measured
from bot.services.writing.pages import Pages
from bot.services.writing.refining import Refining
from bot.services.writing.sitting import ModelSitting

_LONGEST_CANDIDATE = 300
"""Characters of one candidate that are shown."""


class Wishes(Protocol):
    """The settings, as far as a writer asks: `bot.config.ModelSettings` is this."""

    @property
    def edition_out(self) -> int:
        """Tokens out that an edition may take."""
        ...

    @property
    def second_reading(self) -> bool:
        """Whether the small model reads every sentence beside its passages once more."""
        ...


class ModelWriter:
    """Phrases what was selected with the large model, chooses by a rubric with the small one."""

    def __init__(
        self,
        *,
        asking: Asking,
        spending: Spending,
        prompts: PromptLibrary,
        cores: Cores,
        events: Events,
        settings: Wishes,
    ) -> None:
        """Prepare; nothing is asked yet."""
        self._asking = asking
        self._spending = spending
        self._prompts = prompts
        self._cores = cores
        self._events = events
        self._settings = settings

    @property
    def name(self) -> str:
        """What the card says."""
        return f"written by {self._asking.name('large')}, checked"

    @property
    def mark(self) -> str:
        """The name, and a digest of the models, the prompts and the settings that matter for the words."""
        settings = (str(self._settings.second_reading), str(self._settings.edition_out))
        parts = (self._asking.name("small"), self._prompts.digest, *settings)
        return f"{self.name} {hashlib.sha256(chr(31).join(parts).encode()).hexdigest()[:8]}"

    def begin(self, drafted: Drafted, say: Say, *, stories: Collection[int], before: Used) -> ModelSitting:
        """Begin an edition of which the stories of these numbers are still to be written; see the port."""
        edition = drafted.edition
        room = self._asking.room("large")
        measure = measured(self._settings.edition_out, room, len(edition.stories), edition.language)
        pages = Pages(self._prompts, drafted, measure)
        calls = Calls(self._asking, self._spending.edition(before), self._events)
        second_reading = self._settings.second_reading
        refining = Refining(pages, calls, self._cores, self._events, second_reading=second_reading)
        return ModelSitting(
            drafted, say, pages=pages, calls=calls, refining=refining, events=self._events, stories=stories
        )

    async def choose(self, desk: Desk, candidates: Sequence[str]) -> Choice:
        """Which candidates fit the readers of a desk, by its rubric; see the port.

        Asked once, of as many candidates as fit the context, the first ones.

        Raises:
            WriterError: no answer, or one without a candidate in it.
            StoreError: the database failed.
        """
        lines = [f"{n}. {folded(text)[:_LONGEST_CANDIDATE]}" for n, text in enumerate(candidates, start=1)]
        request = self._choosing(desk, lines)
        while len(lines) > 1 and self._asking.taken(request, ChoiceProse) + CHOICE > self._asking.room("small"):
            lines = lines[: len(lines) // 2]
            request = self._choosing(desk, lines)
        account = self._spending.edition()
        left = account.left() or Amount()
        # No more than one call: what it takes is missing from the edition.
        account.set_aside(left - Amount(self._asking.taken(request, ChoiceProse), CHOICE))
        try:
            answer, used = await self._asking.ask(request, ChoiceProse, account)
        except ModelError as error:
            self._events.warn("part_not_written", part="choice", reason=str(error)[:LONGEST_REASON])
            raise WriterError(f"choice: {error}") from error
        order = tuple(dict.fromkeys(number for number in answer.order if 1 <= number <= len(lines)))
        if not order:
            raise WriterError("choice: no candidate was named")
        return Choice(order, used)

    def _choosing(self, desk: Desk, lines: Sequence[str]) -> ModelRequest:
        facts: dict[str, Fact] = {
            "desk": desk.name,
            "audience": readers_of(desk),
            "rubric": desk.rubric,
            "most": MOST_STORIES,
            "candidates": Untrusted("\n".join(lines)),
        }
        task = self._prompts.render("choose", facts)
        return ModelRequest("small", "", "", task, CHOICE, about="choice")

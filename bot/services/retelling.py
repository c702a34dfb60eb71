"""An overview in the words of a model: chapters side by side, then what stands for the whole of them.

What was selected is complete before anybody is asked, and stays wherever an answer is late, broken, too dear or untrue.
Answers are kept by what they were asked, the moment they come: whoever is cut off and begins again pays nothing twice.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from bot.domain.episode import Episode
from bot.domain.languages import english_name
from bot.domain.prose.shapes import ChaptersProse, EpisodeProse
from bot.domain.retelling.retold import (
    Page,
    Retold,
    Room,
    WholePage,
    finished,
    known,
    pages,
    whole_page,
    with_chapters,
    with_whole,
)
from bot.domain.retelling.witness import Witness, witness
from bot.domain.transcript import Transcript
from bot.errors import CoresError, ModelError
from bot.ports.clock import Clock
from bot.ports.cores import Cores
from bot.ports.events import Events
from bot.ports.model import ModelRequest
from bot.ports.prompts import PromptLibrary, Untrusted
from bot.ports.store import Store
from bot.services.asking import Asking
from bot.services.results import Dump, Load, TypedResults, key_of
from bot.services.spending import Account, Amount, Spending
from bot.services.waiting import in_time, surely

SELECTED: Final = "selected"
"""Who wrote an overview without a model, as its card says."""
MOST_CALLS: Final = 12
"""For one episode, repeated questions apart."""
_PATIENCE: Final = timedelta(minutes=4)
"""After which what is not answered stays as it was selected."""
_LIMIT: Final = timedelta(minutes=2)
"""For one examination."""
_CHAPTER: Final = 400
"""Tokens of an answer on a chapter; with half as many, fewer sentences are asked for."""
_LEAST: Final = 120
_WHOLE: Final = 1_500
"""Tokens of the answer on the whole."""
_SHARE: Final = 0.7
"""Of the tokens that may be sent, what chapters get."""
_WHOLE_PAGE: Final = 9_000
"""Tokens that the last call is shown at most."""
_UNLIMITED: Final = Amount(60_000, 6_000)
"""Where only days are counted."""
_MARGIN: Final = 96
_FORM: Final = 1
"""Of what is kept; a higher one when answers mean something else."""
_LONGEST_REASON: Final = 300
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Sitting:
    """One episode being written."""

    account: Account
    house: str
    """What every call begins with."""
    deadline: datetime


class Retelling:
    """Has overviews written."""

    def __init__(
        self,
        *,
        asking: Asking,
        prompts: PromptLibrary,
        spending: Spending,
        store: Store,
        clock: Clock,
        cores: Cores,
        events: Events,
        dump: Dump,
        load: Load,
    ) -> None:
        """Prepare; nothing is asked yet. `dump` and `load` turn answers into text and back."""
        self._asking = asking
        self._prompts = prompts
        self._spending = spending
        self._clock = clock
        self._cores = cores
        self._events = events
        self._results = TypedResults(store, clock, dump, load)

    @property
    def writer(self) -> str:
        """What the card of a written overview says."""
        return f"written by {self._asking.name('large')}, checked"

    async def __call__(
        self, episode: Episode, transcript: Transcript, language: str, account: Account | None = None
    ) -> Episode:
        """The overview as far as it could be written in a language; the selected one where nothing of it stands.

        It may take what an edition may, unless an account says otherwise. Where an examination does not finish, the
        selected one stands, too.

        Raises:
            StoreError: the database failed.
        """
        try:
            return await self._written(episode, transcript, language, account or self._spending.edition())
        except CoresError as error:
            self._events.warn("retelling_failed", part="examination", reason=str(error)[:_LONGEST_REASON])
            return episode

    async def _written(self, episode: Episode, transcript: Transcript, language: str, account: Account) -> Episode:
        now = self._clock.now()
        seen = await self._cores.call(witness, episode, transcript, language, now, limit=_LIMIT)
        if not seen.chapters:
            return episode
        house = self._prompts.render(
            "episode_house", {"language": english_name(language), "episode": Untrusted(known(episode))}
        )
        sitting = _Sitting(account, house, now + _PATIENCE)
        retold, cited = await self._chapters(sitting, episode, seen)
        retold = await self._whole(sitting, retold, cited, seen)
        made, wrong = await self._cores.call(finished, episode, retold, transcript, self.writer, limit=_LIMIT)
        if wrong:
            self._events.warn("retelling_not_whole", episode=episode.id, reason="; ".join(wrong)[:_LONGEST_REASON])
        self._events.tell(
            "episode_written",
            episode=episode.id,
            written=retold.written,
            dropped=retold.dropped,
            stands=made is not episode and not wrong,
        )
        return made

    # ------------------------------------------------------------ chapters

    async def _chapters(self, sitting: _Sitting, episode: Episode, seen: Witness) -> tuple[Retold, tuple[str, ...]]:
        """The overview with its chapters written, and the passages that these rest on."""
        room = self._room(sitting, len(seen.chapters))
        if room is None:
            return Retold(episode), ()
        shown = (await self._cores.call(pages, episode, seen, room, limit=_LIMIT))[: MOST_CALLS - 1]
        aside = self._aside(sitting.account)
        sitting.account.set_aside(aside)
        tasks = [asyncio.create_task(self._page(sitting, page, room.answer)) for page in shown]
        try:
            await in_time(tasks, self._clock, sitting.deadline)
        finally:
            sitting.account.set_aside(Amount() - aside)
        answers = [(page, prose) for page, prose in zip(shown, _done(tasks), strict=True) if prose is not None]
        return await self._cores.call(with_chapters, episode, seen, answers, limit=_LIMIT)

    def _room(self, sitting: _Sitting, chapters: int) -> Room | None:
        """How much calls on chapters may be shown; None where there is no room for any."""
        left = sitting.account.left() or _UNLIMITED
        given = left.given - min(_WHOLE, left.given // 3)
        answer = min(_CHAPTER, max(_LEAST, given // chapters))
        frame = self._taken(self._asked(sitting, Page((0,), "", ()), answer))
        page = self._asking.room("large") - frame - _MARGIN
        whole = min(round(_SHARE * left.taken) - frame * (MOST_CALLS // 2), (MOST_CALLS - 1) * (page - answer))
        if page < 2 * answer or whole < answer or given < answer:
            return None
        return Room(page, whole, answer, given // answer)

    def _aside(self, account: Account) -> Amount:
        """What is kept for the last call."""
        left = account.left() or _UNLIMITED
        return Amount(min(_WHOLE_PAGE, left.taken // 5), min(_WHOLE, left.given // 3))

    async def _page(self, sitting: _Sitting, page: Page, answer: int) -> ChaptersProse | None:
        return await self._answer(self._asked(sitting, page, answer), ChaptersProse, sitting.account)

    def _asked(self, sitting: _Sitting, page: Page, answer: int) -> ModelRequest:
        numbers = ", ".join(map(str, page.numbers))
        sentences = "2 to 4 sentences" if 2 * answer > _CHAPTER else "1 or 2 sentences"
        task = self._prompts.render(
            "episode_chapters", {"numbers": numbers, "sentences": sentences, "chapters": Untrusted(page.text)}
        )
        return ModelRequest("large", sitting.house, "", task, answer * len(page.numbers), about=f"chapters {numbers}")

    # ------------------------------------------------------------ the whole

    async def _whole(self, sitting: _Sitting, retold: Retold, cited: Sequence[str], seen: Witness) -> Retold:
        """The same with the paragraph and the lines on people and things."""
        left = sitting.account.left() or _UNLIMITED
        frame = self._taken(self._asked_whole(sitting, WholePage("", "", "", ()), _WHOLE))
        room = self._asking.room("large") - frame
        answer = min(_WHOLE, left.given, room // 3)
        most = min(_WHOLE_PAGE, left.taken - frame, room - answer) - _MARGIN
        if most <= 0 or answer < _LEAST:
            return retold
        page = await self._cores.call(_whole_page, retold, cited, seen, most, limit=_LIMIT)
        if not page.shown:
            return retold
        request = self._asked_whole(sitting, page, answer)
        task = asyncio.create_task(self._answer(request, EpisodeProse, sitting.account))
        await in_time([task], self._clock, sitting.deadline)
        (prose,) = _done([task])
        if prose is None:
            return retold
        return await self._cores.call(with_whole, retold, seen, page, prose, limit=_LIMIT)

    def _asked_whole(self, sitting: _Sitting, page: WholePage, answer: int) -> ModelRequest:
        facts = {
            "chapters": Untrusted(page.chapters),
            "entities": Untrusted(page.entities),
            "passages": Untrusted(page.passages),
        }
        task = self._prompts.render("episode_overview", facts)
        return ModelRequest("large", sitting.house, "", task, answer, about="whole episode")

    # ------------------------------------------------------------ calls

    def _taken(self, request: ModelRequest) -> int:
        return self._asking.taken(request, ChaptersProse if request.about != "whole episode" else EpisodeProse)

    async def _answer(self, request: ModelRequest, answers: type[T], account: Account) -> T | None:
        """An answer that is kept, or comes now; None where none comes that could be read."""
        key = key_of(["retelling", _FORM, self._asking.name(request.role), request.stable, request.task])
        kept = await self._results.find(answers, key)
        if kept is not None:
            return kept
        try:
            prose, _ = await self._asking.ask(request, answers, account)
        except ModelError as error:
            self._events.warn("retelling_failed", part=request.about, reason=str(error)[:_LONGEST_REASON])
            return None
        await surely(self._results.keep(key, prose))  # it is paid for: kept before anything ends
        return prose


def _whole_page(retold: Retold, cited: Sequence[str], seen: Witness, most: int) -> WholePage:
    return whole_page(retold, cited, seen, most=most)


def _done(tasks: Sequence["asyncio.Task[T | None]"]) -> list[T | None]:
    """What is answered in time; raises what a database did."""
    return [None if task.cancelled() else task.result() for task in tasks]

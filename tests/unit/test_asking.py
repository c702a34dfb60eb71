"""Asking a model: what it took is counted however a call ends, and what cannot be read is asked for once more."""

import asyncio
from contextlib import aclosing
from datetime import timedelta

import pytest

from adapters.storage.memory import MemoryStore
from bot.domain.prose.shapes import VoteProse
from bot.domain.tokens import Used, estimate
from bot.errors import (
    ModelError,
    ModelMalformed,
    ModelMisconfigured,
    ModelRefused,
    ModelUnavailable,
    OverBudget,
    StoreError,
)
from bot.ports.model import Ended, ModelRequest
from bot.services.asking import Asking
from bot.services.spending import Account, Spending
from prompts.library import MarkdownPrompts
from tests.fakes.clock import FakeClock
from tests.fakes.crew import KeptEvents
from tests.fakes.loop_clock import LoopClock, virtually
from tests.fakes.model import FakeModel, Mind, prompt_tokens
from tests.unit.test_spending import SETTINGS

REQUEST = ModelRequest("small", "House rules.", "Material.", "Which do not stand?", 200, about="second reading")
GOOD = {"unsupported": [2, 5]}


class Desk:
    """Somebody who asks a scripted model."""

    def __init__(self, mind: Mind, clock=None, **facts) -> None:
        self.clock = clock or FakeClock()
        self.model = FakeModel(mind, clock=self.clock, **facts)
        self.events = KeptEvents()
        self.asking = Asking(self.model, MarkdownPrompts(), self.events)
        self.store = MemoryStore()
        self.account: Account = Spending(self.store, self.clock, SETTINGS).edition()

    async def vote(self) -> tuple[VoteProse, Used]:
        return await self.asking.ask(REQUEST, VoteProse, self.account)

    async def lines(self, most: int = 100) -> list[str | Used]:
        found: list[str | Used] = []
        async with aclosing(self.asking.lines(REQUEST, self.account)) as lines:
            async for line in lines:
                found.append(line)
                if len(found) == most:
                    break
        return found


def by_turns(*answers) -> Mind:
    """One answer after the other."""
    left = list(answers)
    return lambda _: left.pop(0)


async def test_an_answer_is_data_with_what_it_took() -> None:
    """The server is told the schema, by name; the room is the model's."""
    desk = Desk(lambda _: GOOD)
    vote, used = await desk.vote()
    (request,) = desk.model.asked
    assert vote == VoteProse((2, 5))
    assert used == desk.account.used
    assert used.taken == prompt_tokens(request)
    assert request.answer == "VoteProse"
    assert request.schema is not None
    assert request.schema["required"] == ["unsupported"]
    assert (desk.asking.room("small"), desk.asking.name("large")) == (16_384, "tide-large")


async def test_the_schema_counts_in_the_estimate() -> None:
    """Some servers count it, some are told it in words."""
    desk = Desk(lambda _: GOOD)
    plain = desk.asking.taken(REQUEST)
    assert plain == estimate(REQUEST.stable, REQUEST.shared, REQUEST.task)
    assert desk.asking.taken(REQUEST, VoteProse) > plain + 40


@pytest.mark.parametrize("bad", ["I would rather not.", {"unsupported": ["two"]}, {}, "", "{" * 3000])
async def test_what_cannot_be_read_is_asked_for_once_more(bad) -> None:
    """With the fault named, after the same beginning; both are paid for."""
    desk = Desk(by_turns(bad, GOOD))
    vote, used = await desk.vote()
    first, second = desk.model.asked
    assert vote == VoteProse((2, 5))
    assert (second.stable, second.shared, second.schema) == (first.stable, first.shared, first.schema)
    assert second.task.startswith(first.task)
    assert "Your last answer could not be read: " in second.task
    assert len(second.task) < len(first.task) + 500
    assert used == desk.account.used
    assert used.taken == prompt_tokens(first) + prompt_tokens(second)
    assert desk.events.names() == ["answer_unreadable"]


async def test_after_the_second_time_it_is_malformed() -> None:
    """Nothing is asked a third time."""
    desk = Desk(lambda _: "Never.")
    with pytest.raises(ModelMalformed):
        await desk.vote()
    assert len(desk.model.asked) == 2


async def test_an_answer_that_was_cut_is_told_so() -> None:
    """Half a list that can be read is not the list."""
    desk = Desk(by_turns({"unsupported": list(range(1000))}, GOOD))
    assert (await desk.vote())[0] == VoteProse((2, 5))
    assert "cut" in desk.model.asked[1].task


async def test_what_cannot_be_asked_again_for_lack_of_tokens_is_malformed() -> None:
    """It is no part that was refused."""
    desk = Desk(lambda _: "Never.")
    desk.account = Spending(desk.store, desk.clock, SETTINGS).edition(Used(0, 5799))
    with pytest.raises(ModelMalformed):
        await desk.vote()
    assert (len(desk.model.asked), desk.account.spent) == (1, False)


async def test_nothing_is_sent_where_there_are_no_tokens() -> None:
    """The model never hears of it."""
    desk = Desk(lambda _: GOOD)
    desk.account = Spending(desk.store, desk.clock, SETTINGS).edition(Used(0, 5801))
    with pytest.raises(OverBudget):
        await desk.vote()
    assert (desk.model.asked, desk.account.spent) == ([], True)


async def test_an_answer_that_was_withheld_is_a_refusal() -> None:
    """What it took counts."""
    desk = Desk(lambda _: Ended("filtered", Used(90, 3), "tide-small"))
    with pytest.raises(ModelRefused):
        await desk.vote()
    assert desk.account.used == Used(90, 3)
    with pytest.raises(ModelRefused):
        await desk.lines()


@pytest.mark.parametrize(
    ("error", "counts"), [(ModelUnavailable("x"), True), (ModelRefused("x"), False), (ModelMisconfigured("x"), False)]
)
async def test_a_call_that_fails_counts_unless_the_server_did_not_take_it(error: ModelError, counts: bool) -> None:
    """A call that broke off may have been worked on for minutes; one that was turned away was not."""
    desk = Desk(lambda _: error)
    with pytest.raises(type(error)):
        await desk.vote()
    took = Used(desk.asking.taken(REQUEST, VoteProse), 200)
    assert desk.account.used == (took if counts else Used())


@virtually
async def test_a_call_that_is_cancelled_counts() -> None:
    """As it was estimated; the server hears of it."""
    clock = LoopClock()
    desk = Desk(lambda _: GOOD, clock, seconds=60)
    asking = asyncio.create_task(desk.vote())
    await clock.sleep(timedelta(seconds=31))
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    assert asking.cancelled()
    assert desk.account.used == Used(desk.asking.taken(REQUEST, VoteProse), 200)
    assert desk.model.busy == 0


@virtually
async def test_cut_off_while_it_is_being_counted_it_is_counted() -> None:
    """The cancellation waits for the database, however busy it is."""
    clock = LoopClock()
    desk = Desk(lambda _: GOOD, clock, seconds=60)
    asking = asyncio.create_task(desk.vote())
    await clock.sleep(timedelta(seconds=59))
    async with desk.store.unit() as unit:
        await unit.results.put("other", "x", at=clock.now())
        await clock.sleep(timedelta(seconds=2))
        asking.cancel()
        await clock.sleep(timedelta(seconds=1))
        assert not asking.done()
    await asyncio.gather(asking, return_exceptions=True)
    assert asking.cancelled()
    (row,) = desk.store.contents.usage.values()
    assert row.count == desk.account.used.taken + desk.account.used.given < 200


async def test_a_failing_database_is_told() -> None:
    """Nothing is sent uncounted."""
    desk = Desk(lambda _: GOOD)
    await desk.store.close()
    with pytest.raises(StoreError):
        await desk.vote()
    assert desk.model.asked == []


# ---------------------------------------------------------------- lines


async def test_lines_come_whole_and_what_they_took_comes_last() -> None:
    """However the pieces are cut; blank lines and blanks around lines are left out."""
    desk = Desk(lambda _: "The first line. [1.1]\r\n\n  The second one is longer. [2.1]\nand the third")
    *lines, used = await desk.lines()
    assert lines == ["The first line. [1.1]", "The second one is longer. [2.1]", "and the third"]
    assert used == desk.account.used
    assert desk.model.asked[0].schema is None


async def test_an_answer_that_was_cut_ends_with_its_last_whole_line() -> None:
    """Half a sentence says something else."""
    *lines, used = await Desk(lambda _: f"A line. [1.1]\n{'long ' * 400}").lines()
    assert lines == ["A line. [1.1]"]
    assert isinstance(used, Used)


async def test_who_stops_listening_ends_the_call() -> None:
    """It counts as it was estimated."""
    desk = Desk(lambda _: "One.\nTwo.\nThree.\n")
    assert await desk.lines(most=1) == ["One."]
    assert desk.model.closed_early == 1
    assert desk.account.used == Used(desk.asking.taken(REQUEST), 200)


async def test_an_empty_answer_is_no_line() -> None:
    """Only what it took."""
    assert [type(each) for each in await Desk(lambda _: "\n \n").lines()] == [Used]


async def test_a_long_answer_without_lines_is_read_quickly() -> None:
    """64 KiB in small pieces, the most there can be."""
    desk = Desk(lambda _: "x" * 800)
    (line, _) = await desk.lines()
    assert line == "x" * 800

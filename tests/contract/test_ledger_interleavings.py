"""The ledger under any order of steps by several workers: compared with a model, and with workers that really race."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Literal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.domain.ledger import SETTLED, Delivery, State
from tests.contract import ledger_samples
from tests.contract.ledger_samples import DUE, MINUTE, Opened, at_address, begin, in_memory, part, settle, take

LEASE = 5 * MINUTE
opened = ledger_samples.opened

Look = tuple[Literal["look"], int]
Take = tuple[Literal["take"], int]
Settle = tuple[Literal["settle"], int, State, bool]
Jump = tuple[Literal["jump"], int]
Step = Look | Take | Settle | Jump

WORKERS = st.integers(0, 2)
OUTCOMES = st.sampled_from([State.SENT, State.COMPOSED, State.COMPOSED, State.INTENT, State.INTENT, State.PARKED])
STEPS: st.SearchStrategy[list[Step]] = st.lists(
    st.one_of(
        st.tuples(st.just("look"), WORKERS),
        st.tuples(st.just("take"), WORKERS),
        st.tuples(st.just("settle"), WORKERS, OUTCOMES, st.booleans()),
        st.tuples(st.just("jump"), st.sampled_from([-7, -1, 1, 4, 5, 30])),
    ),
    max_size=24,
)


@dataclass(slots=True)
class Model:
    """One part as the rules have it, with the minutes of the database's clock."""

    row: Delivery
    until: int | None = None
    """Of an intent, when its lease ends; None: it has ended, also for a clock that goes back."""
    clock: int = 0

    def take(self, seen: Delivery) -> Delivery | None:
        held = self.row.state is State.INTENT and self.until is not None and self.clock < self.until
        if self.row.state in SETTLED or held or seen.attempt != self.row.attempt:
            return None
        claimed = replace(self.row, state=State.INTENT, attempt=self.row.attempt + 1)
        self.row, self.until = replace(claimed, doubtful=True), self.clock + 5
        return claimed

    def settle(self, word: Delivery) -> bool:
        if self.row.state is not State.INTENT or word.attempt != self.row.attempt:
            return False
        sent_at = DUE if word.state is State.SENT else None
        self.row = replace(word, doubtful=word.doubtful or word.state is State.INTENT, sent_at=sent_at)
        self.until = None
        return True


async def play(opened: Opened, posting: str, steps: list[Step]) -> None:
    """Do the steps on the store and on the model; workers 0 and 2 share a process, 1 is another one."""
    stores = [opened.one, opened.other, opened.one]
    (card,) = await begin(opened.one, posting, [Delivery(posting, "card", 0, "0" * 64)])
    model, known, won = Model(card), [card] * 3, set[int]()
    for step in steps:
        before = model.row
        match step:
            case "look", worker:
                known[worker] = await part(stores[worker], "card", posting)
            case "take", worker:
                expected = model.take(known[worker])
                claimed = await take(stores[worker], known[worker], LEASE)
                assert claimed == expected
                if claimed is not None:
                    assert claimed.attempt not in won
                    won.add(claimed.attempt)
                    known[worker] = claimed
            case "settle", worker, state, doubtful:
                word = replace(known[worker], state=state, doubtful=doubtful, message=f"{worker}", reason=state.value)
                expected_word = model.settle(word)
                assert await settle(stores[worker], word) == expected_word
            case "jump", minutes:
                model.clock += minutes
                opened.jump(timedelta(minutes=minutes))
        assert await part(opened.other, "card", posting) == model.row
        assert before.state not in SETTLED or model.row == before


def opened_for(kind: str, request: pytest.FixtureRequest) -> Opened:
    return in_memory() if kind == "memory" else at_address(request.getfixturevalue(f"{kind}_url"))


@pytest.fixture(params=[("memory", 150), ("sqlite", 40), pytest.param(("postgres", 30), marks=pytest.mark.postgres)])
def laboratory(request: pytest.FixtureRequest) -> Iterator[tuple[asyncio.Runner, Opened, int]]:
    """A loop that outlives an example, a database, and how many examples are worth their time on it."""
    kind, examples = request.param
    database = opened_for(kind, request)
    with asyncio.Runner() as runner:
        yield runner, database, examples
        runner.run(database.close())


def test_any_order_of_steps_is_as_the_rules_have_it(laboratory: tuple[asyncio.Runner, Opened, int]) -> None:
    """No attempt is held twice, who is late changes nothing, a settled part never changes, clocks may jump."""
    runner, database, examples = laboratory
    numbers = count()

    @settings(
        max_examples=examples,
        deadline=None,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(steps=STEPS)
    def check(steps: list[Step]) -> None:
        runner.run(play(database, f"example-{next(numbers)}", steps))

    check()


async def test_workers_that_race_hold_each_attempt_once(opened: Opened) -> None:
    """Leases that end at once, so that all of them claim all the time: every attempt has one holder, and of all who
    say that a part was sent, one is heard.
    """
    names = ("card", "story-1")
    posting = "race/2026-03-09/am"
    await begin(opened.one, posting, [Delivery(posting, name, place, "0" * 64) for place, name in enumerate(names)])
    attempts: list[tuple[str, int]] = []
    heard: list[str] = []

    async def works(number: int) -> None:
        store = (opened.one, opened.other)[number % 2]
        for name in names:
            while (seen := await part(store, name, posting)).state not in SETTLED:
                claimed = await take(store, seen, timedelta())
                if claimed is None:
                    continue
                attempts.append((name, claimed.attempt))
                assert claimed.doubtful == (claimed.attempt > 1)
                done = claimed.attempt > 8
                word = replace(claimed, state=State.SENT if done else State.INTENT, message=str(number))
                if await settle(store, word) and done:
                    heard.append(name)

    await asyncio.gather(*(works(number) for number in range(6)))
    assert len(attempts) == len(set(attempts))
    assert sorted(heard) == list(names)
    for name in names:
        numbers = sorted(attempt for which, attempt in attempts if which == name)
        assert numbers == list(range(1, len(numbers) + 1))

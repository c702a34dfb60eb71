"""The word that goes with a browser to Slack and back: ours, in time, once."""

import re
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.platforms.slack.installing.states import LASTS, States
from adapters.storage.memory import MemoryStore
from tests.fakes.clock import FakeClock
from tests.fakes.readings import NOON

SECRET = "the app's own"
SECOND = timedelta(seconds=1)


class Desk:
    """Two processes of the same bot, on one store."""

    def __init__(self) -> None:
        self.clock = FakeClock(NOON)
        self.store = MemoryStore(self.clock.now)
        self.one = States(self.store, self.clock, SECRET)
        self.other = States(self.store, self.clock, SECRET)


async def test_a_state_is_taken_once_by_whichever_process() -> None:
    """Of those that share the database; each is another."""
    desk = Desk()
    first, second = await desk.one.async_issue(), await desk.other.async_issue()
    assert first != second
    assert await desk.other.async_consume(first)
    assert not await desk.one.async_consume(first)
    assert not await desk.other.async_consume(first)
    assert await desk.one.async_consume(second)


@pytest.mark.parametrize(("later", "good"), [(LASTS - SECOND, True), (LASTS, False), (timedelta(days=1), False)])
async def test_a_state_is_good_for_ten_minutes(later: timedelta, good: bool) -> None:
    """To the second."""
    desk = Desk()
    state = await desk.one.async_issue()
    desk.clock.advance(later)
    assert await desk.one.async_consume(state) is good


async def test_a_state_of_another_app_is_none_of_ours() -> None:
    """Nor one whose end was moved."""
    desk = Desk()
    theirs = await States(desk.store, desk.clock, "another secret").async_issue()
    assert not await desk.one.async_consume(theirs)
    word, until, signature = (await desk.one.async_issue()).split(".")
    assert not await desk.one.async_consume(f"{word}.{int(until) + 600}.{signature}")
    assert await desk.one.async_consume(f"{word}.{until}.{signature}")


async def test_a_state_cannot_be_guessed() -> None:
    """192 bits that nobody chose; it says nothing of the secret."""
    desk = Desk()
    issued = {await desk.one.async_issue() for _ in range(50)}
    assert len({state.split(".")[0] for state in issued}) == 50
    assert all(re.fullmatch(r"[0-9a-f]{48}\.[0-9]+\.[0-9a-f]{64}", state) for state in issued)
    assert not any(SECRET in state for state in issued)


@given(rubbish=st.text(max_size=150), place=st.integers(0, 140), character=st.characters())
@settings(max_examples=60, deadline=None)
def test_rubbish_is_refused_and_nothing_is_kept_of_it(rubbish: str, place: int, character: str) -> None:
    """Of any kind, also a state with one character changed."""
    import asyncio

    async def tried() -> None:
        desk = Desk()
        assert not await desk.one.async_consume(rubbish)
        state = await desk.one.async_issue()
        changed = state[:place] + character + state[place + 1 :]
        assert await desk.one.async_consume(changed) is (changed == state)
        assert len(desk.store.contents.inbounds) == int(changed == state)

    asyncio.run(tried())

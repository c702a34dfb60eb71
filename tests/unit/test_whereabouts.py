"""Which edition stands where, and which look-up is shown to all."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.domain.place import Place
from bot.ports.office import home
from bot.ports.store import Store, Unit
from bot.services.whereabouts import Whereabouts
from tests.fakes.clock import FakeClock
from tests.fakes.platform import NAME
from tests.fakes.sending import PARTS
from tests.fakes.sending import Bench as Sending
from tests.fakes.talk import sample

ROOM = Place(NAME, "c1")


async def test_a_message_a_thread_and_a_channel_lead_to_their_edition() -> None:
    """And the edition to its messages; where nothing stands, nothing is said."""
    sending = await Sending.make()
    await sending()
    where = Whereabouts(sending.store, sending.clock)
    thread = Place(NAME, "c1", "t1")
    assert await where.edition_at(ROOM) == sample().id
    assert await where.edition_at(thread) == sample().id
    assert await where.edition_at(ROOM, "m2") == sample().id
    assert await where.edition_at(Place(NAME, "c9")) is None
    standing = await where.standing(sample().id, ROOM)
    assert [(each.part, each.message) for each in standing] == [(p, f"m{n}") for n, p in enumerate(PARTS, 1)]
    assert {each.place for each in standing} == {thread}
    assert await where.standing("nobody", ROOM) == []
    found = await where.edition("latest")
    assert found is not None
    assert found.id == sample().id
    assert await where.edition("nobody") is None


async def test_the_first_message_that_shows_a_look_up_is_the_one() -> None:
    """In its thread; another thread has its own."""
    sending = await Sending.make()
    where = Whereabouts(sending.store, sending.clock)
    thread = Place(NAME, "c1", "t1")
    assert await where.shared("e/src.2", thread) is None
    assert await where.shared("e/src.2", thread, "m7") == "m7"
    assert await where.shared("e/src.2", thread, "m8") == "m7"
    assert await where.shared("e/src.2", thread) == "m7"
    assert await where.shared("e/src.2", ROOM) is None
    assert await where.shared("e/src.3", thread) is None
    assert list(sending.store.contents.results) == ["share/fake/c1/t1/e/src.2"]


class Counted:
    """A store that counts how often somebody reads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.reads = 0

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """A unit of it."""
        self.reads += 1
        async with self._store.unit() as unit:
            yield unit

    async def close(self) -> None:
        """Close it."""
        await self._store.close()


async def watched(*, sent: bool = True) -> tuple[Whereabouts, Counted, FakeClock]:
    """With what was sent to the room, if anything."""
    sending = await Sending.make()
    if sent:
        await sending()
    store = Counted(sending.store)
    return Whereabouts(store, sending.clock), store, sending.clock


async def test_a_busy_thread_costs_no_read_a_message() -> None:
    """Known for five minutes as none of ours; one of ours for a minute, since a thread of a day gets a second one."""
    where, store, clock = await watched()
    ours, elsewhere = Place(NAME, "c1", "t1"), Place(NAME, "c1", "t2")
    for _ in range(100):
        assert await where.edition_at(elsewhere) is None
        assert await where.edition_at(ours) == sample().id
    assert store.reads == 2
    clock.advance(timedelta(minutes=2))
    assert (await where.edition_at(elsewhere), await where.edition_at(ours)) == (None, sample().id)
    assert store.reads == 3
    clock.advance(timedelta(minutes=4))
    await where.edition_at(elsewhere)
    assert store.reads == 4


async def test_what_was_posted_to_a_channel_is_known_there_at_once() -> None:
    """Somebody may have asked there a moment before, in vain."""
    sending = await Sending.make()
    where = Whereabouts(sending.store, sending.clock)
    assert await where.edition_at(ROOM) is None
    await sending()
    assert await where.edition_at(ROOM) == sample().id


async def test_only_so_many_threads_are_remembered() -> None:
    """Memory is bounded; what was looked up longest ago is forgotten first."""
    where, store, _ = await watched(sent=False)
    for n in range(10_001):
        await where.edition_at(Place(NAME, "c1", str(n)))
    await where.edition_at(Place(NAME, "c1", "10000"))
    assert store.reads == 10_001
    await where.edition_at(Place(NAME, "c1", "0"))
    assert store.reads == 10_002


async def test_an_edition_is_discussed_in_a_thread_where_there_is_one() -> None:
    """That somebody is in, without a look; else that of its card; else in the place itself."""
    where, store, _ = await watched()
    thread, elsewhere = Place(NAME, "c1", "t7"), Place(NAME, "c9")
    assert await home(where, sample().id, thread) == thread
    assert await home(where, "", ROOM) == ROOM
    assert store.reads == 0
    assert await home(where, sample().id, ROOM) == Place(NAME, "c1", "t1")
    assert await home(where, sample().id, elsewhere) == elsewhere

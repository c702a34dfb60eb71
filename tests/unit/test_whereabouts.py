"""Which edition stands where, and which look-up is shown to all."""

from bot.domain.place import Place
from bot.services.whereabouts import Whereabouts
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

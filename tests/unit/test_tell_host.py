"""Who set a place up hears that it was closed: once a pause, and without any harm to the delivery."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.locale.catalogue import FluentCatalogue
from bot.domain.ledger import State
from bot.domain.message import Notice
from bot.domain.place import Place
from bot.domain.subscription import FOR_GOOD, Subscription
from bot.errors import PlaceClosed
from bot.ports.platform import Ref
from bot.services.delivery.deliver import Deliver
from bot.services.tell_host import TellHost
from tests.fakes.crew import KeptEvents
from tests.fakes.platform import NAME, Does, MemoryPlatform
from tests.fakes.sending import Bench


class Messenger(MemoryPlatform):
    """The channels are closed; people can be written to, unless a test says otherwise."""

    told: list[tuple[Place, object, str]]
    fails: BaseException | None = None

    async def post(self, place, message, *, key):
        """Keep what was written to people."""
        if not place.id.startswith("@"):
            return await MemoryPlatform.post(self, place, message, key=key)
        if self.fails is not None:
            raise self.fails
        self.told.append((place, message, key))
        return Ref(place, f"d{len(self.told)}")


async def closed(host: str | None = "5", language: str = "en") -> tuple[Bench, Messenger, KeptEvents]:
    """A place whose channel is closed to us, and the bot that finds out."""
    bench = await Bench.make()
    platform, events = Messenger(bench.clock), KeptEvents()
    platform.told = []
    platform.usual = Does.CLOSED
    async with bench.store.unit() as unit:
        (own,) = await unit.subscriptions.find()
        options = (("host", host),) if host else ()
        await unit.subscriptions.put(replace(own, options=options, language=language))
        await unit.commit()
    bench.platform = platform
    bench.deliver = Deliver(
        store=bench.store,
        clock=bench.clock,
        platforms={NAME: platform},
        events=events,
        started=bench.clock.now(),
        on_closed=TellHost({NAME: platform}, FluentCatalogue(), events),
    )
    return bench, platform, events


async def give_up(bench: Bench) -> Subscription:
    """Deliver until nothing more is tried."""
    for _ in range(10):
        await bench(timedelta(hours=1))
    async with bench.store.unit() as unit:
        return (await unit.subscriptions.find())[0]


async def test_the_host_gets_one_direct_message() -> None:
    """In the language of the place, with the place in small print, under a key of its own."""
    bench, platform, events = await closed(language="ru")
    # The posting is composed in English already: what is told follows the subscription.
    own = await give_up(bench)
    assert own.paused_until == FOR_GOOD
    ((place, message, key),) = platform.told
    assert place == Place(NAME, "@5")
    assert isinstance(message, Notice)
    assert message.text.startswith("Я больше не могу")
    assert message.note == "fake:c1"
    assert len(key) == 24
    assert int(key, 16)
    assert "host_told" in events.names()
    assert key not in {row.key for row in (await bench.rows()).values()}


@pytest.mark.parametrize("host", [None, "5"])
async def test_without_a_host_or_a_way_to_them_the_place_is_paused_all_the_same(host) -> None:
    """Who takes no messages is left alone; it is in the journal."""
    bench, platform, events = await closed(host)
    platform.fails = PlaceClosed("Cannot send messages to this user")
    own = await give_up(bench)
    assert own.paused_until == FOR_GOOD
    assert (await bench.posting()).state is State.PARKED
    told = [facts for name, facts in events.warned if name == "host_not_told"]
    assert [facts["reason"] for facts in told] == (["Cannot send messages to this user"] if host else [])


async def test_a_platform_that_does_not_answer_holds_nothing_up() -> None:
    """After a moment it is given up."""
    bench, platform, events = await closed()
    platform.fails = TimeoutError()
    assert (await give_up(bench)).paused_until == FOR_GOOD
    assert [facts["reason"] for name, facts in events.warned if name == "host_not_told"] == ["TimeoutError"]


async def test_a_process_without_the_platform_tells_nobody() -> None:
    """Another one does."""
    bench, _, events = await closed()
    async with bench.store.unit() as unit:
        (own,) = await unit.subscriptions.find()
    await TellHost({}, FluentCatalogue(), events)(own, await bench.posting())
    assert events.names() == []


async def test_it_is_told_again_only_for_another_pause() -> None:
    """A pause that is there already is not told."""
    bench, platform, _ = await closed()
    async with bench.store.unit() as unit:
        (own,) = await unit.subscriptions.find()
        await unit.subscriptions.put(replace(own, paused_until=FOR_GOOD))
        await unit.commit()
    await give_up(bench)
    assert platform.told == []

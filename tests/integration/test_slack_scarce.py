"""Apps that are sold outside of Slack's marketplace read one page a minute: an edition still comes once, and whole."""

from datetime import timedelta

import pytest

from adapters.storage.memory import MemoryStore
from bot.domain.ledger import SETTLED, Posting, State
from bot.services.delivery.deliver import Deliver, DeliverRules
from tests.fakes.crew import KeptEvents
from tests.fakes.sending import PARTS, owe
from tests.fakes.slack import Fault
from tests.integration.slack_stage import POST, Stage, staged

MINUTE = timedelta(minutes=1)
HOURS = 6
"""In which it has to be there."""
OTHERS = 40
"""Further messages in the channel after each of ours: three pages."""


def chatter(stage: Stage, seen: int) -> int:
    """More is written while ours are under way, so that what was posted is pages away when it is looked for."""
    ours = [one for one in stage.fake.world.messages.values() if one.user == stage.team.bot_user]
    for n in range(OTHERS if len(ours) > seen else 0):
        stage.fake.say_as_bot(stage.channel, text=f"Line {n}.", metadata=None)
    return len([one for one in stage.fake.world.messages.values() if one.user == stage.team.bot_user])


def standing(stage: Stage) -> list[str]:
    """The parts that stand there, by their metadata."""
    payloads = ((one.metadata or {}).get("event_payload") or {} for one in stage.fake.world.messages.values())
    return sorted(str(one["part"]) for one in payloads if one.get("part"))


@pytest.mark.parametrize("seed", range(6))
async def test_what_was_taken_and_dropped_stands_once_where_reading_is_scarce(seed: int) -> None:
    """Half of the posts are taken, and the connection breaks; others break before. By the world's clock: no waiting."""
    async with staged() as stage:
        store, events = MemoryStore(now=stage.clock.now), KeptEvents()
        stage.fake.history = "small"
        stage.fake.faults.seed, stage.fake.faults.routes = seed, (POST,)
        stage.fake.faults.rates = {Fault.DROP: 0.5, Fault.DROP_BEFORE: 0.2}
        began = stage.clock.now()
        (key,) = await owe(store, stage.place, due=began)
        deliver = Deliver(
            store=store,
            clock=stage.clock,
            platforms={"slack": stage.platform},
            events=events,
            started=began - MINUTE,
            rules=DeliverRules(give_up=timedelta(hours=HOURS)),
        )
        seen = 0
        while (posting := await posted(store, key)).state not in SETTLED:
            assert stage.clock.now() - began < timedelta(hours=HOURS), posting
            await deliver(key)
            seen = chatter(stage, seen)
            stage.clock.advance(MINUTE)
        assert posting.state is State.SENT
        assert standing(stage) == sorted(PARTS)
        assert any(one.method == POST and one.status == 0 for one in stage.fake.requests)


async def posted(store: MemoryStore, key: str) -> Posting:
    """The posting as it is kept."""
    async with store.unit() as unit:
        return (await unit.postings.find(keys=[key]))[0]

"""An overview goes through the same ledger as an edition: once, in order, as it was frozen."""

from dataclasses import replace

from bot.domain.content import part_digest, publication_digest
from bot.domain.ledger import Delivery, State
from bot.domain.message import EpisodeContents, EpisodeOverview, part_name, thread_of
from bot.services.delivery.attempt import CHANGED
from tests.fakes.episodes import episode, kept
from tests.fakes.sending import Bench


async def owed(tenant: str | None = None) -> Bench:
    """A place that is owed the sample episode."""
    bench = await Bench.make()
    async with bench.store.unit() as unit:
        await unit.episodes.put(kept(tenant))
        await unit.commit()
    postings = bench.store.contents.postings
    postings[bench.key] = replace(postings[bench.key], edition=episode().id)
    return bench


async def test_an_overview_is_posted_with_its_thread() -> None:
    """The card in the channel, the chapters under it; a second run posts nothing."""
    bench = await owed()
    assert await bench() == ["card", "chapters"]
    assert [type(shown.message) for shown in bench.platform.shown] == [EpisodeOverview, EpisodeContents]
    assert [shown.place.thread for shown in bench.platform.shown] == [None, "t1"]
    assert (await bench.posting()).state is State.SENT
    assert await bench() == ["card", "chapters"]


async def test_what_is_another_tenants_is_not_posted() -> None:
    """A file that somebody gave us is theirs."""
    bench = await owed("discord:2")
    assert await bench() == []
    posting = await bench.posting()
    assert (posting.state, posting.reason) == (State.PARKED, "its episode is not kept any more")


async def test_an_overview_that_changed_while_it_was_posted_is_parked() -> None:
    """Its thread would belong to other chapters."""
    bench = await owed()
    first = bench.process(started=bench.clock.now())
    async with bench.store.unit() as unit:
        posting = (await unit.postings.find(keys=[bench.key]))[0]
        digest = publication_digest(replace(episode(), title="Before"))
        parts = thread_of(episode())
        wanted = [Delivery(posting.key, part_name(p), n, part_digest(digest, p)) for n, p in enumerate(parts)]
        await unit.ledger.begin(posting.key, wanted)
        await unit.commit()
    await first(bench.key)
    rows = await bench.rows()
    assert rows["card"].reason == CHANGED


def test_the_digest_of_an_episode_follows_from_its_content() -> None:
    """The same again is the same; another word is another digest."""
    assert publication_digest(episode()) == publication_digest(episode())
    assert publication_digest(episode()) != publication_digest(replace(episode(), title="Other"))

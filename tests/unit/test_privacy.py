"""What is kept about a person: all of it is shown, and all of it goes."""

from dataclasses import replace

from adapters.storage.memory import MemoryStore
from bot.domain.place import Place
from bot.services.privacy import Privacy
from tests.fakes.office import ADMIN, MEMBER, ROOM, TENANT, Bench


async def test_a_person_sees_every_row_with_their_name_and_nobody_elses() -> None:
    """What was counted, what they changed, what they set up; on this platform."""
    bench = Bench()
    bench.publishes("https://ada.example/feed")
    mine = await bench.made(options={"host": "1", "role": "7"})
    await bench.made(replace(ROOM, id="8"), options={"host": "2"})
    await bench.made(Place("slack", "C1"), tenant="slack:T1", options={"host": "1"})
    await bench.office.following.add(ADMIN, "https://ada.example/feed")
    await bench.allowance.spend(ADMIN, "now")
    await bench.allowance.spend(MEMBER, "now")
    kept = await bench.office.privacy.kept(ADMIN)
    assert [(each.kind, each.count, each.who) for each in kept.used] == [("now", 1, "discord:1")]
    assert [(each.id, each.by) for each in kept.follows] == [("ada-lovelace", "discord:1")]
    assert [each.id for each in kept.subscriptions] == [mine.id]


async def test_forgetting_deletes_it_and_leaves_the_server_what_is_its_own() -> None:
    """Proposals and counts go; what was added and set up stays, without the name. Then there is nothing."""
    bench = Bench()
    for name in ("ada", "eve"):
        bench.publishes(f"https://{name}.example/feed", name)
    own = await bench.made(options={"host": "1", "role": "7"})
    await bench.office.following.add(ADMIN, "https://ada.example/feed")
    await bench.office.proposing.propose(ADMIN, "https://eve.example/feed")
    await bench.allowance.spend(MEMBER, "now")
    assert await bench.office.privacy.forget(ADMIN) == 4
    kept = await bench.office.privacy.kept(ADMIN)
    assert (kept.used, kept.follows, kept.subscriptions) == ((), (), ())
    after = await bench.subscription(own.id)
    assert after.options == (("role", "7"),)
    assert after.desk != "default"
    added = [(row.id, row.by) for row in bench.store.contents.follows.values() if row.tenant == TENANT]
    assert added == [("ada", "")]
    assert await bench.office.privacy.forget(ADMIN) == 0
    assert (await bench.office.privacy.kept(MEMBER)).used


async def test_what_a_process_remembers_goes_too() -> None:
    """Of that person."""
    forgotten: list[str] = []
    await Privacy(MemoryStore(), also=forgotten.append).forget(ADMIN)
    assert forgotten == [ADMIN.who]

"""Half-posted threads: the worker is killed after each of the positions; the thread goes on where it was."""

from collections import Counter
from collections.abc import Sequence

from adapters.storage.sql import build
from tests.chaos.delivery import LONG_AGO, harassed_too, judged
from tests.chaos.ground import Cell, Ground
from tests.chaos.harassment import Harassment, Plan
from tests.chaos.owing import account_of, now, owe
from tests.chaos.platform import remote_process
from tests.chaos.tally import Tally
from tests.chaos.worker import WorkerSettings, work
from tests.fakes.remote.remote import Rules

PARTS = 8
_WAITS = (0.0, 0.004, 0.015, 0.04)
"""Seconds between the acceptance and the kill: before the answer, before it is written down, before the next part."""


def cells() -> Sequence[Cell]:
    """One."""
    return [Cell("positions", _run)]


async def _run(ground: Ground) -> Tally:
    each = ground.of(quick=1, normal=12, full=62)
    postings = each * PARTS
    store = build(ground.sqlite())
    due = now()
    owed = await owe(store, postings, parts=PARTS, due=due, desks=("harbour",))
    ambush = {f"p{n}": (n % PARTS + 1, _WAITS[n // PARTS % len(_WAITS)]) for n in range(postings)}
    async with remote_process(ground.folder, rules=Rules(), rates={}, seed=ground.seed) as remote:
        await remote.order(ambush=ambush)
        settings = WorkerSettings(
            *(ground.sqlite(), remote.address, due - LONG_AGO),
            nonce=False,
            at_once=2,
            lease=1.0,
            patience=0.3,
            announced=True,
        )
        harassed = await Harassment(work, [settings], remote, Plan(0, owed.messages), ground.chance)()
        told = await remote.order()
    tally = judged(ground.name, owed, await account_of(store), remote, readback=True)
    await store.close()
    tally = harassed_too(tally, harassed, round(postings * 0.9))
    met = Counter(position for _, position in told["met"])
    tally.notes = f"kills by position: {' '.join(str(met[n]) for n in range(1, PARTS + 1))}"
    roots = Counter(post.place for post in remote.posts if post.opens)
    if any(count > 1 for count in roots.values()):
        tally.breach("a second root")
    return tally

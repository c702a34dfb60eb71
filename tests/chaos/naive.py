"""Naive posting under the same faults: it must double or lose, otherwise the other scenarios prove nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from tests.chaos.ground import Cell, Ground
from tests.chaos.harassment import Harassment, Plan
from tests.chaos.judge import judge
from tests.chaos.naive_worker import NaiveSettings, Strategy, seed, work
from tests.chaos.platform import remote_process
from tests.chaos.tally import Tally
from tests.fakes.remote.faults import spread
from tests.fakes.remote.remote import Rules


@dataclass(frozen=True, slots=True)
class Kind:
    """A naive way, and how it must fail."""

    strategy: Strategy
    nonce: bool
    window: float
    must: str


KINDS = {
    "send, then mark": Kind("send-then-mark", nonce=False, window=0.0, must="double"),
    "mark, then send": Kind("mark-then-send", nonce=False, window=0.0, must="lost"),
    "a key whose window is over": Kind("send-then-mark", nonce=True, window=0.02, must="double"),
}


def cells() -> Sequence[Cell]:
    """One for each naive way."""
    return [Cell(f"naive: {name}", partial(_run, kind=kind)) for name, kind in KINDS.items()]


async def _run(ground: Ground, *, kind: Kind) -> Tally:
    messages = ground.of(quick=300, normal=2000, full=3000)
    database = ground.folder / "naive.db"
    keys = seed(database, messages, places=50)
    rules = Rules(nonce_seconds=kind.window, slow_seconds=0.4)
    async with remote_process(ground.folder, rules=rules, rates=spread(0.1), seed=ground.seed) as remote:
        settings = NaiveSettings(database, remote.address, kind.strategy, kind.nonce, patience=0.3)
        plan = Plan(kills=ground.of(quick=5, normal=20, full=25), posts=messages)
        harassed = await Harassment(work, [settings], remote, plan, ground.chance)()
        await remote.order()
    findings = judge({key: [key] for key in keys}, remote.posts)
    tally = Tally(ground.name, messages, harassed.kills, remote.faults.total(), findings.lost, findings.double)
    tally.notes = f"must show {kind.must}"
    if harassed.crashes or harassed.late:
        tally.breach(f"the worker did not come to its end: {harassed}")
    if not getattr(tally, kind.must):
        tally.breach(f"nothing was {kind.must}: the test proves nothing")
    return tally

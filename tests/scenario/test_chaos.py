"""The promises of delivery, in small: the same scenarios that `make chaos` runs at length."""

from collections.abc import Iterator

import pytest

from tests.chaos import delivery, fanout, naive, positions, restore, whole_bot
from tests.chaos.__main__ import SEED, main
from tests.chaos.ground import Cell, Servers, run_cell, serving
from tests.chaos.judge import Findings, judge
from tests.fakes.remote.remote import Post

CELLS = {
    cell.name: cell for module in (naive, delivery, positions, restore, fanout, whole_bot) for cell in module.cells()
}
CHOSEN = (
    "naive: send, then mark",
    "naive: mark, then send",
    "delivery: SQLite, read-back only",
    "delivery: SQLite, nothing to look with",
    pytest.param("delivery: PostgreSQL, nonce and read-back", marks=pytest.mark.postgres),
    "positions",
    "restore: an old backup",
    *(name for name in CELLS if name.startswith("fanout")),
    "bot: told to stop",
)


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    """A database server for those that need one."""
    with serving() as started:
        yield started


@pytest.mark.parametrize("name", CHOSEN)
async def test_nothing_is_lost_doubled_or_out_of_order(name: str, servers: Servers) -> None:
    """Kills, freezes, faults, an old backup, thousands of places: every promise is kept. Naive ways break theirs."""
    cell: Cell = CELLS[name]
    tally = await run_cell(cell, "quick", SEED, servers)
    assert not tally.breaches
    assert tally.tries


def post(number: int, key: str, thread: str | None = "t1") -> Post:
    return Post(number, 0.0, "p1", thread, number == 1, f"m{number}", key, "")


WANTED = {"one": ("a", "b", "c")}


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("abc", Findings(0, 0, 0)),
        ("ab", Findings(1, 0, 0)),
        ("abbc", Findings(0, 1, 0)),
        ("acb", Findings(0, 0, 1)),
        ("bc", Findings(1, 0, 1)),
        ("", Findings(3, 0, 0)),
    ],
)
def test_the_judge_sees_what_is_lost_doubled_and_out_of_order(keys, found):
    """It must be able to find something."""
    assert judge(WANTED, [post(number, key) for number, key in enumerate(keys, 1)]) == found


def test_the_judge_sees_a_message_in_another_thread():
    """A second root."""
    assert judge(WANTED, [post(1, "a"), post(2, "b", "t2"), post(3, "c")]).disorder == 1


def test_cells_that_held_are_not_run_again(tmp_path, capsys):
    """A long run goes on where it was ended."""
    state = tmp_path / "state.json"
    run = ["fanout", "--quick", "--cell", "2 messages", "--state", str(state)]
    assert main(run) == 0
    first = capsys.readouterr().out
    written = state.stat().st_mtime_ns
    assert main(run) == 0
    assert capsys.readouterr().out == first
    assert state.stat().st_mtime_ns == written

"""`python -m tests.chaos [scenario …] [--quick | --full] [--seed N] [--state FILE]`; exits 1 if something broke."""

import argparse
import asyncio
import importlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tests.chaos.ground import Cell, Size, run_cell, serving
from tests.chaos.tally import Tally, heading

SCENARIOS = ("naive", "delivery", "positions", "restore", "fanout", "whole_bot", "discord", "slack", "memory")
SEED = 20261122


def cells_of(scenario: str) -> Sequence[Cell]:
    """The cells of a scenario."""
    found: Sequence[Cell] = importlib.import_module(f"tests.chaos.{scenario}").cells()
    return found


def _arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos")
    parser.add_argument("scenarios", nargs="*", default=SCENARIOS, metavar="scenario", help=", ".join(SCENARIOS))
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", dest="size", action="store_const", const="quick", help="a minute")
    size.add_argument("--full", dest="size", action="store_const", const="full", help="hours")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--cell", default="", help="only cells whose name holds this")
    parser.add_argument("--state", type=Path, help="cells that held are noted here and not run again")
    return parser.parse_args(given)


class _State:
    """Which cells have held already."""

    def __init__(self, path: Path | None, size: Size, seed: int) -> None:
        self._path = path
        self._run = f"{size}/{seed}"
        known = json.loads(path.read_text()) if path is not None and path.exists() else {}
        self._all: dict[str, dict[str, dict[str, object]]] = known

    def get(self, cell: str) -> Tally | None:
        found = self._all.get(self._run, {}).get(cell)
        return None if found is None else Tally(**found)  # type: ignore[arg-type]

    def put(self, tally: Tally) -> None:
        if self._path is None or tally.breaches:
            return
        self._all.setdefault(self._run, {})[tally.name] = asdict(tally)
        written = self._path.with_name(self._path.name + ".new")
        written.write_text(json.dumps(self._all, indent=1))
        written.replace(self._path)


def main(given: list[str]) -> int:
    """Run the scenarios and print a line for each of their cells."""
    wanted = _arguments(given)
    size: Size = wanted.size or "normal"
    state = _State(wanted.state, size, wanted.seed)
    _say(heading())
    broken = False
    with serving() as servers:
        for cell in (cell for name in wanted.scenarios for cell in cells_of(name) if wanted.cell in cell.name):
            tally = state.get(cell.name)
            if tally is None:
                tally = asyncio.run(run_cell(cell, size, wanted.seed, servers))
                state.put(tally)
            broken = broken or bool(tally.breaches)
            _say(tally.row())
    return int(broken)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

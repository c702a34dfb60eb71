"""How long the command line takes to say its help: the first thing a newcomer waits for."""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.row import Row

RUNS = 5
_BARE = "import pydantic, typer, rich"


def measure(data: Path) -> Iterator[Row]:
    """Whole processes, in turn, so that a slow moment of the machine falls on both."""
    del data
    ours: list[float] = []
    bare: list[float] = []
    commands = ((ours, ["-m", "bot", "--help"]), (bare, ["-c", _BARE]))
    for _, arguments in commands:
        _seconds(arguments)  # the first of each compiles and fills the cache of the disk
    for _ in range(RUNS):
        for times, arguments in commands:
            times.append(_seconds(arguments))
    help_time, bare_time = statistics.median(ours), statistics.median(bare)
    yield Row(
        f"counterpoint --help, median of {RUNS}",
        f"{help_time * 1000:.0f} ms",
        f"{_BARE} {bare_time * 1000:.0f} ms, ratio {help_time / bare_time:.2f}",
        "<= 2x",
    )


def _seconds(arguments: Sequence[str]) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun

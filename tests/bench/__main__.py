"""`make bench`: every figure beside its baselines and peers, on the real data, in one run.

Each module of this folder named in MODULES has `measure(data: Path) -> Iterator[Row]`. Name modules to run only those:
`python -m tests.bench feeds bursts`.
"""

import importlib
import os
import sys
from pathlib import Path

MODULES = (
    "startup",
    "feeds",
    "duplicates",
    "threads",
    "brief",
    "bursts",
    "scale",
    "conversations",
    "paraphrases",
    "faults",
    "quotations",
    "desk",
    "hostile",
    "shownotes",
    "chapters",
    "chapter_titles",
    "episode_quotes",
    "entities",
    "retold",
)


def main(names: list[str]) -> int:
    """Print a table; 3 without the real data."""
    data = Path(os.environ.get("COUNTERPOINT_REAL_DATA") or "/nonexistent")
    if not data.is_dir():
        print("COUNTERPOINT_REAL_DATA names no folder of real data", file=sys.stderr)
        return 3
    print("| figure | ours | beside it | target |\n|---|---|---|---|")
    for name in names or MODULES:
        module = importlib.import_module(f"tests.bench.{name}")
        for row in module.measure(data):
            print(f"| {row.what} | {row.ours} | {row.beside} | {row.target} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

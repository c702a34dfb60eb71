"""`python -m bot` and the console script `counterpoint`."""

import gc
import sys

ALLOCATIONS = 10_000
"""New objects after which garbage is looked for. What is loaded at the start stays: Python's own 700 costs a tenth of
the time of a command."""


def main() -> None:
    """Run the command line."""
    gc.set_threshold(ALLOCATIONS)
    from adapters.cli.app import run

    sys.exit(run())


if __name__ == "__main__":
    main()

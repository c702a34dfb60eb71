"""`python -m bot` and the console script `counterpoint`."""

import sys


def main() -> None:
    """Run the command line."""
    from adapters.cli.app import run

    sys.exit(run())


if __name__ == "__main__":
    main()

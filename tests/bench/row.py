"""One printed figure of `make bench`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A figure beside its baselines, peers and target."""

    what: str
    """For instance `story threads, B-cubed F1`."""
    ours: str
    beside: str
    """Baselines and peers measured in the same run, for instance `all singletons .384`."""
    target: str
    """For instance `>= .70`; empty where there is none."""

"""One line of the table: what was tried, what was broken on purpose, and what came of it."""

from dataclasses import dataclass, fields

COLUMNS = (
    *("scenario", "tries", "kills", "faults", "lost", "double", "out of order"),
    *("parked", "seconds", "what else", "breaches"),
)


_BETWEEN = "; "
_MOST_TOLD = 4


@dataclass(slots=True)
class Tally:
    """Figures of one cell of a scenario."""

    name: str
    tries: int = 0
    """Messages that were to be posted; for what is no posting, how often it was tried."""
    kills: int = 0
    faults: int = 0
    """That the platform injected; at least, where the platform itself was killed."""
    lost: int = 0
    double: int = 0
    disorder: int = 0
    parked: int = 0
    seconds: float = 0.0
    notes: str = ""
    breaches: str = ""
    """Why the cell failed, in words; empty if it held."""

    def breach(self, words: str) -> None:
        """Note that a promise was broken; when many were, the first ones are enough."""
        if self.breaches.count(_BETWEEN) < _MOST_TOLD:
            self.breaches = f"{self.breaches}{_BETWEEN}{words}".removeprefix(_BETWEEN)

    def demand_nothing_lost(self) -> None:
        """The promise of delivery."""
        for count, words in ((self.lost, "lost"), (self.double, "doubled"), (self.disorder, "out of order")):
            if count:
                self.breach(f"{count} {words}")

    def row(self) -> str:
        """As a line of a Markdown table."""
        values = (getattr(self, field.name) for field in fields(self))
        shown = (f"{value:.0f}" if isinstance(value, float) else str(value) for value in values)
        return f"| {' | '.join(shown)} |"


def heading() -> str:
    """The first two lines of the table."""
    return f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}"

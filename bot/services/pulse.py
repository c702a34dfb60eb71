"""Whether the loops of the process are alive: each beats, and who has not beaten for long is stuck or dead.

Seconds come from a source that only moves forward, so that a clock that is set does not make the bot look dead.
"""

from collections.abc import Callable, Mapping


class Pulse:
    """The last beat of each loop. A loop is known from its first beat on."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        """Prepare; no loop is known. `seconds` is a monotonic source, such as `time.monotonic`."""
        self._seconds = seconds
        self._beats: dict[str, float] = {}

    def beat(self, name: str) -> None:
        """The loop of this name is alive now."""
        self._beats[name] = self._seconds()

    def ages(self) -> Mapping[str, float]:
        """Seconds since the last beat, by loop, in order of their names."""
        now = self._seconds()
        return {name: max(0.0, now - self._beats[name]) for name in sorted(self._beats)}

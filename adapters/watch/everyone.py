"""Several listeners as one: what happens is told to the journal and counted by the metrics."""

from bot.ports.events import Events, Fact


class Everyone:
    """Tells each of its listeners, in order."""

    def __init__(self, *listeners: Events) -> None:
        self._listeners = listeners

    def tell(self, event: str, /, **facts: Fact) -> None:
        """Note that something happened."""
        for listener in self._listeners:
            listener.tell(event, **facts)

    def warn(self, event: str, /, **facts: Fact) -> None:
        """Note what a person should look at."""
        for listener in self._listeners:
            listener.warn(event, **facts)

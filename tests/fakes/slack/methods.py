"""Which method does what: modules enter theirs here."""

from collections.abc import Callable

from tests.fakes.slack.wire import Doing, Method

METHODS: dict[str, Method] = {}


def method(name: str, *scopes: str, kind: str = "bot", tier: int | None = 3) -> Callable[[Doing], Doing]:
    """This function answers that method; one of the scopes is needed. Tier None: one a second and channel."""

    def enter(doing: Doing) -> Doing:
        METHODS[name] = Method(name, doing, scopes, kind, tier)
        return doing

    return enter

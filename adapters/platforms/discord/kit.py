"""What the parts of the Discord adapter share."""

from collections.abc import Callable
from dataclasses import dataclass, field

from adapters.platforms.discord.rest import Rest
from adapters.wire.illustrations import Illustrations
from bot.ports.clock import Clock
from bot.ports.events import Events
from bot.ports.office import Office
from bot.ports.phrases import Catalogue

PLATFORM = "discord"


@dataclass(frozen=True, slots=True)
class Kit:
    """The ways out of the adapter: to Discord, to the core, to the reader's language."""

    rest: Rest
    office: Office
    catalogue: Catalogue
    clock: Clock
    events: Events
    me: Callable[[], int]
    """Our own user id, known once connected."""
    reads_all: bool
    """We have the Message Content intent."""
    illustrations: Illustrations = field(init=False)
    """Draws what messages show, once."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "illustrations", Illustrations(self.office, self.events))


def tenant_of(guild: int | str | None, person: int | str) -> str:
    """`discord:1234` of a server; of a direct message, the person: `discord:@5678`."""
    return f"{PLATFORM}:{guild}" if guild else f"{PLATFORM}:@{person}"

"""What is kept about people."""

from dataclasses import dataclass
from datetime import date

from bot.domain.follow import Follow
from bot.domain.subscription import Subscription


@dataclass(frozen=True, slots=True)
class Used:
    """How often, or how much, somebody had something on a day (UTC)."""

    who: str
    """`discord:5678` a person, `discord:1234/99` a place."""
    tenant: str
    kind: str
    """`now`, `question`, `tokens`."""
    day: date
    count: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything that is kept about a person."""

    used: tuple[Used, ...]
    follows: tuple[Follow, ...]
    subscriptions: tuple[Subscription, ...]
    """Those the person set up (option `host`)."""

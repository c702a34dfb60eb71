"""Why a posting was skipped, in words: status tells by how they begin whether a person has to look."""

from bot.domain.subscription import Subscription

MISSED = "missed"
"""How every reason begins that stands for a slot which was not published in time."""
NOT_RUNNING = f"{MISSED}: the bot was not running"
OVERTAKEN = f"{MISSED}: a later edition was due before it could be published"
UNSUBSCRIBED = "unsubscribed"
PAUSED = "paused: "
NOBODY_SAID_WHY = "by an administrator"
WITHDRAWN = "people deleted it"
RESTORED = "posted before this database was restored"


def why_paused(subscription: Subscription) -> str:
    """The words for a slot that lies in a pause."""
    return f"{PAUSED}{subscription.pause_reason or NOBODY_SAID_WHY}"

"""What Slack answers when it does not do something: `{"ok": false, "error": …}`, with status 200."""

from collections.abc import Sequence
from typing import Any


class Refused(Exception):
    """Slack's answer, not a failure of this program: a word, and for `invalid_blocks` `messages` that say where."""

    def __init__(self, error: str, *, messages: Sequence[str] = (), **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.messages = list(messages)
        self.more = more

    def body(self) -> dict[str, Any]:
        """The answer."""
        told: dict[str, Any] = {"ok": False, "error": self.error} | self.more
        if self.messages:
            told |= {
                "errors": self.messages,
                "response_metadata": {"messages": [f"[ERROR] {m}" for m in self.messages]},
            }
        return told


def missing_scope(needed: str, provided: frozenset[str]) -> Refused:
    """A permission that the application was not given."""
    return Refused("missing_scope", needed=needed, provided=",".join(sorted(provided)))


def invalid_arguments(*messages: str) -> Refused:
    """A call that makes no sense."""
    return Refused("invalid_arguments", messages=messages)

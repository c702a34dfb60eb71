"""Phrases that every platform has, as they are said on Slack: where Discord has a server, here is a workspace."""

from collections.abc import Mapping
from typing import Final

from bot.ports.phrases import Phrases

_OURS: Final = frozenset(
    {
        "subscription-none",
        "subscription-which",
        "form-too-old",
        "status-none",
        "sources-title",
        "source-proposed",
        "privacy-server",
        "forget-sure",
        "help-title",
        "help-read-lines",
        "help-ask-lines",
        "help-manage-head",
        "help-manage-lines",
        "help-private-lines",
    }
)
"""Keys that have words of their own under `slack-<key>`."""


class Wording:
    """A language of the interface; see `bot.ports.phrases.Phrases`."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    @property
    def language(self) -> str:
        """Its tag."""
        return self._phrases.language

    def say(self, key: str, /, **facts: str | float) -> str:
        """A phrase."""
        return self._phrases.say(f"slack-{key}" if key in _OURS else key, **facts)

    def words(self) -> Mapping[str, tuple[str, ...]]:
        """The typed words of a conversation."""
        return self._phrases.words()

"""The words of the interface."""

from collections.abc import Mapping
from typing import Protocol


class Phrases(Protocol):
    """One language of the interface. Picklable, so that work in other processes can use it."""

    @property
    def language(self) -> str:
        """Its BCP 47 tag, for instance `en` or `ru`."""
        ...

    def say(self, key: str, /, **facts: str | float) -> str:
        """The phrase under `key` with its facts filled in; plural forms follow the language.

        Raises:
            KeyError: no such phrase (the catalogue's test finds this before a user does).
        """
        ...

    def words(self) -> Mapping[str, tuple[str, ...]]:
        """The typed words of a conversation: command key to its spellings, lower case."""
        ...


class Catalogue(Protocol):
    """All interface languages."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Their tags, the default first."""
        ...

    def speak(self, language: str) -> Phrases:
        """The phrases of a language, else of its base language, else of the default."""
        ...

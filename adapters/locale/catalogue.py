"""The interface languages, one Fluent file each.

A language is one file: its buttons, fixed sentences, plural forms and typed words. Fluent carries the plural rules and
number formats, so no sentence is ever assembled from pieces in code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

from bot.ports.phrases import Phrases

LANGUAGES = ("en", "ru")
"""The default first."""
_WORDS = "words-"
_LONG = 900
"""Characters of a fact from which it is put into the finished phrase: the library refuses more than 1,000."""
_HELD = 0xFDD0
"""The first of 32 code points that are no characters: they hold the places of long facts."""


@cache
def _resource(language: str) -> ast.Resource:
    return FluentResource(files("adapters.locale").joinpath(f"{language}.ftl").read_text(encoding="utf-8"))


@cache
def _bundle(language: str) -> FluentBundle:
    # Isolation marks (U+2068/9) would reach people's screens and break quotations and searches.
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(_resource(language))
    return bundle


def _message_keys(language: str) -> list[str]:
    return [entry.id.name for entry in _resource(language).body if isinstance(entry, ast.Message)]


@cache
def _words(language: str) -> Mapping[str, tuple[str, ...]]:
    gathered: dict[str, list[str]] = {}
    # A person types English words in every interface: that is what they see others type.
    for tongue in dict.fromkeys((language, LANGUAGES[0])):
        phrases = FluentPhrases(tongue)
        for key in _message_keys(tongue):
            if key.startswith(_WORDS):
                spellings = (word.strip() for word in phrases.say(key).split(","))
                gathered.setdefault(key.removeprefix(_WORDS), []).extend(spellings)
    return MappingProxyType({key: tuple(dict.fromkeys(found)) for key, found in gathered.items()})


@dataclass(frozen=True, slots=True)
class FluentPhrases:
    """One language of the interface. It holds its tag only, so it pickles; the file is read on first use."""

    language: str

    def say(self, key: str, /, **facts: str | float) -> str:
        """The phrase under `key` (`one_sided` reads as `one-sided`) with its facts filled in.

        Raises:
            KeyError: no such phrase, or a fact it needs is missing.
        """
        name = key.replace("_", "-")
        bundle = _bundle(self.language)
        if not bundle.has_message(name):
            raise KeyError(name)
        pattern = bundle.get_message(name).value
        if pattern is None:
            raise KeyError(name)
        long = {key: value for key, value in facts.items() if isinstance(value, str) and len(value) > _LONG}
        held = {key: chr(_HELD + n) for n, key in enumerate(long)}
        text, errors = bundle.format_pattern(pattern, {**facts, **held})
        if errors:
            raise KeyError(f"{name}: {errors[0]}")
        return str(text).translate({ord(mark): long[key] for key, mark in held.items()})

    def words(self) -> Mapping[str, tuple[str, ...]]:
        """The typed words: command key to its spellings, lower case; the English ones always among them."""
        return _words(self.language)


class FluentCatalogue:
    """All interface languages that are shipped."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Their tags, the default first."""
        return LANGUAGES

    def speak(self, language: str) -> Phrases:
        """The phrases of a language, else of its base language, else of the default."""
        base = language.replace("_", "-").split("-", 1)[0].lower()
        return FluentPhrases(base if base in LANGUAGES else LANGUAGES[0])

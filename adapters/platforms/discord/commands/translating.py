"""Names and descriptions of commands in every language of our catalogue."""

from typing import Any

from discord import Locale
from discord.app_commands import TranslationContext, Translator, locale_str

from bot.ports.phrases import Catalogue, Phrases


def worded(phrases: Phrases, key: str, name: str | None = None) -> locale_str:
    """A text of a command: in the default language, with the key by which the others are found."""
    return locale_str(name or phrases.say(key), key=key)


class CatalogueTranslator(Translator):
    """Finds the words of a command in our catalogue. What has no key, or no language of ours, stays as it is."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self._catalogue = catalogue

    async def translate(self, string: locale_str, locale: Locale, context: TranslationContext[Any, Any]) -> str | None:
        """The text in a language of Discord's; None to leave it."""
        del context
        phrases = self._catalogue.speak(locale.value)
        known = phrases.language != self._catalogue.languages[0]
        return phrases.say(string.extras["key"]) if known and "key" in string.extras else None

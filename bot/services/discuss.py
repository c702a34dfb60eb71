"""Answer me in the thread: typed words and questions, from this edition first, then from earlier ones; under an
episode, from what is said in it.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.conversation.answers import (
    about_the_edition,
    answer,
    answer_from_archive,
    refusal,
    search_archive,
)
from bot.domain.conversation.commands import carry_out
from bot.domain.conversation.episode import answers as of_episode
from bot.domain.conversation.episode.commands import carry_out as carry_out_under_episode
from bot.domain.conversation.episode.shelf import EpisodeShelf
from bot.domain.conversation.incoming import clean
from bot.domain.conversation.retrieval import Shelf
from bot.domain.conversation.wording import Wording, replying
from bot.domain.conversation.words import Command, Words, join, parse, spelled
from bot.domain.languages import primary, reading_language
from bot.domain.reply import Reply
from bot.domain.visitor import Visitor
from bot.ports.phrases import Catalogue
from bot.ports.store import Store
from bot.services.answering import Answering
from bot.services.growing import Show
from bot.services.inquiry import Inquiry
from bot.services.shelves import LATEST, MOST_SHELVES, Shelves
from bot.services.translating import EpisodeWish, Translating, Wish

__all__ = ["LATEST", "Discuss"]


class Discuss:
    """The discussion under an edition or an episode. The command line and every thread take this same path."""

    def __init__(
        self,
        store: Store,
        catalogue: Catalogue,
        *,
        shelves: int = MOST_SHELVES,
        answering: Answering | None = None,
        translating: Translating | None = None,
    ) -> None:
        """Prepare; nothing is read yet.

        Without `answering`, everything is answered with original passages; without `translating`, in their language.
        """
        self._catalogue = catalogue
        self._answering = answering
        self._translating = translating
        self._shelves = Shelves(store, shelves)
        self._words = join(catalogue.speak(language).words() for language in catalogue.languages)

    def words(self) -> Words:
        """The typed words of every interface language: people type in the language they think in."""
        return self._words

    def command(self, text: str, language: str = "") -> str | None:
        """The typed words that give the answer to this text again, such as `sources 2`; None if it is a question.

        `language` is that of the reader's interface: what is `my language` to one is another to the next.
        """
        asked = clean(text)
        command = parse(asked, self.words()) if asked else Command("help")
        if command is not None and command.kind == "translate" and not command.argument:
            command = replace(command, argument=reading_language(language) or "")
        return None if command is None else spelled(command)

    async def shelf(self, publication: str, *, tenant: str | None = None) -> Shelf:
        """An edition or an episode ready to be asked; `latest` is the newest edition that is not of a server's own
        sources. `tenant` is where it is asked for: what was made of a file is only for those who gave it.

        Raises:
            NotFoundError: nothing is kept under this id.
            StoreError: the database failed.
        """
        return await self._shelves.of(publication, tenant=tenant)

    async def reply(
        self,
        edition: str | Shelf,
        text: str,
        *,
        language: str,
        asker: Visitor | None = None,
        told: Show | None = None,
        alone: bool = False,
        complaint: str = "",
    ) -> Reply:
        """The answer to what somebody typed under an edition or an episode. `text` is untrusted; `language` is the
        reader's.

        `edition` is its id, or what is ready to be asked. Where there is a model and an `asker`, it answers
        questions, and `told` is called with the answer as it grows. `alone`: only the asker sees it. `complaint` says
        why an earlier answer was not useful (`bot.services.inquiry.Complaint`).

        Raises:
            NotFoundError: nothing is kept under this id, or it is another tenant's.
            StoreError: the database failed.
        """
        tenant = None if asker is None else asker.tenant
        shelf = edition if isinstance(edition, Shelf) else await self.shelf(edition, tenant=tenant)
        phrases = self._catalogue.speak(language)
        wording = Wording(phrases.say, phrases.language)
        asked = clean(text)
        command = parse(asked, self.words()) if asked else Command("help")
        inquiry = None if asker is None else Inquiry(asked, shelf, wording, asker, alone, complaint)
        if isinstance(shelf, EpisodeShelf):
            return await self._under_episode(command or asked, shelf, wording, inquiry, told)
        if command is not None:
            return await self._looked_up(command, shelf, wording, inquiry, told)
        return await self._answered(asked, shelf, wording, inquiry, told)

    def forget(self, who: str) -> None:
        """Forget what a person has asked: it is known for a day, in memory, to understand what they ask next."""
        if self._answering is not None:
            self._answering.forget(who)

    async def _looked_up(
        self, command: Command, shelf: Shelf, wording: Wording, inquiry: Inquiry | None, told: Show | None
    ) -> Reply:
        """What a typed word gives; to go deeper into a story is for the model, where there is one."""
        edition = shelf.edition
        found = carry_out(command, edition, wording)
        if command.kind == "translate" and inquiry is not None and self._translating is not None:
            return await self._translated(self._translating, command, found, inquiry, told)
        story = edition.story(found.story) if command.kind == "deeper" and found.story is not None else None
        if story is None or inquiry is None or self._answering is None:
            return found
        outcome = await self._answering.deeper(inquiry, story, told)
        return outcome.reply or replace(found, note=outcome.note)

    async def _under_episode(
        self, typed: Command | str, shelf: EpisodeShelf, wording: Wording, inquiry: Inquiry | None, told: Show | None
    ) -> Reply:
        """What a typed word, or a question, gives under an episode: its words, a model's where there is one."""
        if isinstance(typed, Command):
            found = carry_out_under_episode(typed, shelf, wording, _labels(self._catalogue, typed, wording, inquiry))
            wish = self._episode_wish(typed, shelf, wording, inquiry)
            return found if wish is None or self._translating is None else await self._translating.under_episode(wish)
        about = of_episode.about_the_episode(typed, shelf, wording)
        if about is not None:
            return about
        note = ""
        if inquiry is not None and self._answering is not None:
            outcome = await self._answering.answer(inquiry, lambda: self._shelves.older(shelf), told)
            if outcome.reply is not None:
                return replace(outcome.reply, actions=of_episode.ways_on(outcome.reply, shelf))
            note = outcome.note
        found = of_episode.answer(typed, shelf, wording) or of_episode.refusal(typed, shelf, wording)
        return replace(found, note=note)

    def _episode_wish(
        self, command: Command, shelf: EpisodeShelf, wording: Wording, inquiry: Inquiry | None
    ) -> EpisodeWish | None:
        """What is wanted of an overview in another language, where somebody may have it, and can be read by them."""
        language = command.argument or (reading_language(inquiry.asker.language) if inquiry is not None else None)
        if command.kind != "translate" or inquiry is None or language is None:
            return None
        chapter = None if command.number is None else shelf.episode.chapter(command.number)
        labels = _labels(self._catalogue, replace(command, argument=language), wording, inquiry)
        return EpisodeWish(shelf, language, inquiry.asker, wording, labels, chapter)

    async def _translated(
        self, translating: Translating, command: Command, found: Reply, inquiry: Inquiry, told: Show | None
    ) -> Reply:
        """The edition, or one story, in the language that was named, else in that of who asks.

        `found` is what there is to say without a translation: a story of this number may not exist.
        """
        edition = inquiry.shelf.edition
        if command.number is not None and found.story is None:
            return found
        language = command.argument or reading_language(inquiry.asker.language)
        if language is None:
            return replying("translate", [inquiry.wording.plain("translate-unknown")], edition)
        labels = _labels(self._catalogue, replace(command, argument=language), inquiry.wording, inquiry)
        wish = Wish(edition, language, inquiry.asker, inquiry.wording, labels, found.story)
        return await translating(wish, told)

    async def _answered(
        self, asked: str, shelf: Shelf, wording: Wording, inquiry: Inquiry | None, told: Show | None
    ) -> Reply:
        about = about_the_edition(asked, shelf, wording)
        if about is not None:
            return about
        note = ""
        if inquiry is not None and self._answering is not None:
            outcome = await self._answering.answer(inquiry, lambda: self._shelves.older(shelf), told)
            if outcome.reply is not None:
                return outcome.reply
            note = outcome.note
        found = answer(asked, shelf, wording)
        if found is None:
            older = await self._shelves.older(shelf)
            found = answer_from_archive(asked, older, shelf, wording) or refusal(asked, shelf, len(older), wording)
        return replace(found, note=note)

    async def search(self, desks: Sequence[str], query: str, *, language: str) -> Reply:
        """What the latest editions of some desks have on a query; a refusal, with what comes nearest, where they have
        nothing. `query` is untrusted; `language` is the reader's.

        Raises:
            StoreError: the database failed.
        """
        phrases = self._catalogue.speak(language)
        shelves = await self._shelves.latest(desks)
        return search_archive(clean(query), shelves, Wording(phrases.say, phrases.language))


def _labels(catalogue: Catalogue, command: Command, wording: Wording, inquiry: Inquiry | None) -> Wording:
    """The words of the interface in the language that was asked for, where there are any; else of who asks."""
    language = command.argument or (reading_language(inquiry.asker.language) if inquiry is not None else None)
    if command.kind != "translate" or not language:
        return wording
    phrases = catalogue.speak(language)
    return Wording(phrases.say, phrases.language) if phrases.language == primary(language) else wording

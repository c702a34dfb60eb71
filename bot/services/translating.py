"""Read an edition in a language of one's own: built once for everybody, a story a call, all side by side.

Whoever made it necessary pays: one of their questions, and the tokens. What was published stays as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.conversation.episode.saying import replying as replying_on
from bot.domain.conversation.episode.shelf import EpisodeShelf
from bot.domain.conversation.episode.translated import chapter_read, overview_read
from bot.domain.conversation.translated import Reading
from bot.domain.conversation.wording import Wording, replying
from bot.domain.edition import Edition, Sentence, Story
from bot.domain.episode import Chapter
from bot.domain.languages import english_name
from bot.domain.reply import Action, Reply
from bot.domain.translation.episode import (
    names_of_episode,
    parts_of_chapter,
    parts_of_overview,
    parts_of_quotations,
)
from bot.domain.translation.parts import Rendering, Told, names_of, parts_of_card, parts_of_story, told
from bot.domain.visitor import Visitor
from bot.errors import LimitReached, ModelError, OverBudget
from bot.ports.clock import Clock
from bot.services.allowance import Allowance, spent
from bot.services.growing import Show
from bot.services.spending import Spending
from bot.services.translations import Bill, Piece, Translations
from bot.services.waiting import side_by_side


@dataclass(frozen=True, slots=True)
class Wish:
    """An edition that somebody wants to read in a language."""

    edition: Edition
    language: str
    """Its tag: one that `bot.domain.languages.reading_language` gives."""
    asker: Visitor
    wording: Wording
    """Of who asks, for what we say ourselves."""
    labels: Wording
    """In the language of the translation, where there is an interface in it; else of who asks."""
    story: int | None = None
    """The number of the one story that is wanted; None: the edition."""


@dataclass(frozen=True, slots=True)
class EpisodeWish:
    """The overview of an episode that somebody wants to read in a language."""

    shelf: EpisodeShelf
    language: str
    asker: Visitor
    wording: Wording
    labels: Wording
    """As those of `Wish`."""
    chapter: Chapter | None = None
    """The one that is wanted; None: the paragraph and the titles."""


class Translating:
    """Has editions translated."""

    def __init__(self, translations: Translations, *, spending: Spending, allowance: Allowance, clock: Clock) -> None:
        """Prepare; nothing is asked yet."""
        self._translations = translations
        self._spending = spending
        self._allowance = allowance
        self._clock = clock

    async def __call__(self, wish: Wish, growing: Show | None = None) -> Reply:
        """The edition, or one of its stories, in another language; `growing` is shown the edition as it comes.

        Where nothing of it could be translated, one line says why.

        Raises:
            StoreError: the database failed.
        """
        edition = wish.edition
        pieces = _pieces(wish)
        if not any(piece.parts for piece in pieces.values()):
            return replying("translate", [wish.wording.plain("translate-same")], edition)
        bill = Bill(self._allowance, self._spending.person(wish.asker), wish.asker)
        made: dict[str, Rendering] = {}
        errors: list[ModelError | LimitReached] = []
        shown = 0

        async def make(piece: Piece) -> None:
            nonlocal shown
            try:
                made[piece.name] = await self._translations(piece, bill)
            except (ModelError, LimitReached) as error:
                errors.append(error)
            before, shown = shown, _told_of(edition, made)
            if growing is not None and wish.story is None and before < shown < len(pieces):
                await growing(self._grown(wish, pieces, made))

        await side_by_side([make(piece) for piece in pieces.values()])
        await bill.settle()
        if not any(rendering.said for rendering in made.values()) and errors:
            return self._without(wish, errors)
        return self._whole(wish, pieces, made)

    async def under_episode(self, wish: EpisodeWish) -> Reply:
        """The overview of an episode, or one of its chapters, in another language.

        Where nothing of it could be translated, one line says why.

        Raises:
            StoreError: the database failed.
        """
        shelf, wording = wish.shelf, wish.wording
        pieces = {name: piece for name, piece in _pieces_of_episode(wish).items() if piece.parts}
        if not pieces:
            return replying_on("translate", [wording.plain("translate-same")], shelf)
        bill = Bill(self._allowance, self._spending.person(wish.asker), wish.asker)
        made: dict[str, Rendering] = {}
        errors: list[ModelError | LimitReached] = []

        async def make(piece: Piece) -> None:
            try:
                made[piece.name] = await self._translations(piece, bill)
            except (ModelError, LimitReached) as error:
                errors.append(error)

        await side_by_side([make(piece) for piece in pieces.values()])
        await bill.settle()
        if errors and not any(rendering.said for rendering in made.values()):
            why = wording.plain("episode-translate-failed")
            if isinstance(errors[0], LimitReached | OverBudget):
                why = Sentence(spent(errors[0], wording, self._clock.now()), ())
            return replying_on("translate", [why], shelf)
        found = told(wish.language, [(piece.parts, made.get(name)) for name, piece in pieces.items()])
        chapter, labels = wish.chapter, wish.labels
        reply = overview_read(shelf, found, labels) if chapter is None else chapter_read(chapter, shelf, found, labels)
        return replace(reply, note=self._note(found, wording), writer=self._translations.model)

    # ------------------------------------------------------------ what is shown

    def _note(self, found: Told, wording: Wording) -> str:
        kept = len(found.kept)
        notes = [wording.say("translate-note", model=self._translations.model)]
        return " ".join([*notes, *([wording.say("translate-kept-note", n=kept)] if kept else [])])

    def _grown(self, wish: Wish, pieces: Mapping[str, Piece], made: Mapping[str, Rendering]) -> Reply:
        """As much of the edition as stands from its beginning on."""
        ready = wish.edition.stories[: _told_of(wish.edition, made) - 1]
        found = told(wish.language, [(pieces[name].parts, rendering) for name, rendering in made.items()])
        reply = Reading(wish.edition, found, wish.labels).overview(ready)
        note, stop = wish.wording.say("translate-growing"), (Action("stop", "stop"),)
        return replace(reply, state="growing", note=note, actions=stop, writer=self._translations.model)

    def _whole(self, wish: Wish, pieces: Mapping[str, Piece], made: Mapping[str, Rendering]) -> Reply:
        edition = wish.edition
        found = told(wish.language, [(piece.parts, made.get(name)) for name, piece in pieces.items()])
        reading = Reading(edition, found, wish.labels)
        story = None if wish.story is None else edition.story(wish.story)
        reply = reading.overview(edition.stories) if story is None else reading.story(story)
        note = self._note(found, wish.wording)
        return replace(reply, story=wish.story, note=note, writer=self._translations.model)

    def _without(self, wish: Wish, errors: Sequence[ModelError | LimitReached]) -> Reply:
        """Why there is no translation; what was published stays as it is."""
        wording, error = wish.wording, errors[0]
        again: list[Action] = []
        if isinstance(error, LimitReached | OverBudget):
            line = Sentence(spent(error, wording, self._clock.now()), ())
        else:
            line = wording.plain("translate-failed")
            again = [Action("retry", f"in {english_name(wish.language)} {wish.story or ''}".strip())]
        return replying("translate", [line], wish.edition, again)


def _pieces(wish: Wish) -> dict[str, Piece]:
    """What has to be translated, by names: `card`, `story 2`."""
    edition, language = wish.edition, wish.language
    names = names_of(edition)
    stories = {
        _name(story): parts_of_story(edition, story, language)
        for story in edition.stories
        if wish.story in {None, story.number}
    }
    wanted = {**({"card": parts_of_card(edition, language)} if wish.story is None else {}), **stories}
    return {name: Piece(name, parts, names, edition.language, language) for name, parts in wanted.items()}


def _pieces_of_episode(wish: EpisodeWish) -> dict[str, Piece]:
    """What has to be translated of an episode, by names; what was said may be in another language than what is told."""
    episode, language, chapter = wish.shelf.episode, wish.language, wish.chapter
    names, spoken = names_of_episode(episode), episode.card.language
    if chapter is None:
        return {"overview": Piece("overview", parts_of_overview(episode, language), names, spoken, language)}
    name, quoted = f"chapter {chapter.number}", f"quotations {chapter.number}"
    return {
        name: Piece(name, parts_of_chapter(episode, chapter, language), names, spoken, language),
        quoted: Piece(quoted, parts_of_quotations(episode, chapter, language), names, episode.language, language),
    }


def _name(story: Story) -> str:
    return f"story {story.number}"


def _told_of(edition: Edition, made: Mapping[str, Rendering]) -> int:
    """How many pieces of an edition stand from its beginning on."""
    names = ["card", *map(_name, edition.stories)]
    return next((n for n, name in enumerate(names) if name not in made), len(names))

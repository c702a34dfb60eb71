"""`counterpoint ask`: the same answer that a thread gives, from the command line."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli import choices
from adapters.cli.choices import LanguageOption, Mistakes
from adapters.cli.output import Format, FormatOption, Notes, write
from bot.config import Settings, load
from bot.errors import NotFoundError

if TYPE_CHECKING:
    from bot.bootstrap import Application
    from bot.domain.message import Answer
    from bot.domain.visitor import Visitor

_NAMED = 5
"""Editions that are named when the one asked for is not there."""


def ask(
    edition: Annotated[str, typer.Argument(metavar="ID|latest", help="The edition, or the episode, to ask.")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help='A typed word such as "sources 2", or a question.')],
    language: LanguageOption = None,
    form: FormatOption = Format.TEXT,
) -> None:
    """Ask an edition or an episode, as in its thread."""
    import asyncio

    mistakes = Mistakes()
    settings = mistakes.attempt(load)
    tag = mistakes.given(language, choices.language)
    mistakes.tell()
    if settings is not None:
        _print(asyncio.run(_ask(settings, edition, text, tag)), form)


async def _ask(settings: Settings, edition: str, text: str, language: str | None) -> "Answer":
    from bot.bootstrap import application
    from bot.domain.conversation.incoming import language_of
    from bot.domain.message import Answer, is_episode

    async with application(settings, roster_folder=Path(), events=Notes()) as parts:
        spoken = language or language_of(text, settings.language, parts.catalogue.languages)
        try:
            shelf = await parts.discuss.shelf(edition, tenant=me(spoken).tenant)
            reply = await parts.discuss.reply(shelf, text, language=spoken, asker=me(spoken))
        except NotFoundError as error:
            raise NotFoundError(f"{_missing(edition)} {await _kept(parts)}") from error
        # Of an episode, times are printed instead of numbers.
        return Answer(reply, spoken, edition=shelf.publication if is_episode(edition) else None)


def me(language: str) -> "Visitor":
    """Whoever types here, whom limits count as one person."""
    from adapters.platforms.console.gateway import PLACE
    from bot.domain.visitor import Visitor

    return Visitor(PLACE.platform, "you", f"{PLACE.platform}:@you", PLACE, language)


def _missing(edition: str) -> str:
    return "There is no edition yet." if edition == "latest" else f"No edition is kept under {edition!r}."


async def _kept(parts: "Application") -> str:
    from bot.domain.desk import DEFAULT_DESK

    async with parts.store.unit() as unit:
        latest = await unit.editions.get("latest")
        others = await unit.editions.before(DEFAULT_DESK.id, parts.clock.now(), most=_NAMED)
    names = list(dict.fromkeys(kept.id for kept in (*([latest] if latest else []), *others)))
    if not names:
        return "Compose one with counterpoint brief."
    return f"Kept are {', '.join(names[:_NAMED])}{' and earlier ones' if len(names) > _NAMED else ''}."


def _print(answer: "Answer", form: Format) -> None:
    from adapters.locale.catalogue import FluentCatalogue
    from adapters.wire.contract import to_json
    from bot.domain.layout import lay_out

    if form is Format.JSON:
        write(to_json(answer.reply))
        return
    from adapters.platforms.console.rendering import Rendered, markdown

    phrases = FluentCatalogue().speak(answer.language)
    document = lay_out(answer, phrases)
    if form is Format.MARKDOWN:
        write(markdown(document))
        return
    from adapters.cli.screen import Screen

    Screen().print(Rendered(document, phrases), crop=False)

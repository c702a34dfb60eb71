"""`counterpoint episode`: the overview of a podcast or video, as the bot posts it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli import choices
from adapters.cli.asking import me
from adapters.cli.choices import LanguageOption, Mistakes
from adapters.cli.output import Format, FormatOption, Notes, note, write
from bot.config import Settings, load
from bot.domain.transcript import MOST_BYTES
from bot.errors import ConfigError
from bot.ports.recordings import Upload

if TYPE_CHECKING:
    from bot.domain.document import Document
    from bot.domain.episode import Episode
    from bot.domain.show import Listened
    from bot.ports.phrases import Phrases

_NO_LIMIT = 1_000_000
_UNDATED = datetime.fromtimestamp(0, UTC)
_STAGES = {
    "finding": "Looking for the episode.",
    "reading": "Reading its transcript.",
    "hearing": "There is no transcript: listening to it, which takes a while.",
    "composing": "Finding its chapters.",
    "writing": "Having the model write.",
}


def episode(
    wanted: Annotated[
        str,
        typer.Argument(
            metavar="FILE_OR_URL", help="A transcript (.vtt .srt .txt .md .json .html), a link, or an episode's name."
        ),
    ],
    language: LanguageOption = None,
    model: Annotated[
        str | None,
        typer.Option("--model", metavar="NAME", help="Who writes: a model, or extractive. Default: the one in .env."),
    ] = None,
    form: FormatOption = Format.TEXT,
) -> None:
    """Sum up a podcast or a video, chapter by chapter.

    An overview, chapters with times, what was said, people and things.
    """
    import asyncio

    mistakes = Mistakes()
    settings = mistakes.attempt(load)
    tag = mistakes.given(language, choices.language)
    given = mistakes.attempt(lambda: _given(wanted))
    chosen = None if settings is None else mistakes.attempt(lambda: settings.with_model(model))
    mistakes.tell()
    if chosen is not None and given is not None:
        _print(asyncio.run(_overview(chosen, given, tag or chosen.language)), form)


def _given(wanted: str) -> str | Upload:
    """What is in the file, if it is one; else the link or the name."""
    path = Path(wanted)
    if "://" in wanted or not wanted.strip() or not path.is_file():
        return wanted
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ConfigError([f"{wanted} is larger than {MOST_BYTES // 1_000_000} MB: it is no transcript"])
        return Upload(path.name, path.read_bytes())
    except OSError as error:
        raise ConfigError([f"{wanted} cannot be read: {error.strerror or error}"]) from error


async def _overview(settings: Settings, wanted: str | Upload, language: str) -> "Episode":
    from bot.bootstrap import application

    async def told(stage: "Listened") -> None:
        note(_STAGES[stage])

    # Limits are for people in chats: whoever types here is the operator.
    own = replace(settings, limits={**settings.limits, "episode": _NO_LIMIT})
    async with application(own, roster_folder=Path(), events=Notes()) as parts:
        return await parts.listening.overview(me(language), wanted, told=told)


def _print(made: "Episode", form: Format) -> None:
    from adapters.locale.catalogue import FluentCatalogue
    from adapters.wire.contract import to_json

    if form is Format.JSON:
        write(to_json(made))
        return
    from adapters.platforms.console.rendering import Rendered, markdown

    phrases = FluentCatalogue().speak(made.card.language)
    documents = _documents(made, phrases)
    if form is Format.MARKDOWN:
        write("\n\n".join(markdown(document) for document in documents))
        return
    from adapters.cli.screen import Screen

    screen = Screen()
    for place, document in enumerate(documents):
        if place:
            screen.print()
        screen.print(Rendered(document, phrases), crop=False)


def _documents(made: "Episode", phrases: "Phrases") -> "list[Document]":
    """The overview, every chapter, and who and what is named in it."""
    from bot.domain.conversation.episode.lookups import people
    from bot.domain.conversation.episode.shelf import EpisodeShelf
    from bot.domain.conversation.wording import Wording
    from bot.domain.layout import lay_out
    from bot.domain.layout.episode import chapter_part
    from bot.domain.message import Answer, EpisodeOverview

    chapters = [tuple(chapter_part(chapter, made, phrases)) for chapter in made.chapters]
    named = people(EpisodeShelf(made, None, made.published or _UNDATED), Wording(phrases.say, phrases.language))
    last = [lay_out(Answer(named, phrases.language, edition=made), phrases)] if made.entities else []
    return [lay_out(EpisodeOverview(made), phrases), *chapters, *last]

"""From a typed word under an episode to its reply."""

from collections.abc import Callable

from bot.domain.conversation.episode.chapters import chapter, deeper, every_chapter, quotes, unknown
from bot.domain.conversation.episode.lookups import audio, help_with, people, sources, transcript, translate, who
from bot.domain.conversation.episode.shelf import EpisodeShelf
from bot.domain.conversation.wording import Wording
from bot.domain.conversation.words import Command
from bot.domain.episode import Chapter
from bot.domain.reply import Reply, ReplyKind

_OF_A_CHAPTER: dict[ReplyKind, Callable[[Chapter, EpisodeShelf, Wording], Reply]] = {
    "chapter": chapter,
    "story": chapter,
    "deeper": deeper,
    "quote": quotes,
}
_OF_ALL: dict[ReplyKind, Callable[[EpisodeShelf, Wording], Reply]] = {
    "list": every_chapter,
    "chapter": every_chapter,
    "deeper": every_chapter,
    "quote": lambda shelf, wording: quotes(None, shelf, wording),
    "people": people,
    "sources": sources,
    "audio": audio,
    "help": help_with,
}


def carry_out(command: Command, shelf: EpisodeShelf, wording: Wording, labels: Wording) -> Reply:
    """The reply to a typed word; an unknown number is answered with those that exist.

    `labels` are in the language that was asked for, where there is an interface in it, else in that of who asks.
    """
    if command.kind == "who":
        return who(command.argument, shelf, wording)
    if command.kind == "transcript":
        return transcript(command, shelf, wording)
    if command.kind == "translate":
        return translate(shelf, wording, labels)
    if command.number is None and command.at is None and command.kind in _OF_ALL:
        return _OF_ALL[command.kind](shelf, wording)
    if command.kind in _OF_A_CHAPTER:
        return _for_chapter(command, shelf, wording)
    if command.kind == "sources":
        return sources(shelf, wording)
    return help_with(shelf, wording, unknown=True)


def _for_chapter(command: Command, shelf: EpisodeShelf, wording: Wording) -> Reply:
    episode = shelf.episode
    if command.at is not None:
        found = episode.at(command.at)
        return unknown("chapter", shelf, wording) if found is None else chapter(found, shelf, wording, command.at)
    found = episode.chapter(command.number or 0)
    if found is None:
        return unknown(command.kind, shelf, wording)
    return _OF_A_CHAPTER[command.kind](found, shelf, wording)

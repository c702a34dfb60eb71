"""From a typed word to its reply."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.conversation.lookups import (
    all_sources,
    hear,
    help_with,
    list_stories,
    passages,
    quote,
    sources,
    standfirst,
    translate,
    translate_story,
)
from bot.domain.conversation.people import thinkers, who
from bot.domain.conversation.views import counter, counters, crux, deeper, why
from bot.domain.conversation.wording import Wording, replying
from bot.domain.conversation.words import Command
from bot.domain.edition import Edition, Story
from bot.domain.reply import Action, Reply, ReplyKind

_OF_A_STORY: dict[ReplyKind, Callable[[Story, Edition, Wording], Reply]] = {
    "sources": sources,
    "quote": quote,
    "counter": counter,
    "crux": crux,
    "deeper": deeper,
    "why": why,
    "story": standfirst,
    "translate": translate_story,
}
_OF_ALL: dict[ReplyKind, Callable[[Edition, Wording], Reply]] = {
    "sources": all_sources,
    "counter": counters,
    "list": list_stories,
    "people": thinkers,
    "help": help_with,
    "translate": translate,
}


def carry_out(command: Command, edition: Edition, wording: Wording) -> Reply:
    """The reply to a typed word; an unknown number is answered with those that exist."""
    if command.kind == "who":
        return who(command.argument, edition, wording)
    if command.kind in {"audio", "transcript", "chapter"}:
        return hear(command, edition, wording)
    if command.kind == "passage":
        return passages(command.number, edition, wording)
    if command.number is None and command.kind in _OF_ALL:
        return _OF_ALL[command.kind](edition, wording)
    return _for_story(command, edition, wording)


def _for_story(command: Command, edition: Edition, wording: Wording) -> Reply:
    only = edition.stories[0] if len(edition.stories) == 1 and command.number is None else None
    story = only if command.number is None else edition.story(command.number)
    if story is not None:
        return replace(_OF_A_STORY[command.kind](story, edition, wording), story=story.number)
    most = max((s.number for s in edition.stories), default=0)
    if not edition.stories:
        line = wording.plain("no-stories")
    elif command.number is None:
        line = wording.plain("which-story", most=most, example=command.kind)
    else:
        line = wording.plain("no-such-story", most=most)
    return replying(command.kind, [line], edition, [Action("all-stories", "list")])

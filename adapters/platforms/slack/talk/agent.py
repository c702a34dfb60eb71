"""What the conversation with us offers to ask: about the latest edition that came to this workspace."""

from typing import Final

from adapters.platforms.slack.arrival import Opened
from adapters.platforms.slack.kit import Kit
from adapters.platforms.slack.talk.whence import Editions, channel_of
from bot.domain.edition import Edition, Story
from bot.domain.layout.cutting import cut
from bot.ports.phrases import Phrases

MOST: Final = 4
"""Prompts that Slack shows."""
_TITLE: Final = 75


def prompts(edition: Edition | None, phrases: Phrases) -> list[dict[str, str]]:
    """What is offered: a label of at most 75 characters, and the words that are then sent."""
    say = phrases.say
    if edition is None or not edition.stories:
        return [{"title": cut(say(key), _TITLE), "message": say(key)} for key in ("prompt-begin", "prompt-help")]
    stories, words = edition.stories, phrases.words()
    offered = [_typed("prompt-sources", "sources", stories[0], phrases)]
    countered = next((one for one in stories if one.counter.standing != "none"), None)
    offered += [_typed("prompt-counter", "counter", countered, phrases)] if countered else []
    if edition.open_question is not None:
        asked = edition.open_question.text
        offered.append({"title": cut(asked, _TITLE), "message": asked})
    changed = next((one for one in stories if one.state != "new"), None)
    offered += [_typed("prompt-changed", "why", changed, phrases)] if changed else []
    deep = _typed("prompt-deeper", "deeper", stories[-1], phrases)
    offered += [deep, {"title": cut(say("prompt-list"), _TITLE), "message": words["list"][0]}]
    return offered[:MOST]


def _typed(key: str, word: str, story: Story, phrases: Phrases) -> dict[str, str]:
    """The typed word that does it, in the language of the reader."""
    title = phrases.say(key, number=story.number, title=story.title)
    return {"title": cut(title, _TITLE), "message": f"{phrases.words()[word][0]} {story.number}"}


class Prompting:
    """Fills the conversation with us."""

    def __init__(self, kit: Kit, editions: Editions) -> None:
        self._kit = kit
        self._editions = editions

    async def opened(self, opened: Opened) -> None:
        """Somebody looks at it.

        Raises:
            StoreError: the database failed.
            PlatformError: they could not be shown.
        """
        whence = opened.whence
        profile = await self._kit.workspaces.profile(whence.team, whence.user)
        latest = await self._editions.latest(whence.team)
        edition = await self._kit.office.whereabouts.edition(latest) if latest else None
        channel = whence.channel or await channel_of(self._kit, whence.place)
        phrases = self._kit.catalogue.speak(profile.language)
        offered = prompts(edition, phrases)
        title = phrases.say("prompts-title")
        await self._kit.rest.call(
            whence.team, "assistant.threads.setSuggestedPrompts", channel_id=channel, title=title, prompts=offered
        )

"""Look-ups by button and menu: what typing the word does, for one person; `deeper` for all; and the way to a story."""

from typing import Any

import discord

from adapters.platforms.discord.kit import Kit, tenant_of
from adapters.platforms.discord.rendering import jump
from adapters.platforms.discord.talk.answering import PrivateReply, PublicPress, show_alone
from adapters.platforms.discord.talk.asking import Asking
from adapters.platforms.discord.talk.sharing import Sharing
from adapters.platforms.discord.talk.whence import inbound_of, pressed_at, question_of, visitor_of
from adapters.wire.publications import publication, spoken
from bot.domain.edition import Edition, Story
from bot.domain.message import Answer, is_episode
from bot.domain.press import Press
from bot.domain.reply import Action, Reply
from bot.errors import NotFoundError
from bot.ports.platform import Inbox


def is_public(press: discord.Interaction[Any], pressed: Press) -> bool:
    """Whether the answer is a new part of the thread: to go deeper is, from within it; and a chapter of an episode."""
    if not isinstance(press.channel, discord.Thread):
        return False
    return pressed.verb == "deep" or is_chapter(press, pressed)


def is_chapter(press: discord.Interaction[Any], pressed: Press) -> bool:
    """Whether a chapter of an episode is wanted that all can read: of a message that all see."""
    alone = press.message is None or press.message.flags.ephemeral
    return pressed.verb == "chap" and is_episode(pressed.edition) and not alone and not pressed.alone


def word_of(press: discord.Interaction[Any], pressed: Press) -> str:
    """The typed words that do the same as a press, with what was chosen in a menu."""
    chosen = _chosen(press)
    return (pressed.chosen(chosen) if chosen else pressed.word) or ""


class LookUps:
    """Answers what is pressed to know more."""

    def __init__(self, kit: Kit, inbox: Inbox, sharing: Sharing, asking: Asking) -> None:
        self._kit = kit
        self._inbox = inbox
        self._asking = asking
        self.share = sharing.share
        self._sharing = sharing

    async def look_up(self, press: discord.Interaction[Any], pressed: Press) -> None:
        """Answer as if the word was typed.

        Raises:
            StoreError: the database failed.
            PlatformError: nothing could be shown.
        """
        word, question = word_of(press, pressed), question_of(press)
        if is_chapter(press, pressed) and await self._sharing.chapter(press, pressed, word):
            return
        if is_public(press, pressed):
            about = await publication(self._kit.office, pressed.edition, tenant_of(press.guild_id, press.user.id))
            # All read it: it speaks the language of what they read.
            tongue = spoken(about) if about else question.language
            for_all = inbound_of(press, question, word, pressed.edition, pressed=True, in_public=True, language=tongue)
            await self._inbox(for_all, PublicPress(self._kit, press, question))
            return
        if pressed.edition and not pressed.alone and await self._sharing.shown_already(press, pressed.edition, word):
            return
        for_one = inbound_of(press, question, word, pressed.edition, pressed=True)
        await self._inbox(for_one, PrivateReply(self._kit, press, question))

    async def go(self, press: discord.Interaction[Any], pressed: Press) -> None:
        """The standfirst of the chosen story, and the way to its message.

        Raises:
            NotFoundError: its edition is no longer kept.
            StoreError: the database failed.
            PlatformError: nothing could be shown.
        """
        edition = await self._kit.office.whereabouts.edition(pressed.edition)
        number = _chosen(press) or pressed.rest
        story = edition.story(int(number)) if edition is not None and number.isdecimal() else None
        if edition is None or story is None:
            raise NotFoundError("no such story is kept")
        standing = await self._kit.office.whereabouts.standing(edition.id, pressed_at(press))
        there = next((one for one in standing if one.part == f"story-{story.number}"), None)
        guild = None if press.guild_id is None else str(press.guild_id)
        address = jump(guild, there.place.thread or there.place.id, there.message) if there else None
        await show_alone(self._kit, press, _signpost(edition, story, address, str(press.locale.value)))

    async def find(self, press: discord.Interaction[Any], pressed: Press) -> None:
        """What earlier editions have on a story, or on a question that this one could not answer.

        Raises:
            NotFoundError: it is not known what to look for.
            StoreError: the database failed.
            PlatformError: nothing could be shown.
        """
        edition = await self._kit.office.whereabouts.edition(pressed.edition)
        story = edition.story(int(pressed.rest)) if edition is not None and pressed.rest.isdecimal() else None
        query = story.title if story else await self._asking.question(press, pressed)
        if not query:
            raise NotFoundError("nothing to look for is known")
        visitor = visitor_of(press)
        reply = await self._kit.office.on_demand.search(visitor, query)
        await show_alone(self._kit, press, Answer(reply, visitor.language, edition=edition))


def _chosen(press: discord.Interaction[Any]) -> str:
    """What was chosen in a menu; a number, or nothing."""
    data: Any = press.data or {}
    value = str(next(iter(data.get("values") or ()), ""))
    return value if value.isdecimal() else ""


def _signpost(edition: Edition, story: Story, address: str | None, language: str) -> Answer:
    """A story in two lines, with the way to all of it."""
    passages = edition.passages()
    used = {passages[one][0].n: passages[one][0] for one in story.standfirst.evidence if one in passages}
    link = (Action("goto", f"story {story.number}", address),) if address else ()
    reply = Reply("story", (story.standfirst,), tuple(used.values()), private=True, actions=link, story=story.number)
    return Answer(reply, language, edition=edition)

"""What people write where we read, and what they press.

People who talk to each other are left alone: of a busy server, only what stands in our threads, in a direct message, or
turns to us is handed on. A message carries no language of its writer: that of the server is taken.
"""

import asyncio
import re
from collections import OrderedDict
from contextlib import suppress
from datetime import date

import discord

from adapters.platforms.discord.kit import PLATFORM, Kit, tenant_of
from adapters.platforms.discord.talk.answering import OpenReply
from adapters.platforms.discord.talk.asking import Asking
from adapters.platforms.discord.talk.looking_up import LookUps
from adapters.platforms.discord.talk.pressing import Forms, Presses
from adapters.platforms.discord.talk.sharing import Sharing
from adapters.platforms.discord.talk.whence import Question, place_of
from bot.domain.message import Notice
from bot.domain.place import Attachment, Inbound, Place
from bot.domain.reply import Action
from bot.errors import CounterpointError, PlatformError
from bot.ports.platform import Inbox

_FROM_PEOPLE = frozenset({discord.MessageType.default, discord.MessageType.reply})
_MENTION = re.compile(r"<@!?(?P<id>\d{1,20})>")
_MOST_TOLD = 10_000
"""People remembered as told how to ask."""
_MOST_FILES = 10
"""Of a message, as many as Discord lets one have."""
_TYPING = 8.0
"""Seconds; Discord shows for ten that we are writing."""


class Ears:
    """Listens for the core; `pressed` and `heard` are what the gateway calls."""

    def __init__(self, kit: Kit, inbox: Inbox, forms: Forms) -> None:
        self._kit = kit
        self._inbox = inbox
        asking = Asking(kit, inbox)
        look_ups = LookUps(kit, inbox, Sharing(kit, inbox), asking)
        self.pressed = Presses(kit, forms, asking, look_ups)
        """Answers a component or a form; `await ears.pressed(interaction)`."""
        self._typing = _Typing(kit)
        self._told: OrderedDict[str, date] = OrderedDict()
        self._parents: OrderedDict[int, str] = OrderedDict()

    async def heard(self, message: discord.Message) -> None:
        """Hand a message to the core if it may be for us. Raises nothing, but for cancellation."""
        if message.author.bot or message.webhook_id is not None or message.type not in _FROM_PEOPLE:
            return
        if message.guild is None and not isinstance(message.channel, discord.DMChannel):
            return  # of a server that we are not told about (yet)
        if self._turns_to_us(message):
            self._typing(str(message.channel.id))
        try:
            inbound = await self._inbound(message)
            if inbound is None:
                return
            question = _question(message, inbound)
            if self._is_hidden(message, inbound):
                await self._say_how_to_ask(question, inbound)
                return
        except CounterpointError as error:
            # Nobody was answered yet, and whether the message was for us is not known: only the operator is told.
            self._kit.events.warn("message_not_read", platform="discord", reason=str(error)[:200])
            return
        await self._inbox(inbound, OpenReply(self._kit, question))

    def _turns_to_us(self, message: discord.Message) -> bool:
        replied, me = _replied_to(message), self._kit.me()
        called = any(user.id == me for user in message.mentions)
        return message.guild is None or called or (replied is not None and replied.author.id == me)

    async def _inbound(self, message: discord.Message) -> Inbound | None:
        """The message as the core knows messages; None where it is between other people."""
        me = self._kit.me()
        replied = _replied_to(message)
        to_us = replied is not None and replied.author.id == me
        # A reply that pings us mentions us without a word of it in the text.
        mentions_us = any(user.id == me for user in message.mentions) and not (to_us and str(me) not in message.content)
        alone = message.guild is None
        place = await self._place(message)
        if place.thread is None and not (alone or to_us or mentions_us):
            return None
        reference = str(replied.id) if replied is not None and to_us else None
        edition = await self._kit.office.whereabouts.edition_at(place, reference)
        if edition is None and not (alone or to_us or mentions_us):
            return None
        return Inbound(
            id=str(message.id),
            place=place,
            author=str(message.author.id),
            text=_readable(message, me),
            at=message.created_at,
            language="en" if message.guild is None else str(message.guild.preferred_locale.value),
            edition=edition,
            mentions_us=mentions_us or alone,
            replies_to_us=to_us,
            mentions_others=(replied is not None and not to_us) or _turns_to_others(message, me),
            tenant=tenant_of(message.guild.id if message.guild else None, message.author.id),
            attachments=tuple(Attachment(one.filename, one.url, one.size) for one in message.attachments[:_MOST_FILES]),
            manages=isinstance(message.author, discord.Member) and message.author.guild_permissions.manage_guild,
        )

    async def _place(self, message: discord.Message) -> Place:
        channel, person = message.channel, message.author.id
        if message.guild is not None and isinstance(channel, discord.PartialMessageable):
            # A thread that was archived when we connected: Discord did not list it.
            if channel.id not in self._parents:
                data = await self._kit.rest.request("GET", "/channels/{channel_id}", channel_id=channel.id)
                self._parents[channel.id] = str(data["parent_id"]) if data.get("thread_metadata") else ""
                if len(self._parents) > _MOST_TOLD:
                    self._parents.popitem(last=False)
            if self._parents[channel.id]:
                return Place(PLATFORM, self._parents[channel.id], str(channel.id))
        return place_of(channel, channel.id, person, in_server=message.guild is not None)

    def _is_hidden(self, message: discord.Message, inbound: Inbound) -> bool:
        """Whether somebody turned to us and Discord did not tell us what they wrote."""
        hidden = not self._kit.reads_all and not message.content and not message.attachments
        return hidden and inbound.replies_to_us and not inbound.mentions_us

    async def _say_how_to_ask(self, question: Question, inbound: Inbound) -> None:
        """Once a person and day: who does not ping us with a reply cannot be read without the intent."""
        today = self._kit.clock.now().date()
        if self._told.get(inbound.author) == today:
            return
        self._told[inbound.author] = today
        self._told.move_to_end(inbound.author)
        if len(self._told) > _MOST_TOLD:
            self._told.popitem(last=False)
        say = self._kit.catalogue.speak(inbound.language).say
        notice = Notice(say("how-to-ask"), actions=(Action("ask", "ask"),), edition=inbound.edition)
        await OpenReply(self._kit, question).answer(notice, private=False)


class _Typing:
    """Shows who turned to us that we heard it, before anything is looked up; once for all who do so in a channel."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._shown: OrderedDict[str, float] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()

    def __call__(self, channel: str) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._shown.get(channel, -_TYPING) < _TYPING:
            return
        self._shown[channel] = now
        self._shown.move_to_end(channel)
        if len(self._shown) > _MOST_TOLD:
            self._shown.popitem(last=False)
        task = asyncio.create_task(self._show(channel))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _show(self, channel: str) -> None:
        with suppress(PlatformError):  # where it cannot be shown, the answer says the same
            await self._kit.rest.request("POST", "/channels/{channel_id}/typing", channel_id=channel)


def _question(message: discord.Message, inbound: Inbound) -> Question:
    guild = None if message.guild is None else str(message.guild.id)
    channel, asked = str(message.channel.id), str(message.id)
    return Question(inbound.place, channel, guild, asked, inbound.author, inbound.language, asked)


def _replied_to(message: discord.Message) -> discord.Message | None:
    resolved = message.reference.resolved if message.reference else None
    return resolved if isinstance(resolved, discord.Message) else None


def _turns_to_others(message: discord.Message, me: int) -> bool:
    people = any(user.id != me for user in message.mentions)
    return people or message.mention_everyone or bool(message.raw_role_mentions)


def _readable(message: discord.Message, me: int) -> str:
    """The text without our own mention, and with the names of others instead of their numbers."""
    names = {user.id: user.display_name for user in message.mentions}

    def name(found: re.Match[str]) -> str:
        person = int(found["id"])
        return " " if person == me else f"@{names.get(person, person)}"

    return _MENTION.sub(name, message.content).strip()

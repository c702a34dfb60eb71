"""From where something reached us: the place, the person, what is to be answered."""

import re
from dataclasses import dataclass
from typing import Any

import discord

from adapters.platforms.discord.kit import PLATFORM, tenant_of
from bot.domain.place import Inbound, Place
from bot.domain.press import Press
from bot.domain.visitor import Visitor

_ASKED = re.compile(r"r(?P<message>\d{1,20})(?:\.(?P<asker>\d{1,20}))?")


@dataclass(frozen=True, slots=True)
class Question:
    """What is answered, and where that goes."""

    place: Place
    """The answer is a message there."""
    channel: str
    """Id of the channel or thread that is posted to."""
    guild: str | None
    id: str
    """Of the message or press that asks: names the answer, so that it is not posted twice."""
    asker: str
    language: str
    message: str | None = None
    """Id of the message that the answer refers to; None: to none."""


def place_of(channel: object, channel_id: int | str, person: int | str, *, in_server: bool) -> Place:
    """The place of a message or press; a thread under its channel, a direct message under the person."""
    if not in_server:
        return Place(PLATFORM, f"@{person}")
    if isinstance(channel, discord.Thread):
        return Place(PLATFORM, str(channel.parent_id), str(channel.id))
    return Place(PLATFORM, str(channel_id))


def pressed_at(press: discord.Interaction[Any]) -> Place:
    """Where somebody pressed."""
    return place_of(press.channel, press.channel_id or 0, press.user.id, in_server=press.guild_id is not None)


def visitor_of(press: discord.Interaction[Any]) -> Visitor:
    """Who pressed, with the rights that Discord states in the press itself."""
    return Visitor(
        platform=PLATFORM,
        person=str(press.user.id),
        tenant=tenant_of(press.guild_id, press.user.id),
        place=pressed_at(press),
        language=str(press.locale.value),
        manages=press.guild_id is not None and press.permissions.manage_guild,
    )


def question_of(press: discord.Interaction[Any], place: Place | None = None) -> Question:
    """What is answered to who pressed: at a place, else where they pressed."""
    there = place or pressed_at(press)
    channel = there.thread or (str(press.channel_id) if there.id.startswith("@") else there.id)
    guild = None if press.guild_id is None else str(press.guild_id)
    return Question(there, channel, guild, str(press.id), str(press.user.id), str(press.locale.value))


def inbound_of(
    press: discord.Interaction[Any],
    question: Question,
    text: str,
    edition: str,
    *,
    language: str | None = None,
    mentions_us: bool = False,
    pressed: bool = False,
    in_public: bool = False,
    about: str | None = None,
    manages: bool = False,
) -> Inbound:
    """What the core is asked by a press; in the presser's language unless another is given."""
    return Inbound(
        id=str(press.id),
        place=question.place,
        author=question.asker,
        text=text,
        at=press.created_at,
        language=language or question.language,
        edition=edition or None,
        mentions_us=mentions_us,
        pressed=pressed,
        in_public=in_public,
        tenant=tenant_of(press.guild_id, press.user.id),
        manages=manages,
        about=about,
    )


def asked_about(press: Press) -> tuple[str | None, str | None]:
    """The question that a button is about, and who asked it, as far as its id says so."""
    found = _ASKED.fullmatch(press.rest)
    return (found["message"], found["asker"]) if found else (None, None)

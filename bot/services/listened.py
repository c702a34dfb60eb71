"""A message that wants an overview: it is a link and nothing else, or brings a transcript; and what comes of it."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.domain.message import Message, Notice
from bot.domain.place import Attachment, Inbound
from bot.domain.visitor import visitor_of
from bot.ports.phrases import Catalogue
from bot.ports.recordings import Upload
from bot.services.listening import Listening

Wanted = str | Attachment
"""The address of a link, or a file."""
Listen = Callable[[Inbound, Wanted], Awaitable[Message]]
"""Makes the overview of what is behind a link, or of a file that came with the message.

Raises `ConfigError`, `SourceError`, `SpeechError`, `CoresError`, `LimitReached` with a sentence for the person.
"""
_LINK = re.compile(r"<?(https?://[^\s<>|]{3,2000})(?:\|[^<>]*)?>?", re.IGNORECASE)
"""As typed, or as Slack writes it: `<https://…|label>`."""
_TRANSCRIPT = re.compile(r".+\.(?:vtt|srt|txt|md|json|html?)", re.IGNORECASE)


def wanted_of(asked: Inbound) -> Wanted | None:
    """The link that a message is, or the transcript that it brings; None where it is neither, or is not for us."""
    if not (asked.mentions_us or asked.replies_to_us or asked.pressed):
        return None
    file = next((one for one in asked.attachments if _TRANSCRIPT.fullmatch(one.name)), None)
    if file is not None:
        return file
    link = _LINK.fullmatch(asked.text.strip())
    return link[1] if link else None


Fetch = Callable[[str], Awaitable[bytes]]
"""A file that came with a message, by the address its platform gave it. Raises `SourceError`."""


class Overviews:
    """What a link, or a transcript, in a message to us comes to: an overview, posted where it was asked for."""

    def __init__(self, listening: Listening, catalogue: Catalogue, fetch: Fetch) -> None:
        """Prepare; nothing is read yet."""
        self._listening = listening
        self._catalogue = catalogue
        self._fetch = fetch

    async def __call__(self, asked: Inbound, wanted: Wanted) -> Message:
        """Make it, have it posted to the channel, and say so.

        Raises:
            ConfigError, SourceError, SpeechError, CoresError, LimitReached, NotFoundError: nothing was posted.
            StoreError: the database failed.
        """
        visitor = visitor_of(asked)
        given = wanted if isinstance(wanted, str) else Upload(wanted.name, await self._fetch(wanted.url))
        episode = await self._listening.overview(visitor, given)
        channel = replace(asked.place, thread=None)
        first = await self._listening.publish(episode.id, channel, tenant=visitor.tenant)
        say = self._catalogue.speak(asked.language).say
        return Notice(say("episode-comes-here" if first else "episode-stands-here", title=episode.title))

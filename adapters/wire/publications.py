"""What a button, a thread or a word is about, by its id: an edition, or an episode."""

import re
from typing import Final

from bot.domain.episode import Episode
from bot.domain.message import Publication
from bot.ports.office import Office

_EPISODE: Final = re.compile(r"[0-9a-f]{16}")
"""Ids of editions hold dashes."""


def is_episode(identity: str) -> bool:
    """Whether this is the id of an episode."""
    return _EPISODE.fullmatch(identity) is not None


async def publication(office: Office, identity: str, tenant: str) -> Publication | None:
    """The kept edition or episode of this id, as far as `tenant` may see it.

    Raises:
        StoreError: the database failed.
    """
    if is_episode(identity):
        return await office.listening.episode(identity, tenant=tenant)
    return await office.whereabouts.edition(identity)


def spoken(publication: Publication) -> str:
    """The language that all read it in."""
    return publication.card.language if isinstance(publication, Episode) else publication.language

"""What a button, a thread or a word is about, by its id: an edition, or an episode."""

from bot.domain.episode import Episode
from bot.domain.message import Publication, is_episode
from bot.ports.office import Office


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

"""Tell who set a place up that it was closed to us: nobody else would notice that nothing comes any more."""

import asyncio
import hashlib
from collections.abc import Mapping
from datetime import timedelta

from bot.domain.ledger import KEY_CHARACTERS, Posting
from bot.domain.message import Notice
from bot.domain.place import Place
from bot.domain.subscription import Subscription
from bot.errors import PlatformError
from bot.ports.events import Events
from bot.ports.phrases import Catalogue
from bot.ports.platform import Platform
from bot.services.privacy import HOST

_PATIENCE = timedelta(seconds=20)


class TellHost:
    """One direct message at a pause, as well as it goes: a person who takes none is left alone."""

    def __init__(
        self,
        platforms: Mapping[str, Platform],
        catalogue: Catalogue,
        events: Events,
        *,
        patience: timedelta = _PATIENCE,
    ) -> None:
        """Prepare; `patience` is how long a platform may take."""
        self._platforms = platforms
        self._catalogue = catalogue
        self._events = events
        self._patience = patience.total_seconds()

    async def __call__(self, paused: Subscription, posting: Posting) -> None:
        """Say that the place of this subscription was closed, which this posting has found out. Call it once."""
        host = dict(paused.options).get(HOST)
        platform = self._platforms.get(paused.place.platform)
        if host is None or platform is None:
            return
        said = self._catalogue.speak(paused.language).say("host-place-closed")
        notice = Notice(said, note=f"{paused.place.platform}:{paused.place.id}")
        key = hashlib.sha256(f"{posting.key}/host".encode()).hexdigest()[:KEY_CHARACTERS]
        facts = {"subscription": paused.id, "tenant": paused.tenant, "posting": posting.key}
        try:
            async with asyncio.timeout(self._patience):
                await platform.post(Place(paused.place.platform, f"@{host}"), notice, key=key)
        except (PlatformError, TimeoutError) as error:
            self._events.warn("host_not_told", **facts, reason=str(error) or type(error).__name__)
        else:
            self._events.tell("host_told", **facts)

"""A briefing now: what was gathered so far, selected at once; then, where a model writes, in its words."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.edition import Edition
from bot.ports.clock import Clock
from bot.services.brief import Brief, Request
from bot.services.together import Together

PATIENCE = timedelta(minutes=3)
"""How long the writer has for an edition that somebody waits for."""
KEPT = timedelta(minutes=15)
"""The same question within this time gets the same edition."""
_MOST_KEPT = 256


class Now:
    """Editions on demand, kept for fifteen minutes. They never count as told for the scheduled ones."""

    def __init__(self, *, brief: Brief, clock: Clock, written: Brief | None = None) -> None:
        """Prepare; nothing is read yet. `brief` selects; `written` has a model write, where there is one."""
        self._brief = brief
        self._written = written
        self._clock = clock
        self._kept: dict[tuple[str, ...], tuple[datetime, Edition]] = {}
        self._together = Together[Edition]()

    @property
    def writes(self) -> bool:
        """Whether a model writes."""
        return self._written is not None

    async def __call__(self, request: Request) -> Edition:
        """An edition of the desk, topic, hours and language asked for.

        With nothing found about a topic the edition is empty, and a note on its card names the nearest topics.

        Raises:
            CoresError, StoreError: as `Brief`.
        """
        kept = self.kept(request)
        return kept or await self._together(_key(request), lambda: self._composed(request))

    async def written(self, request: Request, selected: Edition) -> Edition | None:
        """The same edition in a model's words, of the same window; None where no model writes.

        Raises:
            CoresError, StoreError: as `Brief`.
        """
        if self._written is None or not selected.stories:
            return None
        wanted = replace(request, slot="now", window=selected.window, deadline=self._clock.now() + PATIENCE)
        brief = self._written
        edition = await self._together(("written", *_key(request)), lambda: brief(wanted))
        self._keep(request, edition)
        return edition

    async def _composed(self, request: Request) -> Edition:
        edition = await self._brief(replace(request, slot="now"))
        self._keep(request, edition)
        return edition

    def _keep(self, request: Request, edition: Edition) -> None:
        now = self._clock.now()
        self._kept = {k: v for k, v in self._kept.items() if now - v[0] < KEPT}
        while len(self._kept) >= _MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[_key(request)] = (now, edition)

    def kept(self, request: Request) -> Edition | None:
        """The edition of this question, if it was composed within the fifteen minutes: it costs nothing."""
        kept = self._kept.get(_key(request))
        return kept[1] if kept and self._clock.now() - kept[0] < KEPT else None


def _key(request: Request) -> tuple[str, ...]:
    return request.desk.id, request.roster.digest(), request.topic or "", str(request.hours), request.language

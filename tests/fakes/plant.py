"""Where editions are composed in no time of ours: what they hold is a sample, how long they take is told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar, cast

from bot.domain.compose import Commission
from bot.domain.edition import Edition
from bot.domain.rewriting import Written, rewrite
from bot.ports.clock import Clock
from tests.fakes.talk import sample
from tests.fakes.writer import NAME

T = TypeVar("T")


class Plant:
    """Composes five stories in the time it is told, of nothing."""

    def __init__(self, clock: Clock, seconds: Callable[[], float]) -> None:
        self._clock = clock
        self._seconds = seconds

    async def call(self, function: Callable[..., T], *args: object, limit: timedelta) -> T:
        """A sample edition as it was commissioned; rewriting only says who wrote."""
        if function is cast("object", rewrite):
            edition, written = cast("Edition", args[0]), cast("Written", args[1])
            notes = (str(written.unfinished),) if written.unfinished else ()
            return cast("T", replace(edition, card=replace(edition.card, writer=NAME, notes=notes)))
        await self._clock.sleep(timedelta(seconds=self._seconds()))
        ordered = cast("Commission", args[0])
        edition = replace(sample(ordered.id), citations=(), thinkers=())
        stories = tuple(
            replace(s, title=f"{s.title} {ordered.id}", positions=(), pull_quote=None, crux=None, body=s.body[:1])
            for s in edition.stories
        )
        facts = {"desk": "default", "slot": ordered.slot, "date": ordered.date, "window": ordered.window}
        return cast("T", replace(edition, stories=stories, **facts))  # type: ignore[arg-type]  # fields of it

    async def close(self) -> None:
        """Nothing to close."""

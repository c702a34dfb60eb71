"""Where editions are composed in no time of ours: what they hold is a sample, how long they take is told."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar, cast

from bot.domain.commission import Commission
from bot.domain.drafted import Drafted
from bot.domain.edition import Edition, Line, Tokens
from bot.domain.prose.pieces import Frame, StoryPiece
from bot.domain.prose.trial import with_story
from bot.domain.rewriting import Telling, finished, told
from bot.ports.clock import Clock
from tests.fakes.drafts import draft_of
from tests.fakes.talk import sample

T = TypeVar("T")


class Plant:
    """Drafts five stories in the time it is told, of nothing; believes every word of whoever writes them."""

    def __init__(self, clock: Clock, seconds: Callable[[], float]) -> None:
        self._clock = clock
        self._seconds = seconds

    async def call(self, function: Callable[..., T], *args: object, limit: timedelta) -> T:
        """A sample draft as it was commissioned; telling puts in what was written, finishing says who wrote."""
        if function is cast("object", told):
            return cast("T", _told(*args))  # type: ignore[arg-type]  # those of `told`
        if function is cast("object", finished):
            return cast("T", _finished(*args))  # type: ignore[arg-type]  # those of `finished`
        await self._clock.sleep(timedelta(seconds=self._seconds()))
        ordered = cast("Commission", args[0])
        edition = replace(sample(ordered.id), citations=(), thinkers=())
        stories = tuple(
            replace(s, title=f"{s.title} {ordered.id}", positions=(), pull_quote=None, crux=None, body=s.body[:1])
            for s in edition.stories
        )
        facts = {"desk": "default", "slot": ordered.slot, "date": ordered.date, "window": ordered.window}
        return cast("T", draft_of(replace(edition, stories=stories, **facts)))  # type: ignore[arg-type]  # fields of it

    async def close(self) -> None:
        """Nothing to close."""


def _told(drafted: Drafted, pieces: Mapping[str, StoryPiece]) -> Edition:
    edition = drafted.open_to_all()
    for identity, piece in pieces.items():
        edition = with_story(edition, replace(piece.story, id=identity))
    return edition


def _finished(
    drafted: Drafted,
    edition: Edition,
    frame: Frame | None,
    lines: tuple[Line, ...] | None,
    telling: Telling,
    say: object,
) -> Edition:
    notes = (str(telling.unfinished),) if telling.unfinished else ()
    used = telling.used
    tokens: Tokens = {"in": used.taken, "out": used.given, "cached": used.cached}
    writer = "selected" if edition.stories == drafted.edition.stories else telling.writer
    card = replace(edition.card, writer=writer, notes=notes, tokens=tokens, cost=used.cost)
    return replace(
        edition,
        card=card,
        title=edition.title if frame is None else f"{frame.title.text}, framed",
        dialogue=lines or (),
    )

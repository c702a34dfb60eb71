"""An answer that is read while it comes: begun, added to, ended. In the end the message says all, whatever happened.

Slack closes a stream some five minutes after it began, and refuses one where it likes. A stream that was refused is a
plain message; one that broke is ended, and the message is replaced by the complete answer: replacing twice does no
harm, so that is what every doubt ends in.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from adapters.platforms.slack.kit import Json, Kit
from adapters.platforms.slack.posting.poster import QUIET
from adapters.platforms.slack.talk.adding import Adding, Spot, Unsure
from adapters.platforms.slack.talk.whence import Question
from bot.errors import PlatformError, PlatformUnavailable

_LONGEST: Final = timedelta(minutes=4)
"""Of a stream, which Slack closes after about five."""
_HEARD: Final = timedelta(seconds=1)
_PIECE: Final = 200
"""Characters that a piece has at least."""
_TRIES: Final = 3
_BORDER = re.compile(r"(?<=[.!?…:\])”»])\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, as it is streamed and as a message."""

    markdown: str
    blocks: tuple[Json, ...]
    """What stands under it when it is complete."""
    complete: Json
    """The message as it is posted at once."""


def pieces(markdown: str) -> list[str]:
    """What is added one after the other: whole sentences, never a part of a link; together they are the text."""
    found: list[str] = []
    start = 0
    for border in _BORDER.finditer(markdown):
        piece = markdown[start : border.end()]
        if len(piece) >= _PIECE and len(markdown) - border.end() >= _PIECE // 2 and _whole(piece):
            found.append(piece)
            start = border.end()
    return [*found, markdown[start:]]


def _whole(piece: str) -> bool:
    return all(piece.count(begin) == piece.count(end) for begin, end in ("[]", "()")) and piece.count("`") % 2 == 0


class Stream:
    """Posts one answer as a stream."""

    def __init__(
        self, kit: Kit, question: Question, spot: Spot, adding: Adding, mark: Json, halted: Callable[[], bool]
    ) -> None:
        """`halted`: whether the person has stopped it."""
        self._kit = kit
        self._question = question
        self._spot = spot
        self._adding = adding
        self._mark = mark
        self._halted = halted

    async def post(self, answered: Answered) -> str:
        """Its `ts`.

        Raises:
            Unsure, PlatformError: as `Adding.add`.
        """
        first, *more = pieces(answered.markdown)
        try:
            ts = await self._start(first)
        except Unsure:
            raise
        except PlatformUnavailable:
            begun = await self._adding.begun(first)
            if begun is None:
                return await self._adding.add(answered.complete)
            await mend(self._kit, self._spot, begun, answered.complete, self._mark)
            return begun
        except PlatformError:
            # No streams here, or not now: it is a message like others.
            return await self._adding.add(answered.complete)
        if not await self._went_on(ts, more, answered.blocks) and not await self._stopped():
            await mend(self._kit, self._spot, ts, answered.complete, self._mark)
        return ts

    async def _stopped(self) -> bool:
        """Whether it broke since the person pressed Stop, which Slack tells us a moment later."""
        await self._kit.clock.sleep(_HEARD)
        return self._halted()

    async def _start(self, first: str) -> str:
        spot, whence = self._spot, self._question.whence
        begun = await self._kit.rest.post(
            spot.team,
            spot.channel,
            "chat.startStream",
            thread_ts=spot.thread,
            markdown_text=first,
            recipient_team_id=whence.team,
            recipient_user_id=whence.user,
            **QUIET,
        )
        return str(begun["ts"])

    async def _went_on(self, ts: str, more: list[str], blocks: tuple[Json, ...]) -> bool:
        """Whether all of it was taken; False: nobody knows what stands there."""
        latest = self._kit.clock.now() + _LONGEST
        try:
            for piece in more:
                await self._tell("chat.appendStream", ts, markdown_text=piece)
                if self._kit.clock.now() > latest:
                    return False
            await self._tell("chat.stopStream", ts, blocks=list(blocks), metadata=self._mark)
        except PlatformError as error:
            self._kit.events.tell("stream_broken", platform="slack", reason=str(error)[:200])
            return False
        return True

    async def _tell(self, method: str, ts: str, **given: object) -> None:
        await self._kit.rest.call(self._spot.team, method, channel=self._spot.channel, ts=ts, **given)


async def mend(kit: Kit, spot: Spot, ts: str, complete: Json, mark: Json) -> None:
    """See that a message of ours says all, whether or not it is still a stream.

    Raises:
        PlatformError: it could not be replaced.
    """
    with suppress(PlatformError):  # it is closed already
        await kit.rest.call(spot.team, "chat.stopStream", channel=spot.channel, ts=ts)
    await change(kit, spot, ts, complete, mark)


async def change(kit: Kit, spot: Spot, ts: str, payload: Json, mark: Json) -> None:
    """Replace a message of ours: as often as needed, since twice is the same as once.

    Raises:
        PlatformError: it could not be replaced.
    """
    for n in range(1, _TRIES + 1):
        try:
            await kit.rest.call(spot.team, "chat.update", channel=spot.channel, ts=ts, metadata=mark, **payload)
        except PlatformUnavailable:
            if n == _TRIES:
                raise
        else:
            return

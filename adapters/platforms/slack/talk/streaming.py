"""An answer that is read while it comes: begun, added to, ended. In the end the message says all, whatever happened.

Slack closes a stream some five minutes after it began, and refuses one where it likes. A stream that was refused is a
plain message; one that broke is ended, and the message is replaced by the complete answer: replacing twice does no
harm, so that is what every doubt ends in.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

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
_CHANGES_APART: Final = timedelta(seconds=3)
"""Of a plain message: Slack takes some fifty changes a minute, of all messages of a workspace together."""
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
    """Posts one answer as a stream: at once, or as it grows.

    What was added stays: an answer that grows only grows at its end. Where there are no streams, it is a plain message
    that is changed instead.
    """

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
        self._ts: str | None = None
        self._manner: Literal["stream", "plain", "broken"] = "stream"
        self._sent = ""
        self._latest = kit.clock.now()
        """Until when it can be added to."""
        self._changed = kit.clock.now()
        self._doubt: Unsure | None = None

    @property
    def begun(self) -> bool:
        """Whether something of it stands there."""
        return self._ts is not None

    async def grow(self, answered: Answered) -> None:
        """Show as much of the answer as there is. What fails shows later, with the rest of it."""
        try:
            if self._ts is None and self._doubt is None:
                await self._begin(answered.markdown, answered)
            elif self._ts is not None and self._manner == "stream":
                await self._append([answered.markdown.removeprefix(self._sent)], whole=answered.markdown)
            elif self._ts is not None and self._manner == "plain":
                await self._edit(self._ts, answered)
        except Unsure as error:
            self._doubt = error
        except PlatformError as error:
            self._kit.events.tell("growth_not_shown", platform="slack", reason=str(error)[:200])

    async def post(self, answered: Answered) -> str:
        """All of it; its `ts`.

        Raises:
            Unsure, PlatformError: as `Adding.add`.
        """
        if self._doubt is not None:
            raise self._doubt
        if self._ts is None:
            ts = await self._begin(pieces(answered.markdown)[0], answered)
            if self._manner == "plain":
                return ts
        else:
            ts = self._ts
        if self._manner == "plain":
            await change(self._kit, self._spot, ts, answered.complete, self._mark)
        elif (self._manner == "broken" or not await self._ended(ts, answered)) and not await self._stopped():
            await mend(self._kit, self._spot, ts, answered.complete, self._mark)
        return ts

    async def _begin(self, first: str, answered: Answered) -> str:
        try:
            self._ts = await self._start(first)
            self._sent, self._latest = first, self._kit.clock.now() + _LONGEST
        except Unsure:
            raise
        except PlatformUnavailable:
            begun = await self._adding.begun(first)
            self._manner = "plain" if begun is None else "broken"
            self._ts = begun or await self._adding.add(answered.complete)
        except PlatformError:
            # No streams here, or not now: it is a message like others.
            self._manner = "plain"
            self._ts = await self._adding.add(answered.complete)
        return self._ts

    async def _edit(self, ts: str, answered: Answered) -> None:
        now = self._kit.clock.now()
        if now - self._changed >= _CHANGES_APART:
            self._changed = now
            await change(self._kit, self._spot, ts, answered.complete, self._mark)

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

    async def _append(self, more: Sequence[str], *, whole: str) -> bool:
        """Whether all of it was taken; False: nobody knows what stands there, or it is no beginning of `whole`."""
        if not whole.startswith(self._sent):
            self._manner = "broken"
            return False
        try:
            for piece in filter(None, more):
                await self._tell("chat.appendStream", str(self._ts), markdown_text=piece)
                self._sent += piece
                if self._kit.clock.now() > self._latest:
                    self._manner = "broken"
                    return False
        except PlatformError as error:
            self._broke(error)
            return False
        return True

    async def _ended(self, ts: str, answered: Answered) -> bool:
        rest = answered.markdown.removeprefix(self._sent)
        if not await self._append(pieces(rest), whole=answered.markdown):
            return False
        try:
            await self._tell("chat.stopStream", ts, blocks=list(answered.blocks), metadata=self._mark)
        except PlatformError as error:
            self._broke(error)
            return False
        return True

    def _broke(self, error: PlatformError) -> None:
        self._manner = "broken"
        self._kit.events.tell("stream_broken", platform="slack", reason=str(error)[:200])

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

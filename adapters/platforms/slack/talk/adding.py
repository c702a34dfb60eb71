"""A message is added once, also where Slack does not tell whether it was taken: then the thread is read back for it.

What is added carries a mark in its metadata, by which it is known again. Where nothing can be read, nothing is added a
second time: whoever asked can ask again, but nobody can take back a doubled answer.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from adapters.platforms.slack.kit import Json, Kit
from adapters.platforms.slack.posting.poster import QUIET
from adapters.platforms.slack.posting.uploading import shown
from bot.errors import PlatformError, PlatformUnavailable

_TRIES: Final = 2
_READ: Final = 15
"""Messages that are read back at a time: as many as the smallest plan of Slack gives."""
_EARLIER: Final = timedelta(minutes=2)
"""How far our clock may be ahead of Slack's."""
_SETTLES: Final = timedelta(seconds=1)
"""What was taken stands there by then."""


class Unsure(PlatformError):
    """It may stand there, and nobody can look: it is not added again."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is added."""

    team: str
    channel: str
    thread: str | None
    """`ts` of the parent; None: to the channel itself."""
    after: str | None = None
    """`ts` of a message that stands before it; None: it is added now."""


def answered(question: str, n: int = 0) -> Json:
    """The mark of the answer to a question, whose id is given; `n` of its further messages."""
    payload: dict[str, object] = {"question": digest(question)}
    return {"event_type": "briefing_answer", "event_payload": payload | ({"part": n} if n else {})}


def marked(name: str, **more: object) -> Json:
    """The mark of anything else of ours."""
    return {"event_type": "briefing_part", "event_payload": {"key": digest(name), **more}}


def digest(name: str) -> str:
    """24 hex digits that stand for a name."""
    return hashlib.sha256(name.encode()).hexdigest()[:24]


class Adding:
    """Adds one message."""

    def __init__(self, kit: Kit, spot: Spot, mark: Json) -> None:
        self._kit = kit
        self._spot = spot
        self._mark = mark
        self._doubtful = False
        after = kit.clock.now() - _EARLIER
        self._after = spot.after or f"{after.timestamp():.6f}"

    async def add(self, payload: Json) -> str:
        """Its `ts`.

        Raises:
            Unsure: it may have been taken, and nothing can be read.
            PlatformUnavailable: it was not, twice.
            PlatformBusy, PlaceClosed, ThreadWithdrawn, MessageRefused: it was not.
        """
        for _ in range(_TRIES):
            found = await self._found()
            if found is not None:
                return found
            try:
                return await self._post(payload)
            except PlatformUnavailable:
                self._doubtful = True
                await self._kit.clock.sleep(_SETTLES)
        found = await self._found()
        if found is None:
            raise PlatformUnavailable("not taken, twice")
        return found

    async def begun(self, start: str) -> str | None:
        """`ts` of a message of ours without any mark that begins so: a stream whose beginning was not confirmed.

        Raises:
            Unsure: nothing can be read.
        """
        self._doubtful = True
        await self._kit.clock.sleep(_SETTLES)
        for one in await self._read():
            if not one.get("metadata") and str(one.get("text") or "")[:_READ] == start[:_READ]:
                return str(one["ts"])
        return None

    async def _post(self, payload: Json) -> str:
        spot = self._spot

        async def post(given: Json) -> Json:
            more: dict[str, Any] = {**given, **QUIET, "metadata": self._mark, "thread_ts": spot.thread}
            return await self._kit.rest.post(spot.team, spot.channel, "chat.postMessage", **more)

        return str((await shown(self._kit.clock, payload, post))["ts"])

    async def _found(self) -> str | None:
        if not self._doubtful:
            return None
        wanted = self._mark["event_payload"]
        read = await self._read()
        return next((str(one["ts"]) for one in read if _payload(one) == wanted), None)

    async def _read(self) -> list[Json]:
        """What we said there lately.

        Raises:
            Unsure: it cannot be read.
        """
        spot = self._spot
        given: dict[str, Any] = {"channel": spot.channel, "oldest": self._after, "limit": _READ}
        method = "conversations.history"
        if spot.thread is not None:
            method, given["ts"] = "conversations.replies", spot.thread
        try:
            own = await self._kit.workspaces.of(spot.team)
            read = await self._kit.rest.look_up(spot.team, method, include_all_metadata=True, **given)
        except PlatformError as error:
            raise Unsure(f"it may stand there: {error}") from error
        return [one for one in read.get("messages") or () if own.bot == one.get("bot_id") or own.me == one.get("user")]


def _payload(message: Json) -> object:
    metadata = message.get("metadata")
    return metadata.get("event_payload") if isinstance(metadata, dict) else None

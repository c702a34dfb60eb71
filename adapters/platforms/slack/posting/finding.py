"""Whether a message of ours stands in a place: the key in its metadata, and reading the place back.

Metadata is what Slack keeps beside a message for the application that sent it. What a message looks like decides
nothing. Where reading is scarce (one request a minute, for some applications), how far it came is remembered, and the
next look goes on from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from adapters.platforms.slack.errors import MISSING_SCOPE, NOT_A_MEMBER, code_of
from adapters.platforms.slack.kit import PLATFORM, Json, Kit, Workspace
from adapters.platforms.slack.posting.places import Places
from bot.domain.fresh import Fresh
from bot.domain.place import Place
from bot.errors import PlaceClosed, PlatformBusy, PlatformUnavailable, ThreadWithdrawn
from bot.ports.platform import Absent, Ref, Unsure, Withdrawn

BACK: Final = timedelta(hours=26)
"""How far back a message is looked for: longer than an edition may be late."""
PAGES: Final = 10
"""Who looks further back than that cannot say that something is absent."""
PAGE: Final = 200
_REMEMBERED: Final = timedelta(minutes=30)
_MOST: Final = 500
PART: Final = "briefing_part"
ANSWER: Final = "briefing_answer"
"""Types of the metadata of our messages."""
_TOMBSTONE: Final = "tombstone"


def stamp(key: str, *, part: str = "", edition: str = "", piece: int = 0, pieces: int = 1) -> dict[str, Any]:
    """The metadata of a message with this key; `piece` of `pieces`, from 0. An answer is of no part."""
    payload: dict[str, Any] = {"key": key, "piece": piece, "pieces": pieces}
    payload |= {name: value for name, value in (("part", part), ("edition", edition)) if value}
    return {"event_type": PART if part else ANSWER, "event_payload": payload}


def payload_of(message: Json) -> Json:
    """What a message as Slack gives it carries of ours; empty if it is none of ours."""
    metadata = message.get("metadata")
    if not isinstance(metadata, Mapping) or metadata.get("event_type") not in {PART, ANSWER}:
        return {}
    payload = metadata.get("event_payload")
    return payload if isinstance(payload, Mapping) else {}


def is_ours(message: Json, us: Workspace) -> bool:
    """Whether we wrote it: anybody can copy what it carries."""
    return (bool(us.bot) and message.get("bot_id") == us.bot) or message.get("user") == us.me


@dataclass(slots=True)
class Found:
    """What of a message stands in a place, as far as was read."""

    pieces: dict[int, str] = field(default_factory=dict)
    """Their `ts` by number, from 0."""
    last: int | None = None
    """Number of the last piece, if one of them stands and said it."""
    part: str = ""
    oldest: str = ""
    """`ts` of what is not looked at any more."""
    newest: str = ""
    """`ts` of the first message that was seen: what came after it was not."""
    cursor: str | None = None
    """Where to go on."""
    pages: int = 0
    resumed: bool = False
    """It was begun some time ago."""
    complete: bool = False
    """All was read that could hold it: what was not seen is not there."""
    withdrawn: bool = False
    """People deleted what the thread hangs on."""

    @property
    def message(self) -> str | None:
        """Where people find it: its first piece; None unless its last one stands."""
        if self.last is None or self.last not in self.pieces:
            return None
        return self.pieces[min(self.pieces)]

    @property
    def ended(self) -> bool:
        """There is nothing left to look for."""
        return self.message is not None and 0 in self.pieces

    @property
    def goes_on(self) -> bool:
        """There is something left to look for, and to look at."""
        return not (self.ended or self.complete) and self.pages < PAGES

    @property
    def passed_by(self) -> bool:
        """All was read, but for what came while it was."""
        return self.complete and self.resumed and not self.ended


class Finder:
    """Reads places back."""

    def __init__(self, kit: Kit, places: Places) -> None:
        self._kit = kit
        self._places = places
        self._begun: Fresh[Found] = Fresh(kit.clock, lasts=_REMEMBERED, most=_MOST)

    async def find(self, place: Place, *, key: str) -> Ref | Absent | Unsure | Withdrawn:
        """Whether a message with this key stands in a place; see `Platform.find`."""
        try:
            found = await self.look(place, key)
        except ThreadWithdrawn:
            return "withdrawn"
        except PlaceClosed as error:
            if code_of(error) not in {MISSING_SCOPE, NOT_A_MEMBER}:
                raise
            return "unsure"
        if found.message is not None:
            # The thread of a card is named by the card itself.
            thread = found.message if found.part == "card" and place.thread is None else place.thread
            return Ref(Place(PLATFORM, place.id, thread), found.message)
        if found.withdrawn:
            return "withdrawn"
        return "absent" if found.complete else "unsure"

    async def look(self, place: Place, key: str) -> Found:
        """Read a channel or thread back until the message with this key is seen.

        Raises:
            ThreadWithdrawn: there is no such thread (any more).
            PlatformBusy: there is more to read, and it cannot be read now; what was read is remembered.
            PlatformError: it cannot be read.
        """
        team, channel = await self._places.id_of(place)
        us = await self._kit.workspaces.of(team)
        name = f"{team}/{channel}/{place.thread}/{key}"
        since = (self._kit.clock.now() - BACK).timestamp()
        found = self._begun.get(name) or Found(oldest=f"{since:.6f}")
        self._begun.forget(name)
        found.resumed = found.pages > 0
        while found.goes_on:
            try:
                answer = await self._page(team, channel, place.thread, found)
            except PlatformBusy:
                self._begun.put(name, found)
                raise
            _note(found, answer, key, us, place.thread)
            if found.passed_by and place.thread is None:
                # A channel is read backwards: what came since it was begun is still to be seen.
                found = Found(found.pieces, found.last, found.part, oldest=found.newest)
        return found

    async def _page(self, team: str, channel: str, thread: str | None, found: Found) -> Json:
        arguments: dict[str, Any] = {
            "channel": channel,
            "limit": PAGE,
            "include_all_metadata": True,
            "cursor": found.cursor,
        }
        if thread is not None:  # from its beginning, where ours stand
            return await self._kit.rest.look_up(team, "conversations.replies", ts=thread, **arguments)
        return await self._kit.rest.look_up(team, "conversations.history", oldest=found.oldest, **arguments)


def _note(found: Found, answer: Json, key: str, us: Workspace, thread: str | None) -> None:
    """Add what a page shows."""
    messages = answer.get("messages")
    if not isinstance(messages, list) or not all(isinstance(one, dict) for one in messages):
        raise PlatformUnavailable("an answer that is no list of messages")
    for message in messages:
        if is_ours(message, us) and payload_of(message).get("key") == key:
            _note_piece(found, message)
    if thread is not None and found.pages == 0:
        parent = next((one for one in messages if one.get("ts") == thread), None)
        found.withdrawn = parent is None or parent.get("subtype") == _TOMBSTONE
    if found.pages == 0:
        found.newest = str(messages[0].get("ts")) if messages else found.oldest
    found.pages += 1
    metadata = answer.get("response_metadata")
    found.cursor = str(metadata.get("next_cursor") or "") or None if isinstance(metadata, Mapping) else None
    found.complete = found.cursor is None and not answer.get("has_more")
    if found.cursor is None and not found.complete:
        found.pages = PAGES  # there is more, and no way to it


def _note_piece(found: Found, message: Json) -> None:
    payload = payload_of(message)
    piece, pieces = payload.get("piece", 0), payload.get("pieces", 1)
    if isinstance(piece, int) and isinstance(pieces, int):
        found.pieces[piece] = str(message.get("ts"))
        found.last = pieces - 1
        found.part = str(payload.get("part") or "")

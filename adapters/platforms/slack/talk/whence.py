"""From where something reached us: the place, the person, the edition that is talked about, what is to be answered."""

import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from adapters.platforms.slack.arrival import Whence
from adapters.platforms.slack.kit import PLATFORM, Json, Kit, parts_of, tenant_of
from bot.domain.fresh import Fresh
from bot.domain.place import Inbound, Place
from bot.domain.press import Press
from bot.domain.visitor import Visitor
from bot.ports.office import home

_LATEST = timedelta(minutes=1)
"""How long it is known which edition of a workspace is the newest."""
_ENGAGED = timedelta(days=1)
"""How long it is known which edition a thread is about that somebody else began."""
_MOST_KNOWN: Final = 10_000
_MOST_PLACES: Final = 50
"""Places of a workspace that are looked at for its latest edition."""
_ASKED = re.compile(r"(?:[a-z]+\.)?r(?P<seconds>\d{10})\.?(?P<rest>\d{6})(?:\.(?P<asker>[A-Z0-9]{1,20}))?")


@dataclass(frozen=True, slots=True)
class Question:
    """What is answered, and where that goes."""

    whence: Whence
    """Who asks; of a modal, with the conversation it was opened in."""
    place: Place
    """The answer is a message there."""
    channel: str
    """Id of the channel, or of the direct messages, that is posted to."""
    id: str
    """Of the message or press that asks: names the answer, so that it is not posted twice."""
    language: str
    message: str | None = None
    """`ts` of the message that asks; None: there is none."""
    zone: str | None = None
    fresh: bool = False
    """No edition is kept yet that it could be about."""

    @property
    def thread(self) -> str | None:
        """`ts` of the parent of what is answered."""
        return self.place.thread

    @property
    def name(self) -> str:
        """Names the answer: of a question that stands there, that message's id, whoever asks it again."""
        return self.id if self.message is None else f"{self.whence.team}/{self.channel}/{self.message}"


# ---------------------------------------------------------------- modals


def remembering(view: Json, whence: Whence, language: str, *, shown: str | None = None) -> dict[str, object]:
    """A modal that knows where it was opened and in which language: Slack says neither when something in it is pressed.

    Every modal in which a look-up may stand needs this: without it, its Post in thread knows no thread. `shown` is a
    message that it is about.
    """
    known = {"c": whence.channel, "t": whence.thread, "l": language, "m": shown}
    kept = json.dumps({key: value for key, value in known.items() if value}, separators=(",", ":"))
    return {**view, "private_metadata": kept}


def settled(whence: Whence, view: Json | None) -> Whence:
    """Who pressed, with the conversation that the modal was opened in."""
    kept = _kept(view)
    if whence.channel is not None or "c" not in kept:
        return whence
    return replace(whence, channel=kept["c"], thread=kept.get("t"))


def language_in(view: Json | None) -> str | None:
    """The language that a modal is in, as far as it says so."""
    return _kept(view).get("l")


def shown_in(view: Json | None) -> str | None:
    """`ts` of the message that a modal is about."""
    return _kept(view).get("m")


def _kept(view: Json | None) -> dict[str, str]:
    try:
        found = json.loads(str((view or {}).get("private_metadata") or "{}"))
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


# ---------------------------------------------------------------- what the core is told


def inbound_of(
    question: Question,
    text: str,
    edition: str,
    at: datetime,
    *,
    language: str | None = None,
    mentions_us: bool = False,
    pressed: bool = False,
    in_public: bool = False,
    about: str | None = None,
    manages: bool = False,
) -> Inbound:
    """What the core is asked by a press; in the presser's language unless another is given."""
    return Inbound(
        id=question.id,
        place=question.place,
        author=question.whence.person,
        text=text,
        at=at,
        language=language or question.language,
        edition=edition or None,
        mentions_us=mentions_us,
        pressed=pressed,
        in_public=in_public,
        tenant=question.whence.tenant,
        manages=manages,
        about=about,
    )


def visitor_of(whence: Whence, language: str) -> Visitor:
    """Who asks something of the office; rights are looked up where they are needed."""
    return Visitor(PLATFORM, whence.person, whence.tenant, whence.place, language)


def instant(ts: str) -> datetime:
    """When a message was written, or something pressed."""
    return datetime.fromtimestamp(float(ts), UTC)


def about_question(message: str, asker: str) -> str:
    """What the id of a button says of the question it is about: `r1795243000000001.U1`."""
    return f"r{message.replace('.', '')}.{asker}"


def asked_about(press: Press) -> tuple[str | None, str | None]:
    """`ts` of the question that a button is about, and who asked it, as far as its id says so."""
    found = _ASKED.fullmatch(press.rest)
    return (f"{found['seconds']}.{found['rest']}", found["asker"]) if found else (None, None)


class Editions:
    """Which edition is talked about where: also in threads that somebody else began and called us into."""

    def __init__(self, kit: Kit) -> None:
        self._office = kit.office
        self._engaged = Fresh[str](kit.clock, lasts=_ENGAGED, most=_MOST_KNOWN)
        self._latest = Fresh[str](kit.clock, lasts=_LATEST, most=_MOST_KNOWN)

    async def at(self, place: Place) -> str | None:
        """The edition of a thread or a place; None where nothing of ours stands and nobody called us.

        Raises:
            StoreError: the database failed.
        """
        return await self._office.whereabouts.edition_at(place) or self._engaged.get(place)

    def engage(self, place: Place, edition: str | None) -> None:
        """Somebody talks with us in this thread, about this edition: what is said there may be for us."""
        if place.thread is not None and edition:
            self._engaged.put(place, edition)

    async def home(self, edition: str, place: Place, message: str | None = None) -> Place:
        """Where an edition is discussed: the thread somebody is in, else that of its card, else that of `message`.

        Raises:
            StoreError: the database failed.
        """
        found = await home(self._office.whereabouts, edition, place)
        return found if found.thread is not None else replace(found, thread=message)

    async def latest(self, team: str) -> str | None:
        """The newest edition that came to a workspace.

        Raises:
            StoreError: the database failed.
        """
        known = self._latest.get(team)
        if known is not None:
            return known
        here = list(await self._office.subscribing.list(tenant_of(team)))[:_MOST_PLACES]
        ids = dict.fromkeys(
            [await self._office.whereabouts.edition_at(replace(one.place, thread=None)) for one in here]
        )
        found = [await self._office.whereabouts.edition(one) for one in ids if one is not None]
        newest = max((one for one in found if one is not None), key=lambda e: (e.window.end, e.id), default=None)
        return None if newest is None else self._latest.put(team, newest.id)


async def channel_of(kit: Kit, place: Place) -> str:
    """Id of what is posted to at a place.

    Raises:
        PlatformError: the direct messages with somebody could not be looked up.
    """
    team, rest = parts_of(place)
    return await kit.workspaces.direct(team, rest) if place.id.startswith("@") else rest

"""The remote platform as the core sees it: one HTTP request a call, and each way of failing as its own error.

With `nonce` it stands for a platform that refuses a key twice for a while, with `readback` off for one whose history
we may not read.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp

from bot.domain.layout import lay_out
from bot.domain.message import Answer, EditionCard, Message
from bot.domain.place import Inbound, Place
from bot.errors import (
    MessageRefused,
    PlaceClosed,
    PlatformBusy,
    PlatformError,
    PlatformUnavailable,
    ThreadWithdrawn,
)
from bot.ports.clock import Clock
from bot.ports.phrases import Catalogue
from bot.ports.platform import Absent, Inbox, Limits, Ref, Unsure, Withdrawn
from tests.fakes.remote.text import plain

NAME = "remote"
READ_BACK = 100
"""Messages that are read when one is looked for."""
_GONE = 410


@dataclass(slots=True)
class RemotePlatform:
    """Posts to the server at `address`, such as `http://127.0.0.1:4711`."""

    address: str
    catalogue: Catalogue
    clock: Clock
    language: str = "en"
    nonce: bool = True
    readback: bool = True
    patience: timedelta = timedelta(seconds=5)
    """How long an answer may take."""
    limits: Limits = field(default_factory=lambda: Limits(characters=4000, parts=20))
    _session: aiohttp.ClientSession | None = field(default=None, init=False)

    async def run(self, inbox: Inbox) -> None:
        """Hand what people say to the inbox, until nobody will say more."""
        heard = 0
        while (said := await self._hear(heard)) is not None:
            for one in said:
                heard += 1
                if not one["text"].strip():
                    continue
                place = Place(NAME, one["place"], one.get("thread"))
                inbound = Inbound(
                    id=f"s{heard}",
                    place=place,
                    author=one.get("author", "p1"),
                    text=one["text"],
                    at=self.clock.now(),
                    language=self.language,
                    edition=one.get("edition"),
                    mentions_us=True,
                )
                await inbox(inbound, _Reply(self, place, inbound.id))

    async def post(self, place: Place, message: Message, *, key: str) -> Ref:
        """Post once; a card opens a thread.

        Raises:
            PlatformUnavailable, PlatformBusy, PlaceClosed, ThreadWithdrawn, MessageRefused: see the port.
        """
        wanted = {
            "key": key,
            "nonce": self.nonce,  # without one the key is only kept, for reading back
            "thread": place.thread,
            "text": self.shown(message),
            "opens": isinstance(message, EditionCard),
        }
        answered = await self._ask("POST", f"/places/{place.id}/posts", wanted)
        return self._ref(place, answered)

    async def revise(self, ref: Ref, message: Message) -> None:
        """Replace a message's text."""
        await self._ask("PATCH", f"/posts/{ref.id}", {"text": self.shown(message)})

    async def find(self, place: Place, *, key: str) -> Ref | Absent | Unsure | Withdrawn:
        """Look through the newest messages of the place or thread.

        Raises:
            PlatformUnavailable, PlatformBusy, PlaceClosed: see the port.
        """
        if not self.readback:
            return "unsure"
        where = f"/places/{place.id}/posts?last={READ_BACK}"
        answered = await self._ask("GET", where if place.thread is None else f"{where}&thread={place.thread}")
        posts = _posts(answered)
        for post in reversed(posts):
            if post.get("key") == key:
                return "withdrawn" if post.get("deleted") else self._ref(place, post)
        return "absent" if len(posts) < READ_BACK else "unsure"

    async def close(self) -> None:
        """End the connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def shown(self, message: Message) -> str:
        """The text of a message."""
        language = message.language if isinstance(message, Answer) else self.language
        if isinstance(message, EditionCard):
            language = message.edition.language
        return plain(lay_out(message, self.catalogue.speak(language)))

    def _ref(self, place: Place, post: Mapping[str, Any]) -> Ref:
        identity, thread = post.get("id"), post.get("thread")
        if not isinstance(identity, str) or not isinstance(thread, str | None):
            raise PlatformUnavailable("an answer without a message in it")
        return Ref(Place(place.platform, place.id, thread), identity)

    async def _hear(self, after: int) -> list[dict[str, Any]] | None:
        try:
            async with self._connected().get(f"{self.address}/heard?after={after}") as response:
                if response.status == _GONE:
                    return None
                said: list[dict[str, Any]] = (await response.json())["said"]
                return said
        except (aiohttp.ClientError, TimeoutError) as error:
            raise PlatformUnavailable(f"nothing is heard: {error!r}") from error

    def _connected(self) -> aiohttp.ClientSession:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=self.patience.total_seconds())
            self._session = aiohttp.ClientSession(timeout=timeout)
        return self._session

    async def _ask(self, method: str, path: str, wanted: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        # Only a request that is known not to have arrived is `busy`; whatever else happens, it may have been taken.
        try:
            async with self._connected().request(method, f"{self.address}{path}", json=wanted) as response:
                body = await response.read()
                status = response.status
        except aiohttp.ClientConnectorError as error:
            raise PlatformBusy(f"no connection: {error}") from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise PlatformUnavailable(f"no answer: {error!r}") from error
        answered = _object(body)
        if status // 100 == 2 and answered is not None:
            return answered
        raise failure(status, answered or {})


class _Reply:
    """Answers one thing that somebody said."""

    def __init__(self, platform: RemotePlatform, place: Place, inbound: str) -> None:
        self._platform = platform
        self._place = place
        self._inbound = inbound
        self._given = 0

    async def answer(self, message: Message, *, private: bool) -> Ref | None:
        """Post the answer where it was asked for; what is private cannot be referred to later."""
        self._given += 1
        ref = await self._platform.post(self._place, message, key=f"{self._inbound}/{self._given}")
        return None if private else ref

    async def progress(self, message: Message) -> None:
        """This platform shows no progress."""


def _object(body: bytes) -> Mapping[str, Any] | None:
    try:
        value = json.loads(body)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _posts(answered: Mapping[str, Any]) -> list[dict[str, Any]]:
    posts = answered.get("posts")
    if not isinstance(posts, list):
        raise PlatformUnavailable("an answer without a list of messages in it")
    return posts


def failure(status: int, answered: Mapping[str, Any]) -> PlatformError:
    what, wait = answered.get("what"), answered.get("retry_after")
    match status, what:
        case 429, _:
            return PlatformBusy("too many requests", retry_after=None if wait is None else timedelta(seconds=wait))
        case 403 | 404, "place":
            return PlaceClosed(f"the place answers {status}")
        case 404, "thread" | "message":
            return ThreadWithdrawn("what it would have followed is gone")
        case 400 | 413, _:
            return MessageRefused(f"the message was refused with {status}")
    return PlatformUnavailable(f"an answer that says nothing: {status}")

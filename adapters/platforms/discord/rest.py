"""What is asked of Discord's REST interface, with payloads as plain data.

Requests go through discord.py, which keeps the rate limits; the views it offers are not used: a payload says all there
is to say, and nothing is kept in memory for a message that was sent. Its errors become ours here.

The library repeats a request up to five times after a 5xx, whether or not it was taken. That is right where repeating
does no harm (reading, editing, a post with a nonce), and wrong everywhere else: those requests are made once.

A picture goes with the message that shows it, in one request. Where it is refused (we may not attach files there, it is
too large), the message goes without it: what matters in it stands in the text.
"""

import json
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any, Literal, TypeAlias, cast

import aiohttp
import discord
from discord.http import Route

from adapters.platforms.discord.buckets import Buckets
from adapters.platforms.discord.errors import asked_to_wait, translated
from adapters.platforms.discord.payloads import EPHEMERAL, Json, Payload, unpictured
from adapters.wire.illustrations import NONE_DRAWN
from bot.errors import MessageRefused, PlaceClosed, PlatformBusy, PlatformUnavailable

Answer: TypeAlias = Any
"""Discord's JSON, or text where it gives none."""
Body = Json | Sequence[Any]
Pictures = Mapping[str, bytes]
"""Pictures as PNG, by the names of the files under which a message asks for them."""
Method = Literal["GET", "POST", "PATCH", "PUT", "DELETE"]
_NONE: Mapping[str, str | int] = {}
NO_PINGS: Json = {"parse": [], "replied_user": False}
_TOO_MANY = 429


class Unrepeated:
    """Stands among the files of a request, which the library resets before each try: it lets no second one happen."""

    def __init__(self, *, least: int = 1) -> None:
        self.least = least
        """Tries that are made in any case."""
        self.status = 0
        """Of the last answer."""
        self.retry_after: str | None = None

    def answered(self, response: aiohttp.ClientResponse) -> None:
        """Note how a try ended."""
        self.status, self.retry_after = response.status, response.headers.get("Retry-After")

    def reset(self, *, seek: int | bool) -> None:
        """Called before try number `seek`, from 0.

        Raises:
            PlatformUnavailable: the try before may have been taken; its status is the first word.
        """
        if int(seek) >= self.least and self.status != _TOO_MANY:
            raise PlatformUnavailable(f"{self.status}: not repeated", retry_after=asked_to_wait(self.retry_after))


def watched() -> aiohttp.TraceConfig:
    """What a client must be given as `http_trace`, so that `Unrepeated` learns how a try ended."""
    config = aiohttp.TraceConfig()

    async def ended(
        session: aiohttp.ClientSession, context: SimpleNamespace, end: aiohttp.TraceRequestEndParams
    ) -> None:
        del session
        if isinstance(context.trace_request_ctx, Unrepeated):
            context.trace_request_ctx.answered(end.response)

    config.on_request_end.append(ended)
    return config


class Requests:
    """Any request. All methods raise `PlatformError`s only."""

    def __init__(self, client: discord.Client) -> None:
        self._http = client.http
        self._buckets = Buckets(client.http)
        self._client = client

    async def request(
        self, method: Method, path: str, body: Body | None = None, *, pictures: Pictures = NONE_DRAWN, **ids: str | int
    ) -> Answer:
        """Anything else: `path` with `{names}` that `ids` fill in."""
        return await self._ask(method, path, body, None, ids, pictures)

    async def look_up(self, path: str, **ids: str | int) -> Json:
        """What stands under a path: an object."""
        return await self._object("GET", path, None, ids)

    async def request_once(
        self,
        once: Unrepeated,
        method: Method,
        path: str,
        body: Body | None = None,
        *,
        pictures: Pictures = NONE_DRAWN,
        **ids: str | int,
    ) -> Answer:
        """The same, not repeated after an answer that leaves open whether it was taken; `once` has that answer."""
        return await self._ask(method, path, body, once, ids, pictures)

    async def _object(
        self,
        method: Method,
        path: str,
        body: Body | None = None,
        ids: Mapping[str, str | int] = _NONE,
        *,
        once: Unrepeated | None = None,
        pictures: Pictures = NONE_DRAWN,
    ) -> Json:
        answer = await self._ask(method, path, body, once, ids, pictures)
        if not isinstance(answer, dict):
            raise PlatformUnavailable("an answer that is no object")
        return answer

    async def _ask(
        self,
        method: Method,
        path: str,
        body: Body | None,
        once: Unrepeated | None,
        ids: Mapping[str, Any],
        pictures: Pictures = NONE_DRAWN,
    ) -> Answer:
        route = Route(method, path, **ids)
        parts = _parts(body, pictures) if isinstance(body, Mapping) else []
        if not parts:
            return await self._send(route, {} if body is None else {"json": body}, once)
        try:
            return await self._send(route, {"form": parts}, once)
        except (PlaceClosed, MessageRefused):
            return await self._send(route, {"json": unpictured(cast("Json", body))}, once)

    async def _send(self, route: Route, more: dict[str, Any], once: Unrepeated | None) -> Answer:
        if self._client.is_closed():
            raise PlatformBusy("not connected")
        if once is not None:
            more |= {"files": [once], "trace_request_ctx": once}
        try:
            with translated():
                return await self._http.request(route, **more)
        except RuntimeError as error:
            if not self._client.is_closed():
                raise
            raise PlatformUnavailable("the connection was ended meanwhile") from error


class Interactions(Requests):
    """The answers to what people press and command. All methods raise `PlatformError`s only."""

    async def acknowledge(self, press: discord.Interaction[Any], *, private: bool) -> None:
        """Say within three seconds that an answer comes (`show`), to the presser only or to all."""
        data = {"flags": EPHEMERAL} if private else {}
        await self._call_back(press, 5, data)

    async def acknowledge_change(self, press: discord.Interaction[Any]) -> None:
        """Say that the message the pressed thing stands on will change, or that nothing is to be seen."""
        await self._call_back(press, 6, {})

    async def ask(self, press: discord.Interaction[Any], form: Json) -> None:
        """Open a modal, at once: `{"custom_id", "title", "components"}`."""
        await self._call_back(press, 9, form)

    async def show(self, press: discord.Interaction[Any], payload: Json, *, pictures: Pictures = NONE_DRAWN) -> Json:
        """The answer to what was acknowledged; again, to change it. `payload["flags"]` may hold CV2 only."""
        path = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
        body = {"allowed_mentions": NO_PINGS, **payload}
        ids: dict[str, str | int] = {"webhook_id": press.application_id, "webhook_token": press.token}
        return await self._object("PATCH", path, body, ids, pictures=pictures)

    async def show_more(
        self, press: discord.Interaction[Any], payload: Json, *, pictures: Pictures = NONE_DRAWN
    ) -> Json:
        """One more message to who pressed."""
        path = "/webhooks/{webhook_id}/{webhook_token}"
        body = {"allowed_mentions": NO_PINGS, **payload}
        ids: dict[str, str | int] = {"webhook_id": press.application_id, "webhook_token": press.token}
        return await self._object("POST", path, body, ids, once=Unrepeated(), pictures=pictures)

    async def _call_back(self, press: discord.Interaction[Any], kind: int, data: Json) -> None:
        path = "/interactions/{webhook_id}/{webhook_token}/callback"
        body = {"type": kind, "data": data}
        await self.request("POST", path, body, webhook_id=press.id, webhook_token=press.token)
        self._buckets.used()


class Rest(Interactions):
    """A client's REST interface. All methods raise `PlatformError`s only, and return Discord's JSON."""

    async def send(
        self, channel: str, payload: Json, *, nonce: str | None = None, pictures: Pictures = NONE_DRAWN
    ) -> Json:
        """Post a message; the same nonce again within minutes gives the message that is there."""
        body = {"allowed_mentions": NO_PINGS, **payload}
        path, ids = "/channels/{channel_id}/messages", {"channel_id": channel}
        if nonce is None:
            return await self._object("POST", path, body, ids, once=Unrepeated(), pictures=pictures)
        body |= {"nonce": nonce, "enforce_nonce": True}
        return await self._object("POST", path, body, ids, pictures=pictures)

    async def edit(self, channel: str, message: str, payload: Json, *, pictures: Pictures = NONE_DRAWN) -> Json:
        """Replace the content of a message of ours."""
        body = {"allowed_mentions": NO_PINGS, **payload}
        path = "/channels/{channel_id}/messages/{message_id}"
        ids = {"channel_id": channel, "message_id": message}
        return await self._object("PATCH", path, body, ids, pictures=pictures)

    async def message(self, channel: str, message: str) -> Json:
        """One message."""
        path = "/channels/{channel_id}/messages/{message_id}"
        return await self.look_up(path, channel_id=channel, message_id=message)

    async def history(self, channel: str, *, before: str | None = None) -> Sequence[Json]:
        """The newest hundred messages, newest first. None at all also where we may not read the history."""
        path = "/channels/{channel_id}/messages?limit=100"
        if before is not None:
            path += "&before={before}"
        ids = {"channel_id": channel, "before": before or ""}
        return _objects(await self._ask("GET", path, None, None, ids))

    async def delete(self, channel: str, message: str) -> None:
        """Take a message of ours back."""
        path = "/channels/{channel_id}/messages/{message_id}"
        await self.request("DELETE", path, channel_id=channel, message_id=message)


def _parts(body: Json, pictures: Pictures) -> list[Payload]:
    """The fields of a form that has the body and the files it asks for; none where it asks for none.

    Bytes, not streams: the library makes the form again for each try.
    """
    asked = body.get("attachments") or (body.get("message") or {}).get("attachments") or ()
    found = [(one, pictures[one["filename"]]) for one in asked if one["filename"] in pictures]
    files = [
        {"name": f"files[{one['id']}]", "value": raw, "filename": one["filename"], "content_type": "image/png"}
        for one, raw in found
    ]
    said = {"name": "payload_json", "value": json.dumps(body), "content_type": "application/json"}
    return [said, *files] if files else []


def _objects(answer: object) -> Sequence[Json]:
    if not isinstance(answer, list) or not all(isinstance(one, dict) for one in answer):
        raise PlatformUnavailable("an answer that is no list of objects")
    return cast("list[Json]", answer)

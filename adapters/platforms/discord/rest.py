"""What is asked of Discord's REST interface, with payloads as plain data.

Requests go through discord.py, which keeps the rate limits; the views it offers are not used: a payload says all there
is to say, and nothing is kept in memory for a message that was sent. Its errors become ours here.
"""

from collections.abc import Mapping
from typing import Any, Literal, cast

import discord
from discord.http import Route

from adapters.platforms.discord.errors import translated

Payload = Mapping[str, Any]
"""The JSON body of a request: `{"flags", "components", "allowed_mentions", …}`."""
EPHEMERAL = 1 << 6
SILENT = 1 << 12
CV2 = 1 << 15
NO_PINGS: Payload = {"parse": [], "replied_user": False}


class Rest:
    """A client's REST interface. All methods raise `PlatformError`s only, and return Discord's JSON."""

    def __init__(self, client: discord.Client) -> None:
        self._http = client.http
        self._client = client

    # ------------------------------------------------------------ channels

    async def send(self, channel: str, payload: Payload, *, nonce: str | None = None) -> Mapping[str, Any]:
        """Post a message; the same nonce again within minutes gives the message that is there."""
        body = {"allowed_mentions": NO_PINGS, **payload}
        if nonce is not None:
            body |= {"nonce": nonce, "enforce_nonce": True}
        return await self._ask("POST", "/channels/{channel_id}/messages", body, channel_id=channel)

    async def edit(self, channel: str, message: str, payload: Payload) -> Mapping[str, Any]:
        """Replace the content of a message of ours."""
        body = {"allowed_mentions": NO_PINGS, **payload}
        path = "/channels/{channel_id}/messages/{message_id}"
        return await self._ask("PATCH", path, body, channel_id=channel, message_id=message)

    async def message(self, channel: str, message: str) -> Mapping[str, Any]:
        """One message."""
        path = "/channels/{channel_id}/messages/{message_id}"
        return await self._ask("GET", path, channel_id=channel, message_id=message)

    async def delete(self, channel: str, message: str) -> None:
        """Take a message of ours back."""
        path = "/channels/{channel_id}/messages/{message_id}"
        await self._ask("DELETE", path, channel_id=channel, message_id=message)

    # ------------------------------------------------------------ interactions

    async def acknowledge(self, press: discord.Interaction[Any], *, private: bool) -> None:
        """Say within three seconds that an answer comes (`show`), to the presser only or to all."""
        data = {"flags": EPHEMERAL} if private else {}
        await self._call_back(press, 5, data)

    async def acknowledge_change(self, press: discord.Interaction[Any]) -> None:
        """Say that the message the pressed thing stands on will change, or that nothing is to be seen."""
        await self._call_back(press, 6, {})

    async def change(self, press: discord.Interaction[Any], payload: Payload) -> None:
        """Change the message the pressed thing stands on, at once."""
        await self._call_back(press, 7, {"allowed_mentions": NO_PINGS, **payload})

    async def ask(self, press: discord.Interaction[Any], form: Payload) -> None:
        """Open a modal, at once: `{"custom_id", "title", "components"}`."""
        await self._call_back(press, 9, form)

    async def show(self, press: discord.Interaction[Any], payload: Payload) -> Mapping[str, Any]:
        """The answer to what was acknowledged; again, to change it. `payload["flags"]` may hold CV2 only."""
        path = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
        body = {"allowed_mentions": NO_PINGS, **payload}
        return await self._ask("PATCH", path, body, webhook_id=press.application_id, webhook_token=press.token)

    async def show_more(self, press: discord.Interaction[Any], payload: Payload) -> Mapping[str, Any]:
        """One more message to who pressed."""
        path = "/webhooks/{webhook_id}/{webhook_token}"
        body = {"allowed_mentions": NO_PINGS, **payload}
        return await self._ask("POST", path, body, webhook_id=press.application_id, webhook_token=press.token)

    async def take_back(self, press: discord.Interaction[Any]) -> None:
        """Delete the answer (or what says that one comes)."""
        path = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
        await self._ask("DELETE", path, webhook_id=press.application_id, webhook_token=press.token)

    async def _call_back(self, press: discord.Interaction[Any], kind: int, data: Payload) -> None:
        path = "/interactions/{webhook_id}/{webhook_token}/callback"
        body = {"type": kind, "data": data}
        await self._ask("POST", path, body, webhook_id=press.id, webhook_token=press.token)

    # ------------------------------------------------------------ anything

    async def request(
        self, method: Literal["GET", "POST", "PATCH", "PUT", "DELETE"], path: str, body: Any = None, **ids: str | int
    ) -> Any:
        """Anything else: `path` with `{names}` that `ids` fill in."""
        return await self._ask(method, path, body, **ids)

    async def _ask(self, method: str, path: str, body: Any = None, **ids: Any) -> Mapping[str, Any]:
        route = Route(method, path, **ids)
        with translated():
            if body is None:
                return cast("Mapping[str, Any]", await self._http.request(route))
            return cast("Mapping[str, Any]", await self._http.request(route, json=body))

"""Delivery by requests to the app's address: signed, three kinds of bodies, and forged ones of every sort."""

import hashlib
import hmac
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp

from tests.fakes.slack.delivery import COMMANDS, EVENTS, Delivery, Sending

_REASONS = {"timeout": "http_timeout", "http_error": "http_error", "connection_failed": "connection_failed"}
_LARGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Answered:
    """What the app answered to a request."""

    status: int
    text: str
    headers: Mapping[str, str]


class Requests:
    """The app's address, and what goes there."""

    def __init__(self, secret: str, now: Callable[[], float]) -> None:
        self.secret = secret
        self.now = now
        """Seconds since 1970 that requests are signed with; an application that checks them by the machine's clock, as
        Bolt does, needs `time.time` here."""
        self.url: str | None = None
        self.delivery: Delivery | None = None
        self.limit = 30.0
        """Real seconds after which a request is given up."""
        self.last: tuple[str, dict[str, str]] | None = None
        """Body and headers of the last request that was rightly signed."""
        self._session: aiohttp.ClientSession | None = None

    @property
    def open(self) -> bool:
        """Whether the app has an address."""
        return self.url is not None

    async def bring(self, sending: Sending) -> bool:
        """One signed request; what it is answered with is told to the delivery."""
        attempt = sending.attempt
        body, kind = written(sending)
        headers = self.signed(body, kind)
        if sending.attempt:
            reason = _REASONS.get(sending.reason or "", sending.reason or "http_error")
            headers |= {"X-Slack-Retry-Num": str(sending.attempt), "X-Slack-Retry-Reason": reason}
        try:
            answered = await self.post(body, headers)
        except (aiohttp.ClientError, TimeoutError):
            return False
        self.last = (body, headers)
        if self.delivery is not None and sending.attempt == attempt:
            self._settle(self.delivery, sending, answered)
        return True

    @staticmethod
    def _settle(delivery: Delivery, sending: Sending, answered: Answered) -> None:
        sending.status = answered.status
        if 200 <= answered.status < 300:
            delivery.arrived(sending, _read(answered), answered.status)
        else:
            if answered.headers.get("X-Slack-No-Retry") == "1":
                sending.attempt = len(delivery.retries)
            delivery.failed(sending, "http_error")

    # ------------------------------------------------------------ signing

    def signed(self, body: str, kind: str, *, at: float | None = None, secret: str | None = None) -> dict[str, str]:
        """Headers with a signature of a body of this content type."""
        stamp = str(int(self.now() if at is None else at))
        mac = hmac.new((secret or self.secret).encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256)
        return {
            "Content-Type": kind,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={mac.hexdigest()}",
        }

    async def post(self, body: str | bytes, headers: Mapping[str, str]) -> Answered:
        """A request to the app's address as it is given.

        Raises:
            aiohttp.ClientError, TimeoutError: there was no answer.
        """
        assert self.url is not None, "the app has no address: fake.sends_to(url)"
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self.limit))
        raw_body = io.BytesIO(body.encode() if isinstance(body, str) else body)
        async with self._session.post(self.url, data=raw_body, headers=dict(headers)) as response:
            raw = await response.content.read(_LARGEST)
            return Answered(response.status, raw.decode("utf-8", "replace"), dict(response.headers))

    async def close(self) -> None:
        """Close connections."""
        if self._session is not None:
            await self._session.close()

    # ------------------------------------------------------------ what nobody but Slack, or somebody else, sends

    async def verify(self, challenge: str = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P") -> Answered:
        """What Slack sends when an address is entered: the app answers with the challenge."""
        body = json.dumps({"token": "old-token", "challenge": challenge, "type": "url_verification"})
        return await self.post(body, self.signed(body, "application/json"))

    async def with_bad_signature(self, body: Mapping[str, Any] | None = None) -> Answered:
        """A request that somebody else signed."""
        text = json.dumps(body or {"type": "event_callback"})
        return await self.post(text, self.signed(text, "application/json", secret="0" * 32))

    async def unsigned(self, body: Mapping[str, Any] | None = None) -> Answered:
        """A request without any signature."""
        return await self.post(json.dumps(body or {"type": "event_callback"}), {"Content-Type": "application/json"})

    async def stale(self, body: Mapping[str, Any] | None = None, *, age: float = 301.0) -> Answered:
        """A rightly signed request that is so many seconds old."""
        text = json.dumps(body or {"type": "event_callback"})
        return await self.post(text, self.signed(text, "application/json", at=self.now() - age))

    async def replayed(self) -> Answered:
        """The last rightly signed request, byte by byte, once more."""
        assert self.last is not None, "nothing was sent yet"
        return await self.post(*self.last)

    async def broken(self, body: str | bytes = b'{"type": "event_callback", "event": {', kind: str = "") -> Answered:
        """A rightly signed request whose body is no body; `kind` is its content type, JSON if it is not given."""
        text = body if isinstance(body, str) else body.decode("utf-8", "surrogateescape")
        raw = text.encode("utf-8", "surrogateescape")
        stamp = str(int(self.now()))
        mac = hmac.new(self.secret.encode(), f"v0:{stamp}:".encode() + raw, hashlib.sha256)
        headers = self.signed("", kind or "application/json")
        return await self.post(
            raw, headers | {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={mac.hexdigest()}"}
        )


def written(sending: Sending) -> tuple[str, str]:
    """The body of a request and its content type."""
    if sending.kind == EVENTS:
        return json.dumps(sending.body, ensure_ascii=False), "application/json"
    if sending.kind == COMMANDS:
        return urlencode(sending.body), "application/x-www-form-urlencoded"
    packed = json.dumps(sending.body, ensure_ascii=False)
    return urlencode({"payload": packed}), "application/x-www-form-urlencoded"


def _read(answered: Answered) -> Any:
    if not answered.text:
        return None
    try:
        return json.loads(answered.text)
    except ValueError:
        return {"text": answered.text}

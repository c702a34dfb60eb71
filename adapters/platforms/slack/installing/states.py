"""The word that goes with a browser to Slack and back: who does not bring it did not begin here.

A state is a random word, when it ends, and a signature over both: any of our processes can tell it is ours without
having been told. That it is used once is written down, so that it holds for all of them. That it comes back in the same
browser is seen by a cookie, as Bolt does it.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from bot.ports.clock import Clock
from bot.ports.store import Store

LASTS: Final = timedelta(minutes=10)
_PLATFORM: Final = "slack"
_PURPOSE: Final = b"counterpoint/slack/state/v1\x1f"
_BYTES: Final = 24
_STATE: Final = re.compile(r"(?P<word>[0-9a-f]{48})\.(?P<until>[0-9]{1,12})\.(?P<signature>[0-9a-f]{64})", re.ASCII)


class States(AsyncOAuthStateStore):
    """Issues states and takes each back once."""

    def __init__(
        self, store: Store, clock: Clock, secret: str, *, random: Callable[[int], str] = secrets.token_hex
    ) -> None:
        """`secret` is one that all processes know and nobody else; `random` gives that many bytes in hexadecimal."""
        self._store = store
        self._clock = clock
        self._secret = hashlib.sha256(_PURPOSE + secret.encode()).digest()
        self._random = random

    async def async_issue(self, *_: object, **__: object) -> str:
        """A new state."""
        until = int((self._clock.now() + LASTS).timestamp())
        told = f"{self._random(_BYTES)}.{until}"
        return f"{told}.{self._signature(told)}"

    async def async_consume(self, state: str) -> bool:
        """Whether it is one of ours, in time, and for the first time.

        Raises:
            StoreError: the database failed; nobody knows.
        """
        found = _STATE.fullmatch(state)
        if found is None:
            return False
        told, _, signature = state.rpartition(".")
        now = self._clock.now()
        if not hmac.compare_digest(signature, self._signature(told)) or now.timestamp() >= int(found["until"]):
            return False
        async with self._store.unit() as unit:
            is_first = await unit.inbounds.claim(_PLATFORM, f"state/{found['word']}", at=now)
            await unit.commit()
        return is_first

    def _signature(self, told: str) -> str:
        return hmac.new(self._secret, told.encode(), hashlib.sha256).hexdigest()

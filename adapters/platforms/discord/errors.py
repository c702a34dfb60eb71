"""Discord's refusals in our words. What an error means decides whether a message may be posted again."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import aiohttp
import discord

from bot.errors import MessageRefused, PlaceClosed, PlatformBusy, PlatformError, PlatformUnavailable

TOO_LATE = frozenset({10062, 40060, 50027, 10015})
"""Of an interaction: its three seconds, or its fifteen minutes, are over; or it was answered already; or never was."""
UNKNOWN_CHANNEL = 10003
UNKNOWN_MESSAGE = 10008
ARCHIVED = 50083
"""Of a thread that a message would have opened, had nobody locked it."""
THREAD_STANDS = 160004
"""The message has, or had, a thread."""
TOKEN_REFUSED = 401
_FULL = frozenset({30033, 160006})
"""Too many people in a thread; too many open threads in the server."""


@contextmanager
def translated() -> Iterator[None]:
    """Turn the library's errors into ours."""
    try:
        yield
    except discord.RateLimited as error:
        raise PlatformBusy("rate limit", retry_after=timedelta(seconds=error.retry_after)) from error
    except discord.HTTPException as error:
        raise meaning(error) from error
    except aiohttp.ClientConnectorError as error:
        raise PlatformBusy(f"no connection: {type(error).__name__}") from error
    except (aiohttp.ClientError, TimeoutError, OSError, json.JSONDecodeError) as error:
        raise PlatformUnavailable(f"no answer: {type(error).__name__}") from error


def meaning(error: discord.HTTPException) -> PlatformError:
    """What a refusal means."""
    words = f"{error.status} {error.code}: {error.text}"[:300]
    if error.status == 429:
        return PlatformBusy(words, retry_after=asked_to_wait(error.response.headers.get("Retry-After")))
    if error.status in {TOKEN_REFUSED, 403, 404} or error.code in _FULL:
        return PlaceClosed(words)
    if error.status >= 500:
        return PlatformUnavailable(words)
    return MessageRefused(words)


def asked_to_wait(seconds: str | None) -> timedelta | None:
    """The value of a Retry-After header; None where it is missing or no number."""
    try:
        return timedelta(seconds=float(seconds or ""))
    except (ValueError, OverflowError):
        return None


def code_of(error: PlatformError) -> int:
    """Discord's number of a refusal; 0 where it gave none."""
    cause = error.__cause__
    return cause.code if isinstance(cause, discord.HTTPException) else 0


def status_of(error: PlatformError) -> int:
    """The HTTP status behind a refusal; 0 where there was none."""
    cause = error.__cause__
    return cause.status if isinstance(cause, discord.HTTPException) else 0

"""Discord's refusals in our words. What an error means decides whether a message may be posted again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import aiohttp
import discord

from bot.errors import MessageRefused, PlaceClosed, PlatformBusy, PlatformError, PlatformUnavailable

TOO_LATE = frozenset({10062, 40060})
"""Of an interaction: its three seconds, or its fifteen minutes, are over; or it was answered already."""
ARCHIVED = 50083


@contextmanager
def translated() -> Iterator[None]:
    """Turn the library's errors into ours."""
    try:
        yield
    except discord.RateLimited as error:
        raise PlatformBusy("rate limit", retry_after=timedelta(seconds=error.retry_after)) from error
    except discord.HTTPException as error:
        raise meaning(error) from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise PlatformUnavailable(f"no answer: {type(error).__name__}") from error


def meaning(error: discord.HTTPException) -> PlatformError:
    """What a refusal means."""
    words = f"{error.status} {error.code}: {error.text}"[:300]
    if error.status == 429:
        return PlatformBusy(words)
    if error.status in {401, 403, 404}:
        return PlaceClosed(words)
    if error.status >= 500:
        return PlatformUnavailable(words)
    return MessageRefused(words)

"""Slack's refusals in our words. What an error means decides whether a message may be posted again."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Final

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.errors import (
    MessageRefused,
    PlaceClosed,
    PlatformBusy,
    PlatformError,
    PlatformUnavailable,
    ThreadWithdrawn,
)

NOT_A_MEMBER: Final = "not_in_channel"
NO_CHANNEL: Final = "channel_not_found"
MISSING_SCOPE: Final = "missing_scope"
ARCHIVED: Final = "is_archived"
NO_TOKEN: Final = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "token_revoked",
        "token_expired",
        "not_allowed_token_type",
        "no_permission",
        "invalid_token",
    }
)
"""The token opens nothing (any more)."""
GONE: Final = frozenset({"message_not_found", "thread_not_found", "cannot_reply_to_message"})
_TAKEN_PERHAPS: Final = frozenset({"internal_error", "fatal_error"})
"""Slack says of these that some of it may have succeeded."""
_NOT_NOW: Final = frozenset(
    {
        "ratelimited",
        "rate_limited",
        "message_limit_exceeded",
        "service_unavailable",
        "request_timeout",
        "team_added_to_org",
        "org_login_required",
        "external_channel_migrating",
    }
)
"""Not taken; the request came incomplete, there were too many, or the workspace is being moved."""
_CLOSED: Final = NO_TOKEN | frozenset(
    {
        NOT_A_MEMBER,
        NO_CHANNEL,
        MISSING_SCOPE,
        ARCHIVED,
        "team_access_not_granted",
        "team_not_found",
        "access_denied",
        "accesslimited",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "two_factor_setup_required",
        "no_dual_broadcast_content_update",
        "cannot_dm_bot",
        "messages_tab_disabled",
        "method_not_supported_for_channel_type",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
        "users_not_found",
        "user_is_bot",
        "user_is_restricted",
        "is_inactive",
        "not_in_team",
        "free_team_not_allowed",
    }
)
_CLOSED_BEGIN: Final = ("restricted_action", "slack_connect_")
_SERVER_ERROR: Final = 500
_TOO_MANY: Final = 429
_USED_UP: Final = frozenset({403, 404, 410})


@contextmanager
def translated() -> Iterator[None]:
    """Turn the library's errors into ours."""
    try:
        yield
    except SlackApiError as error:
        raise meaning(error) from error
    except aiohttp.ClientConnectorError as error:
        raise PlatformBusy(f"no connection: {type(error).__name__}") from error
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError, AttributeError) as error:
        # The library takes every answer for an object: a page of a proxy is an AttributeError, rubbish a ValueError.
        raise PlatformUnavailable(f"no answer: {type(error).__name__}") from error


def meaning(error: SlackApiError) -> PlatformError:
    """What a refusal means."""
    status, code = _status(error), _code(error)
    words = " ".join((str(status), code or "no answer we understand", *_details(error)))[:300]
    if status == _TOO_MANY or code in _NOT_NOW:
        return PlatformBusy(words, retry_after=asked_to_wait(_header(error, "Retry-After")))
    if code in _CLOSED or code.startswith(_CLOSED_BEGIN):
        return PlaceClosed(words)
    if code in GONE:
        return ThreadWithdrawn(words)
    if not code or code in _TAKEN_PERHAPS or status >= _SERVER_ERROR:
        return PlatformUnavailable(words)
    return MessageRefused(words)


def answered(status: int, retry_after: str | None = None) -> PlatformError:
    """What a refusal by status alone means: that of a `response_url`, which is used up or too old after a while."""
    words = f"{status}: the answer was not taken"
    if status == _TOO_MANY:
        return PlatformBusy(words, retry_after=asked_to_wait(retry_after))
    if status >= _SERVER_ERROR:
        return PlatformUnavailable(words)
    return PlaceClosed(words) if status in _USED_UP else MessageRefused(words)


def asked_to_wait(seconds: str | None) -> timedelta | None:
    """The value of a Retry-After header; None where it is missing or no number."""
    try:
        return timedelta(seconds=float(seconds or ""))
    except (ValueError, OverflowError):
        return None


def code_of(error: BaseException) -> str:
    """Slack's word for a refusal, such as `not_in_channel`; empty where it gave none."""
    cause = error.__cause__
    return _code(cause) if isinstance(cause, SlackApiError) else ""


def _answer(error: SlackApiError) -> Mapping[str, Any]:
    data = getattr(error.response, "data", None)
    return data if isinstance(data, Mapping) else {}


def _code(error: SlackApiError) -> str:
    return str(_answer(error).get("error") or "")[:100]


def _status(error: SlackApiError) -> int:
    # Of rubbish the library gives the answer itself instead of what it makes of one.
    response: Any = error.response
    found = getattr(response, "status_code", None) or getattr(response, "status", None)
    return found if isinstance(found, int) else 0


def _header(error: SlackApiError, name: str) -> str | None:
    headers = getattr(error.response, "headers", None) or {}
    return next((str(value) for key, value in headers.items() if str(key).lower() == name.lower()), None)


def _details(error: SlackApiError) -> list[str]:
    """What Slack says of what was wrong: which scope is missing, which block is not valid."""
    answer = _answer(error)
    needed = answer.get("needed")
    metadata = answer.get("response_metadata")
    messages = metadata.get("messages") if isinstance(metadata, Mapping) else None
    found = [f"needs {needed}"] if isinstance(needed, str) else []
    return found + [str(one) for one in messages or () if isinstance(messages, list)]

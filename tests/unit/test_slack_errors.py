"""What Slack's refusals mean: whether a message may be posted again hangs on it."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from adapters.platforms.slack.errors import asked_to_wait, code_of, meaning, translated
from bot.errors import (
    MessageRefused,
    PlaceClosed,
    PlatformBusy,
    PlatformError,
    PlatformUnavailable,
    ThreadWithdrawn,
)


def refusal(code: str | None, status: int = 200, headers: dict[str, str] | None = None, **more: Any) -> SlackApiError:
    """Slack's answer as the library gives it."""
    data = {"ok": False, **more} | ({"error": code} if code else {})
    return SlackApiError("no", SimpleNamespace(data=data, status_code=status, headers=headers or {}))  # type: ignore[no-untyped-call]


MEANINGS: list[tuple[type[PlatformError], list[str]]] = [
    (PlatformUnavailable, ["internal_error", "fatal_error"]),
    (PlatformBusy, ["ratelimited", "message_limit_exceeded", "service_unavailable", "request_timeout"]),
    (PlaceClosed, ["channel_not_found", "not_in_channel", "is_archived", "restricted_action"]),
    (PlaceClosed, ["restricted_action_read_only_channel", "restricted_action_thread_locked", "ekm_access_denied"]),
    (PlaceClosed, ["token_revoked", "account_inactive", "invalid_auth", "missing_scope", "team_access_not_granted"]),
    (PlaceClosed, ["cannot_dm_bot", "user_disabled", "slack_connect_file_link_sharing_blocked"]),
    (ThreadWithdrawn, ["thread_not_found", "cannot_reply_to_message", "message_not_found"]),
    (MessageRefused, ["msg_too_long", "msg_blocks_too_long", "invalid_blocks", "no_text", "invalid_metadata_format"]),
    (MessageRefused, ["a_word_that_nobody_has_heard"]),
]


@pytest.mark.parametrize(("kind", "code"), [(kind, code) for kind, codes in MEANINGS for code in codes])
def test_each_refusal_means_one_thing(kind, code):
    """Also one that Slack invents tomorrow: it says that it did not take the message."""
    found = meaning(refusal(code))
    assert type(found) is kind
    assert code in str(found)


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        (PlatformUnavailable, 500, None),
        (PlatformUnavailable, 502, "no_text"),
        (PlatformUnavailable, 200, None),
        (PlatformUnavailable, 403, None),
        (PlatformBusy, 429, None),
        (PlatformBusy, 503, "service_unavailable"),
        (PlaceClosed, 500, "is_archived"),
    ],
)
def test_where_slack_gives_no_word_that_we_know_its_status_decides(kind, status, code):
    """A page of a proxy leaves it open whether the message was taken."""
    assert type(meaning(refusal(code, status))) is kind


def test_a_rate_limit_says_how_long_however_its_header_is_spelt():
    """Retry code looks at nothing else."""
    found = meaning(refusal("ratelimited", 429, {"retry-after": "7"}))
    assert isinstance(found, PlatformBusy)
    assert found.retry_after == timedelta(seconds=7)
    assert [asked_to_wait(value) for value in (None, "", "soon", "1e400")] == [None] * 4


def test_what_was_wrong_is_said_in_few_words():
    """The missing scope, the block that is not valid; never more than a line."""
    told = meaning(refusal("missing_scope", needed="channels:history"))
    assert str(told) == "200 missing_scope needs channels:history"
    long = meaning(refusal("invalid_blocks", response_metadata={"messages": ["[ERROR] too long" * 100]}))
    assert len(str(long)) == 300
    assert str(meaning(refusal("no_text", response_metadata={"messages": "?"}))) == "200 no_text"


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (PlatformBusy, aiohttp.ClientConnectorError(SimpleNamespace(host="h", port=1, ssl=None), OSError("no"))),  # type: ignore[arg-type]
        (PlatformUnavailable, aiohttp.ServerDisconnectedError()),
        (PlatformUnavailable, TimeoutError()),
        (PlatformUnavailable, ConnectionResetError()),
        (PlatformUnavailable, AttributeError("'str' object has no attribute 'get'")),
        (PlatformUnavailable, ValueError("no JSON")),
        (PlaceClosed, refusal("is_archived")),
    ],
)
def test_no_error_of_a_library_gets_through(kind, error):
    """Only where no connection was made it is sure that nothing was taken."""
    with pytest.raises(kind) as caught, translated():
        raise error
    assert type(caught.value) is kind


def test_slacks_word_can_be_asked_for_and_is_empty_where_there_was_none():
    """Some refusals are answered by doing something."""
    with pytest.raises(PlaceClosed) as caught, translated():
        raise refusal("not_in_channel")
    assert code_of(caught.value) == "not_in_channel"
    assert code_of(PlaceClosed("of our own")) == ""
    rubbish = SlackApiError("page", SimpleNamespace(status=200, headers={}))  # type: ignore[no-untyped-call]
    assert type(meaning(rubbish)) is PlatformUnavailable

"""Broken answers end in text that can be read, or in one of our errors; nothing ever crashes."""

import json
import unicodedata
from datetime import timedelta
from typing import Any

import pytest

from adapters.models.openai.gateway import ChatModel
from adapters.models.openai.text import MOST_BYTES
from bot.domain.tokens import Used
from bot.errors import ModelError, ModelMisconfigured, ModelRefused, ModelUnavailable
from bot.ports.model import Delta, Ended, ModelRequest
from tests.fakes.clock import FakeClock
from tests.fakes.crew import KeptEvents
from tests.fakes.minds import Broken, MindServer, Said
from tests.integration.model_stage import STORY, TEXT, Script, document, stage

SOUND = Said(json.dumps({"title": "The bridge opens in May", "body": [{"text": "It does.", "evidence": ["3.1"]}]}))
ERRORS = {
    "think_only": None,
    "content_filter": ModelRefused,
    "content_filter_empty": ModelRefused,
    "refusal_field": ModelRefused,
    "rate_limited": ModelUnavailable,
    "rate_limited_long": ModelUnavailable,
    "quota": ModelMisconfigured,
    "error_500": ModelUnavailable,
    "error_502_page": ModelUnavailable,
    "error_503": ModelUnavailable,
    "forbidden": ModelMisconfigured,
    "page": ModelMisconfigured,
    "not_json": ModelUnavailable,
    "error_in_200": ModelUnavailable,
    "hang": ModelUnavailable,
    "cut": ModelUnavailable,
    "cut_before": ModelUnavailable,
    "stream_garbage": ModelUnavailable,
    "stream_error": ModelUnavailable,
    "stream_empty": ModelUnavailable,
    "wrong_type": None,
    "stream_endless": None,
    "usage_missing": None,
    "usage_absurd": None,
    "five_megabytes": None,
}
"""What some kinds have to end in: an error, or (None) text."""


async def outcome(model: ChatModel, request: ModelRequest) -> tuple[str, Used] | ModelError:
    """What came of a question."""
    text, ended = "", None
    try:
        async for piece in model.stream(request):
            assert ended is None
            if isinstance(piece, Delta):
                text += piece.text
            else:
                ended = piece
    except ModelError as error:
        return error
    assert isinstance(ended, Ended)
    return text, ended.used


@pytest.mark.parametrize("kind", Broken.KINDS)
async def test_every_kind_of_broken_answer_ends_well(kind: str):
    """In text and in a form; twice each on the same client, so that what was learned is there the second time."""
    slow = kind in {"hang", "drip"}
    async with MindServer(Broken(kind, then=Script(SOUND))) as server:
        events = KeptEvents()
        settings = server.settings(timeout=timedelta(seconds=0.15 if slow else 20))
        model = ChatModel(settings, clock=FakeClock(), events=events)
        for request in (TEXT, STORY) if slow or kind == "stream_endless" else (TEXT, TEXT, STORY, STORY):
            found = await outcome(model, request)
            if isinstance(found, ModelError):
                assert str(found)
                assert len(str(found)) < 700
                assert ERRORS.get(kind, type(found)) is type(found)
            else:
                assert_readable(*found)
                assert ERRORS.get(kind) is None
        await model.close()
    assert set(events.names()) <= {"model_called", "model_failed"}
    assert "bridge" not in repr((events.told, events.warned))


def assert_readable(text: str, used: Used) -> None:
    """Valid, without thoughts and controls, not too long; counted within reason."""
    assert len(text.encode()) <= MOST_BYTES
    assert not {letter for letter in text if unicodedata.category(letter) in {"Cc", "Cs"}} - {"\n", "\t"}
    assert "<think" not in text
    assert "perhaps" not in text.lower()
    assert 0 <= used.given < 10_000_000
    assert 0 <= used.cached <= used.taken < 10_000_000


def _stream(*pieces: Any) -> bytes:
    return b"".join(b"data: " + json.dumps(piece).encode() + b"\n\n" for piece in pieces) + b"data: [DONE]\n\n"


END = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}


def said(content: Any) -> Any:
    """A piece with this content."""
    return {"choices": [{"index": 0, "delta": {"content": content}}]}


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        ([said("One "), said("two"), END], "One two"),
        ([said(None), said("Yes"), END], "Yes"),
        ([said(["a", 1]), said("Yes"), END], "Yes"),
        ([said([{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": "Yes"}]), END], "Yes"),
        ([said({"text": "no"}), said(7), said(True), said("Yes"), END], "Yes"),
        ([{"choices": None}, {"choices": {}}, {"choices": "x"}, {"choices": [None, 3, "x"]}, said("Yes"), END], "Yes"),
        ([None, 3, "text", [], [[]], {}, said("Yes"), END], "Yes"),
        ([{"choices": [{"index": 0, "delta": None, "message": {"content": "Yes"}}]}, END], "Yes"),
        ([{"choices": [{"delta": {"content": "Yes"}}]}, END], "Yes"),
        ([{"choices": [{"index": 1, "delta": {"content": "No"}}]}, said("Yes"), END], "Yes"),
        ([said("Yes"), {"choices": [{"index": 0, "delta": {}, "finish_reason": "eos"}]}], "Yes"),
        ([said("Yes"), {"choices": [{"index": 0, "delta": {}, "finish_reason": 7}]}, END], "Yes"),
        ([said("Yes"), {"choices": [], "usage": {"prompt_tokens": 3}}], "Yes"),
        ([said("Yes") | {"model": 5}, END | {"model": None}], "Yes"),
        ([said("Yes"), {"choices": [{"delta": {"tool_calls": [{"function": {"name": "post"}}]}}]}, END], "Yes"),
        ([said("\ud83d"), said("\ude00"), END], "😀"),
        ([said("Yes"), {"choices": [{"index": 0, "delta": {"refusal": None}, "finish_reason": "stop"}]}], "Yes"),
        ([END], ""),
    ],
)
async def test_odd_pieces_of_a_stream_do_not_hide_the_text(pieces: list[Any], text: str):
    """Fields that are missing, null, or of another kind."""
    async with stage(document(_stream(*pieces), "text/event-stream; charset=utf-8")) as found:
        for _ in range(2):
            assert (await found.ask())[0] == text


@pytest.mark.parametrize(
    ("reason", "error"),
    [
        ("content_filter", ModelRefused),
        ("SAFETY", ModelRefused),
        ("error", ModelUnavailable),
        ("abort", ModelUnavailable),
    ],
)
async def test_an_answer_that_ended_badly_is_none(reason: str, error: type[Exception]):
    """Also where text came before."""
    body = _stream(said("Ye"), {"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})
    async with stage(document(body, "text/event-stream")) as found:
        with pytest.raises(error):
            await found.ask()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/json"),
        (b"null", "application/json"),
        (b"[]", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"1" * 5000, "application/json"),
        (b"\xff\xfe\x00", "application/json"),
        (b"OK", "text/plain"),
        (b"", ""),
        (b"", "text/event-stream"),
        (b"data: \n\n", "text/event-stream"),
        (b"data: {\n\n", "text/event-stream"),
        (b"data: " + b"[" * 100_000 + b"\n\n", "text/event-stream"),
        (b"data: " + b"1" * 5000 + b"\n\n", "text/event-stream"),
        (b"data: \xff\xfe\n\n", "text/event-stream"),
        (b"event: ping\n\n: nothing\n\n", "text/event-stream"),
        (b'data: {"choices": []}\n\n', "text/event-stream"),
        (b"data: x\ndata: y\n", "text/plain"),
        (b"{}{}", "application/x-ndjson"),
        (b'{"choices": [{"delta": {"content": "cu', "application/json"),
    ],
)  # fmt: skip
async def test_what_is_no_answer_is_said_to_be_none(body: bytes, kind: str):
    """Whatever it is; it is not asked for again, since it may be billed."""
    async with stage(document(body, kind)) as found:
        with pytest.raises(ModelUnavailable):
            await found.ask()
        assert len(found.server.calls) == 1


async def test_a_body_without_end_is_left():
    """Long before the memory is full."""
    async with stage(document(b'{"choices": "' + b"x" * (17 * 2**20) + b'"}')) as found:
        with pytest.raises(ModelUnavailable, match="broke off"):
            await found.ask()

"""The client of chat completions: what it sends, what it learns from refusals, when it asks again, what it tells."""

import asyncio
import json
import traceback
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.models.openai.gateway import build
from bot.config import ModelSettings
from bot.domain.tokens import Price, Used
from bot.errors import ConfigError, ModelMisconfigured, ModelRefused, ModelUnavailable
from tests.fakes.clock import FakeClock
from tests.fakes.crew import KeptEvents
from tests.fakes.minds.likeness import LIKENESSES, LlamaCpp, Old, Ollama, Refused, Vendor
from tests.fakes.minds.saying import Said, Wire
from tests.integration.model_stage import FORM, STORY, TEXT, Stage, document, failing, stage

HELLO = Said("Hello to all of you there, and a good day.")
FORMED = Said('{"title": "A bridge"}')


class Picky(Vendor):
    """Refuses whatever `words` are said of; `names` are the fields it does not take."""

    def __init__(self, *names: str, words: str = "Unsupported parameter: {}", status: int = 400, **error: Any) -> None:
        super().__init__()
        object.__setattr__(self, "refusing", (names, words, status, error))

    def check(self, body: Any) -> None:
        names, words, status, error = getattr(self, "refusing")  # noqa: B009  # a frozen class
        for name in names:
            if name in body:
                raise Refused(status, {"error": {"message": words.format(name), **error}})


# ---------------------------------------------------------------- what is sent


async def test_calls_of_an_edition_begin_with_the_same_characters():
    """How to work, then what to work on, then the task; two messages, so that nothing of the task comes early."""
    async with stage(HELLO) as found:
        await found.ask()
        await found.ask(replace(TEXT, task="Say something else.", about="story 3"))
        one, two = (body["messages"] for body in found.bodies)
        assert one == [
            {"role": "system", "content": "Work like this."},
            {"role": "user", "content": "On these texts.\n\nSay something."},
        ]
        assert two[0] == one[0]
        assert found.bodies[0]["prompt_cache_key"] == found.bodies[1]["prompt_cache_key"]
        await found.ask(replace(TEXT, shared="On others."))
        assert found.bodies[2]["prompt_cache_key"] != found.bodies[0]["prompt_cache_key"]


async def test_a_call_without_material_or_manner_has_no_empty_message():
    """Some servers refuse those."""
    async with stage(HELLO) as found:
        await found.ask(replace(TEXT, stable="", shared=""))
        assert found.bodies[0]["messages"] == [{"role": "user", "content": "Say something."}]


async def test_a_hash_of_the_person_goes_along_and_nothing_where_nobody_asked():
    """For the provider's abuse checks."""
    async with stage(HELLO) as found:
        await found.ask()
        await found.ask(replace(TEXT, user=None))
        assert found.bodies[0]["safety_identifier"] == "ab12"
        assert "safety_identifier" not in found.bodies[1]


async def test_half_a_character_in_a_prompt_does_not_stop_it():
    """It cannot be written as UTF-8."""
    async with stage(HELLO) as found:
        await found.ask(replace(TEXT, shared="an \ud83d eye"))
        assert "an ? eye" in found.bodies[0]["messages"][1]["content"]


async def test_answers_in_a_form_are_asked_for_coolly_and_others_as_the_model_is():
    """A temperature is sent with schemas only; the effort, where it is set."""
    async with stage(FORMED, HELLO, effort="low") as found:
        await found.ask(STORY)
        await found.ask()
        first, second = found.bodies
        assert first["temperature"] == 0.2
        assert first["reasoning_effort"] == "low"
        assert first["response_format"]["json_schema"] == {"name": "story", "schema": FORM, "strict": True}
        assert "temperature" not in second
        assert "response_format" not in second


async def test_the_vendor_is_asked_with_the_new_name_of_the_limit():
    """Others with the old one, which more of them know."""
    from adapters.models.openai.ladder import call, first_habits

    assert call(TEXT, "m", None, first_habits(vendor=True)).body["max_completion_tokens"] == 200
    async with stage(HELLO) as found:
        await found.ask()
        assert found.bodies[0]["max_tokens"] == 200
        assert "max_completion_tokens" not in found.bodies[0]


async def test_a_server_that_wants_no_key_gets_a_placeholder():
    """The library does not do without."""
    async with stage(HELLO, like=Ollama(), key=None) as found:
        assert (await found.ask())[0] == HELLO.text


# ---------------------------------------------------------------- what is learned


@pytest.mark.parametrize(
    "name",
    ["stream_options", "temperature", "prompt_cache_key", "safety_identifier", "max_tokens",
     "reasoning_effort"],
)  # fmt: skip
@pytest.mark.parametrize(
    ("words", "status", "error"),
    [
        ("Unsupported parameter: '{}' is not supported with this model.", 400, {"param": "any"}),
        ("Unrecognized request argument supplied: {}", 400, {}),
        ("[{{'type': 'extra_forbidden', 'loc': ('body', '{}'), 'msg': 'Extra inputs are not permitted'}}]", 422, {}),
        ("not implemented: {}", 501, {}),
    ],
)
async def test_a_field_that_is_refused_is_left_out_from_then_on(
    name: str, words: str, status: int, error: dict[str, str]
):
    """In whatever words; the second call has no refusal."""
    async with stage(FORMED, like=Picky(name, words=words, status=status, **error), effort="low") as found:
        for _ in range(2):
            assert (await found.ask(STORY))[0] == FORMED.text
        statuses = [call.status for call in found.server.calls]
        assert statuses == [status, 200, 200]
        assert name in found.bodies[0]
        assert name not in found.bodies[2]


async def test_a_refusal_that_names_nothing_leads_to_the_barest_call():
    """And what that left out stays left out."""

    class Gruff(Vendor):
        def check(self, body: Any) -> None:
            if "stream_options" in body:
                raise Refused(400, {"detail": "Bad Request"})

    async with stage(FORMED, like=Gruff()) as found:
        assert (await found.ask(STORY))[0] == FORMED.text
        await found.ask(STORY)
        assert [call.status for call in found.server.calls] == [400, 200, 200]
        assert sorted(found.bodies[1]) == ["max_tokens", "messages", "model", "stream"]
        assert '"additionalProperties": false' in found.bodies[1]["messages"][1]["content"]


async def test_a_server_that_refuses_everything_is_not_asked_for_ever():
    """Once with everything, once without; then it is a refusal."""
    async with stage(failing(400, b'{"detail": "no"}')) as found:
        with pytest.raises(ModelRefused, match="refuses the call"):
            await found.ask(STORY)
        assert len(found.server.calls) == 2


async def test_a_server_that_names_every_field_in_turn_comes_to_an_end():
    """Each refusal leaves something out, so there are never more than there are fields."""
    body = json.dumps({"error": {"message": "response_format temperature max_tokens stream_options"}}).encode()
    async with stage(failing(400, body)) as found:
        with pytest.raises(ModelRefused):
            await found.ask(STORY)
        assert len(found.server.calls) < 8


async def test_the_ladder_goes_down_to_words():
    """json_schema, json_object, then only the schema in the task."""
    async with stage(FORMED, like=Picky("response_format")) as found:
        await found.ask(STORY)
        formats = [body.get("response_format", {}).get("type") for body in found.bodies]
        assert formats == ["json_schema", "json_object", None]
        texts = [body["messages"][1]["content"] for body in found.bodies]
        assert ["JSON Schema" in text for text in texts] == [False, True, True]
        assert found.events.told[0][1]["rung"] == "plain"


async def test_a_schema_that_is_refused_does_not_cost_others_their_rung():
    """The server knows schemas; this one is beyond it."""

    class Narrow(Vendor):
        def check(self, body: Any) -> None:
            wanted = body.get("response_format") or {}
            if wanted.get("type") == "json_schema" and wanted["json_schema"]["name"] == "story":
                raise Refused(400, {"error": {"message": "Invalid schema for response_format 'story'"}})

    async with stage(FORMED, like=Narrow()) as found:
        await found.ask(STORY)
        await found.ask(replace(STORY, answer="frame"))
        formats = [body["response_format"]["type"] for body in found.bodies]
        assert formats == ["json_schema", "json_object", "json_schema"]


async def test_a_server_that_takes_a_schema_and_forgets_it_is_asked_in_words_next_time():
    """An answer that does not begin like JSON shows it."""
    async with stage(Said("Sure! Here is your story: {}")) as found:
        for _ in range(3):
            await found.ask(STORY)
        formats = [body.get("response_format", {}).get("type") for body in found.bodies]
        assert formats == ["json_schema", "json_object", None]


async def test_a_template_without_system_messages_gets_one_message():
    """The manner goes before the material."""

    class Flat(Vendor):
        def check(self, body: Any) -> None:
            if body["messages"][0]["role"] == "system":
                raise Refused(500, {"error": {"message": "System role not supported"}})

    async with stage(HELLO, like=Flat()) as found:
        await found.ask()
        await found.ask()
        assert len(found.server.calls) == 3
        assert found.bodies[2]["messages"][0]["content"].startswith("Work like this.\n\nOn these texts.")


async def test_what_one_model_does_not_take_another_of_the_server_may():
    """It is remembered by model."""

    class Two(Vendor):
        def check(self, body: Any) -> None:
            if body["model"] == "mind-large" and "temperature" in body:
                raise Refused(400, {"error": {"message": "temperature is deprecated", "param": "temperature"}})

    async with stage(FORMED, like=Two()) as found:
        await found.ask(STORY)
        await found.ask(replace(STORY, role="small"))
        assert found.bodies[-1]["temperature"] == 0.2


# ---------------------------------------------------------------- streams


async def test_a_server_that_does_not_stream_is_heard_all_the_same():
    """One document although a stream was asked for; its counts are in it."""
    body = {
        "model": "old-one",
        "choices": [{"message": {"content": "Whole."}}],
        "usage": {"prompt_tokens": 7, "completion_tokens": 2},
    }
    async with stage(document(json.dumps(body).encode())) as found:
        text, ended = await found.ask()
        assert (text, ended.model, ended.used) == ("Whole.", "old-one", Used(7, 2, 0, 0.0))


async def test_a_stream_under_another_name_is_read():
    """Some servers call it text."""
    lines = b'data: {"choices": [{"delta": {"content": "One "}}]}\n\ndata: {"choices": [{"delta": {"content": "two"}, '
    lines += b'"finish_reason": "stop"}]}\n\ndata: [DONE]\n\n'
    async with stage(document(lines, "text/plain")) as found:
        assert (await found.ask())[0] == "One two"


async def test_the_first_text_is_held_back_and_others_come_as_they_are_written():
    """Until a model has shown whether its text begins with a thought whose first mark the server hides."""
    async with stage(HELLO) as found:
        await found.ask()
        assert len(found.pieces) == 2
        await found.ask()
        assert len(found.pieces) > 2


async def test_a_model_that_begins_with_its_thoughts_streams_from_their_end_on():
    """In every call: the thought is never given."""
    async with stage(Said("Hm, a person asks. </think>\n\nHello to all of you there, and a good day.")) as found:
        for _ in range(3):
            assert (await found.ask())[0] == HELLO.text
        assert len(found.pieces) > 2


async def test_a_model_that_suddenly_begins_with_its_thoughts_is_stopped():
    """What it gave cannot be taken back, so there is no answer; the next time it is held back."""
    thinks = Said("Hm, a person asks me something again. </think>\n\nHello to all of you.")
    async with stage(HELLO, thinks) as found:
        await found.ask()
        with pytest.raises(ModelUnavailable, match="began with its thoughts"):
            await found.ask()
        assert (await found.ask())[0] == "Hello to all of you."


async def test_thoughts_beside_the_answer_are_not_text():
    """They count all the same."""
    async with stage(Said("Yes.", reasoning="Let me think. " * 30, usage="missing")) as found:
        text, ended = await found.ask()
        assert text == "Yes."
        assert ended.used.given > 100


async def test_a_stream_that_stays_open_after_its_end_is_left():
    """The answer is there, and what it took."""
    async with stage(replace(HELLO, wire=Wire(endless=True))) as found:
        assert (await found.ask())[0] == HELLO.text


async def test_a_server_without_end_is_cut_at_64_kib():
    """And the connection closed."""
    async with stage(Said("word " * 40_000)) as found:
        text, ended = await found.ask(replace(TEXT, most_tokens=100_000))
        assert (len(text.encode()), ended.finish) == (65_536, "length")


async def test_a_slow_drip_ends_by_the_deadline():
    """Something comes all the time, and never the end."""
    async with stage(replace(HELLO, wire=Wire(drip=0.02)), timeout=timedelta(seconds=0.15)) as found:
        began = asyncio.get_running_loop().time()
        with pytest.raises(ModelUnavailable, match="did not answer in time"):
            await found.ask()
        assert asyncio.get_running_loop().time() - began < 5
        assert len(found.server.calls) == 1


async def test_silence_ends_by_the_deadline():
    """Before the first byte; not asked again, since nobody knows what it has done."""
    async with stage(Said(None, wire=Wire(hang=True)), timeout=timedelta(seconds=0.1)) as found:
        with pytest.raises(ModelUnavailable, match="did not answer in time"):
            await found.ask()
        assert len(found.server.calls) == 1


# ---------------------------------------------------------------- asking again


@pytest.mark.parametrize("said", [failing(status) for status in (408, 409, 425, 429, 500, 502, 503, 529)])
async def test_a_passing_failure_is_waited_out(said: Said):
    """Twice at most."""
    async with stage(said, said, HELLO) as found:
        assert (await found.ask())[0] == HELLO.text
        assert found.clock.slept == [timedelta(seconds=1), timedelta(seconds=4)]
        assert found.events.told[0][1]["tries"] == 3
    async with stage(said, said, said, HELLO) as found:
        with pytest.raises(ModelUnavailable):
            await found.ask()
        assert len(found.server.calls) == 3


async def test_a_connection_that_breaks_before_an_answer_is_made_again():
    """Nothing of an answer has come."""
    async with stage(replace(HELLO, wire=Wire(cut=0.0)), HELLO) as found:
        assert (await found.ask())[0] == HELLO.text


async def test_an_answer_that_breaks_off_is_not_asked_for_again():
    """It may be billed, and part of it may be shown already."""
    async with stage(replace(HELLO, wire=Wire(cut=0.6)), HELLO) as found:
        with pytest.raises(ModelUnavailable, match="broke off"):
            await found.ask()
        assert len(found.server.calls) == 1


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry_after": "7"}, 7.0),
        ({"retry_after": "0.5"}, 0.5),
        ({"retry_after_ms": "1500"}, 1.5),
        ({"retry_after": "-3"}, 0.0),
        ({"retry_after": "Sat, 21 Nov 2026 08:00:20 GMT"}, 20.0),
        ({"retry_after": "Sat, 21 Nov 2026 07:00:00 GMT"}, 0.0),
        ({"retry_after": "soon"}, 1.0),
        ({"retry_after": "1e999"}, 1.0),
        ({"retry_after": "nan"}, 1.0),
    ],
)
async def test_a_server_that_says_when_is_asked_then(headers: Any, wait: float):
    """Seconds, milliseconds or a date; what is none of these counts as nothing."""
    async with stage(failing(429, **headers), HELLO) as found:
        await found.ask()
        assert found.clock.slept == [timedelta(seconds=wait)]


async def test_a_server_that_wants_more_than_a_minute_is_left_alone():
    """Whoever asked is told how long."""
    async with stage(failing(429, retry_after="61"), HELLO) as found:
        with pytest.raises(ModelUnavailable) as raised:
            await found.ask()
        assert raised.value.retry_after == timedelta(seconds=61)
        assert found.clock.slept == []


async def test_nobody_waits_past_the_deadline():
    """There would be no time left to answer."""
    async with stage(failing(429, retry_after="30"), HELLO, timeout=timedelta(seconds=20)) as found:
        with pytest.raises(ModelUnavailable):
            await found.ask()
        assert found.clock.slept == []


@pytest.mark.parametrize("body", [
    b'{"error": {"message": "You exceeded your current quota", "code": "insufficient_quota"}}',
    b'{"error": {"message": "Insufficient Balance"}}',
])  # fmt: skip
@pytest.mark.parametrize("status", [402, 429])
async def test_an_empty_account_is_not_waited_for(body: bytes, status: int):
    """Only the operator can mend it."""
    async with stage(failing(status, body)) as found:
        with pytest.raises(ModelMisconfigured, match="no credit"):
            await found.ask()
        assert len(found.server.calls) == 1


@pytest.mark.parametrize(
    ("error", "kind", "calls"),
    [
        ({"message": "Overloaded", "code": 503}, ModelUnavailable, 3),
        ({"message": "Overloaded"}, ModelUnavailable, 3),
        ({"message": "bad", "code": 400}, ModelUnavailable, 2),
        ({"message": "the request exceeds the available context size"}, ModelRefused, 1),
        ({"message": "flagged by moderation"}, ModelRefused, 1),
    ],
)
async def test_an_error_inside_of_a_stream_is_told_from_an_answer(error: Any, kind: type[Exception], calls: int):
    """A stream that was opened well and holds nothing but an error."""
    body = b"data: " + json.dumps({"error": error}).encode() + b"\n\n"
    async with stage(document(body, "text/event-stream")) as found:
        with pytest.raises(kind):
            await found.ask()
        assert len(found.server.calls) == calls


# ---------------------------------------------------------------- errors, in words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (failing(401), "does not take the key"),
        (failing(403), "does not take the key"),
        (failing(404), "no /chat/completions below"),
        (failing(405), "usually ends with /v1"),
        (failing(404, b'{"error": "model \'mind-large\' not found"}'), "knows no model mind-large"),
        (failing(400, b'{"error": {"message": "x", "code": "model_not_found"}}'), "counterpoint doctor"),
        (failing(307, location="https://user:pw@elsewhere.example/v1?token=1"), "on to https://elsewhere.example,"),
        (failing(302), "OPENAI_BASE_URL"),
        (document(b"<!doctype html><html>Sign in</html>", "text/html"), "answers with a web page"),
    ],
)
async def test_what_the_operator_has_to_mend_is_said(said: Said, words: str):
    """What is wrong, and which setting it is."""
    async with stage(said) as found:
        with pytest.raises(ModelMisconfigured) as raised:
            await found.ask()
        assert words in str(raised.value)
        assert len(found.server.calls) == 1


async def test_a_server_that_wants_a_key_where_none_is_set_says_so():
    """Not that it is a wrong one."""
    async with stage(HELLO, key=None) as found:
        with pytest.raises(ModelMisconfigured, match=r"wants a key \(401\)\. Set OPENAI_API_KEY"):
            await found.ask()


async def test_nobody_at_the_address_is_no_answer():
    """It may work later."""
    async with stage(HELLO, address="http://127.0.0.1:1/v1") as found:
        with pytest.raises(ModelUnavailable, match=r"http://127\.0\.0\.1:1/v1 cannot be reached .* running"):
            await found.ask()


async def test_the_key_is_in_no_error_no_event_and_no_name():
    """Also where a server repeats it, and in the chain of errors as it is printed."""
    key = "sk-secret-0123456789"
    body = json.dumps({"error": {"message": f"Incorrect API key provided: {key}"}}).encode()
    async with stage(failing(401, body), failing(500, key.encode()), key=key) as found:
        for _ in range(2):
            with pytest.raises((ModelMisconfigured, ModelUnavailable)) as raised:
                await found.ask()
            printed = "".join(traceback.format_exception(raised.value)) + repr(raised.value)
            assert key not in printed
            assert "***" in str(raised.value)
        assert key not in repr((found.events.warned, found.model, vars(found.model)))


async def test_an_address_is_shown_without_what_is_secret_in_it():
    """Name, password and query."""
    async with stage(HELLO) as found:
        address = found.server.address.replace("http://", "http://name:pass-word@")
        model = build(
            found.server.settings(address=f"{address}/nothing?token=t"), clock=FakeClock(), events=KeptEvents()
        )
        with pytest.raises(ModelMisconfigured) as raised:
            await anext(aiter(model.stream(TEXT)))
        assert "pass-word" not in str(raised.value)
        assert "token" not in str(raised.value)
        assert f"127.0.0.1:{found.server.port}/v1/nothing" in str(raised.value)
        await model.close()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"address": "http://[nowhere"}, "OPENAI_BASE_URL"),
        ({"address": "http://host:999999/v1"}, "OPENAI_BASE_URL"),
        ({"key": "ключ"}, "OPENAI_API_KEY"),
    ],
)
def test_settings_that_cannot_be_are_mistakes(settings: dict[str, Any], words: str):
    """Found before anything is sent."""
    given = ModelSettings(**({"large": "m", "small": "m", "key": "k"} | settings))
    with pytest.raises(ConfigError, match=words):
        build(given, clock=FakeClock(), events=KeptEvents())


# ---------------------------------------------------------------- what is told, and what it took


async def test_each_call_is_told_once_and_without_its_text():
    """What it was for, how it went, what it took."""
    prices = {"mind-large": Price(2.0, 8.0, 0.5)}
    async with stage(failing(429), HELLO, prices=prices) as found:
        _, ended = await found.ask()
        assert found.events.warned == []
        ((name, facts),) = found.events.told
        assert name == "model_called"
        assert facts == {
            "role": "large", "model": "mind-large", "about": "story 2", "seconds": 1.0, "tokens_in": ended.used.taken,
            "tokens_out": ended.used.given, "cached": 0, "cost": ended.used.cost, "rung": "plain", "tries": 2,
            "finish": "stop",
        }  # fmt: skip


async def test_a_call_that_failed_is_told_with_what_it_may_have_cost():
    """Nothing, where nothing of an answer came."""
    async with stage(failing(503), replace(HELLO, wire=Wire(cut=0.8)), timeout=timedelta(seconds=0.5)) as found:
        for _ in range(2):
            with pytest.raises(ModelUnavailable):
                await found.ask()
        tokens = [(facts["tokens_in"], facts["error"]) for _, facts in found.events.warned]
        assert tokens[0] == (0, "ModelUnavailable")
        assert isinstance(tokens[1][0], int)
        assert tokens[1][0] > 10


async def test_a_clock_that_stands_still_gives_no_seconds():
    """Durations are then unknown."""
    async with stage(HELLO) as found:
        events = KeptEvents()
        model = build(found.server.settings(), clock=FakeClock(still=True), events=events)
        assert [piece async for piece in model.stream(TEXT)]
        assert events.told[0][1]["seconds"] is None
        await model.close()


@pytest.mark.parametrize(
    ("usage", "used"),
    [
        ({"prompt_tokens": 100, "completion_tokens": 9, "prompt_tokens_details": {"cached_tokens": 64}}, (100, 9, 64)),
        ({"prompt_tokens": 100, "completion_tokens": 9, "prompt_tokens_details": None}, (100, 9, 0)),
        ({"prompt_tokens": 100, "completion_tokens": 9, "prompt_tokens_details": {"cached_tokens": None}}, (100, 9, 0)),
        ({"prompt_tokens": 100, "completion_tokens": 9, "prompt_cache_hit_tokens": 80}, (100, 9, 80)),
        (
            {"prompt_tokens": 100, "completion_tokens": 9, "prompt_tokens_details": {"cached_tokens": 900}},
            (100, 9, 100),
        ),
    ],
)
async def test_what_a_call_took_is_as_the_server_counted(usage: Any, used: tuple[int, int, int]):
    """Cached ones are part of those taken, however they are told."""
    body = {"choices": [{"message": {"content": "Yes."}, "finish_reason": "stop"}], "usage": usage}
    async with stage(document(json.dumps(body).encode())) as found:
        found_used = (await found.ask())[1].used
        assert (found_used.taken, found_used.given, found_used.cached) == used


@pytest.mark.parametrize("usage", [
    None, {}, [], "many", {"prompt_tokens": -5, "completion_tokens": 10**12}, {"prompt_tokens": True},
    {"prompt_tokens": 1.5, "completion_tokens": None}, {"prompt_tokens": "100"},
])  # fmt: skip
async def test_counts_that_cannot_be_are_estimated(usage: Any):
    """Budgets are made of them."""
    body = {"choices": [{"message": {"content": "Yes, of course."}, "finish_reason": "stop"}], "usage": usage}
    async with stage(document(json.dumps(body).encode())) as found:
        used = (await found.ask())[1].used
        assert 10 < used.taken < 100
        assert 1 < used.given < 50


async def test_a_price_is_found_by_either_name():
    """As it was asked for, or as the server calls it."""
    body = {"model": "mind-large-2026", "choices": [{"message": {"content": "Yes."}, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 1_000_000, "completion_tokens": 0}}  # fmt: skip
    for name in ("mind-large", "mind-large-2026"):
        async with stage(document(json.dumps(body).encode()), prices={name: Price(3.0, 1.0, 1.0)}) as found:
            assert (await found.ask())[1].used.cost == pytest.approx(3.0)


async def test_calls_of_an_edition_are_mostly_cached():
    """At least four fifths of what calls 2 and on take, on a server that counts whole prefixes."""
    shared = " ".join(f"Passage {number} says that pier {number % 9} leaks." for number in range(700))
    async with stage(FORMED) as found:
        for number in range(4):
            task = f"Write story {number}. " + "Mind the length. " * 30
            _, ended = await found.ask(replace(STORY, shared=shared, task=task))
            if number:
                assert ended.used.cached >= 0.8 * ended.used.taken


@pytest.mark.parametrize("like", [LlamaCpp(), Old(), LIKENESSES["thinking"]])
async def test_calls_side_by_side_learn_together(like: Any):
    """None fails because another learned first."""
    async with stage(FORMED, like=like) as found:
        answers = await asyncio.gather(*(_answer(found) for _ in range(5)))
        assert answers == [FORMED.text] * 5


async def _answer(found: Stage) -> str:
    return "".join([piece.text async for piece in found.model.stream(STORY) if hasattr(piece, "text")])

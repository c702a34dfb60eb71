"""The doctor of models: what it finds at good servers, at bad ones, and of the context that a server really keeps."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.models.openai.doctor import examine
from adapters.models.openai.planting import SIZES, prompt_of
from bot.domain.finding import Finding
from bot.domain.tokens import estimate
from tests.fakes.clock import FakeClock
from tests.fakes.minds import LIKENESSES, Broken, MindServer, Ollama, Prompt, Said, Vendor, Wire
from tests.integration.model_stage import Script, document, failing


def able(prompt: Prompt) -> Said:
    """Does what the doctor asks for, as far as it sees it."""
    planted = re.search(r"The password is (\w+)\.", prompt.text)
    if planted:
        return Said(f"{planted[1].capitalize()}.")
    if "password" in prompt.text:
        return Said("I see no password.")
    return Said('{"colour": "green", "count": 5}' if "colour" in prompt.text else "one two three four " * 10)


def by(findings: list[Finding]) -> dict[str, Finding]:
    """Findings by what was looked at, without the name of the model."""
    return {finding.what.removeprefix("mind-large: "): finding for finding in findings}


async def looked_at(
    *said: Any, like: Any = None, thorough: bool = False, context: int = 128_000, **changes: Any
) -> dict[str, Finding]:
    """What the doctor finds at a server with one model."""
    async with MindServer(Script(*said or (able,)), like=like, context=context, models=["mind-large"]) as server:
        return by(await examine(server.settings(**changes), thorough=thorough, clock=FakeClock()))


async def test_at_a_good_server_everything_is_well():
    """Reached, let in, offered, in a form, streaming, counted."""
    found = await looked_at()
    assert {name: finding.verdict for name, finding in found.items()} == {
        "address": "ok", "key": "ok", "models": "ok", "answers in a form": "ok", "streams": "ok", "speed": "ok",
        "counts tokens": "ok", "context": "note",
    }  # fmt: skip
    assert found["answers in a form"].value == "yes, by json_schema"
    assert "30,000 tokens" in str(found["context"].remedy)
    assert all(finding.area == "model" for finding in found.values())


async def test_without_being_thorough_it_costs_little():
    """Two short calls a model."""
    async with MindServer(Script(able)) as server:
        await examine(server.settings(), clock=FakeClock())
        assert len(server.calls) == 4
        assert sum(call.prompt_tokens for call in server.calls) < 400


@pytest.mark.parametrize(
    ("kind", "rung", "refused"),
    [
        ("vendor", "json_schema", None),
        ("thinking", "json_schema", "temperature"),
        ("ollama", "json_schema", None),
        ("llamacpp", "json_schema", None),
        ("old", "plain", "prompt_cache_key, safety_identifier, stream_options"),
    ],
)
async def test_it_says_what_a_server_takes(kind: str, rung: str, refused: str | None):
    """The rung of the ladder, and what is left out."""
    found = await looked_at(like=LIKENESSES[kind])
    assert found["answers in a form"].value == f"yes, by {rung}"
    assert ("refuses" in found) == (refused is not None)
    if refused:
        assert refused in found["refuses"].value
    assert found["counts tokens"].value.startswith("no" if kind == "old" else "yes")
    if kind == "ollama":
        assert "not which" in found["counts tokens"].value


async def test_a_model_that_is_not_offered_is_named_with_its_nearest():
    """Where the server knows its models."""
    async with MindServer(Script(able), models=["mind-large", "other", "mind-small"]) as server:
        found = await examine(server.settings(large="mind-lagre", small="mind-lagre"), clock=FakeClock())
        wrong = next(finding for finding in found if finding.verdict == "wrong")
        assert "knows no model mind-lagre" in wrong.value
        assert wrong.remedy is not None
        assert wrong.remedy.startswith("Nearest names: mind-large,")


async def test_a_server_that_takes_any_name_gets_a_note():
    """It has one model, whatever it is called."""
    found = await looked_at(like=LIKENESSES["llamacpp"], large="mind-lagre", small="mind-lagre")
    assert found["mind-lagre: name"].verdict == "note"
    assert "nearest: mind-large" in found["mind-lagre: name"].value


async def test_a_wrong_key_is_all_that_is_told():
    """Nothing else can be looked at."""
    found = await looked_at(key="wrong-key-0123456789")
    assert found["key"].verdict == "wrong"
    assert "OPENAI_API_KEY" in found["key"].value
    assert "wrong-key-0123456789" not in repr(found)
    assert set(found) == {"address", "key"}


async def test_nobody_at_the_address_is_all_that_is_told():
    """With what to do."""
    found = await looked_at(address="http://127.0.0.1:1/v1")
    assert set(found) == {"address"}
    assert found["address"].verdict == "failed"
    assert found["address"].remedy is not None


async def test_an_address_that_is_none_is_a_finding():
    """Not a crash."""
    found = await looked_at(address="http://[nowhere")
    assert found["address"].verdict == "wrong"


async def test_an_address_without_v1_is_found_by_the_first_call():
    """There is no list of models there, and nothing else."""
    async with MindServer(Script(able)) as server:
        settings = server.settings(address=server.address.removesuffix("/v1"), small="mind-large")
        found = by(await examine(settings, clock=FakeClock()))
        assert found["models"].value == "the server does not list them"
        assert "usually ends with /v1" in found["answers"].value
        assert found["answers"].verdict == "wrong"


async def test_a_server_that_does_not_stream_gets_a_note():
    """Answers come whole."""
    body = b'{"choices": [{"message": {"content": "{\\"colour\\": \\"red\\", \\"count\\": 3}"}}]}'
    found = await looked_at(document(body))
    assert found["streams"].verdict == "note"
    assert found["counts tokens"].value == "no: they are estimated"


async def test_a_model_that_does_not_keep_to_a_form_gets_a_note():
    """Its answers are read as well as can be."""
    for text in ("Green, five letters.", '{"colour": 5, "count": "x"}', "[" * 5000):
        found = await looked_at(Said(text))
        assert found["answers in a form"].verdict == "note"


async def test_a_slow_model_gets_a_note_with_what_a_story_takes():
    """And which setting cuts it off."""
    found = await looked_at(able, lambda prompt: replace(able(prompt), text="one two", wire=Wire(drip=0.02)))
    slow = found["speed"]
    assert slow.verdict == "note"
    assert slow.remedy is not None
    assert "COUNTERPOINT_MODEL_TIMEOUT is 180" in slow.remedy


@pytest.mark.parametrize(
    "kind",
    [
        "fences",
        "think_headless",
        "think_only",
        "think_endless",
        "truncated",
        "deep_nesting",
        "string_of_json",
        "all_null",
        "null",
        "five_thousand",
        "surrogates",
        "empty",
        "null_content",
        "refusal_field",
        "content_filter",
        "tool_calls",
        "quota",
        "rate_limited_long",
        "error_502_page",
        "page",
        "not_json",
        "error_in_200",
        "no_choices",
        "hang",
        "cut_before",
        "stream_garbage",
        "stream_empty",
        "stream_endless",
        "usage_absurd",
    ],
)
async def test_whatever_a_server_answers_it_does_not_crash(kind: str):
    """Broken answers of every sort give findings; the client has met them all in its own tests."""
    patience = timedelta(seconds=0.1 if kind in {"hang", "drip"} else 20)
    async with MindServer(Broken(kind, then=Script(able)), models=["mind-large"]) as server:
        found = await examine(server.settings(timeout=patience), clock=FakeClock())
        assert found
        assert all(finding.value and len(finding.value) < 800 for finding in found)


# ---------------------------------------------------------------- the context


@pytest.mark.parametrize("tokens", [200, 1_700, 15_000])
def test_a_prompt_is_as_long_as_it_is_to_be(tokens: int):
    """By our estimate, within two in a hundred; the word stands in its first line only."""
    prompt = prompt_of(tokens, "quillback")
    assert 0.96 * tokens < estimate(prompt) < 1.02 * tokens + 10
    assert prompt.startswith("The password is quillback.\n")
    assert prompt.count("quillback") == 1


async def test_a_server_that_keeps_all_is_well():
    """All four sizes came back, with both counts."""
    found = await looked_at(thorough=True)
    assert [found[f"prompt of {size}k"].verdict for size in (2, 4, 8, 16)] == ["ok"] * 4
    assert "tokens by the server" in found["prompt of 16k"].value
    assert found["context"].verdict == "ok"
    assert "16,384" in found["context"].value


async def test_being_thorough_takes_about_what_it_says():
    """Some 30,000 tokens a model, and each prompt fits the size it is for."""
    async with MindServer(Script(able), models=["mind-large"]) as server:
        await examine(server.settings(), thorough=True, clock=FakeClock())
        planted = [call.prompt_tokens for call in server.calls[2:]]
        assert len(planted) == 4
        assert all(0.7 * size < tokens < size - 100 for size, tokens in zip(SIZES, planted, strict=True))
        assert 24_000 < sum(planted) < 32_000


@pytest.mark.parametrize(("keeps", "told"), [(2_048, "2,048"), (4_096, "4,096"), (10_000, "8,192")])
async def test_a_server_that_drops_the_beginning_is_found_out(keeps: int, told: str):
    """It says nothing of it itself."""
    async with MindServer(Script(able), like=Ollama(), context=keeps, models=["mind-large"]) as server:
        found = by(await examine(server.settings(context=16_384), thorough=True, clock=FakeClock()))
        assert found["prompt of 16k"].value.startswith("16k: lost")
        assert found["context"].verdict == "wrong"
        assert f"up to {told} tokens" in found["context"].value


async def test_a_server_that_keeps_what_is_set_is_well_though_it_keeps_no_more():
    """Calls are made to fit."""
    found = await looked_at(like=Ollama(), context=4_096, thorough=True)
    assert found["prompt of 8k"].verdict == "note"
    assert found["context"].verdict == "ok"


async def test_the_fix_is_said_for_each_kind_of_server():
    """In words that can be copied."""
    async with MindServer(Script(able), like=Ollama(), context=4_096, models=["mind-large"]) as server:
        found = by(await examine(server.settings(context=16_384), thorough=True, clock=FakeClock()))
        context = found["context"]
        assert context.verdict == "wrong"
        assert "up to 4,096 tokens, and 16,384 are set" in context.value
        assert context.remedy is not None
        for words in (
            "OLLAMA_CONTEXT_LENGTH=16384", "PARAMETER num_ctx 16384", "llama-server -c 16384", "--parallel",
            "--max-model-len 16384", "COUNTERPOINT_MODEL_CONTEXT to what is kept: 4096.",
        ):  # fmt: skip
            assert words in context.remedy


async def test_a_server_that_refuses_what_is_too_long_is_told_by_its_words():
    """And the sizes below came back."""
    async with MindServer(Script(able), like=Vendor(), context=8_192, models=["mind-large"]) as server:
        found = by(await examine(server.settings(context=16_384), thorough=True, clock=FakeClock()))
        assert found["prompt of 8k"].verdict == "ok"
        assert "longer than the server's context" in found["prompt of 16k"].value
        assert found["context"].verdict == "wrong"


async def test_a_model_too_weak_to_say_a_word_back_is_told_apart():
    """The context may be smaller, or the model too weak: nobody can tell."""
    found = await looked_at(able, able, Said("Pardon?"), thorough=True)
    assert found["context"].verdict == "wrong"
    assert "too weak" in found["context"].value


async def test_an_error_at_one_size_is_a_finding_and_ends_it_there():
    """Longer prompts would only cost."""
    found = await looked_at(able, able, able, failing(500), thorough=True)
    assert "prompt of 8k" not in found
    assert "500" in found["prompt of 4k"].value
    assert found["context"].verdict == "note"
    assert "at least 2,048 tokens" in found["context"].value
    found = await looked_at(able, able, failing(500), thorough=True)
    assert found["context"].verdict == "failed"


async def test_a_server_that_counts_otherwise_gets_prompts_of_the_right_length():
    """After the first, prompts are as long as the server counts."""
    body = (
        b'{"choices": [{"message": {"content": "quillback marzipan tamarind gannet"}}], "usage": {"prompt_tokens": %d}}'
    )
    async with MindServer(Script(able, able, document(body % 855), able), models=["mind-large"]) as server:
        await examine(server.settings(), thorough=True, clock=FakeClock())
        lengths = [len(call.messages[0][1]) for call in server.calls[2:]]
        assert lengths[1] > 3.5 * lengths[0]

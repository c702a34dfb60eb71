"""The server of minds takes, refuses, counts and breaks as servers of models do."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from tests.fakes.minds import KEY, LARGE, SMALL, Broken, Good, LlamaCpp, MindServer, Old, Ollama, Prompt, Said, Vendor
from tests.unit.minds_samples import PROMPTS, story_prompt

Ask = Callable[..., Any]
HELLO = [{"role": "user", "content": "The password is gannet. Which is it?"}]


class Says:
    """A mind of one sentence."""

    def __init__(self, text: str = "one two three STOP four five six seven eight nine ten") -> None:
        self.text = text
        self.seen: list[Prompt] = []

    def answer(self, prompt: Prompt) -> Said:
        self.seen.append(prompt)
        return Said(self.text)


@asynccontextmanager
async def asking(server: MindServer) -> AsyncIterator[Ask]:
    """A plain client: status and body."""
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {KEY}"}) as session:

        async def ask(
            messages: Any = HELLO, *, path: str = "chat/completions", headers: Any = None, **body: Any
        ) -> Any:
            whole = {"model": LARGE, "messages": messages} | body
            async with session.post(f"{server.address}/{path}", json=whole, headers=headers) as answer:
                text = await answer.text()
                return answer.status, json.loads(text) if answer.content_type == "application/json" else text

        yield ask


def events(text: str) -> list[Any]:
    lines = [line.removeprefix("data: ") for line in text.split("\n\n") if line.startswith("data: ")]
    return [json.loads(line) if line != "[DONE]" else line for line in lines]


async def test_an_answer_comes_whole_or_piece_by_piece() -> None:
    """The same words, with what they took; every call is kept."""
    async with MindServer(Good()) as server, asking(server) as ask:
        status, whole = await ask()
        assert (status, whole["choices"][0]["message"]["content"], whole["model"]) == (200, "gannet", LARGE)
        _, text = await ask(stream=True, stream_options={"include_usage": True})
        *chunks, usage, done = events(text)
        assert "".join(c["choices"][0]["delta"].get("content", "") for c in chunks) == "gannet"
        assert (chunks[-1]["choices"][0]["finish_reason"], usage["choices"], done) == ("stop", [], "[DONE]")
        assert usage["usage"] == whole["usage"]
        first, second = server.calls
        assert (first.stream, second.stream, second.model) == (False, True, LARGE)
        assert first.messages == (("user", HELLO[0]["content"]),)
        assert first.prompt_tokens == whole["usage"]["prompt_tokens"] > 5
        assert first.ended is not None
        assert first.said == "gannet"


async def test_who_asks_shows_the_key_and_names_a_model_that_is_there() -> None:
    """401 and 404 in the vendor's shape; local servers take any key, llama.cpp any name."""
    async with MindServer(Good()) as server, asking(server) as ask:
        status, said = await ask(headers={"Authorization": "Bearer sk-wrong"})
        assert (status, said["error"]["code"]) == (401, "invalid_api_key")
        assert (await ask(headers={"Authorization": ""}))[0] == 401
        status, said = await ask(model="mind-unknown")
        assert (status, said["error"]["code"]) == (404, "model_not_found")
        assert (await ask(path="responses"))[0] == 404
        assert server.answered == []
        server.like = Ollama()
        assert (await ask(headers={"Authorization": ""}))[0] == 200
        assert (await ask(model="mind-unknown"))[0] == 404
        server.like = LlamaCpp()
        assert (await ask(model="mind-unknown"))[0] == 200


async def test_models_are_listed() -> None:
    """With the key only."""
    async with MindServer(Good()) as server, aiohttp.ClientSession() as session:
        async with session.get(f"{server.address}/models") as answer:
            assert answer.status == 401
        async with session.get(f"{server.address}/models", headers={"Authorization": f"Bearer {KEY}"}) as answer:
            assert [model["id"] for model in (await answer.json())["data"]] == [LARGE, SMALL]


SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False}


def in_form(schema: Any, name: str = "Try") -> Any:
    return {"type": "json_schema", "json_schema": {"name": name, "strict": True, "schema": schema}}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"temprature": 1}, "Unrecognized request argument"),
        ({"messages": []}, "Missing required parameter"),
        ({"messages": [{"role": "king", "content": "x"}]}, "Invalid value"),
        ({"messages": [{"role": "user", "content": None}]}, "Invalid type"),
        ({"max_tokens": 5, "max_completion_tokens": 5}, "at the same time"),
        ({"stream_options": {"include_usage": True}}, "only allowed when"),
        ({"response_format": {"type": "xml"}}, "Invalid value"),
        ({"response_format": {"type": "json_object"}}, "must contain the word 'json'"),
        ({"response_format": in_form(SCHEMA, "a name")}, "name"),
        ({"response_format": in_form(SCHEMA | {"required": []})}, "Missing 'a'"),
        ({"response_format": in_form({"type": "object", "properties": {}})}, "additionalProperties"),
        ({"response_format": in_form({"type": "array", "items": {"type": "object"}})}, "additionalProperties"),
        ({"response_format": in_form({"type": "array", "prefixItems": []})}, "prefixItems"),
        ({"response_format": in_form(SCHEMA | {"$defs": {"N": SCHEMA | {"required": []}}})}, "Missing 'a'"),
    ],
)
async def test_a_vendor_refuses_what_it_does_not_know(body: dict[str, Any], words: str) -> None:
    """400, with the reason in its words."""
    async with MindServer(Good(), like=Vendor()) as server, asking(server) as ask:
        status, said = await ask(**body)
        assert (status, said["error"]["type"]) == (400, "invalid_request_error")
        assert words in said["error"]["message"]


async def test_our_schemas_are_strict_enough() -> None:
    """And what comes back keeps to the schema."""
    from bot.domain.prose.shapes import StoryProse

    form = PROMPTS.form(StoryProse)
    messages = [{"role": role, "content": text} for role, text in story_prompt().messages]
    async with MindServer(Good()) as server, asking(server) as ask:
        status, said = await ask(messages, response_format=in_form(form.schema, "StoryProse"))
        assert status == 200
        assert form.read(said["choices"][0]["message"]["content"]).body
        assert server.calls[0].task == "story 1"


async def test_models_that_think_take_other_parameters() -> None:
    """No `max_tokens`, no temperature but 1."""
    async with MindServer(Good(), like=Vendor(thinks=True)) as server, asking(server) as ask:
        assert [(await ask(**body))[0] for body in ({"max_tokens": 9}, {"temperature": 0.2}, {"temperature": 1})] == [
            400,
            400,
            200,
        ]


async def test_an_old_server_refuses_what_is_new_and_counts_nothing() -> None:
    """In the words of three servers."""
    async with MindServer(Good(), like=Old()) as server, asking(server) as ask:
        new = ({"response_format": {"type": "json_object"}}, {"max_completion_tokens": 5}, {"user": "x"})
        assert [(await ask(**body))[0] for body in new] == [400, 400, 400]
        status, said = await ask(stream=True, stream_options={"include_usage": True})
        assert (status, said["object"]) == (400, "error")
        status, said = await ask(max_tokens=50)
        assert (status, "usage" in said) == (200, False)


async def test_what_is_too_long_is_refused_or_loses_its_head() -> None:
    """Each kind of server in its way; the answer's room counts."""
    mind = Says()
    long = [{"role": "system", "content": "The rules. " * 200}, {"role": "user", "content": "Water. " * 200 + "End."}]
    async with MindServer(mind, context=500) as server, asking(server) as ask:
        status, said = await ask(long)
        assert (status, said["error"]["code"]) == (400, "context_length_exceeded")
        assert (await ask(max_tokens=499))[0] == 400
        server.like = LlamaCpp()
        assert (await ask(long))[1]["error"]["type"] == "exceed_context_size_error"
        server.like = Old()
        assert "maximum context length" in (await ask(long))[1]["message"]
        server.like = Ollama()
        assert (await ask(long, surprise=1))[0] == 200
        assert server.calls[-1].prompt_tokens <= 500
        assert mind.seen[-1].text.endswith("End.")
        assert len(mind.seen[-1].text) < len(long[0]["content"])


async def test_answers_end_where_they_are_told_to() -> None:
    """At a stop word, or at the most tokens."""
    async with MindServer(Says()) as server, asking(server) as ask:
        _, said = await ask(stop=["STOP"])
        assert said["choices"][0]["message"]["content"] == "one two three "
        for limit in ("max_tokens", "max_completion_tokens"):
            _, said = await ask(**{limit: 2})
            choice = said["choices"][0]
            assert (choice["message"]["content"], choice["finish_reason"]) == ("one two", "length")
            assert said["usage"]["completion_tokens"] == 2


async def test_what_calls_begin_with_in_common_is_cached() -> None:
    """From 1,024 tokens on, in steps of 128; also for calls side by side."""

    def messages(task: str) -> Any:
        return [{"role": "system", "content": "A long rule. " * 400}, {"role": "user", "content": task}]

    async with MindServer(Says()) as server, asking(server) as ask:
        for task in ("write", "repair", "write"):
            await ask(messages(task))
        await ask()
        first, second, third, short = server.calls
        assert (first.cached_tokens, short.cached_tokens) == (0, 0)
        assert 0.9 * second.prompt_tokens < second.cached_tokens < second.prompt_tokens
        assert second.cached_tokens % 128 == 0
        assert third.cached_tokens >= second.cached_tokens


async def test_calls_run_side_by_side() -> None:
    """The server knows how many ran at once."""
    async with MindServer(Says(), seconds=0.02) as server, asking(server) as ask:
        await asyncio.gather(*(ask() for _ in range(5)))
        assert server.most_at_once == 5
        assert all(call.ended is not None and call.ended > call.began for call in server.calls)


async def test_broken_servers_break_on_the_wire() -> None:
    """Statuses with their headers, pages, connections that end or never do."""
    async with MindServer(Broken("rate_limited")) as server, asking(server) as ask:
        async with aiohttp.ClientSession() as session:
            headers = {"Authorization": f"Bearer {KEY}"}
            body = {"model": LARGE, "messages": HELLO}
            async with session.post(f"{server.address}/chat/completions", json=body, headers=headers) as answer:
                assert (answer.status, answer.headers["Retry-After"]) == (429, "0")
        server.mind = Broken("error_502_page")
        assert (await ask())[0] == 502
        assert server.calls[-1].status == 502
        for kind in ("cut", "cut_before"):
            server.mind = Broken(kind)
            with pytest.raises(aiohttp.ClientError):
                await ask(stream=True)
        server.mind = Broken("stream_garbage")
        assert "data: {not json" in (await ask(stream=True))[1]
        server.mind = Broken("hang")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(ask(), 0.05)
        server.mind = Broken("drip")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(ask(), 0.05)


@pytest.mark.parametrize("kind", ["refusal_field", "tool_calls", "reasoning_beside", "null_content", "surrogates"])
async def test_odd_answers_come_in_both_forms(kind: str) -> None:
    """Whole and streamed, as JSON that can be read."""
    async with MindServer(Broken(kind)) as server, asking(server) as ask:
        status, whole = await ask()
        assert status == 200
        _, text = await ask(stream=True)
        assert len(events(text)) > 2
        message = whole["choices"][0]["message"]
        odd = {"refusal_field": "refusal", "tool_calls": "tool_calls", "reasoning_beside": "reasoning_content"}
        assert message[odd[kind]] if kind in odd else message["content"] in {None, '{"answer": "gannet"}'}


async def test_absurd_and_missing_counts() -> None:
    """Counts are somebody else's word, too."""
    async with MindServer(Broken("usage_absurd")) as server, asking(server) as ask:
        assert (await ask())[1]["usage"]["prompt_tokens"] < 0
        server.mind = Broken("usage_missing")
        assert "usage" not in (await ask())[1]


async def test_settings_lead_to_the_server() -> None:
    """What an operator would set."""
    async with MindServer(Good(), context=4096) as server:
        settings = server.settings(currency="€")
        assert (settings.large, settings.small, settings.address) == (LARGE, SMALL, server.address)
        assert (settings.key, settings.context, settings.currency) == (KEY, 4096, "€")
        assert replace(settings, key=None).key is None

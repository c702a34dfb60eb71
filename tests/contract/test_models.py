"""What every adapter of the port of language models promises, on servers of each kind."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.tokens import Price
from bot.errors import ModelMisconfigured, ModelRefused, ModelUnavailable
from bot.ports.model import Delta, Ended
from tests.fakes.minds.likeness import LIKENESSES
from tests.fakes.minds.saying import Prompt, Said, Wire
from tests.integration.model_stage import STORY, TEXT, Saying, Stage, failing, stage

KINDS = sorted(LIKENESSES)
SENTENCE = "The mayor says the bridge opens in May, and the engineers say that it does not."


@asynccontextmanager
async def on(kind: str, *said: Saying, **settings: Any) -> AsyncIterator[Stage]:
    async with stage(*said, like=LIKENESSES[kind], **settings) as found:
        yield found


@pytest.mark.parametrize("kind", KINDS)
async def test_text_comes_whole_and_its_end_comes_last(kind: str):
    """Also where a server refuses most of what a request may have."""
    async with on(kind, Said(SENTENCE)) as found:
        for _ in range(2):
            text, ended = await found.ask()
            assert (text, ended.finish, ended.model) == (SENTENCE, "stop", "mind-large")


@pytest.mark.parametrize("kind", KINDS)
async def test_an_answer_in_a_form_comes_back(kind: str):
    """On the rung of the ladder that the server has."""
    async with on(kind, Said('{"title": "A bridge"}')) as found:
        for _ in range(2):
            assert (await found.ask(STORY))[0] == '{"title": "A bridge"}'


@pytest.mark.parametrize("kind", KINDS)
async def test_what_a_server_refuses_is_paid_for_once(kind: str):
    """The second call is one request."""
    async with on(kind, Said('{"title": "A bridge"}')) as found:
        await found.ask(STORY)
        before = len(found.server.calls)
        await found.ask(STORY)
        assert len(found.server.calls) == before + 1


@pytest.mark.parametrize("kind", KINDS)
async def test_tokens_are_counted_or_estimated(kind: str):
    """Never none; what a model costs follows."""
    async with on(kind, Said(SENTENCE), prices={"mind-large": Price(1.0, 2.0, 0.5)}) as found:
        used = (await found.ask())[1].used
        assert used.taken >= found.server.answered[-1].prompt_tokens
        assert used.given >= found.server.answered[-1].completion_tokens
        assert used.cost == pytest.approx((used.taken + 2 * used.given) / 1_000_000)


@pytest.mark.parametrize("kind", KINDS)
async def test_an_answer_that_had_no_room_says_so(kind: str):
    """It was cut at `most_tokens`."""
    async with on(kind, Said(SENTENCE)) as found:
        text, ended = await found.ask(replace(TEXT, most_tokens=3))
        assert ended.finish == "length"
        assert SENTENCE.startswith(text)


@pytest.mark.parametrize("kind", KINDS)
async def test_an_empty_answer_ends_without_text(kind: str):
    """Whoever asked decides what that means."""
    async with on(kind, Said("")) as found:
        assert (await found.ask())[0] == ""
        assert len(found.pieces) == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("said", "error"),
    [
        (Said("I had begun", finish="content_filter"), ModelRefused),
        (Said(None, refusal="I cannot help with that."), ModelRefused),
        (failing(400, b'{"error": {"message": "Your prompt was flagged", "code": "content_filter"}}'), ModelRefused),
        (failing(413), ModelRefused),
        (failing(401), ModelMisconfigured),
        (failing(403), ModelMisconfigured),
        (failing(404), ModelMisconfigured),
        (failing(429), ModelUnavailable),
        (failing(503), ModelUnavailable),
        (Said(SENTENCE, wire=Wire(cut=0.0)), ModelUnavailable),
        (Said(SENTENCE * 9, wire=Wire(cut=0.7)), ModelUnavailable),
    ],
)  # fmt: skip
async def test_each_failure_is_one_of_three(kind: str, said: Said, error: type[Exception]):
    """It may work later, it never will, or the operator has to mend it."""
    async with on(kind, said) as found:
        with pytest.raises(error) as raised:
            await found.ask()
        assert type(raised.value) is error
        assert raised.value.__cause__ is not None or error is ModelRefused


@pytest.mark.parametrize("kind", KINDS)
async def test_a_prompt_beyond_the_context_is_refused_or_cut_by_the_server(kind: str):
    """Where the server says so, so do we, and what to do about it."""
    async with on(kind, Said("Yes.")) as found:
        found.server.context = 120
        asked = found.ask(replace(TEXT, shared="many words " * 200, most_tokens=20))
        if found.server.like.truncates:
            assert (await asked)[0] == "Yes."
        else:
            with pytest.raises(ModelRefused, match="COUNTERPOINT_MODEL_CONTEXT"):
                await asked


async def test_an_answer_that_nobody_wants_any_more_is_closed():
    """The connection goes with it, and the place for another call is free again."""
    async with on("vendor", Said("Short."), Said(SENTENCE * 30, wire=Wire(drip=0.01)), at_once=1) as found:
        await found.ask()
        async with aclosing(found.model.stream(TEXT)) as pieces:
            assert isinstance(await anext(pieces), Delta)
        assert [facts["finish"] for _, facts in found.events.told] == ["stop", "closed"]
        async with aclosing(found.model.stream(TEXT)) as pieces:
            assert isinstance(await anext(pieces), Delta)


async def test_a_call_that_is_cancelled_lets_go():
    """Of its connection and its place."""
    asked = asyncio.Event()

    def hang(_: Prompt) -> Said:
        asked.set()
        return Said(None, wire=Wire(hang=True))

    async with on("vendor", hang, Said("Here."), at_once=1) as found:
        asking = asyncio.create_task(found.ask())
        await asked.wait()
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert (await found.ask())[0] == "Here."


@pytest.mark.parametrize("most", [1, 3])
async def test_no_more_calls_run_side_by_side_than_may(most: int):
    """The others wait."""
    async with stage(Said("Yes."), seconds=0.02, at_once=most) as found:
        await asyncio.gather(*(_whole(found) for _ in range(6)))
        assert found.server.most_at_once == most


async def _whole(found: Stage) -> list[Delta | Ended]:
    return [piece async for piece in found.model.stream(TEXT)]


async def test_roles_are_the_models_that_are_set():
    """And the context is that of the settings."""
    async with stage(Said("Yes."), context=4096) as found:
        assert (found.model.name("large"), found.model.name("small")) == ("mind-large", "mind-small")
        assert found.model.context("small") == 4096
        assert (await found.ask(replace(TEXT, role="small")))[1].model == "mind-small"

"""A person sets a model up, has editions written, asks, writes one again, and asks the doctor why it does not work."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from adapters.cli.app import run
from adapters.cli.demonstration import SAMPLE
from adapters.wire.contract import from_json
from bot.domain.checks import check
from bot.domain.edition import Edition
from tests.fakes.minds import KEY, LARGE, SMALL, Good, MindServer

EVENING = "2026-03-05T18:00:00Z"
BRIEF = ("brief", "--roster", SAMPLE, "--now", EVENING, "--slot", "pm")
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    """No `.env` of the working folder; a database of its own."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def command(capsys) -> Command:
    """Run a command: its exit code, what it printed as data, what it printed beside it."""

    def call(*arguments: object) -> tuple[int, str, str]:
        code = run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return code, printed.out, printed.err

    return call


@pytest.fixture
def server(monkeypatch) -> Iterator[MindServer]:
    """A model's server beside the program, as the settings have it. Commands have loops of their own."""
    ready, done = threading.Event(), threading.Event()
    made = MindServer(Good())

    async def serve() -> None:
        async with made:
            ready.set()
            await asyncio.to_thread(done.wait)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(10)
    monkeypatch.setenv("OPENAI_BASE_URL", made.address)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("COUNTERPOINT_MODEL", LARGE)
    monkeypatch.setenv("COUNTERPOINT_MODEL_SMALL", SMALL)
    monkeypatch.setenv("COUNTERPOINT_MODEL_PRICES", f"{LARGE}=2/10/1")
    try:
        yield made
    finally:
        done.set()
        thread.join()


def test_an_edition_is_written_asked_and_written_again(command, server, tmp_path) -> None:
    """The card says who wrote it and what it took; the same again costs nothing; another rubric is told for once."""
    code, out, err = command(*BRIEF, "--format", "json")
    edition = from_json(Edition, out)
    assert (code, check(edition).ok) == (0, True), err
    assert edition.card.writer == f"written by {LARGE}, checked"
    assert edition.card.tokens["in"] == sum(call.prompt_tokens for call in server.answered)
    assert edition.card.cost > 0
    own = 1 - edition.card.checks.sentences_extractive / edition.card.checks.sentences
    assert own >= 0.9
    asked = len(server.calls)

    code, out, _ = command(*BRIEF, "--no-gather", "--format", "json")
    assert (code, from_json(Edition, out), len(server.calls)) == (0, edition, asked)

    code, out, _ = command("ask", edition.id, "How much does one Patchwren review cost?", "--format", "json")
    reply = json.loads(out)
    assert (code, reply["writer"]) == (0, LARGE)
    assert "1.90" in " ".join(sentence["text"] for sentence in reply["text"])

    rubric = tmp_path / "rubric.txt"
    rubric.write_text("What it costs a small team, and who has tried it.\n")
    code, out, _ = command("replay", edition.id, "--rubric", rubric, "--format", "json")
    told = json.loads(out)
    assert (code, told["check"]["ok"], told["kept"]["id"]) == (0, True, edition.id)
    assert told["again"]["card"]["writer"] == edition.card.writer
    assert any("What it costs a small team" in text for call in server.calls for _, text in call.messages)
    code, out, _ = command("ask", "latest", "sources 1", "--format", "json")
    assert (code, json.loads(out)["kind"]) == (0, "sources")


def test_a_selected_edition_can_be_written_later(command, server, monkeypatch) -> None:
    """Side by side in the terminal; without a model the selection itself is the other side."""
    monkeypatch.setenv("COUNTERPOINT_CURRENCY", "€")
    code, out, _ = command(*BRIEF, "--model", "extractive", "--format", "json")
    edition = from_json(Edition, out)
    assert (code, edition.card.writer, server.calls) == (0, "selected", [])
    code, out, _ = command("replay", "latest", "--model", SMALL)
    assert code == 0
    assert SMALL in out
    assert "selected" in out
    assert {call.model for call in server.answered} == {SMALL}
    code, out, err = command("replay", "latest", "--model", "extractive", "--format", "markdown")
    assert (code, out.splitlines()[0].count("selected"), err) == (0, 2, "")
    assert out.count("cost €0.0000") == 2


def test_what_cannot_be_written_again_is_said(command, server, tmp_path) -> None:
    """An unknown edition, a rubric that is none; each with words."""
    code, _, err = command("replay", "nothing-20260305-pm-00000000")
    assert (code, "No edition is kept" in err) == (2, True)
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"\xff\xfe")
    for path in (empty, Path("nowhere.txt")):
        code, _, err = command("replay", "latest", "--rubric", path)
        assert (code, "--rubric" in err) == (2, True)
    empty.write_text("x" * 601)
    assert command("replay", "latest", "--rubric", empty)[0] == 2
    assert server.calls == []


def test_a_model_that_does_not_answer_costs_the_prose_only(command, server, monkeypatch) -> None:
    """The edition is there, selected, and the reason is told once."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-wrong")
    code, out, err = command(*BRIEF, "--format", "json")
    assert (code, from_json(Edition, out).card.writer) == (0, "selected")
    assert err.count("401") == 1


def test_a_model_without_a_way_to_it_is_a_mistake(command) -> None:
    """With everything else that is wrong, in one breath."""
    code, _, err = command("brief", "--roster", SAMPLE, "--model", "tide-1", "--slot", "noon")
    assert code == 2
    assert "--model" in err
    assert "--slot" in err


def test_the_doctor_says_what_the_model_can_do(command, server, monkeypatch) -> None:
    """And what is wrong with it; a key without a name is only noted, and nothing is sent because of it."""
    code, out, _ = command("doctor", "--roster", SAMPLE, "--format", "json")
    found = [finding for finding in json.loads(out)["findings"] if finding["area"] == "model"]
    assert code == 0
    assert any("json_schema" in finding["value"] for finding in found)
    monkeypatch.setenv("COUNTERPOINT_MODEL", "mind-lage")
    code, out, _ = command("doctor", "--roster", SAMPLE, "--format", "json")
    wrong = [finding for finding in json.loads(out)["findings"] if finding["verdict"] == "wrong"]
    assert (code, LARGE in str(wrong)) == (2, True)
    monkeypatch.setenv("COUNTERPOINT_MODEL", "")
    monkeypatch.setenv("COUNTERPOINT_MODEL_SMALL", "")
    asked = len(server.calls)
    code, out, _ = command("doctor", "--roster", SAMPLE)
    assert "not set, though there is a key or an address" in " ".join(out.split())
    assert (code, len(server.calls)) == (0, asked)

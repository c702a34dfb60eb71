"""`counterpoint episode` and what can be asked of an episode from the command line."""

import json

import pytest

from adapters.cli.app import run
from adapters.wire.contract import from_json
from bot.domain.durations import duration
from bot.domain.episode import Episode
from tests.unit.episode_samples import russian, sample


@pytest.fixture
def command(capsys, tmp_path, monkeypatch):
    """Run a command in a folder and with a database of its own: its exit code, its data, what it said beside it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'kept.db'}")

    def call(*arguments: object) -> tuple[int, str, str]:
        code = run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return code, printed.out, printed.err

    return call


def captions(told=sample) -> str:
    """The sample conversation as somebody would upload it."""
    _, spoken = told()
    cues = [f"{_at(one.start)} --> {_at(one.end)}\n<v {one.speaker}>{one.text}\n" for one in spoken.utterances]
    return "\n".join(["WEBVTT\n", *cues])


def _at(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{int(seconds * 1000) % 1000:03}"


def test_a_transcript_becomes_an_overview_that_can_be_asked(command, tmp_path) -> None:
    """Printed as the contract says, kept, and then asked for a chapter, a person and something nobody said."""
    (tmp_path / "talk.vtt").write_text(captions())
    code, printed, beside = command("episode", "talk.vtt", "--format", "json")
    made = from_json(Episode, printed)
    assert (code, made.show, made.url, made.published, made.title) == (0, None, None, None, "talk")
    assert made.card.transcript == "upload"
    assert "Reading its transcript." in beside
    assert json.loads(printed)["chapters"][0].keys() >= {"number", "kind", "start", "end", "title", "summary", "quotes"}
    code, again, beside = command("episode", "talk.vtt", "--format", "json")
    assert (code, again) == (0, printed)
    assert "Finding its chapters." not in beside

    quoted = next(chapter for chapter in made.chapters if chapter.quotes)
    _, answer, _ = command("ask", made.id, f"chapter {quoted.number}", "--format", "markdown")
    assert quoted.title in answer
    assert duration(quoted.start) in answer
    _, answer, _ = command("ask", made.id, f"who is {made.people[0].name}")
    assert made.people[0].name.split()[0] in answer
    _, answer, _ = command("ask", made.id, "Who won the chess tournament in Reykjavik?")
    assert "Not in this episode" in answer


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_people_read_the_overview_then_every_chapter(command, tmp_path, form) -> None:
    """In the order of time, with every quotation and who and what is named."""
    (tmp_path / "talk.vtt").write_text(captions())
    _, printed, _ = command("episode", "talk.vtt", "--format", "json")
    made = from_json(Episode, printed)
    code, page, _ = command("episode", "talk.vtt", "--format", form)
    flat = " ".join(page.split())
    assert code == 0
    assert made.told[0].text.split(",")[0] in flat
    places = [flat.index(chapter.title, 0) for chapter in made.chapters if chapter.kind == "topic"]
    assert len(places) == sum(chapter.kind == "topic" for chapter in made.chapters)
    if form == "text":
        assert all(quote.text in flat for chapter in made.chapters for quote in chapter.quotes)


def test_frames_are_in_the_language_that_was_asked_for(command, tmp_path) -> None:
    """What was said stays as it was said; the two are two overviews."""
    (tmp_path / "talk.vtt").write_text(captions(russian))
    _, english, _ = command("episode", "talk.vtt", "--format", "json")
    code, printed, _ = command("episode", "talk.vtt", "--language", "ru", "--format", "json")
    made, other = from_json(Episode, printed), from_json(Episode, english)
    assert (code, made.language, made.card.language, other.card.language) == (0, "ru", "ru", "en")
    assert made.id != other.id


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("empty.vtt", b"WEBVTT\n", 3, "nothing in the file can be read"),
        ("photo.vtt", b"\x89PNG\r\n\x1a\n" + bytes(200), 3, "picture"),
        ("short.txt", b"Ada: Hello there.\nBen: Hello, Ada.\n", 3, "too few for an overview"),
    ],
)
def test_what_is_no_transcript_is_told_in_a_sentence(command, tmp_path, name, content, code, said) -> None:
    """And nothing is kept of it."""
    (tmp_path / name).write_bytes(content)
    ended, printed, beside = command("episode", name)
    assert (ended, printed) == (code, "")
    assert said in beside


def test_a_file_of_200_megabytes_is_not_read(command, tmp_path) -> None:
    """Its size is enough."""
    with (tmp_path / "huge.vtt").open("wb") as file:
        file.truncate(200_000_000)
    code, _, beside = command("episode", "huge.vtt")
    assert code == 2
    assert "larger than 20 MB" in beside


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/talk.vtt", "http://169.254.169.254/latest", "http://[::1]/x"])
def test_a_private_address_is_refused(command, address) -> None:
    """Without a connection."""
    code, printed, beside = command("episode", address)
    assert (code, printed) == (3, "")
    assert "refused" in beside or "not" in beside


def test_a_name_that_nobody_knows_is_said(command) -> None:
    """Names are those of episodes of shows that are read."""
    code, _, beside = command("episode", "Lamps that answer themselves")
    assert code == 2
    assert "No episode is called" in beside


def test_the_contract_can_be_printed(command) -> None:
    """With the fields of an episode."""
    code, printed, _ = command("schema", "episode")
    assert code == 0
    assert json.loads(printed)["properties"].keys() >= {"overview", "chapters", "entities", "people", "card"}

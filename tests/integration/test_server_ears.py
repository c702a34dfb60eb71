"""Ears on a server: forms it does not have, errors it gives, files that cannot be cut."""

import json
import sys
from collections.abc import AsyncIterator, Sequence

import pytest

from adapters.speech.transcribers import build
from adapters.wire.clock import SystemClock
from adapters.wire.cores import InProcess
from adapters.wire.http import Web
from bot.domain.transcript import Cue
from bot.errors import ConfigError, SpeechError
from tests.fakes.ears import KEY, EarServer, tone
from tests.fakes.web_server import WebServer, answer, web_server

SAID = [(0.0, 0.5, "The lamp is out."), (0.5, 1.0, "Nobody answered it.")]
TIMED = [Cue("The lamp is out.", 0.0, 0.5), Cue("Nobody answered it.", 0.5, 1.0)]
UNTIMED = [Cue("The lamp is out.", 0.0), Cue("Nobody answered it.")]


@pytest.fixture
async def pages() -> AsyncIterator[WebServer]:
    async with web_server({"/a.wav": answer(tone(1.0))}) as running:
        yield running


@pytest.fixture
async def server() -> AsyncIterator[EarServer]:
    async with EarServer(SAID) as running:
        yield running


async def heard(
    server: EarServer, pages: WebServer, *, times: int = 1, language: str | None = None, **changes: object
) -> list[Cue]:
    """What is heard the last of so many times."""
    web = Web(clock=SystemClock(), allow=[f"127.0.0.1:{pages.port}"])
    try:
        ears = build(server.settings(**changes), web=web, cores=InProcess())
        assert ears is not None
        found: Sequence[Cue] = []
        for _ in range(times):
            found = await ears.hear(pages.url("/a.wav"), language=language)
        return list(found)
    finally:
        await web.close()


@pytest.mark.parametrize(
    ("forms", "cues", "asked"),
    [
        (("verbose_json",), TIMED, 1),
        (("json", "srt", "text"), TIMED, 2),
        (("vtt",), TIMED, 3),
        (("json", "text"), UNTIMED, 4),
        (("text",), UNTIMED, 5),
    ],
)
async def test_the_best_form_that_a_server_has_is_found_once(
    server: EarServer, pages: WebServer, forms: Sequence[str], cues: list[Cue], asked: int
) -> None:
    """Times where there are any; the next recording is asked for in that form at once."""
    server.forms = forms
    assert await heard(server, pages, times=2) == cues
    assert len(server.calls) == asked + 1


@pytest.mark.parametrize(("tag", "asked"), [("en-GB", "en"), ("RU_ru", "ru"), ("und", None), (None, None)])
async def test_a_known_language_is_told(
    server: EarServer, pages: WebServer, tag: str | None, asked: str | None
) -> None:
    """Without its region, as models name languages."""
    await heard(server, pages, language=tag)
    assert server.calls[0].language == asked


@pytest.mark.parametrize(
    ("refusals", "sentence"),
    [
        ([(401, f"Incorrect API key provided: {KEY}")], "does not take the key for speech"),
        ([(413, "too large")], "too large for http"),
        ([(429, "slow down")] * 3, r"cannot hear anything now \(429\): .*slow down"),
        ([(500, "oh")] * 3, r"cannot hear anything now \(500\)"),
        ([(404, f"no model for {KEY}")], r"will not hear the recording \(404\): .*no model for \*\*\*"),
        ([(400, "Invalid file format.")], r"will not hear the recording \(400\): .*Invalid file format"),
        ([(302, "elsewhere")], r"will not hear the recording \(302\)"),
    ],
)
async def test_what_a_server_refuses_is_said(
    server: EarServer, pages: WebServer, refusals: list[tuple[int, str]], sentence: str
) -> None:
    """In a sentence, without the key; the address is named without anything secret."""
    server.refusals = refusals
    with pytest.raises(SpeechError, match=sentence) as raised:
        await heard(server, pages, base_url=f"http://me:secret@127.0.0.1:{server.port}/v1")
    assert KEY not in str(raised.value)
    assert "secret" not in str(raised.value)
    assert server.refusals == []


async def test_a_server_that_is_busy_for_a_moment_is_asked_again(server: EarServer, pages: WebServer) -> None:
    """Twice more."""
    server.refusals = [(503, "loading"), (429, "slow down")]
    assert await heard(server, pages) == TIMED


@pytest.mark.parametrize(
    ("says", "sentence"),
    [
        ("<html>Welcome</html>", "it is a web page"),
        ("[]", "it is no answer"),
        ("{", "cannot be read"),
        ("", "cannot be read"),
    ],
)
async def test_an_answer_that_is_none_is_said(server: EarServer, pages: WebServer, says: str, sentence: str) -> None:
    """Whatever stands at the address."""
    server.says = says
    with pytest.raises(SpeechError, match=sentence):
        await heard(server, pages)


async def test_subtitles_that_are_none_are_said(server: EarServer, pages: WebServer) -> None:
    """A server may call anything by that name."""
    server.forms, server.says = ("srt",), "1\nnever --> ever\nThe lamp"
    server.refusals = [(400, "unknown response_format")]
    assert await heard(server, pages) == []


async def test_odd_segments_are_put_right_or_left_out(server: EarServer, pages: WebServer) -> None:
    """Times past the end, backwards, not numbers; texts that are empty or none."""
    segments = [
        {"start": -3, "end": 0.4, "text": " One. "},
        {"start": 0.5, "end": 0.2, "text": "Two."},
        {"start": None, "end": "x", "text": "Three."},
        {"start": True, "end": 10**400, "text": "Four."},
        {"start": 0.9, "end": 1.0, "text": "  "},
        {"start": 0.9, "text": 5},
        "six",
    ]
    server.says = json.dumps({"text": "", "segments": segments}).replace(str(10**400), "NaN")
    found = await heard(server, pages)
    assert found == [Cue("One.", 0.0, 0.4), Cue("Two.", 0.5, 0.5), Cue("Three."), Cue("Four.")]


async def test_silence_is_no_error(server: EarServer, pages: WebServer) -> None:
    """Nothing was said."""
    server.segments = []
    assert await heard(server, pages) == []


async def test_nobody_at_the_address(server: EarServer, pages: WebServer) -> None:
    """Said with the address."""
    with pytest.raises(SpeechError, match=r"http://127\.0\.0\.1:9/v1 cannot be reached"):
        await heard(server, pages, base_url="http://127.0.0.1:9/v1")


async def test_without_a_library_that_cuts_small_files_go_whole(
    server: EarServer, pages: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under their own kind; a large one is not sent, and what to install is said."""
    monkeypatch.setitem(sys.modules, "av", None)
    assert await heard(server, pages) == TIMED
    assert server.calls[0].name == "sound.wav"
    pages.pages["/a.wav"] = answer(b"ID3" + bytes(24 * 2**20))
    with pytest.raises(SpeechError, match=r"has 24 MiB; .*pip install 'counterpoint\[whisper\]'"):
        await heard(server, pages)
    assert len(server.calls) == 1


async def test_without_a_library_that_cuts_nothing_is_heard_here(
    server: EarServer, pages: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Models of this machine come with it."""
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(SpeechError, match=r"pip install 'counterpoint\[whisper\]'"):
        await heard(server, pages, local="tiny")


@pytest.mark.parametrize("address", ["ftp://127.0.0.1/v1", "nowhere", "http://[::1"])
async def test_an_address_that_is_none_is_told_at_the_start(server: EarServer, pages: WebServer, address: str) -> None:
    """Before anything is fetched."""
    with pytest.raises(ConfigError, match="address of the server of speech"):
        await heard(server, pages, base_url=address)
    assert pages.asked == []

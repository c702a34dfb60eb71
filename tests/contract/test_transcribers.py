"""What everything that hears promises, on a server of speech and on a model of this machine."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

from adapters.speech.transcribers import build
from adapters.wire.clock import SystemClock
from adapters.wire.cores import InProcess
from adapters.wire.http import Web
from bot.domain.transcript import Cue
from bot.errors import SourceMalformed, SourceRefused, SpeechError
from bot.ports.recordings import SpeechSettings, Transcriber
from tests.fakes.ears import EarServer, tone, whisper_library
from tests.fakes.web_server import WebServer, answer, web_server

SAID = [(0.0, 0.8, "The lamp on the rock is out."), (0.8, 1.6, "Nobody   answered\nit.")]
CUES = [Cue("The lamp on the rock is out.", 0.0, 0.8), Cue("Nobody answered it.", 0.8, 1.6)]
LOCAL = pytest.param("local", marks=pytest.mark.skipif(find_spec("av") is None, reason="PyAV is not installed"))


@dataclass
class Stage:
    """Ears, and a web server with recordings."""

    ears: Transcriber
    pages: WebServer

    async def hear(self, data: bytes, language: str | None = None) -> list[Cue]:
        self.pages.pages["/recording"] = answer(data, headers={"Content-Type": "text/plain"})
        return list(await self.ears.hear(self.pages.url("/recording"), language=language))


@pytest.fixture(params=["server", LOCAL])
async def stage(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Stage]:
    """A minute at the most is heard."""
    async with AsyncExitStack() as stack:
        pages = await stack.enter_async_context(web_server())
        web = Web(clock=SystemClock(), allow=[f"127.0.0.1:{pages.port}"])
        stack.push_async_callback(web.close)
        if request.param == "server":
            settings = (await stack.enter_async_context(EarServer(SAID))).settings(minutes=1)
        else:
            whisper_library(tmp_path, SAID)
            monkeypatch.setenv("PYTHONPATH", str(tmp_path))
            settings = SpeechSettings("", local="tiny", minutes=1)
        ears = build(settings, web=web, cores=InProcess())
        assert ears is not None
        yield Stage(ears, pages)


async def test_what_is_said_comes_with_its_times(stage: Stage) -> None:
    """A segment a cue, in order, white space folded; nobody is named. Whatever its server calls the file."""
    assert await stage.hear(tone(2.0)) == CUES
    assert await stage.hear(tone(2.0), language="en-GB") == CUES


async def test_it_says_what_it_is(stage: Stage) -> None:
    """For the card: a name of a model."""
    assert stage.ears.name in {"ear-1", "faster-whisper tiny"}


@pytest.mark.parametrize("data", [b"<!doctype html><p>Listen on our site", b"#EXTM3U\nhttp://127.0.0.1/a.mp3", b""])
async def test_what_is_no_recording_is_not_heard(stage: Stage, data: bytes) -> None:
    """A page, a list of addresses, nothing."""
    with pytest.raises(SourceMalformed, match=r"127\.0\.0\.1 sends (a web page|a list of recordings|nothing) where"):
        await stage.hear(data)


async def test_an_address_inside_our_walls_is_refused(stage: Stage) -> None:
    """Recordings pass the guarded client."""
    with pytest.raises(SourceRefused):
        await stage.ears.hear("http://127.0.0.1:9/recording.mp3")


@pytest.mark.skipif(find_spec("av") is None, reason="PyAV is not installed")
async def test_what_is_longer_than_is_set_is_not_heard(stage: Stage) -> None:
    """Said with the limit."""
    with pytest.raises(SpeechError, match="longer than 1 minutes"):
        await stage.hear(tone(61.0, rate=2000))


async def test_nobody_hears_where_nothing_is_set() -> None:
    """Then there is no transcript, and that is said."""
    web = Web(clock=SystemClock())
    assert build(None, web=web, cores=InProcess()) is None
    await web.close()


async def test_ending_the_wait_ends_the_hearing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program that hears is gone when the cancelled call returns, although it would never have ended."""
    pytest.importorskip("av")
    sign = tmp_path / "heard"
    os.mkfifo(sign)
    whisper_library(tmp_path, SAID, after=f"open({str(sign)!r}, 'w').close(); __import__('threading').Event().wait()")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    async with web_server({"/recording": answer(tone(1.0))}) as pages:
        web = Web(clock=SystemClock(), allow=[f"127.0.0.1:{pages.port}"])
        ears = build(SpeechSettings("", local="tiny"), web=web, cores=InProcess())
        assert ears is not None

        async def listen(address: str) -> None:
            await ears.hear(address)

        hearing = asyncio.create_task(listen(pages.url("/recording")))
        await asyncio.to_thread(sign.read_bytes)
        hearing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await hearing
        await web.close()

"""Ears on this machine: what happens when the program that hears cannot, says nonsense or dies."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.speech.transcribers import build
from adapters.wire.clock import SystemClock
from adapters.wire.cores import InProcess
from adapters.wire.http import Web
from bot.domain.transcript import Cue
from bot.errors import SpeechError
from bot.ports.recordings import SpeechSettings, Transcriber
from tests.fakes.ears import tone, whisper_library
from tests.fakes.web_server import answer, web_server

pytest.importorskip("av")
SAID = [(0.0, 0.5, "The lamp is out."), (0.5, 9.0, "Nobody answered it.")]
HEARD = [Cue("The lamp is out.", 0.0, 0.5), Cue("Nobody answered it.", 0.5, 1.0)]


@pytest.fixture
async def address() -> AsyncIterator[str]:
    async with web_server({"/a.wav": answer(tone(1.0))}) as running:
        yield running.url("/a.wav")


@pytest.fixture
async def web(address: str) -> AsyncIterator[Web]:
    made = Web(clock=SystemClock(), allow=[address.split("/")[2]])
    yield made
    await made.close()


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the program looks for faster-whisper first."""
    folder = tmp_path / "library"
    folder.mkdir()
    monkeypatch.setenv("PYTHONPATH", str(folder))
    return folder


def ears(web: Web, model: str = "tiny") -> Transcriber:
    made = build(SpeechSettings("", local=model), web=web, cores=InProcess())
    assert made is not None
    return made


async def test_nothing_is_said_after_the_end(web: Web, address: str, library: Path) -> None:
    """A segment that goes on for longer than the recording ends with it."""
    whisper_library(library, SAID)
    assert await ears(web).hear(address) == HEARD


async def test_a_missing_package_is_told_with_what_to_do(web: Web, address: str, library: Path) -> None:
    """A sentence for the operator."""
    library.joinpath("faster_whisper.py").write_text("raise ImportError")
    with pytest.raises(SpeechError, match=r"faster-whisper is not installed: pip install 'counterpoint\[whisper\]'"):
        await ears(web).hear(address)


async def test_a_missing_model_is_told(web: Web, address: str, library: Path) -> None:
    """With its name."""
    whisper_library(library, SAID)
    with pytest.raises(SpeechError, match="the model nobody cannot be loaded: no such folder"):
        await ears(web, "nobody").hear(address)


@pytest.mark.parametrize(
    ("does", "sentence"),
    [
        ("__import__('os')._exit(9)", "stopped before it had heard everything"),
        ("raise RuntimeError('no more memory')", "the model tiny failed: no more memory"),
        ("print('loading', flush=True)", "says something that cannot be read"),
        ("print('x' * 2_000_000, flush=True)", "says something that cannot be read"),
    ],
)
async def test_a_program_that_fails_is_no_silence(
    web: Web, address: str, library: Path, does: str, sentence: str
) -> None:
    """Half a transcript would be taken for a whole one."""
    whisper_library(library, SAID, after=does)
    with pytest.raises(SpeechError, match=sentence):
        await ears(web).hear(address)


@pytest.mark.parametrize("line", ['{"piece": 7, "start": 0, "end": 1, "text": "x"}', '{"piece": 0, "text": " "}', "{}"])
async def test_lines_that_say_nothing_are_passed_over(web: Web, address: str, library: Path, line: str) -> None:
    """Of a piece that is not there, or without words."""
    whisper_library(library, SAID, after=f"print({line!r}, flush=True)")
    assert await ears(web).hear(address) == HEARD

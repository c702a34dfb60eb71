"""A server of speech on 127.0.0.1 which enforces what real ones enforce; and recordings, and a library, for tests.

    async with EarServer([(0.0, 2.5, "The lamp is out.")]) as server:      # `forms`, `key`, `models`
        ears = build(server.settings(), web=…, cores=…)
        server.refusals.append((429, "slow down"))       # the next call is refused so; one entry a call
        server.held = asyncio.Event()                    # calls wait for it
        server.calls                                     # what was asked: name, size, model, form, language, status

`whisper_library(folder, …)` writes a stand-in for faster-whisper into a folder, for PYTHONPATH.
"""

import asyncio
import io
import json
import math
import struct
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from aiohttp import web

from bot.ports.recordings import SpeechSettings

KEY = "sk-ears-0123456789"
MODEL = "ear-1"
MOST_BYTES = 25 * 1024 * 1024
KINDS = ("flac", "mp3", "mp4", "mpeg", "mpga", "m4a", "ogg", "wav", "webm")
FORMS = ("verbose_json", "srt", "vtt", "json", "text")
Segments = Sequence[tuple[float, float, str]]


@dataclass(slots=True)
class Heard:
    """A call."""

    name: str
    size: int
    model: str
    form: str
    language: str | None
    status: int = 200


class EarServer:
    """Answers `/v1/audio/transcriptions` with the same segments each time."""

    def __init__(self, segments: Segments, *, forms: Sequence[str] = FORMS, key: str | None = KEY) -> None:
        self.segments = segments
        self.forms = forms
        self.key = key
        self.calls: list[Heard] = []
        self.refusals: list[tuple[int, str]] = []
        self.says: str | None = None
        """Instead of what it heard, whatever the form."""
        self.held: asyncio.Event | None = None
        self.asked = asyncio.Event()
        self.port = 0
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_post("/v1/audio/transcriptions", self._transcribe)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    def settings(self, **changes: Any) -> SpeechSettings:
        """What an operator would set to use it."""
        given: dict[str, Any] = {"model": MODEL, "base_url": f"http://127.0.0.1:{self.port}/v1", "key": self.key}
        return SpeechSettings(**(given | changes))

    async def _transcribe(self, request: web.Request) -> web.Response:
        fields: dict[str, Any] = dict(await request.post())
        file = fields.get("file")
        data = file.file.read() if isinstance(file, web.FileField) else b""
        name = file.filename if isinstance(file, web.FileField) else ""
        form = str(fields.get("response_format", "json"))
        call = Heard(name, len(data), str(fields.get("model")), form, fields.get("language"))
        self.calls.append(call)
        self.asked.set()
        if self.held is not None:
            await self.held.wait()
        refusal = self._refusal(request, call)
        if refusal is not None:
            call.status, words = refusal
            body = {"error": {"message": words, "type": "invalid_request_error", "param": None, "code": None}}
            return web.json_response(body, status=call.status, headers={"retry-after-ms": "1"})
        return web.Response(text=self.says if self.says is not None else self._answer(form))

    def _refusal(self, request: web.Request, call: Heard) -> tuple[int, str] | None:
        if self.refusals:
            return self.refusals.pop(0)
        if self.key is not None and request.headers.get("Authorization") != f"Bearer {self.key}":
            return 401, f"Incorrect API key provided: {request.headers.get('Authorization', '')[7:]}."
        if call.size > MOST_BYTES:
            return 413, "Maximum content size limit exceeded"
        if call.name.rpartition(".")[2] not in KINDS:
            return 400, f"Invalid file format. Supported formats: {list(KINDS)}"
        if call.form not in self.forms:
            return 400, f"response_format '{call.form}' is not compatible with model '{call.model}'."
        return None

    def _answer(self, form: str) -> str:
        text = " ".join(words for _, _, words in self.segments)
        told = [{"id": n, "start": a, "end": b, "text": f" {t}"} for n, (a, b, t) in enumerate(self.segments)]
        if form == "verbose_json":
            return json.dumps({"task": "transcribe", "language": "english", "text": text, "segments": told})
        if form in ("srt", "vtt"):
            comma = "," if form == "srt" else "."
            lines = (
                f"{n}\n{_stamp(a, comma)} --> {_stamp(b, comma)}\n{t}\n" for n, (a, b, t) in enumerate(self.segments, 1)
            )
            return ("WEBVTT\n\n" if form == "vtt" else "") + "\n".join(lines)
        return text if form == "text" else json.dumps({"text": text})


def _stamp(seconds: float, comma: str) -> str:
    whole = round(seconds * 1000)
    return f"{whole // 3600000:02}:{whole // 60000 % 60:02}:{whole // 1000 % 60:02}{comma}{whole % 1000:03}"


def tone(seconds: float, *, quiet: tuple[float, float] = (0.0, 0.0), rate: int = 8000) -> bytes:
    """A WAV file of one tone, silent from `quiet[0]` to `quiet[1]` seconds."""
    first, last = (round(at * rate) for at in quiet)
    samples = [
        0 if first <= n < last else round(8000 * math.sin(n * 440 * math.tau / rate))
        for n in range(round(seconds * rate))
    ]
    into = io.BytesIO()
    with wave.open(into, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return into.getvalue()


def whisper_library(folder: Path, segments: Segments, *, after: str = "") -> None:
    """A module `faster_whisper` that hears the same in each file; `after` is a statement after each segment."""
    folder.joinpath("faster_whisper.py").write_text(
        f"""
from collections import namedtuple
Segment = namedtuple("Segment", "start end text")
Info = namedtuple("Info", "language duration")

class WhisperModel:
    def __init__(self, name, **options):
        if name == "nobody":
            raise RuntimeError("no such folder")

    def transcribe(self, path, *, language, vad_filter, condition_on_previous_text):
        open(path, "rb").close()
        return self._said(), Info(language or "en", 2.0)

    def _said(self):
        for segment in {list(segments)!r}:
            yield Segment(*segment)
            {after or "pass"}
""",
        encoding="utf-8",
    )

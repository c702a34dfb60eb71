"""Hears with faster-whisper on this machine, in a process of its own.

Hearing an hour takes minutes and all cores that are free. The process can be ended between any two instructions, takes
its memory with it, and a crash of its native library is no crash of the bot.
"""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Final

from adapters.speech.cutting import Piece, cut
from adapters.speech.heard import base_language, cue
from adapters.speech.sound import fetched
from adapters.wire.http import Web
from bot.domain.transcript import Cue
from bot.errors import SpeechError
from bot.ports.cores import Cores

_PROGRAM: Final = Path(__file__).with_name("hearing.py")
_CUTTING: Final = timedelta(minutes=15)
_SILENCE: Final = 30 * 60
"""Seconds without a segment after which nothing more is waited for: a model may have to be downloaded first."""
_LEAVING: Final = 10
"""Seconds that it has to end by itself, when all is said."""
_LONGEST_LINE: Final = 1024 * 1024
INSTALL: Final = "Hearing needs a package that is not installed: pip install 'counterpoint[whisper]'."


class LocalEars:
    """Implements `bot.ports.recordings.Transcriber`. One recording at a time: each takes all cores."""

    def __init__(self, model: str, *, minutes: int, web: Web, cores: Cores) -> None:
        self._model = model
        self._minutes = minutes
        self._web = web
        self._cores = cores
        self._turn = asyncio.Lock()

    @property
    def name(self) -> str:
        """The model, as people may see it."""
        return f"faster-whisper {Path(self._model).name}"

    async def hear(self, media: str, *, language: str | None = None) -> Sequence[Cue]:
        """What is said in the recording at this address, a segment a cue; ending the wait ends the work."""
        async with self._turn, fetched(self._web, media) as sound:
            pieces = await self._cores.call(cut, sound.path, sound.path.parent, self._minutes, limit=_CUTTING)
            if pieces is None:
                raise SpeechError(INSTALL)
            return [found async for found in self._segments(pieces, base_language(language))]

    async def _segments(self, pieces: Sequence[Piece], language: str) -> AsyncIterator[Cue]:
        paths = [str(piece.path) for piece in pieces]
        async with _running(self._model, language, *paths) as lines:
            while not (told := await _line(lines)).keys() & {"done", "error"}:
                number = told.get("piece")
                if isinstance(number, int) and 0 <= number < len(pieces):
                    found = cue(told, pieces[number])
                    if found is not None:
                        yield found
        if "error" in told:
            raise SpeechError(f"The recording could not be heard: {str(told['error'])[:300]}.")


@asynccontextmanager
async def _running(*arguments: str) -> AsyncIterator[asyncio.StreamReader]:
    """What the program that hears prints; it ends with the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-W", "ignore", _PROGRAM, *arguments, stdout=PIPE, limit=_LONGEST_LINE
    )
    try:
        yield process.stdout or asyncio.StreamReader()
        with suppress(TimeoutError):
            async with asyncio.timeout(_LEAVING):
                await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _line(lines: asyncio.StreamReader) -> Mapping[str, object]:
    """What the program tells next.

    Raises:
        SpeechError: it ended, or says nothing for half an hour.
    """
    try:
        async with asyncio.timeout(_SILENCE):
            line = await lines.readline()
        told = json.loads(line or b"null")
    except TimeoutError as error:
        raise SpeechError("The model heard nothing for half an hour and was stopped.") from error
    except ValueError as error:
        raise SpeechError("The model says something that cannot be read.") from error
    if not isinstance(told, dict):
        raise SpeechError("The model stopped before it had heard everything: it may have run out of memory.")
    return told

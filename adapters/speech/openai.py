"""Hears with a server that speaks `/v1/audio/transcriptions`: the vendor's, Speaches, vLLM, LocalAI and kin.

Servers agree on the call, and not on the forms of an answer: segments with times are asked for first, then subtitles,
then bare text. What one knows is kept in mind for the next piece. The library makes a call again itself where a server
is busy: here nobody waits for the first word, and no tokens are counted.
"""

import asyncio
import json
import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Final, Literal
from urllib.parse import urlsplit

import httpx2
import openai
import pysubs2

from adapters.speech.cutting import Piece, cut
from adapters.speech.heard import base_language, cue
from adapters.speech.sound import Sound, fetched
from adapters.wire.http import MIB, Web
from bot.domain.text.sentences import sentences
from bot.domain.transcript import LONGEST_SECONDS, Cue
from bot.errors import ConfigError, SpeechError
from bot.ports.cores import Cores
from bot.ports.recordings import SpeechSettings

VENDOR: Final = "https://api.openai.com/v1"
MOST_UPLOADED: Final = 24 * MIB
"""Servers take 25 with everything around it."""
Form = Literal["verbose_json", "srt", "vtt", "json", "text"]
_FORMS: Final[tuple[Form, ...]] = ("verbose_json", "srt", "vtt", "json", "text")
_CUTTING: Final = timedelta(minutes=15)
_PATIENCE: Final = 30 * 60.0
"""Seconds for one piece: a server at home may need longer than the piece lasts."""
_CONNECT: Final = 10.0
_TRIES_AGAIN: Final = 2
_MOST_ANSWERED: Final = 16 * MIB
_NO_KEY: Final = "none-needed"
_FORM_REFUSED = re.compile(r"response_?format|verbose_json|\b(?:srt|vtt)\b", re.IGNORECASE)
_MOST_WORDS: Final = 300
_NOT_LET_IN, _TOO_LARGE, _BUSY, _SERVER = (401, 403), 413, 429, 500


class ServerEars:
    """Implements `bot.ports.recordings.Transcriber`."""

    def __init__(self, settings: SpeechSettings, *, web: Web, cores: Cores) -> None:
        """Prepare; nothing is sent.

        Raises:
            ConfigError: the address is none, or the key cannot be one.
        """
        self._settings = settings
        self._web = web
        self._cores = cores
        self._address = settings.base_url or VENDOR
        self._shown = _shown(self._address)
        self._forms = list(_FORMS)
        """Those that the server has not refused."""

    @property
    def name(self) -> str:
        """The model, as people may see it."""
        return self._settings.model

    async def hear(self, media: str, *, language: str | None = None) -> Sequence[Cue]:
        """What is said in the recording at this address, a segment a cue."""
        async with fetched(self._web, media) as sound:
            pieces = await self._cores.call(
                cut, sound.path, sound.path.parent, self._settings.minutes, limit=_CUTTING
            ) or [_whole(sound)]
            kind = pieces[0].path.suffix.removeprefix(".") or sound.kind
            async with self._client() as client:
                return [
                    found
                    for piece in pieces
                    for found in await self._heard(client, piece, kind, base_language(language))
                ]

    def _client(self) -> openai.AsyncOpenAI:
        """Made for one recording. No redirects: a key must not end up elsewhere."""
        timeout = openai.Timeout(_PATIENCE, connect=_CONNECT)
        return openai.AsyncOpenAI(
            api_key=self._settings.key or _NO_KEY,
            base_url=self._address,
            max_retries=_TRIES_AGAIN,
            http_client=openai.DefaultAsyncHttpxClient(follow_redirects=False, timeout=timeout),
            timeout=timeout,
        )

    async def _heard(self, client: openai.AsyncOpenAI, piece: Piece, kind: str, language: str) -> list[Cue]:
        data = await asyncio.to_thread(piece.path.read_bytes)
        while True:
            form = self._forms[0]
            try:
                return read(await self._asked(client, (f"sound.{kind}", data), form, language), form, piece)
            except openai.APIError as error:
                if not self._is_about_form(error) or len(self._forms) == 1:
                    raise SpeechError(self._sentence(error)) from error
                self._forms.remove(form)
            except (TimeoutError, httpx2.HTTPError, httpx2.StreamError, OSError) as error:
                raise SpeechError(f"The answer of {self._shown} broke off ({type(error).__name__}).") from error
            except ValueError as error:
                raise SpeechError(f"{self._shown} says something that cannot be read: {error}.") from error

    async def _asked(self, client: openai.AsyncOpenAI, file: tuple[str, bytes], form: Form, language: str) -> str:
        """What the server answers, as it is; at most 16 MiB."""
        async with client.audio.transcriptions.with_streaming_response.create(
            file=file, model=self._settings.model, response_format=form, language=language or openai.omit
        ) as response:
            answer = bytearray()
            async for part in response.iter_bytes():
                answer += part
                if len(answer) > _MOST_ANSWERED:
                    raise ValueError("its answer has no end")
        return answer.decode("utf-8", "replace").lstrip("\ufeff")

    def _is_about_form(self, error: openai.APIError) -> bool:
        refused = isinstance(error, openai.BadRequestError | openai.UnprocessableEntityError)
        return refused and _FORM_REFUSED.search(f"{error.message} {error.body}") is not None

    def _sentence(self, error: openai.APIError) -> str:
        """What an error of the library means for people."""
        if isinstance(error, openai.APITimeoutError):
            return f"{self._shown} did not answer in time."
        if not isinstance(error, openai.APIStatusError):
            return (
                f"{self._shown} cannot be reached ({type(error.__cause__ or error).__name__}). Is the server running?"
            )
        said = self._without_key(" ".join(str(error.message).split()))[:_MOST_WORDS]
        status = error.status_code
        if status in _NOT_LET_IN:
            return f"{self._shown} does not take the key for speech ({status})."
        if status == _TOO_LARGE:
            return f"The recording is too large for {self._shown}."
        if status == _BUSY or status >= _SERVER:
            return f"{self._shown} cannot hear anything now ({status}): {said}"
        return f"{self._shown} will not hear the recording ({status}): {said}"

    def _without_key(self, text: str) -> str:
        key = self._settings.key
        return text.replace(key, "***") if key else text


def read(answer: str, form: Form, piece: Piece) -> list[Cue]:
    """The cues in what a server answered. Without any times, sentences; the first has the start of the piece.

    Raises:
        ValueError: it cannot be read.
    """
    text = answer.strip()
    if text.startswith("<"):
        raise ValueError("it is a web page")
    if form in ("srt", "vtt"):
        return _subtitles(text, form, piece)
    if form == "text" and not text.startswith("{"):
        return _untimed(text, piece)
    document = json.loads(text)
    if not isinstance(document, dict):
        raise ValueError("it is no answer to this question")  # noqa: TRY004  # of a server, not of a caller
    segments = document.get("segments")
    timed = [segment for segment in segments if isinstance(segment, dict)] if isinstance(segments, list) else []
    found = [one for segment in timed if (one := cue(segment, piece)) is not None]
    words = document.get("text")
    return found or _untimed(words if isinstance(words, str) else "", piece)


def _subtitles(text: str, form: Form, piece: Piece) -> list[Cue]:
    lines = pysubs2.SSAFile.from_string(text, format_=form)
    told = ({"start": line.start / 1000, "end": line.end / 1000, "text": line.plaintext} for line in lines)
    return [one for segment in told if (one := cue(segment, piece)) is not None]


def _untimed(text: str, piece: Piece) -> list[Cue]:
    said = (cue({"text": text[start:end]}, piece) for start, end in sentences(text))
    cues = [one for one in said if one is not None]
    return [Cue(cues[0].text, piece.start), *cues[1:]] if cues else []


def _whole(sound: Sound) -> Piece:
    """A recording that cannot be cut here."""
    if sound.size > MOST_UPLOADED:
        raise SpeechError(
            f"The recording has {sound.size // MIB} MiB; servers of speech take 25. "
            "To have it cut here: pip install 'counterpoint[whisper]'."
        )
    return Piece(sound.path, 0.0, LONGEST_SECONDS)


def _shown(address: str) -> str:
    """An address as people may see it: without a name, a password and a query.

    Raises:
        ConfigError: it is none.
    """
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise ConfigError(["the address of the server of speech cannot be one"]) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ConfigError(["the address of the server of speech has to begin with http:// or https://"])
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}{port}{parts.path}"

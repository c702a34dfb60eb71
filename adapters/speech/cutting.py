"""Cuts a recording into pieces that ears take: at most 20 minutes each, one channel, small files of one kind.

It runs in a worker process: decoders read what strangers wrote. PyAV, which brings them, comes with
the extra `whisper`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from bot.errors import SourceMalformed, SpeechError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.int16]

RATE: Final = 16_000
"""Samples a second: what models of speech are made for."""
LONGEST_PIECE: Final = 20 * 60
"""Seconds. Such a piece has ten megabytes; servers take 25, and some no more than 25 minutes."""
_LOOKS_BACK: Final = 30
"""Seconds before the end of a piece in which a quiet place to cut is looked for."""
_QUIET: Final = RATE // 5
_BITS: Final = 64_000
_QUICKLY: Final = {"compression_level": "8"}
_FRAME: Final = 576
"""Samples that the encoder takes at once."""
_DEMUXERS: Final = "aac,aiff,amr,asf,avi,caf,flac,matroska,webm,mov,mp4,m4a,mp3,ogg,wav,w64"
"""None of them follows addresses in a file."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a recording, as MP3."""

    path: Path
    start: float
    """Seconds from the start of the recording."""
    seconds: float


def cut(path: Path, folder: Path, minutes: int, longest: int = LONGEST_PIECE) -> list[Piece] | None:
    """The pieces of a recording, of `longest` seconds, written into `folder`; None where PyAV is not installed.

    Raises:
        SourceMalformed: it cannot be decoded, or has no sound.
        SpeechError: it is longer than so many minutes.
    """
    try:
        import av
        import av.error
    except ImportError:
        return None
    try:
        options = {"protocol_whitelist": "file", "format_whitelist": _DEMUXERS}
        with av.open(str(path), metadata_errors="ignore", options=options) as container:
            if not container.streams.audio:
                raise SourceMalformed("there is no sound in the recording")
            _refuse_longer(container.duration / 1_000_000 if container.duration else 0.0, minutes)
            return _written(_blocks(container), folder, minutes, longest)
    except av.error.FFmpegError as error:
        raise SourceMalformed(f"the recording cannot be decoded: {error.strerror}") from error


def _refuse_longer(seconds: float, minutes: int) -> None:
    if seconds > minutes * 60:
        raise SpeechError(f"The recording is longer than {minutes} minutes, which is the most that is heard.")


def _blocks(container: Any) -> Iterator["Samples"]:  # noqa: ANN401  # a class of PyAV, which need not be there
    """The sound as it is decoded. A file that breaks off is heard up to there."""
    import av
    import av.error

    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    decoded = False
    try:
        for frame in container.decode(audio=0):
            frame.pts = None
            for part in resampler.resample(frame):
                decoded = True
                yield part.to_ndarray()[0]
        for part in resampler.resample(None):
            yield part.to_ndarray()[0]
    except av.error.FFmpegError:
        if not decoded:
            raise


def _written(blocks: Iterator["Samples"], folder: Path, minutes: int, longest: int) -> list[Piece]:
    pieces: list[Piece] = []
    held: list[Samples] = []
    begun = length = 0
    for block in blocks:
        held.append(block)
        length += len(block)
        _refuse_longer((begun + length) / RATE, minutes)
        if length >= longest * RATE:
            whole = np.concatenate(held)
            at = quiet_place(whole)
            pieces.append(_encoded(whole[:at], folder / f"piece-{len(pieces):03}.mp3", begun))
            held, begun, length = [whole[at:]], begun + at, length - at
    if length:
        pieces.append(_encoded(np.concatenate(held), folder / f"piece-{len(pieces):03}.mp3", begun))
    if not pieces:
        raise SourceMalformed("there is no sound in the recording")
    return pieces


def quiet_place(samples: "Samples") -> int:
    """Where to cut: the middle of the quietest fifth of a second near the end."""
    first = max(len(samples) // 2, len(samples) - _LOOKS_BACK * RATE)
    near = samples[first : first + (len(samples) - first) // _QUIET * _QUIET].astype(np.float64)
    loudness = np.square(near).reshape(-1, _QUIET).sum(axis=1)
    return first + int(np.argmin(loudness)) * _QUIET + _QUIET // 2


def _encoded(samples: "Samples", path: Path, begun: int) -> Piece:
    import av

    with av.open(str(path), "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=RATE, layout="mono", bit_rate=_BITS, options=_QUICKLY)
        for first in range(0, len(samples), _FRAME):
            frame = av.AudioFrame.from_ndarray(
                samples[np.newaxis, first : first + _FRAME], format="s16p", layout="mono"
            )
            frame.sample_rate, frame.pts = RATE, first
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return Piece(path, begun / RATE, len(samples) / RATE)

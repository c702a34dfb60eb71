"""What a recording is, by its first bytes; and where it is cut."""

import wave
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from adapters.speech.cutting import RATE, cut, quiet_place
from adapters.speech.sound import kind_of
from bot.errors import SourceMalformed, SpeechError
from tests.fakes.ears import tone

REST = bytes(60)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"ID3\x04" + REST, "mp3"),
        (b"\xff\xfb\x90\x64" + REST, "mp3"),
        (b"\xff\xf3\x40\xc4" + REST, "mp3"),
        (b"\xff\xf1\x50\x80" + REST, "aac"),
        (b"\x00\x00\x00\x20ftypM4A " + REST, "m4a"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt " + REST, "wav"),
        (b"\x1a\x45\xdf\xa3" + REST, "webm"),
        (b"OggS\x00" + REST, "ogg"),
        (b"fLaC\x00" + REST, "flac"),
        (b"FORM\x00\x00\x00\x00AIFF" + REST, "aiff"),
        (b"\xff\xfeh\x00i\x00", None),
        (b"\xff\xfb\xf0\x00" + REST, None),
        (b"\xff\xfb", None),
        (b"WEBVTT\n\n00:00", None),
        (b"%PDF-1.7" + REST, None),
        (b"ffconcat version 1.0\nfile /etc/passwd", None),
        (b"", None),
    ],
)
def test_a_kind_is_told_by_the_first_bytes(head: bytes, kind: str | None) -> None:
    """Text is never sound, although the mark at the head of UTF-16 looks like a frame of MPEG."""
    assert kind_of(head) == kind


def test_a_cut_is_made_where_it_is_quiet() -> None:
    """In the second half, so that no piece is tiny."""
    loud = np.full(RATE * 10, 3000, dtype=np.int16)
    loud[RATE : RATE * 2] = 0
    loud[round(RATE * 7.4) : round(RATE * 7.8)] = 5
    assert 7.4 <= quiet_place(loud) / RATE <= 7.8


def test_a_long_recording_is_cut_into_pieces_that_follow_each_other(tmp_path: Path) -> None:
    """Nothing is lost or heard twice; each piece is small, of one channel, and ends in the pause."""
    av = pytest.importorskip("av")
    source = tmp_path / "recording"
    source.write_bytes(tone(9.0, quiet=(3.2, 3.9)))
    pieces = cut(source, tmp_path, 1, 4)
    assert pieces is not None
    assert len(pieces) == 3
    assert 3.2 <= pieces[1].start <= 3.9
    assert pieces[0].start == 0
    for before, after in pairwise(pieces):
        assert after.start == pytest.approx(before.start + before.seconds)
    assert sum(piece.seconds for piece in pieces) == pytest.approx(9.0, abs=0.05)
    for piece in pieces:
        assert piece.path.stat().st_size < 10_000 * piece.seconds + 2_000
        with av.open(str(piece.path)) as opened:
            stream = opened.streams.audio[0]
            assert (stream.rate, stream.channels) == (RATE, 1)
            assert opened.duration / 1_000_000 == pytest.approx(piece.seconds, abs=0.15)


def test_a_file_that_breaks_off_is_heard_up_to_there(tmp_path: Path) -> None:
    """A head that promises five seconds, and two of them."""
    pytest.importorskip("av")
    source = tmp_path / "recording"
    source.write_bytes(tone(5.0)[: 2 * 16_000])
    pieces = cut(source, tmp_path, 1)
    assert pieces is not None
    assert sum(piece.seconds for piece in pieces) == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize("data", [b"ID3" + bytes(5000), b"OggS" + bytes(900), b"#EXTM3U\n#EXTINF:1,\n/etc/passwd\n"])
def test_what_cannot_be_decoded_is_malformed(tmp_path: Path, data: bytes) -> None:
    """Also a list of other files, should one ever come so far: it is not followed."""
    pytest.importorskip("av")
    source = tmp_path / "recording.m3u8"
    source.write_bytes(data)
    with pytest.raises(SourceMalformed, match="cannot be decoded"):
        cut(source, tmp_path, 1)


def test_a_recording_without_sound_is_malformed(tmp_path: Path) -> None:
    """No samples, or nothing but a picture."""
    av = pytest.importorskip("av")
    source = tmp_path / "recording"
    source.write_bytes(tone(0.0))
    with pytest.raises(SourceMalformed, match=r"no sound|cannot be decoded"):
        cut(source, tmp_path, 1)
    with av.open(str(source), "w", format="avi") as container:
        stream = container.add_stream("mpeg4", rate=25)
        stream.width = stream.height = 32
        stream.pix_fmt = "yuv420p"
        frame = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), dtype=np.uint8), format="rgb24")
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    with pytest.raises(SourceMalformed, match="no sound"):
        cut(source, tmp_path, 1)


def test_a_head_that_lies_about_the_length_does_not_help(tmp_path: Path) -> None:
    """What is decoded is counted."""
    pytest.importorskip("av")
    source = tmp_path / "recording"
    with wave.open(str(source), "wb") as file:
        file.setparams((1, 1, 1000, 0, "NONE", ""))
        file.writeframes(bytes(62 * 1000))
    whole = bytearray(source.read_bytes())
    whole[40:44] = (0).to_bytes(4, "little")
    source.write_bytes(bytes(whole))
    with pytest.raises((SpeechError, SourceMalformed)):
        cut(source, tmp_path, 1)

"""From bytes to text, unless the bytes are no text at all."""

import math
import re

from adapters.wire.feeds.decoding import decoded
from bot.domain.text.visible import visible
from bot.domain.transcript import MOST_BYTES

MOST_PIECES = 300_000
"""Of captions, turns or words that stand one by one: twelve hours of talk are 115,000 words."""
_LOOKED_AT = 4096
_MOST_CONTROLS = 0.02
"""The share of control characters above which bytes are no text."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_LINE_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_HIGH, _HIGH_LETTER, _LOW_LETTER = (
    re.compile(rb"[\x80-\xff]"),
    re.compile(rb"[\xc0-\xff\xa8\xb8]"),
    re.compile(rb"[A-Za-z]"),
)
_SOUND = "This is a sound or video file, not a transcript."
_PICTURE = "This is a picture, not a transcript."
_ARCHIVE = "This is an archive; unpack it and give the transcript itself."
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "This is a PDF; give the transcript as text, captions or JSON."),
    (b"PK\x03\x04", "This is a zip archive or an Office document; give the transcript as text, captions or JSON."),
    (b"\xd0\xcf\x11\xe0", "This is an Office document; give the transcript as text, captions or JSON."),
    (b"{\\rtf", "This is an RTF document; give the transcript as text, captions or JSON."),
    (b"\x1f\x8b", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"\xfd7zXZ", _ARCHIVE),
    (b"Rar!", _ARCHIVE),
    (b"(\xb5/\xfd", _ARCHIVE),
    (b"ID3", _SOUND),
    (b"OggS", _SOUND),
    (b"fLaC", _SOUND),
    (b"RIFF", _SOUND),
    (b"\x1aE\xdf\xa3", _SOUND),
    (b"\xff\xfb", _SOUND),
    (b"\xff\xf3", _SOUND),
    (b"\xff\xf1", _SOUND),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
)
_BRAND = slice(4, 8)
_ONE_BYTE_MOSTLY = 3
"""Every third byte of UTF-16 in Latin letters is zero at the least."""


def limited(text: str, sign: str, most: int, called: str) -> None:
    """Nothing, if a sign that begins each piece of a format is not there too often: before time is spent on them.

    Raises:
        ValueError: one sentence with both numbers.
    """
    count = text.count(sign)
    if count > most:
        raise ValueError(f"The file has {count:,} {called}; at most {most:,} are read.")


def opened(data: bytes) -> str:
    """The text of a file: lines end in a line feed, nothing invisible in it, no white space around it.

    Encodings: byte order marks, UTF-8, UTF-16 by its zeros, Windows-1251 where the letters say so, else Windows-1252.

    Raises:
        ValueError: one sentence: it is too large, empty, or something else than text.
    """
    if len(data) > MOST_BYTES:
        raise ValueError(
            f"The file has {math.ceil(len(data) / 1e5) / 10} MB; at most {MOST_BYTES // 1_000_000} MB are read."
        )
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise ValueError("The file is empty.")
    for beginning, sentence in _BEGINNINGS:
        if data.startswith(beginning):
            raise ValueError(sentence)
    if data[_BRAND] == b"ftyp":
        raise ValueError(_SOUND)
    text = _decoded(data)
    sample = text[:_LOOKED_AT]
    if len(_CONTROL.findall(sample)) > _MOST_CONTROLS * len(sample):
        raise ValueError("This is a binary file, not a transcript.")
    text = visible(_LINE_BREAK.sub("\n", text)).strip()
    if not text:
        raise ValueError("The file is empty.")
    return text


def _decoded(data: bytes) -> str:
    sample = data[:_LOOKED_AT]
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and sample.count(0) * _ONE_BYTE_MOSTLY > len(sample):
        return data.decode("utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be", "replace")
    text = decoded(data)
    if text.isascii() or len(_HIGH.findall(sample)) == 0:
        return text
    return data.decode("cp1251", "replace") if _is_cyrillic(data, text) else text


def _is_cyrillic(data: bytes, text: str) -> bool:
    """Whether bytes that are no UTF-8 are Russian in Windows-1251: accents are rare in any language of the West."""
    try:
        data.decode()
    except UnicodeDecodeError:
        if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")) or "\x1b" in text[:_LOOKED_AT]:
            return False
        sample = data[: 4 * _LOOKED_AT]
        return len(_HIGH_LETTER.findall(sample)) > len(_LOW_LETTER.findall(sample))
    return False

"""From bytes to text: what a feed says of its encoding is often wrong.

In this order: a byte order mark; UTF-16 and UTF-32 by their zeros; UTF-8 if the bytes are valid UTF-8, because hardly
any other text is; the charset of the HTTP answer; the XML declaration; Windows-1252. 7-bit encodings of East Asia are
valid UTF-8 too: there the declaration wins.
"""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ZEROS = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
_OTHER_THAN_UTF8 = tuple(start for start, _ in (*_MARKS[1:], *_ZEROS))
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}encoding\s*=\s*["']([A-Za-z0-9._:\-]{1,40})["']""")
_WIDER = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
"""What is meant by a name is often its superset."""


def recoded(body: bytes, charset: str | None = None) -> bytes:
    """A feed in UTF-8: mostly the very bytes it came in. What cannot be decoded becomes U+FFFD. Never raises."""
    if not body.startswith(_OTHER_THAN_UTF8) and not _in_seven_bits(body, _named(body)):
        try:
            body.decode()
            return body.removeprefix(codecs.BOM_UTF8)
        except UnicodeDecodeError:
            pass
    return decoded(body, charset).encode("utf-8", "replace")


def decoded(body: bytes, charset: str | None = None) -> str:
    """The text of a feed; what cannot be decoded becomes U+FFFD. Never raises."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    for zeros, name in _ZEROS:
        if body.startswith(zeros):
            return body.decode(name, "replace")
    named = _named(body)
    if _in_seven_bits(body, named):
        return _as(body, named) or _as(body, charset) or body.decode("utf-8", "replace")
    try:
        return body.decode()
    except UnicodeDecodeError:
        return _as(body, charset) or _as(body, named) or _mostly(body)


def _named(body: bytes) -> str:
    """The encoding that the XML declaration names."""
    declared = _DECLARED.search(body, 0, 300)
    return declared[1].decode() if declared else ""


def _in_seven_bits(body: bytes, named: str) -> bool:
    return b"\x1b" in body or named.lower().startswith("hz")


def _as(body: bytes, name: str | None) -> str | None:
    """The text in the named encoding, if there is such a one and the bytes fit it."""
    try:
        known = codecs.lookup(name or "").name
        return body.decode(_WIDER.get(known, known))
    except (LookupError, UnicodeError, ValueError):
        return None


def _mostly(body: bytes) -> str:
    """UTF-8 with a few wrong bytes, else Windows-1252."""
    text = body.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return text if wrong * 5 < len(body) - len(text) + wrong else body.decode("cp1252", "replace")

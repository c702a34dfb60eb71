"""Only characters a reader can see: text from outside may hide instructions in characters that print as nothing.

What stays is what writing needs: joiners inside emoji and inside the scripts that shape with them, one variation
selector after a character that has variants, the three flags that are spelled with tags.
"""

import re
import unicodedata

_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u2500-\u27bf\u2900-\u297f"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_IDEOGRAPHS = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_JOINING = "\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
"""Arabic, Syriac and kin, the scripts of India, Tibetan, Myanmar, Khmer, Mongolian."""
_TAGGED_FLAGS = "\U0001f3f4\U000e0067\U000e0062(?:{})\U000e007f".format(
    "|".join("".join(chr(0xE0000 + ord(letter)) for letter in name) for name in ("eng", "sct", "wls"))
)
_SUSPECT = re.compile(
    f"{_TAGGED_FLAGS}"
    "|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_BEFORE = {
    "\ufe0e": re.compile(f"[{_EMOJI}0-9#*]"),
    "\ufe0f": re.compile(f"[{_EMOJI}0-9#*]"),
    "\u200c": re.compile(f"[{_JOINING}]"),
    "\u200d": re.compile(f"[{_JOINING}]"),
}
"""What must stand before a character that is kept."""
_IDEOGRAPH, _PICTURE = re.compile(f"[{_IDEOGRAPHS}]"), re.compile(f"[{_EMOJI}]")
_ORDINARY = (
    "\n -~\u00a1-\u00ac\u00ae-\u02ff\u0400-\u0482\u048a-\u0530\u05d0-\u05ea\u0621-\u064a\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20c0\u2190-\u2328\u232b-\u23ff\u2500-\u27ff\u3001-\u3029\u3041-\u3096\u30a1-\u30ff\u4e00-\u9fff\uac00-\ud7a3"
    "\uff01-\uff5e\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f900-\U0001f9ff"
)
"""The characters of most texts: visible, in NFC whatever stands beside them, no white space but spaces, line breaks."""
_USUAL, _OTHER = re.compile(f"[{_ORDINARY}]*+"), re.compile(f"[^{_ORDINARY}]")


def ordinary(text: str) -> bool:
    """Whether all characters are of the usual, visible ones: a quick look that spares most texts the slow ones."""
    return _USUAL.fullmatch(text) is not None


def visible(text: str) -> str:
    """`text` in NFC without invisible characters; tabs and line breaks stay. Idempotent."""
    if ordinary(text):
        return text
    if _SUSPECT.search("".join(set(_OTHER.findall(text)))):
        text = _SUSPECT.sub(_kept, text)
    return unicodedata.normalize("NFC", text)


def _kept(suspect: re.Match[str]) -> str:
    """The suspect where writing needs it, else nothing."""
    character, text, at = suspect[0], suspect.string, suspect.start()
    if len(character) > 1:
        return character
    before = _BEFORE.get(character, _IDEOGRAPH if "\U000e0100" <= character <= "\U000e01ef" else None)
    if before is None or at == 0:
        return ""
    if before.match(text, at - 1):
        return character
    return character if character == "\u200d" and _joins_pictures(text, at) else ""


def _joins_pictures(text: str, at: int) -> bool:
    """Whether the joiner at `at` stands between two emoji; the first may carry a variation selector."""
    first = at - 2 if text[at - 1] == "\ufe0f" else at - 1
    return first >= 0 and bool(_PICTURE.match(text, first)) and bool(_PICTURE.match(text, at + 1))

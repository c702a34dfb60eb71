"""What of an answer is text: without what a model thought aloud before it, and without characters no text can have.

Models that think write `<think>…</think>` before they answer, and many servers hand that on. Templates that put the
first mark into the prompt leave `</think>` alone in the answer; an answer that was cut may never close it.
"""

import re
import unicodedata
from typing import Final

MOST_BYTES: Final = 65_536
"""Of an answer, in UTF-8; the rest is not read."""
_MARK = re.compile(r"<(?P<end>/?)think(?:ing)?>", re.IGNORECASE)
_BLANK = re.compile(r"\A[\s\ufeff]+")
"""What may stand before the first word: blanks, and the mark of a file's byte order."""
_MARKS: Final = ("<think>", "</think>", "<thinking>", "</thinking>")
_LONGEST_MARK: Final = max(map(len, _MARKS))
_KEPT: Final = frozenset("\n\t")
_HIGH: Final = ("\ud800", "\udbff")
"""The first halves of surrogate pairs, from and to."""


class Spoken:
    """Takes an answer in pieces, cut anywhere, and gives what people may see of it."""

    def __init__(self, *, held: bool) -> None:
        """Nothing yet. `held`: keep everything back until the end, or until a thought that nobody opened has ended."""
        self._held: list[str] | None = [] if held else None
        self._undecided = ""
        self._thinking = False
        self._bytes = 0
        self.full = False
        """The text has all the bytes it may have; more is not taken."""
        self.thought_first = False
        """A thought ended that nobody had opened."""
        self.leaked = False
        """That happened after something was given: what was given was a thought."""

    def feed(self, piece: str) -> str:
        """What can be told of the text by now."""
        return self._given(self._decided(self._undecided + piece))

    def end(self) -> str:
        """The rest: nothing more comes."""
        rest, self._undecided = self._undecided, ""
        text = "" if self._thinking else self._counted(readable(rest))
        held, self._held = self._held or [], None
        return "".join([*held, text])

    def _given(self, text: str) -> str:
        if self._held is None:
            return text
        self._held.append(text)
        return ""

    def _decided(self, text: str) -> str:
        """Text outside of thoughts, up to where a mark, or half a character, may have begun."""
        found, at = "", 0
        for mark in _MARK.finditer(text):
            if not self._thinking:
                found += self._counted(readable(text[at : mark.start()]))
            if not mark["end"]:
                self._thinking = True
            elif self._thinking:
                self._thinking = False
            elif not self.thought_first:
                found = self._forget()
            at = mark.end()
        rest = text[at:]
        cut = _undecided_from(rest)
        self._undecided = rest[cut:]
        return found if self._thinking else found + self._counted(readable(rest[:cut]))

    def _forget(self) -> str:
        """Everything before this was a thought."""
        self.thought_first = True
        if self._held is None:
            self.leaked = self.leaked or self._bytes > 0
        # From here on it is the answer, which need not be held back.
        self._held, self._bytes, self.full = None, 0, False
        return ""

    def _counted(self, text: str) -> str:
        """As much of it as there is room for; blanks before the first word are left out."""
        if self._bytes == 0:
            text = _BLANK.sub("", text)
        encoded = text.encode()
        room = MOST_BYTES - self._bytes
        if len(encoded) > room:
            self.full = True
            encoded = encoded[:room]
            text = encoded.decode("utf-8", "ignore")
        self._bytes += len(encoded)
        return text


def readable(text: str) -> str:
    """Without control characters and lone halves of surrogate pairs; halves that belong together become one."""
    if not text.isascii():
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return "".join(letter for letter in text if letter in _KEPT or unicodedata.category(letter) != "Cc")


def _undecided_from(text: str) -> int:
    """Where the end begins that the next piece may make into a mark, or into a character."""
    if text and _HIGH[0] <= text[-1] <= _HIGH[1]:
        return len(text) - 1
    begin = text.rfind("<", max(0, len(text) - _LONGEST_MARK))
    tail = text[begin:].lower()
    return begin if begin >= 0 and any(mark.startswith(tail) for mark in _MARKS) else len(text)

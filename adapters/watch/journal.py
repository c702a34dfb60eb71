"""The journal: one line for each event, for programs as JSON, for a person in front of a terminal as words.

A line never holds a secret: whatever is told, the values of the secret settings are replaced before it is written, and
so are the tokens in addresses of webhooks and interactions, with which anybody could answer in the bot's name. Text
from outside (reasons, errors of libraries) loses its control characters and is cut, so that nobody writes lines of
their own into it. Nothing is configured for the process: a journal is an object, made by whoever runs the bot.
"""

import json
import logging
import math
import re
import traceback
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from datetime import UTC
from typing import Any, TextIO
from urllib.parse import quote, quote_plus, unquote

import structlog

from bot.ports.clock import Clock
from bot.ports.events import Fact

MOST_CHARACTERS = 2000
"""Of one fact; the rest is cut."""
STARS = "***"
"""What stands for a secret."""
_RESERVED = frozenset({"at", "level", "event"})
_FACTS = "facts"
_TOKEN = re.compile(r"((?:webhooks|interactions)(?:/|%2F)[0-9]+(?:/|%2F))[^\s/?#'\"<>()\[\]{},;]+", re.IGNORECASE)
"""What follows `/webhooks/<id>/` and `/interactions/<id>/`: libraries print whole addresses."""
_Line = MutableMapping[str, Any]


class Journal:
    """Events as lines on a stream."""

    def __init__(
        self,
        stream: TextIO,
        *,
        terminal: bool,
        clock: Clock,
        secrets: Sequence[str] = (),
        context: Mapping[str, Fact] | None = None,
    ) -> None:
        """Write to `stream`: for a person if `terminal`, else as JSON.

        `secrets` are replaced by stars wherever they occur; `context`, such as the id of the process, ends every line.
        """
        self._clock = clock
        self._conceal = _Conceal(secrets)
        self._context = {name: self._shown(value) for name, value in (context or {}).items()}
        renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
        if terminal:
            renderer = structlog.dev.ConsoleRenderer(colors=False, pad_event_to=20, sort_keys=False, timestamp_key="at")
        self._logger = structlog.wrap_logger(
            structlog.WriteLogger(stream),
            processors=[self._lay_out, renderer],
            wrapper_class=structlog.BoundLogger,
            context_class=dict,
            cache_logger_on_first_use=True,
        )

    def tell(self, event: str, /, **facts: Fact) -> None:
        """Note that something happened."""
        self._write("info", event, facts)

    def warn(self, event: str, /, **facts: Fact) -> None:
        """Note what a person should look at."""
        self._write("warning", event, facts)

    @contextmanager
    def libraries(self) -> Iterator[None]:
        """For the length of the block, what libraries log at WARNING and above goes here, and only here."""
        root = logging.getLogger()
        level, handlers = root.level, root.handlers[:]
        root.handlers[:] = [_Handler(self)]
        root.setLevel(logging.WARNING)
        try:
            yield
        finally:
            root.handlers[:] = handlers
            root.setLevel(level)

    def _write(self, level: str, event: str, facts: Mapping[str, Fact]) -> None:
        try:
            # The facts are handed over whole: a name of one could otherwise be that of a parameter.
            getattr(self._logger, level)(event, **{_FACTS: facts})
        except (OSError, ValueError):
            return  # nobody reads the stream any more, or the disk is full: the bot goes on

    def _lay_out(self, _logger: object, level: str, line: _Line) -> _Line:
        """One line: when, how bad, what; then the facts as they were told; then the context."""
        at = self._clock.now().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        told = {_renamed(name): self._shown(value) for name, value in line[_FACTS].items()}
        return {"at": at, "level": level, "event": self._shown(line["event"]), **told, **self._context}

    def _shown(self, value: object) -> Fact:
        if value is None or isinstance(value, bool):
            return value
        text = self._conceal(str(value))
        if isinstance(value, int | float) and math.isfinite(value) and text == str(value):
            return value
        return _one_line(text)


def _renamed(name: str) -> str:
    """A fact may not pass for when, how bad or what."""
    return f"{name}_" if name in _RESERVED else name


def _one_line(text: str) -> str:
    """Text without control characters and halves of surrogate pairs, of bounded length."""
    return "".join(c if c.isprintable() else " " for c in text[:MOST_CHARACTERS])


class _Conceal:
    """Replaces secrets, also as they stand in addresses and in JSON, and tokens by where they stand in addresses."""

    def __init__(self, secrets: Sequence[str]) -> None:
        # A password taken from an address may still be spelt as it was there.
        plain = {spelling for secret in secrets if secret.strip() for spelling in (secret, unquote(secret))}
        spellings = {
            spelling
            for secret in plain
            for spelling in (secret, quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1])
        }
        # The longest first: one that is part of another must not leave the rest of it standing.
        self._spellings = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))

    def __call__(self, text: str) -> str:
        for spelling in self._spellings:
            text = text.replace(spelling, STARS)
        return _TOKEN.sub(rf"\1{STARS}", text)


class _Handler(logging.Handler):
    """Brings what libraries log into a journal."""

    def __init__(self, journal: Journal) -> None:
        super().__init__(logging.WARNING)
        self._journal = journal

    def emit(self, record: logging.LogRecord) -> None:
        """One line for a record, with the error it reports and where that came from."""
        facts: dict[str, Fact] = {"logger": record.name, "severity": record.levelname.lower(), "said": _said(record)}
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            facts["error"] = "".join(traceback.format_exception_only(error)).strip()
            frames = traceback.extract_tb(error.__traceback__)
            facts["where"] = ", ".join(f"{frame.filename}:{frame.lineno}" for frame in frames[-3:])
        self._journal.warn("library", **facts)


def _said(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):  # the library's words and their arguments do not fit
        return str(record.msg)

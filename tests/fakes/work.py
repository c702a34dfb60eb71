"""Functions for worker processes to run: kept apart from the tests, so that a worker loads nothing else."""

import os
import sys
import threading
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

from bot.errors import RosterError, SourceUnavailable

WARM: list[str] = []


def nothing() -> object:
    """Has None as its result."""
    return None


def warm() -> None:
    """Leave a mark in the worker."""
    WARM.append("warm")


def marks() -> list[str]:
    """The marks in this process."""
    return list(WARM)


def cold() -> NoReturn:
    """A warm-up that fails."""
    raise SystemExit(3)


def add(first: int, second: int) -> int:
    """An honest sum."""
    return first + second


def process() -> int:
    """The process this runs in."""
    return os.getpid()


def loop() -> NoReturn:
    """Never ends."""
    while True:
        pass


def loop_and_tell(sign: Path) -> NoReturn:
    """Never ends, and leaves a file to show that it has begun."""
    sign.touch()
    loop()


def deaf(length: int) -> bool:
    """Backtracks inside the regular expression engine, where no signal handler of Python's runs."""
    import re

    return re.match("(a+)+$", "a" * length + "b") is not None


def dawdle() -> None:
    """Takes an hour, and no processor time."""
    threading.Event().wait(3600)


def hog() -> NoReturn:
    """Takes memory until there is no more."""
    taken = []
    while True:
        taken.append(bytearray(16 * 1024 * 1024))


def claim_out_of_memory() -> NoReturn:
    """Says what Python says when memory has run out."""
    raise MemoryError


def vanish(code: int) -> NoReturn:
    """Ends the process without a word."""
    os._exit(code)


def leave() -> NoReturn:
    """Asks for the program to end."""
    sys.exit("bye")


def refuse() -> NoReturn:
    """Raises one of our errors, with what it carries."""
    raise SourceUnavailable("later, please", retry_after=timedelta(seconds=7))


def refuse_roster() -> NoReturn:
    """Raises an error of ours whose pickled copy says something else."""
    raise RosterError(["one mistake", "another"])


class Particular(Exception):
    """An error that cannot be built again from what it keeps."""

    def __init__(self, *, name: str) -> None:
        super().__init__(f"trouble with {name}")


class Silent(Exception):
    """An error that cannot even say what it is."""

    def __str__(self) -> str:
        raise ValueError("no words")


def fail_particularly() -> NoReturn:
    """Raises an error that does not survive pickling."""
    raise Particular(name="Ada")


def fail_silently() -> NoReturn:
    """Raises an error without words."""
    raise Silent


def stop_iterating() -> NoReturn:
    """Raises the error that no future may hold."""
    raise StopIteration("early")


def make_function() -> object:
    """Returns something that does not pickle."""
    return lambda: None


def echo(value: bytes) -> bytes:
    """Gives back what it was given."""
    return value

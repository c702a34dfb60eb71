"""How a failure is told to the person who runs the program: short, on one line, with the place of what is a fault."""

import traceback
from pathlib import Path

from bot.errors import CounterpointError

MOST_CHARACTERS = 300


def in_words(error: BaseException) -> str:
    """One of our errors by its name and words; any other also with the line of code it comes from."""
    # Unlike `str`, this cannot raise: an error may fail to say what it is.
    said = " ".join("".join(traceback.format_exception_only(error)).split()).removeprefix("bot.errors.")
    if len(said) > MOST_CHARACTERS:
        said = said[:MOST_CHARACTERS].rstrip()
    if isinstance(error, CounterpointError):
        return said
    frames = list(traceback.walk_tb(error.__traceback__))
    if not frames:
        return said
    frame, line = frames[-1]
    return f"{said} ({Path(frame.f_code.co_filename).name}:{line} in {frame.f_code.co_name})"

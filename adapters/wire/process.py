"""Which process this is, in words that tell it from others on the same database."""

import os
import platform


def process_name() -> str:
    """The machine's name and the number of the process on it."""
    return f"{platform.node() or 'localhost'}/{os.getpid()}"

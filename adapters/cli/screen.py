"""The terminal behind the commands. Imported only when something is printed, so that `--help` stays quick."""

import sys

from rich.console import Console


class Screen(Console):
    """A console that treats all text as text: no markup, no emoji codes, no colouring by guess."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(file=sys.stderr if stderr else sys.stdout, markup=False, emoji=False, highlight=False)

    def on_broken_pipe(self) -> None:
        """Whoever read us has gone: say so to the command, which ends quietly."""
        raise BrokenPipeError

"""The command line: the commands by name, and how each of them ends.

Exit codes: 0 done, 1 the result failed a check, 2 wrong use or configuration, 3 nothing could be read, or the database
or the network failed. Nothing heavy is imported here: each command imports what it needs when it is called.
"""

import io
import os
import signal
import sys
from collections.abc import Sequence

import typer
from typer.core import TyperGroup

from adapters.cli import (
    asking,
    briefing,
    checking,
    demonstration,
    doctor,
    gathering,
    listening,
    manifesting,
    posting,
    replaying,
    rosters,
    running,
    subscribing,
    timetabling,
    upkeep,
)
from adapters.cli.output import NOTHING_READ, WRONG_USE, note
from bot.errors import ConfigError, CounterpointError, NotFoundError

_PIPE_CLOSED = 128 + 13
"""What a shell reports of a program that ended because nobody reads it any more."""
_INTERRUPTED = 128 + signal.SIGINT


class _Commands(TyperGroup):
    """Runs a command and turns what went wrong into sentences and an exit code; there is no traceback to read."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]  # typer's own context, under its public name
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError as error:
            _let_go_of(sys.stdout)
            raise typer.Exit(_PIPE_CLOSED) from error
        except (ConfigError, NotFoundError) as error:
            note(str(error))
            raise typer.Exit(WRONG_USE) from error
        except CounterpointError as error:
            note(str(error))
            raise typer.Exit(NOTHING_READ) from error
        return result


app = typer.Typer(
    cls=_Commands,
    name="counterpoint",
    help="Briefings of what thinkers are arguing about, with a source behind every sentence.",
    epilog="Exit codes: 0 done, 1 the result failed a check, 2 wrong use or configuration, "
    "3 nothing could be read, or the database or network failed.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: the decorated one takes as long to load as all the rest
)
app.command("demo")(demonstration.demo)
app.command("run")(running.run)
app.command("gather")(gathering.gather)
app.command("brief")(briefing.brief)
app.command("episode")(listening.episode)
app.command("ask")(asking.ask)
app.command("check")(checking.check)
app.command("replay")(replaying.replay)
app.add_typer(rosters.app, name="roster")
app.command("subscribe")(subscribing.subscribe)
app.command("settings")(subscribing.settings)
app.command("pause")(subscribing.pause)
app.command("resume")(subscribing.resume)
app.command("preview")(subscribing.preview)
app.command("unsubscribe")(subscribing.unsubscribe)
app.command("post")(posting.post)
app.command("doctor")(doctor.doctor)
app.command("manifest")(manifesting.manifest)
app.command("timetable")(timetabling.timetable)
app.command("status")(upkeep.status)
app.command("backup")(upkeep.backup)
app.command("migrate")(upkeep.migrate)
app.command("schema")(upkeep.schema)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command (by default that of the process) and return its exit code."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        if isinstance(stream, io.TextIOWrapper):
            # Whatever the locale says: what we print is in UTF-8, and half a character typed is no reason to end.
            stream.reconfigure(encoding="utf-8", errors="replace" if stream is sys.stdin else "backslashreplace")
    try:
        app(arguments if arguments is None else list(arguments), prog_name="counterpoint")
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else 0
    except KeyboardInterrupt:
        return _INTERRUPTED
    return 0


def _let_go_of(stream: object) -> None:
    """What is still to be written goes nowhere, so that the end of the process does not complain about it."""
    if isinstance(stream, io.TextIOWrapper):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())

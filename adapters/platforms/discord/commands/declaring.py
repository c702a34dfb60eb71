"""A slash command from a coroutine: its options are the coroutine's parameters, its words are in the catalogue.

Each is acknowledged before anything else, and guarded as a whole.
"""

import inspect
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import discord
from discord import app_commands

from adapters.platforms.discord.calling import Call, attend
from adapters.platforms.discord.commands.translating import worded
from adapters.platforms.discord.kit import Kit

Work = Callable[..., Awaitable[None]]
"""`async def now(call: Call, topic: str | None = None) -> None`; its name is the command's."""
Completer = Callable[[discord.Interaction[Any], str], Coroutine[Any, Any, list[app_commands.Choice[str]]]]
Command = app_commands.Command[Any, ..., Any]


def command(kit: Kit, work: Work, path: str = "", /, **completers: Completer) -> Command:
    """A command under `/brief`; `path` is the name of its subgroup. The words are under `cmd-…` and `opt-…`."""
    name = work.__name__.rstrip("_")
    key = "-".join(filter(None, ("cmd", path, name)))
    english = kit.catalogue.speak(kit.catalogue.languages[0])
    _, *options = inspect.signature(work).parameters

    async def invoke(interaction: discord.Interaction[Any], **given: object) -> None:
        async def answer(call: Call) -> None:
            await call.acknowledge()
            await work(call, **given)

        await attend(Call(kit, interaction), answer)

    # The library reads the options off the signature.
    invoke.__signature__ = inspect.signature(work)  # type: ignore[attr-defined]
    app_commands.describe(**{option: worded(english, f"{key}-{option}") for option in options})(invoke)
    app_commands.rename(**{option: worded(english, f"opt-{option}", option) for option in options})(invoke)
    app_commands.autocomplete(**completers)(invoke)
    return app_commands.Command(
        name=worded(english, key, name), description=worded(english, f"{key}-about"), callback=invoke
    )

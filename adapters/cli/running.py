"""`counterpoint run`: the bot, until it is told to stop."""

import asyncio
import signal
import sys
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.choices import Chosen, RosterOption, choose
from adapters.cli.output import note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from adapters.platforms.console.gateway import ConsolePlatform
    from bot.bootstrap import Application
    from bot.config import Settings, SlackSettings
    from bot.ports.events import Events
    from bot.ports.platform import Platform

SIGNALS = (signal.SIGTERM, signal.SIGINT)
LAST_RESORT = 24
"""Seconds after the first signal at which the system ends the process, whatever still hangs."""


def run(
    roster: RosterOption = None,
    no_console: Annotated[bool, typer.Option("--no-console", help="Post to no terminal, and read none.")] = False,
) -> None:
    """Run the bot: platforms, timetable, work.

    It ends with SIGTERM or Ctrl-C, having finished or handed back what is in flight; a second signal ends it at once.
    The terminal is a platform, too: counterpoint subscribe brings editions here. Logs go to stderr.
    """
    settings, chosen = choose(roster)
    asyncio.run(_serve(settings, chosen, with_console=not no_console))


async def _serve(settings: "Settings", chosen: Chosen, *, with_console: bool) -> None:
    from bot.bootstrap import application
    from bot.serving import serving

    stop = asyncio.Event()
    stop_on_signals(stop)
    async with AsyncExitStack() as stack:
        parts = await stack.enter_async_context(
            application(
                replace(settings, roster=None if chosen.shipped else chosen.path),
                roster_folder=chosen.folder,
                serves=True,
            )
        )

        def platforms(events: "Events") -> "Mapping[str, Platform]":
            opened: dict[str, Platform] = {"console": _console(parts, settings.language)} if with_console else {}
            if settings.discord_token:
                opened["discord"] = _discord(parts, settings.discord_token, events)
            if settings.slack is not None:
                opened["slack"] = _slack(parts, settings.slack, events)
            return opened

        running = await stack.enter_async_context(serving(parts, platforms))
        if not await parts.subscribe.list():
            note(_first_steps(settings))
        await running(stop)


def _first_steps(settings: "Settings") -> str:
    if settings.discord_token:
        return "No place is subscribed yet. In Discord: /brief setup (counterpoint doctor prints the invite link)."
    if settings.slack is not None:
        return "No place is subscribed yet. In Slack: open the app's Home and press Set up, or /brief setup."
    return "No place is subscribed yet. This terminal will be, by: counterpoint subscribe --zone Europe/Berlin"


def _discord(parts: "Application", token: str, events: "Events") -> "Platform":
    from adapters.platforms.discord.gateway import DiscordPlatform

    return DiscordPlatform(
        token,
        office=parts.office,
        catalogue=parts.catalogue,
        clock=parts.clock,
        events=events,
        reads_all=parts.settings.discord_reads_all,
    )


def _slack(parts: "Application", slack: "SlackSettings", events: "Events") -> "Platform":
    from adapters.platforms.slack.gateway import SlackPlatform
    from adapters.platforms.slack.installing.assembly import App, Surroundings, for_many, for_one
    from adapters.wire.process import process_name

    if slack.one_workspace:
        installs, door = None, for_one(slack, parts.catalogue, events) if slack.listens else None
    else:
        app = App(slack.client_id or "", slack.client_secret or "", slack.address or "")
        around = Surroundings(
            store=parts.store,
            key=parts.settings.key,
            clock=parts.clock,
            events=events,
            catalogue=parts.catalogue,
            tenancy=parts.tenancy,
            holder=process_name(),
        )
        installs, door = for_many(slack, app, around)
    return SlackPlatform(
        slack,
        office=parts.office,
        catalogue=parts.catalogue,
        clock=parts.clock,
        events=events,
        installs=installs,
        door=door,
    )


def stop_on_signals(stop: asyncio.Event) -> None:
    """Set `stop` at the first signal; the second one is the system's again, and ends the process at once."""
    loop = asyncio.get_running_loop()

    def heard() -> None:
        for number in SIGNALS:
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL)
        signal.alarm(LAST_RESORT)
        stop.set()

    for number in SIGNALS:
        loop.add_signal_handler(number, heard)


def _console(parts: "Application", language: str) -> "ConsolePlatform":
    """This terminal. Where nobody can type, it only prints."""
    from adapters.cli.screen import Screen
    from adapters.platforms.console.gateway import ConsolePlatform, lines

    typing = sys.stdin.isatty() and sys.stdout.isatty()
    read = lines(sys.stdin, lambda: None) if typing else _nothing_typed
    return ConsolePlatform(Screen(), parts.catalogue, parts.clock, language, read)


async def _nothing_typed() -> str | None:
    await asyncio.Event().wait()
    return None

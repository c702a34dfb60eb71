"""`counterpoint doctor`: what is configured, what is missing, and how to mend it."""

import os
import platform
import sqlite3
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.choices import Chosen, Mistakes, RosterOption, choose_roster
from adapters.cli.output import NOTHING_READ, WRONG_USE, Format, FormatOption, Table, show
from adapters.cli.upkeep import with_store
from bot.config import Settings, load
from bot.domain.finding import Finding
from bot.errors import ConfigError, CounterpointError, SourceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adapters.storage.database import SqlStore
    from adapters.wire.http import Web
    from bot.domain.place import Place

_PROBED = 3
"""Hosts that `--network` asks."""


def doctor(
    roster: RosterOption = None,
    network: Annotated[bool, typer.Option("--network", help="Also try to reach a few sources.")] = False,
    thorough: Annotated[
        bool, typer.Option("--thorough", help="Also measure the context that models keep, for some 30,000 tokens each.")
    ] = False,
    form: FormatOption = Format.TEXT,
) -> None:
    """Say what is configured, what is missing and how to mend it.

    Ends with 2 when the configuration has mistakes, with 3 when the database fails.
    """
    import asyncio

    findings = [Finding("program", "Python", platform.python_version())]
    mistakes = Mistakes()
    settings = mistakes.attempt(load)
    findings += [
        Finding("settings", "mistake", text, "wrong", "Correct it in .env or the environment.")
        for text in mistakes.found
    ]
    if settings is not None:
        findings += _settings(settings)
        findings += _roster(settings, roster)
        findings += _desks(settings, roster)
        findings += asyncio.run(_database(settings))
        findings += asyncio.run(_discord(settings))
        findings += asyncio.run(_slack(settings))
        findings += asyncio.run(_model(settings, thorough=thorough))
        if network:
            findings += asyncio.run(_network(settings, roster))
    _show(findings, form)
    verdicts = {finding.verdict for finding in findings}
    if "wrong" in verdicts:
        raise typer.Exit(WRONG_USE)
    if "failed" in verdicts:
        raise typer.Exit(NOTHING_READ)


def _show(findings: list[Finding], form: Format) -> None:
    usable = not any(finding.verdict in {"wrong", "failed"} for finding in findings)
    rows = tuple(
        (
            finding.verdict,
            finding.area,
            finding.what,
            f"{finding.value}{f' ({finding.remedy})' if finding.remedy else ''}",
        )
        for finding in findings
    )
    said = "Everything needed is there." if usable else "Something has to be mended first: see wrong and failed."
    show(
        [Table(("", "area", "what", "found"), rows), said],
        {"ok": usable, "findings": [asdict(f) for f in findings]},
        form,
    )


def _settings(settings: Settings) -> list[Finding]:
    contact = (
        Finding("settings", "COUNTERPOINT_CONTACT", settings.contact)
        if settings.contact
        else Finding(
            "settings", "COUNTERPOINT_CONTACT", "not set", "note", "Set it so that site owners know whom to write to."
        )
    )
    return [
        Finding("settings", "DATABASE_URL", settings.database),
        Finding("settings", "COUNTERPOINT_ROSTER", str(settings.roster or "not set: the shipped roster, tier 1")),
        contact,
        Finding("settings", "COUNTERPOINT_LANGUAGE", settings.language),
        Finding("settings", "COUNTERPOINT_ZONE", settings.zone),
        Finding("settings", "COUNTERPOINT_DESKS", str(settings.desks or "not set: the one desk there is")),
        Finding("settings", "COUNTERPOINT_LISTEN", settings.listen or "off: no pages for machines"),
        Finding("settings", "COUNTERPOINT_CATCH_UP", f"{settings.catch_up.total_seconds() / 3600:g} hours"),
        Finding("settings", "COUNTERPOINT_ALLOW", ", ".join(settings.allow) or "not set: public addresses only"),
        Finding("settings", "data folder", str(settings.data)),
    ]


def _roster(settings: Settings, path: Path | None) -> list[Finding]:
    from adapters.catalog import silent_reason

    try:
        chosen = choose_roster(settings, path)
    except ConfigError as error:
        return [Finding("roster", "mistake", text, "wrong", "Correct the roster file.") for text in error.mistakes]
    sources = [source for thinker in chosen.roster.thinkers for source in thinker.sources]
    types = Counter(source.type for source in sources)
    findings = [
        Finding("roster", "file", f"{chosen.path}{', tier 1' if chosen.shipped else ''}"),
        Finding("roster", "thinkers", str(len(chosen.roster.thinkers))),
        Finding("roster", "sources", ", ".join(f"{count} {kind}" for kind, count in sorted(types.items())) or "none"),
    ]
    for kind in sorted(types):
        reason = silent_reason(kind)
        if reason:
            findings.append(Finding("roster", f"silent: {kind}", f"{types[kind]} sources", "note", reason))
    return findings


def _desks(settings: Settings, path: Path | None) -> list[Finding]:
    from adapters.roster import desks

    try:
        chosen = choose_roster(settings, path)
    except ConfigError:
        return []  # told as the roster's
    try:
        opened = desks.load(settings.desks, chosen.roster, settings.zone, settings.language, folder=chosen.folder)
    except ConfigError as error:
        return [Finding("desks", "mistake", text, "wrong", "Correct the file of desks.") for text in error.mistakes]
    return [Finding("desks", "desks", ", ".join(opened))]


async def _database(settings: Settings) -> list[Finding]:
    try:
        return await with_store(settings.database_url, lambda store: _opened(store, settings))
    except ConfigError as error:
        return [Finding("database", "mistake", text, "wrong", "Correct DATABASE_URL.") for text in error.mistakes]
    except CounterpointError as error:
        return [Finding("database", settings.database, str(error), "failed")]


async def _opened(store: "SqlStore", settings: Settings) -> list[Finding]:
    from adapters.wire.clock import SystemClock

    revision = await store.revision()
    found = [Finding("database", "address", settings.database)]
    if store.dialect == "sqlite":
        found.append(Finding("database", "SQLite", sqlite3.sqlite_version))
    if revision is None:
        return [*found, *_creatable(store)]
    found.append(Finding("database", "schema", revision))
    async with store.unit() as unit:
        # Written and not committed: this shows that writing works, and leaves nothing.
        await unit.inbounds.claim("doctor", "write test", at=SystemClock().now())
    return [*found, Finding("database", "writable", "yes")]


def _creatable(store: "SqlStore") -> list[Finding]:
    if store.dialect != "sqlite":
        return [Finding("database", "schema", "none yet", "note", "The first command that needs it creates it.")]
    folder = Path(store.where).absolute().parent
    while not folder.exists():
        folder = folder.parent
    if folder.is_dir() and os.access(folder, os.W_OK):
        return [Finding("database", "schema", "none yet", "note", "The first command that needs it creates it.")]
    return [Finding("database", "writable", f"no: {folder}", "failed", "Make it writable, or set DATABASE_URL.")]


async def _discord(settings: Settings) -> "Sequence[Finding]":
    """Its token, the portal, the rights in every subscribed place."""
    if settings.discord_token is None:
        remedy = "Set DISCORD_TOKEN to be on Discord."
        return [Finding("discord", "DISCORD_TOKEN", "not set: Discord is left alone", "note", remedy)]
    from adapters.locale.catalogue import FluentCatalogue
    from adapters.platforms.discord.doctor import check

    phrases = FluentCatalogue().speak("en")
    return await check(
        settings.discord_token,
        reads_all=settings.discord_reads_all,
        places=await _places(settings, "discord"),
        phrases=phrases,
    )


async def _slack(settings: Settings) -> "Sequence[Finding]":
    """Its tokens, the scopes, the socket, every subscribed place."""
    if settings.slack is None:
        remedy = (
            "Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN to be on Slack; counterpoint manifest says what to make there."
        )
        return [Finding("slack", "SLACK_BOT_TOKEN", "not set: Slack is left alone", "note", remedy)]
    from adapters.locale.catalogue import FluentCatalogue
    from adapters.platforms.slack.doctor import check
    from adapters.wire.clock import SystemClock

    slack, clock, phrases = settings.slack, SystemClock(), FluentCatalogue().speak("en")
    places = await _places(settings, "slack")
    if slack.one_workspace:
        return await check(slack, clock=clock, phrases=phrases, places=places)
    from adapters.platforms.slack.installing.assembly import kept

    async def look(store: "SqlStore") -> "Sequence[Finding]":
        tokens, teams = await kept(store, settings.key, clock)
        return await check(slack, clock=clock, phrases=phrases, places=places, tokens=tokens, teams=teams)

    try:
        return await with_store(settings.database_url, look)
    except ConfigError as error:
        return [Finding("slack", "tokens", text, "wrong", "Put the COUNTERPOINT_KEY back.") for text in error.mistakes]
    except CounterpointError as error:
        return [Finding("slack", "workspaces", str(error), "failed")]


async def _model(settings: Settings, *, thorough: bool) -> list[Finding]:
    if settings.writer is None:
        # A key may be in the environment for something else: nothing is sent anywhere because of it.
        though = "" if settings.model is None else ", though there is a key or an address"
        found = f"not set{though}: original sentences are selected"
        return [Finding("model", "COUNTERPOINT_MODEL", found, "note", "To have a model write, see docs/models.md.")]
    from adapters.models.openai.doctor import examine

    return await examine(settings.writer, thorough=thorough)


async def _places(settings: Settings, platform: str) -> "list[Place]":
    """Those that are subscribed on a platform."""

    async def found(store: "SqlStore") -> "list[Place]":
        if await store.revision() is None:
            return []
        async with store.unit() as unit:
            return [own.place for own in await unit.subscriptions.find() if own.place.platform == platform]

    try:
        return await with_store(settings.database_url, found)
    except CounterpointError:
        return []  # told as the database's


async def _network(settings: Settings, path: Path | None) -> list[Finding]:
    from adapters.wire.accounts import public_feed
    from adapters.wire.clock import SystemClock
    from adapters.wire.http import Web

    try:
        chosen: Chosen = choose_roster(settings, path)
    except ConfigError:
        return []
    sources = [source for thinker in chosen.roster.thinkers for source in thinker.sources]
    feeds = [address for source in sources if (address := public_feed(source))][:_PROBED]
    web = Web(clock=SystemClock(), contact=settings.contact, allow=settings.allow)
    try:
        answers = [await _failure(web, address) for address in feeds]
    finally:
        await web.close()
    findings = [
        Finding("network", address, answer or "reached", "note" if answer else "ok")
        for address, answer in zip(feeds, answers, strict=True)
    ]
    if feeds and all(answers):
        findings.append(Finding("network", "reachable", "no", "failed", "Check the connection, the firewall, the DNS."))
    return findings


async def _failure(web: "Web", address: str) -> str | None:
    """Why an address cannot be read, or None."""
    try:
        await web.get(address)
    except SourceError as error:
        return str(error)
    return None

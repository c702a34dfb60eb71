"""Whether a bot can do its work on Slack: its tokens, its scopes, its socket, the channels where it is to post.

Plain data for whoever prints it: the command line, and `/brief doctor`. Nothing is changed, nothing is posted.
"""

from collections.abc import Collection, Sequence
from typing import Any, Final

from adapters.platforms.slack.access import Access
from adapters.platforms.slack.client import PORTAL
from adapters.platforms.slack.errors import NO_TOKEN, code_of
from adapters.platforms.slack.kit import PLATFORM, Kit, Workspace, parts_of
from adapters.platforms.slack.permissions import missing, names, remedy
from adapters.platforms.slack.posting.places import Places
from adapters.platforms.slack.rest import OneToken, SlackRest, Tokens
from adapters.platforms.slack.rights import lacking
from adapters.platforms.slack.workspaces import SlackWorkspaces
from bot.domain.finding import Finding
from bot.domain.place import Place
from bot.errors import PlaceClosed, PlatformError
from bot.ports.clock import Clock
from bot.ports.phrases import Phrases

_MOST_WORKSPACES: Final = 20
"""That are looked at; more would take minutes."""


async def check(
    settings: Access,
    *,
    clock: Clock,
    phrases: Phrases,
    places: Sequence[Place] = (),
    tokens: Tokens | None = None,
    teams: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Look at everything that must be right for editions to come to `places`. It raises nothing.

    Where many workspaces have installed us, `tokens` has theirs and `teams` are they.
    """
    rest = SlackRest(settings.api, tokens or OneToken(settings.bot_token or ""), clock)
    workspaces = SlackWorkspaces(rest, clock, managers=settings.managers)
    try:
        found = [await _events(rest, settings)]
        known: list[Workspace] = []
        for team in [""] if settings.one_workspace else list(teams)[:_MOST_WORKSPACES]:
            found += await _workspace(workspaces, team, known, phrases)
        if not settings.one_workspace and not teams:
            found.append(Finding(PLATFORM, "workspaces", f"none yet: {settings.address}/slack/install", "note"))
        kit: Any = _Asking(rest, workspaces, clock)
        return (*found, *[await at_place(kit, place, known, phrases) for place in dict.fromkeys(places)])
    finally:
        await rest.close()


async def at_place(kit: Kit, place: Place, known: Sequence[Workspace], phrases: Phrases) -> Finding:
    """Whether editions can be posted to a place, in one of the workspaces that are known to be in order."""
    what = f"channel {place.id}"
    try:
        team, _ = parts_of(place)
        us = next(one for one in known if one.team == team)
        if place.id.startswith("@"):
            return Finding(PLATFORM, what, "a direct message")
        channel = await Places(kit).channel(place)
    except (ValueError, StopIteration):
        return Finding(PLATFORM, what, "in no workspace that is in order", "wrong")
    except PlaceClosed as error:
        return Finding(PLATFORM, what, str(error), "wrong", phrases.say("slack-invite"))
    except PlatformError as error:
        return Finding(PLATFORM, what, str(error), "failed")
    what, said = f"#{channel.name or channel.id}", lacking(channel, us.scopes, phrases)
    if said:
        mend, *why = said
        return Finding(PLATFORM, what, " ".join(why), "wrong", mend)
    return Finding(
        PLATFORM, what, "all rights are there" if channel.member else "will be joined with the first edition"
    )


class _Asking:
    """Of a kit, what looking needs."""

    def __init__(self, rest: SlackRest, workspaces: SlackWorkspaces, clock: Clock) -> None:
        self.rest = rest
        self.workspaces = workspaces
        self.clock = clock


async def _events(rest: SlackRest, settings: Access) -> Finding:
    """Whether events reach us: a socket is asked for, and not opened."""
    if settings.app_token is None:
        return Finding(PLATFORM, "events", f"expected at {settings.address or settings.listen}, signed", "note")
    what = "app token"
    try:
        await rest.open_socket(settings.app_token)
    except PlaceClosed as error:
        mend = (
            f"Make one with the scope connections:write at {PORTAL}, page Basic Information, and switch Socket Mode on."
        )
        return Finding(PLATFORM, what, f"refused: {code_of(error)}", "wrong", mend)
    except PlatformError as error:
        return Finding(PLATFORM, what, str(error), "failed")
    return Finding(PLATFORM, what, "valid: sockets open")


async def _workspace(
    workspaces: SlackWorkspaces, team: str, known: list[Workspace], phrases: Phrases
) -> Sequence[Finding]:
    try:
        found = await (workspaces.of(team) if team else workspaces.mine())
    except PlaceClosed as error:
        refused = code_of(error) in NO_TOKEN
        mend = (
            f"Copy the bot's token from {PORTAL}, page OAuth & Permissions, into SLACK_BOT_TOKEN." if refused else None
        )
        return [Finding(PLATFORM, f"bot token {team}".strip(), f"refused: {code_of(error)}", "wrong", mend)]
    except PlatformError as error:
        return [Finding(PLATFORM, f"connection {team}".strip(), str(error), "failed")]
    known.append(found)
    needed, optional = missing(found.scopes), missing(found.scopes, optional=True)
    said = [Finding(PLATFORM, "bot token", f"valid, for {found.name} ({found.team})")]
    if needed:
        mend = " ".join(remedy(needed, phrases))
        said.append(Finding(PLATFORM, "scopes", f"missing: {names(needed)}", "wrong", mend))
    else:
        said.append(Finding(PLATFORM, "scopes", "all that are needed are granted"))
    if optional:
        mend = " ".join(remedy(optional, phrases))
        said.append(Finding(PLATFORM, "scopes", f"not granted, and not needed: {names(optional)}", "note", mend))
    return said

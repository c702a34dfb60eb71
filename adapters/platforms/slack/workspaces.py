"""Who we are in a workspace, and who people are there.

What is said is remembered for some minutes, so that a press does not cost three requests; whether somebody manages a
workspace is asked each time, for rights are taken away in a second.
"""

from collections.abc import Awaitable, Callable, Collection
from datetime import timedelta
from typing import Any, Final

from adapters.platforms.slack.errors import MISSING_SCOPE, code_of
from adapters.platforms.slack.kit import Json, Profile, Workspace, person_of
from adapters.platforms.slack.rest import SlackRest
from bot.domain.fresh import Fresh
from bot.errors import PlaceClosed, PlatformBusy, PlatformError, PlatformUnavailable
from bot.ports.clock import Clock

ENGLISH: Final = "en-US"
_WORKSPACE_LASTS: Final = timedelta(minutes=10)
_PROFILE_LASTS: Final = timedelta(minutes=5)
_DIRECT_LASTS: Final = timedelta(days=1)
_MOST_WORKSPACES: Final = 2_000
_MOST_PEOPLE: Final = 5_000
_LONGEST_NAME: Final = 80
Installer = Callable[[str], Awaitable[str | None]]
"""Who installed us in a workspace: a user id."""


async def nobody_known(team: str) -> str | None:
    """Nobody knows who installed us: the operator gave us the token."""
    del team
    return None


class SlackWorkspaces:
    """Looks workspaces and people up."""

    def __init__(
        self, rest: SlackRest, clock: Clock, *, managers: Collection[str] = (), installer: Installer = nobody_known
    ) -> None:
        """`managers` are ids, such as `U1` or `T1/U1`, of people who manage whatever Slack says of them."""
        self._rest = rest
        self._managers = frozenset(managers)
        self._installer = installer
        self._workspaces: Fresh[Workspace] = Fresh(clock, lasts=_WORKSPACE_LASTS, most=_MOST_WORKSPACES)
        self._profiles: Fresh[Profile] = Fresh(clock, lasts=_PROFILE_LASTS, most=_MOST_PEOPLE)
        self._channels: Fresh[str] = Fresh(clock, lasts=_DIRECT_LASTS, most=_MOST_PEOPLE)

    async def mine(self) -> Workspace:
        """The workspace of the one token that we have.

        Raises:
            PlaceClosed: the token is refused.
            PlatformError: Slack could not be asked.
        """
        return await self._look_up("")

    async def of(self, team: str) -> Workspace:
        """See `kit.Workspaces`; while Slack does not answer, what it said before."""
        known = self._workspaces.get(team)
        if known is not None:
            return known
        try:
            return await self._look_up(team)
        except (PlatformBusy, PlatformUnavailable):
            before = self._workspaces.stale(team)
            if before is None:
                raise
            return before

    async def profile(self, team: str, user: str) -> Profile:
        """See `kit.Workspaces`."""
        person = person_of(team, user)
        known = self._profiles.get(person)
        if known is not None:
            return known
        try:
            found = await self._ask(team, user)
        except PlatformError as error:
            before = self._profiles.stale(person)
            nothing = before or Profile(user, user, ENGLISH, None, manages=False)
            # What we may not ask for will not be told in a minute either; a failure is forgotten at once.
            return self._profiles.put(person, nothing) if code_of(error) == MISSING_SCOPE else nothing
        return self._profiles.put(person, _profile(user, found, manages=await self._manages(team, user, found)))

    async def may_manage(self, team: str, user: str) -> bool:
        """See `kit.Workspaces`."""
        try:
            found = await self._ask(team, user)
        except PlaceClosed as error:
            if code_of(error) != MISSING_SCOPE:
                raise
            found = {}
        return await self._manages(team, user, found)

    async def direct(self, team: str, user: str) -> str:
        """See `kit.Workspaces`."""
        person = person_of(team, user)
        known = self._channels.get(person)
        if known is not None:
            return known
        answer = await self._rest.call(team, "conversations.open", users=user)
        channel = answer.get("channel")
        if not isinstance(channel, dict) or not channel.get("id"):
            raise PlatformUnavailable("an answer that is no channel")
        return self._channels.put(person, str(channel["id"]))

    def forget(self, team: str) -> None:
        """We are not in this workspace any more, or are again."""
        self._workspaces.forget(team)

    # ------------------------------------------------------------ asking

    async def _look_up(self, team: str) -> Workspace:
        answer, scopes = await self._rest.who(team)
        try:
            found = Workspace(
                team=str(answer["team_id"]),
                name=str(answer.get("team") or answer["team_id"])[:_LONGEST_NAME],
                address=str(answer["url"]).rstrip("/") + "/",
                me=str(answer["user_id"]),
                bot=str(answer.get("bot_id") or ""),
                enterprise=answer.get("enterprise_id") or None,
                installer=await self._installer(str(answer["team_id"])),
                scopes=scopes,
            )
        except KeyError as error:
            raise PlatformUnavailable("an answer that is no workspace") from error
        return self._workspaces.put(team or found.team, found)

    async def _ask(self, team: str, user: str) -> Json:
        answer = await self._rest.look_up(team, "users.info", user=user, include_locale=True)
        found = answer.get("user")
        if not isinstance(found, dict):
            raise PlatformUnavailable("an answer that is nobody")
        return found

    async def _manages(self, team: str, user: str, found: Json) -> bool:
        if found.get("deleted") or found.get("is_bot"):
            return False
        if any(found.get(right) is True for right in ("is_admin", "is_owner", "is_primary_owner")):
            return True
        if {user, person_of(team, user)} & self._managers:
            return True
        return await self._installer(team) == user


def _profile(user: str, found: Json, *, manages: bool) -> Profile:
    told: Any = found.get("profile")
    profile: Json = told if isinstance(told, dict) else {}
    names = (profile.get("display_name"), profile.get("real_name"), found.get("real_name"), found.get("name"), user)
    return Profile(
        user=user,
        name=next(str(name) for name in names if name)[:_LONGEST_NAME],
        language=str(found.get("locale") or ENGLISH)[:_LONGEST_NAME],
        zone=str(found["tz"]) if found.get("tz") else None,
        manages=manages,
        is_bot=bool(found.get("is_bot")),
    )

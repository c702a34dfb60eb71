"""What happens to the application and its messages without its doing: it is installed, invited, thrown out."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from tests.fakes.slack import posting
from tests.fakes.slack.world import Channel, Message, Team, Token, World

SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "users:read",
)
"""What the application is given where a test says nothing else: all that ours asks for, and nothing besides."""


ROTATION = timedelta(hours=12)
"""How long a token is good where tokens rotate."""


def install(world: World, team: Team, by: str | None, scopes: Iterable[str] | None = None) -> Team:
    """It is in a workspace; installing it again may add permissions, and keeps its token."""
    asked = frozenset(SCOPES if scopes is None else scopes)
    if not team.bot_user:
        team.bot_id = world.new_id("B")
        bot = world.add_user(world.app.name, team, bot_id=team.bot_id)
        team.bot_user = bot.id
    team.scopes = team.scopes | asked if team.installed else asked
    if not team.installed or world.app.rotates:
        team.bot_token = f"xoxb-{team.id}-{world.new_id('token')}"
    token = world.add_token(team.bot_token, "bot", team.id, team.bot_user, team.scopes)
    if world.app.rotates:
        token.ends = world.now() + ROTATION
    team.installed, team.installer = True, by
    world.touch()
    return team


def refreshable(world: World, team: Team) -> str:
    """A refresh token, which is good once."""
    value = f"xoxe-1-{world.new_id('refresh')}"
    world.refreshes[value] = team.id
    return value


def uninstall(world: World, team: Team) -> None:
    """It is in the workspace no more; what it wrote stays."""
    token = world.tokens[team.bot_token]
    token.inactive = True
    team.installed, team.scopes = False, frozenset()
    for key in team.channels:
        world.channels[key].members.pop(team.bot_user, None)
    bot = [team.bot_user]
    world.emit(team, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": bot}, "event_ts": world.new_ts()})
    world.emit(team, {"type": "app_uninstalled", "event_ts": world.new_ts()})


def revoke(world: World, token: Token) -> None:
    """A token is good no more."""
    token.revoked = True
    team = world.teams[token.team or ""]
    told = {"oauth": [] if token.kind == "bot" else [token.user], "bot": [token.user] if token.kind == "bot" else []}
    world.emit(team, {"type": "tokens_revoked", "tokens": told, "event_ts": world.new_ts()})


def join(world: World, channel: Channel, user: str | None = None, *, inviter: str | None = None) -> None:
    """Somebody comes into a channel; None: the application, invited by the first person there."""
    team = world.teams[channel.team]
    who = user or team.bot_user
    if not who:
        raise ValueError(f"the application is not installed in {team.name}")
    if who in channel.members:
        return
    world.add_member(channel, who)
    first = next((one for one in channel.members if one != who), None)
    event = {"type": "member_joined_channel", "user": who, "channel": channel.id, "channel_type": "C", "team": team.id}
    by = inviter if user is not None else first
    world.emit(team, event | ({"inviter": by} if by else {}) | {"event_ts": world.new_ts()})


def leave(world: World, channel: Channel, user: str | None = None) -> None:
    """Somebody is in a channel no more; the application is told by `channel_left` or `group_left`."""
    team = world.teams[channel.team]
    who = user or team.bot_user
    channel.members.pop(who, None)
    if who == team.bot_user:
        name = "group_left" if channel.private else "channel_left"
        world.emit(team, {"type": name, "channel": channel.id, "event_ts": world.new_ts()})
    else:
        event = {"type": "member_left_channel", "user": who, "channel": channel.id, "channel_type": "C"}
        world.emit(team, event | {"team": team.id, "event_ts": world.new_ts()})


def archive(world: World, channel: Channel) -> None:
    """A channel is archived; nobody writes there any more."""
    channel.archived = True
    team = world.teams[channel.team]
    name = "group_archive" if channel.private else "channel_archive"
    world.emit(team, {"type": name, "channel": channel.id, "user": team.installer, "event_ts": world.new_ts()})


def delete(world: World, message: Message) -> None:
    """Somebody deletes a message."""
    posting.take_away(world, message)


def say_as_bot(world: World, channel: Channel, arguments: Mapping[str, Any]) -> Message:
    """A message of the application without a client."""
    team = world.teams[channel.team]
    token = world.tokens[team.bot_token]
    return posting.post(world, team, token, {"channel": channel.id, **arguments})

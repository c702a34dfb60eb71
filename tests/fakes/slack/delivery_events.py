"""What the application is told of all that happens: what it subscribed to, may read and is present for, as bodies."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.fakes.slack.delivery import EVENTS, Delivery, Sending
from tests.fakes.slack.world import Channel, Team, World

Event = Mapping[str, Any]
SCOPES: dict[str, str] = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "agent_session_stopped": "assistant:write",
    "assistant_thread_started": "assistant:write",
    "assistant_thread_context_changed": "assistant:write",
    "app_context_changed": "assistant:write",
    "reaction_added": "reactions:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "channel_archive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_rename": "channels:read",
    "channel_unarchive": "channels:read",
}
"""What has to be granted before an event is sent; others need nothing."""
_LAST = frozenset({"tokens_revoked", "app_uninstalled", "team_access_revoked"})
"""Sent although the application was thrown out."""
_ANYWHERE = frozenset({"app_home_opened", "channel_left", "group_left"})
"""Sent although it is not (any more) in the channel."""
_MENTIONING = frozenset({None, "file_share", "thread_broadcast", "bot_message"})
"""Subtypes of messages that mention somebody."""


@dataclass(slots=True)
class Events:
    """Turns what happens into what the application is told."""

    world: World
    delivery: Delivery
    mention_first: bool = False
    """Of the two that a mention makes, `app_mention` comes first."""

    def tell(self, team: Team, event: Event) -> None:
        """Something happened: every subscription that fits gets its event, each with an id of its own."""
        told = [self._whole(event)] if self._concerns(team, event, self._subscription(event)) else []
        mention = self._mention(team, event)
        if mention is not None and self._concerns(team, mention, "app_mention"):
            told.insert(0 if self.mention_first else len(told), mention)
        for one in told:
            self.send(team, one)
        if event["type"] == "member_joined_channel":
            self.tell(team, self._line(event))

    def send(self, team: Team, event: Event) -> Sending:
        """Tell the application, whatever it subscribed to."""
        return self.delivery.send(EVENTS, self.body(team, event))

    def _line(self, event: Event) -> dict[str, Any]:
        """What Slack writes into a channel that somebody came into."""
        ts, user = self.world.new_ts(), event["user"]
        line = {"type": "message", "subtype": "channel_join", "user": user, "text": f"<@{user}> has joined the channel"}
        return line | {"channel": event["channel"], "ts": ts, "event_ts": ts}

    # ------------------------------------------------------------ who is told

    def _channel(self, event: Event) -> Channel | None:
        found = event.get("channel")
        return self.world.channels.get(found) if isinstance(found, str) else None

    def _subscription(self, event: Event) -> str:
        if event["type"] != "message":
            return str(event["type"])
        channel = self._channel(event)
        if channel is None or channel.direct:
            return "message.im"
        return "message.groups" if channel.private else "message.channels"

    def _concerns(self, team: Team, event: Event, subscription: str) -> bool:
        if self.world.app.events is not None and subscription not in self.world.app.events:
            return False
        if subscription in _LAST:
            return True
        channel = self._channel(event)
        needed = SCOPES.get(subscription, "")
        if channel is not None and channel.private and needed == "channels:read":
            needed = "groups:read"
        if not team.installed or needed not in {"", *team.scopes}:
            return False
        return channel is None or team.bot_user in channel.members or subscription in _ANYWHERE

    def _mention(self, team: Team, event: Event) -> dict[str, Any] | None:
        channel = self._channel(event)
        if event["type"] != "message" or event.get("subtype") not in _MENTIONING or channel is None or channel.direct:
            return None
        if not team.bot_user or f"<@{team.bot_user}>" not in str(event.get("text")) or event.get("hidden"):
            return None
        whole = self._whole(event)
        left_out = ("channel_type", "subtype", "parent_user_id")
        return {key: value for key, value in whole.items() if key not in left_out} | {"type": "app_mention"}

    # ------------------------------------------------------------ bodies

    def _whole(self, event: Event) -> dict[str, Any]:
        channel = self._channel(event)
        made = dict(event)
        made.setdefault("event_ts", made.get("ts") or self.world.new_ts())
        if made["type"] == "message" and channel is not None:
            kind = "im" if channel.direct else "group" if channel.private else "channel"
            made.setdefault("channel_type", kind)
        return made

    def body(self, team: Team, event: Event) -> dict[str, Any]:
        """The outer body of an event."""
        where = event.get("channel")
        context = {"4-app": self.world.app.id, "team": team.id, "channel": where if isinstance(where, str) else None}
        return {
            "token": "old-verification-token",
            "team_id": team.id,
            "enterprise_id": team.enterprise,
            "context_team_id": team.id,
            "context_enterprise_id": team.enterprise,
            "api_app_id": self.world.app.id,
            "event": dict(event),
            "type": "event_callback",
            "event_id": f"Ev{self.delivery.number():09d}",
            "event_time": self.world.seconds(),
            "authorizations": [
                {
                    "enterprise_id": team.enterprise,
                    "team_id": team.id,
                    "user_id": team.bot_user,
                    "is_bot": True,
                    "is_enterprise_install": team.org_wide,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": "4-" + base64.urlsafe_b64encode(json.dumps(context).encode()).decode(),
        }

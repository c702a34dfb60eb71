"""Other applications' bots, which write in the same channels; and what a manifest says of ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.fakes.slack import posting
from tests.fakes.slack.delivery import Sending
from tests.fakes.slack.people_writing import typed
from tests.fakes.slack.state import App, Channel, Message, Team, User

if TYPE_CHECKING:
    from tests.fakes.slack.fake import FakeSlack


@dataclass(frozen=True, slots=True)
class OtherBot:
    """A bot that is not ours."""

    fake: "FakeSlack"
    user: User
    team: Team

    @classmethod
    def called(cls, fake: "FakeSlack", name: str, team: Team) -> "OtherBot":
        """One that was not there yet."""
        return cls(fake, fake.world.add_user(name, team, bot_id=fake.world.new_id("B")), team)

    def say(
        self, channel: Channel, text: str, *, thread: str | None = None, old: bool = False
    ) -> tuple[Message, list[Sending]]:
        """Write something: the message, and what our application was sent of it.

        Args:
            old: as bots of the first kind do, which are no users: `bot_message`, a name, no user.
        """
        world = self.fake.world
        words, blocks = typed(world, self.team, text)
        message = Message(
            world.new_ts(), channel.id, self.team.id, self.user.id, words, blocks, bot_id=self.user.bot_id
        )
        message.thread_ts, message.subtype = thread, "bot_message" if old else None
        world.add_message(message)
        first = len(self.fake.deliver.sent)
        event = posting.message_event(world, message, channel) | {"app_id": "A0OTHER"}
        if old:
            event = {key: value for key, value in event.items() if key != "user"} | {"username": self.user.name}
        world.emit(self.team, event)
        return message, self.fake.deliver.sent[first:]


def described(app: App, manifest: Mapping[str, Any]) -> App:
    """The application is as a manifest says from now on: its events, commands and shortcuts."""
    features, settings = manifest.get("features") or {}, manifest.get("settings") or {}
    app.events = frozenset((settings.get("event_subscriptions") or {}).get("bot_events") or ())
    app.commands = tuple(one["command"] for one in features.get("slash_commands") or ())
    app.shortcuts = {one["name"]: (one["type"], one["callback_id"]) for one in features.get("shortcuts") or ()}
    app.agent_view = "agent_view" in features
    return app

"""What listens to Slack: ears for people, the greeting. The gateway knows none of them by name."""

from adapters.platforms.slack.client import Listening
from adapters.platforms.slack.kit import Kit
from bot.ports.platform import Inbox


def equipped(kit: Kit, inbox: Inbox) -> Listening:
    """Everything that a connection listens with; nothing is sent yet."""
    from adapters.platforms.slack.commands.pressed import Brief
    from adapters.platforms.slack.home.greeting import greet
    from adapters.platforms.slack.talk.listening import Ears

    return Listening(Ears(kit, inbox, Brief(kit, inbox)), greet)

"""What listens to Discord: ears for people, the command tree, the greeting. The gateway knows none of them by name."""

from adapters.platforms.discord.client import Client, Listening
from adapters.platforms.discord.kit import Kit
from bot.ports.platform import Inbox


def equipped(client: Client, kit: Kit, inbox: Inbox) -> Listening:
    """Everything that a connection listens with; nothing is sent yet but by what it begins with."""
    from adapters.platforms.discord.commands.pressed import Forms
    from adapters.platforms.discord.commands.tree import plant, synchronise
    from adapters.platforms.discord.forms.setup import greet
    from adapters.platforms.discord.talk.listening import Ears

    tree = plant(client, kit, inbox)

    async def begin() -> None:
        """Tell Discord of the commands, if it does not know them."""
        if await synchronise(tree, kit):
            kit.events.tell("discord_commands_changed")

    return Listening(Ears(kit, inbox, Forms(kit)), greet, begin)

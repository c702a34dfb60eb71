"""Everything that can be typed after a slash, and the menu of a message; told to Discord only when it changed."""

from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord import app_commands

from adapters.platforms.discord.calling import Call, apologise, attend
from adapters.platforms.discord.commands import admin, episodes, privacy, reading, sources
from adapters.platforms.discord.commands.translating import CatalogueTranslator, worded
from adapters.platforms.discord.forms.setup import BRIEF
from adapters.platforms.discord.kit import Kit
from adapters.platforms.discord.talk.writing import question_form
from bot.ports.platform import Inbox

Tree = app_commands.CommandTree[Any]
_INSTALLS = app_commands.AppInstallationType(guild=True, user=True)
_CONTEXTS = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
_THEIRS = frozenset(
    {"id", "application_id", "version", "guild_id", "dm_permission", "default_permission", "nsfw", "handler"}
)
"""Keys that Discord adds."""
_SETS = frozenset({"contexts", "integration_types", "channel_types"})
"""Lists whose order says nothing."""
_WORDS = frozenset({"name_localized", "description_localized"})


class GuardedTree(app_commands.CommandTree[Any]):
    """A tree whose own errors (an option that means nothing, an unknown command) are told to the person."""

    def __init__(self, client: discord.Client, kit: Kit) -> None:
        super().__init__(client, allowed_contexts=_CONTEXTS, allowed_installs=_INSTALLS)
        self._kit = kit

    async def on_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /) -> None:
        """Words instead of "The application did not respond"."""
        await apologise(Call(self._kit, interaction), error)


def plant(client: discord.Client, kit: Kit, inbox: Inbox) -> Tree:
    """The command tree of a client; `inbox` answers the questions of `/brief ask`. Nothing is sent yet."""
    tree = GuardedTree(client, kit)
    english = kit.catalogue.speak(kit.catalogue.languages[0])
    group = app_commands.Group(name=BRIEF, description=worded(english, "cmd-brief-about"))
    inner = app_commands.Group(
        name=worded(english, "cmd-sources", "sources"), description=worded(english, "cmd-sources-about"), parent=group
    )
    for one in (*admin.commands(kit), *reading.commands(kit, inbox), *episodes.commands(kit), *privacy.commands(kit)):
        group.add_command(one)
    for one in sources.commands(kit):
        inner.add_command(one)
    tree.add_command(group)
    tree.add_command(_about_a_message(kit))
    return tree


def _about_a_message(kit: Kit) -> app_commands.ContextMenu:
    """Ask about a message: works on any message, also without the intent to read all of them."""
    english = kit.catalogue.speak(kit.catalogue.languages[0])

    async def ask(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        async def answer(call: Call) -> None:
            # What the message is about is looked up when the question comes: a form has to open at once.
            await call.ask(question_form("", f"r{message.id}", call.phrases))

        await attend(Call(kit, interaction), answer)

    return app_commands.ContextMenu(name=worded(english, "menu-ask"), callback=ask)


async def synchronise(tree: Tree, kit: Kit) -> bool:
    """Tell Discord of the commands if they differ from those it has; whether they did.

    A restart of the same version tells nothing: Discord counts, and a change takes time to reach people.

    Raises:
        PlatformError: Discord did not answer, or refused them.
    """
    application = tree.client.application_id or 0
    translator = CatalogueTranslator(kit.catalogue)
    wanted = [await one.get_translated_payload(tree, translator) for one in tree.get_commands()]
    path = "/applications/{application_id}/commands"
    known = await kit.rest.request("GET", f"{path}?with_localizations=true", application_id=application)
    if _same_commands(wanted, known):
        return False
    await kit.rest.request("PUT", path, wanted, application_id=application)
    return True


def _same_commands(ours: Sequence[Mapping[str, Any]], theirs: object) -> bool:
    if not isinstance(theirs, list) or len(ours) != len(theirs):
        return False
    by_name = {(one.get("name"), one.get("type", 1)): one for one in theirs if isinstance(one, dict)}
    return all(same(one, by_name.get((one["name"], one.get("type", 1)))) for one in ours)


def same(ours: object, theirs: object) -> bool:
    """Whether two descriptions say the same: Discord leaves out what is as usual, and adds its own."""
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        keys = (ours.keys() | theirs.keys()) - _THEIRS - _WORDS
        return all(_same_under(key, ours.get(key), theirs.get(key)) for key in keys)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    return bool(ours == theirs) or not (ours or theirs)


def _same_under(key: str, ours: object, theirs: object) -> bool:
    if key in _SETS and isinstance(ours, list) and isinstance(theirs, list):
        return sorted(map(str, ours)) == sorted(map(str, theirs))
    if key == "type":
        return (ours or 1) == (theirs or 1)
    return same(ours, theirs)

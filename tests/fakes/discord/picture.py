"""A channel as a person sees it, as scenes for the page that the product draws: to look at what was received."""

from adapters.platforms.discord.drawing.page import page
from adapters.platforms.discord.drawing.scene import Opened, Quoted, Scene, Shown
from tests.fakes.discord.seen import body, visible
from tests.fakes.discord.world import Channel, Message, User, World


def scenes(world: World, where: Channel, viewer: User) -> list[Scene]:
    """The channel and then each of its threads, from top to bottom."""
    return [_scene(world, one, viewer) for one in (where, *world.threads_of(where))]


def picture(world: World, where: Channel, viewer: User, title: str = "As it was received") -> str:
    """A whole HTML page of them."""
    return page(scenes(world, where, viewer), title=title, language=viewer.locale.partition("-")[0])


def _scene(world: World, where: Channel, viewer: User) -> Scene:
    names = {one.id: one.name for one in world.users.values()}
    names |= {one.id: one.name for one in world.channels.values()}
    names |= {role.id: role.name for guild in world.guilds.values() for role in guild.roles.values()}
    entries = tuple(_shown(world, one) for one in visible(world, where, viewer.id))
    language = viewer.locale.partition("-")[0]
    return Scene(where.name, entries, "thread" if where.is_thread else "channel", language=language, names=names)


def _shown(world: World, one: Message) -> Shown:
    author = world.users[one.author]
    where = world.channels[one.channel]
    files = [{"filename": u.name, "description": u.description or ""} for u in one.uploads]
    payload = {"content": one.content, "components": one.components, "attachments": files}
    thread = world.channels.get(one.id)
    target = world.messages.get(one.reference or "")
    quoted = None
    if target is not None:
        replied = world.users[target.author]
        quoted = Quoted(replied.name, " ".join(body(target))[:100], replied.bot)
    opened = Opened(thread.name, len(thread.messages)) if thread is not None and not where.is_thread else None
    return Shown(author.name, payload, one.at, author.bot, one.only_for is not None, quoted, opened)

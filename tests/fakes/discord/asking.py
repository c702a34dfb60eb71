"""The JSON of what people ask: interactions with their options, values and everything resolved."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tests.fakes.discord import shapes
from tests.fakes.discord.permissions import NOTHING, Permission
from tests.fakes.discord.rules_commands import GROUP, MESSAGE_MENU, SLASH, SUBCOMMAND
from tests.fakes.discord.rules_components import (
    BOX,
    BOXES,
    CHANNELS,
    INPUT,
    MENTIONABLES,
    RADIO,
    ROLES,
    SELECTS,
    TEXT,
    UPLOAD,
    USERS,
)
from tests.fakes.discord.world import Channel, Guild, Interaction, Message, Upload, World

if TYPE_CHECKING:
    from tests.fakes.discord.people import Person

STRING, USER, CHANNEL, ROLE, MENTIONABLE, ATTACHMENT = 3, 6, 7, 8, 9, 11
GUILD_CONTEXT, DM_CONTEXT = 0, 1


def interaction(
    world: World, person: "Person", kind: int, channel: str, data: Mapping[str, Any], message: Message | None
) -> Interaction:
    """Somebody asks something."""
    number = world.new_id()
    where = world.channels[channel]
    one = Interaction(number, f"token-{number}", kind, person.id, where.guild, channel, world.clock.now(), dict(data))
    one.message = message.id if message is not None else None
    one.by_user_install = where.guild is not None and not world.present(where.guild)
    return one


def event(world: World, one: Interaction) -> dict[str, Any]:
    """What the bot is told of it."""
    where = world.channels[one.channel]
    person = world.users[one.user]
    owners = {"1": person.id} if one.by_user_install or where.guild is None else {"0": str(where.guild)}
    told: dict[str, Any] = {
        "id": one.id,
        "application_id": world.me.id,
        "type": one.kind,
        "token": one.token,
        "version": 1,
        "data": one.data,
        "channel_id": one.channel,
        "channel": shapes.channel(world, where) | {"permissions": str(int(world.may(person.id, where)))},
        "locale": person.locale,
        "app_permissions": str(int(world.may(world.me.id, where))),
        "authorizing_integration_owners": owners,
        "context": GUILD_CONTEXT if where.guild else DM_CONTEXT,
        "entitlements": [],
        "attachment_size_limit": world.portal.largest_file,
    }
    if where.guild is not None:
        guild = world.guilds[where.guild]
        told |= {"guild_id": guild.id, "guild": shapes.partial_guild(guild), "guild_locale": guild.locale}
        told["member"] = shapes.member(guild.members[person.id], world.may(person.id, where))
    else:
        told["user"] = shapes.user(person)
    if one.message is not None and one.message in world.messages:
        told["message"] = shapes.message(world, world.messages[one.message])
    return told


def resolved(world: World, guild: Guild | None, kind: int, values: Sequence[str]) -> dict[str, Any]:
    """What ids in a menu or an option stand for: `{"resolved": {"channels": {…}}}`, or nothing."""
    found: dict[str, dict[str, Any]] = {}
    for value in values:
        if kind == CHANNELS and value in world.channels:
            found.setdefault("channels", {})[value] = _channel(world, world.channels[value])
        if kind in {USERS, MENTIONABLES} and value in world.users:
            found.setdefault("users", {})[value] = shapes.user(world.users[value])
            if guild is not None and value in guild.members:
                permissions = world.may_in_guild(value, guild)
                found.setdefault("members", {})[value] = shapes.member(guild.members[value], permissions, whole=False)
        if kind in {ROLES, MENTIONABLES} and guild is not None and value in guild.roles:
            found.setdefault("roles", {})[value] = shapes.role(guild.roles[value], 1)
    return {"resolved": found} if found else {}


def _channel(world: World, one: Channel) -> dict[str, Any]:
    whole = shapes.channel(world, one)
    kept = ("id", "name", "type", "parent_id", "thread_metadata", "guild_id", "flags", "nsfw", "topic", "position")
    return {key: whole[key] for key in kept if key in whole} | {"permissions": str(int(world.may(world.me.id, one)))}


# ------------------------------------------------------------ forms


def submission(
    world: World, guild: Guild | None, form: Mapping[str, Any], values: Mapping[str, Any], unable: type[Exception]
) -> dict[str, Any]:
    """What a filled form sends; fields that nobody filled send what stood in them."""
    left = dict(values)
    told: list[dict[str, Any]] = []
    known: dict[str, dict[str, Any]] = {}
    for number, top in enumerate(form.get("components") or ()):
        if top.get("type") == TEXT:
            told.append({"type": TEXT, "id": number + 1})
            continue
        field = top.get("component") or (top.get("components") or [{}])[0]
        filled = _filled(world, field, _value(left, str(field.get("custom_id"))), unable)
        more = resolved(world, guild, int(field["type"]), filled.get("values") or [])
        more = _uploads(world, filled) if field["type"] == UPLOAD else more
        for key, entries in more.get("resolved", {}).items():
            known.setdefault(key, {}).update(entries)
        inner = {"component": filled} if "component" in top else {"components": [filled]}
        told.append({"type": top["type"], "id": number + 1} | inner)
    if left:
        raise unable(f"the form has no fields {sorted(left)}")
    return {"custom_id": form["custom_id"], "components": told} | ({"resolved": known} if known else {})


def _value(left: dict[str, Any], name: str) -> Any:
    for key in list(left):
        if key == name or "".join(c if c.isalnum() else "_" for c in name) == key:
            return left.pop(key)
    return None


def _filled(world: World, field: Mapping[str, Any], value: Any, unable: type[Exception]) -> dict[str, Any]:
    kind, name = int(field["type"]), field["custom_id"]
    told: dict[str, Any] = {"type": kind, "custom_id": name, "id": 1}
    if kind == INPUT:
        return told | {"value": _written(field, value, unable)}
    if kind == BOX:
        return told | {"value": bool(field.get("default") if value is None else value)}
    if kind == RADIO:
        preset = next((o["value"] for o in field.get("options") or () if o.get("default")), None)
        return told | {"value": preset if value is None else value}
    if kind == UPLOAD:
        return told | {"values": _taken(world, value)}
    values = [value] if isinstance(value, str) else list(value or _preset(field))
    offered = {str(option["value"]) for option in field.get("options") or ()}
    if (kind == BOXES or offered) and not offered.issuperset(values):
        raise unable(f"{name!r} offers {sorted(offered)}, not {values}")
    low = int(field.get("min_values", 1 if field.get("required", True) else 0))
    if not low <= len(values) <= max(1, int(field.get("max_values", 1))) and kind in SELECTS:
        raise unable(f"{name!r} takes {low} to {field.get('max_values', 1)} values, not {values}")
    return told | {"values": values}


def _preset(field: Mapping[str, Any]) -> list[str]:
    chosen = [str(o["value"]) for o in field.get("options") or () if o.get("default")]
    return chosen or [str(one["id"]) for one in field.get("default_values") or ()]


def _written(field: Mapping[str, Any], value: Any, unable: type[Exception]) -> str:
    text = str(field.get("value") or "") if value is None else str(value)
    low, high = int(field.get("min_length") or 0), int(field.get("max_length") or 4000)
    if field.get("required", True) and not text:
        raise unable(f"{field['custom_id']!r} has to be filled")
    if text and not low <= len(text) <= high:
        raise unable(f"{field['custom_id']!r} takes {low} to {high} characters, not {len(text)}")
    return text


def _taken(world: World, value: Any) -> list[str]:
    ids = []
    for name, raw in (value or {}).items():
        upload = Upload(world.new_id(), name, len(raw), None, raw)
        world.attachments[upload.id] = upload
        ids.append(upload.id)
    return ids


def _uploads(world: World, filled: Mapping[str, Any]) -> dict[str, Any]:
    found = {file: shapes.upload(world, world.attachments[file], "0") for file in filled.get("values") or ()}
    return {"resolved": {"attachments": found}} if found else {}


# ------------------------------------------------------------ commands


def command(
    world: World,
    person: "Person",
    where: Channel,
    name: str,
    options: Mapping[str, Any],
    unable: type[Exception],
    *,
    focus: str | None = None,
) -> dict[str, Any]:
    """What a slash command sends, nested as it is registered. `focus` is the option that is being typed."""
    first, *steps = name.split()
    registered = _registered(world, person, where, first, SLASH, unable)
    nodes: list[Mapping[str, Any]] = []
    node: Mapping[str, Any] = registered
    for step in steps:
        inner = [o for o in node.get("options") or () if o["type"] in {SUBCOMMAND, GROUP}]
        node = _named(inner, step, person.user.locale, unable)
        nodes.append(node)
    if any(o["type"] in {SUBCOMMAND, GROUP} for o in node.get("options") or ()):
        raise unable(f"/{name} is a group: {[o['name'] for o in node['options']]}")
    told, known = _options(world, person, node, options, unable, focus)
    for one in reversed(nodes):
        told = [{"type": one["type"], "name": one["name"], "options": told}]
    found: dict[str, Any] = {"id": registered["id"], "name": registered["name"], "type": SLASH, "options": told}
    found |= {"guild_id": registered["guild_id"]} if "guild_id" in registered else {}
    return found | ({"resolved": known} if known else {})


def _registered(
    world: World, person: "Person", where: Channel, name: str, kind: int, unable: type[Exception]
) -> Mapping[str, Any]:
    """A command as this person's client offers it here."""
    everywhere = [*world.commands.get(where.guild, []), *world.commands[None]] if where.guild else world.commands[None]
    found = _named([c for c in everywhere if c["type"] == kind], name, person.user.locale, unable)
    context = GUILD_CONTEXT if where.guild else DM_CONTEXT
    if found.get("contexts") is not None and context not in found["contexts"]:
        raise unable(f"/{name} is not offered in context {context}")
    installs = found.get("integration_types") or [0]
    if where.guild is not None:
        served = (0 in installs and world.present(where.guild)) or (1 in installs and person.user.installed)
        if not served:
            raise unable(f"/{name} is not installed here")
        may = world.may(person.id, where)
        needed = Permission(int(found.get("default_member_permissions") or 0))
        short = found.get("default_member_permissions") == "0" or needed & ~may != NOTHING
        if short and Permission.ADMINISTRATOR not in may:
            raise unable(f"/{name} is hidden from {person.user.name}")
    return found


def _named(entries: Sequence[Mapping[str, Any]], name: str, locale: str, unable: type[Exception]) -> Mapping[str, Any]:
    for one in entries:
        if name in {one["name"], (one.get("name_localizations") or {}).get(locale)}:
            return one
    raise unable(f"no command or option {name!r}, only {[one['name'] for one in entries]}")


def _options(
    world: World,
    person: "Person",
    node: Mapping[str, Any],
    given: Mapping[str, Any],
    unable: type[Exception],
    focus: str | None,
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    told: list[dict[str, Any]] = []
    known: dict[str, dict[str, Any]] = {}
    for name, value in given.items():
        option = _named(node.get("options") or (), name, person.user.locale, unable)
        kind = int(option["type"])
        sent = value if name == focus else _checked(world, option, value, unable)
        entry = {"type": kind, "name": option["name"], "value": sent}
        told.append(entry | ({"focused": True} if name == focus else {}))
        menu = {USER: USERS, CHANNEL: CHANNELS, ROLE: ROLES, MENTIONABLE: MENTIONABLES}.get(kind)
        more = resolved(world, person.guild, menu, [str(sent)]) if menu else {}
        more = _uploads(world, {"values": [sent]}) if kind == ATTACHMENT else more
        for key, entries in more.get("resolved", {}).items():
            known.setdefault(key, {}).update(entries)
    missing = [o["name"] for o in node.get("options") or () if o.get("required") and o["name"] not in given]
    if missing and focus is None:
        raise unable(f"the command needs {missing}")
    return told, known


def _checked(world: World, option: Mapping[str, Any], value: Any, unable: type[Exception]) -> Any:
    """The value as it is sent, if the client takes it."""
    kind, name = int(option["type"]), option["name"]
    if kind == ATTACHMENT:
        (file,) = _taken(world, value)
        return file
    if kind in {USER, CHANNEL, ROLE, MENTIONABLE}:
        return getattr(value, "id", value)
    choices = option.get("choices") or []
    if choices and value not in [choice["value"] for choice in choices]:
        raise unable(f"{name!r} offers {[choice['value'] for choice in choices]}, not {value!r}")
    size = len(str(value)) if kind == STRING else value
    low, high = (option.get(f"{end}_{'length' if kind == STRING else 'value'}") for end in ("min", "max"))
    if (low is not None and size < low) or (high is not None and size > high):
        raise unable(f"{name!r} takes {low} to {high}, not {value!r}")
    return value


def message_menu(
    world: World, person: "Person", message: Message, name: str, unable: type[Exception]
) -> dict[str, Any]:
    """What an entry in the menu of a message sends: with the message, whose text the bot may read here."""
    where = world.channels[message.channel]
    registered = _registered(world, person, where, name, MESSAGE_MENU, unable)
    known = {"messages": {message.id: shapes.message(world, message)}}
    told = {"id": registered["id"], "name": registered["name"], "type": MESSAGE_MENU}
    return told | {"target_id": message.id, "resolved": known}

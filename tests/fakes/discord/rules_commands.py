"""What Discord refuses in the commands of an application, and how they are registered."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from tests.fakes.discord import refusals
from tests.fakes.discord.refusals import Findings, Refusal, Refused
from tests.fakes.discord.world import World

_LOCALES = (
    "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja"
    " zh-TW ko"
)
LOCALES = frozenset(_LOCALES.split())
SLASH, USER_MENU, MESSAGE_MENU = 1, 2, 3
MOST = {SLASH: 100, USER_MENU: 15, MESSAGE_MENU: 15}
SUBCOMMAND, GROUP = 1, 2
MOST_CHARACTERS = 8_000
_NAME = re.compile(r"[-_'\w]{1,32}")
Path = tuple[str | int, ...]


def commands_refusal(commands: Sequence[Mapping[str, Any]]) -> Refusal | None:
    """What is wrong with all commands of an application, or None."""
    found = Findings()
    kinds = Counter(int(one.get("type", SLASH)) for one in commands)
    if any(number > MOST.get(kind, 0) for kind, number in kinds.items()):
        return refusals.TOO_MANY_COMMANDS
    names = Counter((int(one.get("type", SLASH)), one.get("name")) for one in commands)
    for number, one in enumerate(commands):
        path: Path = (number,)
        if names[int(one.get("type", SLASH)), one.get("name")] > 1:
            found.add(path, "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
        _command(one, path, found)
    return found.refusal


def _command(one: Mapping[str, Any], path: Path, found: Findings) -> None:
    kind = int(one.get("type", SLASH))
    if kind != SLASH:
        for name, where in _spellings(one, "name"):
            found.length((*path, *where), name, 1, 32)
        if one.get("description") or one.get("options"):
            words = "Context menu commands cannot have description or options"
            found.add(path, "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", words)
        return
    _named(one, path, found)
    _options(one.get("options") or [], path, found, depth=0)
    size = characters(one)
    if size > MOST_CHARACTERS:
        words = f"Command exceeds maximum size ({MOST_CHARACTERS}): {size}"
        found.add(path, "APPLICATION_COMMAND_TOO_LARGE", words)


def _spellings(one: Mapping[str, Any], key: str) -> Iterator[tuple[Any, Path]]:
    yield one.get(key), (key,)
    for locale, words in (one.get(f"{key}_localizations") or {}).items():
        yield words, (f"{key}_localizations", locale)


def _named(one: Mapping[str, Any], path: Path, found: Findings) -> None:
    for name, where in _spellings(one, "name"):
        if not isinstance(name, str) or not _NAME.fullmatch(name) or name != name.lower():
            words = "Command name is invalid"
            found.add((*path, *where), "APPLICATION_COMMAND_INVALID_NAME", words)
    for words, where in _spellings(one, "description"):
        found.length((*path, *where), words, 1, 100)
    for key in ("name_localizations", "description_localizations"):
        for locale in one.get(key) or {}:
            if locale not in LOCALES:
                found.add((*path, key, locale), "ENUM_TYPE_COERCE", f'Value "{locale}" is not a valid enum value.')


def _options(options: Sequence[Mapping[str, Any]], path: Path, found: Findings, depth: int) -> None:
    found.amount((*path, "options"), len(options), 0, 25)
    _order(options, (*path, "options"), found)
    for number, one in enumerate(options):
        here: Path = (*path, "options", number)
        kind = int(one.get("type", 0))
        _named(one, here, found)
        if (kind == GROUP and depth) or (kind == SUBCOMMAND and depth > 1) or not 1 <= kind <= 11:
            found.add((*here, "type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command option type is invalid")
        if kind in {SUBCOMMAND, GROUP}:
            _options(one.get("options") or [], here, found, depth + (1 if kind == GROUP else 2))
        else:
            _choices(one, here, found)


def _order(options: Sequence[Mapping[str, Any]], path: Path, found: Findings) -> None:
    kinds = {int(one.get("type", 0)) in {SUBCOMMAND, GROUP} for one in options}
    if len(kinds) > 1:
        words = "Sub-commands and other options do not go together"
        found.add(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", words)
    required = [bool(one.get("required")) for one in options if int(one.get("type", 0)) > GROUP]
    if required != sorted(required, reverse=True):
        words = "Required options must be placed before non-required options"
        found.add(path, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", words)
    spelled: dict[str, Counter[Any]] = {}
    for one in options:
        for name, where in _spellings(one, "name"):
            spelled.setdefault(str(where), Counter())[name] += 1
    if any(number > 1 for names in spelled.values() for number in names.values()):
        found.add(path, "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists")


def _choices(one: Mapping[str, Any], path: Path, found: Findings) -> None:
    choices = one.get("choices") or []
    found.amount((*path, "choices"), len(choices), 0, 25)
    if choices and one.get("autocomplete"):
        words = "Autocomplete cannot be set when choices are present"
        found.add((*path, "autocomplete"), "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES", words)
    for number, choice in enumerate(choices):
        for name, where in _spellings(choice, "name"):
            found.length((*path, "choices", number, *where), name, 1, 100)
        if isinstance(choice.get("value"), str):
            found.length((*path, "choices", number, "value"), choice["value"], 1, 100)


def characters(one: Mapping[str, Any]) -> int:
    """Names, descriptions and values of a command and all in it; of translations, the longest counts."""
    total = 0
    for key in ("name", "description"):
        total += max((len(words or "") for words, _ in _spellings(one, key)), default=0)
    for choice in one.get("choices") or ():
        total += max(len(name or "") for name, _ in _spellings(choice, "name")) + len(str(choice.get("value")))
    return total + sum(characters(option) for option in one.get("options") or ())


def register(world: World, guild: str | None, commands: Any) -> list[dict[str, Any]]:
    """Put all commands of the application (everywhere, or in a server) in place of those there were.

    A name that was not there counts as a creation: 200 a day.
    """
    if not isinstance(commands, list):
        raise Refused(refusals.FORM)
    refusal = commands_refusal(commands)
    if refusal is not None:
        raise Refused(refusal)
    before = {(int(c.get("type", SLASH)), c["name"]): c for c in world.commands.get(guild, [])}
    since = world.clock.now() - timedelta(days=1)
    recent = sum(1 for at, where in world.creates if at > since and where == guild)
    new = [c for c in commands if (int(c.get("type", SLASH)), c["name"]) not in before]
    if recent + len(new) > world.portal.creates_a_day:
        raise Refused(refusals.TOO_MANY_CREATES)
    world.creates += [(world.clock.now(), guild)] * len(new)
    world.commands[guild] = [_kept(world, guild, c, before) for c in commands]
    world.touch()
    return world.commands[guild]


def _kept(
    world: World, guild: str | None, one: Mapping[str, Any], before: Mapping[tuple[int, str], Mapping[str, Any]]
) -> dict[str, Any]:
    kind = int(one.get("type", SLASH))
    earlier = before.get((kind, one["name"]))
    defaults: dict[str, Any] = {
        "description": "",
        "default_member_permissions": None,
        "contexts": None,
        "integration_types": [0],
        "nsfw": False,
    }
    own = {"id": earlier["id"] if earlier else world.new_id(), "application_id": world.me.id, "type": kind}
    own |= {"version": world.new_id()} | ({"guild_id": guild} if guild else {})
    return defaults | {k: v for k, v in one.items() if k != "id"} | own

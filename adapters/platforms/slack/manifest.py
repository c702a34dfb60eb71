"""The Slack app as a file: what is pasted on Slack's page for new apps, and what of it Slack would refuse.

The limits are those of Slack's reference of manifests; `faults` is what tests hold the file to, so that nobody finds
out on Slack's page.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any, Final, cast

from bot.errors import ConfigError

Manifest = dict[str, Any]
EVENTS_PATH: Final = "/slack/events"
REDIRECT_PATH: Final = "/slack/oauth_redirect"
_FILE: Final = "manifest.yaml"
_ADDRESS: Final = re.compile(r"https://[^\s/?#@]+")
_LONGEST: Final = {
    "display_information.name": 35,
    "display_information.description": 140,
    "display_information.long_description": 4000,
    "features.bot_user.display_name": 80,
    "features.agent_view.agent_description": 300,
}
_SHORTEST_LONG: Final = 175
_LONGEST_ADDRESS: Final = 1_000
_MOST: Final = {
    "features.slash_commands": 50,
    "features.shortcuts": 10,
    "features.unfurl_domains": 5,
    "features.agent_view.suggested_prompts": 4,
    "oauth_config.redirect_urls": 1_000,
    "oauth_config.scopes.bot": 255,
    "oauth_config.scopes.bot_optional": 255,
    "settings.event_subscriptions.bot_events": 100,
}
_NEEDS: Final = {
    "agent_session_stopped": ("assistant:write",),
    "app_mention": ("app_mentions:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "app_home_opened": (),
    "app_uninstalled": (),
    "team_access_revoked": (),
    "tokens_revoked": (),
}
"""The events we know, and the scopes they need."""
_COMMAND: Final = re.compile(r"/[a-z0-9_-]{1,31}")
_SCOPE: Final = re.compile(r"[a-z_]+(:[a-z_.]+)*")
_CALLBACK: Final = re.compile(r"\S{1,255}")
_LONGEST_SHORTCUT, _LONGEST_ABOUT, _LONGEST_HINT = 24, 150, 1_000


def text() -> str:
    """The file as it is shipped, with its comments: for one workspace, through a socket."""
    return files("adapters.platforms.slack").joinpath(_FILE).read_text(encoding="utf-8")


def manifest(address: str | None = None) -> Manifest:
    """The app; with an address, for requests that Slack sends there, and for any workspace or organization.

    Raises:
        ConfigError: the address is none that Slack sends to.
    """
    import yaml

    made = cast("Manifest", yaml.safe_load(text()))
    if address is None:
        return made
    if not _ADDRESS.fullmatch(address.rstrip("/")):
        raise ConfigError([f"--address: {address!r} is no address such as https://counterpoint.example.org"])
    origin = address.rstrip("/")
    events = origin + EVENTS_PATH
    for command in made["features"]["slash_commands"]:
        command["url"] = events
    made["oauth_config"] = {"redirect_urls": [origin + REDIRECT_PATH], **made["oauth_config"]}
    settings = made["settings"]
    settings["event_subscriptions"] = {"request_url": events, **settings["event_subscriptions"]}
    settings["interactivity"] |= {"request_url": events, "message_menu_options_url": events}
    settings |= {"org_deploy_enabled": True, "socket_mode_enabled": False}
    return made


def faults(made: Mapping[str, Any]) -> list[str]:
    """What Slack would refuse, or what would not work, each in a line that begins with where it stands."""
    checks: tuple[Callable[[Mapping[str, Any]], Iterator[str]], ...] = (
        _words,
        _numbers,
        _commands,
        _shortcuts,
        _prompts,
        _surfaces,
        _scopes,
        _events,
        _addresses,
    )
    return [fault for check in checks for fault in check(made)]


def _at(made: Mapping[str, Any], path: str) -> object:
    """What stands under a path with dots; None where nothing does."""
    found: object = made
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _each(made: Mapping[str, Any], path: str) -> Sequence[Any]:
    found = _at(made, path)
    return found if isinstance(found, list) else []


def _words(made: Mapping[str, Any]) -> Iterator[str]:
    for path, most in _LONGEST.items():
        found = _at(made, path)
        if not isinstance(found, str) or not found.strip():
            yield f"{path}: missing"
        elif len(found) > most:
            yield f"{path}: {len(found)} characters, at most {most}"
    long = _at(made, "display_information.long_description")
    if isinstance(long, str) and 0 < len(long) < _SHORTEST_LONG:
        yield f"display_information.long_description: {len(long)} characters, at least {_SHORTEST_LONG}"
    colour = _at(made, "display_information.background_color")
    if colour is not None and not re.fullmatch(r"#[0-9a-fA-F]{6}", str(colour)):
        yield "display_information.background_color: no colour such as #1f2d3d"


def _numbers(made: Mapping[str, Any]) -> Iterator[str]:
    for path, most in _MOST.items():
        if len(_each(made, path)) > most:
            yield f"{path}: {len(_each(made, path))}, at most {most}"


def _commands(made: Mapping[str, Any]) -> Iterator[str]:
    where = "features.slash_commands"
    names = [str(one.get("command")) for one in _each(made, where)]
    for one, name in zip(_each(made, where), names, strict=True):
        if not _COMMAND.fullmatch(name):
            yield f"{where}: {name!r} is no command"
        if not one.get("description") or len(one["description"]) > _LONGEST_ABOUT:
            yield f"{where}: {name} has no description of at most {_LONGEST_ABOUT} characters"
        if len(one.get("usage_hint") or "") > _LONGEST_HINT:
            yield f"{where}: the hint of {name} is longer than {_LONGEST_HINT} characters"
    if len(set(names)) < len(names):
        yield f"{where}: a command twice"


def _shortcuts(made: Mapping[str, Any]) -> Iterator[str]:
    where = "features.shortcuts"
    callbacks = [str(one.get("callback_id") or "") for one in _each(made, where)]
    for one, callback in zip(_each(made, where), callbacks, strict=True):
        name = str(one.get("name") or "")
        if not 0 < len(name) <= _LONGEST_SHORTCUT:
            yield f"{where}: {name!r} has {len(name)} characters, 1 to {_LONGEST_SHORTCUT}"
        if one.get("type") not in {"global", "message"}:
            yield f"{where}: {name!r} is neither global nor message"
        if not 0 < len(str(one.get("description") or "")) <= _LONGEST_ABOUT:
            yield f"{where}: {name!r} has no description of at most {_LONGEST_ABOUT} characters"
        if not _CALLBACK.fullmatch(callback):
            yield f"{where}: {name!r} has no callback_id"
    if len(set(callbacks)) < len(callbacks):
        yield f"{where}: a callback_id twice"
    if callbacks and _at(made, "settings.interactivity.is_enabled") is not True:
        yield "settings.interactivity.is_enabled: shortcuts and buttons need it"


def _prompts(made: Mapping[str, Any]) -> Iterator[str]:
    for one in _each(made, "features.agent_view.suggested_prompts"):
        if not (isinstance(one, Mapping) and one.get("title") and one.get("message")):
            yield "features.agent_view.suggested_prompts: one has no title or no message"


def _surfaces(made: Mapping[str, Any]) -> Iterator[str]:
    wanted = {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False}
    for name, value in wanted.items():
        if _at(made, f"features.app_home.{name}") is not value:
            yield f"features.app_home.{name}: must be {str(value).lower()}"
    if _at(made, "features.assistant_view") is not None:
        yield "features.assistant_view: new apps have agent_view instead"


def _scopes(made: Mapping[str, Any]) -> Iterator[str]:
    where = "oauth_config.scopes"
    bot, optional = (_each(made, f"{where}.{name}") for name in ("bot", "bot_optional"))
    if not bot:
        yield f"{where}.bot: missing"
    for scope in (*bot, *optional):
        if not _SCOPE.fullmatch(str(scope)):
            yield f"{where}: {scope!r} is no scope"
    if len(set(bot)) < len(bot) or len(set(optional)) < len(optional):
        yield f"{where}: a scope twice"
    for scope in optional:
        if scope not in bot:
            yield f"{where}.bot_optional: {scope} must stand in bot, too"
    if _each(made, f"{where}.user"):
        yield f"{where}.user: we act as nobody"


def _events(made: Mapping[str, Any]) -> Iterator[str]:
    where = "settings.event_subscriptions.bot_events"
    found, granted = [str(one) for one in _each(made, where)], _each(made, "oauth_config.scopes.bot")
    for event in found:
        if event not in _NEEDS:
            yield f"{where}: {event} is not known"
        for scope in _NEEDS.get(event, ()):
            if scope not in granted:
                yield f"{where}: {event} needs {scope}"
    if len(set(found)) < len(found):
        yield f"{where}: an event twice"


def _addresses(made: Mapping[str, Any]) -> Iterator[str]:
    by_socket = _at(made, "settings.socket_mode_enabled") is True
    single = ("settings.event_subscriptions.request_url", "settings.interactivity.request_url")
    given = {path: [_at(made, path)] for path in (*single, "settings.interactivity.message_menu_options_url")}
    given["features.slash_commands.url"] = [one.get("url") for one in _each(made, "features.slash_commands")]
    for path, addresses in {**given, "oauth_config.redirect_urls": _each(made, "oauth_config.redirect_urls")}.items():
        for address in addresses:
            if address is None and not by_socket:
                yield f"{path}: missing, and there is no socket"
            if address is not None and not _is_address(address):
                yield f"{path}: {address!r} is no https address"
    if by_socket and _at(made, "settings.org_deploy_enabled") is True:
        yield "settings.org_deploy_enabled: an organization installs through an address"


def _is_address(value: object) -> bool:
    return (
        isinstance(value, str) and len(value) <= _LONGEST_ADDRESS and value.startswith("https://") and "#" not in value
    )

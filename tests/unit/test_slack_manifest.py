"""The file that makes the app: within Slack's limits, and at one with what we listen to, offer and are granted."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from adapters.cli.app import run
from adapters.platforms.slack import client, permissions
from adapters.platforms.slack.installing.flow import INSTALL
from adapters.platforms.slack.manifest import EVENTS_PATH, REDIRECT_PATH, Manifest, faults, manifest, text
from bot.errors import ConfigError

HERE = "https://counterpoint.example.org"
Change = Callable[[Any], object]


@pytest.fixture(params=[None, HERE], ids=["socket", "address"])
def made(request: pytest.FixtureRequest) -> Manifest:
    """Both forms that we print."""
    return manifest(request.param)


def test_slack_takes_it(made: Manifest) -> None:
    """No limit is passed, in either form."""
    assert faults(made) == []


def test_it_asks_for_what_we_say_we_need() -> None:
    """The same list as the doctor's and the page's for installing; what may be left out stands in both."""
    scopes = manifest()["oauth_config"]["scopes"]
    assert scopes["bot"] == [*permissions.REQUIRED, *permissions.OPTIONAL]
    assert scopes["bot_optional"] == list(permissions.OPTIONAL)
    assert set(scopes) == {"bot", "bot_optional"}


def test_it_asks_for_no_more_than_was_agreed() -> None:
    """Whoever adds a scope has to look twice: each is a question to an admin."""
    assert set(permissions.REQUIRED) == {
        "app_mentions:read",
        "assistant:write",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "im:history",
        "im:write",
        "users:read",
    }
    assert set(permissions.OPTIONAL) == {"channels:join", "files:write", "groups:history", "groups:read"}


def test_it_subscribes_to_what_we_listen_to() -> None:
    """`message` comes in three kinds; nothing is sent that nobody hears."""
    listeners = set()

    class Listening:
        """Notes what is listened to."""

        def event(self, name: Any) -> Change:
            listeners.add(name)
            return lambda listener: listener

        def __getattr__(self, _: str) -> Callable[..., Change]:
            return lambda *_: lambda listener: listener

    client._register(Listening(), None)  # type: ignore[arg-type]
    events = manifest()["settings"]["event_subscriptions"]["bot_events"]
    assert {event.partition(".")[0] for event in events} == listeners - {client.ANY}


def test_commands_and_shortcuts_are_those_that_people_know() -> None:
    """One command; one shortcut of each kind, under the names that `hearing` hands on."""
    features = manifest()["features"]
    assert [one["command"] for one in features["slash_commands"]] == ["/brief"]
    known = {(one["type"], one["name"], one["callback_id"]) for one in features["shortcuts"]}
    assert known == {("global", "Briefing now", "now"), ("message", "Ask about this", "ask")}


def test_with_an_address_everything_leads_there() -> None:
    """Events, buttons, menus, the command and the way back from Slack; no socket; an organization may install it."""
    there = manifest(f"{HERE}/")
    events, settings = HERE + EVENTS_PATH, there["settings"]
    assert settings["event_subscriptions"]["request_url"] == events
    assert settings["interactivity"] == {
        "is_enabled": True,
        "request_url": events,
        "message_menu_options_url": events,
    }
    assert [one["url"] for one in there["features"]["slash_commands"]] == [events]
    assert there["oauth_config"]["redirect_urls"] == [HERE + REDIRECT_PATH]
    assert (settings["socket_mode_enabled"], settings["org_deploy_enabled"]) == (False, True)
    assert "http" not in json.dumps(manifest())
    assert INSTALL not in json.dumps(there)


@pytest.mark.parametrize(
    "address",
    ["", "counterpoint.example.org", "http://x.example", f"{HERE}/path", f"{HERE}?a=b", "https://a b", "https://u@x"],
)
def test_an_address_that_slack_would_not_send_to_is_refused(address: str) -> None:
    """Before it is pasted."""
    with pytest.raises(ConfigError, match="--address"):
        manifest(address)


def _set(path: str, value: object) -> Change:
    def change(made: Any) -> None:
        *names, last = path.split(".")
        for name in names:
            made = made[int(name) if name.isdigit() else name]
        if value is ...:
            del made[last]
        else:
            made[int(last) if last.isdigit() else last] = value

    return change


def _add(path: str, *values: object) -> Change:
    def change(made: Any) -> None:
        for name in path.split("."):
            made = made[name]
        made.extend(values)

    return change


COMMAND = {"command": "/other", "description": "Other"}
SHORTCUT = {"name": "Other", "type": "global", "callback_id": "other", "description": "Other"}
VIOLATIONS: list[tuple[Change, str]] = [
    (_set("display_information.name", "x" * 36), "display_information.name: 36"),
    (_set("display_information.name", ...), "display_information.name: missing"),
    (_set("display_information.name", " "), "display_information.name: missing"),
    (_set("display_information.description", "x" * 141), "display_information.description: 141"),
    (_set("display_information.long_description", "x" * 174), "long_description: 174 characters, at least 175"),
    (_set("display_information.long_description", "x" * 4001), "long_description: 4001"),
    (_set("display_information.background_color", "blue"), "background_color"),
    (_set("features.bot_user.display_name", "x" * 81), "display_name: 81"),
    (_set("features.bot_user", ...), "features.bot_user.display_name: missing"),
    (_set("features.agent_view.agent_description", "x" * 301), "agent_description: 301"),
    (_set("features.agent_view", ...), "agent_view.agent_description: missing"),
    (_add("features.agent_view.suggested_prompts", {"title": "x", "message": "x"}), "suggested_prompts: 5, at most 4"),
    (_set("features.agent_view.suggested_prompts.0.message", ""), "no title or no message"),
    (_set("features.agent_view.suggested_prompts.0", "x"), "no title or no message"),
    (_set("features.assistant_view", {"assistant_description": "x"}), "features.assistant_view"),
    (_set("features.app_home.home_tab_enabled", False), "home_tab_enabled"),
    (_set("features.app_home.messages_tab_enabled", ...), "messages_tab_enabled"),
    (_set("features.app_home.messages_tab_read_only_enabled", True), "messages_tab_read_only_enabled: must be false"),
    (_set("features.unfurl_domains", ["x.example"] * 6), "unfurl_domains: 6, at most 5"),
    (_set("features.slash_commands.0.command", "/Brief"), "'/Brief' is no command"),
    (_set("features.slash_commands.0.command", "/" + "x" * 32), "is no command"),
    (_set("features.slash_commands.0.command", "brief"), "is no command"),
    (_set("features.slash_commands.0.description", ""), "no description"),
    (_set("features.slash_commands.0.usage_hint", "x" * 1001), "the hint of /brief"),
    (_add("features.slash_commands", COMMAND, COMMAND), "a command twice"),
    (_add("features.slash_commands", *({**COMMAND, "command": f"/c{n}"} for n in range(50))), "slash_commands: 51"),
    (_set("features.shortcuts.0.name", "x" * 25), "has 25 characters"),
    (_set("features.shortcuts.0.name", ""), "has 0 characters"),
    (_set("features.shortcuts.0.type", "channel"), "neither global nor message"),
    (_set("features.shortcuts.0.description", "x" * 151), "no description"),
    (_set("features.shortcuts.0.callback_id", "x" * 256), "no callback_id"),
    (_set("features.shortcuts.0.callback_id", "ask"), "a callback_id twice"),
    (_add("features.shortcuts", *({**SHORTCUT, "callback_id": f"c{n}"} for n in range(9))), "shortcuts: 11"),
    (_set("settings.interactivity.is_enabled", False), "interactivity.is_enabled"),
    (_set("oauth_config.scopes.bot", []), "oauth_config.scopes.bot: missing"),
    (_add("oauth_config.scopes.bot", "chat:write"), "a scope twice"),
    (_add("oauth_config.scopes.bot", "Chat Write"), "is no scope"),
    (_add("oauth_config.scopes.bot", *(f"a:b{'x' * n}" for n in range(255))), "scopes.bot: 268"),
    (_add("oauth_config.scopes.bot_optional", "pins:read"), "pins:read must stand in bot"),
    (_set("oauth_config.scopes.user", ["search:read"]), "scopes.user"),
    (_add("settings.event_subscriptions.bot_events", "app_mention"), "an event twice"),
    (_add("settings.event_subscriptions.bot_events", "star_added"), "star_added is not known"),
    (_add("settings.event_subscriptions.bot_events", *(f"e{n}" for n in range(99))), "bot_events: 109"),
    (_set("oauth_config.scopes.bot.4", "pins:read"), "message.channels needs channels:history"),
]


@pytest.mark.parametrize(("change", "words"), VIOLATIONS, ids=[words for _, words in VIOLATIONS])
def test_what_slack_would_refuse_is_found(made: Manifest, change: Change, words: str) -> None:
    """Each violation by itself, by where it stands; in both forms."""
    changed = copy.deepcopy(made)
    change(changed)
    assert any(words in fault for fault in faults(changed)), faults(changed)


@pytest.mark.parametrize(
    ("address", "change", "words"),
    [
        (HERE, _set("settings.event_subscriptions.request_url", ...), "request_url: missing, and there is no socket"),
        (
            HERE,
            _set("settings.interactivity.request_url", "http://x.example"),
            "'http://x.example' is no https address",
        ),
        (HERE, _set("features.slash_commands.0.url", ...), "slash_commands.url: missing"),
        (HERE, _set("oauth_config.redirect_urls", ["https://x.example/#a"]), "redirect_urls: 'https://x.example/#a'"),
        (HERE, _set("settings.interactivity.message_menu_options_url", "x"), "message_menu_options_url: 'x'"),
        (None, _set("settings.org_deploy_enabled", True), "org_deploy_enabled"),
        (None, _set("settings.socket_mode_enabled", ...), "request_url: missing"),
        (None, _set("features.slash_commands.0.url", "https://" + "x" * 993), "is no https address"),
    ],
)
def test_addresses_and_sockets_go_together(address: str | None, change: Change, words: str) -> None:
    """Slack has either a socket or https addresses for everything it sends."""
    changed = manifest(address)
    change(changed)
    assert any(words in fault for fault in faults(changed)), faults(changed)


@pytest.mark.parametrize("rubbish", [{}, {"features": []}, {"settings": {"event_subscriptions": "x"}}])
def test_what_is_no_manifest_has_faults_too(rubbish: dict[str, Any]) -> None:
    """None of the checks falls over."""
    assert faults(rubbish)


def test_the_command_prints_what_slacks_page_takes(capsys: pytest.CaptureFixture[str]) -> None:
    """The file with its comments; with an address or as JSON, the same app."""
    for arguments, read, app in (
        ([], yaml.safe_load, manifest()),
        (["--format", "json"], json.loads, manifest()),
        (["--address", HERE], yaml.safe_load, manifest(HERE)),
        (["--address", HERE, "--format", "json"], json.loads, manifest(HERE)),
    ):
        assert run(["manifest", *arguments]) == 0
        printed = capsys.readouterr()
        assert read(printed.out) == app
        assert printed.err == ""
    run(["manifest"])
    assert capsys.readouterr().out == text()
    assert run(["manifest", "--address", "ftp://x"]) == 2
    refused = capsys.readouterr()
    assert (refused.out, "--address" in refused.err) == ("", True)

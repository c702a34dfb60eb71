"""What may stand in blocks to be pressed, chosen and filled in, and how long its parts may be. Doubts: see `rules`."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.fakes.slack.rules_checks import (
    HOME,
    MESSAGE,
    MODAL,
    Check,
    Complaints,
    Rule,
    among,
    exactly,
    flag,
    many,
    number,
    said,
    shaped,
    string,
    text,
    typed,
)

ANY_TEXT = ("plain_text", "mrkdwn")
ACTION_ID, VALUE, LINK = string(255), string(2000, 0), string(3000)
ID = string(255)


def _sure() -> Rule:
    parts: dict[str, Check] = {
        "title": text(100),
        "text": text(300, *ANY_TEXT),
        "confirm": text(30),
        "deny": text(30),
    }
    return Rule(parts, {"style": among("primary", "danger")})


CONFIRM = exactly(_sure())


def option(*kinds: str, link: bool = False) -> Check:
    """A line of a menu; `kinds`: of its text."""
    more: dict[str, Check] = {"description": text(75, *(kinds or ("plain_text",)))} | ({"url": LINK} if link else {})
    return exactly(Rule({"text": text(75, *kinds), "value": string(150)}, more))


_OPTIONS = many(option(), 100)
_GROUPS = many(exactly(Rule({"label": text(75), "options": _OPTIONS})), 100)
_DISPATCH = exactly(Rule({}, {"trigger_actions_on": many(among("on_enter_pressed", "on_character_entered"), 2)}))
_INCLUDE = many(among("im", "mpim", "private", "public"), 4)
_FILTER = exactly(Rule({}, {"include": _INCLUDE, "exclude_bot_users": flag, "exclude_external_shared_channels": flag}))
_DATE = shaped(lambda v: re.fullmatch(r"\d{4}-\d\d-\d\d", v) is not None, "must be a date: YYYY-MM-DD")
_TIME = shaped(lambda v: re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", v) is not None, "must be a time: HH:mm")
_CHOICE: dict[str, Check] = {
    "action_id": ACTION_ID,
    "placeholder": text(150),
    "confirm": CONFIRM,
    "focus_on_load": flag,
}


def _chosen(value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if value.get("initial_option") is not None:
        yield "initial_option", value["initial_option"]
    for position, one in enumerate(value.get("initial_options") or ()):
        yield f"initial_options/{position}", one


def _among_options(where: str, value: Mapping[str, Any], surface: str) -> Complaints:
    """What is chosen at first is one of the options, to the letter."""
    options = [*(value.get("options") or ()), *(o for g in value.get("option_groups") or () for o in g["options"])]
    for name, one in _chosen(value):
        if one not in options:
            yield said(f"{where}/{name}", "must match one of the options")


def _one_source(where: str, value: Mapping[str, Any], surface: str) -> Complaints:
    if (value.get("options") is None) == (value.get("option_groups") is None):
        yield said(where, "must define either `options` or `option_groups`")
    yield from _among_options(where, value, surface)


def _menu(**more: Check) -> Rule:
    return Rule({}, {**_CHOICE, **more})


def _several(**more: Check) -> Rule:
    return Rule({}, {**_CHOICE, "max_selected_items": number(1, 100), **more})


def _few(*kinds: str, single: bool) -> Rule:
    initial: dict[str, Check] = (
        {"initial_option": option(*kinds)} if single else {"initial_options": many(option(*kinds), 10)}
    )
    known: dict[str, Check] = {"action_id": ACTION_ID, "confirm": CONFIRM, "focus_on_load": flag}
    return Rule({"options": many(option(*kinds), 10)}, known | initial, more=_among_options)


def _lengths(where: str, value: Mapping[str, Any], surface: str) -> Complaints:
    if (value.get("min_length") or 0) > (value.get("max_length") or 3000):
        yield said(f"{where}/min_length", "must not be more than max_length")


def _typing(**more: Check) -> dict[str, Check]:
    known = {
        "action_id": ACTION_ID,
        "placeholder": text(150),
        "focus_on_load": flag,
        "dispatch_action_config": _DISPATCH,
    }
    return {**known, **more}


def _one_picture(where: str, value: Mapping[str, Any], surface: str) -> Complaints:
    if (value.get("image_url") is None) == (value.get("slack_file") is None):
        yield said(where, "must define either `image_url` or `slack_file`")


_SLACK_FILE = exactly(Rule({}, {"id": string(255), "url": LINK}))
PICTURE: dict[str, Check] = {"image_url": LINK, "slack_file": _SLACK_FILE}
_OPINION = exactly(Rule({"text": text(75), "value": VALUE}, {"accessibility_label": string(75)}))
_BUTTON: dict[str, Check] = {
    "action_id": ACTION_ID,
    "url": LINK,
    "value": VALUE,
    "style": among("primary", "danger"),
    "confirm": CONFIRM,
    "accessibility_label": string(75),
}
_ICON: dict[str, Check] = {
    "action_id": ACTION_ID,
    "value": VALUE,
    "confirm": CONFIRM,
    "accessibility_label": string(75),
    "visible_to_user_ids": many(string(20), 100),
}
_LONGEST = {"min_length": number(0, 3000), "max_length": number(1, 3000)}
_CONVERSATION: dict[str, Check] = {
    "filter": _FILTER,
    "default_to_current_conversation": flag,
}
_MENU_SOURCES: dict[str, Check] = {"options": _OPTIONS, "option_groups": _GROUPS}

ELEMENTS: dict[str, Rule] = {
    "button": Rule({"text": text(75)}, _BUTTON),
    "workflow_button": Rule({"text": text(75), "workflow": exactly(Rule({"trigger": exactly(Rule({"url": LINK}))}))}),
    "image": Rule({"alt_text": string(2000)}, PICTURE, more=_one_picture),
    "overflow": Rule({"options": many(option(link=True), 5, 2)}, {"action_id": ACTION_ID, "confirm": CONFIRM}),
    "checkboxes": _few(*ANY_TEXT, single=False),
    "radio_buttons": _few(*ANY_TEXT, single=True),
    "datepicker": _menu(initial_date=_DATE),
    "timepicker": _menu(initial_time=_TIME, timezone=string(255)),
    "datetimepicker": Rule(
        {},
        {
            "action_id": ACTION_ID,
            "confirm": CONFIRM,
            "focus_on_load": flag,
            "initial_date_time": number(1_000_000_000, 9_999_999_999),
        },
        (MESSAGE, MODAL),
    ),
    "static_select": Rule({}, {**_CHOICE, **_MENU_SOURCES, "initial_option": option()}, more=_one_source),
    "external_select": _menu(min_query_length=number(0, 255), initial_option=option()),
    "users_select": _menu(initial_user=string(20)),
    "channels_select": _menu(initial_channel=string(20), response_url_enabled=flag),
    "conversations_select": _menu(initial_conversation=string(20), response_url_enabled=flag, **_CONVERSATION),
    "multi_static_select": Rule(
        {},
        {**_CHOICE, **_MENU_SOURCES, "initial_options": many(option(), 100), "max_selected_items": number(1, 100)},
        more=_one_source,
    ),
    "multi_external_select": _several(min_query_length=number(0, 255), initial_options=many(option(), 100)),
    "multi_users_select": _several(initial_users=many(string(20), 100, 0)),
    "multi_channels_select": _several(initial_channels=many(string(20), 100, 0)),
    "multi_conversations_select": _several(initial_conversations=many(string(20), 100, 0), **_CONVERSATION),
    "plain_text_input": Rule(
        {}, _typing(initial_value=string(3000, 0), multiline=flag, **_LONGEST), (MODAL, HOME), _lengths
    ),
    "email_text_input": Rule({}, _typing(initial_value=string(3000, 0)), (MODAL,)),
    "url_text_input": Rule({}, _typing(initial_value=string(3000, 0)), (MODAL,)),
    "number_input": Rule(
        {"is_decimal_allowed": flag},
        _typing(initial_value=string(40), min_value=string(40), max_value=string(40)),
        (MODAL,),
    ),
    "rich_text_input": Rule({}, _typing(initial_value=lambda *_: iter(())), (MODAL, HOME)),
    "file_input": Rule(
        {}, {"action_id": ACTION_ID, "filetypes": many(string(20), 50), "max_files": number(1, 10)}, (MODAL,)
    ),
    "feedback_buttons": Rule(
        {"positive_button": _OPINION, "negative_button": _OPINION}, {"action_id": ACTION_ID}, (MESSAGE,)
    ),
    "icon_button": Rule({"icon": among("trash"), "text": text(75)}, _ICON, (MESSAGE,)),
}
"""By type."""

PRESSED = frozenset(ELEMENTS) - {"image"}
"""What has an `action_id`."""
MENUS = ("static_select", "external_select", "users_select", "channels_select", "conversations_select")
SEVERAL = tuple(f"multi_{name}" for name in MENUS)
PICKED = ("checkboxes", "radio_buttons", "datepicker", "timepicker")
BESIDE = ("button", "image", "overflow", "workflow_button", *PICKED, *MENUS, *SEVERAL)
"""What stands beside the text of a section."""
IN_ROW = ("button", "overflow", "workflow_button", "datetimepicker", *PICKED, *MENUS)
"""What stands in a row of actions."""
FILLED_IN = (
    *PICKED,
    *MENUS,
    *SEVERAL,
    "datetimepicker",
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "rich_text_input",
    "file_input",
)
"""What stands in an input."""


def element(*allowed: str) -> Check:
    """An element of one of these types."""
    return typed(lambda: ELEMENTS, *allowed)

"""Every limit of Slack's blocks, from both sides: what just fits is taken, one more is refused and named."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from tests.contract.slack_stage import button, modal, plain, section
from tests.fakes.slack import rules

Make = Callable[[int], Any]
Json = dict[str, Any]


def mrkdwn(length: int) -> Json:
    return {"type": "mrkdwn", "text": "x" * length}


def option(number: int = 0, **more: Any) -> Json:
    return {"text": plain(f"Story {number}"), "value": f"b1:src:e1:{number}", **more}


def menu(**more: Any) -> Json:
    return {"type": "static_select", "action_id": "b1:go", "options": [option()], **more}


def actions(*elements: Mapping[str, Any]) -> Json:
    return {"type": "actions", "elements": list(elements)}


def context_actions(*elements: Mapping[str, Any]) -> Json:
    return {"type": "context_actions", "elements": list(elements)}


def opinion(**more: Any) -> Json:
    return {"text": plain("Useful"), "value": "b1:useful:a1:1", **more}


def feedback(**more: Any) -> Json:
    both = {"positive_button": opinion(), "negative_button": opinion()}
    return {"type": "feedback_buttons", "action_id": "b1:useful", **both, **more}


def sure(**more: Any) -> Json:
    parts = {"title": plain("Sure?"), "text": plain("It goes."), "confirm": plain("Yes"), "deny": plain("No")}
    return {"confirm": parts | more}


def field(element: Mapping[str, Any], **more: Any) -> Json:
    return {"type": "input", "label": plain("Your question"), "element": dict(element), **more}


def picture(**more: Any) -> Json:
    return {"type": "image", "image_url": "https://a.example/t.png", "alt_text": "Tides", **more}


def table(rows: int, columns: int = 1, length: int = 1) -> Json:
    cell = {"type": "raw_text", "text": "x" * length}
    return {"type": "table", "rows": [[cell] * columns for _ in range(rows)]}


def container(*children: Mapping[str, Any], **more: Any) -> Json:
    return {"type": "container", "title": plain("More"), "child_blocks": list(children), **more}


def many(number: int, make: Callable[[int], Json]) -> list[Json]:
    return [make(n) for n in range(number)]


def choice(number: int) -> Json:
    return {"type": "radio_buttons", "options": many(number, option)}


def pressed(number: int) -> Json:
    return button(action_id=f"b1:src:{number}")


AT_MOST: dict[str, tuple[int, Make]] = {
    "section text": (3000, lambda n: [{"type": "section", "text": mrkdwn(n)}]),
    "fields": (10, lambda n: [{"type": "section", "fields": [mrkdwn(1)] * n}]),
    "field": (2000, lambda n: [{"type": "section", "fields": [mrkdwn(n)]}]),
    "header": (150, lambda n: [{"type": "header", "text": plain("x" * n)}]),
    "markdown": (12_000, lambda n: [{"type": "markdown", "text": "x" * n}]),
    "markdown in sum": (
        12_000,
        lambda n: [{"type": "markdown", "text": "x" * 6000}, {"type": "markdown", "text": "x" * (n - 6000)}],
    ),
    "context": (10, lambda n: [{"type": "context", "elements": [mrkdwn(1)] * n}]),
    "actions": (25, lambda n: [actions(*many(n, pressed))]),
    "context actions": (
        5,
        lambda n: [context_actions(*many(n, lambda k: feedback(action_id=f"b1:useful:{k}")))],
    ),
    "blocks": (50, lambda n: [{"type": "divider"}] * n),
    "button text": (75, lambda n: [actions(button(text=plain("x" * n)))]),
    "button value": (2000, lambda n: [actions(button(value="x" * n))]),
    "button url": (3000, lambda n: [actions(button(url="x" * n))]),
    "action id": (255, lambda n: [actions(button(action_id="x" * n))]),
    "block id": (255, lambda n: [section(block_id="x" * n)]),
    "accessibility label": (75, lambda n: [actions(button(accessibility_label="x" * n))]),
    "feedback label": (75, lambda n: [context_actions(feedback(positive_button=opinion(accessibility_label="x" * n)))]),
    "feedback value": (2000, lambda n: [context_actions(feedback(positive_button=opinion(value="x" * n)))]),
    "options": (100, lambda n: [actions(menu(options=many(n, option)))]),
    "groups": (
        100,
        lambda n: [
            actions(
                {
                    "type": "static_select",
                    "option_groups": many(n, lambda _: {"label": plain("x"), "options": [option()]}),
                }
            )
        ],
    ),
    "group label": (
        75,
        lambda n: [
            actions({"type": "static_select", "option_groups": [{"label": plain("x" * n), "options": [option()]}]})
        ],
    ),
    "option text": (75, lambda n: [actions(menu(options=[option(text=plain("x" * n))]))]),
    "option value": (150, lambda n: [actions(menu(options=[option(value="x" * n)]))]),
    "option description": (75, lambda n: [actions(menu(options=[option(description=plain("x" * n))]))]),
    "placeholder": (150, lambda n: [actions(menu(placeholder=plain("x" * n)))]),
    "overflow": (5, lambda n: [section(accessory={"type": "overflow", "options": many(n, option)})]),
    "radio": (10, lambda n: [actions(choice(n))]),
    "checkboxes": (10, lambda n: [actions({"type": "checkboxes", "options": many(n, option)})]),
    "alt text": (2000, lambda n: [picture(alt_text="x" * n)]),
    "picture address": (3000, lambda n: [picture(image_url="x" * n)]),
    "picture title": (2000, lambda n: [picture(title=plain("x" * n))]),
    "sure title": (100, lambda n: [actions(button(**sure(title=plain("x" * n))))]),
    "sure text": (300, lambda n: [actions(button(**sure(text=plain("x" * n))))]),
    "sure yes": (30, lambda n: [actions(button(**sure(confirm=plain("x" * n))))]),
    "sure no": (30, lambda n: [actions(button(**sure(deny=plain("x" * n))))]),
    "rows": (100, lambda n: [table(n)]),
    "columns": (20, lambda n: [table(1, n)]),
    "table text": (10_000, lambda n: [table(1, 1, n)]),
    "tables": (1, lambda n: [table(1)] * n),
    "children": (10, lambda n: [container(*many(n, lambda _: section()))]),
    "container title": (150, lambda n: [container(section(), title=plain("x" * n))]),
    "cards": (10, lambda n: [{"type": "carousel", "elements": [{"type": "card", "title": plain("x")}] * n}]),
    "card body": (200, lambda n: [{"type": "card", "body": mrkdwn(n)}]),
}


@pytest.mark.parametrize("name", AT_MOST)
def test_what_just_fits_is_taken_and_one_more_is_not(name: str) -> None:
    """Each limit of messages, and the complaint says where."""
    most, make = AT_MOST[name]
    assert rules.of_message(make(most)) == []
    (complaint, *more) = rules.of_message(make(most + 1))
    assert complaint.endswith("]")
    assert "[json-pointer:/blocks" in complaint
    assert more == []


IN_VIEWS: dict[str, tuple[int, Make]] = {
    "title": (24, lambda n: modal(title=plain("x" * n))),
    "close": (24, lambda n: modal(close=plain("x" * n))),
    "submit": (24, lambda n: modal(submit=plain("x" * n))),
    "private": (3000, lambda n: modal(private_metadata="x" * n)),
    "callback": (255, lambda n: modal(callback_id="x" * n)),
    "blocks": (100, lambda n: modal(*[{"type": "divider"}] * n)),
    "label": (2000, lambda n: modal(field(menu(), label=plain("x" * n)), submit=plain("x"))),
    "hint": (2000, lambda n: modal(field(menu(), hint=plain("x" * n)), submit=plain("x"))),
    "length": (3000, lambda n: modal(field({"type": "plain_text_input", "max_length": n}), submit=plain("x"))),
    "first text": (
        3000,
        lambda n: modal(field({"type": "plain_text_input", "initial_value": "x" * n}), submit=plain("x")),
    ),
    "focus": (
        1,
        lambda n: modal(*many(n, lambda _: field(menu(focus_on_load=True))), submit=plain("x")),
    ),
}


@pytest.mark.parametrize("name", IN_VIEWS)
def test_what_just_fits_into_a_modal_is_taken_and_one_more_is_not(name: str) -> None:
    """Each limit of views."""
    most, make = IN_VIEWS[name]
    assert rules.of_view(make(most), kind="modal") == []
    assert len(rules.of_view(make(most + 1), kind="modal")) == 1


WRONG: dict[str, tuple[Any, str]] = {
    "no block": ({"type": "song"}, "unsupported type: song"),
    "no object": ("section", "unsupported type: None"),
    "unknown field": (section(colour="red"), "invalid additional property: colour"),
    "unknown field of an element": (actions(button(size="x")), "invalid additional property: size"),
    "section without text": ({"type": "section"}, "must define either `text` or `fields`"),
    "empty text": (section(""), "must be more than 0 characters"),
    "markup in a header": (
        {"type": "header", "text": mrkdwn(1)},
        "must be a valid text object: plain_text, not mrkdwn",
    ),
    "markup on a button": (actions(button(text=mrkdwn(1))), "must be a valid text object: plain_text, not mrkdwn"),
    "markup in an option": (actions(menu(options=[option(text=mrkdwn(1))])), "must be a valid text object"),
    "signs in markup": (section() | {"text": mrkdwn(1) | {"emoji": True}}, "invalid additional property: emoji"),
    "verbatim without markup": (
        section() | {"text": plain("x") | {"verbatim": True}},
        "invalid additional property: verbatim",
    ),
    "one option": (section(accessory={"type": "overflow", "options": [option()]}), "no fewer than 2 items allowed"),
    "no options": (actions(menu(options=[])), "no items found"),
    "an address in a menu": (actions(menu(options=[option(url="https://a")])), "invalid additional property: url"),
    "options and groups": (
        actions(menu(option_groups=[{"label": plain("x"), "options": [option()]}])),
        "must define either `options` or `option_groups`",
    ),
    "another first option": (actions(menu(initial_option=option(7))), "must match one of the options"),
    "a field in a message": (field(menu()), "unsupported type: input"),
    "an alert in a message": ({"type": "alert", "text": plain("x")}, "unsupported type: alert"),
    "text to type in actions": (actions({"type": "plain_text_input"}), "unsupported type: plain_text_input"),
    "feedback in actions": (actions(feedback()), "unsupported type: feedback_buttons"),
    "a button in context": ({"type": "context", "elements": [button()]}, "must be a valid text object"),
    "a button under an answer": (context_actions(button()), "unsupported type: button"),
    "half a feedback": (
        context_actions({"type": "feedback_buttons", "positive_button": opinion()}),
        "missing required field: negative_button",
    ),
    "a strange style": (actions(button(style="loud")), "must be a valid enum value: primary, danger"),
    "a picture without words": ({"type": "image", "image_url": "https://a"}, "missing required field: alt_text"),
    "a picture without address": ({"type": "image", "alt_text": "x"}, "must define either `image_url` or `slack_file`"),
    "markdown in a container": (container({"type": "markdown", "text": "x"}), "unsupported type: markdown"),
    "a container without title": (container(section()) | {"title": None}, "must define either `title`"),
    "folded without folding": (
        container(section(), default_collapsed=True),
        "default_collapsed requires is_collapsible",
    ),
    "a file": ({"type": "file", "external_id": "x", "source": "remote"}, "unsupported type: file"),
    "no list": (actions() | {"elements": {}}, "must be an array"),
    "no flag": (section(expand="yes"), "must be a boolean"),
    "a wrong date": (actions({"type": "datepicker", "initial_date": "21.11.2026"}), "must be a date: YYYY-MM-DD"),
    "a wrong time": (actions({"type": "timepicker", "initial_time": "25:00"}), "must be a time: HH:mm"),
    "an empty card": ({"type": "card"}, "must define one of hero_image, title, actions, body"),
    "an icon that there is not": (
        context_actions({"type": "icon_button", "icon": "boat", "text": plain("x")}),
        "must be a valid enum value: trash",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_does_not_belong_there_is_refused(name: str) -> None:
    """With one complaint, which says what."""
    block, complaint = WRONG[name]
    (found,) = rules.of_message([block])
    assert found.startswith(complaint)


RIGHT: tuple[Json, ...] = (
    {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}]},
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "link", "url": "https://a"}]}],
            }
        ],
    },
    section(accessory=menu(confirm=sure()["confirm"], initial_option=option())),
    section(accessory={"type": "multi_static_select", "options": [option()], "max_selected_items": 1}),
    section(accessory={"type": "image", "image_url": "https://a", "alt_text": "x"}),
    actions(
        {"type": "conversations_select", "default_to_current_conversation": True, "filter": {"include": ["public"]}},
        {"type": "external_select", "min_query_length": 0},
        {"type": "users_select"},
        {"type": "timepicker", "initial_time": "07:30"},
        {"type": "datepicker", "initial_date": "2026-11-21"},
    ),
    {"type": "context", "elements": [{"type": "image", "image_url": "https://a", "alt_text": "x"}, mrkdwn(3)]},
    {"type": "task_card", "task_id": "1", "title": "Reading", "status": "pending", "sources": []},
    {"type": "plan", "title": "Three sources", "tasks": [{"type": "task_card", "task_id": "1", "title": "Reading"}]},
    container(section(), picture(), actions(button()), is_collapsible=True, default_collapsed=True),
    context_actions(feedback(), {"type": "icon_button", "icon": "trash", "text": plain("Delete")}),
)


@pytest.mark.parametrize("number", range(len(RIGHT)))
def test_what_slack_documents_is_taken(number: int) -> None:
    """And the SDK's own classes agree with it."""
    assert rules.of_message([RIGHT[number]]) == []
    parsed = Block.parse(RIGHT[number])
    assert parsed is not None
    parsed.validate_json()


def test_ids_are_unique_where_they_have_to_be() -> None:
    """Block ids in a message, action ids in their block; the same action id in two blocks is well."""
    twice = [section(block_id="one"), section(block_id="one")]
    assert rules.of_message(twice) == ["block_id already exists: one [json-pointer:/blocks]"]
    (complaint,) = rules.of_message([actions(button(), button())])
    assert complaint.startswith("`action_id` b1:src already exists")
    assert rules.of_message([actions(button()), actions(button())]) == []


def test_characters_are_those_that_are_read_or_read_out() -> None:
    """Ids and values do not count."""
    blocks = [section("four"), actions(button(text=plain("two"), value="x" * 99)), picture(alt_text="five!")]
    assert rules.characters(blocks) == 4 + 3 + 5


def test_a_menu_that_is_searched_answers_with_options() -> None:
    """At most a hundred; none is an answer."""
    assert rules.options({"options": many(100, option)}) == []
    assert rules.options({"options": []}) == []
    assert len(rules.options({"options": many(101, option)})) == 1
    assert rules.options(None) != []


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        _nested := lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["type", "text", "elements", "element"]), inner)
        ),
        max_leaves=8,
    )
)
def test_nothing_breaks_the_checks(anything: Any) -> None:
    """Whatever is sent is either right or complained about."""
    assert rules.of_message([anything])
    assert rules.of_view(anything, kind="modal")

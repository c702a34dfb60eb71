"""What Slack sends becomes what the adapter knows; what lacks something becomes nothing."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.platforms.slack import bodies

TEAM = "T1"
EVENT: dict[str, Any] = {"type": "message", "user": "U1", "channel": "C1", "ts": "1.000001", "text": "Tides?"}
READERS = (bodies.said, bodies.opened, bodies.halted, bodies.pressed, bodies.sent, bodies.typed, bodies.called)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
NAMES = ("event", "user", "actions", "container", "message", "view", "channel", "trigger_id", "text", "enterprise")


def said(**more: Any) -> Any:
    """A message as Slack sends it."""
    return bodies.said({"event": EVENT | more}, TEAM)


def test_a_message_and_a_mention_of_one_post_have_one_id():
    """So that it is answered once."""
    mention = bodies.said({"event": EVENT | {"type": "app_mention"}}, TEAM)
    assert mention is not None
    assert said().id == mention.id == "T1/C1/1.000001"


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B1"},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"subtype": "bot_message"},
        {"hidden": True},
        {"user": "USLACKBOT"},
        {"user": None},
        {"ts": 5},
    ],
)
def test_what_no_person_wrote_is_nothing(more):
    """Other bots, changes, arrivals."""
    assert said(**more) is None


def test_a_message_with_a_file_or_sent_to_the_channel_too_is_a_message():
    """People wrote those."""
    assert said(subtype="file_share").text == "Tides?"
    assert said(subtype="thread_broadcast", thread_ts="1.0", parent_user_id="U9").parent_author == "U9"


def test_mentions_are_read_in_order_and_text_is_capped():
    """With or without a name in them."""
    found = said(text="<@U2|otto> and <@W3>, not <#C1> nor <!channel> " + "x" * 20_000)
    assert found.mentions == ("U2", "W3")
    assert len(found.text) == bodies.LONGEST_TEXT


def test_the_conversation_with_us_is_direct_however_it_is_told():
    """By the type of the channel, or by its id."""
    assert said(channel_type="im").direct
    assert said(channel="D1").direct
    assert not said(channel_type="channel").direct


@pytest.mark.parametrize(
    ("action", "value", "values"),
    [
        ({"value": "b1:src:e-1:2"}, "b1:src:e-1:2", ()),
        ({"selected_option": {"value": "b1:src:e-1:3"}}, "b1:src:e-1:3", ()),
        ({"selected_option": None}, "", ()),
        ({"selected_options": [{"value": "1"}, {"value": "2"}, "?"]}, "", ("1", "2")),
        ({"selected_conversation": "C9"}, "", ("C9",)),
        ({"selected_conversations": ["C8", "C9"]}, "", ("C8", "C9")),
        ({"selected_time": "07:30"}, "", ("07:30",)),
    ],
)
def test_what_was_pressed_or_chosen_is_read_whatever_it_was(action, value, values):
    """Buttons, menus, times, channels."""
    body = {
        "user": {"id": "U1"},
        "channel": {"id": "C1"},
        "message": {"ts": "2.0", "thread_ts": "1.0"},
        "trigger_id": "t",
        "response_url": "https://hooks.example/1",
        "enterprise": {"id": "E1"},
        "actions": [{"action_id": "b1:src", "action_ts": "3.0", **action}],
    }
    found = bodies.pressed(body, TEAM)
    assert found is not None
    assert (found.value, found.values, found.message, found.whence.thread) == (value, values, "2.0", "1.0")
    assert (found.id, found.whence.enterprise) == ("T1/U1/b1:src/3.0", "E1")


def test_a_shortcut_on_a_message_has_the_message():
    """With its thread and who wrote it; a global one has none."""
    body = {"user": {"id": "U1"}, "callback_id": "ask", "action_ts": "9.0", "trigger_id": "t"}
    message = {"ts": "2.0", "thread_ts": "1.0", "text": "High water", "user": "U7"}
    found = bodies.called(body | {"channel": {"id": "C1"}, "message": message}, TEAM)
    assert found is not None
    assert (found.message, found.thread, found.text, found.written_by) == ("2.0", "1.0", "High water", "U7")
    everywhere = bodies.called(body, TEAM)
    assert everywhere is not None
    assert (everywhere.message, everywhere.whence.channel) == (None, None)


def test_slacks_own_stop_is_read_by_either_of_its_names():
    """`user` and `channel`, or with `_id` behind."""
    for names in (("user", "channel"), ("user_id", "channel_id")):
        found = bodies.halted({"event": {names[0]: "U1", names[1]: "D1", "thread_ts": "1.0"}}, TEAM)
        assert found is not None
        assert (found.whence.user, found.whence.channel, found.whence.thread) == ("U1", "D1", "1.0")


@pytest.mark.parametrize("reader", READERS)
def test_without_a_workspace_nothing_is_read(reader):
    """Who did it would be nobody."""
    body = {"event": EVENT, "user": {"id": "U1"}, "user_id": "U1", "channel_id": "C1", "callback_id": "x"}
    assert reader(body | {"view": {"callback_id": "x"}, "actions": [{"action_id": "x"}]}, None) is None
    assert reader({}, TEAM) is None


@given(st.sampled_from(READERS), st.dictionaries(st.sampled_from(NAMES), JSON, max_size=6))
def test_no_body_breaks_a_reader(reader, body):
    """Whatever is in it: data from outside."""
    reader(body, TEAM)
    bodies.searched(body)

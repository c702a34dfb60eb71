"""The key that a message carries, and what is made of what Slack shows of a place."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.platforms.slack.kit import Json, Kit, Workspace
from adapters.platforms.slack.posting.finding import PAGES, Finder, is_ours, payload_of, stamp
from adapters.platforms.slack.posting.places import Places
from bot.domain.place import Place
from bot.errors import PlatformUnavailable
from bot.ports.platform import Ref
from tests.fakes.clock import FakeClock

KEY = "a" * 24
US = Workspace("T1", "Harbour", "https://harbour.slack.example/", "U0US", "B0US")
CHANNEL, THREAD = Place("slack", "T1/C1"), Place("slack", "T1/C1", "1.0")
HEX = st.text("0123456789abcdef", min_size=24, max_size=24)


class Pages:
    """A Slack that shows these pages, one after the other, and the last of them for ever."""

    def __init__(self, *pages: Json) -> None:
        self.pages, self.asked = list(pages), 0

    async def look_up(self, team: str, method: str, /, **arguments: object) -> Json:
        self.asked += 1
        return self.pages.pop(0) if len(self.pages) > 1 else self.pages[0]

    async def of(self, team: str) -> Workspace:
        return US


def finder(*pages: Json) -> tuple[Finder, Pages]:
    """Reads these pages back."""
    shown: Any = Pages(*pages)
    absent: Any = None
    kit = Kit(shown, shown, absent, absent, FakeClock(), absent)
    return Finder(kit, Places(kit)), shown


def message(ts: str, key: str = KEY, **more: Any) -> dict[str, Any]:
    """One of ours."""
    return {"ts": ts, "bot_id": "B0US", "metadata": stamp(key, part="story-1", **more)}


def page(messages: Sequence[Json], cursor: str = "", **more: Any) -> Json:
    """What Slack shows."""
    return {"ok": True, "messages": list(messages), "response_metadata": {"next_cursor": cursor}, **more}


@given(HEX, st.sampled_from(["", "card", "story-12"]), st.integers(0, 5))
def test_what_is_stamped_is_read_back(key, part, piece):
    """Through Slack's JSON; an answer is of no part, and is found all the same."""
    metadata = json.loads(json.dumps(stamp(key, part=part, edition="e-1", piece=piece, pieces=6)))
    assert metadata["event_type"] == ("briefing_part" if part else "briefing_answer")
    found = payload_of({"metadata": metadata})
    assert (found["key"], found["piece"], found["pieces"], found.get("part", "")) == (key, piece, 6, part)


@pytest.mark.parametrize(
    "metadata",
    [None, {}, "text", {"event_type": "other", "event_payload": {"key": KEY}}, {"event_type": "briefing_part"}],
)
def test_what_others_keep_beside_messages_is_none_of_ours(metadata):
    """Whatever it looks like."""
    assert payload_of({"metadata": metadata}) == {}


def test_only_our_own_messages_are_ours():
    """By our bot, or by our user."""
    assert is_ours({"bot_id": "B0US"}, US)
    assert is_ours({"user": "U0US"}, US)
    assert not is_ours({"user": "U1", "bot_id": "B1"}, US)
    assert not is_ours({}, Workspace("T1", "", "", "U0US", ""))


async def test_the_last_piece_decides_and_the_first_is_where_people_look():
    """Without the last one the message is not complete: it is posted again, piece by piece."""
    two = [message("2.0", piece=0, pieces=2), message("3.0", piece=1, pieces=2)]
    parent = {"ts": "1.0"}
    whole, _ = finder(page([parent, *two]))
    assert await whole.find(THREAD, key=KEY) == Ref(THREAD, "2.0")
    half, _ = finder(page([parent, two[0]]))
    assert await half.find(THREAD, key=KEY) == "absent"
    assert (await half.look(THREAD, KEY)).pieces == {0: "2.0"}
    end, _ = finder(page([parent, two[1]]))
    assert await end.find(THREAD, key=KEY) == Ref(THREAD, "3.0")


async def test_a_thread_without_its_parent_is_withdrawn_but_not_for_what_stands_in_it():
    """A tombstone, or nothing."""
    tombstone = {"ts": "1.0", "subtype": "tombstone"}
    for shown in ([tombstone], []):
        gone, _ = finder(page(shown))
        assert await gone.find(THREAD, key=KEY) == "withdrawn"
    there, _ = finder(page([tombstone, message("2.0")]))
    assert await there.find(THREAD, key=KEY) == Ref(THREAD, "2.0")


async def test_what_is_cut_off_or_endless_leaves_it_open():
    """More that cannot be reached; pages without end."""
    cut, _ = finder(page([], has_more=True))
    assert await cut.find(CHANNEL, key=KEY) == "unsure"
    endless, shown = finder(page([{"ts": "1.0"}], cursor="more"))
    assert await endless.find(CHANNEL, key=KEY) == "unsure"
    assert shown.asked == PAGES


@pytest.mark.parametrize("answer", [{"ok": True}, {"messages": "?"}, {"messages": ["?"]}])
async def test_an_answer_that_is_no_list_of_messages_is_none(answer):
    """It says nothing of what stands there."""
    strange, _ = finder(answer)
    with pytest.raises(PlatformUnavailable):
        await strange.find(CHANNEL, key=KEY)


async def test_a_number_of_a_piece_that_is_none_counts_for_nothing():
    """Somebody changed it."""
    odd = message("2.0")
    odd["metadata"]["event_payload"]["piece"] = "first"
    found, _ = finder(page([odd]))
    assert await found.find(CHANNEL, key=KEY) == "absent"

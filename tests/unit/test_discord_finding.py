"""The key that a message of the ledger carries: nobody sees it, Discord gives it back, a press ignores it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.locale.catalogue import FluentCatalogue
from adapters.platforms.discord.posting.finding import carries, stamp, stampable, stamped
from adapters.platforms.discord.posting.places import Channel
from adapters.platforms.discord.posting.requests import Request, requests, tags_for
from adapters.platforms.discord.rendering import Where, render, thread_name
from bot.domain.ledger import Delivery
from bot.domain.message import EditionCard, part_name, thread_of
from bot.domain.place import Place
from bot.domain.press import LONGEST, named, pressed
from tests.fakes.talk import sample

KEYS = st.text("0123456789abcdef", min_size=24, max_size=24)
EDITION = sample()
PHRASES = FluentCatalogue().speak("en")


def button(custom_id: str) -> dict[str, Any]:
    return {"type": 2, "style": 2, "label": "x", "custom_id": custom_id}


def message(*components: dict[str, Any]) -> dict[str, Any]:
    return {"components": [{"type": 17, "components": [{"type": 10, "content": "x"}, *components]}]}


@given(KEYS, KEYS, st.booleans(), st.booleans())
def test_only_the_message_with_a_key_carries_it(key, other, has_button, more):
    """With a button and without, as a whole and as a piece that others follow."""
    plain = message(*([{"type": 1, "components": [button("b1:src:e-1:2")]}] if has_button else []))
    made = stamp(plain, key, more=more)
    assert carries(made, key, more=more)
    assert not carries(made, key, more=not more)
    assert carries(made, other, more=more) == (key[:14] == other[:14] if more or not has_button else key == other)
    assert not carries(plain, key)


@given(KEYS, st.sampled_from(["b1:src:e-1:2", "b1:ask:e-1", "b1:aud", "b1:ask:e-1:q", "b1:why:e-1:2:r77"]))
def test_a_stamped_button_does_what_it_did(key, custom_id):
    """The press is the same, whatever key stands behind it."""
    made = stamp(message(button(custom_id)), key)
    (shown,) = (one for one in made["components"][0]["components"] if "custom_id" in one)
    assert shown["custom_id"] != custom_id
    assert pressed(shown["custom_id"]) == pressed(custom_id)
    assert stamped(made) == key


@given(KEYS, KEYS)
def test_a_message_has_one_key(first, second):
    """The later one, as after a revision."""
    assert stamped(stamp(stamp(message(button("b1:src:e-1:2")), first), second)) == second


def test_the_shortest_id_takes_the_key_and_there_must_be_room():
    """No id grows beyond what Discord takes."""
    long = named("src", "e" * 48, "9" * 33)
    made = stamp(message(button(long), button("b1:ask:e-1"), {"type": 9, "accessory": button("b1:help")}), "a" * 24)
    assert made["components"][0]["components"][1]["custom_id"] == long
    assert made["components"][0]["components"][3]["accessory"]["custom_id"] == f"b1:help:k{'a' * 24}"
    with pytest.raises(ValueError, match="room"):
        stamp(message(button(long)), "a" * 24)


def test_every_part_of_an_edition_has_room_for_a_key():
    """Also under the longest id of an edition there can be."""
    edition = replace(EDITION, id="e" * 48)
    for part in thread_of(edition):
        for payload in render(part, PHRASES, Where()):
            made = stamp(payload, "f" * 24)
            assert stamped(made) == "f" * 24
            assert all(len(one) <= LONGEST for one in _ids(made))


def _ids(part: dict[str, Any]) -> list[str]:
    own = [part["custom_id"]] if "custom_id" in part else []
    return own + [one for inner in part.get("components", ()) for one in _ids(inner)]


def test_keys_of_any_form_can_be_carried():
    """Those of the ledger as they are."""
    key = Delivery("abc/2026-11-20/am", "card", 0, digest="").key
    assert stampable(key) == key
    assert len(stampable("a/1")) == 24
    assert stampable("a/1") == stampable("a/1") != stampable("a/2")


def test_the_requests_of_an_edition_in_order():
    """A card, its thread, and everything else in it; what a demonstration prints."""
    name = thread_name(EDITION, PHRASES)
    made: list[Request] = []
    for part in thread_of(EDITION):
        place = Place("discord", "1", None if isinstance(part, EditionCard) else "{message}")
        payloads = render(part, PHRASES, Where())
        made += requests(part, payloads, key=stampable(part_name(part)), place=place, name=name)
    assert [call.route for call in made[:3]] == [
        "/channels/1/messages",
        "/channels/1/messages/{message}/threads",
        "/channels/{message}/messages",
    ]
    assert made[1].payload == {"name": name, "auto_archive_duration": 10080}
    nonces = [call.payload["nonce"] for call in made if "nonce" in call.payload]
    assert len(set(nonces)) == len(nonces) == len(made) - 1
    assert all(call.payload["allowed_mentions"].get("parse") == [] for call in made if "components" in call.payload)


def test_a_card_in_a_forum_is_one_request_and_in_a_direct_message_has_no_thread():
    """The starter of a post is the card."""
    card = thread_of(EDITION)[0]
    payloads = render(card, PHRASES, Where())
    (post,) = requests(card, payloads, key="a" * 24, place=Place("discord", "1"), name="n", forum=True, tags=("5",))
    assert (post.route, post.payload["applied_tags"]) == ("/channels/1/threads", ["5"])
    assert "nonce" not in post.payload["message"]
    (direct,) = requests(card, payloads, key="a" * 24, place=Place("discord", "@1"), name="n")
    assert direct.payload["nonce"] == "a" * 24


def test_tags_are_matched_by_name_in_the_forums_order():
    """At most five; the first one where one is required and none fits."""
    many = tuple((str(n), f"Topic {n}") for n in range(9))
    assert tags_for(Channel("1", 15, tags=many), [f"topic {n}" for n in (7, 3, 1)]) == ("1", "3", "7")
    assert len(tags_for(Channel("1", 15, tags=many), [f"topic {n}" for n in range(9)])) == 5
    assert tags_for(Channel("1", 15, tags=many), ["none"]) == ()
    assert tags_for(Channel("1", 15, tags=many, needs_tag=True), ["none"]) == ("0",)

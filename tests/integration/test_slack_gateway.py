"""The Slack platform against a Slack on this machine: posting, finding, mending."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.platforms.slack.posting.poster import requests
from adapters.platforms.slack.rendering import Where, render
from adapters.platforms.slack.rights import missing_in
from bot.domain.message import Notice, StoryPart, thread_of
from bot.domain.place import Place
from bot.errors import (
    MessageRefused,
    PlaceClosed,
    PlatformBusy,
    PlatformUnavailable,
    ThreadWithdrawn,
)
from bot.ports.platform import Ref
from bot.ports.store import Standing
from tests.fakes.slack import SCOPES, Fault
from tests.fakes.slack.faults import spread
from tests.integration.slack_stage import CARD, EDITION, PHRASES, POST, QUESTION, STORY, Stage, key, staged


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """A workspace with a channel, the bot in it, and a platform that is not connected yet."""
    async with staged() as made:
        yield made


# ---------------------------------------------------------------- posting


async def test_an_edition_adds_one_message_to_the_channel_and_the_rest_to_its_thread(stage):
    """Nothing is broadcast, nothing unfolds, nothing rings, and every message says in words what it is."""
    card = await stage.post_card()
    assert card.place == Place("slack", stage.place.id, card.id)
    for number, part in enumerate(thread_of(EDITION)[1:]):
        await stage.platform.post(card.place, part, key=key(str(number)))
    top = [message for message in stage.fake.messages(stage.channel) if message.thread_ts is None]
    assert [message.ts for message in top] == [card.id]
    replies = stage.fake.replies(top[0])
    assert len(replies) == len(EDITION.stories) + 1
    assert not any(message.broadcast for message in replies)
    assert all(message.text and message.metadata["event_type"] == "briefing_part" for message in [*top, *replies])
    assert not any(stage.fake.world.unfurls().values())
    assert not any(one.any for one in stage.fake.world.pings().values())


async def test_two_messages_to_one_channel_are_a_second_apart_and_others_do_not_wait(stage):
    """Whoever asks first is first; another channel has its own queue."""
    other = stage.fake.add_channel(stage.team, "sailors")
    stage.fake.join(other)
    elsewhere = Place("slack", f"{stage.team.id}/{other.id}")
    begun = stage.clock.now()
    await asyncio.gather(
        *(stage.platform.post(stage.place, Notice(f"Line {n}."), key=key(str(n))) for n in range(3)),
    )
    assert stage.clock.now() - begun == timedelta(seconds=2)
    await stage.platform.post(elsewhere, Notice("Elsewhere."), key=key("e"))
    assert stage.clock.now() - begun == timedelta(seconds=2)
    said = [message.text for message in stage.fake.messages(stage.channel)]
    assert said == ["Line 0.", "Line 1.", "Line 2."]


async def test_what_was_posted_is_found_by_another_process(stage):
    """Nothing of it is remembered: the messages carry their keys."""
    card = await stage.post_card()
    story = await stage.platform.post(card.place, STORY, key=key("story-1"))
    other = stage.other()
    assert await other.find(stage.place, key=key("card")) == card
    assert await other.find(card.place, key=key("story-1")) == story
    assert await other.find(card.place, key=key("story-2")) == "absent"
    assert await other.find(stage.place, key=key("question")) == "absent"
    await other.close()


async def test_a_message_of_somebody_else_is_never_taken_for_ours(stage):
    """Another application may copy our message with all it carries."""
    ref = await stage.post_card()
    stage.card_of(ref).user, stage.card_of(ref).bot_id = "U0COPYCAT", "B0COPYCAT"
    assert await stage.platform.find(stage.place, key=key("card")) == "absent"


@pytest.mark.parametrize("fault", [Fault.DROP, Fault.FAIL_AFTER, Fault.FATAL, Fault.RUBBISH])
async def test_a_message_that_was_taken_without_an_answer_stands_once(stage, fault):
    """It is asked for once, whatever happens; looking finds it."""
    stage.fake.faults.next(fault, POST)
    with pytest.raises(PlatformUnavailable):
        await stage.post_card()
    found = await stage.platform.find(stage.place, key=key("card"))
    assert isinstance(found, Ref)
    assert len(stage.fake.calls(POST)) == 1
    story = await stage.platform.post(found.place, STORY, key=key("story-1"))
    assert story.place == found.place
    assert len(stage.fake.messages(stage.channel)) == 1


@pytest.mark.parametrize("fault", [Fault.DROP_BEFORE, Fault.FAIL, Fault.UNAVAILABLE, Fault.BAD_GATEWAY, Fault.INTERNAL])
async def test_a_message_that_was_not_taken_is_in_doubt_and_then_absent(stage, fault):
    """From here both look the same: who reads the place back knows."""
    stage.fake.faults.next(fault, POST)
    with pytest.raises(PlatformUnavailable):
        await stage.post_card()
    assert await stage.platform.find(stage.place, key=key("card")) == "absent"


async def test_a_short_rate_limit_is_waited_for_and_a_long_one_given_back(stage):
    """What is limited was not taken."""
    stage.fake.faults.retry_after = 3
    stage.fake.faults.next(Fault.BUSY, POST)
    await stage.post_card()
    assert timedelta(seconds=3) in stage.clock.slept
    stage.fake.faults.retry_after = 60
    stage.fake.faults.next(Fault.BUSY, POST)
    with pytest.raises(PlatformBusy) as caught:
        await stage.platform.post(stage.place, CARD, key=key("card", "other"))
    assert caught.value.retry_after == timedelta(seconds=60)
    assert len(stage.fake.messages(stage.channel)) == 1


async def test_without_a_connection_nothing_was_taken(stage):
    """Busy, not doubtful: the next attempt needs no look."""
    settings = replace(stage.settings, api="http://127.0.0.1:9/api/")
    other = stage.other(settings)
    with pytest.raises(PlatformBusy):
        await other.post(stage.place, CARD, key=key("card"))
    await other.close()


@pytest.mark.parametrize(
    ("fault", "kind"),
    [(Fault.GONE, PlaceClosed), (Fault.ARCHIVED, PlaceClosed), (Fault.REVOKED, PlaceClosed)],
)
async def test_a_place_that_is_closed_in_mid_thread_is_said_to_be(stage, fault, kind):
    """The core pauses it and tells who set it up."""
    card = await stage.post_card()
    stage.fake.faults.next(fault, POST)
    with pytest.raises(kind):
        await stage.platform.post(card.place, STORY, key=key("story-1"))
    assert ("slack_token_refused" in stage.told.warnings) == (fault is Fault.REVOKED)


async def test_a_public_channel_is_joined_when_something_is_posted(stage):
    """Nobody has to invite us there."""
    other = stage.fake.add_channel(stage.team, "sailors")
    place = Place("slack", f"{stage.team.id}/{other.id}")
    stage.fake.install(stage.team, scopes=[])  # nothing more
    stage.fake.world.tokens[stage.team.bot_token] = replace(
        stage.fake.world.tokens[stage.team.bot_token], scopes=frozenset(SCOPES) - {"chat:write.public"}
    )
    await stage.platform.post(place, CARD, key=key("card"))
    assert len(stage.fake.messages(other)) == 1


async def test_where_we_may_not_join_the_way_to_invite_us_is_said(stage):
    """A private channel, and any channel without the scope."""
    secret = stage.fake.add_channel(stage.team, "cabin", private=True)
    with pytest.raises(PlaceClosed, match="/invite @Counterpoint"):
        await stage.platform.post(Place("slack", f"{stage.team.id}/{secret.id}"), CARD, key=key("card"))
    allowed = frozenset(SCOPES) - {"chat:write.public", "channels:join"}
    token = stage.fake.world.tokens[stage.team.bot_token]
    stage.fake.world.tokens[stage.team.bot_token] = replace(token, scopes=allowed)
    other = stage.fake.add_channel(stage.team, "sailors")
    platform = stage.other()
    with pytest.raises(PlaceClosed, match="/invite @Counterpoint"):
        await platform.post(Place("slack", f"{stage.team.id}/{other.id}"), CARD, key=key("card"))
    await platform.close()


async def test_a_thread_whose_parent_was_deleted_is_withdrawn(stage):
    """With replies a tombstone is left, without them nothing: both are told."""
    bare = await stage.post_card()
    full = await stage.platform.post(stage.place, CARD, key=key("card", "other"))
    await stage.platform.post(full.place, STORY, key=key("story-1", "other"))
    for card in (bare, full):
        stage.fake.delete(stage.card_of(card))
        assert await stage.platform.find(card.place, key=key("story-2")) == "withdrawn"
        with pytest.raises(ThreadWithdrawn):
            await stage.platform.post(card.place, QUESTION, key=key("question"))


async def test_a_person_is_written_to_directly(stage):
    """And what was written there is found."""
    place = Place("slack", f"@{stage.team.id}/{stage.mira.id}")
    ref = await stage.platform.post(place, Notice("Your place was closed."), key=key("host"))
    assert ref == Ref(place, ref.id)
    assert await stage.platform.find(place, key=key("host")) == ref
    (message,) = stage.fake.messages(stage.fake.direct(stage.mira))
    assert message.metadata["event_type"] == "briefing_answer"
    with pytest.raises(PlaceClosed):
        await stage.platform.post(Place("slack", "nowhere"), CARD, key=key("card"))


# ---------------------------------------------------------------- pieces, changes


def long_story() -> StoryPart:
    """A story that no single message holds."""
    story = EDITION.stories[0]
    body = tuple(replace(one, text=f"{one.text} {'Word by word. ' * 180}") for one in (story.body * 9)[:9])
    return StoryPart(EDITION, replace(story, body=body))


async def test_a_long_story_is_posted_in_pieces_and_found_as_one(stage):
    """Its first piece is where a link leads."""
    card = await stage.post_card()
    ref = await stage.platform.post(card.place, long_story(), key=key("story-1"))
    pieces = stage.fake.replies(stage.card_of(card))
    assert len(pieces) > 1
    assert ref == Ref(card.place, pieces[0].ts)
    assert await stage.platform.find(card.place, key=key("story-1")) == ref


@pytest.mark.parametrize("fault", [Fault.DROP, Fault.DROP_BEFORE])
async def test_after_an_end_between_two_pieces_only_what_is_missing_is_posted(stage, fault):
    """The first piece stands, the second perhaps."""
    card = await stage.post_card()
    stage.fake.faults.next(fault, POST, after=1)
    with pytest.raises(PlatformUnavailable):
        await stage.platform.post(card.place, long_story(), key=key("story-1"))
    other = stage.other()
    found = await other.find(card.place, key=key("story-1"))
    if found == "absent":
        found = await other.post(card.place, long_story(), key=key("story-1"))
    pieces = stage.fake.replies(stage.card_of(card))
    whole = len(render(long_story(), PHRASES, Where()))
    assert len(pieces) == whole > 1
    assert sorted(one.metadata["event_payload"]["piece"] for one in pieces) == list(range(whole))
    assert found == Ref(card.place, pieces[0].ts)
    await other.close()


async def test_a_card_that_is_revised_leads_to_every_story_and_keeps_its_key(stage):
    """Links are known once the stories stand."""
    card = await stage.post_card()
    for story in EDITION.stories:
        ref = await stage.platform.post(card.place, StoryPart(EDITION, story), key=key(f"story-{story.number}"))
        stage.knowing.stands.append(Standing(f"story-{story.number}", card.place, ref.id, EDITION.id))
    await stage.platform.revise(card, CARD)
    shown = str(stage.card_of(card).blocks)
    assert all(f"/p{one.message.replace('.', '')}" in shown for one in stage.knowing.stands)
    assert await stage.platform.find(stage.place, key=key("card")) == card
    assert stage.platform.limits.leads == {"card", "story"}


async def test_what_cannot_be_revised_is_told(stage):
    """Too long for one message; deleted; a database that does not say what stands."""
    card = await stage.post_card()
    story = await stage.platform.post(card.place, STORY, key=key("story-1"))
    with pytest.raises(MessageRefused):
        await stage.platform.revise(story, long_story())
    stage.fake.delete(stage.card_of(story))
    with pytest.raises(ThreadWithdrawn):
        await stage.platform.revise(story, STORY)
    stage.knowing.broken = True
    with pytest.raises(PlatformBusy):
        await stage.platform.post(card.place, STORY, key=key("story-2"))


def test_the_requests_of_a_message_can_be_printed():
    """What a demonstration shows is what is sent."""
    payloads = render(CARD, PHRASES, Where())
    (made,) = requests(CARD, payloads, key="a" * 24, place=Place("slack", "T1/C1"))
    assert (made["channel"], made["unfurl_links"], made["unfurl_media"]) == ("C1", False, False)
    assert made["metadata"]["event_payload"]["key"] == "a" * 24
    assert "thread_ts" not in made
    assert "reply_broadcast" not in made


# ---------------------------------------------------------------- looking


async def test_a_message_is_looked_for_through_many_pages(stage):
    """As far back as an edition may be late."""
    await stage.post_card()
    for n in range(230):
        stage.fake.say_as_bot(stage.channel, text=f"Line {n}.")
    assert isinstance(await stage.platform.find(stage.place, key=key("card")), Ref)
    assert await stage.platform.find(stage.place, key=key("other")) == "absent"
    assert len(stage.fake.calls("conversations.history")) == 4


async def test_without_the_right_to_read_nothing_is_sure(stage):
    """Scope or membership missing: the ledger does not post again by guessing."""
    await stage.post_card()
    with pytest.raises(PlaceClosed):
        await stage.platform.find(Place("slack", f"{stage.team.id}/C0NOWHERE"), key=key("card"))
    stage.fake.leave(stage.channel)
    assert await stage.platform.find(stage.place, key=key("card")) == "unsure"
    token = stage.fake.world.tokens[stage.team.bot_token]
    stage.fake.world.tokens[stage.team.bot_token] = replace(token, scopes=frozenset({"chat:write"}))
    assert await stage.platform.find(stage.place, key=key("card")) == "unsure"


async def test_where_reading_is_scarce_the_next_look_goes_on_where_the_last_one_stopped(stage):
    """One request a minute, fifteen messages: two looks find what stands on the second page."""
    await stage.post_card()
    for n in range(20):
        stage.fake.say_as_bot(stage.channel, text=f"Line {n}.")
    stage.fake.history = "small"
    now = [0.0]
    stage.fake.wire.buckets.now = lambda: now[0]
    with pytest.raises(PlatformBusy) as caught:
        await stage.platform.find(stage.place, key=key("card"))
    assert caught.value.retry_after is not None
    now[0] += caught.value.retry_after.total_seconds()
    assert isinstance(await stage.platform.find(stage.place, key=key("card")), Ref)


async def test_a_message_that_came_while_a_scarce_look_was_under_way_is_seen(stage):
    """Another process posted it: the look, read backwards, would have passed it by."""
    for n in range(20):
        stage.fake.say_as_bot(stage.channel, text=f"Line {n}.")
    stage.fake.history = "small"
    now = [0.0]
    stage.fake.wire.buckets.now = lambda: now[0]
    with pytest.raises(PlatformBusy):
        await stage.platform.find(stage.place, key=key("card"))
    other = stage.other()
    ref = await other.post(stage.place, CARD, key=key("card"))
    found: object = None
    for _ in range(3):
        now[0] += 60
        with suppress(PlatformBusy):
            found = await stage.platform.find(stage.place, key=key("card"))
            break
    assert found == ref
    await other.close()


async def test_what_fails_before_anything_is_sent_is_no_doubt(stage):
    """Busy: there is nothing to look for."""
    stage.fake.faults.next(Fault.DROP, "conversations.open")
    with pytest.raises(PlatformBusy):
        await stage.platform.post(Place("slack", f"@{stage.team.id}/{stage.mira.id}"), CARD, key=key("card"))
    quay = stage.fake.add_channel(stage.team, "quay")
    token = stage.fake.world.tokens[stage.team.bot_token]
    allowed = frozenset(SCOPES) - {"chat:write.public"}
    stage.fake.world.tokens[stage.team.bot_token] = replace(token, scopes=allowed)
    stage.fake.faults.next(Fault.DROP, "conversations.join")
    with pytest.raises(PlatformBusy):
        await stage.platform.post(Place("slack", f"{stage.team.id}/{quay.id}"), CARD, key=key("card"))
    assert stage.fake.messages(quay) == []


async def test_a_long_story_comes_also_where_we_may_not_read(stage):
    """Looking which pieces stand is not possible: all of them are posted, once."""
    card = await stage.post_card()
    token = stage.fake.world.tokens[stage.team.bot_token]
    allowed = frozenset(SCOPES) - {"channels:history"}
    stage.fake.world.tokens[stage.team.bot_token] = replace(token, scopes=allowed)
    await stage.platform.post(card.place, long_story(), key=key("story-1"))
    assert len(stage.fake.replies(stage.card_of(card))) > 1


async def test_a_channel_is_known_for_a_minute_and_anew_when_we_come_into_it(stage):
    """An invitation counts at once; direct messages need no look."""
    quay = stage.fake.add_channel(stage.team, "quay")
    place = Place("slack", f"{stage.team.id}/{quay.id}")
    async with stage.running():
        line: Any = stage.platform._line
        assert not (await line.places.channel(place)).member
        assert not (await line.places.channel(place)).member
        assert len(stage.fake.calls("conversations.info")) == 1
        stage.fake.join(quay)
        await stage.fake.world.until(lambda: all(one.settled for one in stage.fake.deliver.of("member_joined_channel")))
        assert (await line.places.channel(place)).member
        direct = await line.places.channel(Place("slack", f"@{stage.team.id}/{stage.mira.id}"))
        assert direct.direct
        assert await missing_in(line.kit, stage.team.id, quay.id, PHRASES) == ()
        assert len(await missing_in(line.kit, stage.team.id, "C0NOWHERE", PHRASES)) == 2
        token = stage.fake.world.tokens[stage.team.bot_token]
        stage.fake.world.tokens[stage.team.bot_token] = replace(token, scopes=frozenset({"chat:write"}))
        assert (await line.places.look_up(stage.team.id, quay.id)).name == ""


async def test_among_failures_of_all_kinds_every_message_comes_once(stage):
    """In the ledger's order: after a doubt look, and post again only what is not there."""
    stage.fake.faults.rates = spread(0.4)
    keys = [key(f"story-{n}") for n in range(40)]
    for one in keys:
        found: object = "absent"
        while found == "absent":
            try:
                found = await stage.platform.post(stage.place, Notice(f"Message {one}."), key=one)
            except PlatformUnavailable:
                found = await stage.platform.find(stage.place, key=one)
            except PlatformBusy:
                continue
    stands = [message.metadata["event_payload"]["key"] for message in stage.fake.messages(stage.channel)]
    assert stands == keys
    assert sum(stage.fake.faults.injected.values()) > 10

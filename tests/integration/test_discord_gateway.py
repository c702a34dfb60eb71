"""The Discord platform against a Discord on this machine: posting, finding, mending, listening, ending."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, cast

import discord
import pytest

from adapters.locale.catalogue import FluentCatalogue
from adapters.platforms.discord.client import Client, Listening
from adapters.platforms.discord.doctor import check
from adapters.platforms.discord.gateway import DiscordPlatform
from adapters.platforms.discord.kit import Kit
from adapters.platforms.discord.payloads import CV2
from adapters.platforms.discord.posting.finding import stamp
from adapters.platforms.discord.rendering import Where, render
from adapters.storage.memory import MemoryStore
from bot.domain.desk import Desks
from bot.domain.finding import Finding
from bot.domain.ledger import Delivery
from bot.domain.message import EditionCard, Notice, Part, QuestionPart, StoryPart, thread_of
from bot.domain.place import Inbound, Place
from bot.domain.subscription import Subscription, subscription_id
from bot.domain.timetable import Schedule
from bot.errors import (
    ConfigError,
    MessageRefused,
    PlaceClosed,
    PlatformBusy,
    PlatformUnavailable,
    StoreError,
    ThreadWithdrawn,
)
from bot.ports.office import Office
from bot.ports.platform import Inbox, Ref, ReplyHandle
from bot.ports.store import Store
from bot.services.subscribe import Subscribe
from bot.services.tenancy import Tenancy
from bot.services.whereabouts import Whereabouts
from tests.fakes.clock import FakeClock
from tests.fakes.discord import ASKED, Channel, FakeDiscord, Fault, Guild, Kind, Permission, aimed_at, discord_server
from tests.fakes.discord.faults import spread
from tests.fakes.recordings import MemoryPictures
from tests.fakes.talk import sample

SEND = "POST /channels/{}/messages"
THREAD = "POST /channels/{}/messages/{}/threads"
FORUM = "POST /channels/{}/threads"
EDITION = sample()
DONE = {"flags": CV2, "components": [{"type": 10, "content": "Done."}]}
CARD, STORY, *_, QUESTION = thread_of(EDITION)


def key(part: str, posting: str = "abc/2026-11-20/am") -> str:
    """A key as the ledger gives it."""
    return Delivery(posting, part, 0, digest="").key


class Told:
    """What the operator is told."""

    def __init__(self, touch: Callable[[], None]) -> None:
        self._touch = touch
        self.warned: list[tuple[str, dict[str, Any]]] = []
        self.names: list[str] = []

    def tell(self, event: str, /, **facts: Any) -> None:
        self.names.append(event)
        self._touch()

    def warn(self, event: str, /, **facts: Any) -> None:
        self.warned.append((event, facts))
        self._touch()

    @property
    def warnings(self) -> list[str]:
        return [event for event, _ in self.warned]


class Heard:
    """What reaches the ears, and what is greeted."""

    def __init__(self, touch: Callable[[], None]) -> None:
        self._touch = touch
        self.messages: list[str] = []
        self.presses: list[str] = []
        self.greeted: list[str] = []
        self.begun = 0
        self.fails = False
        self.client: Client | None = None
        self.kit: Kit | None = None

    def equip(self, client: Client, kit: Kit, inbox: Inbox) -> Listening:
        self.client, self.kit = client, kit
        return Listening(self, self.greet, self.begin)

    async def heard(self, message: discord.Message) -> None:
        if self.fails:
            raise RuntimeError("the ears are full")
        self.messages.append(message.content)
        self._touch()

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        assert self.kit is not None
        data: Any = interaction.data
        self.presses.append(str(data["custom_id"]))
        await self.kit.rest.acknowledge_change(interaction)
        await self.kit.rest.show(interaction, DONE)
        self._touch()

    async def greet(self, guild: discord.Guild, kit: Kit) -> None:
        self.greeted.append(guild.name)
        self._touch()

    async def begin(self) -> None:
        self.begun += 1


@dataclass
class Stage:
    """A platform, and the Discord it speaks to."""

    fake: FakeDiscord
    guild: Guild
    channel: Channel
    platform: DiscordPlatform
    store: Store
    clock: FakeClock
    told: Told
    heard: Heard

    @property
    def place(self) -> Place:
        return Place("discord", self.channel.id)

    def other(self, **settings: Any) -> DiscordPlatform:
        """Another process for the same bot."""
        given: dict[str, Any] = {"reads_all": False, "token": self.fake.world.token, **settings}
        return DiscordPlatform(
            given.pop("token"),
            office=given.pop("office", None) or office(self.store, self.clock),
            catalogue=FluentCatalogue(),
            clock=self.clock,
            events=self.told,
            equip=self.heard.equip,
            **given,
        )

    async def subscribe(self, **options: str) -> None:
        subscription = Subscription(
            subscription_id(self.place, EDITION.desk),
            f"discord:{self.guild.id}",
            self.place,
            EDITION.desk,
            Schedule("UTC"),
            "en",
            self.clock.now(),
            tuple(sorted(options.items())),
        )
        async with self.store.unit() as unit:
            await unit.subscriptions.put(subscription)
            await unit.commit()

    async def post_card(self) -> Ref:
        return await self.platform.post(self.place, CARD, key=key("card"))

    @asynccontextmanager
    async def running(self, platform: DiscordPlatform | None = None) -> AsyncIterator[None]:
        """The platform listens for the length of the block."""
        task = asyncio.create_task((platform or self.platform).run(nobody))
        try:
            await self.fake.world.until(lambda: task.done() or "discord_ready" in self.told.names)
            assert not task.done(), task
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def nobody(inbound: Inbound, handle: ReplyHandle) -> None:
    """Nobody listens."""


def office(store: Store, clock: FakeClock) -> Office:
    """What this adapter asks the core for; the rest is not there."""
    absent: Any = None
    subscribing = Subscribe(store=store, clock=clock, desks=Desks({}), now=absent, zones=lambda name: None)
    tenancy = Tenancy(store, clock, platforms=["discord"])
    return Office(
        subscribing=subscribing,
        pausing=absent,
        on_demand=absent,
        reporting=absent,
        following=absent,
        proposing=absent,
        privacy=absent,
        tenancy=tenancy,
        whereabouts=Whereabouts(store, clock),
        listening=absent,
        shows=absent,
        pictures=MemoryPictures(),
        desks=Desks({}),
    )


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """A server with a channel, the bot in it, and a platform that is not connected yet."""
    clock = FakeClock()
    async with AsyncExitStack() as stack:
        fake = await stack.enter_async_context(discord_server(clock))
        stack.enter_context(aimed_at(fake.port, hurry=0.01))
        guild = fake.add_guild("Harbour")
        channel = fake.add_channel(guild, "keepers")
        fake.invite(guild)
        touch = fake.world.touch
        made = Stage(fake, guild, channel, cast("Any", None), MemoryStore(), clock, Told(touch), Heard(touch))
        made.platform = made.other()
        stack.push_async_callback(made.platform.close)
        yield made


# ---------------------------------------------------------------- a text channel


async def test_an_edition_adds_one_message_to_the_channel_and_the_rest_to_its_thread(stage):
    """The card opens the thread; what follows stands in it, silent, and can be found again."""
    card = await stage.post_card()
    thread = stage.fake.thread(card.id)
    assert card.place == Place("discord", stage.channel.id, card.id)
    for part in thread_of(EDITION)[1:]:
        await stage.platform.post(card.place, part, key=key(str(part)))
    assert [message.id for message in stage.fake.messages(stage.channel)] == [card.id]
    assert len(stage.fake.messages(thread)) == len(EDITION.stories) + 1
    assert all(message.silent for message in stage.fake.messages(thread))
    assert not stage.fake.messages(stage.channel)[0].silent
    assert (thread.auto_archive, stage.fake.world.pings()) == (10080, {})


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
    """Another bot may copy our message with all its ids."""
    ref = await stage.post_card()
    stage.fake.world.messages[ref.id].author = stage.fake.world.add_user("Copycat", bot=True).id
    assert await stage.platform.find(stage.place, key=key("card")) == "absent"


@pytest.mark.parametrize("minutes", [0, 4, 30], ids=["at once", "in the nonce window", "after it"])
@pytest.mark.parametrize("fault", [Fault.DROP, Fault.RUBBISH])
async def test_a_card_that_was_taken_without_an_answer_stands_once(stage, minutes, fault):
    """Look, then post only if it is not there: the ledger's order, whatever time has passed."""
    stage.fake.faults.next(fault, SEND)
    with pytest.raises(PlatformUnavailable):
        await stage.post_card()
    stage.clock.advance(timedelta(minutes=minutes))
    found = await stage.platform.find(stage.place, key=key("card"))
    assert isinstance(found, Ref)
    story = await stage.platform.post(found.place, STORY, key=key("story-1"))
    assert len(stage.fake.messages(stage.channel)) == 1
    assert story.id in stage.fake.thread(found.id).messages


async def test_the_same_key_again_within_minutes_gives_the_card_that_stands(stage):
    """Also without a look, and though the thread was opened: nothing is doubled."""
    first = await stage.post_card()
    assert await stage.post_card() == first
    assert len(stage.fake.messages(stage.channel)) == 1


@pytest.mark.parametrize("again", ["find", "post"])
async def test_a_process_that_ends_between_card_and_thread_leaves_nothing_broken(stage, again):
    """Whoever finds the card, or posts it again, gives its thread to what follows."""
    stage.fake.faults.next(Fault.DROP_BEFORE, THREAD)
    with pytest.raises(PlatformUnavailable):
        await stage.post_card()
    assert len(stage.fake.messages(stage.channel)) == 1
    other = stage.other()
    found = await (other.find(stage.place, key=key("card")) if again == "find" else stage.post_card())
    assert isinstance(found, Ref)
    assert await other.find(found.place, key=key("story-1")) == "absent"
    await other.post(found.place, STORY, key=key("story-1"))
    thread = stage.fake.thread(found.id)
    assert len(stage.fake.messages(thread)) == 1
    assert thread.name.startswith("20 Nov 2026")
    await other.close()


@pytest.mark.parametrize("fault", [Fault.FAIL, Fault.FAIL_AFTER])
async def test_a_thread_is_opened_again_after_a_server_error(stage, fault):
    """Discord says that it is there already: fine."""
    stage.fake.faults.next(fault, THREAD)
    card = await stage.post_card()
    assert card.id in stage.fake.world.channels


async def test_without_the_right_to_open_threads_no_card_is_left_behind(stage):
    """A card with nothing under it would be half an edition."""
    stage.fake.overwrite(stage.channel, stage.guild.id, deny=Permission.CREATE_PUBLIC_THREADS)
    with pytest.raises(PlaceClosed):
        await stage.post_card()
    assert stage.fake.messages(stage.channel) == []


async def test_a_card_that_cannot_be_taken_back_stays_in_doubt(stage):
    """Then the ledger looks before it posts again."""
    stage.fake.overwrite(stage.channel, stage.guild.id, deny=Permission.CREATE_PUBLIC_THREADS)
    stage.fake.faults.next(Fault.UNAVAILABLE, "DELETE /channels/{}/messages/{}")
    with pytest.raises(PlatformUnavailable):
        await stage.post_card()


async def test_a_thread_that_must_wait_leaves_the_card_in_doubt(stage):
    """The card was taken: a plain `busy` would post it twice once its nonce is forgotten."""
    stage.fake.faults.next(Fault.BANNED, THREAD)
    with pytest.raises(PlatformUnavailable):
        await stage.post_card()


# ---------------------------------------------------------------- a story in pieces


def long_story() -> StoryPart:
    """A story that no single message holds."""
    story = EDITION.stories[0]
    body = tuple(replace(one, text=f"{one.text} {'Word by word. ' * 80}") for one in (story.body * 4)[:6])
    return StoryPart(EDITION, replace(story, body=body))


async def test_a_long_story_is_posted_in_pieces_and_found_as_one(stage):
    """Its first piece is where a link leads."""
    card = await stage.post_card()
    ref = await stage.platform.post(card.place, long_story(), key=key("story-1"))
    pieces = stage.fake.messages(card.id)
    assert len(pieces) > 1
    assert ref == Ref(card.place, pieces[0].id)
    assert await stage.platform.find(card.place, key=key("story-1")) == ref


@pytest.mark.parametrize("minutes", [0, 30])
@pytest.mark.parametrize("fault", [Fault.DROP, Fault.DROP_BEFORE])
async def test_after_an_end_between_two_pieces_only_what_is_missing_is_posted(stage, minutes, fault):
    """Inside and outside the nonce window."""
    card = await stage.post_card()
    stage.fake.faults.next(fault, SEND, after=1)
    with pytest.raises(PlatformUnavailable):
        await stage.platform.post(card.place, long_story(), key=key("story-1"))
    stage.clock.advance(timedelta(minutes=minutes))
    other = stage.other()
    found = await other.find(card.place, key=key("story-1"))
    if found == "absent":
        found = await other.post(card.place, long_story(), key=key("story-1"))
    pieces = stage.fake.messages(card.id)
    whole = len(render(long_story(), FluentCatalogue().speak("en"), Where()))
    assert len({json.dumps(piece.components) for piece in pieces}) == len(pieces) == whole > 1
    assert found == Ref(card.place, pieces[0].id)
    await other.close()


# ---------------------------------------------------------------- threads people change


async def test_an_archived_thread_is_opened_by_posting(stage):
    """Threads go to sleep; that is no reason to fail."""
    card = await stage.post_card()
    stage.fake.archive(card.id)
    await stage.platform.post(card.place, STORY, key=key("story-1"))
    assert not stage.fake.thread(card.id).archived


async def test_a_locked_thread_is_unlocked_only_by_who_may(stage):
    """Without Manage Threads the place is closed, in words that name it."""
    card = await stage.post_card()
    stage.fake.archive(card.id, locked=True)
    with pytest.raises(PlaceClosed, match="Manage Threads"):
        await stage.platform.post(card.place, STORY, key=key("story-1"))
    stage.fake.allow(stage.guild, ASKED | Permission.MANAGE_THREADS)
    await stage.platform.post(card.place, STORY, key=key("story-1"))
    assert not stage.fake.thread(card.id).locked


async def test_a_thread_that_people_deleted_is_left_alone(stage):
    """It is not opened again, and nothing goes to the channel instead."""
    card = await stage.post_card()
    stage.fake.delete(stage.fake.thread(card.id))
    with pytest.raises(ThreadWithdrawn):
        await stage.platform.post(card.place, STORY, key=key("story-1"))
    assert await stage.platform.find(card.place, key=key("story-1")) == "withdrawn"
    assert len(stage.fake.messages(stage.channel)) == 1


async def test_a_deleted_card_is_absent_and_its_thread_still_takes_posts(stage):
    """What became of it is the ledger's to decide."""
    card = await stage.post_card()
    stage.fake.delete(stage.fake.world.messages[card.id])
    assert await stage.platform.find(stage.place, key=key("card")) == "absent"
    assert await stage.platform.find(card.place, key=key("story-1")) == "absent"


async def test_card_and_thread_deleted_are_withdrawn(stage):
    """Nothing is left to mend."""
    card = await stage.post_card()
    stage.fake.delete(stage.fake.thread(card.id))
    stage.fake.delete(stage.fake.world.messages[card.id])
    assert await stage.platform.find(card.place, key=key("story-1")) == "withdrawn"
    with pytest.raises(ThreadWithdrawn):
        await stage.platform.post(card.place, STORY, key=key("story-1"))


async def test_a_thread_whose_opening_was_taken_without_an_answer_is_nobody_s_deletion(stage):
    """Asked again, Discord would say that the message has, or had, a thread: nobody could tell which."""
    stage.fake.faults.next(Fault.UNAVAILABLE, THREAD)
    with pytest.raises(PlatformUnavailable):
        await stage.post_card()
    (card,) = stage.fake.messages(stage.channel)
    place = Place("discord", stage.channel.id, card.id)
    stage.fake.faults.next(Fault.FAIL_AFTER, THREAD)
    with pytest.raises(PlatformUnavailable):
        await stage.platform.post(place, STORY, key=key("story-1"))
    assert await stage.platform.post(place, STORY, key=key("story-1"))


async def test_a_deleted_channel_is_closed(stage):
    """Also for what would follow in its threads."""
    card = await stage.post_card()
    stage.fake.delete(stage.channel)
    for place, part in ((stage.place, CARD), (card.place, STORY)):
        with pytest.raises(PlaceClosed):
            await stage.platform.post(place, part, key=key("story-1"))
        with pytest.raises(PlaceClosed):
            await stage.platform.find(place, key=key("story-1"))


# ---------------------------------------------------------------- refusals


async def test_lost_rights_close_the_place(stage):
    """One refusal, and no second try."""
    stage.fake.overwrite(stage.channel, stage.guild.id, deny=Permission.SEND_MESSAGES)
    with pytest.raises(PlaceClosed, match="50013"):
        await stage.post_card()
    assert len(stage.fake.calls(SEND)) == 1


@pytest.mark.parametrize("hidden", [True, False])
async def test_without_read_message_history_nothing_is_decided(stage, hidden):
    """Discord then shows an empty channel: that is not absence."""
    if hidden:
        stage.fake.overwrite(stage.channel, stage.guild.id, deny=Permission.READ_MESSAGE_HISTORY)
    await stage.post_card()
    found = await stage.platform.find(stage.place, key=key("card"))
    assert (found == "unsure") is hidden


async def test_a_rate_limit_that_names_a_wait_is_waited_for(stage):
    """The library knows how."""
    stage.fake.faults.next(Fault.BUSY, SEND)
    stage.fake.faults.next(Fault.BUSY_ALL, SEND)
    await stage.post_card()
    assert [call.status for call in stage.fake.calls(SEND)] == [429, 429, 200]


async def test_a_long_rate_limit_is_given_back_as_busy(stage):
    """With the time that Discord asks for; nothing was posted."""
    stage.fake.faults.retry_after = 300
    stage.fake.faults.next(Fault.BUSY, SEND)
    with pytest.raises(PlatformBusy) as raised:
        await stage.post_card()
    assert raised.value.retry_after == timedelta(seconds=300)
    assert stage.fake.messages(stage.channel) == []


async def test_a_refusal_of_the_edge_is_busy(stage):
    """A 429 that is not Discord's own."""
    stage.fake.faults.next(Fault.BANNED, SEND)
    with pytest.raises(PlatformBusy):
        await stage.post_card()


def near_cap() -> StoryPart:
    """A story of few characters and many bytes."""
    story = EDITION.stories[2]
    return StoryPart(EDITION, replace(story, analogy="潮" * 2775))


async def test_a_server_error_for_a_message_near_the_byte_cap_is_a_refusal(stage):
    """Twice: Discord has no better word for too long, and asking for hours would not help."""
    card = await stage.post_card()
    stage.fake.faults.next(Fault.FAIL, SEND, times=9)
    with pytest.raises(MessageRefused, match="500"):
        await stage.platform.post(card.place, near_cap(), key=key("story-3"))
    assert [call.status for call in stage.fake.calls(SEND)] == [200, 500, 500]


@pytest.mark.parametrize("fault", [Fault.UNAVAILABLE, Fault.BAD_GATEWAY])
async def test_other_errors_for_such_a_message_leave_it_open(stage, fault):
    """They say nothing about its length."""
    card = await stage.post_card()
    stage.fake.faults.next(fault, SEND, times=9)
    with pytest.raises(PlatformUnavailable):
        await stage.platform.post(card.place, near_cap(), key=key("story-3"))


async def test_a_refused_token_closes_every_place_and_is_told(stage):
    """In the middle of a life as at its beginning."""
    await stage.post_card()
    stage.fake.world.token = "another"
    with pytest.raises(PlaceClosed):
        await stage.platform.post(stage.place, CARD, key=key("card", "later"))
    other = stage.other(token="wrong")
    with pytest.raises(PlaceClosed, match="DISCORD_TOKEN"):
        await other.post(stage.place, CARD, key=key("card"))
    assert stage.told.warnings == ["discord_token_refused", "discord_token_refused"]


@pytest.mark.parametrize("fault", [Fault.UNAVAILABLE, Fault.RUBBISH])
@pytest.mark.parametrize("route", ["GET /users/@me", "GET /oauth2/applications/@me"])
async def test_nothing_is_posted_where_discord_is_not_reached(stage, fault, route):
    """Not even the login: that is no doubt, it is `busy`."""
    stage.fake.faults.next(fault, route)
    with pytest.raises(PlatformBusy):
        await stage.post_card()
    await stage.post_card()


# ---------------------------------------------------------------- all of it at once


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.FORUM])
async def test_nothing_is_lost_or_doubled_under_many_faults(stage, kind):
    """A third of all requests fail, every third attempt is another process, minutes pass: each message stands once."""
    stage.fake.faults.rates, stage.fake.faults.routes = spread(0.3), ()
    stage.fake.faults.retry_after = stage.fake.faults.slow = 0.001
    pieces = len(render(long_story(), FluentCatalogue().speak("en"), Where()))
    for number in range(6):
        channel = stage.fake.add_channel(stage.guild, f"channel-{number}", kind)
        place = Place("discord", channel.id)
        for name, part in enumerate((CARD, STORY, long_story(), QUESTION)):
            place = (await persist(stage, place, part, key(f"{name}", channel.id))).place
        (thread,) = stage.fake.world.threads_of(channel)
        starter = 1 if kind is Kind.FORUM else 0
        assert len(stage.fake.messages(thread)) == starter + 1 + pieces + 1
        assert len(channel.messages) == (0 if kind is Kind.FORUM else 1)


async def persist(stage: Stage, place: Place, part: Part, name: str) -> Ref:
    """Post as the ledger does: whatever may have been taken is looked for first."""
    doubtful = False
    for attempt in range(60):
        platform = stage.platform if attempt % 3 else stage.other()
        stage.clock.advance(timedelta(minutes=3))
        try:
            found = await platform.find(place, key=name) if doubtful else "absent"
            doubtful = False
            return found if isinstance(found, Ref) else await platform.post(place, part, key=name)
        except PlatformBusy:
            pass
        except PlatformUnavailable:
            doubtful = True
        finally:
            if platform is not stage.platform:
                await platform.close()
    raise AssertionError("it never went through")


# ---------------------------------------------------------------- other places


async def test_a_forum_gets_one_post_with_tags(stage):
    """The card is its first message; slot and topics that have a tag are its tags."""
    topic = EDITION.stories[0].topic
    forum = stage.fake.add_channel(stage.guild, "briefings", Kind.FORUM, tags=("PM", "Morning", topic.upper(), "x"))
    place = Place("discord", forum.id)
    ref = await stage.platform.post(place, CARD, key=key("card"))
    post = stage.fake.thread(ref.id)
    assert ref.place == Place("discord", forum.id, post.id)
    assert [forum.tags[tag] for tag in post.applied] == ["Morning", topic.upper()]
    await stage.platform.post(ref.place, STORY, key=key("story-1"))
    assert len(stage.fake.messages(post)) == 2
    assert await stage.platform.find(place, key=key("card")) == ref
    assert await stage.platform.find(ref.place, key=key("story-1")) != "absent"
    assert await stage.platform.find(place, key=key("card", "other")) == "absent"


async def test_a_forum_that_asks_for_a_tag_gets_its_first(stage):
    """Where none fits."""
    forum = stage.fake.add_channel(stage.guild, "briefings", Kind.FORUM, tags=("Anything", "Else"))
    forum.require_tag = True
    ref = await stage.platform.post(Place("discord", forum.id), CARD, key=key("card"))
    assert [forum.tags[tag] for tag in stage.fake.thread(ref.id).applied] == ["Anything"]


@pytest.mark.parametrize("fault", [Fault.DROP, Fault.FAIL_AFTER, Fault.FAIL, Fault.UNAVAILABLE])
async def test_a_forum_post_is_asked_for_once_an_attempt_and_found_if_it_was_taken(stage, fault):
    """It has no nonce: the library's own second try would double it."""
    forum = stage.fake.add_channel(stage.guild, "briefings", Kind.FORUM)
    place = Place("discord", forum.id)
    stage.fake.faults.next(fault, FORUM)
    with pytest.raises(PlatformUnavailable):
        await stage.platform.post(place, CARD, key=key("card"))
    assert len(stage.fake.calls(FORUM)) == 1
    found = await stage.platform.find(place, key=key("card"))
    if found == "absent":
        await stage.platform.post(place, CARD, key=key("card"))
    assert len(stage.fake.world.threads_of(forum)) == 1


async def test_a_forum_post_waits_for_a_rate_limit(stage):
    """A 429 was not taken: asking again is right."""
    forum = stage.fake.add_channel(stage.guild, "briefings", Kind.FORUM)
    stage.fake.faults.next(Fault.BUSY, FORUM)
    await stage.platform.post(Place("discord", forum.id), CARD, key=key("card"))
    assert len(stage.fake.world.threads_of(forum)) == 1


async def test_an_archived_post_of_a_forum_is_found(stage):
    """People archive what they have read."""
    forum = stage.fake.add_channel(stage.guild, "briefings", Kind.FORUM)
    ref = await stage.platform.post(Place("discord", forum.id), CARD, key=key("card"))
    stage.fake.archive(ref.id)
    assert await stage.platform.find(Place("discord", forum.id), key=key("card")) == ref


async def test_a_forum_whose_history_we_may_not_read_stays_unsure(stage):
    """No look, no decision."""
    forum = stage.fake.add_channel(stage.guild, "briefings", Kind.FORUM)
    await stage.platform.post(Place("discord", forum.id), CARD, key=key("card"))
    stage.fake.overwrite(forum, stage.guild.id, deny=Permission.READ_MESSAGE_HISTORY)
    assert await stage.platform.find(Place("discord", forum.id), key=key("card")) == "unsure"


async def test_one_thread_a_day_holds_all_its_editions(stage):
    """The first card begins it, the next one stands in it; each is found."""
    await stage.subscribe(placement="day")
    first = await stage.post_card()
    evening = EditionCard(replace(EDITION, slot="pm", id=f"{EDITION.id[:-1]}x"))
    second = await stage.platform.post(stage.place, evening, key=key("card", "pm"))
    assert stage.fake.thread(first.id).name == EDITION.date.isoformat()
    assert second.place == first.place
    assert len(stage.fake.messages(stage.channel)) == 1
    assert await stage.platform.find(stage.place, key=key("card")) == first
    assert await stage.platform.find(stage.place, key=key("card", "pm")) == second
    await stage.platform.post(second.place, STORY, key=key("story-1", "pm"))
    await stage.platform.revise(second, evening)
    assert await stage.platform.find(second.place, key=key("card", "pm")) == second


async def test_a_card_mentions_the_chosen_role_and_nobody_else(stage):
    """Only the card, only that role."""
    crew, others = stage.fake.role(stage.guild, "crew"), stage.fake.role(stage.guild, "others")
    await stage.subscribe(role=crew.id)
    titled = replace(EDITION, title=f"@everyone and <@&{others.id}> meet, <@{stage.guild.owner}> agrees")
    card = await stage.platform.post(stage.place, EditionCard(titled), key=key("card"))
    await stage.platform.post(card.place, STORY, key=key("story-1"))
    pings = stage.fake.world.pings()
    assert {identity: (found.everyone, found.users, found.roles) for identity, found in pings.items()} == {
        card.id: (False, (), (crew.id,))
    }


async def test_a_news_channel_publishes_its_card(stage):
    """Those who follow it get the card; if that fails, the edition stands all the same."""
    news = stage.fake.add_channel(stage.guild, "news", Kind.NEWS)
    crosspost = "POST /channels/{}/messages/{}/crosspost"
    ref = await stage.platform.post(Place("discord", news.id), CARD, key=key("card"))
    await stage.fake.world.until(lambda: stage.fake.calls(crosspost))
    assert stage.fake.thread(ref.id).kind is Kind.NEWS_THREAD
    stage.fake.faults.next(Fault.FORBIDDEN, crosspost)
    again = await stage.platform.post(Place("discord", news.id), CARD, key=key("card", "later"))
    await stage.fake.world.until(lambda: len(stage.fake.calls(crosspost)) == 2)
    assert again.id != ref.id


async def test_direct_messages_hold_everything_without_a_thread(stage):
    """Card and parts, one after the other; found again; closed where the person takes none."""
    mira = stage.fake.person("Mira", stage.guild)
    place = Place("discord", f"@{mira.id}")
    card = await stage.platform.post(place, CARD, key=key("card"))
    story = await stage.platform.post(place, STORY, key=key("story-1"))
    assert card.place == story.place == place
    assert await stage.platform.find(place, key=key("card")) == card
    assert await stage.platform.find(place, key=key("question")) == "absent"
    stage.fake.world.users[mira.id].dms_open = False
    with pytest.raises(PlaceClosed, match="50007"):
        await stage.platform.post(place, QUESTION, key=key("question"))


async def test_an_edition_can_live_in_a_thread_that_people_opened(stage):
    """Then the card stands there too."""
    ref = await stage.post_card()
    card = await stage.platform.post(ref.place, CARD, key=key("card", "second"))
    assert card.place == ref.place
    assert card.id in stage.fake.thread(ref.id).messages


# ---------------------------------------------------------------- changing


async def test_a_revised_message_keeps_its_key(stage):
    """It is found afterwards, and its buttons still say what they said."""
    ref = await stage.post_card()
    newer = EditionCard(replace(EDITION, title="Another title entirely"))
    await stage.platform.revise(ref, newer)
    assert "Another title entirely" in json.dumps(stage.fake.world.messages[ref.id].components)
    assert await stage.platform.find(stage.place, key=key("card")) == ref
    story = await stage.platform.post(ref.place, STORY, key=key("story-1"))
    await stage.platform.revise(story, STORY)
    assert await stage.platform.find(ref.place, key=key("story-1")) == story


async def test_a_notice_can_be_revised(stage):
    """A progress message becomes the answer."""
    ref = await stage.platform.post(stage.place, Notice("Reading."), key=key("n"))
    await stage.platform.revise(ref, Notice("Done reading."))
    assert "Done reading." in json.dumps(stage.fake.world.messages[ref.id].components)


async def test_what_stands_in_one_piece_is_not_revised_into_two(stage):
    """Half of it would be lost without a word."""
    card = await stage.post_card()
    ref = await stage.platform.post(card.place, STORY, key=key("story-1"))
    with pytest.raises(MessageRefused):
        await stage.platform.revise(ref, long_story())


# ---------------------------------------------------------------- looking far back


async def test_a_busy_channel_is_read_back_page_by_page(stage):
    """Up to a day; beyond a thousand messages it says that it does not know."""
    card = await stage.post_card()
    mira = stage.fake.world.add_user("Mira")
    stage.fake.world.add_member(stage.guild, mira)
    chatter(stage, 250)
    assert await stage.platform.find(stage.place, key=key("card")) == card
    chatter(stage, 900)
    assert await stage.platform.find(stage.place, key=key("card")) == "unsure"
    stage.clock.advance(timedelta(days=2))
    chatter(stage, 150)
    assert await stage.platform.find(stage.place, key=key("card")) == "absent"


def chatter(stage: Stage, count: int) -> None:
    """People talk in the channel."""
    from tests.fakes.discord.posting import new_message

    for number in range(count):
        said = new_message(stage.fake.world, stage.channel, {"content": f"{number}"}, author=stage.guild.owner)
        stage.channel.messages.append(said.id)


# ---------------------------------------------------------------- listening


async def test_messages_and_presses_reach_the_ears(stage):
    """Commands are not theirs; what we say ourselves is not heard."""
    card = await stage.post_card()
    mira = stage.fake.person("Mira", stage.guild)
    async with stage.running():
        await mira.say(stage.channel, f"<@{stage.fake.world.me.id}> and the tides?")
        await stage.fake.world.until(lambda: stage.heard.messages)
        await mira.press(card.id, button(stage, card.id))
        await stage.fake.world.until(lambda: stage.heard.presses)
    assert len(stage.heard.messages) == 1
    assert stage.heard.begun == 1
    assert stage.told.warned == []


def button(stage: Stage, message: str) -> str:
    """The id of a button of a message."""
    found = json.dumps(stage.fake.world.messages[message].components)
    return next(part for part in found.split('"') if part.startswith("b1:ask"))


async def test_a_handler_that_fails_ends_nothing(stage):
    """The operator is told; the next message is heard."""
    mira = stage.fake.person("Mira", stage.guild)
    async with stage.running():
        stage.heard.fails = True
        await mira.say(stage.channel, f"<@{stage.fake.world.me.id}> one")
        await stage.fake.world.until(lambda: stage.told.warned)
        stage.heard.fails = False
        await mira.say(stage.channel, f"<@{stage.fake.world.me.id}> two")
        await stage.fake.world.until(lambda: stage.heard.messages)
    assert stage.told.warnings == ["discord_handler_failed"]
    assert "ears are full" not in str(stage.told.warned)


async def test_a_lost_connection_is_taken_up_again(stage):
    """By the library; nobody has to know."""
    mira = stage.fake.person("Mira", stage.guild)
    async with stage.running():
        await stage.fake.gateway.drop()
        await stage.fake.world.until(lambda: stage.fake.gateway.live)
        await mira.say(stage.channel, f"<@{stage.fake.world.me.id}> still there?")
        await stage.fake.world.until(lambda: stage.heard.messages)


async def test_servers_come_and_go_and_an_outage_is_neither(stage):
    """New ones are greeted once; a removal is noted; a server that is down keeps everything."""
    async with stage.running():
        await stage.fake.world.until(lambda: stage.heard.greeted)
        quay = stage.fake.add_guild("Quay")
        stage.fake.invite(quay)
        await stage.fake.world.until(lambda: "Quay" in stage.heard.greeted)
        stage.fake.outage(stage.guild)
        stage.fake.remove(quay)
        await stage.fake.world.until(lambda: "discord_removed" in stage.told.names)
    assert await present(stage.store) == [f"discord:{stage.guild.id}"]
    assert stage.heard.greeted == ["Harbour", "Quay"]


async def present(store: Store) -> list[str]:
    async with store.unit() as unit:
        return await unit.tenants.present("discord")


async def test_a_start_notes_which_servers_are_left_and_greets_no_old_ones(stage):
    """Who removed us while we slept is gone; who has had us for long gets no greeting."""
    async with stage.store.unit() as unit:
        await unit.tenants.arrive("discord:1", at=stage.clock.now())
        await unit.commit()
    stage.clock.advance(timedelta(days=2))
    async with stage.running():
        assert await present(stage.store) == [f"discord:{stage.guild.id}"]
    assert stage.heard.greeted == []


async def test_without_the_intent_in_the_portal_it_goes_on_without(stage):
    """One warning with the intent and the page; then mentions still arrive."""
    platform = stage.other(reads_all=True)
    async with stage.running(platform):
        (warned,) = stage.told.warned
        assert warned[0] == "discord_intent_missing"
        assert warned[1]["intent"] == "Message Content"
        assert "https://discord.com/developers/applications/" in str(warned[1]["page"])
        assert stage.heard.kit is not None
        assert not stage.heard.kit.reads_all
        await platform.post(stage.place, CARD, key=key("card"))


async def test_with_the_intent_everything_is_read(stage):
    """Text of messages that do not mention us."""
    stage.fake.world.portal.message_content = True
    mira = stage.fake.person("Mira", stage.guild)
    async with stage.running(stage.other(reads_all=True)):
        await mira.say(stage.channel, "just saying")
        await stage.fake.world.until(lambda: stage.heard.messages)
    assert stage.heard.messages == ["just saying"]


async def test_a_refused_token_is_a_mistake_in_the_settings(stage):
    """It names the variable, never the token."""
    with pytest.raises(ConfigError, match="DISCORD_TOKEN") as raised:
        await stage.other(token="secret-but-wrong").run(nobody)
    assert "secret-but-wrong" not in str(raised.value)


async def test_a_token_that_is_refused_later_ends_the_connection_as_a_mistake(stage):
    """Somebody made a new one in the portal: asking again would not help."""
    running = asyncio.create_task(stage.platform.run(nobody))
    await stage.fake.world.until(lambda: "discord_ready" in stage.told.names)
    await stage.fake.gateway.drop(code=4004)
    with pytest.raises(ConfigError, match="DISCORD_TOKEN"):
        await running


async def test_a_connection_that_is_ended_for_good_is_told_to_who_runs_it(stage):
    """Who starts it again decides when; posting goes on meanwhile, by a login of its own."""
    running = asyncio.create_task(stage.platform.run(nobody))
    await stage.fake.world.until(lambda: "discord_ready" in stage.told.names)
    await stage.fake.gateway.drop(code=4012)
    with pytest.raises(PlatformUnavailable, match="4012"):
        await running
    await stage.post_card()


async def test_ending_is_quick_and_leaves_no_task_behind(stage):
    """Also with a handler at work that never ends."""
    stuck = asyncio.Event()

    async def wait(message: discord.Message) -> None:
        stuck.set()
        await asyncio.Event().wait()

    stage.heard.heard = wait
    mira = stage.fake.person("Mira", stage.guild)
    async with asyncio.timeout(4):
        async with stage.running():
            await mira.say(stage.channel, f"<@{stage.fake.world.me.id}> wait")
            await stuck.wait()
    left = [task for task in asyncio.all_tasks() if "discord" in task.get_name()]
    assert left == []


async def test_unreachable_at_the_start_is_told_to_who_runs_it(stage):
    """Who starts it again decides when."""
    stage.fake.faults.next(Fault.UNAVAILABLE, "GET /gateway/bot", times=9)
    with pytest.raises(PlatformUnavailable):
        await stage.platform.run(nobody)


# ---------------------------------------------------------------- our own database


class Broken:
    """A database that does not answer."""

    async def list(self, tenant: str | None = None) -> list[Subscription]:
        raise StoreError("it is away")

    async def standing(self, edition: str, place: Place) -> Any:
        raise StoreError("it is away")


async def test_nothing_is_posted_while_our_own_database_is_away(stage):
    """What was decided for the place is not known then: later is right, and nothing is in doubt."""
    card = await stage.post_card()
    broken: Any = Broken()
    known = office(stage.store, stage.clock)
    for there, part, lost in (
        (stage.place, CARD, replace(known, subscribing=broken)),
        (card.place, STORY, replace(known, whereabouts=broken)),
    ):
        platform = stage.other(office=lost)
        with pytest.raises(PlatformBusy):
            await platform.post(there, part, key=key("another"))
        await platform.close()
    assert len(stage.fake.calls(SEND)) == 1


async def test_options_with_a_mistake_do_not_hold_an_edition_back(stage):
    """It is posted as usual; settings and doctor name the mistake."""
    await stage.subscribe(placement="wall", role="42")
    assert (await stage.post_card()).place.thread is not None


# ---------------------------------------------------------------- the doctor


async def found_by_doctor(stage: Stage, *places: Place, **settings: Any) -> dict[str, Finding]:
    phrases = FluentCatalogue().speak("en")
    given = {"token": stage.fake.world.token, "reads_all": False, **settings}
    findings = await check(given.pop("token"), places=places, phrases=phrases, **given)
    return {finding.what: finding for finding in findings}


async def test_the_doctor_finds_nothing_where_all_is_well(stage):
    """Token, application, link, intent, endpoint, channel."""
    found = await found_by_doctor(stage, stage.place, Place("discord", "@77"))
    assert {finding.verdict for finding in found.values()} == {"ok", "note"}
    assert found["#keepers"].value == "all rights are there"
    assert f"client_id={found['application'].value}" in found["invite link"].value


async def test_the_doctor_names_missing_rights_and_the_way_to_them(stage):
    """As Discord names them; also of a thread, whose parent decides."""
    ref = await stage.post_card()
    stage.fake.overwrite(stage.channel, stage.guild.id, deny=Permission.EMBED_LINKS | Permission.ATTACH_FILES)
    found = await found_by_doctor(stage, stage.place, Place("discord", ref.id))
    assert found["#keepers"].value == "missing: Embed Links, Attach Files"
    assert "Edit Channel" in str(found["#keepers"].remedy)
    assert len([one for one in found.values() if one.verdict == "wrong"]) == 2


async def test_the_doctor_names_what_the_portal_lacks(stage):
    """The intent, if it is wanted; an endpoint that takes our presses away."""
    found = await found_by_doctor(stage, Place("discord", "404"), reads_all=True)
    assert found["Message Content intent"].verdict == "wrong"
    assert found["channel 404"].verdict == "wrong"
    stage.fake.world.portal.message_content = True
    assert (await found_by_doctor(stage, reads_all=True))["Message Content intent"].verdict == "ok"


async def test_the_doctor_says_that_a_token_is_refused_or_nobody_answers(stage):
    """Wrong is for the person, failed is for the network."""
    assert (await found_by_doctor(stage, token="no"))["token"].verdict == "wrong"
    stage.fake.faults.next(Fault.UNAVAILABLE, "GET /users/@me")
    assert (await found_by_doctor(stage))["connection"].verdict == "failed"


def test_a_stamped_payload_is_another_object():
    """What was rendered is not changed under somebody else's hands."""
    payload = {"flags": CV2, "components": [{"type": 10, "content": "x"}]}
    assert stamp(payload, "a" * 24) != payload
    assert payload["components"] == [{"type": 10, "content": "x"}]
    assert isinstance(QUESTION, QuestionPart)

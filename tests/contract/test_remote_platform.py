"""The platform that delivery is tested against is like a real one; each failure reaches the core as its own error."""

import asyncio
import json
import sys
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.locale.catalogue import FluentCatalogue
from adapters.wire.clock import StillClock
from bot.domain.message import EditionCard, Message, Notice, thread_of
from bot.domain.place import Place
from bot.errors import (
    MessageRefused,
    PlaceClosed,
    PlatformBusy,
    PlatformUnavailable,
    ThreadWithdrawn,
)
from bot.ports.platform import Ref
from tests.fakes.remote.client import READ_BACK, RemotePlatform
from tests.fakes.remote.faults import AFTER, MIXED, Fault, Faults, spread
from tests.fakes.remote.remote import Post, Refusal, Remote, Rules, accepted
from tests.fakes.remote.server import Server, serving
from tests.fakes.talk import NOON, sample

PLACE = Place("remote", "p1")
CARD, STORY, *_ = thread_of(sample())
Begin = Callable[..., Awaitable[tuple[Server, RemotePlatform]]]


class Seconds:
    """A clock of plain seconds that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """The present second."""
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    """The platform's time."""
    return Seconds()


@pytest.fixture
async def begin(seconds: Seconds) -> AsyncIterator[Begin]:
    """Starts a platform and a client of it."""
    async with AsyncExitStack() as stack:

        async def start(
            *script: Fault | None, rules: Rules | None = None, patience: float = 5.0, **options: bool
        ) -> tuple[Server, RemotePlatform]:
            server = Server(Remote(rules or Rules(), seconds), Faults(script=deque(script)))
            port = await stack.enter_async_context(serving(server))
            patient = timedelta(seconds=patience)
            client = RemotePlatform(f"http://127.0.0.1:{port}", FluentCatalogue(), StillClock(NOON), patience=patient)
            for name, value in options.items():
                setattr(client, name, value)
            stack.push_async_callback(client.close)
            return server, client

        yield start


async def posted(client: RemotePlatform, message: Message = CARD, place: Place = PLACE, key: str = "k") -> Ref:
    return await client.post(place, message, key=key)


# ---------------------------------------------------------------- errors


@pytest.mark.parametrize("fault", [Fault.DROP, Fault.FAIL_AFTER, Fault.RUBBISH])
async def test_what_fails_after_it_was_accepted_may_have_been_taken_and_can_be_found(begin, fault):
    """The message is there although nobody said so."""
    server, client = await begin(fault)
    with pytest.raises(PlatformUnavailable):
        await posted(client)
    assert len(server.remote.posts) == 1
    found = await client.find(PLACE, key="k")
    assert isinstance(found, Ref)
    assert found.id == "m1"


async def test_an_answer_that_takes_too_long_may_have_been_taken(begin):
    """The client's patience ends, and the message is there."""
    server, client = await begin(Fault.SLOW, patience=0.05)
    with pytest.raises(PlatformUnavailable):
        await posted(client)
    assert len(server.remote.posts) == 1


async def test_a_message_can_be_accepted_after_nobody_waits_for_it_any_more(begin):
    """Reading the place back at once does not show it; a while later it is there."""
    server, client = await begin(Fault.LATE, rules=Rules(late_seconds=0.2), patience=0.05)
    with pytest.raises(PlatformUnavailable):
        await posted(client)
    await client.close()
    client.patience = timedelta(seconds=5)
    looks = 0
    while (found := await client.find(PLACE, key="k")) == "absent":
        looks += 1
    assert looks
    assert isinstance(found, Ref)
    assert len(server.remote.posts) == 1


async def test_a_server_error_says_nothing_about_the_message(begin):
    """It was not taken, but nobody can know."""
    server, client = await begin(Fault.FAIL_BEFORE)
    with pytest.raises(PlatformUnavailable):
        await posted(client)
    assert not server.remote.posts
    assert await client.find(PLACE, key="k") == "absent"


async def test_a_rate_limit_carries_how_long_to_wait(begin):
    """Not taken now."""
    server, client = await begin(Fault.BUSY)
    with pytest.raises(PlatformBusy) as caught:
        await posted(client)
    assert caught.value.retry_after == timedelta(seconds=server.remote.rules.retry_after)
    assert not server.remote.posts


async def test_no_connection_means_that_nothing_was_taken():
    """Nobody listens at the address."""
    async with serving(Server(Remote())) as port:
        pass
    client = RemotePlatform(f"http://127.0.0.1:{port}", FluentCatalogue(), StillClock(NOON))
    with pytest.raises(PlatformBusy):
        await posted(client)
    await client.close()


@pytest.mark.parametrize("status", [403, 404])
async def test_a_closed_place_takes_nothing_and_shows_nothing(begin, status):
    """We may not post there, or it is gone."""
    server, client = await begin()
    server.remote.closed = {"p1": status}
    with pytest.raises(PlaceClosed):
        await posted(client)
    with pytest.raises(PlaceClosed):
        await client.find(PLACE, key="k")


async def test_an_injected_ban_reads_as_a_closed_place(begin):
    """403 without the place being gone for others."""
    _, client = await begin(Fault.FORBIDDEN)
    with pytest.raises(PlaceClosed):
        await posted(client)
    await posted(client)


async def test_a_thread_that_people_deleted_takes_nothing(begin):
    """What was in it is withdrawn, what was not is absent."""
    server, client = await begin()
    card = await posted(client)
    await posted(client, STORY, card.place, "k2")
    server.remote.delete(card.id)
    with pytest.raises(ThreadWithdrawn):
        await posted(client, STORY, card.place, "k3")
    assert await client.find(PLACE, key="k") == "withdrawn"
    assert await client.find(card.place, key="k2") == "withdrawn"
    assert await client.find(card.place, key="k3") == "absent"
    with pytest.raises(ThreadWithdrawn):
        await client.revise(card, Notice("Again."))


@pytest.mark.parametrize("text", [" ", "x" * 4001])
async def test_a_message_that_is_too_long_or_empty_is_refused_for_good(begin, text):
    """It is never taken."""
    _, client = await begin()
    with pytest.raises(MessageRefused):
        await posted(client, Notice(text))


@pytest.mark.parametrize("body", ["[]", "{}", '{"id": 7}', "nothing"])
async def test_an_answer_without_a_message_in_it_is_no_answer(begin, body):
    """Success that says nothing is as good as silence."""
    from aiohttp import web

    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=body)

    pages = web.Application()
    pages.router.add_route("*", "/{tail:.*}", answer)
    runner = web.AppRunner(pages)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    client = RemotePlatform(f"http://127.0.0.1:{runner.addresses[0][1]}", FluentCatalogue(), StillClock(NOON))
    with pytest.raises(PlatformUnavailable):
        await posted(client)
    with pytest.raises(PlatformUnavailable):
        await client.find(PLACE, key="k")
    await client.close()
    await runner.cleanup()


# ---------------------------------------------------------------- keys and reading back


async def test_within_the_window_a_key_gives_the_first_message_again_and_after_it_a_second_one(begin, seconds):
    """A nonce protects for a while only."""
    server, client = await begin(rules=Rules(nonce_seconds=60))
    first = await posted(client)
    seconds.now += 60
    assert await posted(client) == first
    seconds.now += 1
    assert await posted(client) != first
    assert (len(server.remote.posts), server.remote.repeats) == (2, 1)


@pytest.mark.parametrize(("rules", "nonce"), [(Rules(), True), (Rules(nonce_seconds=60), False)])
async def test_without_a_nonce_every_post_is_a_message(begin, rules, nonce):
    """A platform, or a client, that knows no keys doubles."""
    server, client = await begin(rules=rules, nonce=nonce)
    await posted(client)
    await posted(client)
    assert len(server.remote.posts) == 2


async def test_where_the_history_is_closed_to_us_nothing_can_be_found_out(begin):
    """The answer is neither yes nor no."""
    _, client = await begin(readback=False)
    await posted(client)
    assert await client.find(PLACE, key="k") == "unsure"


async def test_beyond_what_is_read_back_an_absence_proves_nothing(begin):
    """The message may be further back than we looked."""
    server, client = await begin()
    for number in range(READ_BACK):
        server.remote.post("p1", "Somebody talks.", key=f"other-{number}")
    assert await client.find(PLACE, key="k") == "unsure"


async def test_a_deleted_message_is_withdrawn_and_without_tombstones_absent(begin):
    """Not every platform shows that something was there."""
    server, client = await begin()
    ref = await posted(client, Notice("Hello."))
    server.remote.delete(ref.id)
    assert await client.find(PLACE, key="k") == "withdrawn"
    server.remote.rules = replace(server.remote.rules, tombstones=False)
    assert await client.find(PLACE, key="k") == "absent"


async def test_a_thread_and_its_place_show_the_card_and_only_the_thread_shows_what_follows(begin):
    """As people see it."""
    server, client = await begin()
    card = await posted(client)
    await posted(client, STORY, card.place, "k2")
    await posted(client, Notice("Beside it."), PLACE, "k3")
    assert [post.key for post in server.remote.read("p1", thread=None, last=9)] == ["k3", "k"]
    assert [post.key for post in server.remote.read("p1", thread=card.place.thread, last=9)] == ["k2", "k"]


# ---------------------------------------------------------------- limits


def test_more_requests_than_allowed_within_any_second_are_refused(seconds):
    """The window slides: a burst at the edge of two seconds is one too many."""
    remote = Remote(Rules(a_second=3), seconds)
    for _ in range(3):
        remote.admit()
        seconds.now += 0.2
    with pytest.raises(Refusal) as caught:
        remote.admit()
    assert caught.value.status == 429
    assert caught.value.retry_after == pytest.approx(0.4)
    seconds.now += 0.4
    remote.admit()
    assert (remote.asked, len(remote.refused)) == (5, 1)


def test_two_posts_to_one_place_need_a_pause_between_them(seconds):
    """Other places are free meanwhile."""
    remote = Remote(Rules(pause=1.0), seconds)
    remote.post("p1", "One.", key="1")
    with pytest.raises(Refusal) as caught:
        remote.post("p1", "Two.", key="2")
    assert caught.value.retry_after == pytest.approx(1.0)
    remote.post("p2", "Two.", key="2")
    seconds.now += 1.0
    remote.post("p1", "Two.", key="2")
    assert [post.place for post in remote.posts.values()] == ["p1", "p2", "p1"]


def test_refused_requests_are_counted_over_any_ten_minutes(seconds):
    """Platforms ban those who cause too many; server errors are not held against us."""
    remote = Remote(Rules(), seconds)
    for wait in (0, 10, 589, 2, 10_000):
        seconds.now += wait
        remote.refuse(403, "place")
        remote.refuse(503, "server")
    assert remote.most_refused() == 3


# ---------------------------------------------------------------- faults


def test_the_same_seed_draws_the_same_faults_at_about_their_rate():
    """A run can be had again."""
    first, second = Faults(spread(0.1), seed=7), Faults(spread(0.1), seed=7)
    assert [first.draw(post=True) for _ in range(4000)] == [second.draw(post=True) for _ in range(4000)]
    assert 300 < sum(first.injected.values()) < 500
    assert set(first.injected) == {fault.value for fault in MIXED}


def test_a_script_is_for_posts_and_reading_back_never_kills_or_bans():
    """What a test wrote down happens to the posts it thought of."""
    faults = Faults({Fault.DIE: 1.0}, script=deque([Fault.DROP, None]))
    assert faults.draw(post=False) is None
    assert [faults.draw(post=True) for _ in range(3)] == [Fault.DROP, None, Fault.DIE]
    assert set(AFTER) < set(MIXED)


# ---------------------------------------------------------------- the process


async def started(*arguments: str) -> tuple[asyncio.subprocess.Process, int]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.fakes.remote.server", *arguments), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    return process, json.loads(await process.stdout.readline())["port"]


async def test_what_a_platform_accepted_before_it_died_is_there_when_it_comes_back(tmp_path):
    """Its log outlives it, with the numbers and keys of everything, and so do its threads."""
    log = str(tmp_path / "log")
    process, port = await started("--log", log, "--script", '[null, "die"]')
    client = RemotePlatform(f"http://127.0.0.1:{port}", FluentCatalogue(), StillClock(NOON))
    try:
        card = await posted(client)
        with pytest.raises(PlatformUnavailable):
            await posted(client, STORY, card.place, "k2")
        assert await process.wait() == 1
        with pytest.raises(PlatformBusy):
            await posted(client, STORY, card.place, "k3")
        process, _ = await started("--log", log, "--port", str(port))
        assert isinstance(await client.find(card.place, key="k2"), Ref)
        await posted(client, STORY, card.place, "k3")
    finally:
        await client.close()
        process.terminate()
        assert await process.wait() == 0
    found = [(post.number, post.key, post.thread, post.opens) for post in accepted(tmp_path / "log")]
    assert found == [(1, "k", "t1", True), (2, "k2", "t1", False), (3, "k3", "t1", False)]


async def test_a_trap_ends_a_process_between_acceptance_and_answer(tmp_path):
    """The worst moment for whoever posts."""
    victim = await asyncio.create_subprocess_exec(sys.executable, "-c", "input()", stdin=asyncio.subprocess.PIPE)
    async with serving(server := Server(Remote())) as port:
        client = RemotePlatform(f"http://127.0.0.1:{port}", FluentCatalogue(), StillClock(NOON))
        from aiohttp import ClientSession

        async with ClientSession() as session:
            trap = {"process": victim.pid, "accepted": 2}
            orders = {
                "trap": trap,
                "rates": {"busy": 0.0},
                "script": [None],
                "closed": {"p9": 404},
                "rules": {"pause": 0},
            }
            async with session.put(f"http://127.0.0.1:{port}/orders", json=orders) as response:
                assert (await response.json())["accepted"] == 0
        await posted(client, CARD, PLACE, "1")
        assert victim.returncode is None
        await posted(client, CARD, PLACE, "2")
        assert await victim.wait() == -9
        assert (server.traps, server.remote.closed) == (1, {"p9": 404})
        await client.close()


def test_a_half_written_line_of_a_log_counts_for_nothing(tmp_path):
    """The process ended while it wrote: nobody was told that the message was accepted."""
    log = tmp_path / "log"
    remote = Remote(log=log)
    kept: Post = remote.post("p1", "One.", key="1")
    with log.open("a") as file:
        file.write('{"number": 2, "at"')
    assert accepted(log) == [kept]


async def test_a_card_is_what_opens_a_thread(begin):
    """Other messages stand in the place itself."""
    _, client = await begin()
    assert (await posted(client, EditionCard(sample()))).place.thread == "t1"
    assert (await posted(client, Notice("Hello."), key="k2")).place.thread is None

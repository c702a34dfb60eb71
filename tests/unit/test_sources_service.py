"""What a server reads: added, left out, proposed, taken from a list; and which desk its subscriptions stand at."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.desk import DEFAULT_DESK, OpenDesk, variant_id
from bot.domain.health import Health, SourceState
from bot.domain.reading_list import MOST_ADDED
from bot.domain.roster import Roster, SourceSpec, SourceType, Thinker, ThinkerKind
from bot.domain.subscription import subscription_id
from bot.domain.timetable import Schedule
from bot.errors import ConfigError, LimitReached, NotAllowedError, NotFoundError, SourceMalformed
from bot.services.variants import refresh
from tests.fakes.office import ADMIN, HARBOUR, MEMBER, OTHER, ROOM, TENANT, Bench

OWN = variant_id("default", TENANT)
ADA_FEED = "https://ada.example/feed"
ADA = Thinker("ada", "Ada", ThinkerKind.PERSON, (SourceSpec(SourceType.FEED, "https://roster.example/ada"),))
BOB = Thinker("bob", "Bob", ThinkerKind.PERSON, (SourceSpec(SourceType.X, "bob"),))
CAT = Thinker("cat", "Cat", ThinkerKind.PERSON)
DUO = Thinker("duo", "Duo", ThinkerKind.PERSON, (*BOB.sources[:0], SourceSpec(SourceType.X, "duo"), *CAT.sources))
DESKS = {
    "default": OpenDesk(DEFAULT_DESK, Roster((CAT, BOB, ADA)), Schedule("UTC"), "en"),
    "harbour": replace(HARBOUR, roster=Roster((ADA, DUO))),
}


@pytest.fixture
def bench() -> Bench:
    """Two desks with a small roster each, and a feed that can be found."""
    bench = Bench(DESKS)
    bench.publishes(ADA_FEED, "Ada Lovelace")
    return bench


async def states(bench: Bench, tenant: str = TENANT) -> dict[str, str]:
    """Everybody's state, by name, in the order they are shown."""
    return {each.name: each.state for each in await bench.office.following.sources(tenant)}


def opml(*feeds: tuple[str, str]) -> bytes:
    lines = "".join(f'<outline text="{name}" xmlUrl="{address}"/>' for name, address in feeds)
    return f"<opml><body>{lines}</body></opml>".encode()


# ---------------------------------------------------------------- the list


async def test_everybody_is_shown_by_name_with_what_is_wrong(bench) -> None:
    """What is down, what needs a key, who has no source; nobody knows yet is not wrong."""
    shown = {each.id: each for each in await bench.office.following.sources(TENANT)}
    assert list(shown) == ["ada", "bob", "cat"]
    assert shown["ada"].trouble is None
    assert shown["ada"].addresses == ("https://roster.example/ada",)
    assert "X API key" in (shown["bob"].trouble or "")
    assert shown["cat"].trouble == "has no source"
    async with bench.store.unit() as unit:
        down = SourceState(ADA.sources[0].key, None, Health.DOWN, "404", datetime(2026, 3, 1, tzinfo=UTC))
        await unit.sources.put(down)
        await unit.commit()
    assert (await bench.office.following.sources(TENANT))[0].trouble == "404"
    async with bench.store.unit() as unit:
        await unit.sources.put(replace(down, reason=None))
        await unit.commit()
    assert (await bench.office.following.sources(TENANT))[0].trouble == "is down"


# ---------------------------------------------------------------- adding and leaving out


async def test_an_address_is_read_from_now_on_by_this_server_only(bench) -> None:
    """Its name is what the feed says, or what the admin says."""
    added = await bench.office.following.add(ADMIN, " ada.example/feed ")
    assert (added.id, added.name, added.addresses, added.state) == (
        "ada-lovelace",
        "Ada Lovelace",
        (ADA_FEED,),
        "added",
    )
    assert list((await states(bench)).items()) == [
        ("Ada", "roster"),
        ("Ada Lovelace", "added"),
        ("Bob", "roster"),
        ("Cat", "roster"),
    ]
    assert "Ada Lovelace" not in await states(bench, OTHER)
    assert bench.desks[OWN].roster.thinkers[-1].sources[0].address == ADA_FEED
    assert bench.desks["default"] == DESKS["default"]
    bench.publishes("https://x.example/feed")
    named = await bench.office.following.add(ADMIN, "https://x.example/feed", name="  Ex \u202e\x00 " + "x" * 300)
    assert named.name.startswith("Ex x")
    assert len(named.name) <= 160


async def test_names_and_ids_stay_apart(bench) -> None:
    """Another Ada is told by her host."""
    bench.publishes(ADA_FEED, "Ada")
    added = await bench.office.following.add(ADMIN, ADA_FEED)
    assert (added.id, added.name) == ("ada-ada-example", "Ada (ada.example)")


async def test_what_is_read_already_is_not_added_again(bench) -> None:
    """In whatever spelling."""
    bench.publishes("https://roster.example/ada?utm_source=feed")
    with pytest.raises(ConfigError, match="read already: Ada"):
        await bench.office.following.add(ADMIN, "https://roster.example/ada?utm_source=feed")
    await bench.office.following.add(ADMIN, ADA_FEED)
    with pytest.raises(ConfigError, match="read already: Ada Lovelace"):
        await bench.office.following.add(ADMIN, ADA_FEED)


async def test_who_was_left_out_comes_back_by_adding(bench) -> None:
    """As the roster has them, not as a stranger."""
    bench.publishes("https://roster.example/ada", "Someone else")
    left = await bench.office.following.remove(ADMIN, " ADA ")
    assert (left.id, left.state) == ("ada", "left_out")
    assert (await states(bench))["Ada"] == "left_out"
    assert [t.id for t in bench.desks[OWN].roster.thinkers] == ["cat", "bob"]
    back = await bench.office.following.add(ADMIN, "https://roster.example/ada")
    assert (back.id, back.name, back.state) == ("ada", "Ada", "roster")
    assert OWN not in bench.desks


async def test_who_was_added_is_forgotten_by_removing(bench) -> None:
    """By name or id; then nobody of that name is read."""
    await bench.office.following.add(ADMIN, ADA_FEED)
    gone = await bench.office.following.remove(ADMIN, "ada  lovelace")
    assert (gone.id, gone.state) == ("ada-lovelace", "added")
    assert "Ada Lovelace" not in await states(bench)
    for name in ("ada-lovelace", "nobody"):
        with pytest.raises(NotFoundError, match=name):
            await bench.office.following.remove(ADMIN, name)
    await bench.office.following.remove(ADMIN, "bob")
    with pytest.raises(NotFoundError):
        await bench.office.following.remove(ADMIN, "bob")


async def test_somebody_of_another_desk_can_be_left_out_too(bench) -> None:
    """And is shown then."""
    await bench.office.following.remove(ADMIN, "duo")
    shown = {each.id: each for each in await bench.office.following.sources(TENANT)}
    assert (shown["duo"].state, shown["duo"].addresses) == ("left_out", ("duo",))
    assert [t.id for t in bench.desks[variant_id("harbour", TENANT)].roster.thinkers] == ["ada"]


async def test_only_who_manages_the_server_changes_what_is_read(bench) -> None:
    """And nothing is asked of the network before."""
    following, proposing = bench.office.following, bench.office.proposing
    for refused in (
        following.add(MEMBER, ADA_FEED),
        following.remove(MEMBER, "ada"),
        proposing.decide(MEMBER, "ada", accept=True),
        proposing.take_list(MEMBER, opml(("Eve", "https://eve.example/feed"))),
    ):
        with pytest.raises(NotAllowedError):
            await refused
    assert bench.asked == []
    assert await states(bench) == {"Ada": "roster", "Bob": "roster", "Cat": "roster"}


async def test_what_is_no_address_or_no_feed_changes_nothing(bench) -> None:
    """Each in its own words."""
    for address in ("no address", "ftp://ada.example", "@ada", "file:///etc/passwd", ""):
        with pytest.raises(ConfigError, match="is no web address"):
            await bench.office.following.add(ADMIN, address)
    with pytest.raises(SourceMalformed):
        await bench.office.following.add(ADMIN, "https://nothing.example")
    assert bench.asked == ["https://nothing.example"]
    assert not bench.store.contents.follows


async def test_a_test_reads_once_and_keeps_nothing(bench) -> None:
    """Name, address, how much and what is newest."""
    tried = await bench.office.following.test("ada.example/feed")
    assert (tried.name, tried.address, tried.items, tried.titles) == ("Ada Lovelace", ADA_FEED, 1, ("On engines",))
    assert not bench.store.contents.follows
    bench.publishes("https://roster.example/ada", None)
    assert (await bench.office.following.test("https://roster.example/ada")).name == "roster.example"


# ---------------------------------------------------------------- subscriptions


async def test_the_first_change_moves_the_subscriptions_and_the_last_one_back(bench) -> None:
    """The same subscription, of every desk; other servers stay where they are."""
    own, ships = await bench.made(), await bench.made(desk="harbour")
    theirs = await bench.made(replace(ROOM, id="8"), tenant=OTHER)
    await bench.office.following.add(ADMIN, ADA_FEED)
    assert await bench.subscription(own.id) == replace(own, desk=OWN)
    assert (await bench.subscription(ships.id)).desk == variant_id("harbour", TENANT)
    assert await bench.subscription(theirs.id) == theirs
    await bench.office.following.remove(ADMIN, "bob")
    assert (await bench.subscription(own.id)).desk == OWN
    await bench.office.following.remove(ADMIN, "ada-lovelace")
    back = await bench.office.following.add(ADMIN, "Bob")
    assert (back.id, back.state) == ("bob", "roster")
    assert await bench.subscription(own.id) == own
    assert await bench.subscription(ships.id) == ships


async def test_a_subscription_that_is_made_after_a_change_gets_the_variant(bench) -> None:
    """By the name of the desk, or by the variant's own; by nobody else."""
    await bench.office.following.add(ADMIN, ADA_FEED)
    own = await bench.made()
    assert (own.desk, own.id) == (OWN, subscription_id(ROOM, "default"))
    assert (await bench.made(desk=OWN)).id == own.id
    with pytest.raises(ConfigError, match="there is no desk"):
        await bench.made(replace(ROOM, id="8"), tenant=OTHER, desk=OWN)
    assert (await bench.made(replace(ROOM, id="8"), tenant=OTHER)).desk == "default"


async def test_processes_agree(bench) -> None:
    """What one changes, the other learns at its next look, and meanwhile subscribes rightly."""
    other = Bench(DESKS, store=bench.store)
    own = await other.made()
    await bench.office.following.add(ADMIN, ADA_FEED)
    await refresh(other.store, other.desks)
    assert other.desks[OWN] == bench.desks[OWN]
    assert (await bench.subscription(own.id)).desk == OWN
    await bench.office.following.remove(ADMIN, "ada-lovelace")
    assert (await other.made()).desk == "default"


async def test_a_subscription_that_was_made_behind_our_back_is_put_right(bench) -> None:
    """By a process that did not know of the change."""
    own = await bench.made()
    await bench.office.following.add(ADMIN, ADA_FEED)
    async with bench.store.unit() as unit:
        await unit.subscriptions.put(own)
        await unit.commit()
    restarted = Bench(DESKS, store=bench.store)
    await refresh(restarted.store, restarted.desks)
    assert (await bench.subscription(own.id)).desk == OWN


# ---------------------------------------------------------------- proposals


async def test_a_member_proposes_and_who_manages_decides(bench) -> None:
    """Nothing is read before; accepted, it is."""
    propose, decide = bench.office.proposing.propose, bench.office.proposing.decide
    row = await propose(MEMBER, ADA_FEED)
    assert (row.state, row.by, row.name) == ("proposed", "discord:2", "Ada Lovelace")
    assert (await states(bench))["Ada Lovelace"] == "proposed"
    assert OWN not in bench.desks
    done = await decide(ADMIN, "Ada Lovelace", accept=True)
    assert (done.state, done.by) == ("added", "discord:1")
    assert (await states(bench))["Ada Lovelace"] == "added"
    assert OWN in bench.desks
    with pytest.raises(NotFoundError):
        await decide(ADMIN, "Ada Lovelace", accept=True)


async def test_a_proposal_that_is_declined_is_dropped(bench) -> None:
    """And can be made again."""
    await bench.office.proposing.propose(MEMBER, ADA_FEED)
    assert (await bench.office.proposing.decide(ADMIN, "ada-lovelace", accept=False)).state == "proposed"
    assert not bench.store.contents.follows
    await bench.office.proposing.propose(MEMBER, ADA_FEED)


async def test_what_is_read_or_proposed_is_not_proposed_again_and_costs_nothing(bench) -> None:
    """Three a day count what was found, and what was asked in vain; not what was wrong from the start."""
    propose = bench.office.proposing.propose
    bench.publishes("https://roster.example/ada")
    await propose(MEMBER, ADA_FEED)
    for address, words in (
        ("https://roster.example/ada", "read already"),
        (ADA_FEED, "proposed already: Ada Lovelace"),
        ("no address", "no web address"),
    ):
        with pytest.raises(ConfigError, match=words):
            await propose(MEMBER, address)
    for _ in range(2):
        with pytest.raises(SourceMalformed):
            await propose(MEMBER, "https://nothing.example")
    asked = len(bench.asked)
    with pytest.raises(LimitReached):
        await propose(MEMBER, "https://nothing.example")
    assert len(bench.asked) == asked


async def test_an_accepted_proposal_takes_back_whom_the_server_left_out(bench) -> None:
    """No second row for the same source."""
    bench.publishes("https://roster.example/ada")
    await bench.office.following.remove(ADMIN, "ada")
    row = await bench.office.proposing.propose(MEMBER, "https://roster.example/ada")
    await bench.office.proposing.decide(ADMIN, row.id, accept=True)
    assert not bench.store.contents.follows
    assert OWN not in bench.desks


async def test_adding_what_was_proposed_accepts_it(bench) -> None:
    """Under the proposal's name, unless the admin gives one."""
    await bench.office.proposing.propose(MEMBER, ADA_FEED)
    added = await bench.office.following.add(ADMIN, ADA_FEED)
    assert (added.id, added.name) == ("ada-lovelace", "Ada Lovelace")
    await bench.office.following.remove(ADMIN, added.id)
    await bench.office.proposing.propose(MEMBER, ADA_FEED)
    renamed = await bench.office.following.add(ADMIN, ADA_FEED, name="The Countess")
    assert (renamed.id, renamed.name) == ("ada-lovelace", "The Countess")
    assert list(await states(bench)) == ["Ada", "Bob", "Cat", "The Countess"]


async def test_no_more_than_two_hundred_are_added_or_proposed(bench) -> None:
    """A proposal beyond that goes on waiting."""
    feeds = [(f"Voice {n}", f"https://voice{n}.example/feed") for n in range(MOST_ADDED + 1)]
    new, notes = await bench.office.proposing.take_list(ADMIN, opml(*feeds))
    assert (new, len(notes)) == (MOST_ADDED, 1)
    assert "200 sources" in notes[0]
    with pytest.raises(ConfigError, match="200 sources"):
        await bench.office.following.add(ADMIN, ADA_FEED)
    await bench.office.proposing.propose(MEMBER, ADA_FEED)
    with pytest.raises(ConfigError, match="200 sources"):
        await bench.office.proposing.decide(ADMIN, "ada-lovelace", accept=True)
    assert (await states(bench))["Ada Lovelace"] == "proposed"
    row = bench.store.contents.follows[TENANT, "ada-lovelace"]
    for n in range(MOST_ADDED):
        bench.store.contents.follows[TENANT, f"w{n}"] = replace(row, id=f"w{n}")
    bench.publishes("https://eve.example/feed", "Eve")
    with pytest.raises(ConfigError, match="200 proposals wait"):
        await bench.office.proposing.propose(MEMBER, "https://eve.example/feed")


# ---------------------------------------------------------------- lists


async def test_a_list_adds_who_is_new_and_says_what_was_left_out(bench) -> None:
    """Nothing is fetched; who was left out comes back; a file is never a source."""
    await bench.office.following.remove(ADMIN, "ada")
    listed = opml(
        ("Eve", "https://eve.example/feed"),
        ("Eve again", "https://eve.example/feed?utm_source=x"),
        ("Ada of the list", "https://roster.example/ada"),
        ("Passwords", "file:///etc/passwd"),
    )
    new, notes = await bench.office.proposing.take_list(ADMIN, listed)
    assert new == 2
    assert [note.partition(":")[0] for note in notes] == ['"Eve again", https', '"Passwords", file']
    assert await states(bench) == {"Ada": "roster", "Bob": "roster", "Cat": "roster", "Eve": "added"}
    again, notes = await bench.office.proposing.take_list(ADMIN, listed)
    assert again == 0
    assert len(notes) == 4
    assert bench.asked == []


async def test_what_is_no_list_is_said(bench) -> None:
    """In the words of the reader."""
    for wrong in (b"<html/>", b"", b"<opml>" + b" " * 6_000_000):
        with pytest.raises(ConfigError, match="OPML"):
            await bench.office.proposing.take_list(ADMIN, wrong)

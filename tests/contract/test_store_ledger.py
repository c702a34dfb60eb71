"""What every store promises of the delivery ledger, leases and results: in memory, SQLite and PostgreSQL."""

import asyncio
from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from bot.domain.ledger import Delivery, State
from bot.errors import StoreError
from bot.ports.store import Store
from tests.contract import ledger_samples
from tests.contract.ledger_samples import (
    DUE,
    LEASE,
    MINUTE,
    NAMES,
    Opened,
    a_posting,
    begin,
    keep_posting,
    part,
    parts_of,
    posting_states,
    settle,
    take,
)

POSTING = ledger_samples.POSTING
opened = ledger_samples.opened


@pytest.fixture
async def begun(opened: Opened) -> Opened:
    """A database with a composed posting whose parts are there."""
    await keep_posting(opened.one, POSTING)
    await begin(opened.one)
    return opened


async def taken(store: Store, name: str = "card") -> Delivery:
    claimed = await take(store, await part(store, name))
    assert claimed is not None
    return claimed


async def test_the_parts_of_a_posting_are_kept_once(opened: Opened) -> None:
    """In state `composed`, by number; whoever begins it again is given what is there."""
    parts = parts_of(POSTING)
    assert await begin(opened.one, POSTING.key, ()) == []
    assert await begin(opened.one, POSTING.key, parts[::-1]) == parts
    other = [replace(parts[0], part="else", digest="f" * 64)]
    assert await begin(opened.other, POSTING.key, other) == parts
    assert await begin(opened.other, POSTING.key, ()) == parts
    assert await begin(opened.other, "two/2026-03-09/am", ()) == []


async def test_parts_begin_composed_whatever_they_say(opened: Opened) -> None:
    """Nobody can begin with a message that was never sent, or under another posting's name."""
    claim = Delivery("else", "card", 0, "a" * 64, State.SENT, 7, True, "m", "t", "because", DUE)
    assert await begin(opened.one, POSTING.key, [claim]) == [Delivery(POSTING.key, "card", 0, "a" * 64)]


async def test_beginning_is_undone_with_its_unit(opened: Opened) -> None:
    """The unit saw its own parts; nobody else does."""
    async with opened.one.unit() as unit:
        assert len(await unit.ledger.begin(POSTING.key, parts_of(POSTING))) == len(NAMES)
    assert await begin(opened.other, POSTING.key, ()) == []


async def test_of_many_who_begin_at_once_all_see_the_same_parts(opened: Opened) -> None:
    """Each with its own digests: one set is kept, whole."""
    offers = [
        [replace(each, digest=f"{number}{index}".zfill(64)) for index, each in enumerate(parts_of(POSTING))]
        for number in range(8)
    ]
    stores = [opened.one, opened.other] * 4
    found = await asyncio.gather(
        *(begin(store, POSTING.key, offer) for store, offer in zip(stores, offers, strict=True))
    )
    assert found[0] in offers
    assert all(each == found[0] for each in found)


async def test_a_composed_part_can_be_claimed(begun: Opened) -> None:
    """It is an intent with the next attempt, without doubt for who claims it and doubtful for everybody else."""
    card = await part(begun.one)
    claimed = await take(begun.one, card)
    assert claimed == replace(card, state=State.INTENT, attempt=1)
    assert await part(begun.other) == replace(card, state=State.INTENT, attempt=1, doubtful=True)
    assert await part(begun.other, "story-1") == parts_of(POSTING)[1]


async def test_a_claim_that_is_not_committed_is_none(begun: Opened) -> None:
    """A process that dies before the commit has not asked the platform either."""
    card = await part(begun.one)
    async with begun.one.unit() as unit:
        assert await unit.ledger.take(card, LEASE) is not None
    assert await part(begun.one) == card
    assert await posting_states(begun.one) == {State.COMPOSED: 1}


async def test_the_first_claim_begins_the_posting(begun: Opened) -> None:
    """From then on it is no longer one of which nothing was attempted."""
    assert await posting_states(begun.one) == {State.COMPOSED: 1}
    card = await taken(begun.one)
    assert await posting_states(begun.other) == {State.INTENT: 1}
    assert await settle(begun.one, replace(card, state=State.COMPOSED))
    assert await posting_states(begun.other) == {State.INTENT: 1}


@pytest.mark.parametrize("state", [State.SKIPPED, State.PARKED])
async def test_nothing_of_a_posting_that_was_given_up_is_claimed(opened: Opened, state: State) -> None:
    """Who read it before it was skipped comes too late."""
    await keep_posting(opened.one, a_posting(state=state))
    card, *_ = await begin(opened.one)
    assert await take(opened.one, card) is None
    assert await part(opened.one) == card
    assert await posting_states(opened.one) == {state: 1}


async def test_a_part_that_comes_after_its_posting_was_sent_is_claimed(opened: Opened) -> None:
    """The audio: the posting stays sent."""
    await keep_posting(opened.one, a_posting(state=State.SENT))
    await begin(opened.one)
    assert (await taken(opened.one, "question")).attempt == 1
    assert await posting_states(opened.one) == {State.SENT: 1}


async def test_a_claim_needs_the_attempt_it_was_shown(begun: Opened) -> None:
    """Also when the part could be claimed by who knows it better."""
    card = await part(begun.one)
    for attempt in (-1, 1, 2):
        assert await take(begun.one, replace(card, attempt=attempt)) is None
    assert await take(begun.one, replace(card, part="story-9")) is None
    assert await take(begun.one, replace(card, posting="two/2026-03-09/am")) is None
    assert await take(begun.one, card) is not None


async def test_a_leased_part_is_not_claimed_before_its_lease_ran_out(begun: Opened) -> None:
    """By nobody, its holder included; then by anybody, who is told of the doubt."""
    held = await taken(begun.one)
    begun.jump(LEASE - MINUTE)
    for store in (begun.one, begun.other):
        assert await take(store, held) is None
        assert await take(store, await part(store)) is None
    begun.jump(MINUTE)
    seen = await part(begun.other)
    claimed = await take(begun.other, seen)
    assert claimed == replace(seen, state=State.INTENT, attempt=2, doubtful=True)
    assert await take(begun.one, seen) is None


async def test_a_holder_who_claims_again_is_told_of_the_doubt(begun: Opened) -> None:
    """Its own first claim was without doubt; now nobody knows what became of it."""
    held = await taken(begun.one)
    assert not held.doubtful
    begun.jump(LEASE)
    again = await take(begun.one, held)
    assert again is not None
    assert (again.attempt, again.doubtful) == (2, True)


async def test_a_lease_does_not_end_sooner_when_the_clock_goes_back(begun: Opened) -> None:
    """It ends later."""
    await taken(begun.one)
    begun.jump(-timedelta(hours=3))
    assert await take(begun.other, await part(begun.other)) is None
    begun.jump(timedelta(hours=3) + LEASE)
    assert await take(begun.other, await part(begun.other)) is not None


async def test_what_became_of_an_attempt_is_kept(begun: Opened) -> None:
    """State, message, thread, reason and doubt; `at` for a part that was sent, in UTC."""
    held = await taken(begun.one)
    there = DUE.astimezone(timezone(timedelta(hours=-7))) + timedelta(microseconds=1)
    sent = replace(held, state=State.SENT, message="m1", thread="t1", reason="found", sent_at=None)
    assert await settle(begun.one, sent, at=there)
    found = await part(begun.other)
    assert found == replace(sent, sent_at=there)
    assert found.sent_at is not None
    assert found.sent_at.utcoffset() == timedelta(0)


@pytest.mark.parametrize("state", [State.PARKED, State.SKIPPED])
async def test_a_part_that_was_not_sent_has_no_time_of_sending(begun: Opened, state: State) -> None:
    """Its reason is there for people."""
    held = await taken(begun.one)
    assert await settle(begun.one, replace(held, state=state, reason="It cannot be decided.", doubtful=True))
    assert await part(begun.one) == replace(held, state=state, reason="It cannot be decided.", doubtful=True)


@pytest.mark.parametrize("state", [State.SENT, State.PARKED, State.SKIPPED])
async def test_nothing_leads_out_of_a_settled_part(begun: Opened, state: State) -> None:
    """Not its own holder, not the end of a lease, not a new claim."""
    held = await taken(begun.one)
    assert await settle(begun.one, replace(held, state=state, message="m1"))
    settled = await part(begun.one)
    for late in (held, replace(held, state=State.COMPOSED), replace(held, state=State.SENT, message="m2")):
        assert not await settle(begun.other, late)
    begun.jump(timedelta(days=400))
    assert await take(begun.other, settled) is None
    assert await take(begun.other, held) is None
    assert await part(begun.one) == settled


async def test_a_part_that_was_given_back_can_be_claimed_at_once(begun: Opened) -> None:
    """Its doubt is the one it was given back with."""
    card = await part(begun.one)
    for attempt, doubtful in ((1, False), (2, True), (3, False)):
        held = await take(begun.one, await part(begun.one))
        assert held is not None
        assert await settle(begun.one, replace(held, state=State.COMPOSED, doubtful=doubtful, reason="not now"))
        assert await part(begun.other) == replace(card, attempt=attempt, doubtful=doubtful, reason="not now")
    again = await take(begun.other, await part(begun.other))
    assert again is not None
    assert (again.attempt, again.doubtful) == (4, False)


async def test_a_part_in_doubt_can_be_claimed_at_once(begun: Opened) -> None:
    """Kept as an intent whose lease ends now, and doubtful, whatever the delivery says."""
    held = await taken(begun.one)
    assert await settle(begun.one, replace(held, reason="It did not answer.", doubtful=False))
    seen = await part(begun.other)
    assert seen == replace(held, reason="It did not answer.", doubtful=True)
    claimed = await take(begun.other, seen)
    assert claimed == replace(seen, attempt=2)
    assert not await settle(begun.one, replace(held, state=State.SENT))


async def test_a_lease_that_was_ended_stays_so_when_the_clock_goes_back(begun: Opened) -> None:
    """Who gave a part up does not hold it again."""
    held = await taken(begun.one)
    assert await settle(begun.one, replace(held, state=State.INTENT))
    begun.jump(-timedelta(hours=3))
    assert await take(begun.other, await part(begun.other)) is not None


async def test_who_comes_late_changes_nothing(begun: Opened) -> None:
    """Its lease ran out and another one holds the part: fenced by the attempt, also when the other is done."""
    late = await taken(begun.one)
    begun.jump(LEASE)
    held = await take(begun.other, await part(begun.other))
    assert held is not None
    for state in State:
        assert not await settle(begun.one, replace(late, state=state, message="late"))
    assert await part(begun.one) == replace(held, doubtful=True)
    assert await settle(begun.other, replace(held, state=State.COMPOSED, doubtful=False))
    assert not await settle(begun.one, replace(late, state=State.SENT, message="late"))
    assert await settle(begun.one, replace(held, state=State.SENT)) is False
    assert (await part(begun.one)).state is State.COMPOSED


async def test_a_holder_whose_lease_ran_out_may_settle_while_nobody_else_came(begun: Opened) -> None:
    """The attempt is what fences, not the clock."""
    held = await taken(begun.one)
    begun.jump(timedelta(days=2))
    assert await settle(begun.one, replace(held, state=State.SENT, message="m1"))


async def test_a_part_nobody_claimed_cannot_be_settled(begun: Opened) -> None:
    """There is no way to `sent` but through an intent."""
    card = await part(begun.one)
    assert not await settle(begun.one, replace(card, state=State.SENT))
    assert not await settle(begun.one, replace(card, posting="two/2026-03-09/am", state=State.SENT))
    assert await part(begun.one) == card


async def test_an_instant_without_a_zone_is_a_mistake(begun: Opened) -> None:
    """It is refused, never read as somebody's local time."""
    naive = DUE.replace(tzinfo=None)
    held = await taken(begun.one)
    async with begun.one.unit() as unit:
        with pytest.raises(ValueError, match="no time zone"):
            await unit.ledger.settle(replace(held, state=State.SENT), at=naive)
        with pytest.raises(ValueError, match="no time zone"):
            await unit.results.put("a", "b", at=naive)


async def test_of_many_who_claim_at_once_one_wins(begun: Opened) -> None:
    """Twenty of two processes, round after round: first from composed, then each time the lease ran out."""
    for attempt in range(1, 5):
        card = await part(begun.one)
        claims = await asyncio.gather(*(take(store, card) for store in [begun.one, begun.other] * 10))
        won = [claimed for claimed in claims if claimed is not None]
        assert [claimed.attempt for claimed in won] == [attempt]
        begun.jump(LEASE)


async def test_of_two_who_settle_at_once_one_is_heard(begun: Opened) -> None:
    """The row is what the one said who was told True."""
    held = await taken(begun.one)
    words = [replace(held, state=State.SENT, message=str(number)) for number in range(10)]
    stores = [begun.one, begun.other] * 5
    heard = await asyncio.gather(*(settle(store, word) for store, word in zip(stores, words, strict=True)))
    assert sum(heard) == 1
    assert (await part(begun.one)).message == words[heard.index(True)].message


async def test_a_lease_has_one_holder(opened: Opened) -> None:
    """Who holds it may renew it; others wait until it ends."""

    async def claims(store: Store, name: str, holder: str, lease: timedelta = LEASE) -> bool:
        async with store.unit() as unit:
            won = await unit.leases.take(name, holder, lease)
            await unit.commit()
        return won

    assert await claims(opened.one, "desk:a", "one")
    assert not await claims(opened.other, "desk:a", "other")
    assert await claims(opened.other, "desk:b", "other")
    opened.jump(MINUTE)
    assert await claims(opened.one, "desk:a", "one")  # renewed: it ends two minutes from now
    opened.jump(LEASE - MINUTE)
    assert not await claims(opened.other, "desk:a", "other")
    assert await claims(opened.one, "desk:b", "one")
    opened.jump(MINUTE)
    assert await claims(opened.other, "desk:a", "other")
    assert not await claims(opened.one, "desk:a", "one")
    winners = await asyncio.gather(*(claims([opened.one, opened.other][n % 2], "desk:c", str(n)) for n in range(12)))
    assert sum(winners) == 1


async def test_a_lease_can_be_given_back(opened: Opened) -> None:
    """By its holder only; what is not held is given back in silence."""
    async with opened.one.unit() as unit:
        assert await unit.leases.take("a", "one", LEASE)
        await unit.leases.free("a", "other")
        assert not await unit.leases.take("a", "other", LEASE)
        await unit.leases.free("a", "one")
        await unit.leases.free("a", "one")
        await unit.leases.free("never", "one")
        assert await unit.leases.take("a", "other", LEASE)


async def test_leases_that_are_held_now_are_named(opened: Opened) -> None:
    """Those that begin so, to the letter, in order of code points."""
    async with opened.one.unit() as unit:
        for name in ("process:b", "process:B", "process:é", "Process:c", "process%", "proces", "process:a"):
            assert await unit.leases.take(name, "one", LEASE)
        await unit.leases.take("process:short", "one", MINUTE)
        await unit.leases.take("process:freed", "one", LEASE)
        await unit.leases.free("process:freed", "one")
        await unit.commit()
    opened.jump(MINUTE)
    async with opened.other.unit() as unit:
        assert await unit.leases.held("process:") == ["process:B", "process:a", "process:b", "process:é"]
        assert await unit.leases.held("process%") == ["process%"]
        assert len(await unit.leases.held("")) == 7
    opened.jump(LEASE)
    async with opened.other.unit() as unit:
        assert await unit.leases.held("") == []


async def test_the_first_result_stays(opened: Opened) -> None:
    """What a stage made is never paid for twice, and never changes under who read it."""
    async with opened.one.unit() as unit:
        assert await unit.results.get("sha") is None
        await unit.results.put("sha", "first — “näher” 🦉", at=DUE)
        await unit.results.put("sha", "second", at=DUE + MINUTE)
        await unit.results.put("empty", "", at=DUE)
        await unit.commit()
    async with opened.other.unit() as unit:
        await unit.results.put("sha", "third", at=DUE)
        assert await unit.results.get("sha") == "first — “näher” 🦉"
        assert await unit.results.get("empty") == ""
        assert await unit.results.get("SHA") is None


async def test_a_unit_that_ended_cannot_be_used(begun: Opened) -> None:
    """It would write outside of any transaction."""
    card = await part(begun.one)
    async with begun.one.unit() as unit:
        pass
    uses = (
        lambda: unit.ledger.take(card, LEASE),
        lambda: unit.ledger.begin(POSTING.key, ()),
        lambda: unit.leases.held(""),
        lambda: unit.results.get(""),
        unit.records.counts,
        lambda: unit.ledger.forget(DUE),
    )
    for use in uses:
        with pytest.raises(StoreError, match="ended"):
            await use()

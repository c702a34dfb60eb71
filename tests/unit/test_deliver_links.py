"""Once a thread stands, what leads to later stories is revised; a thread without that is complete."""

from dataclasses import replace

import pytest

from bot.domain.edition import Connection, Edition
from bot.domain.ledger import State
from bot.domain.message import leads_on, thread_of
from tests.fakes.platform import ROOMY, Does
from tests.fakes.sending import DUE, PARTS, Bench, short
from tests.fakes.talk import sample

LEADING = replace(ROOMY, leads=frozenset({"card", "story"}))


def connected() -> Edition:
    """An edition whose first story leads to its second, and the other way round."""
    first, second = short(sample()).stories
    reason = "The same crew."
    first = replace(first, connects_to=(Connection(second.id, reason, first.standfirst.evidence),))
    second = replace(second, connects_to=(Connection(first.id, reason, second.standfirst.evidence),))
    return replace(sample(), stories=(first, second))


async def test_card_and_stories_that_lead_on_are_revised_once_all_stand():
    """Where they stand, in order; what leads to nothing later is left alone."""
    bench = await Bench.make(edition=connected())
    bench.platform.limits = LEADING
    bench.deliver = bench.process(started=DUE)
    assert await bench() == PARTS
    shown = bench.platform.shown
    assert bench.platform.revised == [shown[0].ref, shown[1].ref]
    assert (await bench.posting()).state is State.SENT


async def test_a_platform_whose_messages_do_not_lead_on_is_not_asked():
    """A terminal would print it all again."""
    bench = await Bench.make(edition=connected())
    assert await bench() == PARTS
    assert bench.platform.revised == []


async def test_only_what_can_lead_on_there_is_revised():
    """Where a card leads on by a menu, it is complete from the beginning."""
    bench = await Bench.make(edition=connected())
    bench.platform.limits = replace(ROOMY, leads=frozenset({"story"}))
    bench.deliver = bench.process(started=DUE)
    await bench()
    assert bench.platform.revised == [bench.platform.shown[1].ref]


@pytest.mark.parametrize("does", [Does.FAIL, Does.CLOSED, Does.REFUSED])
async def test_a_revision_that_fails_costs_only_its_links(does):
    """It is told, and the posting is done."""
    bench = await Bench.make(edition=connected())
    bench.platform.limits = LEADING
    bench.platform.revisions.append(does)
    bench.deliver = bench.process(started=DUE)
    assert await bench() == PARTS
    assert (await bench.posting()).state is State.SENT
    assert [line["part"] for line in bench.told("not_linked")] == ["card"]
    assert len(bench.platform.revised) == 1


async def test_nothing_is_revised_when_it_is_time_to_stop():
    """What is posted is recorded as such; the links are not worth a wait."""
    bench = await Bench.make(edition=connected())
    bench.platform.limits = LEADING
    bench.deliver = bench.process(started=DUE)
    bench.platform.during = lambda call: bench.deliver.stop() if len(bench.platform.shown) == len(PARTS) - 1 else None
    assert await bench() == PARTS
    assert bench.platform.revised == []
    assert (await bench.posting()).state is State.SENT


async def test_a_part_that_was_left_out_is_not_revised():
    """A refused story has no message."""
    bench = await Bench.make(edition=connected())
    bench.platform.limits = LEADING
    bench.platform.will(Does.ACCEPT, Does.REFUSED)
    bench.deliver = bench.process(started=DUE)
    await bench()
    assert bench.platform.revised == [bench.platform.shown[0].ref]


def test_only_what_leads_to_something_later_leads_on():
    """The card to its stories, a story to a later one, the question to nothing."""
    assert [leads_on(part) for part in thread_of(connected())] == [True, True, False, False]
    assert not leads_on(thread_of(replace(sample(), stories=()))[0])

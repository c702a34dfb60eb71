"""Writing the edition of a window from what is kept: once a key, remembered, with the state of its sources."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from adapters.locale.catalogue import FluentCatalogue
from adapters.storage.memory import MemoryStore
from adapters.wire.contract import from_json, to_json
from adapters.wire.cores import InProcess
from bot.domain.checks import check
from bot.domain.edition import Edition, SourceDown, Story, Window
from bot.domain.health import Health, SourceState
from bot.domain.item import Item
from bot.domain.roster import Roster, SourceSpec, SourceType, Thinker, ThinkerKind
from bot.errors import CoresError, StoreError
from bot.ports.clock import Clock
from bot.services.brief import HISTORY, Brief, Request
from bot.services.write import Write
from tests.fakes.clock import FakeClock
from tests.fakes.readings import NOON
from tests.fakes.writer import NAME, FakeWriter, failing
from tests.unit.writing_samples import BROOK, FROST, HALE, PRESS, QUAY, dam, kit, marlin, press

SILENT = Thinker("zed", "Zed Away", ThinkerKind.PERSON, (SourceSpec(SourceType.X, "zed"),))


class TickingClock(FakeClock):
    """Moves on by a second whenever it is looked at."""

    def now(self) -> datetime:
        self.advance(timedelta(seconds=1))
        return super().now()


async def kept(store: MemoryStore, items: Sequence[Item]) -> MemoryStore:
    """The store with these items in it."""
    async with store.unit() as unit:
        await unit.items.add(items)
        await unit.commit()
    return store


async def remembered(store: MemoryStore, *states: SourceState) -> None:
    async with store.unit() as unit:
        for state in states:
            await unit.sources.put(state)
        await unit.commit()


def brief(store: MemoryStore, clock: Clock, writer: FakeWriter | None = None) -> Brief:
    """The service on a store, with X the only silent type."""

    def load(text: str) -> Story:
        return from_json(Story, text)

    return Brief(
        write=None if writer is None else Write(store=store, clock=clock, writer=writer, dump=to_json, load=load),
        store=store,
        clock=clock,
        cores=InProcess(),
        catalogue=FluentCatalogue(),
        is_silent=lambda kind: kind is SourceType.X,
    )


async def composed(store: MemoryStore, request: Request, at: datetime = NOON) -> Edition:
    return await brief(store, FakeClock(at, still=True))(request)


async def count(store: MemoryStore) -> int:
    return len(store.contents.editions)


MORNING = Request(Roster(PRESS), slot="am", hours=24)


async def test_an_edition_looks_at_the_hours_before_now() -> None:
    """The window ends at the clock's instant; the edition passes every check."""
    store = await kept(MemoryStore(), press())
    edition = await composed(store, MORNING)
    assert (edition.window.start, edition.window.end) == (NOON - timedelta(hours=24), NOON)
    assert edition.card.items_read == len(press())
    assert (edition.slot, edition.desk, edition.language) == ("am", "default", "en")
    assert check(edition).ok


async def test_a_shorter_window_reads_less() -> None:
    """Items before it are not counted, and none is invented for it."""
    store = await kept(MemoryStore(), press())
    edition = await composed(store, Request(Roster(PRESS), slot="am", hours=2.5))
    assert edition.card.items_read == sum(i.at > NOON - timedelta(hours=2.5) for i in press())


async def test_composing_a_key_again_gives_the_same_edition() -> None:
    """The same bytes, one edition kept; what was gathered in between does not change it."""
    store = await kept(MemoryStore(), [*dam(), *kit()])
    first = await composed(store, MORNING)
    await kept(store, marlin())
    second = await composed(store, MORNING)
    assert to_json(first) == to_json(second)
    assert await count(store) == 1


async def test_what_is_kept_needs_no_work() -> None:
    """An edition that was composed is given without composing."""
    store = await kept(MemoryStore(), press())
    first = await composed(store, MORNING)
    cores = InProcess()
    await cores.close()
    idle = Brief(
        store=store,
        clock=FakeClock(NOON, still=True),
        cores=cores,
        catalogue=FluentCatalogue(),
        is_silent=lambda _: False,
    )
    assert to_json(await idle(MORNING)) == to_json(first)
    with pytest.raises(CoresError):
        await idle(Request(Roster(PRESS), slot="pm", hours=24))
    assert await count(store) == 1


async def test_two_at_the_same_time_get_the_same_edition() -> None:
    """Whoever is later takes what is kept."""
    store = await kept(MemoryStore(), press())
    first, second = await asyncio.gather(composed(store, MORNING), composed(store, MORNING))
    assert to_json(first) == to_json(second)
    assert await count(store) == 1


async def test_two_databases_with_the_same_items_give_the_same_bytes() -> None:
    """Nothing but the inputs counts."""
    one, other = await kept(MemoryStore(), press()), await kept(MemoryStore(), press()[::-1])
    assert to_json(await composed(one, MORNING)) == to_json(await composed(other, MORNING))


@pytest.mark.parametrize(
    "changed",
    [
        Request(Roster(PRESS), slot="pm", hours=24),
        Request(Roster(PRESS), slot="am", hours=23),
        Request(Roster(PRESS), slot="am", hours=24, language="ru"),
        Request(Roster(PRESS), slot="am", hours=24, topic="Osero dam"),
        Request(Roster(PRESS[:-1]), slot="am", hours=24),
    ],
)
async def test_slot_hours_language_topic_and_roster_make_another_edition(changed: Request) -> None:
    """Each has its own key and its own id."""
    store = await kept(MemoryStore(), press())
    first, second = await composed(store, MORNING), await composed(store, changed)
    assert first.id != second.id
    assert await count(store) == 2


async def test_an_id_holds_desk_date_slot_and_eight_digits() -> None:
    """In at most 48 characters; the date is that of the asked zone."""
    store = MemoryStore()
    late = datetime(2026, 3, 5, 23, 30, tzinfo=UTC)
    edition = await composed(store, Request(Roster(PRESS), slot="pm", zone="Europe/Berlin"), at=late)
    head, digits = edition.id.rsplit("-", 1)
    assert (head, len(digits)) == ("default-20260306-pm", 8)
    assert int(digits, 16) >= 0
    assert edition.date == date(2026, 3, 6)
    assert len(edition.id) <= 48


async def test_seconds_are_unknown_where_the_clock_stands_still() -> None:
    """And told where it runs."""
    assert (await composed(MemoryStore(), MORNING)).card.seconds is None
    running = await brief(MemoryStore(), TickingClock(NOON))(MORNING)
    assert running.card.seconds is not None
    assert running.card.seconds > 0


async def test_what_an_ended_edition_told_is_remembered() -> None:
    """A story returns only as an update."""
    store = await kept(MemoryStore(), [*dam(), *kit()])
    await composed(store, MORNING)
    again = await composed(store, MORNING, at=NOON + timedelta(hours=24))
    assert again.stories == ()


async def test_an_edition_whose_window_overlaps_is_no_memory() -> None:
    """It had not ended when this window began."""
    store = await kept(MemoryStore(), dam())
    first = await composed(store, Request(Roster(PRESS), slot="am", hours=24))
    second = await composed(store, Request(Roster(PRESS), slot="pm", hours=25))
    assert [story.title for story in second.stories] == [story.title for story in first.stories]
    assert all(story.state == "new" for story in second.stories)


async def test_editions_on_demand_are_no_memory() -> None:
    """They never mark anything as told."""
    store = await kept(MemoryStore(), [])
    await kept(store, dam())
    await composed(store, Request(Roster(PRESS), slot="now", hours=24), at=NOON - timedelta(hours=4))
    later = await composed(store, Request(Roster(PRESS), slot="am", hours=24), at=NOON)
    assert later.stories
    assert all(story.state == "new" and story.continues is None for story in later.stories)


async def test_the_fortnight_before_says_what_is_usual() -> None:
    """Items of the window alone have no usual rate; those of fourteen days before give one."""
    old = [
        replace(one, id=f"{day:08x}{place:08x}", published=one.at - timedelta(days=day))
        for day in range(1, 14)
        for place, one in enumerate(dam())
    ]
    fresh, seen = await kept(MemoryStore(), dam()), await kept(MemoryStore(), [*dam(), *old])
    without, with_history = await composed(fresh, MORNING), await composed(seen, MORNING)
    assert [story.signal.usual for story in without.stories] == [None]
    assert all(story.signal.usual is not None for story in with_history.stories)
    assert with_history.card.items_read == without.card.items_read
    assert timedelta(days=14) == HISTORY


async def test_the_card_tells_who_is_down_silent_and_out_of_reach() -> None:
    """Down with the reason; silent by type; thinkers with silent sources alone cannot be reached."""
    store = await kept(MemoryStore(), dam())
    both = Thinker(
        "both", "Both Ways", ThinkerKind.PERSON, (SILENT.sources[0], SourceSpec(SourceType.FEED, "https://b.example/f"))
    )
    sourceless = Thinker("mute", "Mute", ThinkerKind.PERSON)
    roster = Roster((BROOK, FROST, HALE, QUAY, SILENT, both, sourceless))
    await remembered(
        store,
        SourceState(BROOK.sources[0].key, state=Health.OK),
        SourceState(FROST.sources[0].key, state=Health.UNCHANGED),
        SourceState(HALE.sources[0].key, state=Health.MOVED, reason="moved"),
        SourceState(QUAY.sources[0].key, state=Health.DOWN, reason="The server did not answer."),
        SourceState(SILENT.sources[0].key, state=Health.SILENT, reason="needs a key"),
    )
    card = (await composed(store, Request(roster, slot="am", hours=24))).card
    assert card.sources_down == (SourceDown("Quay Weekly", QUAY.sources[0].address, "The server did not answer."),)
    assert (card.sources_read, card.sources_silent) == (3, 2)
    assert "One thinker cannot be reached without an X source." in card.notes


async def test_a_source_that_is_down_without_a_reason_is_down_all_the_same() -> None:
    """The reason is then empty, not missing."""
    store = MemoryStore()
    await remembered(store, SourceState(BROOK.sources[0].key, state=Health.DOWN))
    card = (await composed(store, MORNING)).card
    assert [down.reason for down in card.sources_down] == [""]
    assert card.sources_read == 0


async def test_an_empty_store_gives_a_valid_edition() -> None:
    """Short, and it says so."""
    edition = await composed(MemoryStore(), MORNING)
    assert (edition.stories, edition.title) == ((), "A quiet window")
    assert check(edition).ok


async def test_a_closed_store_is_told() -> None:
    """As the store says it."""
    store = MemoryStore()
    await store.close()
    with pytest.raises(StoreError):
        await composed(store, MORNING)


async def test_an_edition_of_a_window_that_is_given() -> None:
    """Its window and local date are the ones asked for, whatever the clock says."""
    store = await kept(MemoryStore(), press())
    window = Window(NOON - timedelta(hours=24), NOON)
    wanted = replace(MORNING, hours=1, zone="Asia/Tokyo", window=window, date=date(2026, 3, 4))
    edition = await composed(store, wanted, at=NOON + timedelta(hours=2))
    assert (edition.window, edition.date) == (window, date(2026, 3, 4))
    assert edition.id.startswith("default-20260304-am-")
    assert edition.card.items_read == len(press())


async def test_a_deadline_does_not_make_another_edition() -> None:
    """Who is late finds what was composed in time."""
    store = await kept(MemoryStore(), dam())
    first = await composed(store, replace(MORNING, deadline=NOON))
    assert to_json(await composed(store, replace(MORNING, deadline=NOON + timedelta(hours=1)))) == to_json(first)


async def test_a_writer_writes_what_was_selected() -> None:
    """Under a key of its own; composed again, nobody is asked."""
    store, clock = await kept(MemoryStore(), press()), FakeClock(NOON, still=True)
    selected = await brief(store, clock)(MORNING)
    writer = FakeWriter()
    written = await brief(store, clock, writer)(MORNING)
    assert check(written).ok
    assert (selected.card.writer, written.card.writer) == ("selected", NAME)
    assert selected.id != written.id
    assert [s.title for s in written.stories] == [s.title for s in selected.stories]
    assert all(s.text.startswith("As it reads: ") for story in written.stories for s in story.body)
    assert to_json(await brief(store, clock, writer)(MORNING)) == to_json(written)
    assert writer.asked.total() == len(written.stories)


async def test_a_writer_that_manages_nothing_leaves_the_selected_edition() -> None:
    """All but its id, which tells who was asked."""
    store, clock = await kept(MemoryStore(), press()), FakeClock(NOON, still=True)
    selected = await brief(store, clock)(MORNING)
    writer = FakeWriter(fails=failing(*(story.title for story in selected.stories)))
    edition = await brief(store, clock, writer)(MORNING)
    assert to_json(edition) == to_json(selected).replace(selected.id, edition.id)


async def test_what_the_writer_was_not_done_with_in_time_is_said() -> None:
    """Past the deadline nobody is asked; the edition is complete, and its card has a note."""
    store, clock = await kept(MemoryStore(), press()), FakeClock(NOON)
    writer = FakeWriter()
    edition = await brief(store, clock, writer)(replace(MORNING, deadline=NOON))
    assert check(edition).ok
    assert writer.asked.total() == 0
    assert (edition.card.writer, len(edition.stories)) == ("selected", 3)
    assert edition.card.notes[-1] == "3 of 3 stories are selected sentences: the writer was not done in time."


async def test_an_edition_without_stories_needs_no_writer() -> None:
    """It is short, and selected."""
    writer = FakeWriter()
    edition = await brief(MemoryStore(), FakeClock(NOON, still=True), writer)(MORNING)
    assert (edition.stories, edition.card.writer, writer.asked.total()) == ((), "selected", 0)

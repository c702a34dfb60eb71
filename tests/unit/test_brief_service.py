"""Writing the edition of a window from what is kept: once a key, remembered, with the state of its sources."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TypeVar

import pytest

from adapters.locale.catalogue import FluentCatalogue
from adapters.storage.memory import MemoryStore
from adapters.wire.contract import from_json, to_json
from adapters.wire.cores import InProcess
from bot.domain.checks import check
from bot.domain.desk import DEFAULT_DESK, Desk
from bot.domain.drafted import Drafted
from bot.domain.edition import Edition, Promise, Promises, SourceDown, Window
from bot.domain.health import Health, SourceState
from bot.domain.item import Item
from bot.domain.roster import Roster, SourceSpec, SourceType, Thinker, ThinkerKind
from bot.errors import CoresError, StoreError, WriterError
from bot.ports.clock import Clock
from bot.ports.cores import Cores
from bot.ports.writer import Choice
from bot.services.brief import HISTORY, Brief, Request
from bot.services.write import Write
from tests.fakes.clock import FakeClock
from tests.fakes.cores import Remembering
from tests.fakes.loop_clock import LoopClock, in_virtual_time
from tests.fakes.readings import NOON, item
from tests.fakes.writer import NAME, FakeWriter, failing
from tests.unit.writing_samples import BROOK, FROST, HALE, PRESS, QUAY, dam, kit, marlin, press

T = TypeVar("T")
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


class Directly:
    """Calls where it stands: no time passes."""

    async def call(self, function: Callable[..., T], *args: object, limit: timedelta) -> T:
        return function(*args)

    async def close(self) -> None:
        """Nothing to close."""


def brief(store: MemoryStore, clock: Clock, writer: FakeWriter | None = None, *, cores: Cores | None = None) -> Brief:
    """The service on a store, with X the only silent type."""
    cores = cores or Remembering()
    return Brief(
        write=None
        if writer is None
        else Write(store=store, clock=clock, cores=cores, writer=writer, dump=to_json, load=from_json),
        store=store,
        clock=clock,
        cores=cores,
        catalogue=FluentCatalogue(),
        is_silent=lambda kind: kind is SourceType.X,
        dump=partial(to_json, indent=None),
        load=partial(from_json, Drafted),
    )


async def composed(store: MemoryStore, request: Request, at: datetime = NOON, cores: Cores | None = None) -> Edition:
    return await brief(store, FakeClock(at, still=True), cores=cores)(request)


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
        dump=to_json,
        load=partial(from_json, Drafted),
    )
    assert to_json(await idle(MORNING)) == to_json(first)
    with pytest.raises(CoresError):
        await idle(Request(Roster(PRESS), slot="pm", hours=24))
    assert await count(store) == 1


async def test_two_at_the_same_time_get_the_same_edition() -> None:
    """Whoever is later takes what is kept."""
    store = await kept(MemoryStore(), press())
    first, second = await asyncio.gather(*(composed(store, MORNING, cores=InProcess()) for _ in range(2)))
    assert to_json(first) == to_json(second)
    assert await count(store) == 1


async def test_two_databases_with_the_same_items_give_the_same_bytes() -> None:
    """Nothing but the inputs counts."""
    one, other = await kept(MemoryStore(), press()), await kept(MemoryStore(), press()[::-1])
    told = [to_json(await composed(store, MORNING, cores=InProcess())) for store in (one, other)]
    assert told[0] == told[1]


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
    """All but its id, which tells who was asked, and what asking cost."""
    store, clock = await kept(MemoryStore(), press()), FakeClock(NOON, still=True)
    selected = await brief(store, clock)(MORNING)
    writer = FakeWriter(fails=failing(*(story.title for story in selected.stories)))
    edition = await brief(store, clock, writer)(MORNING)
    assert edition.card.tokens["in"] > 0
    free = replace(edition, card=replace(edition.card, tokens=selected.card.tokens, cost=0.0))
    assert to_json(free) == to_json(selected).replace(selected.id, edition.id)


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


# ---------------------------------------------------------------- what an edition was made of


async def test_what_an_edition_was_made_of_is_kept_with_it() -> None:
    """Selected or written: the same draft, so that it can be phrased again. Nobody's draft is none."""
    store, clock = await kept(MemoryStore(), press()), FakeClock(NOON, still=True)
    for service in (brief(store, clock), brief(store, clock, FakeWriter())):
        edition = await service(MORNING)
        drafted = await service.drafted(edition.id)
        assert drafted is not None
        assert (drafted.edition.id, drafted.edition.card.writer) == (edition.id, "selected")
        assert [m.story for m in drafted.materials] == [story.id for story in edition.stories]
        assert (drafted.claims, drafted.desk) == ((), DEFAULT_DESK)
        assert await service.drafted("nobody's") is None
    one, other = store.contents.editions.values()
    assert (
        store.contents.results[f"draft:{one.id}"][0].replace(one.id, other.id)
        == (store.contents.results[f"draft:{other.id}"][0])
    )


async def test_a_draft_that_another_version_kept_is_none() -> None:
    """The edition stays; it cannot be phrased again."""
    store = await kept(MemoryStore(), press())
    edition = await composed(store, MORNING)
    store.contents.results[f"draft:{edition.id}"] = ('{"edition": "of old"}', NOON)
    service = brief(store, FakeClock(NOON, still=True))
    assert await service.drafted(edition.id) is None
    assert await service(replace(MORNING, window=Window(NOON, NOON + timedelta(hours=12)))) is not None


async def test_when_the_next_edition_comes_is_in_the_draft_and_makes_no_other_edition() -> None:
    """Whoever says when it comes was told."""
    store = await kept(MemoryStore(), press())
    service = brief(store, FakeClock(NOON, still=True))
    evening = NOON + timedelta(hours=6)
    edition = await service(replace(MORNING, next_due=evening))
    assert (await service(MORNING)).id == edition.id
    drafted = await service.drafted(edition.id)
    assert drafted is not None
    assert drafted.next_due == evening


# ---------------------------------------------------------------- what was said before


SAFE = "The Osero dam is safe for every village below its northern wall."
UNSAFE = "The Osero dam is not safe for any village below its northern wall."

OLD = (
    item(BROOK, UNSAFE, title="Notes from Osero", hours=2),
    item(
        FROST,
        "Families light lamps below the Osero dam on every rainy night of spring.",
        title="Lamps at Osero",
        hours=3,
    ),
    item(QUAY, "Rain filled the lake of the Osero dam to its brim, the paper says.", title="Rain at Osero", hours=5),
)


def doubted(days: float, language: str = "en") -> tuple[list[Item], Request]:
    """A morning some days before noon of 5 March on which Ada Brook and another voice write about the dam."""
    hours = 24 * days
    items = [
        replace(one, id=f"{place:016x}", published=one.at - timedelta(hours=hours)) for place, one in enumerate(OLD)
    ]
    end = NOON - timedelta(hours=hours)
    return items, replace(MORNING, window=Window(end - timedelta(hours=24), end), language=language)


async def test_claims_are_kept_with_their_edition_and_answer_weeks_later() -> None:
    """With the day on which they were said; of a roster that does not read their source, they do not answer."""
    store = MemoryStore()
    items, then = doubted(30)
    sure = item(HALE, f"{SAFE} Mira Talbot showed me the northern wall.", title="Talbot shows the Osero dam", hours=3)
    await kept(store, [*items, sure, *dam()[1:]])
    await composed(store, then)
    assert UNSAFE in {claim.text for claim in store.contents.claims.values()}
    edition = await composed(store, MORNING)
    (story,) = edition.stories
    assert story.counter.text == f"Ada Brook: on 3 February, “{UNSAFE}”"
    assert check(edition).ok
    without = Roster(tuple(who for who in PRESS if who is not BROOK))
    (alone,) = (await composed(store, replace(MORNING, roster=without))).stories
    assert alone.counter.standing == "none"


async def test_claims_from_after_a_window_are_not_earlier() -> None:
    """An old window that is composed again looks at what was said before it."""
    store = MemoryStore()
    items, later = doubted(-1)
    sure = item(HALE, f"{SAFE} Mira Talbot showed me the northern wall.", title="Talbot shows the Osero dam", hours=3)
    await kept(store, [*items, sure, *dam()[1:]])
    await composed(store, later)
    (story,) = (await composed(store, MORNING)).stories
    assert story.counter.standing == "none"


async def test_a_promise_is_handed_on_until_it_is_closed() -> None:
    """From draft to draft, in one language; the edition after its day says that it is open still, and only that one."""
    store = await kept(MemoryStore(), press())
    first = replace(await composed(store, MORNING), slot="am")
    promise = Promise(
        f"{first.id}#1",
        first.stories[0].id,
        "Soon we will say whether Marlin helps a small team.",
        NOON + timedelta(hours=30),
        first.stories[0].standfirst.evidence,
    )
    store.contents.editions[first.id] = replace(first, promises=Promises((promise,)))
    told = []
    for day in (1, 2, 3, 15, 16, 17):
        window = Window(NOON + timedelta(days=day - 1), NOON + timedelta(days=day))
        for language in ("en", "ru"):
            request = replace(MORNING, window=window, language=language)
            edition = await composed(store, request, at=window.end)
            told += [(day, language, closed.outcome) for closed in edition.promises.closed]
    assert told == [(2, "en", "not_yet"), (16, "en", "dropped")]


# ---------------------------------------------------------------- the desk's rubric


RUBRIC = replace(MORNING, desk=replace(DEFAULT_DESK, rubric="Tools that sailors can buy."))


async def test_a_rubric_orders_the_stories() -> None:
    """The writer is asked once, and the edition begins with what it put first."""
    store, clock = await kept(MemoryStore(), press()), FakeClock(NOON, still=True)
    plain = await brief(store, clock)(MORNING)
    writer = FakeWriter(order=(3, 1))
    edition = await brief(store, clock, writer)(RUBRIC)
    topics = [story.topic for story in plain.stories]
    assert [story.topic for story in edition.stories] == [topics[2], topics[0], topics[1]]
    assert check(edition).ok
    assert writer.around["choice"] == 1


@pytest.mark.parametrize(
    ("request_", "fails"),
    [(MORNING, {}), (RUBRIC, {"choice": WriterError("no")}), (RUBRIC, {})],
    ids=["no rubric", "no answer", "an empty one"],
)
async def test_without_an_order_ours_counts(request_: Request, fails: dict[str, Exception]) -> None:
    """The stories of an edition that nobody ordered."""
    store, clock = await kept(MemoryStore(), press()), FakeClock(NOON, still=True)
    plain = await brief(store, clock)(MORNING)
    edition = await brief(store, clock, FakeWriter(fails=fails))(request_)
    assert [story.topic for story in edition.stories] == [story.topic for story in plain.stories]


async def test_nobody_chooses_where_there_is_no_choice() -> None:
    """One story is told as it is; and so is an edition that nobody writes."""
    store, clock = await kept(MemoryStore(), dam()), FakeClock(NOON, still=True)
    writer = FakeWriter(order=(1,))
    assert len((await brief(store, clock, writer)(RUBRIC)).stories) == 1
    assert writer.around["choice"] == 0
    await kept(store, kit())
    assert (await brief(store, clock)(replace(RUBRIC, slot="pm"))).card.writer == "selected"


def test_choosing_takes_half_of_the_time_at_most() -> None:
    """Then our own order counts, and the stories are written in the other half."""

    class Ponders(FakeWriter):
        async def choose(self, desk: Desk, candidates: Sequence[str]) -> Choice:
            self.around["choice"] += 1
            await clock.sleep(timedelta(hours=5))
            return Choice((3,))

    clock = LoopClock(NOON)

    async def late() -> tuple[Edition, datetime]:
        store = await kept(MemoryStore(), press())
        writer = Ponders(clock=clock, seconds=lambda _: 60.0)
        service = brief(store, clock, writer, cores=Directly())
        edition = await service(replace(RUBRIC, deadline=NOON + timedelta(minutes=10)))
        return edition, clock.now()

    edition, now = in_virtual_time(late())
    assert len(edition.stories) == 3
    assert edition.card.writer == NAME
    assert edition.card.notes == ()
    assert timedelta(minutes=6) <= now - NOON < timedelta(minutes=7)

"""Editions that somebody asks for: of the right desk, within the limits, posted once, searched."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.domain.desk import variant_id
from bot.domain.edition import Edition
from bot.domain.ledger import State
from bot.domain.message import EditionCard
from bot.domain.place import Place
from bot.domain.schedules import zone_named
from bot.domain.timetable import Schedule
from bot.errors import ConfigError, CoresError, LimitReached, NotFoundError
from bot.services.delivery.deliver import Deliver
from bot.services.keep import Keep
from bot.services.now import Now
from tests.fakes.crew import KeptEvents, WaitingWork
from tests.fakes.office import ADMIN, MEMBER, OTHER, ROOM, TENANT, Bench
from tests.fakes.platform import NAME, MemoryPlatform
from tests.fakes.readings import NOON
from tests.fakes.talk import older, sample
from tests.fakes.writer import NAME as WRITER
from tests.fakes.writer import FakeWriter
from tests.unit.test_brief_service import brief, kept
from tests.unit.writing_samples import PRESS, dam


@pytest.fixture
async def bench() -> Bench:
    """An office whose sources have told of a dam."""
    bench = Bench()
    await kept(bench.store, dam())
    return bench


async def used(bench: Bench) -> int:
    """How many editions on demand the member had today."""
    return sum(each.count for each in (await bench.office.privacy.kept(MEMBER)).used)


async def test_without_a_subscription_the_default_desk_answers(bench) -> None:
    """Of the last twelve hours, in the person's language without its region."""
    edition = await bench.office.on_demand.now(replace(MEMBER, language="ru-RU"))
    assert (edition.desk, edition.slot, edition.language) == ("default", "now", "ru")
    assert edition.window.end - edition.window.start == timedelta(hours=12)
    assert (await bench.office.on_demand.now(replace(MEMBER, language="?!"))).language == "en"


async def test_a_place_gets_its_own_desk_and_language(bench) -> None:
    """In its threads, too; a thread that has a subscription of its own goes before; nobody else's counts."""
    await bench.made(desk="harbour", language="de")
    now = bench.office.on_demand.now
    for thread in (None, "9"):
        edition = await now(replace(MEMBER, place=replace(ROOM, thread=thread)), hours=24)
        assert (edition.desk, edition.language) == ("harbour", "de")
    await bench.made(replace(ROOM, thread="9"), desk="default", language="it")
    assert (await now(replace(MEMBER, place=replace(ROOM, thread="9")))).language == "it"
    assert (await now(replace(ADMIN, tenant=OTHER))).desk == "default"
    assert (await now(ADMIN, desk="default", language="fr")).language == "fr"


async def test_a_date_is_that_of_the_places_zone(bench) -> None:
    """Noon in UTC is tomorrow on Kiritimati; a zone that is gone is none."""
    own = await bench.made(schedule=Schedule("Pacific/Kiritimati", slots=(("am", time(7)),)))
    edition = await bench.office.on_demand.now(MEMBER)
    assert edition.date == NOON.date() + timedelta(days=1)
    kept_as = bench.store.contents.subscriptions
    kept_as[own.id] = replace(own, schedule=Schedule("Gone/Away"))
    assert (await bench.office.on_demand.now(MEMBER, hours=6)).date == NOON.date()


async def test_a_kept_edition_is_free_and_a_fourth_is_refused(bench) -> None:
    """Three a day; the same question within a quarter of an hour is the same edition, also when all are spent."""
    now = bench.office.on_demand.now
    first = await now(MEMBER, hours=1)
    assert await now(MEMBER, hours=1) is first
    assert await now(replace(MEMBER, person="3"), hours=1) is first
    await now(MEMBER, hours=2)
    await now(MEMBER, hours=3)
    with pytest.raises(LimitReached) as caught:
        await now(MEMBER, hours=4)
    assert caught.value.most == 3
    assert await now(MEMBER, hours=1) is first
    assert await used(bench) == 3


async def test_what_fails_does_not_count(bench) -> None:
    """Composing was cut off: the person has lost nothing."""

    async def fails(request):
        raise CoresError

    broken = Bench(store=bench.store, compose=fails)
    with pytest.raises(CoresError):
        await broken.office.on_demand.now(MEMBER)
    assert await used(bench) == 0


@pytest.mark.parametrize("hours", [0.5, 169, float("nan"), float("inf"), -1])
async def test_hours_are_between_one_and_a_week(bench, hours) -> None:
    """Not a number is no number of hours."""
    with pytest.raises(ConfigError, match="not between 1 and 168"):
        await bench.office.on_demand.now(MEMBER, hours=hours)


async def test_every_mistake_is_told_at_once_and_costs_nothing(bench) -> None:
    """Topic, hours, language and desk."""
    with pytest.raises(ConfigError) as caught:
        await bench.office.on_demand.now(MEMBER, topic="x" * 101, hours=0, language="English", desk="harbor")
    told = caught.value.mistakes
    assert [any(word in line for line in told) for word in ("topic", "hours", "language", "harbour?")] == [True] * 4
    assert len(told) == 4
    with pytest.raises(ConfigError, match="printed"):
        await bench.office.on_demand.now(MEMBER, topic="a\u202eb")
    assert await used(bench) == 0


async def test_a_topic_is_passed_on_on_one_line(bench) -> None:
    """And an empty one is none."""
    edition = await bench.office.on_demand.now(MEMBER, topic=" Osero \n dam ", hours=24)
    assert edition.stories
    assert {story.topic for story in edition.stories}
    nothing = await bench.office.on_demand.now(MEMBER, topic="lighthouses", hours=24)
    assert "Nearest topics with items:" in nothing.card.notes[0]
    whole = await bench.office.on_demand.now(MEMBER, topic="  ", hours=24)
    assert whole.card.notes != nothing.card.notes


async def test_a_server_that_changed_what_it_reads_gets_that(bench) -> None:
    """Also in a process that has not looked at the rows since, and under the desk's own name."""
    await bench.office.following.remove(ADMIN, PRESS[0].id)
    other = Bench(store=bench.store)
    edition = await other.office.on_demand.now(MEMBER, hours=24, desk="default")
    assert edition.desk == variant_id("default", TENANT)
    assert len(edition.id) <= 48
    assert PRESS[0].name not in {citation.thinker for citation in edition.citations}
    plain = await other.office.on_demand.now(replace(MEMBER, tenant=OTHER), hours=24)
    assert plain.desk == "default"


async def test_a_subscription_whose_desk_is_gone_is_answered_by_the_default_desk(bench) -> None:
    """The operator took the desk away."""
    own = await bench.made(desk="harbour")
    bench.store.contents.subscriptions[own.id] = replace(own, desk="gone")
    assert (await bench.office.on_demand.now(MEMBER)).desk == "default"


async def test_a_preview_is_what_the_subscription_would_get(bench) -> None:
    """Of its variant, where the server has one; another tenant sees nothing."""
    own = await bench.made()
    assert (await bench.office.on_demand.preview(own.id)).desk == "default"
    await bench.office.following.remove(ADMIN, PRESS[0].id)
    other = Bench(store=bench.store)
    edition = await other.office.on_demand.preview(own.id, tenant=TENANT)
    assert edition.desk == variant_id("default", TENANT)
    with pytest.raises(NotFoundError):
        await bench.office.on_demand.preview(own.id, tenant=OTHER)
    assert await used(bench) == 0


# ---------------------------------------------------------------- publishing


async def test_an_edition_is_posted_to_a_place_once_for_all_who_ask() -> None:
    """A thread of the place is another place; what is not kept cannot be posted."""
    bench = Bench()
    await bench.kept(sample())
    publish = bench.office.on_demand.publish
    assert await publish(sample().id, ROOM, tenant=TENANT)
    assert not await publish(sample().id, ROOM, tenant=TENANT)
    assert await publish("latest", replace(ROOM, thread="9"), tenant=TENANT)
    postings = bench.store.contents.postings
    assert set(postings) == {f"now/{sample().id}/discord/4711", f"now/{sample().id}/discord/4711/9"}
    with pytest.raises(NotFoundError):
        await publish("default-20260305-now-00000000", ROOM, tenant=TENANT)


async def test_nobody_posts_what_another_server_reads(bench) -> None:
    """Not even who knows the id."""
    await bench.office.following.remove(ADMIN, PRESS[0].id)
    edition = await bench.office.on_demand.now(MEMBER)
    with pytest.raises(NotFoundError):
        await Bench(store=bench.store).office.on_demand.publish(edition.id, ROOM, tenant=OTHER)
    assert await bench.office.on_demand.publish(edition.id, ROOM, tenant=TENANT)


async def test_the_next_tick_delivers_it_like_any_other_and_never_says_that_it_is_late() -> None:
    """Two of them at the same time do not overtake each other."""
    bench = Bench()
    await bench.kept(sample(), older())
    first, second = Place(NAME, "c1"), Place(NAME, "c2")
    for place, edition in ((first, sample()), (second, older())):
        await bench.office.on_demand.publish(edition.id, place, tenant="fake")
    bench.clock.advance(timedelta(hours=1))
    platform, events, work = MemoryPlatform(bench.clock), KeptEvents(), WaitingWork()
    keep = Keep(
        store=bench.store, clock=bench.clock, work=work, desks={}, zones=zone_named, events=events, holder="one"
    )
    await keep()
    deliver = Deliver(
        store=bench.store, clock=bench.clock, platforms={NAME: platform}, events=events, started=bench.clock.now()
    )
    assert len(work.keys("deliver")) == 2
    for key in work.keys("deliver"):
        await deliver(key)
    cards = [shown for shown in platform.shown if shown.part == "card"]
    assert {shown.place.id for shown in cards} == {"c1", "c2"}
    assert [shown.message.late for shown in cards if isinstance(shown.message, EditionCard)] == [None, None]
    assert {posting.state for posting in bench.store.contents.postings.values()} == {State.SENT}
    assert not events.warned


# ---------------------------------------------------------------- searching


async def test_a_search_finds_the_sentences_of_earlier_editions() -> None:
    """Newest editions first; each line says which edition it is from, and numbers begin at 1."""
    bench = Bench()
    await bench.kept(sample(), older())
    await bench.made(desk="harbour")
    reply = await bench.office.on_demand.search(MEMBER, "How many tonnes of seaweed did kelp farms sell?")
    assert reply.kind == "find"
    assert reply.text[0].text == "From 1 edition:"
    assert [citation.n for citation in reply.citations] == list(range(1, len(reply.citations) + 1))
    assert "Edition of" in reply.text[1].text
    assert {e for line in reply.text for e in line.evidence} == {p.id for c in reply.citations for p in c.passages}


async def test_where_nothing_is_found_the_nearest_stories_are_named() -> None:
    """Three titles; without any edition, that."""
    bench = Bench()
    await bench.made(desk="harbour")
    search = bench.office.on_demand.search
    empty = await search(MEMBER, "chess")
    assert (empty.kind, [line.text for line in empty.text]) == (
        "refusal",
        ["There is no scheduled edition to search yet."],
    )
    await bench.kept(sample(), older())
    refused = await search(replace(MEMBER, language="ru"), "Who won the chess olympiad?")
    assert refused.kind == "refusal"
    assert len(refused.text) == 4
    assert refused.text[0].text.startswith("В 2 последних выпусках")
    titles = [story.title for edition in (sample(), older()) for story in edition.stories]
    assert all(any(line.text.startswith(title) for title in titles) for line in refused.text[1:])
    assert (await search(MEMBER, "")).kind == "refusal"
    assert (await search(replace(MEMBER, place=Place("discord", "5")), "kelp")).kind == "refusal"


async def test_a_server_that_changed_what_it_reads_still_finds_what_the_desk_told() -> None:
    """A variant has no memory yet."""
    bench = Bench()
    await bench.kept(sample(), older())
    await bench.made(desk="harbour")
    await bench.office.following.remove(ADMIN, PRESS[0].id)
    reply = await bench.office.on_demand.search(MEMBER, "How many tonnes of seaweed did kelp farms sell?")
    assert reply.kind == "find"


async def test_where_a_model_writes_the_selected_edition_comes_first() -> None:
    """It counts once; who cannot show two gets the first; asked again, the written one is there and nothing comes
    before it."""
    bench = Bench(writer=FakeWriter())
    await kept(bench.store, dam())
    shown: list[Edition] = []

    async def sooner(edition: Edition) -> None:
        shown.append(edition)

    alone = await bench.office.on_demand.now(MEMBER)
    assert alone.card.writer == "selected"
    written = await bench.office.on_demand.now(MEMBER, hours=11, sooner=sooner)
    assert [one.card.writer for one in shown] == ["selected"]
    assert written.card.writer == WRITER
    assert written.window == shown[0].window
    assert await bench.office.on_demand.now(MEMBER, hours=11, sooner=sooner) == written
    assert len(shown) == 1
    assert await used(bench) == 2


async def test_a_writer_that_breaks_down_leaves_what_was_selected() -> None:
    """The person has an edition all the same."""
    bench = Bench(writer=FakeWriter())
    await kept(bench.store, dam())

    class Broken:
        async def __call__(self, request: object) -> Edition:
            raise CoresError("out of memory")

    bench.now = Now(brief=brief(bench.store, bench.clock), clock=bench.clock, written=Broken())  # type: ignore[arg-type]
    office = bench.anew()

    async def sooner(edition: Edition) -> None:
        del edition

    assert (await office.on_demand.now(MEMBER, sooner=sooner)).card.writer == "selected"

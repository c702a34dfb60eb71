"""What a followed show publishes: made once, posted where it is wanted, and nobody is told twice."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from bot.domain.desk import Desks, OpenDesk
from bot.domain.item import Item, ItemKind, Recording
from bot.domain.ledger import Posting
from bot.domain.place import Place
from bot.domain.recording import TranscriptLink
from bot.domain.roster import Roster, SourceSpec, SourceType, Thinker, ThinkerKind
from bot.domain.subscription import FOR_GOOD, Subscription
from bot.domain.transcript import Cue
from bot.errors import ConfigError, SourceUnavailable, SpeechError
from bot.services.announce import FRESH, OPTION, Announce
from tests.contract.timetable_samples import a_subscription
from tests.fakes.office import DESKS
from tests.fakes.readings import NOON
from tests.fakes.recordings import MemoryEars
from tests.unit.episode_samples import sample
from tests.unit.test_listening import URL, Room

SPEC = SourceSpec(SourceType.PODCAST, "https://longwatch.example/feed")
SHOW = Thinker("long-watch", "Long Watch", ThinkerKind.PODCAST, (SPEC,))
ROSTERS: dict[str, OpenDesk] = {
    "default": replace(DESKS["default"], roster=Roster((SHOW,))),
    "other": replace(DESKS["default"], roster=Roster((SHOW,))),
    "harbour": DESKS["harbour"],
}
HOUR = timedelta(hours=1)
AGAIN = timedelta(hours=3)


def wanting(name: str = "one", **changes: Any) -> Subscription:
    """A place that wants overviews, since yesterday."""
    since = NOON - timedelta(days=1)
    return a_subscription(name, **{"options": ((OPTION, "yes"),), "since": since, **changes})


def ears() -> MemoryEars:
    """That hear the whole talk."""
    return MemoryEars([Cue(said.text, said.start, said.end) for said in sample()[1].utterances])


@dataclass
class Stand:
    """A show, places, and the service between them."""

    room: Room = field(default_factory=lambda: Room(desks=ROSTERS))
    announce: Announce = field(init=False)

    def __post_init__(self) -> None:
        self.room.recordings.episodes = {URL: replace(self.room.facts, media=f"{URL}.mp3")}
        self.announce = Announce(
            store=self.room.store,
            clock=self.room.clock,
            desks=Desks(ROSTERS),
            listening=self.room.listening,
            events=self.room.events,
        )

    async def published(self, *, offers: bool = True, **changes: Any) -> None:
        """The show has an episode, an hour old; `offers`: with a transcript of its own."""
        links = (TranscriptLink(f"{URL}.vtt", "text/vtt"),) if offers else ()
        at, facts = NOON - HOUR, self.room.facts
        known = Recording(facts.duration, links, language="en", show="Long Watch")
        item = Item(
            facts.id, SPEC.key, "88", URL, facts.title, facts.notes, ItemKind.EPISODE, at, at, False, recording=known
        )
        async with self.room.store.unit() as unit:
            await unit.items.add([replace(item, **changes)])
            await unit.commit()

    async def subscribed(self, *places: Subscription) -> None:
        """These places have editions."""
        async with self.room.store.unit() as unit:
            for one in places:
                await unit.subscriptions.put(one)
            await unit.commit()

    async def postings(self) -> list[Posting]:
        """What is owed now."""
        async with self.room.store.unit() as unit:
            return list(await unit.postings.find(due_by=self.room.clock.now()))

    @property
    def reports(self) -> list[str]:
        """Reasons why something was not announced."""
        return [str(facts["reason"]) for name, facts in self.room.events.warned if name == "episode_not_announced"]


async def test_a_new_episode_comes_once_to_every_place_that_wants_it() -> None:
    """Each in its language; however often the source is gathered."""
    stand = Stand()
    await stand.published()
    await stand.subscribed(
        wanting("one"),
        wanting("two", tenant="discord:2", language="ru"),
        wanting("plain", options=()),
        wanting("refused", options=((OPTION, "no"),)),
        wanting("paused", paused_until=FOR_GOOD),
        wanting("elsewhere", desk="harbour"),
        wanting("gone", desk="nobody-knows"),
    )
    for _ in range(3):
        await stand.announce(SPEC.key)
        stand.room.clock.advance(AGAIN)
    posted = sorted(await stand.postings(), key=lambda posting: posting.place.id)
    assert [(one.place.id, one.tenant, one.language) for one in posted] == [
        ("channel one", "discord:1", "en"),
        ("channel two", "discord:2", "ru"),
    ]
    assert posted[0].edition == stand.room.facts.id != posted[1].edition
    assert stand.reports == []


async def test_a_place_with_two_desks_gets_one_overview() -> None:
    """In the language of the first of them."""
    stand = Stand()
    await stand.published()
    here = Place("discord", "here")
    await stand.subscribed(wanting("a", place=here), wanting("b", place=here, desk="other", language="ru"))
    await stand.announce(SPEC.key)
    (posting,) = await stand.postings()
    assert posting.language == "en"


async def test_what_was_there_before_is_no_news() -> None:
    """Older than two days, from a backlog, older than the subscription, without a link: nothing is asked."""
    for change in (
        {"published": NOON - FRESH - HOUR, "first_seen": NOON - FRESH - HOUR},
        {"backlog": True},
        {"url": None},
    ):
        stand = Stand()
        await stand.published(**change)
        await stand.subscribed(wanting())
        await stand.announce(SPEC.key)
        assert (await stand.postings(), stand.room.recordings.asked) == ([], [])
    stand = Stand()
    await stand.published(offers=False)
    await stand.subscribed(wanting(since=NOON))
    await stand.announce(SPEC.key)
    assert (await stand.postings(), stand.room.recordings.asked) == ([], [])


async def test_a_blurb_is_no_news_and_a_transcript_that_comes_later_is() -> None:
    """Looked for again after three hours, and not before."""
    stand = Stand(Room(desks=ROSTERS, transcript=False))
    await stand.published(offers=False)
    await stand.subscribed(wanting())
    await stand.announce(SPEC.key)
    asked = len(stand.room.recordings.asked)
    stand.room.recordings.transcripts = {URL: stand.room.spoken}
    stand.room.clock.advance(AGAIN - HOUR)
    await stand.announce(SPEC.key)
    assert (await stand.postings(), len(stand.room.recordings.asked)) == ([], asked)
    stand.room.clock.advance(HOUR)
    await stand.announce(SPEC.key)
    assert len(await stand.postings()) == 1


async def test_what_goes_wrong_is_told_and_tried_again_after_three_hours() -> None:
    """A show that is down: the bot goes on, and posts no blurb."""
    stand = Stand()
    await stand.published()
    await stand.subscribed(wanting())
    stand.room.recordings.down = SourceUnavailable("longwatch.example does not answer.")
    stand.room.recordings.episodes = {}
    await stand.announce(SPEC.key)
    await stand.announce(SPEC.key)
    assert stand.room.events.names().count("transcript_not_had") == 1
    assert await stand.postings() == []
    stand.room.recordings.down = None
    stand.room.recordings.episodes = {URL: stand.room.facts}
    stand.room.clock.advance(AGAIN)
    await stand.announce(SPEC.key)
    assert len(await stand.postings()) == 1


async def test_what_goes_wrong_for_one_language_stops_no_other() -> None:
    """The Russian overview cannot be had; who reads English has theirs."""
    stand = Stand(Room(desks=ROSTERS, transcript=False, ears=ears()))
    await stand.published(offers=False)
    await stand.subscribed(wanting("a"), wanting("b", language="ru"), wanting("c", language="xx"))
    await stand.announce(SPEC.key)
    assert len(await stand.postings()) == 3
    stand = Stand()
    await stand.published()
    await stand.subscribed(wanting("a", language="ru"), wanting("b"))
    calls: list[str] = []
    read = stand.room.recordings.transcript

    async def once(facts: Any) -> Any:
        calls.append(facts.id)
        if len(calls) == 2:
            raise ConfigError(["There is no way to hear it."])
        return await read(facts)

    stand.room.recordings.transcript = once  # type: ignore[method-assign]  # a service that fails in between
    await stand.announce(SPEC.key)
    (posting,) = await stand.postings()
    assert posting.language == "en"
    assert stand.reports == ["There is no way to hear it."]


async def test_nobody_wants_it_and_it_is_read_all_the_same() -> None:
    """Where its publisher offers a transcript: editions can cite what was said."""
    stand = Stand()
    await stand.published()
    await stand.announce(SPEC.key)
    assert await stand.room.listening.episode(stand.room.facts.id)
    assert await stand.postings() == []
    quiet = Stand()
    await quiet.published(offers=False)
    await quiet.announce(SPEC.key)
    assert quiet.room.recordings.asked == []


async def test_what_nobody_wants_is_never_heard() -> None:
    """Also where the offered transcript is not there; and no overview of a blurb stands in the way later."""
    hears = ears()
    stand = Stand(Room(desks=ROSTERS, transcript=False, ears=hears))
    await stand.published()
    await stand.announce(SPEC.key)
    assert hears.heard == []
    assert stand.reports == ["Its transcript is not there yet."]
    assert await stand.room.listening.episode(stand.room.facts.id) is None


async def test_what_somebody_wants_is_heard_once_for_all_languages() -> None:
    """To hear an hour takes long; ears that fail are told of."""
    hears = ears()
    stand = Stand(Room(desks=ROSTERS, transcript=False, ears=hears))
    await stand.published(offers=False)
    await stand.subscribed(wanting("a"), wanting("b", language="ru"))
    await stand.announce(SPEC.key)
    assert len(await stand.postings()) == 2
    assert len(hears.heard) == 1

    class Deaf(MemoryEars):
        async def hear(self, media: str, *, language: str | None = None) -> Any:
            raise SpeechError("The sound could not be heard.")

    stand = Stand(Room(desks=ROSTERS, transcript=False, ears=Deaf()))
    await stand.published(offers=False)
    await stand.subscribed(wanting())
    await stand.announce(SPEC.key)
    assert (await stand.postings(), stand.reports) == ([], ["The sound could not be heard."])


async def test_an_unknown_source_is_nothing() -> None:
    """Nothing was gathered of it."""
    stand = Stand()
    await stand.announce("podcast:nobody")
    assert await stand.postings() == []


async def test_only_the_newest_tried_are_remembered() -> None:
    """The memory of a process that runs for years stays small."""
    stand = Stand()
    await stand.published()
    stand.announce._tried = {f"{number:016x}": NOON for number in range(1_000)}
    await stand.announce(SPEC.key)
    assert len(stand.announce._tried) == 1_000
    assert stand.room.facts.id in stand.announce._tried

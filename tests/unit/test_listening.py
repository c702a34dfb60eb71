"""Overviews: made once for everybody, kept, posted through the ledger; what is not whole is not published."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.locale.catalogue import FluentCatalogue
from adapters.storage.memory import MemoryStore
from adapters.wire.cores import InProcess
from bot.config import ModelSettings
from bot.domain.desk import Desks, OpenDesk
from bot.domain.episodes.check import faults
from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.identity import canonical_link
from bot.domain.item import Item, ItemKind, Recording, item_id
from bot.domain.recording import TranscriptLink
from bot.domain.roster import Roster, SourceSpec, SourceType, Thinker, ThinkerKind
from bot.domain.transcript import Cue, Transcript
from bot.errors import LimitReached, ModelUnavailable, NotFoundError, SourceRefused, SourceUnavailable
from bot.ports.recordings import Upload
from bot.services.allowance import Allowance
from bot.services.listening import Listening
from bot.services.retelling import Retelling
from bot.services.shows import ShowRoom, is_address
from tests.fakes.clock import FakeClock
from tests.fakes.crew import KeptEvents
from tests.fakes.model import FakeModel
from tests.fakes.office import DESKS, MEMBER, OTHER, ROOM, TENANT
from tests.fakes.readings import NOON
from tests.fakes.recordings import MemoryEars, MemoryRecordings
from tests.fakes.retelling import retelling_of
from tests.unit.episode_samples import sample
from tests.unit.test_retelling import good

URL = "https://longwatch.example/88"


class Room:
    """A listening room with one episode, and everything around it."""

    def __init__(
        self,
        *,
        transcript: bool = True,
        ears: MemoryEars | None = None,
        model: FakeModel | None = None,
        desks: Mapping[str, OpenDesk] = DESKS,
        **limits: int,
    ) -> None:
        facts, spoken = sample()
        self.facts = replace(facts, id=item_id(canonical_link(URL) or ""), url=URL)
        self.spoken = spoken
        self.clock = FakeClock(NOON, still=model is not None)
        self.store = MemoryStore(now=self.clock.now)
        self.events = KeptEvents()
        self.recordings = MemoryRecordings(
            episodes={URL: self.facts},
            transcripts={URL: spoken} if transcript else {},
            files={"talk.vtt": (replace(facts, id="f" * 16, url=None), spoken)},
        )
        self.shows = ShowRoom(self.store, Desks.of(desks))
        self.listening = Listening(
            store=self.store,
            clock=self.clock,
            cores=InProcess(),
            catalogue=FluentCatalogue(),
            recordings=self.recordings,
            transcriber=ears,
            shows=self.shows,
            desks=desks,
            allowance=Allowance(self.store, self.clock, limits),
            events=self.events,
            retelling=self._retelling(model),
        )

    def _retelling(self, model: FakeModel | None) -> Retelling | None:
        if model is None:
            return None
        return retelling_of(model, self.store, self.clock, self.events, ModelSettings("", ""))


async def test_an_overview_is_made_once_for_everybody() -> None:
    """A second server gets the first one's, without a request, and it is whole."""
    room = Room()
    stages: list[str] = []

    async def told(stage: str) -> None:
        stages.append(stage)

    first = await room.listening.overview(MEMBER, URL, told=told)
    assert first.id == item_id(canonical_link(URL) or "")
    assert faults(first, room.spoken) == ()
    assert stages == ["finding", "reading", "composing"]
    assert await room.listening.overview(replace(MEMBER, tenant=OTHER), f"{URL}?utm_source=chat") == first
    assert room.recordings.asked == [f"find {URL}", f"transcript {room.facts.title}"]


async def test_a_reader_of_another_interface_gets_frames_in_their_language() -> None:
    """Under an id of its own; what was said stays as it was said."""
    room = Room()
    english = await room.listening.overview(MEMBER, URL)
    russian = await room.listening.overview(replace(MEMBER, language="ru"), URL)
    assert (english.card.language, russian.card.language) == ("en", "ru")
    assert english.id != russian.id
    assert [c.quotes for c in english.chapters] == [c.quotes for c in russian.chapters]


async def test_what_is_given_to_us_stays_with_who_gave_it() -> None:
    """The same file in two servers is two overviews, and neither sees the other's."""
    room = Room()
    upload = Upload("talk.vtt", b"WEBVTT")
    ours = await room.listening.overview(MEMBER, upload)
    theirs = await room.listening.overview(replace(MEMBER, tenant=OTHER), upload)
    assert ours.id != theirs.id
    assert await room.listening.episode(ours.id, tenant=TENANT) == ours
    assert await room.listening.episode(ours.id, tenant=OTHER) is None
    with pytest.raises(NotFoundError):
        await room.listening.publish(ours.id, ROOM, tenant=OTHER)


async def test_it_is_posted_once_to_a_place() -> None:
    """Through the ledger, under the id of the overview."""
    room = Room()
    made = await room.listening.overview(MEMBER, URL)
    assert await room.listening.publish(made.id, ROOM, tenant=TENANT)
    assert not await room.listening.publish(made.id, ROOM, tenant=TENANT)
    async with room.store.unit() as unit:
        (posting,) = await unit.postings.find(due_by=NOON)
    assert (posting.edition, posting.language, posting.tenant) == (made.id, "en", TENANT)


async def test_what_nobody_wrote_down_is_heard() -> None:
    """Where there are ears; and the overview says so."""
    facts, spoken = sample()
    ears = MemoryEars([Cue(said.text, said.start, said.end) for said in spoken.utterances])
    room = Room(transcript=False, ears=ears)
    room.recordings.episodes = {URL: replace(room.facts, media="https://longwatch.example/88.mp3")}
    made = await room.listening.overview(MEMBER, URL)
    assert made.card.transcript == "speech"
    assert ears.heard == [f"https://longwatch.example/88.mp3 {facts.language}"]


async def test_without_words_there_are_the_show_notes_and_it_says_so() -> None:
    """Nothing is guessed; some hours later a transcript is looked for again."""
    room = Room(transcript=False)
    made = await room.listening.overview(MEMBER, URL)
    assert made.card.transcript is None
    assert not made.entities
    assert faults(made, None) == ()
    assert await room.listening.overview(MEMBER, URL) == made
    room.recordings.transcripts = {URL: room.spoken}
    room.clock.advance(timedelta(hours=3))
    assert (await room.listening.overview(MEMBER, URL)).card.transcript == room.spoken.origin


async def test_nothing_to_sum_up_is_said_and_nothing_is_kept() -> None:
    """No notes, a handful of words, a page that is down: a sentence each, and the day's limit is untouched."""
    room = Room(transcript=False, episode=1)
    room.recordings.episodes = {URL: EpisodeFacts(room.facts.id, "Silence", url=URL)}
    with pytest.raises(SourceRefused, match="nothing to sum up"):
        await room.listening.overview(MEMBER, URL)
    room.recordings.transcripts = {URL: Transcript(room.spoken.utterances[:1], "en", "publisher")}
    with pytest.raises(SourceRefused, match="too few for an overview"):
        await room.listening.overview(MEMBER, URL)
    room.recordings.down = SourceUnavailable("longwatch.example does not answer.")
    with pytest.raises(SourceUnavailable):
        await room.listening.overview(MEMBER, URL)
    assert await room.listening.episode(room.facts.id) is None
    room.recordings.down = None
    room.recordings.transcripts = {URL: room.spoken}
    assert (await room.listening.overview(MEMBER, URL)).chapters


async def test_a_transcript_that_is_kept_from_us_is_not_guessed() -> None:
    """There are the show notes then; without any, the reason is told."""
    room = Room()
    room.recordings.refused = SourceUnavailable("YouTube does not give its captions to this server.")
    assert (await room.listening.overview(MEMBER, URL)).card.transcript is None
    room.recordings.episodes = {URL + "9": EpisodeFacts("9" * 16, "Silence", url=URL + "9")}
    with pytest.raises(SourceUnavailable, match="YouTube"):
        await room.listening.overview(MEMBER, URL + "9")


async def test_new_overviews_are_limited_and_kept_ones_are_free() -> None:
    """Ten a day and person; here one."""
    room = Room(episode=1)
    await room.listening.overview(MEMBER, URL)
    await room.listening.overview(MEMBER, URL)
    with pytest.raises(LimitReached):
        await room.listening.overview(MEMBER, Upload("talk.vtt", b"WEBVTT"))
    assert (await room.listening.overview(MEMBER, Upload("talk.vtt", b"WEBVTT"), counted=False)).chapters


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://a.example/1", True),
        ("a.example/1", True),
        ("Lamps that answer", False),
        ("Lamps", False),
        ("Why?", False),
        ("What is it about, then.", False),
    ],
)
def test_an_address_is_told_from_a_name(text: str, address: bool) -> None:
    """Names may end with a full stop."""
    assert is_address(text) is address


async def test_an_episode_of_a_show_that_is_read_is_found_by_its_name() -> None:
    """As its page tells, or, where that is down, as the feed told; an unknown name is answered with the nearest."""
    spec = SourceSpec(SourceType.PODCAST, "https://longwatch.example/feed")
    roster = Roster((Thinker("long-watch", "Long Watch", ThinkerKind.PODCAST, (spec,)),))
    room = Room(desks={"default": replace(DESKS["default"], roster=roster)})
    links = (TranscriptLink("https://longwatch.example/88.vtt", "text/vtt"),)
    recording = Recording(room.facts.duration, links, language="en", show="Long Watch")
    item = Item(
        room.facts.id,
        spec.key,
        "88",
        URL,
        room.facts.title,
        room.facts.notes,
        ItemKind.EPISODE,
        NOON,
        NOON,
        False,
        recording=recording,
    )
    async with room.store.unit() as unit:
        await unit.items.add([item])
        await unit.commit()
    room.recordings.episodes = {}
    made = await room.listening.overview(MEMBER, room.facts.title.lower())
    assert (made.id, made.show) == (room.facts.id, "Long Watch")
    assert room.recordings.asked == [f"find {URL}", f"transcript {room.facts.title}"]
    with pytest.raises(NotFoundError, match="nearest"):
        await room.listening.overview(MEMBER, "a completely different thing")
    (show,) = await room.shows.shows(TENANT)
    assert (show.name, show.episodes, show.transcripts, show.language) == ("Long Watch", 1, 1, "en")
    found, listed = await room.shows.episodes(TENANT, "long watch")
    assert found == show
    assert [(one.title, one.transcript, one.overview) for one in listed] == [(room.facts.title, True, True)]


async def test_with_a_model_it_is_in_the_models_words() -> None:
    """Which is told while it is waited for; the card says who wrote it, and it is whole."""
    room = Room(model=FakeModel(good))
    stages: list[str] = []

    async def told(stage: str) -> None:
        stages.append(stage)

    made = await room.listening.overview(MEMBER, URL, told=told)
    assert stages == ["finding", "reading", "composing", "writing"]
    assert made.card.writer == "written by tide-large, checked"
    assert faults(made, room.spoken) == ()


async def test_what_was_selected_is_written_when_there_is_a_model() -> None:
    """Some hours later, from the transcript that is kept; a model that does not manage is not asked at once again."""
    silent = FakeModel(lambda _: ModelUnavailable("gone"))
    room = Room(model=silent)
    selected = await room.listening.overview(MEMBER, URL)
    assert selected.card.writer == "selected"
    asked = len(silent.asked)
    assert await room.listening.overview(MEMBER, URL) == selected
    assert len(silent.asked) == asked
    room.clock.advance(timedelta(hours=4))
    silent.mind = good
    written = await room.listening.overview(MEMBER, URL)
    assert written.card.writer == "written by tide-large, checked"
    assert [chapter.quotes for chapter in written.chapters] == [chapter.quotes for chapter in selected.chapters]
    assert room.recordings.asked == [f"find {URL}", f"transcript {room.facts.title}"]
    assert await room.listening.overview(MEMBER, URL) == written

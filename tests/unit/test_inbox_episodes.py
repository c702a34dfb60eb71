"""The inbox where an episode is talked about, and where somebody sends a link or a transcript."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.locale.catalogue import FluentCatalogue
from adapters.storage.memory import MemoryStore
from bot.domain.message import Answer, EpisodeOverview, Message, Notice, Progress
from bot.domain.place import Attachment, Inbound
from bot.errors import ConfigError, CoresError, LimitReached, NotFoundError, SourceRefused, SpeechError
from bot.services.discuss import Discuss
from bot.services.inbox import Inbox, InboxRules
from bot.services.listened import Wanted, wanted_of
from tests.fakes.clock import FakeClock
from tests.fakes.episodes import episode, kept
from tests.fakes.talk import NOON, FakeReplyHandle, typed
from tests.unit.test_inbox import SlowDiscuss

LINK = "https://saltroad.example/12"
FILE = Attachment("talk.vtt", "https://files.example/1", 900)


class Slow(SlowDiscuss):
    """Takes longer than anybody's patience, which is none here."""

    seconds = 0.01


class Seen(FakeReplyHandle):
    """Tells when progress is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = asyncio.Event()

    async def progress(self, message: Message) -> None:
        await super().progress(message)
        self.waiting.set()


class Thread:
    """A thread under an overview, with ears that give the sample episode, or raise."""

    def __init__(self, store: MemoryStore, discuss: Discuss, *, listens: bool, pace: InboxRules | None = None) -> None:
        self.handle = Seen()
        self.heard: list[Wanted] = []
        self.error: Exception | None = None
        self.wait = 0.0
        self.reports: list[str] = []
        self._count = 0
        self._inbox = Inbox(
            store,
            discuss,
            FluentCatalogue(),
            FakeClock(NOON),
            report=lambda i, e: self.reports.append(type(e).__name__),
            rules=pace or InboxRules(patience=timedelta(0)),
            listen=self._listen if listens else None,
        )

    async def say(self, text: str, **facts: object) -> list[Message]:
        """What is answered to a message."""
        self._count += 1
        before = len(self.handle.answers)
        await self._inbox(typed(text, **{"id": f"m{self._count}", "edition": episode().id, **facts}), self.handle)
        return [message for message, _ in self.handle.answers[before:]]

    async def _listen(self, asked: Inbound, wanted: Wanted) -> Message:
        self.heard.append(wanted)
        if self.wait:
            await asyncio.sleep(self.wait)
        if self.error is not None:
            raise self.error
        return EpisodeOverview(episode())


async def thread(*, listens: bool = True, tenant: str | None = None, slow: bool = False) -> Thread:
    store = MemoryStore()
    async with store.unit() as unit:
        await unit.episodes.put(kept(tenant))
        await unit.commit()
    kind = Slow if slow else Discuss
    return Thread(store, kind(store, FluentCatalogue()), listens=listens)


async def test_a_typed_word_under_an_episode_is_answered_about_it() -> None:
    """The answer knows its episode, and the words that give it again."""
    here = await thread()
    (answer,) = await here.say("chapter 4")
    assert isinstance(answer, Answer)
    assert answer.edition == episode()
    assert (answer.command, answer.reply.story) == ("chapter 4", 4)
    assert await here.say("did you eat already?") == []


async def test_who_waits_under_an_episode_sees_what_is_read() -> None:
    """One source: the episode."""
    here = await thread(slow=True)
    await here.say("chapter 4")
    assert here.handle.progresses == [Progress(1, "en", episode().id)]


async def test_what_was_made_of_a_file_is_answered_where_it_was_given_only() -> None:
    """Elsewhere it is not kept, as far as anybody can see."""
    here = await thread(tenant="discord:1")
    assert [type(m) for m in await here.say("chapter 4", tenant="discord:1")] == [Answer]
    assert await here.say("nice weather today", tenant="discord:2") == []
    (notice,) = await here.say("chapter 4", tenant="discord:2", mentions_us=True)
    assert isinstance(notice, Notice)
    assert notice.text == "This episode is no longer kept."


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (LINK, LINK),
        (f" {LINK}\n", LINK),
        (f"<{LINK}>", LINK),
        (f"<{LINK}|saltroad.example>", LINK),
        ("HTTPS://saltroad.example/12?a=1", "HTTPS://saltroad.example/12?a=1"),
    ],
)
async def test_a_link_that_is_sent_to_us_becomes_an_overview(text: str, address: str) -> None:
    """As it is typed, and as Slack writes it."""
    here = await thread()
    assert await here.say(text, mentions_us=True, edition=None) == [EpisodeOverview(episode())]
    assert here.heard == [address]


@pytest.mark.parametrize("name", ["talk.vtt", "Talk.SRT", "talk.json", "a b.md", "notes.txt"])
async def test_a_transcript_that_is_sent_to_us_becomes_an_overview(name: str) -> None:
    """Told by its name; what is in it is found out later."""
    here = await thread()
    file = replace(FILE, name=name)
    assert await here.say("", mentions_us=True, attachments=(file,)) == [EpisodeOverview(episode())]
    assert here.heard == [file]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (LINK, {}),
        (f"look at {LINK} please", {"mentions_us": True}),
        ("ftp://saltroad.example/12", {"mentions_us": True}),
        ("", {"attachments": (FILE,)}),
        ("nice", {"mentions_us": True, "attachments": (replace(FILE, name="cat.png"),)}),
    ],
)
def test_what_is_not_for_us_or_no_link_alone_is_a_message_like_any_other(text: str, facts: dict[str, object]) -> None:
    """People post links to each other all day."""
    assert wanted_of(typed(text, **facts)) is None


async def test_without_ears_a_link_is_a_question() -> None:
    """And is answered as one."""
    here = await thread(listens=False)
    (answer,) = await here.say(LINK, mentions_us=True)
    assert isinstance(answer, Answer)


@pytest.mark.parametrize(
    "error",
    [
        ConfigError(["That is a playlist. Send one video of it."]),
        SourceRefused("That video is private."),
        SpeechError("The recording could not be heard."),
        NotFoundError("No episode has this name."),
    ],
)
async def test_what_is_wrong_with_a_link_is_told_in_its_words(error: Exception) -> None:
    """Whoever sent it can do something about it."""
    here = await thread()
    here.error = error
    assert await here.say(LINK, mentions_us=True) == [Notice(str(error))]
    assert here.reports == []


async def test_other_troubles_are_told_as_everywhere() -> None:
    """With an id where somebody has to look, with a time where there is more tomorrow."""
    here = await thread()
    here.error = CoresError("out of time")
    (trouble,) = await here.say(LINK, mentions_us=True)
    assert isinstance(trouble, Notice)
    assert trouble.note is not None
    assert here.reports == ["CoresError"]
    here.error = LimitReached(most=3, until=NOON)
    (spent,) = await here.say(LINK, mentions_us=True)
    assert isinstance(spent, Notice)
    assert "20 Nov 12:00 UTC" in spent.text


async def test_who_waits_for_an_overview_sees_it_and_may_stop_it() -> None:
    """What is said in place of the progress is that it was stopped."""
    here = await thread()
    here.wait = 60.0
    asking = asyncio.create_task(here.say(LINK, mentions_us=True))
    await here.handle.waiting.wait()
    (progress,) = here.handle.progresses
    assert isinstance(progress, Notice)
    assert progress.text == "Looking for the episode and its transcript"
    assert [action.command for action in progress.actions] == ["stop"]
    await here.say("stop", mentions_us=True)
    await asking
    assert Notice("Stopped.") in [message for message, _ in here.handle.answers]


async def test_links_count_as_questions() -> None:
    """One person cannot use up the ears of all."""
    store = MemoryStore()
    rules = InboxRules(pace=replace(InboxRules().pace, minute=1))
    here = Thread(store, Discuss(store, FluentCatalogue()), listens=True, pace=rules)
    assert await here.say(LINK, mentions_us=True, edition=None) == [EpisodeOverview(episode())]
    (notice,) = await here.say(LINK, mentions_us=True, edition=None)
    assert isinstance(notice, Notice)
    assert len(here.heard) == 1

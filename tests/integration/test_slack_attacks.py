"""Hostile words in every place that words of others reach, through everything by which something of ours gets to Slack.

Judged by what was asked of Slack: nobody is told, no page is unfolded, no link says that it leads to another site than
it does or leads to what was not cited, and nothing is markup that we did not mean.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from adapters.platforms.slack.kit import Kit
from adapters.platforms.slack.posting.finding import Finder
from adapters.platforms.slack.posting.places import Places
from adapters.platforms.slack.posting.poster import Poster
from bot.domain.conversation.retrieval import Shelf
from bot.domain.desk import DEFAULT_DESK, OpenDesk
from bot.domain.edition import Citation, Edition, Position, Sentence, Story
from bot.domain.ledger import State
from bot.domain.message import EditionCard, part_name, thread_of
from bot.domain.place import Place
from bot.domain.reply import Action, Reply
from bot.domain.roster import Roster
from bot.domain.timetable import Schedule
from tests.contract.ledger_samples import a_posting, begin, keep_posting, parts_of, settle, take
from tests.fakes.held import HeldDiscuss
from tests.fakes.hostile_text import ALL
from tests.fakes.office import Bench
from tests.fakes.slack import Message
from tests.integration.slack_brief import brief
from tests.integration.slack_harbour import CATALOGUE, Harbour, harbour
from tests.integration.slack_judge import Judge
from tests.unit.rendering_samples import full
from tests.unit.test_discuss import keep
from tests.unit.writing_samples import PRESS

AT_ONCE = 6
"""Of an edition's stories, each says something else."""
FEED = "https://lovelace.example/feed.xml"
WAYS = ("", "ask ", "search ", "sources add ", "sources test ", "sources remove ", "sources propose ", "pause ")
MOST_CHANNELS = 16
"""Of a workspace with editions: more are not listed."""


class Credulous(HeldDiscuss):
    """A model that repeats whatever it was told, and cites for it."""

    says: tuple[str, ...] = ()

    async def reply(self, edition: str | Shelf, text: str, *, language: str, **more: Any) -> Reply:
        """Look-ups as ever."""
        if self.command(text) is not None or not isinstance(edition, Shelf):
            return await super().reply(edition, text, language=language, **more)
        said = tuple(Sentence(one, ("1.1",)) for one in self.says)
        actions = (Action("sources", "sources 1"),)
        return Reply("answer", said, edition.edition.citations, actions=actions)


@dataclass(frozen=True)
class Words:
    """Hostile words for one edition: another one each time."""

    first: int

    def __call__(self, n: int) -> str:
        return ALL[(self.first + n) % len(ALL)]


def poisoned(words: Words) -> Edition:
    """An edition in which everything that somebody else has written is hostile."""
    base = full()
    name = f"harbour-20261120-am-{words.first:08x}"
    citations = tuple(_cited(one, words) for one in base.citations)
    stories = tuple(_told(one, words, name) for one in base.stories)
    thinkers = tuple(
        replace(one, name=words(n)[:200], handle=words(n + 1)[:80], url=f"https://site.example/{words(n)[:200]}")
        for n, one in enumerate(base.thinkers)
    )
    asked = Sentence(words(4), ("4.1",))
    return replace(
        base,
        id=name,
        title=words(0),
        lede=words(1),
        desk_name=words(2)[:60],
        citations=citations,
        stories=stories,
        thinkers=thinkers,
        open_question=asked,
    )


def _cited(one: Citation, words: Words) -> Citation:
    spans = tuple(replace(span, text=words(one.n + n)) for n, span in enumerate(one.passages))
    url = f"https://source-{one.n}.example/{words(one.n)[:300]}"
    return replace(one, title=words(one.n)[:300], thinker=words(one.n + 1)[:200], url=url, passages=spans)


def _told(one: Story, words: Words, edition: str) -> Story:
    n = one.number
    said = Sentence(words(n), ("1.1", "4.1"))
    quote = one.pull_quote and replace(one.pull_quote, text=words(n), thinker=words(n + 1)[:200])
    return replace(
        one,
        id=f"{edition}/{n}",
        title=words(n)[:1000],
        standfirst=said,
        body=(said, Sentence(words(n + 1), ("1.2",))),
        positions=tuple(_held(position, words, n) for position in one.positions),
        counter=replace(one.counter, text=words(n + 2)),
        pull_quote=quote,
        so_what=words(n + 3),
        connects_to=(),
        analogy=None,
    )


def _held(one: Position, words: Words, n: int) -> Position:
    return replace(one, claim=words(n), thinker=words(n + 1)[:200])


async def published(here: Harbour, kit: Kit, edition: Edition) -> dict[str, Message]:
    """Delivered as the core does it, by the real adapter; then the card is revised, which adds its links."""
    await keep(here.store, edition)
    posting = a_posting(f"{edition.id}/x", place=here.place, edition=edition.id, tenant=f"slack:{here.team.id}")
    await keep_posting(here.store, posting)
    places = Places(kit)
    poster = Poster(kit, places, Finder(kit, places))
    parts = thread_of(edition)
    place, found = here.place, {}
    deliveries = await begin(here.store, posting.key, parts_of(posting, tuple(map(part_name, parts))))
    for part, delivery in zip(parts, deliveries, strict=True):
        ref = await poster.post(place, part, key=delivery.key)
        place = Place(place.platform, place.id, ref.place.thread)
        claimed = await take(here.store, delivery)
        assert claimed is not None
        await settle(here.store, replace(claimed, state=State.SENT, message=ref.id, thread=ref.place.thread))
        found[part_name(part)] = here.fake.world.messages[here.keepers.id, ref.id]
        if isinstance(part, EditionCard):
            card = ref
    await poster.revise(card, EditionCard(edition))
    return found


def batches() -> Iterator[Words]:
    """So many that each of the words was in each kind of place."""
    return map(Words, range(0, len(ALL), AT_ONCE - 1))


async def test_hostile_words_are_only_words_wherever_they_come_from_and_however_they_get_there() -> None:
    """Titles, names, quotations, sites, addresses, questions, people, who shares, and what a model makes of them: each
    of the words in each of these places, by messages, their changes, streams, windows, prompts and status lines.
    """
    async with harbour() as here:
        here.discuss = told = Credulous(here.store, CATALOGUE)
        allowed: set[str] = set()
        async with here.awake() as kit:
            for words in batches():
                edition = poisoned(words)
                allowed |= {one.url for one in edition.citations} | {one.url for one in edition.thinkers if one.url}
                told.says = tuple(words(n) for n in range(AT_ONCE))
                posted = await published(here, kit, edition)
                await used(here, posted, words)
                here.clock.advance(here.rules.patience)
        assert here.reports == []
        judge = Judge(here.fake, frozenset(allowed))
        assert judge.faults() == []


@pytest.mark.parametrize(
    "text",
    [
        *(
            "<!channel>",
            "a <!here|x>",
            "<@U00000001>",
            "a & b",
            "a < b",
            "1 > 0",
            "<https://evil.example|x>",
            "\u202ex",
        ),
        *("<https://cited.example/1|evil.example>", "<https://cited.example/1>", "see https://evil.example"),
    ],
)
async def test_the_judge_sees_what_is_wrong(text: str) -> None:
    """Of each; and lets pass what we mean."""
    async with harbour() as here:
        judge = Judge(here.fake, frozenset({"https://cited.example/1"}))
        assert list(judge.mrkdwn(text))
        assert list(judge.markdown(text)) or text in {"a & b", "1 > 0"} or "|" in text
        own = "*<https://cited.example/1|[1]>* a &amp; b <!date^1795136700^{date_short} at {time}|20 Nov>"
        assert not list(judge.mrkdwn(own))
        assert not list(judge.markdown("a & b [[1]](https://cited.example/1) \\<x> \\[y\\](z)"))
        assert list(judge.markdown("[evil.example](https://cited.example/1)"))
        assert list(judge.markdown("[a](https://evil.example)"))


async def used(here: Harbour, posted: dict[str, Message], words: Words) -> None:
    """People with hostile names look, ask, and show others, also in channels with such names."""
    people = [here.person(words(n)[:80]) for n in range(AT_ONCE - 1)]
    thread = posted["card"].thread
    for n, who in enumerate(people):
        quay = here.fake.add_channel(here.team, words(n)[:80])
        here.fake.join(quay)
        here.fake.join(quay, who)
        form = await who.press(posted["card"], "Share to a channel", story=1 + n % 3)
        await who.submit(form, channel=quay.id)
        await who.close()
        asked = await who.say(here.keepers, f"@Counterpoint what about {words(n)}?", thread=thread)
        assert asked.message.text
    nell, omar, *_ = people
    shared = await omar.press(posted["story-2"], "Sources")
    await omar.submit(shared)
    await omar.close()
    await nell.press(posted["story-3"], "Counter view")
    await nell.close()
    form = await nell.press(posted["card"], "Ask a question")
    await nell.submit(form, question=f"Why {words(5)}?"[:1000])
    await nell.close()
    await omar.say(here.keepers, f"who is {words(2)[:60]}", thread=thread, until="heard")
    await omar.say(here.keepers, "sources", thread=thread)
    await nell.open_chat()


def named(first: int) -> dict[str, OpenDesk]:
    """Desks and rosters with hostile names, sites and reasons."""
    words = Words(first)
    press = tuple(
        replace(one, name=words(n)[:200], why=words(n + 1)[:200], topics=(words(n + 2)[:60],))
        for n, one in enumerate(PRESS)
    )
    known = replace(DEFAULT_DESK, name=words(0)[:60] or "x", tagline=words(1)[:90])
    return {"default": OpenDesk(known, Roster(press), Schedule("UTC"), "en")}


async def test_hostile_words_are_only_words_in_commands_forms_and_app_home() -> None:
    """What is typed after a command, what a feed calls itself, names of desks, thinkers and channels."""
    async with brief() as space:
        for first in range(0, len(ALL), len(PRESS)):
            space.bench = Bench(named(first))
            space.bench.publishes(FEED, ALL[first][:200])
            async with space.awake():
                for n in range(first, min(first + len(PRESS), len(ALL))):
                    assert (await space.mira.command(f"/brief {WAYS[n % len(WAYS)]}{ALL[n]}", space.keepers)).text
                    if first < MOST_CHANNELS:
                        quay = space.fake.add_channel(space.team, ALL[n][:80])
                        space.fake.join(quay)
                        await space.subscribed(quay)
                for command in ("sources", "status", "settings", "doctor", f"sources add {FEED}"):
                    assert (await space.mira.command(f"/brief {command}", space.keepers)).text
                await space.mira.open_home()
        assert Judge(space.fake, frozenset({FEED}) | sites()).faults() == []


def sites() -> frozenset[str]:
    """Where the thinkers of the roster publish."""
    return frozenset(one.url or "" for one in PRESS)

"""What an edition written by a model takes, and how much of it is the model's; the server is the scripted one of tests.

Tokens are counted by that server, which also says how much of a prompt it has seen before, as vendors count it. The
mind is the honest one: it retells passages by safe grammatical means.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from adapters.roster.reading import load as load_roster
from adapters.storage.memory import MemoryStore
from bot.bootstrap import Application, application
from bot.config import ModelSettings, Settings
from bot.domain.checks import check
from bot.domain.edition import Edition, Window
from bot.domain.item import Item
from bot.domain.roster import Roster, SourceSpec, SourceType, Thinker, ThinkerKind
from bot.services.brief import Request
from tests.bench.row import Row
from tests.bench.scale import made
from tests.fakes.minds import Call, Good, MindServer

SOURCES = (150, 1_000, 10_000)
_END = datetime(2026, 1, 2, tzinfo=UTC)
_SECONDS = 2.0
"""That the slow model takes for each call."""
_WINDOWS = tuple(datetime(2026, 2, day, 3, 30, tzinfo=UTC) for day in (14, 16, 17, 18))


@dataclass(frozen=True, slots=True)
class Told:
    """An edition, and what it took."""

    edition: Edition
    calls: Sequence[Call]
    seconds: float
    """Of writing, without composing."""

    @property
    def taken(self) -> int:
        """Tokens in."""
        return sum(call.prompt_tokens for call in self.calls)

    @property
    def given(self) -> int:
        """Tokens out."""
        return sum(call.completion_tokens for call in self.calls)

    @property
    def common(self) -> float:
        """Share of the input of every call but the first that a provider can have kept."""
        later = self.calls[1:]
        return sum(call.cached_tokens for call in later) / max(1, sum(call.prompt_tokens for call in later))

    @property
    def own(self) -> float:
        """Share of the sentences that are the model's."""
        checks = self.edition.card.checks
        return 1 - checks.sentences_extractive / max(1, checks.sentences)


def measure(data: Path) -> Iterator[Row]:
    """Tokens at three sizes, time beside the longest chain of calls, and whose sentences they are."""
    for size in SOURCES:
        told = asyncio.run(_made_day(data, size))
        yield Row(
            f"an edition written from {size:,} sources ({2 * size:,} items), tokens in / out",
            f"{told.taken:,} / {told.given:,} in {len(told.calls)} calls, {len(told.edition.stories)} stories; "
            f"{told.common:.0%} of the input of calls 2 to {len(told.calls)} is a common prefix",
            "everything in the prompt: some 150 tokens an item",
            "<= 60,000 / 6,000, >= 80 %",
        )
    slow = asyncio.run(_made_day(data, SOURCES[0], seconds=_SECONDS))
    rounds = _chain(slow.calls)
    yield Row(
        f"time to write an edition with a model of {_SECONDS:g} s a call, beside its longest chain",
        f"{slow.seconds:.1f} s, {slow.seconds / (rounds * _SECONDS):.2f}x of {rounds} calls one after the other",
        f"{len(slow.calls)} calls one after the other {len(slow.calls) * _SECONDS:.0f} s",
        "<= 1.2x",
    )
    for told in asyncio.run(_real_days(data)):
        edition = told.edition
        verdict = check(edition)
        yield Row(
            f"real feeds, 96 hours to {edition.window.end:%d %b %H:%M}, sentences of the honest mind",
            f"{told.own:.1%} of {edition.card.checks.sentences}, {edition.card.checks.sentences_dropped} dropped, "
            f"{len(edition.stories)} stories, dialogue {_words(edition)} words, "
            f"{'valid' if verdict.ok else f'{len(verdict.faults)} faults'}; {told.taken:,} / {told.given:,} tokens",
            "",
            ">= 90 %",
        )


def _chain(calls: Sequence[Call]) -> int:
    """The longest chain of calls of which each began when the one before it had ended."""
    longest: list[int] = []
    for place, call in enumerate(calls):
        before = (
            longest[n] for n, one in enumerate(calls[:place]) if one.ended is not None and one.ended <= call.began
        )
        longest.append(1 + max(before, default=0))
    return max(longest, default=0)


def _words(edition: Edition) -> int:
    return sum(len(line.text.split()) for line in edition.dialogue)


async def _made_day(data: Path, sources: int, seconds: float = 0.0) -> Told:
    """An edition of a day of two items a source, from real items with words exchanged."""
    thinkers, items = _roster(data, sources)
    async with MindServer(Good(), seconds=seconds) as server, _bot(server.settings(), _END) as parts:
        async with parts.store.unit() as unit:
            await unit.items.add(items)
            await unit.commit()
        return await _told(parts, server, Request(Roster(thinkers), slot="am", hours=24))


def _roster(data: Path, sources: int) -> tuple[tuple[Thinker, ...], list[Item]]:
    specs = [SourceSpec(SourceType.FEED, f"https://t{n}.example/feed.xml") for n in range(sources)]
    thinkers = tuple(
        Thinker(f"t{n}", f"Thinker {_spelled(n)}", ThinkerKind.PERSON, (spec,)) for n, spec in enumerate(specs)
    )
    items = [replace(item, source=specs[n % sources].key) for n, (item, _) in enumerate(made(data, 2 * sources))]
    return thinkers, items


def _spelled(number: int) -> str:
    """A name of letters: a number in a name would be a number in a sentence."""
    letters = "abcdefghij"
    return "".join(letters[int(digit)] for digit in str(number)).capitalize()


async def _real_days(data: Path) -> list[Told]:
    """Editions of the real feeds at some days."""
    roster = load_roster(_real_roster(data))
    told = []
    for end in _WINDOWS:
        async with MindServer(Good()) as server, _bot(server.settings(), end) as parts:
            await parts.gather(roster)
            window = Window(end - timedelta(hours=96), end)
            told.append(await _told(parts, server, Request(roster, slot="am", hours=96, window=window)))
    return told


def _real_roster(data: Path) -> Path:
    """A roster of every real feed, named as the feed names itself, in a file beside nothing of ours."""
    import tempfile

    import feedparser

    lines = ["schema_version = 1", "topics = []"]
    for path in sorted((data / "real-feeds").glob("*/*.xml")):
        title = " ".join(str(feedparser.parse(path.read_bytes()).feed.get("title") or path.stem).split())[:60]
        name = "".join(letter for letter in title if letter.isprintable() and letter not in '"\\')
        identity = path.stem.lower().replace(".", "-").replace("_", "-")
        lines += ["[[thinkers]]", f'id = "{identity}"', f'name = "{name} ({identity[-4:]})"', 'kind = "newsletter"']
        lines += [f'sources = [{{ type = "file", path = "{path}" }}]']
    folder = Path(tempfile.mkdtemp())
    (folder / "roster.toml").write_text("\n".join(lines), encoding="utf-8")
    return folder / "roster.toml"


def _bot(model: ModelSettings, now: datetime) -> AbstractAsyncContextManager[Application]:
    settings = Settings("", None, Path(), None, "en", "UTC", (), model=model)
    return application(settings, now=now, roster_folder=Path(), store=MemoryStore())


async def _told(parts: Application, server: MindServer, request: Request) -> Told:
    """The written edition; composing it is not timed."""
    timed = _Timed(parts.write)
    parts.write = timed  # type: ignore[assignment]
    edition = await parts.brief(request)
    return Told(edition, server.answered, timed.seconds)


class _Timed:
    """Times writing."""

    def __init__(self, write: Any) -> None:
        self._write = write
        self.mark, self.choose = write.mark, write.choose
        self.seconds = 0.0

    async def __call__(self, *asked: Any) -> Edition:
        began = time.perf_counter()
        edition: Edition = await self._write(*asked)
        self.seconds = time.perf_counter() - began
        return edition

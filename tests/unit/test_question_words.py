"""The words of questions: in this process for a day at most, and never in the database."""

from datetime import timedelta
from pathlib import Path

import pytest

from adapters.locale.catalogue import FluentCatalogue
from adapters.storage.memory import MemoryStore
from adapters.storage.sql import build
from bot.errors import StoreUnavailable
from bot.ports.store import EditionKey, Store
from bot.services.deeds import Deeds
from bot.services.discuss import Discuss
from bot.services.inbox import Inbox
from bot.services.running import Running
from bot.services.subscribed import Subscribed
from tests.fakes.clock import FakeClock
from tests.fakes.talk import NOON, FakeReplyHandle, sample, typed

DAY = timedelta(hours=24)
TICK = timedelta(microseconds=1)
CANARY = "marzipanschildkröte"


class SometimesFails(Discuss):
    """Answers, unless a test says that it cannot."""

    error: Exception | None = None

    async def reply(self, edition, text, *, language, **more):
        if self.error is not None:
            raise self.error
        return await super().reply(edition, text, language=language, **more)


def some_deeds(store: Store) -> Deeds:
    catalogue = FluentCatalogue()
    return Deeds(Running(), Subscribed(store, FakeClock(NOON)), Discuss(store, catalogue), catalogue, None)


@pytest.mark.parametrize(("later", "again"), [(DAY - TICK, "sources 2"), (DAY, "retry")])
async def test_a_failed_question_can_be_asked_again_for_a_day(later: timedelta, again: str) -> None:
    """Then its words are gone, and `retry` is a word like others."""
    deeds = some_deeds(MemoryStore())
    deeds.remember(typed("sources 2"))
    asked = await deeds(typed("retry", at=NOON + later), FakeReplyHandle())
    assert asked is not None
    assert asked.text == again


async def test_whoever_writes_ends_what_others_asked_a_day_ago() -> None:
    """In order of asking, also where somebody asked twice; nothing younger."""
    deeds = some_deeds(MemoryStore())
    for author, hours in (("lena", 0), ("omar", 1), ("ada", 2), ("lena", 3)):
        deeds.remember(typed(f"{CANARY} {author}", author=author, at=NOON + timedelta(hours=hours)))
    await deeds(typed("good morning", author="else", at=NOON + timedelta(hours=1) + DAY), FakeReplyHandle())
    early = NOON + timedelta(hours=4)  # as if the clock were put back: what is gone does not come back
    found = [await deeds(typed("retry", author=name, at=early), FakeReplyHandle()) for name in ("omar", "ada", "lena")]
    assert [asked.text for asked in found if asked] == ["retry", f"{CANARY} ada", f"{CANARY} lena"]


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("counterpoint.db*")))


async def test_no_word_of_a_question_reaches_the_database(tmp_path: Path, caplog) -> None:
    """Answered, refused, pressed or failed: neither the file nor what is logged and reported has a trace of it."""
    store = build(f"sqlite:///{tmp_path}/counterpoint.db")
    edition = sample()
    async with store.unit() as unit:
        key = EditionKey(edition.desk, edition.id, edition.window, edition.slot, "en", "selected")
        await unit.editions.add(key, edition)
        await unit.commit()
    discuss, reports = SometimesFails(store, FluentCatalogue()), []
    inbox = Inbox(store, discuss, FluentCatalogue(), FakeClock(NOON), report=lambda i, e: reports.append(f"{i} {e!r}"))
    handle = FakeReplyHandle()
    words = (f"What does Ada say about {CANARY}?", f"sources {CANARY}", f"{CANARY} is what I had for lunch")
    for number, text in enumerate(words):
        for pressed in (False, True):
            await inbox(
                typed(text, id=f"{number}{pressed}", edition=edition.id, mentions_us=True, pressed=pressed), handle
            )
    discuss.error = StoreUnavailable("gone")
    await inbox(typed(words[0], id="f", edition=edition.id, mentions_us=True), handle)
    await store.close()
    assert len(handle.answers) == len(words) * 2 + 1
    kept = everything_in(tmp_path)
    assert edition.title.encode() in kept
    for trace in ("marzipan", "schildkr", "lunch"):
        assert trace.encode() not in kept
        assert trace not in " ".join(reports) + caplog.text
    assert len(reports) == 1

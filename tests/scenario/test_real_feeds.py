"""Editions of real feeds: what is shown stands in the feeds, and the order of truth holds."""

import html
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.storage.memory import MemoryStore
from adapters.wire.contract import from_json, to_json
from bot.bootstrap import application
from bot.config import Settings
from bot.domain.checks import check
from bot.domain.edition import Edition
from bot.domain.roster import Roster, SourceSpec, SourceType, Thinker, ThinkerKind
from bot.services.brief import Request

pytestmark = pytest.mark.real_data

_MARKUP = re.compile(r"<!\[CDATA\[|\]\]>|</?[A-Za-z][^<>]*>")


def roster_of(files: Sequence[Path]) -> Roster:
    """One thinker a file, who carries its name."""
    return Roster(
        tuple(
            Thinker(
                id=file.stem.replace("_", "-"),
                name=f"{file.stem.removeprefix('feed_').replace('_', ' ').title()} Feed",
                kind=ThinkerKind.NEWSLETTER,
                sources=(SourceSpec(SourceType.FILE, str(file)),),
            )
            for file in files
        )
    )


async def composed(files: Sequence[Path], now: datetime) -> Edition:
    """Gather the files and compose the edition of the 72 hours before `now`."""
    roster = roster_of(files)
    settings = Settings("", Path(), Path(), None, "en", "UTC", ())
    async with application(settings, now=now, roster_folder=files[0].parent, store=MemoryStore()) as parts:
        report = await parts.gather(roster)
        assert not [source for source in report.sources if source.state != "ok"]
        return await parts.brief(Request(roster, slot="am", hours=72))


def folded(text: str) -> str:
    """A text without mark-up and escapes, its white space folded."""
    for _ in range(3):  # escaped mark-up inside escaped mark-up is common
        text = html.unescape(_MARKUP.sub("", text))
    return " ".join(text.split())


def foreign_passages(edition: Edition, files: Sequence[Path]) -> list[str]:
    """Passages that are not found in the file of who is said to have written them."""
    by_thinker = {thinker.id: file for thinker, file in zip(roster_of(files).thinkers, files, strict=True)}
    missing = []
    for citation in edition.citations:
        feed = folded(by_thinker[citation.thinker_id or ""].read_text(encoding="utf-8"))
        missing += [passage.text for passage in citation.passages if folded(passage.text) not in feed]
    return missing


async def test_a_window_of_eighty_feeds(real_data: Path) -> None:
    """At least three stories, every passage from its author's feed, no fault."""
    files = sorted((real_data / "real-feeds").glob("*/*.xml"))
    edition = await composed(files, datetime(2026, 2, 18, 3, 30, tzinfo=UTC))
    assert len(edition.stories) >= 3
    assert edition.card.sources_read == len(files) > 80
    assert foreign_passages(edition, files) == []
    assert check(from_json(Edition, to_json(edition))).faults == ()


async def test_a_thin_window_of_one_field(real_data: Path) -> None:
    """A story or more, honestly thin, every passage from its author's feed, no fault, and the same bytes again."""
    files = sorted((real_data / "real-feeds/ai-labs").glob("*.xml"))
    end = datetime(2026, 5, 7, tzinfo=UTC)
    edition = await composed(files, end)
    assert edition.stories
    assert len(edition.stories) >= 3 or any("thin day" in note for note in edition.card.notes)
    assert foreign_passages(edition, files) == []
    assert check(from_json(Edition, to_json(edition))).faults == ()
    assert to_json(await composed(files, end)) == to_json(edition)

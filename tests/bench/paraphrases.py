"""Honest paraphrases of real sentences: how many of them the checks reject although they are true.

The paraphrases in `tests/recordings/paraphrases.jsonl` are written by hand, in our own words. Of the sentence behind
each only a hash is kept (it is third-party text), so the passages are looked up in the real data. Each paraphrase is
held against its passage the way an edition's body sentence is: in an edition with other items around it, by `check`.
A check that rejects nothing would shine here; beside the share rejected stands how many are rejected when each
paraphrase cites the passage of another item.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from bot.domain.checks import Fault, check
from bot.domain.edition import Citation, CitedPassage, Edition, Promises, Sentence, Story
from bot.domain.item import ItemKind
from bot.domain.quotes import without_quotations
from bot.domain.text.sentences import sentences
from bot.domain.text.tongue import is_in
from tests.bench.corpus import feeds, newsletter_entries, without_markdown
from tests.bench.row import Row
from tests.fakes.editions import charts, edition

RECORDED = Path(__file__).parent.parent / "recordings" / "paraphrases.jsonl"
_STORY = 3
"""Items a story cites."""
_EDITION = 12
"""Items an edition cites."""
_EDITIONS = ("en", "de", "ru", "fr", "es", "it", "pl", "pt", "nl", "tr", "uk", "ja", "zh", "ar", "hi")
"""Languages an edition may be in, for the gate."""
_SPEAKER = re.compile(r"\*\*[^*]*:\*\*")
_UNDATED = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence somebody published and the same in other words."""

    passage: str
    author: str
    paraphrase: str
    language: str
    """Of the paraphrase; the passages are English."""
    file: str
    title: str | None
    """The headline of the item; None for spoken words."""
    published: date


def pairs(data: Path) -> list[Pair]:
    """All paraphrases whose passage the data folder has, in the order of the recording."""
    recorded = [json.loads(line) for line in RECORDED.read_text(encoding="utf-8").splitlines()]
    found = _found(data, frozenset((line["file"], line["of"]) for line in recorded))
    made = []
    for line in recorded:
        if (line["file"], line["of"]) in found:
            passage, title, published = found[line["file"], line["of"]]
            made.append(Pair(passage, line["author"], line["text"], line["language"], line["file"], title, published))
    return made


def digest(sentence: str) -> str:
    """What the recording keeps of a passage: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:16]


def rejected(held: Sequence[Pair]) -> list[tuple[Pair, tuple[Fault, ...]]]:
    """The paraphrases that `check` finds fault with as body sentences, with the faults."""
    failed = []
    for language in sorted({pair.language for pair in held}):
        group = [pair for pair in held if pair.language == language]
        for start in range(0, len(group), _EDITION):
            part = group[start : start + _EDITION]
            faults = check(_edition(part, language)).faults
            for number, pair in enumerate(part):
                where = f"stories[{number // _STORY}].body[{number % _STORY}]"
                if mine := tuple(fault for fault in faults if fault.where == where):
                    failed.append((pair, mine))
    return failed


def copied(pair: Pair) -> int:
    """The most words in a row that a paraphrase has from its passage, quotations apart."""
    theirs = f" {' '.join(_words(pair.passage))} "
    mine = _words(without_quotations(pair.paraphrase))
    starts = range(len(mine))
    return max(
        (size for start in starts for size in range(1, len(mine) - start + 1) if _run(mine, start, size) in theirs),
        default=0,
    )


def measure(data: Path) -> Iterator[Row]:
    """The share rejected, beside that of a naive rule and of swapped passages; then which rules reject."""
    held = pairs(data)
    failed = rejected(held)
    naive = sum(_naively(pair) for pair in held) / len(held)
    swapped = [
        replace(one, passage=other.passage, title=other.title) for one, other in zip(held, _turned(held), strict=True)
    ]
    yield Row(
        "honest paraphrases rejected",
        f"{len(failed) / len(held):.1%} ({len(failed)} of {len(held)})",
        f"words and digits as they stand {naive:.1%}, another item's passage {len(rejected(swapped)) / len(held):.1%}",
        "<= 2 %",
    )
    yield Row("honest paraphrases, words copied in a row", str(max(map(copied, held))), "", "<= 7")
    wrong = sum(not is_in(pair.paraphrase, pair.language) for pair in held)
    others = [(pair, other) for pair in held for other in _EDITIONS if other != pair.language]
    passed = sum(is_in(pair.paraphrase, other) for pair, other in others)
    yield Row(
        "language gate on the paraphrases, refused in their own language",
        f"{wrong / len(held):.1%}",
        f"let through as another of {len(_EDITIONS)}: {passed / len(others):.1%} of {len(others)}",
        "<= 0.5 %",
    )
    rules = Counter(fault.rule for _, faults in failed for fault in faults)
    told = ", ".join(f"{rule} {count}" for rule, count in sorted(rules.items()))
    yield Row("honest paraphrases, faults found by rule", told or "none", "", "")
    for pair, faults in failed:
        yield Row(f"rejected: {pair.paraphrase}", "; ".join(fault.text for fault in faults), pair.file, "")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+|“”", text.lower())


def _run(words: Sequence[str], start: int, size: int) -> str:
    return f" {' '.join(words[start : start + size])} "


def _turned(held: Sequence[Pair]) -> list[Pair]:
    """The pairs, moved on by half a round: no pair keeps its passage or its neighbours."""
    half = len(held) // 2
    return [*held[half:], *held[:half]]


def _naively(pair: Pair) -> bool:
    """Whether a capitalised word after the first, or a number, does not stand in the passage as it is written."""
    known = set(re.findall(r"\w+", f"{pair.passage} {pair.author}"))
    return any(
        word not in known and (word[0].isupper() or word[0].isdigit())
        for word in re.findall(r"\w+", pair.paraphrase)[1:]
    )


def _edition(held: Sequence[Pair], language: str) -> Edition:
    """An edition that says the paraphrases in its stories' bodies; nothing else in it is looked at."""
    stories = tuple(_story(held[start : start + _STORY], start) for start in range(0, len(held), _STORY))
    return edition(
        language=language,
        stories=stories,
        citations=tuple(_citation(pair, number) for number, pair in enumerate(held, start=1)),
        thinkers=(),
        promises=Promises(),
        dialogue=(),
        open_question=None,
    )


def _story(held: Sequence[Pair], start: int) -> Story:
    numbers = range(start + 1, start + 1 + len(held))
    return replace(
        charts(),
        id=f"held-{start}",
        body=tuple(Sentence(pair.paraphrase, (f"{n}.1",)) for n, pair in zip(numbers, held, strict=True)),
        citations=tuple(numbers),
    )


def _citation(pair: Pair, number: int) -> Citation:
    return Citation(
        n=number,
        item=f"item-{number}",
        thinker=pair.author,
        thinker_id=pair.author.lower(),
        handle=None,
        kind=ItemKind.ARTICLE,
        title=pair.title,
        url=f"https://example.org/{number}",
        published=datetime(pair.published.year, pair.published.month, pair.published.day, tzinfo=UTC),
        passages=(CitedPassage(f"{number}.1", pair.passage),),
    )


def _found(data: Path, wanted: frozenset[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, str | None, date]]:
    """Passage, headline and day by file and hash, for those that are wanted."""
    files = frozenset(file for file, _ in wanted)
    found: dict[tuple[str, str], tuple[str, str | None, date]] = {}
    for file, title, published, text in (*_written(data), *_spoken(data, files)):
        if file not in files:
            continue
        for start, end in sentences(text):
            key = (file, digest(text[start:end]))
            if key in wanted and key not in found:
                found[key] = (text[start:end], title, published)
    return found


def _written(data: Path) -> Iterator[tuple[str, str | None, date, str]]:
    """File, headline, day and text of every item of the feeds and of the newsletter."""
    for folder in ("ai-labs", "smallweb"):
        paths = sorted((data / "real-feeds" / folder).glob("*.xml"))
        names = {path.stem.removeprefix("feed_").replace(".", "-").lower(): path for path in paths}
        for item, thinker in feeds(data, folder):
            day = item.published.date() if item.published else _UNDATED
            yield str(names[thinker.id].relative_to(data)), item.title, day, item.text
    for entry in newsletter_entries(data):
        day = date.fromisoformat(str(entry["date"]))
        yield "newsletter-threads/items.jsonl", str(entry["title"]), day, without_markdown(str(entry["text"]))


def _spoken(data: Path, files: Iterable[str]) -> Iterator[tuple[str, str | None, date, str]]:
    """The same of the transcripts that are named; nobody wrote a headline."""
    for file in sorted(files):
        path = data / file
        if file.startswith("newsletter-podcasts/"):
            for turn in json.loads(path.read_text(encoding="utf-8"))["utterances"]:
                yield file, None, date.fromisoformat(path.stem), turn["text"]
        elif file.startswith("tech-podcast-transcripts/"):
            yield file, None, _UNDATED, _SPEAKER.sub("", path.read_text(encoding="utf-8"))

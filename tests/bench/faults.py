"""Planted faults: how many changed numbers, names, dates, ids, units and turned-round words the checks catch.

The true sentences are real ones of feeds and a newsletter, each cited to its own passage and the one after it; the
honest paraphrases of the recordings; and the prose of the golden edition where it lies beside the data. Each stands
among other items in an edition and is judged by the rules that `check` runs. One fault at a time is planted, chosen by
a hash of the sentence: the same data gives the same faults. How they are planted stands in `planting`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice, pairwise
from pathlib import Path

from adapters.wire.contract import from_json
from bot.domain.checks import evidence
from bot.domain.checks.case import Case
from bot.domain.checks.names import name_keys
from bot.domain.checks.parts import Part, walk
from bot.domain.edition import Citation, CitedPassage, Edition, Story
from bot.domain.item import ItemKind
from bot.domain.text.sentences import sentences
from tests.bench.corpus import feeds, newsletter_entries, without_markdown
from tests.bench.paraphrases import pairs
from tests.bench.planting import overclaimed, planted, runs
from tests.bench.row import Row
from tests.fakes.editions import edition

RULES = (evidence.existing, evidence.holding, evidence.belonging, evidence.topical, evidence.titles)
_WORLD = 12
"""Items of an edition."""
_ITEMS = 1_200
_OF_ONE_FEED = 8
_OF_ONE_ITEM = 3
_TITLE = 16
"""Words of a paraphrase that may stand as a title."""
_LENGTHS = range(8, 36)
"""Words of a sentence worth changing."""
_MOST_TITLES = 300
_TARGETS = {"number": ">= 99 %", "date": ">= 99 %", "name": ">= 99 %", "id": ">= 99 %", "polarity": ">= 90 %"}


@dataclass(frozen=True, slots=True)
class Cited:
    """A true sentence, and what stands behind it."""

    text: str
    passages: tuple[str, ...]
    author: str
    title: str | None
    published: datetime
    language: str = "en"


@dataclass(slots=True)
class Tally:
    """Counts of one kind of text."""

    true: int = 0
    refused: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, str, str]] = field(default_factory=list)
    """Kind, faulty sentence, its passages: to look at."""


def measure(data: Path) -> Iterator[Row]:
    """Share caught of each kind of fault, then the share of true sentences refused."""
    originals, paraphrases = list(_originals(data)), list(_paraphrases(data))
    judgements = (
        ("original sentences", judged(originals)),
        ("honest paraphrases", judged(paraphrases)),
        ("prose of the golden edition", golden(data)),
    )
    made = [(name, tally) for name, tally in judgements if tally]
    for kind, target in _TARGETS.items():
        of = sum(tally.planted[kind] for _, tally in made)
        caught = sum(tally.caught[kind] for _, tally in made)
        yield Row(f"planted faults in all, {kind}", f"{caught:,} of {of:,} ({caught / max(1, of):.1%})", "", target)
    for name, tally in made:
        for kind in sorted(tally.planted):
            yield _row(f"planted faults in {name}, {kind}", tally, kind, "")
        share = tally.refused / max(1, tally.true)
        target = "<= 2 %" if "paraphrases" in name else "<= 1 %"
        yield Row(f"true {name} refused", f"{tally.refused} of {tally.true:,} ({share:.2%})", "", target)
    yield _row("overclaiming titles", overclaiming(originals), "title", "")
    short, wrong = honest_titles(paraphrases)
    yield Row(
        "short paraphrases as titles, refused as overclaiming", f"{wrong} of {short} ({wrong / short:.1%})", "", ""
    )


def _row(what: str, tally: Tally, kind: str, target: str) -> Row:
    of, caught = tally.planted[kind], tally.caught[kind]
    return Row(what, f"{caught:,} of {of:,} ({caught / max(1, of):.1%})", "", target)


def judged(true: Sequence[Cited]) -> Tally:
    """Plant faults into sentences and judge all, world by world."""
    tally = Tally()
    for language in sorted({one.language for one in true}):
        group = [one for one in true if one.language == language]
        worlds = [group[start : start + _WORLD] for start in range(0, len(group), _WORLD)]
        for number, world in enumerate(worlds):
            case = Case(_world(world, language))
            strangers = _names(worlds[(number + 1) % len(worlds)])
            parts = [_part(one, n) for n, one in enumerate(world, 1)]
            others = [next((i for i in _ids(world, n + 1) if _strange(world, n, i)), None) for n in range(len(world))]
            _judge(case, parts, others, strangers, tally)
    return tally


def golden(data: Path) -> Tally | None:
    """The same for every cited sentence of the golden edition."""
    path = data.parent / "reference" / "examples" / "edition-written.json"
    if not path.is_file():
        return None
    whole = from_json(Edition, path.read_text(encoding="utf-8"))
    case = Case(whole)
    texts = [passage.text for _, passage in case.passages.values()]
    tally = Tally()
    parts = [p for p in walk(whole) if p.evidence and p.kind in {"body", "standfirst", "position", "why_now", "line"}]
    others = []
    for n, part in enumerate(parts):
        mine = {citation.n for citation in case.cited(part.evidence)}
        free = [i for i, (citation, _) in case.passages.items() if citation.n not in mine]
        others.append(free[n * 7 % len(free)] if part.kind != "line" else None)
    _judge(case, parts, others, sorted({text[a:b] for text in texts for a, b in runs(text)}), tally)
    return tally


def overclaiming(true: Sequence[Cited]) -> Tally:
    """Titles made from headlines and sentences by taking away their hedge or by strengthening them."""
    tally = Tally()
    sources = [(one, text) for one in true for text in dict.fromkeys((one.title or "", one.passages[0])) if text]
    made = ((one, text, title) for one, text in sources if (title := overclaimed(text)))
    for one, text, title in islice(made, _MOST_TITLES):
        case = Case(_world([replace(one, passages=(text,))], "en"))
        part = Part("title", "title", title, ("1.1",))
        _count(case, [("title", part)], tally)
    return tally


def honest_titles(true: Sequence[Cited]) -> tuple[int, int]:
    """How many short paraphrases there are, and how many of them the rule of titles refuses."""
    short = [one for one in true if len(one.text.split()) <= _TITLE and one.language == "en"]
    wrong = 0
    for one in short:
        case = Case(_world([one], "en"))
        case.__dict__["parts"] = (Part("title", "title", one.text, ("1.1",)),)
        wrong += any(True for _ in evidence.titles(case))
    return len(short), wrong


def refused(case: Case, parts: Sequence[Part]) -> set[str]:
    """The parts of an edition that the rules of evidence refuse, by their path."""
    trial = Case(case.edition)
    trial.__dict__.update(parts=tuple(parts), names=case.names, common=case.common)
    return {fault.where for rule in RULES for fault in rule(trial)}


def _judge(
    case: Case, parts: Sequence[Part], others: Sequence[str | None], strangers: Sequence[str], tally: Tally
) -> None:
    tally.true += len(parts)
    tally.refused += len(refused(case, [replace(part, where=f"true[{n}]") for n, part in enumerate(parts)]))
    made: list[tuple[str, Part]] = []
    for part, other in zip(parts, others, strict=True):
        held = [p.text for c in case.cited(part.evidence) for p in c.passages]
        held += [f"{c.thinker} {c.title or ''}" for c in case.cited(part.evidence)]
        tongue = "" if case.edition.language == "en" else f" in another language ({case.edition.language})"
        made += [(kind + tongue, replace(part, text=text)) for kind, text in planted(part.text, held, strangers)]
        if other:
            made.append((f"id{tongue}", replace(part, evidence=(other,))))
    _count(case, made, tally)


def _count(case: Case, made: Sequence[tuple[str, Part]], tally: Tally) -> None:
    found = refused(case, [replace(part, where=f"fault[{n}]") for n, (_, part) in enumerate(made)])
    for n, (kind, part) in enumerate(made):
        tally.planted[kind] += 1
        tally.caught[kind] += f"fault[{n}]" in found
        if f"fault[{n}]" not in found:
            tally.missed.append((kind, part.text, " | ".join(case.texts(part.evidence))))


def _part(one: Cited, n: int) -> Part:
    return Part(f"true[{n}]", "body", one.text, tuple(f"{n}.{i}" for i in range(1, len(one.passages) + 1)))


def _ids(world: Sequence[Cited], n: int) -> list[str]:
    """First passages of the other items, those after this one first."""
    numbers = [*range(n + 1, len(world) + 1), *range(1, n)]
    return [f"{number}.1" for number in numbers]


def _strange(world: Sequence[Cited], n: int, i: str) -> bool:
    """Whether a passage is somebody else's and says something else."""
    other = world[int(i.partition(".")[0]) - 1]
    return other.author != world[n].author and other.passages[0] not in world[n].passages


def _world(world: Sequence[Cited], language: str) -> Edition:
    citations = tuple(
        Citation(
            n, f"{n:016x}", one.author, f"thinker-{n}", None, ItemKind.ARTICLE, one.title, f"https://example.org/{n}",
            one.published, tuple(CitedPassage(f"{n}.{i}", text, None) for i, text in enumerate(one.passages, 1)),
        )
        for n, one in enumerate(world, 1)
    )  # fmt: skip
    none: tuple[Story, ...] = ()
    return edition(citations=citations, stories=none, dialogue=(), language=language)


def _names(world: Sequence[Cited]) -> list[str]:
    """Names in the passages of a world, in order."""
    found: dict[str, None] = {}
    for text in (text for one in world for text in one.passages):
        keys = name_keys(text)
        for start, end in runs(text):
            if all(word.lower() in keys for word in text[start:end].split()):
                found[text[start:end]] = None
    return list(found)


def _originals(data: Path) -> Iterator[Cited]:
    """Sentences of feeds and of the newsletter, each with the one after it."""
    yield from islice(_of_feeds(data), _ITEMS)
    for entry in islice(newsletter_entries(data), _ITEMS // 2):
        at = datetime.fromisoformat(str(entry["date"])).replace(tzinfo=UTC)
        yield from _of_text(without_markdown(str(entry["text"])), "Newsletter", str(entry["title"]), at)


def _of_feeds(data: Path) -> Iterator[Cited]:
    counted: Counter[str] = Counter()
    for made, thinker in feeds(data):
        counted[thinker.id] += 1
        if counted[thinker.id] <= _OF_ONE_FEED and made.published:
            yield from _of_text(made.text, thinker.name, made.title or None, made.published)


def _of_text(text: str, author: str, title: str | None, at: datetime) -> Iterator[Cited]:
    """The first English sentences of a text that say enough, each with its neighbour."""
    found = [" ".join(text[a:b].split()) for a, b in sentences(text[:4_000])]
    counted = 0
    for one, after in pairwise(found):
        ascii_share = sum(c.isascii() for c in one) / max(1, len(one))
        if len(one.split()) in _LENGTHS and ascii_share > 0.97 and one[-1] in ".!" and one[0].isupper():
            yield Cited(one, (one, after[:600]), author, title, at)
            counted += 1
        if counted == _OF_ONE_ITEM:
            return


def _paraphrases(data: Path) -> Iterator[Cited]:
    for pair in pairs(data):
        at = datetime.combine(pair.published, datetime.min.time(), UTC)
        yield Cited(pair.paraphrase, (pair.passage,), pair.author, pair.title, at, pair.language)

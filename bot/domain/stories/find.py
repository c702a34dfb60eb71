"""Finding the stories of a window: link repetitions, group, bind, score, remember, choose.

Pure and independent of the order of its input. Everything that follows (who disagrees, what is cited) works on what is
decided here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.burst import FEWEST_ITEMS, FEWEST_VOICES, Burst, believable, burst
from bot.domain.edition import Edition, Window
from bot.domain.neighbours import origins, repetitions
from bot.domain.reading import Reading
from bot.domain.stories.binding import binds
from bot.domain.stories.candidates import Candidate, candidates, centre_first, stands_alone
from bot.domain.stories.draft import FoundStories, Quiet, StoryDraft
from bot.domain.stories.features import Keys, Space, keys_of, space
from bot.domain.stories.groups import Closeness, groups
from bot.domain.stories.labels import topic_of
from bot.domain.stories.memory import Told, adds, continued, told
from bot.domain.stories.subjects import joined
from bot.domain.text.words import folded, stems

_CLOSENESS = Closeness()
_FALSE_BURSTS = 0.05
_MOST_TOPICS = 40
_MOST_QUIET = 20
_READ_FOR_TOPIC = 12
"""Most central readings whose words may name a topic."""
_MOST_ALONE = 2
"""Stories of one voice in an edition."""
_MOST_SHARED = 8
_MANY = 10
"""Items of a voice's history from which its oldest one says how far it goes."""
_KEYS_COUNTED = 8
"""Keys of a story by which earlier items are counted."""


@dataclass(frozen=True, slots=True)
class _Field:
    """Everything the steps look at; made once."""

    readings: tuple[Reading, ...]
    """In the window, repetitions left out, by (at, id, source)."""
    keyed: tuple[Keys, ...]
    space: Space
    """Rows: the readings, then the earlier stories."""
    memory: tuple[tuple[int, Told], ...]
    echoes: Mapping[str, tuple[Reading, ...]]
    origin: Mapping[str, str]
    past: tuple[tuple[datetime, Keys], ...]
    reach: Mapping[str, timedelta]
    """How far back the history of each voice goes."""
    window: Window
    cited: frozenset[str]
    """Items that earlier editions cited, and those that repeat them."""


@dataclass(frozen=True, slots=True)
class _Chosen:
    group: Candidate
    before: Told | None
    """The earlier story it continues."""
    fresh: frozenset[str]


def find_stories(
    readings: Sequence[Reading],
    history: Sequence[Reading],
    earlier: Sequence[Edition],
    window: Window,
    *,
    most: int = 5,
    topic: str | None = None,
) -> FoundStories:
    """The stories of a window, best first, at most `most`.

    `readings` outside the window are not seen. `history` are readings before it (up to 14 days, may be empty): they say
    what is usual. `earlier` editions, newest first, say what was told. With a `topic`, only readings that speak of it
    count.
    """
    inside = _unique(r for r in readings if window.holds(r.item.at) and not r.item.backlog)
    before = _unique(r for r in history if r.item.at <= window.start)
    if topic is not None:
        inside = [reading for reading in inside if _speaks_of(reading, topic)]
    field, duplicates = _field(inside, before, earlier, window)
    if not field.readings:
        return FoundStories((), duplicates, (), ())
    hours = [reading.item.at.timestamp() / 3600 for reading in field.readings]
    voices = [reading.thinker.id for reading in field.readings]
    grouped = groups(field.space.matrix[: len(field.readings)], hours, voices, _CLOSENESS)
    found = candidates(field.space, grouped, field.readings, field.origin)
    found = joined(field.space, found, field.readings, field.keyed, field.origin)
    chosen, quiet = _choose(field, found, most, any_voice=topic is not None)
    drafts = _drafts(field, chosen, found)
    return FoundStories(drafts, duplicates, quiet, _topics(field, found))


def _unique(readings: object) -> list[Reading]:
    """Each item once per source, oldest first."""
    held = {(r.item.at, r.item.id, r.item.source): r for r in readings}  # type: ignore[attr-defined]
    return [held[key] for key in sorted(held)]


def _speaks_of(reading: Reading, topic: str) -> bool:
    wanted = stems(topic)
    if not wanted:
        return folded(topic.lower().strip()) in {folded(name) for name in reading.names}
    return set(wanted) <= set(reading.stems)


def _field(
    inside: list[Reading], before: list[Reading], earlier: Sequence[Edition], window: Window
) -> tuple[_Field, int]:
    """The window made ready for comparing, and how many items repeat another."""
    memory = told(earlier)
    cited = {item for story in memory for item in story.items}
    repeated = {r.item: r for r in repetitions([*before, *inside])}
    cited |= {item for item, r in repeated.items() if not r.adds and r.original in cited}
    ids = {reading.item.id for reading in inside}
    echoes: dict[str, list[Reading]] = {}
    kept: list[Reading] = []
    seen: set[str] = set()
    for reading in inside:
        repetition = repeated.get(reading.item.id)
        original = repetition.original if repetition and not repetition.adds else None
        if reading.item.id in seen:
            echoes.setdefault(reading.item.id, []).append(reading)
        elif original in ids and original is not None:
            echoes.setdefault(original, []).append(reading)
        else:
            seen.add(reading.item.id)
            kept.append(reading)
    keyed = [keys_of(reading) for reading in kept]
    past = [(reading.item.at, keys_of(reading)) for reading in before]
    made = space([*keyed, *(story.keys for story in memory)], (keys for _, keys in past))
    field = _Field(
        tuple(kept),
        tuple(keyed),
        made,
        tuple((len(kept) + row, story) for row, story in enumerate(memory)),
        {item: tuple(held) for item, held in echoes.items()},
        origins(inside, list(repeated.values())),
        tuple(past),
        _reach([*before, *inside], window),
        window,
        frozenset(cited),
    )
    return field, len(inside) - len(kept)


def _reach(readings: Sequence[Reading], window: Window) -> dict[str, timedelta]:
    """How far back each voice's history goes. A feed that holds many items and none of them old was cut off by its
    publisher; one with few items is simply quiet, and nothing is missing.
    """
    times: dict[str, list[datetime]] = {}
    for reading in readings:
        times.setdefault(reading.thinker.id, []).append(reading.item.at)
    return {voice: max(timedelta(0), window.start - min(at)) for voice, at in times.items() if len(at) >= _MANY}


def _choose(
    field: _Field, found: list[Candidate], most: int, *, any_voice: bool
) -> tuple[list[_Chosen], tuple[Quiet, ...]]:
    """The candidates that become stories; and groups that do not, with reasons."""
    chosen: list[_Chosen] = []
    quiet: list[Quiet] = []
    alone = 0
    for group in sorted(found, key=lambda c: (c.independent < 2, -c.strength, c.rows)):
        if len(chosen) >= most and (len(group.rows) < 2 or len(quiet) >= _MOST_QUIET):
            continue
        single = group.independent < 2 and not any_voice
        reason, before, fresh = None, None, frozenset[str]()
        if len(chosen) >= most:
            reason = "weaker"
        elif single and (alone >= _MOST_ALONE or not stands_alone(group, field.readings)):
            reason = "one voice"
        else:
            before, fresh = _remembered(field, group)
            reason = None if fresh else "told"
        if reason is None:
            chosen.append(_Chosen(group, before, fresh))
            alone += single
        elif len(group.rows) > 1 and len(quiet) < _MOST_QUIET:
            items = tuple(field.readings[row].item.id for row in group.rows)
            quiet.append(Quiet(_topic(field, group), items, reason))
    return chosen, tuple(quiet)


def _remembered(field: _Field, group: Candidate) -> tuple[Told | None, frozenset[str]]:
    """The earlier story a group continues, and its items that are new."""
    items = frozenset(field.readings[row].item.id for row in group.rows)
    before = continued(field.space, group.rows, items, field.memory) if field.memory else None
    rows = [row for row in group.rows if field.readings[row].item.id not in field.cited]
    if before is None:
        return None, frozenset(field.readings[row].item.id for row in rows)
    fresh = [row for row in rows if adds(field.space, row, before[0])]
    return before[1], frozenset(field.readings[row].item.id for row in fresh)


def _topic(field: _Field, group: Candidate) -> str:
    ordered = centre_first(field.space, group, field.readings, frozenset())
    counts: dict[str, int] = {}
    for row in group.rows:
        for key in field.keyed[row]:
            if key[0] == "s":
                counts[key] = counts.get(key, 0) + 1
    least = 2 if len(group.rows) > 1 else 1
    return topic_of(
        [field.readings[row] for row in ordered[:_READ_FOR_TOPIC]],
        field.space,
        {key: n for key, n in counts.items() if n >= least},
    )


def _drafts(field: _Field, chosen: list[_Chosen], found: list[Candidate]) -> tuple[StoryDraft, ...]:
    """The chosen as drafts, by score."""
    bursts = [_burst_of(field, one.group) for one in chosen]
    chances = [counted.p for counted in bursts if counted.p is not None]
    tested = sum(group.origins >= FEWEST_ITEMS and group.voices >= FEWEST_VOICES for group in found)
    padding = [1.0] * max(0, tested - len(chances))  # every group that could have shown a burst counts as a test
    verdicts = iter(believable([*chances, *padding], rate=_FALSE_BURSTS))
    best = max((one.group.strength for one in chosen), default=1.0)
    drafts = []
    for one, counted in zip(chosen, bursts, strict=True):
        shown = counted.p is not None and next(verdicts)
        drafts.append(_draft(field, one, counted if shown else Burst(counted.usual, None, None), best))
    return tuple(sorted(drafts, key=lambda draft: -draft.score))


def _draft(field: _Field, one: _Chosen, counted: Burst, best: float) -> StoryDraft:
    group, before = one.group, one.before
    rows = centre_first(field.space, group, field.readings, one.fresh)
    readings = tuple(field.readings[row] for row in rows)
    return StoryDraft(
        topic=_topic(field, group),
        readings=readings,
        echoes=tuple(echo for reading in readings for echo in field.echoes.get(reading.item.id, ())),
        origins=group.origins,
        voices=group.voices,
        items=group.origins,
        shared=_shared(group, readings),
        usual=counted.usual,
        burst=counted.multiple,
        p=counted.p,
        score=round(group.strength / best, 3),
        state="update" if before else "new",
        continues=before.story if before else None,
        fresh=one.fresh,
    )


def _burst_of(field: _Field, group: Candidate) -> Burst:
    """The group's count beside those of the windows before: items that would be bound
    to it by its strongest keys.
    """
    length = field.window.end - field.window.start
    if not field.past or length <= timedelta(0):
        return Burst(None, None, None)
    since = field.window.start - min(at for at, _ in field.past)
    voices = {field.readings[row].thinker.id for row in group.rows}
    since = min(since, *(field.reach.get(voice, since) for voice in voices))
    windows = int(since / length)
    keys = list(group.keys)[:_KEYS_COUNTED]
    counts = [0] * windows
    for at, held in field.past:
        place = int((field.window.start - at) / length)
        if place < windows and binds([key for key in keys if key in held]):
            counts[place] += 1
    return burst(group.origins, group.voices, counts, hours=length / timedelta(hours=1))


def _shared(group: Candidate, readings: Sequence[Reading]) -> tuple[str, ...]:
    """What binds a group, as its texts write it."""
    texts = [span.text for reading in readings for span in reading.spans[:40]]
    found: list[str] = []
    for key in group.keys:
        shown = _written(key[2:], texts) if key[0] in "nq" else None
        if shown and not any(shown.lower() in held.lower() for held in found):
            found.append(shown)
        if len(found) == _MOST_SHARED:
            break
    return tuple(found)


def _written(key: str, texts: Sequence[str]) -> str | None:
    """A name as the first text that holds it writes it."""
    for text in texts:
        place = folded(text.lower()).find(key)
        if place >= 0 and len(folded(text.lower())) == len(text):
            return text[place : place + len(key)]
    return None


def _topics(field: _Field, found: list[Candidate]) -> tuple[tuple[str, int], ...]:
    """Topics of the window with their items."""
    counts: dict[str, int] = {}
    for group in [group for group in found if len(group.rows) > 1][:_MOST_TOPICS]:
        topic = _topic(field, group)
        counts[topic] = counts.get(topic, 0) + len(group.rows)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

"""Topics as a newspaper would name them: `Iran nuclear talks`, `Peru: interim president`.

A topic is a run of words that stands in the material, all of them shared by the story's items, with a name in it if any
is shared; never a list of key words.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.reading import Reading
from bot.domain.stories.features import Space
from bot.domain.text.stopwords import CALENDAR, word_set
from bot.domain.text.words import is_stopped, stems

LONGEST_TOPIC = 40
_MOST_WORDS = 4
_SPANS_READ = 3
_LOOKED_AT = 12
"""Runs among which a companion for a single word is sought."""
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_][\w.\-]*\w|[^\W_]")
_GAP = re.compile(r"\s")
_INNER = word_set(
    """
    of de la del
    """
)
_BREAKING = word_set(
    """
    lives lived various improve improves improved improving partnering using like
    say says said saying tell tells told die dies died dead kill kills killed hold holds held face faces faced
    launch launches launched announce announces announced introduce introducing introduces introduced make makes
    call calls called accuse accuses accused arrest arrests arrested charge charges charged warn warns warned
    win wins won lose loses lost lead leads led raise raises raised cut cuts hit hits see sees seek seeks start
    starts started end ends ended open opens opened close closes show shows showed find finds found add adds
    added build builds built help helps helped bring brings brought begin begins look looks visit visits visited
    back backs backed rise rises rising fall falls fell move moves moved turn turns turned keep keeps release
    releases released publish publishes published update updates updated support supports supported investigate
    investigates investigating agree agrees agreed ask asks asked believe believes expect expects reach reaches
    reached follow follows following include includes including become becomes became remain remains run runs
    running read reads write writes wrote written million billion trillion percent president minister chancellor
    senator prime foreign secretary lawmaker actor veteran interim according alleged take takes took place vote
    votes voted oust ousts ousted impeach impeaches detain detains detained denounce denounces available explain
    explains explained solve solves solved load loads loaded cost costs share shares shared
    join joins joined enjoy enjoys amid last new old big great good best
    first second third early late today people person man woman men women thing things way ways lot top
    """
)
"""Words of headlines and of every day that make no label."""


@dataclass(frozen=True, slots=True)
class _Run:
    words: tuple[str, ...]
    stems: tuple[str, ...]
    named: bool


def topic_of(readings: Sequence[Reading], space: Space, shared: dict[str, int]) -> str:
    """The topic of some readings; `shared` says how many of them hold each key."""
    forms = _forms(readings)
    counts: Counter[tuple[str, ...]] = Counter()
    titled: Counter[tuple[str, ...]] = Counter()
    shown: dict[tuple[str, ...], _Run] = {}
    for reading in readings:
        own: set[tuple[str, ...]] = set()
        for run in (*_runs(reading, shared, forms), *_named_runs(reading, shared, forms)):
            own.add(run.stems)
            if run.stems not in shown or len(run.words) > len(shown[run.stems].words):
                shown[run.stems] = run
        counts.update(own)
        titled.update(own & {run.stems for run in _runs(reading, shared, forms, title_only=True)})
    scored = sorted(
        ((_score(shown[key], counts[key] + titled[key], space, shared, len(readings)), key) for key in shown),
        key=lambda pair: (-pair[0], pair[1]),
    )
    return _spelled([shown[key] for _, key in scored], readings)


def _spelled(runs: list[_Run], readings: Sequence[Reading]) -> str:
    """The best run; a single word with a second run beside it."""
    if not runs:
        return _shortened(readings[0].item.title or (readings[0].spans[0].text if readings[0].spans else ""))
    text = " ".join(runs[0].words)
    if len(runs[0].words) == 1:
        text = _widened(runs[0], runs[1:_LOOKED_AT])
    return text[:1].upper() + text[1:] if text[1:2].islower() or len(text) < 2 else text


def _widened(best: _Run, others: list[_Run]) -> str:
    """A single word with the best longer run: joined by `and` where both are names, else by a colon."""
    text = best.words[0]
    for other in others:
        told = " ".join(other.words)
        if len(other.words) < 2:
            continue
        if text.lower() in told.lower():
            return told
        names_only = best.named and all(word[:1].isupper() for word in other.words)
        joined = f"{text} and {told}" if names_only else f"{text}: {told}"
        if not set(other.stems) & set(best.stems) and len(joined) <= LONGEST_TOPIC:
            return joined
    return text


def _shortened(text: str) -> str:
    """The beginning of a text, cut at a word border."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_TOPIC:
        return line or "Untitled"
    cut = line[: LONGEST_TOPIC + 1].rsplit(" ", 1)[0][:LONGEST_TOPIC]
    words = cut.split(" ")
    while len(words) > 1 and is_stopped(words[-1].lower()):
        words.pop()
    return " ".join(words).rstrip(",;:–—-")


def _score(run: _Run, count: int, space: Space, shared: dict[str, int], size: int) -> float:
    weight = 0.0
    for stem in run.stems:
        column = space.columns.get("s:" + stem)
        rarity = float(space.rarity[column]) if column is not None else 0.0
        weight += rarity * shared.get("s:" + stem, 1) / size
    return float(round(weight / len(run.stems) ** 0.45 * (1.5 if run.named else 1.0) * count**0.5, 9))


def _forms(readings: Sequence[Reading]) -> dict[str, str]:
    """How the words of names are written, by lower-case word: words of known names, and words that several items write
    and never in lower case.
    """
    named = {word for reading in readings for name in reading.names for word in name.split()}
    seen: dict[str, Counter[str]] = {}
    lowered: set[str] = set()
    writers: Counter[str] = Counter()
    for reading in readings:
        written = [word for span in reading.spans[: _SPANS_READ * 4] for word in _WORD.findall(span.text)]
        lowered.update(word for word in written if word[0].islower())
        writers.update({word.lower() for word in written})
        for word in written:
            if not word.islower() and not word.isdigit() and not is_stopped(word.lower()):
                seen.setdefault(word.lower(), Counter())[word] += 1
    seen = {low: c for low, c in seen.items() if low in named or (writers[low] > 2 and low not in lowered)}
    return {
        low: max(sorted(counts), key=lambda form: (counts[form] - (form.isupper() and len(form) > 4), form))
        for low, counts in seen.items()
    }


def _named_runs(reading: Reading, shared: dict[str, int], forms: dict[str, str]) -> Iterator[_Run]:
    """Whole names of several words, with the small words inside them, where every telling word is shared."""
    for name in sorted(reading.names):
        words = name.split()
        held = stems(name)
        if 1 < len(words) <= _MOST_WORDS and held and all(shared.get("s:" + stem, 0) for stem in held):
            spelled = tuple(forms.get(w, w if w in _INNER else w[:1].upper() + w[1:]) for w in words)
            if len(" ".join(spelled)) <= LONGEST_TOPIC and words[0] not in _BREAKING:
                yield _Run(spelled, tuple(held), True)


def _runs(
    reading: Reading, shared: dict[str, int], forms: dict[str, str], *, title_only: bool = False
) -> Iterator[_Run]:
    """Runs of shared words in a title and the first sentences, up to four words."""
    for span in reading.spans[: 1 if title_only else _SPANS_READ + 1]:
        if title_only and span.where != "title":
            return
        words: list[tuple[str, str]] = []
        last = 0
        for match in _WORD.finditer(span.text):
            word = match.group()
            between = span.text[last : match.start()]
            last = match.end()
            if words and between not in {" ", "\u00a0"}:
                yield from _within(words, forms)
                words = []
            stem = _stem_of(word)
            if stem and word.lower() not in _BREAKING and shared.get("s:" + stem, 0) > 0:
                words.append((word, stem))
            elif words and word.lower() in _INNER:
                words.append((word, ""))
            else:
                yield from _within(words, forms)
                words = []
        yield from _within(words, forms)


def _stem_of(word: str) -> str:
    low = word.lower()
    if low in CALENDAR or is_stopped(low):
        return ""
    found = stems(word)
    return found[0] if found else ""


def _within(words: list[tuple[str, str]], forms: dict[str, str]) -> Iterator[_Run]:
    """Every run of up to four words inside a longer one."""
    for start in range(len(words)):
        for stop in range(start + 1, min(len(words), start + _MOST_WORDS) + 1):
            part = words[start:stop]
            if not part[0][1] or not part[-1][1] or all(word.isdigit() for word, _ in part) or _is_half_date(part):
                continue
            named = any(word.lower() in forms for word, stem in part if stem)
            if part[-1][0].lower() in forms and part[0][0].lower() not in forms:
                continue  # a noun and the subject of the clause after it: `attempts Curlewright`
            if len(part) == 1 and not named:
                continue
            spelled = tuple(forms.get(word.lower(), word.lower() if not _is_shaped(word) else word) for word, _ in part)
            if len(" ".join(spelled)) <= LONGEST_TOPIC:
                yield _Run(spelled, tuple(stem for _, stem in part if stem), named)


def _is_half_date(part: list[tuple[str, str]]) -> bool:
    """Whether a run breaks off inside a date or a measure: `outage of 4`."""
    return len(part) > 1 and part[-1][0].isdigit() and not part[-2][1]


def _is_shaped(word: str) -> bool:
    return sum(letter.isupper() for letter in word) > 1 or any(letter.isdigit() for letter in word)

"""Candidate stories: bound groups with their repetitions, before any is chosen."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.domain.item import ACTS
from bot.domain.reading import Reading
from bot.domain.stories.binding import binding_keys, bound
from bot.domain.stories.features import Space
from bot.domain.text.stopwords import word_set
from bot.domain.text.words import tokens

_SHARED_SITES = word_set(
    """
    x.com twitter.com github.com gist.github.com bsky.app youtube.com youtu.be medium.com reddit.com
    linkedin.com facebook.com threads.net mastodon.social arxiv.org news.ycombinator.com t.me spotify.com
    open.spotify.com podcasts.apple.com soundcloud.com lesswrong.com alignmentforum.org huggingface.co
    substack.com docs.google.com t.co feeds.simplecast.com example.org
    """
)
"""Sites where the account, not the site, is the publisher."""
_ITEMS_A_VOICE = 3
"""Items of one voice that count towards a score."""
_SUBSTANTIAL = 250
"""Words of an item that can stand as a story alone."""
_ARGUED = 0.015
"""Share of words of argument in an item that can stand as a story alone."""
_ARGUING = word_set(
    """
    should shouldn't must think believe argue argues because wrong right better worse however although instead
    disagree agree opinion claim why problem risk mistake i i'm my we our надо должны считаю думаю потому однако
    неправ согласен
    """
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A group that might become a story."""

    rows: tuple[int, ...]
    """Rows of the space, ascending."""
    keys: Mapping[str, tuple[int, ...]]
    """What binds it, strongest first, with the rows that hold each key."""
    voices: int
    origins: int
    independent: int
    """Voices that do not publish on one site and do not share an origin."""
    strength: float
    """For ranking; grows with independent voices, items, cohesion and substance."""
    cohesion: float
    """Mean likeness of its pairs, 0 to 1; 1 for a single item."""


def candidates(
    space: Space,
    grouped: Sequence[Sequence[int]],
    readings: Sequence[Reading],
    origin: Mapping[str, str],
) -> list[Candidate]:
    """Every bound part of every group, and single items, strongest first."""
    found: list[Candidate] = []
    for group in grouped:
        keys = binding_keys(space, group) if len(group) > 1 else {}
        parts = bound(group, keys) if len(group) > 1 else []
        alone = [[row] for row in group if not any(row in part for part in parts)]
        found.extend(candidate(space, part, readings, origin) for part in (*parts, *alone))
    return sorted(found, key=lambda c: (-c.strength, c.rows))


def candidate(
    space: Space,
    rows: Sequence[int],
    readings: Sequence[Reading],
    origin: Mapping[str, str],
) -> Candidate:
    """One group, measured."""
    ordered = tuple(sorted(rows))
    members = [readings[row] for row in ordered]
    voices = len({member.thinker.id for member in members})
    origins = len({origin.get(member.item.id, member.item.id) for member in members})
    per_voice: dict[str, int] = {}
    for member in members:
        per_voice[member.thinker.id] = per_voice.get(member.thinker.id, 0) + 1
    items = sum(min(count, _ITEMS_A_VOICE) for count in per_voice.values())
    cohesion = _cohesion(space, ordered)
    independent = min(len(per_voice), origins, len({publisher(member) for member in members}))
    strength = 2 * math.log2(1 + independent) + 0.5 * math.log2(1 + items) + cohesion + 0.6 * _substance(members)
    strength -= 0.4 * sum(member.item.kind in ACTS for member in members) / len(members)
    keys = {key: tuple(held) for key, held in binding_keys(space, ordered).items()}
    return Candidate(ordered, keys, voices, origins, independent, round(strength, 9), cohesion)


def publisher(reading: Reading) -> str:
    """The site an item stands on, or its thinker where many people share a site."""
    host = urlsplit(reading.item.url or "").hostname or ""
    host = host.removeprefix("www.")
    return reading.thinker.id if not host or host in _SHARED_SITES else host


def _cohesion(space: Space, rows: Sequence[int]) -> float:
    """Mean likeness of the pairs of some rows."""
    if len(rows) < 2:
        return 0.0
    import numpy as np

    held = space.matrix[list(rows)]
    total = np.bincount(np.unique(held.indices, return_inverse=True)[1], weights=held.data)
    squared = float(total @ total)
    return max(0.0, (squared - len(rows)) / (len(rows) * (len(rows) - 1)))


def _substance(members: Sequence[Reading]) -> float:
    """How much there is to read, 0 to 1: the mean over members of their stems out of eighty."""
    return sum(min(1.0, len(member.stems) / 80) for member in members) / len(members)


def stands_alone(group: Candidate, readings: Sequence[Reading]) -> bool:
    """Whether one voice makes a story: several closely bound items, or one long piece that argues."""
    members = [readings[row] for row in group.rows if readings[row].item.kind not in ACTS]
    if len(members) > 1 and group.cohesion >= 0.3 and sum(_argues(member) for member in members) > 0:
        return True
    return any(_argues(member) for member in members)


def _argues(reading: Reading) -> bool:
    words = tokens(reading.item.text[:6_000])
    return len(words) >= _SUBSTANTIAL and sum(word in _ARGUING for word in words) >= _ARGUED * len(words)


def centre_first(space: Space, group: Candidate, readings: Sequence[Reading], fresh: frozenset[str]) -> list[int]:
    """Rows most central first: the best of each voice, then the next of each.

    Fresh items stand before old ones, claims before acts.
    """
    import numpy as np

    total = np.asarray(space.matrix[list(group.rows)].sum(axis=0)).ravel()
    rank = {}
    for row in group.rows:
        item = readings[row].item
        likeness = float(space.matrix[row].dot(total)[0])
        weight = likeness * (0.6 + 0.4 * min(1.0, len(readings[row].stems) / 60))
        rank[row] = (item.id not in fresh, item.kind in ACTS, -round(weight, 9), row)
    ordered = sorted(group.rows, key=lambda row: rank[row])
    turn: dict[int, int] = {}
    seen: dict[str, int] = {}
    for row in ordered:
        voice = readings[row].thinker.id
        turn[row] = seen.get(voice, 0)
        seen[voice] = turn[row] + 1
    return sorted(ordered, key=lambda row: (rank[row][0], turn[row], rank[row]))

"""Compares what was to be posted with what the platform accepted. It trusts nobody but the platform's list."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tests.fakes.remote.remote import Post


@dataclass(frozen=True, slots=True)
class Findings:
    """How many messages went wrong, in each way."""

    lost: int
    double: int
    disorder: int


def judge(wanted: Mapping[str, Sequence[str]], posts: Iterable[Post], *, free: Iterable[str] = ()) -> Findings:
    """Judge threads: the keys that are to be there, in order, by thread; keys in `free` may be there or not."""
    accepted = list(posts)
    times = Counter(post.key for post in accepted)
    optional = frozenset(free)
    lost = sum(key not in times for keys in wanted.values() for key in keys if key not in optional)
    return Findings(lost, sum(count - 1 for count in times.values()), _disorder(wanted, accepted))


def _disorder(wanted: Mapping[str, Sequence[str]], posts: Sequence[Post]) -> int:
    """Messages that came before one they follow, or stand in another thread than the first of them."""
    first: dict[str, Post] = {}
    for post in posts:
        first.setdefault(post.key, post)
    wrong = 0
    for keys in wanted.values():
        there = [first[key] for key in keys if key in first]
        wrong += sum(later.number < earlier.number for earlier, later in pairwise(there))
        wrong += sum(post.thread != there[0].thread for post in there[1:])
        wrong += bool(there) and keys[0] not in first
    return wrong

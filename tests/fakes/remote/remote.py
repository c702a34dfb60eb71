"""What a chat platform keeps and refuses, without its network: places, threads, keys, limits, tombstones.

It is the judge of every delivery test, so it knows nothing of the ledger: it numbers what it accepts, in order, in a
log that outlives it.
"""

import json
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

INVALID_WINDOW = 600.0
"""Seconds over which a platform counts a client's refused requests before it bans it."""
_ROUNDING = 1e-4


@dataclass(frozen=True, slots=True)
class Rules:
    """How this platform behaves."""

    nonce_seconds: float = 0.0
    """The same key within it gives the first message again; 0: never."""
    a_second: float = 0.0
    """Requests within any second; 0: any number."""
    pause: float = 0.0
    """Seconds between two posts to one place."""
    characters: int = 4000
    slow_seconds: float = 5.0
    late_seconds: float = 5.0
    retry_after: float = 0.05
    """What a 429 that is injected asks for."""
    tombstones: bool = True
    """Whether reading back shows that a message was deleted."""


@dataclass(frozen=True, slots=True)
class Post:
    """A message that was accepted."""

    number: int
    """Its place in the order of everything accepted, from 1."""
    at: float
    place: str
    thread: str | None
    """The thread it stands in; of one that opened a thread, that thread."""
    opens: bool
    id: str
    key: str
    text: str
    deleted: bool = False


class Refusal(Exception):
    """The platform does not do it. `what` is `place`, `thread`, `message`, `text` or `limit`."""

    def __init__(self, status: int, what: str, retry_after: float | None = None) -> None:
        super().__init__(f"{status} {what}")
        self.status = status
        self.what = what
        self.retry_after = retry_after


@dataclass(slots=True)
class Remote:
    """The platform. `now` gives seconds that only grow; `log` is appended to, and read when the platform starts."""

    rules: Rules = field(default_factory=Rules)
    now: Callable[[], float] = lambda: 0.0
    log: Path | None = None
    closed: dict[str, int] = field(default_factory=dict)
    """Places that answer 403 or 404."""
    posts: dict[str, Post] = field(default_factory=dict)
    refused: deque[tuple[float, int]] = field(default_factory=deque)
    """When requests were refused with 401, 403 or 429, and with which."""
    turned_away: Counter[str] = field(default_factory=Counter)
    """How often each closed place was asked."""
    asked: int = 0
    repeats: int = 0
    """Posts that a key gave again."""
    _places: dict[str, list[str]] = field(default_factory=dict)
    _open: set[str] = field(default_factory=set)
    _keys: dict[tuple[str, str], str] = field(default_factory=dict)
    _requests: deque[float] = field(default_factory=deque)
    _last: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.log is not None:
            for post in accepted(self.log):
                self._keep(replace(post, at=self.now()))

    def admit(self) -> None:
        """Count a request.

        Raises:
            Refusal: there were too many within a second.
        """
        self.asked += 1
        now = self.now()
        while self._requests and self._requests[0] <= now - 1.0 + _ROUNDING:
            self._requests.popleft()
        if self.rules.a_second and len(self._requests) >= self.rules.a_second:
            raise self.refuse(429, "limit", self._requests[0] + 1.0 - now)
        self._requests.append(now)

    def refuse(self, status: int, what: str, retry_after: float | None = None) -> Refusal:
        """A refusal, counted where platforms ban those who cause too many."""
        if status in {401, 403, 429}:
            self.refused.append((self.now(), status))
        return Refusal(status, what, retry_after)

    def most_refused(self) -> int:
        """The largest number of refused requests within any ten minutes."""
        times = [at for at, _ in self.refused]
        most = first = 0
        for last, at in enumerate(times):
            while times[first] <= at - INVALID_WINDOW:
                first += 1
            most = max(most, last - first + 1)
        return most

    def post(
        self, place: str, text: str, *, key: str, thread: str | None = None, opens: bool = False, nonce: bool = True
    ) -> Post:
        """Accept a message; with a nonce, the same key is not accepted again within the window.

        Raises:
            Refusal: 403 or 404 `place`, 404 `thread`, 413 or 400 `text`, 429 `limit`.
        """
        self._see(place)
        if thread is not None and thread not in self._open:
            raise self.refuse(404, "thread")
        if not text.strip():
            raise self.refuse(400, "text")
        if len(text) > self.rules.characters:
            raise self.refuse(413, "text")
        now = self.now()
        first = self._repeated(place, key, now) if nonce else None
        if first is not None:
            self.repeats += 1
            return first
        wait = self._last.get(place, -self.rules.pause) + self.rules.pause - now
        if wait > _ROUNDING:
            raise self.refuse(429, "limit", wait)
        number = len(self.posts) + 1
        opens = opens and thread is None
        post = Post(number, now, place, f"t{number}" if opens else thread, opens, f"m{number}", key, text)
        self._keep(post)
        if self.log is not None:
            with self.log.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(post)) + "\n")
        return post

    def read(self, place: str, *, thread: str | None, last: int) -> list[Post]:
        """The newest messages of a place or of one of its threads, newest first; a thread holds what opened it.

        Raises:
            Refusal: as `post`.
        """
        self._see(place)
        there = (self.posts[name] for name in reversed(self._places.get(place, ())))
        found = [p for p in there if (p.thread == thread if thread else p.thread is None or p.opens)]
        return [p for p in found if self.rules.tombstones or not p.deleted][:last]

    def messages_in(self, place: str) -> int:
        """How many messages a place has, with those of its threads."""
        return len(self._places.get(place, ()))

    def revise(self, message: str, text: str) -> Post:
        """Replace a message's text.

        Raises:
            Refusal: 404 `message`, or as `post`.
        """
        if message not in self.posts or self.posts[message].deleted:
            raise self.refuse(404, "message")
        self._see(self.posts[message].place)
        if len(text) > self.rules.characters:
            raise self.refuse(413, "text")
        self.posts[message] = replace(self.posts[message], text=text)
        return self.posts[message]

    def delete(self, message: str) -> None:
        """What a person does; with the message that opened a thread the whole thread goes.

        Raises:
            Refusal: 404 `message`.
        """
        if message not in self.posts:
            raise Refusal(404, "message")
        post = self.posts[message]
        gone = [p for p in self.posts.values() if p.thread == post.thread] if post.opens else [post]
        if post.opens:
            self._open.discard(post.thread or "")
        for one in gone:
            self.posts[one.id] = replace(one, deleted=True)

    def _see(self, place: str) -> None:
        if place in self.closed:
            self.turned_away[place] += 1
            raise self.refuse(self.closed[place], "place")

    def _repeated(self, place: str, key: str, now: float) -> Post | None:
        message = self._keys.get((place, key))
        if message is None or now - self.posts[message].at > self.rules.nonce_seconds or not self.rules.nonce_seconds:
            return None
        return self.posts[message]

    def _keep(self, post: Post) -> None:
        self.posts[post.id] = post
        self._places.setdefault(post.place, []).append(post.id)
        self._keys[post.place, post.key] = post.id
        self._last[post.place] = post.at
        if post.opens and post.thread is not None:
            self._open.add(post.thread)


def accepted(log: Path) -> list[Post]:
    """What a platform has accepted by its log, in order; a last line that was not finished counts for nothing."""
    if not log.exists():
        return []
    lines = log.read_text(encoding="utf-8").split("\n")[:-1]
    return [_post(json.loads(line)) for line in lines]


def _post(values: Mapping[str, object]) -> Post:
    return Post(**values)  # type: ignore[arg-type]

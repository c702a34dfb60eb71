"""The roster: who is read, and where they publish."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.identity import canonical_link


class ThinkerKind(StrEnum):
    """What a thinker is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    PODCAST = "podcast"
    NEWSLETTER = "newsletter"


class SourceType(StrEnum):
    """Every type a roster may name; one without an adapter loads and shows as silent."""

    FEED = "feed"
    SUBSTACK = "substack"
    PODCAST = "podcast"
    YOUTUBE = "youtube"
    GITHUB = "github"
    BLUESKY = "bluesky"
    MASTODON = "mastodon"
    X = "x"
    ARXIV = "arxiv"
    FILE = "file"


ADDRESS_KEY: Mapping[SourceType, str] = {
    SourceType.FEED: "url",
    SourceType.SUBSTACK: "url",
    SourceType.PODCAST: "url",
    SourceType.YOUTUBE: "id",
    SourceType.GITHUB: "id",
    SourceType.BLUESKY: "id",
    SourceType.MASTODON: "id",
    SourceType.X: "id",
    SourceType.ARXIV: "id",
    SourceType.FILE: "path",
}
"""The key that holds a source's address in the roster file."""
BY_ADDRESS = frozenset({SourceType.FEED, SourceType.SUBSTACK, SourceType.PODCAST})
"""Types whose address is the feed's own."""


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """One place a thinker publishes: a type and an address."""

    type: SourceType
    address: str
    mirror: bool = False
    """Built by a third party; the publisher has none of its own."""

    @property
    def key(self) -> str:
        """What the store and the health list call it, for instance `feed:https://example.org/feed.xml`."""
        return f"{self.type}:{self.address}"

    @property
    def identity(self) -> str:
        """Equal for two spellings of one place; feed, podcast and substack share theirs."""
        if self.type in BY_ADDRESS:
            return f"url:{canonical_link(self.address) or self.address}"
        exact = self.type in {SourceType.FILE, SourceType.YOUTUBE}
        return f"{self.type}:{self.address if exact else self.address.casefold()}"


_PROFILES: tuple[tuple[SourceType, str, str], ...] = (
    (SourceType.X, "@{}", "https://x.com/{}"),
    (SourceType.BLUESKY, "@{}", "https://bsky.app/profile/{}"),
    (SourceType.MASTODON, "{}", ""),
    (SourceType.GITHUB, "{}", "https://github.com/{}"),
)


@dataclass(frozen=True, slots=True)
class Thinker:
    """A person, organization, podcast or newsletter on the roster."""

    id: str
    name: str
    kind: ThinkerKind
    sources: tuple[SourceSpec, ...] = ()
    tier: int = 1
    why: str = ""
    topics: tuple[str, ...] = ()

    @property
    def handle(self) -> str | None:
        """How people write to them, from the first account they have: `@name`, `@user@host` or a login."""
        for wanted, shape, _ in _PROFILES:
            for source in self.sources:
                if source.type is wanted:
                    return shape.format(source.address)
        return None

    @property
    def url(self) -> str | None:
        """Their profile or the home of their first web source."""
        for wanted, _, shape in _PROFILES:
            for source in self.sources:
                if source.type is wanted and shape:
                    return shape.format(source.address)
        for source in self.sources:
            if source.address.startswith(("https://", "http://")) and not source.mirror:
                scheme, _, rest = source.address.partition("://")
                return f"{scheme}://{rest.split('/', 1)[0]}/"
        return None


@dataclass(frozen=True, slots=True)
class Roster:
    """The list of thinkers. Ids are unique; a source belongs to one thinker."""

    thinkers: tuple[Thinker, ...]
    topics: tuple[str, ...] = ()

    def owners(self) -> dict[str, Thinker]:
        """Each source key with the thinker who publishes there."""
        return {source.key: thinker for thinker in self.thinkers for source in thinker.sources}

    def digest(self) -> str:
        """A hash of everything an edition can depend on; reasons (`why`) are left out."""
        lines = [
            "\x1f".join((t.id, t.name, t.kind, ",".join(t.topics), *(f"{s.key}{'*' * s.mirror}" for s in t.sources)))
            for t in self.thinkers
        ]
        return hashlib.sha256("\x1e".join(lines).encode()).hexdigest()

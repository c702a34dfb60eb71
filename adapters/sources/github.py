"""What a GitHub login does in public, or what a repository releases: stars, releases, pushes and posts told apart.

An act is not a claim. Whoever stars a repository did not write its description, so the title says what was done
("starred owner/repo") and the text holds only what stands in the event: the description of a repository, the notes of a
release, the messages of commits, the words of a comment.
"""

import re
from datetime import datetime

from adapters.wire.accounts import fetched
from adapters.wire.deps import SourceDeps
from adapters.wire.feeds.entries import Entry, Feed, assembled, author_name, finished, newest
from adapters.wire.feeds.polling import FeedSource
from adapters.wire.feeds.reading import read
from adapters.wire.markup import line, prose
from bot.domain.item import MAX_TEXT, MAX_TITLE, Found, ItemKind
from bot.domain.roster import SourceSpec
from bot.ports.source import Source

_EVENT = re.compile(r"tag:github\.com,2008:([A-Za-z]+)Event/")
_REPOSITORY = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+)/releases/tag/")
_DESCRIPTION = ".repo-description"
_WORDS = ".markdown-body, blockquote"
_KINDS: dict[str, tuple[ItemKind, str]] = {
    "Watch": (ItemKind.STAR, _DESCRIPTION),
    "Star": (ItemKind.STAR, _DESCRIPTION),
    "Fork": (ItemKind.REPOST, _DESCRIPTION),
    "Create": (ItemKind.PUSH, _DESCRIPTION),
    "Public": (ItemKind.PUSH, _DESCRIPTION),
    "Push": (ItemKind.PUSH, _WORDS),
    "Release": (ItemKind.RELEASE, _WORDS),
    "PullRequest": (ItemKind.POST, _WORDS),
    "PullRequestReview": (ItemKind.POST, _WORDS),
    "PullRequestReviewComment": (ItemKind.POST, _WORDS),
    "Issues": (ItemKind.POST, _WORDS),
    "IssueComment": (ItemKind.POST, _WORDS),
    "CommitComment": (ItemKind.POST, _WORDS),
    "Discussion": (ItemKind.POST, _WORDS),
    "DiscussionComment": (ItemKind.POST, _WORDS),
}
"""Events that are read, and where in them the words stand. All others (members, deletions, wikis) say nothing."""
_HOUSEKEEPING = re.compile(r" (?:created a (?:branch|tag)|closed an?|merged an?|reopened an?|deleted an?) ")
_WRITTEN = frozenset(("No content.", "No description provided."))


def build(spec: SourceSpec, deps: SourceDeps) -> Source:
    """The source behind a login, or the releases behind `owner/repository`."""
    return FeedSource(fetched(spec), deps, reader=read_activity)


def read_activity(body: bytes, content_type: str, charset: str | None, base: str, _kind: ItemKind) -> Feed:
    """The public feed of a login or a repository; picklable.

    Raises:
        SourceMalformed: a sentence that says what it is instead.
    """
    source, salvaged = read(body, content_type=content_type, charset=charset, base=base)
    items = [item for entry, date in newest(source.entries) if (item := _item(entry, date))]
    return assembled(source, items, salvaged=salvaged)


def _item(entry: Entry, date: datetime | None) -> Found | None:
    event = _EVENT.search(entry.guid)
    if event is None:
        return _from_repository(entry, date)
    title = f" {line(entry.title)} "
    if event[1] not in _KINDS or _HOUSEKEEPING.search(title):
        return None
    kind, words = _KINDS[event[1]]
    said = prose(max(entry.bodies, key=len, default=""), base=entry.base, only=words)
    return Found(
        guid=entry.guid,
        link=entry.link or None,
        title=title.strip().removeprefix(f"{author_name(entry.author)} ")[:MAX_TITLE],
        text="" if said.text in _WRITTEN else said.text[:MAX_TEXT],
        kind=kind,
        published=date,
        author=author_name(entry.author),
        links=said.links,
    )


def _from_repository(entry: Entry, date: datetime | None) -> Found:
    """A release, named with its repository because a bare `v1.2` says nothing; else a commit."""
    item = finished(entry, date, ItemKind.PUSH)
    repository = _REPOSITORY.match(item.link or "")
    if repository is None:
        return item
    return Found(
        guid=item.guid,
        link=item.link,
        title=f"released {repository[1]} {item.title}".strip()[:MAX_TITLE],
        text="" if item.text in _WRITTEN else item.text,
        kind=ItemKind.RELEASE,
        published=item.published,
        author=item.author,
        links=item.links,
    )

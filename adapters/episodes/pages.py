"""A web page about an episode: what it says of it in JSON-LD, in `og:` tags, in its players and in its links.

Pages say much that is wrong, so what their feed says comes before it. All of it is text from outside: without markup,
capped, and addresses are http(s) or nothing.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from adapters.episodes.shownotes import LONGEST_TITLE, MOST, is_for_people
from adapters.wire.feeds.dates import instant
from adapters.wire.feeds.pages import linked_feeds
from adapters.wire.feeds.recorded import LONGEST, tag
from adapters.wire.markup import absolute, line, prose
from bot.domain.episode import EpisodeLink
from bot.domain.episodes.facts import EpisodeFacts, PublishedChapter
from bot.domain.item import MAX_TITLE
from bot.domain.recording import NamedPerson, TranscriptLink

MOST_PAGE = 5_000_000
"""Characters of a page that are read."""
MOST_NOTES = 30_000
_MOST_OBJECTS = 2_000
_MOST_NODES = 3_000
_MOST_LINKS = 60
_LONGEST_NAME = 200
_KINDS = ("PodcastEpisode", "RadioEpisode", "Episode", "TVEpisode", "VideoObject", "AudioObject")
"""Of schema.org, the most telling first."""
_LENGTH = re.compile(r"P(?:(\d{1,2})D)?T?(?:(\d{1,3})H)?(?:(\d{1,5})M)?(?:(\d{1,6})(?:\.\d+)?S)?")
_TRANSCRIPT = re.compile(r"\.(vtt|srt)(?:[?#]|$)|transcript[^/]*\.(?:txt|json|html?|md)(?:[?#]|$)", re.IGNORECASE)
_EMBEDDED = re.compile(r"//(?:www\.)?youtube(?:-nocookie)?\.com/embed/([A-Za-z0-9_-]{11})(?![A-Za-z0-9_-])")


@dataclass(frozen=True, slots=True)
class PageSaid:
    """What a page says; `facts` have no id yet."""

    facts: EpisodeFacts
    episode: bool
    """It is about something that can be heard, by its own account."""
    feeds: tuple[str, ...]
    """Those of podcasts first."""
    titles: tuple[str, ...]
    """What the episode may be called, each once."""
    names: tuple[str, ...] = ()
    """Its addresses by its own account: the page's, the sound file's."""


def read_page(markup: str, url: str) -> PageSaid:
    """Everything a page says of its episode. Never raises."""
    markup = markup[:MOST_PAGE]
    tree = LexborHTMLParser(markup)
    said = _best(tree)
    meta = _metas(tree)
    media = _media(tree, said, meta, url)
    title, titles = _titles(tree, said, meta)
    facts = EpisodeFacts(
        "",
        title,
        url=url,
        show=_named(said.get("partOfSeries")) or line(meta.get("og:site_name", ""))[:_LONGEST_NAME] or None,
        published=instant(
            _text(said, "datePublished") or _text(said, "uploadDate") or meta.get("article:published_time", "")
        ),
        duration=length(_text(said, "duration") or _text(said, "timeRequired")),
        language=tag(_text(said, "inLanguage")) or _language(tree),
        notes=_notes(tree, said, meta),
        people=_people(said),
        links=_links(tree, url),
        chapters=_clips(said),
        transcripts=_transcripts(tree, url),
        media=media,
        video=_video(markup, url),
    )
    own = tree.css_first('link[rel="canonical"][href]')
    names = [own.attributes.get("href") or "" if own else "", meta.get("og:url", ""), media or ""]
    known = tuple(address for name in names if name.strip() and (address := absolute(url, name)))
    return PageSaid(facts, bool(said) or media is not None, _feeds(markup, url), titles, known)


def length(text: str) -> float | None:
    """The seconds of an ISO 8601 duration (`PT1H2M3S`); None for zero and for junk."""
    found = _LENGTH.fullmatch(text.strip())
    if not found:
        return None
    days, hours, minutes, rest = (int(part or 0) for part in found.groups())
    total = float(((days * 24 + hours) * 60 + minutes) * 60 + rest)
    return total if 0 < total <= LONGEST else None


def _best(tree: LexborHTMLParser) -> dict[str, Any]:
    """The object of JSON-LD that tells most of an episode; empty without one."""
    best: dict[str, Any] = {}
    rank = len(_KINDS)
    for node in tree.css('script[type="application/ld+json"]')[:50]:
        try:
            document = json.loads(node.text(deep=True))
        except (ValueError, RecursionError):
            continue
        for one in _objects(document):
            kinds = one.get("@type")
            named = kinds if isinstance(kinds, list) else [kinds]
            at = min((_KINDS.index(kind) for kind in named if kind in _KINDS), default=len(_KINDS))
            if at < rank:
                best, rank = one, at
    return best


def _objects(document: object) -> Iterator[dict[str, Any]]:
    """All objects in a document, outer ones first."""
    waiting = [document]
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        one = waiting.pop(0)
        if isinstance(one, dict):
            yield one
            waiting += [value for value in one.values() if isinstance(value, dict | list)]
        elif isinstance(one, list):
            waiting += [value for value in one if isinstance(value, dict | list)]


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    metas: dict[str, str] = {}
    for node in tree.css("meta[content]")[:_MOST_NODES]:
        name = (node.attributes.get("property") or node.attributes.get("name") or "").lower()
        metas.setdefault(name, (node.attributes.get("content") or "")[:MOST_NOTES])
    return metas


def _titles(tree: LexborHTMLParser, said: dict[str, Any], meta: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    nodes = [node.text(deep=True) for name in ("h1", "title") for node in tree.css(name)[:2]]
    named = [_text(said, "name") or _text(said, "headline"), meta.get("og:title", ""), *nodes]
    titles = tuple(dict.fromkeys(title for name in named if (title := line(name[:5_000])[:MAX_TITLE])))
    return (titles[0] if titles else ""), titles


def _media(tree: LexborHTMLParser, said: dict[str, Any], meta: dict[str, str], url: str) -> str | None:
    """The address of the sound or video file."""
    inner = [said, *(each for key in ("associatedMedia", "audio", "video") for each in _all(said.get(key)))]
    named = [_text(each, "contentUrl") for each in inner]
    named += [meta.get(key, "") for key in ("og:audio", "og:audio:url", "og:audio:secure_url", "twitter:player:stream")]
    players = tree.css("audio[src], audio source[src], video[src], video source[src]")
    named += [node.attributes.get("src") or "" for node in players[:20]]
    return next((address for each in named if each.strip() and (address := absolute(url, each))), None)


def _notes(tree: LexborHTMLParser, said: dict[str, Any], meta: dict[str, str]) -> str:
    """What stands on the page, or what it says of itself where that says more."""
    told = prose(_text(said, "description") or meta.get("og:description", "") or meta.get("description", "")).text
    body = tree.html or ""
    standing = next((text for only in ("article", "main") if (text := prose(body, only=only).text)), "")
    return (standing if len(standing) > len(told) else told)[:MOST_NOTES]


def _people(said: dict[str, Any]) -> tuple[NamedPerson, ...]:
    roles = (("actor", ""), ("host", "host"), ("guest", "guest"), ("contributor", ""), ("author", "author"))
    people: dict[str, NamedPerson] = {}
    for key, role in roles:
        for one in _all(said.get(key)):
            if one.get("@type") == "Person" and (name := _named(one)):
                people.setdefault(name, NamedPerson(name, role))
    return tuple(people.values())[:30]


def _clips(said: dict[str, Any]) -> tuple[PublishedChapter, ...]:
    """Chapters as search engines want them: parts with a name and where they start."""
    starts: dict[float, PublishedChapter] = {}
    for clip in _all(said.get("hasPart"))[:MOST]:
        start, name = clip.get("startOffset"), line(_text(clip, "name")[:2_000])[:LONGEST_TITLE]
        if isinstance(start, int | float) and 0 <= start <= LONGEST and name:
            starts.setdefault(float(start), PublishedChapter(float(start), name))
    return tuple(chapter for _, chapter in sorted(starts.items())) if len(starts) > 1 else ()


def _transcripts(tree: LexborHTMLParser, url: str) -> tuple[TranscriptLink, ...]:
    """Captions of players, and files whose names say that they are transcripts."""
    found: dict[str, TranscriptLink] = {}
    for node in tree.css("track[src], a[href], link[href]")[:_MOST_NODES]:
        said = node.attributes
        address = absolute(url, said.get("src") or said.get("href") or "")
        kind = (said.get("type") or "").lower()[:60]
        if address and (node.tag == "track" or _TRANSCRIPT.search(address) or kind in ("text/vtt", "application/srt")):
            kind = kind or ("text/vtt" if node.tag == "track" else "")
            language = said.get("srclang") or said.get("hreflang") or ""
            found.setdefault(address, TranscriptLink(address, kind, tag(language)))
    return tuple(found.values())[:12]


def _links(tree: LexborHTMLParser, url: str) -> tuple[EpisodeLink, ...]:
    """What the text of the page links to, by the words that carry it."""
    links: dict[str, EpisodeLink] = {}
    for node in tree.css("article a[href], main a[href]")[:_MOST_NODES]:
        address = absolute(url, node.attributes.get("href") or "")
        title = " ".join(node.text(deep=True).split())[:LONGEST_TITLE]
        if address and title and is_for_people(address) and address.partition("#")[0] != url.partition("#")[0]:
            links.setdefault(address, EpisodeLink(title, address))
    return tuple(links.values())[:_MOST_LINKS]


def _feeds(markup: str, url: str) -> tuple[str, ...]:
    """Where pages have several feeds, that of the podcast is meant here."""
    feeds: Sequence[str] = linked_feeds(markup, url)
    return tuple(sorted(feeds, key=lambda feed: not any(word in feed.lower() for word in ("podcast", "episode"))))


def _video(markup: str, url: str) -> str | None:
    """The one YouTube video that the page shows."""
    if urlsplit(url).hostname == "www.youtube.com":
        return None  # a channel, which shows many
    shown = dict.fromkeys(_EMBEDDED.findall(markup))
    return next(iter(shown)) if len(shown) == 1 else None


def _language(tree: LexborHTMLParser) -> str | None:
    node = tree.css_first("html[lang]")
    return tag(node.attributes.get("lang") or "") if node else None


def _all(value: object) -> list[dict[str, Any]]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


def _named(value: object) -> str | None:
    return next((name for one in _all(value) if (name := line(_text(one, "name")[:1_000])[:_LONGEST_NAME])), None)


def _text(value: dict[str, Any], key: str) -> str:
    text = value.get(key)
    return text if isinstance(text, str) else ""

"""Places that list episodes without being where they are published: YouTube, Apple Podcasts, Spotify."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from adapters.wire.markup import absolute, line
from bot.errors import SourceMalformed

LOOKUP = "https://itunes.apple.com/lookup?id={}&entity=podcastEpisode&limit=200"
"""Apple's own, without a key: the feed of a show and its last two hundred episodes."""
_VIDEOS = "https://www.youtube.com/feeds/videos.xml"
_LISTED = re.compile(r"[A-Za-z0-9_-]{2,60}")
_CHANNEL = re.compile(r"/channel/(UC[A-Za-z0-9_-]{22})(?:/|$)")
_APPLE = re.compile(r"https?://podcasts\.apple\.com/(?:[a-z]{2}/)?podcast/(?:[^/]+/)?id(\d{1,15})/?(?:\?(.*))?")
_EPISODE_FILE = re.compile(r"\.(?:mp3|m4a|m4b|ogg|oga|opus|aac|wav|flac|mp4|m4v|mov|webm|mkv)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Apple:
    """A show at Apple Podcasts, or one of its episodes."""

    show: str
    episode: str | None


@dataclass(frozen=True, slots=True)
class Published:
    """Where a show that Apple lists is published."""

    feed: str
    names: tuple[str, ...]
    """Guid and sound file of the episode that was asked for."""
    titles: tuple[str, ...]


def apple(link: str) -> Apple | None:
    """What a link to Apple Podcasts names."""
    found = _APPLE.fullmatch(link)
    if not found:
        return None
    episode = dict(parse_qsl(found[2] or "")).get("i", "")
    return Apple(found[1], episode if episode.isdecimal() else None)


def is_spotify(link: str) -> bool:
    """Whether it leads to Spotify, which does not say where its shows are published."""
    host = urlsplit(link).hostname or ""
    return host in {"spotify.link", "spotify.com"} or host.endswith(".spotify.com")


def listing(link: str) -> str | None:
    """The feed of the newest videos of a playlist or a channel at YouTube, where the link names its id."""
    parts = urlsplit(link)
    if parts.hostname != "www.youtube.com":
        return None
    listed = dict(parse_qsl(parts.query)).get("list", "")
    if parts.path == "/playlist" and _LISTED.fullmatch(listed):
        return f"{_VIDEOS}?playlist_id={listed}"
    channel = _CHANNEL.match(parts.path)
    return f"{_VIDEOS}?channel_id={channel[1]}" if channel else None


def is_sound(link: str) -> bool:
    """Whether the address names a sound or video file."""
    return _EPISODE_FILE.search(urlsplit(link).path) is not None


def read_lookup(body: bytes, asked: Apple) -> Published:
    """Where the show is published, and how the episode is known there. Pure and picklable.

    Raises:
        SourceMalformed: Apple does not say.
    """
    listed = list(_listed(body))
    feed = next((address for each in listed if (address := absolute("", _text(each, "feedUrl")))), None)
    if feed is None:
        raise SourceMalformed("Apple does not say where this show is published; paste the link of its feed.")
    chosen = next((each for each in listed if str(each.get("trackId")) == asked.episode), {})
    names = tuple(name for key in ("episodeGuid", "episodeUrl") if (name := _text(chosen, key)))
    title = line(_text(chosen, "trackName"))
    return Published(feed, names, (title,) if title else ())


def _listed(body: bytes) -> Iterator[dict[str, Any]]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise SourceMalformed("Apple answers in a way we do not understand; paste the link of the feed.") from error
    results = document.get("results") if isinstance(document, dict) else None
    yield from (each for each in (results if isinstance(results, list) else ()) if isinstance(each, dict))


def _text(value: dict[str, Any], key: str) -> str:
    text = value.get(key)
    return text[:2_000] if isinstance(text, str) else ""

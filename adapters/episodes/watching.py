"""A YouTube watch page: what it says about its video, and why there is nothing to see.

The page carries the player's own data as JSON. No key is needed for it. A page that asks for consent or for a proof of
being human carries none; then oEmbed still tells title and channel.
"""

import json
import re
from html import escape
from typing import Any

from adapters.episodes.shownotes import chapters_in, links_in
from adapters.wire.feeds.dates import instant
from adapters.wire.feeds.recorded import tag
from adapters.wire.markup import line, prose
from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.item import MAX_TITLE, item_id
from bot.errors import SourceMalformed, SourceRefused

WATCH = "https://www.youtube.com/watch?v={}"
OEMBED = "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D{}"
MOST_BYTES = 8 * 1024 * 1024
MOST_NOTES = 20_000
"""Characters kept of a description; YouTube's own most is 5,000."""
_BEGINS = re.compile(r"ytInitialPlayerResponse\s*=\s*(?=\{)")
_LONGEST_NAME = 200

PRIVATE = "The video is private: only people its owner chose can see it."
GONE = "YouTube has no such video: it was deleted, or never was."
MEMBERS = "The video is for paying members of its channel only."
ADULTS = "YouTube shows this video to signed-in adults only."
LIVE = "This is a live stream that is still running; it can be read once it is over and has captions."
AHEAD = "This is a live stream that has not begun; it can be read once it is over and has captions."
SIGNED_IN = "YouTube shows this video only to people who are signed in."
HIDDEN = "YouTube says nothing about this video: it is private, deleted, or not shown outside of YouTube."
ELSEWHERE = "YouTube does not play this video here."


def read_watch_page(body: bytes, video: str) -> EpisodeFacts | None:
    """What the page of a video says; None where it is a page that only asks for something. Pure and picklable.

    Raises:
        SourceRefused: the video is private, gone, for members or adults, or a live stream.
    """
    page = body.decode("utf-8", "replace")
    found = _BEGINS.search(page)
    if not found:
        return None
    try:
        player, _ = json.JSONDecoder().raw_decode(page, found.end())
    except (ValueError, RecursionError):
        return None
    details = _inner(player, "videoDetails")
    if sentence := unplayable(_inner(player, "playabilityStatus"), details):
        raise SourceRefused(sentence)
    return _facts(player, details, video) if details else None


def read_oembed(body: bytes, video: str) -> EpisodeFacts:
    """Title and channel, as oEmbed tells them.

    Raises:
        SourceMalformed: it does not.
    """
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise SourceMalformed("YouTube answers in a way we do not understand") from error
    title = _said(told, "title")[:MAX_TITLE]
    if not title:
        raise SourceMalformed("YouTube says nothing about this video")
    return EpisodeFacts(
        item_id(WATCH.format(video)),
        title,
        url=WATCH.format(video),
        show=_said(told, "author_name")[:_LONGEST_NAME] or None,
        video=video,
    )


def unplayable(status: dict[str, Any], details: dict[str, Any]) -> str | None:
    """Why the video cannot be read, in a sentence; None where nothing speaks against it.

    YouTube's reasons are in the language it takes us to speak, so its codes come first.
    """
    code, reason = _text(status, "status"), _text(status, "reason").casefold()
    if details.get("isLive") is True:
        return LIVE
    if details.get("isUpcoming") is True or code == "LIVE_STREAM_OFFLINE":
        return AHEAD
    if details.get("isPrivate") is True or "private" in reason:
        return PRIVATE
    if code in ("OK", "") or "not a bot" in reason:
        return None
    return _barred(code, reason, json.dumps(status.get("errorScreen"))[:20_000])


def _barred(code: str, reason: str, screen: str) -> str:
    if "sponsors_only" in screen or "member" in reason:
        return MEMBERS
    if code in ("AGE_VERIFICATION_REQUIRED", "AGE_CHECK_REQUIRED") or "age" in reason.split() or "inappro" in reason:
        return ADULTS
    if code == "ERROR":
        return GONE
    return SIGNED_IN if code == "LOGIN_REQUIRED" else ELSEWHERE


def _facts(player: dict[str, Any], details: dict[str, Any], video: str) -> EpisodeFacts:
    format_ = _inner(_inner(player, "microformat"), "playerMicroformatRenderer")
    notes = prose(escape(_text(details, "shortDescription")[:MOST_NOTES], quote=False)).text
    duration = float(length) if (length := _text(details, "lengthSeconds")).isdecimal() and len(length) < 8 else 0.0
    return EpisodeFacts(
        item_id(WATCH.format(video)),
        _said(details, "title")[:MAX_TITLE] or video,
        url=WATCH.format(video),
        show=_said(details, "author")[:_LONGEST_NAME] or None,
        published=instant(_text(format_, "publishDate") or _text(format_, "uploadDate")),
        duration=duration or None,
        language=_language(player),
        notes=notes,
        links=links_in(notes),
        chapters=chapters_in(notes, duration or None),
        video=video,
    )


def _language(player: dict[str, Any]) -> str | None:
    """The language that is spoken: that of the automatic captions, for they are what is heard."""
    tracks = _inner(_inner(player, "captions"), "playerCaptionsTracklistRenderer").get("captionTracks")
    for track in tracks if isinstance(tracks, list) else ():
        if isinstance(track, dict) and track.get("kind") == "asr":
            return tag(_text(track, "languageCode"))
    return None


def _said(value: object, key: str) -> str:
    """A line of plain text, which may hold what looks like markup."""
    return line(escape(_text(value, key)[:5_000], quote=False))


def _inner(value: dict[str, Any], key: str) -> dict[str, Any]:
    inner = value.get(key)
    return inner if isinstance(inner, dict) else {}


def _text(value: object, key: str) -> str:
    text = value.get(key) if isinstance(value, dict) else None
    return text if isinstance(text, str) else ""

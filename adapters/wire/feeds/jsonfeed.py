"""JSON Feed, versions 1 and 1.1."""

import html
import json
from collections.abc import Iterator
from typing import Any

from adapters.wire.feeds.entries import Entries, Entry
from adapters.wire.feeds.recorded import Recorded
from bot.errors import SourceMalformed


def entries(text: str, base: str) -> Entries:
    """The entries of a JSON Feed.

    Raises:
        SourceMalformed: it is not JSON, or other JSON.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceMalformed("it begins like JSON but cannot be read as JSON") from error
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise SourceMalformed("this is JSON, but not a JSON Feed")
    home = base or _string(document, "home_page_url") or _string(document, "feed_url")
    items = [_entry(item, home) for item in document["items"] if isinstance(item, dict)]
    return Entries(_string(document, "title"), _string(document, "language"), items)


def _entry(item: dict[str, Any], home: str) -> Entry:
    bodies = [_string(item, "content_html"), html.escape(_string(item, "content_text"), quote=False)]
    bodies.append(html.escape(_string(item, "summary"), quote=False))
    link = _string(item, "url") or _string(item, "external_url")
    guid = _string(item, "id")
    media = next((attached for attached in _objects(item, "attachments") if _played(attached)), {})
    return Entry(
        guid=guid,
        link=link or (guid if guid.startswith(("https://", "http://")) else ""),
        title=html.escape(_string(item, "title"), quote=False),
        bodies=[body for body in bodies if body],
        date=_string(item, "date_published") or _string(item, "date_modified"),
        author=next((name for a in _objects(item, "authors", "author") if (name := _string(a, "name"))), ""),
        media=_played(media),
        base=link or home,
        recorded=Recorded(_string(media, "duration_in_seconds"), language=_string(item, "language")),
    )


def _played(attachment: dict[str, Any]) -> str:
    kind = _string(attachment, "mime_type")
    return _string(attachment, "url") if kind.startswith(("audio", "video")) else ""


def _objects(item: dict[str, Any], *keys: str) -> Iterator[dict[str, Any]]:
    for key in keys:
        value = item.get(key)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield each


def _string(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""

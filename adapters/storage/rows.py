"""Domain values to rows and back."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

from adapters.wire.contract import from_json, to_json
from bot.domain.edition import Edition
from bot.domain.episode import Episode
from bot.domain.health import Health, SourceState
from bot.domain.item import Item, ItemKind, Recording
from bot.domain.transcript import Transcript
from bot.ports.episodes import KeptEpisode
from bot.ports.store import EditionKey


def aware(instant: datetime) -> datetime:
    """The instant in UTC.

    Raises:
        ValueError: it has no time zone.
    """
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no time zone")
    return instant.astimezone(UTC)


def aware_or_none(instant: datetime | None) -> datetime | None:
    """The instant in UTC, if there is one."""
    return None if instant is None else aware(instant)


def item_row(item: Item) -> dict[str, Any]:
    """The columns of `schema.items`."""
    return {
        "id": item.id,
        "source": item.source,
        "guid": item.guid,
        "url": item.url,
        "title": item.title,
        "text": item.text,
        "kind": item.kind.value,
        "published": aware_or_none(item.published),
        "first_seen": aware(item.first_seen),
        "at": aware(item.at),
        "backlog": item.backlog,
        "author": item.author,
        "links": json.dumps(item.links, ensure_ascii=False),
        "media": item.media,
        "recording": None if item.recording is None else to_json(item.recording, indent=None),
    }


RENEWED = ("title", "text", "links", "media", "recording")
"""What of an item is renewed when its source reports it again."""


def renewed(first: Item, again: Item) -> Item:
    """An item as it was first seen, with what its source says of it now."""
    return replace(first, **{name: getattr(again, name) for name in RENEWED})


def item(row: Mapping[Any, Any]) -> Item:
    """An item from its row.

    Raises:
        ValueError: a column holds what was never written.
    """
    values = dict(row)
    values["late"] = values["published"] not in {None, values.pop("at")}
    values["kind"] = ItemKind(values["kind"])
    values["links"] = tuple(json.loads(values["links"]))
    if values["recording"] is not None:
        values["recording"] = from_json(Recording, values["recording"])
    return Item(**values)


def episode_row(kept: KeptEpisode) -> dict[str, Any]:
    """The columns of `schema.episodes`."""
    return {
        "id": kept.episode.id,
        "tenant": kept.tenant,
        "source": kept.source,
        "made": aware(kept.made),
        "rules": kept.rules,
        "document": to_json(kept.episode, indent=None),
        "transcript": None if kept.transcript is None else to_json(kept.transcript, indent=None),
    }


def episode(row: Mapping[Any, Any]) -> KeptEpisode:
    """An overview from its row.

    Raises:
        ValueError: a document breaks its contract.
    """
    transcript = None if row["transcript"] is None else from_json(Transcript, row["transcript"])
    whole = from_json(Episode, row["document"])
    return KeptEpisode(whole, transcript, row["made"], row["rules"], row["tenant"], row["source"])


def state_row(state: SourceState) -> dict[str, Any]:
    """The columns of `schema.sources`."""
    values = {field.name: getattr(state, field.name) for field in fields(state)}
    instants = {name: aware(value) for name, value in values.items() if isinstance(value, datetime)}
    return {**values, **instants, "state": state.state.value}


def state(row: Mapping[Any, Any]) -> SourceState:
    """A source's state from its row.

    Raises:
        ValueError: a column holds what was never written.
    """
    return SourceState(**{**row, "state": Health(row["state"])})


def key_digest(key: EditionKey) -> str:
    """64 hex digits that stand for a key: the SHA-256 of its parts as a JSON list, so that no two keys run together."""
    parts = [
        key.desk,
        key.roster,
        aware(key.window.start).isoformat(),
        aware(key.window.end).isoformat(),
        key.slot,
        key.language,
        key.writer,
        key.topic,
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def edition_row(key: EditionKey, edition: Edition) -> dict[str, Any]:
    """The columns of `schema.editions`."""
    return {
        "id": edition.id,
        "key": key_digest(key),
        "desk": edition.desk,
        "slot": edition.slot,
        "window_start": aware(edition.window.start),
        "window_end": aware(edition.window.end),
        "roster": key.roster,
        "language": key.language,
        "writer": key.writer,
        "topic": key.topic,
        "document": to_json(edition, indent=None),
    }


def edition(row: Mapping[Any, Any]) -> Edition:
    """An edition from its row's document.

    Raises:
        ValueError: the document breaks the contract.
    """
    return from_json(Edition, row["document"])

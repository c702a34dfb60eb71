"""The digest of frozen content: shows that what is to be posted is still what was composed.

Fields that have their default value are left out, so that a newer version which adds one gives the same digest: an
edition that is half posted while the program is replaced goes on.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any

from bot.domain.message import EditionCard, Part, Publication, part_name


def publication_digest(publication: Publication) -> str:
    """SHA-256, in hex, of an edition or an episode as canonical JSON: sorted keys, instants in UTC, no fields left at
    default.
    """
    return _digest(_plain(publication))


def part_digest(publication: str, part: Part) -> str:
    """SHA-256, in hex, of a message; `publication` is the digest of what it belongs to, reckoned once for all parts.

    A part follows from its edition or episode, its name and, for the card, whether it is late.
    """
    late = part.late if isinstance(part, EditionCard) else None
    return _digest([publication, part_name(part), _plain(late)])


def _digest(plain: object) -> str:
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: object) -> object:
    """What JSON can say of a value."""
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if is_dataclass(value):
        told = ((field.name, getattr(value, field.name)) for field in fields(value) if not _is_default(field, value))
        return {name: _plain(each) for name, each in told}
    return _instant(value)


def _instant(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no digest of {type(value).__name__}")


def _is_default(field: Field[Any], value: object) -> bool:
    default = field.default if field.default_factory is MISSING else field.default_factory()
    return bool(getattr(value, field.name) == default)

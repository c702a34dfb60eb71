"""Subscriptions, postings and builds to rows and back."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from adapters.storage.rows import aware, aware_or_none
from bot.domain.edition import Slot
from bot.domain.ledger import Build, BuildKey, Posting, State
from bot.domain.place import Place
from bot.domain.subscription import Subscription
from bot.domain.timetable import Schedule, parse_schedule
from bot.ports.store import Standing

_POSTING = frozenset(field.name for field in fields(Posting))
_SLOTS: Mapping[str, Slot] = {"am": "am", "pm": "pm", "now": "now"}


def subscription_row(subscription: Subscription) -> dict[str, Any]:
    """The columns of `schema.subscriptions`.

    Raises:
        ValueError: an instant has no time zone.
    """
    return {
        "id": subscription.id,
        "tenant": subscription.tenant,
        "platform": subscription.place.platform,
        "place": subscription.place.id,
        "thread": subscription.place.thread,
        "desk": subscription.desk,
        "schedule": str(subscription.schedule),
        "language": subscription.language,
        "since": aware(subscription.since),
        "options": json.dumps(dict(subscription.options), ensure_ascii=False),
        "paused_until": aware_or_none(subscription.paused_until),
        "pause_reason": subscription.pause_reason,
    }


def subscription(row: Mapping[Any, Any]) -> Subscription:
    """A subscription from its row.

    Raises:
        ValueError: a column holds what was never written.
    """
    values = {**row, "place": _place(row), "schedule": schedule(row), "options": _options(row["options"])}
    del values["platform"], values["thread"]
    return Subscription(**values)


def schedule(row: Mapping[Any, Any]) -> Schedule:
    """The schedule that a row names.

    Raises:
        ValueError: it names none.
    """
    return parse_schedule(row["schedule"])


def posting(row: Mapping[Any, Any]) -> Posting:
    """A posting from its row.

    Raises:
        ValueError: a column holds what was never written.
    """
    values = {name: value for name, value in row.items() if name in _POSTING}
    changed = {"place": _place(row), "slot": slot(row), "date": local_date(row), "state": State(row["state"])}
    return Posting(**{**values, **changed})


def posting_row(posting: Posting) -> dict[str, Any]:
    """The columns of `schema.postings`.

    Raises:
        ValueError: an instant has no time zone.
    """
    return {
        **{name: getattr(posting, name) for name in _POSTING},
        "platform": posting.place.platform,
        "place": posting.place.id,
        "thread": posting.place.thread,
        "date": posting.date.isoformat(),
        "due": aware(posting.due),
        "state": posting.state.value,
        "window_end": aware_or_none(posting.window_end),
        "retry_at": aware_or_none(posting.retry_at),
    }


def standing(row: Mapping[Any, Any]) -> Standing:
    """A message that stands at a place, from its columns of `schema.deliveries` and `schema.postings`."""
    return Standing(row["part"], _place(row), row["message"], row["edition"])


def key_row(key: BuildKey) -> dict[str, Any]:
    """The columns that stand for a build in `schema.postings` and `schema.builds`.

    Raises:
        ValueError: its instant has no time zone.
    """
    return {
        "desk": key.desk,
        "due": aware(key.due),
        "language": key.language,
        "slot": key.slot,
        "date": key.date.isoformat(),
    }


def build_key(row: Mapping[Any, Any]) -> BuildKey:
    """A build's key from a row of postings or builds.

    Raises:
        ValueError: a column holds what was never written.
    """
    return BuildKey(row["desk"], row["due"], row["language"], slot(row), local_date(row))


def build(row: Mapping[Any, Any]) -> Build:
    """A build from its row.

    Raises:
        ValueError: a column holds what was never written.
    """
    told = {name: row[name] for name in ("window_start", "window_end", "edition", "seconds", "reason")}
    return Build(build_key(row), **told)


def slot(row: Mapping[Any, Any]) -> Slot:
    """The slot of a posting or build; `now` where a person asked for it.

    Raises:
        ValueError: the row holds none.
    """
    if row["slot"] not in _SLOTS:
        raise ValueError(f"{row['slot']!r} is no slot")
    return _SLOTS[row["slot"]]


def local_date(row: Mapping[Any, Any]) -> date:
    """The local date of a posting or build.

    Raises:
        ValueError: the row holds none.
    """
    return date.fromisoformat(row["date"])


def _place(row: Mapping[Any, Any]) -> Place:
    return Place(row["platform"], row["place"], row["thread"])


def _options(text: str) -> tuple[tuple[str, str], ...]:
    options = json.loads(text)
    if not isinstance(options, dict) or not all(isinstance(value, str) for value in options.values()):
        raise ValueError(f"{text!r} are no options")
    return tuple(sorted(options.items()))

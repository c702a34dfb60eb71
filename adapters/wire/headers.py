"""What a server's headers say, read with distrust: junk counts as nothing said, and no promise reaches past a day."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST_WAIT = timedelta(hours=24)
"""The longest time we stay away because a server said so."""

_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?")
_MAX_AGE = re.compile(r'(?:^|[\s,])max-age\s*=\s*"?([0-9]{1,12})"?(?=$|[\s,])', re.IGNORECASE)
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?\s*([A-Za-z0-9._:+-]{1,40})""", re.IGNORECASE)
_LONGEST_VALIDATOR = 1000


def retry_after(headers: Mapping[str, str], *, now: datetime) -> timedelta | None:
    """How long to stay away: `Retry-After` as seconds or as an HTTP date, else GitHub's `X-RateLimit-Reset`.

    A date is measured against the server's own `Date` where it sent one, else against `now` (aware). Never negative, at
    most 24 hours; junk is None.
    """
    text = headers.get("Retry-After", "").strip()
    if _NUMBER.fullmatch(text):
        return _within_a_day(timedelta(seconds=float(text)))
    instant = _date(text) or _reset(headers)
    return None if instant is None else _within_a_day(instant - (_date(headers.get("Date", "")) or now))


def is_rate_limit(headers: Mapping[str, str]) -> bool:
    """Whether a refusal (403) is really a "not now": GitHub and others answer so when a quota is spent."""
    return "Retry-After" in headers or headers.get("X-RateLimit-Remaining", "").strip() == "0"


def fresh_until(headers: Mapping[str, str], *, now: datetime) -> timedelta | None:
    """For how long from now asking again would be idle: `max-age` less `Age`, else `Expires` less `Date` (RFC 9111).

    At most 24 hours, a positive time or None; `no-cache`, `no-store`, zero, the past and junk are None.
    """
    control = headers.get("Cache-Control", "")
    if re.search(r"\bno-(?:cache|store)\b", control, re.IGNORECASE):
        return None
    promised = _MAX_AGE.search(control)
    expires = _date(headers.get("Expires", ""))
    if promised:
        age = headers.get("Age", "").strip()
        spent = int(age) if re.fullmatch("[0-9]{1,9}", age) else 0
        left = timedelta(seconds=int(promised[1]) - spent)
    elif expires is not None:
        left = expires - (_date(headers.get("Date", "")) or now)
    else:
        return None
    return _within_a_day(left) if left > timedelta() else None


def media_type(headers: Mapping[str, str]) -> tuple[str, str | None]:
    """`Content-Type` as (type in lower case without parameters, charset or None); ("", None) without one."""
    value = headers.get("Content-Type", "")
    charset = _CHARSET.search(value)
    return value.split(";")[0].strip().lower()[:100], charset[1] if charset else None


def validator(value: str | None) -> str | None:
    """An `ETag` or `Last-Modified` that can be sent back as it came (visible ASCII, at most 1,000), else None."""
    value = (value or "").strip()
    usable = 0 < len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable()
    return value if usable else None


def _reset(headers: Mapping[str, str]) -> datetime | None:
    text = headers.get("X-RateLimit-Reset", "").strip()
    if headers.get("X-RateLimit-Remaining", "").strip() != "0" or not re.fullmatch("[0-9]{1,10}", text):
        return None
    return datetime.fromtimestamp(int(text), UTC)


def _date(text: str) -> datetime | None:
    """An HTTP date in any of its three forms (RFC 9110 §5.6.7), aware; None for anything else."""
    try:
        instant = parsedate_to_datetime(text)
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _within_a_day(duration: timedelta) -> timedelta:
    return min(max(duration, timedelta()), LONGEST_WAIT)

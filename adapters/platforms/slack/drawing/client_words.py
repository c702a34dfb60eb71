"""Words that Slack's client writes around our messages, its times and its dates.

They are a picture of somebody else's interface, so they are not in our catalogue. English only: there is no Russian
client, and who reads us in Russian reads Slack in another language.
"""

import re
from datetime import datetime
from typing import Final

APP: Final = "APP"
PRIVATE: Final = "Only visible to you"
THREAD: Final = "Thread"
EDITED: Final = "(edited)"
OPTIONAL: Final = "(optional)"
DELETED: Final = "This message was deleted."
MORE: Final = "More actions"
CLOSE: Final = "Close"
CHOOSE: Final = "Select an option"
TABS: Final = ("Home", "Messages", "About")
WRITING: Final = "still writing"
"""What a screen reader says where the others see a mark at the end of a stream."""
_TOKEN: Final = re.compile(r"\{(\w+)\}")
_CLOSE: Final = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_SPANS: Final = (("year", 365 * 86_400), ("month", 30 * 86_400), ("week", 7 * 86_400), ("day", 86_400), ("hour", 3_600))


def replies(count: int) -> str:
    """How many messages a thread has below its parent."""
    return f"{count} {'reply' if count == 1 else 'replies'}"


def last_reply(at: datetime) -> str:
    """When the last one came, in the zone it is given in."""
    return f"Last reply today at {at:%H:%M}"


def printed(at: datetime, form: str, now: datetime) -> str:
    """An instant (in the zone it is to be printed in) as Slack prints the form of a date token.

    `{ago}` is relative to `now`. What is in braces and no token of Slack's stays.
    """
    days = (at.date() - now.astimezone(at.tzinfo).date()).days

    def token(found: re.Match[str]) -> str:
        name = found[1]
        if name.endswith("_pretty") and days in _CLOSE:
            said = _CLOSE[days]
            return said.capitalize() if found.start() == 0 else said
        return _ago(at, now) if name == "ago" else _form(at, name.removesuffix("_pretty")) or found[0]

    return _TOKEN.sub(token, form)


def _form(at: datetime, name: str) -> str | None:
    match name:
        case "date_num":
            return f"{at:%Y-%m-%d}"
        case "date_slash":
            return f"{at:%m/%d/%Y}"
        case "date":
            return f"{at:%B} {_nth(at.day)}, {at.year}"
        case "date_short":
            return f"{at:%b} {at.day}, {at.year}"
        case "date_long":
            return f"{at:%A, %B} {_nth(at.day)}, {at.year}"
        case "time":
            return f"{at:%H:%M}"
        case "time_secs":
            return f"{at:%H:%M:%S}"
    return None


def _nth(day: int) -> str:
    last = "th" if day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{last}"


def _ago(at: datetime, now: datetime) -> str:
    seconds = abs((at - now).total_seconds())
    unit, size = next(((unit, size) for unit, size in _SPANS if seconds >= size), ("minute", 60))
    count = int(seconds // size)
    return f"{count} {unit}{'' if count == 1 else 's'} {'from now' if at > now else 'ago'}"

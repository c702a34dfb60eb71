"""Instants in Slack: a token where each reader sees their own time; words where tokens cannot stand."""

from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from adapters.platforms.slack.payloads import moment
from bot.domain.document import Run
from bot.ports.phrases import Phrases

_DAY: Final = "{date_long}"
_DISTANCE: Final = "{ago}"
_SHORT, _TIME = "{date_short}", "{time}"
_NUMBERS: Final = "{date_num}"
_CLIENTS: Final = frozenset({"de", "en", "es", "fr", "it", "ja", "ko", "pt", "zh"})
"""Languages that Slack's clients speak: in these, tokens of dates have words."""


def told(run: Run, phrases: Phrases, zone: str | None, *, alone: bool = False) -> str:
    """The token of a run's instant, in mrkdwn; the words of a run that has none. What clients print that know no tokens
    is in the reader's zone, if that is known, else in UTC. `alone`: nobody else reads it, so that words do where a
    client has none in this language.
    """
    words = written(run, phrases, zone)
    spoken = phrases.language.partition("-")[0] in _CLIENTS
    worded = run.grain == "day" or (alone and zone is not None)
    if run.at is None or (worded and not spoken):
        return words  # a client writes the days of the week in its own language
    short, distance = (_SHORT, _DISTANCE) if spoken else (_NUMBERS, _NUMBERS)
    forms = {"day": _DAY, "distance": distance}
    return moment(run.at, forms.get(run.grain) or phrases.say("at-time", day=short, time=_TIME), words)


def written(run: Run, phrases: Phrases, zone: str | None) -> str:
    """A run's words; those of an instant in this zone, as it is printed in UTC without one."""
    if run.at is None or run.grain == "day" or zone is None:
        return run.text
    try:
        here = run.at.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return run.text
    day = phrases.say("day", day=here.day, month=here.month, year=str(here.year))
    return phrases.say("at-time", day=day, time=f"{here:%H:%M}")

"""What the journal is told of a delivery: every message can be traced from it, with nothing else at hand."""

from datetime import datetime

from bot.domain.ledger import Delivery, Posting, State
from bot.domain.place import Place
from bot.domain.reasons import RESTORED, WITHDRAWN
from bot.ports.events import Events, Fact
from bot.services.delivery.attempt import Verdict


class Trace:
    """Tells each attempt and each end; warns of what a person should look at."""

    def __init__(self, events: Events) -> None:
        self._events = events

    def attempt(self, posting: Posting, verdict: Verdict, now: datetime) -> None:
        """What became of one attempt, as it was recorded: `part_sent`, `held_back`, `parked` …"""
        delivery = verdict.delivery
        facts = _facts(posting, delivery)
        match delivery.state:
            case State.SENT:
                late = (now - posting.due).total_seconds()
                self._events.tell("part_sent", **facts, late_seconds=late, found=verdict.found)
            case State.PARKED:
                self._events.warn("parked", **facts)
            case State.SKIPPED:
                names = {WITHDRAWN: "withdrawn", RESTORED: "restored"}
                self._events.warn(names.get(delivery.reason or "", "skipped"), **facts)
            case _:
                again = posting.retry_at.isoformat() if posting.retry_at else None
                self._events.tell("held_back", **facts, again=again)

    def ended(self, posting: Posting, now: datetime, *, sent: int) -> None:
        """A posting is settled: `posted` with all its parts, or `not_posted` as a whole."""
        name = "posted" if posting.state is State.SENT else "not_posted"
        late = (now - posting.due).total_seconds()
        facts: dict[str, Fact] = {"state": posting.state.value, "reason": posting.reason, "late_seconds": late}
        self._events.tell(name, **_facts(posting), **facts, parts=sent)

    def unlinked(self, posting: Posting, delivery: Delivery, reason: str) -> None:
        """A part could not be given its links to what was posted after it."""
        self._events.tell("not_linked", **{**_facts(posting, delivery), "reason": reason})

    def parked(self, posting: Posting) -> None:
        """A posting is parked without an attempt."""
        self._events.warn("parked", **_facts(posting), reason=posting.reason)

    def paused(self, posting: Posting) -> None:
        """Its subscription is paused, for the reason it is parked for."""
        facts = _facts(posting)
        self._events.warn("place_paused", **facts, subscription=posting.subscription, reason=posting.reason)

    def late_writer(self, posting: Posting, delivery: Delivery) -> None:
        """Somebody else has claimed the part meanwhile; what this attempt did is written nowhere else."""
        self._events.warn("late_writer", **_facts(posting, delivery))

    def unknown(self, posting: Posting) -> None:
        """This process has no adapter for the platform."""
        self._events.warn("platform_unknown", **_facts(posting), platform=posting.place.platform)


def _facts(posting: Posting, delivery: Delivery | None = None) -> dict[str, Fact]:
    facts: dict[str, Fact] = {
        "posting": posting.key,
        "tenant": posting.tenant,
        "edition": posting.edition,
        "place": _address(posting.place),
    }
    if delivery is not None:
        facts |= {
            "part": delivery.part,
            "attempt": delivery.attempt,
            "key": delivery.key,
            "state": delivery.state.value,
        }
        facts |= {"message": delivery.message, "thread": delivery.thread, "reason": delivery.reason}
        facts |= {"doubtful": delivery.doubtful}
    return facts


def _address(place: Place) -> str:
    """A place as the journal names it: `console:terminal`, `slack:C1/1712.3`."""
    return f"{place.platform}:{place.id}" + (f"/{place.thread}" if place.thread else "")

"""Pages for one person: status, sources, what is kept, what to check, help. As blocks, which rendering escapes.

What comes from outside (names of thinkers, titles, addresses, reasons) stands in these, never in a form of ours.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final

from bot.domain.document import Block, Divider, Document, Heading, Paragraph, Points, Run, Runs, Small
from bot.domain.follow import Followed, Tried
from bot.domain.kept import Kept
from bot.domain.layout.runs import Speaks, coded, instant, timed
from bot.domain.place import Place
from bot.domain.report import Report, SubscriptionReport

PAGE: Final = 12
"""Sources on a page."""
MOST_PROPOSED: Final = 4
"""Proposals on a page, each with its buttons."""
HELP: Final = ("read", "ask", "manage", "private")
"""The topics of help."""
_MOST_DOWN = 8
_NAME, _REASON = 60, 110
Naming = Callable[[Place], Run]
"""Shows a place: its name on its platform, and a link to it where there is one."""


def status(report: Report, naming: Naming, phrases: Speaks) -> Document:
    """How a server's editions are doing, and which sources are down."""
    blocks: list[Block] = [_heading("status-title", phrases)]
    for one in report.subscriptions:
        blocks += [Paragraph(_subscription(one, naming, phrases))]
    if not report.subscriptions:
        blocks += [Paragraph((Run(phrases.say("status-none")),))]
    figures = report.figures
    down = report.sources_down
    read = sum(figures.sources.values()) - figures.sources.get("never", 0)
    facts = phrases.say("status-figures", items=figures.items, editions=figures.editions, sources=read)
    blocks += [Divider()] if down else []
    if down:
        points = tuple((Run(f"{one.thinker[:_NAME]}: {(one.reason or '')[:_REASON]}"),) for one in down[:_MOST_DOWN])
        blocks += [Paragraph((Run(phrases.say("status-down", n=len(down))),)), Points(points)]
    return (*blocks, Small((Run(facts),)))


def _subscription(one: SubscriptionReport, naming: Naming, phrases: Speaks) -> Runs:
    runs: list[Run] = [naming(one.place), Run(" ")]
    if one.last is not None:
        runs += [*with_time("status-last", one.last.due, phrases), Run(" ")]
    if one.paused is not None:
        runs += _pause(one.paused.until, one.paused.reason, phrases)
    elif one.next is not None:
        runs += with_time("status-next", one.next.at, phrases)
    elif one.problem:
        runs += [Run(one.problem)]
    return tuple(runs)


def _pause(until: datetime | None, reason: str | None, phrases: Speaks) -> Runs:
    paused = (Run(phrases.say("paused-for-good")),) if until is None else with_time("paused-until", until, phrases)
    return (*paused, Run(" "), Run(phrases.say("paused-why", reason=reason[:_REASON]))) if reason else paused


def with_time(key: str, at: datetime, phrases: Speaks) -> Runs:
    """A phrase with an instant, `$time`, in it."""
    return timed((Run(phrases.say(key, time=instant(at, phrases).text)),), [at], phrases)


# ---------------------------------------------------------------- sources


def sources(found: Sequence[Followed], page: int, *, manages: bool, phrases: Speaks) -> Document:
    """One page of what a server reads, the proposals first; pages count from 1."""
    waiting = proposals(found) if manages else ()
    shown, pages = on_page(found, page)
    counts = {state: sum(one.state == state for one in found) for state in ("roster", "added", "left_out", "proposed")}
    read = counts["roster"] + counts["added"]
    blocks: list[Block] = [
        _heading("sources-title", phrases),
        Paragraph((Run(phrases.say("sources-count", n=read, added=counts["added"], out=counts["left_out"])),)),
    ]
    if waiting:
        names = tuple((Run(one.name[:_NAME]), Run(f" · {', '.join(one.addresses)[:_REASON]}")) for one in waiting)
        blocks += [
            Paragraph((Run(phrases.say("sources-proposed", n=counts["proposed"])),)),
            Points(names, numbered=True),
        ]
    if shown:
        blocks += [Divider(), Points(tuple(_followed(one, phrases) for one in shown))]
    turned = [Small((Run(phrases.say("page", page=min(page, pages), pages=pages)),))] if pages > 1 else []
    return (*blocks, *turned)


def on_page(found: Sequence[Followed], page: int) -> tuple[Sequence[Followed], int]:
    """What is listed on a page (from 1), and how many pages there are."""
    listed = [one for one in found if one.state != "proposed"]
    pages = max(1, -(-len(listed) // PAGE))
    first = (min(max(page, 1), pages) - 1) * PAGE
    return listed[first : first + PAGE], pages


def proposals(found: Sequence[Followed]) -> Sequence[Followed]:
    """The proposals that are shown, in order of name."""
    return [one for one in found if one.state == "proposed"][:MOST_PROPOSED]


def _followed(one: Followed, phrases: Speaks) -> Runs:
    state = phrases.say(f"source-{one.state}")
    trouble = f": {one.trouble[:_REASON]}" if one.trouble else ""
    return (Run(one.name[:_NAME], "bold"), Run(f" · {state}{trouble}"))


def tried(result: Tried, phrases: Speaks) -> Document:
    """What an address gave."""
    found = phrases.say("tried-items", n=result.items)
    newest = (Run(" "), *with_time("tried-newest", result.newest, phrases)) if result.newest else ()
    titles = tuple((Run(title[:_REASON]),) for title in result.titles)
    return (
        Heading((Run(result.name[:_NAME]),), 2),
        Paragraph((Run(found), *newest)),
        *([Points(titles)] if titles else []),
        Small((Run(result.address[:300], "code"),)),
    )


def imported(new: int, left_out: Sequence[str], phrases: Speaks) -> Document:
    """What became of a list."""
    lines = tuple((Run(sentence[:_REASON]),) for sentence in left_out[:PAGE])
    more = len(left_out) - len(lines)
    return (
        Paragraph((Run(phrases.say("imported", n=new)),)),
        *([Points(lines)] if lines else []),
        *([Small((Run(phrases.say("imported-more", n=more)),))] if more else []),
    )


# ---------------------------------------------------------------- people, rights, help


def kept(found: Kept, naming: Naming, phrases: Speaks) -> Document:
    """What is kept about somebody."""
    points: list[Runs] = [
        (Run(phrases.say(f"kept-{one.kind}", n=one.count, day=_day(one.day, phrases))),) for one in found.used[-PAGE:]
    ]
    points += [(Run(phrases.say(f"kept-{one.state}", name=one.name[:_NAME])),) for one in found.follows[:PAGE]]
    points += [
        (Run(phrases.say("kept-set-up")), Run(" "), naming(one.place), Run(".")) for one in found.subscriptions[:PAGE]
    ]
    said = [Points(tuple(points))] if points else [Paragraph((Run(phrases.say("kept-nothing")),))]
    return (
        _heading("privacy-title", phrases),
        *said,
        Paragraph((Run(phrases.say("privacy-questions")),)),
        Small((Run(phrases.say("privacy-server")),)),
    )


def checked(
    places: Sequence[tuple[Run, Sequence[str]]], *, reads: str, troubles: Sequence[Runs], phrases: Speaks
) -> Document:
    """What the doctor found: of each place what is missing, in sentences, the first one saying how to mend it; and
    what `reads`, the phrase of this key, says of the messages we are shown.
    """
    blocks: list[Block] = [_heading("doctor-title", phrases)]
    for place, lacking in places:
        said = phrases.say("doctor-missing" if lacking else "doctor-well", n=max(len(lacking) - 1, 0))
        blocks += [Paragraph((place, Run(f" {said}")))]
        blocks += [Points(tuple((Run(line),) for line in lacking))] if lacking else []
    if not places:
        blocks += [Paragraph((Run(phrases.say("status-none")),))]
    blocks += [Paragraph((Run(phrases.say(reads)),))]
    return (*blocks, *([Points(tuple(troubles[:_MOST_DOWN]))] if troubles else []))


def helping(phrases: Speaks) -> Document:
    """What can be done, by topic, with commands as examples."""
    blocks: list[Block] = [_heading("help-title", phrases)]
    for topic in HELP:
        lines = phrases.say(f"help-{topic}-lines").split("\n")
        blocks += [
            Paragraph((Run(phrases.say(f"help-{topic}-head"), "bold"),)),
            Points(tuple(coded(line.strip()) for line in lines if line.strip())),
        ]
    return tuple(blocks)


def _day(day: date, phrases: Speaks) -> str:
    return phrases.say("day", day=day.day, month=day.month, year=str(day.year))


def _heading(key: str, phrases: Speaks) -> Heading:
    return Heading((Run(phrases.say(key)),), 2)

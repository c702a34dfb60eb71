"""What who manages a place should look at, in their language; who runs the bot is told by `report.attention`."""

from collections.abc import Sequence
from typing import Final

from bot.domain.document import Run, Runs
from bot.domain.layout.runs import Speaks
from bot.domain.layout.sheets import Naming
from bot.domain.report import MUCH_TOO_LATE, Report, SourceTrouble, is_expected

_MOST_NAMED: Final = 5
_NAME, _REASON = 60, 110


def troubles(report: Report, naming: Naming, phrases: Speaks) -> tuple[Runs, ...]:
    """A sentence each, the worst first; nothing where all is well."""
    problems = [(naming(one.place), Run(f": {one.problem[:_REASON]}")) for one in report.subscriptions if one.problem]
    return (*problems, *_missed(report, phrases), *_paused(report, naming, phrases), *_rest(report, phrases))


def _missed(report: Report, phrases: Speaks) -> list[Runs]:
    """Editions that were not posted, and why the newest was not."""
    number = sum(report.unexpected.values())
    if not number:
        return []
    newest = next((one.reason for one in report.troubled if one.reason and not is_expected(one.state, one.reason)), "")
    why = phrases.say("paused-why", reason=newest[:_REASON]) if newest else ""
    return [(Run(f"{phrases.say('doctor-missed', n=number)} {why}".rstrip()),)]


def _paused(report: Report, naming: Naming, phrases: Speaks) -> list[Runs]:
    """Places that stay paused until somebody does something; the others come back by themselves."""
    held = [(one.place, one.paused) for one in report.subscriptions if one.paused and one.paused.until is None]
    said: list[Runs] = []
    for place, pause in held[:_MOST_NAMED]:
        why = f" {phrases.say('paused-why', reason=pause.reason[:_REASON])}" if pause.reason else ""
        said.append((naming(place), Run(f": {phrases.say('paused-for-good')}{why}")))
    more = len(held) - len(said)
    return [*said, (Run(phrases.say("doctor-paused-more", n=more)),)] if more else said


def _rest(report: Report, phrases: Speaks) -> list[Runs]:
    late = report.lateness
    facts = {"n": late.much_too_late, "days": late.days, "minutes": MUCH_TOO_LATE / 60}
    delays = [(Run(phrases.say("doctor-late", **facts)),)] if late.much_too_late else []
    return [*delays, *_down(report.sources_down, phrases)]


def _down(sources: Sequence[SourceTrouble], phrases: Speaks) -> list[Runs]:
    if not sources:
        return []
    names = list(dict.fromkeys(one.thinker[:_NAME] for one in sources))
    named = ", ".join(names[:_MOST_NAMED])
    more = f" {phrases.say('doctor-down-more', n=len(names) - _MOST_NAMED)}" if len(names) > _MOST_NAMED else ""
    return [(Run(f"{phrases.say('status-down', n=len(sources))} {named}{more}."),)]

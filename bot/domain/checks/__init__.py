"""The order of truth as code: `check` says what breaks it, `enforce` leaves that out.

Whoever writes an edition, its result passes here before anything is frozen; `counterpoint check` runs the same rules
from outside, on the JSON alone. Two rules cannot be decided from there and are kept where stories are made: that a
person enters a story only by a shared entity, link or phrase (11), and that a speaker's own interest is told (12).
"""

from bot.domain.checks.check import check
from bot.domain.checks.enforce import enforce
from bot.domain.checks.support import supported
from bot.domain.checks.verdict import Fault, Verdict

__all__ = ["Fault", "Verdict", "check", "enforce", "supported"]

"""Discord's refusals: status, code, words, and where in the form the mistake is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error answer of the REST interface."""

    status: int
    code: int
    message: str
    errors: Mapping[str, Any] = field(default_factory=dict)
    retry_after: float | None = None
    """Seconds, of a 429."""

    def body(self) -> dict[str, Any]:
        """The JSON that is answered."""
        more: dict[str, Any] = {"errors": dict(self.errors)} if self.errors else {}
        if self.retry_after is not None:
            more |= {"retry_after": self.retry_after, "global": False}
        return {"message": self.message, "code": self.code} | more


class Refused(Exception):
    """A request was refused."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.status} {refusal.code}: {refusal.message} {dict(refusal.errors) or ''}".strip())
        self.refusal = refusal


UNAUTHORIZED = Refusal(401, 0, "401: Unauthorized")
UNKNOWN_CHANNEL = Refusal(404, 10003, "Unknown Channel")
UNKNOWN_GUILD = Refusal(404, 10004, "Unknown Guild")
UNKNOWN_MEMBER = Refusal(404, 10007, "Unknown Member")
UNKNOWN_MESSAGE = Refusal(404, 10008, "Unknown Message")
UNKNOWN_USER = Refusal(404, 10013, "Unknown User")
UNKNOWN_WEBHOOK = Refusal(404, 10015, "Unknown Webhook")
UNKNOWN_INTERACTION = Refusal(404, 10062, "Unknown interaction")
TOO_MANY_COMMANDS = Refusal(400, 30032, "Maximum number of application commands reached (100)")
TOO_MANY_CREATES = Refusal(
    429, 30034, "Max number of daily application command creates has been reached (200)", {}, 3600.0
)
TOO_LARGE = Refusal(413, 40005, "Request entity too large")
CROSSPOSTS_SPENT = Refusal(429, 0, "You are being rate limited.", {}, 1800.0)
CROSSPOSTED = Refusal(400, 40033, "This message has already been crossposted.")
ACKNOWLEDGED = Refusal(400, 40060, "Interaction has already been acknowledged.")
TOO_MANY_FOLLOW_UPS = Refusal(400, 40094, "Maximum number of follow-up messages for this interaction reached")
MISSING_ACCESS = Refusal(403, 50001, "Missing Access")
NOT_THE_AUTHOR = Refusal(403, 50005, "Cannot edit a message authored by another user")
EMPTY_MESSAGE = Refusal(400, 50006, "Cannot send an empty message")
CLOSED_TO_US = Refusal(403, 50007, "Cannot send messages to this user")
NO_TEXT_CHANNEL = Refusal(400, 50008, "Cannot send messages in a non-text channel")
MISSING_PERMISSIONS = Refusal(403, 50013, "Missing Permissions")
SYSTEM_MESSAGE = Refusal(403, 50021, "Cannot execute action on a system message")
WRONG_CHANNEL_TYPE = Refusal(400, 50024, "Cannot execute action on this channel type")
BAD_TOKEN = Refusal(401, 50027, "Invalid Webhook Token")
BAD_JSON = Refusal(400, 50109, "The request body contains invalid JSON.")
ARCHIVED = Refusal(400, 50083, "Thread is archived")
THREAD_EXISTS = Refusal(400, 160004, "A thread has already been created for this message")
NO_REPLY_WITHOUT_HISTORY = Refusal(400, 160002, "You cannot reply without permission to read message history")
FORM = Refusal(400, 50035, "Invalid Form Body")
BROKEN = Refusal(500, 0, "500: Internal Server Error")


class Findings:
    """Collects what is wrong with a form, by path."""

    def __init__(self) -> None:
        self._errors: dict[str, Any] = {}

    def add(self, path: tuple[str | int, ...], code: str, message: str) -> None:
        """One mistake at `path`, such as `("components", 0, "label")`."""
        place = self._errors
        for step in path:
            place = place.setdefault(str(step), {})
        place.setdefault("_errors", []).append({"code": code, "message": message})

    def length(self, path: tuple[str | int, ...], value: Any, low: int, high: int) -> None:
        """The value is a string of `low` to `high` characters; none counts as empty."""
        if value is None:
            value = ""
        if not isinstance(value, str):
            self.add(path, "BASE_TYPE_STRING", "Could not interpret as string.")
        elif not value and low:
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required")
        elif not low <= len(value) <= high:
            says = f"Must be {high} or fewer in length." if len(value) > high else f"Must be {low} or more in length."
            self.add(path, "BASE_TYPE_MAX_LENGTH" if len(value) > high else "BASE_TYPE_MIN_LENGTH", says)

    def amount(self, path: tuple[str | int, ...], number: int, low: int, high: int) -> None:
        """A list has `low` to `high` entries."""
        if not low <= number <= high:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {low} and {high} in length.")

    @property
    def refusal(self) -> Refusal | None:
        """What is answered: None if nothing is wrong."""
        return Refusal(FORM.status, FORM.code, FORM.message, self._errors) if self._errors else None

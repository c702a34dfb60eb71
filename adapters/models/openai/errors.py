"""The library's errors, and what servers say with them, in our words.

Servers that speak chat completions agree on status codes, and on little else: words, codes and fields of an error
differ. What is looked for in them was seen at the vendor's server, Ollama, vLLM, llama.cpp, LM Studio and gateways.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

import httpx2
import openai

from bot.errors import ModelError, ModelMisconfigured, ModelRefused, ModelUnavailable

LONGEST_WAIT: Final = timedelta(seconds=60)
"""That a server may ask for before the same call is made again."""
_PAUSES: Final = (timedelta(seconds=1), timedelta(seconds=4))
"""Before a call is made again, where the server does not say."""
_MOST_WORDS: Final = 300
"""Characters of what a server said that are repeated."""
_MOST_READ: Final = 4_000
"""Characters of what a server said that are looked at."""
_SHORTEST_KEY: Final = 8
_DEEPEST: Final = 4
"""An error, its details, one of them, where it is."""
_BAD_REQUEST, _NO_MONEY, _NOT_FOUND, _NO_METHOD, _GONE = 400, 402, 404, 405, 410
_TOO_MANY, _SERVER = 429, 500
_PASSING: Final = frozenset({408, 409, 425, 429})
_NOT_LET_IN: Final = frozenset({401, 403})
_TOO_LONG = re.compile(
    r"context[ _](?:length|size|window)|maximum context|exceed_context|prompt is too long|too many tokens"
    r"|reduce the length|input is too long|exceeds? the (?:available )?context",
    re.IGNORECASE,
)
_UNKNOWN_MODEL = re.compile(
    r"model_not_found|unknown model|invalid model|no such model|no models? loaded"
    r"|model\b.{0,120}\b(?:not found|not exist|not available|not loaded|decommissioned)",
    re.IGNORECASE | re.DOTALL,
)
_WITHHELD = re.compile(
    r"content[_ ](?:filter|policy|management)|moderation|flagged|invalid_prompt|usage policies", re.IGNORECASE
)
_NO_CREDIT = re.compile(
    r"insufficient[_ ](?:quota|balance|credits?)|exceeded your current quota|billing", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked: for the words of an error. The key is there to be left out of them."""

    address: str
    """As people may see it."""
    model: str
    key: str | None = field(default=None, repr=False)

    def without_key(self, text: str) -> str:
        """A text that a server said: some repeat the key they do not know."""
        if self.key is None or len(self.key) < _SHORTEST_KEY:
            return text  # what people write where no key is needed: a word such as `ollama`
        return text.replace(self.key, "***")


@contextmanager
def translated(asked: Asked) -> Iterator[None]:
    """Turn what the library, or an answer that is none, raises into ours."""
    try:
        yield
    except openai.APIError as error:
        _conceal(error, asked)
        raise meaning(error, asked) from error
    except TimeoutError as error:
        raise ModelUnavailable(f"{asked.model} did not answer in time at {asked.address}.") from error
    except (httpx2.HTTPError, httpx2.StreamError, OSError) as error:
        raise ModelUnavailable(f"The answer of {asked.address} broke off: {type(error).__name__}.") from error
    except (ValueError, RecursionError, openai.OpenAIError) as error:
        # What is sent as JSON, or as a stream of it, is neither.
        raise ModelUnavailable(f"What {asked.address} answers cannot be read: {type(error).__name__}.") from error


def meaning(error: openai.APIError, asked: Asked) -> ModelError:
    """What an error of the library means for whoever asked."""
    said = asked.without_key(_one_line(words(error)))[:_MOST_WORDS]
    if isinstance(error, openai.APIStatusError):
        return _by_status(error, said, asked)
    if isinstance(error, openai.APITimeoutError):
        return ModelUnavailable(f"{asked.address} did not answer in time.")
    if isinstance(error, openai.APIConnectionError):
        return _without_answer(error.__cause__, asked)
    return _by_words(said) or ModelUnavailable(f"{asked.address} failed while it answered: {said}")


def _without_answer(cause: BaseException | None, asked: Asked) -> ModelError:
    name = type(cause).__name__
    if isinstance(cause, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.ProxyError):
        return ModelUnavailable(f"{asked.address} cannot be reached ({name}). Is the server running?")
    return ModelUnavailable(f"The connection to {asked.address} broke off ({name}).")


def _by_status(error: openai.APIStatusError, said: str, asked: Asked) -> ModelError:
    status = error.status_code
    if status in {_TOO_MANY, _NO_MONEY} and (status == _NO_MONEY or _NO_CREDIT.search(said)):
        return ModelMisconfigured(f"The account of the key has no credit left at {asked.address}: {said}")
    if status in _PASSING or status >= _SERVER:
        return ModelUnavailable(f"{asked.address} answers {status}: {said}", retry_after=asked_to_wait(error))
    if status < _BAD_REQUEST:
        there = shown_target(error)
        return ModelMisconfigured(
            f"{asked.address} sends us on to {there}, where we do not follow with a key. "
            "Set OPENAI_BASE_URL to the address that answers itself."
        )
    return _by_words(said) or _not_let_in(status, said, asked) or _nothing_there(status, said, asked)


def _by_words(said: str) -> ModelError | None:
    """What the words alone tell."""
    if _TOO_LONG.search(said):
        return ModelRefused(
            f"The prompt is longer than the server's context: {said} "
            "Give the server more context, or set COUNTERPOINT_MODEL_CONTEXT to what it has."
        )
    return ModelRefused(f"The server withholds an answer: {said}") if _WITHHELD.search(said) else None


def _not_let_in(status: int, said: str, asked: Asked) -> ModelError | None:
    if status not in _NOT_LET_IN:
        return None
    if asked.key is None:
        return ModelMisconfigured(f"{asked.address} wants a key ({status}). Set OPENAI_API_KEY.")
    return ModelMisconfigured(
        f"{asked.address} does not take the key ({status}). Set OPENAI_API_KEY to one that may use {asked.model}. "
        f"It says: {said}"
    )


def _nothing_there(status: int, said: str, asked: Asked) -> ModelError:
    if status in {_NOT_FOUND, _GONE, _BAD_REQUEST} and _UNKNOWN_MODEL.search(said):
        return ModelMisconfigured(
            f"{asked.address} knows no model {asked.model}. Set COUNTERPOINT_MODEL to one it has; "
            "counterpoint doctor lists them."
        )
    if status in {_NOT_FOUND, _NO_METHOD, _GONE}:
        return ModelMisconfigured(
            f"There is no /chat/completions below {asked.address} ({status}), or no model {asked.model}. "
            "OPENAI_BASE_URL usually ends with /v1."
        )
    return ModelRefused(f"{asked.address} refuses the call ({status}): {said}")


def words(error: openai.APIError) -> str:
    """Everything a server says of an error, as one text: message, code, the field it is about."""
    return (" ".join(dict.fromkeys(_texts(error.body, 0))) or error.message)[:_MOST_READ]


def _texts(value: object, depth: int) -> Iterator[str]:
    """The words of a JSON value, without what was sent to the server and comes back under `input`."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, int) and not isinstance(value, bool):
        yield str(value)
    elif depth < _DEEPEST:
        if isinstance(value, Mapping):
            value = [inner for key, inner in value.items() if key not in {"input", "ctx", "url"}]
        for inner in value if isinstance(value, list) else ():
            yield from _texts(inner, depth + 1)


def names_too_long(said: str) -> bool:
    """Whether a server says that the prompt does not fit."""
    return _TOO_LONG.search(said) is not None


def names_what_it_withholds(said: str) -> bool:
    """Whether a server says that it will not answer this for what it is about."""
    return _WITHHELD.search(said) is not None


def names_no_model(said: str) -> bool:
    """Whether a server says that it has no such model."""
    return _UNKNOWN_MODEL.search(said) is not None


def pause(error: openai.APIError, before: int, now: datetime) -> timedelta | None:
    """How long to wait before the same call is made again, `before` times already; None: not again.

    Ours rather than the library's, which retries as well: it sleeps past our deadline and beside the clock, takes two
    minutes of Retry-After, and tells nobody how often. With an answer begun nothing is asked again: it may be billed.
    """
    if before >= len(_PAUSES) or isinstance(error, openai.APITimeoutError) or _for_good(error):
        return None
    asked = asked_to_wait(error, now) if isinstance(error, openai.APIStatusError) else None
    if asked is not None:
        return asked if asked <= LONGEST_WAIT else None
    return _PAUSES[before]


def _for_good(error: openai.APIError) -> bool:
    """Whether the same call would fail again."""
    status, said = status_of(error), words(error)
    if status and status not in _PASSING and status < _SERVER:
        return True
    return any(sign.search(said) for sign in (_TOO_LONG, _WITHHELD, _NO_CREDIT))


def status_of(error: openai.APIError) -> int:
    """The status of an answer; of an error in the middle of a stream, its code where that is one; else 0."""
    if isinstance(error, openai.APIStatusError):
        return error.status_code
    code = error.code or ""
    return int(code) if len(code) == len("400") and code.isascii() and code.isdigit() else 0


def asked_to_wait(error: openai.APIStatusError, now: datetime | None = None) -> timedelta | None:
    """What a server's Retry-After says: seconds, milliseconds in `retry-after-ms`, or (with `now`) a date."""
    headers = error.response.headers
    for name, unit in (("retry-after-ms", timedelta(milliseconds=1)), ("retry-after", timedelta(seconds=1))):
        try:
            return max(timedelta(), float(headers.get(name) or "none") * unit)
        except (ValueError, OverflowError):
            continue
    try:
        date = parsedate_to_datetime(headers.get("retry-after") or "")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return max(timedelta(), date.replace(tzinfo=date.tzinfo or UTC) - now) if now else None


def shown_target(error: openai.APIStatusError) -> str:
    """The host that a redirect names."""
    try:
        target = error.response.url.join(error.response.headers.get("location") or "")
    except (httpx2.InvalidURL, ValueError):
        return "nowhere"
    return f"{target.scheme}://{target.host}"


def _conceal(error: openai.APIError, asked: Asked) -> None:
    """Take the key out of the library's words: they are printed with the chain of errors."""
    error.args = tuple(asked.without_key(str(argument)) for argument in error.args)
    error.message = asked.without_key(error.message)


def _one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())

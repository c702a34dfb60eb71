"""An answer as servers send it, piece by piece: what of each piece is text, and what was said beside it.

Nothing is taken for granted: fields are missing, null, or of another kind at some server or other.
"""

from collections.abc import Mapping
from typing import Final, Literal

from bot.domain.tokens import Price, Used, estimate

_LENGTH: Final = frozenset({"length", "max_tokens", "model_length"})
_WITHHELD: Final = frozenset({"content_filter", "safety", "refusal"})
_FAILED: Final = frozenset({"error", "abort", "aborted", "cancelled", "insufficient_system_resource"})
WHOLE: Final = "whole document"
"""Key that is put into an answer that came as one document."""
_MOST_TOKENS: Final = 10_000_000
_THOUGHTS: Final = ("reasoning_content", "reasoning")


class Answer:
    """What was read of one answer."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.begun = False
        """Something that is paid for has come: text, or a thought."""
        self.refused = False
        self.finish: Literal["stop", "length", "withheld", "failed"] | None = None
        self.model: str | None = None
        self.whole = False
        """It came as one document, not as a stream."""
        self._usage: Mapping[str, object] | None = None
        self._bytes = 0

    @property
    def complete(self) -> bool:
        """Whether the server said that this was all; a stream that just ends was cut."""
        return self.finish is not None or self._usage is not None or self.whole

    def take(self, piece: object) -> str:
        """The text in a piece; what else it says is kept."""
        said = _mapping(piece)
        model = said.get("model")
        if isinstance(model, str) and model:
            self.model = model
        self.whole = self.whole or said.get(WHOLE) is True
        self._usage = _mapping(said.get("usage")) or self._usage
        text = "".join(self._choice(choice) for choice in _list(said.get("choices")))
        self._note(text)
        return text

    def _choice(self, choice: object) -> str:
        said = _mapping(choice)
        if said.get("index") not in {0, None}:
            return ""
        self._end(said.get("finish_reason"))
        message = _mapping(said.get("delta")) or _mapping(said.get("message"))
        self.refused = self.refused or bool(message.get("refusal"))
        for name in _THOUGHTS:
            self._note(_text(message.get(name)))
        return _text(message.get("content"))

    def _note(self, text: str) -> None:
        self.begun = self.begun or bool(text)
        self._bytes += len(text.encode("utf-8", "replace"))

    def _end(self, reason: object) -> None:
        if not isinstance(reason, str) or not reason:
            return
        reason = reason.lower()
        if reason in _FAILED:
            self.finish = "failed"
        elif reason in _WITHHELD:
            self.finish = "withheld"
        else:
            self.finish = "length" if reason in _LENGTH else "stop"

    def used(self, prompt: tuple[str, ...], price: Price | None) -> Used:
        """What the call took: as the server counted, else estimated."""
        usage = self._usage or {}
        taken, given = _whole(usage.get("prompt_tokens")), _whole(usage.get("completion_tokens"))
        if not taken:
            taken = estimate(*prompt)
        if given is None:
            given = estimate("." * self._bytes) if self._bytes else 0
        cached = min(taken, cached_of(usage) or 0)
        return Used(taken, given, cached, price.of(taken, given, cached) if price else 0.0)

    @property
    def usage(self) -> Mapping[str, object] | None:
        """What the server counted; None where it does not say."""
        return self._usage


def prompt_tokens(usage: Mapping[str, object] | None) -> int | None:
    """Tokens of a prompt as a server counted them; None where it does not."""
    return _whole((usage or {}).get("prompt_tokens"))


def cached_of(usage: Mapping[str, object]) -> int | None:
    """Tokens of a prompt that a provider had kept; None where it does not say."""
    cached = _whole(_mapping(usage.get("prompt_tokens_details")).get("cached_tokens"))
    return cached if cached is not None else _whole(usage.get("prompt_cache_hit_tokens"))


def _text(value: object) -> str:
    """Text, also where it comes as a list of parts with thoughts among them."""
    if isinstance(value, str):
        return value
    parts = (_mapping(part) for part in _list(value))
    found = (part.get("text") for part in parts if part.get("type") in {"text", None})
    return "".join(text for text in found if isinstance(text, str))


def _whole(value: object) -> int | None:
    """A count that can be one; some servers count nonsense, and budgets are made of these."""
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= _MOST_TOKENS else None


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []

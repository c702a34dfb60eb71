"""The context a server really keeps: a word is planted at the very start of long prompts, and asked for at their end.

Servers differ in what they do with a prompt beyond their context. vLLM, llama.cpp and the vendor refuse it; Ollama
drops its beginning, which is where a bot's instructions are, and says nothing.
"""

from dataclasses import dataclass
from typing import Final

from adapters.models.openai.access import Access
from adapters.models.openai.answers import prompt_tokens
from adapters.models.openai.asking import Asking
from adapters.models.openai.ladder import Habits
from adapters.models.openai.server import Server
from bot.domain.finding import Finding
from bot.domain.tokens import estimate
from bot.errors import ModelError, ModelUnavailable
from bot.ports.clock import Clock
from bot.ports.model import ModelRequest, Role

SIZES: Final = (2_048, 4_096, 8_192, 16_384)
"""Tokens of prompt and answer together."""
COST: Final = 30_000
"""Tokens that all of them take, about."""
_ROOM: Final = 256
"""Of these, for the answer: a model may think before it says one word."""
_SPARE: Final = 0.96
"""Counts are estimates."""
_WORDS: Final = ("quillback", "marzipan", "tamarind", "gannet")
_MEND: Final = (
    "Ollama: start it with OLLAMA_CONTEXT_LENGTH={wanted}, or make a model from a Modelfile with PARAMETER num_ctx "
    "{wanted} (without, it keeps 4,096 on most machines and drops the beginning of what is longer; num_ctx in a call "
    "is not heard at /v1). llama.cpp: llama-server -c {wanted}; slots made by --parallel N share it: -c N times as "
    "much, or --kv-unified. vLLM: --max-model-len {wanted}. Or set COUNTERPOINT_MODEL_CONTEXT to what is kept{kept}."
)


@dataclass(frozen=True, slots=True)
class Tried:
    """One prompt."""

    size: int
    estimated: int
    """Tokens of the prompt, as we count."""
    counted: int | None
    """The same, as the server does; None where it does not say."""
    kept: bool
    """The word came back."""
    error: str | None = None
    silent: bool = False
    """No answer came at all: longer prompts are not tried."""

    @property
    def line(self) -> str:
        """What happened, in words."""
        what = f"{self.size // 1024}k"
        if self.error is not None:
            return f"{what}: {self.error}"
        counted = f"{self.counted:,} tokens by the server, " if self.counted is not None else ""
        return f"{what}: {'came back' if self.kept else 'lost'} ({counted}{self.estimated:,} by our estimate)"


async def plant(
    server: Server, habits: Habits, role: Role, model: str, settings: Access, clock: Clock
) -> list[Finding]:
    """How much of a prompt a model gets to see: one finding for each size, and what follows from them."""
    tried: list[Tried] = []
    # Entries and numbers take more tokens than prose: the first prompt is rather too short.
    ratio = 0.85
    for size, word in zip(SIZES, _WORDS, strict=True):
        prompt = prompt_of(round((size * _SPARE - _ROOM) * ratio), word)
        asking = Asking(server, habits, ModelRequest(role, "", "", prompt, _ROOM), model, settings)
        tried.append(await _try(asking, clock, size, prompt, word))
        found = tried[-1]
        if found.silent:
            break
        if found.kept and found.counted:
            # The next prompts are as long as the server counts, not as we do.
            ratio = min(2.0, max(0.5, found.estimated / found.counted))
    return [*(_shown(model, one) for one in tried), _verdict(model, tried, settings.context)]


def prompt_of(tokens: int, word: str) -> str:
    """A prompt of so many tokens by our estimate, with a word in its first line that its last line asks for."""
    lines = [f"The password is {word}.", ""]
    end = "\nWhich password stands in the first line of this message? Answer with that one word."
    room = tokens - estimate("\n".join([*lines, end]))
    number = 0
    while room > 0:
        line = _filler(number)
        # A line costs what it adds to the whole, not what it would as a message by itself.
        room -= max(1, estimate(line * 8) // 8)
        lines.append(line)
        number += 1
    return "\n".join([*lines, end])


def _filler(number: int) -> str:
    things = ("a barge with timber", "two trawlers", "the pilot boat", "nobody", "a yacht under repair")
    return f"Entry {number}: at pier {number % 7 + 1} lay {things[number * 3 % len(things)]}, seen from the lighthouse."


async def _try(asking: Asking, clock: Clock, size: int, prompt: str, word: str) -> Tried:
    estimated = estimate(prompt)
    try:
        answer = "".join([text async for text in asking.answer(clock)])
    except ModelError as error:
        return Tried(size, estimated, None, False, str(error), isinstance(error, ModelUnavailable))
    return Tried(size, estimated, prompt_tokens(asking.read.usage), word in answer.casefold())


def _shown(model: str, tried: Tried) -> Finding:
    return Finding("model", f"{model}: prompt of {tried.size // 1024}k", tried.line, "ok" if tried.kept else "note")


def _verdict(model: str, tried: list[Tried], context: int) -> Finding:
    what = f"{model}: context"
    kept = max((one.size for one in tried if one.kept), default=0)
    wanted = max((size for size in SIZES if size <= context), default=SIZES[0])
    if kept >= wanted:
        more = ", more was not tried" if context > kept else ""
        return Finding("model", what, f"the beginning of prompts of {kept:,} tokens is kept; {context:,} are set{more}")
    if tried[-1].silent:
        least = f"at least {kept:,} tokens" if kept else "cannot be told"
        said = f"{least}: a prompt of {tried[-1].size:,} was not answered, longer ones were not tried"
        return Finding(
            "model", what, said, "note" if kept else "failed", "Try again, or raise COUNTERPOINT_MODEL_TIMEOUT."
        )
    mend = _MEND.format(wanted=max(context, wanted), kept=f": {kept}" if kept else "")
    if not kept:
        said = "not even a prompt of 2,048 tokens kept its beginning: the context is smaller, or the model too weak"
        return Finding("model", what, said, "wrong", mend)
    said = f"the beginning of prompts is kept up to {kept:,} tokens, and {context:,} are set"
    return Finding("model", what, said, "wrong", mend)

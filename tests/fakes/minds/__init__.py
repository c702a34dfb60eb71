"""A server of language models on 127.0.0.1 which enforces what real ones enforce; its minds are scripted.

    from tests.fakes.minds import Good, MindServer

    async with MindServer(Good()) as server:            # `like=Ollama()`, `context=4096`, `seconds=2.0`, `key=None`, …
        gateway = build(server.settings(), clock=…, events=…)     # ModelSettings that lead here; `**changes`
        …
        call = server.calls[0]                          # path, model, messages, response_format, stream, body,
                                                        # prompt_tokens, cached_tokens, completion_tokens,
                                                        # began, ended, status, said, task ("story 2")
        server.answered, server.most_at_once            # those not refused; how many ran side by side
        server.mind = Liar(7)                           # from the next call on

It speaks `/v1/chat/completions` (plain and streaming, usage chunk) and `/v1/models`; keys, models, parameters, strict
schemas, context, `stop` and the length of answers are held to; what was cached is counted as vendors do.

Kinds of servers (`like`): `Vendor()` (all of it; `thinks=True`: no `max_tokens`, no temperature), `Ollama()` (takes
anything, drops the head of long prompts), `LlamaCpp()` (any model's name, own words for too long), `Old()` (no formats,
no `max_completion_tokens`, no `stream_options`, no usage).

Minds answer our prompts by reading them, as a model would; the same prompts in the same order, the same answers:
- `Good()`: retells passages by safe means with who says it; small talk where there is no task (a planted word).
- `Liar(seed)`: Good, with about every second sentence twisted in one way of `Liar.KINDS`; `.lies` (text, kind,
  evidence, task, cites); `published(liar.lies, edition)` are those that stand in an edition.
- `Traitor()`: obeys what it finds in items, names, talk and questions; without an instruction it is Good. `.obeyed`.
- `Broken(kind, only=("story",), times=2, then=Good())`: one of `Broken.KINDS`; `HARMLESS` kinds lose nothing.
- `Forgetful(keep_tokens, then=Good())`: sees only the end of a long prompt; `.forgot`.

`python -m tests.fakes.minds --mind good --port 8123` runs one for people.
"""

from tests.fakes.minds.broken import HARMLESS, Broken
from tests.fakes.minds.forgetful import Forgetful
from tests.fakes.minds.good import Good
from tests.fakes.minds.liar import Liar, Lie, published, published_of
from tests.fakes.minds.likeness import LIKENESSES, Likeness, LlamaCpp, Old, Ollama, Vendor
from tests.fakes.minds.saying import Mind, Prompt, Said, Wire
from tests.fakes.minds.server import KEY, LARGE, SMALL, Call, MindServer
from tests.fakes.minds.traitor import Obeyed, Traitor

__all__ = [
    "HARMLESS",
    "KEY",
    "LARGE",
    "LIKENESSES",
    "SMALL",
    "Broken",
    "Call",
    "Forgetful",
    "Good",
    "Liar",
    "Lie",
    "Likeness",
    "LlamaCpp",
    "Mind",
    "MindServer",
    "Obeyed",
    "Old",
    "Ollama",
    "Prompt",
    "Said",
    "Traitor",
    "Vendor",
    "Wire",
    "published",
    "published_of",
]

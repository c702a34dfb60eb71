"""The forgetful mind: keeps the end of a long prompt, and does not say that it has lost the rest."""

from dataclasses import replace

from tests.fakes.minds.counting import tail
from tests.fakes.minds.good import Good
from tests.fakes.minds.saying import Mind, Prompt, Said


class Forgetful:
    """Answers as another mind would that sees only the last `keep_tokens` tokens; `forgot` counts prompts it cut."""

    def __init__(self, keep_tokens: int, then: Mind | None = None) -> None:
        self._keep = keep_tokens
        self._mind: Mind = Good() if then is None else then
        self.forgot = 0

    def answer(self, prompt: Prompt) -> Said:
        """Something, in any case."""
        kept = tail(prompt.messages, self._keep)
        self.forgot += kept != prompt.messages
        return self._mind.answer(replace(prompt, messages=kept))

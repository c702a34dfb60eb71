"""What somebody wants to know, and how a model is asked for it: the messages, and how much they may show."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain.conversation.exhibits import MOST_TOKENS, Exhibits
from bot.domain.conversation.retrieval import Shelf
from bot.domain.conversation.wording import Wording
from bot.domain.desk import DEFAULT_DESK, Desk, OpenDesk, name_from_id
from bot.domain.edition import Edition, Story
from bot.domain.languages import english_name
from bot.domain.tokens import estimate
from bot.domain.visitor import Visitor
from bot.ports.model import ModelRequest, Role
from bot.ports.prompts import Fact, PromptLibrary, Untrusted
from bot.services.exchanges import Exchange, spoken
from bot.services.writing.house import house_rules

ROLE: Role = "large"
Complaint = str
"""Why an earlier answer was not useful: `unsupported`, `off_point` or `long`; empty: there is none."""
_COMPLAINTS: Mapping[Complaint, str] = {
    "unsupported": "They found an earlier answer badly supported: say only what a passage says outright.",
    "off_point": "They found an earlier answer beside the point: say first what they ask for, and nothing around it.",
    "long": "They found an earlier answer too long: two sentences at most.",
}
_MOST_OUT = {"answer": 700, "deeper": 1_500}
_MARGIN = 64
"""Tokens between what is estimated and what a server keeps."""
_QUESTION = 1_000
"""Characters of a question that a model is shown."""
_TOLD = 1_500


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What somebody wants to know."""

    text: str
    """Clean, and untrusted."""
    shelf: Shelf
    wording: Wording
    asker: Visitor
    alone: bool = False
    """Only who asks sees the answer."""
    complaint: Complaint = ""


class Inquiries:
    """Puts inquiries into words for a model."""

    def __init__(self, prompts: PromptLibrary, desks: Mapping[str, OpenDesk]) -> None:
        self._prompts = prompts
        self._desks = desks

    def question(self, inquiry: Inquiry, before: tuple[Exchange, ...], found: Exhibits | None = None) -> ModelRequest:
        """A question, with what was said before it; without `found`, with no passages."""
        facts: dict[str, Fact] = {
            "language": english_name(inquiry.wording.language),
            "about": _about(found, inquiry),
            "passages": Untrusted(found.text() if found else ""),
            "talk": Untrusted(spoken(before)),
            "question": Untrusted(inquiry.text[:_QUESTION]),
        }
        return self._request(inquiry, "answer", facts)

    def story(self, inquiry: Inquiry, story: Story, found: Exhibits | None = None) -> ModelRequest:
        """A story that is taken apart; without `found`, with no passages."""
        lines = (story.title, story.standfirst.text, *(line.text for line in story.body))
        facts: dict[str, Fact] = {
            "language": english_name(inquiry.wording.language),
            "number": story.number,
            "passages": Untrusted(found.text() if found else ""),
            "told": Untrusted("\n".join(lines)[:_TOLD]),
        }
        return self._request(inquiry, "deeper", facts)

    def _request(self, inquiry: Inquiry, prompt: str, facts: Mapping[str, Fact]) -> ModelRequest:
        return ModelRequest(
            role=ROLE,
            stable=house_rules(self._prompts, self._desk(inquiry.shelf.edition), inquiry.wording.language),
            shared="",
            task=self._prompts.render(prompt, facts),
            most_tokens=_MOST_OUT[prompt],
            about=prompt,
            user=hashlib.sha256(inquiry.asker.who.encode()).hexdigest()[:32],
        )

    def _desk(self, edition: Edition) -> Desk:
        opened = self._desks.get(edition.desk)
        name = edition.desk_name or name_from_id(edition.desk)
        return replace(DEFAULT_DESK, id=edition.desk, name=name) if opened is None else opened.desk


def room_for_passages(request: ModelRequest, context: int) -> int:
    """Tokens for passages beside a request that has none yet, on a model with this context."""
    rest = estimate(request.stable, request.task) + request.most_tokens + _MARGIN
    return max(0, min(MOST_TOKENS, context - rest))


def _about(found: Exhibits | None, inquiry: Inquiry) -> str:
    """What is known of the passages, and of what was complained of, in words of ours."""
    hints, complaint = [], inquiry.complaint
    if inquiry.shelf.matter.recorded:
        hints.append("They are what people say in an episode of a podcast or in a video, each after who says it.")
    if found is not None and found.older:
        days = sorted({f"{edition.window.end:%d %B %Y}" for edition in found.older.values()})
        first = min(found.older)
        hints.append(f"Those from [{first}.1] on are of earlier editions, of {' and '.join(days)}.")
    if complaint in _COMPLAINTS:
        hints.append(_COMPLAINTS[complaint])
    return " ".join(hints)

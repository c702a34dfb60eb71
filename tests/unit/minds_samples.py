"""Prompts of ours as a mind gets them, filled from the invented press."""

from functools import cache
from typing import Any

from bot.domain.compose import draft
from bot.domain.drafted import Drafted
from bot.domain.prose.showing import shown_material
from bot.ports.prompts import Fact, Untrusted
from prompts.library import MarkdownPrompts
from tests.fakes.minds import Prompt
from tests.unit.writing_samples import commission, press, say

PROMPTS = MarkdownPrompts()


@cache
def drafted() -> Drafted:
    """Three stories: one with a conflict, two without."""
    return draft(commission(press()), say())


@cache
def material() -> str:
    """The material of all of them."""
    edition = drafted().edition
    shown = shown_material(drafted(), [story.number for story in edition.stories])
    return PROMPTS.render("material", {"edition": edition.id, "stories": Untrusted(shown)})


def house(language: str = "English") -> str:
    """How everybody writes."""
    facts = {"desk": "Pier Desk", "tagline": "news", "audience": "sailors", "rubric": "tides", "language": language}
    return PROMPTS.render("house", facts)


def prompt(name: str, *, tongue: str = "English", **facts: Fact) -> Prompt:
    """A task after house and material."""
    task = PROMPTS.render(name, facts)
    return Prompt((("system", house(tongue)), ("user", f"{material()}\n\n{task}")))


def story_prompt(number: int = 1, **others: Any) -> Prompt:
    """Write one story."""
    return prompt("story", number=number, sentences=6, words=150, **others)

"""What a model is told first, whatever it is asked: how people write at this desk, and for whom."""

from bot.domain.desk import Desk
from bot.domain.languages import english_name
from bot.ports.prompts import PromptLibrary


def house_rules(prompts: PromptLibrary, desk: Desk, language: str) -> str:
    """The rules of a desk for everything that is written in a language (its tag)."""
    return prompts.render(
        "house",
        {
            "desk": desk.name,
            "tagline": desk.tagline,
            "audience": readers_of(desk),
            "rubric": desk.rubric or "what is claimed, on what grounds, and who says otherwise",
            "language": english_name(language),
        },
    )


def readers_of(desk: Desk) -> str:
    """Who reads a desk, also one that does not say."""
    return desk.audience or "people who want to know what is argued about"

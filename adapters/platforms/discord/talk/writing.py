"""Forms with one box to write in: their state stands in their id, so they work after a restart."""

from typing import Any

import discord

from bot.domain.press import named
from bot.ports.phrases import Phrases

MOST_CHARACTERS = 1_000
"""Of a question."""
MOST_REPORTED = 500
"""Of the report of a mistake."""
_LABEL, _TEXT_INPUT, _PARAGRAPH = 18, 4, 2
_BOX = "text"


def question_form(edition: str, rest: str, phrases: Phrases) -> dict[str, Any]:
    """Ask a question about an edition."""
    say = phrases.say
    return _form(named("ask", edition, rest), say("ask-title"), say("ask-label"), say("ask-hint"), MOST_CHARACTERS)


def mistake_form(edition: str, rest: str, phrases: Phrases) -> dict[str, Any]:
    """Say what is wrong with a story."""
    say = phrases.say
    return _form(named("wrong", edition, rest), say("wrong"), say("wrong-label"), say("wrong-hint"), MOST_REPORTED)


def written(sent: discord.Interaction[Any]) -> str:
    """What somebody wrote into a form."""
    data: Any = sent.data or {}
    for top in data.get("components", ()):
        for box in [top.get("component"), *top.get("components", ())]:
            if box and box.get("custom_id") == _BOX:
                return str(box.get("value", "")).strip()
    return ""


def _form(custom_id: str, title: str, label: str, hint: str, most: int) -> dict[str, Any]:
    box = {"type": _TEXT_INPUT, "custom_id": _BOX, "style": _PARAGRAPH, "required": True, "max_length": most}
    component = {"type": _LABEL, "label": label, "description": hint, "component": box}
    return {"custom_id": custom_id, "title": title, "components": [component]}

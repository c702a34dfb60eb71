"""Drafts in our own words: what a writer gets, without a network."""

from typing import Any

from bot.domain.desk import DEFAULT_DESK, Desk
from bot.domain.drafted import Drafted, Material
from bot.domain.edition import Edition
from tests.fakes.editions import edition


def draft_of(selected: Edition | None = None, *, desk: Desk = DEFAULT_DESK, **changes: Any) -> Drafted:
    """A draft of an edition in which nothing is offered besides what the edition cites."""
    selected = edition() if selected is None else selected
    materials = tuple(
        Material(story.id, tuple(p.id for c in selected.citations if c.n in story.citations for p in c.passages))
        for story in selected.stories
    )
    return Drafted(selected, selected.citations, materials, desk, **changes)

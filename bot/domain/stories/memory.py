"""What earlier editions told, so that a story returns only with something new."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.edition import Edition, Story
from bot.domain.stories.features import Keys, Space, keys_of_text

_REMEMBERED = 28
"""Editions looked back at."""
_SAME = 0.22
"""Likeness of a group and an earlier story that makes them one subject."""
_NEW = 0.35
"""Share of an item's weight that the earlier story does not hold, from which on it adds something."""


@dataclass(frozen=True, slots=True)
class Told:
    """One story as it was told, with the items it cited."""

    story: str
    items: frozenset[str]
    keys: Keys


def told(earlier: Sequence[Edition]) -> list[Told]:
    """The stories of earlier editions, newest first."""
    return [_remembered(edition, story) for edition in earlier[:_REMEMBERED] for story in edition.stories]


def _remembered(edition: Edition, story: Story) -> Told:
    cited = [citation for citation in edition.citations if citation.n in story.citations]
    words = [story.standfirst.text, *(sentence.text for sentence in story.body)]
    for citation in cited:
        words.append(citation.title or "")
        words.extend(passage.text for passage in citation.passages)
    return Told(
        story.id,
        frozenset(citation.item for citation in cited),
        keys_of_text(story.title + ". " + story.topic, "\n".join(words)),
    )


def continued(
    space: Space, rows: Sequence[int], items: frozenset[str], memory: Sequence[tuple[int, Told]]
) -> tuple[int, Told] | None:
    """The newest earlier story of the same subject: it cited one of the items, or it is like the group and shares rare
    keys with it. `memory` pairs each story with its row in the space.
    """
    import numpy as np

    centre = space.matrix[list(rows)].mean(axis=0)
    centre = np.asarray(centre).ravel()
    length = float(np.linalg.norm(centre)) or 1.0
    for row, story in memory:
        likeness = float(space.matrix[row].dot(centre)[0]) / length
        if story.items & items or likeness >= _SAME:
            return row, story
    return None


def adds(space: Space, row: int, told_row: int) -> bool:
    """Whether a reading says something an earlier story did not."""
    own = space.matrix[row]
    held = set(space.matrix[told_row].indices.tolist())
    weights = [(column, value * value) for column, value in zip(own.indices.tolist(), own.data.tolist(), strict=True)]
    return float(sum(weight for column, weight in weights if column not in held)) >= _NEW

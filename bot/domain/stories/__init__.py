"""Stories: what several readings of a window are about, chosen and scored."""

from bot.domain.stories.draft import FoundStories, Quiet, StoryDraft
from bot.domain.stories.find import find_stories

__all__ = ["FoundStories", "Quiet", "StoryDraft", "find_stories"]

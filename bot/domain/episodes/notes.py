"""Chapters of an episode of which there is no transcript: what its publisher lists, and nothing else."""

from bot.domain.episode import Chapter
from bot.domain.episodes.facts import EpisodeFacts


def chapters_of_notes(facts: EpisodeFacts) -> tuple[Chapter, ...]:
    """The publisher's own, titles and times only; none where the end of the last one is not known."""
    duration = facts.duration or 0.0
    inside = [chapter for chapter in facts.chapters if chapter.start < duration]
    if not inside:
        return ()
    ends = [*(chapter.start for chapter in inside[1:]), duration]
    return tuple(
        Chapter(number, "topic", chapter.start, end, chapter.title, "", (), "publisher")
        for number, (chapter, end) in enumerate(zip(inside, ends, strict=True), 1)
    )

"""The overview of an episode, or one of its chapters, as somebody reads it in their own language.

What is said is translated; when it was said is the overview's own.
"""

from bot.domain.conversation.episode.saying import at, replying, span
from bot.domain.conversation.episode.shelf import EpisodeShelf
from bot.domain.conversation.wording import Wording
from bot.domain.edition import Evidence, Sentence
from bot.domain.episode import Chapter
from bot.domain.reply import Action, Reply
from bot.domain.translation.parts import Told


def overview_read(shelf: EpisodeShelf, told: Told, labels: Wording) -> Reply:
    """The paragraph, then the chapters with their times."""
    episode = shelf.episode
    lines = [_line(one.text, told, labels, at(shelf, *one.at)) for one in episode.told]
    lines.append(labels.plain("chapters-head", n=len(episode.chapters)))
    lines += [_head(chapter, shelf, told, labels) for chapter in episode.chapters]
    return replying("translate", lines, shelf, [Action("all-chapters", "list")])


def chapter_read(chapter: Chapter, shelf: EpisodeShelf, told: Told, labels: Wording) -> Reply:
    """One chapter: title, summary, what is quoted of it."""
    lines = [_head(chapter, shelf, told, labels)]
    lines += [_line(one.text, told, labels, at(shelf, *one.at)) for one in chapter.told]
    for quote in chapter.quotes:
        words = told(f"“{quote.text}”")
        text = labels.say("spoken", host=quote.speaker, text=words) if quote.speaker else words
        lines.append(Sentence(text, at(shelf, quote.at)))
    return replying("translate", lines, shelf, [Action("all-chapters", "list")], chapter.number)


def _head(chapter: Chapter, shelf: EpisodeShelf, told: Told, labels: Wording) -> Sentence:
    head = {"title": told(chapter.title), "span": span(chapter, labels)}
    return labels.plain("chapter-head", at(shelf, chapter.start), number=chapter.number, **head)


def _line(text: str, told: Told, labels: Wording, evidence: Evidence) -> Sentence:
    said = told(text)
    return Sentence(labels.say("translate-kept", text=said) if text in told.kept else said, evidence)

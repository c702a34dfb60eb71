"""Every text of an edition with its path and its evidence, in reading order.

The checks look at parts, the mending removes parts, the numbering follows parts: one walk, one set of paths.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.domain.edition import Edition, Evidence, Story

PartKind = Literal[
    "title", "lede", "story_title", "question", "standfirst", "why_now", "position", "counter", "body", "synthesis",
    "crux", "pull_quote", "reading", "connection", "open_question", "made", "closed", "line",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One text of an edition."""

    where: str
    kind: PartKind
    text: str
    evidence: Evidence = ()
    story: int | None = None
    """Index of its story, where it has one."""


def walk(edition: Edition) -> Iterator[Part]:
    """Every text in reading order: title, lede, stories, question, promises, dialogue."""
    yield Part("title", "title", edition.title, edition.title_evidence)
    yield Part("lede", "lede", edition.lede, edition.lede_evidence)
    for index, story in enumerate(edition.stories):
        yield from story_parts(story, index)
    if edition.open_question:
        yield Part("open_question", "open_question", edition.open_question.text, edition.open_question.evidence)
    numbers = {story.id: index for index, story in enumerate(edition.stories)}
    for i, made in enumerate(edition.promises.made):
        yield Part(f"promises.made[{i}]", "made", made.text, made.evidence, numbers.get(made.story))
    for i, closed in enumerate(edition.promises.closed):
        yield Part(f"promises.closed[{i}]", "closed", closed.text, closed.evidence)
    for i, line in enumerate(edition.dialogue):
        yield Part(f"dialogue[{i}]", "line", line.text, line.evidence, numbers.get(line.story or ""))


def story_parts(story: Story, index: int) -> Iterator[Part]:
    """The texts of one story in reading order; an absent part yields nothing."""
    at = f"stories[{index}]"
    yield Part(f"{at}.title", "story_title", story.title, (), index)
    if story.question:
        yield Part(f"{at}.question", "question", story.question, (), index)
    yield Part(f"{at}.standfirst", "standfirst", story.standfirst.text, story.standfirst.evidence, index)
    if story.signal.why_now.text:
        yield Part(f"{at}.signal.why_now", "why_now", story.signal.why_now.text, story.signal.why_now.evidence, index)
    for i, position in enumerate(story.positions):
        yield Part(f"{at}.positions[{i}]", "position", position.claim, position.evidence, index)
    yield Part(f"{at}.counter", "counter", story.counter.text, story.counter.evidence, index)
    for i, sentence in enumerate(story.body):
        yield Part(f"{at}.body[{i}]", "body", sentence.text, sentence.evidence, index)
    yield from _second_half(story, at, index)


def _second_half(story: Story, at: str, index: int) -> Iterator[Part]:
    if story.synthesis:
        yield Part(f"{at}.synthesis", "synthesis", story.synthesis.text, story.synthesis.evidence, index)
    if story.crux:
        yield Part(f"{at}.crux", "crux", story.crux.question, story.crux.evidence, index)
        yield Part(f"{at}.crux", "crux", story.crux.would_settle, story.crux.evidence, index)
    if story.pull_quote:
        yield Part(f"{at}.pull_quote", "pull_quote", story.pull_quote.text, story.pull_quote.evidence, index)
    for i, word in enumerate(story.plain_words):
        yield Part(f"{at}.plain_words[{i}]", "reading", word.meaning, (), index)
    if story.analogy:
        yield Part(f"{at}.analogy", "reading", story.analogy, (), index)
    if story.so_what:
        yield Part(f"{at}.so_what", "reading", story.so_what, (), index)
    for i, connection in enumerate(story.connects_to):
        yield Part(f"{at}.connects_to[{i}]", "connection", connection.reason, connection.evidence, index)

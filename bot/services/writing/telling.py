"""What a model is shown of its own work and of what it has to come back to, one thing a line.

Everything is folded to one line, so that no text can look like a line of ours; the prompt library fences all of it.
"""

from collections.abc import Sequence

from bot.domain.drafted import Drafted, OpenPromise
from bot.domain.edition import Counter, Edition, Story
from bot.domain.prose.pieces import Flaw
from bot.domain.prose.shapes import Cited
from bot.domain.prose.showing import folded, shown_evidence, shown_passages

NONE = "none"


def told_stories(edition: Edition, numbers: Sequence[int]) -> str:
    """Stories as they will be told, in few words: title, standfirst, first sentence, who says otherwise.

    No more: the passages stand before it, and what is not the same in every call is not kept by providers.
    """
    stories = (edition.story(number) for number in numbers)
    return "\n\n".join(_told(story) for story in stories if story is not None)


def shown_flaws(flaws: Sequence[Flaw]) -> str:
    """What does not stand, each under its name."""
    return "\n\n".join(
        f"name: {flaw.where}\nsentence: {folded(flaw.text)}\ncites: {shown_evidence(flaw.evidence) or 'nothing'}\n"
        f"wrong: {'; '.join(folded(reason) for reason in flaw.reasons)}"
        for flaw in flaws
    )


def shown_promises(drafted: Drafted) -> str:
    """Open promises of earlier editions by number, with the passages they rest on."""
    return "\n\n".join(_promise(n, kept, drafted) for n, kept in enumerate(drafted.promises, start=1)) or NONE


def shown_sentences(sentences: Sequence[tuple[str, Cited]], drafted: Drafted) -> str:
    """Numbered sentences, each with what it cites."""
    return "\n\n".join(
        f"{n}. {folded(cited.text)}\n{shown_passages(drafted, cited.evidence)}"
        for n, (_, cited) in enumerate(sentences, start=1)
    )


def _told(story: Story) -> str:
    lines = [
        f"## Story {story.number}",
        f"title: {folded(story.title)}",
        f"standfirst: {_said(story.standfirst.text, story.standfirst.evidence)}",
        *(f"- {_said(sentence.text, sentence.evidence)}" for sentence in story.body[:1]),
        *_against(story.counter),
    ]
    if story.crux:
        lines.append(f"open: {_said(story.crux.question, story.crux.evidence)}")
    return "\n".join(lines)


def _against(counter: Counter) -> list[str]:
    if counter.standing == "none":
        return []
    who = (
        "an argument of ours" if counter.standing == "argument" else f"{folded(counter.thinker or '')}, {counter.kind}"
    )
    return [f"against it ({who}): {_said(counter.text, counter.evidence)}"]


def _said(text: str, evidence: Sequence[str]) -> str:
    return f"{folded(text)} {shown_evidence(tuple(evidence))}".strip()


def _promise(number: int, kept: OpenPromise, drafted: Drafted) -> str:
    promise = kept.promise
    said = f"{number}. said {kept.made:%Y-%m-%d %H:%M}, due {promise.due:%Y-%m-%d}: {folded(promise.text)}"
    return f"{said}\n{shown_passages(drafted, kept.evidence)}".strip()

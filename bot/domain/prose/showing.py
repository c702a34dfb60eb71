"""What a model is shown of a draft, of its own work and of what it has to come back to, one thing a line.

Every passage stands on a line of its own, after its id. All texts are folded to one line, so that none which spells
`[9.9] ` at the beginning of a line becomes a passage, or looks like a line of ours. The prompt library fences it all.
"""

import re
from collections.abc import Sequence

from bot.domain.drafted import Drafted, OpenPromise
from bot.domain.edition import Citation, CitedPassage, Counter, Edition, Evidence, Story, in_order
from bot.domain.prose.pieces import Flaw
from bot.domain.prose.shapes import Cited

_SPACE = re.compile(r"\s+")


def shown_material(drafted: Drafted, numbers: Sequence[int], *, most: int | None = None) -> str:
    """The stories of these numbers with what was decided, and their passages; of each at most `most`, best first."""
    passages = drafted.passages()
    stories = [story for number in numbers if (story := drafted.edition.story(number)) is not None]
    return "\n\n".join(_shown_story(story, drafted, passages, most) for story in stories)


def shown_passages(drafted: Drafted, ids: Sequence[str]) -> str:
    """Some passages, one a line."""
    passages = drafted.passages()
    return "\n".join(shown_passage(*passages[i]) for i in ids if i in passages)


def shown_passage(citation: Citation, passage: CitedPassage) -> str:
    """`[3.1] Name, article, 2026-02-17, headline: words`."""
    is_headline = folded(passage.text) == folded(citation.title or "")
    where = ", headline" if is_headline else ""
    return (
        f"[{passage.id}] {folded(citation.thinker)}, {citation.kind}, {citation.published:%Y-%m-%d}{where}: "
        f"{folded(passage.text)}"
    )


def shown_evidence(evidence: Evidence) -> str:
    """`[3.1] [4.2]`."""
    return " ".join(f"[{i}]" for i in evidence)


def folded(text: str) -> str:
    """A text on one line."""
    return _SPACE.sub(" ", text).strip()


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
    return "\n\n".join(_promise(n, kept, drafted) for n, kept in enumerate(drafted.promises, start=1)) or "none"


def shown_sentences(sentences: Sequence[tuple[str, Cited]], drafted: Drafted) -> str:
    """Numbered sentences, each with what it cites."""
    return "\n\n".join(
        f"{n}. {folded(cited.text)}\n{shown_passages(drafted, cited.evidence)}"
        for n, (_, cited) in enumerate(sentences, start=1)
    )


def _shown_story(
    story: Story, drafted: Drafted, passages: dict[str, tuple[Citation, CitedPassage]], most: int | None
) -> str:
    ids = drafted.material(story.id).passages
    decided = {i for position in story.positions for i in position.evidence} | {*story.counter.evidence}
    # What was decided rests on these: they are shown, however little else is.
    first = [i for i in ids if i in decided]
    rest = [i for i in ids if i not in decided]
    chosen = ids if most is None else [*first, *rest][: max(most, len(first))]
    order = in_order(i for i in chosen if i in passages)
    signal = story.signal
    head = [
        f"## Story {story.number}",
        f"topic: {folded(story.topic)}",
        f"{story.state}: {signal.voices} voices, {signal.items} items in {signal.window_hours:g} hours",
        *(
            f"position {n}: {folded(position.thinker)} ({position.stance}), on {shown_evidence(position.evidence)}"
            for n, position in enumerate(story.positions, start=1)
        ),
        f"counter: {_shown_counter(story.counter)}",
    ]
    return "\n".join([*head, *(shown_passage(*passages[i]) for i in order)])


def _shown_counter(counter: Counter) -> str:
    if counter.standing != "person":
        return "nobody so far"
    return f"{folded(counter.thinker or '')} ({counter.kind}), on {shown_evidence(counter.evidence)}"


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

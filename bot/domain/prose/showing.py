"""What a model is shown of a draft: every passage on a line of its own, after its id.

A passage is folded to one line, so that a text which spells `[9.9] ` at the beginning of a line of its own does not
become a passage. All of it is fenced by the prompt library.
"""

import re
from collections.abc import Sequence

from bot.domain.drafted import Drafted
from bot.domain.edition import Citation, CitedPassage, Counter, Evidence, Story

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


def _shown_story(
    story: Story, drafted: Drafted, passages: dict[str, tuple[Citation, CitedPassage]], most: int | None
) -> str:
    ids = drafted.material(story.id).passages
    decided = {i for position in story.positions for i in position.evidence} | {*story.counter.evidence}
    # What was decided rests on these: they are shown, however little else is.
    first = [i for i in ids if i in decided]
    rest = [i for i in ids if i not in decided]
    chosen = ids if most is None else [*first, *rest][: max(most, len(first))]
    order = sorted((i for i in chosen if i in passages), key=lambda i: tuple(map(int, i.split("."))))
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

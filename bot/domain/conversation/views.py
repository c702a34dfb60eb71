"""Look-ups into one story's argument: its counter view, its crux, what is claimed around it, and why it is a story."""

import re
from dataclasses import replace

from bot.domain.conversation.matter import fold
from bot.domain.conversation.wording import Wording, excerpt, replying
from bot.domain.edition import Citation, CitedPassage, Edition, Sentence, Story
from bot.domain.rates import rate_facts
from bot.domain.reply import Action, Reply
from bot.domain.text.names import names as names_of

_STANCES = ("for", "against", "adjacent")
_MOST_AROUND = 8
"""Passages that `deeper` adds to a story."""
_MOST_NAMES = 3


def counter(story: Story, edition: Edition, wording: Wording) -> Reply:
    """The strongest disagreement, with its standing and kind in words; a plain word where there is none."""
    view = story.counter
    actions = [Action("sources", f"sources {story.number}"), Action("deeper", f"deeper {story.number}")]
    if view.standing == "none":
        evidence = story.standfirst.evidence
        lines = [wording.plain("counter-missing", evidence, number=story.number)]
    elif view.standing == "argument":
        # Ours is never numbered as a source, whatever claim it addresses.
        lines = [wording.plain("counter-argument"), Sentence(view.text, ()), wording.plain("counter-ours")]
    else:
        name = wording.speaker(view.thinker or "", view.thinker_id, view.evidence, edition)
        standing = wording.plain(f"counter-by-{view.kind or 'other'}", view.evidence, name=name)
        lines = [Sentence(view.text, view.evidence), standing]
    return replying("counter", lines, edition, actions)


def counters(edition: Edition, wording: Wording) -> Reply:
    """The counter view of each story, one line each."""
    lines: list[Sentence] = []
    for story in edition.stories:
        view = story.counter
        text, evidence = view.text, view.evidence
        if view.standing == "none":
            text, evidence = wording.say("counter-missing-short"), ()
        elif view.standing == "argument":
            text, evidence = wording.say("counter-ours-short", text=view.text), ()
        lines.append(wording.plain("counter-of", evidence, number=story.number, text=text))
    return replying("counter", lines or [wording.plain("no-stories")], edition)


def crux(story: Story, edition: Edition, wording: Wording) -> Reply:
    """The question whose answer would settle a story, or why there is none."""
    if story.crux is not None:
        found = story.crux
        lines = [
            wording.plain("crux-head", found.evidence, number=story.number, question=found.question),
            wording.plain("crux-settles", text=found.would_settle),
        ]
        return replying("crux", lines, edition, [Action("counter", f"counter {story.number}")])
    evidence = tuple(i for p in story.positions for i in p.evidence)
    lines = [wording.plain(_why_no_crux(story), evidence, number=story.number)]
    if story.counter.standing == "argument":
        lines += [wording.plain("crux-ours"), Sentence(story.counter.text, ())]
    other = next((s for s in edition.stories if s.crux is not None), None)
    actions = [Action("counter", f"counter {story.number}")]
    if other is not None:
        lines.append(wording.plain("crux-elsewhere", number=other.number))
        actions.insert(0, Action("settle", f"crux {other.number}"))
    return replying("crux", lines, edition, actions)


def _why_no_crux(story: Story) -> str:
    if story.counter.kind == "conflict":
        return "crux-missing-conflict"
    one_sided = story.synthesis is not None and story.synthesis.kind == "one_sided"
    return "crux-missing-one-sided" if one_sided else "crux-missing"


def deeper(story: Story, edition: Edition, wording: Wording) -> Reply:
    """What is claimed, by side; the story's passages that the edition has not shown yet; what is missing."""
    claimed = [
        wording.plain(
            f"claim-{position.stance}" if story.is_argued else "claim-plain",
            position.evidence,
            thinker=wording.speaker(position.thinker, position.thinker_id, position.evidence, edition),
            claim=position.claim,
        )
        for stance in _STANCES
        for position in story.positions
        if position.stance == stance
    ] or [Sentence(story.standfirst.text, story.standfirst.evidence)]
    around = [wording.cited(citation, [p], titled=False) for citation, p in _around(story, edition)]
    label = wording.plain("around") if around else wording.plain("around-nothing")
    missing = missing_of(story, edition, wording)
    number = story.number
    actions = [Action("sources", f"sources {number}"), Action("counter", f"counter {number}")]
    return replying("deeper", [*claimed, label, *around, *missing], edition, actions)


def _around(story: Story, edition: Edition) -> list[tuple[Citation, CitedPassage]]:
    """Passages of a story that none of its parts shows yet; each item within its excerpt."""
    parts = [story.standfirst.evidence, story.counter.evidence]
    parts += [sentence.evidence for sentence in story.body] + [p.evidence for p in story.positions]
    shown = {i for evidence in parts for i in evidence}
    return [
        (citation, passage)
        for n in story.citations
        if (citation := edition.citation(n)) is not None
        for passage in excerpt(citation.passages)
        if passage.id not in shown
    ][:_MOST_AROUND]


def missing_of(story: Story, edition: Edition, wording: Wording) -> list[Sentence]:
    """What a reader of a story will look for in vain."""
    return [wording.plain(key) for key in _missing(story, edition)]


def _missing(story: Story, edition: Edition) -> list[str]:
    """Keys of what a reader will look for in vain; computed from the passages, never guessed."""
    passages = [p for c in edition.citations if c.n in story.citations for p in c.passages]
    found: list[str] = []
    if story.signal.voices == 1:
        found.append("missing-voices")
    elif story.counter.standing != "person" and not story.is_argued:
        found.append("missing-against")
    elif story.counter.kind == "conflict" and story.crux is None:
        found.append("missing-link")
    if not any(re.search(r"\d", passage.text) for passage in passages):
        found.append("missing-numbers")
    return found


def why(story: Story, edition: Edition, wording: Wording) -> Reply:
    """The arithmetic of a story, why it is one now, what holds its items together, and whether it is new."""
    signal = story.signal
    arithmetic = wording.plain(f"why-{signal.rate}", **rate_facts(signal))
    now = Sentence(signal.why_now.text, signal.why_now.evidence)
    lines = [arithmetic, now, _bond(story, edition, wording), wording.plain(f"why-state-{story.state}")]
    return replying("why", lines, edition, [Action("sources", f"sources {story.number}")])


def _bond(story: Story, edition: Edition, wording: Wording) -> Sentence:
    """The names that several citations of a story share; its topic where there is none."""
    places: dict[str, dict[int, tuple[str, str]]] = {}
    for n in story.citations:
        citation = edition.citation(n)
        for passage in citation.passages if citation else ():
            for name in sorted(names_of("", passage.text, [(0, len(passage.text))])):
                written = re.search(re.escape(name), passage.text, re.IGNORECASE)
                if written:
                    places.setdefault(name, {}).setdefault(n, (passage.id, written.group()))
    voices = {fold(t.name) for t in edition.thinkers}
    shared = [(name, at) for name, at in places.items() if len(at) > 1 and fold(name) not in voices]
    shared.sort(key=lambda found: (-len(found[1]), found[0]))
    if not shared:
        return wording.plain("why-topic", topic=story.topic)
    best = shared[:_MOST_NAMES]
    spelled = ", ".join(min(word for _, word in at.values()) for _, at in best)
    evidence = dict.fromkeys(i for _, at in best for i, _ in list(at.values())[:2])
    together = wording.plain("why-together", evidence, names=spelled)
    # A name such as U.S. ends the sentence by itself.
    return replace(together, text=together.text.replace(f"{spelled}.", spelled)) if spelled[-1] == "." else together

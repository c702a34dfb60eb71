"""The order an edition keeps: stories by position, citations by first use, and every count that follows from them."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.checks.case import Case
from bot.domain.checks.parts import walk
from bot.domain.checks.shape import spoken_in, used_numbers
from bot.domain.checks.tally import tally
from bot.domain.edition import (
    Citation,
    Cited,
    CitedPassage,
    CitedThinker,
    Connection,
    Edition,
    Evidence,
    Line,
    Position,
    Sentence,
    Story,
)
from bot.domain.roster import ThinkerKind

Change = Callable[[Evidence], Evidence]


def renumber(edition: Edition) -> Edition:
    """Stories numbered by position, citations by first use; what nobody uses is left out; lists and counts follow."""
    return _with_card(_with_thinkers(_with_citations(_with_stories(edition))))


def with_evidence(edition: Edition, change: Change) -> Edition:
    """The edition with every evidence tuple changed."""
    question = edition.open_question
    promises = edition.promises
    return replace(
        edition,
        title_evidence=change(edition.title_evidence),
        lede_evidence=change(edition.lede_evidence),
        stories=tuple(_story_with_evidence(story, change) for story in edition.stories),
        open_question=replace(question, evidence=change(question.evidence)) if question else None,
        promises=replace(
            promises,
            made=tuple(replace(made, evidence=change(made.evidence)) for made in promises.made),
            closed=tuple(replace(closed, evidence=change(closed.evidence)) for closed in promises.closed),
        ),
        dialogue=tuple(replace(line, evidence=change(line.evidence)) for line in edition.dialogue),
    )


def _story_with_evidence(story: Story, change: Change) -> Story:
    def sentence(part: Sentence) -> Sentence:
        return replace(part, evidence=change(part.evidence))

    def position(part: Position) -> Position:
        return replace(part, evidence=change(part.evidence))

    def connection(part: Connection) -> Connection:
        return replace(part, evidence=change(part.evidence))

    return replace(
        story,
        standfirst=sentence(story.standfirst),
        signal=replace(story.signal, why_now=sentence(story.signal.why_now)),
        positions=tuple(map(position, story.positions)),
        counter=replace(story.counter, evidence=change(story.counter.evidence)),
        body=tuple(map(sentence, story.body)),
        synthesis=replace(story.synthesis, evidence=change(story.synthesis.evidence)) if story.synthesis else None,
        crux=replace(story.crux, evidence=change(story.crux.evidence)) if story.crux else None,
        pull_quote=replace(story.pull_quote, evidence=change(story.pull_quote.evidence)) if story.pull_quote else None,
        connects_to=tuple(map(connection, story.connects_to)),
    )


def _with_stories(edition: Edition) -> Edition:
    """Numbers and ids by position; what belonged to a story that is gone goes with it."""
    ids = {story.id: f"{edition.id}/{number}" for number, story in enumerate(edition.stories, 1)}

    def line(part: Line) -> Line:
        return replace(part, story=ids[part.story]) if part.story else part

    return replace(
        edition,
        stories=tuple(
            replace(
                story,
                id=f"{edition.id}/{number}",
                number=number,
                connects_to=tuple(replace(c, story=ids[c.story]) for c in story.connects_to if c.story in ids),
            )
            for number, story in enumerate(edition.stories, 1)
        ),
        promises=replace(
            edition.promises,
            made=tuple(replace(made, story=ids[made.story]) for made in edition.promises.made if made.story in ids),
        ),
        dialogue=tuple(line(part) for part in edition.dialogue if part.story is None or part.story in ids),
    )


def _with_citations(edition: Edition) -> Edition:
    """Citations in order of first use, one number an item; passages keep their order in the item."""
    passages = edition.passages()
    used = [i for part in walk(edition) for i in part.evidence if i in passages]
    wanted = set(used)
    ids: dict[str, str] = {}
    citations: list[Citation] = []
    for n, item in enumerate(dict.fromkeys(passages[i][0].item for i in used), 1):
        same = [citation for citation in edition.citations if citation.item == item]
        kept: dict[str, str] = {}
        for passage in (p for citation in same for p in citation.passages):
            if passage.id in wanted and passages[passage.id][0].item == item:
                ids[passage.id] = kept.setdefault(passage.text, f"{n}.{len(kept) + 1}")
        spans = {p.text: p.at for citation in same for p in citation.passages}
        citations.append(
            replace(same[0], n=n, passages=tuple(CitedPassage(new, text, spans[text]) for text, new in kept.items()))
        )
    edition = with_evidence(edition, lambda evidence: tuple(dict.fromkeys(ids[i] for i in evidence if i in ids)))
    stories = (replace(s, citations=tuple(used_numbers(s, index))) for index, s in enumerate(edition.stories))
    return replace(edition, stories=tuple(stories), citations=tuple(citations))


def _with_thinkers(edition: Edition) -> Edition:
    """Everyone cited with their stories; those only quoted stay while they hold something."""
    case = Case(edition)
    cited = spoken_in(case)
    listed = {thinker.name: thinker for thinker in edition.thinkers}
    for citation in edition.citations:
        if citation.thinker not in listed:
            listed[citation.thinker] = CitedThinker(
                citation.thinker, citation.thinker_id, ThinkerKind.PERSON, citation.handle, None, ()
            )
    kept = (
        replace(thinker, stories=cited.get(name) or held_by(name, edition))
        for name, thinker in listed.items()
        if name in cited or (thinker.kind == "quoted" and held_by(name, edition))
    )
    return replace(edition, thinkers=tuple(kept))


def held_by(name: str, edition: Edition) -> tuple[str, ...]:
    """Ids of the stories in which someone holds a position, a counter view or a pull quote."""
    return tuple(
        story.id
        for story in edition.stories
        if name
        in {*(p.thinker for p in story.positions), story.counter.thinker, story.pull_quote and story.pull_quote.thinker}
    )


def _with_card(edition: Edition) -> Edition:
    """Shares of the best score, and the card's counts."""
    best = max((story.signal.score for story in edition.stories), default=1.0)
    if best != 1.0 or any(story.signal.score < 0 for story in edition.stories):
        shares = (max(0.0, s.signal.score) / best if best > 0 else 1.0 for s in edition.stories)
        scored = zip(edition.stories, shares, strict=True)
        edition = replace(
            edition, stories=tuple(replace(s, signal=replace(s.signal, score=share)) for s, share in scored)
        )
    card, counted = edition.card, tally(Case(edition))
    cited = Cited(len(edition.citations), len({citation.thinker for citation in edition.citations}))
    used = max(card.items_used, cited.items)
    checks = replace(
        card.checks,
        quotes=counted.quotes,
        quotes_exact=counted.quotes_exact,
        sentences=counted.sentences,
        sentences_dropped=max(0, card.checks.sentences_dropped),
        sentences_extractive=max(0, min(card.checks.sentences_extractive, counted.sentences)),
        duplicates=max(0, card.checks.duplicates),
    )
    card = replace(card, cited=cited, items_used=used, items_read=max(card.items_read, used), checks=checks)
    return replace(edition, card=card)

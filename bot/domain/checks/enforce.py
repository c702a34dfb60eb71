"""What fails a check is left out, and the rest put in order, until nothing fails.

The remedies follow the paths of the faults, so a part is judged in one place and removed in one place. What no leaving
out can mend (a wrong edition id, a window that ends before it begins) stays, and `check` goes on saying so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.domain.checks.case import Case
from bot.domain.checks.check import check
from bot.domain.checks.evidence import quote_status
from bot.domain.checks.parts import walk
from bot.domain.checks.renumber import renumber, with_evidence
from bot.domain.checks.shape import most_words, shown_words
from bot.domain.checks.signals import LEAST_ITEMS, own_citations
from bot.domain.checks.tally import tally
from bot.domain.checks.verdict import Fault
from bot.domain.edition import Citation, Counter, Edition, Evidence, PullQuote, Sentence, Signal, Story

_MOST_ROUNDS = 20
"""A round leaves something out or is the last; far fewer are ever needed."""
_SENTENCES = 2
"""A story with fewer is none."""
T = TypeVar("T")


def enforce(edition: Edition, *, nobody: str = "") -> tuple[Edition, tuple[Fault, ...]]:
    """Leave out what fails, renumber the rest; returns the result and the faults found on the way.

    `nobody` is the sentence for a counter view that falls ("No source in this window says otherwise."), in the
    edition's language. An edition without faults comes back as it is. A story left without its standfirst or two
    sentences goes. An edition can end without stories: its title is then the desk's id, its lede empty.
    """
    found: dict[Fault, None] = {}
    current = edition
    for _ in range(_MOST_ROUNDS):
        faults = check(current).faults
        found.update(dict.fromkeys(faults))
        mended = _mend(current, faults, nobody) if faults else current
        if mended == current:
            break
        current = mended
    return (_told(edition, current), tuple(found)) if found else (edition, ())


def _mend(edition: Edition, faults: Sequence[Fault], nobody: str) -> Edition:
    passages = edition.passages()
    if any(i not in passages for part in walk(edition) for i in part.evidence):
        known = with_evidence(edition, lambda evidence: tuple(i for i in evidence if i in passages))
        return renumber(known)
    bad = {fault.where for fault in faults}
    edition = _without_sources(edition, faults)
    stories = (_story(story, index, bad, edition, nobody) for index, story in enumerate(edition.stories))
    question = edition.open_question
    mended = replace(
        edition,
        stories=tuple(story for story in stories if story is not None),
        open_question=None if "open_question" in bad else question,
        promises=replace(
            edition.promises,
            made=_kept(edition.promises.made, "promises.made", bad),
            closed=_kept(edition.promises.closed, "promises.closed", bad),
        ),
        dialogue=_kept(edition.dialogue, "dialogue", bad),
        card=replace(edition.card, writer=_writer(edition)) if "card.writer" in bad else edition.card,
        audio=None,
    )
    return renumber(_headed(mended, bad))


def _kept(parts: Sequence[T], where: str, bad: set[str]) -> tuple[T, ...]:
    return tuple(part for i, part in enumerate(parts) if f"{where}[{i}]" not in bad)


def _without_sources(edition: Edition, faults: Sequence[Fault]) -> Edition:
    """Citations that cannot be one, and passages beyond an excerpt, go; evidence loses their ids."""
    gone: set[str] = set()
    for index, citation in enumerate(edition.citations):
        rules = {f.rule for f in faults if f.where in {f"citations[{index}]", f"citations[{index}].url"}}
        if rules - {"numbering"}:
            gone.update(passage.id for passage in citation.passages)
        elif any(f.rule == "excerpt" and f.where == f"citations[{index}].passages" for f in faults):
            gone.update(_beyond(citation))
    if not gone:
        return edition

    def staying(evidence: Evidence) -> Evidence:
        return tuple(i for i in evidence if i not in gone)

    return with_evidence(edition, staying)


def _beyond(citation: Citation) -> Iterator[str]:
    """Ids of the last passages, as many as are too many."""
    while citation.passages and shown_words(citation) > most_words(citation):
        yield citation.passages[-1].id
        citation = replace(citation, passages=citation.passages[:-1])


def _story(story: Story, index: int, bad: set[str], edition: Edition, nobody: str) -> Story | None:
    """A story without its failing parts, or None when too little is left."""
    at = f"stories[{index}]"
    body = _kept(story.body, f"{at}.body", bad)
    title = _headline(story, edition) if f"{at}.title" in bad else story.title
    if at in bad or f"{at}.standfirst" in bad or len(body) < _SENTENCES or title is None:
        return None
    positions = (
        replace(p, stance="adjacent") if f"{at}.positions[{i}].stance" in bad else p
        for i, p in enumerate(story.positions)
    )
    continues = None if f"{at}.continues" in bad else story.continues
    unsure = {f"{at}.continues", f"{at}.state"} & bad
    return replace(
        story,
        title=title,
        body=body,
        continues=continues,
        state=("update" if continues else "new") if unsure else story.state,
        positions=_kept(tuple(positions), f"{at}.positions", bad),
        counter=_counter(story.counter, at, bad, nobody),
        signal=_signal(story, at, bad),
        pull_quote=_pull_quote(story.pull_quote, at, bad, edition),
        question=None if f"{at}.question" in bad else story.question,
        synthesis=None if f"{at}.synthesis" in bad else story.synthesis,
        crux=None if f"{at}.crux" in bad else story.crux,
        plain_words=_kept(story.plain_words, f"{at}.plain_words", bad),
        analogy=None if f"{at}.analogy" in bad or not story.analogy else story.analogy,
        so_what=None if f"{at}.so_what" in bad or not story.so_what else story.so_what,
        connects_to=_kept(story.connects_to, f"{at}.connects_to", bad),
    )


def _counter(counter: Counter, at: str, bad: set[str], nobody: str) -> Counter:
    if f"{at}.counter" in bad:
        return Counter("none", None, None, None, nobody, ())
    if f"{at}.counter.standing" in bad:
        return replace(counter, thinker=None, thinker_id=None, evidence=())
    return counter


def _signal(story: Story, at: str, bad: set[str]) -> Signal:
    """A signal without a multiplier that does not add up, and without a reason that does not hold."""
    signal = story.signal
    if f"{at}.signal.why_now" in bad:
        signal = replace(signal, why_now=Sentence("", ()))
    if f"{at}.signal.burst" in bad:
        items = max(signal.items, 1 if signal.items > 0 else len(own_citations(story)), 1)
        voices = min(max(signal.voices, 1), items)
        enough = items >= LEAST_ITEMS and signal.usual is not None and signal.usual > 0
        signal = replace(signal, items=items, voices=voices, usual=signal.usual if enough else None, burst=None, p=None)
    return signal


def _pull_quote(quote: PullQuote | None, at: str, bad: set[str], edition: Edition) -> PullQuote | None:
    if quote is None or f"{at}.pull_quote" in bad:
        return None
    if f"{at}.pull_quote.status" in bad:
        return replace(quote, status="normalised" if quote_status(Case(edition), quote) == "normalised" else "exact")
    return quote


def _headline(story: Story, edition: Edition) -> str | None:
    """The headline of an item the story cites, its standfirst's first."""
    passages = edition.passages()
    first = [passages[i][0] for i in story.standfirst.evidence if i in passages]
    rest = [citation for citation in edition.citations if citation.n in story.citations]
    return next((c.title for c in (*first, *rest) if c.title and c.title != story.title), None)


def _headed(edition: Edition, bad: set[str]) -> Edition:
    """An edition whose failing title or lede is replaced by original words."""
    if not edition.stories:
        return replace(edition, title=edition.desk, title_evidence=(), lede="", lede_evidence=())
    if "title" in bad:
        text, evidence = _original(edition, edition.title, headline=True)
        edition = replace(edition, title=text, title_evidence=evidence)
    if "lede" in bad:
        text, evidence = _original(edition, edition.lede, headline=False)
        edition = replace(edition, lede=text, lede_evidence=evidence)
    return edition


def _original(edition: Edition, failed: str, *, headline: bool) -> tuple[str, Evidence]:
    """A passage of the first stories in its own words: a headline for a title, a sentence for a lede."""
    passages = edition.passages()
    ids = [i for story in edition.stories for part in (story.standfirst, *story.body) for i in part.evidence]
    known = [i for i in ids if i in passages and passages[i][1].text != failed and passages[i][1].text != edition.title]
    known = known or [i for i in ids if i in passages]
    fitting = (i for i in known if (passages[i][0].title == passages[i][1].text) is headline)
    best = next(fitting, known[0] if known else None)
    return (passages[best][1].text, (best,)) if best else (edition.title, ())


def _writer(edition: Edition) -> str:
    """The card's writer in the only two forms it has."""
    return f"written by {edition.card.writer.strip() or 'an unnamed model'}, checked"


def _told(before: Edition, after: Edition) -> Edition:
    """The card says how many sentences were dropped."""
    dropped = tally(Case(before)).sentences - tally(Case(after)).sentences
    checks = replace(after.card.checks, sentences_dropped=after.card.checks.sentences_dropped + max(0, dropped))
    return replace(after, card=replace(after.card, checks=checks))

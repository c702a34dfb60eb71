"""A story: an answer brought into the frame of what was selected, examined, mended, settled.

What a story is stays as it was decided: its id, number, topic, state and signal, who holds which position, who says
otherwise and in what way, what may be cited. A model gives the words. Where it gives none that stand, the selected
words of that part stay (title, standfirst, claims, counter view) or the part is left out (everything else). A body of
which less than half stands, or fewer than two sentences, is too little: then the whole story stays as it was selected.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.domain.checks.case import Case
from bot.domain.checks.evidence import said_by
from bot.domain.checks.names import capitals, words
from bot.domain.drafted import Drafted
from bot.domain.edition import (
    Counter,
    Crux,
    Edition,
    Evidence,
    PlainWord,
    Position,
    PullQuote,
    Sentence,
    Story,
    Synthesis,
)
from bot.domain.item import ACTS
from bot.domain.prose.pieces import Flaw
from bot.domain.prose.shapes import Cited, MendedProse, PositionProse, RepairProse, StoryProse, TermProse
from bot.domain.prose.trial import bare, faults, flaws_of, has_conflict, quiet, says_clash, with_story, wording
from bot.domain.prose.wording import CopyDesk, in_sentences
from bot.domain.quotes import quotations, spoken, status

MANY = 3
"""Of more stories than this each is told shorter."""
_SHORT, _LONG = (6, 120), (8, 170)
"""Sentences and words of a body."""
_MOST_SENTENCES = 12
_MOST_TERMS = 2
_MOST_QUOTED = 30
"""Words of a pull quote."""
_LEAST_SENTENCES = 2
_LONGEST = {
    "title": 90, "standfirst": 220, "why_now": 260, "positions": 220, "counter": 360, "body": 420, "synthesis": 300,
    "crux": 400, "pull_quote": 300, "plain_words": 200, "analogy": 300, "so_what": 400,
}  # fmt: skip
"""Characters of each part. The prompt asks for less; nothing is ever cut."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One text of a story, under the name that a model is told."""

    where: str
    text: str
    evidence: Evidence = ()


def measure_of(stories: int) -> tuple[int, int]:
    """Sentences and words that the body of one story is asked for: an edition's answers have 6,000 tokens in all."""
    return _SHORT if stories > MANY else _LONG


def phrase(prose: StoryProse, drafted: Drafted, number: int) -> Story:
    """An answer in the frame of the selected story of this number.

    Raises:
        ValueError: there is no such story.
    """
    selected = drafted.edition.story(number)
    if selected is None:
        raise ValueError(f"no story {number}")
    desk = _desk(drafted, selected)
    why_now = Sentence("", ()) if prose.why_now is None else desk.sentence(prose.why_now.text, prose.why_now.evidence)
    return replace(
        selected,
        title=desk.text(prose.title).rstrip(".") or selected.title,
        standfirst=desk.sentence(prose.standfirst.text, prose.standfirst.evidence),
        signal=replace(selected.signal, why_now=why_now),
        positions=_positions(prose.positions, selected, desk),
        counter=_counter(prose.counter, selected.counter, desk),
        body=_body(prose.body, desk),
        synthesis=_synthesis(prose, selected, desk),
        crux=_crux(prose, selected, desk),
        pull_quote=None if prose.pull_quote is None else _pull_quote(prose.pull_quote, drafted, selected, desk),
        plain_words=_plain_words(prose.plain_words, desk),
        analogy=desk.text(prose.analogy or "") or None,
        so_what=desk.text(prose.so_what or "") or None,
    )


def flaws(story: Story, drafted: Drafted) -> tuple[Flaw, ...]:
    """Every part that does not stand, with reasons that its writer can act on; in reading order."""
    reasons = _reasons(story, drafted)
    return flaws_of(((part.where, part.text, part.evidence) for part in _parts(story)), reasons)


def mend(story: Story, flaws: Iterable[Flaw], repair: RepairProse, drafted: Drafted) -> Story:
    """The story with the flawed parts as they were said again; what came back as null is left out.

    Only parts among the flaws are touched. To leave parts out for another reason, name them as flaws, and give null.
    """
    flawed = {flaw.where for flaw in flaws}
    selected = _selected(story, drafted)
    desk = _desk(drafted, selected)
    answers: dict[str, MendedProse] = {}
    for part in repair.parts:
        where = part.where.strip()
        if where in flawed:
            answers.setdefault(where, part)
    for where, answer in answers.items():
        if answer.text is not None:
            story = _with(story, where, Cited(answer.text, answer.evidence), drafted, desk)
    return _without(story, {where for where, answer in answers.items() if answer.text is None}, selected)


def settle(story: Story, drafted: Drafted) -> tuple[Story, int]:
    """The story without what does not stand, and how many parts of it that were.

    Raises:
        ValueError: too little is left: fewer than two sentences, or less than half of the body.
    """
    selected, begun, dropped = _selected(story, drafted), len(story.body), 0
    while bad := {where for where, reasons in _reasons(story, drafted).items() if reasons}:
        told = {part.where for part in _parts(story)}
        less = _without(story, bad, selected)
        if less == story and "title" in bad:
            # The selected title rests on what the selected standfirst cites.
            less = replace(story, standfirst=selected.standfirst)
        if less == story:
            raise ValueError("what was selected does not stand beside what was written")
        dropped += len(bad & told)
        story = less
    if len(story.body) < _LEAST_SENTENCES or 2 * len(story.body) < begun:
        raise ValueError(f"{len(story.body)} of {begun} sentences stand")
    return story, dropped


def sentences(story: Story) -> list[tuple[str, Cited]]:
    """What of a story rests on passages, each under its name: for a second reading."""
    return [(part.where, Cited(part.text, part.evidence)) for part in _parts(story) if part.evidence]


def in_frame(story: Story, drafted: Drafted) -> Story:
    """A story from outside with everything that was decided put back; evidence that is not its own falls out."""
    selected = _selected(story, drafted)
    desk = _desk(drafted, selected)
    prose = StoryProse(
        title=story.title,
        standfirst=_cited(story.standfirst),
        why_now=_cited(story.signal.why_now) if story.signal.why_now.text else None,
        positions=tuple(
            PositionProse(n, position.claim, position.evidence)
            for n, position in enumerate(story.positions, start=1)
            if n <= len(selected.positions) and position.thinker == selected.positions[n - 1].thinker
        ),
        counter=Cited(story.counter.text, story.counter.evidence) if story.counter.standing != "none" else None,
        body=tuple(map(_cited, story.body)),
        synthesis=None,
        crux=None,
        pull_quote=None,
        plain_words=tuple(TermProse(word.term, word.meaning) for word in story.plain_words),
        analogy=story.analogy,
        so_what=story.so_what,
    )
    framed = phrase(prose, drafted, selected.number)
    synthesis, crux, quote = story.synthesis, story.crux, story.pull_quote
    return replace(
        framed,
        question=selected.question if story.question else None,
        connects_to=tuple(each for each in selected.connects_to if each in story.connects_to),
        synthesis=_with_kind(synthesis, selected, desk) if synthesis else None,
        crux=_crux_of(crux.question, crux.would_settle, crux.evidence, selected, desk) if crux else None,
        pull_quote=_pull_quote(Cited(quote.text, quote.evidence), drafted, selected, desk) if quote else None,
    )


def _cited(sentence: Sentence) -> Cited:
    return Cited(sentence.text, sentence.evidence)


def _desk(drafted: Drafted, selected: Story) -> CopyDesk:
    return CopyDesk(drafted.edition.language, frozenset(drafted.material(selected.id).passages))


def _selected(story: Story, drafted: Drafted) -> Story:
    selected = next((each for each in drafted.edition.stories if each.id == story.id), None)
    if selected is None:
        raise ValueError(f"{story.id} was not selected")
    return selected


def _positions(claims: Iterable[PositionProse], selected: Story, desk: CopyDesk) -> tuple[Position, ...]:
    """Each decided position with the first claim that was written for it."""
    written: dict[int, PositionProse] = {}
    for claim in claims:
        if len(written) == len(selected.positions):
            break
        if 1 <= claim.position <= len(selected.positions):
            written.setdefault(claim.position, claim)
    return tuple(_position(position, written.get(n), desk) for n, position in enumerate(selected.positions, start=1))


def _position(selected: Position, claim: PositionProse | Cited | None, desk: CopyDesk) -> Position:
    if claim is None:
        return selected
    said = desk.sentence(claim.claim if isinstance(claim, PositionProse) else claim.text, claim.evidence)
    return replace(selected, claim=said.text, evidence=said.evidence) if said.text else selected


def _counter(said: Cited | None, selected: Counter, desk: CopyDesk) -> Counter:
    """Of a person, their answer; else an argument of ours, which has neither evidence nor a name."""
    text = desk.text(said.text) if said else ""
    if said is None or not text:
        return selected
    if selected.standing == "person":
        return replace(selected, text=text, evidence=desk.sentence(said.text, said.evidence).evidence)
    return Counter("argument", None, None, None, text, ())


def _body(written: tuple[Cited, ...], desk: CopyDesk) -> tuple[Sentence, ...]:
    """One sentence an entry: of several in one field, each is held against the passages of all. None comes twice."""
    body: dict[str, Sentence] = {}
    for cited in written[:_MOST_SENTENCES]:
        whole = desk.sentence(cited.text, cited.evidence)
        for text in in_sentences(whole.text):
            body.setdefault(text, Sentence(text, whole.evidence))
    return tuple(body.values())[:_MOST_SENTENCES]


def _synthesis(prose: StoryProse, selected: Story, desk: CopyDesk) -> Synthesis | None:
    said = prose.synthesis
    return None if said is None else _with_kind(Synthesis(said.kind, said.text, said.evidence), selected, desk)


def _with_kind(synthesis: Synthesis, selected: Story, desk: CopyDesk) -> Synthesis | None:
    """Where nobody contradicts anybody, nothing is split."""
    said = desk.sentence(synthesis.text, synthesis.evidence)
    if not said.text or (synthesis.kind == "split" and not has_conflict(selected)):
        return None
    return Synthesis(synthesis.kind, said.text, said.evidence)


def _crux(prose: StoryProse, selected: Story, desk: CopyDesk) -> Crux | None:
    said = prose.crux
    return None if said is None else _crux_of(said.question, said.would_settle, said.evidence, selected, desk)


def _crux_of(question: str, settles: str, evidence: Iterable[str], selected: Story, desk: CopyDesk) -> Crux | None:
    """A question, with its mark: without a conflict there is none."""
    asked, settled = desk.sentence(question, evidence), desk.text(settles)
    if not (asked.text and settled and has_conflict(selected)):
        return None
    return Crux(f"{asked.text.rstrip('.?!')}?", settled, asked.evidence)


def _pull_quote(said: Cited, drafted: Drafted, selected: Story, desk: CopyDesk) -> PullQuote | None:
    """Original words of a passage and whose they are; wherever in the story's passages they stand.

    None where they cannot be framed: acts, too many words, somebody's speech in another's item whom we cannot name.
    """
    text, evidence = _unmarked(desk.sentence(said.text, ()).text), desk.sentence(said.text, said.evidence).evidence
    if not text or len(text.split()) > _MOST_QUOTED:
        return None
    passages, case, acted = drafted.passages(), Case(drafted.open_to_all()), False
    for passage in dict.fromkeys((*evidence, *drafted.material(selected.id).passages)):
        if passage not in passages:
            continue
        citation, held = passages[passage]
        found = status(text, held.text)
        acted = acted or (found is not None and citation.kind in ACTS)
        if found is None or citation.kind in ACTS:
            continue
        if not spoken(text, held.text):
            return PullQuote(text, citation.thinker, citation.thinker_id, found, None, (passage,))
        for position in selected.positions:
            if said_by(case, position.thinker, position.thinker_id, text, (passage,)):
                return PullQuote(text, position.thinker, position.thinker_id, found, None, (passage,))
        return None
    # Words that stand nowhere: shown to the model as a flaw, under the name of whom it cites.
    author = passages[evidence[0]][0] if evidence and evidence[0] in passages and not acted else None
    return PullQuote(text, author.thinker, author.thinker_id, "exact", None, evidence) if author else None


def _unmarked(text: str) -> str:
    """Words without the quotation marks around all of them."""
    spans = quotations(text)
    whole = len(spans) == 1 and (spans[0].start, spans[0].end) == (0, len(text))
    return spans[0].text if whole else text


def _plain_words(terms: Iterable[TermProse], desk: CopyDesk) -> tuple[PlainWord, ...]:
    found: dict[str, PlainWord] = {}
    for term in tuple(terms)[:_MOST_TERMS]:
        name, meaning = desk.text(term.term)[:60], desk.text(term.meaning)
        if name and meaning:
            found.setdefault(name.casefold(), PlainWord(name, meaning))
    return tuple(found.values())


def _parts(story: Story) -> list[_Part]:
    """What a model wrote, in reading order, under the names it is told."""
    s = story
    optional = (
        _Part("why_now", s.signal.why_now.text, s.signal.why_now.evidence) if s.signal.why_now.text else None,
        *(_Part(f"positions[{i}]", p.claim, p.evidence) for i, p in enumerate(s.positions)),
        _Part("counter", s.counter.text, s.counter.evidence) if s.counter.standing != "none" else None,
        *(_Part(f"body[{i}]", b.text, b.evidence) for i, b in enumerate(s.body)),
        _Part("synthesis", s.synthesis.text, s.synthesis.evidence) if s.synthesis else None,
        _Part("crux", f"{s.crux.question} {s.crux.would_settle}", s.crux.evidence) if s.crux else None,
        _Part("pull_quote", s.pull_quote.text, s.pull_quote.evidence) if s.pull_quote else None,
        *(_Part(f"plain_words[{i}]", word.meaning) for i, word in enumerate(s.plain_words)),
        _Part("analogy", s.analogy) if s.analogy else None,
        _Part("so_what", s.so_what) if s.so_what else None,
    )
    first = (_Part("title", s.title), _Part("standfirst", s.standfirst.text, s.standfirst.evidence))
    return [*first, *(part for part in optional if part)]


def _reasons(story: Story, drafted: Drafted) -> dict[str, list[str]]:
    """Everything against the parts of a story, by their names."""
    selected = _selected(story, drafted)
    index = drafted.edition.stories.index(selected)
    trial = quiet(with_story(bare(drafted.open_to_all()), story), but=story.id)
    found: dict[str, list[str]] = {}
    at = f"stories[{index}]"
    for fault in faults(trial):
        if fault.rule == "twice":
            found.setdefault("title", []).append(f"{fault.text}: tell what is its own")
        elif fault.where.startswith(f"{at}."):
            where = fault.where.removeprefix(f"{at}.").removeprefix("signal.").partition(".")[0]
            found.setdefault(where, []).append(fault.text)
    for part in _parts(story):
        found.setdefault(part.where, []).extend(_own_reasons(part, story, selected, trial))
    return found


def _own_reasons(part: _Part, story: Story, selected: Story, trial: Edition) -> Iterable[str]:
    """What the checks of a finished edition do not ask: the form, a language, a conflict that is none."""
    before = {(each.where, each.text) for each in _parts(selected)}
    kind = part.where.partition("[")[0]
    if (part.where, part.text) in before:
        return  # selected words stand in their own language, and at their own length
    if kind != "pull_quote":
        yield from wording(part.text, trial, _LONGEST[kind])
    texts = [p.text for n in selected.citations for c in trial.citations if c.n == n for p in c.passages]
    if not has_conflict(selected) and (word := says_clash(part.text, texts)):
        yield f"“{word}”: no conflict was decided in this story"
    if kind == "counter" and story.counter.standing == "argument" and (name := _named(part.text, trial)):
        yield f"an argument of ours names nobody, and this names {name}"
    if kind == "positions":
        wanted = selected.positions[int(part.where[10:-1])].evidence[1:]
        yield from (f"it leaves out what [{i}] says" for i in wanted if i not in part.evidence)


def _named(text: str, trial: Edition) -> str | None:
    """Somebody of the edition whom a text names."""
    held = capitals(text)
    thinkers = {c.thinker for c in trial.citations} | {p.thinker for s in trial.stories for p in s.positions}
    return next((name for name in sorted(thinkers) if {word.key for word in words(name)} <= held), None)


def _with(story: Story, where: str, said: Cited, drafted: Drafted, desk: CopyDesk) -> Story:
    """The story with one part said anew."""
    selected = _selected(story, drafted)
    kind, _, rest = where.partition("[")
    if rest:
        return _with_one_of(story, kind, int(rest[:-1]), said, selected, desk)
    sentence = desk.sentence(said.text, said.evidence)
    if not sentence.text:
        return story
    question, _, settles = said.text.partition("?")
    changes: dict[str, Callable[[], Story]] = {
        "title": lambda: replace(story, title=sentence.text.rstrip(".")),
        "standfirst": lambda: replace(story, standfirst=sentence),
        "why_now": lambda: replace(story, signal=replace(story.signal, why_now=sentence)),
        "counter": lambda: replace(story, counter=_counter(said, selected.counter, desk)),
        "synthesis": lambda: replace(story, synthesis=_renewed(story.synthesis, sentence)),
        "crux": lambda: replace(story, crux=_crux_of(question, settles, said.evidence, selected, desk)),
        "pull_quote": lambda: replace(story, pull_quote=_pull_quote(said, drafted, selected, desk)),
        "analogy": lambda: replace(story, analogy=sentence.text),
        "so_what": lambda: replace(story, so_what=sentence.text),
    }
    return changes[where]()


def _renewed(synthesis: Synthesis | None, sentence: Sentence) -> Synthesis | None:
    return replace(synthesis, text=sentence.text, evidence=sentence.evidence) if synthesis else None


def _with_one_of(story: Story, kind: str, at: int, said: Cited, selected: Story, desk: CopyDesk) -> Story:
    sentence = desk.sentence(said.text, said.evidence)
    if not sentence.text:
        return story
    if kind == "positions":
        renewed = _position(selected.positions[at], said, desk)
        return replace(story, positions=tuple(renewed if i == at else p for i, p in enumerate(story.positions)))
    if kind == "body":
        return replace(story, body=tuple(sentence if i == at else each for i, each in enumerate(story.body)))
    terms = (replace(w, meaning=sentence.text) if i == at else w for i, w in enumerate(story.plain_words))
    return replace(story, plain_words=tuple(terms))


def _without(story: Story, bad: set[str], selected: Story) -> Story:
    """The story with the selected words, or nothing, in the place of what is bad."""
    return replace(
        story,
        title=selected.title if "title" in bad else story.title,
        standfirst=selected.standfirst if "standfirst" in bad else story.standfirst,
        signal=replace(story.signal, why_now=Sentence("", ())) if "why_now" in bad else story.signal,
        positions=tuple(
            selected.positions[i] if f"positions[{i}]" in bad else position
            for i, position in enumerate(story.positions)
        ),
        counter=selected.counter if "counter" in bad else story.counter,
        body=tuple(each for i, each in enumerate(story.body) if f"body[{i}]" not in bad),
        synthesis=None if "synthesis" in bad else story.synthesis,
        crux=None if "crux" in bad else story.crux,
        pull_quote=None if "pull_quote" in bad else story.pull_quote,
        plain_words=tuple(each for i, each in enumerate(story.plain_words) if f"plain_words[{i}]" not in bad),
        analogy=None if "analogy" in bad else story.analogy,
        so_what=None if "so_what" in bad else story.so_what,
        question=None if "question" in bad else story.question,
        connects_to=tuple(each for i, each in enumerate(story.connects_to) if f"connects_to[{i}]" not in bad),
    )

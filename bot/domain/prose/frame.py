"""What stands around the stories: title, lede, open question, connections, promises; brought into frame and examined.

A title or lede that does not stand is replaced by the selected one, a closing by our own; the rest is left out. Every
open promise of an earlier edition gets exactly one closing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.domain.drafted import Drafted
from bot.domain.edition import ClosedPromise, Connection, Edition, Evidence, Promise, Promises, Sentence, Story
from bot.domain.prose.pieces import Flaw, Frame
from bot.domain.prose.shapes import Cited, ClosedProse, ConnectionProse, FrameProse, PromiseProse, RepairProse
from bot.domain.prose.trial import bare, faults, flaws_of, has_conflict, quiet, says_clash, wording
from bot.domain.prose.wording import CopyDesk

_MOST_PROMISES = 2
_MOST_READ = 40
"""Entries of a list in an answer that are looked at."""
_DAYS = (1, 60)
_ROUNDS = 8
_LONGEST = {"title": 90, "lede": 90, "question": 200, "connections": 240, "promises": 240, "closed": 280}
_Part = tuple[str, str, Evidence]
"""Where, text, evidence."""


def phrase(prose: FrameProse, drafted: Drafted, edition: Edition) -> Frame:
    """An answer as a frame for the told `edition` (ids of the draft, all its citations)."""
    desk = _desk(drafted, edition)
    question = None if prose.question is None else desk.sentence(prose.question.text, prose.question.evidence)
    title = desk.sentence(prose.title.text, prose.title.evidence)
    return Frame(
        title=replace(title, text=title.text.rstrip(".")),
        lede=desk.sentence(prose.lede.text, prose.lede.evidence),
        open_question=question if question and question.text else None,
        connections=_connections(prose.connections, drafted, edition),
        promises=Promises(_made(prose.promises, drafted, edition), _closings(prose.closed, drafted, desk)),
    )


def selected(drafted: Drafted) -> Frame:
    """What stands around the stories as they were selected."""
    edition = drafted.edition
    return Frame(
        title=Sentence(edition.title, edition.title_evidence),
        lede=Sentence(edition.lede, edition.lede_evidence),
        open_question=edition.open_question,
        connections=tuple((story.id, story.connects_to) for story in edition.stories if story.connects_to),
        promises=edition.promises,
    )


def framed(edition: Edition, frame: Frame) -> Edition:
    """The edition with this frame."""
    links = dict(frame.connections)
    return replace(
        edition,
        title=frame.title.text,
        title_evidence=frame.title.evidence,
        lede=frame.lede.text,
        lede_evidence=frame.lede.evidence,
        open_question=frame.open_question,
        promises=frame.promises,
        stories=tuple(replace(story, connects_to=links.get(story.id, ())) for story in edition.stories),
    )


def flaws(frame: Frame, drafted: Drafted, edition: Edition) -> tuple[Flaw, ...]:
    """Every part that does not stand, with reasons that its writer can act on."""
    return flaws_of(_parts(frame), _reasons(frame, drafted, edition))


def mend(frame: Frame, flaws: Iterable[Flaw], repair: RepairProse, drafted: Drafted, edition: Edition) -> Frame:
    """The frame with the flawed parts as they were said again; what came back as null is left out."""
    flawed = {flaw.where for flaw in flaws}
    desk = _desk(drafted, edition)
    answers: dict[str, Sentence | None] = {}
    for part in repair.parts:
        where = part.where.strip()
        if where in flawed:
            said = None if part.text is None else desk.sentence(part.text, part.evidence)
            answers.setdefault(where, said if said and said.text else None)
    said_again = {where: sentence for where, sentence in answers.items() if sentence is not None}
    return _without(_with(frame, said_again), answers.keys() - said_again.keys(), drafted)


def settle(frame: Frame, drafted: Drafted, edition: Edition) -> tuple[Frame, int]:
    """The frame without what does not stand, and how many parts of it that were.

    Raises:
        ValueError: what was selected does not stand around what was written.
    """
    dropped = 0
    for _ in range(_ROUNDS):
        bad = {where for where, reasons in _reasons(frame, drafted, edition).items() if reasons}
        if not bad:
            return frame, dropped
        less = _without(frame, bad, drafted)
        if less == frame:
            break
        dropped += len(bad)
        frame = less
    raise ValueError("what was selected does not stand around what was written")


def sentences(frame: Frame) -> list[tuple[str, Cited]]:
    """What of a frame rests on passages, each under its name: for a second reading."""
    return [(where, Cited(text, evidence)) for where, text, evidence in _parts(frame) if evidence]


def _desk(drafted: Drafted, edition: Edition) -> CopyDesk:
    told = {i for kept in drafted.promises for i in kept.evidence}
    return CopyDesk(edition.language, frozenset(_of(edition.stories, drafted) | told))


def _of(stories: Iterable[Story], drafted: Drafted) -> set[str]:
    """What may be cited for some stories."""
    return {i for story in stories for i in drafted.material(story.id).passages}


def _connections(
    written: tuple[ConnectionProse, ...], drafted: Drafted, edition: Edition
) -> tuple[tuple[str, tuple[Connection, ...]], ...]:
    """At most one a story, to another one, on passages of the two."""
    found: dict[str, tuple[Connection, ...]] = {}
    for link in written[:_MOST_READ]:
        here, there = edition.story(link.story), edition.story(link.other)
        if here is None or there is None or here is there or here.id in found:
            continue
        reason = CopyDesk(edition.language, frozenset(_of((here, there), drafted))).sentence(link.reason, link.evidence)
        if reason.text:
            found[here.id] = (Connection(there.id, reason.text, reason.evidence),)
    return tuple((story.id, found[story.id]) for story in edition.stories if story.id in found)


def _made(written: tuple[PromiseProse, ...], drafted: Drafted, edition: Edition) -> tuple[Promise, ...]:
    """At most two, due so many days after the window: from one day to sixty.

    None in an edition on demand: no later one remembers it.
    """
    made: list[Promise] = []
    written = () if edition.slot == "now" else written
    least, most = _DAYS
    for promise in written[:_MOST_READ]:
        story = edition.story(promise.story)
        if story is None or len(made) == _MOST_PROMISES:
            continue
        said = CopyDesk(edition.language, frozenset(_of((story,), drafted))).sentence(promise.text, promise.evidence)
        due = edition.window.end + timedelta(days=min(max(promise.days, least), most))
        if said.text:
            made.append(Promise(f"{edition.id}#{len(made) + 1}", story.id, said.text, due, said.evidence))
    return tuple(made)


def _closings(written: tuple[ClosedProse, ...], drafted: Drafted, desk: CopyDesk) -> tuple[ClosedPromise, ...]:
    """One for each open promise: the first that was written of it, else our own."""
    said: dict[int, ClosedProse] = {}
    for closing in written[:_MOST_READ]:
        said.setdefault(closing.promise, closing)
    own = _own(drafted)
    closings: list[ClosedPromise] = []
    for number, kept in enumerate(drafted.promises, start=1):
        answer = said.get(number)
        sentence = desk.sentence(answer.text, answer.evidence) if answer else Sentence("", ())
        if answer and sentence.text:
            closings.append(ClosedPromise(kept.promise.id, answer.outcome, sentence.text, sentence.evidence))
        elif kept.promise.id in own:
            closings.append(own[kept.promise.id])
    return tuple(closings)


def _own(drafted: Drafted) -> dict[str, ClosedPromise]:
    """Our own closings, by the promise."""
    return {closed.id: closed for closed in drafted.edition.promises.closed}


def _parts(frame: Frame) -> list[_Part]:
    question = frame.open_question
    return [
        ("title", frame.title.text, frame.title.evidence),
        ("lede", frame.lede.text, frame.lede.evidence),
        *([("question", question.text, question.evidence)] if question else []),
        *((f"connections[{i}]", link.reason, link.evidence) for i, (_, link) in enumerate(_links(frame))),
        *((f"promises[{i}]", made.text, made.evidence) for i, made in enumerate(frame.promises.made)),
        *((f"closed[{i}]", closed.text, closed.evidence) for i, closed in enumerate(frame.promises.closed)),
    ]


def _links(frame: Frame) -> list[tuple[str, Connection]]:
    return [(story, link) for story, links in frame.connections for link in links]


def _reasons(frame: Frame, drafted: Drafted, edition: Edition) -> dict[str, list[str]]:
    """Everything against the parts of a frame, by their names."""
    names = _names(frame, edition)
    found: dict[str, list[str]] = {}
    for fault in faults(quiet(framed(bare(edition), frame))):
        if fault.where in names:
            found.setdefault(names[fault.where], []).append(fault.text)
    as_selected = {(where, text) for where, text, _ in _parts(selected(drafted))}
    calm = not any(has_conflict(story) for story in edition.stories)
    passages = drafted.passages()
    for where, text, evidence in _parts(frame):
        if (where, text) in as_selected:
            continue
        reasons = found.setdefault(where, [])
        reasons += wording(text, edition, _LONGEST[where.partition("[")[0]])
        if calm and (word := says_clash(text, (passages[i][1].text for i in evidence if i in passages))):
            reasons.append(f"“{word}”: no conflict was decided in any story")
    return found


def _names(frame: Frame, edition: Edition) -> dict[str, str]:
    """Paths of the checks with the names that a model is told."""
    index = {story.id: i for i, story in enumerate(edition.stories)}
    count: dict[str, int] = {}
    names = {"title": "title", "lede": "lede", "open_question": "question"}
    for i, (story, _) in enumerate(_links(frame)):
        at = count.setdefault(story, 0)
        names[f"stories[{index.get(story, -1)}].connects_to[{at}]"] = f"connections[{i}]"
        count[story] += 1
    names |= {f"promises.made[{i}]": f"promises[{i}]" for i in range(len(frame.promises.made))}
    return names | {f"promises.closed[{i}]": f"closed[{i}]" for i in range(len(frame.promises.closed))}


def _with(frame: Frame, said: Mapping[str, Sentence]) -> Frame:
    """The frame with some parts said anew."""

    def told(where: str, old: Sentence) -> Sentence:
        return said.get(where, old)

    links = iter(range(len(_links(frame))))

    def linked(link: Connection) -> Connection:
        new = told(f"connections[{next(links)}]", Sentence(link.reason, link.evidence))
        return replace(link, reason=new.text, evidence=new.evidence)

    made = [told(f"promises[{i}]", Sentence(p.text, p.evidence)) for i, p in enumerate(frame.promises.made)]
    closed = [told(f"closed[{i}]", Sentence(c.text, c.evidence)) for i, c in enumerate(frame.promises.closed)]
    return replace(
        frame,
        title=told("title", frame.title),
        lede=told("lede", frame.lede),
        open_question=told("question", frame.open_question) if frame.open_question else None,
        connections=tuple((story, tuple(map(linked, each))) for story, each in frame.connections),
        promises=Promises(
            tuple(replace(p, text=s.text, evidence=s.evidence) for p, s in zip(frame.promises.made, made, strict=True)),
            tuple(
                replace(c, text=s.text, evidence=s.evidence) for c, s in zip(frame.promises.closed, closed, strict=True)
            ),
        ),
    )


def _without(frame: Frame, bad: Iterable[str], drafted: Drafted) -> Frame:
    """The frame with the selected words, our own closing, or nothing, in the place of what is bad."""
    gone = set(bad)
    first, own = selected(drafted), _own(drafted)
    links = [(story, link) for i, (story, link) in enumerate(_links(frame)) if f"connections[{i}]" not in gone]
    left = list(dict.fromkeys(story for story, _ in links))
    closings = [
        each if f"closed[{i}]" not in gone else None if own.get(each.id) == each else own.get(each.id)
        for i, each in enumerate(frame.promises.closed)
    ]
    return replace(
        frame,
        title=first.title if "title" in gone else frame.title,
        lede=first.lede if "lede" in gone else frame.lede,
        open_question=None if "question" in gone else frame.open_question,
        connections=tuple((story, tuple(link for at, link in links if at == story)) for story in left),
        promises=Promises(
            tuple(each for i, each in enumerate(frame.promises.made) if f"promises[{i}]" not in gone),
            tuple(each for each in closings if each is not None),
        ),
    )

"""The two hosts read the edition aloud: one names the source, the other reads what it says.

The framing lines are a small reviewed set in the interface catalogue. Nothing is added to what was written.
"""

from collections.abc import Sequence

from bot.domain.desk import Desk
from bot.domain.edition import Edition, Evidence, Line, Sentence, Stance, Story
from bot.domain.phrasing import Say
from bot.domain.writing.quotation import quoted
from bot.domain.writing.story import bearing

_MOST_QUOTATIONS = 9


def write_dialogue(edition: Edition, desk: Desk, say: Say) -> tuple[Line, ...]:
    """Lines for an edition whose stories are written; empty for one without stories."""
    if not edition.stories:
        return ()
    lines = [
        Line(desk.reader, say("sign-on-reader", desk=desk.name, host=desk.reader, slot=edition.slot), None, ()),
        Line(desk.quoter, say("sign-on-quoter", host=desk.quoter), None, ()),
    ]
    for story in edition.stories:
        lines += _story(edition, story, desk, say)
    if edition.open_question:
        name, evidence = _speaker(edition, edition.open_question.evidence), edition.open_question.evidence
        words = _words_of(edition, evidence)
        lines.append(Line(desk.reader, say("question-by", name=name), None, evidence))
        lines.append(Line(desk.quoter, words, None, evidence))
    lines.append(Line(desk.reader, say("sign-off-reader"), None, ()))
    lines.append(Line(desk.quoter, say("sign-off-quoter", desk=desk.name), None, ()))
    return tuple(lines)


def _story(edition: Edition, story: Story, desk: Desk, say: Say) -> list[Line]:
    spoken = _spoken(edition, story)
    opening = say(
        "story-opening-update" if story.state == "update" else "story-opening-new",
        topic=story.topic,
        items=say("spoken-items", items=story.signal.items),
        voices=say("spoken-voices", voices=story.signal.voices),
    )
    passages, missing = bearing(story.topic, (story.standfirst, *story.body))
    # A topic that no spoken passage holds is not spoken: the first name opens the story instead.
    lines = [Line(desk.reader, opening, story.id, tuple(passages))] if not missing else []
    stances = {position.evidence[0]: position.stance for position in story.positions}
    argued = "against" in stances.values()
    before = ""
    for words, evidence in spoken:
        name = _speaker(edition, evidence)
        frame = "frame-again" if name == before else _frame(stances.get(evidence[0]), argued and bool(before))
        lines.append(Line(desk.reader, say(frame, name=name), story.id, evidence))
        lines.append(Line(desk.quoter, words, story.id, evidence))
        before = name
    if story.counter.standing == "none":
        lines.append(Line(desk.reader, say("frame-no-counter"), story.id, spoken[0][1]))
    return lines


def _frame(stance: Stance | None, argued: bool) -> str:
    """How a speaker is named: "against that" follows something, and is true of the one claim that answers it."""
    if not argued or stance in {None, "for"}:
        return "frame-name"
    return "frame-against" if stance == "against" else "frame-related"


def _spoken(edition: Edition, story: Story) -> list[tuple[str, Evidence]]:
    """What is read of a story: standfirst, the positions in order, the body; each sentence once."""
    parts: Sequence[Sentence] = (
        Sentence(story.standfirst.text, story.standfirst.evidence[:1]),
        *(Sentence(position.claim, position.evidence[:1]) for position in story.positions),
        *story.body,
    )
    seen: dict[str, str] = {}
    for part in parts:
        seen.setdefault(part.evidence[0], _words_of(edition, part.evidence))
    return [(words, (passage,)) for passage, words in list(seen.items())[:_MOST_QUOTATIONS]]


def _speaker(edition: Edition, evidence: Evidence) -> str:
    return edition.passages()[evidence[0]][0].thinker


def _words_of(edition: Edition, evidence: Evidence) -> str:
    return quoted(edition.passages()[evidence[0]][1].text, edition.language)

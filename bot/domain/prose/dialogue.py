"""What the two hosts say: lines of an answer brought into order, examined, and framed by who speaks and when next.

It opens with what is sharpest, then the hosts say who they are, then the stories follow in their order, then the open
question, then how much was read and when the next edition comes. Everything without a citation is ours, from the
catalogue. A dialogue of which less than 60 % of the least length stands is none.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain.drafted import Drafted
from bot.domain.edition import Edition, Evidence, Line, Story
from bot.domain.phrasing import Say
from bot.domain.prose.pieces import Flaw
from bot.domain.prose.shapes import Cited, DialogueProse, LineProse, RepairProse
from bot.domain.prose.trial import bare, faults, flaws_of, has_conflict, quiet, says_clash, wording
from bot.domain.prose.wording import CopyDesk
from bot.domain.writing.dialogue import write_dialogue

_LEAST_WORDS, _MOST_WORDS, _NORMAL = 720, 1080, 4
"""Words of a dialogue on a day of that many stories, or more."""
_ENOUGH = 0.6
_OVER = 1.25
"""How far above the most a dialogue may go before lines of its longest story are left out."""
_MOST_LINES = 80
_MOST_OPENING = 2
_LONGEST = 700
"""Characters of one line."""
_ROUNDS = 8
_NOON, _EVENING = 12, 17
_SELECTED_LINES = 3


def measure_of(stories: int) -> tuple[int, int]:
    """The least and the most words of a dialogue on so many stories: fewer on a thin day."""
    share = min(max(stories, 0), _NORMAL) / _NORMAL
    return round(_LEAST_WORDS * share), round(_MOST_WORDS * share)


def phrase(prose: DialogueProse, drafted: Drafted, edition: Edition, say: Say) -> tuple[Line, ...]:
    """An answer as the lines of the told `edition` (ids of the draft, all its citations), with all that frames them."""
    opening = _lines(prose.opening[:_MOST_OPENING], drafted, edition)
    # One chapter a story: who comes back to an earlier one is heard there.
    place = {story.id: story.number for story in edition.stories}
    lines = sorted(_lines(prose.lines[:_MOST_LINES], drafted, edition), key=lambda line: place[line.story or ""])
    return _whole(opening, _within_measure(lines, len(edition.stories)), drafted, edition, say)


def flaws(lines: tuple[Line, ...], drafted: Drafted, edition: Edition) -> tuple[Flaw, ...]:
    """Every line that does not stand, with reasons that its writer can act on."""
    return flaws_of(_parts(lines), _reasons(lines, drafted, edition))


def mend(
    lines: tuple[Line, ...], flaws: Iterable[Flaw], repair: RepairProse, drafted: Drafted, edition: Edition
) -> tuple[Line, ...]:
    """The lines with the flawed ones as they were said again; what came back as null is left out."""
    flawed = {flaw.where for flaw in flaws}
    answers: dict[str, Line | None] = {}
    for part in repair.parts:
        where = part.where.strip()
        if where not in flawed or where in answers:
            continue
        old = lines[_index(where)]
        said = _desk(old.story, drafted, edition).sentence(part.text or "", part.evidence)
        answers[where] = replace(old, text=said.text, evidence=said.evidence) if said.text else None
    mended = (answers.get(f"lines[{i}]", line) for i, line in enumerate(lines))
    return tuple(line for line in mended if line is not None)


def settle(lines: tuple[Line, ...], drafted: Drafted, edition: Edition, say: Say) -> tuple[tuple[Line, ...], int]:
    """The lines that stand, with a selected line for a story that is left without one, and how many did not.

    Raises:
        ValueError: less is left than three fifths of the least length.
    """
    dropped, current = 0, lines
    for _ in range(_ROUNDS):
        bad = {_index(where) for where, reasons in _reasons(current, drafted, edition).items() if reasons}
        if not bad:
            break
        dropped += len(bad)
        current = tuple(line for i, line in enumerate(current) if i not in bad)
    told = sum(len(line.text.split()) for line in current if line.story)
    least = _ENOUGH * measure_of(len(edition.stories))[0]
    if told < least or _reasons(current, drafted, edition):
        raise ValueError(f"{told} words of {least:.0f} stand")
    return _complete(current, drafted, edition, say), dropped


def sentences(lines: tuple[Line, ...]) -> list[tuple[str, Cited]]:
    """What of a dialogue rests on passages, each under its name: for a second reading."""
    return [(where, Cited(text, evidence)) for where, text, evidence in _parts(lines) if evidence]


def sharpest(edition: Edition) -> int:
    """The number of the story to open with: the biggest where somebody contradicts somebody; else the first."""
    argued = [story for story in edition.stories if has_conflict(story)]
    return max(argued, key=lambda story: (story.signal.score, -story.number)).number if argued else 1


def _index(where: str) -> int:
    return int(where[6:-1])


def _parts(lines: tuple[Line, ...]) -> list[tuple[str, str, Evidence]]:
    return [(f"lines[{i}]", line.text, line.evidence) for i, line in enumerate(lines)]


def _desk(story: str | None, drafted: Drafted, edition: Edition) -> CopyDesk:
    """What may be cited in a line: the passages of its story; of none, those of all."""
    stories = [story] if story else [each.id for each in edition.stories]
    return CopyDesk(edition.language, frozenset(i for each in stories for i in drafted.material(each).passages))


def _lines(written: Iterable[LineProse], drafted: Drafted, edition: Edition) -> list[Line]:
    """Lines of stories that exist; one without a number belongs to the story before it."""
    found: list[Line] = []
    before: Story | None = None
    for line in written:
        story = edition.story(line.story) if line.story is not None else before
        if story is None:
            continue
        said = _desk(story.id, drafted, edition).sentence(line.text, line.evidence)
        host = drafted.desk.reader if line.host == 1 else drafted.desk.quoter
        before = story
        if said.text:
            found.append(Line(host, said.text, story.id, said.evidence))
    return found


def _within_measure(lines: list[Line], stories: int) -> list[Line]:
    """The lines without the last ones of the longest stories, as long as they are far too many."""
    most = measure_of(stories)[1] * _OVER
    words: dict[str, int] = {}
    for line in lines:
        words[line.story or ""] = words.get(line.story or "", 0) + len(line.text.split())
    while lines and sum(words.values()) > most:
        longest = max(words, key=lambda story: words[story])
        at = max(i for i, line in enumerate(lines) if line.story == longest)
        words[longest] -= len(lines[at].text.split())
        lines = [line for i, line in enumerate(lines) if i != at]
    return lines


def _whole(opening: list[Line], lines: list[Line], drafted: Drafted, edition: Edition, say: Say) -> tuple[Line, ...]:
    one, two, name = drafted.desk.reader, drafted.desk.quoter, drafted.desk.name
    hello = [
        Line(one, say("dialogue-first-host", host=one, desk=name), None, ()),
        Line(two, say("dialogue-second-host", host=two), None, ()),
    ]
    # Whoever did not have the last word asks.
    asks = two if lines and lines[-1].host == one else one
    question = edition.open_question
    asked = [Line(asks, question.text, None, question.evidence)] if question else []
    first, last = (two, one) if asks == one else (one, two)
    return (*opening, *hello, *lines, *asked, *_closing(first, last, drafted, edition, say))


def _closing(first: str, last: str, drafted: Drafted, edition: Edition, say: Say) -> list[Line]:
    """How much was read, when the next edition comes, and whose this was."""
    end = Line(last, say("dialogue-end", desk=drafted.desk.name), None, ())
    told = _read_and_next(drafted, edition, say)
    return [Line(first, told, None, ()), end] if told else [end]


def _read_and_next(drafted: Drafted, edition: Edition, say: Say) -> str:
    card, following = edition.card, _following(drafted, edition)
    read = say("dialogue-read", sources=card.sources_read, voices=card.cited.thinkers) if card.sources_read else ""
    coming = say("dialogue-next", coming=following) if following else ""
    return " ".join(part for part in (read, coming) if part)


def _following(drafted: Drafted, edition: Edition) -> str | None:
    """When the next edition comes, as people say it: `today-evening`, `tomorrow-morning`, `later`."""
    due = drafted.next_due
    if due is None or due <= edition.window.end:
        return None
    days = (due.date() - edition.window.end.astimezone(due.tzinfo).date()).days
    return "later" if days > 1 else f"{'tomorrow' if days else 'today'}-{_part_of_day(due)}"


def _part_of_day(instant: datetime) -> str:
    return "morning" if instant.hour < _NOON else "afternoon" if instant.hour < _EVENING else "evening"


def _reasons(lines: tuple[Line, ...], drafted: Drafted, edition: Edition) -> dict[str, list[str]]:
    """Everything against the lines, by their names."""
    found: dict[str, list[str]] = {}
    trial = replace(quiet(bare(edition)), open_question=edition.open_question, dialogue=lines)
    for fault in faults(trial):
        if fault.where.startswith("dialogue["):
            found.setdefault(fault.where.replace("dialogue", "lines"), []).append(fault.text)
    stories = {story.id: story for story in edition.stories}
    passages = drafted.passages()
    for i, line in enumerate(lines):
        story = stories.get(line.story or "")
        if story is None:
            continue
        reasons = list(wording(line.text, edition, _LONGEST))
        word = says_clash(line.text, (passages[i][1].text for i in line.evidence if i in passages))
        if word and not has_conflict(story):
            reasons.append(f"“{word}”: no conflict was decided in this story")
        if reasons:
            found.setdefault(f"lines[{i}]", []).extend(reasons)
    return found


def _complete(lines: tuple[Line, ...], drafted: Drafted, edition: Edition, say: Say) -> tuple[Line, ...]:
    """The dialogue with selected lines for each story that nobody speaks of, in its place."""
    hello = next((i for i, line in enumerate(lines) if line.story is None), 0)
    spoken = {line.story for line in lines[hello:]}
    selected = write_dialogue(edition, drafted.desk, say)
    for story in edition.stories:
        if story.id in spoken:
            continue
        own = [line for line in selected if line.story == story.id][:_SELECTED_LINES]
        earlier = {each.id for each in edition.stories if each.number < story.number}
        # After the last line of an earlier story; where there is none, after the hosts have said who they are.
        after = [i + 1 for i, line in enumerate(lines) if line.story in earlier and i > hello]
        at = max(after, default=min(hello + 2, len(lines)))
        lines = (*lines[:at], *own, *lines[at:])
    return lines


def asking(lines: tuple[Line, ...], edition: Edition) -> tuple[Line, ...]:
    """The lines with the open question that the edition has now: it may have been written at the same time."""
    question = edition.open_question
    at = next((i for i, line in enumerate(lines) if line.story is None and line.evidence), None)
    rest = tuple(line for i, line in enumerate(lines) if i != at)
    if question is None or not lines:
        return rest
    if at is None:
        # Before how much was read and whose this was, which are the last that cite nothing.
        at = next((i for i in range(len(lines), 0, -1) if lines[i - 1].story or lines[i - 1].evidence), 0)
    host = lines[at].host if at < len(lines) else lines[-1].host
    return (*rest[:at], Line(host, question.text, None, question.evidence), *rest[at:])


def recounted(edition: Edition, before: Edition, drafted: Drafted, say: Say) -> Edition:
    """The edition whose hosts tell the count of voices that it has now; `before` is what they counted in."""
    old, new = _read_and_next(drafted, before, say), _read_and_next(drafted, edition, say)
    lines = (replace(line, text=new) if line.text == old and not line.evidence else line for line in edition.dialogue)
    return replace(edition, dialogue=tuple(lines))

"""How the good mind writes what stands around the stories, and what the hosts say of them."""

import json
import re
from collections.abc import Iterator, Sequence, Set
from itertools import combinations, cycle

from bot.domain.checks.lexicon import vocabulary
from tests.fakes.minds.counting import pieces
from tests.fakes.minds.good_story import ACTED, Answer, cited, is_clean, looks_ahead, phrasing_of
from tests.fakes.minds.phrasing import Phrasing, Told, clause, ended, excerpt, quoted
from tests.fakes.minds.prompts import Heard, Matter, Reading, Retold

_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w’'-]{3,}(?: [A-Z][\w’'-]+)*")
_DATED = vocabulary("Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July")
_ASK = (
    "What does {} say?",
    "And what do we have from {}?",
    "Who else is in it? I see {}.",
    "How does {} put it?",
    "What is in the piece by {}?",
)
_TOKENS_A_WORD = 1.85
"""Long names make long lines: a good writer keeps to the size that a number of words usually has."""
_EXACT = ("Read me the exact words.", "Which words are those, exactly?", "Let us hear the sentence itself.")
_THOUGHTS = (
    "I would want to know how that was counted.",
    "I hear a claim there, and I would like to hear the grounds for it.",
    "That is a careful sentence, I think; it promises less than it seems to.",
    "What I miss is somebody who saw it happen.",
    "I would put a question mark behind that until somebody else says it, too.",
    "To me that sounds like the part that will be talked about.",
)


def write_frame(reading: Reading, matters: Sequence[Matter]) -> Answer:
    """All fields of the frame."""
    phrasing = phrasing_of(reading)
    return {
        "title": _title(matters, phrasing.language),
        "lede": _lede(phrasing, matters),
        "question": _question(matters),
        "connections": list(_connections(matters)),
        "promises": list(_promises(phrasing, matters))[:2],
        "closed": list(_closed(reading, phrasing, matters)),
    }


def write_dialogue(reading: Reading, matters: Sequence[Matter]) -> Answer:
    """Opening and lines, of the asked number of words."""
    least, most = _measure(reading)
    numbers = {story.number for story in reading.told}
    matters = [m for m in matters if not numbers or m.number in numbers] or matters
    sharpest = re.search(r"two lines on story (\d+)", reading.orders)
    number = int(sharpest[1]) if sharpest else matters[0].number
    phrasing = phrasing_of(reading)
    opening = _opening(phrasing, next((m for m in matters if m.number == number), matters[0]))
    opened = {i for line in opening for i in line["evidence"]}
    wanted = least + (most - least) // 8
    lines: list[Answer] = []
    for place, matter in enumerate(matters, 1):
        room = wanted * place // len(matters)
        for line in _talk(phrasing, matter, place, opened):
            enough = bool(lines) and _words(opening, lines) >= room
            too_much = (
                _words(opening, lines, [line]) > most or _tokens([*opening, *lines, line]) > _TOKENS_A_WORD * most
            )
            if enough or too_much:
                break
            lines.append(line)
    return {"opening": opening, "lines": lines}


def repeat_dialogue(reading: Reading, stories: Sequence[Retold]) -> Answer:
    """The same where there is no material: the sentences as they will be told, host by host."""
    _, most = _measure(reading)
    hosts = cycle((1, 2))
    said = [(story.number, text, evidence) for story in stories for text, evidence in story.lines]
    lines = [
        {"host": next(hosts), "story": number, "text": text, "evidence": list(evidence)}
        for number, text, evidence in said
    ]
    while _words(lines) > most:
        lines.pop()
    return {"opening": lines[:2], "lines": lines[2:]}


def repeat_frame(stories: Sequence[Retold]) -> Answer:
    """A frame where there is no material: titles and sentences as they will be told."""
    first = next(story for story in stories if story.lines)
    title = {"text": first.title[:90], "evidence": list(first.lines[0][1])}
    short = [line for story in stories for line in story.lines if len(line[0]) <= 90]
    text, evidence = min(short, key=lambda line: len(line[0])) if short else (first.title[:90], first.lines[0][1])
    lede = {"text": text, "evidence": list(evidence)}
    return {"title": title, "lede": lede, "question": None, "connections": [], "promises": [], "closed": []}


def _measure(reading: Reading) -> tuple[int, int]:
    found = re.search(r"(\d+) to (\d+)\s+words in all", reading.orders)
    return (int(found[1]), int(found[2])) if found else (300, 500)


def topic_evidence(topic: str, passages: Sequence[Heard]) -> list[str] | None:
    """Passages that hold the names and numbers of a topic; None where they do not all stand in some."""
    missing = {w.lower() for w in re.findall(r"[\w’'-]+", topic) if w[0].isupper() or w[0].isdigit() or len(w) > 3}
    found: list[str] = []
    for passage in passages:
        held = missing & {w.lower() for w in re.findall(r"[\w’'-]+", passage.words)}
        if held:
            found.append(passage.id)
            missing -= held
    return None if missing else found


# ------------------------------------------------------------ frame


def _title(matters: Sequence[Matter], language: str) -> Answer:
    lead = {"ru": "О чём спорят и говорят: ", "de": "Worüber gesprochen wird: "}.get(language, "")
    parts: list[str] = []
    evidence: list[str] = []
    for matter in matters[:4]:
        held = topic_evidence(matter.topic, matter.passages)
        if held is None or len(lead) + len(", ".join([*parts, matter.topic])) > 88:
            continue
        parts.append(matter.topic)
        evidence += held
    if parts:
        alone = "On " if len(parts) == 1 and not lead else ""
        return {"text": f"{lead}{alone}{', '.join(parts)}", "evidence": evidence}
    first = matters[0].passages[0]
    cut = excerpt(first.words.rstrip("."), 86 - len(first.name)) or " ".join(first.words.split()[:6])
    return {"text": f"{first.name}: {quoted(cut)}"[:90], "evidence": [first.id]}


def _lede(phrasing: Phrasing, matters: Sequence[Matter]) -> Answer:
    for matter in matters:
        for turn, passage in enumerate(p for p in matter.passages if is_clean(p) and not p.headline):
            if (told := phrasing.tell(passage, turn + 1, 90)) is not None:
                return cited(told)
    passage = matters[0].passages[0]
    kept = " ".join(passage.words.rstrip(".").split()[:7])
    return {"text": ended(f"{passage.name}: {quoted(kept)}"), "evidence": [passage.id]}


def _question(matters: Sequence[Matter]) -> Answer | None:
    for matter in matters:
        for passage in matter.passages:
            if passage.words.endswith("?") and is_clean(passage) and len(passage.words) < 110:
                return {"text": f"{passage.name} asks: {quoted(passage.words)}", "evidence": [passage.id]}
    return None


def _connections(matters: Sequence[Matter]) -> Iterator[Answer]:
    speakers = {p.name for m in matters for p in m.passages}
    taken: set[int] = set()
    for one, other in combinations(matters, 2):
        if one.number in taken:
            continue
        for name, mine in _names(one).items():
            theirs = _names(other).get(name)
            if theirs is not None and theirs.id != mine.id and not any(name in speaker for speaker in speakers):
                taken.add(one.number)
                reason = f"{name} is named in both."
                yield {"story": one.number, "other": other.number, "reason": reason, "evidence": [mine.id, theirs.id]}
                break


def _names(matter: Matter) -> dict[str, Heard]:
    found: dict[str, Heard] = {}
    for passage in matter.passages:
        for name in _NAME.findall(passage.words):
            if name.split()[0] not in _DATED and not passage.headline:
                found.setdefault(re.sub(r"[’']s$", "", name), passage)
    return found


def _promises(phrasing: Phrasing, matters: Sequence[Matter]) -> Iterator[Answer]:
    for matter in matters:
        for passage in matter.passages:
            said = (
                clause(passage, phrasing.common, phrasing.names) if looks_ahead(passage) and is_clean(passage) else None
            )
            if said is not None and len(said.words) < 170 and phrasing.language == "en":
                text = ended(f"After that we look again at what {passage.name} says is to come: {said.words}")
                yield {"story": matter.number, "text": text, "days": 7, "evidence": [passage.id]}
                break


def _closed(reading: Reading, phrasing: Phrasing, matters: Sequence[Matter]) -> Iterator[Answer]:
    for number, promise in re.findall(
        r"^\W*(\d+)[.):]\s+(.+)$", reading.after("Promises of earlier editions"), re.MULTILINE
    ):
        mine = _stems(promise.partition(": ")[2] or promise)
        best = max((p for m in matters for p in m.passages if is_clean(p)), key=lambda p: len(mine & _stems(p.words)))
        told = phrasing.tell(best, 0, 220) if len(mine & _stems(best.words)) >= 3 else None
        if told is None:
            text = "Earlier we said that we would come back to it; no passage of today says how it went."
            yield {"promise": int(number), "outcome": "not_yet", "text": text, "evidence": []}
        else:
            text = f"Earlier we said that we would look again. {told.text}"
            yield {"promise": int(number), "outcome": "happened", "text": text, "evidence": list(told.evidence)}


def _stems(text: str) -> set[str]:
    return {word[:6].lower() for word in re.findall(r"[^\W\d_]{4,}", text)} - {"after", "will", "that", "look", "again"}


# ------------------------------------------------------------ dialogue


def _tokens(lines: Sequence[Answer]) -> int:
    return sum(len(pieces(json.dumps(line, ensure_ascii=False))) for line in lines)


def _words(*lines: Sequence[Answer]) -> int:
    return sum(len(line["text"].split()) for some in lines for line in some)


def _opening(phrasing: Phrasing, matter: Matter) -> list[Answer]:
    decided = [p for side in matter.sides for p in matter.heard(side.evidence)]
    if matter.is_argued and matter.counter is not None:
        theirs = [p for p in matter.heard(matter.counter.evidence) if p.name == matter.counter.name]
        decided = [*[p for p in decided if p.name != matter.counter.name][:1], *theirs, *decided]
    lines: list[Answer] = []
    for passage in dict.fromkeys([*decided, *matter.passages]):
        told = phrasing.tell(passage, len(lines), 260) if is_clean(passage) else None
        if told is not None and len(lines) < 2:
            lines.append(_line(1 + len(lines), matter, told))
    return lines


def _talk(phrasing: Phrasing, matter: Matter, place: int, opened: Set[str]) -> Iterator[Answer]:
    """Lines on a story, as many as are wanted: each says something of two passages and asks for the next."""
    clean = [p for p in matter.passages if is_clean(p)] or matter.passages
    order = sorted(clean, key=lambda p: (p.headline, p.id in opened))
    told = [(p, t) for turn, p in enumerate(order) if (t := phrasing.tell(p, turn + place, 320)) is not None]
    exact = [(p, t) for p, _ in told if (t := _exactly(p)) is not None]
    contradicts = matter.counter.evidence if matter.is_argued and matter.counter is not None else ()
    ours = phrasing.language == "en"
    hosts = cycle((1, 2))
    before = [_beginning(matter, clean, place)] if ours else []
    for turn, (passage, sentence) in enumerate([*told, *exact]):
        if len(before) > 1 and not (turn % 2 and len(before) < 3):
            asking = _ASK[(turn + place) % len(_ASK)].format(passage.name)
            if turn >= len(told):
                asking = _EXACT[turn % len(_EXACT)]
            elif passage.id in contradicts:
                asking = "And who contradicts that?"
            yield _line(next(hosts), matter, *before, *([Told(asking, (passage.id,))] if ours else []))
            before = []
        before.append(sentence)
        if turn % 3 == 1 and ours:
            before.append(Told(_THOUGHTS[(turn + place) % len(_THOUGHTS)], (passage.id,)))
    if before:
        yield _line(next(hosts), matter, *before)


def _exactly(passage: Heard) -> Told | None:
    cut = excerpt(passage.words.rstrip("."), 200)
    if cut is None or passage.kind in ACTED:
        return None
    return Told(ended(f"{passage.name}: {quoted(cut)}"), (passage.id,))


def _beginning(matter: Matter, clean: Sequence[Heard], place: int) -> Told:
    held = topic_evidence(matter.topic, clean)
    words = ("We begin with {}.", "Now to {}.", "That leaves {} to look at.", "Next is {}.")
    if held:
        return Told(words[min(place - 1, 3)].format(matter.topic), tuple(held))
    return Told(f"The next one begins with {clean[0].name}.", (clean[0].id,))


def _line(host: int, matter: Matter, *said: Told) -> Answer:
    evidence = list(dict.fromkeys(i for told in said for i in told.evidence))
    return {"host": host, "story": matter.number, "text": " ".join(told.text for told in said), "evidence": evidence}

"""How the good mind writes of an episode: sentences that were said, each with who says it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tests.fakes.minds.good_story import Answer, cited, is_clean, phrasing_of
from tests.fakes.minds.phrasing import Phrasing, Told
from tests.fakes.minds.prompts import Heard, Reading, heard

_CHAPTER = re.compile(r"^## Chapter (\d+)", re.MULTILINE)
_ENTITY = re.compile(r"^(\d+)\. (.+) \((?:person|organization|software|concept|place|work)\)$", re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_SUMMARY, _LINE = 240, 118
_MOST = 3
_OVERVIEW_WORDS = 110
_ABOUT = {"en": "{name} on {words}", "ru": "{name}: {words}", "de": "{name} über {words}"}


def write_chapters(reading: Reading) -> Answer:
    """All chapters that are shown."""
    text = "\n".join(reading.fenced())
    starts = [*_CHAPTER.finditer(text)]
    ends = [*(match.start() for match in starts[1:]), len(text)]
    phrasing = phrasing_of(reading)
    few = "1 or 2 sentences" in reading.orders
    return {
        "chapters": [
            _chapter(int(match[1]), _heard(text[match.start() : end]), phrasing, 2 if few else _MOST)
            for match, end in zip(starts, ends, strict=True)
        ]
    }


def write_whole(reading: Reading) -> Answer:
    """The paragraph, and a line on each of what the passages name."""
    text = "\n".join(reading.fenced())
    phrasing = phrasing_of(reading)
    passages = [p for p in reading.passages.values() if is_clean(p)]
    told = list(_overview(passages, phrasing))
    entities = []
    for number, name in _ENTITY.findall(text):
        line = next(
            (
                line
                for passage in passages
                for sentence in _sentences(passage)
                if name in sentence.words and (line := phrasing.tell(sentence, 0, _LINE)) is not None
            ),
            None,
        )
        if line is not None:
            entities.append({"entity": int(number), "text": line.text, "evidence": list(line.evidence)})
    return {"overview": [cited(one) for one in told], "entities": entities}


def _chapter(number: int, passages: Sequence[Heard], phrasing: Phrasing, most: int) -> Answer:
    said = [sentence for passage in passages for sentence in _sentences(passage)]
    step = max(1, len(said) // most)
    picked = said[::step][:most]
    told = [one for turn, sentence in enumerate(picked) if (one := phrasing.tell(sentence, turn, _SUMMARY))]
    return {"chapter": number, "title": cited(_title(said, phrasing)), "summary": [cited(one) for one in told]}


def _title(said: Sequence[Heard], phrasing: Phrasing) -> Told:
    for sentence in said:
        title = phrasing.title(sentence, 60)
        if title is not None and len(title.split()) < 9:
            return Told(title, (sentence.id,))
    for sentence in said:
        words = re.findall(r"\b[^\W\d_]{6,}\b", sentence.words)
        small = [word for word in words if word.islower()]
        if small and len(sentence.name.split()) < 5:
            way = _ABOUT.get(phrasing.language, _ABOUT["en"])
            return Told(way.format(name=sentence.name, words=max(small, key=len)), (sentence.id,))
    return Told("Nothing to be told", (said[0].id,) if said else ())


def _overview(passages: Sequence[Heard], phrasing: Phrasing) -> Iterator[Told]:
    step, words = max(1, len(passages) // 7), 0
    for turn, passage in enumerate([*passages[::step], *passages[1::step]]):
        sentence = max(_sentences(passage), key=lambda one: len(one.words), default=None)
        told = phrasing.tell(sentence, turn, 200) if sentence is not None else None
        if told is None or words + len(told.text.split()) > _OVERVIEW_WORDS:
            continue
        words += len(told.text.split())
        yield told
        if turn > 0 and words > _OVERVIEW_WORDS - 15:
            return


def _sentences(passage: Heard) -> list[Heard]:
    """Its sentences that say something: no questions, no half ones."""
    whole = [replace(passage, words=words) for words in _SENTENCE.split(passage.words)]
    return [one for one in whole if is_clean(one) and 6 <= len(one.words.split()) <= 45 and "?" not in one.words]


def _heard(text: str) -> list[Heard]:
    return [found for line in text.splitlines() if (found := heard(line)) is not None and is_clean(found)]

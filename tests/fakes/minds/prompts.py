"""Reads our prompts as a model would: what is wanted, and the material there is.

What stands between the marks of a fence is material: a heading in there asks for nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from tests.fakes.minds.saying import Prompt

_FENCE = re.compile(r"<(outside-[0-9a-f]+)>\n(.*?)\n</\1>", re.DOTALL)
_OPEN_END = re.compile(r"\A.*?</outside-[0-9a-f]+>", re.DOTALL)
_TASK = re.compile(r"^# Task: (.+)$", re.MULTILINE)
_PASSAGE = re.compile(
    r"^\s*\[(\d+\.\d+)\] (.+?), (\w+), (\d{4}-\d\d-\d\d)(, headline)?: (.+)$",
)
_SPOKEN = re.compile(r"^\[(\d+\.\d+)\] ([^:]{1,120}): (.+)$")
"""What somebody said in an episode."""
_POSITION = re.compile(r"^position (\d+): (.+) \((for|against|adjacent)\), on (.+)$")
_COUNTER = re.compile(r"^counter: (.+) \((\w+)\), on (.+)$")
_SIGNAL = re.compile(r"^(?:new|update|developing|settled): (\d+) voices?, (\d+) items?")
_ID = re.compile(r"\[(\d+\.\d+)\]")
_LANGUAGES = {"english": "en", "russian": "ru", "русский": "ru", "german": "de", "deutsch": "de"}
_SCHEMAS = {
    "storyprose": "story 1", "frameprose": "frame", "dialogueprose": "dialogue", "repairprose": "repair",
    "voteprose": "second reading", "choiceprose": "choose", "translationprose": "translate",
    "chaptersprose": "chapters", "episodeprose": "whole episode",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heard:
    """A passage as it was shown."""

    id: str
    name: str
    kind: str
    day: date
    headline: bool
    words: str

    @property
    def number(self) -> str:
        """Of its item."""
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Side:
    """A position, or the counter view, as it was decided."""

    number: int
    name: str
    stance: str
    """For a counter view, its kind."""
    evidence: tuple[str, ...]


@dataclass(slots=True)
class Matter:
    """One story of the material."""

    number: int
    topic: str = ""
    items: int = 0
    voices: int = 0
    sides: list[Side] = field(default_factory=list)
    counter: Side | None = None
    passages: list[Heard] = field(default_factory=list)

    @property
    def is_argued(self) -> bool:
        """Whether a conflict was decided."""
        return self.counter is not None and self.counter.stance == "conflict"

    def heard(self, evidence: tuple[str, ...]) -> list[Heard]:
        """The passages with these ids."""
        return [p for i in evidence for p in self.passages if p.id == i]

    def by(self, name: str) -> list[Heard]:
        """What somebody published."""
        return [p for p in self.passages if p.name == name]


@dataclass(slots=True)
class Retold:
    """One story as it will be told: sentences of ours with what they cite."""

    number: int
    title: str = ""
    lines: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)


class Reading:
    """A prompt, understood."""

    def __init__(self, prompt: Prompt) -> None:
        self.prompt = prompt
        self.text = prompt.text

    @cached_property
    def task(self) -> str:
        """Such as `story 2`; told by the schema where the words are gone."""
        found = task_of(self.text)
        return found or _SCHEMAS.get(re.sub(r"[^a-z]", "", self.prompt.schema_name.lower()), "")

    @cached_property
    def wanted(self) -> str:
        """What stands after the heading of the task, with fences in it."""
        masked = _FENCE.sub(lambda m: " " * len(m.group()), self.text)
        at = max((m.start() for m in _TASK.finditer(masked)), default=0)
        return self.text[at:]

    @cached_property
    def orders(self) -> str:
        """The same without what others wrote."""
        return _FENCE.sub("", self.wanted)

    @cached_property
    def number(self) -> int:
        """The story that the task is about; 0 where it is none."""
        found = re.search(r"\b(?:story|deeper) (\d+)", self.task)
        return int(found[1]) if found else 0

    @cached_property
    def language(self) -> str:
        """Two letters of the language that is wanted."""
        asked = re.search(r"Answer in (\w+)|\binto (\w+), under|\bIn (\w+), from", self.orders)
        found = asked or re.search(r"Language of everything you write: (\w+)", self.text)
        wanted = next((g for g in found.groups() if g), "en").lower() if found else "en"
        return _LANGUAGES.get(wanted, wanted[:2])

    @cached_property
    def matters(self) -> list[Matter]:
        """The stories of the material, in their order."""
        return [matter for matter in _matters(self.outside) if matter.passages]

    @cached_property
    def outside(self) -> str:
        """Everything that is fenced; where a fence has lost its beginning, up to its end."""
        parts = [m[2] for m in _FENCE.finditer(self.text)]
        rest = _FENCE.sub("\n", self.text)
        cut = _OPEN_END.match(rest)
        return "\n\n".join([*([cut.group()] if cut else []), *parts])

    @cached_property
    def passages(self) -> dict[str, Heard]:
        """Every passage by its id."""
        return {p.id: p for line in self.outside.splitlines() if (p := heard(line)) is not None}

    @cached_property
    def told(self) -> list[Retold]:
        """The stories as they will be told, where a task shows them."""
        return [story for text in self.fenced() for story in _retold(text)]

    def matter(self, number: int) -> Matter | None:
        """A story of the material."""
        return next((one for one in self.matters if one.number == number), None)

    def fenced(self) -> list[str]:
        """What is fenced in the task, in order."""
        return [m[2] for m in _FENCE.finditer(self.wanted)]

    def after(self, label: str) -> str:
        """The fence that follows some words of the task; empty where none does."""
        at = self.wanted.find(label)
        found = _FENCE.search(self.wanted, at) if at >= 0 else None
        return found[2] if found else ""


def task_of(text: str) -> str:
    """The last task that is not somebody else's words."""
    found = _TASK.findall(_FENCE.sub("", text))
    return str(found[-1]).strip() if found else ""


def heard(line: str) -> Heard | None:
    """A passage, if the line is one."""
    match = _PASSAGE.match(line)
    if match is not None:
        return Heard(match[1], match[2], match[3], date.fromisoformat(match[4]), bool(match[5]), match[6].strip())
    said = _SPOKEN.match(line)
    return None if said is None else Heard(said[1], said[2], "episode", date.min, headline=False, words=said[3].strip())


def ids(text: str) -> tuple[str, ...]:
    """`[3.1] [4.2]`."""
    return tuple(_ID.findall(text))


def _matters(text: str) -> Iterator[Matter]:
    current: Matter | None = None
    for line in text.splitlines():
        if found := re.match(r"## Story (\d+)", line):
            if current is not None:
                yield current
            current = Matter(int(found[1]))
        elif current is not None:
            _take(current, line)
    if current is not None:
        yield current


def _retold(text: str) -> Iterator[Retold]:
    current: Retold | None = None
    for line in text.splitlines():
        if found := re.match(r"## Story (\d+)", line):
            if current is not None:
                yield current
            current = Retold(int(found[1]))
        elif current is not None and line.startswith("title: "):
            current.title = line.removeprefix("title: ")
        elif current is not None and heard(line) is None and (evidence := ids(line)):
            said = re.sub(r"(?:\s*\[\d+\.\d+\])+\s*$", "", line)
            current.lines.append((re.sub(r"^(?:- |[a-z][\w ]*(?: \([^)]*\))?: )", "", said), evidence))
    if current is not None:
        yield current


def _take(matter: Matter, line: str) -> None:
    if (passage := heard(line)) is not None:
        if passage.id not in {p.id for p in matter.passages}:
            matter.passages.append(passage)
    elif found := _POSITION.match(line):
        matter.sides.append(Side(int(found[1]), found[2], found[3], ids(found[4])))
    elif found := _COUNTER.match(line):
        matter.counter = Side(0, found[1], found[2], ids(found[3]))
    elif line.startswith("topic: ") and not matter.topic:
        matter.topic = line.removeprefix("topic: ").strip()
    elif found := _SIGNAL.match(line):
        matter.voices, matter.items = int(found[1]), int(found[2])

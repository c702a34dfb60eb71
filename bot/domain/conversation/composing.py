"""The answer that grows: sentences that stand, in their order, with what of ours stands around them.

It only ever grows at its end, since platforms show it while it comes: what has been said is never changed.
"""

from dataclasses import dataclass, field, replace
from typing import Literal

from bot.domain.conversation.examining import Examiner
from bot.domain.conversation.exhibits import Exhibits
from bot.domain.conversation.lines import Said, part_named, read, says_nothing
from bot.domain.conversation.wording import Wording
from bot.domain.edition import Citation, Edition, Sentence, number_of
from bot.domain.reply import Action, Reply, ReplyState

_LABELS = {"claimed": "answer-claimed", "around": "around", "missing": "answer-missing"}


@dataclass(frozen=True, slots=True)
class Measure:
    """How much an answer holds."""

    cited: int
    uncited: int
    """Sentences that say what is missing."""
    characters: int


ANSWER = Measure(6, 2, 900)
DEEPER = Measure(12, 3, 2_400)


@dataclass(slots=True)
class GrowingAnswer:
    """One answer while it is written."""

    kind: Literal["answer", "deeper"]
    found: Exhibits
    wording: Wording
    writer: str
    measure: Measure
    dropped: int = 0
    """Sentences that did not stand."""
    nothing: bool = False
    """The model said that the passages hold no answer."""
    _examiner: Examiner = field(init=False)
    _lines: list[Sentence] = field(default_factory=list)
    _held: list[Sentence] = field(default_factory=list)
    """What is missing, until something is there."""
    _texts: set[str] = field(default_factory=set)
    _label: str = ""
    _edition: Edition | None = None
    _cited: int = 0
    _uncited: int = 0

    def __post_init__(self) -> None:
        self._examiner = Examiner(self.found, self.wording.language)

    @property
    def begun(self) -> bool:
        """Whether anything stands."""
        return self._cited > 0

    @property
    def full(self) -> bool:
        """Whether it holds no more."""
        return self._cited >= self.measure.cited or self._size >= self.measure.characters

    @property
    def tells_what_is_missing(self) -> bool:
        """Whether it does."""
        return self._uncited > 0

    @property
    def _size(self) -> int:
        return sum(len(line.text) for line in self._lines)

    def hear(self, line: str) -> bool:
        """Take a line of the model; whether the answer has grown by it."""
        if says_nothing(line):
            self.nothing = self.nothing or not self.begun
            return False
        part = part_named(line) if self.kind == "deeper" else None
        if part is not None:
            self._label = _LABELS[part]
            return False
        before = len(self._lines)
        for said in read(line, self.found.shown):
            self._take(said)
        return len(self._lines) > before

    def reply(self, state: ReplyState = "growing", note: str = "") -> Reply:
        """The answer so far."""
        used = {number_of(i) for line in self._lines for i in line.evidence}
        citations = tuple(citation for citation in self.found.citations if citation.n in used)
        actions = {"growing": (Action("stop", "stop"),), "stopped": ()}.get(state, self._actions(citations))
        story = self.found.story.number if self.kind == "deeper" and self.found.story else None
        return Reply(
            self.kind, tuple(self._lines), citations, False, actions, story, self.writer, note=note, state=state
        )

    def close_with(self, lines: list[Sentence]) -> None:
        """Sentences of ours at the end."""
        self._lines += lines

    def said(self) -> str:
        """Its sentences as one text."""
        return " ".join(line.text for line in self._lines)

    def evidence(self) -> tuple[str, ...]:
        """What it rests on, of the edition that is talked about."""
        ids = dict.fromkeys(i for line in self._lines for i in line.evidence)
        return tuple(i for i in ids if number_of(i) not in self.found.older)

    def _take(self, said: Said) -> None:
        same = " ".join(said.text.casefold().split())
        if same in self._texts or self.full:
            return
        if self._examiner.stands(said):
            self._texts.add(same)
            self._say(self._dated(Sentence(said.text, said.evidence)))
            self._cited += 1
        elif self._uncited < self.measure.uncited and self._examiner.says_what_is_missing(said):
            self._texts.add(same)
            self._uncited += 1
            self._say(Sentence(said.text, ()), held=not self.begun)
        else:
            self.dropped += 1

    def _say(self, line: Sentence, *, held: bool = False) -> None:
        if held:
            self._held.append(line)
            return
        if self._label:
            self._lines.append(self.wording.plain(self._label))
            self._label = ""
        self._lines += [line, *self._held]
        self._held.clear()

    def _dated(self, line: Sentence) -> Sentence:
        """A sentence of an earlier edition says which one that is, where another one was spoken of before."""
        numbers = [number_of(i) for i in line.evidence]
        edition = next((self.found.older[n] for n in numbers if n in self.found.older), None)
        before, self._edition = self._edition, edition
        if edition is None or (before is not None and before.id == edition.id):
            return line
        slot = self.wording.say(f"slot-{edition.slot}")
        day = self.wording.day(edition.window.end)
        return replace(line, text=self.wording.say("from-edition", date=day, slot=slot, line=line.text))

    def _actions(self, citations: tuple[Citation, ...]) -> tuple[Action, ...]:
        own = {citation.n for citation in citations if citation.n not in self.found.older}
        story = next((s for s in self.found.edition.stories if own.intersection(s.citations)), None)
        if story is None:
            return (Action("all-stories", "list"),) if self.found.edition.stories else ()
        second = "counter" if self.kind == "deeper" else "deeper"
        return tuple(Action(key, f"{key} {story.number}") for key in ("sources", second))

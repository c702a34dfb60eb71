"""An edition, or one of its stories, as somebody reads it in their own language: lines in pairs, a title and what it
announces. Of a story, labels of ours with what they announce follow.

What is said is translated; whose it is, what it rests on and where that leads are the edition's own.
"""

from collections.abc import Iterable, Iterator, Sequence

from bot.domain.conversation.wording import Wording, replying
from bot.domain.edition import Edition, Evidence, Sentence, Story
from bot.domain.languages import english_name
from bot.domain.reply import Action, Reply
from bot.domain.translation.parts import Told


class Reading:
    """Says an edition in another language, in the labels of an interface."""

    def __init__(self, edition: Edition, told: Told, labels: Wording) -> None:
        """`labels` are in the language of the translation where there is an interface in it."""
        self._edition = edition
        self._told = told
        self._labels = labels

    def overview(self, stories: Iterable[Story]) -> Reply:
        """Title and lede; of each of these stories, title and standfirst."""
        edition = self._edition
        lines = [
            self._line(edition.title, edition.title_evidence),
            self._line(edition.lede, edition.lede_evidence),
        ]
        for story in stories:
            title = self._line(story.title)
            lines += [Sentence(f"{story.number}. {title.text}", ()), self._sentence(story.standfirst)]
        first = [Action("first-story", self._command(story.number)) for story in edition.stories[:1]]
        return replying("translate", lines, edition, first)

    def story(self, story: Story) -> Reply:
        """One story: title, standfirst, positions, counter view, body, synthesis, crux, our reading."""
        lines = [self._line(story.title), self._sentence(story.standfirst)]
        lines += [*self._argument(story), *self._body(story), *self._rest(story)]
        return replying("translate", lines, self._edition, [Action("all-stories", self._command())])

    # ------------------------------------------------------------ what is said

    def _line(self, text: str, evidence: Evidence = ()) -> Sentence:
        said = self._told(text)
        return Sentence(self._labels.say("translate-kept", text=said) if text in self._told.kept else said, evidence)

    def _sentence(self, said: Sentence) -> Sentence:
        return self._line(said.text, said.evidence)

    def _labelled(self, label: str, said: Sequence[Sentence]) -> list[Sentence]:
        return [Sentence(label, ()), *said] if said else []

    def _argument(self, story: Story) -> Iterator[Sentence]:
        """Who holds what, but for what stands right above or below it."""
        argued, counter, say = story.is_argued, story.counter, self._labels.say
        beside = [] if argued else [story.standfirst.evidence[:1]]
        beside += [counter.evidence[:1]] if counter.standing == "person" else []
        for held in story.positions:
            if len(held.evidence) < 2 and held.evidence in beside:
                continue
            name = self._labels.speaker(held.thinker, held.thinker_id, held.evidence, self._edition)
            label = say("position", name=name, stance=say(f"stance-{held.stance}")) if argued else f"{name}:"
            yield from self._labelled(label, [self._line(held.claim, held.evidence)])
        if counter.standing == "argument":
            yield from self._labelled(say("counter-argument"), [self._line(counter.text)])
        elif counter.standing == "person":
            name = self._labels.speaker(counter.thinker or "", counter.thinker_id, counter.evidence, self._edition)
            said = self._line(counter.text, counter.evidence)
            # The label names the speaker already.
            said = Sentence(said.text.removeprefix(f"{counter.thinker}: "), said.evidence)
            yield from self._labelled(say("counter-person", name=name), [said])

    def _body(self, story: Story) -> list[Sentence]:
        body = story.body
        if self._edition.card.writer == "selected":
            shown = {story.standfirst.evidence[:1], story.counter.evidence[:1]}
            shown |= {(passage,) for position in story.positions for passage in position.evidence}
            body = tuple(said for said in body if said.evidence[:1] not in shown)
        return self._labelled(self._labels.say("translate-told"), [self._sentence(said) for said in body])

    def _rest(self, story: Story) -> Iterator[Sentence]:
        say, synthesis, crux = self._labels.say, story.synthesis, story.crux
        if synthesis is not None:
            label = say(f"synthesis-{synthesis.kind}")
            yield from self._labelled(label, [self._line(synthesis.text, synthesis.evidence)])
        if crux is not None:
            yield from self._labelled(say("crux"), [self._line(crux.question)])
            yield from self._labelled(say("would-settle"), [self._line(crux.would_settle, crux.evidence)])
        if story.so_what:
            yield from self._labelled(say("our-reading"), [self._line(story.so_what)])

    def _command(self, number: int | None = None) -> str:
        return f"in {english_name(self._told.language)} {number or ''}".strip()

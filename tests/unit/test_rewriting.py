"""What a writer phrased replaces what was selected where it holds, and nowhere else."""

from dataclasses import replace
from functools import cache

import pytest

from bot.domain.checks import check
from bot.domain.desk import DEFAULT_DESK
from bot.domain.edition import Edition, Position, Sentence, Story
from bot.domain.rewriting import Written, rewrite
from tests.fakes.writer import NAME, Phrase, retold
from tests.unit.writing_samples import commission, press, say


@cache
def selected() -> Edition:
    """Three stories, selected."""
    from bot.domain.compose import compose

    return compose(commission(press()), say())


def written(phrase: Phrase, *places: int, unfinished: int = 0, language: str = "en") -> Edition:
    """The edition with the stories at these places in a writer's words."""
    edition = selected()
    stories = {edition.stories[place].id: phrase(edition.stories[place]) for place in places}
    return rewrite(edition, Written(NAME, stories, unfinished), DEFAULT_DESK, say(language))


def bodies(edition: Edition) -> list[tuple[str, ...]]:
    return [tuple(sentence.text for sentence in story.body) for story in edition.stories]


def test_written_stories_take_the_place_of_selected_ones() -> None:
    """The result passes every check; the card says who wrote."""
    edition = written(retold, 0, 1, 2)
    assert check(edition).ok
    assert all(text.startswith("As it reads: ") for body in bodies(edition) for text in body)
    assert edition.card.writer == NAME
    assert edition.id == selected().id
    assert edition.card.notes == selected().card.notes


def test_what_stays_as_it_was_selected_is_counted() -> None:
    """Every sentence of the story that was not written, and of the written one what the writer left alone."""
    edition, before = written(retold, 1), selected().card.checks
    new = len(edition.stories[1].body)
    assert edition.card.checks.sentences_extractive == before.sentences_extractive - new
    assert bodies(edition)[0] == bodies(selected())[0]
    assert bodies(edition)[1] != bodies(selected())[1]


def test_without_answers_nothing_changes() -> None:
    """Not a byte; also where the writer says exactly what was selected."""
    assert written(retold) == selected()
    assert written(lambda story: story, 0, 1, 2) == selected()


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("en", "1 of 3 stories is selected sentences", "2 of 3 stories are selected sentences"),
        ("ru", "1 сюжет из 3 составлен", "2 сюжета из 3 составлены"),
    ],
)
def test_what_was_not_finished_is_said(language: str, one: str, two: str) -> None:
    """A note on the card, in the reader's language; and who wrote, if somebody did."""
    assert one in written(retold, 0, 1, unfinished=1, language=language).card.notes[-1]
    none = written(retold, unfinished=2, language=language)
    assert two in none.card.notes[-1]
    assert none.card.writer == "selected"


def invented(story: Story) -> Story:
    """Numbers and people that no passage has."""
    body = tuple(Sentence(f"Napoleon sold 7,341 ships: {s.text}", s.evidence) for s in story.body)
    return replace(story, body=body, standfirst=Sentence("Napoleon sold 7,341 ships.", story.standfirst.evidence))


def unfounded(story: Story) -> Story:
    """Evidence that is not there."""
    return replace(retold(story), standfirst=Sentence(story.standfirst.text, ("99.1",)))


def empty(story: Story) -> Story:
    """Too little."""
    return replace(story, body=())


@pytest.mark.parametrize("phrase", [invented, unfounded, empty])
def test_a_story_that_does_not_hold_stays_as_it_was_selected(phrase: Phrase) -> None:
    """It costs no story, and not the others' words."""
    edition = selected()
    good, bad = edition.stories[0], edition.stories[1]
    result = rewrite(edition, Written(NAME, {good.id: retold(good), bad.id: phrase(bad)}), DEFAULT_DESK, say())
    assert check(result).ok
    assert len(result.stories) == len(edition.stories)
    assert bodies(result)[1] == bodies(edition)[1]
    assert bodies(result)[0] != bodies(edition)[0]


def test_evidence_of_another_story_is_not_taken() -> None:
    """What is cited was decided before."""
    edition = selected()
    foreign = edition.stories[1].body[0].evidence
    story = edition.stories[0]
    stolen = replace(story, body=(*story.body, Sentence("More of it.", foreign)))
    result = rewrite(edition, Written(NAME, {story.id: stolen}), DEFAULT_DESK, say())
    assert result == edition


def test_a_writer_does_not_choose() -> None:
    """Sides, counter views, topics, states and counts stay as they were decided."""

    def meddling(story: Story) -> Story:
        sides = (*story.positions, Position("Nobody", None, "against", "No.", story.standfirst.evidence))
        return replace(
            retold(story),
            id="other",
            number=9,
            topic="Other",
            state="settled",
            continues="x/1",
            positions=sides,
            counter=replace(story.counter, standing="argument", text="Not at all."),
            signal=replace(story.signal, voices=99),
            citations=(),
        )

    result, edition = written(meddling, 0), selected()
    one, other = result.stories[0], edition.stories[0]
    assert check(result).ok
    assert (one.id, one.number, one.topic, one.state, one.continues) == (other.id, 1, other.topic, "new", None)
    assert (one.positions, one.counter, one.signal) == (other.positions, other.counter, other.signal)
    assert one.body != other.body


def test_a_claim_may_be_phrased() -> None:
    """As long as the same people stand on the same sides."""

    def claims(story: Story) -> Story:
        return replace(story, positions=tuple(replace(p, claim=f"In short: {p.claim}") for p in story.positions))

    result = written(claims, 0)
    assert all(position.claim.startswith("In short: ") for position in result.stories[0].positions)
    assert check(result).ok


def test_sentences_that_fail_are_dropped_and_counted() -> None:
    """The rest of the story stands, and the dialogue is that of what stands."""

    def half(story: Story) -> Story:
        first, *others = retold(story).body
        return replace(story, body=(Sentence("Napoleon sold 7,341 ships.", first.evidence), *others))

    result = written(half, 0)
    assert check(result).ok
    assert not any("Napoleon" in text for text in bodies(result)[0])
    assert result.card.checks.sentences_dropped == selected().card.checks.sentences_dropped + 1
    assert result.card.writer == NAME

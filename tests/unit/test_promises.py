"""What we said we would come back to: owed until an edition says what became of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from adapters.locale.catalogue import FluentCatalogue
from bot.domain.checks import check
from bot.domain.compose import draft
from bot.domain.document import Paragraph
from bot.domain.drafted import Drafted, OpenPromise
from bot.domain.edition import Citation, CitedPassage, ClosedPromise, Edition, Promise, Promises
from bot.domain.item import ItemKind
from bot.domain.layout import lay_out
from bot.domain.message import QuestionPart
from bot.domain.promises import PATIENCE, cited, open_after
from tests.fakes.drafts import draft_of
from tests.fakes.editions import ID, edition
from tests.fakes.readings import NOON, item
from tests.unit.writing_samples import HALE, QUAY, WINDOW, commission, dam, say

DAY = timedelta(days=1)
TEXT = "Soon we will say whether magnets drift by nine minutes a week."
MADE = Promise(f"{ID}#1", f"{ID}/1", TEXT, NOON - 2 * timedelta(hours=1), ("4.1",))


def earlier(*made: Promise, closed: tuple[ClosedPromise, ...] = (), **changes: Any) -> Edition:
    """An edition of 3 March that promised something."""
    return edition(promises=Promises(made, closed), **changes)


def open_in(*editions: Edition, last: Drafted | None = None) -> tuple[OpenPromise, ...]:
    return open_after(editions, last)


def drafted(*before: Edition, **facts: Any) -> Drafted:
    """The edition of 5 March, after some others."""
    order = commission(dam(), **{"earlier": before, "promises": open_in(*before), **facts})
    return draft(order, say(order.language))


def closed_by(one: Drafted) -> list[tuple[str, str]]:
    return [(closed.outcome, closed.text) for closed in one.edition.promises.closed]


# ---------------------------------------------------------------- what is open


def test_a_promise_is_open_until_it_happened_or_was_dropped() -> None:
    """That it had not happened yet closes nothing, and is remembered as said."""
    first = earlier(MADE)
    assert [(kept.promise, kept.edition, kept.told) for kept in open_in(first)] == [(MADE, ID, False)]
    for outcome, left in (("happened", []), ("dropped", []), ("not_yet", [True])):
        later = earlier(closed=(ClosedPromise(MADE.id, outcome, "So it is.", ()),), id=f"{ID[:-1]}e")  # type: ignore[arg-type]
        assert [kept.told for kept in open_in(later, first)] == left


def test_a_promise_keeps_the_passages_it_rests_on() -> None:
    """Only those, with their item."""
    (kept,) = open_in(earlier(replace(MADE, evidence=("4.1", "2.3"))))
    assert {c.thinker: [p.text for p in c.passages] for c in kept.rests} == {
        "Orrin Vale": ["Fewer gears is a mistake: magnets drift by nine minutes a week."],
        "Tidewater Review": ["A paper chart “still works” when it is wet, and nobody has to charge it."],
    }


def test_promises_of_editions_that_are_not_read_any_more_are_handed_on() -> None:
    """By what the newest one was made of; what that one closed is closed."""
    old = OpenPromise(
        replace(MADE, id="harbour-20260101-am-00000000#1"), "harbour-20260101-am-00000000", NOON - 60 * DAY
    )
    due, waits = replace(old, evidence=("9.9",)), replace(old, promise=replace(MADE, id="x#1"), told=True)
    last = replace(draft_of(edition()), promises=(due,), pending=(waits,))
    assert open_in(edition(promises=Promises()), last=last) == (old, waits)
    closing = Promises((), (ClosedPromise(old.promise.id, "dropped", "We leave it.", ()),))
    assert open_in(edition(promises=closing), last=last) == (waits,)


# ---------------------------------------------------------------- what is said


@pytest.mark.parametrize(
    ("made_in", "said"),
    [
        ("harbour-20260305-am-1a2b3c4d", "This morning we said: "),
        ("harbour-20260305-pm-1a2b3c4d", "This evening we said: "),
        ("harbour-20260304-am-1a2b3c4d", "Yesterday we said: "),
        ("harbour-20260303-pm-1a2b3c4d", "On 3 March we said: "),
        ("an edition of another program", "On 3 March we said: "),
    ],
)
def test_what_is_due_and_not_there_is_open_still(made_in: str, said: str) -> None:
    """When we said it, what we said, and what it rested on; the checks pass."""
    before = earlier(replace(MADE, id=f"{made_in}#1"))
    kept = replace(open_in(before)[0], edition=made_in)
    one = drafted(before, promises=(kept,))
    if made_in.startswith("an"):  # whose date nobody can verify
        assert closed_by(one) == []
        return
    assert closed_by(one) == [("not_yet", f"{said}{TEXT} That is still open.")]
    (closed,) = one.edition.promises.closed
    assert [one.edition.passages()[i][0].thinker for i in closed.evidence] == ["Orrin Vale"]
    assert check(one.edition).faults == ()
    assert one.promises[0].evidence == closed.evidence


def test_it_is_said_in_russian() -> None:
    """With the day in words."""
    before = earlier(MADE, language="ru")
    one = drafted(before, language="ru", date=date(2026, 3, 5))
    assert closed_by(one) == [("not_yet", f"3 марта мы писали: {TEXT} Ответа пока нет.")]


def test_what_is_not_due_waits() -> None:
    """Nothing is said of it, and it is handed on."""
    one = drafted(earlier(replace(MADE, due=NOON + DAY)))
    assert (closed_by(one), one.promises) == ([], ())
    assert [kept.promise.id for kept in one.pending] == [MADE.id]


def test_what_was_said_to_be_open_is_not_said_again() -> None:
    """Until patience is at its end; then it is dropped."""
    before = earlier(closed=(ClosedPromise(MADE.id, "not_yet", "Not yet.", ()),), id=f"{ID[:-1]}e")
    assert closed_by(drafted(before, earlier(MADE))) == []
    old = replace(MADE, due=WINDOW.end - PATIENCE)
    (dropped,) = closed_by(drafted(before, earlier(old)))
    assert dropped == ("dropped", f"On 3 March we said: {TEXT} We have found no answer, and leave it there.")
    young = replace(MADE, due=WINDOW.end - PATIENCE + timedelta(seconds=1))
    assert closed_by(drafted(before, earlier(young))) == []


def test_a_due_date_without_a_time_is_the_beginning_of_its_day() -> None:
    """In UTC."""
    assert closed_by(drafted(earlier(replace(MADE, due=datetime(2026, 3, 5)))))
    assert not closed_by(drafted(earlier(replace(MADE, due=datetime(2026, 3, 6)))))


def test_where_a_story_goes_on_with_it_only_a_reader_can_tell() -> None:
    """The promise is there for whoever phrases, due or not, and the code says nothing of it."""
    before = drafted().edition
    before = replace(
        before,
        id=f"{before.id[:-1]}e",
        window=replace(WINDOW, start=WINDOW.start - DAY, end=WINDOW.start),
        stories=tuple(replace(story, id=f"{before.id[:-1]}e/{story.number}") for story in before.stories),
    )
    dam_story = next(story for story in before.stories if "Osero" in story.title)
    chained = replace(dam_story, state="update", continues=f"{ID}/1")
    before = replace(before, stories=tuple(chained if s is dam_story else s for s in before.stories))
    news = item(
        HALE,
        "Mira Talbot opened the Osero dam again after engineers filled the cracks in its northern wall with resin. "
        "Seven villages below the Osero dam signed a contract about sirens with Mira Talbot.",
        title="Talbot opens the Osero dam with resin and sirens",
        hours=1,
    )
    echo = item(
        QUAY,
        "The Osero dam holds water again, and Mira Talbot thanked the engineers for the resin in its northern wall.",
        title="Resin holds at Osero",
        hours=2,
    )
    for due in (MADE.due, NOON + 30 * DAY):
        promised = earlier(replace(MADE, due=due))
        order = commission([news, echo], earlier=(before, promised), promises=open_in(before, promised))
        one = draft(order, say())
        assert [story.continues for story in one.edition.stories] == [dam_story.id]
        assert [kept.promise.id for kept in one.promises] == [MADE.id]
        assert (closed_by(one), one.pending) == ([], ())
        assert all(i in one.passages() for i in one.promises[0].evidence)
        assert one.promises[0].evidence


def test_an_edition_on_demand_answers_for_nothing() -> None:
    """It is no memory: what it said would be said again."""
    one = drafted(earlier(MADE), slot="now")
    assert (closed_by(one), one.promises, one.pending) == ([], (), ())


def test_what_a_promise_rested_on_is_cited_within_the_limits_of_an_excerpt() -> None:
    """An item that is cited already gets the passage; no item shows more than it may."""
    long = " ".join(["word"] * 40)

    def citation(n: int, *texts: str) -> Citation:
        passages = tuple(CitedPassage(f"{n}.{k}", text) for k, text in enumerate(texts, 1))
        return Citation(n, "a" * 16, "Ada", "ada", None, ItemKind.ARTICLE, None, "https://a.example/", NOON, passages)

    kept = OpenPromise(MADE, ID, NOON, rests=(citation(4, "One.", long, "Two."),))
    known = {"a" * 16: citation(1, "Two.", " ".join(["other"] * 30))}
    assert cited(kept, known) == ("1.3", "1.1")
    assert [p.text for p in known["a" * 16].passages][2:] == ["One."]
    fresh: dict[str, Citation] = {}
    assert cited(kept, fresh) == ("1.1", "1.2", "1.3")
    assert fresh["a" * 16].n == 1


# ---------------------------------------------------------------- what people see


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("en", ["Kept:", "Not yet:", "Dropped:", "Open:"]),
        ("ru", ["Выполнено:", "Пока нет:", "Снято:", "Ждём:"]),
    ],
)
def test_promises_stand_under_the_open_question_with_their_labels(language: str, labels: list[str]) -> None:
    """On every platform: all of them lay out the same document."""
    outcomes = ("happened", "not_yet", "dropped")
    closed = tuple(ClosedPromise(f"{n}#1", outcome, "So.", ("4.1",)) for n, outcome in enumerate(outcomes))  # type: ignore[arg-type]
    one = earlier(MADE, closed=closed)
    blocks = lay_out(QuestionPart(one), FluentCatalogue().speak(language))
    said = [block.runs for block in blocks if isinstance(block, Paragraph)]
    assert [runs[0].text for runs in said] == labels
    assert all(any(run.text == "[4]" and run.url for run in runs) for runs in said)
    assert MADE.due.tzinfo is UTC

"""What stands around the stories: in its frame, examined, mended, settled."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.checks.parts import walk
from bot.domain.drafted import Drafted, OpenPromise
from bot.domain.edition import ClosedPromise, Edition, Promise, Promises
from bot.domain.prose import frame as around
from bot.domain.prose.pieces import Frame
from bot.domain.prose.shapes import Cited, ClosedProse, ConnectionProse, MendedProse, PromiseProse, RepairProse
from tests.unit.prose_samples import BROOK, CRACKS, HOSPITALS, STONE, at, drafted, frame_prose, story_of

EARLIER = "default-20260204-am-00000000"


def told(draft: Drafted | None = None) -> Edition:
    return (draft or drafted()).open_to_all()


def phrased(draft: Drafted | None = None, **changes: Any) -> Frame:
    draft = draft or drafted()
    return around.phrase(frame_prose(**changes), draft, told(draft))


def wrong(frame: Frame, draft: Drafted | None = None) -> dict[str, str]:
    draft = draft or drafted()
    return {flaw.where: "; ".join(flaw.reasons) for flaw in around.flaws(frame, draft, told(draft))}


def owing() -> Drafted:
    """The draft with two open promises, of which the code itself closes the first."""
    draft, end = drafted(), drafted().edition.window.end
    kept = tuple(
        OpenPromise(
            Promise(f"{EARLIER}#{n}", f"{EARLIER}/1", "We come back to it.", end - timedelta(days=1), ()),
            EARLIER,
            end - timedelta(days=9),
            evidence=at(STONE),
        )
        for n in (1, 2)
    )
    own = ClosedPromise(f"{EARLIER}#1", "not_yet", "We said we would come back to it; nothing yet.", ())
    edition = replace(draft.edition, promises=Promises((), (own,)))
    return replace(draft, edition=edition, promises=kept)


def test_a_good_frame_stands_as_it_is() -> None:
    """No flaws, nothing dropped."""
    frame = phrased()
    assert wrong(frame) == {}
    assert around.settle(frame, drafted(), told()) == (frame, 0)
    edition = around.framed(told(), frame)
    assert (edition.title, edition.lede) == (frame.title.text, frame.lede.text)
    assert [c.story for c in story_of("Marlin", edition).connects_to] == [story_of("Osero").id]
    assert {where for where, _ in around.sentences(frame)} == {
        "title", "lede", "question", "connections[0]", "promises[0]",
    }  # fmt: skip


def test_the_selected_frame_is_that_of_the_draft() -> None:
    """Put around the stories again, nothing changes."""
    assert around.framed(told(), around.selected(drafted())) == told()
    assert wrong(around.selected(drafted())) == {}


@pytest.mark.parametrize(
    ("changes", "where", "reason"),
    [
        ({"title": Cited("Marlin cut review time by 60 percent", at(BROOK))}, "title", "60"),
        ({"title": Cited("Brook says Marlin cut review time, " * 3, at(BROOK))}, "title", "characters"),
        ({"title": Cited("Brook says Marlin cut review time", ())}, "title", "cites nothing"),
        (
            {"lede": Cited("Marlin war schneller als alle anderen, und das wird auch so bleiben.", at(BROOK))},
            "lede",
            "English",
        ),
        ({"question": Cited("Will Napoleon buy Marlin?", at(BROOK))}, "question", "Napoleon"),
    ],
)
def test_what_does_not_stand_is_named_and_replaced(changes: dict[str, Any], where: str, reason: str) -> None:
    """By what was selected; a question is left out."""
    frame = phrased(**changes)
    assert reason in wrong(frame)[where]
    settled, dropped = around.settle(frame, drafted(), told())
    assert dropped == 1
    assert wrong(settled) == {}
    first = around.selected(drafted())
    assert (settled.title == first.title, settled.lede == first.lede, settled.open_question is None) == (
        where == "title", where == "lede", where == "question",
    )  # fmt: skip


def test_an_empty_question_is_none() -> None:
    """Also where it is null."""
    assert phrased(question=Cited(" ", at(BROOK))).open_question is None
    assert phrased(question=None).open_question is None


def test_connections_lead_from_one_story_to_another() -> None:
    """At most one from each, between stories that exist, on their passages."""
    marlin, dam, kit = (story_of(word).number for word in ("Marlin", "Osero", "Tidekit"))
    frame = phrased(
        connections=(
            ConnectionProse(marlin, marlin, "It is itself.", at(BROOK)),
            ConnectionProse(marlin, 9, "It is not there.", at(BROOK)),
            ConnectionProse(marlin, dam, "", at(BROOK)),
            ConnectionProse(dam, marlin, "Work stopped there, too.", at("I tried Tidekit")),
            ConnectionProse(dam, kit, "A second one.", at(CRACKS)),
            *(ConnectionProse(n, n + 1, "More.", ()) for n in range(5_000)),
        )
    )
    links = dict(frame.connections)
    assert [link.story for link in links[story_of("Osero").id]] == [story_of("Marlin").id]
    assert links[story_of("Osero").id][0].evidence == ()
    assert all(len(each) == 1 for each in links.values())
    settled, _ = around.settle(frame, drafted(), told())
    assert story_of("Osero").id not in dict(settled.connections)


def test_promises_fall_due_within_sixty_days() -> None:
    """At most two, of stories that exist, each with an id of its own."""
    marlin, end = story_of("Marlin").number, drafted().edition.window.end
    frame = phrased(
        promises=(
            PromiseProse(9, "After a month we look at it.", 3, at(BROOK)),
            PromiseProse(marlin, "After a while we look at Marlin in hospitals.", 10**40, at(HOSPITALS)),
            PromiseProse(marlin, "", 3, at(BROOK)),
            PromiseProse(marlin, "After that we look at hospitals and Marlin again.", -5, at(HOSPITALS)),
            PromiseProse(marlin, "One too many.", 3, at(BROOK)),
        )
    )
    made = frame.promises.made
    assert [promise.due - end for promise in made] == [timedelta(days=60), timedelta(days=1)]
    assert [promise.id for promise in made] == [f"{drafted().edition.id}#1", f"{drafted().edition.id}#2"]


def test_each_open_promise_is_closed_once() -> None:
    """By the model where it says something that stands, by the code where it does not."""
    said = (
        ClosedProse(2, "happened", "We said we would come back: review time went up by 15 percent.", at(STONE)),
        ClosedProse(2, "dropped", "Said twice.", ()),
        ClosedProse(7, "dropped", "Never made.", ()),
    )
    frame = phrased(owing(), closed=said)
    closed = {each.id: each for each in frame.promises.closed}
    assert (closed[f"{EARLIER}#2"].outcome, closed[f"{EARLIER}#2"].evidence) == ("happened", at(STONE))
    assert closed[f"{EARLIER}#1"] == owing().edition.promises.closed[0]
    assert wrong(frame, owing()) == {}


def test_what_happened_needs_evidence() -> None:
    """Without it, our own closing stands; of a promise that we have none for, nothing."""
    said = (
        ClosedProse(1, "happened", "It happened as we said.", ()),
        ClosedProse(2, "happened", "It happened as we said.", ()),
    )
    frame = phrased(owing(), closed=said)
    assert {"closed[0]", "closed[1]"} <= wrong(frame, owing()).keys()
    settled, dropped = around.settle(frame, owing(), told(owing()))
    assert settled.promises.closed == owing().edition.promises.closed
    assert dropped == 2


def test_what_is_said_again_takes_its_place() -> None:
    """Only where it was complained of; null leaves it out, or brings the selected words back."""
    marlin = story_of("Marlin").number
    bad = Cited("Napoleon sold 7,000 of them", at(BROOK))
    frame = phrased(
        owing(),
        title=bad,
        lede=bad,
        question=bad,
        connections=(ConnectionProse(marlin, story_of("Osero").number, bad.text, bad.evidence),),
        promises=(PromiseProse(marlin, bad.text, 3, bad.evidence),),
        closed=(ClosedProse(1, "happened", bad.text, at(STONE)),),
    )
    found = around.flaws(frame, owing(), told(owing()))
    wheres = {"title", "lede", "question", "connections[0]", "promises[0]", "closed[0]"}
    assert {flaw.where for flaw in found} == wheres
    good = "Review time went up by 15 percent, Stone says"
    repair = RepairProse(
        (
            *(MendedProse(where, good, at(STONE)) for where in sorted(wheres)),
            MendedProse("closed[1]", "Taken over.", ()),
        )
    )
    mended = around.mend(frame, found, repair, owing(), told(owing()))
    assert wrong(mended, owing()) == {}
    parts = {part.text for part in walk(around.framed(told(owing()), mended))}
    assert good in parts
    assert "Taken over." not in parts
    nothing = RepairProse(tuple(MendedProse(where, None, ()) for where in wheres))
    bare = around.mend(frame, found, nothing, owing(), told(owing()))
    first = around.selected(owing())
    assert (bare.title, bare.lede, bare.open_question, bare.connections) == (first.title, first.lede, None, ())
    assert (bare.promises.made, bare.promises.closed) == ((), first.promises.closed)


def test_without_any_conflict_nobody_disagrees() -> None:
    """Where a story has one, the title may say so."""
    draft = drafted()
    quiet = replace(draft.edition, stories=(story_of("Osero"),))
    edition = replace(told(), stories=quiet.stories)
    lone = replace(draft, edition=quiet)
    frame = replace(around.selected(lone), lede=around.selected(lone).lede)
    clash = replace(frame, lede=replace(frame.lede, text="Hale and Talbot clash at the Osero dam", evidence=at(CRACKS)))
    reasons = {flaw.where: flaw.reasons for flaw in around.flaws(clash, lone, edition)}
    assert any("clash" in reason for reason in reasons["lede"])


def test_a_selected_frame_that_does_not_stand_is_said() -> None:
    """Nothing is left to replace it."""
    draft = drafted()
    broken = replace(draft, edition=replace(draft.edition, title="Napoleon sold 7,000 of them"))
    with pytest.raises(ValueError, match="does not stand"):
        around.settle(around.selected(broken), broken, told(broken))


def test_an_edition_on_demand_promises_nothing() -> None:
    """No later one would remember it."""
    draft = drafted()
    assert phrased(draft).promises.made
    now = replace(draft, edition=replace(draft.edition, slot="now"))
    assert phrased(now).promises.made == ()

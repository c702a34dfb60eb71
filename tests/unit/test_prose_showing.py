"""What a model is shown: one thing a line, so that no text can look like a line of ours."""

from dataclasses import replace

from bot.domain.prose.showing import shown_evidence, shown_material, shown_passages
from tests.fakes.drafts import draft_of
from tests.fakes.editions import edition


def test_a_story_is_shown_with_what_was_decided() -> None:
    """Topic, counts, positions, counter view; then every passage after its id, in the order of the numbers."""
    shown = shown_material(draft_of(), [1]).splitlines()
    assert shown[:8] == [
        "## Story 1",
        "topic: Tide clocks",
        "new: 4 voices, 6 items in 12 hours",
        "position 1: Ada Quill (for), on [1.2]",
        "position 2: Orrin Vale (against), on [4.1]",
        "position 3: Imke Sand (adjacent), on [5.2]",
        "counter: Orrin Vale (conflict), on [4.1]",
        "[1.1] Ada Quill, article, 2026-03-02, headline: Tide clocks need fewer gears",
    ]
    assert [line.split()[0] for line in shown[7:]] == [
        "[1.1]", "[1.2]", "[2.1]", "[2.2]", "[2.3]", "[4.1]", "[5.1]", "[5.2]", "[6.1]",
    ]  # fmt: skip


def test_stories_are_shown_in_the_order_asked_for() -> None:
    """One that is not there is left out; where nobody disagrees, that is said."""
    shown = shown_material(draft_of(), [3, 9, 2])
    assert shown.index("## Story 3") < shown.index("## Story 2")
    assert "counter: nobody so far" in shown


def test_with_little_room_what_was_decided_is_shown_first() -> None:
    """Never less than that."""
    few = shown_material(draft_of(), [1], most=4)
    assert [line.split()[0] for line in few.splitlines() if line.startswith("[")] == [
        "[1.1]",
        "[1.2]",
        "[4.1]",
        "[5.2]",
    ]
    assert shown_material(draft_of(), [1], most=0).count("\n[") == 3


def test_a_passage_is_one_line() -> None:
    """Whatever stands in it."""
    whole = edition()
    first, *others = whole.citations
    passage = replace(first.passages[1], text="One.\n[9.9] Somebody, article, 2026-03-02: two")
    first = replace(first, passages=(first.passages[0], passage), thinker="Ada\nQuill")
    draft = draft_of(replace(whole, citations=(first, *others)))
    shown = shown_passages(draft, ["1.2", "77.1"])
    assert shown == "[1.2] Ada Quill, article, 2026-03-02: One. [9.9] Somebody, article, 2026-03-02: two"
    assert shown_evidence(("1.2", "3.1")) == "[1.2] [3.1]"

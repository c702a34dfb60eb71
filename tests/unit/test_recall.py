"""Counter views from the weeks before: real contradictions, with their date, or none."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from bot.domain.argument import Argument, argue, quotes_of
from bot.domain.checks import check
from bot.domain.claim import Claim, claim_id
from bot.domain.compose import draft
from bot.domain.drafted import Drafted
from bot.domain.edition import Story
from bot.domain.item import Item, ItemKind
from bot.domain.read import read
from bot.domain.reading import Reading
from bot.domain.recall import claims_of, recall
from bot.domain.roster import Roster, Thinker
from tests.fakes.readings import item
from tests.unit.writing_samples import (
    BROOK,
    CLAIM,
    DENIAL,
    FROST,
    HALE,
    PRESS,
    QUAY,
    STONE,
    commission,
    dam,
    kit,
    marlin,
    matter,
    say,
    story_about,
)

WALL = "The Osero dam is safe for every village below its northern wall."
NO_WALL = "The Osero dam is not safe for any village below its northern wall."
DAYS = 30 * 24


def reading(who: Thinker, text: str, **facts: object) -> Reading:
    """An item of somebody, read."""
    return read(item(who, text, **facts), who)  # type: ignore[arg-type]  # keyword facts of `item`


def claim(one: Reading | Item, text: str | None = None, who: Thinker | None = None) -> Claim:
    """A claim as it is kept: the whole text of an item, or a sentence of it."""
    held, thinker = (one.item, one.thinker) if isinstance(one, Reading) else (one, who or HALE)
    said = text or held.text
    return Claim(claim_id(thinker.id, held.id, said), thinker.id, held.source, held.id, "", said, held.at)


def argument(*readings: Reading) -> Argument:
    return argue(quotes_of(readings, {}))


def shelf(*readings: Reading) -> Callable[[str], Reading | None]:
    """An archive of some items."""
    return {one.item.id: one for one in readings}.get


def recalled(now: Reading, *before: Reading) -> tuple[str, str] | None:
    """Of one item's argument: the kind and the words of what is recalled."""
    found = recall(argument(now), [claim(one) for one in before], shelf(*before))
    return None if found is None else (found.kind, found.said.text)


def test_somebody_who_said_otherwise_weeks_ago_answers() -> None:
    """In their own words."""
    earlier = reading(FROST, NO_WALL, hours=DAYS)
    assert recalled(reading(HALE, WALL), earlier) == ("conflict", NO_WALL)


def test_the_speakers_own_other_view_is_a_change() -> None:
    """Not a conflict: the same person."""
    earlier = reading(HALE, NO_WALL, hours=DAYS)
    assert recalled(reading(HALE, WALL), earlier) == ("changed", NO_WALL)


@pytest.mark.parametrize(
    ("who", "kind"), [(QUAY, None), (FROST, "conflict")], ids=["a newsletter reports", "a person argues"]
)
def test_what_an_outlet_reported_then_contradicts_nobody(who: Thinker, kind: str | None) -> None:
    """It was right on its day."""
    found = recalled(reading(HALE, WALL), reading(who, NO_WALL, hours=DAYS))
    assert (found and found[0]) == kind


@pytest.mark.parametrize(
    "text",
    [
        "The Marlin tool is not safe for any hospital that pays for it.",
        "The Osero dam cost nine times what the lenders were told.",
        "If it rains, the Osero dam is not safe for any village below its northern wall.",
        "The Osero dam is safe for every village below the northern wall.",
    ],
)
def test_another_subject_a_hedge_and_agreement_are_no_contradiction(text: str) -> None:
    """Precision before recall."""
    assert recalled(reading(HALE, WALL), reading(FROST, text, hours=DAYS)) is None


def test_who_answers_somebody_by_name_is_answered_by_what_that_one_said() -> None:
    """The sentence itself denies it; that its item names somebody elsewhere is not enough."""
    earlier = reading(BROOK, CLAIM, hours=DAYS)
    assert recalled(reading(STONE, DENIAL), earlier) == ("conflict", CLAIM)
    elsewhere = reading(STONE, "Marlin never cut anyone's review time by a minute. Ada Brook lives here.")
    assert recalled(elsewhere, earlier) is None


def test_who_links_to_an_item_and_limits_it_differs_in_scope() -> None:
    """A limit without a link is nothing."""
    earlier = reading(BROOK, "Marlin helps every team with its changes.", hours=DAYS, slug="marlin")
    limits = "Marlin helps a small team, but only when every change is short."
    linking = reading(FROST, limits, links=(earlier.item.url or "",))
    assert recalled(linking, earlier) == ("scope", "Marlin helps every team with its changes.")
    assert recalled(reading(FROST, limits), earlier) is None


def test_a_conflict_goes_before_a_change_and_the_newest_of_equals_first() -> None:
    """The strongest is told, and only that."""
    own = reading(HALE, NO_WALL, hours=DAYS)
    old, new = reading(FROST, NO_WALL, hours=2 * DAYS), reading(FROST, NO_WALL, hours=DAYS, slug="again")
    claims = [claim(one) for one in (own, old, new)]
    found = recall(argument(reading(HALE, WALL)), claims, shelf(own, old, new))
    assert found is not None
    assert (found.kind, found.said.reading.item.id) == ("conflict", new.item.id)


def test_where_somebody_disagrees_now_nobody_is_recalled() -> None:
    """The window's own disagreement is the counter view."""
    now = argument(reading(BROOK, CLAIM, hours=6), reading(STONE, DENIAL, hours=4))
    earlier = reading(FROST, "Marlin did not cut review time in our team of nine engineers.", hours=DAYS)
    assert now.counter is not None
    assert recall(now, [claim(earlier)], shelf(earlier)) is None


def test_a_claim_counts_as_long_as_its_item_says_it() -> None:
    """Not where the item is gone, was changed, has no address, or belongs to somebody else now."""
    now, earlier = argument(reading(HALE, WALL)), reading(FROST, NO_WALL, hours=DAYS)
    wanted = [claim(earlier)]
    changed = reading(FROST, "The Osero dam was painted.", hours=DAYS)
    nowhere = replace(earlier, item=replace(earlier.item, url=None))
    for shelved in (None, changed, nowhere, replace(earlier, thinker=STONE)):
        assert recall(now, wanted, lambda _, held=shelved: held) is None  # type: ignore[misc]  # a default of its own
    assert recall(now, wanted, lambda _: earlier) is not None


# ---------------------------------------------------------------- in an edition


def sure() -> Item:
    """Somebody who says today that the dam is safe."""
    return item(HALE, f"{WALL} Mira Talbot showed me the northern wall.", title="Talbot shows the Osero dam", hours=3)


def edition_with(
    older: Sequence[Item], claims: Sequence[Claim], items: Sequence[Item] | None = None, language: str = "en"
) -> Drafted:
    others = [one for one in dam() if one.source != HALE.sources[0].key]
    told_nowhere = item(STONE, "Gulls sleep on every mast of the fleet.", title="Gulls asleep", hours=11)
    order = commission(
        [*(items or [sure(), *others]), *kit(), told_nowhere],
        older=tuple(older),
        claims=tuple(claims),
        language=language,
    )
    return draft(order, say(language))


def counter_of(drafted: Drafted) -> Story:
    return story_about(drafted.edition, "Osero")


def test_an_earlier_counter_view_is_told_with_its_day() -> None:
    """The citation has the older date, the checks pass, and the item counts for nothing but itself."""
    earlier = item(BROOK, NO_WALL, title="Notes from Osero", hours=DAYS)
    plain, drafted = edition_with([], []), edition_with([earlier], [claim(earlier, who=BROOK)])
    story, before = counter_of(drafted), counter_of(plain)
    counter = story.counter
    assert (counter.standing, counter.kind, counter.thinker) == ("person", "conflict", "Ada Brook")
    assert counter.text == f"Ada Brook: on 3 February, “{NO_WALL}”"
    said, against = (drafted.edition.passages()[i] for i in counter.evidence)
    assert (said[0].published, said[0].item) == (earlier.at, earlier.id)
    assert against[1].text == WALL
    verdict = check(drafted.edition)
    assert verdict.faults == ()
    assert not [note for note in verdict.notes if "more items than its signal" in note]
    assert story.signal == before.signal
    assert [p.thinker for p in story.positions] == [p.thinker for p in before.positions]
    assert drafted.edition.card.items_read == plain.edition.card.items_read
    assert drafted.edition.card.items_used == plain.edition.card.items_used + 1


def test_an_earlier_counter_view_is_told_in_russian() -> None:
    """With its day in words."""
    earlier = item(BROOK, NO_WALL, hours=DAYS)
    drafted = edition_with([earlier], [claim(earlier, who=BROOK)], language="ru")
    assert counter_of(drafted).counter.text == f"Ada Brook: 3 февраля — «{NO_WALL}»"
    assert check(drafted.edition).faults == ()


def test_a_changed_view_is_told_of_who_changed_it() -> None:
    """Who holds the position held another."""
    earlier = item(HALE, NO_WALL, hours=DAYS)
    drafted = edition_with([earlier], [claim(earlier)])
    counter = counter_of(drafted).counter
    assert (counter.kind, counter.thinker) == ("changed", "Dora Hale")
    assert check(drafted.edition).faults == ()


def test_an_item_of_the_window_is_not_earlier() -> None:
    """Nor one of a source that is not on the roster."""
    now = sure()
    inside = item(BROOK, NO_WALL, title="Notes from Osero", hours=20, kind=ItemKind.EPISODE)
    drafted = edition_with([], [claim(inside, who=BROOK)], [now, inside, *dam()[1:]])
    assert counter_of(drafted).counter.text != f"Ada Brook: on 4 March, “{NO_WALL}”"
    earlier = item(BROOK, NO_WALL, hours=DAYS)
    order = commission(
        [now, *dam()[1:]],
        older=(earlier,),
        claims=(claim(earlier, who=BROOK),),
        roster=Roster(tuple(who for who in PRESS if who is not BROOK)),
    )
    assert counter_of(draft(order, say())).counter.standing == "none"


def test_claims_are_what_each_voice_asserts() -> None:
    """Both sides of a conflict, the best sentences of each; no question, and not what somebody sells."""
    drafted = draft(commission([*marlin(), *dam()]), say())
    by = {who: [c for c in drafted.claims if c.thinker == who] for who in {c.thinker for c in drafted.claims}}
    assert {BROOK.id, STONE.id, FROST.id, QUAY.id, HALE.id} == set(by)
    texts = {c.text for c in drafted.claims}
    assert {CLAIM, DENIAL} <= texts
    assert not any(text.endswith("?") or "I run a company" in text for text in texts)
    items = {one.id: one for one in (*marlin(), *dam())}
    for one in drafted.claims:
        held = items[one.item]
        assert one.text in f"{held.title}\n{held.text}"
        assert (one.source, one.at) == (held.source, held.at)
        assert one.id == claim_id(one.thinker, one.item, one.text)
        assert all(word.casefold() in f"{held.title} {held.text}".casefold() for word in one.topic.split())


def test_a_topic_that_stands_in_no_word_of_an_item_is_not_told_with_its_claim() -> None:
    """It may come from a source that whoever asks for the claim does not read."""
    one = matter(reading(HALE, WALL), shared=("Secret lenders",))
    assert {c.topic for c in claims_of([one])} == {""}


def test_a_draft_says_how_its_claims_stand_to_earlier_ones() -> None:
    """Said again, and changed."""
    earlier = item(HALE, NO_WALL, hours=DAYS)
    before = claim(earlier)
    drafted = edition_with([earlier], [before])
    told = {c.text: (c.course, c.before) for c in drafted.claims}
    assert told[WALL] == ("changed", before.id)

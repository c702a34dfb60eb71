"""What somebody claimed, said again and changed, over the weeks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.claim import Claim, charted, claim_id, history, newest_first
from tests.fakes.readings import NOON

SAFE = "The open harbour gates are safe for every small boat."
UNSAFE = "The open harbour gates are not safe for every small boat."


def claim(text: str, days: float, thinker: str = "ada", **changes: str) -> Claim:
    """A claim of some days ago, each in an item of its own."""
    item = f"{thinker}{days}"
    at = NOON - timedelta(days=days)
    whole = Claim(claim_id(thinker, item, text), thinker, f"feed:{thinker}", item, "Gates", text, at)
    return replace(whole, **changes)  # type: ignore[arg-type]  # fields of it


def test_an_id_follows_from_the_words_and_where_they_stand() -> None:
    """Sixteen hex digits."""
    assert claim_id("a", "b", "c") == claim_id("a", "b", "c")
    assert (
        len({claim_id("a", "b", "c"), claim_id("ab", "", "c"), claim_id("a", "b", "d"), claim_id("a", "c", "c")}) == 4
    )
    assert len(claim_id("", "", "")) == 16


@pytest.mark.parametrize(
    ("text", "course"),
    [
        (SAFE, "repeated"),
        ("Open harbour gates are safe for all small boats.", "repeated"),
        (UNSAFE, "changed"),
        ("The harbour office counted nine boats on Sunday.", "first"),
        ("The open harbour gates might not be safe for every small boat.", "first"),
    ],
)
def test_a_claim_is_said_first_again_or_otherwise(text: str, course: str) -> None:
    """Against what the same thinker said before; a hedge is no change of view."""
    earlier = claim(SAFE, 20)
    (told,) = charted([claim(text, 1)], [earlier])
    assert told.course == course
    assert told.before == (None if course == "first" else earlier.id)


def test_only_the_same_thinkers_earlier_claims_in_other_items_count() -> None:
    """Not what others said, what is said later, or what the same item says."""
    new = claim(UNSAFE, 5)
    others = [claim(SAFE, 20, "ben"), claim(SAFE, 1), claim(SAFE, 9, item=new.item)]
    assert [one.course for one in charted([new], others)] == ["first"]


def test_the_newest_change_counts_and_a_change_before_a_repetition() -> None:
    """Whoever changed back has changed."""
    safe, unsafe, again = claim(SAFE, 30), claim(UNSAFE, 20), claim(SAFE, 10)
    told = charted([again, unsafe, safe], [])
    assert [(one.course, one.before) for one in told] == [("changed", unsafe.id), ("changed", safe.id), ("first", None)]


def test_newest_first_is_by_time_then_by_id() -> None:
    """So that it is the same everywhere."""
    claims = [claim(SAFE, 2, id="b"), claim(SAFE, 1), claim(SAFE, 2, id="a")]
    assert newest_first(claims) == [claims[1], claims[2], claims[0]]


def test_a_history_tells_each_thing_once_with_what_it_changed() -> None:
    """Newest first; what was only said again stands under its first day."""
    safe, unsafe = claim(SAFE, 30), claim(UNSAFE, 20)
    charted_all = charted([claim(SAFE, 25), unsafe, safe, claim("Gulls sleep on every mast here.", 1, "ben")], [])
    assert [(c.text, b and b.text) for c, b in history(charted_all, "ada")] == [(UNSAFE, SAFE), (SAFE, None)]
    assert history(charted_all, "nobody") == ()


def test_a_history_keeps_what_repeats_something_that_is_forgotten() -> None:
    """Else nothing of it would be told."""
    again = claim(SAFE, 3, course="repeated", before="0" * 16)
    changed = claim(UNSAFE, 2, course="changed", before="1" * 16)
    assert history([again, changed], "ada") == ((changed, None), (again, None))

"""Positions, counter views and questions of a story."""

from bot.domain.argument import Argument, addresses, argue, quotes_of
from bot.domain.item import ItemKind
from bot.domain.reading import Reading
from tests.fakes.readings import reading

CLAIM = "Marlin cut review time by 40 percent in our team of nine engineers."
DENIAL = "Ada Brook is wrong about Marlin: review time went up by 15 percent in the same months."


def argued(*readings: Reading) -> Argument:
    return argue(quotes_of(readings, {}))


def test_a_named_denial_is_a_conflict() -> None:
    """The denied claim is for, the denial against, and both are shown."""
    result = argued(reading("Ada Brook", CLAIM, hours=3), reading("Ben Stone", DENIAL, hours=1))
    assert result.counter is not None
    assert (result.counter.kind, result.counter.said.text, result.counter.against.text) == ("conflict", DENIAL, CLAIM)
    assert [(side.thinker.name, side.stance) for side in result.sides] == [
        ("Ada Brook", "for"),
        ("Ben Stone", "against"),
    ]


def test_nobody_contradicts_what_was_not_said_yet() -> None:
    """A denial older than the claim is no reply to it."""
    result = argued(reading("Ada Brook", CLAIM, hours=1), reading("Ben Stone", DENIAL, hours=3))
    assert result.counter is None
    assert {side.stance for side in result.sides} <= {"for", "adjacent"}


def test_nobody_contradicts_themselves() -> None:
    """Two sentences of one thinker are one voice."""
    result = argued(
        reading("Ada Brook", f"{CLAIM} Review time did not go down for Marlin in our team of nine engineers.")
    )
    assert result.counter is None


def test_an_act_holds_no_position() -> None:
    """A star says nothing about what its stargazer thinks."""
    star = reading("Cleo Frost", "Marlin reads every change before a person does.", kind=ItemKind.STAR)
    assert argued(star).sides == ()


def test_what_they_sell_stands_beside_the_claim() -> None:
    """An interest of their own is part of the position."""
    text = f"{CLAIM} I run a company that sells review tools to banks and hospitals."
    (side,) = argued(reading("Ada Brook", text)).sides
    assert side.sells is not None
    assert "sells review tools" in side.sells.text


def test_a_question_of_the_items_is_found_and_an_idle_one_is_not() -> None:
    """Only a question about the matter is worth leaving open."""
    idle = reading("Ada Brook", f"{CLAIM} Are you ready to try it on your own changes today?")
    asked = reading("Ben Stone", "Who counts the reopened changes when Marlin closes them too early?")
    assert argued(idle).question is None
    found = argued(idle, asked).question
    assert found is not None
    assert found.text.startswith("Who counts")


def test_a_link_a_name_or_quoted_words_address_somebody() -> None:
    """And nothing else does."""
    original = reading("Ada Brook", CLAIM, slug="marlin")
    linked = reading("Ben Stone", "The numbers of last week need a second look now.", links=(original.item.url or "",))
    named = reading("Ben Stone", "The numbers that Brook gave last week need a second look.")
    stranger = reading("Ben Stone", "The numbers of last week need a second look now.")
    assert addresses(quotes_of([linked], {})[0], original)
    assert addresses(quotes_of([named], {})[0], original)
    assert not addresses(quotes_of([stranger], {})[0], original)


def test_somebody_elses_words_are_not_ones_own_claim() -> None:
    """A sentence that is mostly a quotation is not its carrier's position."""
    carried = reading("Ben Stone", f"Ada Brook writes: “{CLAIM}” Marlin deserves a second look from every reviewer.")
    (side,) = argued(carried).sides
    assert side.claim.text.startswith("Marlin deserves")


def test_a_headline_speaks_where_an_item_has_no_sentence() -> None:
    """Titles count as the item's text."""
    quotes = quotes_of([reading("Ada Brook", "", title="Marlin closes nine of ten reviews by itself")], {})
    assert [quote.span.where for quote in quotes] == ["title"]

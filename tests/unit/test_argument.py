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


def test_an_echo_holds_no_position() -> None:
    """Whoever repeats a sentence of somebody else has not said it, and contradicts nobody with it."""
    first = reading("Ada Brook", CLAIM, hours=3)
    echo = reading("Cleo Frost", CLAIM.replace(" by ", "  by "), hours=2)
    assert [side.thinker.name for side in argued(echo, first).sides] == ["Ada Brook"]


def test_who_agrees_in_other_words_is_for_and_who_denies_too_is_against() -> None:
    """A third voice stands where its sentence stands; one that speaks of something else is beside it."""
    result = argued(
        reading("Ada Brook", "Our team of nine engineers saw Marlin cut review time by 40 percent.", hours=9),
        reading("Ben Stone", DENIAL, hours=8),
        reading("Cleo Frost", "We saw Marlin cut review time by 40 percent in our engineers too.", hours=7),
        reading("Dora Hale", "Ada Brook is mistaken about Marlin, and no team of engineers saved any time.", hours=6),
        reading("Eli Gull", "The harbour of Marlin Bay opens again on the first day of May.", hours=5),
    )
    assert {side.thinker.name: side.stance for side in result.sides} == {
        "Ada Brook": "for",
        "Ben Stone": "against",
        "Cleo Frost": "for",
        "Dora Hale": "against",
        "Eli Gull": "adjacent",
    }


def test_at_most_six_positions_and_both_sides_of_the_conflict_among_them() -> None:
    """Whoever is not heard in a position may still be quoted."""
    others = [
        reading(f"Aaron {name}", f"On the {name} pier nobody has seen a ferry with {name} lamps since spring.", hours=n)
        for n, name in enumerate(("northern", "southern", "eastern", "western", "upper", "lower", "inner"))
    ]
    result = argued(*others, reading("Ada Brook", CLAIM, hours=9), reading("Ben Stone", DENIAL, hours=8))
    names = [side.thinker.name for side in result.sides]
    assert len(names) == 6
    assert names[:2] == ["Ada Brook", "Ben Stone"]


def test_a_long_question_is_left_to_its_item() -> None:
    """A card has room for 180 characters."""
    asked = (
        "Who counts the changes " + "that somebody in some team of the harbour reopens " * 3 + "a week after Marlin?"
    )
    assert len(asked) <= 200
    assert argued(reading("Ada Brook", asked)).question is None


def test_who_only_asks_holds_no_position() -> None:
    """A question claims nothing."""
    result = argued(reading("Ada Brook", "Who counts the changes when Marlin closes them too early?"))
    assert result.sides == ()
    assert result.question is not None


def test_the_text_under_an_act_is_not_its_senders() -> None:
    """A release may say that it is one; a star, a push or a repost lends its sender no words."""
    text = "Marlin 2.1 reads every change before a person does. Engineers of nine teams have asked for it."
    found = {
        kind: [q.text for q in quotes_of([reading("Ada Brook", text, kind=kind)], {})]
        for kind in (ItemKind.STAR, ItemKind.PUSH, ItemKind.REPOST, ItemKind.RELEASE)
    }
    assert found.pop(ItemKind.RELEASE) == ["Marlin 2.1 reads every change before a person does."]
    assert set(map(tuple, found.values())) == {()}

"""What a sentence says beyond its passages: numbers, dates, names, quotations, in several languages."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.checks import supported
from bot.domain.checks.figures import count, figures, missing_days, missing_numbers
from bot.domain.checks.names import missing_names, name_keys
from bot.domain.checks.support import shared_words

PASSAGE = (
    "On 3 May the Grauholm yard in Ireland, led by Imke Sand and Otto Vale, sold 1,200 lamps (40 percent more), "
    "the European Union says; a 4-year-old kit, GPT-4o and half of its two crews left on Tuesday. "
    "“Nobody rowed,” Sand said."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "It sold 1200 lamps, 40% more.",
        "It sold one thousand two hundred lamps, forty per cent more.",
        "The kit is four years old.",
        "On May 3 the yard sold lamps.",
        "On Tuesday one of the crews left, two of them sad.",
        "Imke Sand and Otto Vale lead the yard.",
        "Sand’s yard is at Grauholm.",
        "The Irish yard is in the EU.",
        "In Europe the yard is known, and so is GPT-4o.",
        "The yard wrote “Nobody rowed.”",
        "Today everyone at the yard rows.",
        "I am sure that it may march on.",
        "Tidewater Review reports that the yard sold lamps.",
    ],
)
def test_what_the_passage_says_in_other_words_is_supported(sentence: str) -> None:
    """Digits or words, percent or %, demonyms, initials, possessives; the author needs no passage."""
    assert supported(sentence, [PASSAGE], known=["Tidewater Review"]) == []


@pytest.mark.parametrize(
    ("sentence", "lacking"),
    [
        ("It sold 1,300 lamps.", ["1,300"]),
        ("It sold thirteen hundred lamps.", ["thirteen hundred"]),
        ("It sold 41% more.", ["41%"]),
        ("It sold 1,200% more.", ["1,200%"]),
        ("The kit is five years old.", ["five"]),
        ("Eleven years ago it sold lamps.", ["Eleven"]),
        ("Millions of lamps were sold.", ["Millions"]),
        ("On May 4 the yard sold lamps.", ["May 4"]),
        ("In June the yard sold lamps.", ["June"]),
        ("On Wednesday a crew left.", ["Wednesday"]),
        ("The yard at Lowquay sold lamps.", ["Lowquay"]),
        ("Lowquay says the yard sold lamps.", ["Lowquay"]),
        ("Otto Sand leads the yard.", ["Otto Sand"]),
        ("Hilda Vale leads the yard.", ["Hilda Vale"]),
        ("GPT-5x left the yard.", ["GPT", "5x"]),
        ("NAVO says the yard sold lamps.", ["NAVO"]),
        ("The Spanish yard sold lamps.", ["Spanish"]),
        ("The yard wrote “Everybody rowed.”", ["“Everybody rowed.”"]),
        ("Harbour Gazette reports that the yard sold lamps.", ["Gazette"]),
    ],
)
def test_what_the_passage_does_not_say_is_named(sentence: str, lacking: list[str]) -> None:
    """A changed number, date, name or word of a quotation is found, and given as written."""
    found = supported(sentence, [PASSAGE], known=["Tidewater Review"])
    assert found
    assert found[-1] in lacking or set(lacking) & set(found)


def test_a_russian_sentence_is_held_against_russian_passages() -> None:
    """Cyrillic names in other cases, decimal commas, months, numerals and guillemets."""
    passage = "Илья Гринёв сказал 17 февраля, что «Маяк» стоит 3,5 млн рублей и служит двадцать лет."
    assert supported("По словам Ильи Гринёва, «Маяк» с 17 февраля стоит 3,5 млн.", [passage], known=[]) == []
    assert supported("Он служит 20 лет.", [passage], known=[]) == []
    assert supported("Он служит двадцать два года.", [passage], known=[]) == ["двадцать два"]
    assert supported("Это сказал Павел Орлов 18 февраля.", [passage], known=[]) == ["18 февраля", "Павел", "Орлов"]
    assert supported("Он назвал его «Вымпел».", [passage], known=[]) == ["“Вымпел”"]


def test_names_in_another_script_than_their_passages_are_left_alone() -> None:
    """A transliterated name cannot be compared; a number still can."""
    passage = "Imke Sand sold 12 lamps to Gruman."
    assert supported("Имке Санд продала 12 ламп компании «Груман».", [passage], known=[]) == []
    assert supported("Имке Санд продала 13 ламп.", [passage], known=[]) == ["13"]


def test_german_nouns_are_not_names() -> None:
    """Capitals mean nothing there; shapes and names of the edition still do."""
    passage = "Das Boot von Otto Vale kostet 1.200 Euro."
    assert missing_names("Der Preis für das Boot ist hoch.", [passage], language="de") == []
    assert missing_names("Sand sagt, der Preis ist hoch.", [passage], elsewhere={"sand"}, language="de") == ["Sand"]
    assert missing_numbers("Es kostet 1200 Euro.", [passage], ()) == []


def test_a_headline_in_capitals_names_nobody() -> None:
    """Title case and shouting say nothing about names; what other parts name is still known."""
    assert missing_names("Slow Boats Beat Fast Yards Across Quiet Harbours", ["Boats are slow."]) == []
    assert missing_names("BOATS ARE SLOW", ["Boats are slow."]) == []
    assert missing_names("Slow Boats Beat Vale Across Quiet Harbours", ["Slow."], elsewhere={"vale"}) == ["Vale"]
    assert name_keys("Slow Boats Beat NATO Across Quiet Harbours") == {"nato"}
    assert name_keys("Then Otto joined the President of Lowquay") == {"otto", "lowquay"}


def test_a_word_the_edition_writes_small_is_no_name_where_a_sentence_begins() -> None:
    """`Demand drops` is a noun when `demand` stands elsewhere; `Vale drops` is not."""
    assert missing_names("Demand drops again.", ["It fell."], common={"demand"}) == []
    assert missing_names("Demand drops again.", ["It fell."]) == ["Demand"]
    assert missing_names("Critics rarely agree.", ["It fell."]) == []


def test_lists_quotations_and_explanations_tell_a_name_at_the_beginning() -> None:
    """`Otto and Vale`, `Otto: “…”`, `Otto, who …`."""
    for sentence in ("Otto and Vale left.", "Otto: “” it is", "Otto, who rows, left.", "Otto, Vale and Sand left."):
        assert "Otto" in missing_names(sentence, ["Vale and Sand left."])
    assert missing_names("Slowly and Vale left.", ["Vale left."]) == []
    assert missing_names("Economist Vale left.", ["Ada Vale left."]) == []


def test_the_scene_vouches_for_peoples_only() -> None:
    """What the story is about lets a sentence say `Russian`, not a person's name."""
    assert missing_names("The hardship is Bolivian.", ["It is hard."], scene=["Bolivia is poor."]) == []
    assert missing_names("The hardship is Sand.", ["It is hard."], scene=["Sand is poor."]) == ["Sand"]


def test_initials_and_inflections_stand_for_a_name() -> None:
    """`LPC` for Low Pier Company and the other way round; other languages inflect Latin names."""
    assert missing_names("The LPC left.", ["They joined the Low Pier Company."]) == []
    assert missing_names("They joined the Low Pier Company.", ["The LPC left."]) == []
    assert missing_names("Two AIs left.", ["All AI left."]) == []
    assert missing_names("Rozmawia z Valem.", ["Otto Vale wins."], language="pl") == []
    assert missing_names("They met Valeman.", ["Otto Vale wins."]) == ["Valeman"]
    assert missing_names("Give it to the US and us.", ["They told us."]) == ["US"]
    assert missing_names("America left.", ["The U.S. left."], elsewhere={"america"}) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,000", {"1", "1000"}),
        ("1.000.000,5", {"1000000.5"}),
        ("12\u202f000", {"12000"}),
        ("2.5 million", {"2500000"}),
        ("$7bn", {"7", "7000000000"}),
        ("3.1.4", {"3.1.4"}),
        ("12:40", {"12:40"}),
        ("1,2,3", {"1", "2", "3"}),
        ("twenty-five", {"25"}),
        ("one hundred and fifty thousand", {"150000"}),
        ("a million", {"1000000"}),
        ("пять тысяч", {"5000"}),
        ("x86", set()),
        ("10x", {"10"}),
        ("a hundred and then", {"100"}),
    ],
)
def test_numbers_have_values(text: str, values: set[str]) -> None:
    """Separators, magnitudes, words, versions and times."""
    assert figures(text).values == values


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-03", (2026, 3, 3)),
        ("03.03.2026", (2026, 3, 3)),
        ("3 March 2026", (2026, 3, 3)),
        ("March 3rd, 2026", (2026, 3, 3)),
        ("3. März 2026", (2026, 3, 3)),
        ("3 de marzo de 2026", (2026, 3, 3)),
        ("в марте", (None, 3, None)),
        ("in May", (None, 5, None)),
        ("Sept. it was", (None, 9, None)),
    ],
)
def test_days_are_read(text: str, day: tuple[int | None, int, int | None]) -> None:
    """ISO, dotted and written dates of several languages."""
    (found,) = figures(text).days
    assert (found.year, found.month, found.day) == day


@pytest.mark.parametrize("text", ["You may march", "May I?", "Mars is far", "a dec on the map", "March on, he said"])
def test_words_that_look_like_months_are_none(text: str) -> None:
    """`may`, `march` and short forms need a number or a word of time."""
    assert figures(text).days == ()


def test_a_published_day_vouches_for_a_full_date_only() -> None:
    """`on 2 March` may be the day of the item; `in March` or `on Monday` must be in its words."""
    day = [date(2026, 3, 2)]
    assert missing_days("It came on 2 March 2026.", ["It came."], day) == []
    assert missing_days("It came on 2 March 2025.", ["It came."], day) == ["2 March 2025"]
    assert missing_days("It came in March.", ["It came."], day) == ["March"]
    assert missing_days("It came on Monday.", ["It came."], day) == ["Monday"]
    assert missing_days("It came on 2 March 2026.", ["It came on March 2, in 2026 or so."], ()) == []


def test_own_counts_need_the_noun_they_count() -> None:
    """`six items` is ours, `six lamps` is not."""
    own = [count(6, "item")]
    assert missing_numbers("Six items today.", ["Nothing."], own) == []
    assert missing_numbers("Six lamps today.", ["Nothing."], own) == ["Six"]
    assert missing_numbers("Thousands left.", ["5,000 left."], ()) == []
    assert missing_numbers("5 left.", ["Fünf gingen."], ()) == []
    assert missing_numbers("The 2nd left.", ["The second left."], ()) == []


def test_shared_words_are_counted_where_texts_can_be_compared() -> None:
    """Stems in one language; other scripts, other languages and very short texts are not compared."""
    assert shared_words("The keepers were testing lamps", ["A keeper tests one lamp."]) == 3
    assert shared_words("The keepers were testing lamps", ["Nothing of it at all."]) == 0
    assert shared_words("Смотритель проверил лампу вчера", ["A keeper tests one lamp."]) is None
    assert shared_words("Der Wärter prüft die Lampe", ["The keeper is at the lamp and it is on."], "de") is None
    assert shared_words("And then.", ["A keeper tests one lamp."]) is None


@given(st.integers(2, 99_999), st.integers(3, 99_999))
@settings(max_examples=80, deadline=None)
def test_a_number_is_supported_exactly_when_it_is_the_same(one: int, other: int) -> None:
    """With or without thousands separators."""
    passage = f"They counted {one:,} lamps."
    assert (supported(f"They counted {other} lamps.", [passage], known=[]) == []) is (one == other)
    assert supported(f"They counted {one} lamps.", [passage], known=[]) == []


@given(st.text(max_size=120), st.text(max_size=120))
@settings(max_examples=120, deadline=None)
def test_any_text_is_safe_and_supports_itself(sentence: str, other: str) -> None:
    """Nothing raises; a text lacks nothing of itself but what its marks break."""
    supported(sentence, [other], known=[])
    assert [w for w in supported(sentence, [sentence], known=[]) if not w.startswith("“")] == []

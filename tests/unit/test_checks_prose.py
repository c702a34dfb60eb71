"""What a writer may turn round: denials, opposites, units, speakers, certainty; and what an honest one may say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.checks import supported
from bot.domain.checks.certainty import firmer, unhedged
from bot.domain.checks.clauses import clauses
from bot.domain.checks.plain import hidden, plain
from bot.domain.checks.polarity import turned
from bot.domain.checks.speakers import misattributed, swapped
from bot.domain.checks.support import MOST_JUDGED, Support, lacks
from bot.domain.checks.units import changed_units

COUNCIL = "The council approved the new harbour plan before the vote, and fish prices rose by 4 percent in Wexmouth."
YARD = "The yard did not sell its lamps to Grauholm, Vale said. It is not legal to row at night in the harbour."
CREW = "Grauholm sued Wexmouth over the old lamp in March."
HEDGED = "The harbour office may close the Low Pier next spring."
UNITS = "The crossing takes 9 minutes, costs $12 and is 5 percentage points dearer; the lamp weighs 40 kg."


@pytest.mark.parametrize(
    "sentence",
    [
        "The council approved the harbour plan.",
        "The harbour plan was accepted by the council before the vote.",
        "In Wexmouth fish prices went up by 4 percent.",
        "Fish prices in Wexmouth did not fall.",
        "The yard failed to sell its lamps to Grauholm.",
        "Vale said the yard never sold its lamps.",
        "Rowing in the harbour at night is illegal.",
        "Did the council reject the harbour plan?",
        "The plan was not mentioned again.",
        "I do not know what the council will do about fish.",
    ],
)
def test_what_the_passages_say_may_be_said_otherwise(sentence: str) -> None:
    """A denial by another word, an opposite that is denied, a question, our own ignorance: nothing is turned round."""
    assert turned(sentence, [COUNCIL, YARD]) == []


@pytest.mark.parametrize(
    ("sentence", "theirs"),
    [
        ("The council rejected the new harbour plan.", "approved"),
        ("The council did not approve the new harbour plan.", "approve"),
        ("The council approved the new harbour plan after the vote.", "before"),
        ("Fish prices fell by 4 percent in Wexmouth.", "rose"),
        ("The council approved no new harbour plan before the vote, and fish prices rose in Wexmouth.", "the"),
        ("The yard sold its lamps to Grauholm.", "did not sell"),
        ("It is legal to row at night in the harbour.", "not"),
    ],
)
def test_what_is_turned_round_is_found(sentence: str, theirs: str) -> None:
    """A denial more or less, an opposite, another order in time."""
    found = turned(sentence, [COUNCIL, YARD])
    assert [turn.theirs for turn in found] == [theirs]


def test_an_only_or_a_first_may_be_told_as_a_denial() -> None:
    """`No other before` is `the first`; `less` is not more of the same."""
    assert (
        turned("No yard had sold such lamps before Grauholm.", ["Grauholm is the first yard to sell such lamps."]) == []
    )
    assert turned("The kit has no keeper any more.", ["The kit has become keeperless this year."]) == []


def test_a_prefix_turns_a_word_round() -> None:
    """`legal` and `illegal` face each other in the same place."""
    passage = "The office declared night rowing in the harbour legal on Monday."
    assert turned("On Monday the office declared night rowing in the harbour illegal.", [passage])
    assert turned("Night rowing in the harbour was declared legal by the office.", [passage]) == []


def test_nothing_is_denied_out_of_nothing() -> None:
    """Where the passages hold no negative word at all, a denial in other words has no ground."""
    passage = "Imke Sand polishes the big lamp every Friday with her sister."
    assert turned("Sand does not care for the lamp.", [passage])[0].theirs == ""
    assert turned("Sand cares for the lamp.", [passage]) == []


@pytest.mark.parametrize(
    ("true", "twisted", "passage"),
    [
        ("Гринёв продал маяк компании.", "Гринёв не продал маяк компании.", "Гринёв продал маяк компании «Вымпел»."),
        (
            "Das Boot wurde im Hafen verkauft.",
            "Das Boot wurde im Hafen nicht verkauft.",
            "Das Boot wurde im Hafen verkauft.",
        ),
        ("Совет одобрил новый план порта.", "Совет отверг новый план порта.", "Совет одобрил новый план порта."),
    ],
)
def test_russian_and_german_denials_are_read(true: str, twisted: str, passage: str) -> None:
    """Their negators and the commonest opposites."""
    assert turned(true, [passage]) == []
    assert turned(twisted, [passage])


def test_a_sentence_in_another_language_than_its_passages_is_not_judged_for_it() -> None:
    """Polarity is silent there, numbers and Latin names are not."""
    assert turned("Совет не одобрил план порта.", [COUNCIL]) == []
    assert supported("Совет одобрил план, и цены выросли на 4 процента.", [COUNCIL], known=[]) == []
    assert supported("Цены выросли на 5 процентов, говорит Otto Vale.", [COUNCIL], known=[]) == [
        "5 процентов",
        "Otto",
        "Vale",
    ]


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("It takes 9 minutes.", None),
        ("It takes nine minutes and weighs 40 kilograms.", None),
        ("It is 5 percentage points dearer.", None),
        ("It costs 12 dollars.", None),
        ("It takes 9 hours.", "9 hours"),
        ("It takes nine hours.", "nine hours"),
        ("It is 5 percent dearer.", "5 percent per cent"),
        ("It costs €12.", "12 euros"),
        ("It weighs 40 tons.", "40 tons"),
        ("It has 9 rowers.", None),
    ],
)
def test_a_number_keeps_its_unit(sentence: str, fault: str | None) -> None:
    """Minutes, hours, money, per cent and points; what is no unit is not judged."""
    assert [written for written, _ in changed_units(sentence, [UNITS])] == ([fault] if fault else [])


def test_two_names_do_not_change_places() -> None:
    """Who sued whom; a passive sentence and a mutual verb turn nothing round."""
    found = swapped("Wexmouth sued Grauholm over the lamp.", [CREW])
    assert found is not None
    assert found.theirs == "Grauholm sued Wexmouth"
    assert swapped("Grauholm sued Wexmouth.", [CREW]) is None
    assert swapped("Wexmouth was sued by Grauholm.", [CREW]) is None
    assert swapped("Wexmouth met Grauholm.", ["Grauholm met Wexmouth on Monday."]) is None


def test_only_who_speaks_in_the_passages_or_wrote_them_says_something() -> None:
    """A name the passage only mentions is no speaker; an author is."""
    passage = "Otto Vale said the European lamp is the bigger threat to Imke Sand."
    found = misattributed("Imke Sand says the European lamp is the bigger threat.", [passage], ["Tidewater Review"])
    assert found is not None
    assert (found.name, found.theirs) == ("Imke Sand", "Otto Vale")
    assert misattributed("Vale says the lamp is a threat.", [passage], ["Tidewater Review"]) is None
    assert misattributed("Imke Sand says the lamp is a threat.", [passage], ["Imke Sand"]) is None
    assert misattributed("Imke Sand says so.", [passage + " She said so, too."], []) is None


@pytest.mark.parametrize(
    ("title", "passage"),
    [
        ("Office closes the Low Pier", HEDGED),
        ("Harbour office will close the Low Pier", HEDGED),
        ("Low Pier study proves magnets drift", "A Low Pier study suggests that magnets drift."),
        ("All crews left Grauholm", "Some crews left Grauholm."),
        ("Alarm system failed at Grauholm pier", "The alarm system reportedly failed at the Grauholm pier."),
    ],
)
def test_a_title_is_never_stronger_than_its_passage(title: str, passage: str) -> None:
    """A hedge taken away, a certainty added."""
    assert firmer(title, [passage]) or unhedged(title, [passage])


@pytest.mark.parametrize(
    ("title", "passage"),
    [
        ("Office may close the Low Pier", HEDGED),
        ("Will the office close the Low Pier?", HEDGED),
        ("Office considers closing the Low Pier", HEDGED),
        ("Low Pier is to close", HEDGED),
        ("Lamps above all left the yard", "The yard lost most of its lamps."),
        ("Nobody rows at night", "People do not row at night."),
    ],
)
def test_a_title_may_hedge_in_its_own_way(title: str, passage: str) -> None:
    """Another hedge, a question, an intention; an idiom claims nothing."""
    assert firmer(title, [passage]) is None
    assert unhedged(title, [passage]) is None


def test_a_sentence_that_drops_a_hedge_is_told_which() -> None:
    """Body sentences that take over a passage keep its `may`."""
    support = Support((HEDGED,))
    (lack,) = lacks("The harbour office closes the Low Pier next spring.", support)
    assert (lack.rule, "may" in lack.text) == ("certainty", True)
    assert lacks("The harbour office may close the Low Pier.", support) == []


def test_the_passages_of_the_author_a_sentence_names_are_laid_beside_it() -> None:
    """Who reports both sides of a conflict cites both."""
    support = Support(
        ("Magnets do the work of 14 gears in the clock.", "Magnets do not do the work of gears in a clock."),
        ("Ada Quill", "Orrin Vale"),
        by=("Ada Quill", "Orrin Vale"),
    )
    assert lacks("Vale answers that magnets do not do the work of gears in the clock.", support) == []


def test_every_fault_says_what_to_do() -> None:
    """A model that reads only the fault knows what the passages hold."""
    support = Support((UNITS, COUNCIL))
    told = [lack.text for lack in lacks("It takes 47 hours on 2 May, says Lowquay.", support)]
    assert told[0] == "the passages do not say 47; they say 9, 12, 5 percentage, 40"
    assert told[1] == "the passages do not say 2 May; they hold no date"
    assert told[2].startswith("Lowquay stands in no cited passage")
    assert lacks("The council rejected the new harbour plan.", support)[0].text == (
        "the passages say “approved” where the sentence says “rejected”"
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Orrin V\u0430le", "Orrin Vale"),
        ("\uff14\uff17 lamps", "47 lamps"),
        ("\u0664\u0667", "47"),
        ("Va\u200ble \u202egears", "Vale gears"),
        ("\u216b lamps, \u00bd a crew, note\u00b2", "XII lamps,  1/2 a crew, note "),
        ("\U0001d7d2\U0001d7d5", "47"),
        ("half\udc80 a letter", "half a letter"),
        ("М\u0430як и Mосква", "Маяк и Москва"),
        ("C\u043e\u0440\u0435nhagen", "Copenhagen"),
        ("Straße, naïve, 灯塔", "Straße, naïve, 灯塔"),
    ],
)
def test_a_text_is_read_as_it_looks(written: str, read: str) -> None:
    """Look-alikes, other digits, invisible characters, halves of characters."""
    assert plain(written) == read


def test_disguised_numbers_and_names_do_not_pass() -> None:
    """Another script's letters vouch for nothing."""
    passage = "Otto Vale sold 40 lamps in World War II, version v6, in the '90s."
    assert supported("Otto S\u0430nd sold 40 lamps.", [passage], known=[])
    assert supported("Otto V\u0430le sold \uff14\uff17 lamps.", [passage], known=[]) == ["47"]
    assert supported("Otto Vale sold forty-seven lamps.", [passage], known=[]) == ["forty-seven"]
    assert supported("Otto Vale sold XLVII lamps.", [passage], known=[]) == ["XLVII"]
    assert supported("Version 6 of World War 2 lamps was sold in the 1990s.", [passage], known=[]) == []


def test_what_hides_in_a_text_is_named() -> None:
    """Turned writing, tags, control characters, words of two alphabets."""
    assert hidden("plain words, naïve “marks” and 灯塔 👩‍🚀") is None
    assert hidden("words \u202eturned") == "an invisible character"
    assert hidden("V\u0430le") == "a word of two alphabets (“V\u0430le”)"


def test_numbers_may_be_said_in_another_measure() -> None:
    """Decades, quarters, lists counted in words, days of a stretch."""
    for sentence, passage in (
        ("Four decades ago it sank.", "It sank 40 years ago."),
        ("Nearly three quarters of the crew left.", "73% of the crew left."),
        ("A crew of 25 percent stayed.", "A quarter of the crew stayed."),
        ("Three yards build lamps.", "Lamps are built by Grauholm, Wexmouth and Lowquay."),
        ("From 4 to 8 September they row.", "They row from September 4 to 8."),
        ("They row from September 4 to 8.", "They row 4 – 8 September."),
    ):
        assert [w for w in supported(sentence, [passage], known=[]) if w[0].isdigit() or w[0].isupper()] == []
    assert supported("Five decades ago it sank.", ["It sank 40 years ago."], known=[]) == ["Five"]


def test_a_sentence_without_end_is_refused_at_once() -> None:
    """Nothing is judged in it."""
    (lack,) = lacks("not may Otto Vale 1,2 “a” " * 400, Support((COUNCIL,)))
    assert (lack.rule, str(26 * 400) in lack.text) == ("length", True)
    assert MOST_JUDGED < 26 * 400


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_judged_without_falling_over(text: str) -> None:
    """Surrogates, marks, other scripts: there is always an answer, and what is taken over word for word stands."""
    lacks(text, Support((COUNCIL, text)))
    read = clauses(plain(text))
    assert read is None or read.tongue in {"en", "ru", "de"}
    assert plain(plain(text)) == plain(text)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([COUNCIL, YARD, CREW, HEDGED, UNITS]), st.sampled_from([COUNCIL, YARD, CREW, HEDGED, UNITS]))
def test_an_original_sentence_is_never_refused(sentence: str, neighbour: str) -> None:
    """Whatever else is cited beside it."""
    assert lacks(sentence, Support((neighbour, sentence))) == []


def test_many_names_do_not_make_a_sentence_a_headline() -> None:
    """Small words in between are those of a sentence: its capitals are names."""
    passage = "Mike and I met in San Vale, Lowquay, years ago."
    twin = "Mike and I came to know each other in Soundings Harbour Magazine, Lowquay, some years ago."
    assert supported(twin, [passage], known=[]) == ["Soundings", "Harbour", "Magazine"]


def test_titles_are_told_apart_from_what_their_passage_asserts_elsewhere() -> None:
    """What is open in one place and certain in another may be said; a dropped `some` may not."""
    both = [HEDGED, "The harbour office will close the Low Pier, it says today."]
    assert firmer("Harbour office will close the Low Pier", both) is None
    assert (
        unhedged(
            "The office shuts the Low Pier for good",
            ["The office might shut the Low Pier.", "The office shuts the Low Pier today."],
        )
        is None
    )
    assert unhedged("Grauholm crews left the yard early", ["Some Grauholm crews left the yard early."])
    assert firmer("Grauholm built the best lamp of all yards", ["Grauholm built a good lamp of the best yards."])
    assert unhedged("«Маяк», возможно, закроют", ["«Маяк», возможно, закроют в мае."]) is None

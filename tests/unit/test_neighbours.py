"""Near-duplicates."""

from bot.domain.item import ItemKind
from bot.domain.neighbours import Repetition, origins, repetitions
from bot.domain.reading import Reading
from tests.unit.story_samples import dam, noise, reading

TEXT = (
    "The council of Osero met for nine hours to settle who owns the northern well, and settled nothing. Farmers from "
    "three valleys brought maps, a notary brought a stamp, and the mayor brought soup. By midnight the maps were wet."
)
CHAIN = (("alpha", ""), ("beta", " So it went."), ("gamma", " So it went. Again."))
QUOTED = "the notary alone had known of the empty well and that there was no more to it than that"
SMALL = f"Of all who were there, {QUOTED}. Nobody asked him, since stamps are dull and soup was hot."
OTHER = "Kites rise higher over cold ground because warm pockets there are rare and the wind keeps its temper all day."


def only(*readings: Reading) -> Repetition:
    [found] = repetitions(readings)
    return found


def test_a_copy_is_linked_to_the_earlier_item() -> None:
    """Also with a wrapper around it."""
    first, copy = reading("alpha", "", TEXT, hours=5), reading("beta", "", f"RT @alpha: {TEXT}", hours=1)
    found = only(copy, first)
    assert (found.item, found.original, found.relation, found.adds) == (copy.item.id, first.item.id, "copy", False)


def test_the_same_words_are_a_copy_without_comparing() -> None:
    """Identical texts at two addresses."""
    found = only(reading("alpha", "", TEXT, hours=5), reading("beta", "", TEXT, hours=4))
    assert found.relation == "copy"
    assert found.share == 1.0


def test_edited_words_leave_a_copy() -> None:
    """One word in ten."""
    edited = TEXT.replace("nine", "ten").replace("mayor", "clerk").replace("wet", "gone")
    assert only(reading("alpha", "", TEXT, hours=5), reading("beta", "", edited)).relation == "copy"


def test_a_short_beginning_is_a_truncation() -> None:
    """Nothing is added."""
    found = only(reading("alpha", "", TEXT, hours=5), reading("beta", "", TEXT[:100]))
    assert found.relation == "truncation"
    assert not found.adds


def test_a_quotation_adds_something() -> None:
    """It is linked, and stays an item of its own origin."""
    first, quoting = (
        reading("alpha", "", TEXT, hours=5),
        reading("beta", "", f"{OTHER} {OTHER[::-1]} “{TEXT[100:190]}”"),
    )
    found = only(first, quoting)
    assert (found.relation, found.adds) == ("quote", True)
    assert origins([first, quoting], [found])[quoting.item.id] == quoting.item.id


def test_a_repost_is_called_one_and_never_the_original() -> None:
    """Even if it is dated earlier."""
    repost = reading("beta", "", TEXT, hours=9, kind=ItemKind.REPOST)
    found = only(repost, reading("alpha", "", TEXT, hours=5))
    assert (found.item, found.relation) == (repost.item.id, "repost")


def test_different_items_are_not_linked() -> None:
    """Not even about one event."""
    assert repetitions([*dam(), *noise()]) == []


def test_other_figures_in_a_headline_make_another_item() -> None:
    """Version 2 is not version 3."""
    assert (
        repetitions(
            [reading("alpha", "Pump 2 released", TEXT), reading("beta", "Pump 3 released", TEXT + " More soup.")]
        )
        == []
    )


def test_a_post_without_a_headline_does_not_join_two_versions() -> None:
    """It repeats version 2; version 3, in nearly the same words, is linked to neither."""
    second = reading("alpha", "Pump 2 released", TEXT, hours=9)
    post = reading("beta", "", f"Pump 2 released. {TEXT}", hours=5)
    third = reading("alpha", "Pump 3 released", TEXT, hours=1)
    assert [(r.item, r.original) for r in repetitions([second, post, third])] == [(post.item.id, second.item.id)]


def test_a_repetition_of_a_repetition_leads_to_the_first() -> None:
    """However long the chain."""
    chain = [reading(who, "", TEXT + tail, hours=9 - n) for n, (who, tail) in enumerate(CHAIN)]
    assert {r.original for r in repetitions(chain)} == {chain[0].item.id}


def test_words_in_quotation_marks_are_a_quotation_however_few_of_them_carry_meaning() -> None:
    """Of a quotation of many small words hardly a run of stems is left; without the marks it is not one."""
    first = reading("alpha", "", SMALL, hours=5)
    marked = reading("beta", "", f"{OTHER} “{QUOTED}”")
    assert only(first, marked).relation == "quote"
    assert repetitions([first, reading("beta", "", f"{OTHER} {QUOTED}")]) == []


def test_a_phrase_in_quotation_marks_is_no_quotation() -> None:
    """Four words are a saying."""
    first = reading("alpha", "", SMALL, hours=5)
    assert repetitions([first, reading("beta", "", f"{OTHER} “no more to it”")]) == []


def test_a_sources_furniture_binds_nothing() -> None:
    """A paragraph under every post of a blog is no repetition."""
    foot = " Thank you for reading the letter of the northern well, written by hand each week in Osero."
    bodies = [OTHER, TEXT[:90], "Plums ripen late where the river bends and the stones stay warm at night."]
    assert repetitions([reading("alpha", "", body + foot, hours=n + 1) for n, body in enumerate(bodies)]) == []


def test_bare_links_to_one_page_echo_it() -> None:
    """Posts with hardly a word of their own share the origin of what they link to."""
    page = reading("alpha", "A long piece", TEXT, url="https://alpha.example/piece", hours=9)
    notes = [reading(who, "", "Worth a look", links=("https://alpha.example/piece",)) for who in ("beta", "gamma")]
    stray = [reading(who, "", f"{who} likes it", links=("https://else.example/p",)) for who in ("delta", "epsilon")]
    origin = origins([page, *notes, *stray], [])
    assert {origin[n.item.id] for n in notes} == {page.item.id}
    assert len({origin[s.item.id] for s in stray}) == 1


def test_nothing_has_no_neighbours() -> None:
    """Also texts without words."""
    assert repetitions([]) == []
    assert repetitions([reading("alpha", "", "…"), reading("beta", "", "!", hours=3)]) == []

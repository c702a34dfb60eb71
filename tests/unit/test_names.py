"""Names without a model."""

from bot.domain.text.names import names
from bot.domain.text.sentences import sentences


def found(title: str, text: str, **more: list[str]) -> set[str]:
    return set(names(title, text, sentences(text), address_names=more.get("links", [])))


def test_names_stand_inside_sentences() -> None:
    """A capital at the start of a sentence is no evidence, one inside it is."""
    assert found("", "Rain fell on Lake Osero when Mira Talbot spoke.") == {"lake osero", "mira talbot"}


def test_a_capital_elsewhere_makes_a_first_word_a_name() -> None:
    """The same text writes the word with a capital where it had no need to."""
    assert "osero" in found("", "Osero is dry. People of Osero left.")


def test_titles_and_offices_are_no_part_of_a_name() -> None:
    """The person is, the office is not."""
    assert "mira talbot" in found("", "They met Foreign Minister Mira Talbot there.")


def test_shapes_are_names_wherever_they_stand() -> None:
    """Camel case, acronyms and versions; a version also gives the product without it."""
    assert {"gridkit", "nork", "tarn 4.6", "tarn"} <= found("", "GridKit is out. NORK agreed. We tried Tarn 4.6 today.")


def test_a_headline_in_title_case_tells_nothing_by_itself() -> None:
    """Only what the text confirms is a name."""
    assert found("Mira Talbot Opens Grand Harbour", "The opening pleased Mira Talbot.") == {"mira talbot"}
    assert found("Rain on Osero again today", "") == {"osero"}


def test_days_months_and_everyday_capitals_are_no_names() -> None:
    """Nor are the pronoun and the furniture of change logs."""
    assert found("", "On Monday I said that in March the AI team met, and I’m glad. See Bug Fixes.") == set()


def test_handles_repositories_and_links_are_names() -> None:
    """`and/or` is no repository, an address in the text gives no names."""
    assert found("", "ask @mira_t about water/flow-kit and/or see https://X.example/Talbot", links=["Osero/pump"]) == {
        "@mira_t",
        "water/flow-kit",
        "osero/pump",
    }

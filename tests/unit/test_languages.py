"""Languages by their tags and by their names."""

import pytest

from bot.domain.languages import english_name, language_named, reading_language


@pytest.mark.parametrize(
    ("tag", "language", "name"),
    [
        ("de", "de", "German"),
        ("de-AT", "de", "German"),
        ("pt_BR", "pt", "Portuguese"),
        ("nb", "no", "Norwegian"),
        ("zh-CN", "zh", "Chinese"),
        ("zh-TW", "zh-Hant", "Traditional Chinese"),
    ],
)
def test_an_interface_has_a_language_to_read_in(tag: str, language: str, name: str) -> None:
    """Which countries write alike reads alike; its name leads back to it."""
    assert reading_language(tag) == language
    assert english_name(language) == name
    assert language_named(name.upper()) == language


def test_what_is_in_no_table_is_no_language_to_read_in() -> None:
    """To a model, its tag is said in words."""
    assert (reading_language("tlh"), language_named("Klingon")) == (None, None)
    assert english_name("tlh") == "the language whose tag is tlh"
    assert english_name("pt-BR") == "Portuguese (pt-BR)"

"""Tokens and stems."""

from bot.domain.text.words import folded, is_stopped, language, stems, tokens


def test_tokens_are_words_and_numbers_without_addresses() -> None:
    """Possessives lose their ending, versions stay whole, links are no words."""
    assert tokens("Mara’s v1.2 cost 3.50 at https://a.example/x") == ["mara", "v1", "2", "cost", "3.50", "at"]


def test_text_without_spaces_gives_character_pairs() -> None:
    """Two neighbours are the nearest thing to a word there."""
    assert tokens("今天好") == ["今天", "天好"]


def test_language_is_guessed_from_script_and_stop_words() -> None:
    """Russian by its letters, others by their small words, English when unsure."""
    assert language(tokens("Это новый закон о воде")) == "ru"
    assert language(tokens("Der Rat hat das nicht mit uns besprochen")) == "de"
    assert language(tokens("gizmo widget")) == "en"


def test_forms_of_a_word_share_a_stem() -> None:
    """In English and in Russian."""
    assert stems("She argues") == stems("they argued")
    assert stems("новые модели") == stems("новая модель")


def test_accents_do_not_part_a_name() -> None:
    """`José` and `Jose` are one; Cyrillic letters keep theirs."""
    assert folded("josé") == "jose"
    assert folded("чай") == "чай"


def test_stop_words_of_any_language_are_known() -> None:
    """Also those of the trade."""
    assert is_stopped("the")
    assert is_stopped("под")
    assert is_stopped("https")
    assert not is_stopped("water")

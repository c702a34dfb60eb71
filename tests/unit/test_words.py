"""Tokens and stems."""

import sys
import threading

from bot.domain.text.words import _stem, folded, is_stopped, language, stems, tokens


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


def test_threads_do_not_spoil_each_others_words() -> None:
    """A stemmer keeps the word it is at: checks that run side by side in threads each have their own."""
    words = [f"{stem}{ending}" for stem in ("harbour", "organis", "relat") for ending in ("ings", "ation", "ational")]
    alone = [stems(f"{word} of the unstemmed") for word in words]
    wrong: list[str] = []

    def run() -> None:
        for _ in range(40):
            _stem.cache_clear()
            wrong.extend(w for w, each in zip(words, alone, strict=True) if stems(f"{w} of the unstemmed") != each)

    threads = [threading.Thread(target=run) for _ in range(4)]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    assert wrong == []

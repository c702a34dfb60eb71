"""People's names stand in their own letters."""

import pytest

from bot.domain.prose.as_written import bent_name

PEOPLE = ("Viktor Orban", "Ben Stone", "Donald Trump", "Jack Clark", "Вера Мол")


@pytest.mark.parametrize(
    "text",
    [
        "По словам Орбана, договор готов.",
        "Говорят, Орбан согласен.",
        "Вчера Стоун возразил.",
        "Это решил Трамп.",
        "С ним говорил Кларк.",
        "Слова Orban’а не новы.",
        "Слова Orban-а не новы.",
        "Слова Orbanа не новы.",
    ],
)
def test_a_name_in_other_letters_is_found(text: str) -> None:
    """Spelled anew, or with an ending."""
    assert bent_name(text, PEOPLE)


@pytest.mark.parametrize(
    "text",
    [
        "По словам Viktor Orban, договор готов.",
        "Это сказала Вера Мол.",
        "Россия и Иран ведут переговоры в Женеве.",
        "Стена у моря стоит.",
        "Модель GPT-4 и AI-чат уже работают.",
        "Orban says so.",
        "Договор с Венгрией готов.",
    ],
)
def test_other_words_are_left_alone(text: str) -> None:
    """Places, words of the language, names as they are written."""
    assert bent_name(text, PEOPLE) is None

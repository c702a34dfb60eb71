"""A typed word counts as the whole message, however it is typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.locale.catalogue import FluentCatalogue
from bot.domain.conversation.incoming import MOST_CHARACTERS, clean, language_of
from bot.domain.conversation.words import Command, join, parse

CATALOGUE = FluentCatalogue()
ENGLISH = CATALOGUE.speak("en").words()
RUSSIAN = CATALOGUE.speak("ru").words()
ALL = join([ENGLISH, RUSSIAN])


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("sources 2", Command("sources", 2)),
        ("quote 3", Command("quote", 3)),
        ("counter 2", Command("counter", 2)),
        ("counter view 2", Command("counter", 2)),
        ("deeper 1", Command("deeper", 1)),
        ("crux 2", Command("crux", 2)),
        ("chapter 4", Command("chapter", 4)),
        ("chapter 12:40", Command("chapter", at=760.0)),
        ("chapter 1:02:03", Command("chapter", at=3723.0)),
        ("why 2", Command("why", 2)),
        ("who is Orla Venn", Command("who", argument="Orla Venn")),
        ("Who’s Jean-Luc O’Hara?", Command("who", argument="Jean Luc O'Hara")),
        ("audio", Command("audio")),
        ("transcript", Command("transcript")),
        ("in German", Command("translate", argument="de")),
        ("translate to french", Command("translate", argument="fr")),
        ("list", Command("list")),
        ("help", Command("help")),
        ("sources", Command("sources")),
        ("источники 2", Command("sources", 2)),
        ("цитата 3", Command("quote", 3)),
        ("возражение 1", Command("counter", 1)),
        ("подробнее 1", Command("deeper", 1)),
        ("вопрос 2", Command("crux", 2)),
        ("глава 12:40", Command("chapter", at=760.0)),
        ("почему 2", Command("why", 2)),
        ("кто такая Орла Венн?", Command("who", argument="Орла Венн")),
        ("аудио", Command("audio")),
        ("расшифровка", Command("transcript")),
        ("на немецком", Command("translate", argument="de")),
        ("по-немецки", Command("translate", argument="de")),
        ("по-немецки 2", Command("translate", 2, argument="de")),
        ("in German story 2", Command("translate", 2, argument="de")),
        ("in danish", Command("translate", argument="da")),
        ("in traditional Chinese", Command("translate", argument="zh-Hant")),
        ("in my language", Command("translate")),
        ("на моем языке 3", Command("translate", 3)),
        ("список", Command("list")),
        ("помощь", Command("help")),
    ],
)
def test_each_command_has_its_words(text: str, command: Command) -> None:
    """The words of DESIGN, in English and Russian."""
    assert parse(text, ALL) == command


@pytest.mark.parametrize(
    "text",
    [
        "Sources 2",
        "SOURCES 2!",
        "/sources 2",
        "  sources   2  ",
        "sources #2",
        "sources for 2",
        "sources for story 2",
        "sources of story no. 2",
        "sources №2",
        "`sources 2`",
        "“sources 2”",
        "sources 2 please",
        "sources: 2",
        "sources, 2?",
        "sources\n2",
        "sources\u200b 2",
        "ｓｏｕｒｃｅｓ ２",
        "sources ٢",
        "sources २",
        "*sources 2*",
        "sources 02",
    ],
)
def test_typing_is_forgiven(text: str) -> None:
    """Case, punctuation, blanks, a slash, small words, invisible characters, other digits."""
    assert parse(text, ENGLISH) == Command("sources", 2)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "?",
        "2",
        "my sources 2",
        "sources 2 and 3",
        "sources 2 😀",
        "sources for",
        "sources two people gave me",
        "help me",
        "help!! my cat",
        "the list is long",
        "list of things to buy",
        "why not",
        "why 2 people",
        "counter argument",
        "who is",
        "who is the man who sold the boat to my uncle",
        "in Paris",
        "in german please do it now",
        "chapter 12:75",
        "sources 12345",
        "sources -2 + 3",
        "источники у меня свои",
        "почему бы и нет",
        "a" * 200 + " sources 2",
    ],
)
def test_anything_more_than_the_command_is_a_sentence(text: str) -> None:
    """A typed word that is part of a message is no typed word."""
    assert parse(text, ENGLISH if text.isascii() else ALL) is None


def test_english_words_work_in_every_interface() -> None:
    """A Russian interface understands both."""
    assert parse("deeper 1", RUSSIAN) == Command("deeper", 1)
    assert parse("подробнее 1", ENGLISH) is None


@settings(max_examples=300)
@given(st.text(max_size=150))
def test_no_text_breaks_the_parser(text: str) -> None:
    """Any Unicode gives a command or None."""
    command = parse(text, ALL)
    assert command is None or command.number is None or 0 <= command.number <= 9999


@settings(max_examples=100)
@given(
    st.sampled_from(["sources", "quote", "counter", "crux", "deeper", "why"]),
    st.integers(min_value=0, max_value=9999),
    st.sampled_from(["{} {}", "/{} {}", "  {}\t#{} ", "{} story {}!", "«{} {}»"]),
)
def test_a_number_survives_any_way_of_typing(kind: str, number: int, shape: str) -> None:
    """The number that was typed is the number that is meant."""
    assert parse(shape.format(kind, number), ENGLISH) == Command(kind, number)  # type: ignore[arg-type]


@settings(max_examples=100)
@given(st.text(max_size=4000))
def test_text_from_people_is_cleaned(text: str) -> None:
    """Nothing invisible is left but line breaks, and never more than 2,000 characters."""
    cleaned = clean(text)
    assert len(cleaned) <= MOST_CHARACTERS
    assert all(c == "\n" or c.isprintable() or c.isspace() for c in cleaned)
    assert clean(cleaned) == cleaned


def test_cleaning_keeps_words_and_drops_what_hides() -> None:
    """Zero-width characters, bidi overrides and escapes go; words and line breaks stay."""
    assert clean(" who\u200b is\u202e\x1b Tom\r\nnow\t? ") == "who is Tom\nnow ?"


def test_a_question_in_russian_is_answered_in_russian() -> None:
    """The question decides over the interface, where it is surely Russian."""
    languages = ("en", "ru")
    assert language_of("Кто такой Венн?", "en", languages) == "ru"
    assert language_of("Хто це такі?", "en", languages) == "en"
    assert language_of("sources 2", "ru", languages) == "ru"
    assert language_of("2?", "en", languages) == "en"
    assert language_of("Кто?", "en", ("en",)) == "en"

"""People who talk to each other are left alone; who asks is answered."""

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.locale.catalogue import FluentCatalogue
from bot.domain.conversation.manners import Policy, should_answer
from bot.domain.conversation.matter import NOTHING, in_latin, is_cyrillic, matter_of, named
from bot.domain.conversation.words import join
from tests.fakes.talk import sample, typed

RECORDINGS = Path(__file__).parents[1] / "recordings"
CATALOGUE = FluentCatalogue()
WORDS = join(CATALOGUE.speak(language).words() for language in CATALOGUE.languages)
POLICIES: tuple[Policy, ...] = ("mentions", "questions", "all")
MATTER = matter_of(sample())


def lines(name: str) -> list[str]:
    text = (RECORDINGS / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def answered(text: str, policy: Policy = "questions", **facts: bool) -> bool:
    return should_answer(typed(text, **facts), policy, WORDS, MATTER)


def test_people_who_talk_to_each_other_are_left_alone() -> None:
    """Of more than 500 messages between people, at most one in a hundred draws an answer."""
    messages = lines("human_messages.txt")
    drawn = [message for message in messages if answered(message)]
    assert len(messages) >= 500
    assert sum(is_cyrillic(message) for message in messages) >= 100
    assert len(drawn) <= len(messages) // 100, drawn


def test_questions_about_the_edition_are_answered() -> None:
    """Of some 80 questions addressed to nobody but about the stories, at least nine in ten are taken."""
    messages = lines("edition_questions_asked.txt")
    missed = [message for message in messages if not answered(message)]
    assert len(messages) >= 80
    assert len(missed) <= len(messages) // 10, missed


@pytest.mark.parametrize("policy", POLICIES)
def test_who_calls_us_is_answered_whatever_the_policy(policy: Policy) -> None:
    """A mention, a reply to us, a press, and a typed word."""
    assert answered("nice weather", policy, mentions_us=True)
    assert answered("nice weather", policy, replies_to_us=True)
    assert answered("", policy, mentions_us=True)
    assert answered("sources 2", policy, pressed=True)
    assert answered("", policy, pressed=True)
    assert answered("sources 2", policy)
    assert answered("список", policy)


@pytest.mark.parametrize("policy", POLICIES)
def test_bots_and_silence_are_never_answered(policy: Policy) -> None:
    """Two bots would talk for ever."""
    assert not answered("sources 2", policy, from_bot=True)
    assert not answered("", policy, from_bot=True, mentions_us=True)
    assert not answered("   ", policy)


def test_the_policies_differ_in_what_nobody_addressed() -> None:
    """`mentions` waits to be called, `questions` hears questions, `all` speaks each time."""
    question, remark = "What does Ilka Morrow say about the Petrel?", "I like boats"
    assert [answered(question, p) for p in POLICIES] == [False, True, True]
    assert [answered(remark, p) for p in POLICIES] == [False, False, True]


@pytest.mark.parametrize("policy", ["questions", "all"])
def test_a_message_to_another_person_is_theirs(policy: Policy) -> None:
    """Also when it asks about the edition."""
    assert not answered("What does Ilka Morrow say about the Petrel?", policy, mentions_others=True)
    assert not answered("help", policy, mentions_others=True)
    assert answered("sources 2", policy, mentions_others=True)


@pytest.mark.parametrize(
    "text",
    [
        "Tom, what does Ilka Morrow say about the Petrel?",
        "What does Ilka Morrow say about the Petrel, Tom?",
        "@tom what does Ilka Morrow say about the Petrel?",
        "What do you think about the Petrel?",
        "Ilka Morrow calls the Petrel a success, right?",
        "the Petrel is safe, isn't it?",
        "why does my Petrel model not float?",
        "Who told us about the Petrel?",
        "who cares about the Petrel?",
        "the Petrel???",
        "Petrel " * 61 + "?",
    ],
)
def test_what_only_looks_like_a_question_to_us_is_not_answered(text: str) -> None:
    """A name before or after a comma, `you`, a hung-on question, rhetoric, one word, a letter."""
    assert not answered(text)


@pytest.mark.parametrize(
    "text",
    [
        "bot, what does Morrow say?",
        "Counterpoint: who pays for Quill?",
        "Larkspur, what did they do?",
        "Has the US signed Commons-2 with Quill?",
        "What does the licence say, old or new, about Quill?",
        "So, what does Dario Feld say?",
    ],
)
def test_a_comma_does_not_always_address_somebody(text: str) -> None:
    """Our own name, a name of the edition, a small word."""
    assert answered(text)


def test_some_typed_words_are_also_what_people_say() -> None:
    """They count with a number, with a name of the edition, or to whoever called us."""
    assert not answered("why?")
    assert answered("why 2?")
    assert not answered("quote")
    assert not answered("source?")
    assert answered("sources?")
    assert not answered("who is Tom?")
    assert answered("who is Feld?")
    assert answered("chapter 12:40")
    assert answered("why?", mentions_us=True)


def test_without_an_edition_no_question_is_ours() -> None:
    """There is nothing it could be about."""
    asked = typed("What does Ilka Morrow say about the Petrel?")
    assert not should_answer(asked, "questions", WORDS, NOTHING)


def test_names_are_known_in_both_scripts() -> None:
    """`Калловей` is Calloway; an edition in Cyrillic needs no transliteration."""
    assert named("Что говорит Калловей?", MATTER) == {"calloway"}
    assert "ines calloway" in named("what about Ines Calloway?", MATTER)
    assert named("Что говорит Калловей?", replace(MATTER, latin=False)) == set()
    assert named("Что говорит Зюзюкин?", MATTER) == set()
    assert in_latin("Щукин") == "schukin"
    assert not is_cyrillic("123")

"""The catalogues: complete, within their lengths, right in their plurals."""

import ast as python
import pickle
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from fluent.syntax import ast, parse

from adapters.locale.catalogue import LANGUAGES, FluentCatalogue

ROOT = Path(__file__).parents[2]
CATALOGUE = FluentCatalogue()
SAMPLE: dict[str, str | float] = {"status": "exact", "slot": "am", "time": "19:01"}
BUTTON, OPTION = 24, 75


@cache
def messages(language: str) -> dict[str, ast.Message]:
    body = resource(language).body
    junk = [entry.content for entry in body if isinstance(entry, ast.Junk)]
    assert junk == []
    found = [entry for entry in body if isinstance(entry, ast.Message)]
    assert len({m.id.name for m in found}) == len(found)
    return {m.id.name: m for m in found}


@cache
def resource(language: str) -> ast.Resource:
    return parse(files("adapters.locale").joinpath(f"{language}.ftl").read_text(encoding="utf-8"))


def section(language: str, name: str) -> list[str]:
    keys: list[str] = []
    current = ""
    for entry in resource(language).body:
        if isinstance(entry, ast.GroupComment):
            current = (entry.content or "").split(":")[0].strip()
        elif isinstance(entry, ast.Message) and current == name:
            keys.append(entry.id.name)
    assert keys
    return keys


@cache
def code() -> tuple[list[tuple[str, python.Call]], frozenset[str]]:
    """What asks for a phrase, with the name of its file, and all texts: of everything that may want one."""
    calls: list[tuple[str, python.Call]] = []
    texts: set[str] = set()
    for path in [*(ROOT / "bot").rglob("*.py"), *(ROOT / "adapters").rglob("*.py")]:
        for node in python.walk(python.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, python.Call) and node.args and named(node) in {"say", "plain"}:
                calls.append((path.name, node))
            if isinstance(node, python.Constant) and isinstance(node.value, str):
                texts.add(node.value)
    return calls, frozenset(texts)


def named(call: python.Call) -> str:
    """What is called."""
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def variables(message: ast.Message) -> set[str]:
    found: set[str] = set()

    def walk(node: object) -> None:
        if isinstance(node, ast.VariableReference):
            found.add(node.id.name)
        for value in vars(node).values() if isinstance(node, ast.BaseNode) else ():
            for child in value if isinstance(value, list) else [value]:
                walk(child)

    walk(message)
    return found


def facts(message: ast.Message, number: float) -> dict[str, str | float]:
    counted = set(selectors(message))
    return {name: SAMPLE.get(name, number if name in counted else "x") for name in variables(message)}


def selectors(message: ast.Message) -> list[str]:
    assert message.value is not None
    inner = [p.expression for p in message.value.elements if isinstance(p, ast.Placeable)]
    chosen = [e.selector for e in inner if isinstance(e, ast.SelectExpression)]
    return [selector.id.name for selector in chosen if isinstance(selector, ast.VariableReference)]


def test_every_language_has_the_same_phrases_with_the_same_facts() -> None:
    """A language is complete, and no translation leaves a fact out or asks for one that is not given."""
    english = messages("en")
    for language in LANGUAGES[1:]:
        other = messages(language)
        # A language may shape its typed words as it likes; the keys are the same.
        assert sorted(other) == sorted(english)
        assert {k: variables(m) for k, m in other.items()} == {k: variables(m) for k, m in english.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_renders_without_marks_of_the_machine(language: str) -> None:
    """For any count: no braces, no isolation marks, no double blanks, no ellipsis of ours."""
    phrases = CATALOGUE.speak(language)
    for key, message in messages(language).items():
        for number in (0, 1, 2, 5, 12, 21):
            text = phrases.say(key, **facts(message, number))
            assert text == text.strip(), key
            assert text, key
            assert not re.search(r"[{}\u2066-\u2069]|\?\?\?|  |…|\.\.\.", text), (key, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_fit_where_they_stand(language: str) -> None:
    """Buttons hold 24 characters, select placeholders 75; sentence case, and no full stop."""
    phrases = CATALOGUE.speak(language)
    for name, most in (("buttons", BUTTON), ("selects", OPTION)):
        for key in section(language, name):
            label = phrases.say(key, **dict.fromkeys(variables(messages(language)[key]), "1:02:03"))
            assert len(label) <= most, label
            assert label[0].isupper(), label
            assert not label.endswith((".", "!")), label


@pytest.mark.parametrize(
    ("number", "english", "russian"),
    [
        (1, "1 source · 1 thinker", "1 источник · 1 автор"),
        (2, "2 sources · 2 thinkers", "2 источника · 2 автора"),
        (5, "5 sources · 5 thinkers", "5 источников · 5 авторов"),
        (11, "11 sources · 11 thinkers", "11 источников · 11 авторов"),
        (21, "21 sources · 21 thinkers", "21 источник · 21 автор"),
        (104, "104 sources · 104 thinkers", "104 источника · 104 автора"),
    ],
)
def test_plurals_follow_the_language(number: int, english: str, russian: str) -> None:
    """1 источник, 2 источника, 5 источников, 21 источник."""
    assert CATALOGUE.speak("en").say("counts", sources=number, thinkers=number) == english
    assert CATALOGUE.speak("ru").say("counts", sources=number, thinkers=number) == russian


def test_the_arithmetic_of_a_signal_reads_as_the_interface_reference_has_it() -> None:
    """Decimal point in English, decimal comma in Russian; a fraction takes its own form."""
    counted = {"voices": 4, "items": 7, "hours": 12.0, "usual": 0.6}
    assert CATALOGUE.speak("en").say("signal-burst", burst=11.7, **counted) == (
        "4 voices, 7 items in 12 h, usual 0.6 (11.7 times usual)"
    )
    russian = CATALOGUE.speak("ru")
    start = "4 голоса, 7 публикаций за 12 ч, обычно 0,6 "
    assert russian.say("signal-burst", burst=11.7, **counted) == f"{start}(в 11,7 раза больше обычного)"
    assert russian.say("signal-burst", burst=12, **counted) == f"{start}(в 12 раз больше обычного)"
    assert russian.say("signal-burst", burst=2, **counted) == f"{start}(в 2 раза больше обычного)"


def test_a_fact_may_be_as_long_as_a_passage() -> None:
    """Words of the outside are not cut, whatever the library allows."""
    english = CATALOGUE.speak("en")
    long, other = "wave " * 900, "sea " * 900
    assert english.say("spoken", host=long, text=other) == f"{long}: {other}"


def test_an_unknown_phrase_or_a_missing_fact_is_an_error() -> None:
    """A mistake shows at once, not as a hole in a sentence."""
    with pytest.raises(KeyError, match="no-such-phrase"):
        CATALOGUE.speak("en").say("no-such-phrase")
    with pytest.raises(KeyError, match="gone-by"):
        CATALOGUE.speak("en").say("gone-by")
    with pytest.raises(KeyError, match="story"):
        CATALOGUE.speak("en").say("story", number=1)


def test_values_of_the_domain_can_be_used_as_keys() -> None:
    """`one_sided` is what an edition says, `synthesis-one-sided` is the phrase."""
    assert CATALOGUE.speak("en").say("synthesis-one_sided") == "One side so far:"


@pytest.mark.parametrize(
    ("asked", "spoken"), [("ru", "ru"), ("ru-RU", "ru"), ("RU_ru", "ru"), ("en-GB", "en"), ("fr", "en"), ("", "en")]
)
def test_a_language_falls_back_to_its_base_and_then_to_the_default(asked: str, spoken: str) -> None:
    """Platforms name languages with their region."""
    assert CATALOGUE.speak(asked).language == spoken
    assert CATALOGUE.languages[0] == "en"


def test_phrases_travel_to_other_processes() -> None:
    """They pickle, and say the same on the other side."""
    for language in LANGUAGES:
        phrases = CATALOGUE.speak(language)
        there = pickle.loads(pickle.dumps(phrases))
        assert there.say("gone") == phrases.say("gone")
        assert there.words() == phrases.words()


def test_typed_words_exist_in_every_language_and_english_works_in_all() -> None:
    """Each command has its own words; lower case, and none means two commands."""
    english = CATALOGUE.speak("en").words()
    for language in LANGUAGES:
        words = CATALOGUE.speak(language).words()
        assert words.keys() == english.keys()
        assert all(set(english[key]) <= set(words[key]) for key in english)
        commands = [w for key, found in words.items() if key not in {"filler", "polite"} for w in found]
        assert len(commands) == len(set(commands))
        assert all(word == word.lower() for word in commands)
    assert "источники" in CATALOGUE.speak("ru").words()["sources"]


def test_every_phrase_that_the_code_asks_for_is_in_the_catalogue() -> None:
    """Whole keys as written; of computed keys, what stands before the computed part."""
    keys = set(messages("en"))
    asked: set[str] = set()
    for path, call in code()[0]:
        first = call.args[0]
        if isinstance(first, python.Constant) and isinstance(first.value, str):
            asked.add(first.value)
            assert first.value.replace("_", "-") in keys, (path, first.value)
        if isinstance(first, python.JoinedStr) and isinstance(first.values[0], python.Constant):
            start = str(first.values[0].value)
            assert any(key.startswith(start) for key in keys), (path, start)
    assert "sources-head" in asked


def test_every_phrase_of_the_catalogue_is_asked_for() -> None:
    """What no code names, whole or by its beginning, is left over."""
    whole: set[str] = set()
    beginnings: set[str] = {"cmd-", "opt-"}  # made of the names of commands and their options
    for text in code()[1]:
        (beginnings if re.fullmatch(r"[a-z]+(-[a-z]+)*-", text) else whole).add(text)
    asked = {key.replace("_", "-") for key in whole}
    left = {key for key in messages("en") if key not in asked and not key.startswith(tuple(beginnings))}
    assert left == set()

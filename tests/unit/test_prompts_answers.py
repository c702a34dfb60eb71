"""What models answer is read as data, or refused with a sentence for them; nothing else ever happens."""

import json
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.prose import shapes
from bot.domain.prose.shapes import (
    ChoiceProse,
    Cited,
    DialogueProse,
    FrameProse,
    LineProse,
    RepairProse,
    StoryProse,
    TranslationProse,
    VoteProse,
)
from prompts.library import MarkdownPrompts

LIBRARY = MarkdownPrompts()
ANSWERS = (StoryProse, FrameProse, DialogueProse, RepairProse, VoteProse, ChoiceProse, TranslationProse)
LINE = LineProse(1, 2, "It is said.", ("3.1",))
WRITTEN = '{"host": 1, "story": 2, "text": "It is said.", "evidence": ["3.1"]}'
WHOLE = f'{{"opening": [], "lines": [{WRITTEN}]}}'


def read(answer: str) -> DialogueProse:
    return LIBRARY.form(DialogueProse).read(answer)


@pytest.mark.parametrize(
    "answer",
    [
        WHOLE,
        f"```json\n{WHOLE}\n```",
        f"```\n{WHOLE}",
        f"Here {{you}} are:\n{WHOLE}\nAnything else?",
        f"[{WHOLE}]",
        f'{{"dialogue": {WHOLE}}}',
        f"{{}} {WHOLE}",
        f'{{"opening": null, "lines": [{WRITTEN},]}}',
        f'{{"lines": [{WRITTEN}]}}',
        f'{{"opening": [], "lines": {WRITTEN}}}',
        f'{{"opening": [], "lines": [{WRITTEN}], "note": "as asked"}}',
        f'{{"opening": [], "lines": [{WRITTEN}, {{"host": 2, "te',
        f'{{"opening": [], "lines": [{WRITTEN}, {{"host": 2, "story": 1, "text": "It is sa',
        f'{{"opening": [], "lines": [], "lines": [{WRITTEN}]}}',
        '{"opening": [], "lines": [{"host": 1, "story": 2, "text": "It is said.", "evidence": "3.1"}]}',
        '{"opening": [], "lines": [{"host": 1, "story": 2, "text": "It is said.", "evidence": [3.1]}]}',
        '{"opening": [], "lines": [{"host": 1, "story": "2", "text": "It is said.", "evidence": ["3.1"]}]}',
        '{"opening": [], "lines": [{"host": 1, "story": 2, "text": "It is\u200b said.", "evidence": ["3.1"]}]}',
        "{'opening': [], 'lines': [{'host': 1, 'story': 2, 'text': 'It is said.', 'evidence': ['3.1']}]}",
    ],
)
def test_slips_are_forgiven(answer: str) -> None:
    """Fences, words around it, wrappers, trailing commas, torn ends, missing lists, single quotation marks."""
    assert [line for line in read(answer).lines if line.evidence] == [LINE]


def test_what_broke_off_keeps_what_was_whole() -> None:
    """Nullable fields that never came are null; texts stand for texts with evidence."""
    story = LIBRARY.form(StoryProse).read(
        '{"title": "A title", "standfirst": "It is said. [3.1]", "why_now": "", "body": '
        '[{"text": "One.", "evidence": ["3.1"]}, {"text": "Two.", "evidence": ["3.1"]}], "synthesis": {"kind": "split'
    )
    assert story.standfirst == Cited("It is said. [3.1]", ())
    assert [cited.text for cited in story.body] == ["One.", "Two."]
    assert (story.why_now, story.synthesis, story.positions, story.so_what) == (None, None, (), None)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("", "no JSON object"),
        ("I cannot help with that.", "no JSON object"),
        ("[[[", "no JSON object"),
        ('{"a": 1}', "opening, lines"),
        ("{", "opening, lines"),
        ('{"opening": [], "lines": [{"host": 3, "story": 1, "text": "x", "evidence": []}]}', "lines.0.host"),
        ('{"opening": [], "lines": [{"host": NaN, "story": Infinity, "text": "x", "evidence": []}]}', "lines.0.host"),
        ('{"opening": [], "lines": [{"host": 1, "story": 1e999, "text": "x", "evidence": []}]}', "lines.0.story"),
    ],
)
def test_what_cannot_be_read_says_why(answer: str, told: str) -> None:
    """Which field, and how it should be."""
    with pytest.raises(ValueError, match=told):
        read(answer)


def test_a_field_that_has_to_be_there_is_named() -> None:
    """A story has a title."""
    with pytest.raises(ValueError, match="title"):
        LIBRARY.form(StoryProse).read('{"body": []}')


HOSTILE = {
    "braces": "{" * 5_000_000,
    "brackets": '{"lines":' + "[" * 60_000,
    "marks": '{"lines":"' + '"' * 60_000,
    "torn": '{"lines":[' + '{"text":"x","evidence":["1.1"' * 2_400,
    "backslashes": '{"lines":"' + "\\" * 60_000,
    "digits": '{"lines":' + "9" * 60_000 + "}",
    "objects": '{"lines":' * 10_000,
    "words": "{" + "hello world " * 5_000,
    "colons": '{"lines":' + ':"' * 20_000,
    "commas": '{"' + '",' * 9_000,
    "unquoted": '{"lines":[' + '{"text":"x" "evidence":["1.1]},' * 700,
    "comments": '{"lines":1 /* ' * 2_000,
    "surrogates": '{"opening":[],"lines":[{"host":1,"story":1,"text":"\\ud800 \ud800","evidence":["\ud800"]}]}',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_answers_end_as_data_or_as_a_value_error(name: str) -> None:
    """And at once; what comes out can be written as UTF-8."""
    for answers in (DialogueProse, StoryProse):
        try:
            data = LIBRARY.form(answers).read(HOSTILE[name])
        except ValueError as error:
            str(error).encode()
        else:
            repr(data).encode()


def test_of_five_thousand_entries_a_few_hundred_are_kept() -> None:
    """More than anybody asked for."""
    data = read(f'{{"opening": [], "lines": [{", ".join([WRITTEN] * 700)}]}}')
    assert len(data.lines) == 200


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["opening", "lines", "host", "story", "text", "evidence", "x"]), inner, max_size=5
            )
        ),
        max_leaves=12,
    ),
    st.integers(0, 200),
)
def test_any_json_cut_anywhere_is_data_or_a_value_error(value: Any, cut: int) -> None:
    """Of any shape, with any end."""
    text = json.dumps({"lines": value})
    for answer in (text, text[:cut]):
        try:
            data = read(answer)
        except ValueError:
            continue
        assert isinstance(data, DialogueProse)


@pytest.mark.parametrize("answers", ANSWERS, ids=lambda answers: answers.__name__)
def test_schemas_are_strict_and_whole(answers: type[Any]) -> None:
    """Every field required, none beside them, no references, no defaults: what strict servers ask for."""
    form = LIBRARY.form(answers)
    assert form.name == answers.__name__
    assert json.dumps(form.schema) == json.dumps(LIBRARY.form(answers).schema)

    def walk(schema: Any, shape: Any) -> None:
        assert "$ref" not in schema
        assert "$defs" not in schema
        assert "default" not in schema
        if is_dataclass(shape):
            names = [field.name for field in fields(shape)]
            assert list(schema["properties"]) == schema["required"] == names
            assert schema["additionalProperties"] is False
            for name, hint in get_type_hints(shape).items():
                walk(schema["properties"][name], hint)
        elif schema.get("type") == "array":
            walk(schema["items"], get_args(shape)[0])
        elif "anyOf" in schema:
            walk(schema["anyOf"][0], get_args(shape)[0])

    walk(form.schema, answers)


def test_the_names_of_fields_survive() -> None:
    """`title` is a word of JSON Schema, and a field."""
    assert LIBRARY.form(StoryProse).schema["properties"]["title"] == {"type": "string"}
    assert "enum" in LIBRARY.form(DialogueProse).schema["properties"]["lines"]["items"]["properties"]["host"]
    assert shapes.__doc__

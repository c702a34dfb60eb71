"""Quotations: what is accepted, what is not, and where a text has them."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.quotes import quotations, spoken, status, without_quotations

PASSAGE = "We don’t sell lamps — we rent 1,200 of them at 97% of cost, said the “old hand” of the non-profit."


@pytest.mark.parametrize(
    "quote", ["We don’t sell lamps", "rent 1,200 of them", "97% of cost", "the “old hand”", "of cost, said"]
)
def test_a_verbatim_span_is_exact(quote: str) -> None:
    """Byte for byte between word borders."""
    assert status(quote, PASSAGE) == "exact"


def test_a_closing_stop_of_the_sentence_is_not_part_of_the_quotation() -> None:
    """“rent 1,200 of them,” and “… of cost.” carry the sentence's own comma and stop."""
    assert status("rent 1,200 of them,", PASSAGE) == "exact"
    assert status("97% of cost.", PASSAGE) == "exact"


@pytest.mark.parametrize(
    "quote",
    [
        "We don't sell lamps",
        "we don’t sell lamps",
        "sell lamps - we rent",
        "sell lamps—we rent",
        "sell  lamps\n— we\u00a0rent",
        "the 'old hand' of",
        "of the non‑profit",
        "sell la\u00admps",
        "Rent 1,200 of them.",
    ],
)
def test_typography_white_space_and_the_first_letter_are_forgiven(quote: str) -> None:
    """The ladder: white space, quotes, dashes, case at the beginning, inner marks as single ones."""
    assert status(quote, PASSAGE) == "normalised"


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("do", "we don't"),
        ("We do sell lamps", PASSAGE),
        ("t sell lamps", PASSAGE),
        ("1,20", PASSAGE),
        ("200 of them", PASSAGE),
        ("1,200", "at 11,200 a piece"),
        ("97", "97% of cost"),
        ("profit", PASSAGE),
        ("5", "it rose by -5 points"),
        ("200", "it costs $200"),
        ("3", "version 3.5"),
        ("lamp", "lamps"),
        ("we rent 1,200 lamps", PASSAGE),
        ("We don’t … of cost", PASSAGE),
        ("SELL LAMPS", PASSAGE),
        ("", PASSAGE),
        ("…", PASSAGE),
    ],
)
def test_a_changed_cut_or_missing_word_is_refused(quote: str, passage: str) -> None:
    """Never across a changed or missing word, number or negation; never inside a word."""
    assert status(quote, passage) is None


def test_a_later_occurrence_counts_when_the_first_is_inside_a_word() -> None:
    """`lamp` stands alone only the second time."""
    assert status("lamp", "lamps, or one lamp") == "exact"


def test_guillemets_and_cyrillic() -> None:
    """French spacing inside guillemets and Russian text are ordinary."""
    assert status("il dit « non merci » au gardien", "Alors il dit «\u202fnon merci\u202f» au gardien.") == "normalised"
    assert status("маяк светит", "Старый маяк светит всем.") == "exact"
    assert status("маяк светил", "Старый маяк светит всем.") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “one,” then “two.”", ["one,", "two."]),
        ('He said "one" and left', ["one"]),
        ("Он сказал: «это „маяк“», и ушёл", ["это „маяк“"]),
        ("Er sagte „eins“ und »zwei«", ["eins", "zwei"]),
        ("Hon sa ”ett” och gick", ["ett"]),
        ("Says 'very tense' of the workers' talks", ["very tense"]),
        ("The ‘set of rules’ isn’t new", ["set of rules"]),
        ("We don't, can't and the workers' won't", []),
        ("Back in the '90s he wasn't there, 'twas nobody's", []),
        ('A 5" nail and a 6" one', []),
        ("”We go,” he said", ["We go,"]),
        ("We go,” he said", ["We go,"]),
        ("He said “we go", ["we go"]),
        ("“‘Inner’ and outer”", ["‘Inner’ and outer"]),
        ("「一つ」と言った", ["一つ"]),
        ("empty “” marks and a lone ' mark", []),
        ('It ends with an open "quote', ["quote"]),
        ("A mark at the end “", []),
        ("rock 'n' roll", []),
    ],
)
def test_quoted_spans_are_found(text: str, expected: list[str]) -> None:
    """Marks of several languages, apostrophes left alone, outermost spans only."""
    assert [quoted.text for quoted in quotations(text)] == expected


def test_a_span_knows_its_place() -> None:
    """Start and end include the marks."""
    text = "He said “one” twice"
    (quoted,) = quotations(text)
    assert text[quoted.start : quoted.end] == "“one”"
    assert without_quotations(text) == "He said “” twice"


def test_words_count_as_spoken_only_inside_the_passages_own_marks() -> None:
    """A paraphrase by the author is not the speaker's words."""
    assert spoken("old hand", PASSAGE)
    assert not spoken("sell lamps", PASSAGE)


WORDS = st.lists(st.from_regex(r"[a-zäж]{1,9}", fullmatch=True), min_size=4, max_size=25)
GLUE = st.sampled_from([" ", "  ", ", ", " — ", ": ", ". ", "\n", " “", "” ", " (", ") "])


@given(WORDS, st.data())
@settings(max_examples=150, deadline=None)
def test_every_true_span_is_accepted_and_every_changed_word_refused(words: list[str], data: st.DataObject) -> None:
    """A span of whole words is a quotation; the same with one word changed is none."""
    glue = [data.draw(GLUE) for _ in words]
    passage = "".join(word + between for word, between in zip(words, glue, strict=True))
    first = data.draw(st.integers(0, len(words) - 3))
    last = data.draw(st.integers(first + 2, len(words) - 1))
    span = "".join(words[i] + (glue[i] if i < last else "") for i in range(first, last + 1))
    assert status(span, passage) == "exact"
    assert status(re.sub(r"\s+", "\u00a0", span).replace("“", '"').replace("”", "'"), passage) is not None
    changed = data.draw(st.integers(first, last))
    mutated = "".join(
        (words[i] + "q" if i == changed else words[i]) + (glue[i] if i < last else "") for i in range(first, last + 1)
    )
    assume(mutated not in passage)
    assert status(mutated, passage) is None


@given(st.text(max_size=80), st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_text_is_safe_to_ask_about(quote: str, passage: str) -> None:
    """No text raises; a quotation of nothing but its passage is its own quotation."""
    status(quote, passage)
    for quoted in quotations(passage):
        assert passage[quoted.start : quoted.end].find(quoted.text) >= 0


@pytest.mark.real_data
def test_of_5000_true_quotes_none_is_refused_and_of_5000_mutated_ones_none_accepted(real_data: Path) -> None:
    """Quotes of newsletter items at word borders, and the same with one word changed."""
    true = mutated = 0
    lines = (real_data / "newsletter-threads" / "items.jsonl").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        passage = json.loads(line)["text"][:1500]
        tokens = list(re.finditer(r"\S+", passage))
        for turn in range(3):
            first = (number * 7 + turn * 31) % max(1, len(tokens) - 12)
            span = tokens[first : first + 9]
            if len(span) < 9 or true == 5000:
                continue
            quote = passage[span[0].start() : span[-1].end()]
            assert status(quote, passage) == "exact", quote
            true += 1
            words = [m for m in re.finditer(r"[^\W_]+", quote) if len(m.group()) > 1]
            at = words[(number + turn) % len(words)]
            other = "lantern" if at.group().lower() != "lantern" else "gear"
            changed = quote[: at.start()] + other + quote[at.end() :]
            assert status(changed, passage) is None, changed
            mutated += 1
    assert (true, mutated) == (5000, 5000)

"""The recording of honest paraphrases keeps its form: our own words only, enough of them, in the language claimed."""

import json
import re
from datetime import date

from bot.domain.text.tongue import is_in
from tests.bench.paraphrases import RECORDED, Pair, copied, rejected

LINES = [json.loads(line) for line in RECORDED.read_text(encoding="utf-8").splitlines()]
PASSAGE = "The Wexmouth yard said on Tuesday that it had sold 1,200 lamps, 40 percent more than a year before."


def pair(paraphrase: str, passage: str = PASSAGE, language: str = "en") -> Pair:
    """A pair over words of our own."""
    return Pair(passage, "Tidewater Review", paraphrase, language, "file", "Lamps sell", date(2026, 3, 3))


def test_a_line_holds_a_hash_and_our_own_words() -> None:
    """No line has the passage itself; none stands twice."""
    for line in LINES:
        assert set(line) == {"of", "file", "author", "language", "text"}
        assert re.fullmatch(r"[0-9a-f]{16}", line["of"])
        assert not line["file"].startswith(("/", "."))
        assert line["author"].strip()
    assert len({line["text"] for line in LINES}) == len(LINES)


def test_there_are_enough_and_a_tenth_is_in_another_language() -> None:
    """Five hundred and more, as the figure asks for."""
    assert len(LINES) >= 540
    assert 0.08 <= sum(line["language"] != "en" for line in LINES) / len(LINES) <= 0.2


def test_each_is_in_the_language_it_claims() -> None:
    """The language gate lets every one of them through."""
    assert [line["text"] for line in LINES if not is_in(line["text"], line["language"])] == []


def test_copied_words_are_counted_in_a_row_outside_quotations() -> None:
    """Seven are fine, a copied half sentence is none of ours, a quotation is meant to be the same."""
    assert copied(pair("Lamps are up: it had sold 1,200 lamps.")) == 6  # it, had, sold, 1, 200, lamps
    assert copied(pair("“It had sold 1,200 lamps, 40 percent more,” says the yard.")) == 1


def test_true_ones_pass_and_a_changed_number_is_rejected() -> None:
    """A pair is held as a body sentence of an edition, among others."""
    true = pair("Wexmouth's yard has sold 1200 lamps, 40% more than the year before.")
    false = pair("Wexmouth's yard has sold 1300 lamps.")
    assert rejected([true, true]) == []
    [(found, faults)] = rejected([true, false])
    assert found is false
    assert {fault.rule for fault in faults} == {"number"}

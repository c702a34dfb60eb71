"""One sentence against another: precision first."""

import json
from collections.abc import Collection
from pathlib import Path

import pytest

from bot.domain.conflict import denies, difference, flip, overlap, turned

NAMES = frozenset({"marlin"})
TWO_NAMES = frozenset({"marlin", "tern bay"})


@pytest.mark.parametrize(
    ("claim", "reply", "turned"),
    [
        ("Marlin makes reviews faster.", "Marlin makes reviews slower.", "opposite"),
        ("The gain survives without retries.", "The gain does not survive without retries.", "denial"),
        ("Marlin cut review time by 40 percent.", "Marlin cut review time by 12 percent.", "number"),
        ("Marlin cut review time by 40 percent.", "Marlin cut review time by 40%.", None),
        ("Marlin cut review time by 40 percent.", "Marlin cut review time by 42 percent.", None),
        ("Three teams use Marlin.", "Nine teams use Marlin.", "number"),
        ("Nine teams lost 40 percent.", "Three teams lost 40 percent.", "number"),
        ("Nine of 12 teams use it.", "Nine of 14 teams and 12 men use it.", "number"),
        ("Marlin is not safe.", "Marlin is dangerous.", None),
        ("Costs rise.", "If nobody pays, costs fall.", None),
        ("Цены выросли за год.", "Цены упали за год.", "opposite"),
    ],
)
def test_a_flip_is_a_denial_an_opposite_or_another_number(claim: str, reply: str, turned: str | None) -> None:
    """Two flips cancel, a hedge is no flip, nearly the same number is the same number."""
    assert flip(claim, reply) == turned


def test_a_flip_holds_in_both_directions() -> None:
    """Whoever speaks first, the two sentences differ the same way."""
    one, other = "Releasing the weights was right.", "Releasing the weights was a mistake."
    assert flip(one, other) == flip(other, one) == "opposite"


@pytest.mark.parametrize(
    ("claim", "reply", "names", "addressed", "kind"),
    [
        ("Marlin cut our review time.", "Marlin's gain vanishes when you remove the retries.", NAMES, True, "conflict"),
        ("Marlin cut our review time.", "Marlin helps, but only on small changes.", NAMES, True, "scope"),
        ("Marlin never tires of small changes.", "Marlin helps, but only on small changes.", NAMES, True, "scope"),
        ("Marlin cut our review time.", "Marlin did not cut our review time.", NAMES, True, "conflict"),
        ("Nine teams use Marlin.", "Three teams in a harbour town use Marlin.", NAMES, True, None),
        ("Nobody near Marlin was told by the town.", "Marlin wants answers by spring.", NAMES, False, None),
        ("The people of Marlin stopped the ferry.", "Marlin says that the harbour is wrong.", NAMES, False, None),
        ("Tern Bay gave Marlin to schools.", "Marlin of Tern Bay is wrong about gulls.", TWO_NAMES, False, None),
        ("Marlin cut review time.", "Marlin is wrong that review time fell.", NAMES, False, "conflict"),
        (
            "Nine teams of the old town use it daily.",
            "Three teams of the old town use it daily.",
            (),
            False,
            "conflict",
        ),
        ("Nine teams use the harbour.", "Three teams of painters met near a harbour today.", (), False, None),
        ("Marlin cut our review time.", "We ate well in Lisbon.", frozenset(), True, None),
        ("Marlin cut our review time.", "The harbour is closed, which is wrong.", frozenset(), False, None),
        (
            "Releasing Marlin to everyone was right.",
            "Releasing Marlin to everyone was a mistake.",
            NAMES,
            False,
            "conflict",
        ),
        ("Marlin is good for small teams.", "Small boats are bad for large rivers.", frozenset(), False, None),
    ],
)
def test_a_difference_needs_the_same_subject(
    claim: str, reply: str, names: Collection[str], addressed: bool, kind: str | None
) -> None:
    """A conflict denies, a scope qualifies, other subjects are neither."""
    assert difference(claim, reply, names=names, addressed=addressed) == kind


def test_a_denial_says_so_in_words() -> None:
    """Phrases of disagreement are known in both languages."""
    assert denies("I disagree with her numbers.")
    assert denies("Это неверно.")
    assert not denies("I measured her numbers again.")


def test_overlap_counts_shared_stems() -> None:
    """Inflected forms are one word; function words are none."""
    assert overlap("Releasing weights", "They released the weight")[0] == 2


@pytest.mark.real_data
def test_flagged_pairs_are_contradictions(real_data: Path) -> None:
    """At least 95 of 100 pairs that differ in one word and are called conflicts really contradict each other."""
    lines = (real_data / "contradiction-pairs/breaking_nli_a.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [json.loads(line) for line in lines]
    flagged = [
        pair["gold_label"] == "contradiction"
        for pair in pairs
        if difference(pair["sentence1"], pair["sentence2"], names=(), addressed=False) == "conflict"
    ]
    assert len(flagged) > 300
    assert sum(flagged) / len(flagged) >= 0.95


@pytest.mark.parametrize(
    ("earlier", "later", "contradict"),
    [
        ("The harbour gates are safe for small boats.", "The harbour gates are not safe for small boats.", True),
        ("Marlin helps a small team with reviews.", "Marlin hurts a small team with reviews.", True),
        ("Harbour prices rose for small boats.", "Harbour prices fell for small boats.", False),
        ("The harbour has more small boats.", "The harbour has fewer small boats.", False),
        ("Nine teams of the old town use it daily.", "Three teams of the old town use it daily.", False),
        ("The harbour gates are safe.", "The harbour gates are not safe.", True),
        ("The harbour is safe.", "The harbour is not safe.", False),
        ("The harbour gates are safe for small boats.", "If it rains, harbour gates are not safe for boats.", False),
        ("Small boats love the harbour.", "Nobody pays for the new harbour wall of the northern town.", False),
        ("Gull News and Notes: Boats are slow.", "Gull News and Notes: Nobody likes lamps.", False),
        ("Gull News and Notes: Old boats are safe.", "Gull News & Notes: Old boats are not safe.", True),
    ],
)
def test_over_the_weeks_only_denials_and_judgements_in_nearly_the_same_words_contradict(
    earlier: str, later: str, *, contradict: bool
) -> None:
    """Prices, counts and victories change by themselves; the name of a series is nothing in common."""
    assert turned(earlier, later) is turned(later, earlier) is contradict


def test_a_name_in_both_sentences_is_not_yet_the_same_matter() -> None:
    """What they share besides it has to be enough."""
    one, other = "Marlin is safe for boats.", "Marlin is not safe for boats."
    assert turned(one, other)
    assert not turned(one, other, names={"marlin"})


@pytest.mark.real_data
def test_what_turned_over_the_weeks_is_a_contradiction(real_data: Path) -> None:
    """At least 95 of 100 pairs that differ in one word."""
    lines = (real_data / "contradiction-pairs/breaking_nli_a.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [json.loads(line) for line in lines]
    flagged = [p["gold_label"] == "contradiction" for p in pairs if turned(p["sentence1"], p["sentence2"])]
    assert len(flagged) > 100
    assert sum(flagged) / len(flagged) >= 0.95

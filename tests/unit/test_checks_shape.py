"""Stances, signals, promises, numbering and the card: an edition that breaks one rule is refused at the right place."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.checks import check
from bot.domain.edition import (
    CitedPassage,
    ClosedPromise,
    Connection,
    Counter,
    Crux,
    Edition,
    Position,
    Sentence,
    Window,
)
from bot.domain.item import ItemKind
from tests.fakes.editions import ID, IDS, MOL, WORKS, edition
from tests.unit.test_checks_rules import card, citation, counter, line, quote, sentence, signal, story

STANCE_BREACHES: list[tuple[str, Callable[[], Edition], str, str]] = [
    ("our argument as a source", lambda: citation(5, thinker="Counter Argument"), "argument", "citations[5]"),
    ("our argument with a number", lambda: counter(2, evidence=("3.2",)), "argument", "stories[2].counter.standing"),
    ("our argument with a name", lambda: counter(2, thinker=MOL), "argument", "stories[2].counter.standing"),
    ("nobody with a source", lambda: counter(1, evidence=("2.1",)), "argument", "stories[1].counter.standing"),
    (
        "our argument in a mouth",
        lambda: counter(2, text="Вера Мол argues that lamps see."),
        "argument",
        "stories[2].counter",
    ),
    (
        "our argument according to someone",
        lambda: counter(2, text="It is cheap, according to Tidewater."),
        "argument",
        "stories[2].counter",
    ),
    ("a contradiction without a kind", lambda: counter(0, kind=None), "counter", "stories[0].counter"),
    ("a person without a name", lambda: counter(0, thinker=None), "counter", "stories[0].counter"),
    ("a person without evidence", lambda: counter(0, evidence=()), "evidence", "stories[0].counter"),
    ("an argument that says nothing", lambda: counter(2, text=" "), "counter", "stories[2].counter"),
    ("an argument as a conflict", lambda: counter(2, kind="conflict"), "counter", "stories[2].counter"),
    ("none with a kind", lambda: counter(1, kind="scope"), "counter", "stories[1].counter"),
    ("against without a conflict", lambda: counter(0, kind="scope"), "counter", "stories[0].positions[1].stance"),
    (
        "a crux without a conflict",
        lambda: story(1, crux=Crux("Is paper wet?", "A wet chart.", ("2.3",))),
        "counter",
        "stories[1].crux",
    ),
    (
        "one person against himself as a conflict",
        lambda: story(0, positions=(edition().stories[0].positions[1],)),
        "counter",
        "stories[0].counter",
    ),
    (
        "a change of nobody's mind",
        lambda: story(1, counter=Counter("person", "changed", MOL, IDS[MOL], "Says a lamp does not see.", ("7.1",))),
        "counter",
        "stories[1].counter",
    ),
    (
        "a position from a release",
        lambda: story(
            0,
            positions=(
                *edition().stories[0].positions,
                Position(WORKS, IDS[WORKS], "for", "Likes a kit for clocks.", ("6.1",)),
            ),
        ),
        "act",
        "stories[0].positions[3]",
    ),
    (
        "a pull quote from a release",
        lambda: quote(text="a kit for clocks without gears", thinker=WORKS, thinker_id=IDS[WORKS], evidence=("6.1",)),
        "act",
        "stories[0].pull_quote",
    ),
    (
        "a counter view from a release",
        lambda: counter(
            0, thinker=WORKS, thinker_id=IDS[WORKS], text="Harbour Works released a kit for clocks.", evidence=("6.1",)
        ),
        "act",
        "stories[0].counter",
    ),
    (
        "a release told as an opinion",
        lambda: sentence("Harbour Works loves a kit for clocks.", "6.1"),
        "act",
        "stories[0].body[0]",
    ),
    (
        "a star told as an endorsement",
        lambda: replace(
            citation(5, kind=ItemKind.STAR),
            open_question=Sentence("Is the kit for clocks without gears good?", ("6.1",)),
        ),
        "act",
        "open_question",
    ),
]

SIGNAL_BREACHES: list[tuple[str, Callable[[], Edition], str, str]] = [
    ("a multiplier of two items", lambda: signal(1, usual=0.2, burst=10.0), "burst", "stories[1].signal.burst"),
    ("a multiplier of one voice", lambda: signal(0, voices=1), "burst", "stories[0].signal.burst"),
    ("a multiplier without a usual rate", lambda: signal(0, usual=None), "burst", "stories[0].signal.burst"),
    ("a multiplier that does not add up", lambda: signal(0, burst=9.0), "burst", "stories[0].signal.burst"),
    (
        "a large multiplier that does not add up",
        lambda: signal(0, items=60, usual=0.8, burst=70.0),
        "burst",
        "stories[0].signal.burst",
    ),
    ("more voices than items", lambda: signal(1, voices=3), "burst", "stories[1].signal.burst"),
    ("a probability above one", lambda: signal(0, p=1.2), "burst", "stories[0].signal.burst"),
    ("scores that are no shares", lambda: signal(0, score=3.0), "burst", "stories.score"),
    ("the same title twice", lambda: story(2, title=edition().stories[1].title), "twice", "stories[2]"),
    ("nearly the same title", lambda: story(1, title="Tide clocks: fewer gears, or a mistake?"), "twice", "stories[1]"),
    (
        "the same sources twice",
        lambda: story(
            1,
            standfirst=Sentence("Quill built a clock with fewer gears.", ("1.1",)),
            body=edition().stories[0].body[:2],
        ),
        "twice",
        "stories[1]",
    ),
    ("an old story that says new", lambda: story(1, state="new"), "twice", "stories[1].state"),
    ("an update of nothing", lambda: story(1, continues=None), "twice", "stories[1].state"),
    ("a story that continues its neighbour", lambda: story(1, continues=f"{ID}/1"), "twice", "stories[1].continues"),
]


def promise(**changes: Any) -> Edition:
    """The edition with fields of its promise changed."""
    made = replace(edition().promises.made[0], **changes)
    return edition(promises=replace(edition().promises, made=(made,)))


SHAPE_BREACHES: list[tuple[str, Callable[[], Edition], str, str]] = [
    ("a promise about no story", lambda: promise(story="elsewhere/1"), "promise", "promises.made[0]"),
    ("a promise due before the edition", lambda: promise(due=datetime(2026, 3, 1)), "promise", "promises.made[0]"),
    ("a promise without an id", lambda: promise(id=""), "promise", "promises.made[0]"),
    (
        "a promise closed where it was made",
        lambda: edition(
            promises=replace(edition().promises, closed=(ClosedPromise(f"{ID}#1", "dropped", "No more.", ()),))
        ),
        "promise",
        "promises.closed[0]",
    ),
    (
        "a number left out",
        lambda: citation(6, n=8, passages=(CitedPassage("8.1", "Маяк без смотрителя светит, но не видит."),)),
        "numbering",
        "citations",
    ),
    ("numbers out of reading order", lambda: edition(title_evidence=("2.1", "1.1", "3.2")), "numbering", "citations"),
    (
        "a citation nobody uses",
        lambda: edition(
            citations=(
                *edition().citations,
                replace(edition().citations[0], n=8, item="0" * 16, passages=(CitedPassage("8.1", "Unused words."),)),
            )
        ),
        "numbering",
        "citations[7]",
    ),
    (
        "a passage nobody uses",
        lambda: citation(3, passages=(*edition().citations[3].passages, CitedPassage("4.2", "Unused words."))),
        "numbering",
        "citations[3]",
    ),
    (
        "passages that are not counted",
        lambda: citation(3, passages=(CitedPassage("4.2", edition().citations[3].passages[0].text),)),
        "evidence",
        "lede",
    ),
    ("one item under two numbers", lambda: citation(6, item=edition().citations[3].item), "numbering", "citations[6]"),
    ("an address that is none", lambda: citation(0, url="javascript:alert(1)"), "shape", "citations[0].url"),
    (
        "a passage without words",
        lambda: citation(5, passages=(CitedPassage("6.1", " "),)),
        "evidence",
        "citations[5].url",
    ),
    (
        "too many words of one item",
        lambda: citation(
            0,
            passages=(
                edition().citations[0].passages[0],
                CitedPassage("1.2", edition().citations[0].passages[1].text + " word" * 60),
            ),
        ),
        "excerpt",
        "citations[0].passages",
    ),
    (
        "a very long post",
        lambda: citation(3, passages=(CitedPassage("4.1", edition().citations[3].passages[0].text + " word" * 120),)),
        "excerpt",
        "citations[3].passages",
    ),
    ("a story that lists other citations", lambda: story(1, citations=(1, 2)), "numbering", "stories[1].citations"),
    ("a story id of its own", lambda: story(1, id="x/2"), "shape", "stories[1].id"),
    ("a story of one sentence", lambda: story(2, body=edition().stories[2].body[:1]), "shape", "stories[2]"),
    (
        "a connection to itself",
        lambda: story(0, connects_to=(Connection(f"{ID}/1", "A paper chart needs no clock.", ("2.3",)),)),
        "shape",
        "stories[0].connects_to[0]",
    ),
    ("a cited thinker who is not listed", lambda: edition(thinkers=edition().thinkers[1:]), "shape", "thinkers"),
    (
        "a thinker nobody cites",
        lambda: edition(thinkers=(*edition().thinkers, replace(edition().thinkers[0], name="Jory Fenn"))),
        "shape",
        "thinkers",
    ),
    (
        "a thinker with other stories",
        lambda: edition(thinkers=(replace(edition().thinkers[0], stories=()), *edition().thinkers[1:])),
        "shape",
        "thinkers",
    ),
    ("a line about no story", lambda: line(3, "Ada Quill lost weight.", 9, "1.2"), "shape", "dialogue[3]"),
    ("an id with capitals", lambda: edition(id="Harbour"), "shape", "id"),
    (
        "a window that ends before it begins",
        lambda: edition(window=Window(datetime(2026, 3, 4, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC))),
        "shape",
        "window",
    ),
    ("an empty sentence", lambda: sentence(" ", "1.2"), "shape", "stories[0].body[0]"),
    (
        "a card that counts other items",
        lambda: card(cited=replace(edition().card.cited, items=9)),
        "card",
        "card.cited",
    ),
    ("a card that used more than it read", lambda: card(items_used=90), "card", "card.items_used"),
    (
        "a card with other quotations",
        lambda: card(checks=replace(edition().card.checks, quotes=50)),
        "card",
        "card.checks",
    ),
    (
        "a card with other sentences",
        lambda: card(checks=replace(edition().card.checks, sentences=50)),
        "card",
        "card.checks",
    ),
    (
        "a card with a negative count",
        lambda: card(checks=replace(edition().card.checks, sentences_dropped=-1)),
        "card",
        "card.checks",
    ),
    ("a card that hides its writer", lambda: card(writer="tide-model-1"), "card", "card.writer"),
    (
        "a title that is too long",
        lambda: edition(title="Quill drops gears " + "and keeps the weight down " * 4),
        "length",
        "title",
    ),
]

BREACHES = [*STANCE_BREACHES, *SIGNAL_BREACHES, *SHAPE_BREACHES]


@pytest.mark.parametrize(("change", "rule", "where"), [b[1:] for b in BREACHES], ids=[b[0] for b in BREACHES])
def test_a_breach_is_named_with_its_place(change: Callable[[], Edition], rule: str, where: str) -> None:
    """The fault carries the rule it breaks and the path of the part that breaks it."""
    verdict = check(change())
    assert not verdict.ok
    assert (rule, where) in {(fault.rule, fault.where) for fault in verdict.faults}, verdict.faults


def test_half_rounded_bursts_add_up() -> None:
    """One decimal below ten, whole numbers from ten on, may be rounded."""
    for fine in (signal(0, items=7, usual=0.6, burst=12.0), signal(0, items=7, usual=0.9, burst=7.8)):
        assert "burst" not in {fault.rule for fault in check(fine).faults}

"""A model's story: in the frame of what was decided, examined, mended, settled."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.compose import draft
from bot.domain.drafted import Drafted
from bot.domain.edition import Story
from bot.domain.prose import story as telling
from bot.domain.prose.pieces import Flaw
from bot.domain.prose.shapes import (
    Cited,
    CruxProse,
    MendedProse,
    PositionProse,
    RepairProse,
    StoryProse,
    SynthesisProse,
    TermProse,
)
from tests.fakes.drafts import draft_of
from tests.unit.prose_samples import (
    BROOK,
    CRACKS,
    FROST,
    HOSPITALS,
    SELLS,
    STONE,
    at,
    drafted,
    marlin_prose,
    story_of,
)
from tests.unit.writing_samples import commission, press, say


def number(word: str = "Marlin") -> int:
    return story_of(word).number


def phrased(**changes: Any) -> Story:
    """The story of Marlin with some of the answer changed."""
    return telling.phrase(marlin_prose(**changes), drafted(), number())


def reasons(story: Story, where: str) -> str:
    """What is said against one part of it."""
    return "; ".join(r for flaw in telling.flaws(story, drafted()) if flaw.where == where for r in flaw.reasons)


def body(*texts: str, evidence: str = BROOK) -> tuple[Cited, ...]:
    return (*marlin_prose().body, *(Cited(text, at(evidence)) for text in texts))


def test_a_good_answer_stands_as_it_is() -> None:
    """No flaws, nothing dropped, every word the model's."""
    story = phrased()
    assert telling.flaws(story, drafted()) == ()
    assert telling.settle(story, drafted()) == (story, 0)
    assert [sentence.text for sentence in story.body] == [cited.text for cited in marlin_prose().body]


def test_what_was_decided_stays() -> None:
    """Id, topic, signal, sides and counter view are the selected story's."""
    story, selected = phrased(), story_of("Marlin")
    assert frame_of(story) == frame_of(selected)
    assert (story.counter.thinker, story.counter.kind) == ("Ben Stone", "conflict")


def frame_of(story: Story) -> tuple[object, ...]:
    """What no answer may change."""
    sides = tuple((p.thinker, p.thinker_id, p.stance) for p in story.positions)
    counts = replace(story.signal, why_now=story.standfirst, score=0)
    return (
        story.id, story.number, story.topic, story.state, story.continues, sides, story.connects_to, story.citations,
        replace(counts, why_now=counts.why_now.__class__("", ())),
    )  # fmt: skip


def test_there_is_no_story_beyond_the_last() -> None:
    """Whoever asks for one made a mistake."""
    with pytest.raises(ValueError, match="no story 9"):
        telling.phrase(marlin_prose(), drafted(), 9)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Ada Brook says Marlin cut review time by 60 percent.", "60"),
        ("Napoleon says Marlin cut review time by 40 percent.", "Napoleon"),
        ("Ada Brook says “Marlin is finished” in her team.", "Marlin is finished"),
        (
            "Marlin hat die Zeit für Prüfungen in unserem Team um 40 Prozent verkürzt, wie Ada Brook schreibt.",
            "language",
        ),
        ("Read all of it at https://marlin.example/ now.", "address"),
        ("Ada Brook says " + "that Marlin cut review time, " * 20 + "in our team.", "at most 420"),
    ],
)
def test_a_sentence_that_does_not_stand_is_named(text: str, reason: str) -> None:
    """With what is wrong with it, and it alone."""
    found = telling.flaws(phrased(body=body(text)), drafted())
    assert [flaw.where for flaw in found] == ["body[4]"]
    assert reason in "; ".join(found[0].reasons)
    assert found[0].text == text.strip()


def test_passages_of_other_stories_are_none() -> None:
    """A sentence that rests on nothing else is flawed."""
    story = phrased(body=body("Mira Talbot stopped work on the Osero dam.", evidence=CRACKS))
    assert story.body[4].evidence == ()
    assert "cites nothing" in reasons(story, "body[4]")


def test_a_claim_belongs_to_its_person() -> None:
    """On a passage of somebody else it does not stand; nobody else gets one; who is left out keeps the selected one."""
    first, *_ = marlin_prose().positions
    story = phrased(
        positions=(
            replace(first, evidence=at(STONE)),
            PositionProse(9, "More.", at(STONE)),
            replace(first, claim="Again."),
        )
    )
    assert "Ada Brook" in reasons(story, "positions[0]")
    assert [p.claim for p in story.positions][1:] == [p.claim for p in story_of("Marlin").positions][1:]


def test_an_interest_is_not_left_out() -> None:
    """Where the selected claim tells what its speaker sells, the written one does, too."""
    (sells,) = at(SELLS)
    first, *others = marlin_prose().positions
    story = phrased(positions=(replace(first, evidence=at(BROOK)), *others))
    assert f"[{sells}]" in reasons(story, "positions[0]")
    assert telling.settle(story, drafted())[0].positions[0] == story_of("Marlin").positions[0]


def test_where_nobody_disagrees_an_argument_is_ours() -> None:
    """Without evidence, without a name; with one it does not stand."""
    dam = story_of("Osero")
    prose = marlin_prose(counter=Cited("A crack may be older than the work that shows it.", at(STONE)), title=dam.title)
    story = telling.phrase(prose, drafted(), dam.number)
    assert (story.counter.standing, story.counter.evidence, story.counter.thinker) == ("argument", (), None)
    named = replace(story, counter=replace(story.counter, text="Cracks are older than the work, Dora Hale."))
    found = {flaw.where: flaw.reasons for flaw in telling.flaws(named, drafted())}
    assert "Dora Hale" in "; ".join(found["counter"])
    assert "counter" not in {flaw.where for flaw in telling.flaws(story, drafted())}


def test_without_a_conflict_nothing_is_split_and_there_is_no_crux() -> None:
    """And nobody disagrees, unless a passage says so."""
    dam = story_of("Osero")
    hale = at(CRACKS)
    clash = Cited("Dora Hale and the lenders of the Osero dam disagree about the work.", hale)
    story = telling.phrase(
        marlin_prose(
            synthesis=SynthesisProse("split", "Work on the Osero dam stopped.", hale),
            crux=CruxProse("Who pays?", "A bill.", hale),
            body=(clash, clash),
        ),
        drafted(),
        dam.number,
    )
    assert story.synthesis is None
    assert story.crux is None
    assert len(story.body) == 1
    (flaw,) = (flaw for flaw in telling.flaws(story, drafted()) if flaw.where == "body[0]")
    assert "disagree" in "; ".join(flaw.reasons)


def test_several_sentences_in_one_field_are_examined_one_by_one() -> None:
    """They share their evidence, and one may fall without the other."""
    two = Cited("Ada Brook says Marlin cut review time by 40 percent. Marlin was bought by 30 banks.", at(BROOK))
    story = phrased(body=(*marlin_prose().body, two))
    assert [sentence.evidence for sentence in story.body[4:]] == [at(BROOK), at(BROOK)]
    settled, dropped = telling.settle(story, drafted())
    assert dropped == 1
    assert settled.body[4].text == "Ada Brook says Marlin cut review time by 40 percent."
    assert len(settled.body) == 5


@pytest.mark.parametrize(
    ("quote", "speaker"),
    [
        (Cited("“Marlin helps a small team”", at(FROST)), "Cleo Frost"),
        (Cited("Marlin helps a small team", at(STONE)), "Cleo Frost"),
        (Cited("Marlin helps a small team", ()), "Cleo Frost"),
        (Cited("Marlin helps every team", ()), None),
        (Cited("word " * 31, at(FROST)), None),
        (Cited("", at(FROST)), None),
    ],
)
def test_a_pull_quote_is_found_where_it_stands(quote: Cited, speaker: str | None) -> None:
    """Whatever the answer cites; its speaker wrote the item."""
    story = phrased(pull_quote=quote)
    assert (story.pull_quote.thinker if story.pull_quote else None) == speaker
    assert telling.flaws(story, drafted()) == ()


def test_words_in_somebody_elses_item_are_the_speakers() -> None:
    """Of who is known to speak there; where nobody is, nothing is framed."""
    draft = draft_of()
    words = Cited("I would not sail by a magnet", ("5.2",))
    clocks = telling.phrase(marlin_prose(pull_quote=words), draft, 1)
    assert clocks.pull_quote is not None
    assert (clocks.pull_quote.thinker, clocks.pull_quote.thinker_id) == ("Imke Sand", None)
    first = draft.edition.stories[0]
    nobody = replace(draft.edition, stories=(replace(first, positions=()), *draft.edition.stories[1:]))
    assert telling.phrase(marlin_prose(pull_quote=words), draft_of(nobody), 1).pull_quote is None


def test_a_selected_title_brings_its_standfirst() -> None:
    """It rests on what that cites."""
    draft, evidence = draft_of(), ("7.1",)
    shining = tuple(Cited(text, evidence) for text in ("A lamp shines.", "A lamp does not see."))
    prose = marlin_prose(title="Napoleon sold 7,000 lamps", standfirst=shining[0], body=shining, why_now=None)
    bare = replace(
        prose, positions=(), counter=None, synthesis=None, pull_quote=None, plain_words=(), analogy=None, so_what=None
    )
    story, _ = telling.settle(telling.phrase(bare, draft, 3), draft)
    selected = draft.edition.stories[2]
    assert (story.title, story.standfirst) == (selected.title, selected.standfirst)
    assert [sentence.text for sentence in story.body] == ["A lamp shines.", "A lamp does not see."]


def test_where_what_was_selected_falls_the_story_is_none() -> None:
    """A draft that does not stand by itself cannot be written."""
    draft = draft_of()
    broken = replace(draft.edition.stories[2], title="Napoleon sold 7,000 lamps")
    edition = replace(draft.edition, stories=(*draft.edition.stories[:2], broken))
    with pytest.raises(ValueError, match="beside what was written"):
        telling.settle(broken, draft_of(edition))


def test_invented_words_in_a_frame_are_a_flaw() -> None:
    """They are dropped, and counted."""
    story = phrased(pull_quote=Cited("Marlin is the end of every small team", at(FROST)))
    assert "not in the cited passages" in reasons(story, "pull_quote")
    assert telling.settle(story, drafted()) == (replace(story, pull_quote=None), 1)


def test_acts_are_not_quoted() -> None:
    """A release says what it is, not what somebody thinks."""
    kit = story_of("Tidekit")
    words = "Tidekit 2.1 reads tide tables from paper and from screens."
    story = telling.phrase(marlin_prose(pull_quote=Cited(words, at(words))), drafted(), kit.number)
    assert story.pull_quote is None or story.pull_quote.text != words


def test_what_is_said_again_takes_its_place() -> None:
    """Only parts that were complained of; null leaves a part out, and a claim as it was selected."""
    story = phrased(
        title="Marlin proves everybody wrong",
        body=body("Ada Brook sold 60 copies.", "Marlin was sold by Napoleon."),
        so_what="Ask 44 people.",
    )
    found = telling.flaws(story, drafted())
    assert {flaw.where for flaw in found} == {"title", "body[4]", "body[5]", "so_what"}
    repair = RepairProse(
        (
            MendedProse("title", "Brook says Marlin cut review time", ()),
            MendedProse(" body[4] ", "Ada Brook says Marlin cut review time by 40 percent.", at(BROOK)),
            MendedProse("body[4]", "Again.", at(BROOK)),
            MendedProse("body[5]", None, ()),
            MendedProse("so_what", None, ()),
            MendedProse("standfirst", "Taken over.", ()),
            MendedProse("body[999]", "Taken over.", ()),
        )
    )
    mended = telling.mend(story, found, repair, drafted())
    assert telling.flaws(mended, drafted()) == ()
    assert mended.title == "Brook says Marlin cut review time"
    assert mended.body[4].text == "Ada Brook says Marlin cut review time by 40 percent."
    assert (len(mended.body), mended.so_what, mended.standfirst) == (5, None, story.standfirst)


def test_every_part_can_be_said_again() -> None:
    """And left out: then what was selected stands, or nothing."""
    story = phrased(analogy="A proofreader helps.")
    parts = {
        "standfirst": MendedProse("standfirst", "Marlin cut review time by 40 percent.", at(BROOK)),
        "why_now": MendedProse("why_now", "Two hospitals stopped paying for Marlin.", at(HOSPITALS)),
        "positions[1]": MendedProse("positions[1]", "Says review time went up by 15 percent.", at(STONE)),
        "counter": MendedProse("counter", "Stone says review time went up.", at(STONE)),
        "synthesis": MendedProse("synthesis", "Stone says that review time went up.", at(STONE)),
        "crux": MendedProse("crux", "Did review time go up? A count of the months.", at(STONE)),
        "pull_quote": MendedProse("pull_quote", "only when every change is short", at(FROST)),
        "plain_words[0]": MendedProse("plain_words[0]", "looking at a change", ()),
        "analogy": MendedProse("analogy", "A proofreader helps once.", ()),
        "so_what": MendedProse("so_what", "Count.", ()),
    }
    complaints = tuple(Flaw(where, "", (), ("so it is",)) for where in parts)
    mended = telling.mend(story, complaints, RepairProse(tuple(parts.values())), drafted())
    said = dict(telling.sentences(mended))
    assert {where: said[where].text for where in parts if where in said} == {
        where: part.text for where, part in parts.items() if where in said
    }
    assert mended.crux is not None
    assert (mended.crux.question, mended.crux.would_settle) == ("Did review time go up?", "A count of the months.")
    assert (mended.analogy, mended.so_what, mended.plain_words[0].meaning) == (
        "A proofreader helps once.", "Count.", "looking at a change",
    )  # fmt: skip
    nothing = RepairProse(tuple(MendedProse(where, None, ()) for where in parts))
    without = telling.mend(story, complaints, nothing, drafted())
    selected = story_of("Marlin")
    assert (without.standfirst, without.counter, without.positions[1]) == (
        selected.standfirst, selected.counter, selected.positions[1],
    )  # fmt: skip
    assert (without.synthesis, without.crux, without.pull_quote, without.plain_words) == (None, None, None, ())
    empty = RepairProse(
        tuple(MendedProse(where, " ", ()) for where in parts if where not in {"crux", "pull_quote", "counter"})
    )
    assert telling.mend(story, complaints, empty, drafted()) == story


def test_a_title_that_falls_brings_the_selected_one_back() -> None:
    """With the standfirst that carries it, where the written one does not."""
    story = phrased(title="Marlin proves everybody wrong")
    settled, dropped = telling.settle(story, drafted())
    assert (settled.title, dropped) == (story_of("Marlin").title, 1)
    assert telling.flaws(settled, drafted()) == ()


@pytest.mark.parametrize("lies", [4, 5])
def test_a_story_of_which_too_little_stands_is_none(lies: int) -> None:
    """Half of the body is enough, less is not."""
    true = marlin_prose().body
    story = phrased(body=(*true, *(Cited(f"Ada Brook sold {n}00 copies.", at(BROOK)) for n in range(2, 2 + lies))))
    if lies == 4:
        assert len(telling.settle(story, drafted())[0].body) == 4
    else:
        with pytest.raises(ValueError, match="4 of 9 sentences stand"):
            telling.settle(story, drafted())


def test_one_sentence_is_no_story() -> None:
    """Nor is none."""
    for few in ((), marlin_prose().body[:1]):
        with pytest.raises(ValueError, match="sentences stand"):
            telling.settle(phrased(body=few), drafted())


def test_five_thousand_entries_cost_nothing() -> None:
    """Of each list as many are taken as a story has places for."""
    story = phrased(
        body=marlin_prose().body * 2_000,
        positions=marlin_prose().positions * 2_000,
        plain_words=tuple(TermProse(f"word {n}", "a thing") for n in range(5_000)),
    )
    assert (len(story.body), len(story.plain_words)) == (4, 2)
    assert len(phrased(body=body(*(f"Marlin cut review time, {n}." for n in range(5_000)))).body) == 12


@cache
def russian() -> Drafted:
    """The same window as an edition in Russian: its passages are English."""
    return draft(commission(press(), language="ru"), say("ru"))


def test_names_of_another_script_are_never_written_anew() -> None:
    """A Latin name stands in Latin letters; a quotation in the original, with a translation beside it."""
    story = next(s for s in russian().edition.stories if "Marlin" in s.topic)
    ids = {p.text: p.id for c in russian().citations for p in c.passages}
    evidence = (next(i for text, i in ids.items() if text.startswith(STONE)),)
    good = "Ben Stone возражает: “review time went up by 15 percent” (проверка стала дольше на 15 процентов)."
    bad = "Бен Стоун пишет, что в те же месяцы проверка стала дольше на 15 процентов."
    prose = marlin_prose(body=(Cited(good, evidence), Cited(bad, evidence)), standfirst=Cited(good, evidence))
    written = telling.phrase(prose, russian(), story.number)
    found = {flaw.where: "; ".join(flaw.reasons) for flaw in telling.flaws(written, russian())}
    assert "body[0]" not in found
    assert "Стоун" in found["body[1]"]
    assert "«review time went up by 15 percent»" in written.body[0].text
    assert "language of the edition" in found["analogy"]


def test_what_was_kept_comes_back_as_it_was() -> None:
    """A settled story brought into its frame again is the same story, also without a question."""
    settled, _ = telling.settle(phrased(), drafted())
    assert telling.in_frame(settled, drafted()) == settled
    quiet = replace(settled, question=None, crux=None, synthesis=None, pull_quote=None)
    assert telling.in_frame(quiet, drafted()) == quiet


def test_a_story_from_elsewhere_is_refused() -> None:
    """Its id has to be one of the draft's."""
    with pytest.raises(ValueError, match="was not selected"):
        telling.flaws(replace(phrased(), id="other/1"), drafted())


def test_thin_days_get_longer_stories() -> None:
    """All answers of an edition share its tokens."""
    assert telling.measure_of(5)[1] < telling.measure_of(2)[1]


IDS = st.lists(st.sampled_from([p for m in drafted().materials for p in m.passages] + ["99.1", "x"]), max_size=3).map(
    tuple
)
WORDS = st.lists(
    st.sampled_from(
        ["Marlin", "Ada Brook", "Ben Stone", "cut", "review", "time", "40", "percent", "not", "Napoleon", "“went up”",
         "7", "says", "[1.1]", "**Osero**", "disagree", "https://x.example", "Мол", ".", "?", "will", "proves"]
    ), max_size=9,
).map(" ".join)  # fmt: skip
SENTENCES = st.builds(Cited, WORDS, IDS)
KINDS = st.sampled_from(["split", "leaning", "consensus", "one_sided", "talking_past"])
STORIES = st.builds(
    StoryProse,
    title=WORDS,
    standfirst=SENTENCES,
    why_now=st.none() | SENTENCES,
    positions=st.lists(st.builds(PositionProse, st.integers(-1, 6), WORDS, IDS), max_size=5).map(tuple),
    counter=st.none() | SENTENCES,
    body=st.lists(SENTENCES, max_size=6).map(tuple),
    synthesis=st.none() | st.builds(SynthesisProse, KINDS, WORDS, IDS),
    crux=st.none() | st.builds(CruxProse, WORDS, WORDS, IDS),
    pull_quote=st.none() | SENTENCES,
    plain_words=st.lists(st.builds(TermProse, WORDS, WORDS), max_size=3).map(tuple),
    analogy=st.none() | WORDS,
    so_what=st.none() | WORDS,
)


@settings(max_examples=20, deadline=None)
@given(STORIES, st.integers(1, 3))
def test_no_answer_changes_what_was_decided(prose: StoryProse, which: int) -> None:
    """And whatever it says, what is settled has no flaw left."""
    story = telling.phrase(prose, drafted(), which)
    selected = drafted().edition.stories[which - 1]
    assert frame_of(story) == frame_of(selected)
    assert {i for _, cited in telling.sentences(story) for i in cited.evidence} <= set(
        drafted().material(story.id).passages
    )
    try:
        settled, _ = telling.settle(story, drafted())
    except ValueError:
        return
    assert telling.flaws(settled, drafted()) == ()
    assert frame_of(settled)[:6] == frame_of(selected)[:6]

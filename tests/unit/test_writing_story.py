"""One story of an extractive edition: what is quoted, where, and what never is."""

from collections import Counter as Tally
from dataclasses import replace

import pytest

from bot.domain.argument import Argument, Reply
from bot.domain.edition import Sentence, Story
from bot.domain.item import ItemKind
from bot.domain.read import read
from bot.domain.reading import Reading
from bot.domain.roster import Thinker
from bot.domain.writing.story import StoryMatter, bearing, connect, headline
from tests.fakes.readings import item, reading, thinker
from tests.unit.writing_samples import CLAIM, DENIAL, HARBOUR, PIER, QUAY, matter, pen, written

OTHER_CLAIM = "Marlin reads every short change of our team before a person looks at it."


def by(who: Thinker, text: str, **facts: object) -> Reading:
    """An item of any kind of thinker, read."""
    return read(item(who, text, **facts), who)  # type: ignore[arg-type]  # keyword facts of `item`


def quarrel() -> StoryMatter:
    """A claim and its denial, both with a headline."""
    return matter(
        reading("Ada Brook", f"{CLAIM} Small changes took nine days before Marlin came.", title="A good year", hours=3),
        reading("Ben Stone", f"{DENIAL} The town pays for Marlin in silence.", title="A bad year for Marlin", hours=1),
        shared=("Marlin",),
    )


def texts(story: Story) -> list[str]:
    return [sentence.text for sentence in story.body]


# ---------------------------------------------------------------- title


def test_the_title_comes_from_the_side_that_is_replied_to() -> None:
    """For and against are meant of the title, so a reply's headline is none."""
    assert written(quarrel()).title == "A good year"


def test_the_title_is_the_claims_whatever_stands_first() -> None:
    """Not the reply's, and not that of a voice beside the matter."""
    claim, reply = quarrel().draft.readings
    third = reading(
        "Cleo Frost", "Lanterns went dark for three winter nights.", title="Dark nights on the pier", hours=2
    )
    assert written(matter(reply, third, claim)).title == "A good year"
    unnamed = by(thinker("Ada Brook"), CLAIM, hours=3)
    assert written(matter(reply, unnamed)).title == f"“{CLAIM}”"


def test_a_headline_of_somebody_who_speaks_stands_before_that_of_an_act() -> None:
    """A star's title names a repository, not what is argued."""
    star = reading("Cleo Frost", "", title="starred harbour-lab/tidekit", kind=ItemKind.STAR)
    said = reading("Ada Brook", CLAIM, title="A good year for the team")
    assert written(matter(star, said)).title == "A good year for the team"


def test_a_fresh_headline_stands_before_one_that_was_cited_already() -> None:
    """An update leads with what is new."""
    old = reading("Ada Brook", CLAIM, title="A good year for the team", hours=9)
    new = reading("Ben Stone", OTHER_CLAIM, title="A worse year with the tool", hours=1)
    assert written(matter(old, new, fresh=[new])).title == "A worse year with the tool"
    assert written(matter(old, new)).title == "A good year for the team"


@pytest.mark.parametrize(
    "title", ["", "Marlin" + " and everything that came with it" * 3, "Read more about us", "Harbour…"]
)
def test_without_a_usable_headline_a_short_sentence_is_the_title(title: str) -> None:
    """Quoted, because it is somebody's; too long, missing, teasing or broken headlines are no titles."""
    story = written(
        matter(reading("Ada Brook", f"{CLAIM} Nobody in our team asks for the old days back.", title=title))
    )
    assert story.title in {f"“{CLAIM}”", "“Nobody in our team asks for the old days back.”"}


def test_without_any_short_sentence_there_is_no_title() -> None:
    """And so no story."""
    long = (
        "Our team of nine engineers counted every change of a whole year twice before it believed what Marlin had told."
    )
    assert headline(matter(reading("Ada Brook", long))) is None


def test_an_item_without_an_address_gives_no_title() -> None:
    """It could not be cited."""
    one = reading("Ada Brook", CLAIM, title="A good year")
    assert headline(matter(replace(one, item=replace(one.item, url=None)))) is None


def test_a_title_rests_on_a_cited_item() -> None:
    """A headline whose item is cited nowhere else is cited beside the standfirst."""
    bare = reading("Ada Brook", "", title="Pilots leave the harbour", hours=1)
    said = reading("Ben Stone", f"{CLAIM} {OTHER_CLAIM}", hours=2)
    one = matter(bare, said)
    # The bare headline is nobody's claim here, so nothing else cites it.
    silent = replace(
        one, quotes=tuple(q for q in one.quotes if q.span.where == "text"), argument=Argument((), None, None)
    )
    ink = pen()
    story = written(silent, ink)
    cited = {passage.id: c.thinker for c in ink.citing.citations() for passage in c.passages}
    assert story.title == "Pilots leave the harbour"
    assert [cited[passage] for passage in story.standfirst.evidence] == ["Ben Stone", "Ada Brook"]


# ---------------------------------------------------------------- standfirst and why now


def test_the_standfirst_repeats_neither_title_nor_position() -> None:
    """As long as another short sentence is left."""
    story = written(quarrel())
    claims = {position.claim for position in story.positions}
    assert story.standfirst.text not in {f"Ada Brook: {claim}" for claim in claims}
    assert story.standfirst.text in {
        "Ada Brook: “Small changes took nine days before Marlin came.”",
        "Ben Stone: “The town pays for Marlin in silence.”",
    }


def test_a_sentence_that_says_the_title_again_is_no_standfirst() -> None:
    """The same words in another order are the same."""
    text = f"{CLAIM} Every short change is what Marlin reviews here. The old ferry needs a pilot on every second night."
    story = written(matter(reading("Ada Brook", text, title="Marlin reviews every short change")))
    assert [position.claim for position in story.positions] == [f"“{CLAIM}”"]
    assert "old ferry" in story.standfirst.text


def test_a_long_sentence_is_a_standfirst_only_where_there_is_no_short_one() -> None:
    """170 characters fit under a title."""
    long = (
        "Our team counted every change of the year twice, by hand and by Marlin, and it found that a third of "
        "what had been closed in March was open again in the second week of April."
    )
    assert len(long) > 170
    assert long in written(matter(reading("Ada Brook", long, title="A good year"))).standfirst.text
    with_short = matter(reading("Ada Brook", f"{long} {CLAIM}", title="A good year"))
    assert CLAIM in written(with_short).standfirst.text


def test_a_headline_alone_is_its_own_standfirst() -> None:
    """Nothing else was published."""
    story = written(matter(reading("Ada Brook", "", title="Pilots leave the harbour")))
    assert story.standfirst == Sentence("Ada Brook: “Pilots leave the harbour”", ("1.1",))
    assert story.signal.why_now == Sentence("", ())


def test_why_now_is_the_best_further_sentence_of_the_newest_item() -> None:
    """On the subject; not the standfirst, not a position, not a headline, not a question."""
    old = reading(
        "Ada Brook", f"{CLAIM} {OTHER_CLAIM} Lanterns went dark on the low pier.", title="A good year", hours=9
    )
    new = reading(
        "Ben Stone",
        "Who counts them? The old ferry needs a second pilot on every winter night. Ropes were short in spring. "
        "But the ferry Marlin has no such pilot aboard on any night.",
        hours=1,
    )
    story = written(matter(old, new, shared=("Marlin",)))
    assert story.standfirst.text == f"Ada Brook: “{OTHER_CLAIM}”"
    assert story.signal.why_now.text == "Ben Stone: “But the ferry Marlin has no such pilot aboard on any night.”"
    assert next(p.claim for p in story.positions if p.thinker == "Ben Stone").startswith("“The old ferry")


# ---------------------------------------------------------------- positions and counter view


def test_a_position_is_a_sentence_of_its_thinker() -> None:
    """In quotation marks, with the passage; for before against."""
    story = written(quarrel())
    assert [(p.thinker, p.stance, p.claim) for p in story.positions] == [
        ("Ada Brook", "for", f"“{CLAIM}”"),
        ("Ben Stone", "against", f"“{DENIAL}”"),
    ]


def test_who_sells_what_they_argue_for_says_so_in_the_position() -> None:
    """With its own passage."""
    sells = "I run a company that sells review tools to banks and hospitals."
    story = written(matter(reading("Ada Brook", f"{CLAIM} {sells}")))
    (position,) = story.positions
    assert position.claim == f"“{CLAIM}” Their own interest: “{sells}”"
    assert len(position.evidence) == 2


def test_an_interest_beyond_the_excerpt_is_left_out() -> None:
    """Sixty words of one item are the end, and the claim goes first."""
    claim = "Marlin cut review time by a third " + "in our own team of nine " * 3 + "engineers."
    sells = "I run a company that sells review tools " + "to banks and to hospitals " * 5 + "everywhere else."
    one = matter(reading("Ada Brook", f"{claim} {sells}", title="A good year"))
    assert one.argument.sides[0].sells is not None
    (position,) = written(one).positions
    assert position.claim == f"“{claim}”"


def test_a_counter_view_is_a_person_with_both_passages() -> None:
    """Its own words, and those they answer."""
    story = written(quarrel())
    counter = story.counter
    assert (counter.standing, counter.kind, counter.thinker_id) == ("person", "conflict", "ben-stone")
    assert counter.text == f"Ben Stone: “{DENIAL}”"
    assert counter.evidence == (story.positions[1].evidence[0], story.positions[0].evidence[0])


def test_where_nobody_disagrees_the_story_says_so() -> None:
    """No name, no kind, no source, and a sentence."""
    counter = written(matter(reading("Ada Brook", CLAIM), reading("Ben Stone", OTHER_CLAIM))).counter
    assert (counter.standing, counter.kind, counter.thinker, counter.evidence) == ("none", None, None, ())
    assert counter.text == "No source in this window says otherwise."


def test_a_reply_that_cannot_be_cited_is_no_counter_view() -> None:
    """Nobody could look it up."""
    one = quarrel()
    assert one.argument.counter is not None
    said = one.argument.counter.said
    nowhere = replace(said, reading=replace(said.reading, item=replace(said.reading.item, url=None)))
    uncited = replace(
        one, argument=replace(one.argument, counter=Reply("conflict", nowhere, one.argument.counter.against))
    )
    assert written(uncited).counter.standing == "none"


def test_a_story_asks_only_what_its_items_ask() -> None:
    """And only where somebody holds a position."""
    asked = "Who counts the changes that Marlin closes too early?"
    with_answer = matter(reading("Ada Brook", CLAIM), reading("Ben Stone", asked))
    assert written(with_answer).question == asked
    assert written(matter(reading("Ada Brook", CLAIM))).question is None
    alone = matter(reading("Ben Stone", asked, title="A question of counting"))
    without_sides = replace(alone, argument=replace(alone.argument, sides=()))
    assert written(without_sides).question is None


# ---------------------------------------------------------------- body


def test_the_body_tells_nothing_twice() -> None:
    """Standfirst and claims stand in it once, and no other sentence says the same."""
    again = "In our team of nine engineers Marlin cut review time by 40 percent."
    story = written(matter(reading("Ada Brook", f"{CLAIM} {again} {OTHER_CLAIM}", title="A good year")))
    assert max(Tally(texts(story)).values()) == 1
    assert len([text for text in texts(story) if "40 percent" in text]) == 1


def test_the_body_goes_from_for_to_against_to_the_rest() -> None:
    """In the order in which the positions stand, whoever the standfirst is from."""
    one = matter(
        reading("Cleo Frost", "Lanterns on the low pier of Marlin Bay went dark for three winter nights.", hours=4),
        reading("Ben Stone", f"{DENIAL} The town pays the bill of that tool in silence.", hours=1),
        reading("Ada Brook", CLAIM, title="A good year", hours=3),
    )
    story = written(one)
    assert story.standfirst.text.startswith("Ben Stone")
    voices = [text.partition(":")[0] for text in texts(story)]
    assert list(dict.fromkeys(voices)) == ["Ada Brook", "Ben Stone", "Cleo Frost"]
    assert voices == sorted(voices)[: len(voices)]


def test_one_voice_does_not_fill_the_body() -> None:
    """Four sentences of one thinker at most, whatever there is to quote."""
    text = (
        "Pilots of the harbour ask for warmer coats this winter. Nine lanterns on the low pier went dark in March. "
        "Ferries do not sail after the second bell of evening. Every chart is printed on the paper of old sails. "
        "Anchors rust in the garden behind the mayor’s house. Gulls have learned to open the boxes of fishermen. "
        "Ropes from Grauholm last twice as long as ours."
    )
    story = written(matter(reading("Ada Brook", text, title="The price of salt", kind=ItemKind.POST)))
    assert len(texts(story)) == 4


def test_questions_headlines_and_leaning_sentences_do_not_fill_the_body() -> None:
    """They stand only where they are needed."""
    text = f"{CLAIM} Who counts the nets on the low pier? But it then costs the town nine barrels of salt."
    story = written(matter(reading("Ada Brook", text, title="Nets on the low pier")))
    assert texts(story) == [f"Ada Brook: “{CLAIM}”"]


def test_an_update_is_told_in_fresh_words() -> None:
    """Sentences of items that an earlier edition cited only hold positions."""
    old = reading("Ada Brook", f"{CLAIM} Old lanterns on the low pier went dark for three winter nights.", hours=9)
    new = reading(
        "Ben Stone", "The town bought Marlin in spring. Nets on the high pier were mended by nine sailors.", hours=1
    )
    story = written(matter(old, new, fresh=[new]))
    assert story.standfirst.text.startswith("Ben Stone")
    assert [text for text in texts(story) if "lanterns" in text] == []


# ---------------------------------------------------------------- pull quote

STRIKING = "Nobody should trust Marlin with a change that a person has not read."


def test_a_pull_quote_is_striking_short_and_a_persons() -> None:
    """And exact, with its passage."""
    ink = pen()
    one = matter(reading("Ada Brook", f"{CLAIM} {OTHER_CLAIM} {STRIKING}", title="A good year"), shared=("Marlin",))
    quote = written(one, ink).pull_quote
    assert quote is not None
    assert (quote.text, quote.thinker_id, quote.status, quote.original) == (STRIKING, "ada-brook", "exact", None)
    (citation,) = ink.citing.citations()
    assert {p.id: p.text for p in citation.passages}[quote.evidence[0]] == STRIKING


@pytest.mark.parametrize(
    ("who", "text", "facts"),
    [
        (QUAY, STRIKING, {}),
        (HARBOUR, STRIKING, {}),
        (PIER, STRIKING, {"kind": ItemKind.EPISODE}),
        (thinker("Dora Hale"), STRIKING, {"kind": ItemKind.EPISODE}),
        (thinker("Dora Hale"), STRIKING, {"kind": ItemKind.REPOST}),
        (thinker("Dora Hale"), "Marlin came to the harbour with the first ferry of spring.", {}),
        (thinker("Dora Hale"), "Nobody should trust a ferry with a change that a person has not read.", {}),
        (thinker("Dora Hale"), "Should nobody trust Marlin with a change that a person has not read?", {}),
        (thinker("Dora Hale"), "My friend says that “nobody should trust Marlin” with a change of hers.", {}),
        (thinker("Dora Hale"), "Nobody should trust Marlin.", {}),
    ],
)
def test_what_is_no_pull_quote(who: Thinker, text: str, facts: dict[str, object]) -> None:
    """An organization's or an episode's words, an act, a dull sentence, another subject, a question, a quotation."""
    story = written(
        matter(
            by(thinker("Ada Brook"), f"{CLAIM} {OTHER_CLAIM}", title="A good year"),
            by(who, f"Lanterns on the low pier went dark for three winter nights. {text}", hours=1, **facts),
            shared=("Marlin",),
        )
    )
    assert story.pull_quote is None


def test_a_pull_quote_was_not_told_as_a_position() -> None:
    """A frame for words that stand above it is a repetition."""
    assert written(matter(reading("Ada Brook", STRIKING, title="A good year"), shared=("Marlin",))).pull_quote is None


# ---------------------------------------------------------------- connections and bearing


def test_two_stories_that_name_one_thing_are_connected_by_a_sentence_that_names_it() -> None:
    """At most one connection a story, with its evidence; nothing in common, no connection."""
    first = matter(
        reading("Ada Brook", f"{CLAIM} Nobody in the town of Saltsedge pays for Marlin.", title="A good year"),
        shared=("Marlin", "Saltsedge"),
    )
    second = matter(
        reading("Ben Stone", "Lanterns in the streets of Saltsedge went dark for three nights.", title="Dark"),
        shared=("Saltsedge",),
    )
    third = matter(
        reading("Cleo Frost", "A bowline holds and comes loose without any knife.", title="Knots"), shared=("bowline",)
    )
    ink = pen()
    matters = [first, second, third]
    stories = [replace(written(one, ink), id=f"e/{n}") for n, one in enumerate(matters, 1)]
    links = connect(stories, matters, ink)
    assert [[link.story for link in each] for each in links] == [["e/2"], ["e/1"], []]
    assert links[1][0].reason == "Ben Stone: “Lanterns in the streets of Saltsedge went dark for three nights.”"
    assert links[1][0].evidence == stories[1].standfirst.evidence


def test_a_topic_rests_on_the_fewest_sentences_that_hold_its_words() -> None:
    """And says when some word is in none."""
    said = [
        Sentence("A: “The low pier.”", ("1.1",)),
        Sentence("B: “A low lamp.”", ("2.1",)),
        Sentence("C: “Lamp oil.”", ("3.1",)),
    ]
    assert bearing("Pier lamp", said) == (["1.1", "2.1"], set())
    assert bearing("Pier whales", said) == (["1.1"], {"whales"})

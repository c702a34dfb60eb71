"""A whole edition: what the order of truth and the reader are promised, whatever was published."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.wire.contract import from_json, to_json
from bot.domain.checks import check
from bot.domain.checks.parts import walk
from bot.domain.compose import Gathered
from bot.domain.edition import Edition, SourceDown
from bot.domain.item import ACTS, Item, ItemKind
from bot.domain.quotes import quotations, status
from bot.domain.roster import Roster, ThinkerKind
from tests.fakes.readings import item
from tests.unit.writing_samples import (
    BROOK,
    DENIAL,
    FROST,
    HALE,
    MOL,
    PRESS,
    QUAY,
    STONE,
    WINDOW,
    composed,
    dam,
    kit,
    marlin,
    press,
    story_about,
    words_behind,
)

NOBODY = ("No source in this window says otherwise.", "No source here says otherwise.")


@pytest.fixture(scope="module")
def edition() -> Edition:
    """Three stories of ten items by six thinkers."""
    return composed(press())


# ---------------------------------------------------------------- every sentence original and cited


def test_every_sentence_is_original_and_cited(edition: Edition) -> None:
    """Whatever claims something quotes a cited passage whole; what is left of the text is a name or a fixed phrase."""
    for part in walk(edition):
        if part.kind in {"title", "story_title", "question"} or (part.kind == "line" and not part.evidence):
            continue
        if part.text in NOBODY:
            continue
        passages = words_behind(edition, part.evidence)
        assert passages, part
        said = [q.text for q in quotations(part.text)] if part.kind != "pull_quote" else [part.text]
        if part.kind == "line" and not said:
            continue
        assert said, part
        assert all(any(status(words, passage) for passage in passages) for words in said), part


def test_titles_and_questions_are_words_of_the_items(edition: Edition) -> None:
    """A story's title is a headline; its question stands in a passage; the edition's title is made of topics."""
    titles = {c.title for c in edition.citations}
    passages = {passage.text for c in edition.citations for passage in c.passages}
    for story in edition.stories:
        assert story.title in titles
        assert story.question is None or story.question in passages | titles
    assert edition.title == " · ".join(story.topic for story in edition.stories)


def test_every_passage_is_a_sentence_of_its_item(edition: Edition) -> None:
    """In the item's own characters."""
    texts = {i.id: f"{i.title}\n{i.text}" for i in press()}
    for citation in edition.citations:
        assert all(passage.text in texts[citation.item] for passage in citation.passages)


def test_the_edition_passes_every_check(edition: Edition) -> None:
    """As anybody can verify from its JSON."""
    verdict = check(from_json(Edition, to_json(edition)))
    assert verdict.faults == ()
    assert set(verdict.rates.values()) == {1.0}


# ---------------------------------------------------------------- stances, acts, echoes


def test_a_conflict_is_shown_from_both_sides(edition: Edition) -> None:
    """Who claims, who denies, in which words."""
    story = story_about(edition, "Marlin")
    assert [(p.thinker, p.stance) for p in story.positions][:2] == [("Ada Brook", "for"), ("Ben Stone", "against")]
    assert (story.counter.standing, story.counter.kind, story.counter.thinker) == ("person", "conflict", "Ben Stone")


def test_against_stands_only_where_there_is_a_conflict(edition: Edition) -> None:
    """Elsewhere the counter view says that nobody disagrees."""
    for story in edition.stories:
        if story.counter.kind != "conflict":
            assert {p.stance for p in story.positions} <= {"for", "adjacent"}
            assert (story.counter.standing, story.counter.text) == ("none", NOBODY[0])


def test_to_speak_of_the_same_thing_is_no_conflict() -> None:
    """A negation about one aspect of a named thing contradicts nothing that is said about another."""
    (story,) = composed(dam()).stories
    assert story.counter.standing == "none"


def test_a_difference_of_scope_is_on_a_related_point() -> None:
    """Both can be true, and nobody is against."""
    claim, _, scope, hospitals = marlin()
    (story,) = composed([claim, replace(scope, links=(claim.url or "",)), hospitals]).stories
    assert (story.counter.standing, story.counter.kind) == ("person", "scope")
    stances = {p.thinker: p.stance for p in story.positions}
    assert (stances["Ada Brook"], stances["Cleo Frost"]) == ("for", "adjacent")


def test_a_star_says_nothing_and_a_release_only_that_it_is_one() -> None:
    """Acts hold no position, no pull quote and no counter view; a description is never its stargazer's words."""
    whole = composed(kit())
    (story,) = whole.stories
    acts = {p.id for c in whole.citations if c.kind in ACTS for p in c.passages}
    assert acts
    holders = (*story.positions, story.counter, *((story.pull_quote,) if story.pull_quote else ()))
    assert not {passage for holder in holders for passage in holder.evidence} & acts
    assert not any("A kit that reads" in p.text for c in whole.citations for p in c.passages)
    assert all("2.1" in whole.passages()[passage][1].text for passage in acts)


def acts() -> list[Item]:
    """Three people do something with one repository, and nobody says a word."""
    return [
        item(
            BROOK,
            "A kit that reads tide tables from paper.",
            title="starred harbour-lab/tidekit",
            kind=ItemKind.STAR,
            hours=1,
        ),
        item(
            STONE,
            "Charts for the lone sailor, with harbour-lab/tidekit inside.",
            title="starred quill/tidekit-charts",
            kind=ItemKind.STAR,
            hours=2,
        ),
        item(
            FROST,
            "Nine commits that move tidekit to another harbour.",
            title="pushed to harbour-lab/tidekit",
            kind=ItemKind.PUSH,
            hours=3,
        ),
    ]


def test_an_edition_of_acts_alone_tells_no_story() -> None:
    """Nobody said anything."""
    whole = composed(acts())
    assert (whole.stories, whole.citations, whole.title) == ((), (), "A quiet window")
    assert (whole.card.items_read, whole.card.items_used) == (3, 0)
    assert check(whole).ok


def test_nothing_speaks_of_a_story_that_the_checks_left_out() -> None:
    """Neither title nor citations nor the count of used items: the edition is written again without it."""
    whole, alone = composed([*dam(), *acts()]), composed(dam())
    assert (whole.title, whole.lede) == (alone.title, alone.lede)
    assert whole.citations == alone.citations
    assert (whole.card.items_read, whole.card.items_used) == (6, 3)


def test_a_counter_view_that_falls_leaves_its_sentence() -> None:
    """What reads like nobody's words cannot be a source; the story then says that nobody disagrees."""
    roster = Roster(tuple(replace(t, name="Editorial") if t is STONE else t for t in PRESS))
    claim, denial, *others = marlin()
    whole = composed([claim, replace(denial, text=DENIAL), *others], roster=roster)
    story = story_about(whole, "Marlin")
    assert (story.counter.standing, story.counter.text) == ("none", NOBODY[0])


def test_the_strongest_reply_that_can_be_cited_is_the_counter_view() -> None:
    """One without an address is passed over before anything is decided."""
    claim, denial, *_ = marlin()
    other = item(HALE, "Ada Brook is wrong about Marlin, and so is the town.", title="Wrong about Marlin", hours=1)
    whole = composed([claim, replace(denial, url=None), other])
    assert story_about(whole, "Marlin").counter.thinker == "Dora Hale"


def test_the_same_item_from_two_sources_is_one() -> None:
    """The source that stands first on the roster counts, whatever order the items come in."""
    ours, theirs = dam()[0], replace(dam()[0], source=QUAY.sources[0].key)
    for items in ([ours, theirs, *dam()[1:]], [theirs, *dam()[1:], ours]):
        whole = composed(items)
        assert whole.card.items_read == 3
        assert {c.thinker for c in whole.citations if c.item == ours.id} == {"Dora Hale"}


def test_items_of_nobody_on_the_roster_are_not_read() -> None:
    """A thinker who was removed is not quoted any more."""
    whole = composed(press(), roster=Roster(tuple(t for t in PRESS if t is not STONE)))
    assert whole.card.items_read == len(press()) - 1
    assert "Ben Stone" not in to_json(whole)


def test_an_item_without_an_address_is_not_cited() -> None:
    """But it is read."""
    items = [replace(dam()[0], url=None), *dam()[1:]]
    whole = composed(items)
    assert whole.card.items_read == 3
    assert dam()[0].id not in {c.item for c in whole.citations}


# ---------------------------------------------------------------- updates


def later(items: Sequence[Item], hours: float) -> list[Item]:
    """The same items, published later."""
    return [replace(i, published=i.at + timedelta(hours=hours)) for i in items]


NEXT = replace(WINDOW, start=WINDOW.end, end=WINDOW.end + timedelta(hours=24))


def sequel() -> list[Item]:
    """What three voices say about the dam the day after."""
    return [
        item(
            STONE,
            "Mira Talbot has ordered nine divers to the northern wall of the Osero dam. "
            "Divers found that the cracks of the Osero dam are longer than the wall is high.",
            title="Nine divers at the Osero dam",
            hours=-5,
        ),
        item(
            BROOK,
            "The Osero dam will stand empty until spring, Mira Talbot told the villages below it.",
            title="Osero dam stays empty until spring",
            hours=-8,
        ),
    ]


def test_an_update_leads_with_what_is_new() -> None:
    """It names the story it goes on from, and title, standfirst and why-now come from fresh items."""
    first = composed(dam())
    second = composed(
        [*sequel(), *later(dam()[2:], 20)],
        window=NEXT,
        earlier=(first,),
        history=tuple(dam()),
        id="default-20260306-am-00000000",
    )
    story = story_about(second, "Osero")
    assert (story.state, story.continues) == ("update", first.stories[0].id)
    fresh = {i.id for i in sequel()}
    leading = {*story.standfirst.evidence, *story.signal.why_now.evidence}
    assert {second.passages()[passage][0].item for passage in leading} <= fresh
    assert story.title in {i.title for i in sequel()}
    assert check(second).ok


def test_nothing_new_is_not_told_again() -> None:
    """The same items in the next window make no story."""
    first = composed(dam())
    again = composed(later(dam(), 20), window=NEXT, earlier=(first,), id="default-20260306-am-00000000")
    assert again.stories == ()


# ---------------------------------------------------------------- the open question


def test_the_open_question_is_one_that_an_item_asks(edition: Edition) -> None:
    """With the name of who asks."""
    assert edition.open_question is not None
    assert edition.open_question.text == "Cleo Frost asks: “Who counts the changes that Marlin reopens a week later?”"
    assert words_behind(edition, edition.open_question.evidence) == [
        "Who counts the changes that Marlin reopens a week later?"
    ]


def test_where_no_item_asks_nothing_is_left_open() -> None:
    """We raise no question of our own."""
    assert composed(kit()).open_question is None


# ---------------------------------------------------------------- card, thinkers, notes


def test_the_card_counts_what_was_read_and_used(edition: Edition) -> None:
    """Items, citations, thinkers; the sentences are all extractive."""
    card = edition.card
    assert (card.items_read, card.items_used) == (10, 10)
    assert card.cited.items == len(edition.citations)
    assert card.cited.thinkers == len({c.thinker for c in edition.citations})
    assert card.checks.quotes == card.checks.quotes_exact > 0
    assert card.checks.sentences == card.checks.sentences_extractive > 0
    assert card.checks.duplicates == 1
    assert (card.writer, card.cost, card.seconds) == ("selected", 0, None)
    assert card.tokens == {"in": 0, "out": 0, "cached": 0}


def test_the_card_says_what_was_down_and_silent() -> None:
    """As the commission has it."""
    down = (SourceDown("Low Pier", "https://lowpier.example/feed.xml", "The server did not answer."),)
    card = composed(dam(), gathered=Gathered(read=5, down=down, silent=2, unreachable=0)).card
    assert (card.sources_read, card.sources_down, card.sources_silent) == (5, down, 2)


def test_everyone_cited_is_listed_with_their_stories(edition: Edition) -> None:
    """Most cited first, then by id."""
    by_number = {c.n: c.thinker_id for c in edition.citations}
    listed = {t.thinker_id: t.stories for t in edition.thinkers}
    assert listed == {
        voice: tuple(s.id for s in edition.stories if voice in {by_number[n] for n in s.citations})
        for voice in set(by_number.values())
    }
    order = [(-list(by_number.values()).count(t.thinker_id), t.thinker_id) for t in edition.thinkers]
    assert order == sorted(order)


def test_a_thinker_is_listed_with_kind_handle_and_address() -> None:
    """As the roster has them."""
    items = [
        item(
            MOL,
            "Плотина Осеро пуста, и Мира Талбот об этом знала ещё осенью прошлого года.",
            title="Плотина Осеро",
            hours=3,
        ),
        item(
            STONE,
            "Мира Талбот остановила плотину Осеро после того, как нашли трещины в стене.",
            title="Трещины в плотине Осеро",
            hours=2,
        ),
    ]
    whole = composed([replace(items[0], source=MOL.sources[0].key), items[1]], language="ru")
    listed = {t.thinker_id: t for t in whole.thinkers}
    mol = listed["vera-mol"]
    assert (mol.kind, mol.handle, mol.url) == (
        ThinkerKind.PERSON,
        "@mol.example",
        "https://bsky.app/profile/mol.example",
    )


@pytest.mark.parametrize(
    ("items", "note"),
    [
        (dam(), "A thin day: 1 story. Nothing else had two independent voices."),
        ([*dam(), *kit()], "A thin day: 2 stories. Nothing else had two independent voices."),
        (press(), None),
    ],
)
def test_a_thin_day_says_so(items: list[Item], note: str | None) -> None:
    """Fewer than three stories; there is no quota and no filler."""
    assert composed(items).card.notes == ((note,) if note else ())


def test_thinkers_who_cannot_be_reached_are_counted() -> None:
    """Not named as down: nothing is wrong with them."""
    notes = composed(press(), gathered=Gathered(5, (), 3, 3)).card.notes
    assert notes == ("3 thinkers cannot be reached without an X source.",)


def test_a_topic_keeps_to_itself() -> None:
    """Only what speaks of it is told."""
    whole = composed(press(), topic="Osero dam")
    assert [story.topic for story in whole.stories] == ["Osero dam"]
    assert whole.card.items_read == 10


def test_a_topic_nobody_speaks_of_gets_the_nearest_ones() -> None:
    """Those that have items, three at most."""
    whole = composed(press(), topic="lighthouses")
    topics = [story.topic for story in composed(press()).stories]
    (note,) = whole.card.notes
    assert whole.stories == ()
    assert note.startswith("Nothing about lighthouses in this window. Nearest topics with items: ")
    assert all(topic in note for topic in topics)
    assert check(whole).ok


def test_a_topic_in_a_window_without_any_says_that_too() -> None:
    """There is no nearest topic of nothing."""
    assert composed([], topic="lighthouses").card.notes == (
        "Nothing about lighthouses in this window, and no other topic has items.",
    )


# ---------------------------------------------------------------- empty


@pytest.mark.parametrize("language", ["en", "ru", "de"])
def test_an_empty_window_is_a_short_valid_edition(language: str) -> None:
    """Title and lede say so, nothing else is there."""
    whole = composed([], language=language)
    assert (whole.stories, whole.citations, whole.thinkers, whole.dialogue, whole.open_question) == (
        (),
        (),
        (),
        (),
        None,
    )
    assert whole.title
    assert whole.lede
    assert whole.card.items_read == whole.card.items_used == 0
    assert whole.card.notes == ()
    assert check(whole).ok


def test_items_that_make_no_story_are_read_and_not_used() -> None:
    """One short item of one voice."""
    whole = composed(
        [item(BROOK, "The bowline holds and comes loose again without a knife.", title="Notes on knots", hours=1)]
    )
    assert (whole.card.items_read, whole.card.items_used, whole.stories) == (1, 0, ())


def test_items_after_the_window_are_invisible() -> None:
    """And so are those before it."""
    ferry = [
        item(
            BROOK, "Crews of the Lindholm ferry walked out over night shifts.", title="Lindholm ferry strike", hours=-1
        ),
        item(
            STONE,
            "The Lindholm ferry does not sail: crews refuse night shifts.",
            title="Night shifts end in a ferry strike",
            hours=30,
        ),
    ]
    assert composed([*dam(), *ferry]).stories == composed(dam()).stories

"""What a server changes of a roster, and the desks that follow from it: pure decisions, the same in every process."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.desk import LONGEST_ID, Desks, OpenDesk, owners, variant_id
from bot.domain.follow import Follow, in_force, with_changes
from bot.domain.reading_list import MOST_ADDED, ReadingList, against_adding, called
from bot.domain.roster import Roster, SourceSpec, SourceType, Thinker, ThinkerKind
from tests.fakes.office import DESKS, OTHER, TENANT

AT = datetime(2026, 3, 1, tzinfo=UTC)


def thinker(name: str, *feeds: str) -> Thinker:
    sources = tuple(SourceSpec(SourceType.FEED, feed) for feed in feeds or (f"https://{name}.example/feed",))
    return Thinker(name, name.title(), ThinkerKind.PERSON, sources)


def row(state, who: Thinker, tenant: str = TENANT) -> Follow:
    kept = None if state == "left_out" else who
    return Follow(tenant, who.id, state, who.name, kept, "discord:1", AT)


ADA, BOB, EVE = thinker("ada"), thinker("bob"), thinker("eve")
ROSTER = Roster((ADA, BOB), ("ships",))


def test_a_roster_is_read_without_whom_was_left_out_and_with_whom_was_added() -> None:
    """A proposal changes nothing, and topics stay."""
    rows = [row("left_out", ADA), row("added", EVE), row("proposed", thinker("pia"))]
    assert with_changes(ROSTER, rows) == Roster((BOB, EVE), ("ships",))
    assert with_changes(ROSTER, [row("proposed", EVE)]) == ROSTER
    assert in_force(rows) == tuple(rows[:2])


def test_ids_stay_unique_and_a_source_belongs_to_one_thinker() -> None:
    """The operator adds what a server had: the roster's words go first."""
    same_id = thinker("ada", "https://other.example/feed")
    both = thinker("mix", *(s.address for s in (*BOB.sources, *EVE.sources)))
    rows = [row("added", same_id), replace(row("added", ADA), id="twice"), row("added", both)]
    changed = with_changes(ROSTER, rows)
    assert [t.id for t in changed.thinkers] == ["ada", "bob", "ada-2", "mix"]
    assert changed.thinkers[3].sources == EVE.sources
    assert len(changed.owners()) == sum(len(t.sources) for t in changed.thinkers)


@given(st.text("abc-", min_size=1, max_size=LONGEST_ID), st.text(min_size=1, max_size=30))
@settings(max_examples=50)
def test_an_id_of_a_variant_leaves_room_for_the_rest_of_an_editions(desk, tenant) -> None:
    """A desk's id has 26 characters at most, so an edition's has 48."""
    made = variant_id(desk, tenant)
    assert len(made) <= LONGEST_ID
    assert made.startswith(desk[:14])
    assert made == variant_id(desk, tenant) != variant_id(f"{desk}x", tenant)


def test_a_change_shows_at_once_as_a_desk_of_the_same_name() -> None:
    """With its own id and roster; whoever holds the mapping sees it; taking it back ends it."""
    desks = Desks(DESKS)
    held = Desks.of(desks)
    assert held is desks
    assert list(desks) == ["default", "harbour"]
    assert desks.learn([row("added", EVE)]) == [TENANT]
    own = variant_id("default", TENANT)
    assert list(held) == ["default", "harbour", own, variant_id("harbour", TENANT)]
    assert len(held) == 4
    assert held[own].desk == replace(DESKS["default"].desk, id=own)
    assert held[own].roster.thinkers[-1] == EVE
    assert held[own].schedule == DESKS["default"].schedule
    assert desks.served("default", TENANT) == held[own] == desks.served(own, TENANT)
    assert desks.served("default", OTHER) == DESKS["default"]
    assert desks.served(own, OTHER) is None
    assert desks.learn([row("added", EVE)]) == []
    assert desks.learn([row("proposed", EVE)]) == [TENANT]
    assert dict(held) == DESKS


def test_what_is_learned_of_one_server_leaves_the_others_alone() -> None:
    """Only who reads otherwise now is named."""
    desks = Desks(DESKS)
    desks.learn([row("added", EVE), row("left_out", ADA, OTHER)])
    assert desks.learn([], TENANT) == [TENANT]
    assert list(desks.read_by(TENANT)) == ["default", "harbour"]
    assert list(desks.read_by(OTHER)) == ["default", "harbour", *(variant_id(d, OTHER) for d in DESKS)]
    assert desks.learn([row("left_out", ADA, OTHER)]) == []


def test_ids_and_names_of_desks_go_both_ways() -> None:
    """Of the own server only, and only of desks that are there."""
    desks = Desks(DESKS)
    own = desks.id_for("harbour", TENANT, changed=True)
    assert own == variant_id("harbour", TENANT)
    assert desks.name_of(own, TENANT) == "harbour"
    assert desks.id_for(own, TENANT, changed=False) == "harbour"
    assert desks.name_of(own, OTHER) == own
    assert desks.id_for("gone", TENANT, changed=True) == "gone"


def test_every_source_has_one_owner_and_the_operators_words_go_first() -> None:
    """A server calls a source of the roster otherwise: to the health list it is who the roster says."""
    desks = Desks({"default": replace(DESKS["default"], roster=ROSTER)})
    before = desks.owners()
    assert desks.owners() is before
    mine = replace(BOB, name="Robert", id="robert")
    desks.learn([row("left_out", BOB), row("added", mine), row("added", EVE)])
    assert {key: owner.name for key, (owner, _) in desks.owners().items()} == {
        ADA.sources[0].key: "Ada",
        BOB.sources[0].key: "Bob",
        EVE.sources[0].key: "Eve",
    }
    assert owners([OpenDesk(d.desk, ROSTER, d.schedule, "en") for d in DESKS.values()]).keys() == before.keys()


def test_a_roster_that_changed_in_the_same_way_is_the_same_in_every_process() -> None:
    """The digest is what the key of an edition is made of."""
    one, two = Desks(DESKS), Desks(DESKS)
    rows = [row("left_out", BOB), row("added", EVE)]
    one.learn(rows[:1])
    one.learn(rows)
    two.learn(rows)
    own = variant_id("default", TENANT)
    assert one[own].roster.digest() == two[own].roster.digest() != DESKS["default"].roster.digest()


def test_two_spellings_of_an_address_are_one_source() -> None:
    """Feeds by their plain link whatever type they are; accounts whatever their case."""
    feed, podcast = SourceSpec(SourceType.FEED, "https://A.example/feed?utm_source=x"), SourceType.PODCAST
    assert feed.identity == SourceSpec(podcast, "https://a.example/feed").identity
    assert SourceSpec(SourceType.GITHUB, "Ada").identity == SourceSpec(SourceType.GITHUB, "ada").identity
    assert SourceSpec(SourceType.FILE, "A").identity != SourceSpec(SourceType.FILE, "a").identity


def test_somebody_is_called_by_id_before_by_name() -> None:
    """Blanks and case do not count."""
    named = [("ada", "Bob", 1), ("x", " Ada  L", 2), ("bob", "Zed", 3)]
    assert called("bob", named) == 3
    assert called("ADA l", named) == 2
    assert called("nobody", named) is None


def test_a_list_takes_so_many_sources_and_no_more() -> None:
    """Counted by source: one thinker of a list may bring many."""
    many = thinker("many", *(f"https://many.example/{n}" for n in range(MOST_ADDED - 1)))
    reading = ReadingList([ROSTER], [row("added", many)])
    assert against_adding(reading, EVE) == []
    reading.keep(row("added", EVE))
    assert "200 sources" in against_adding(reading, thinker("pia"))[0]
    reading.drop("many")
    assert against_adding(reading, thinker("pia")) == []

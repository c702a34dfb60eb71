"""The ledger's decisions: whose turn it is, what became of a posting, what a message is known by."""

from dataclasses import field, fields, make_dataclass, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.wire.contract import from_json, to_json
from bot.domain.content import part_digest, publication_digest
from bot.domain.edition import Edition
from bot.domain.ledger import AUDIO, KEY_CHARACTERS, SETTLED, Delivery, State, derived, next_part, outcome
from bot.domain.message import part_name, thread_of
from tests.fakes.talk import NOON, sample

OPEN = [State.COMPOSED, State.INTENT]
ENDED = sorted(SETTLED)


def parts(*states: State, audio: State | None = None) -> list[Delivery]:
    """A thread: its card, then stories, in these states."""
    names = ["card", *(f"story-{n}" for n in range(1, len(states)))]
    rows = [Delivery("p", name, n, "d", state) for n, (name, state) in enumerate(zip(names, states, strict=True))]
    return rows if audio is None else [*rows, Delivery("p", AUDIO, len(rows), "d", audio)]


def turn(*states: State, audio: State | None = None) -> str | None:
    """The name of the part whose turn it is."""
    found = next_part(parts(*states, audio=audio))
    return None if found is None else found.part


C, I, S, P, K = State.COMPOSED, State.INTENT, State.SENT, State.PARKED, State.SKIPPED  # noqa: E741


@pytest.mark.parametrize(
    ("states", "name"),
    [
        ((C, C, C), "card"),
        ((I, C, C), "card"),
        ((S, C, C), "story-1"),
        ((S, S, I), "story-2"),
        ((S, P, C), "story-2"),
        ((S, K, C), None),
        ((P, C, C), None),
        ((K, C, C), None),
        ((S, S, S), None),
    ],
)
def test_it_is_the_turn_of_the_first_open_part_unless_what_it_follows_is_held(states, name) -> None:
    """A parked story costs only itself; without a card, or after people withdrew the thread, nothing follows."""
    assert turn(*states) == name


def test_the_order_is_that_of_the_numbers() -> None:
    """However the rows come."""
    rows = parts(S, C, C)
    assert next_part(rows[::-1]) == rows[1]


@pytest.mark.parametrize(
    ("states", "name"),
    [((C, C), "card"), ((S, C), "story-1"), ((S, S), AUDIO), ((S, P), AUDIO), ((P, C), None), ((S, K), None)],
)
def test_text_never_waits_for_the_audio(states, name) -> None:
    """It is last, and has no turn where the thread is held."""
    assert turn(*states, audio=C) == name


@pytest.mark.parametrize(
    ("states", "state"),
    [
        ((S, C), None),
        ((S, P, C), None),
        ((S, S), S),
        ((S, P), P),
        ((P, C), P),
        ((S, K, C), K),
        ((K, C), K),
        ((S, P, K, C), P),
    ],
)
def test_a_posting_ends_when_none_of_its_parts_can_be_sent(states, state) -> None:
    """Sent if all are; parked if a person must look."""
    assert outcome(parts(*states)) is state


@pytest.mark.parametrize("audio", [C, S, P])
def test_the_audio_does_not_count(audio) -> None:
    """An edition is out when its text is."""
    assert outcome(parts(S, S, audio=audio)) is S
    assert outcome(parts(S, C, audio=audio)) is None


@given(st.lists(st.sampled_from([*OPEN, *ENDED]), min_size=1, max_size=7))
def test_a_posting_is_either_over_or_somebody_has_a_turn(states) -> None:
    """Never both, never neither; and whoever has a turn is open, with nothing open before it."""
    rows = parts(*states)
    found = next_part(rows)
    assert (found is None) == (outcome(rows) is not None)
    if found is not None:
        assert found.state in OPEN
        assert all(row.state in SETTLED for row in rows[: found.number])


def test_a_key_names_a_message_for_ever() -> None:
    """The same for every attempt, another one for every part and posting; short enough for a nonce."""
    first = Delivery("a/2026-11-20/am", "card", 0, "d")
    assert first.key == replace(first, attempt=7, state=I, digest="e", doubtful=True).key
    assert len({first.key, replace(first, part="story-1").key, replace(first, posting="b/2026-11-20/am").key}) == 3
    assert len(first.key) == KEY_CHARACTERS == 24


def test_keys_of_further_messages_of_a_part_derive_from_its_own() -> None:
    """24 characters each, none the same, the same every time; the first keeps its own."""
    key = "0123456789abcdef01234567"
    made = [derived(key, n) for n in range(5)]
    assert made[0] == key
    assert len(set(made)) == 5
    assert {len(each) for each in made} == {KEY_CHARACTERS}
    assert derived(key, 1) == made[1] != derived(made[1], 1)


# ---------------------------------------------------------------- the digest of frozen content


def digests(edition: Edition, late: datetime | None = None) -> dict[str, str]:
    """The digest of every part."""
    return {part_name(part): part_digest(publication_digest(edition), part) for part in thread_of(edition, late=late)}


def test_an_edition_that_was_kept_has_the_digest_it_had() -> None:
    """Through JSON and back, in whatever offset instants are written."""
    edition = sample()
    assert digests(from_json(Edition, to_json(edition))) == digests(edition)
    moved = replace(edition, window=replace(edition.window, end=NOON.astimezone(timezone(timedelta(hours=3)))))
    assert digests(moved) == digests(edition)


def test_every_part_has_its_own_digest_and_only_the_card_says_late() -> None:
    """SHA-256 in hex."""
    plain, late = digests(sample()), digests(sample(), NOON)
    assert len(set(plain.values())) == len(plain) == 7
    assert all(len(digest) == 64 for digest in plain.values())
    assert [name for name in plain if plain[name] != late[name]] == ["card"]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Another"},
        {"language": "ru"},
        {"stories": sample().stories[:-1]},
        {"date": NOON.date() + timedelta(days=1)},
        {"lede": "Halves of pairs \ud800 too."},
    ],
)
def test_another_content_has_another_digest(changes) -> None:
    """Of every part: they cite one another."""
    other = digests(replace(sample(), **changes))
    assert all(other[name] != digest for name, digest in digests(sample()).items() if name in other)


def test_a_field_left_at_its_default_does_not_count() -> None:
    """A newer version that adds fields to an edition gives the same digest for what was frozen by the old one."""
    edition = sample()
    values = {each.name: getattr(edition, each.name) for each in fields(edition)}
    added = [("mood", str, "calm"), ("moods", list[str], field(default_factory=list))]
    newer = make_dataclass("Newer", added, bases=(Edition,), frozen=True)
    assert publication_digest(newer(**values)) == publication_digest(edition)
    assert publication_digest(newer(**values, mood="cross")) != publication_digest(edition)


def test_what_has_no_canonical_form_has_no_digest() -> None:
    """An edition holds nothing of the kind; a mistake is not hidden."""
    with pytest.raises(TypeError, match="bytes"):
        publication_digest(replace(sample(), title=b"x"))  # type: ignore[arg-type]


def test_instants_of_other_zones_are_told_in_utc() -> None:
    """The digest of a late card does not depend on how its time is written."""
    edition = sample()
    zone = timezone(timedelta(hours=-5))
    assert digests(edition, NOON.astimezone(zone)) == digests(edition, NOON.astimezone(UTC))

"""A piece of the talk put before it is found by its repeat, and nothing else is taken for one."""

from dataclasses import replace

import pytest

from bot.domain.episodes.clips import opening_clip
from bot.domain.transcript import Utterance
from tests.unit.episode_samples import REPEATED_AT, russian, sample


def talk(*lines: str, pace: float = 10.0) -> tuple[Utterance, ...]:
    """Utterances of ten seconds each."""
    return tuple(Utterance(at * pace, (at + 1) * pace, None, line) for at, line in enumerate(lines))


LATER = tuple(f"We come to point number {word} and find nothing new there." for word in ("one", "two", "six", "ten"))
CLIP = "Every lock on this canal was built a hand too narrow for the barges of today."


def test_a_clip_is_found_by_its_repeat_later() -> None:
    """Its utterances are those of the opening, its time lies in the utterance that says the same."""
    utterances = sample()[1].utterances
    clip = opening_clip(utterances)
    assert clip is not None
    assert (clip.first, clip.last) == (0, 0)
    assert utterances[REPEATED_AT].start <= clip.at <= utterances[REPEATED_AT].end


def test_a_talk_without_repeat_has_no_clip() -> None:
    """The Russian sample begins with its greeting."""
    assert opening_clip(russian()[1].utterances) is None


def test_a_clip_of_two_utterances_with_small_changes_is_found() -> None:
    """A filler that was cut out of the clip does not hide it."""
    found = opening_clip(
        talk(
            CLIP,
            "And nobody who planned them had ever seen a barge with cargo.",
            "Welcome to the towpath.",
            *LATER,
            "Look, every lock on this canal was built a hand too narrow, you see, for the barges of today.",
            "And nobody who planned them had ever seen a barge with cargo, I fear.",
            pace=25.0,
        )
    )
    assert found is not None
    assert (found.first, found.last) == (0, 1)
    assert found.at == pytest.approx(175, abs=25)


def test_a_repeat_without_greeting_is_no_clip_unless_it_is_long() -> None:
    """People repeat themselves; a stretch of forty words is no accident."""
    assert opening_clip(talk(CLIP, *LATER, CLIP)) is None
    long = f"{CLIP} The first barge that stuck was called Patience, and her master sat on the roof for nine days while \
the council argued about whose water it was and who should pay for the horses."
    assert opening_clip(talk(long, *LATER, long)) is not None


def test_an_advertisement_that_comes_twice_is_no_clip() -> None:
    """Neither where the transcript marks it, nor where it names its sponsor."""
    lines = talk(CLIP, "Welcome to the towpath.", *LATER, CLIP)
    assert opening_clip(lines) is not None
    assert opening_clip((replace(lines[0], ad=True), *lines[1:])) is None
    spot = "This hour is brought to you by Reedmace Rope, the rope that every lock keeper has in the shed."
    assert opening_clip(talk(spot, "Welcome to the towpath.", *LATER, spot)) is None


def test_what_repeats_in_part_only_is_no_clip() -> None:
    """Less than four fifths of the words come again."""
    half = "Every lock on this canal was built by somebody else entirely and at another time."
    assert opening_clip(talk(CLIP, "Welcome to the towpath.", *LATER, half)) is None


def test_one_utterance_is_no_clip_of_itself() -> None:
    """There is nothing it could be a piece of."""
    assert opening_clip(talk(CLIP)) is None
    assert opening_clip(talk(CLIP, CLIP)) is None


def test_a_greeting_far_away_does_not_count() -> None:
    """It belongs to something else."""
    far = tuple(" ".join(f"wave{at}of{nth}" for nth in range(15)) for at in range(30))
    assert opening_clip(talk(CLIP, *far, "Welcome to the towpath.", CLIP)) is None

"""Answers of a careful model on the invented press, and the ids of passages by their words."""

from functools import cache
from typing import Any

from bot.domain.compose import draft
from bot.domain.drafted import Drafted
from bot.domain.edition import Edition, Story
from bot.domain.prose.shapes import (
    Cited,
    ConnectionProse,
    CruxProse,
    DialogueProse,
    FrameProse,
    LineProse,
    PositionProse,
    PromiseProse,
    StoryProse,
    SynthesisProse,
    TermProse,
)
from tests.unit.writing_samples import commission, press, say

WRITER = "written by tide-1, checked"
BROOK, STONE, FROST = "Marlin cut review time by", "Ada Brook is wrong", "Marlin helps a small team"
SELLS, REOPENED, HOSPITALS = "I run a company", "We counted the reopened", "Two hospitals"
CRACKS, TRIED = "Mira Talbot stopped work", "I tried Tidekit"


@cache
def drafted() -> Drafted:
    """Three stories: a conflict, an event, a release."""
    return draft(commission(press()), say())


def story_of(word: str, edition: Edition | None = None) -> Story:
    """The story whose topic or title has a word."""
    stories = (edition or drafted().edition).stories
    return next(story for story in stories if word in f"{story.title} {story.topic} {story.standfirst.text}")


def at(*beginnings: str) -> tuple[str, ...]:
    """Ids of the passages that begin like this."""
    passages = drafted().passages().values()
    return tuple(
        next(passage.id for _, passage in passages if passage.text.startswith(beginning)) for beginning in beginnings
    )


def marlin_prose(**changes: Any) -> StoryProse:
    """The story of Marlin, well written."""
    claims = {
        "Ada Brook": (
            "Says Marlin cut review time by 40 percent in a team of nine; sells Marlin to banks.",
            (BROOK, SELLS),
        ),
        "Ben Stone": ("Says Brook is wrong about Marlin: review time went up by 15 percent.", (STONE,)),
        "Cleo Frost": ("Finds that Marlin helps a small team, if every change is short.", (FROST,)),
        "Quay Weekly": ("Reports that two hospitals have stopped paying for Marlin.", (HOSPITALS,)),
    }
    facts: dict[str, Any] = {
        "title": "Brook says Marlin cut review time; Stone says it went up",
        "standfirst": Cited("Marlin cut review time by 40 percent, or it went up by 15 percent.", at(BROOK, STONE)),
        "why_now": Cited("Quay Weekly reports that two hospitals have stopped paying for Marlin.", at(HOSPITALS)),
        "positions": tuple(
            PositionProse(n, claims[position.thinker][0], at(*claims[position.thinker][1]))
            for n, position in enumerate(story_of("Marlin").positions, start=1)
        ),
        "counter": Cited("Stone counted the same months, and says review time went up by 15 percent.", at(STONE)),
        "body": (
            Cited("Ada Brook says Marlin cut review time by 40 percent in a team of nine engineers.", at(BROOK)),
            Cited("Ben Stone denies it: review time “went up by 15 percent in the same months.”", at(STONE)),
            Cited("Cleo Frost finds that Marlin helps a small team when every change is short.", at(FROST)),
            Cited("Two hospitals have stopped paying for Marlin, Quay Weekly reports.", at(HOSPITALS)),
        ),
        "synthesis": SynthesisProse(
            "split", "Brook says review time fell by 40 percent, Stone that it went up.", at(BROOK, STONE)
        ),
        "crux": CruxProse(
            "Did review time go up or down?", "Review time of the same months would settle it.", at(STONE)
        ),
        "pull_quote": Cited('"Marlin helps a small team, but only when every change is short."', at(FROST)),
        "plain_words": (TermProse("review", "reading a change before it is taken"),),
        "analogy": "A fast proofreader helps only while the mistakes stay found.",
        "so_what": "Count what comes back before you count what was saved.",
    }
    return StoryProse(**(facts | changes))


def frame_prose(**changes: Any) -> FrameProse:
    """A frame, well written."""
    marlin, dam = story_of("Marlin").number, story_of("Osero").number
    facts: dict[str, Any] = {
        "title": Cited("Brook says Marlin saves review time, Stone says it went up", at(BROOK, STONE)),
        "lede": Cited("Review time with Marlin went up by 15 percent, Stone says.", at(STONE)),
        "question": Cited("Who counts the changes that Marlin reopens?", at("Who counts the changes")),
        "connections": (
            ConnectionProse(marlin, dam, "Here, too, nobody was told before the news.", at("Nobody below")),
        ),
        "promises": (PromiseProse(marlin, "After a month we look at Marlin in hospitals again.", 30, at(HOSPITALS)),),
        "closed": (),
    }
    return FrameProse(**(facts | changes))


SPOKEN = {
    "Marlin": (
        FROST,
        (
            "Cleo Frost finds that Marlin helps a small team, but only when every change is short; she does not say "
            "how short a change must be, and that is what a small team would have to ask before it changes."
        ),
    ),
    "Osero": (
        CRACKS,
        (
            "Mira Talbot stopped work on the Osero dam after cracks were found in its northern wall; that is what Hale "
            "says of the dam and its wall, and she says nothing here of who has to pay for it now."
        ),
    ),
    "Tidekit": (
        TRIED,
        (
            "Dora Hale tried Tidekit 2.1 on the low pier, and its tide tables were right on every day but one; she was "
            "there with it, and says so plainly, which is more than most of us can say of a kit."
        ),
    ),
}


def dialogue_prose(lines_a_story: int = 6, **changes: Any) -> DialogueProse:
    """What the hosts say, long enough and well cited."""
    lines = []
    for story in drafted().edition.stories:
        passage, text = next(SPOKEN[word] for word in SPOKEN if story == story_of(word))
        lines += [LineProse(1 if i % 2 else 2, story.number, text, at(passage)) for i in range(lines_a_story)]
    marlin = story_of("Marlin").number
    opening = (LineProse(1, marlin, "“Ada Brook is wrong about Marlin,” writes Ben Stone.", at(STONE)),)
    return DialogueProse(**({"opening": opening, "lines": tuple(lines)} | changes))

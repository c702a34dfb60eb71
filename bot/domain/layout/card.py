"""The card of an edition: the one message in the channel."""

from datetime import datetime

from bot.domain.desk import name_from_id
from bot.domain.document import Actions, Block, Divider, Document, Heading, Menu, Option, Paragraph, Points, Run, Small
from bot.domain.durations import duration
from bot.domain.edition import Edition, Story
from bot.domain.layout.runs import Speaks, cites, dated, instant, model_of, timed
from bot.domain.reply import Action

_NAMED_DOWN = 4
"""Sources down that the card names; the rest is counted."""


def card(edition: Edition, late: datetime | None, phrases: Speaks) -> Document:
    """Desk, slot and date · title · lede · stories · counts · what to choose and press · writer and checks."""
    say = phrases.say
    desk = edition.desk_name or name_from_id(edition.desk)
    return (
        Small((Run(f"{desk} · {say(f'issue-{edition.slot}')} · "), _date(edition, phrases))),
        Heading((Run(edition.title),)),
        *([] if late is None else [_late(late, phrases)]),
        Paragraph((Run(edition.lede), *cites(edition.lede_evidence, edition.citations))),
        *_contents(edition, phrases),
        Small((Run(_counts(edition, phrases)),)),
        *(Small((Run(note),)) for note in edition.card.notes),
        *_ways_in(edition, phrases),
        Small((Run(_made(edition, phrases)),)),
    )


def _date(edition: Edition, phrases: Speaks) -> Run:
    return Run(dated(edition.date, phrases), at=edition.window.end, grain="day")


def _late(planned: datetime, phrases: Speaks) -> Small:
    return Small(timed((Run(phrases.say("late", time=instant(planned, phrases).text)),), [planned], phrases))


def _contents(edition: Edition, phrases: Speaks) -> list[Block]:
    if not edition.stories:
        return []
    titles = tuple((Run(_title(story, phrases), url=f"story:{story.number}"),) for story in edition.stories)
    return [Divider(), Points(titles, numbered=True)]


def _title(story: Story, phrases: Speaks) -> str:
    """What was told before says so before anything else."""
    return phrases.say("title-update", title=story.title) if story.state == "update" else story.title


def _counts(edition: Edition, phrases: Speaks) -> str:
    cited, audio = edition.card.cited, edition.audio
    counts = {"sources": cited.items, "thinkers": cited.thinkers}
    if audio is None:
        return phrases.say("counts", **counts)
    return phrases.say("counts-audio", time=duration(audio.seconds), **counts)


def _ways_in(edition: Edition, phrases: Speaks) -> list[Block]:
    if not edition.stories:
        return []
    options = tuple(
        Option(f"{story.number}. {_title(story, phrases)}", str(story.number), _kind_of(story, phrases))
        for story in edition.stories
    )
    listen = [] if edition.audio is None else [Action("listen", "audio")]
    actions = (Action("ask", "ask"), Action("sources", "sources"), Action("counters", "counter"), *listen)
    # Nobody translates where no model writes.
    own = [] if edition.card.writer == "selected" else [Action("my-language", "in my language")]
    return [Menu("goto-story", "story", options), Actions((*actions, *own))]


def _kind_of(story: Story, phrases: Speaks) -> str:
    """`New · for and against · 3 sources`."""
    said = [phrases.say(f"state-{story.state}").capitalize()]
    if any(position.stance == "against" for position in story.positions):
        said.append(phrases.say("for-and-against"))
    elif story.counter.kind == "changed":
        said.append(phrases.say("counter-kind-changed"))
    elif story.synthesis is not None and story.synthesis.kind == "one_sided":
        said.append(phrases.say("one-side"))
    return " · ".join([*said, phrases.say("n-sources", n=len(story.citations))])


def _made(edition: Edition, phrases: Speaks) -> str:
    made, say = edition.card, phrases.say
    parts = [say("writer-selected") if made.writer == "selected" else say("writer-model", model=model_of(made.writer))]
    checks = made.checks
    if checks.quotes or made.writer != "selected":
        facts = {"quotes": checks.quotes, "exact": checks.quotes_exact, "dropped": checks.sentences_dropped}
        parts.append(say("card-checks", **facts))
    if checks.sentences_extractive and made.writer != "selected":
        parts.append(say("card-selected", n=checks.sentences_extractive))
    if checks.sentences_repaired:
        parts.append(say("card-repaired", n=checks.sentences_repaired))
    parts.append(say("card-read", items=made.items_read, sources=made.sources_read))
    if made.sources_down:
        names = sorted({down.thinker for down in made.sources_down})
        shown = ", ".join(names[:_NAMED_DOWN]) + (f" +{len(names) - _NAMED_DOWN}" if len(names) > _NAMED_DOWN else "")
        parts.append(say("card-down", n=len(made.sources_down), names=shown))
    if made.sources_silent:
        parts.append(say("card-silent", n=made.sources_silent))
    return " ".join(parts)

"""An overview, put together: a transcript and what is known of an episode become an `Episode`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.episode import Episode, EpisodeCard, EpisodeQuote
from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.episodes.naming import entities, people, series
from bot.domain.episodes.notes import chapters_of_notes
from bot.domain.episodes.overview import overview
from bot.domain.episodes.spans import spans
from bot.domain.episodes.words import worded
from bot.domain.phrasing import Say
from bot.domain.transcript import Transcript

RULES: Final = 1
"""The version of the rules that find chapters. Another one may number them otherwise."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Everything an overview is made of."""

    facts: EpisodeFacts
    transcript: Transcript | None
    known: tuple[str, ...] = ()
    """Names of people who are on a roster: their spelling is trusted."""


def compose(heard: Heard, language: str, say: Say) -> Episode:
    """The overview without a model: chosen from what was said, in frames of the interface language.

    Whether it is complete is for `bot.domain.episodes.check` to say.
    """
    facts, transcript = heard.facts, heard.transcript
    cast = people(facts, transcript, heard.known)
    chapters = (
        chapters_of_notes(facts)
        if transcript is None
        else worded(spans(transcript, facts, cast), transcript, facts, cast, say)
    )
    named = () if transcript is None else entities(transcript, facts, cast, chapters)
    told = overview(facts, transcript, cast, chapters, named, say)
    quotes = [quote for chapter in chapters for quote in chapter.quotes]
    return Episode(
        id=facts.id,
        show=facts.show,
        series=series(facts),
        title=facts.title,
        url=facts.url,
        published=facts.published,
        duration=_duration(heard),
        language=(transcript.language if transcript else None) or facts.language or "und",
        people=cast.people,
        overview=" ".join(one.text for one in told),
        links=facts.links,
        chapters=chapters,
        entities=named,
        card=_card(transcript, quotes, language, say),
        told=told,
        media=facts.media,
    )


def _duration(heard: Heard) -> float | None:
    """As the publisher says, unless more is said than fits into that."""
    spoken = heard.transcript.seconds if heard.transcript and heard.transcript.times != "estimated" else None
    lengths = [length for length in (heard.facts.duration, spoken) if length is not None]
    if not lengths and heard.transcript is not None:
        return heard.transcript.seconds
    return max(lengths, default=None)


def _card(transcript: Transcript | None, quotes: Sequence[EpisodeQuote], language: str, say: Say) -> EpisodeCard:
    return EpisodeCard(
        transcript=transcript.origin if transcript else None,
        times=transcript.times if transcript else "given",
        language=language,
        writer="selected",
        quotes=len(quotes),
        quotes_exact=sum(quote.status == "exact" for quote in quotes),
        notes=_notes(transcript, say),
        repairs=transcript.repairs if transcript else (),
    )


def _notes(transcript: Transcript | None, say: Say) -> tuple[str, ...]:
    if transcript is None:
        return ()
    found: list[str] = []
    if transcript.times != "given":
        found.append(say(f"episode-times-{transcript.times}"))
    if transcript.repairs:
        found.append(say("episode-repaired", n=len(transcript.repairs)))
    if transcript.also is not None:
        found.append(say("episode-two-languages", first=transcript.language or "?", second=transcript.also))
    return tuple(found)

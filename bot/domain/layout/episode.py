"""The overview of an episode, which is the one message in the channel; its contents, which follow in the thread; and
one chapter.

Where an edition has a number after a sentence, an episode has the time, which leads to the player.
"""

from collections.abc import Iterable, Sequence

from bot.domain.chapters import quotes_shown
from bot.domain.document import (
    Actions,
    Block,
    Document,
    Heading,
    Menu,
    Option,
    Paragraph,
    Picture,
    Points,
    Quotation,
    Run,
    Runs,
    Small,
)
from bot.domain.durations import duration
from bot.domain.episode import Chapter, Entity, Episode, EpisodePerson, EpisodeQuote, Told
from bot.domain.episodes.drawing import has_shape, shape_of
from bot.domain.layout.runs import Speaks, coded, dated, joined, model_of
from bot.domain.reply import Action
from bot.domain.writing.quotation import quoted

SHAPE = "shape.png"
"""Name of the picture of an overview."""
_MOST_OPTIONS = 25
_MOST_LINES = 12
"""Chapters on the first screen."""
_MOST_TIMES = 3
"""After one sentence."""
_MOST_NAMES = 8
"""People of one role over an overview."""
_MOST_NAMED = 6
_PERCENT = 100


def overview(episode: Episode, phrases: Speaks) -> Document:
    """Show, length, date · title · who · what it is about · its shape · what to choose and press · how it was made."""
    return (
        Small(_place(episode, phrases)),
        Heading((Run(episode.title),)),
        *_who(episode, phrases),
        Paragraph(_told(episode.told, episode.overview, episode)),
        *_shape(episode, phrases),
        *menu(episode, phrases),
        Actions(_ways_in(episode)),
        Small((Run(_made(episode, phrases)),)),
        *(Small((Run(note),)) for note in episode.card.notes),
    )


def contents(episode: Episode, phrases: Speaks) -> Document:
    """The first chapters with their times, and the one line on what can be typed."""
    say = phrases.say
    chapters = [chapter for chapter in episode.chapters if chapter.kind != "ad"]
    if not chapters:
        return (Paragraph((Run(say("chapters-none")),)), Small(coded(_hint(episode, phrases))))
    more = len(chapters) - _MOST_LINES
    return (
        Heading((Run(say("chapters-title")),), level=2),
        Points(tuple(line(chapter, episode, phrases) for chapter in chapters[:_MOST_LINES])),
        *([Paragraph(coded(say("chapters-more", n=more)))] if more > 0 else []),
        Small(coded(_hint(episode, phrases))),
    )


def chapter_part(chapter: Chapter, episode: Episode, phrases: Speaks, *, quotes: bool = True) -> list[Block]:
    """Where it stands · title · summary with times · what was said · who speaks and what is named."""
    blocks: list[Block] = [
        Small(_standing(chapter, episode, phrases)),
        Heading((Run(chapter.title),), level=2),
    ]
    told = _told(chapter.told, chapter.summary, episode)
    blocks += [Paragraph(told)] if told else []
    blocks += [quotation(quote, episode, phrases) for quote in quotes_shown(chapter, episode)] if quotes else []
    facts = [fact for fact in (_speaking(chapter, phrases), _named(chapter, episode, phrases)) if fact]
    return [*blocks, *([Small((Run(" ".join(facts)),))] if facts else [])]


# ---------------------------------------------------------------- pieces that look-ups share


def moments(times: Iterable[float], episode: Episode) -> Runs:
    """` 16:43 27:18`, a link each to the player; in brackets where there is none."""
    found = list(dict.fromkeys(int(at) for at in times))[:_MOST_TIMES]
    if not found:
        return ()
    if episode.listen(0.0) is None:
        return (Run(f" ({', '.join(map(duration, found))})"),)
    return tuple(run for at in found for run in (Run(" "), moment(at, episode)))


def moment(at: float, episode: Episode) -> Run:
    """`16:43`, a link to the player."""
    return Run(duration(at), url=episode.listen(at))


def line(chapter: Chapter, episode: Episode, phrases: Speaks) -> Runs:
    """`4 · What a cheap sensor gets wrong 8:40`."""
    title = phrases.say("numbered", number=chapter.number, title=chapter.title)
    kind = _kind(chapter, phrases)
    return (Run(f"{title}{f' · {kind}' if kind else ''}"), *moments([chapter.start], episode))


def menu(episode: Episode, phrases: Speaks) -> list[Block]:
    """The chapters to choose from, advertisements left out."""
    options = tuple(
        Option(f"{one.number}. {one.title}", str(one.number), _span(one, phrases))
        for one in episode.chapters
        if one.kind != "ad"
    )
    return [Menu("chapter", "chapter", options[:_MOST_OPTIONS])] if options else []


def quotation(quote: EpisodeQuote, episode: Episode, phrases: Speaks) -> Quotation:
    """What was said, whose words they are, when, and whether they are exact; of a translation, the original."""
    say, time = phrases.say, duration(quote.at)
    status = say(f"quote-{quote.status}")
    if quote.speaker:
        text = say("quote-by", speaker=quote.speaker, time=time, status=status)
    else:
        text = say("quote-at", time=time, status=status)
    whose = _linked(text, time, episode.listen(quote.at))
    if quote.clip_of is not None:
        there = duration(quote.clip_of)
        clip = _linked(say("clip-from", time=there), there, episode.listen(quote.clip_of))
        whose = (*whose, Run(" · "), *clip)
    tongue = episode.card.language if quote.status == "translated" else episode.language
    original = f"{say('original')} {quoted(quote.original, episode.language)}" if quote.original else ""
    return Quotation((Run(quoted(quote.text, tongue)),), whose, (Run(original),) if original else ())


def _linked(text: str, part: str, url: str | None) -> Runs:
    """A text in which the last of a part is a link."""
    before, found, after = text.rpartition(part)
    runs = (Run(before), Run(found, url=url), Run(after))
    return tuple(run for run in runs if run.text)


# ---------------------------------------------------------------- the overview


def _place(episode: Episode, phrases: Speaks) -> Runs:
    """`Salt Road · Long walks · 40:00 · Wednesday, 18 November 2026`; the series by its name, which can be spoken."""
    series = episode.series.name if episode.series is not None else None
    length = None if episode.duration is None else duration(episode.duration)
    text = " · ".join(part for part in (episode.show, series, length) if part)
    if episode.published is None:
        return (Run(text or phrases.say("kind-episode")),)
    said = Run(dated(episode.published, phrases), at=episode.published, grain="day")
    return (Run(f"{text} · " if text else ""), said)


def _who(episode: Episode, phrases: Speaks) -> list[Block]:
    """`Ada and Bo with Cy and Di`."""
    hosts = _names([one for one in episode.people if one.role == "host"], phrases)
    guests = _names([one for one in episode.people if one.role == "guest"], phrases)
    if hosts and guests:
        return [Paragraph((Run(phrases.say("who-speaks", hosts=hosts, guests=guests)),))]
    return [Paragraph((Run(hosts or guests),))] if hosts or guests else []


def _names(people: Sequence[EpisodePerson], phrases: Speaks) -> str:
    names = [phrases.say("as-heard", name=one.name) if one.as_heard else one.name for one in people[:_MOST_NAMES]]
    if len(names) < 2:
        return "".join(names)
    return phrases.say("names-and", first=", ".join(names[:-1]), last=names[-1])


def _told(told: Sequence[Told], plain: str, episode: Episode) -> Runs:
    """Sentences as running text, each followed by its times."""
    if not told:
        return (Run(plain),) if plain else ()
    return joined((Run(line.text), *moments(line.at, episode)) for line in told)


def _shape(episode: Episode, phrases: Speaks) -> list[Block]:
    return [Picture(SHAPE, shape_of(episode, phrases.say).alt)] if has_shape(episode) else []


def _ways_in(episode: Episode) -> tuple[Action, ...]:
    quoted_any = any(chapter.quotes for chapter in episode.chapters)
    return (
        Action("ask", "ask"),
        *([Action("quotes", "quotes")] if quoted_any else []),
        *([Action("entities", "people")] if episode.entities or episode.people else []),
        *([Action("open", "audio", episode.url)] if episode.url else []),
    )


def _made(episode: Episode, phrases: Speaks) -> str:
    """Whose the chapters are, who wrote, what was checked, where the words come from."""
    say, made = phrases.say, episode.card
    parts: list[str] = []
    if episode.chapters:
        theirs = any(chapter.origin == "publisher" for chapter in episode.chapters)
        parts.append(say("chapters-by-publisher" if theirs else "chapters-by-us"))
    if made.writer != "selected":
        parts.append(say("episode-written", model=model_of(made.writer)))
    else:
        parts.append(say("episode-selected-notes" if made.transcript is None else "episode-selected"))
    if made.quotes:
        parts.append(say("episode-quotes-checked", quotes=made.quotes, exact=made.quotes_exact))
    if made.sentences_dropped:
        parts.append(say("episode-dropped", n=made.sentences_dropped))
    parts.append(say(f"transcript-from-{made.transcript or 'nobody'}"))
    # Notes of the episode may say it more exactly.
    if made.times != "given" and made.transcript is not None and not made.notes:
        parts.append(say(f"times-{made.times}"))
    return " ".join(parts)


def _hint(episode: Episode, phrases: Speaks) -> str:
    topic = next((one.number for one in episode.chapters if one.kind == "topic"), 1)
    person = next((one.name for one in episode.people if one.role == "guest"), None)
    if person is None:
        return phrases.say("episode-hint", number=topic)
    return phrases.say("episode-hint-who", number=topic, name=person)


# ---------------------------------------------------------------- a chapter


def _standing(chapter: Chapter, episode: Episode, phrases: Speaks) -> Runs:
    """`Salt Road · chapter 4 of 8 · 8:40 to 16:43`."""
    number = phrases.say("chapter-of", number=chapter.number, total=len(episode.chapters))
    before = " · ".join(part for part in (episode.show, number, _kind(chapter, phrases)) if part)
    span, start = _span(chapter, phrases), duration(chapter.start)
    head, found, rest = span.partition(start)
    runs = (Run(f"{before} · {head}"), Run(found, url=episode.listen(chapter.start)), Run(rest))
    return tuple(run for run in runs if run.text)


def _kind(chapter: Chapter, phrases: Speaks) -> str:
    """What is not talk says so."""
    return phrases.say(f"chapter-kind-{chapter.kind}") if chapter.kind in {"clip", "ad"} else ""


def _span(chapter: Chapter, phrases: Speaks) -> str:
    return phrases.say("chapter-span", start=duration(chapter.start), end=duration(chapter.end))


def _speaking(chapter: Chapter, phrases: Speaks) -> str:
    """`Speaking: Ada 51%, Bo 49%.`"""
    total = sum(share.words for share in chapter.shares)
    if len(chapter.shares) < 2 or not total:
        return ""
    parts = [(share.speaker, round(_PERCENT * share.words / total)) for share in chapter.shares]
    shown = [phrases.say("speaking-share", name=name, percent=str(percent)) for name, percent in parts if percent]
    return phrases.say("chapter-speaking", names=", ".join(shown[:_MOST_NAMES]))


def _named(chapter: Chapter, episode: Episode, phrases: Speaks) -> str:
    """`Named here: repeater, shore roll.`: what is named most in it."""
    counted = [(_times_within(entity, chapter), entity.name) for entity in episode.entities]
    found = sorted((pair for pair in counted if pair[0]), key=lambda pair: -pair[0])
    names = ", ".join(name for _, name in found[:_MOST_NAMED])
    return phrases.say("chapter-named", names=names) if names else ""


def _times_within(entity: Entity, chapter: Chapter) -> int:
    times = entity.times or tuple(mention.at for mention in entity.mentions)
    return sum(chapter.start <= at < chapter.end for at in times)

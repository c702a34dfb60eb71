"""Chapters in words, without a model: titles in the material's own words, and what is said, sentence by sentence.

A summary here is a choice of original sentences, each under the name of who says it and in quotation marks, so that
nobody can take them for words of ours.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from bot.domain.durations import duration
from bot.domain.episode import Chapter, EpisodeQuote, Share, Told
from bot.domain.episodes.announcing import announced
from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.episodes.moments import words_in
from bot.domain.episodes.naming.cast import Cast
from bot.domain.episodes.quoting import chosen
from bot.domain.episodes.sayings import Saying, alike, sayings
from bot.domain.episodes.span import Span
from bot.domain.episodes.titles import Part, questions, titles
from bot.domain.phrasing import Say
from bot.domain.text.words import stems
from bot.domain.transcript import Transcript, Utterance

_MOST_TOLD = 2
_MOST_NAMES = 5
"""People in one list."""
_TOLD_WORDS = 40
"""Words of one sentence of a summary."""
_WORDS_A_SENTENCE = 180
"""Of a chapter, for each further sentence of its summary."""
_EARLY = 1.3
"""A sentence from the first third of a chapter says what it is about."""
_OTHER = 1.3
"""A second sentence is better said by somebody else."""
_NEEDED = 0.1
"""Worth that the one sentence of a summary needs; a further one needs `_WELCOME`."""
_WELCOME = 0.35


def worded(
    spans: Sequence[Span], transcript: Transcript, facts: EpisodeFacts, cast: Cast, say: Say
) -> tuple[Chapter, ...]:
    """The chapters of an episode, numbered from 1, with titles, summaries, quotations and shares.

    Titles of publishers stay theirs; parts that are no topic have fixed words. Nothing is quoted twice.
    """
    heads = _titles(spans, transcript, facts, cast, say)
    about = announced(transcript, cast)
    taken = [] if about is None else [about.text]
    chapters: list[Chapter] = []
    for number, (span, title) in enumerate(zip(spans, heads, strict=True), 1):
        said = sayings(span, transcript, cast)
        quotes = chosen(said, span, transcript, taken)
        told = _told(span, said, quotes, taken, transcript, cast, say)
        if about is not None and _opens(number, span, about):
            told = tuple(_sentences([about], say))
        taken += [quote.text for quote in quotes]
        chapters.append(
            Chapter(
                number=number,
                kind=span.kind,
                start=span.start,
                end=span.end,
                title=title,
                summary=" ".join(one.text for one in told),
                quotes=quotes,
                origin=span.origin,
                told=told,
                shares=_shares(transcript.utterances[span.first : span.last + 1], cast.names),
            )
        )
    return tuple(chapters)


def _opens(number: int, span: Span, about: Saying) -> bool:
    """Whether this is the opening chapter, and what the talk is about is announced in it."""
    return (number == 1 or span.kind == "intro") and span.kind != "ad" and span.first <= about.index <= span.last


def _titles(spans: Sequence[Span], transcript: Transcript, facts: EpisodeFacts, cast: Cast, say: Say) -> list[str]:
    """The publisher's own, fixed ones for what is no topic, and found ones for the rest, no two of ours the same."""
    given: list[str | None] = []
    for span in spans:
        fixed = None if span.kind == "topic" else say(f"part-{span.kind}")
        given.append(span.title or (_numbered(fixed, given, span.kind, say) if fixed else None))
    parts = [_part(span, transcript) for span in spans]
    speakers = sorted({*transcript.speakers, *cast.names.values()})
    found = titles(parts, given, f"{facts.title}\n{facts.notes}", speakers)
    return [title or say("part-plain", n=number) for number, title in enumerate(found, 1)]


def _numbered(fixed: str, given: Sequence[str | None], kind: str, say: Say) -> str | None:
    """Fixed words once; then with a number where there is nothing else to say, as of advertisements."""
    if fixed not in given:
        return fixed
    if kind != "ad":
        return None
    return next(title for n in range(2, len(given) + 3) if (title := say("part-again", title=fixed, n=n)) not in given)


def _part(span: Span, transcript: Transcript) -> Part:
    texts = [one.text for one in transcript.utterances[span.first : span.last + 1] if not one.ad]
    return Part(texts, questions(texts))


def _told(
    span: Span,
    said: Sequence[Saying],
    quotes: Sequence[EpisodeQuote],
    taken: Collection[str],
    transcript: Transcript,
    cast: Cast,
    say: Say,
) -> tuple[Told, ...]:
    if span.kind == "ad":
        return ()
    if span.clip is not None:
        again = next((quote.clip_of for quote in quotes if quote.clip_of is not None), span.clip.at)
        return (Told(say("told-clip", time=duration(again)), (span.start,)),)
    used = [frozenset(stems(text)) for text in (*taken, *(quote.text for quote in quotes))]
    best = _central(span, [one for one in said if not any(alike(one.stems, other) for other in used)], transcript)
    if best:
        return tuple(_sentences(best, say))
    return () if span.kind != "topic" else (_spoken(span, transcript, cast, say),)


def _central(span: Span, free: Sequence[Saying], transcript: Transcript) -> list[Saying]:
    """The sentences that say most of what the chapter says, in order, none like another."""
    words = sum(len(one.text.split()) for one in transcript.utterances[span.first : span.last + 1] if not one.ad)
    room = min(_MOST_TOLD, 1 + words // _WORDS_A_SENTENCE) if span.kind == "topic" else 1
    early = span.first + (span.last - span.first) // 3
    found: list[Saying] = []

    def worth(one: Saying) -> float:
        told = one.fit * (0.3 + one.central) * (_EARLY if one.index <= early else 1.0)
        return told * (0.3 + min(1.0, one.worth)) * (one.worth > 0)

    def rank(one: Saying) -> tuple[float, float]:
        return worth(one) * (_OTHER if found and one.speaker != found[0].speaker else 1.0), -one.at

    left = [one for one in free if one.single and one.words <= _TOLD_WORDS]
    while left and len(found) < room:
        best = max(left, key=rank)
        if worth(best) < (_WELCOME if found else _NEEDED):
            break
        found.append(best)
        left = [one for one in left if not alike(one.stems, best.stems)]
    return sorted(found, key=lambda one: (one.index, one.at))


def _sentences(best: Sequence[Saying], say: Say) -> list[Told]:
    """Each under its name; a name is not repeated while the same person goes on."""
    told: list[Told] = []
    before: str | None = None
    for one in best:
        if one.speaker is None:
            text = say("told-unnamed", words=one.text)
        elif one.speaker == before:
            text = say("told-later", words=one.text)
        else:
            text = say("told-said", name=one.speaker, words=one.text)
        before = one.speaker
        told.append(Told(text, (one.at,)))
    return told


def _spoken(span: Span, transcript: Transcript, cast: Cast, say: Say) -> Told:
    """Where no sentence stands alone: who speaks, and for how long."""
    shares = _shares(transcript.utterances[span.first : span.last + 1], cast.names)
    time = duration(span.end - span.start)
    if not shares:
        return Told(say("told-nobody", time=time), (span.start,))
    names = [share.speaker for share in shares]
    return Told(say("told-speak", names=listed(names, say), count=len(names), time=time), (span.start,))


def listed(names: Sequence[str], say: Say) -> str:
    """Names one after the other, the last one joined by a word; of a crowd the first few and how many more."""
    if len(names) > _MOST_NAMES:
        return say("names-others", first=", ".join(names[: _MOST_NAMES - 1]), n=len(names) - _MOST_NAMES + 1)
    if len(names) < 2:
        return "".join(names)
    return say("names-and", first=", ".join(names[:-1]), last=names[-1])


def _shares(said: Sequence[Utterance], names: Mapping[str, str]) -> tuple[Share, ...]:
    counts: Counter[str] = Counter()
    for one in said:
        if one.speaker:
            counts[names.get(one.speaker, one.speaker)] += words_in(one.text)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Share(name, words) for name, words in ordered if words)

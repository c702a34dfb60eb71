"""What replies about an episode are made of: sentences with the moment they rest on, and words that were said."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.conversation.episode.shelf import EpisodeShelf
from bot.domain.conversation.wording import Wording
from bot.domain.durations import duration
from bot.domain.edition import CitedPassage, Sentence
from bot.domain.episode import Chapter, EpisodeQuote, Told
from bot.domain.episodes.moments import words_of
from bot.domain.reply import MOST_WORDS_OF_AN_ITEM, Action, Reply, ReplyKind

_MOMENT = "@"


def replying(
    kind: ReplyKind,
    text: Iterable[Sentence],
    shelf: EpisodeShelf,
    actions: Iterable[Action] = (),
    chapter: int | None = None,
) -> Reply:
    """A reply with what its sentences rest on: of each speaker, what is used and no more.

    Where a sentence rests on a moment (`at`), that becomes a passage: what is being said just then.
    """
    lines = tuple(text)
    moments = {i: float(i[1:]) for line in lines for i in line.evidence if i.startswith(_MOMENT)}
    exact = shelf.exact(tuple(dict.fromkeys(moments.values())))
    ids = {i: exact[moment].id for i, moment in moments.items() if moment in exact}
    said = tuple(Sentence(line.text, tuple(ids.get(i, i) for i in line.evidence)) for line in lines)
    used = {i for line in said for i in line.evidence}
    return Reply(kind, said, shelf.cited(shelf.with_exact(exact), used), actions=tuple(actions), story=chapter)


def at(shelf: EpisodeShelf, *moments: float) -> tuple[str, ...]:
    """Evidence of what is being said at some moments; none where nothing is known of what is said."""
    return tuple(f"{_MOMENT}{moment}" for moment in moments) if shelf.at(0.0) is not None else ()


def told(line: Told, shelf: EpisodeShelf) -> Sentence:
    """A sentence of the overview."""
    return Sentence(line.text, at(shelf, *line.at))


def said(passage: CitedPassage, shelf: EpisodeShelf, wording: Wording) -> Sentence:
    """`Ada: “words”`; where there is no transcript, the sentence of the overview as it is."""
    if shelf.transcript is None:
        return Sentence(passage.text, (passage.id,))
    words, speaker = wording.quote(passage.text), shelf.speaker(passage)
    text = words if speaker is None else wording.say("spoken", host=speaker, text=words)
    return Sentence(text, (passage.id,))


def quotation(quote: EpisodeQuote, shelf: EpisodeShelf, wording: Wording) -> Sentence:
    """`Ada: “words” (exact words)`."""
    words = wording.say("quoted", words=wording.quote(quote.text), status=wording.say(f"quote-{quote.status}"))
    text = wording.say("spoken", host=quote.speaker, text=words) if quote.speaker else words
    return Sentence(text, at(shelf, quote.at))


def around(moment: float, shelf: EpisodeShelf, most: int = MOST_WORDS_OF_AN_ITEM) -> tuple[CitedPassage, ...]:
    """What is said about a moment, in order, in its chapter, within so many words; never none of it.

    Where there is room for less than is said at the moment itself, the beginning of that.
    """
    chapter = shelf.episode.at(moment)
    every = shelf.spoken(0.0, float("inf")) if chapter is None else shelf.spoken(chapter.start, chapter.end)
    middle = next((passage for passage in reversed(every) if (passage.at or 0.0) <= moment), next(iter(every), None))
    if middle is None:
        return ()
    first = last = every.index(middle)
    words = words_of(middle.text)
    if len(words) > most:
        return (replace(middle, text=middle.text[: words[max(0, most - 1)][1]]),)
    left = most - len(words)
    while True:
        later = every[last + 1] if last + 1 < len(every) else None
        earlier = every[first - 1] if first else None
        if later is not None and _size(later) <= left and (last - first) % 2 == 0:
            last, left = last + 1, left - _size(later)
        elif earlier is not None and _size(earlier) <= left:
            first, left = first - 1, left - _size(earlier)
        elif later is not None and _size(later) <= left:
            last, left = last + 1, left - _size(later)
        else:
            return every[first : last + 1]


def within(passages: Sequence[CitedPassage], most: int = MOST_WORDS_OF_AN_ITEM) -> list[CitedPassage]:
    """The first of some passages that keep within so many words together; the first one always."""
    kept: list[CitedPassage] = []
    left = most
    for passage in passages:
        size = _size(passage)
        if kept and size > left:
            continue
        kept.append(passage)
        left -= size
    return kept


def _size(passage: CitedPassage) -> int:
    return len(words_of(passage.text))


def span(chapter: Chapter, wording: Wording) -> str:
    """`16:43 to 18:11`."""
    return wording.say("chapter-span", start=duration(chapter.start), end=duration(chapter.end))


def turn(key: str, number: int, command: str = "chapter") -> Action:
    """A button that leads to a chapter, or a page, and has its number on it."""
    return Action(key, f"{command} {number}", facts=(("number", str(number)),))


def listening(shelf: EpisodeShelf, moment: float) -> list[Action]:
    """The way to the player at a moment, where there is one."""
    url = shelf.episode.listen(moment)
    return [] if url is None else [Action("listen-at", "audio", url, (("time", duration(moment)),))]

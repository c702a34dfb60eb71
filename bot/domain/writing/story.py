"""One story of an extractive edition."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC

from bot.domain.argument import Argument, Quote, Side
from bot.domain.conflict import overlap
from bot.domain.edition import Connection, Counter, Position, PullQuote, Sentence, Signal, Story, Window, number_of
from bot.domain.item import ACTS, ItemKind
from bot.domain.phrasing import Say
from bot.domain.quotable import fitness, is_question, words
from bot.domain.reading import Reading, Span
from bot.domain.roster import ThinkerKind
from bot.domain.stories import StoryDraft
from bot.domain.writing.citing import Citing
from bot.domain.writing.quotation import quoted

TITLE_CHARACTERS = 75
_FURTHER = 5
"""Sentences of the body beyond standfirst and claims."""
_STANDFIRST_CHARACTERS = 170
_PULL_QUOTE_WORDS = (8, 25)
_GOOD = 0.5
"""Fitness of a sentence that may stand without need."""
_SAME = 0.7
"""Share of common stems from which two sentences say the same."""
_TOPIC_WORD = re.compile(r"\w(?:[\w.’'-]*\w)?")
_STRIKING = re.compile(
    r"\b(never|always|must|should|cannot|wrong|mistake|nobody|everyone|only|more\s+than|rather\s+than|instead\s+of|"
    r"the\s+(real|whole|only|hard|point|problem|question)|not\s+(a|the|because|about)|I\s+(think|believe|was|would|do)|"
    r"никогда|всегда|ошибка|нельзя|только|главн\w+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class StoryMatter:
    """All that is decided about a story before a word of it is written."""

    draft: StoryDraft
    quotes: tuple[Quote, ...]
    """Usable sentences, best first."""
    argument: Argument

    @property
    def fresh(self) -> list[Quote]:
        """Sentences of items that no earlier edition cited; all of them where everything is new."""
        return [q for q in self.quotes if q.span.item in self.draft.fresh] or list(self.quotes)


@dataclass(frozen=True, slots=True)
class Pen:
    """What the writer writes with: where it cites, the phrases, the language."""

    citing: Citing
    say: Say
    language: str

    def said(self, quote: Quote) -> str:
        """`Name: “their words”`."""
        return self.say("said", name=quote.reading.thinker.name, words=self.marked(quote))

    def said_then(self, quote: Quote) -> str:
        """`Name: on 3 February, “their words”`, for what is older than the edition's window."""
        at = quote.reading.item.at.astimezone(UTC)
        day = self.say("long-day", day=at.day, month=at.month)
        return self.say("said-then", name=quote.reading.thinker.name, day=day, words=self.marked(quote))

    def marked(self, quote: Quote) -> str:
        """The words in quotation marks."""
        return quoted(quote.text, self.language)

    def sentence(self, quote: Quote) -> Sentence:
        """An attributed quotation with its evidence."""
        return Sentence(self.said(quote), (self.citing.cite(quote),))


def headline(matter: StoryMatter) -> Quote | None:
    """The story's title: the best headline that is no reply to the story's own thesis, else the best short sentence.

    Where people disagree, *for* and *against* are meant of the title, so it comes from the side that is replied to.
    """
    argument, fresh = matter.argument, matter.draft.fresh
    thesis = argument.counter.against.reading.item.id if argument.counter else None
    against = {side.thinker.id for side in argument.sides if side.stance == "against"}
    usable = [r for r in matter.draft.readings if r.item.url and r.thinker.id not in against]

    def order(reading: Reading) -> tuple[bool, bool, bool]:
        return (reading.item.id not in fresh, reading.item.id != thesis, reading.item.kind in ACTS)

    for reading in sorted(usable, key=order):
        title = next((span for span in reading.spans if span.where == "title"), None)
        if title and len(title.text) <= TITLE_CHARACTERS and fitness(title.text, headline=True) >= _GOOD:
            return Quote(reading, title, 1.0)
    short = [q for q in matter.fresh if len(q.text) <= TITLE_CHARACTERS - 2 and not is_question(q.text)]
    return next((q for q in short if q.reading.item.url and q.reading.thinker.id not in against), None)


def write_story(matter: StoryMatter, title: Quote, number: int, edition: str, window: Window, pen: Pen) -> Story:
    """A story of original sentences. `title` is one of its headlines or sentences (see `headline`)."""
    draft, argument = matter.draft, matter.argument
    # What is argued is cited first: the words that may be shown of an item go to its claims before anything else.
    positions = tuple(_position(side, pen) for side in argument.sides if pen.citing.fits(side.claim))
    counter = _counter(argument, pen)
    question = argument.question if argument.question and positions and pen.citing.fits(argument.question) else None
    if question:
        pen.citing.cite(question)
    standfirst = _standfirst(matter, title, pen)
    used = {standfirst.span.item, *(side.claim.span.item for side in argument.sides)}
    # A title rests on a cited headline: one whose item is cited nowhere else is cited with the standfirst.
    beside = () if title.span.item in used else (pen.citing.cite(title),)
    evidence = _once(pen.citing.cite(standfirst), *beside)
    why_now = _latest(matter, {standfirst.span, title.span, *(side.claim.span for side in argument.sides)}, pen)
    body = _body(matter, [standfirst, *(side.claim for side in argument.sides)], pen)
    pull_quote = _pull_quote(matter, {standfirst.span, *(side.claim.span for side in argument.sides)}, pen)
    parts: tuple[Position | Counter | Sentence, ...] = (*positions, counter, *body)
    cited = [*evidence, *(passage for part in parts for passage in part.evidence)]
    return Story(
        id=f"{edition}/{number}",
        number=number,
        title=title.text.rstrip(". ") if title.span.where == "title" else pen.marked(title),
        question=question.text if question else None,
        standfirst=Sentence(pen.said(standfirst), evidence),
        topic=draft.topic,
        state=draft.state,
        continues=draft.continues,
        signal=_signal(draft, window, why_now),
        positions=positions,
        counter=counter,
        body=body,
        synthesis=None,
        crux=None,
        pull_quote=pull_quote,
        plain_words=(),
        analogy=None,
        so_what=None,
        connects_to=(),
        citations=tuple(dict.fromkeys(map(number_of, cited))),
    )


def _signal(draft: StoryDraft, window: Window, why_now: Sentence) -> Signal:
    return Signal(
        voices=draft.voices,
        items=draft.items,
        window_hours=(window.end - window.start).total_seconds() / 3600,
        usual=draft.usual,
        burst=draft.burst,
        p=draft.p,
        score=round(draft.score, 2),
        why_now=why_now,
    )


def topic_words(text: str) -> set[str]:
    """The words of a topic or a sentence, for finding the one in the other."""
    return {word.casefold() for word in _TOPIC_WORD.findall(text)}


def bearing(topic: str, sentences: Iterable[Sentence]) -> tuple[list[str], set[str]]:
    """Passages that hold the words of a topic, as few as do, and the words that none of them holds."""
    missing = topic_words(topic)
    chosen: list[str] = []
    for sentence in sentences:
        held = missing & topic_words(sentence.text)
        if held:
            chosen.append(sentence.evidence[0])
            missing -= held
    return chosen, missing


def _once(*evidence: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(evidence))


def _standfirst(matter: StoryMatter, title: Quote, pen: Pen) -> Quote:
    """The best sentence that fits under a title, and repeats neither it nor a position."""
    claims = [side.claim.text for side in matter.argument.sides]
    usable = [q for q in matter.fresh if q.span != title.span and pen.citing.fits(q) and not is_question(q.text)]
    other = [q for q in usable if overlap(q.text, title.text)[1] < _SAME and q.span.where == "text"]
    short = [q for q in other if len(q.text) <= _STANDFIRST_CHARACTERS]
    good = [q for q in short if fitness(q.text) >= _GOOD]
    unclaimed = [q for q in good if all(overlap(q.text, claim)[1] < _SAME for claim in claims)]
    return next(iter(unclaimed or short or other or usable), title)


def _latest(matter: StoryMatter, taken: Collection[Span], pen: Pen) -> Sentence:
    """What came last: the best further sentence of the newest item that has one; empty where none has."""
    usable = [
        q
        for q in matter.fresh
        if q.span not in taken and q.span.where == "text" and _on_subject(q, matter) and pen.citing.fits(q)
    ]
    if not usable:
        return Sentence("", ())
    newest = max(q.reading.item.at for q in usable)
    return pen.sentence(next(q for q in usable if q.reading.item.at == newest))


def _on_subject(quote: Quote, matter: StoryMatter) -> bool:
    """Whether a sentence stands alone and names what the story is about."""
    names = any(_names(quote.text, name) for name in matter.draft.shared)
    return names and fitness(quote.text) >= _GOOD and not is_question(quote.text)


def _position(side: Side, pen: Pen) -> Position:
    claim, evidence = pen.marked(side.claim), [pen.citing.cite(side.claim)]
    if side.sells and pen.citing.fits(side.sells):
        claim = pen.say("sells-too", claim=claim, words=pen.marked(side.sells))
        evidence.append(pen.citing.cite(side.sells))
    return Position(side.thinker.name, side.thinker.id, side.stance, claim, tuple(evidence))


def _counter(argument: Argument, pen: Pen) -> Counter:
    reply = argument.counter or argument.recalled
    if reply is None or not (pen.citing.fits(reply.said) and pen.citing.fits(reply.against)):
        return Counter("none", None, None, None, pen.say("counter-none-here"), ())
    thinker = reply.said.reading.thinker
    evidence = _once(pen.citing.cite(reply.said), pen.citing.cite(reply.against))
    text = pen.said_then(reply.said) if reply is argument.recalled else pen.said(reply.said)
    return Counter("person", reply.kind, thinker.name, thinker.id, text, evidence)


def _body(matter: StoryMatter, first: Sequence[Quote], pen: Pen) -> tuple[Sentence, ...]:
    """The story as quotations: standfirst and claims, then further sentences, voices taking turns, none said twice."""
    stance = {side.thinker.id: side.stance for side in matter.argument.sides}
    chosen = list({quote.text: quote for quote in first if pen.citing.fits(quote)}.values())
    most = len(chosen) + _FURTHER
    for most_a_voice in (2, 3, 4):
        for quote in matter.fresh:
            voice = quote.reading.thinker.id
            crowded = sum(q.reading.thinker.id == voice for q in chosen) >= most_a_voice
            if len(chosen) < most and not crowded and _adds(quote, chosen, pen):
                pen.citing.cite(quote)
                chosen.append(quote)
    order = {"for": 0, "against": 1, "adjacent": 2}
    chosen.sort(key=lambda q: order[stance.get(q.reading.thinker.id, "adjacent")])
    return tuple(pen.sentence(quote) for quote in chosen)


def _adds(quote: Quote, chosen: Sequence[Quote], pen: Pen) -> bool:
    """Whether a sentence says something that the chosen ones have not said."""
    if (
        is_question(quote.text)
        or quote.span.where == "title"
        or fitness(quote.text) < _GOOD
        or not pen.citing.fits(quote)
    ):
        return False
    return all(overlap(quote.text, other.text)[1] < _SAME for other in chosen)


def _pull_quote(matter: StoryMatter, taken: Collection[Span], pen: Pen) -> PullQuote | None:
    """Words worth a frame: a person's, short, striking, on the subject, not told already. None is better than dull."""
    least, most = _PULL_QUOTE_WORDS
    for quote in matter.fresh:
        item, thinker = quote.reading.item, quote.reading.thinker
        personal = thinker.kind is ThinkerKind.PERSON and item.kind not in ACTS and item.kind is not ItemKind.EPISODE
        short = least <= words(quote.text) <= most and quote.span not in taken
        if not (personal and short and _STRIKING.search(quote.text) and _on_subject(quote, matter)):
            continue
        if "“" not in quote.text and '"' not in quote.text and pen.citing.fits(quote):
            return PullQuote(quote.text, thinker.name, thinker.id, "exact", None, (pen.citing.cite(quote),))
    return None


def connect(stories: Sequence[Story], matters: Sequence[StoryMatter], pen: Pen) -> list[tuple[Connection, ...]]:
    """For each story, at most one other that names the same thing, with a sentence that names it."""
    return [_connection(here, stories, matters, pen) for here in range(len(stories))]


def _connection(
    here: int, stories: Sequence[Story], matters: Sequence[StoryMatter], pen: Pen
) -> tuple[Connection, ...]:
    mine = matters[here]
    for there, other in enumerate(matters):
        if there == here:
            continue
        common = {name.lower() for name in mine.draft.shared} & _central_names(other)
        for quote in mine.quotes:
            if any(_names(quote.text, name) for name in common) and pen.citing.fits(quote):
                return (Connection(stories[there].id, pen.said(quote), (pen.citing.cite(quote),)),)
    return ()


def _central_names(matter: StoryMatter) -> set[str]:
    """Names that bind a story, or stand in two of its items."""
    held = [name for reading in matter.draft.readings for name in reading.names]
    return {name.lower() for name in matter.draft.shared} | {name for name in held if held.count(name) > 1}


def _names(text: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) is not None

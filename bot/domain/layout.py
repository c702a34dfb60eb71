"""Messages laid out as documents: what stands where, under which label.

The order of parts and the labels are the product's form; every platform shares them. An empty part leaves no
label, no divider and no gap.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Protocol, assert_never
from urllib.parse import urlsplit

from bot.domain.document import (
    Actions,
    Block,
    Divider,
    Document,
    Heading,
    Paragraph,
    Points,
    Quotation,
    Run,
    Runs,
    Small,
    Sources,
)
from bot.domain.edition import Citation, Edition, Evidence, Sentence, Signal, Story
from bot.domain.message import Answer, EditionCard, Message, Notice, Progress, QuestionPart, Sheet, StoryPart
from bot.domain.rates import rate_facts
from bot.domain.reply import Action, Reply
from bot.domain.writing.quotation import quoted

_NAMED_DOWN = 4
"""Sources down that the card names; the rest is counted."""


class Speaks(Protocol):
    """The part of `bot.ports.phrases.Phrases` that a layout needs."""

    @property
    def language(self) -> str:
        """Its tag."""
        ...

    def say(self, key: str, /, **facts: str | float) -> str:
        """A phrase."""
        ...


def lay_out(message: Message, phrases: Speaks) -> Document:
    """The document of a message in an interface language."""
    match message:
        case EditionCard(edition, late):
            return _card(edition, late, phrases)
        case StoryPart(edition, story):
            return _story(edition, story, phrases)
        case QuestionPart(edition):
            return _question(edition, phrases)
        case Answer(reply, _):
            return _answer(reply, phrases)
        case Notice(text, actions, note):
            return (
                Paragraph(_coded(text)),
                *([Small((Run(note),))] if note else []),
                *([Actions(actions)] if actions else []),
            )
        case Progress(sources, _, _):
            return (Paragraph((Run(phrases.say("progress", n=sources)),)),)
        case Sheet(document, _):
            return document
    assert_never(message)


def instant(at: datetime, phrases: Speaks) -> Run:
    """A point in time, printed in UTC."""
    utc = at.astimezone(UTC)
    return Run(phrases.say("moment", day=utc.day, month=utc.month, time=f"{utc:%H:%M}"), at=at)


def site(url: str) -> str:
    """The name people know an address by."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


# ---------------------------------------------------------------- the card


def _card(edition: Edition, late: datetime | None, phrases: Speaks) -> Document:
    say = phrases.say
    return (
        Small((Run(f"{_desk(edition)} · {say(f'slot-{edition.slot}')} · {_date(edition, phrases)}"),)),
        Heading((Run(edition.title),)),
        *([] if late is None else [Small((Run(say("late", time=instant(late, phrases).text)),))]),
        Paragraph((Run(edition.lede), *_cites(edition.lede_evidence, edition.citations))),
        *_contents(edition, phrases),
        Small(_counts(edition, phrases)),
        *(Small((Run(note),)) for note in edition.card.notes),
        *([Actions(_card_actions())] if edition.stories else []),
        Small((Run(_made(edition, phrases)),)),
    )


def _desk(edition: Edition) -> str:
    return "Counterpoint" if edition.desk == "default" else f"Counterpoint {edition.desk}"


def _date(edition: Edition, phrases: Speaks) -> str:
    day = edition.date
    return phrases.say("dated", weekday=day.isoweekday(), day=day.day, month=day.month, year=str(day.year))


def _contents(edition: Edition, phrases: Speaks) -> list[Block]:
    if not edition.stories:
        return []
    points = tuple(
        (
            Run(story.title),
            *([] if story.state == "new" else [Run(f" ({phrases.say(f'state-{story.state}')})", "italic")]),
        )
        for story in edition.stories
    )
    return [Divider(), Points(points, numbered=True)]


def _counts(edition: Edition, phrases: Speaks) -> Runs:
    hours = (edition.window.end - edition.window.start).total_seconds() / 3600
    text = phrases.say(
        "card-counts",
        stories=len(edition.stories),
        sources=edition.card.cited.items,
        thinkers=edition.card.cited.thinkers,
        hours=round(hours, 1),
        end=instant(edition.window.end, phrases).text,
    )
    return (Run(text),)


def _card_actions() -> tuple[Action, ...]:
    return (Action("sources", "sources 1"), Action("counters", "counter 1"), Action("deeper", "deeper 1"))


def _made(edition: Edition, phrases: Speaks) -> str:
    card, say = edition.card, phrases.say
    model = card.writer.removeprefix("written by ").removesuffix(", checked")
    parts = [
        say("writer-selected") if card.writer == "selected" else say("writer-model", model=model),
        say("card-read", items=card.items_read, sources=card.sources_read),
    ]
    if card.checks.quotes:
        parts.append(say("card-checks", quotes=card.checks.quotes, exact=card.checks.quotes_exact))
    if card.sources_down:
        names = sorted({down.thinker for down in card.sources_down})
        shown = ", ".join(names[:_NAMED_DOWN]) + (f" +{len(names) - _NAMED_DOWN}" if len(names) > _NAMED_DOWN else "")
        parts.append(say("card-down", n=len(card.sources_down), names=shown))
    if card.sources_silent:
        parts.append(say("card-silent", n=card.sources_silent))
    return " ".join(parts)


# ---------------------------------------------------------------- a story


def _story(edition: Edition, story: Story, phrases: Speaks) -> Document:
    say = phrases.say
    where = say("story", number=story.number, total=len(edition.stories), state=say(f"state-{story.state}"))
    head: list[Block] = [
        Small((Run(where),)),
        Heading((Run(story.title),)),
        Paragraph(_sentence(story.standfirst, edition.citations)),
        Small(_signal(story.signal, edition, phrases)),
    ]
    actions = Actions(
        (
            Action("sources", f"sources {story.number}"),
            Action("counter", f"counter {story.number}"),
            Action("deeper", f"deeper {story.number}"),
        )
    )
    parts = [_argument(edition, story, phrases), _telling(edition, story, phrases), _reading(edition, story, phrases)]
    blocks = head + [block for part in parts if part for block in (Divider(), *part)]
    return (*blocks, _sources(say("sources-line"), _used(edition, story.citations)), actions)


def arithmetic(signal: Signal, phrases: Speaks) -> str:
    """`4 voices, 7 items in 12 h, usual 0.6 (12 times usual)`, or why there is no multiplier."""
    return phrases.say(f"signal-{signal.rate}", **rate_facts(signal))


def _signal(signal: Signal, edition: Edition, phrases: Speaks) -> Runs:
    say = phrases.say
    facts = (Run(say("signal"), "bold"), Run(f" {arithmetic(signal, phrases)}."))
    if not signal.why_now.text:
        return facts
    why_now = (Run(" "), Run(say("why-now"), "bold"), Run(" "), *_sentence(signal.why_now, edition.citations))
    return (*facts, *why_now)


def _argument(edition: Edition, story: Story, phrases: Speaks) -> list[Block]:
    """Positions as a list, then the counter view after it."""
    # For and against need something that is argued about: without an opponent the words would say nothing.
    argued = any(position.stance == "against" for position in story.positions)
    # Words that stand right above (standfirst) or below (counter view) are not listed again, but an interest of one's
    # own is always told beside the claim.
    beside = [story.standfirst.evidence[:1]] if not argued else []
    beside += [story.counter.evidence[:1]] if story.counter.standing == "person" else []
    points = tuple(
        (
            Run(position.thinker, "bold"),
            *([Run(f" ({phrases.say(f'stance-{position.stance}')})")] if argued else []),
            Run(f": {position.claim}"),
            *_cites(position.evidence, edition.citations),
        )
        for position in story.positions
        if len(position.evidence) > 1 or position.evidence not in beside
    )
    return [*([Points(points)] if points else []), Paragraph(_counter(edition, story, phrases))]


def _counter(edition: Edition, story: Story, phrases: Speaks) -> Runs:
    counter, say = story.counter, phrases.say
    if counter.standing == "none":
        return (Run(say("counter-none"), "bold"),)
    if counter.standing == "argument":
        return (Run(say("counter-argument"), "bold"), Run(f" {counter.text}"))
    kind = f" ({say(f'counter-kind-{counter.kind}')})" if counter.kind else ""
    # The label names the speaker already: the text need not.
    text = counter.text.removeprefix(f"{counter.thinker}: ")
    return (
        Run(say("counter-person", name=counter.thinker or ""), "bold"),
        Run(f" {text}{kind}"),
        *_cites(counter.evidence, edition.citations),
    )


def _telling(edition: Edition, story: Story, phrases: Speaks) -> list[Block]:
    say = phrases.say
    blocks: list[Block] = []
    if edition.card.writer == "selected":
        blocks += _grouped(edition, story, phrases)
    elif story.body:
        blocks.append(Paragraph(_joined(_sentence(sentence, edition.citations) for sentence in story.body)))
    quote = story.pull_quote
    if quote:
        whose = (Run(f"{quote.thinker}, {say(f'quote-{quote.status}')}"), *_cites(quote.evidence, edition.citations))
        original = [Run(f" {say('original')} {quote.original}")] if quote.original else []
        blocks.append(Quotation((Run(quoted(quote.text, edition.language)),), (*whose, *original)))
    if story.synthesis:
        label = Run(say(f"synthesis-{story.synthesis.kind}"), "bold")
        evidence = _cites(story.synthesis.evidence, edition.citations)
        blocks.append(Paragraph((label, Run(f" {story.synthesis.text}"), *evidence)))
    if story.crux:
        blocks.append(
            Paragraph(
                (
                    Run(say("crux"), "bold"),
                    Run(f" {story.crux.question}"),
                    *_cites(story.crux.evidence, edition.citations),
                    Run(" "),
                    Run(say("would-settle"), "bold"),
                    Run(f" {story.crux.would_settle}"),
                )
            )
        )
    return blocks


def _grouped(edition: Edition, story: Story, phrases: Speaks) -> list[Block]:
    """Original sentences with speaker and time; under For, Against and Also where somebody is against.

    What standfirst, why-now and positions have shown is not shown again.
    """
    shown = {story.standfirst.evidence[:1], story.signal.why_now.evidence[:1]}
    shown |= {(passage,) for position in story.positions for passage in position.evidence}
    body = [sentence for sentence in story.body if sentence.evidence[:1] not in shown]
    if not body:
        return []
    stances = {position.thinker: position.stance for position in story.positions}
    passages = edition.passages()
    groups: dict[str, list[Runs]] = {"for": [], "against": [], "also": []}
    for sentence in body:
        citation = passages[sentence.evidence[0]][0]
        stance = stances.get(citation.thinker, "adjacent")
        when = (Run(" ("), instant(citation.published, phrases), Run(")"))
        runs = (*_sentence(sentence, edition.citations), *when)
        groups["also" if stance == "adjacent" else stance].append(runs)
    if not groups["against"]:
        return [Points(tuple(runs for group in groups.values() for runs in group))]
    return [
        block
        for name, points in groups.items()
        if points
        for block in (Paragraph((Run(phrases.say(f"group-{name}"), "bold"),)), Points(tuple(points)))
    ]


def _reading(edition: Edition, story: Story, phrases: Speaks) -> list[Block]:
    say = phrases.say
    blocks: list[Block] = []
    ours = " ".join(part for part in (story.so_what, story.analogy) if part)
    if ours:
        blocks.append(Paragraph((Run(say("our-reading"), "bold"), Run(f" {ours}"))))
    if story.plain_words:
        words = " ".join(say("plain-word", term=word.term, meaning=word.meaning) for word in story.plain_words)
        blocks.append(Paragraph((Run(say("plain-words"), "bold"), Run(f" {words}"))))
    numbers = {other.id: other.number for other in edition.stories}
    for link in story.connects_to:
        label = Run(say("connects", number=numbers[link.story]), "bold")
        blocks.append(Paragraph((label, Run(f" {link.reason}"), *_cites(link.evidence, edition.citations))))
    return blocks


# ---------------------------------------------------------------- question and answers


def _question(edition: Edition, phrases: Speaks) -> Document:
    say = phrases.say
    hint = Small(_coded(say("hint")))
    if edition.open_question is None:
        return (hint,)
    sources = _used(edition, [_number(passage) for passage in edition.open_question.evidence])
    return (
        Heading((Run(say("question")),), level=2),
        Paragraph(_sentence(edition.open_question, edition.citations)),
        _sources(say("sources-line"), sources),
        Divider(),
        hint,
    )


def _answer(reply: Reply, phrases: Speaks) -> Document:
    blocks: list[Block] = [Paragraph(_sentence(sentence, reply.citations)) for sentence in reply.text]
    cited = {_number(passage) for sentence in reply.text for passage in sentence.evidence}
    used = [citation for citation in reply.citations if citation.n in cited]
    if used:
        blocks.append(_sources(phrases.say("sources-line"), used))
    if reply.actions:
        blocks.append(Actions(reply.actions))
    return tuple(blocks)


# ---------------------------------------------------------------- runs


def _sentence(sentence: Sentence, citations: Iterable[Citation]) -> Runs:
    return (*_coded(sentence.text), *_cites(sentence.evidence, citations))


def _coded(text: str) -> Runs:
    """Words between back quotes are things to type."""
    return tuple(Run(part, "code" if n % 2 else "plain") for n, part in enumerate(text.split("`")) if part)


def _joined(sentences: Iterable[Runs]) -> Runs:
    found: list[Run] = []
    for runs in sentences:
        found += [*([Run(" ")] if found else []), *runs]
    return tuple(found)


def _cites(evidence: Evidence, citations: Iterable[Citation]) -> Runs:
    """` [3][5]`: a link each, in order of first use."""
    known: Mapping[int, Citation] = {citation.n: citation for citation in citations}
    numbers = list(dict.fromkeys(map(_number, evidence)))
    runs = [Run(f"[{n}]", url=known[n].url if n in known else None) for n in numbers]
    return (Run(" "), *runs) if runs else ()


def _number(passage: str) -> int:
    """The citation a passage id belongs to."""
    return int(passage.partition(".")[0])


def _used(edition: Edition, numbers: Sequence[int]) -> list[Citation]:
    return [citation for n in dict.fromkeys(numbers) if (citation := edition.citation(n))]


def _sources(label: str, citations: Iterable[Citation]) -> Sources:
    """`Sources: [1] site · [2] site`, each a link."""
    return Sources(label, tuple(Run(f"[{c.n}]\u00a0{site(c.url)}", url=c.url) for c in citations))

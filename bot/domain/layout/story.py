"""A story in the thread: head, argument, telling, our reading, where it comes from."""

from dataclasses import replace

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
)
from bot.domain.edition import Edition, Position, PullQuote, Signal, Story, number_of
from bot.domain.layout.runs import (
    Speaks,
    cites,
    instant,
    joined,
    labelled,
    named_by,
    sentence,
    sources_line,
)
from bot.domain.rates import rate_facts
from bot.domain.reply import Action
from bot.domain.writing.quotation import quoted

_STANCES = ("for", "against", "adjacent")


def story_part(edition: Edition, story: Story, phrases: Speaks) -> Document:
    """Place and state · title · standfirst · signal; then what each part has, a line before each."""
    say = phrases.say
    head: list[Block] = [
        Small((Run(where(edition, story, phrases)),)),
        Heading((Run(story.title),)),
        Paragraph(sentence(story.standfirst, edition.citations)),
        Small(_signal(story.signal, edition, phrases)),
    ]
    parts = [_argument(edition, story, phrases), _telling(edition, story, phrases), _reading(edition, story, phrases)]
    blocks = head + [block for part in parts if part for block in (Divider(), *part)]
    sources = sources_line(say("sources-line"), blocks, edition.citations, phrases)
    words = (("sources", "sources"), ("counter", "counter"), ("deeper", "deeper"))
    return (*blocks, *sources, Actions(tuple(Action(key, f"{word} {story.number}") for key, word in words)))


def where(edition: Edition, story: Story, phrases: Speaks) -> str:
    """`Story 1 of 5 · new`."""
    state = phrases.say(f"state-{story.state}")
    return phrases.say("story", number=story.number, total=len(edition.stories), state=state)


def arithmetic(signal: Signal, phrases: Speaks) -> str:
    """`4 voices, 7 items in 12 h, usual 0.6 (12 times usual)`, or why there is no multiplier."""
    return phrases.say(f"signal-{signal.rate}", **rate_facts(signal))


def _signal(signal: Signal, edition: Edition, phrases: Speaks) -> Runs:
    say = phrases.say
    facts = labelled(say("signal"), f"{arithmetic(signal, phrases)}.")
    if not signal.why_now.text:
        return facts
    return (*facts, Run(" "), Run(say("why-now"), "bold"), Run(" "), *sentence(signal.why_now, edition.citations))


# ---------------------------------------------------------------- who holds what


def _argument(edition: Edition, story: Story, phrases: Speaks) -> list[Block]:
    """Positions as a list, for before against before on a related point; then the counter view after it."""
    # For and against need something that is argued about: without an opponent the words would say nothing.
    argued = story.is_argued
    # Words that stand right above (standfirst) or below (counter view) are not listed again, but an interest of one's
    # own is always told beside the claim.
    beside = [story.standfirst.evidence[:1]] if not argued else []
    beside += [story.counter.evidence[:1]] if story.counter.standing == "person" else []
    held = [p for p in story.positions if len(p.evidence) > 1 or p.evidence not in beside]
    held.sort(key=lambda p: (_STANCES.index(p.stance), number_of(p.evidence[0]) if p.evidence else 0))
    points = tuple(_position(position, edition, phrases, argued=argued) for position in held)
    return [*([Points(points)] if points else []), Paragraph(_counter(edition, story, phrases))]


def _position(position: Position, edition: Edition, phrases: Speaks, *, argued: bool) -> Runs:
    name = named_by(position.thinker, position.thinker_id, position.evidence, edition, phrases)
    stance = phrases.say(f"stance-{position.stance}")
    label = phrases.say("position", name=name, stance=stance) if argued else f"{name}:"
    return (*labelled(label, position.claim), *cites(position.evidence, edition.citations))


def _counter(edition: Edition, story: Story, phrases: Speaks) -> Runs:
    counter, say = story.counter, phrases.say
    if counter.standing == "none":
        return (Run(say("counter-none"), "bold"),)
    if counter.standing == "argument":
        return labelled(say("counter-argument"), counter.text)
    return (*counter_by_person(edition, story, phrases), *cites(counter.evidence, edition.citations))


def counter_by_person(edition: Edition, story: Story, phrases: Speaks) -> Runs:
    """`Counter view, by Ada, a different scope: …`; that two contradict each other needs no word."""
    counter = story.counter
    name = named_by(counter.thinker or "", counter.thinker_id, counter.evidence, edition, phrases)
    if counter.kind in {None, "conflict"}:
        label = phrases.say("counter-person", name=name)
    else:
        label = phrases.say("counter-person-kind", name=name, kind=phrases.say(f"counter-kind-{counter.kind}"))
    # The label names the speaker already: the text need not.
    return labelled(label, counter.text.removeprefix(f"{counter.thinker}: "))


# ---------------------------------------------------------------- what is told


def _telling(edition: Edition, story: Story, phrases: Speaks) -> list[Block]:
    say = phrases.say
    blocks: list[Block] = []
    if edition.card.writer == "selected":
        blocks += _grouped(edition, story, phrases)
    elif story.body:
        blocks.append(Paragraph(joined(sentence(said, edition.citations) for said in story.body)))
    if story.pull_quote:
        blocks.append(_quotation(story.pull_quote, edition, phrases))
    if story.synthesis:
        said = labelled(say(f"synthesis-{story.synthesis.kind}"), story.synthesis.text)
        blocks.append(Paragraph((*said, *cites(story.synthesis.evidence, edition.citations))))
    if story.crux:
        settles = f"{say('would-settle')} {story.crux.would_settle}"
        said = labelled(say("crux"), f"{story.crux.question} {settles}")
        blocks.append(Paragraph((*said, *cites(story.crux.evidence, edition.citations))))
    return blocks


def _quotation(quote: PullQuote, edition: Edition, phrases: Speaks) -> Quotation:
    name = named_by(quote.thinker, quote.thinker_id, quote.evidence, edition, phrases)
    whose = (Run(f"{name}, {phrases.say(f'quote-{quote.status}')}"), *cites(quote.evidence, edition.citations))
    words = Run(quoted(quote.text, edition.language))
    # In which language the original is, nobody said: it gets the marks that read in any.
    original = f"{phrases.say('original')} {quoted(quote.original, 'en')}" if quote.original else ""
    return Quotation((words,), whose, (Run(original),) if original else ())


def _grouped(edition: Edition, story: Story, phrases: Speaks) -> list[Block]:
    """Original sentences with speaker and time; under For, Against and Also where somebody is against.

    What standfirst, why-now and positions have shown is not shown again.
    """
    shown = {story.standfirst.evidence[:1], story.signal.why_now.evidence[:1]}
    shown |= {(passage,) for position in story.positions for passage in position.evidence}
    body = [said for said in story.body if said.evidence[:1] not in shown]
    if not body:
        return []
    stances = {position.thinker: position.stance for position in story.positions}
    passages = edition.passages()
    groups: dict[str, list[Runs]] = {"for": [], "against": [], "also": []}
    for said in body:
        citation = passages[said.evidence[0]][0]
        stance = stances.get(citation.thinker, "adjacent")
        when = (Run(" ("), replace(instant(citation.published, phrases), grain="distance"), Run(")"))
        runs = (*sentence(said, edition.citations), *when)
        groups["also" if stance == "adjacent" else stance].append(runs)
    if not groups["against"]:
        return [Points(tuple(runs for group in groups.values() for runs in group))]
    return [
        block
        for name, points in groups.items()
        if points
        for block in (Paragraph((Run(phrases.say(f"group-{name}"), "bold"),)), Points(tuple(points)))
    ]


# ---------------------------------------------------------------- what we make of it


def _reading(edition: Edition, story: Story, phrases: Speaks) -> list[Block]:
    say = phrases.say
    blocks: list[Block] = []
    ours = " ".join(part for part in (story.so_what, story.analogy) if part)
    if ours:
        blocks.append(Paragraph(labelled(say("our-reading"), ours)))
    if story.plain_words:
        words = " ".join(say("plain-word", term=w.term, meaning=w.meaning.rstrip(".")) for w in story.plain_words)
        blocks.append(Paragraph(labelled(say("plain-words"), words)))
    numbers = {other.id: other.number for other in edition.stories}
    for link in story.connects_to:
        label = _connection(numbers[link.story], phrases)
        blocks.append(Small((*label, Run(f" {link.reason}"), *cites(link.evidence, edition.citations))))
    return blocks


def _connection(story: int, phrases: Speaks) -> Runs:
    """`Connects to story 3:`, of which `story 3` leads there once its message stands."""
    said, name = phrases.say("connects", number=story), phrases.say("connects-story", number=story)
    before, found, after = said.partition(name)
    runs = (Run(before), Run(found, url=f"story:{story}"), Run(after))
    return tuple(run for run in runs if run.text)

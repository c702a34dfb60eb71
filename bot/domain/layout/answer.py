"""What answers a person: answers, refusals, look-ups, notices. Each look-up has a heading and says what to do next."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.domain.document import (
    Actions,
    Block,
    Divider,
    Document,
    Entry,
    Heading,
    Menu,
    Option,
    Paragraph,
    Points,
    Quotation,
    Run,
    Runs,
    Small,
)
from bot.domain.durations import duration
from bot.domain.edition import Citation, CitedPassage, Edition, Sentence, Story
from bot.domain.episode import Episode
from bot.domain.item import ACTS
from bot.domain.layout.episode_answer import answered_under_episode
from bot.domain.layout.lines import announced, running, sentences_of
from bot.domain.layout.runs import (
    Speaks,
    cites,
    coded,
    instant,
    joined,
    labelled,
    led_by,
    sentence,
    site,
    sources_line,
    timed,
)
from bot.domain.layout.story import counter_by_person, where
from bot.domain.message import Answer
from bot.domain.reply import Action, Reply
from bot.domain.writing.quotation import quoted

_SHORT = 40
"""Words of a passage that a list of sources shows whole; the others are read one by one."""
_FIRST_WORDS = re.compile(r"[^`.!?]{1,60}[.!?](?= )")
_HEADED = ("quote", "counter", "crux", "deeper", "why")
"""Look-ups of a story that have a heading of their own."""
_SHARED_NEVER = ("deeper", "answer", "refusal", "story")
"""What stands in the thread anyway."""
_MOST_OPTIONS = 25


@dataclass(frozen=True, slots=True)
class _View:
    """A reply about an edition, as its layouts see it."""

    reply: Reply
    edition: Edition
    phrases: Speaks
    shared_by: str | None
    command: str | None = None
    """The typed words that give it again."""

    @property
    def story(self) -> Story | None:
        """What it looks into."""
        return None if self.reply.story is None else self.edition.story(self.reply.story)

    def said(self, line: Sentence) -> Runs:
        """A sentence of it, with its instants as such."""
        return timed(sentence(line, self.reply.citations), [c.published for c in self.reply.citations], self.phrases)


def answered(message: Answer, phrases: Speaks) -> Document:
    """Heading · who shared it · what was found · where it comes from · what to do next."""
    reply, edition = message.reply, message.edition
    if isinstance(edition, Episode):
        return answered_under_episode(message, edition, phrases)
    if edition is None:
        blocks = sentences_of(reply, phrases)
        sources = sources_line(phrases.say("sources-line"), blocks, reply.citations, phrases)
        return (*blocks, *sources, *_noted(reply), *([Actions(reply.actions)] if reply.actions else []))
    view = _View(reply, edition, phrases, message.shared_by, message.command)
    found = _LAID_OUT.get(reply.kind, _anything)(view)
    shared = [Small((Run(phrases.say("shared-by", name=message.shared_by)),))] if message.shared_by else []
    at = 1 if found and isinstance(found[0], Heading) else 0
    # What is not all there yet is read for its words alone.
    whence = [] if reply.state == "growing" else _whence(view, found)
    blocks = [*found[:at], *shared, *found[at:], *whence, *_noted(reply)]
    actions = () if message.shared_by else _next(view, message.command)
    return (*blocks, *([Actions(actions)] if actions else []))


def noticed(text: str) -> Runs:
    """The words of a notice; where it has several sentences, the first says what happened and is bold."""
    first = _FIRST_WORDS.match(text)
    if first is None:
        return coded(text)
    return (Run(first[0], "bold"), *coded(text[first.end() :]))


# ---------------------------------------------------------------- parts that all share


def _whence(view: _View, blocks: Sequence[Block]) -> list[Block]:
    """The sites of the numbers; an answer from this edition says so. A list of sources needs none: it is one."""
    if any(isinstance(block, Entry) for block in blocks):
        return []
    own = {c.n: c.item for c in view.edition.citations}
    from_here = all(own.get(c.n) == c.item for c in view.reply.citations)
    key = "sources-answer" if view.reply.kind == "answer" and from_here else "sources-line"
    return sources_line(view.phrases.say(key), blocks, view.reply.citations, view.phrases)


def _noted(reply: Reply) -> list[Block]:
    """How it came to be, in small print."""
    return [Small((Run(reply.note),))] if reply.note else []


def _next(view: _View, command: str | None) -> tuple[Action, ...]:
    """What to press: showing it to all first, where only one person sees it; then what lies behind it."""
    reply, story = view.reply, view.story
    if reply.state != "whole":
        return () if reply.private else reply.actions
    if reply.kind == "counter" and story is not None and story.counter.standing == "none":
        return (Action("find", f"find {story.number}"),)
    if not reply.private:
        return reply.actions
    found = bool(reply.citations) or (reply.kind == "counter" and story is not None)
    shares = found and command and reply.kind not in _SHARED_NEVER
    share = [Action("share", f"share {command}")] if shares else []
    if reply.kind == "counter" and story is not None:
        return tuple(share)  # the others stand beside what was pressed
    if reply.kind == "sources" and story is not None:
        return (*share, Action("why", f"why {story.number}"), Action("wrong", f"wrong {story.number}"))
    return (*share, *reply.actions)


def _heading(view: _View, key: str, **facts: str | float) -> Heading:
    return Heading((Run(view.phrases.say(key, **facts)),), level=2)


# ---------------------------------------------------------------- each kind


def _anything(view: _View) -> list[Block]:
    """Its sentences, under the heading of its kind where it has found something of a story."""
    lines = sentences_of(view.reply, view.phrases)
    if view.story is not None and view.reply.kind in _HEADED:
        return [_heading(view, f"look-{view.reply.kind}", number=view.story.number), *lines]
    return lines


def _sources(view: _View) -> list[Block]:
    reply, phrases = view.reply, view.phrases
    if not reply.citations:
        return sentences_of(reply, phrases)
    menu = Menu("full", "passage", tuple(map(_option, reply.citations[:_MOST_OPTIONS])))
    menus = [] if view.shared_by else [menu]
    if view.story is None:
        return [_heading(view, "look-sources-all"), *sentences_of(reply, phrases), *menus]
    counted = phrases.say("sources-part", n=len(reply.citations), all=len(view.edition.citations))
    blocks: list[Block] = [_heading(view, "look-sources", number=view.story.number)]
    blocks += [] if view.shared_by else [Small((Run(counted),))]
    for n, citation in enumerate(reply.citations):
        blocks += [*([Divider()] if n else []), _entry(citation, phrases)]
    return [*blocks, *menus]


def _entry(citation: Citation, phrases: Speaks) -> Entry:
    """Title as a link; who, what, where, when; the shortest way to what it says, in its own words."""
    kind = phrases.say(f"kind-{citation.kind.value}")
    passage = next((p for p in citation.passages if len(p.text.split()) <= _SHORT), None)
    passage = passage or min(citation.passages, key=lambda p: len(p.text), default=None)
    if passage is not None and passage.at is not None:
        kind = phrases.say("kind-at", kind=kind, time=duration(passage.at))
    title = Run(f"[{citation.n}] {citation.title or citation.thinker}", "bold", led_by(citation, passage))
    facts = Run(f"{citation.thinker} · {kind} · {site(citation.url)} · ")
    words = () if passage is None or passage.text == citation.title else (_words(citation, passage, phrases),)
    return Entry((title,), (facts, instant(citation.published, phrases)), words)


def _words(citation: Citation, passage: CitedPassage, phrases: Speaks) -> Run:
    """The words and their status. Of an act, they are not the actor's: whose they are is said instead."""
    status = phrases.say(f"whose-{citation.kind.value}" if citation.kind in ACTS else "quote-exact")
    return Run(phrases.say("quoted", words=quoted(passage.text, phrases.language), status=status))


def _option(citation: Citation) -> Option:
    title = f": {citation.title}" if citation.title else ""
    return Option(f"[{citation.n}] {citation.thinker}{title}", str(citation.n))


def _quote(view: _View) -> list[Block]:
    reply, story = view.reply, view.story
    if story is None or story.pull_quote is None:
        return _anything(view)
    words, whose, *rest = reply.text
    return [
        _heading(view, "look-quote", number=story.number),
        Quotation((Run(words.text),), view.said(whose)),
        *(Paragraph(view.said(line)) for line in rest),
    ]


def _counter(view: _View) -> list[Block]:
    reply, story, say = view.reply, view.story, view.phrases.say
    if story is None:
        if not view.edition.stories:
            return sentences_of(reply, view.phrases)
        return [_heading(view, "look-counters"), Points(tuple(map(view.said, reply.text)))]
    head = _heading(view, "look-counter", number=story.number)
    first, *rest = reply.text
    if story.counter.standing == "none":
        nobody = Run(f" {say('nobody-disagrees', number=story.number)}")
        why = (Run(say("none-found"), "bold"), nobody, *cites(first.evidence, reply.citations))
        return [head, Paragraph(why), Small((Run(say("not-invented")),))]
    if story.counter.standing == "argument":
        return [head, Paragraph(labelled(say("counter-argument"), story.counter.text))]
    said = (*counter_by_person(view.edition, story, view.phrases), *cites(first.evidence, reply.citations))
    return [head, Paragraph(said), *(Small((Run(line.text),)) for line in rest)]


def _crux(view: _View) -> list[Block]:
    story = view.story
    if story is None or story.crux is None:
        return _anything(view)
    settles = Paragraph(labelled(view.phrases.say("would-settle"), story.crux.would_settle))
    asked = Paragraph((Run(story.crux.question), *cites(story.crux.evidence, view.reply.citations)))
    return [_heading(view, "look-crux", number=story.number), asked, settles]


def _why(view: _View) -> list[Block]:
    if view.story is None:
        return sentences_of(view.reply, view.phrases)
    lines = [Paragraph(view.said(line)) for line in view.reply.text if line.text]
    return [_heading(view, "look-why", number=view.story.number), *lines]


def _list(view: _View) -> list[Block]:
    stories = view.edition.stories
    if not stories:
        return sentences_of(view.reply, view.phrases)
    titles = tuple((Run(s.title), *cites(s.standfirst.evidence, view.edition.citations)) for s in stories)
    return [_heading(view, "look-list"), Points(titles, numbered=True)]


def _help(view: _View) -> list[Block]:
    first, *rest = view.reply.text
    points = Points(tuple(coded(line.text) for line in rest))
    return [_heading(view, "look-help"), Paragraph(coded(first.text)), *([points] if rest else [])]


def _passage(view: _View) -> list[Block]:
    lines = sentences_of(view.reply, view.phrases)
    if not view.reply.citations:
        return lines
    return [_heading(view, "look-passage", n=view.reply.citations[0].n), *lines]


def _standfirst(view: _View) -> list[Block]:
    story = view.story
    if story is None:
        return sentences_of(view.reply, view.phrases)
    return [
        Small((Run(where(view.edition, story, view.phrases)),)),
        Heading((Run(story.title),), level=2),
        *sentences_of(view.reply, view.phrases),
    ]


def _translated(view: _View) -> list[Block]:
    """Each title with what it announces; of a story, what follows; of an edition, the way to each of its stories."""
    reply, story = view.reply, view.story
    if reply.writer is None:
        return sentences_of(reply, view.phrases)
    pairs = reply.text[:2] if story is not None else reply.text
    told: list[Block] = [
        Paragraph((Run(title.text, "bold"), Run(" "), *sentence(said, reply.citations)))
        for title, said in zip(pairs[::2], pairs[1::2], strict=True)
    ]
    if story is not None:
        rest = replace(reply, text=reply.text[2:])
        body = _listed(rest) if view.edition.card.writer == "selected" else running(rest)
        return [_heading(view, "look-translated-story", number=story.number), *told, *body]
    return [_heading(view, "look-translated"), *told, *_stories(view)]


def _listed(reply: Reply) -> list[Block]:
    """The same with each sentence of a part in a line of its own: original sentences are no running text."""
    blocks: list[Block] = []
    for label, *said in announced(reply):
        blocks += [Paragraph(joined((label, *said)))] if len(said) < 2 else [Paragraph(label), Points(tuple(said))]
    return blocks


def _stories(view: _View) -> list[Block]:
    """A menu of the stories of a translated edition, by the titles they have in it."""
    if view.reply.state != "whole" or view.command is None or view.shared_by:
        return []
    titles = view.reply.text[2::2]
    options = tuple(
        Option(title.text, str(story.number)) for title, story in zip(titles, view.edition.stories, strict=True)
    )
    return [Menu("read-story", view.command, options)] if options else []


_LAID_OUT: dict[str, Callable[[_View], list[Block]]] = {
    "sources": _sources,
    "quote": _quote,
    "counter": _counter,
    "crux": _crux,
    "why": _why,
    "list": _list,
    "help": _help,
    "passage": _passage,
    "story": _standfirst,
    "translate": _translated,
}

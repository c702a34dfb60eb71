"""What answers a person under an episode: look-ups and answers, each sentence with the time at which it is said."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.domain.chapters import best_quotes, quotes_shown
from bot.domain.document import Actions, Block, Document, Heading, Paragraph, Points, Run, Runs, Small
from bot.domain.edition import Sentence
from bot.domain.episode import Chapter, Episode
from bot.domain.layout.episode import chapter_part, line, menu, moments
from bot.domain.layout.episode import quotation as quotation_of
from bot.domain.layout.lines import sentences_of
from bot.domain.layout.runs import Speaks, coded
from bot.domain.message import Answer
from bot.domain.reply import Action, Reply, announces

_SHARED_NEVER = ("deeper", "answer", "refusal", "help")
"""What stands in the thread anyway, or is for one person."""


@dataclass(frozen=True, slots=True)
class _View:
    """A reply about an episode, as its layouts see it."""

    reply: Reply
    episode: Episode
    phrases: Speaks

    @property
    def chapter(self) -> Chapter | None:
        """What it looks into."""
        return None if self.reply.story is None else self.episode.chapter(self.reply.story)

    def cite(self, said: Sentence) -> Runs:
        """A sentence and the times it rests on."""
        passages = {passage.id: passage for citation in self.reply.citations for passage in citation.passages}
        times = (passages[i].at for i in said.evidence if i in passages)
        return (*coded(said.text), *moments((at for at in times if at is not None), self.episode))

    def told(self) -> list[Block]:
        """All its sentences."""
        return sentences_of(self.reply, self.phrases, self.cite)

    def heading(self, key: str, **facts: str | float) -> Heading:
        """The one heading of a look-up."""
        return Heading((Run(self.phrases.say(key, **facts)),), level=2)


def answered_under_episode(message: Answer, episode: Episode, phrases: Speaks) -> Document:
    """Heading · who shared it · what was found · how it came to be · what to do next."""
    reply = message.reply
    view = _View(reply, episode, phrases)
    found = _LAID_OUT.get(reply.kind, _View.told)(view)
    shared = [Small((Run(phrases.say("shared-by", name=message.shared_by)),))] if message.shared_by else []
    at = next((n for n, block in enumerate(found, 1) if isinstance(block, Heading)), 0)
    note = [Small((Run(reply.note),))] if reply.note else []
    actions = () if message.shared_by else _next(reply, message.command)
    return (*found[:at], *shared, *found[at:], *note, *([Actions(actions)] if actions else []))


def _next(reply: Reply, command: str | None) -> tuple[Action, ...]:
    """What to press; first showing it to all, where only one person sees it."""
    if reply.state != "whole":
        return () if reply.private else reply.actions
    shares = reply.private and reply.citations and command and reply.kind not in _SHARED_NEVER
    return (*([Action("share", f"share {command}")] if shares else []), *reply.actions)


# ---------------------------------------------------------------- each kind


def _chapter(view: _View) -> list[Block]:
    """The chapter as it stands in the overview; of a moment in it, what is said there instead of its quotations."""
    chapter = view.chapter
    if chapter is None:
        return view.told()
    rest = view.reply.text
    label = next((n for n, said in enumerate(rest) if n and announces(said)), None)
    if label is None:
        return chapter_part(chapter, view.episode, view.phrases)
    *blocks, last = chapter_part(chapter, view.episode, view.phrases, quotes=False)
    around = replace(view.reply, text=rest[label:])
    said = _View(around, view.episode, view.phrases).told()
    return [*blocks, *said, last] if isinstance(last, Small) else [*blocks, last, *said]


def _list(view: _View) -> list[Block]:
    episode, phrases = view.episode, view.phrases
    if not episode.chapters:
        return view.told()
    titles = tuple(line(chapter, episode, phrases) for chapter in episode.chapters)
    return [view.heading("look-chapters"), Points(titles), *menu(episode, phrases)]


def _quote(view: _View) -> list[Block]:
    """The quotations of a chapter, or the best of all."""
    chapter, episode = view.chapter, view.episode
    shown = best_quotes(episode.chapters) if chapter is None else quotes_shown(chapter)
    if not shown:
        return view.told()
    head = view.heading("look-quotes-chapter", number=chapter.number) if chapter else view.heading("look-quotes")
    rest = [Small(coded(line.text)) for line in view.reply.text if not line.evidence]
    return [head, *(quotation_of(quote, episode, view.phrases) for quote in shown), *rest]


def _people(view: _View) -> list[Block]:
    """Who speaks and what is named, one a line, the name first and bold."""
    if not view.reply.citations and not view.episode.people:
        return view.told()
    return [view.heading("look-people"), Points(tuple(_named_first(view.cite(said)) for said in view.reply.text))]


def _deeper(view: _View) -> list[Block]:
    if view.chapter is None:
        return view.told()
    lines = tuple(view.cite(said) for said in view.reply.text if said.evidence)
    if not lines:
        return view.told()
    return [view.heading("look-deeper-chapter", number=view.chapter.number), Points(lines)]


def _sources(view: _View) -> list[Block]:
    """The episode and its links, each under its title."""
    episode = view.episode
    own = f"{episode.title} ({episode.show})" if episode.show else episode.title
    links: list[Runs] = [(Run(own, url=episode.url),)]
    links += [
        (Run(link.title, url=link.url), *moments([] if link.at is None else [link.at], episode))
        for link in episode.links
    ]
    return [view.heading("look-episode"), Points(tuple(links))]


def _transcript(view: _View) -> list[Block]:
    if not view.reply.citations:
        return view.told()
    return [view.heading("look-transcript"), *view.told()]


def _help(view: _View) -> list[Block]:
    first, *rest = view.reply.text
    return [view.heading("look-help"), Paragraph(coded(first.text)), Points(tuple(coded(line.text) for line in rest))]


def _named_first(runs: Runs) -> Runs:
    """`Weather Office: organization …` with the name bold."""
    first, *rest = runs
    name, colon, text = first.text.partition(":")
    return (Run(f"{name}{colon}", "bold"), Run(text), *rest) if colon else runs


_LAID_OUT: dict[str, Callable[[_View], list[Block]]] = {
    "chapter": _chapter,
    "list": _list,
    "quote": _quote,
    "people": _people,
    "deeper": _deeper,
    "sources": _sources,
    "transcript": _transcript,
    "help": _help,
}

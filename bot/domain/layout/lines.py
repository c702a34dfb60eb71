"""The sentences of a reply as blocks: paragraphs, lists, running text."""

from collections.abc import Callable

from bot.domain.document import Block, Paragraph, Points, Run, Runs
from bot.domain.edition import Sentence
from bot.domain.layout.runs import Speaks, coded, joined, sentence, timed
from bot.domain.reply import Reply, announces

Cite = Callable[[Sentence], Runs]
"""A sentence with what it rests on: the numbers of its evidence or, of an episode, the times."""


def sentences_of(reply: Reply, phrases: Speaks, cite: Cite | None = None) -> list[Block]:
    """The sentences of a reply: one is a paragraph; several with sources, one after the other, are a list. What a model
    phrased is running text.
    """
    if reply.writer is not None:
        return running(reply, cite)
    cite = cite or _numbered(reply)
    instants = [citation.published for citation in reply.citations]
    blocks: list[Block] = []
    cited: list[Runs] = []
    for line in (*reply.text, None):
        if line is not None and line.evidence:
            cited.append(timed(cite(line), instants, phrases))
            continue
        if cited:
            blocks.append(Points(tuple(cited)) if len(cited) > 1 else Paragraph(cited[0]))
            cited = []
        if line is not None:
            blocks.append(Paragraph(timed(_opened(line.text, phrases), instants, phrases)))
    return blocks


def running(reply: Reply, cite: Cite | None = None) -> list[Block]:
    """Sentences one after the other, a paragraph for each part; more sentences change nothing of what stands."""
    return [Paragraph(joined(part)) for part in announced(reply, cite)]


def announced(reply: Reply, cite: Cite | None = None) -> list[list[Runs]]:
    """Sentences by part, each with the label that announces it before them."""
    cite = cite or _numbered(reply)
    parts: list[list[Runs]] = []
    for line in reply.text:
        if announces(line) or not parts:
            parts.append([])
        parts[-1].append((Run(line.text, "bold"),) if announces(line) else cite(line))
    return parts


def _numbered(reply: Reply) -> Cite:
    return lambda line: sentence(line, reply.citations)


def _opened(text: str, phrases: Speaks) -> Runs:
    """A sentence; if it begins with the word that something is not there, that word is bold."""
    for key in ("not-here", "none-found", "not-in-episode"):
        words = phrases.say(key)
        if text.startswith(words):
            return (Run(words, "bold"), *coded(text.removeprefix(words)))
    return coded(text)

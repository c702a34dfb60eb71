"""The open question, which ends an edition: with what became of promises, and what to type."""

from bot.domain.document import Actions, Block, Divider, Document, Heading, Paragraph, Run, Small
from bot.domain.edition import Edition
from bot.domain.layout.runs import Speaks, cites, coded, labelled, sentence, sources_line
from bot.domain.reply import Action


def question(edition: Edition, phrases: Speaks) -> Document:
    """Label and question · promises kept, not yet, dropped, open · the one hint of an edition · sources · Ask."""
    say = phrases.say
    head: list[Block] = []
    if edition.open_question is not None:
        head = [Small((Run(say("question")),)), Heading(sentence(edition.open_question, edition.citations), level=2)]
    promises = _promises(edition, phrases)
    said = [*head, *([Divider()] if head else []), *promises]
    sources = sources_line(say("sources-line"), said, edition.citations, phrases)
    return (*said, Small(coded(say("hint"))), *sources, Actions((Action("ask", "ask q"),)))


def _promises(edition: Edition, phrases: Speaks) -> list[Block]:
    """What was promised before and became of it, then what is promised now; a label in words before each."""
    closed = [(promise.outcome, promise.text, promise.evidence) for promise in edition.promises.closed]
    made = [("open", promise.text, promise.evidence) for promise in edition.promises.made]
    return [
        Paragraph((*labelled(phrases.say(f"promise-{state}"), text), *cites(evidence, edition.citations)))
        for state, text, evidence in (*closed, *made)
    ]

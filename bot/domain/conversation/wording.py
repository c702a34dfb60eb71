"""How replies print instants, quotations and citations in the reader's language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.domain.durations import duration
from bot.domain.edition import Citation, CitedPassage, Edition, Evidence, Sentence
from bot.domain.item import ACTS
from bot.domain.phrasing import Say
from bot.domain.reply import MOST_WORDS_OF_AN_ITEM, Action, Reply, ReplyKind
from bot.domain.writing.quotation import quoted


@dataclass(frozen=True, slots=True)
class Wording:
    """The reader's language."""

    say: Say
    language: str

    def plain(self, key: str, evidence: Iterable[str] = (), /, **facts: str | float) -> Sentence:
        """One phrase as a sentence of a reply."""
        return Sentence(self.say(key, **facts), tuple(evidence))

    def moment(self, instant: datetime) -> str:
        """An instant as people read it, in UTC: `17 Feb 19:01 UTC`."""
        utc = instant.astimezone(UTC)
        return self.say("moment", day=utc.day, month=utc.month, time=f"{utc:%H:%M}")

    def day(self, instant: datetime) -> str:
        """The day of an instant, in UTC: `17 Feb 2026`."""
        utc = instant.astimezone(UTC)
        return self.say("day", day=utc.day, month=utc.month, year=str(utc.year))

    def quote(self, text: str) -> str:
        """Someone's words in the quotation marks of the language."""
        return quoted(text, self.language)

    def words(self, passage: CitedPassage) -> str:
        """Original words in quotation marks, with their time in a recording."""
        marked = self.quote(passage.text)
        return marked if passage.at is None else self.say("timed", words=marked, time=duration(passage.at))

    def cited(self, citation: Citation, passages: Sequence[CitedPassage], *, titled: bool = True) -> Sentence:
        """One citation on a line: who, when, its title, the words used (as many as an excerpt may have)."""
        shown = excerpt(passages)
        words = " ".join(map(self.words, shown))
        evidence = tuple(passage.id for passage in shown)
        time = self.moment(citation.published)
        facts = {"thinker": citation.thinker, "time": time, "words": words}
        if citation.kind in ACTS:
            return self.plain(f"cited-{citation.kind.value}", evidence, **facts)
        # A headline that is itself the passage is not said twice.
        title = citation.title if titled and citation.title not in [p.text for p in shown] else None
        if title:
            return self.plain("cited", evidence, title=title, **facts)
        return self.plain("cited-untitled", evidence, **facts)

    def speaker(self, name: str, thinker_id: str | None, evidence: Evidence, edition: Edition) -> str:
        """A thinker's name; for someone who is only quoted, with the name of who quotes them."""
        publisher = next((c.thinker for c in cited_by(evidence, edition)), None)
        if thinker_id is not None or publisher is None or publisher == name:
            return name
        return self.say("named-by", name=name, publisher=publisher)


def excerpt(passages: Sequence[CitedPassage]) -> tuple[CitedPassage, ...]:
    """The first passages of one item that together keep within an excerpt; never none, never half a passage."""
    kept: list[CitedPassage] = []
    words = 0
    for passage in passages:
        words += len(passage.text.split())
        if kept and words > MOST_WORDS_OF_AN_ITEM:
            break
        kept.append(passage)
    return tuple(kept)


def cited_by(evidence: Iterable[str], edition: Edition) -> tuple[Citation, ...]:
    """The citations some evidence belongs to, each once, in order of first use."""
    passages = edition.passages()
    return tuple({passages[i][0].n: passages[i][0] for i in evidence if i in passages}.values())


def replying(kind: ReplyKind, text: Iterable[Sentence], edition: Edition, actions: Iterable[Action] = ()) -> Reply:
    """A reply with the citations that its sentences use, by number. Evidence that is not in the edition is left out, as
    is the way to its stories where it has none.
    """
    actions = tuple(action for action in actions if edition.stories or action.command != "list")
    known = edition.passages()
    lines = tuple(Sentence(s.text, tuple(i for i in s.evidence if i in known)) for s in text)
    used = cited_by((i for line in lines for i in line.evidence), edition)
    return Reply(kind, lines, tuple(sorted(used, key=lambda c: c.n)), actions=actions)

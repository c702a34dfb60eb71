"""Items in, edition out: read, find stories, decide who disagrees, write, check.

The whole of it is one pure function of a commission, so that it runs in a worker process and gives the same bytes
whenever it is given the same things.
"""

from collections import Counter as Tally
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.argument import argue, quotes_of
from bot.domain.checks import enforce
from bot.domain.checks.case import Case
from bot.domain.checks.parts import walk
from bot.domain.checks.tally import tally
from bot.domain.claim import charted
from bot.domain.commission import (
    THIN,
    Commission,
    Gathered,
    Shortlist,
    archive,
    find,
    picked,
    readings_of,
    shortlist,
)
from bot.domain.drafted import Drafted, OpenPromise
from bot.domain.edition import (
    Card,
    Checks,
    Cited,
    CitedThinker,
    Edition,
    Promises,
    Sentence,
    Story,
)
from bot.domain.offering import offered
from bot.domain.phrasing import Say
from bot.domain.promises import closings, fallen_due
from bot.domain.quotable import is_question
from bot.domain.reading import Reading
from bot.domain.recall import claims_of, recall
from bot.domain.roster import Roster
from bot.domain.sentence_ranking import rank_sentences
from bot.domain.stories import FoundStories, StoryDraft
from bot.domain.writing.citing import Citing
from bot.domain.writing.dialogue import write_dialogue
from bot.domain.writing.story import Pen, StoryMatter, bearing, connect, headline, topic_words, write_story

__all__ = ["Commission", "Gathered", "Shortlist", "compose", "draft", "shortlist"]

_LEDE_CHARACTERS = 110
_TITLE_CHARACTERS = 90


def compose(commission: Commission, say: Say) -> Edition:
    """The edition, checked; an empty window gives a valid, short one."""
    return draft(commission, say).edition


def draft(
    commission: Commission, say: Say, listed: Shortlist | None = None, order: Sequence[int] | None = None
) -> Drafted:
    """The same, with everything that whoever phrases it may rest on.

    With a shortlist of this very commission and an order of its candidates (numbers from 1), nothing is looked for
    again, and the edition tells the first of them.
    """
    readings = readings_of(commission)
    found = find(commission, readings) if listed is None else picked(listed, order or ())
    matters = [_matter(draft, readings) for draft in found.stories]
    matters = _recalled([matter for matter in matters if headline(matter)], commission)
    first = written = _write(commission, matters, say)
    edition = _checked(written, say)
    while len(edition.stories) < len(written.stories):
        # A title or a question must not speak of a story that the checks have left out: written again without it.
        standing = {story.standfirst.text for story in edition.stories}
        matters = [m for m, s in zip(matters, written.stories, strict=True) if s.standfirst.text in standing]
        written = _write(commission, matters, say)
        edition = _checked(written, say)
    dropped = max(0, len(list(walk(first))) - len(list(walk(edition))))
    edition, due, pending = _with_promises(edition, commission, say)
    edition = _checked(replace(edition, dialogue=write_dialogue(edition, commission.desk, say)), say)
    findings = _Findings(readings, found, _used(matters), dropped)
    selected = _with_card(edition, commission, findings, say)
    citations, materials, promises = offered(selected, matters, due)
    claims = charted(claims_of(matters), commission.claims)
    return Drafted(selected, citations, materials, commission.desk, promises, commission.next_due, pending, claims)


def _recalled(matters: Sequence[StoryMatter], commission: Commission) -> list[StoryMatter]:
    """The stories, each with what was said against it in the weeks before where nobody says otherwise now."""
    reading, claims = archive(commission), commission.claims
    return [
        replace(m, argument=replace(m.argument, recalled=recall(m.argument, claims, reading))) if claims else m
        for m in matters
    ]


def _with_promises(
    edition: Edition, commission: Commission, say: Say
) -> tuple[Edition, tuple[OpenPromise, ...], tuple[OpenPromise, ...]]:
    """The edition with what has to be said of earlier promises; those promises, and the ones that wait.

    What is made on demand is no memory: it answers for nothing, and hands nothing on.
    """
    if commission.slot == "now":
        return edition, (), ()
    earlier, window = commission.earlier, commission.window
    due, pending = fallen_due(commission.promises, edition.stories, earlier, window)
    closed, citations = closings(due, edition, earlier, say)
    return replace(edition, promises=Promises((), closed), citations=citations), due, pending


def _used(matters: Sequence[StoryMatter]) -> int:
    """How many items the stories were made of."""
    used = {r.item.id for matter in matters for r in (*matter.draft.readings, *matter.draft.echoes)}
    recalled = (matter.argument.recalled for matter in matters)
    return len(used | {reply.said.span.item for reply in recalled if reply is not None})


def _checked(edition: Edition, say: Say) -> Edition:
    return enforce(edition, nobody=say("counter-none-here"))[0]


@dataclass(frozen=True, slots=True)
class _Findings:
    readings: Sequence[Reading]
    found: FoundStories
    used: int
    """Items that the stories were made of."""
    dropped: int
    """Parts that the checks left out."""


def _matter(draft: StoryDraft, readings: Sequence[Reading]) -> StoryMatter:
    rank = dict(rank_sentences(draft.readings, context=readings))
    quotes = tuple(q for q in quotes_of(draft.readings, rank) if q.reading.item.url)
    return StoryMatter(draft, quotes, argue(quotes))


def _write(commission: Commission, matters: Sequence[StoryMatter], say: Say) -> Edition:
    pen = Pen(Citing(), say, commission.language)
    titles = [title for matter in matters if (title := headline(matter))]
    stories = [
        write_story(matter, title, number, commission.id, commission.window, pen)
        for number, (matter, title) in enumerate(zip(matters, titles, strict=True), start=1)
    ]
    connections = connect(stories, matters, pen)
    stories = [replace(story, connects_to=links) for story, links in zip(stories, connections, strict=True)]
    name, name_evidence = _title(stories, matters, pen)
    lede = _lede(matters, stories, pen)
    return Edition(
        id=commission.id,
        desk=commission.desk.id,
        desk_name=commission.desk.name,
        slot=commission.slot,
        date=commission.date,
        window=commission.window,
        language=commission.language,
        title=name,
        title_evidence=name_evidence,
        lede=lede.text,
        lede_evidence=lede.evidence,
        stories=tuple(stories),
        citations=pen.citing.citations(),
        thinkers=(),
        open_question=_open_question(matters, pen),
        promises=Promises(),
        dialogue=(),
        card=_blank_card(),
    )


def _title(stories: Sequence[Story], matters: Sequence[StoryMatter], pen: Pen) -> tuple[str, tuple[str, ...]]:
    """The first topics, as many as fit; each rests on the sentences that hold its words."""
    if not stories:
        return pen.say("empty-title"), ()
    topics: list[str] = []
    evidence: list[str] = []
    for story, matter in list(zip(stories, matters, strict=True))[:4]:
        if topics and len(" · ".join([*topics, story.topic])) > _TITLE_CHARACTERS:
            break
        topics.append(story.topic)
        evidence += _behind(story, matter, pen)
    return " · ".join(topics), tuple(dict.fromkeys(evidence))


def _behind(story: Story, matter: StoryMatter, pen: Pen) -> list[str]:
    """Passages that hold the words of a topic: the story's own sentences, then others of its items and headlines."""
    passages, missing = bearing(story.topic, (story.standfirst, *story.body))
    for quote in matter.quotes:
        held = missing & topic_words(quote.text)
        if held and pen.citing.fits(quote):
            passages.append(pen.citing.cite(quote))
            missing -= held
    return passages or list(story.standfirst.evidence[:1])


def _lede(matters: Sequence[StoryMatter], stories: Sequence[Story], pen: Pen) -> Sentence:
    """One short sentence of the first stories that is no title and that no standfirst has used."""
    if not stories:
        return Sentence(pen.say("empty-lede"), ())
    used = {story.standfirst.text for story in stories}
    titles = {story.title for story in stories}
    for matter in matters[:3]:
        for quote in matter.fresh:
            text = pen.said(quote)
            if (
                len(text) <= _LEDE_CHARACTERS
                and text not in used
                and quote.text not in titles
                and not is_question(quote.text)
                and pen.citing.fits(quote)
            ):
                return pen.sentence(quote)
    return min((story.standfirst for story in stories), key=lambda sentence: len(sentence.text))


def _open_question(matters: Sequence[StoryMatter], pen: Pen) -> Sentence | None:
    """A question that the items themselves raise."""
    for matter in matters:
        question = matter.argument.question
        if question is not None and pen.citing.fits(question):
            words = pen.marked(question)
            text = pen.say("asks", name=question.reading.thinker.name, words=words)
            return Sentence(text, (pen.citing.cite(question),))
    return None


def _blank_card() -> Card:
    nothing = Checks(0, 0, 0, 0, 0, 0)
    return Card(0, (), 0, 0, Cited(0, 0), nothing, "selected", {"in": 0, "out": 0, "cached": 0}, 0.0, None)


def _with_card(edition: Edition, commission: Commission, findings: _Findings, say: Say) -> Edition:
    gathered = commission.gathered
    counted = tally(Case(edition))
    checks = Checks(
        quotes=counted.quotes,
        quotes_exact=counted.quotes_exact,
        sentences=counted.sentences,
        sentences_dropped=findings.dropped,
        sentences_extractive=counted.sentences,
        duplicates=findings.found.duplicates,
    )
    card = Card(
        sources_read=gathered.read,
        sources_down=gathered.down,
        sources_silent=gathered.silent,
        items_read=max(len(findings.readings), findings.used),
        items_used=findings.used,
        cited=Cited(len(edition.citations), len({c.thinker for c in edition.citations})),
        checks=checks,
        writer="selected",
        tokens={"in": 0, "out": 0, "cached": 0},
        cost=0.0,
        seconds=None,
        notes=_notes(edition, commission, findings, say),
    )
    return replace(edition, card=card, thinkers=_thinkers(edition, commission.roster))


def _notes(edition: Edition, commission: Commission, findings: _Findings, say: Say) -> tuple[str, ...]:
    notes = []
    if commission.topic and not edition.stories:
        nearest = ", ".join(topic for topic, _ in findings.found.topics[:3])
        notes.append(
            say("note-nearest", topic=commission.topic, nearest=nearest)
            if nearest
            else say("note-nothing", topic=commission.topic)
        )
    elif 0 < len(edition.stories) < THIN:
        notes.append(say("thin", n=len(edition.stories)))
    if commission.gathered.unreachable:
        notes.append(say("note-unreachable", thinkers=commission.gathered.unreachable))
    if commission.language != "en" and edition.stories:
        notes.append(say("note-original-language"))
    return tuple(notes)


def _thinkers(edition: Edition, roster: Roster) -> tuple[CitedThinker, ...]:
    """Everyone who is cited, most cited first; who left the roster since a promise was made, as their citation says."""
    known = {thinker.id: thinker for thinker in roster.thinkers}
    listed = {thinker.thinker_id: thinker for thinker in edition.thinkers}
    speaks: Tally[str] = Tally(c.thinker_id for c in edition.citations if c.thinker_id)
    by_number = {c.n: c.thinker_id for c in edition.citations}
    found = []
    for voice in sorted(speaks, key=lambda v: (-speaks[v], v)):
        stories = tuple(s.id for s in edition.stories if any(by_number[n] == voice for n in s.citations))
        if (who := known.get(voice)) is not None:
            found.append(CitedThinker(who.name, voice, who.kind, who.handle, who.url, stories))
        else:
            found.append(replace(listed[voice], stories=stories))
    return tuple(found)

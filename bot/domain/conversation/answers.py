"""Answers to questions, and refusals: original words only, each with who said them, when, and where it stands."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.conversation.asking import asked_stems, content, wanted
from bot.domain.conversation.cues import ABOUT_THE_EDITION, ASKING, STORY_NUMBER
from bot.domain.conversation.lookups import list_stories
from bot.domain.conversation.matter import is_cyrillic
from bot.domain.conversation.retrieval import Hit, Shelf, answers
from bot.domain.conversation.views import deeper
from bot.domain.conversation.wording import Wording, replying
from bot.domain.edition import Citation, Edition, Sentence
from bot.domain.reply import Action, Reply
from bot.domain.text.words import tokens

_MOST = 3
"""Passages of an answer, and of a refusal."""
_MOST_MISSING = 3
_REFUSALS = {"number": "refusal-number", "length": "refusal-date", "time": "refusal-date", "reason": "refusal-reason"}


def answer(question: str, shelf: Shelf, wording: Wording) -> Reply | None:
    """The passages of an edition that answer a question; None when none supports an answer."""
    about = about_the_edition(question, shelf, wording)
    if about is not None:
        return about
    supporting = answers(shelf.nearest(question, most=_MOST))
    if not supporting:
        return None
    lines = _lines(supporting, wording)
    story = next((hit.story for hit in supporting if hit.story), None)
    actions = [] if story is None else [Action(k, f"{k} {story.number}") for k in ("sources", "deeper")]
    return replying("answer", lines, shelf.edition, actions)


def answer_from_archive(question: str, older: Sequence[Shelf], shelf: Shelf, wording: Wording) -> Reply | None:
    """The same from earlier editions, said as such. Their sources are numbered on after those of this edition, so that
    one number never means two things in a thread.
    """
    after = max((c.n for c in shelf.edition.citations), default=0)
    lines, citations, editions = _archived(question, older, after, wording)
    if not lines:
        return None
    said = [wording.plain("archive", n=editions), *lines]
    return Reply("answer", tuple(said), tuple(citations), actions=(Action("all-stories", "list"),))


def search_archive(query: str, editions: Sequence[Shelf], wording: Wording) -> Reply:
    """What some editions have on a query, newest first; where they have nothing, a refusal with what comes nearest: the
    titles of three stories.
    """
    lines, citations, found = _archived(query, editions, 0, wording)
    if lines:
        return Reply("find", (wording.plain("search-found", n=found), *lines), tuple(citations))
    if not editions:
        return Reply("refusal", (wording.plain("search-empty"),))
    near = [(hit, shelf) for shelf in editions for hit in shelf.nearest(query, most=_MOST) if hit.story]
    near.sort(key=lambda pair: -pair[0].score)
    titles = [(hit.story.title, shelf.edition) for hit, shelf in near if hit.story]
    titles += [(story.title, shelf.edition) for shelf in editions for story in shelf.edition.stories]
    told = {title: wording.day(edition.window.end) for title, edition in reversed(titles)}
    first = list(dict.fromkeys(title for title, _ in titles))[:_MOST]
    rest = [wording.plain("search-near", title=title, date=told[title]) for title in first]
    return Reply("refusal", (wording.plain("search-nothing", n=len(editions)), *rest))


def _archived(
    question: str, older: Sequence[Shelf], after: int, wording: Wording
) -> tuple[list[Sentence], list[Citation], int]:
    """The best passages of some editions, a line each, with citations numbered after `after`; of how many editions."""
    found = [(hit, earlier) for earlier in older for hit in answers(earlier.nearest(question, most=_MOST))]
    found.sort(key=lambda pair: -pair[0].covered)
    best: dict[tuple[str, str], tuple[Hit, Shelf]] = {}
    for hit, earlier in found:
        best.setdefault((hit.citation.item, hit.passage.text), (hit, earlier))
    taken = list(best.values())[:_MOST]
    lines: list[Sentence] = []
    citations: list[Citation] = []
    for number, (hit, earlier) in enumerate(taken, after + 1):
        passage = replace(hit.passage, id=f"{number}.1")
        citations.append(replace(hit.citation, n=number, passages=(passage,)))
        line = wording.cited(citations[-1], citations[-1].passages)
        lines.append(_from_edition(line, earlier.edition, wording))
    return lines, citations, len({earlier.edition.id for _, earlier in taken})


def refusal(question: str, shelf: Shelf, searched: int, wording: Wording) -> Reply:
    """What is missing, the nearest passages, and one way on. `searched` earlier editions had no answer either."""
    edition = shelf.edition
    lines = [_what_is_missing(question, shelf, wording)]
    if searched:
        lines.append(wording.plain("refusal-archive", n=searched))
    near = shelf.nearest(question, most=_MOST)
    if not near:
        nothing = [*lines, wording.plain("nearest-nothing")]
        return replying("refusal", nothing, edition, [Action("all-stories", "list")])
    story = next((hit.story for hit in near if hit.story), None)
    action = Action("all-stories", "list") if story is None else Action("deeper", f"deeper {story.number}")
    return replying("refusal", [*lines, wording.plain("nearest"), *_lines(near, wording)], edition, [action])


def about_the_edition(question: str, shelf: Shelf, wording: Wording) -> Reply | None:
    """The answer to a question about the edition itself, which is looked up; None if it is about anything else.

    `What is story 2 about?` asks for the story, `What are today's stories?` for the edition as a whole.
    """
    if asked_stems(question):
        return None
    edition = shelf.edition
    numbers = STORY_NUMBER.findall(question)
    if not numbers:
        asked = ABOUT_THE_EDITION.search(question)
        return replace(list_stories(edition, wording), kind="answer") if asked else None
    story = edition.story(int(numbers[0]))
    if story is None:
        most = max((s.number for s in edition.stories), default=0)
        line = wording.plain("no-such-story", most=most) if most else wording.plain("no-stories")
        return replying("refusal", [line], edition, [Action("all-stories", "list")])
    return replace(deeper(story, edition, wording), kind="answer")


def _what_is_missing(question: str, shelf: Shelf, wording: Wording) -> Sentence:
    """By name where words of the question stand nowhere in the edition, else by the kind of thing that is not there."""
    count = len(shelf.edition.citations)
    if shelf.matter.latin and is_cyrillic(question):
        # That Russian words do not stand in English passages is no finding about the passages.
        return wording.plain("refusal-foreign", n=count)
    unknown = set(shelf.missing(question))
    words = list(dict.fromkeys(w for w in tokens(question) if w not in ASKING and unknown.intersection(content(w))))
    if words:
        return wording.plain("refusal-words", n=count, words=", ".join(words[:_MOST_MISSING]))
    return wording.plain(_REFUSALS.get(wanted(question), "refusal-plain"), n=count)


def _lines(hits: Sequence[Hit], wording: Wording) -> list[Sentence]:
    """One line an item, its passages in the order of the item, items in the order of the hits."""
    by_item: dict[int, list[Hit]] = {}
    for hit in hits:
        by_item.setdefault(hit.citation.n, []).append(hit)
    return [
        wording.cited(
            of_item[0].citation, [p for p in of_item[0].citation.passages if p in {h.passage for h in of_item}]
        )
        for of_item in by_item.values()
    ]


def _from_edition(line: Sentence, edition: Edition, wording: Wording) -> Sentence:
    slot = wording.say(f"slot-{edition.slot}")
    text = wording.say("from-edition", date=wording.day(edition.window.end), slot=slot, line=line.text)
    return Sentence(text, line.evidence)

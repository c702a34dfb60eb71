"""Answers to questions about an episode, and refusals: what was said, by whom, and when."""

import re
from collections.abc import Sequence

from bot.domain.conversation.asking import asked_stems, content
from bot.domain.conversation.cues import ABOUT_THE_EPISODE, ASKING, CHAPTER_NUMBER
from bot.domain.conversation.episode.chapters import chapter, unknown
from bot.domain.conversation.episode.lookups import overview
from bot.domain.conversation.episode.saying import replying, said, turn, within
from bot.domain.conversation.episode.shelf import EpisodeShelf
from bot.domain.conversation.matter import is_cyrillic
from bot.domain.conversation.retrieval import Hit, answers
from bot.domain.conversation.wording import Wording
from bot.domain.edition import CitedPassage
from bot.domain.reply import Action, Reply
from bot.domain.text.words import tokens

_MOST = 3
"""Passages of an answer, and of a refusal."""
_MOST_MISSING = 3
_ASKS = re.compile(r"\?[”»\"')\s]*$")


def answer(question: str, shelf: EpisodeShelf, wording: Wording) -> Reply | None:
    """What was said that answers a question; None when nothing supports an answer."""
    about = about_the_episode(question, shelf, wording)
    if about is not None:
        return about
    supporting = answers(shelf.nearest(question, most=_MOST))
    if not supporting:
        return None
    shown = _shown(supporting, shelf)
    return replying("answer", [said(passage, shelf, wording) for passage in shown], shelf, _ways(shown, shelf))


def refusal(question: str, shelf: EpisodeShelf, wording: Wording) -> Reply:
    """What nobody says, the nearest passages, and one way on."""
    unknown_stems = set(shelf.missing(question))
    words = [w for w in tokens(question) if w not in ASKING and unknown_stems.intersection(content(w))]
    if shelf.matter.latin and is_cyrillic(question):
        # That Russian words do not stand in an English talk is no finding about the talk.
        line = wording.plain("episode-refusal-foreign")
    elif words:
        line = wording.plain("episode-refusal-words", words=", ".join(list(dict.fromkeys(words))[:_MOST_MISSING]))
    else:
        line = wording.plain("episode-refusal")
    near = within([hit.passage for hit in shelf.nearest(question, most=_MOST)])
    if not near:
        return replying("refusal", [line], shelf, [Action("all-chapters", "list")])
    lines = [line, wording.plain("nearest"), *(said(passage, shelf, wording) for passage in near)]
    return replying("refusal", lines, shelf, _ways(near, shelf)[:1])


def about_the_episode(question: str, shelf: EpisodeShelf, wording: Wording) -> Reply | None:
    """The answer to a question about the episode itself or one of its chapters; None if it is about anything else."""
    if [stem for stem in asked_stems(CHAPTER_NUMBER.sub(" ", question)) if stem not in shelf.frame]:
        return None
    number = CHAPTER_NUMBER.search(question)
    if number is not None:
        found = shelf.episode.chapter(int(number[1]))
        return unknown("refusal", shelf, wording) if found is None else chapter(found, shelf, wording)
    return overview(shelf, wording) if ABOUT_THE_EPISODE.search(question) else None


def ways_on(reply: Reply, shelf: EpisodeShelf) -> tuple[Action, ...]:
    """Where to read on, after an answer that a model has phrased."""
    shown = [passage for citation in reply.citations for passage in citation.passages]
    return tuple(_ways(shown, shelf))


def _shown(hits: Sequence[Hit], shelf: EpisodeShelf) -> list[CitedPassage]:
    """What answers, in the order of the talk; after a question, what is said to it."""
    wanted: list[CitedPassage] = []
    for hit in hits:
        wanted.append(hit.passage)
        if _ASKS.search(hit.passage.text):
            wanted += [shelf.edition.passages()[i][1] for i in shelf.around([hit])[:1]]
    kept = within(list(dict.fromkeys(wanted)))
    return sorted(kept, key=lambda passage: passage.at or 0.0)


def _ways(shown: Sequence[CitedPassage], shelf: EpisodeShelf) -> list[Action]:
    moment = next((passage.at for passage in shown if passage.at is not None), None)
    found = None if moment is None else shelf.episode.at(moment)
    if found is None:
        return [Action("all-chapters", "list")]
    return [turn("read-chapter", found.number), Action("deeper", f"deeper {found.number}")]

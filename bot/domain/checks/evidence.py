"""Rules 1 and 2: quotations stand in their passages and are their speaker's, claims rest on what holds them."""

import re
from collections.abc import Iterator

from bot.domain.checks.attribution import misowned
from bot.domain.checks.case import Case, headlines, names_in
from bot.domain.checks.certainty import firmer, unhedged
from bot.domain.checks.lexicon import vocabulary
from bot.domain.checks.names import words
from bot.domain.checks.parts import Part
from bot.domain.checks.plain import plain
from bot.domain.checks.support import MOST_JUDGED, Lack, lacks, shared_words
from bot.domain.checks.verdict import Fault
from bot.domain.edition import Evidence, PullQuote
from bot.domain.quotes import Quoted, quotations, spoken, status

CITED = vocabulary(
    """
    title lede standfirst why_now position body synthesis crux pull_quote connection open_question made
    """
)
"""Kinds of parts that always need evidence."""
_TOPICAL = vocabulary("standfirst why_now position body synthesis crux connection counter made")
"""Kinds whose sentence says again, in other words, what its passages say."""
_FAR_MORE = 4
"""Words shared with an uncited item that outweigh a single one shared with what is cited."""
_SAID = (
    r"(?:says?|said|writes?|wrote|adds?|added|asks?|asked|argues?|argued|claims?|claimed|warns?|warned|notes?|noted|told\s+\w+|"
    r"сказал\w*|говорит|пишет|заявил\w*|считает)"
)
_CAPITAL = r"[^\W\d_a-zа-яё](?:\.(?:[^\W\d_]\.)*|[\w’'-]*)"
_NAME = rf"(?P<name>{_CAPITAL}(?:\s+{_CAPITAL})*)"
_NOT_OF = "".join(rf"(?<!\b{word} )" for word in ("on", "of", "in", "at", "to", "from", "about"))
_BEFORE = re.compile(rf"{_NOT_OF}\b{_NAME}(?:,[^,“”«»\"]{{1,60}},)?(?:\s+{_SAID}(?:\s+that)?\s*[,:]?|:)\s*$")
_WORDS_OF = re.compile(rf"\b[Ii]n\s(?:the\s)?(?:words|phrase|view|account)\sof\s(?:the\s)?{_NAME},?\s*$")
_FRAME = re.compile(r"(?:[’']s)?(?:\s[^\W\dA-ZА-ЯЁ][^.!?,;:“”«»\"A-ZА-ЯЁ]{0,40})?[,:]\s*")
"""What may stand between a name and the words that it says: `, “`, ` puts it in a headline: “`."""
_AFTER = re.compile(rf"[\s,–—-]*(?:{_SAID}\s+)?{_NAME}(?:\s+{_SAID}\b)?")


def existing(case: Case) -> Iterator[Fault]:
    """Parts that need evidence have some, and every id exists."""
    for part in case.parts:
        dangling = [i for i in part.evidence if i not in case.passages]
        if dangling:
            yield Fault("evidence", part.where, f"passage {dangling[0]} is not in this edition")
        elif not part.evidence and _needs(part, case):
            yield Fault("evidence", part.where, "it claims something and cites nothing")


def holding(case: Case) -> Iterator[Fault]:
    """Quotations, numbers, dates and names of a part stand in what supports it."""
    for part in case.parts:
        if part.kind == "pull_quote" or (part.kind in {"title", "lede"} and not part.evidence):
            continue
        for lack in _lacks(part, case):
            yield Fault(lack.rule, part.where, lack.text)


def belonging(case: Case) -> Iterator[Fault]:
    """Words a part puts into someone's mouth are theirs."""
    for part in case.parts:
        for quoted in quotations(part.text) if len(part.text) <= MOST_JUDGED else ():
            name = _speaker(part.text, quoted) or _author(part.text, quoted, case)
            known = name and any(word.key in case.names for word in words(name))
            if name and known and not said_by(case, name, None, quoted.text, part.evidence or _of_story(part, case)):
                yield Fault("quote", part.where, f"“{quoted.text}” is not shown to be the words of {name}")


def pull_quotes(case: Case) -> Iterator[Fault]:
    """A pull quote is verbatim, says its status rightly, and is its speaker's."""
    for index, story in enumerate(case.edition.stories):
        quote = story.pull_quote
        if quote is None:
            continue
        where = f"stories[{index}].pull_quote"
        original = quote.original if quote.status == "translated" else quote.text
        real = quote_status(case, quote)
        if original is None:
            yield Fault("quote", where, "a translated quotation keeps its original beside it")
        elif real is None:
            yield Fault("quote", where, "its words are not in the cited passages")
        elif not said_by(case, quote.thinker, quote.thinker_id, original, quote.evidence):
            yield Fault("quote", where, f"its words are not shown to be those of {quote.thinker}")
        elif quote.status == "exact" and real == "normalised":
            yield Fault("quote", f"{where}.status", "it is normalised, not exact")


def titles(case: Case) -> Iterator[Fault]:
    """A title is never stronger than its passages."""
    for part in case.parts:
        if part.kind not in {"title", "lede", "story_title"}:
            continue
        passages = tuple(map(plain, case.support(part).passages))
        text = plain(part.text)
        if not passages or any(status(part.text, passage) for passage in case.support(part).passages):
            continue
        authors = case.support(part).authors
        if owned := next(misowned(text, passages, authors), None):
            yield Fault("title", part.where, f"no cited passage has both {owned[0]} and “{owned[1]}”")
        elif word := firmer(text, passages):
            yield Fault("title", part.where, f"“{word}” is stronger than its passages; say what they say, no more")
        elif left := unhedged(text, passages):
            yield Fault(
                "title", part.where, f"the passages say “{left[1]}” of “{left[0]}”; the title states it as a fact"
            )


def topical(case: Case) -> Iterator[Fault]:
    """A sentence is about what its passages are about: an id that belongs to another sentence shows."""
    for part in case.parts:
        if part.kind not in _TOPICAL or not part.evidence:
            continue
        shared = shared_words(part.text, case.support(part).passages, case.edition.language)
        if shared == 0:
            yield Fault("evidence", part.where, "it has no word in common with its passages")
        elif shared == 1 and (other := _better(part, case)):
            yield Fault("evidence", part.where, f"it speaks of [{other}], which it does not cite")


def people(case: Case) -> Iterator[Fault]:
    """Who holds a position or a counter view wrote its evidence or is named in it."""
    for index, story in enumerate(case.edition.stories):
        holders = [
            (f"stories[{index}].positions[{i}]", p.thinker, p.thinker_id, p.evidence)
            for i, p in enumerate(story.positions)
        ]
        if story.counter.standing == "person" and story.counter.thinker:
            c = story.counter
            holders.append((f"stories[{index}].counter", story.counter.thinker, c.thinker_id, c.evidence))
        for where, thinker, thinker_id, evidence in holders:
            cited = case.cited(evidence)
            wrote = any(c.thinker == thinker and c.thinker_id == thinker_id for c in cited)
            texts = (*(p.text for c in cited for p in c.passages), *headlines(cited))
            if cited and not wrote and (thinker_id is not None or not names_in(thinker, texts)):
                yield Fault("name", where, f"no cited passage is by {thinker} or names them")


def said_by(case: Case, name: str, thinker_id: str | None, quote: str, evidence: Evidence) -> bool:
    """Whether a quotation is someone's: they wrote the item, or it names them and has the words in quotation marks."""
    cited = case.cited(evidence)
    about = (*(p.text for c in cited for p in c.passages), *headlines(cited))
    for i in evidence:
        if i not in case.passages:
            continue
        citation, passage = case.passages[i]
        if status(quote, passage.text) is None:
            continue
        if _is_author(name, thinker_id, citation.thinker, citation.thinker_id):
            return True
        if spoken(quote, passage.text) and names_in(name, about):
            return True
    return False


def quote_status(case: Case, quote: PullQuote) -> str | None:
    """How a pull quote (of a translated one, its original) stands to its passages."""
    wanted = quote.original if quote.status == "translated" else quote.text
    found = {status(wanted or "", text) for text in case.texts(quote.evidence)}
    return "exact" if "exact" in found else "normalised" if "normalised" in found else None


def _needs(part: Part, case: Case) -> bool:
    if part.kind in {"title", "lede"}:
        return bool(case.edition.stories)
    if part.kind == "line":
        line = case.edition.dialogue[int(part.where[9:-1])]
        return line.story is not None
    if part.kind == "counter" and part.story is not None:
        return case.edition.stories[part.story].counter.standing == "person"
    if part.kind == "closed":
        return case.edition.promises.closed[int(part.where[16:-1])].outcome == "happened"
    return part.kind in CITED


def _lacks(part: Part, case: Case) -> Iterator[Lack]:
    """What a part lacks; a line that cites nothing may greet, and names nobody of the edition."""
    support = case.support(part)
    free = part.kind == "line" and not part.evidence
    for lack in lacks(part.text, support):
        if not (free and lack.rule == "name" and not any(w.key in case.names for w in words(lack.words))):
            yield lack


def _of_story(part: Part, case: Case) -> Evidence:
    if part.story is None:
        return ()
    return tuple(p.id for c in case.sources(case.edition.stories[part.story]) for p in c.passages)


def _speaker(text: str, quoted: Quoted) -> str | None:
    """The name a quotation is hung on, if the words right before or after it name one."""
    before = _BEFORE.search(text, 0, quoted.start) or _WORDS_OF.search(text, 0, quoted.start)
    if before:
        return before["name"]
    after = _AFTER.match(text, quoted.end)
    return after["name"] if after and re.search(_SAID, after.group()) else None


def _author(text: str, quoted: Quoted, case: Case) -> str | None:
    """The author of the edition whose name stands before a quotation with nothing but a frame between them."""
    before = text[: quoted.start]
    for name in sorted({citation.thinker for citation in case.edition.citations}, key=len, reverse=True):
        at = before.rfind(name)
        if at >= 0 and _FRAME.fullmatch(before, at + len(name)):
            return name
    return None


def _is_author(name: str, thinker_id: str | None, author: str, author_id: str | None) -> bool:
    if thinker_id is not None:
        return thinker_id == author_id
    keys = {word.key for word in words(name)} - {"the"}
    return bool(keys) and keys <= {word.key for word in words(author)}


def _better(part: Part, case: Case) -> int | None:
    """The number of an uncited item that a sentence shares far more words with."""
    cited = {citation.n for citation in case.cited(part.evidence)}
    for citation in case.edition.citations:
        texts = tuple(passage.text for passage in citation.passages)
        if citation.n not in cited and (shared_words(part.text, texts, case.edition.language) or 0) >= _FAR_MORE:
            return citation.n
    return None

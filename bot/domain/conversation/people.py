"""`who is …`: what an edition has of someone."""

from collections.abc import Sequence

from bot.domain.conversation.matter import fold, in_latin, is_cyrillic
from bot.domain.conversation.wording import Wording, replying
from bot.domain.edition import CitedThinker, Edition, Sentence
from bot.domain.reply import Action, Reply

_MOST_CITATIONS = 5
_MOST_PASSAGES = 3
_MOST_NAMES = 3
_LEAST_LETTERS = 4
"""Of a word that may be misspelled."""
_SAME = 86.0
_NEAR = 60.0
"""rapidfuzz scores from which a name is the one that was meant, and from which it is worth naming."""


def who(name: str, edition: Edition, wording: Wording) -> Reply:
    """What the edition cites of someone: who they are, where they write, what they hold, their words."""
    found = _find(name, edition)
    if found is None:
        return _unknown(name, edition, wording)
    lines = [wording.plain(f"who-{found.kind}", name=found.name)]
    if found.handle:
        lines.append(wording.plain("who-handle", handle=found.handle))
    if found.url:
        lines.append(wording.plain("who-url", url=found.url))
    stories = [s for s in edition.stories if s.id in found.stories]
    if stories:
        numbers = ", ".join(str(s.number) for s in stories)
        lines.append(wording.plain("who-in-stories", n=len(stories), numbers=numbers))
    held = [(s, p) for s in edition.stories for p in s.positions if p.thinker == found.name]
    for story, position in held:
        key = f"who-position-{position.stance}" if story.is_argued else "who-position-plain"
        lines.append(wording.plain(key, position.evidence, number=story.number, claim=position.claim))
    shown = {i for _, position in held for i in position.evidence}
    cited = [c for c in edition.citations if c.thinker == found.name]
    for citation in cited[:_MOST_CITATIONS]:
        fresh = [p for p in citation.passages if p.id not in shown]
        if fresh:
            lines.append(wording.cited(citation, fresh))
    return replying("who", lines, edition, [Action("deeper", f"deeper {s.number}") for s in stories[:1]])


def _speakers(edition: Edition) -> list[CitedThinker]:
    """The thinkers of an edition, and those who hold a position in another's words."""
    known = {t.name for t in edition.thinkers}
    quoted: dict[str, list[str]] = {}
    for story in edition.stories:
        for position in story.positions:
            if position.thinker not in known:
                quoted.setdefault(position.thinker, []).append(story.id)
    only = [CitedThinker(name, None, "quoted", None, None, tuple(ids)) for name, ids in quoted.items()]
    return [*edition.thinkers, *only]


def _find(name: str, edition: Edition) -> CitedThinker | None:
    """The thinker a name means: in full, by handle, by an unambiguous part, or nearly so written."""
    wanted, speakers = _key(name), _speakers(edition)
    for thinker in speakers:
        if wanted == fold(thinker.handle or "").lstrip("@"):
            return thinker
    found = matching(name, [thinker.name for thinker in speakers])
    return next((thinker for thinker in speakers if thinker.name == found), None)


def matching(name: str, names: Sequence[str]) -> str | None:
    """The one of some names that is meant: in full, by an unambiguous part, or nearly so written."""
    wanted = _key(name)
    full = next((one for one in names if wanted == _key(one)), None)
    if full is not None or not wanted:
        return full
    parts = [one for one in names if set(wanted.split()) <= set(_key(one).split())]
    if len(parts) == 1:
        return parts[0]
    near = [one for one in names if _alike(wanted, _key(one)) >= _SAME]
    return near[0] if len(near) == 1 else None


def says_name(name: str, text: str) -> bool:
    """Whether a text has a name, as a word or words of their own."""
    return f" {_key(name)} " in f" {_words(text)} "


def names_near(name: str, names: Sequence[str]) -> list[str]:
    """Those of some names that are nearest to one which is none of them."""
    from rapidfuzz import fuzz, process

    folded = {one: _key(one) for one in names}
    near = process.extract(_key(name), folded, scorer=fuzz.WRatio, limit=_MOST_NAMES, score_cutoff=_NEAR)
    return [str(key) for _, _, key in near]


def _alike(wanted: str, name: str) -> float:
    """How alike a name is to another or, for a single word, to one of its words; 0 to 100."""
    from rapidfuzz import fuzz

    words = name.split() if " " not in wanted else [name]
    return max((fuzz.ratio(wanted, word) for word in words if len(word) >= _LEAST_LETTERS), default=0.0)


def _key(name: str) -> str:
    """A name folded; in Latin letters when it is written in Cyrillic."""
    plain = in_latin(name) if is_cyrillic(name) else fold(name)
    return " ".join(plain.lstrip("@").replace("-", " ").split())


def _unknown(name: str, edition: Edition, wording: Wording) -> Reply:
    """Nobody of that name speaks here: the passages that name them, else the nearest names."""
    naming: list[Sentence] = []
    for citation in edition.citations:
        hits = [p for p in citation.passages if says_name(name, p.text)]
        if hits and len(naming) < _MOST_PASSAGES:
            naming.append(wording.cited(citation, hits, titled=False))
    if naming:
        return replying("who", [wording.plain("who-named", name=name), *naming], edition)
    near = names_near(name, [thinker.name for thinker in _speakers(edition)])
    lines = [wording.plain("who-unknown", name=name)]
    if near:
        lines.append(wording.plain("who-nearest", names=", ".join(near)))
    action = [Action("all-stories", "list")]
    return replying("who", lines, edition, action)


def thinkers(edition: Edition, wording: Wording) -> Reply:
    """Everybody who speaks in an edition, and in which of its stories."""
    numbers = {story.id: story.number for story in edition.stories}
    lines: list[Sentence] = []
    for one in _speakers(edition):
        where = [str(numbers[story]) for story in one.stories if story in numbers]
        what = wording.say(f"who-{one.kind}", name=one.name)
        told = wording.say("who-in-stories", n=len(where), numbers=", ".join(where)) if where else ""
        lines.append(Sentence(f"{what} {told}".strip(), ()))
    return replying("people", lines or [wording.plain("no-stories")], edition, [Action("all-stories", "list")])


def _words(text: str) -> str:
    """A text folded, letters and digits only, single blanks; a possessive ending is cut."""
    plain = _key(text).replace("'s", " ")
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())

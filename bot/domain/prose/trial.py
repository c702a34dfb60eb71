"""A part tried in its edition: the checks that decide publication say what is wrong with it.

The edition is tried as it would be printed: with the passages that its parts use, and no others, so that no passage
which will not be there vouches for a name.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from bot.domain.checks.check import check
from bot.domain.checks.parts import story_parts, walk
from bot.domain.checks.shape import used_numbers
from bot.domain.checks.verdict import Fault
from bot.domain.edition import Citation, Counter, Edition, Evidence, Promises, Sentence, Story, Synthesis
from bot.domain.languages import english_name
from bot.domain.prose.as_written import bent_name
from bot.domain.prose.pieces import Flaw
from bot.domain.quotes import without_quotations
from bot.domain.roster import ThinkerKind
from bot.domain.text.tongue import is_in

_CLASH = re.compile(
    r"\b(?:disagree\w*|contradict\w*|clash\w*|(?:hits?|fires?|push(?:es)?)\s+back|at\s+odds|feuds?|"
    r"не\s+соглас\w+|несогласи\w*|возража\w+|спор(?:ит|ят|им)|противореч\w+|расходимся)\b",
    re.IGNORECASE,
)
"""Words that say people contradict each other."""
_END = re.compile(r"[.!?]")


def bare(edition: Edition) -> Edition:
    """An edition of which only its stories are tried: no dialogue, question or promise uses a passage."""
    return replace(edition, open_question=None, promises=Promises(), dialogue=())


def quiet(edition: Edition, but: str | None = None) -> Edition:
    """The edition in which no story but one (by its id) says anything besides its title and its connections.

    All cite what they cited, so that passages, names and repeated stories are what they are; to examine a part takes
    a fraction of what the whole takes.
    """
    stories = (story if story.id == but else _silent(story) for story in edition.stories)
    return replace(edition, stories=tuple(stories))


def with_story(edition: Edition, story: Story) -> Edition:
    """The edition with another story of the same id."""
    return replace(edition, stories=tuple(story if each.id == story.id else each for each in edition.stories))


def faults(edition: Edition) -> tuple[Fault, ...]:
    """What the checks say of an edition in the id space of its draft; numbering is put right at the very end."""
    return tuple(fault for fault in check(_lean(edition)).faults if fault.rule not in {"numbering", "card", "excerpt"})


def flaws_of(parts: Iterable[tuple[str, str, Evidence]], reasons: Mapping[str, Iterable[str]]) -> tuple[Flaw, ...]:
    """The parts (where, text, evidence) that have reasons against them, in their order."""
    return tuple(
        Flaw(where, text, evidence, tuple(dict.fromkeys(reasons[where])))
        for where, text, evidence in parts
        if reasons.get(where)
    )


def wording(text: str, edition: Edition, most: int) -> Iterator[str]:
    """What is wrong with the form of a text: its length, its language, names in other letters than their own."""
    if len(text) > most:
        yield f"{len(text)} characters; at most {most}"
    if not is_in(text, edition.language):
        yield f"write it in {english_name(edition.language)}, the language of the edition"
    if bent := bent_name(without_quotations(text), people(edition)):
        yield f"{bent}: a name stands in its own letters, and is not bent"


def people(edition: Edition) -> tuple[str, ...]:
    """Names of the people who speak in an edition, and of those who hold a position in it."""
    listed = {thinker.name for thinker in edition.thinkers if thinker.kind in {ThinkerKind.PERSON, "quoted"}}
    quoted = {p.thinker for story in edition.stories for p in story.positions if p.thinker_id is None}
    return tuple(sorted(listed | quoted))


def says_clash(text: str, passages: Iterable[str]) -> str | None:
    """A word that says people contradict each other, and that no passage has; a question may ask whether they do."""
    held = " ".join(passages).lower()
    for match in _CLASH.finditer(text):
        end = _END.search(text, match.end())
        asks = end is not None and end.group() == "?"
        if not asks and match.group().lower()[:6] not in held:
            return match.group()
    return None


def has_conflict(story: Story) -> bool:
    """Whether two people contradict each other in it."""
    return story.counter.standing == "person" and story.counter.kind == "conflict"


def _silent(story: Story) -> Story:
    claimed = (i for position in story.positions for i in position.evidence)
    own = [*story.standfirst.evidence, *claimed, *(i for sentence in story.body for i in sentence.evidence)]
    rest = [i for part in story_parts(story, 0) if part.kind != "connection" for i in part.evidence if i not in own]
    return replace(
        story,
        question=None,
        standfirst=Sentence("", story.standfirst.evidence),
        signal=replace(story.signal, why_now=Sentence("", ())),
        positions=(),
        counter=Counter("none", None, None, None, "", ()),
        body=(Sentence("", tuple(own)),),
        synthesis=Synthesis("leaning", "", tuple(rest)),
        crux=None,
        pull_quote=None,
        plain_words=(),
        analogy=None,
        so_what=None,
    )


def _lean(edition: Edition) -> Edition:
    """The edition with the passages that it uses, under the ids that they have."""
    used = {i for part in walk(edition) for i in part.evidence}
    citations = (_kept(citation, used) for citation in edition.citations)
    stories = (replace(s, citations=tuple(used_numbers(s, index))) for index, s in enumerate(edition.stories))
    return replace(edition, stories=tuple(stories), citations=tuple(c for c in citations if c.passages))


def _kept(citation: Citation, used: set[str]) -> Citation:
    return replace(citation, passages=tuple(p for p in citation.passages if p.id in used))

"""Whether a sentence is surer than its passages: what may be becomes what is, what is alleged becomes what happened."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.domain.checks.clauses import Clauses, Token, clauses, exchanges, nearness
from bot.domain.checks.lexicon import vocabulary
from bot.domain.checks.opposites import HEDGES, NEGATORS, SOFT

_FIRM = re.compile(
    r"""\b(prove[sdn]?|proof|confirm(?:s|ed)?|guarantee[sd]?|debunk(?:s|ed)?|destroy(?:s|ed)?|kill(?:s|ed)?|doom(?:s|ed)?|
    crush(?:e[sd])?|obliterate[sd]?|annihilate[sd]?|always|never|ever|everyone|everybody|everything|nobody|nothing|every|
    all|only|entire(?:ly)?|complete(?:ly)?|total(?:ly)?|impossible|inevitabl[ey]|certain(?:ly)?|definite(?:ly)?|
    undeniabl[ey]|undoubtedly|clearly|obviously|indisputabl[ey]|best|worst|biggest|largest|greatest|highest|lowest|
    strongest|weakest|fastest|smallest|safest|deadliest|richest|most|unprecedented|historic|catastroph\w*|
    disastrous|disaster|breakthrough|revolution\w*|game-chang\w*|forever|permanent(?:ly)?|massive(?:ly)?|huge|
    collapse[sd]?|plunge[sd]?|plummet\w*|crash(?:e[sd])?|soar(?:s|ed)?|skyrocket\w*|explode[sd]?|slam(?:s|med)?|
    blast(?:s|ed)?|shatter(?:s|ed)?|devastat\w*|demolish\w*|expose[sd]?|must|cannot|ends?|ended|dead|dies|
    wipe[sd]?\s+out|solve[sd]?|cure[sd]?|ensure[sd]?|eliminate[sd]?|inevitable|final(?:ly)?|everywhere|fact|truth|
    доказ\w+|подтверди\w+|всегда|никогда|невозможн\w+|неизбежн\w+|крупнейш\w+|лучш\w+|худш\w+|все|весь|всё|уничтож\w+|
    навсегда|полностью|катастроф\w+|рухну\w+|beweis\w*|immer|niemals|alle|unmöglich|größte\w*|beste[nrs]?|katastroph\w*)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words that claim much: a title has one only where its passages have it."""
_KIN: tuple[frozenset[str], ...] = tuple(
    vocabulary(group)
    for group in (
        "every all each everything everyone everybody always everywhere entire entirely total complete completely",
        "never no none nobody nothing not cannot impossible without",
        "end ends ended dead dies die died death close closes closed stop stops stopped final finally last",
        "only sole solely just alone single",
        "must has have need needs should requires required",
        "biggest largest greatest highest most major leading record top huge massive vast enormous greater bigger",
        "best favorite favourite",
        "only exclusively until before sole first yet unless requires",
        "impossible never nothing nobody cannot no maximum only yet finite fail stop prevent unable impossible",
        "always inevitably every each whenever constantly",
        "ever first",
        "confirm confirms confirmed official officially",
        "kill kills killed dead death deaths died",
        "best better greatest top",
        "solve solves solved solution fix fixes fixed",
        "crash crashes crashed plunge plunges plunged collapse collapses collapsed plummet plummets plummeted tumbled",
        "cannot can't unable not never",
    )
)
_STEM = 5
_WILL = re.compile(r"\b(will|shall|won[’']t|is\s+going\s+to|are\s+going\s+to)\b")
_IDIOM = re.compile(
    r"\b(?:above all|after all|at all|for all|all of|not all|all but|first of all|all in all|in the end|an? certain|"
    r"not only|not always|not every\w*|at most|most of|most likely|not the only|in fact|nothing but)\b",
    re.IGNORECASE,
)
"""Where a strong word claims little."""
_IS_TO = re.compile(r"\b(?:is|are|was|were|due|set|bound|about) to\b", re.IGNORECASE)
_SEGMENT = re.compile(r"[,;:]\s|\s[—–-]\s")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_QUOTED = re.compile(r"[“«\"„‘].*?[”»\"“’]")
_NEARLY = 0.7
"""Share of its words that a sentence of the text has to take over before its certainty is compared."""
_WEAK = vocabulary("possible potential several some many few often sometimes usually typically mostly partly almost "
                  "nearly about around can некоторые многие часто иногда почти einige manche oft fast")  # fmt: skip
"""Words that make a claim smaller; a title that is nearly its passage keeps them."""
_MOSTLY = vocabulary("biggest best worst largest greatest always never all every only")
_FEW = 3
_CONDITIONS = frozenset(["if", "unless", "whether", "если", "wenn", "falls"])
"""What holds under a condition is told without it more often than it is overclaimed."""
_LIGHT = vocabulary("may might could would possibly perhaps maybe reportedly allegedly alleged apparently purportedly "
                   "supposedly rumored rumoured unconfirmed suspected якобы возможно angeblich")  # fmt: skip
"""Hedges that no other wording replaces."""


_OVERCLAIMS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(rf"\b(?:{''.join(says.split())})(?!\w)", re.IGNORECASE), re.compile(rf"\b(?:{held})", re.IGNORECASE))
    for says, held in (
        (
            r"""prove[sdn]?,?\s(?:that|beyond|once|how|why|to\sbe)|(?:is|are|was|were|as|gives?|offers?)\s(?:the\s)?proof|
            доказа?(?:л[аио]?|ыва[ею]т),?\sчто|beweis(?:t|en),?\sdass|has\sshown\sonce|definitively|once\sand\sfor\sall|
            conclusively""",
            "prov(?:e|ing)|proof|confirm|definitiv|conclusiv|certain|доказ|подтвер|beweis|bewies|bestätig",
        ),
        (
            r"guarantee[sd]?,?\sthat|гарантиру[ею]т,?\sчто|garantier(?:t|en),?\sdass",
            "guarant|assur|ensur|гарант|garant",
        ),
        (
            r"""(?:beyond|without)\s(?:(?:any|all|a|reasonable)\s)*doubt|undoubtedly|it\sis\s(?:certain|undeniable|indisputable)|
            undeniabl[ey]|indisputabl[ey]|irrefutabl[ey]|unquestionabl[ey]|вне\sсомнен\w+|без\sсомнен\w+|несомненн\w+|бесспорн\w+|
            неопровержим\w+|zweifellos|unbestreitbar|ohne\s(?:jeden\s)?zweifel""",
            "doubt|certain|undeniab|indisput|irrefut|unquestion|definit|clear|obvious|сомнен|бесспор|неопровер|очевид|zweif|klar",
        ),
        (
            r"(?:has|have|had)\salways|always\sknew|всегда\sзна\w+|(?:hat|haben)\simmer",
            "always|forever|since|constant|long|всегда|издавна|давно|immer|stets",
        ),
    )
)
"""Words that make a fact of a claim, wherever they stand, and the kind of words of which a passage has to have one."""


def overclaims(sentence: str, passages: Sequence[str]) -> list[str]:
    """Words of a sentence that make a fact of a claim, where no passage is as sure."""
    found = (
        match.group()
        for says, held in _OVERCLAIMS
        if not any(held.search(passage) for passage in passages)
        for match in says.finditer(sentence)
    )
    return list(dict.fromkeys(found))


def firmer(title: str, passages: Sequence[str]) -> str | None:
    """A word of certainty in a title (or its missing hedge, with the words it belongs to) that no passage has."""
    bare = _IDIOM.sub(" ", _QUOTED.sub(" ", title))
    held = {word for passage in passages for word in _words(passage)}
    if any(read.words & NEGATORS for passage in passages if (read := clauses(passage))):
        held.add("not")
    beginnings = {word[:_STEM] for word in held}
    for match in _FIRM.finditer(bare):
        word = match.group().lower()
        known = word[:_STEM] in beginnings or any(other.startswith(word) for other in beginnings)
        if not known and not any(word in kin and kin & held for kin in _KIN):
            return match.group()
    if stronger := _strengthened(bare, passages):
        return stronger
    will = _WILL.search(bare)
    if will and held & HEDGES and not any(_WILL.search(passage) for passage in passages):
        return will.group()
    return None


def _strengthened(title: str, passages: Sequence[str]) -> str | None:
    """A strong word in a title that is a passage nearly verbatim, where the passage has a weaker one."""
    mine = clauses(title)
    for read in map(clauses, passages):
        for here, there, _ in exchanges(mine, read) if mine and read else ():
            for word in here:
                kin = any(word in group and group & set(there) for group in _KIN)
                if _FIRM.fullmatch(word) and word not in there and not kin and (there or word in _MOSTLY):
                    return word
    return None


def _weakened(mine: Clauses, read: Clauses) -> str | None:
    """A hedge that a passage has where a title that is nearly the passage has none."""
    for here, there, _ in exchanges(mine, read):
        lost = next((word for word in there if word in HEDGES | _WEAK), None)
        if lost and not set(here) & (SOFT | _WEAK) and len(there) <= _FEW:
            return lost
    bare = tuple(word for word in read.order if word not in HEDGES | _WEAK)
    short = mine.order == bare and len(bare) < len(read.order)
    return next((word for word in read.order if word in HEDGES | _WEAK), None) if short else None


def unhedged(title: str, passages: Iterable[str]) -> tuple[str, str] | None:
    """A word that a title asserts and its passages leave open, and the word with which they do."""
    theirs = [read for passage in passages if (read := clauses(passage))]
    if title.rstrip().endswith("?"):
        return None
    whole = clauses(title)
    lost = next((word for read in theirs if whole and (word := _weakened(whole, read))), None)
    if lost:
        return title, lost
    for segment in _SEGMENT.split(title):
        mine = clauses(segment)
        if mine is None or mine.words & SOFT or _IS_TO.search(segment) or _quotes(title):
            continue
        for token, other, hedge in _open(mine, theirs):
            if not _asserted_elsewhere(token, other, theirs):
                return token.text, hedge
    return None


def dropped_hedge(sentence: str, passages: Iterable[str]) -> tuple[str, str] | None:
    """The same for a sentence that takes over most of a passage's words, and drops the one that leaves it open."""
    mine = clauses(sentence)
    if mine is None or mine.words & SOFT or sentence.rstrip().endswith("?") or _quotes(sentence):
        return None
    stems = set(mine.places)
    theirs = [read for passage in passages if (read := clauses(passage)) and read.tongue == mine.tongue]
    for token, other, hedge in _open(mine, theirs):
        around = other.around | {other.stem}
        near = len(stems & around) >= _NEARLY * len(around)
        if hedge in _LIGHT and near and not _asserted_elsewhere(token, other, theirs):
            return token.text, hedge
    return None


def _open(mine: Clauses, theirs: Sequence[Clauses]) -> Iterator[tuple[Token, Token, str]]:
    """Words that a text shares with what its passages leave open."""
    for read in theirs:
        for mark in read.hedges:
            if mark.own or mark.word in _CONDITIONS:
                continue
            for at in mark.governed[:2]:
                other = read.tokens[at]
                for place in mine.places.get(other.stem, ()):
                    if not other.asked and nearness(mine.tokens[place], other):
                        yield mine.tokens[place], other, mark.word


def _asserted_elsewhere(token: Token, hedged: Token, theirs: Sequence[Clauses]) -> bool:
    """Whether the passages say the word without a hedge in a place as much alike."""
    for read in theirs:
        left_open = {at for mark in read.hedges for at in mark.governed}
        for at in read.places.get(token.stem, ()):
            other = read.tokens[at]
            if other is not hedged and at not in left_open and nearness(token, other) >= nearness(token, hedged):
                return True
    return False


def _quotes(text: str) -> bool:
    return any(mark in text for mark in '“«"„')


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]

"""Sentences that have nothing to do with their story: what a machine was talked into saying, between true sentences.

A part is judged as a whole elsewhere; here each of its sentences is, so that a true one does not carry another. What is
our reading, and what hosts say to each other, repeats no passage: there it is only asked whether somebody speaks who
has no business to (`I have changed …`, `As requested`), and of what belongs to machines and accounts, not to the news.
"""

import re
from collections.abc import Iterable, Iterator

from bot.domain.checks.case import Case, headlines
from bot.domain.checks.lexicon import vocabulary
from bot.domain.checks.parts import Part
from bot.domain.checks.plain import plain
from bot.domain.checks.support import beginnings, comparable
from bot.domain.checks.verdict import Fault
from bot.domain.edition import Story
from bot.domain.quotes import quotations, status, without_quotations
from bot.domain.text.sentences import sentences
from bot.domain.text.words import tokens

_CITED = vocabulary("standfirst why_now position body synthesis crux connection counter made open_question")
_STATED = vocabulary("reading synthesis standfirst why_now position body")
"""Kinds that state something: they ask nothing of a machine."""
_TALK = frozenset(
    beginning
    for word in vocabulary(
        """
        say says said saying tell tells told talk talks speak mean means meant put puts word words sentence
        sentences question questions ask asks asked answer answers answered think thinks thought believe hear heard
        listen read reads write writes written call calls name names point points claim claims claimed source
        sources passage passages headline headlines piece paper report reports account story stories edition
        somebody someone anybody everybody nobody people person thing things something anything everything nothing
        sure exactly right wrong fair true agree disagree doubt mark behind begin begins start first next last end
        other another else way look looks see seen find found know knows known let come comes go goes take takes
        give gives leave leaves keep keeps miss wait hold whole half side sides voice voices argue argues argued
        argument case evidence number numbers figure figures count counts detail details place still already long
        short strong weak new old two three one note notes quote quotes morning evening today tomorrow tonight
        happen happened change worth matter matters reason reasons part careful item items hour hours day days four
        five six seven eight nine ten twelve window
        """
    )
    for beginning in beginnings(word)
)
"""Words with which people talk about what somebody says, whatever it is about."""
_LEAST = 4
"""Words of a sentence that carry something, from which it has to be about its story."""
_I = re.compile(
    r"(?<![\w’'])(?P<before>[A-ZА-ЯЁ][\w’'-]*\s)?(?P<i>I(?:[’'](?:m|ve|ll|d))?\s[a-z]|[Mm]y\s[a-z]|[Яя]\s[а-яё])"
)
_OBEYS = re.compile(
    r"""(?:^|[.!?:;]\s+|[“”]\s*)(?:as\s(?:you\s|was\s|per\s)?(?:your\s)?(?:request(?:ed)?|instruct(?:ed|ions)|ordered|demanded|asked|commanded)|
    (?:sure|certainly|of\scourse|okay|ok|absolutely|gladly)[,!.:]\s(?:here|i|let)|here(?:\sis|\sare|['’]s)\s(?:the|your|a)\s(?:answer|
    translation|code|list|result|response|requested|poem|function|script)|i(?:['’]m|\sam)\s(?:sorry|an?\s(?:ai|assistant|bot))|my\sinstructions|
    как\s(?:вы\s)?(?:просили|велено|приказано))""".replace("\n    ", ""),
    re.IGNORECASE,
)
_ASKS_A_MACHINE = re.compile(r"\b(?:can|could|would|will)\syou\b[^.!?]*\?|\bplease\b", re.IGNORECASE)
_ACCOUNTS = re.compile(
    r"""\b(?:settings?|configurations?|instructions?|prompts?|passwords?|passphrases?|passcodes?|credentials?|api[\s_-]?keys?|
    secret\skeys?|private\skeys?|log[\s-]?ins?|click\w*|subscrib\w*|unsubscrib\w*|download\w*|install\w*|jailbreak\w*|webhooks?|
    pwned|hacked|admins?|administrators?|malware|ransom\w*|wallets?|gift\s?cards?|настройк\w*|парол\w*|инструкци\w*|ключ\sapi)\b
    """.replace("\n    ", "").strip(),
    re.IGNORECASE,
)
"""What belongs to machines and accounts; where a story is about it, its passages have the word."""
_YOUR_ANSWER = re.compile(
    r"\bas\s(?:requested|instructed|ordered|demanded)\s?:|\byour\s(?:own\s)?(?:response|reply|answer|output|solution|code|prompt)\b",
    re.IGNORECASE,
)
_HOSTILE = re.compile(
    r"https?:/|www\.\w|@(?:everyone|here|channel)\b|<[!@#/a-z]|```|\]\(|\b(?:javascript|vbscript|data):\w|\bon[a-z]{4,12}\s?=|"
    r"\balert\(|\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|prompts?|rules|context)\b|\bsystem\sprompt\b",
    re.IGNORECASE,
)
"""What is not printed, whoever said it."""
_CODE = re.compile(r"\w\([^()\s]*\)\s?;|[{}]|=>|&&|\$\(|\w\(\d+\)")
_FILE = vocabulary("js ts py rs go md txt json toml yaml yml exe sh css html cpp vim rb php lua jsx tsx sql pdf csv")
"""Endings of names of files and libraries."""
_TOKEN = re.compile(r"(?<![\w@#.])(?:[@#][^\W\d_]\w*|(?:[\w-]{2,}\.)+[a-z]{2,}(?![\w])(?:/\S*)?|\w+@[\w-]+\.[\w.-]+)")
_SAME = 5
_LONGEST_TERM = 60


def astray(case: Case) -> Iterator[Fault]:
    """A sentence is about what its part is about."""
    for part in case.parts:
        if part.kind not in _CITED | {"line"} or not part.evidence or _is_original(part, case):
            continue
        texts = _held(part, case)
        for sentence in _sentences(part):
            if "“”" not in sentence and _is_astray(sentence, texts, part, case.edition.language):
                yield Fault("evidence", part.where, f"“{_short(sentence)}” has nothing of its passages")


def unasked(case: Case) -> Iterator[Fault]:
    """Nobody speaks but people and hosts, and of nothing but the news."""
    for part in case.parts:
        original = part.kind == "pull_quote" or _is_original(part, case)
        for quoted in (part.text,) if original else (quoted.text for quoted in quotations(part.text)):
            if match := _HOSTILE.search(plain(quoted)):
                yield Fault("wording", part.where, f"“{_short(match.group())}” is not printed, whoever said it")
        for reason in () if original else _unasked(part, case):
            yield Fault("wording", part.where, reason)


def terms(case: Case) -> Iterator[Fault]:
    """A term that is put in plain words is one that the story has."""
    for index, story in enumerate(case.edition.stories):
        sources = [text for c in case.sources(story) for text in (c.title or "", *(p.text for p in c.passages))]
        told = [part.text for part in case.parts if part.story == index and part.kind != "reading"]
        held = " ".join(_words(plain(text)) for text in (*sources, *told))
        for i, word in enumerate(story.plain_words):
            where = f"stories[{index}].plain_words[{i}]"
            term = _words(plain(word.term))
            if not term or len(word.term) > _LONGEST_TERM or f" {term}" not in f" {held}":
                yield Fault("wording", where, f"the story does not have the term “{_short(word.term)}”")
            elif _HOSTILE.search(word.term) or _TOKEN.search(word.term) or quotations(word.term):
                yield Fault("wording", where, f"“{_short(word.term)}” is no term")


def _words(text: str) -> str:
    return " ".join(tokens(text))


def _unasked(part: Part, case: Case) -> Iterator[str]:
    text = plain(without_quotations(part.text))
    never = (_OBEYS, _YOUR_ANSWER, _CODE, _HOSTILE, *([_ASKS_A_MACHINE] if part.kind in _STATED else []))
    for pattern in never:
        if match := pattern.search(text):
            yield f"“{_short(match.group())}” is nothing for readers"
    if part.kind not in {"line", "question"} and (first := _speaks_as_i(text)):
        yield f"“{first.strip()} …”: nobody speaks here as I; say who says it"
    held = " ".join(_held(part, case)).casefold()
    repeats = part.evidence and part.kind != "line"
    for match in () if repeats else _ACCOUNTS.finditer(text):
        if match.group()[:_SAME].casefold() not in held:
            yield f"“{match.group()}” is nothing that this story speaks of"
    for match in _TOKEN.finditer(text):
        if not _is_known(match.group().rstrip("/"), part, case):
            yield f"it holds an address or a handle (“{_short(match.group())}”); leave it out"


def _is_known(token: str, part: Part, case: Case) -> bool:
    """Whether an address or handle is the name of something: an author's, a file's, one written with a capital, or one
    that two items write.
    """
    cited = case.cited(part.evidence) or tuple(case.numbers.values())
    folded = token.casefold()
    if any(folded in f"{c.thinker} {c.handle or ''}".casefold() for c in case.edition.citations):
        return True
    items = [" ".join((c.title or "", *(p.text for p in c.passages))) for c in cited]
    if token[0].isupper() and any(token in text for text in items):
        return True
    return sum(folded in text.casefold() for text in items) >= (1 if folded.rpartition(".")[2] in _FILE else 2)


def _is_astray(sentence: str, texts: Iterable[str], part: Part, tongue: str) -> bool:
    mine = beginnings(sentence)
    told = [text for text in texts if comparable(sentence, text, tongue)]
    if not told:
        return False
    shared = len(mine & frozenset().union(*map(beginnings, told)))
    own = {word for word in mine if word not in _TALK and not word.isdigit()}
    if part.kind == "line":
        return len(own) > _LEAST and not shared
    if len(tokens(sentence)) < _LEAST:
        return bool(own) and not shared
    return len(own) >= _LEAST - 1 and not shared


def _sentences(part: Part) -> list[str]:
    text = plain(without_quotations(part.text))
    return [text[start:end] for start, end in sentences(text)]


def _held(part: Part, case: Case) -> tuple[str, ...]:
    """What a part may speak of: its passages and headlines; where it cites nothing, or is talk, the whole story's."""
    support = case.support(part)
    cited = headlines(case.cited(part.evidence))
    around = support.scene if part.kind == "line" or not part.evidence else ()
    stories = case.edition.stories
    story = stories[part.story] if part.story is not None else None
    topics = () if story is None else _of_ours(story) if part.kind == "line" else (story.topic,)
    names = tuple(citation.thinker for citation in case.edition.citations)
    return (*support.passages, *support.authors, *support.context, *cited, *around, *topics, *names)


def _of_ours(story: Story) -> tuple[str, ...]:
    """What the story says in words of ours: hosts may say it again."""
    own = (story.counter.text, story.analogy or "", story.so_what or "", *(word.meaning for word in story.plain_words))
    return (story.topic, story.title, *own)


def _speaks_as_i(text: str) -> str | None:
    """Where somebody says I; `World War I was` does not."""
    for match in _I.finditer(text):
        before = match["before"]
        opens = match.start() == 0 or text[: match.start()].rstrip().endswith((".", "!", "?", ":", ";", "“", "”"))
        if not before or opens:
            return match["i"]
    return None


def _is_original(part: Part, case: Case) -> bool:
    texts = (*case.support(part).passages, *headlines(case.cited(part.evidence)))
    return any(status(part.text, text) for text in texts) and len(part.text.split()) > 1


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"

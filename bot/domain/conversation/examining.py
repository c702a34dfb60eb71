"""Whether a sentence of an answer stands: the same checks as for a sentence of an edition, at once, one by one.

A sentence that fails is dropped before anybody sees it. A sentence without evidence may only say what the passages do
not tell: it has to speak of them, of telling, and to deny; names, numbers and quotations have to stand in them even
then.
"""

import re
from dataclasses import replace

from bot.domain.checks import check
from bot.domain.conversation.asking import content
from bot.domain.conversation.exhibits import Exhibits
from bot.domain.conversation.lines import Said
from bot.domain.conversation.matter import is_cyrillic
from bot.domain.edition import Counter, Edition, Promises, Sentence, Signal, Story, number_of
from bot.domain.text.tongue import is_in
from bot.domain.text.words import language, tokens

MOST_CHARACTERS = 420
"""Of a sentence."""
_FOREIGN = re.compile(
    r"(?P<address>(?:[\w-]+\.)+[a-z]{2,}\b(?:/\S*)?|\w+@\w\S*|(?<!\w)@\w+|(?<!\w)#\w+)|(?P<markup>[<>{}\[\]|`\\~^_*#])",
    re.IGNORECASE,
)
"""Addresses, handles and markup: they are only said as a cited passage says them."""
_SHOUTED = re.compile(r"\b[^\W\d_a-zа-яё]{4,}\b")
"""A word in capitals, which may be a name even where a sentence begins with it."""
_LEAST_WORDS = 3
_SOURCES = re.compile(
    r"\b(?:passages?|sources?|edition|excerpts?|nothing\s+here|отрыв\w+|источник\w*|выпуск\w*|здесь\s+не|"
    r"ausgabe|quellen?|passagen?|éditions?|extraits?|edición|fuentes?|pasajes?|edizione|fonti|fonte|brani|"
    r"edição|fontes?|trechos)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:say|says|said|tells?|told|gives?|given|mention\w*|names?|named|explain\w*|states?|stated|reports?|reported|"
    r"describes?|described|answers?|answered|сказа\w+|говор\w+|назва\w+|называ\w+|упом\w+|объясн\w+|указ\w+|сообща\w+|"
    r"приве\w+|да[её]т|дают|дан[аоы]?|sag\w+|nenn\w+|erwähn\w+|erklär\w+|angegeben|dit|disent|dite?s?|mentionn\w+|"
    r"expliqu\w+|indiqu\w+|précis\w+|dice\w*|dicen|dicono|dizem|diz|menc?ion\w+|explic\w+|indic\w+|spieg\w+)\b",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:not?|none|nothing|nobody|nor|neither|never|without|\w+n['’]t|не|нет|ни|ничего|никто|ничто|без|nicht|keine?[rsnm]?|"
    r"nichts|niemand|ne|pas|aucune?|rien|ninguna?|ningún|nada|non|nessun[aoe]?|niente|não|nenhuma?|no)\b",
    re.IGNORECASE,
)
_TWICE = re.compile(
    r"\b(?:den(?:y|ies|ied)|dispute|doubt|contradict|refute|question|only|but|however|because|although|"
    r"отриц\w+|опроверг\w+|оспар\w+|сомнева\w+|только|но|однако|потому|хотя)\b",
    re.IGNORECASE,
)
"""What turns a denial into a claim, or goes on to make one."""


class Examiner:
    """Examines the sentences of one answer."""

    def __init__(self, found: Exhibits, tongue: str) -> None:
        """`tongue` is the language of the answer."""
        self._language = tongue
        self._shown = frozenset(found.shown)
        self._texts = {i: passage.text for i, (_, passage) in found.passages().items()}
        self._heads = {i: f"{cited.thinker} {cited.title or ''}" for i, (cited, _) in found.passages().items()}
        self._case = _around(found, tongue)

    def stands(self, said: Said) -> bool:
        """Whether its passages say what it says."""
        if not said.evidence or not self._shown.issuperset(said.evidence) or not self._is_plain(said):
            return False
        if said.text.endswith("?"):
            return False  # an answer asks nothing: it is the question again
        return self._is_about(said) and not self._faults(Sentence(said.text, said.evidence), None, "stories[0].body")

    def heads(self, said: Said) -> bool:
        """Whether a title says no more than its passages, and is no stronger than they are."""
        if not said.evidence or not self._shown.issuperset(said.evidence) or not self._is_plain(said):
            return False
        (story,) = self._case.stories
        titled = replace(story, title=said.text, standfirst=Sentence("", said.evidence))
        verdict = check(replace(self._case, stories=(titled,)))
        return not any(fault.where.startswith("stories[0].title") for fault in verdict.faults)

    def says_what_is_missing(self, said: Said) -> bool:
        """Whether a sentence without evidence claims nothing but that the passages do not tell something."""
        denies = all(words.search(said.text) for words in (_SOURCES, _TELLS, _DENIES)) and not _TWICE.search(said.text)
        if said.evidence or not denies or said.text.endswith(":") or not self._is_plain(said):
            return False
        return not self._faults(None, said.text, "stories[0].so_what")

    def _is_plain(self, said: Said) -> bool:
        """Words of the language, and nothing else; an address or a handle only where a cited passage has it."""
        if len(said.text) > MOST_CHARACTERS:
            return False
        texts = [self._texts[i] for i in said.evidence if i in self._texts]
        for found in _FOREIGN.finditer(said.text):
            if not any(found[0].casefold() in text.casefold() for text in texts):
                return False
        return is_in(said.text, self._language)

    def _is_about(self, said: Said) -> bool:
        """Whether it says something, of what its passages speak of: a short one, too, which the checks let pass."""
        texts = [part for i in said.evidence for part in (self._texts[i], self._heads[i])]
        held = " ".join(texts).casefold()
        if len(tokens(said.text)) < _LEAST_WORDS or any(
            word.casefold() not in held for word in _SHOUTED.findall(said.text)
        ):
            return False
        if is_cyrillic(said.text) != is_cyrillic(held) or language(tokens(held)) != self._language[:2]:
            return True  # two languages cannot be compared by their words
        return not frozenset(content(said.text)).isdisjoint(content(held))

    def _faults(self, line: Sentence | None, reading: str | None, where: str) -> bool:
        (story,) = self._case.stories
        told = replace(story, body=(line,) if line else (), so_what=reading)
        verdict = check(replace(self._case, stories=(told,)))
        return any(fault.where.startswith(where) for fault in verdict.faults)


def _around(found: Exhibits, tongue: str) -> Edition:
    """An edition with one story that says nothing yet: what the checks look at."""
    edition, nothing = found.edition, Sentence("", ())
    numbers = {number_of(i) for i in found.shown}
    story = Story(
        id=f"{edition.id}/0",
        number=0,
        title="",
        question=None,
        standfirst=nothing,
        topic="",
        state="new",
        continues=None,
        signal=Signal(0, 0, 0.0, None, None, None, 1.0, nothing),
        positions=(),
        counter=Counter("none", None, None, None, "", ()),
        body=(),
        synthesis=None,
        crux=None,
        pull_quote=None,
        plain_words=(),
        analogy=None,
        so_what=None,
        connects_to=(),
        citations=tuple(sorted(numbers)),
    )
    empty = replace(edition, language=tongue, title="", title_evidence=(), lede="", lede_evidence=())
    empty = replace(empty, stories=(story,), citations=found.citations, open_question=None)
    return replace(empty, promises=Promises(), dialogue=())

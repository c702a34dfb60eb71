"""The ids of buttons, menus and forms: everything a press needs stands in its id, so nothing is kept for it.

`b1:<verb>:<edition>:<rest>`. An id that was ever sent keeps its meaning for ever: a later form begins with `b2`, and
this module goes on reading `b1`. Ids of set-up and settings (`b1:set:…`) carry no edition but their own state.
"""

import re
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 90
"""Characters of an id; Discord takes 100."""
WORDS: Final = {
    "src": "sources",
    "ctr": "counter",
    "deep": "deeper",
    "quote": "quote",
    "pas": "passage",
    "why": "why",
    "crux": "crux",
    "who": "who is",
    "list": "list",
    "help": "help",
    "aud": "audio",
    "txt": "transcript",
    "chap": "chapter",
    "quotes": "quotes",
    "ents": "people",
    "find": "find",
    "in": "in",
}
"""Verbs that are typed words: pressing does what typing does."""
VERBS: Final = {word: verb for verb, word in WORDS.items()}
DEEDS: Final = frozenset(
    {"ask", "go", "share", "send", "wrong", "useful", "stop", "retry", "post", "set", "adm", "own", "home"}
)
"""Verbs that are more than a word: a form, a link, something with the message itself."""
_ALONE: Final = ":p"
_FORM = re.compile(r"b1:(?P<verb>[a-z0-9]{2,6})(?::(?P<edition>[a-z0-9-]{0,48})(?::(?P<rest>[^\s]{0,60}))?)?")
_NUMBERED = re.compile(r"\d{1,4}")
_IN_A_LANGUAGE = re.compile(r"[^\W\d_]{2,20}(?: [^\W\d_]{2,20})?(?: \d{1,4})?")
"""`German`, `Traditional Chinese 2`."""
STAMP: Final = re.compile(r":k(?P<key>[0-9a-f]{24})\Z")
"""The key of a message of the ledger, which one id in it carries at its end (`finding.stamp`); no part of the press."""


@dataclass(frozen=True, slots=True)
class Press:
    """What an id says."""

    verb: str
    edition: str = ""
    """Id of the edition; empty where it is about none."""
    rest: str = ""
    """`2` a story, `r1203…` the message asked about, `src.2` what to share."""

    @property
    def word(self) -> str | None:
        """The typed words that do the same, such as `sources 2`; None for a deed."""
        if self.verb not in WORDS:
            return None
        if self.verb == "in":
            return _spoken(WORDS[self.verb], self.rest.removesuffix(_ALONE))
        plain = self.rest.partition(":")[0]
        return f"{WORDS[self.verb]} {plain}".strip() if not plain.startswith("r") else WORDS[self.verb]

    @property
    def alone(self) -> bool:
        """Whether a look-up is wanted privately although it is shared (`alone`)."""
        return self.rest.endswith(_ALONE)

    @property
    def shared(self) -> str | None:
        """The typed words of what a Share button shows to all, such as `sources 2`; None if it says nothing we know."""
        verb, _, about = self.rest.partition(".")
        if verb.isdecimal() or not verb:
            verb, about = VERBS["sources"], verb
        return _spoken(WORDS[verb], about) if verb in WORDS else None

    def chosen(self, number: str) -> str | None:
        """The typed words for what was chosen in the menu of this id, by its number; None where it has none."""
        if self.word is None:
            return None
        if self.verb == "in":
            return f"{self.word} {number}"
        # The menu of a look-up at sources and quotations gives the whole passage.
        return f"{WORDS['pas' if self.verb == 'quote' else self.verb]} {number}"


def pressed(custom_id: str) -> Press | None:
    """What an id says; None if it is none of ours, of any version."""
    found = _FORM.fullmatch(STAMP.sub("", custom_id))
    if found is None or (found["verb"] not in WORDS and found["verb"] not in DEEDS):
        return None
    return Press(found["verb"], found["edition"] or "", found["rest"] or "")


def named(verb: str, edition: str = "", rest: str = "") -> str:
    """The id of something to press.

    Raises:
        ValueError: it would be longer than 90 characters, or could not be read back.
    """
    made = f"b1:{verb}:{edition}:{rest}".rstrip(":")
    if len(made) > LONGEST or pressed(made) != Press(verb, edition, rest):
        raise ValueError(f"no id of a button: {made!r}")
    return made


def typed(command: str, edition: str) -> str | None:
    """The id of what does the same as these words: `sources 2`, `share sources 2`, `stop`; None if no id can say it."""
    verb, rest = _verb(command)
    if verb == "share":
        shared, about = _verb(rest)
        known = _IN_A_LANGUAGE if shared == "in" else _NUMBERED
        if about and not known.fullmatch(about):
            return None
        rest = f"{shared}.{about}".rstrip(".")
    try:
        return named(verb, edition, rest.replace(" ", ":"))
    except ValueError:
        return None


def alone(word: str) -> str:
    """The words, for an id, of a look-up that is wanted privately although it is shared: `sources 2:p`, `list :p`."""
    return f"{word}{_ALONE}" if word[-1].isdecimal() else f"{word} {_ALONE}"


def _verb(command: str) -> tuple[str, str]:
    for word, verb in VERBS.items():
        if command == word or command.startswith(f"{word} "):
            return verb, command[len(word) :].strip()
    verb, _, rest = command.partition(" ")
    return verb, rest


def _spoken(word: str, about: str) -> str:
    """A typed word with what follows it in an id, such as `in` and `German:2`."""
    return " ".join([word, *filter(None, about.split(":"))])

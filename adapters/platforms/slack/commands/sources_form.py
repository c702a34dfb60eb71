"""What is filled in about sources, as payloads, and what is wrong with it. Pure.

A list is pasted: a file would need the right to read people's files.
"""

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from adapters.platforms.slack.payloads import TITLE, View, field, modal, option, select, text_input
from bot.domain.follow import Followed
from bot.domain.press import named
from bot.ports.phrases import Phrases

ADDRESS, NAME, THINKER, LIST = "address", "name", "thinker", "list"
"""Ids of blocks."""
MOST_PASTED: Final = 3_000
_LONGEST_ADDRESS, _LONGEST_NAME, _MOST_OPTIONS = 2_000, 60, 100
_EMPTY: Final[Mapping[str, tuple[str, str]]] = {
    "added": (ADDRESS, "slack-address-empty"),
    "tested": (ADDRESS, "slack-address-empty"),
    "proposed": (ADDRESS, "slack-address-empty"),
    "removed": (THINKER, "slack-thinker-empty"),
    "imported": (LIST, "slack-import-empty"),
}
"""Of a form, by what its id says: the field it cannot be without, and what is said of it."""
_OPML: Final = '<opml version="2.0"><body>{}</body></opml>'


def address_form(deed: Literal["add", "test", "propose"], phrases: Phrases) -> View:
    """An address to read, to try or to propose."""
    say = phrases.say
    sent = {"add": "added", "test": "tested", "propose": "proposed"}[deed]
    typed = text_input("own", hint="https://example.org/feed.xml", most=_LONGEST_ADDRESS)
    fields = [field(say("slack-address-label"), typed, block=ADDRESS, about=say("slack-address-hint"))]
    if deed == "add":
        named_so = text_input("own", most=_LONGEST_NAME)
        fields.append(field(say("slack-name-label"), named_so, block=NAME, optional=True))
    verb = "adm" if deed == "add" else "own"
    submit = {"add": "slack-source-add", "test": "slack-source-test", "propose": "slack-source-propose"}[deed]
    return modal(say(submit), *fields, close=say("cancel"), submit=say(submit), callback=named(verb, "", sent))


def remove_form(read: Sequence[Followed], phrases: Phrases) -> View:
    """Whom not to read any more: chosen, or typed where there are too many to choose from."""
    say = phrases.say
    offered = [option(one.name, one.id) for one in read if len(one.id) <= _MOST_OPTIONS]
    chosen = select("own", say("slack-thinker-choose"), offered)
    if not 0 < len(offered) <= _MOST_OPTIONS:
        chosen = text_input("own", most=_LONGEST_NAME)
    asked = field(say("slack-thinker-label"), chosen, block=THINKER)
    label = say("slack-source-remove")
    return modal(label, asked, close=say("cancel"), submit=label, callback=named("adm", "", "removed"))


def import_form(phrases: Phrases) -> View:
    """A list of feeds, pasted."""
    say = phrases.say
    pasted = text_input("own", lines=True, most=MOST_PASTED)
    asked = field(say("slack-import-label"), pasted, block=LIST, about=say("slack-import-hint"))
    label = say("slack-source-import")
    return modal(label[:TITLE], asked, close=say("cancel"), submit=label, callback=named("adm", "", "imported"))


def empty_field(deed: str, filled: Mapping[str, tuple[str, ...]], phrases: Phrases) -> dict[str, str]:
    """What is missing in a form, by block."""
    block, key = _EMPTY.get(deed, ("", ""))
    return {block: phrases.say(key)} if block and not " ".join(filled.get(block, ())).strip() else {}


def as_opml(pasted: str) -> bytes:
    """What was pasted as a list: some of its lines are made one."""
    pasted = pasted.strip()
    begins = pasted[:200].lower()
    whole = "<opml" in begins or "<?xml" in begins or not begins.startswith("<outline")
    return (pasted if whole else _OPML.format(pasted)).encode()

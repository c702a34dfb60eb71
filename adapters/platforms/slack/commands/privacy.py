"""What is kept about a person: shown, handed over as text, deleted when they say so twice."""

from pydantic import TypeAdapter

from adapters.platforms.slack.calling import Call
from adapters.platforms.slack.commands.words import Wish
from adapters.platforms.slack.home.page import forget_button
from adapters.platforms.slack.naming import naming
from adapters.platforms.slack.payloads import View, actions, bold_start, button, section
from bot.domain.kept import Kept
from bot.domain.layout.sheets import kept
from bot.domain.message import Sheet
from bot.domain.press import Press, named

_CHARACTERS = 2_400
"""Of one section of what is handed over, as it is escaped."""
_LINE = 450
"""Of a line of it: escaped, it is at most five times as long."""
_SECTIONS = 4
"""On a page."""


async def privacy(call: Call, _: Wish) -> None:
    """What is kept about who asks."""
    found = await call.kit.office.privacy.kept(call.visitor)
    shown = await naming(call, [one.place for one in found.subscriptions], private=True)
    buttons = [button(call.say("slack-export"), named("own", "", "export"), n=1)]
    if any((found.used, found.follows, found.subscriptions)):
        buttons.append(forget_button(call.phrases, n=2))
    document = kept(found, shown, call.phrases)
    await call.show(call.drawn(Sheet(document, call.phrases.language), below=[actions(*buttons)]))


async def pressed(call: Call, press: Press) -> None:
    """A button of what is kept was pressed."""
    deed, _, page = press.rest.partition(".")
    if deed == "export":
        await _export(call, int(page) if page.isdecimal() else 1)
    elif deed == "forgotten":
        rows = await call.kit.office.privacy.forget(call.visitor)
        call.changed = True
        await call.show(call.note(call.say("forgotten", n=rows)))
    else:
        await call.show(call.note(call.say("unchanged")))


async def _export(call: Call, page: int) -> None:
    """As text: a file would need the right to write files, and a conversation to put it into."""
    found = await call.kit.office.privacy.kept(call.visitor)
    written = TypeAdapter(Kept).dump_json(found, indent=1).decode()
    await call.show(exported(written, page, call))


def exported(written: str, page: int, call: Call) -> View:
    """A page of what is handed over; pages count from 1."""
    pieces = _pieces(written)
    pages = max(1, -(-len(pieces) // _SECTIONS))
    page = min(max(page, 1), pages)
    shown = pieces[(page - 1) * _SECTIONS : page * _SECTIONS]
    turns = [("prev", page - 1), ("next", page + 1)]
    say = call.say
    buttons = [
        button(say(key, number=to), named("own", "", f"export.{to}"), n=n)
        for n, (key, to) in enumerate(turns, 1)
        if 1 <= to <= pages
    ]
    below = [actions(*buttons)] if buttons else []
    written_out = (section(f"```{piece}```") for piece in shown)
    return call.page(section(bold_start(say("slack-exported"))), *written_out, *below, title=say("slack-export"))


def _pieces(written: str) -> list[str]:
    """Lines in order, escaped, as many in a piece as fit; a line that is too long for one is broken."""
    made: list[str] = [""]
    for line in written.splitlines():
        for raw in (line[n : n + _LINE] for n in range(0, len(line), _LINE)):
            part = raw.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("`", "'")
            fits = len(made[-1]) + len(part) < _CHARACTERS
            made = [*made[:-1], f"{made[-1]}\n{part}".lstrip("\n")] if fits else [*made, part]
    return made

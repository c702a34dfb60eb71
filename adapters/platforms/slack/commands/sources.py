"""What a workspace reads: list, add, remove, try an address, take a list, propose. Changing it is for managers."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

from adapters.platforms.slack.calling import Call, Refused
from adapters.platforms.slack.commands.sources_form import (
    ADDRESS,
    LIST,
    NAME,
    THINKER,
    address_form,
    as_opml,
    import_form,
    remove_form,
)
from adapters.platforms.slack.commands.words import Wish
from adapters.platforms.slack.payloads import Payload, actions, button, filled
from bot.domain.follow import Followed, Tried
from bot.domain.layout.sheets import imported, on_page, proposals, sources, tried
from bot.domain.message import Notice, Sheet
from bot.domain.press import Press, named
from bot.errors import NotFoundError

_ADDRESS: Final = "a"
"""Under this, a window remembers the address that was tried."""
_LONGEST_KEPT: Final = 1_500
Deed = Callable[[Call, str], Awaitable[None]]


async def sources_(call: Call, wish: Wish) -> None:
    """What somebody typed after `/brief sources`."""
    await _TYPED[wish.deed or "list"](call, wish.rest)


async def _list(call: Call, _: str) -> None:
    await page(call, 1)


async def page(call: Call, number: int) -> None:
    """A page of what is read, with what can be done about it."""
    found = await call.kit.office.following.sources(call.tenant)
    manages = await call.manages()
    document = sources(found, number, manages=manages, phrases=call.phrases)
    rows = [*(_deciding(found, call) if manages else []), *_turning(found, number, call), _doing(call, manages=manages)]
    await call.show(call.drawn(Sheet(document, call.phrases.language), below=rows))


def _deciding(found: Sequence[Followed], call: Call) -> list[Payload]:
    """A row for each proposal that is shown, in the order of the list."""
    return [
        actions(
            button(call.say("accept", number=number), named("adm", "", f"yes.{_mark(one.id)}"), n=1),
            button(call.say("decline", number=number), named("adm", "", f"no.{_mark(one.id)}"), n=2),
        )
        for number, one in enumerate(proposals(found), 1)
    ]


def _turning(found: Sequence[Followed], number: int, call: Call) -> list[Payload]:
    _, pages = on_page(found, number)
    turns = [("prev", number - 1), ("next", number + 1)]
    made = [
        button(call.say(key, number=to), named("own", "", f"src.{to}"), n=n)
        for n, (key, to) in enumerate(turns, 1)
        if 1 <= to <= pages
    ]
    return [actions(*made)] if made else []


def _doing(call: Call, *, manages: bool) -> Payload:
    say = call.say
    test = button(say("slack-source-test"), named("own", "", "test"), n=1)
    if not manages:
        return actions(test, button(say("slack-source-propose"), named("own", "", "suggest"), n=2))
    return actions(
        button(say("slack-source-add"), named("adm", "", "add"), n=2),
        test,
        button(say("slack-source-import"), named("adm", "", "import"), n=3),
        button(say("slack-source-remove"), named("adm", "", "remove"), n=4),
    )


def _mark(thinker: str) -> str:
    """Stands for a thinker in an id of a button, which has no room for any name."""
    return hashlib.sha256(thinker.encode()).hexdigest()[:12]


async def _add(call: Call, address: str) -> None:
    """Read an address from now on; without one, a form for it."""
    await call.managed()
    if address:
        await _read_from_now(call, address, None)
    else:
        await call.show(address_form("add", call.phrases))


async def _read_from_now(call: Call, address: str, name: str | None) -> None:
    added = await call.kit.office.following.add(call.visitor, address, name=name)
    call.changed = True
    await _tell(call, call.say("source-now", name=added.name))


async def _tell(call: Call, words: str) -> None:
    """Words, and the way back to all that is read."""
    back = button(call.say("slack-sources"), named("own", "", "src.1"))
    await call.show(call.drawn(Notice(words), below=[actions(back)]))


async def _remove(call: Call, thinker: str) -> None:
    """Do not read a thinker any more; without one, a form for it."""
    tenant = await call.managed()
    if not thinker:
        found = await call.kit.office.following.sources(tenant)
        await call.show(remove_form([one for one in found if one.state in {"roster", "added"}], call.phrases))
        return
    left = await call.kit.office.following.remove(call.visitor, thinker)
    call.changed = True
    await _tell(call, call.say("source-no-more", name=left.name))


async def _test(call: Call, address: str) -> None:
    """What an address gives; one button to have it read, or to propose that. Without one, a form for it."""
    if not address:
        await call.show(address_form("test", call.phrases))
        return
    found = await call.kit.office.following.test(address)
    below = [_taking(call, manages=await call.manages())] if _can_take(found, call) else []
    shown = call.drawn(Sheet(tried(found, call.phrases), call.phrases.language), below=below)
    await call.show(shown, {_ADDRESS: found.address} if below else None)


def _can_take(found: Tried, call: Call) -> bool:
    """The address is remembered by the window: an id has no room for it, and words beside a command have none."""
    kept = len(found.address) <= _LONGEST_KEPT and found.address.startswith(("http://", "https://"))
    return kept and call.has_window


def _taking(call: Call, *, manages: bool) -> Payload:
    if manages:
        return actions(button(call.say("add-source"), named("adm", "", "take"), primary=True))
    return actions(button(call.say("propose"), named("own", "", "propose"), primary=True))


async def _import(call: Call, pasted: str) -> None:
    """Add every feed of a list that was pasted; without one, a form for it."""
    await call.managed()
    if not pasted:
        await call.show(import_form(call.phrases))
        return
    new, left_out = await call.kit.office.proposing.take_list(call.visitor, as_opml(pasted))
    call.changed = True
    await call.tell(Sheet(imported(new, left_out, call.phrases), call.phrases.language))


async def _propose(call: Call, address: str) -> None:
    """Ask those who manage the workspace to have an address read; without one, a form for it."""
    if not address:
        await call.show(address_form("propose", call.phrases))
        return
    proposed = await call.kit.office.proposing.propose(call.visitor, address)
    await _tell(call, call.say("source-proposed", name=proposed.name))


_TYPED: Final[Mapping[str, Deed]] = {
    "list": _list,
    "add": _add,
    "remove": _remove,
    "test": _test,
    "import": _import,
    "propose": _propose,
}


# ---------------------------------------------------------------- presses and forms


async def pressed(call: Call, press: Press) -> bool:
    """Something of a list or a trial was pressed, or a form of theirs sent; False if it was none of these."""
    deed, _, about = press.rest.partition(".")
    if deed not in _PRESSED:
        return False
    await _PRESSED[deed](call, about)
    return True


async def _turn(call: Call, number: str) -> None:
    await page(call, int(number) if number.isdecimal() else 1)


async def _accept(call: Call, mark: str) -> None:
    await _decide(call, mark, accept=True)


async def _decline(call: Call, mark: str) -> None:
    await _decide(call, mark, accept=False)


async def _decide(call: Call, mark: str, *, accept: bool) -> None:
    tenant = await call.managed()
    found = await call.kit.office.following.sources(tenant)
    meant = next((one for one in found if one.state == "proposed" and _mark(one.id) == mark), None)
    if meant is None:
        await _tell(call, call.say("proposal-gone"))
        return
    try:
        await call.kit.office.proposing.decide(call.visitor, meant.id, accept=accept)
    except NotFoundError as error:
        raise Refused(call.say("proposal-gone")) from error
    call.changed = True
    await page(call, 1)


def _kept_address(call: Call) -> str:
    """The address that the window remembers.

    Raises:
        Refused: it remembers none.
    """
    found = call.state().get(_ADDRESS)
    if not found:
        raise Refused(call.say("form-too-old"))
    return found


async def _take(call: Call, _: str) -> None:
    await call.managed()
    await _read_from_now(call, _kept_address(call), None)


async def _propose_tried(call: Call, _: str) -> None:
    await _propose(call, _kept_address(call))


def _typed(call: Call, block: str) -> str:
    return " ".join(filled(call.asked.view or {}).get(block, ())).strip()


async def _added(call: Call, _: str) -> None:
    await call.managed()
    await _read_from_now(call, _typed(call, ADDRESS), _typed(call, NAME) or None)


async def _tested(call: Call, _: str) -> None:
    await _test(call, _typed(call, ADDRESS))


async def _proposed(call: Call, _: str) -> None:
    await _propose(call, _typed(call, ADDRESS))


async def _removed(call: Call, _: str) -> None:
    await _remove(call, _typed(call, THINKER))


async def _imported(call: Call, _: str) -> None:
    await _import(call, _typed(call, LIST))


_PRESSED: Final[Mapping[str, Deed]] = {
    "src": _turn,
    "yes": _accept,
    "no": _decline,
    "take": _take,
    "propose": _propose_tried,
    "add": _add,
    "test": _test,
    "suggest": _propose,
    "import": _import,
    "remove": _remove,
    "added": _added,
    "tested": _tested,
    "proposed": _proposed,
    "removed": _removed,
    "imported": _imported,
}
"""What follows the verb of an id. `add` and those after it come with nothing: they open a form."""

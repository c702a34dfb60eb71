"""What a server reads: list, add, remove, try an address, take a list, propose. Changing it is for managers."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence

import discord

from adapters.platforms.discord.calling import Call, Refused
from adapters.platforms.discord.commands.completing import Completing
from adapters.platforms.discord.commands.declaring import Command, command
from adapters.platforms.discord.errors import translated
from adapters.platforms.discord.kit import Kit
from adapters.platforms.discord.payloads import LINK, Payload, button, inside, link, row
from bot.domain.follow import Followed, Tried
from bot.domain.layout.sheets import imported, on_page, proposals, sources, tried
from bot.domain.message import Notice, Sheet
from bot.domain.press import Press, named
from bot.errors import NotFoundError

LARGEST_LIST = 1_000_000
"""Bytes of a list of feeds."""
_LONGEST_LINK = 512


def commands(kit: Kit) -> list[Command]:
    """The commands of `/brief sources`."""
    completing = Completing(kit)
    return [
        command(kit, list_, "sources"),
        command(kit, add, "sources"),
        command(kit, remove, "sources", thinker=completing.thinker),
        command(kit, test, "sources"),
        command(kit, import_, "sources"),
        command(kit, propose, "sources"),
    ]


async def list_(call: Call) -> None:
    """The first page of what is read."""
    await _page(call, 1)


async def _page(call: Call, page: int) -> None:
    found = await call.kit.office.following.sources(call.visitor.tenant)
    manages = call.guild is not None and call.visitor.manages
    document = sources(found, page, manages=manages, phrases=call.phrases)
    rows = [*(_deciding(found, call) if manages else []), *_turning(found, page, call)]
    await call.present(Sheet(document, call.phrases.language), *rows)


def _deciding(found: Sequence[Followed], call: Call) -> list[Payload]:
    """A row for each proposal that is shown, in the order of the list."""
    return [
        row(
            button(call.say("accept", number=number), named("adm", "", f"yes.{_mark(one.id)}")),
            button(call.say("decline", number=number), named("adm", "", f"no.{_mark(one.id)}")),
        )
        for number, one in enumerate(proposals(found), 1)
    ]


def _turning(found: Sequence[Followed], page: int, call: Call) -> list[Payload]:
    _, pages = on_page(found, page)
    turns = [("prev", page - 1), ("next", page + 1)]
    made = [button(call.say(key, number=to), named("adm", "", f"src.{to}")) for key, to in turns if 1 <= to <= pages]
    return [row(*made)] if made else []


def _mark(thinker: str) -> str:
    """Stands for a thinker in an id of a button, which has no room for any name."""
    return hashlib.sha256(thinker.encode()).hexdigest()[:12]


async def add(call: Call, address: str, name: str | None = None) -> None:
    """Read an address from now on."""
    call.managed()
    added = await call.kit.office.following.add(call.visitor, address, name=name)
    await call.present(Notice(call.say("source-now", name=added.name)))


async def remove(call: Call, thinker: str) -> None:
    """Do not read a thinker any more."""
    call.managed()
    left = await call.kit.office.following.remove(call.visitor, thinker)
    await call.present(Notice(call.say("source-no-more", name=left.name)))


async def test(call: Call, address: str) -> None:
    """What an address gives; one button to have it read, or to propose that."""
    found = await call.kit.office.following.test(address)
    await call.present(Sheet(tried(found, call.phrases), call.phrases.language), *_taking(found, call))


def _taking(found: Tried, call: Call) -> list[Payload]:
    """The address stands in the link beside the button: an id has no room for it."""
    if (
        call.guild is None
        or len(found.address) > _LONGEST_LINK
        or not found.address.startswith(("http://", "https://"))
    ):
        return []
    take = button(call.say("propose"), named("own", "", "propose"))
    if call.visitor.manages:
        take = button(call.say("add-source"), named("adm", "", "take"))
    return [row(take, link(call.say("feed"), found.address))]


async def import_(call: Call, file: discord.Attachment) -> None:
    """Add every feed of an OPML file."""
    call.managed()
    if file.size > LARGEST_LIST:
        raise Refused(call.say("list-too-large"))
    with translated():
        opml = await file.read()
    new, left_out = await call.kit.office.proposing.take_list(call.visitor, opml)
    await call.present(Sheet(imported(new, left_out, call.phrases), call.phrases.language))


async def propose(call: Call, address: str) -> None:
    """Ask those who manage the server to have an address read."""
    if call.guild is None:
        raise Refused(call.say("only-in-servers"))
    await _propose(call, address)


async def _propose(call: Call, address: str) -> None:
    proposed = await call.kit.office.proposing.propose(call.visitor, address)
    await call.tell(call.drawn(Notice(call.say("source-proposed", name=proposed.name)))[0])


# ---------------------------------------------------------------- presses


async def pressed(call: Call, press: Press) -> bool:
    """A button of a list or a trial was pressed; False if it was none of these."""
    deed, _, about = press.rest.partition(".")
    deeds: Mapping[str, Callable[[Call, str], Awaitable[None]]] = {
        "src": _turn,
        "yes": _accept,
        "no": _decline,
        "take": _take,
        "propose": _propose_shown,
    }
    if deed not in deeds:
        return False
    await call.acknowledge_change()
    await deeds[deed](call, about)
    return True


async def _turn(call: Call, page: str) -> None:
    await _page(call, int(page) if page.isdecimal() else 1)


async def _accept(call: Call, mark: str) -> None:
    await _decide(call, mark, accept=True)


async def _decline(call: Call, mark: str) -> None:
    await _decide(call, mark, accept=False)


async def _decide(call: Call, mark: str, *, accept: bool) -> None:
    tenant = call.managed()
    found = await call.kit.office.following.sources(tenant)
    meant = next((one for one in found if one.state == "proposed" and _mark(one.id) == mark), None)
    if meant is None:
        await _page(call, 1)
        raise Refused(call.say("proposal-gone"))
    try:
        await call.kit.office.proposing.decide(call.visitor, meant.id, accept=accept)
    except NotFoundError as error:
        raise Refused(call.say("proposal-gone")) from error
    await _page(call, 1)


async def _take(call: Call, _: str) -> None:
    call.managed()
    added = await call.kit.office.following.add(call.visitor, _address(call))
    await call.tell(call.drawn(Notice(call.say("source-now", name=added.name)))[0])


async def _propose_shown(call: Call, _: str) -> None:
    await _propose(call, _address(call))


def _address(call: Call) -> str:
    """The address that the message shows as a link.

    Raises:
        Refused: it shows none.
    """
    for one in inside(call.shown):
        if one.get("style") == LINK:
            return str(one.get("url", ""))
    raise Refused(call.say("form-too-old"))

"""What is kept about a person: shown, handed over as a file, deleted when they say so twice."""

import io

import discord
from pydantic import TypeAdapter

from adapters.platforms.discord.calling import Call
from adapters.platforms.discord.commands.declaring import Command, command
from adapters.platforms.discord.errors import translated
from adapters.platforms.discord.kit import Kit
from adapters.platforms.discord.payloads import Payload, bold_start, button, message, notice, row, text
from bot.domain.kept import Kept
from bot.domain.layout.sheets import kept
from bot.domain.message import Sheet
from bot.domain.press import Press, named
from bot.ports.phrases import Phrases

FILE = "counterpoint.json"


def commands(kit: Kit) -> list[Command]:
    """One command for everybody."""
    return [command(kit, privacy)]


async def privacy(call: Call) -> None:
    """What is kept about who asks."""
    found = await call.kit.office.privacy.kept(call.visitor)
    document = kept(found, call.naming, call.phrases)
    buttons = [button(call.say("export"), named("own", "", "export"))]
    if any((found.used, found.follows, found.subscriptions)):
        buttons.append(button(call.say("forget"), named("own", "", "forget")))
    await call.present(Sheet(document, call.phrases.language), row(*buttons))


async def pressed(call: Call, press: Press) -> None:
    """A button of what is kept was pressed."""
    match press.rest:
        case "export":
            await _export(call)
        case "forget":
            await call.acknowledge_change()
            await call.show(forget_sure(call.phrases))
        case "forgotten":
            await call.acknowledge_change()
            rows = await call.kit.office.privacy.forget(call.visitor)
            await call.show(notice(call.say("forgotten", n=rows)))
        case _:
            await call.acknowledge_change()
            await call.show(notice(call.say("unchanged")))


async def _export(call: Call) -> None:
    """A message of its own with a file: a file has no place in a message of components without one."""
    await call.acknowledge_change()
    found = await call.kit.office.privacy.kept(call.visitor)
    written = TypeAdapter(Kept).dump_json(found, indent=2)
    with translated():
        file = discord.File(io.BytesIO(written), filename=FILE)
        await call.press.followup.send(call.say("exported"), file=file, ephemeral=True)


def forget_sure(phrases: Phrases) -> Payload:
    """Asks again before what is kept about a person is deleted."""
    return message(
        text(bold_start(phrases.say("forget-sure"))),
        row(
            button(phrases.say("keep"), named("own", "", "keep")),
            button(phrases.say("forget-now"), named("own", "", "forgotten")),
        ),
    )

"""Commands for everybody: a briefing now, a question, the archive, how things are, help."""

from discord import app_commands

from adapters.platforms.discord.calling import Call, Refused
from adapters.platforms.discord.commands.completing import Completing
from adapters.platforms.discord.commands.declaring import Command, command
from adapters.platforms.discord.forms.previewing import without_buttons
from adapters.platforms.discord.forms.setup_form import missing_there
from adapters.platforms.discord.kit import Kit
from adapters.platforms.discord.payloads import Payload, button, message, notice, row, text
from adapters.platforms.discord.rights import missing_in
from adapters.platforms.discord.talk.answering import PrivateReply
from adapters.platforms.discord.talk.whence import inbound_of, question_of
from adapters.platforms.discord.talk.writing import MOST_CHARACTERS
from bot.domain.edition import Edition
from bot.domain.layout.sheets import helping, status
from bot.domain.message import Answer, EditionCard, Sheet
from bot.domain.place import Place
from bot.domain.press import Press, named
from bot.errors import NotFoundError
from bot.ports.platform import Inbox

_LONGEST_HOURS = 168
_LONGEST_TOPIC = 100


def commands(kit: Kit, inbox: Inbox) -> list[Command]:
    """What everybody may ask for."""
    completing = Completing(kit)

    async def ask(
        call: Call, question: app_commands.Range[str, 1, MOST_CHARACTERS], edition: str | None = None
    ) -> None:
        await _ask(call, inbox, question, edition)

    return [
        command(kit, now, language=completing.language),
        command(kit, ask, edition=completing.edition),
        command(kit, search),
        command(kit, status_),
        command(kit, help_),
    ]


async def now(
    call: Call,
    topic: app_commands.Range[str, 1, _LONGEST_TOPIC] | None = None,
    hours: app_commands.Range[float, 1, _LONGEST_HOURS] | None = None,
    language: str | None = None,
) -> None:
    """An edition of what was gathered, to this person; who may post here may post it here."""

    async def sooner(edition: Edition) -> None:
        await _show(call, edition, text(f"-# {call.say('being-written')}"))

    asked = call.kit.office.on_demand.now(call.visitor, topic=topic, hours=hours, language=language, sooner=sooner)
    await _show(call, await asked)


async def _show(call: Call, edition: Edition, *below: Payload) -> None:
    card = without_buttons(call.drawn(EditionCard(edition))[0])
    post = row(button(call.say("post-here"), named("post", edition.id), primary=True))
    await call.show(message(*card, *below, *([post] if call.guild and edition.stories else [])))


async def post_here(call: Call, press: Press) -> None:
    """Post the edition that was shown to this person to the channel they are in."""
    await call.acknowledge_change()
    if call.guild is None:
        raise Refused(call.say("only-in-servers"))
    if not call.press.permissions.send_messages:
        raise Refused(call.say("post-not-allowed"))
    place = Place(call.visitor.platform, call.visitor.place.id)
    lacking = await missing_in(call.kit, place.id)
    if lacking:
        await call.tell(missing_there(place.id, lacking, call.phrases))
        return
    try:
        first = await call.kit.office.on_demand.publish(press.edition, place, tenant=call.visitor.tenant)
    except NotFoundError as error:
        raise Refused(call.say("gone")) from error
    await call.tell(notice(call.say("posted" if first else "posted-before", channel=f"<#{place.id}>")))


async def _ask(call: Call, inbox: Inbox, question: str, edition: str | None) -> None:
    """Answer a question from an edition, to this person: it can be shared then."""
    about = edition or await call.kit.office.whereabouts.edition_at(call.visitor.place) or ""
    asked = question_of(call.press)
    inbound = inbound_of(call.press, asked, question, about, pressed=True)
    await inbox(inbound, PrivateReply(call.kit, call.press, asked))


async def search(call: Call, query: app_commands.Range[str, 2, _LONGEST_TOPIC]) -> None:
    """What earlier editions have on it."""
    found = await call.kit.office.on_demand.search(call.visitor, query)
    await call.present(Answer(found, call.visitor.language))


async def status_(call: Call) -> None:
    """The last and the next edition, and what is down."""
    report = await call.kit.office.reporting.report(call.visitor.tenant)
    document = status(report, call.naming, call.phrases)
    await call.present(Sheet(document, call.phrases.language))


async def help_(call: Call) -> None:
    """What can be done, by topic."""
    await call.present(Sheet(helping(call.phrases), call.phrases.language))

"""Podcasts and videos: an overview of an episode, the shows that are read, the episodes of one.

An overview goes to the channel where it was asked for, once, if who asks and we may post there; else only they see it.
"""

from collections.abc import Sequence
from typing import Final

import discord
from discord import app_commands

from adapters.platforms.discord.calling import Call, Refused
from adapters.platforms.discord.commands.completing_shows import CompletingShows
from adapters.platforms.discord.commands.declaring import Command, command
from adapters.platforms.discord.errors import translated
from adapters.platforms.discord.kit import Kit
from adapters.platforms.discord.payloads import Payload, link, notice, option, row, select
from adapters.platforms.discord.rendering import jump
from adapters.platforms.discord.rights import missing_in
from bot.domain.episode import Episode
from bot.domain.layout.shows import MOST, episodes, length_of, shows
from bot.domain.ledger import CARD
from bot.domain.message import EpisodeOverview, Sheet
from bot.domain.place import Place
from bot.domain.press import Press, named
from bot.domain.show import Listed, Listened, Show
from bot.domain.transcript import MOST_BYTES
from bot.errors import NotFoundError
from bot.ports.recordings import Upload

_MB: Final = 1_000_000
_LONGEST_NAME: Final = 300
_NAMING: Final = 48
"""Characters of a show's id that an id of a menu has room for."""


def commands(kit: Kit) -> list[Command]:
    """What everybody may ask for."""
    completing = CompletingShows(kit)
    return [
        command(kit, episode_, episode=completing.episode),
        command(kit, shows_),
        command(kit, episodes_, show=completing.show),
    ]


async def episode_(
    call: Call,
    episode: app_commands.Range[str, 1, _LONGEST_NAME] | None = None,
    file: discord.Attachment | None = None,
) -> None:
    """The overview of an episode, by link, name or transcript."""
    if episode and file:
        raise Refused(call.say("episode-one-of-both"))
    if file is not None:
        await _overview(call, await _read(call, file))
    elif episode:
        await _overview(call, episode)
    else:
        raise Refused(call.say("episode-which"))


async def _read(call: Call, file: discord.Attachment) -> Upload:
    """A file that somebody gave us; what it is, its content says."""
    too_large = Refused(call.say("file-too-large", n=MOST_BYTES // _MB))
    if file.size > MOST_BYTES:
        raise too_large
    with translated():
        data = await file.read()
    if len(data) > MOST_BYTES:
        raise too_large
    return Upload(file.filename, data)


async def _overview(call: Call, wanted: str | Upload) -> None:
    async def told(stage: Listened) -> None:
        await call.show(notice(call.say(f"listened-{stage}")))

    await _deliver(call, await call.kit.office.listening.overview(call.visitor, wanted, told=told))


async def _deliver(call: Call, episode: Episode) -> None:
    """Post the overview where it was asked for, and say where it stands; where that cannot be, show it."""
    if call.guild is None:
        await call.present(EpisodeOverview(episode))
        return
    place = Place(call.visitor.platform, call.visitor.place.id)
    why = "" if call.press.permissions.send_messages else "episode-alone"
    if not why and await missing_in(call.kit, place.id):
        why = "episode-alone-ours"
    if why:
        await call.present(EpisodeOverview(episode))
        await call.whisper(notice(call.say(why)))
        return
    first = await call.kit.office.listening.publish(episode.id, place, tenant=call.visitor.tenant)
    said = call.say("episode-posted" if first else "episode-stands", channel=f"<#{place.id}>")
    standing = await call.kit.office.whereabouts.standing(episode.id, place)
    card = next((one for one in standing if one.part == CARD), None)
    way = [] if card is None else [row(link(call.say("goto"), jump(call.guild, place.id, card.message)))]
    await call.show(notice(said, *way))


async def shows_(call: Call) -> None:
    """The shows that are read here."""
    found = await call.kit.office.shows.shows(call.visitor.tenant)
    options = [option(one.name, one.id) for one in found[:MOST]]
    menu = _menu("eps", call.say("open-show"), options)
    await call.present(Sheet(shows(found, call.phrases), call.phrases.language), *menu)


async def episodes_(call: Call, show: app_commands.Range[str, 1, _LONGEST_NAME]) -> None:
    """The episodes of a show, newest first."""
    await _list(call, show)


async def _list(call: Call, wanted: str) -> None:
    show, found = await call.kit.office.shows.episodes(call.visitor.tenant, wanted)
    document = episodes(show, found, call.phrases)
    await call.present(Sheet(document, call.phrases.language), *_opening(show, found, call))


def _opening(show: Show, found: Sequence[Listed], call: Call) -> list[Payload]:
    if len(show.id) > _NAMING:
        return []
    options = [option(one.title, one.id, about=length_of(one, call.phrases)) for one in found[:MOST]]
    return _menu(f"ep.{show.id}", call.say("open-episode"), options)


def _menu(deed: str, placeholder: str, options: Sequence[Payload]) -> list[Payload]:
    return [row(select(named("own", "", deed), placeholder, options))] if options else []


# ---------------------------------------------------------------- presses


async def pressed(call: Call, press: Press) -> bool:
    """Something was chosen in one of these lists; False if it was none of them."""
    deed, _, about = press.rest.partition(".")
    if deed not in {"eps", "ep"} or not call.values:
        return False
    await call.acknowledge()
    if deed == "eps":
        await _list(call, call.values[0])
    else:
        await _open(call, about, call.values[0])
    return True


async def _open(call: Call, show: str, chosen: str) -> None:
    _, found = await call.kit.office.shows.episodes(call.visitor.tenant, show)
    meant = next((one for one in found if one.id == chosen), None)
    if meant is None:
        raise NotFoundError(call.say("episodes-none"))
    await _overview(call, meant.url or meant.title)

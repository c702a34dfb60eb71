"""Podcasts and videos: an overview of an episode, the shows that are read, the episodes of one.

An overview goes to the channel where it was asked for, once, if we may post there; else only who asked sees it. In the
conversation with us it goes there. Transcripts as files are not taken: Slack gives them to who may read everybody's.
"""

from collections.abc import Sequence
from typing import Final

from adapters.platforms.slack.calling import Call
from adapters.platforms.slack.commands.words import Wish
from adapters.platforms.slack.kit import direct_to, place_of
from adapters.platforms.slack.naming import mention
from adapters.platforms.slack.payloads import (
    Payload,
    View,
    actions,
    bold_start,
    field,
    filled,
    link,
    modal,
    option,
    section,
    select,
    text_input,
)
from adapters.platforms.slack.posting.places import Places
from adapters.platforms.slack.posting.uploading import files_of
from adapters.platforms.slack.rendering import permalink
from adapters.platforms.slack.rights import missing_in
from bot.domain.episode import Episode
from bot.domain.layout.shows import MOST, episodes, length_of, shows
from bot.domain.ledger import CARD
from bot.domain.message import EpisodeOverview, Sheet
from bot.domain.place import Place
from bot.domain.press import Press, named
from bot.domain.show import Listed, Listened, Show
from bot.errors import NotFoundError

EPISODE: Final = "episode"
"""Id of the block."""
_LONGEST_LINK: Final = 2_000
_NAMING: Final = 38
"""Characters of a show's id that the value of an option has room for, beside an episode's."""


async def episode_(call: Call, wish: Wish) -> None:
    """The overview of an episode, by link or name; without either, a form for it."""
    if not wish.rest:
        await call.show(_form(call))
        return
    await _overview(call, wish.rest[:_LONGEST_LINK])


def _form(call: Call) -> View:
    say = call.say
    typed = text_input("home", hint="https://example.org/podcast/12", most=_LONGEST_LINK)
    asked = field(say("slack-episode-label"), typed, block=EPISODE, about=say("cmd-episode-episode"))
    callback = named("home", "", "listened")
    return modal(say("slack-episode-title"), asked, close=say("cancel"), submit=say("slack-episode"), callback=callback)


async def listened(call: Call, _: Wish) -> None:
    """The form was sent."""
    (typed, *_rest) = filled(call.asked.view or {}).get(EPISODE, ("",))
    await episode_(call, Wish("episode", " ".join(typed.split())))


async def _overview(call: Call, wanted: str) -> None:
    async def told(stage: Listened) -> None:
        # Beside what was typed, each answer is a message of its own: there only the overview is shown.
        if call.has_window:
            await call.show(call.note(call.say(f"listened-{stage}")))

    await _deliver(call, await call.kit.office.listening.overview(call.visitor, wanted, told=told))


async def _deliver(call: Call, episode: Episode) -> None:
    """Post the overview where it was asked for, and say where it stands; where that cannot be, show it."""
    team, here = call.whence.team, call.whence.channel
    if here is None or (call.channel is not None and await missing_in(call.kit, team, call.channel, call.phrases)):
        above = [section(bold_start(call.say("episode-alone-ours")))] if here else []
        message = EpisodeOverview(episode)
        files = await files_of(call.kit, team, message, call.phrases)
        await call.show(call.drawn(message, above=above, files=files))
        return
    place = place_of(team, call.channel) if call.channel else direct_to(team, call.whence.user)
    first = await call.kit.office.listening.publish(episode.id, place, tenant=call.tenant)
    said = call.say("episode-posted" if first else "episode-stands", channel=mention(call, place))
    await call.show(call.note(said, *await _way(call, episode, place)))


async def _way(call: Call, episode: Episode, place: Place) -> list[Payload]:
    """The link to the overview, if it stands there already."""
    standing = await call.kit.office.whereabouts.standing(episode.id, place)
    card = next((one for one in standing if one.part == CARD), None)
    if card is None:
        return []
    _, channel = await Places(call.kit).id_of(place)
    address = (await call.kit.workspaces.of(call.whence.team)).address
    return [actions(link(call.say("goto"), permalink(address, channel, card.message)))]


async def shows_(call: Call, _: Wish) -> None:
    """The shows that are read here."""
    found = await call.kit.office.shows.shows(call.tenant)
    options = [option(one.name, named("own", "", f"eps.{one.id}")) for one in found[:MOST] if len(one.id) <= _NAMING]
    below = _menu("eps", call.say("open-show"), options)
    await call.show(call.drawn(Sheet(shows(found, call.phrases), call.phrases.language), below=below))


async def episodes_(call: Call, wish: Wish) -> None:
    """The episodes of a show, newest first; without a name, the shows to choose from."""
    await (_list(call, wish.rest) if wish.rest else shows_(call, wish))


async def _list(call: Call, wanted: str) -> None:
    show, found = await call.kit.office.shows.episodes(call.tenant, wanted)
    document = episodes(show, found, call.phrases)
    below = _opening(show, found, call)
    await call.show(call.drawn(Sheet(document, call.phrases.language), below=below))


def _opening(show: Show, found: Sequence[Listed], call: Call) -> list[Payload]:
    if len(show.id) > _NAMING:
        return []
    options = [
        option(one.title, named("own", "", f"ep.{one.id}.{show.id}"), about=length_of(one, call.phrases))
        for one in found[:MOST]
    ]
    return _menu("ep", call.say("open-episode"), options)


def _menu(deed: str, placeholder: str, options: Sequence[Payload]) -> list[Payload]:
    return [actions(select(named("own", "", deed), placeholder, options))] if options else []


# ---------------------------------------------------------------- presses


async def pressed(call: Call, press: Press) -> bool:
    """Something was chosen in one of these lists; False if it was none of them."""
    deed, _, about = press.rest.partition(".")
    if deed == "eps" and about:
        await _list(call, about)
    elif deed == "ep" and about:
        await _open(call, *about.partition(".")[::2])
    else:
        return False
    return True


async def _open(call: Call, chosen: str, show: str) -> None:
    _, found = await call.kit.office.shows.episodes(call.tenant, show)
    meant = next((one for one in found if one.id == chosen), None)
    if meant is None:
        raise NotFoundError(call.say("episodes-none"))
    await _overview(call, meant.url or meant.title)

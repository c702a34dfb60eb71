"""What channels are called where somebody reads of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from adapters.platforms.slack.calling import Call
from adapters.platforms.slack.kit import parts_of
from adapters.platforms.slack.posting.places import Places
from bot.domain.document import Run
from bot.domain.place import Place
from bot.errors import PlaceClosed, PlatformError


def channel_of(place: Place) -> str | None:
    """Id of the channel of a place; None of direct messages, and of what is no place of ours."""
    try:
        return None if place.id.startswith("@") else parts_of(place)[1]
    except ValueError:
        return None


def mention(call: Call, place: Place) -> str:
    """A place in mrkdwn, as a link of the client's own."""
    channel = channel_of(place)
    shown = channel is not None and channel.isalnum()
    return f"<#{channel}>" if shown else call.say("slack-home-direct")


async def naming(call: Call, places: Sequence[Place], *, private: bool) -> Callable[[Place], Run]:
    """Shows places of the workspace as links with their names, as far as those can be looked up.

    `private`: the reader may know what private channels are called; who is not in one must not.
    """
    names = await _channel_names(call, places, private=private)
    try:
        address = (await call.kit.workspaces.of(call.whence.team)).address
    except PlatformError:
        address = ""

    def shown(place: Place) -> Run:
        channel = channel_of(place)
        if channel is None:
            return Run(call.say("slack-home-direct"), "bold")
        url = f"{address}archives/{channel}" if address else None
        return Run(names.get(place.id, f"#{channel}"), "bold", url=url)

    return shown


async def _channel_names(call: Call, places: Sequence[Place], *, private: bool) -> Mapping[str, str]:
    """What channels are called, by the ids of their places; what cannot be looked up is missing."""
    looking, found = Places(call.kit), {}
    for place in dict.fromkeys(replace(one, thread=None) for one in places):
        channel = channel_of(place)
        if channel is None:
            continue
        try:
            known = await looking.look_up(call.whence.team, channel)
        except PlaceClosed:
            continue
        except PlatformError:
            break  # Slack does not answer now: the others would wait as long
        hidden = known.private and not private
        found[place.id] = call.say("slack-private-channel") if hidden else f"#{known.name or channel}"
    return found

"""What who installed us sees: App Home, ready to set up. Nothing is written to anybody who did not write first."""

from adapters.platforms.slack.arrival import Whence
from adapters.platforms.slack.calling import Asked, Call
from adapters.platforms.slack.home.showing import publish
from adapters.platforms.slack.kit import PLATFORM, Kit
from bot.errors import CounterpointError


async def greet(team: str, user: str, kit: Kit) -> None:
    """Fill the App Home of who installed us. Where Slack does not take it, it is filled when they open it."""
    call = Call(kit, Asked(Whence(team, user), f"{team}/{user}/greeting"))
    call.meet(await kit.workspaces.profile(team, user))
    try:
        await publish(call)
    except CounterpointError as error:
        kit.events.tell("greeting_refused", platform=PLATFORM, reason=str(error)[:200])

"""Everything that people do with us, handed to what answers it."""

from collections.abc import Sequence

from adapters.platforms.slack.arrival import Called, Halted, Opened, Pressed, Said, Sent, Typed
from adapters.platforms.slack.hearing import Forms
from adapters.platforms.slack.kit import Json, Kit
from adapters.platforms.slack.talk.again import Again
from adapters.platforms.slack.talk.agent import Prompting
from adapters.platforms.slack.talk.asking import Asking
from adapters.platforms.slack.talk.feedback import Feedback
from adapters.platforms.slack.talk.looking_up import LookUps
from adapters.platforms.slack.talk.opening import Opening
from adapters.platforms.slack.talk.pressing import Presses
from adapters.platforms.slack.talk.reading import Reading
from adapters.platforms.slack.talk.sharing import Sharing
from adapters.platforms.slack.talk.whence import Editions
from adapters.platforms.slack.talk.working import Working
from bot.errors import CounterpointError
from bot.ports.platform import Inbox


class Ears:
    """Everything that people do; see `hearing.Ears`."""

    def __init__(self, kit: Kit, inbox: Inbox, forms: Forms) -> None:
        self._kit = kit
        self._forms = forms
        editions, working, opening = Editions(kit), Working(kit), Opening(kit)
        self._again = Again(kit, inbox, working)
        sharing = Sharing(kit, inbox, editions, working)
        asking = Asking(kit, inbox, editions, working)
        look_ups = LookUps(kit, inbox, editions, working, sharing, self._again)
        feedback = Feedback(kit, inbox, opening, working, self._again)
        self._presses = Presses(kit, forms, opening, asking, self._again, look_ups, sharing, feedback)
        self._prompting = Prompting(kit, editions)
        self._reading = Reading(kit, inbox, editions, working, self._again)

    async def said(self, said: Said) -> None:
        """Somebody wrote something."""
        await self._reading.said(said)

    async def pressed(self, pressed: Pressed) -> None:
        """Somebody pressed or chose something."""
        await self._presses.pressed(pressed)

    def verdict(self, sent: Sent) -> Json | None:
        """What Slack is to do with a modal that was sent."""
        return self._presses.verdict(sent)

    async def sent(self, sent: Sent) -> None:
        """Somebody sent a modal."""
        await self._presses.sent(sent)

    def choices(self, action: str, typed: str) -> Sequence[Json]:
        """Options for a menu that is searched: only forms have such."""
        return self._forms.choices(action, typed)

    async def typed(self, typed: Typed) -> None:
        """Somebody typed `/brief`."""
        await self._forms.typed(typed)

    async def called(self, called: Called) -> None:
        """Somebody used a shortcut: about a message, or anywhere."""
        if called.message is not None:
            await self._presses.called(called)
        else:
            await self._forms.now(called)

    async def opened(self, opened: Opened) -> None:
        """Somebody looks at App Home, or at the conversation with us."""
        if opened.tab != "messages":
            await self._forms.opened(opened)
            return
        try:
            await self._prompting.opened(opened)
        except CounterpointError as error:
            self._kit.events.tell("prompts_not_shown", platform="slack", reason=str(error)[:200])

    async def halted(self, halted: Halted) -> None:
        """Somebody wants us to stop answering."""
        await self._again.halt(halted)

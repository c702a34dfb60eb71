"""Typed words and presses that do something instead of asking: `stop`, `pause`, `retry`."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.conversation.words import deed
from bot.domain.message import Notice
from bot.domain.place import Inbound, Place
from bot.domain.subscription import Subscription
from bot.ports.phrases import Catalogue, Phrases
from bot.ports.platform import ReplyHandle
from bot.services.discuss import Discuss
from bot.services.running import Running
from bot.services.subscribed import Subscribed

Pause = Callable[[Subscription], Awaitable[object]]
"""Holds a subscription's editions back until somebody resumes it."""
_MOST_FAILED = 1_000
"""Questions remembered for `retry`; the oldest is forgotten first."""
_REMEMBERED = timedelta(hours=24)
"""How long; their words are kept nowhere else, and nothing of them is written to the database."""


class Deeds:
    """What people may do with the answers and editions of a place by a word."""

    def __init__(
        self, running: Running, subscribed: Subscribed, discuss: Discuss, catalogue: Catalogue, pause: Pause | None
    ) -> None:
        self._running = running
        self._subscribed = subscribed
        self._discuss = discuss
        self._catalogue = catalogue
        self._pause = pause
        self._failed: OrderedDict[tuple[Place, str], Inbound] = OrderedDict()

    async def __call__(self, asked: Inbound, handle: ReplyHandle) -> Inbound | None:
        """Do what was asked; what is still to be answered: the same, an earlier question, or nothing.

        Raises:
            StoreError: the database failed.
        """
        self._let_go_of(asked.at - _REMEMBERED)
        meant = None if asked.mentions_others else deed(asked.text, self._discuss.words())
        if meant == "stop":
            return await self._stop(asked, handle)
        if meant == "pause" and self._pause is not None:
            return await self._hold(self._pause, asked, handle)
        return self._again(asked) if meant == "retry" else asked

    def remember(self, failed: Inbound) -> None:
        """This question is not answered yet: `retry` asks it again."""
        self._failed[failed.place, failed.author] = failed
        self._failed.move_to_end((failed.place, failed.author))
        if len(self._failed) > _MOST_FAILED:
            self._failed.popitem(last=False)

    def forget(self, answered: Inbound) -> None:
        """This one was; a later question of the same person stays remembered."""
        if self._failed.get((answered.place, answered.author)) is answered:
            del self._failed[answered.place, answered.author]

    def _let_go_of(self, before: datetime) -> None:
        """Whoever writes anywhere ends what others asked too long ago."""
        while self._failed and next(iter(self._failed.values())).at <= before:
            self._failed.popitem(last=False)

    def _again(self, asked: Inbound) -> Inbound:
        failed = self._failed.pop((asked.place, asked.author), None)
        if failed is None:
            return asked
        return replace(asked, text=failed.text, mentions_us=True, edition=failed.edition)

    async def _stop(self, asked: Inbound, handle: ReplyHandle) -> Inbound | None:
        addressed = asked.pressed or asked.mentions_us or asked.replies_to_us
        match self._running.stop(asked):
            case "stopped":
                return None  # what was shown as progress says so
            case "not_yours":
                await handle.answer(Notice(self._phrases(asked).say("not-your-answer")), private=True)
            case "nothing" if addressed:
                # Whatever it was, it works on no longer: a restart ends answers, too.
                await handle.answer(Notice(self._phrases(asked).say("stopped"), edition=asked.edition), private=False)
            case "nothing":
                return asked
        return None

    async def _hold(self, pause: Pause, asked: Inbound, handle: ReplyHandle) -> Inbound | None:
        here = await self._subscribed.at(asked)
        if not here:
            return asked
        if not asked.manages:
            await handle.answer(Notice(self._phrases(asked).say("not-allowed-pause")), private=asked.pressed)
            return None
        for subscription in here:
            await pause(subscription)
        self._subscribed.forget(asked.tenant)
        await handle.answer(Notice(self._phrases(asked).say("paused-here")), private=asked.pressed)
        return None

    def _phrases(self, asked: Inbound) -> Phrases:
        return self._catalogue.speak(asked.language)

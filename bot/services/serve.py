"""Run until told to stop: platforms listen, the timetable wakes, the work is done.

Whatever breaks in one loop is reported and begun again; the others go on. Told to stop, nothing new is begun, what is
in flight is finished or handed back, and what is left after the patience is cancelled: the ledger knows how far it was.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import ConfigError
from bot.ports.clock import Clock
from bot.ports.events import Events
from bot.ports.platform import Inbox, Platform
from bot.ports.timetable import Tick, Timetable
from bot.ports.work import Kind, Task, Work
from bot.services.pulse import Pulse

PATIENCE = timedelta(seconds=18)
"""How long work in flight may go on after the signal; with the closing of everything this stays below 25 s."""
_BEAT = timedelta(seconds=5)
_FIRST_WAIT = timedelta(seconds=1)
_LONGEST_WAIT = timedelta(minutes=1)

Duty = Callable[[str], Awaitable[object]]
"""Does one kind of task, by its key."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Everything that runs side by side."""

    platforms: Mapping[str, Platform]
    timetable: Timetable
    work: Work
    tick: Tick
    duties: Mapping[Kind, Duty]
    inbox: Inbox


class Serve:
    """The running bot."""

    def __init__(
        self, crew: Crew, *, clock: Clock, events: Events, pulse: Pulse, hand_back: Callable[[], None] = lambda: None
    ) -> None:
        """Prepare; nothing runs yet. `hand_back` is called first when it is time to stop: no new attempt after it."""
        self._crew = crew
        self._clock = clock
        self._events = events
        self._pulse = pulse
        self._hand_back = hand_back
        self.up: set[str] = set()
        """Platforms that are listening."""

    async def __call__(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set, or until a platform that people can leave is left by them.

        Raises:
            ConfigError: a platform cannot be used with these settings.
        """
        crew = self._crew
        loops = {
            "timetable": asyncio.create_task(crew.timetable.run(self._ticked)),
            "work": asyncio.create_task(crew.work.run(self._do)),
            **{
                f"platform {name}": asyncio.create_task(self._listen(name, platform, stop))
                for name, platform in crew.platforms.items()
            },
        }
        watch = asyncio.create_task(self._watch(loops))
        waiting = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({waiting, loops["timetable"], loops["work"]}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._hand_back()
            watch.cancel()
            waiting.cancel()
            await self._wind_up(loops)

    async def _wind_up(self, loops: Mapping[str, asyncio.Task[None]]) -> None:
        """End in this order: no more wakes, then the work, then the platforms it needs."""
        self._events.tell("stopping")
        loops["timetable"].cancel()
        await self._crew.work.stop(PATIENCE)
        for task in loops.values():
            task.cancel()
        for result in await asyncio.gather(*loops.values(), return_exceptions=True):
            if isinstance(result, Exception):
                raise result
        self._events.tell("stopped")

    async def _ticked(self) -> datetime | None:
        wake = await self._crew.tick()
        self._pulse.beat("timetable")
        return wake

    async def _do(self, task: Task) -> None:
        await self._crew.duties[task.kind](task.key)

    async def _watch(self, loops: Mapping[str, asyncio.Task[None]]) -> None:
        """Beat for the loops that have not ended; the timetable beats for itself, tick by tick."""
        self._pulse.beat("timetable")
        while True:
            for name, task in loops.items():
                if name != "timetable" and not task.done():
                    self._pulse.beat(name)
            await self._clock.sleep(_BEAT)

    async def _listen(self, name: str, platform: Platform, stop: asyncio.Event) -> None:
        """Listen on a platform, again and again; one that ends by itself was left by the person in front of it."""
        wait = _FIRST_WAIT
        while True:
            self.up.add(name)
            self._events.tell("platform_up", platform=name)
            error = await self._survive(platform.run(self._crew.inbox))
            self.up.discard(name)
            if error is None:
                stop.set()
                return
            if isinstance(error, ConfigError):
                stop.set()  # asking again would not help: the person who runs the bot is told, and it ends
                raise error
            self._events.warn("platform_down", platform=name, error=f"{type(error).__name__}: {error}")
            await self._clock.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)

    async def _survive(self, work: Awaitable[None]) -> Exception | None:
        try:
            await work
        except Exception as error:  # noqa: BLE001  # the supervisor of platforms: it is reported, and begun again
            return error
        return None

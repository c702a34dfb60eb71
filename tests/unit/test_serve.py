"""Running until told to stop: loops that break are begun again, and the end comes in order."""

import asyncio

import pytest
from rich.console import Console

from adapters.locale.catalogue import FluentCatalogue
from adapters.platforms.console.gateway import ConsolePlatform
from bot.ports.work import Task
from bot.services.pulse import Pulse
from bot.services.serve import PATIENCE, Crew, Serve
from tests.fakes.clock import FakeClock
from tests.fakes.crew import KeptEvents, OneTick, WaitingWork


async def _nothing() -> None:
    return None


class Listening(ConsolePlatform):
    """A platform that fails a few times, then listens; `left` ends it as a person does."""

    def __init__(self, failures: int = 0) -> None:
        super().__init__(Console(), FluentCatalogue(), FakeClock(), "en", _nothing)
        self.failures = failures
        self.listening = asyncio.Event()
        self.left = asyncio.Event()

    async def run(self, inbox) -> None:
        """Listen."""
        if self.failures:
            self.failures -= 1
            raise RuntimeError("the gateway closed the connection")
        self.listening.set()
        await self.left.wait()


class Bench:
    """A bot of fakes."""

    def __init__(self, **platforms: Listening) -> None:
        self.work = WaitingWork()
        self.events = KeptEvents()
        self.ticks = 0
        self.done: list[str] = []
        self.order: list[str] = []

        async def tick() -> None:
            self.ticks += 1

        async def duty(key: str) -> None:
            self.done.append(key)

        async def inbox(inbound, handle) -> None:
            pass

        crew = Crew(platforms, OneTick(), self.work, tick, {"gather": duty, "build": duty, "deliver": duty}, inbox)
        self.pulse = Pulse(lambda: 0.0)
        self.serve = Serve(
            crew,
            clock=FakeClock(),
            events=self.events,
            pulse=self.pulse,
            hand_back=lambda: self.order.append("hand back"),
        )


async def test_it_runs_until_it_is_told_to_stop():
    """A tick, a task, a platform; then everything ends, the work with patience."""
    platform = Listening()
    bench = Bench(console=platform)
    await bench.work.put(Task("gather", "feed:x", lock="feed:x"))
    stop = asyncio.Event()
    running = asyncio.create_task(bench.serve(stop))
    await platform.listening.wait()
    assert bench.serve.up == {"console"}
    stop.set()
    await running
    assert bench.ticks == 1
    assert bench.done == ["feed:x"]
    assert bench.work.stopped == PATIENCE
    assert bench.order == ["hand back"]
    assert bench.events.names()[-1] == "stopped"


async def test_a_platform_that_breaks_is_begun_again():
    """Reported each time, and the others do not notice."""
    platform = Listening(failures=3)
    bench = Bench(remote=platform)
    stop = asyncio.Event()
    running = asyncio.create_task(bench.serve(stop))
    await platform.listening.wait()
    stop.set()
    await running
    assert [name for name, _ in bench.events.warned] == ["platform_down"] * 3
    assert "RuntimeError" in str(bench.events.warned[0][1]["error"])


async def test_who_leaves_the_terminal_ends_the_program():
    """`quit` is an end as good as a signal."""
    platform = Listening()
    bench = Bench(console=platform)
    running = asyncio.create_task(bench.serve(asyncio.Event()))
    await platform.listening.wait()
    platform.left.set()
    await running
    assert bench.events.names()[-1] == "stopped"


async def test_a_loop_that_cannot_go_on_ends_the_program_with_its_reason():
    """Better a restart by who watches than half a bot."""

    class Broken:
        async def run(self, tick) -> None:
            raise LookupError("no timetable")

    bench = Bench()
    crew = Crew({}, Broken(), bench.work, bench.serve._ticked, {}, bench.serve._crew.inbox)
    serve = Serve(crew, clock=FakeClock(), events=bench.events, pulse=bench.pulse)
    with pytest.raises(LookupError, match="no timetable"):
        await serve(asyncio.Event())

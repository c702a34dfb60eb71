"""A Slack alone in a process: `python -m tests.fakes.slack --port 4711 --journal FILE`.

Prints `port N` when it listens. The journal gets one JSON line for each message that was taken, before its answer
leaves. It ends at SIGTERM.
"""

import argparse
import asyncio
import json
import signal
from dataclasses import asdict
from pathlib import Path

from tests.fakes.slack.control import Control, ShiftedClock
from tests.fakes.slack.fake import slack_server
from tests.fakes.slack.world import Taken


async def serve(port: int, journal: Path | None) -> None:
    """Run until told to end."""
    clock = ShiftedClock()
    async with slack_server(clock, port=port, control=lambda fake: Control(fake, clock)) as fake:
        if journal is not None:
            fake.world.on_taken.append(lambda taken: _write(journal, taken))
        print(f"port {fake.port}", flush=True)  # noqa: T201  # whoever started us reads it
        ended = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, ended.set)
        await ended.wait()


def _write(journal: Path, taken: Taken) -> None:
    line = json.dumps(asdict(taken) | {"at": taken.at.isoformat()}, ensure_ascii=False)
    with journal.open("a", encoding="utf-8") as file:
        file.write(line + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="A Slack on 127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--journal", type=Path)
    given = parser.parse_args()
    asyncio.run(serve(given.port, given.journal))

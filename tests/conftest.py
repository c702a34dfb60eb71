"""What every test has: a wiped environment, loopback sockets only, the real data where it is."""

import gc
import os
from pathlib import Path

import pytest


def pytest_configure() -> None:
    """What is collected stays to the end: looking for garbage in it, again and again, takes a third of the time."""
    gc.disable()


def pytest_collection_finish() -> None:
    """From here on garbage counts, of the tests only."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(autouse=True)
def wiped_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the person who runs the tests reaches them."""
    kept = {
        "PATH",
        "LANG",
        "LC_ALL",
        "TMPDIR",
        "PYTHONPATH",
        "COVERAGE_PROCESS_START",
        "COVERAGE_FILE",
        "LD_LIBRARY_PATH",
        "OPENBLAS_CORETYPE",
        "OPENBLAS_L2_SIZE",
        "OPENBLAS_NUM_THREADS",
        "COVERAGE_PROCESS_CONFIG",
    }
    for name in list(os.environ):
        if name not in kept and not name.startswith(("PYTEST_", "COV_CORE")):
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(home))


_REAL_DATA = os.environ.get("COUNTERPOINT_REAL_DATA", "")


@pytest.fixture
def real_data() -> Path:
    """The folder of real feeds and transcripts; the test skips without it."""
    if not _REAL_DATA or not Path(_REAL_DATA).is_dir():
        pytest.skip("COUNTERPOINT_REAL_DATA names no folder")
    return Path(_REAL_DATA).resolve()

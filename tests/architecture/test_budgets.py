"""The shape stays small: budgets on files, functions, classes, waivers."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "adapters", "scheduler", "prompts")
MOST_LINES_A_FILE = 500
MOST_LINES_A_FUNCTION = 60
MOST_METHODS_A_CLASS = 12
MOST_METHODS_A_PORT = 4
PROPERTIES = {"property", "cached_property"}
BROAD_EXCEPTS: dict[str, int] = {
    "adapters/platforms/discord/calling.py": 1,
    "adapters/platforms/discord/client.py": 1,
    "adapters/platforms/discord/talk/pressing.py": 1,
    "adapters/platforms/slack/calling.py": 1,
    "adapters/platforms/slack/installing/server.py": 1,
    "adapters/platforms/slack/talk/pressing.py": 1,
    "bot/services/gather.py": 1,
    "bot/services/inbox.py": 1,
    "bot/services/serve.py": 1,
    "scheduler/timetable.py": 1,
}
"""The supervisors that may catch everything, and how often."""


def sources() -> list[Path]:
    return [p for name in PACKAGES for p in sorted((ROOT / name).rglob("*.py")) if "migrations" not in p.parts]


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text()))


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_stays_within_its_budgets(path: Path) -> None:
    """At most 500 lines; functions at most 60; classes at most 12 methods."""
    assert len(path.read_text().splitlines()) <= MOST_LINES_A_FILE
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < MOST_LINES_A_FUNCTION, node.name
        if isinstance(node, ast.ClassDef):
            methods = [m for m in node.body if isinstance(m, ast.FunctionDef | ast.AsyncFunctionDef)]
            # A property that hands out a part is no behaviour.
            own = [m for m in methods if not {ast.unparse(d) for d in m.decorator_list} & PROPERTIES]
            assert len(own) <= MOST_METHODS_A_CLASS, node.name


def test_ports_are_narrow() -> None:
    """A port has at most four methods besides properties."""
    for path in sorted((ROOT / "bot/ports").glob("*.py")):
        for node in nodes(path):
            if isinstance(node, ast.ClassDef) and any("Protocol" in ast.unparse(b) for b in node.bases):
                methods = [
                    m
                    for m in node.body
                    if isinstance(m, ast.FunctionDef | ast.AsyncFunctionDef) and not m.decorator_list
                ]
                assert len(methods) <= MOST_METHODS_A_PORT, node.name


def test_only_named_supervisors_catch_everything() -> None:
    """`except Exception` swallows bugs: it stands in the supervisors only."""
    found: dict[str, int] = {}
    for path in sources():
        text = path.read_text()
        if "Exception" not in text and "except:" not in text.replace(" ", ""):
            continue
        broad = [
            n
            for n in nodes(path)
            if isinstance(n, ast.ExceptHandler)
            and (n.type is None or ast.unparse(n.type) in {"Exception", "BaseException"})
        ]
        if broad:
            found[str(path.relative_to(ROOT))] = len(broad)
    assert found.items() <= BROAD_EXCEPTS.items()


def test_only_the_settings_read_the_environment() -> None:
    """One file knows the environment."""
    readers = {
        str(p.relative_to(ROOT))
        for p in sources()
        if "os.environ" in p.read_text() or "os.getenv" in p.read_text() or "BaseSettings" in p.read_text()
    }
    assert readers <= {"bot/config.py"}

"""Nobody waits minutes for a model by accident: these tests run where they are asked for by their mark."""

from collections.abc import Sequence

import pytest

_MARK = "real_model"


def pytest_collection_modifyitems(config: pytest.Config, items: Sequence[pytest.Item]) -> None:
    """Skip them in runs of everything, also where the lock of models is installed."""
    if _MARK in config.option.markexpr:
        return
    for item in items:
        if item.get_closest_marker(_MARK) is not None:
            item.add_marker(pytest.mark.skip(reason=f"asked for with -m {_MARK}; make models does"))

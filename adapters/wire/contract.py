"""The JSON contracts: domain dataclasses to JSON and back, checked at the edge.

Instants are ISO 8601 with offset, keys are the field names, a missing nullable key means null,
unknown keys are ignored.
"""

import dataclasses
import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import TypeAdapter, ValidationError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T")


class ContractError(ValueError):
    """A JSON document is not what its contract says; the message names the first places."""


_adapters: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401  # a type form, which has no type of its own yet
    """Building one takes tens of milliseconds, so it is kept."""
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


_names: dict[type, tuple[str, ...] | None] = {str: None, int: None, float: None, bool: None, type(None): None}
"""The fields of a dataclass; None for what is none."""


def _data(value: object) -> object:
    """What `dataclasses.asdict` gives, without its copies of what cannot change: twice as quick."""
    kind = type(value)
    if kind not in _names:
        _names[kind] = tuple(one.name for one in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else None
    names = _names[kind]
    if names is not None:
        return {name: _data(getattr(value, name)) for name in names}
    if isinstance(value, tuple | list):
        return [_data(one) for one in value]
    if isinstance(value, dict):
        return {key: _data(one) for key, one in value.items()}
    return value


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"cannot print {type(value).__name__}")


def to_json(value: "DataclassInstance", *, indent: int | None = 1) -> str:
    """Print a domain dataclass as JSON; the same value gives the same bytes."""
    return json.dumps(_data(value), default=_plain, ensure_ascii=False, indent=indent)


def from_json(kind: type[T], document: str | bytes) -> T:
    """Read a domain dataclass from JSON.

    Raises:
        ContractError: it is not JSON, or breaks the contract; at most five places are named.
    """
    try:
        value: T = _adapter(kind).validate_json(document)
    except ValidationError as error:
        places = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'document'}: {e['msg']}" for e in error.errors()[:5])
        raise ContractError(places) from error
    return value


def schema(kind: type[object]) -> dict[str, Any]:
    """The JSON Schema of a contract."""
    return _adapter(kind).json_schema()

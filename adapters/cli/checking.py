"""`counterpoint check`: hold an edition against the order of truth."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.output import FAILED_CHECK, Format, FormatOption, Part, Table, show
from bot.errors import ConfigError

if TYPE_CHECKING:
    from bot.domain.edition import Edition

MOST_BYTES = 20_000_000
"""An edition is not larger than this; a hundredth is usual."""


def check(
    edition: Annotated[str, typer.Argument(metavar="EDITION.json", help="A file, or - for what is piped in.")],
    form: FormatOption = Format.TEXT,
) -> None:
    """Check an edition: quotations, evidence, numbers, names.

    Ends with 1 when the edition breaks the order of truth; notes do not fail it.
    """
    from dataclasses import asdict

    from bot.domain.checks import check as hold

    verdict = hold(_read(edition))
    data = {
        "ok": verdict.ok,
        "faults": [asdict(fault) for fault in verdict.faults],
        "notes": list(verdict.notes),
        "rates": dict(verdict.rates),
    }
    faults = tuple((fault.rule, fault.where, fault.text) for fault in verdict.faults)
    parts: list[Part] = ["Nothing breaks the order of truth." if verdict.ok else _failed(len(faults))]
    if faults:
        parts.append(Table(("rule", "where", "what"), faults))
    if verdict.notes:
        parts.append("\n".join(verdict.notes))
    rates = tuple((name.replace("_", " "), f"{value:g}") for name, value in verdict.rates.items())
    parts.append(Table(("rate", "value"), rates))
    show(parts, data, form)
    if not verdict.ok:
        raise typer.Exit(FAILED_CHECK)


def _failed(count: int) -> str:
    return "One breach of the order of truth:" if count == 1 else f"{count} breaches of the order of truth:"


def _read(name: str) -> "Edition":
    from adapters.wire.contract import ContractError, from_json
    from bot.domain.edition import Edition

    try:
        if name == "-":
            data = sys.stdin.read(MOST_BYTES + 1).encode()
        else:
            with Path(name).open("rb") as file:
                data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ConfigError([f"{name} cannot be read: {error.strerror or error}"]) from error
    if len(data) > MOST_BYTES:
        raise ConfigError([f"{name} is larger than {MOST_BYTES // 1_000_000} MB: it is no edition"])
    try:
        return from_json(Edition, data)
    except ContractError as error:
        raise ConfigError([f"{name} is no edition: {error}"]) from error

"""`counterpoint manifest`: the Slack app, as it is pasted on Slack's page for new apps."""

from enum import StrEnum
from typing import Annotated

import typer

from adapters.cli.output import write, write_json


class Notation(StrEnum):
    """What Slack's page takes."""

    YAML = "yaml"
    JSON = "json"


def manifest(
    address: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Public https address that Slack sends requests to and workspaces install from; without it, for one "
            "workspace through a socket.",
        ),
    ] = None,
    notation: Annotated[
        Notation, typer.Option("--format", help="How to print it; Slack's page takes both.")
    ] = Notation.YAML,
) -> None:
    """Print the manifest of the Slack app.

    To be pasted at https://api.slack.com/apps: Create New App, From a manifest.
    """
    from adapters.platforms.slack.manifest import manifest as made
    from adapters.platforms.slack.manifest import text

    app = made(address)
    if notation is Notation.JSON:
        write_json(app)
    elif address is None:
        write(text())
    else:
        import yaml

        write(yaml.safe_dump(app, sort_keys=False, allow_unicode=True, width=120))

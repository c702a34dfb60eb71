"""`counterpoint post`: a kept edition to a place, by the bot that runs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.choices import Mistakes
from adapters.cli.output import Format, FormatOption, show
from adapters.cli.subscribing import place_named
from bot.config import Settings, load
from bot.errors import NotFoundError

if TYPE_CHECKING:
    from bot.domain.place import Place


def post(
    edition: Annotated[str, typer.Argument(metavar="ID|latest", help="The edition to post.")],
    place: Annotated[
        str,
        typer.Argument(metavar="PLACE", help="Where to: console (the terminal of counterpoint run), or PLATFORM:ID."),
    ] = "console",
    form: FormatOption = Format.TEXT,
) -> None:
    """Have a kept edition posted to a place, once. A running counterpoint run does it within seconds."""
    import asyncio

    mistakes = Mistakes()
    settings = mistakes.attempt(load)
    where = mistakes.given(place, place_named)
    mistakes.tell()
    if settings is None or where is None:
        return
    posted, is_first = asyncio.run(_post(settings, edition, where))
    said = f"{posted} will be posted to {place}." if is_first else f"{posted} was to be posted to {place} before."
    show([said], {"edition": posted, "place": place, "first": is_first}, form)


async def _post(settings: Settings, edition: str, place: "Place") -> tuple[str, bool]:
    """Its id, and whether this is the first time."""
    from bot.bootstrap import application

    async with application(settings, roster_folder=Path()) as parts:
        found = await parts.office.whereabouts.edition(edition)
        if found is None:
            raise NotFoundError(f"There is no edition {edition!r}.")
        tenant = next((own.tenant for own in await parts.subscribe.list() if own.place == place), place.platform)
        return found.id, await parts.on_demand.publish(found.id, place, tenant=tenant)

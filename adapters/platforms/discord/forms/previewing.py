"""What a subscription would bring now, for one person; and which subscription is meant."""

from adapters.platforms.discord.calling import Call, Refused
from adapters.platforms.discord.forms.settings_form import channel_of, preview_row, saved
from adapters.platforms.discord.forms.setup_form import bold_start, message, text, without_buttons
from bot.domain.message import EditionCard
from bot.domain.subscription import Subscription
from bot.errors import NotFoundError


def is_own(desk: str) -> bool:
    """Whether a desk is one of the operator's, not a server's variant of one."""
    return "--" not in desk


async def subscribed(call: Call, subscription: str, tenant: str) -> Subscription:
    """A subscription of the tenant, by id.

    Raises:
        Refused: it has none of that id (any more).
    """
    for one in await call.kit.office.subscribing.list(tenant):
        if one.id == subscription:
            return one
    raise Refused(call.say("subscription-gone"))


async def subscribed_here(call: Call, tenant: str) -> Subscription | None:
    """The subscription of this channel, else the only one of the server; None where that leaves a choice.

    Raises:
        Refused: the server has none.
    """
    found = await call.kit.office.subscribing.list(tenant)
    if not found:
        raise Refused(call.say("subscription-none"))
    here = [one for one in found if one.place.id == call.visitor.place.id]
    return next(iter(here or (found if len(found) == 1 else [])), None)


async def previewed(call: Call, one: Subscription, *, saved_now: bool) -> None:
    """Show the card as it would be now. Before anything was read it says so: an empty edition would look broken.

    Raises:
        NotFoundError, ConfigError, CoresError: as `OnDemand.preview`.
    """
    office, phrases = call.kit.office, call.phrases
    due = (await office.pausing.upcoming([one])).get(one.id)
    said = saved(one, due.at if due else None, phrases)
    head = said if saved_now else bold_start(phrases.say("preview-head", channel=f"<#{channel_of(one)}>"))
    if saved_now:
        await call.show(message(text(said)))
    try:
        edition = await office.on_demand.preview(one.id, tenant=one.tenant)
    except NotFoundError as error:
        raise Refused(call.say("subscription-gone")) from error
    figures = (await office.reporting.report(one.tenant)).figures if not edition.stories else None
    if figures is not None and (not figures.items or figures.sources.get("never")):
        every = sum(figures.sources.values())
        read = every - figures.sources.get("never", 0)
        still = phrases.say("still-reading", read=read, sources=every, items=figures.items)
        await call.show(message(text(head, still), preview_row(one, phrases, edition=None)))
        return
    card = without_buttons(call.drawn(EditionCard(edition)))
    below = f"{head} {phrases.say('preview-below')}" if saved_now else head
    await call.show(message(text(below), *card, preview_row(one, phrases, edition=edition.id)))

"""What a subscription would bring now, for one person; and which subscription is meant."""

from adapters.platforms.discord.calling import Call, Refused
from adapters.platforms.discord.forms.settings_form import channel_of, preview_row, saved
from adapters.platforms.discord.payloads import BUTTON, ROW, Json, Payload, bold_start, message, text
from bot.domain.message import EditionCard
from bot.domain.subscription import Subscription
from bot.errors import NotFoundError


async def subscribed(call: Call, subscription: str, tenant: str) -> Subscription:
    """A subscription of the tenant, by id.

    Raises:
        Refused: it has none of that id (any more).
    """
    for one in await call.kit.office.subscribing.list(tenant):
        if one.id == subscription:
            return one
    raise Refused(call.say("subscription-gone"))


async def subscribed_here(call: Call, tenant: str) -> Subscription:
    """The subscription of this channel, else the only one of the server.

    Raises:
        Refused: the server has none, or several elsewhere.
    """
    found = await call.kit.office.subscribing.list(tenant)
    if not found:
        raise Refused(call.say("subscription-none"))
    here = [one for one in found if one.place.id == call.visitor.place.id]
    if not here and len(found) > 1:
        raise Refused(call.say("subscription-which"))
    return (here or found)[0]


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
    card = without_buttons(call.drawn(EditionCard(edition))[0])
    below = f"{head} {phrases.say('preview-below')}" if saved_now else head
    await call.show(message(text(below), *card, preview_row(one, phrases, edition=edition.id)))


def without_buttons(card: Json) -> list[Payload]:
    """A card as it is looked at before it is posted: its select stays, what acts on a thread goes."""
    return [_unbuttoned(one) for one in card["components"]]


def _unbuttoned(component: Json) -> Payload:
    inner = component.get("components")
    if inner is None or component["type"] == ROW:
        return dict(component)
    kept = [one for one in inner if one["type"] != ROW or one["components"][0]["type"] != BUTTON]
    return {**component, "components": kept}

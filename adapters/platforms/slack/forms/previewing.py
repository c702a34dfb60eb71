"""What a subscription would bring now, for one person; and which subscription is meant."""

from adapters.platforms.slack.calling import Call, Refused, unsubscribed
from adapters.platforms.slack.naming import mention
from adapters.platforms.slack.payloads import bold_start, button, footed, section
from bot.domain.layout.runs import instant
from bot.domain.message import EditionCard
from bot.domain.press import named
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
    """The subscription of this channel, else the only one of the workspace.

    Raises:
        Refused: the workspace has none, or several elsewhere.
    """
    found = await call.kit.office.subscribing.list(tenant)
    if not found:
        raise unsubscribed(call)
    here = [one for one in found if one.place.id == call.visitor.place.id]
    if not here and len(found) > 1:
        way = button(call.say("slack-settings"), named("adm", "", "all"))
        raise Refused(call.say("subscription-which"), way=way)
    return (here or found)[0]


async def previewed(call: Call, one: Subscription, *, saved_now: bool) -> None:
    """Show the card as it would be now. Before anything was read it says so: an empty edition would look broken.

    Raises:
        NotFoundError, ConfigError, CoresError: as `OnDemand.preview`.
    """
    try:
        edition = await call.kit.office.on_demand.preview(one.id, tenant=one.tenant)
    except NotFoundError as error:
        raise Refused(call.say("subscription-gone")) from error
    title = call.say("slack-preview-title")
    if not edition.stories and (still := await still_reading(call, one.tenant)):
        said = [section(await saved(call, one, short=True))] if saved_now else []
        view = call.page(*said, section(still), title=title)
        deed, submit = "again", "preview"
    else:
        head = bold_start(call.say("slack-preview-head", channel=mention(call, one.place)))
        above = [section(await saved(call, one) if saved_now else head)]
        view = call.drawn(EditionCard(edition), title=title, above=above)
        deed, submit = f"post.{edition.id}", "post-now"
    close, callback = call.say("wait" if saved_now else "close"), named("set", one.id, deed)
    await call.show(footed(view, close=close, submit=call.say(submit), callback=callback))


async def saved(call: Call, one: Subscription, *, short: bool = False) -> str:
    """That it is saved, and when the first edition comes, in mrkdwn."""
    due = (await call.kit.office.pausing.upcoming([one])).get(one.id)
    where = mention(call, one.place)
    if due is None:
        return bold_start(call.say("saved-paused", channel=where))
    when = call.time(instant(due.at, call.phrases))
    return bold_start(call.say("slack-saved-short" if short else "slack-saved", channel=where, time=when))


async def still_reading(call: Call, tenant: str) -> str | None:
    """How far the first reading has come, while it goes on."""
    figures = (await call.kit.office.reporting.report(tenant)).figures
    if figures.items and not figures.sources.get("never"):
        return None
    every = sum(figures.sources.values())
    read = every - figures.sources.get("never", 0)
    return call.say("still-reading", read=read, sources=every, items=figures.items)

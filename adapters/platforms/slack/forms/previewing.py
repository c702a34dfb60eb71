"""What a subscription would bring now, for one person; and which subscription is meant."""

from adapters.platforms.slack.calling import Call, Refused, mention
from adapters.platforms.slack.payloads import View, bold_start, modal, section
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
    head = (
        await saved(call, one)
        if saved_now
        else bold_start(phrases.say("slack-preview-head", channel=mention(call, one.place)))
    )
    try:
        edition = await office.on_demand.preview(one.id, tenant=one.tenant)
    except NotFoundError as error:
        raise Refused(call.say("subscription-gone")) from error
    if not edition.stories and (still := await still_reading(call, one.tenant)):
        shown = await saved(call, one, short=True) if saved_now else head
        await call.show(
            _footed(call, call.page(section(shown), section(still)), named("set", one.id, "again"), "preview")
        )
        return
    card = call.drawn(EditionCard(edition), title=phrases.say("slack-preview-title"), above=[section(head)])
    await call.show(_footed(call, card, named("set", one.id, f"post.{edition.id}"), "post-now"))


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


def _footed(call: Call, view: View, callback: str, submit: str) -> View:
    """A window with what can be done with a preview in its footer; closing it is to wait."""
    say = call.say
    title = say("slack-preview-title")
    return modal(title, *view["blocks"], close=say("wait"), submit=say(submit), callback=callback)

"""Once a thread stands: what leads to stories that came after it is changed, so that it does.

An address is known only when its message is posted. Nothing is written down of this: it is done as long as a posting
is open, doing it twice changes nothing, and a thread without these links is complete.
"""

from dataclasses import replace

from bot.domain.ledger import CARD, Delivery, State
from bot.domain.message import EditionCard, leads_on
from bot.errors import PlatformError
from bot.ports.platform import Ref
from bot.services.delivery.attempt import Sending
from bot.services.delivery.trace import Trace


async def link_stories(sending: Sending, trace: Trace) -> None:
    """Revise what can lead to what now stands; what cannot be changed stays as it is."""
    for row in sorted(sending.rows.values(), key=lambda row: row.number):
        ref, part = _standing(sending, row), sending.message_of(row)
        if ref is None or part is None or not leads_on(part):
            continue
        kind = "card" if isinstance(part, EditionCard) else "story"
        if kind not in sending.platform.leads:
            continue
        try:
            await sending.platform.revise(ref, part)
        except PlatformError as error:
            trace.unlinked(sending.posting, row, str(error) or type(error).__name__)


def _standing(sending: Sending, row: Delivery) -> Ref | None:
    """Where a part stands, as the platform called it."""
    if row.state is not State.SENT or row.message is None:
        return None
    place, card = sending.posting.place, sending.rows.get(CARD)
    thread = card.thread if card is not None else None
    return Ref(replace(place, thread=thread or place.thread), row.message)

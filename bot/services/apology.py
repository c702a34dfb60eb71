"""What somebody is told whose message could not be answered: what happened, what it means for them, what to do."""

from bot.domain.conversation.wording import Wording
from bot.domain.message import Notice, is_episode
from bot.domain.place import Inbound
from bot.domain.reply import Action
from bot.errors import ConfigError, CoresError, LimitReached, NotFoundError, SourceError, StoreError
from bot.ports.phrases import Phrases

_TROUBLES: tuple[tuple[type[Exception], str], ...] = (
    (StoreError, "trouble-store"),
    (SourceError, "trouble-source"),
    (CoresError, "trouble-cores"),
    (ConfigError, "trouble-setting"),
)


def apology(inbound: Inbound, error: Exception, identity: str, phrases: Phrases) -> Notice:
    """What to say instead of an answer; `identity` is the id under which an error of ours is found in the journal."""
    if isinstance(error, NotFoundError):
        gone = "gone-episode" if is_episode(inbound.edition or "") else "gone"
        return Notice(phrases.say(gone if inbound.edition else "no-edition"))
    if isinstance(error, LimitReached):
        time = Wording(phrases.say, phrases.language).moment(error.until)
        return Notice(phrases.say("too-many", n=error.most, time=time))
    key = next((key for kind, key in _TROUBLES if isinstance(error, kind)), "trouble-inside")
    again = Action("retry", inbound.text if inbound.pressed else "retry")
    note = phrases.say("error-note", id=identity)
    return Notice(phrases.say(key), actions=(again,), note=note, edition=inbound.edition)

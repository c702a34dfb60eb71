"""Every message that reaches us passes the same guards, in this order, and gets at most one answer.

From a bot: ignored. Seen before: ignored. Too long: cut. Not for us: ignored. Too often: told so once. Then it
is answered, privately when it was pressed. Nothing that goes wrong here ends the platform's loop or leaves a
person without a word.
"""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from bot.domain.conversation.incoming import clean, language_of
from bot.domain.conversation.manners import Policy, should_answer
from bot.domain.conversation.matter import NOTHING, Matter
from bot.domain.conversation.pace import Pace, PaceLimits, Spent
from bot.domain.conversation.wording import Wording
from bot.domain.message import Answer, Notice
from bot.domain.place import Inbound
from bot.errors import ConfigError, CoresError, NotFoundError, SourceError, StoreError
from bot.ports.clock import Clock
from bot.ports.phrases import Catalogue, Phrases
from bot.ports.platform import ReplyHandle
from bot.ports.store import Store
from bot.services.discuss import Discuss

LATEST = "latest"
Report = Callable[[str, BaseException], None]
"""Told the short id that the person was shown, and the error: for the log."""
_TROUBLES: tuple[tuple[type[Exception], str], ...] = (
    (StoreError, "trouble-store"),
    (SourceError, "trouble-source"),
    (CoresError, "trouble-cores"),
    (ConfigError, "trouble-setting"),
)


@dataclass(frozen=True, slots=True)
class InboxRules:
    """What an operator decides: when to speak unasked, and how often one person is answered."""

    answers: Policy = "questions"
    pace: PaceLimits = field(default_factory=PaceLimits)


class Inbox:
    """What a platform hands its messages to (`Platform.run(inbox)`)."""

    def __init__(
        self,
        store: Store,
        discuss: Discuss,
        catalogue: Catalogue,
        clock: Clock,
        *,
        report: Report,
        rules: InboxRules | None = None,
    ) -> None:
        self._store = store
        self._discuss = discuss
        self._catalogue = catalogue
        self._clock = clock
        self._report = report
        self._rules = rules or InboxRules()
        self._pace = Pace(self._rules.pace)

    async def __call__(self, inbound: Inbound, handle: ReplyHandle) -> None:
        """Answer a message, or leave it alone. Never raises, but for cancellation."""
        error = await self._survive(self._receive(inbound, handle))
        if error is not None:
            identity = _short_id(inbound, error)
            self._report(identity, error)
            told = await self._survive(self._apologise(inbound, handle, error, identity))
            if told is not None:
                self._report(identity, told)

    async def _survive(self, work: Awaitable[None]) -> Exception | None:
        """Do some work; what it raised. One message must never end the loop that all messages come through."""
        try:
            await work
        except Exception as error:  # noqa: BLE001  # the supervisor: whatever it is, it is reported and told in words
            return error
        return None

    async def _receive(self, inbound: Inbound, handle: ReplyHandle) -> None:
        if inbound.from_bot or not await self._is_first(inbound):
            return
        asked = replace(inbound, text=clean(inbound.text))
        matter = await self._matter(asked)
        if not should_answer(asked, self._rules.answers, self._discuss.words(), matter):
            return
        spent = self._pace.ask(f"{asked.place.platform}:{asked.author}", self._clock.now())
        if spent is not None:
            await self._say_spent(spent, asked, handle)
            return
        language = self._phrases(asked).language
        reply = await self._discuss.reply(asked.edition or LATEST, asked.text, language=language)
        shown = replace(reply, private=asked.pressed)
        await handle.answer(Answer(shown, language), private=asked.pressed)

    async def _is_first(self, inbound: Inbound) -> bool:
        """Platforms deliver at least once; a message is answered once."""
        async with self._store.unit() as unit:
            first = await unit.inbounds.claim(inbound.place.platform, inbound.id, at=self._clock.now())
            await unit.commit()
        return first

    async def _matter(self, inbound: Inbound) -> Matter:
        """What the edition of this thread is about; nothing outside of an edition's thread, or where it is gone."""
        if inbound.edition is None:
            return NOTHING
        try:
            return (await self._discuss.shelf(inbound.edition)).matter
        except NotFoundError:
            return NOTHING

    async def _say_spent(self, spent: Spent, inbound: Inbound, handle: ReplyHandle) -> None:
        # A press must be answered, or the platform shows a failure; typed words are told once.
        if spent.told and not inbound.pressed:
            return
        phrases = self._phrases(inbound)
        time = Wording(phrases.say, phrases.language).moment(spent.until)
        key = "too-fast" if spent.span == "minute" else "too-many"
        await handle.answer(Notice(phrases.say(key, n=spent.most, time=time)), private=inbound.pressed)

    async def _apologise(self, inbound: Inbound, handle: ReplyHandle, error: Exception, identity: str) -> None:
        phrases = self._phrases(inbound)
        if isinstance(error, NotFoundError):
            text = phrases.say("gone" if inbound.edition else "no-edition")
        else:
            key = next((key for kind, key in _TROUBLES if isinstance(error, kind)), "trouble-inside")
            text = phrases.say(key, id=identity)
        await handle.answer(Notice(text), private=inbound.pressed)

    def _phrases(self, inbound: Inbound) -> Phrases:
        language = language_of(inbound.text, inbound.language, self._catalogue.languages)
        return self._catalogue.speak(language)


def _short_id(inbound: Inbound, error: Exception) -> str:
    """Six characters that tell one failure from another, the same each time."""
    seed = f"{inbound.place.platform}\x1f{inbound.id}\x1f{type(error).__name__}"
    return hashlib.sha256(seed.encode()).hexdigest()[:6].upper()

"""Every message that reaches us passes the same guards, in this order, and gets at most one answer.

From a bot: ignored. Seen before: ignored. Too long: cut. `stop`, `pause` and `retry` are deeds and are done. Not for
us: ignored. Too often: told so once. Then it is answered, privately when it was pressed; who waits sees that work goes
on. Nothing that goes wrong here ends the platform's loop or leaves a person without a word.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import cast, get_args

from bot.domain.conversation.incoming import clean, language_of
from bot.domain.conversation.manners import Policy, should_answer
from bot.domain.conversation.matter import NOTHING
from bot.domain.conversation.pace import Pace, PaceLimits, Spent
from bot.domain.conversation.retrieval import Shelf
from bot.domain.conversation.wording import Wording
from bot.domain.message import Answer, Message, Notice, Progress
from bot.domain.place import Inbound
from bot.domain.reply import Action, Reply
from bot.domain.subscription import Subscription
from bot.domain.visitor import visitor_of
from bot.errors import (
    ConfigError,
    LimitReached,
    NotFoundError,
    SourceError,
    SpeechError,
    error_id,
)
from bot.ports.clock import Clock
from bot.ports.phrases import Catalogue, Phrases
from bot.ports.platform import ReplyHandle
from bot.ports.store import Store
from bot.services.apology import apology
from bot.services.claims import Claims
from bot.services.deeds import Deeds, Pause
from bot.services.discuss import LATEST, Discuss
from bot.services.growing import Growth
from bot.services.listened import Listen, Wanted, wanted_of
from bot.services.running import Running, StoppedByAsker
from bot.services.subscribed import Subscribed

Report = Callable[[str, BaseException], None]
"""Told the short id that the person was shown, and the error: for the log."""


@dataclass(frozen=True, slots=True)
class InboxRules:
    """What an operator decides: when to speak unasked, how often one person is answered, when to show progress."""

    answers: Policy = "questions"
    """Where the subscription of a place has no option `answers` of its own."""
    pace: PaceLimits = field(default_factory=PaceLimits)
    patience: timedelta = timedelta(seconds=0.8)
    """An answer that takes longer is announced."""


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
        pause: Pause | None = None,
        listen: Listen | None = None,
    ) -> None:
        """Prepare; nothing is read yet. Without `pause`, the typed word `pause` means nothing; without `listen`, a link
        or a file that somebody sends us is a message like any other.
        """
        self._claims = Claims(store, clock)
        self._discuss = discuss
        self._catalogue = catalogue
        self._clock = clock
        self._report = report
        self._rules = rules or InboxRules()
        self._pace = Pace(self._rules.pace)
        self._running = Running()
        self._listen = listen
        self._subscribed = Subscribed(store, clock)
        self._deeds = Deeds(self._running, self._subscribed, discuss, catalogue, pause)

    async def __call__(self, inbound: Inbound, handle: ReplyHandle) -> None:
        """Answer a message, or leave it alone. Never raises, but for cancellation."""
        error = await self._survive(self._receive(inbound, handle))
        if error is None:
            return
        identity = error_id(inbound.place.platform, inbound.id, error)
        if not isinstance(error, (NotFoundError, LimitReached)):
            self._report(identity, error)
        sorry = apology(inbound, error, identity, self._phrases(inbound))
        told = await self._survive(handle.answer(sorry, private=inbound.pressed))
        if told is not None:
            self._report(identity, told)

    async def _survive(self, work: Awaitable[object]) -> Exception | None:
        """Do some work; what it raised. One message must never end the loop that all messages come through."""
        try:
            await work
        except Exception as error:  # noqa: BLE001  # the supervisor: whatever it is, it is reported and told in words
            return error
        return None

    async def _receive(self, inbound: Inbound, handle: ReplyHandle) -> None:
        if inbound.from_bot or not await self._claims.is_first(inbound.place.platform, inbound.id):
            return  # platforms deliver at least once; a message is answered once
        asked = replace(inbound, text=clean(inbound.text))
        wanted = await self._deeds(asked, handle)
        if wanted is not None:
            await self._answer(wanted, handle)

    async def _answer(self, asked: Inbound, handle: ReplyHandle) -> None:
        here = await self._subscribed.at(asked)
        wanted = wanted_of(asked)
        if self._listen is not None and wanted is not None:
            if not await self._too_often(asked, handle):
                await self._overview(self._listen, wanted, asked, handle)
            return
        shelf = await self._shelf(asked)
        if not should_answer(
            asked, _policy(here) or self._rules.answers, self._discuss.words(), shelf.matter if shelf else NOTHING
        ):
            return
        if await self._too_often(asked, handle):
            return
        # Until it is answered, `retry` asks it again.
        self._deeds.remember(asked)
        tenant = visitor_of(asked).tenant
        await self._work(asked, shelf or await self._discuss.shelf(asked.edition or LATEST, tenant=tenant), handle)
        self._deeds.forget(asked)

    async def _too_often(self, asked: Inbound, handle: ReplyHandle) -> bool:
        """Count a question; whether it is one too many."""
        spent = self._pace.ask(f"{asked.place.platform}:{asked.author}", self._clock.now())
        if spent is not None:
            await self._say_spent(spent, asked, handle)
        return spent is not None

    async def _overview(self, listen: Listen, wanted: Wanted, asked: Inbound, handle: ReplyHandle) -> None:
        """Answer with the overview of what somebody has sent; who waits sees that it is being made, and may stop it."""
        self._deeds.remember(asked)
        phrases = self._phrases(asked)

        async def making() -> Message:
            return await listen(asked, wanted)

        async def progress() -> None:
            waiting = Notice(phrases.say("progress-listen"), actions=(Action("stop", "stop"),))
            await self._show(waiting, asked, handle)

        try:
            shown = await self._running.finish(asked, making(), patience=self._rules.patience, progress=progress)
        except StoppedByAsker:
            shown = Notice(phrases.say("stopped"))
        except (ConfigError, SourceError, SpeechError, NotFoundError) as error:
            # What is wrong with a link or a file is said in words for whoever sent it.
            shown = Notice(str(error))
        await handle.answer(shown, private=_private(asked))
        self._deeds.forget(asked)

    async def _work(self, asked: Inbound, shelf: Shelf, handle: ReplyHandle) -> None:
        """Answer; who waits sees that work goes on, then the answer as it grows, and may stop it."""
        about, private, phrases = shelf.publication, _private(asked), self._phrases(asked)
        command = self._discuss.command(asked.text, asked.language)

        def message(reply: Reply) -> Answer:
            return Answer(replace(reply, private=private), phrases.language, edition=about, command=command)

        growth = Growth(lambda reply: self._show(message(reply), asked, handle), self._clock)

        async def progress() -> None:
            if growth.latest is None:
                await self._show(Progress(shelf.sources, phrases.language, about.id), asked, handle)

        answering = self._discuss.reply(
            shelf,
            asked.text,
            language=phrases.language,
            asker=visitor_of(asked),
            told=growth.told,
            alone=private,
            complaint=asked.complaint,
        )
        try:
            reply = await self._running.finish(asked, answering, patience=self._rules.patience, progress=progress)
            shown: Message = message(reply)
        except StoppedByAsker:
            said, grown = phrases.say("stopped"), growth.latest
            # What was shown stays, and says that it was stopped.
            shown = message(_stopped(grown, said)) if grown else Notice(said, edition=asked.edition)
        finally:
            await growth.end()
        await handle.answer(shown, private=private)

    async def _show(self, message: Message, asked: Inbound, handle: ReplyHandle) -> None:
        shown = await self._survive(handle.progress(message))
        if shown is not None:
            self._report(error_id(asked.place.platform, asked.id, shown), shown)

    async def _shelf(self, inbound: Inbound) -> Shelf | None:
        """What this thread is about; None outside of a thread of ours, or where it is gone."""
        if inbound.edition is None:
            return None
        try:
            return await self._discuss.shelf(inbound.edition, tenant=visitor_of(inbound).tenant)
        except NotFoundError:
            return None

    async def _say_spent(self, spent: Spent, inbound: Inbound, handle: ReplyHandle) -> None:
        # A press must be answered, or the platform shows a failure; typed words are told once.
        if spent.told and not inbound.pressed:
            return
        phrases = self._phrases(inbound)
        time = Wording(phrases.say, phrases.language).moment(spent.until)
        key = "too-fast" if spent.span == "minute" else "too-many"
        await handle.answer(Notice(phrases.say(key, n=spent.most, time=time)), private=inbound.pressed)

    def _phrases(self, inbound: Inbound) -> Phrases:
        language = language_of(inbound.text, inbound.language, self._catalogue.languages)
        return self._catalogue.speak(language)


def _policy(here: tuple[Subscription, ...]) -> Policy | None:
    """When to speak unasked at a place, where its subscription says."""
    wanted = (dict(own.options).get("answers") for own in here)
    return next((cast("Policy", policy) for policy in wanted if policy in get_args(Policy)), None)


def _private(asked: Inbound) -> bool:
    return asked.pressed and not asked.in_public


def _stopped(grown: Reply, said: str) -> Reply:
    return replace(grown, state="stopped", note=said, actions=())

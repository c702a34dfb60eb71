"""Buttons, menus and forms: answered at once by a modal, then done. Nothing but the id of what was pressed is needed.

Before the modal stands, nothing is looked up and nothing computed. Whatever goes wrong after it, the person gets words
with a short id that is also in the journal.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

from adapters.platforms.slack.arrival import Called, Pressed, Sent
from adapters.platforms.slack.hearing import Forms
from adapters.platforms.slack.kit import PLATFORM, Json, Kit
from adapters.platforms.slack.rendering import loading
from adapters.platforms.slack.talk.again import Again
from adapters.platforms.slack.talk.answering import Window, whisper, window_of
from adapters.platforms.slack.talk.asking import Asking
from adapters.platforms.slack.talk.feedback import Feedback
from adapters.platforms.slack.talk.looking_up import LookUps, in_thread, is_public
from adapters.platforms.slack.talk.opening import Opening
from adapters.platforms.slack.talk.sharing import Sharing
from adapters.platforms.slack.talk.whence import Question, language_in, remembering, settled
from adapters.platforms.slack.talk.writing import (
    CHANNEL,
    QUESTION,
    mistake_form,
    question_form,
    share_form,
    written,
)
from bot.domain.message import Notice
from bot.domain.press import WORDS, Press, pressed
from bot.errors import NotFoundError, PlatformError, StoreError, error_id

FORMS: Final = frozenset({"post", "set", "adm", "own", "home"})
"""Verbs of set-up, settings, commands and App Home."""
_FORM_OF: Final = {"ask": question_form, "wrong": mistake_form, "send": share_form}
"""Verbs that open something to fill in."""
_STAYS: Final = frozenset({"ask", "send", "share"})
"""Forms whose window stays and tells what became of it."""


class Presses:
    """Takes what people press and send."""

    def __init__(
        self,
        kit: Kit,
        forms: Forms,
        opening: Opening,
        asking: Asking,
        again: Again,
        look_ups: LookUps,
        sharing: Sharing,
        feedback: Feedback,
    ) -> None:
        self._kit = kit
        self._forms = forms
        self._opening = opening
        self._asking = asking
        self._again = again
        self._look_ups = look_ups
        self._sharing = sharing
        self._feedback = feedback

    # ------------------------------------------------------------ buttons and menus

    async def pressed(self, done: Pressed) -> None:
        """Answer one press. Raises nothing, but for cancellation."""
        if not done.value:
            return  # a link, or something in a form that is sent later
        press = pressed(done.value)
        if press is not None and press.verb in FORMS:
            await self._forms.pressed(done, press)
            return
        question = await self._opening.question(done)
        await self.guarded(question, press, None, lambda: self._do(done, question, press))

    async def _do(self, done: Pressed, question: Question, press: Press | None) -> None:
        phrases = self._kit.catalogue.speak(question.language)
        verb = press.verb if press is not None else ""
        if press is not None and verb in _FORM_OF:
            await self._opening.open(done, question, _FORM_OF[verb](press.edition, press.rest, phrases))
        elif press is not None and verb == "useful":
            await self._feedback.marked(done, question, press)
        elif press is not None and verb == "stop":
            await self._again.stop(done, question, press)
        elif press is not None and verb == "retry" and done.view is None:
            await self._again.again(done, question, press)
        elif press is not None and is_public(done, press) and in_thread(done):
            await self._look_ups.deepen(done, question, None, press)
        else:
            await self._in_window(done, question, press)

    async def _in_window(self, done: Pressed, question: Question, press: Press | None) -> None:
        phrases = self._kit.catalogue.speak(question.language)
        window = await self._opening.open(done, question, loading(phrases))
        if window is not None:
            await self.guarded(question, press, window, lambda: self._fill(done, question, window, press))

    async def _fill(self, done: Pressed, question: Question, window: Window, press: Press | None) -> None:
        if press is None:
            raise NotFoundError("an id that means nothing to us")
        if press.verb == "share":
            await self._sharing.share(question, window, press)
        elif is_public(done, press):
            await self._look_ups.deepen(done, question, window, press)
        elif press.verb == "find":
            await self._look_ups.find(question, window, press)
        elif press.verb == "go":
            await self._look_ups.read(window, press)
        elif press.verb in WORDS:
            await self._look_ups.look_up(done, question, window, press)
        else:
            raise NotFoundError("an id that means nothing here")

    async def called(self, called: Called) -> None:
        """Open the question form for a message: what that is about is looked up when the question comes."""
        whence = called.whence
        profile = await self._opening.profile(whence.team, whence.user)
        language = profile.language if profile else "en"
        identity = f"{whence.team}/{whence.user}/{called.callback}/{called.at}"
        there = replace(whence, thread=called.thread or called.message)
        question = self._opening.asked(there, identity, language)
        form = question_form("", "", self._kit.catalogue.speak(language))

        async def open_form() -> None:
            await self._opening.show(question, remembering(form, there, language))

        await self.guarded(question, Press("ask"), None, open_form)

    # ------------------------------------------------------------ forms

    def verdict(self, sent: Sent) -> Json | None:
        """What Slack is to do with a form that was sent."""
        press = pressed(sent.callback)
        if press is None:
            return None
        if press.verb in FORMS:
            return self._forms.verdict(sent, press)
        language = language_in(sent.view) or "en"
        phrases = self._kit.catalogue.speak(language)
        if press.verb == "ask" and not written(sent.view, QUESTION):
            return {"response_action": "errors", "errors": {QUESTION: phrases.say("ask-empty")}}
        if press.verb in _STAYS:
            waiting = remembering(loading(phrases), settled(sent.whence, sent.view), language)
            return {"response_action": "update", "view": waiting}
        if press.verb == "wrong":
            whence = settled(sent.whence, sent.view)
            question = self._opening.asked(whence, sent.id, language)
            thanks = Notice(phrases.say("wrong-thanks"), edition=press.edition or None)
            return {"response_action": "update", "view": window_of(self._kit, thanks, question)}
        return None

    async def sent(self, sent: Sent) -> None:
        """Do what a form asks for. Raises nothing, but for cancellation."""
        press = pressed(sent.callback)
        if press is None:
            return
        if press.verb in FORMS:
            await self._forms.sent(sent, press)
            return
        question = await self._opening.question(sent)
        window = Window(self._kit, question, str(sent.view.get("id")))
        shown = window if press.verb in _STAYS else None
        await self.guarded(question, press, shown, lambda: self._take(sent, question, window, press))

    async def _take(self, sent: Sent, question: Question, window: Window, press: Press) -> None:
        if press.verb == "ask":
            await self._asking.ask(sent, question, window, press)
        elif press.verb == "share":
            await self._sharing.share(question, window, press)
        elif press.verb == "send":
            await self._sharing.send(question, window, press, written(sent.view, CHANNEL))
        elif press.verb == "wrong":
            self._asking.report(sent, press)
        elif press.verb == "useful":
            await self._feedback.again(sent, question, press)

    # ------------------------------------------------------------ what goes wrong

    async def guarded(
        self, question: Question, press: Press | None, window: Window | None, deed: Callable[[], Awaitable[None]]
    ) -> None:
        """Do something; whatever goes wrong is told the person, and the journal."""
        try:
            await deed()
        except Exception as error:  # noqa: BLE001  # the supervisor: whatever it is, the person gets words
            await self._apologise(question, press, window, error)

    async def _apologise(
        self, question: Question, press: Press | None, window: Window | None, error: Exception
    ) -> None:
        phrases = self._kit.catalogue.speak(question.language)
        if isinstance(error, NotFoundError):
            notice = Notice(phrases.say("gone"))
        else:
            identity = error_id(PLATFORM, question.id, error)
            kind, verb = type(error).__name__, press.verb if press else ""
            self._kit.events.warn("press_failed", id=identity, verb=verb, error=kind, reason=str(error)[:200])
            key = "trouble-store" if isinstance(error, StoreError) else "trouble-inside"
            notice = Notice(phrases.say(key), note=phrases.say("error-note", id=identity))
        try:
            if window is not None:
                await window.answer(notice, private=True)
            elif question.channel:
                await whisper(self._kit, question, notice)
        except PlatformError as lost:
            self._kit.events.warn("press_lost", platform="slack", reason=str(lost)[:200])

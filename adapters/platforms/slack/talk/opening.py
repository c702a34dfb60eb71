"""What a press opens: a modal within three seconds of it, empty at first.

A press is good for one modal and three seconds. So the person's language is waited for only shortly, and nothing else
is looked up before. Where the modal could not be opened any more, they are told beside what they pressed.
"""

import asyncio
from typing import Final

from adapters.platforms.slack.arrival import Pressed, Sent, Whence
from adapters.platforms.slack.errors import code_of
from adapters.platforms.slack.kit import Json, Kit, Profile
from adapters.platforms.slack.talk.answering import Window, whisper_phrase
from adapters.platforms.slack.talk.whence import Question, language_in, remembering, settled
from bot.errors import MessageRefused, PlatformError

_LONGEST: Final = 1.0
"""Seconds that a person's language is waited for."""
_USED: Final = "exchanged_trigger_id"
"""The same press came before, and opened its modal."""
_FULL: Final = "push_limit_reached"


class Opening:
    """Opens modals, and says who presses."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._asking: set[asyncio.Task[Profile]] = set()

    async def profile(self, team: str, user: str) -> Profile | None:
        """Who somebody is, if Slack says so in time; else it is known the next time."""
        task = asyncio.create_task(self._kit.workspaces.profile(team, user))
        self._asking.add(task)
        task.add_done_callback(self._asked)
        try:
            done, _ = await asyncio.wait({task}, timeout=_LONGEST)
        except asyncio.CancelledError:
            task.cancel()
            raise
        return task.result() if done and task.exception() is None else None

    def _asked(self, task: "asyncio.Task[Profile]") -> None:
        self._asking.discard(task)
        if not task.cancelled():
            task.exception()  # seen: without a profile all goes on in English

    async def question(self, done: Pressed | Sent) -> Question:
        """What is answered to who pressed, where they pressed."""
        whence = settled(done.whence, done.view)
        profile = await self.profile(whence.team, whence.user)
        language = (profile.language if profile else None) or language_in(done.view) or "en"
        return self.asked(whence, done.id, language, profile.zone if profile else None)

    def asked(self, whence: Whence, identity: str, language: str, zone: str | None = None) -> Question:
        """The same, of what is known of them."""
        return Question(whence, whence.place, whence.channel or "", identity, language, zone=zone)

    async def open(
        self, pressed: Pressed, question: Question, view: Json, *, shown: str | None = None
    ) -> Window | None:
        """Open a modal over what is there; None: it is too late, or it was opened before."""
        made = remembering(view, question.whence, question.language, shown=shown)
        inside = pressed.view if pressed.view is not None and pressed.view.get("type") == "modal" else None
        return await self.show(question, made, inside)

    async def show(self, question: Question, view: Json, inside: Json | None = None) -> Window | None:
        """Open a modal that remembers where it was opened; `inside` is the one that was pressed in."""
        method = "views.open" if inside is None else "views.push"
        team, trigger = question.whence.team, question.whence.trigger
        try:
            opened = await self._kit.rest.call(team, method, trigger_id=trigger, view=view)
        except MessageRefused as error:
            if code_of(error) == _FULL and inside is not None:
                window = Window(self._kit, question, str(inside.get("id")))
                await window.show(view)
                return window
            if code_of(error) != _USED:
                await self._too_late(question, error)
            return None
        except PlatformError as error:
            await self._too_late(question, error)
            return None
        return Window(self._kit, question, str(opened["view"]["id"]))

    async def _too_late(self, question: Question, error: PlatformError) -> None:
        self._kit.events.tell("press_lost", platform="slack", reason=str(error)[:200])
        if question.whence.channel is not None:
            await whisper_phrase(self._kit, question, "press-late")

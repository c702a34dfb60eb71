"""Who asked sees that we are at it: Slack's own status line under the thread, from the first moment to the answer.

Where it cannot be shown, the answer says the same; nothing waits for it, and nothing fails with it.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from adapters.platforms.slack.errors import MISSING_SCOPE, code_of
from adapters.platforms.slack.kit import Kit
from adapters.platforms.slack.talk.whence import Question
from bot.errors import PlatformError

_Thread = tuple[str, str, str]
_NEVER: Final = frozenset({MISSING_SCOPE, "unknown_method", "not_an_agent", "feature_not_enabled", "method_deprecated"})
"""A permission that was not given, or an older kind of app or workspace: it is not asked for again."""


@dataclass(slots=True)
class _Shown:
    """What is shown under a thread, as long as somebody there waits."""

    waiting: int = 0
    halted: bool = False
    """Somebody has pressed Stop meanwhile."""
    changes: list["asyncio.Task[None]"] = field(default_factory=list)


class Working:
    """Shows the status of threads: once for all who wait there, and gone when the last of them has the answer."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._threads: dict[_Thread, _Shown] = {}
        self._without: set[tuple[str, str]] = set()
        """Workspaces, and what they do not know."""

    @asynccontextmanager
    async def during(self, question: Question, *, at_once: bool) -> AsyncIterator[None]:
        """Take away at the end of the block what was shown meanwhile; with `at_once`, show it from its beginning."""
        thread = _thread(question)
        if thread is None:
            yield
            return
        shown = self._threads.setdefault(thread, _Shown())
        shown.waiting += 1
        try:
            if at_once and not shown.changes:
                self._begin(shown, thread, question)
            yield
        finally:
            shown.waiting -= 1
            if not shown.waiting:
                self._threads.pop(thread, None)
                await self._end(shown, thread)

    def halt(self, question: Question) -> None:
        """Somebody wants what comes in a thread to end where it is."""
        shown = self._threads.get(_thread(question) or ("", "", ""))
        if shown is not None:
            shown.halted = True

    def halted(self, question: Question) -> bool:
        """Whether they do."""
        shown = self._threads.get(_thread(question) or ("", "", ""))
        return shown is not None and shown.halted

    def reading(self, question: Question, sources: int) -> None:
        """It takes longer: say what is read."""
        thread = _thread(question)
        shown = self._threads.get(thread) if thread else None
        if thread is None or shown is None:
            return
        phrases = self._kit.catalogue.speak(question.language)
        lines = [phrases.say("loading-reading"), phrases.say("loading-comparing")]
        status = phrases.say("status-reading", n=sources)
        if not shown.changes:
            self._session(shown, thread, "processing", question)
        self._show(shown, thread, status, lines)

    def _begin(self, shown: _Shown, thread: _Thread, question: Question) -> None:
        phrases = self._kit.catalogue.speak(question.language)
        self._session(shown, thread, "processing", question)
        self._show(shown, thread, phrases.say("status-working"), [phrases.say("loading-reading")])

    async def _end(self, shown: _Shown, thread: _Thread) -> None:
        if not shown.changes:
            return
        self._show(shown, thread, "", [])
        self._session(shown, thread, "active", None)
        await asyncio.gather(*shown.changes)

    def _show(self, shown: _Shown, thread: _Thread, status: str, lines: list[str]) -> None:
        said: dict[str, object] = {"status": status, "loading_messages": lines or None}
        self._change(shown, thread, "assistant.threads.setStatus", said)

    def _session(self, shown: _Shown, thread: _Thread, status: str, question: Question | None) -> None:
        """Of a session that is processing, Slack shows its own Stop."""
        user = None if question is None else question.whence.user
        self._change(shown, thread, "agents.sessions.setStatus", {"status": status, "initiator_user_id": user})

    def _change(self, shown: _Shown, thread: _Thread, method: str, said: dict[str, object]) -> None:
        before = shown.changes[-1] if shown.changes else None
        shown.changes.append(asyncio.create_task(self._ask(before, thread, method, said)))

    async def _ask(
        self, before: "asyncio.Task[None] | None", thread: _Thread, method: str, said: dict[str, object]
    ) -> None:
        if before is not None:
            await before  # what is said later must not arrive earlier
        team, channel, ts = thread
        if (team, method) in self._without:
            return
        try:
            await self._kit.rest.call(team, method, channel_id=channel, thread_ts=ts, **said)
        except PlatformError as error:
            if code_of(error) in _NEVER:
                self._without.add((team, method))
                self._kit.events.tell("status_not_shown", platform="slack", method=method, reason=str(error)[:200])


def _thread(question: Question) -> _Thread | None:
    if question.thread is None:
        return None
    return question.whence.team, question.channel, question.thread

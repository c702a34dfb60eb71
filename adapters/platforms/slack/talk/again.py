"""Questions that are asked again, or not any more: by who asked them, or who manages the workspace.

Which question that is stands in the id of what is pressed. Its words are read back from the thread, one message, and
kept nowhere.
"""

from dataclasses import replace
from typing import Final

from adapters.platforms.slack.arrival import Halted, Pressed
from adapters.platforms.slack.kit import Json, Kit
from adapters.platforms.slack.talk.answering import OpenReply, PublicPress, Silence, whisper_phrase
from adapters.platforms.slack.talk.whence import Question, asked_about, inbound_of
from adapters.platforms.slack.talk.working import Working
from adapters.platforms.slack.talk.writing import readable
from bot.domain.press import Press
from bot.errors import PlatformError
from bot.ports.platform import Inbox

ASKED: Final = "asked"
"""Under this, the metadata of a question that we put into a thread has its words: they stand in it for all to read."""


class Again:
    """Stops answers, and has questions answered once more."""

    def __init__(self, kit: Kit, inbox: Inbox, working: Working) -> None:
        self._kit = kit
        self._inbox = inbox
        self._working = working

    async def stop(self, pressed: Pressed, question: Question, press: Press) -> None:
        """Stop an answer, if it is theirs or they manage the workspace. What was begun before a restart ends here, too.

        Raises:
            PlatformError: nothing could be shown.
        """
        message, asker = asked_about(press)
        manages = await self.manages(question)
        if asker not in {None, question.whence.user} and not manages:
            await whisper_phrase(self._kit, question, "not-your-answer")
            return
        about = None if message is None else f"{question.whence.team}/{question.channel}/{message}"
        wanted = inbound_of(
            question, "stop", press.edition, self._kit.clock.now(), pressed=True, about=about, manages=manages
        )
        await self._inbox(wanted, PublicPress(self._kit, question, self._working, shown=pressed.message))

    async def halt(self, halted: Halted) -> None:
        """Stop what somebody waits for in a thread, by Slack's own button: the question's answer then says so."""
        now, whence = self._kit.clock.now(), halted.whence
        identity = f"{whence.team}/{whence.user}/{whence.channel}/{whence.thread}/halted/{now.isoformat()}"
        question = Question(whence, whence.place, whence.channel or "", identity, "en")
        self._working.halt(question)
        await self._inbox(inbound_of(question, "stop", "", now, pressed=True), Silence())

    async def again(self, pressed: Pressed, question: Question, press: Press) -> None:
        """Answer the same question once more, in the place of the error that is shown.

        Raises:
            PlatformError: nothing could be shown.
        """
        message, asker = asked_about(press)
        if not await self.may(question, asker):
            await whisper_phrase(self._kit, question, "not-your-answer")
            return
        text = await self.question(question, press)
        if not text:
            await whisper_phrase(self._kit, question, "ask-anew")
            return
        about = self.asked_by(question, asker, message)
        asked = inbound_of(about, text, press.edition, self._kit.clock.now(), mentions_us=True)
        async with self._working.during(about, at_once=True):
            await self._inbox(asked, OpenReply(self._kit, about, self._working, shown=pressed.message))

    def asked_by(self, question: Question, asker: str | None, message: str | None) -> Question:
        """A question that is answered once more to who asked it, in the thread that it stands in."""
        whence = replace(question.whence, user=asker or question.whence.user)
        place = question.place if question.place.thread else replace(question.place, thread=message)
        return replace(question, whence=whence, message=message, place=place)

    async def may(self, question: Question, asker: str | None) -> bool:
        """Whether an answer is theirs, or they manage the workspace."""
        return asker in {None, question.whence.user} or await self.manages(question)

    async def manages(self, question: Question) -> bool:
        """Whether a person manages the workspace; not, where Slack does not say so now."""
        try:
            return await self._kit.workspaces.may_manage(question.whence.team, question.whence.user)
        except PlatformError:
            return False

    async def question(self, question: Question, press: Press) -> str:
        """The text of the question a button is about: a person's words, or those we posted for them; else nothing.

        It is the one message that is read; its words are kept nowhere.
        """
        message, _ = asked_about(press)
        if message is None or not question.channel:
            return ""
        team = question.whence.team
        wanted = {"ts": question.thread or message, "oldest": message, "latest": message}
        try:
            own = await self._kit.workspaces.of(team)
            found = await self._kit.rest.look_up(
                team,
                "conversations.replies",
                channel=question.channel,
                inclusive=True,
                include_all_metadata=True,
                limit=2,
                **wanted,
            )
        except PlatformError:
            return ""
        one: Json = next((one for one in found.get("messages") or () if one.get("ts") == message), {})
        asked = ((one.get("metadata") or {}).get("event_payload") or {}).get(ASKED)
        if asked is not None or own.bot == one.get("bot_id") or own.me == one.get("user"):
            return str(asked or "")
        return readable(str(one.get("text") or ""), own.me)

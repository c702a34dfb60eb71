"""How an answer reaches the person: in the thread, for all, or in a modal that they alone see.

In channels we answer in threads only. A question is answered by one message, which is streamed where Slack lets us.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from adapters.platforms.slack import surfaces
from adapters.platforms.slack.kit import Json, Kit
from adapters.platforms.slack.payloads import Payload, View
from adapters.platforms.slack.posting.uploading import NO_FILES, Files, files_of
from adapters.platforms.slack.rendering import Where, modal, render, streamed
from adapters.platforms.slack.talk.adding import Adding, Spot, Unsure, answered
from adapters.platforms.slack.talk.streaming import Answered, Stream, change
from adapters.platforms.slack.talk.whence import Question, about_question, remembering
from adapters.platforms.slack.talk.working import Working
from bot.domain.message import Answer, Message, Notice, Progress, language_of
from bot.domain.press import named, pressed
from bot.errors import PlaceClosed, PlatformBusy, PlatformError, PlatformUnavailable, ThreadWithdrawn
from bot.ports.phrases import Phrases
from bot.ports.platform import Ref

_ABOUT_A_QUESTION: Final = frozenset({"stop", "retry", "find", "useful"})
"""Verbs that need to know which message was asked, and by whom."""
_STREAMED: Final = frozenset({"answer", "refusal", "deeper", "translate"})
"""What is long enough to be read while it comes: what is looked up is one message."""


def payloads(kit: Kit, message: Message, question: Question, files: Files = NO_FILES) -> list[Payload]:
    """A message for a thread, its buttons knowing which question they are about.

    Raises:
        MessageRefused: it cannot be shown within the limits.
    """
    phrases = _phrases(kit, message, question)
    shown = render(message, phrases, Where(zone=question.zone, pictures=files))
    return [_addressed(one, question) for one in shown]


def window_of(
    kit: Kit, message: Message, question: Question, *, title: str | None = None, files: Files = NO_FILES
) -> View:
    """A message as a modal for one person, which remembers where it was opened."""
    phrases = _phrases(kit, message, question)
    view = modal(message, phrases, Where(private=True, zone=question.zone, pictures=files), title=title)
    return _addressed(remembering(view, question.whence, phrases.language), question)


async def files_for(kit: Kit, message: Message, question: Question) -> Files:
    """The pictures of a message, put into the workspace; none where that failed."""
    return await files_of(kit, question.whence.team, message, _phrases(kit, message, question))


class OpenReply:
    """Answers in the thread, for all."""

    def __init__(self, kit: Kit, question: Question, working: Working, *, shown: str | None = None) -> None:
        """Prepare; `shown` is a message of ours that becomes the answer."""
        self._kit = kit
        self._question = question
        self._working = working
        self._shown = shown
        self._spot = Spot(question.whence.team, question.channel, question.thread, question.message)
        self._adding = Adding(kit, self._spot, answered(question.name))
        self._stream: Stream | None = None
        """Of the answer, once it is begun."""

    async def answer(self, message: Message, *, private: bool) -> Ref | None:
        """Post it. A typed question has no private answer: it stands in the thread.

        Raises:
            PlatformBusy, PlatformUnavailable, MessageRefused: it could not be posted.
        """
        del private
        try:
            return await self.post(message)
        except (PlaceClosed, ThreadWithdrawn, Unsure) as error:
            # Nobody can write there, or the thread is gone, or it may stand there and nobody can look.
            self._kit.events.warn("answer_not_posted", platform="slack", reason=str(error)[:200])
            return None

    async def post(self, message: Message) -> Ref:
        """The same, but for a place that is closed.

        Raises:
            PlaceClosed, ThreadWithdrawn: nobody can write there.
            Unsure: it may stand there.
        """
        if self._question.fresh and isinstance(message, Notice):
            # What else could be asked where there is no edition at all.
            message = Notice(self._kit.catalogue.speak(self._question.language).say("no-edition-slack"))
        files = await files_for(self._kit, message, self._question)
        first, *rest = payloads(self._kit, message, self._question, files)
        posted = await self._put(message, first, several=bool(rest))
        for n, payload in enumerate(rest, 1):
            await Adding(self._kit, self._spot, answered(self._question.name, n)).add(payload)
        return Ref(self._question.place, posted)

    async def progress(self, message: Message) -> None:
        """Say under the thread what is read; show as much of the answer as there is.

        Raises:
            MessageRefused: it cannot be shown within the limits.
        """
        if isinstance(message, Progress):
            self._working.reading(self._question, message.sources)
        elif isinstance(message, Answer) and self._spot.thread and self._shown is None:
            # Slack shows its own Stop.
            message = replace(message, reply=replace(message.reply, actions=()))
            first, *more = payloads(self._kit, message, self._question)
            if not more:
                await self._streaming().grow(self._streamed(message, first))

    async def _put(self, message: Message, payload: Payload, *, several: bool) -> str:
        mark = answered(self._question.name)
        if self._shown is not None:
            try:
                await change(self._kit, self._spot, self._shown, payload, mark)
            except ThreadWithdrawn:
                # Somebody deleted what was shown: the answer comes all the same.
                return await self._adding.add(payload)
            return self._shown
        streams = isinstance(message, Answer) and message.reply.kind in _STREAMED and not several and self._spot.thread
        if isinstance(message, Answer) and streams:
            return await self._streaming().post(self._streamed(message, payload))
        if self._stream is not None and self._stream.begun:
            # It has begun, and became something else: the end of it says all.
            return await self._stream.post(Answered("", (), payload))
        return await self._adding.add(payload)

    def _halted(self) -> bool:
        return self._working.halted(self._question)

    def _streaming(self) -> Stream:
        if self._stream is None:
            mark = answered(self._question.name)
            self._stream = Stream(self._kit, self._question, self._spot, self._adding, mark, self._halted)
        return self._stream

    def _streamed(self, message: Answer, complete: Payload) -> Answered:
        question = self._question
        found = streamed(message, _phrases(self._kit, message, question), Where(zone=question.zone))
        blocks = _addressed({"blocks": [dict(one) for one in found.blocks]}, question)["blocks"]
        return Answered(found.markdown, tuple(blocks), complete)


class Window:
    """A modal that was opened at once, and gets its content when there is some."""

    def __init__(self, kit: Kit, question: Question, view: str) -> None:
        """`view` is the id of the modal."""
        self._kit = kit
        self._question = question
        self._surface = surfaces.Window(kit, question.whence.team, view)

    async def answer(self, message: Message, *, private: bool) -> Ref | None:
        """Show it to who pressed.

        Raises:
            PlatformError: it could not be shown.
        """
        del private
        files = await files_for(self._kit, message, self._question)
        await self.show(window_of(self._kit, message, self._question, files=files))
        return None

    async def progress(self, message: Message) -> None:
        """As much of the answer as there is; that one comes, the modal says from the beginning.

        Raises:
            PlatformError: it could not be shown; the answer may still be.
        """
        if isinstance(message, Answer):
            await self.show(window_of(self._kit, message, self._question))

    async def show(self, view: Json) -> None:
        """Replace what is in the modal; who has closed it wants to see nothing any more.

        Raises:
            PlatformError: it could not be shown.
        """
        await self._surface.show(dict(view))


class PublicPress:
    """Answers a press for all; what concerns one person is whispered to them."""

    def __init__(self, kit: Kit, question: Question, working: Working, *, shown: str | None = None) -> None:
        self._kit = kit
        self._question = question
        self._open = OpenReply(kit, question, working, shown=shown)

    async def answer(self, message: Message, *, private: bool) -> Ref | None:
        """Post it; show it to who pressed where nobody can write.

        Raises:
            PlatformError: it could not be shown.
        """
        if not private:
            try:
                return await self._open.post(message)
            except (PlaceClosed, ThreadWithdrawn):
                pass
            except Unsure as error:
                self._kit.events.warn("answer_not_posted", platform="slack", reason=str(error)[:200])
                return None
        await whisper(self._kit, self._question, message)
        return None

    async def progress(self, message: Message) -> None:
        """Under the thread."""
        await self._open.progress(message)


class Silence:
    """Takes an answer that somebody else shows already."""

    async def answer(self, message: Message, *, private: bool) -> Ref | None:
        """Show nothing."""
        del message, private
        return None

    async def progress(self, message: Message) -> None:
        """Show nothing."""
        del message


async def whisper(kit: Kit, question: Question, message: Message) -> None:
    """A message beside what was pressed, for this person alone. Slack promises nothing of it, so neither do we."""
    try:
        for payload in payloads(kit, message, question):
            await kit.rest.post(
                question.whence.team,
                question.channel,
                "chat.postEphemeral",
                user=question.whence.user,
                thread_ts=question.whence.thread,
                **payload,
            )
    except (PlaceClosed, ThreadWithdrawn, PlatformBusy, PlatformUnavailable) as error:
        kit.events.tell("whisper_lost", platform="slack", reason=str(error)[:200])


async def whisper_phrase(kit: Kit, question: Question, key: str) -> None:
    """One phrase for this person alone."""
    await whisper(kit, question, Notice(kit.catalogue.speak(question.language).say(key)))


def closed(error: PlatformError) -> bool:
    """Whether nothing can be posted there."""
    return isinstance(error, (PlaceClosed, ThreadWithdrawn))


def _phrases(kit: Kit, message: Message, question: Question) -> Phrases:
    return kit.catalogue.speak(language_of(message) or question.language)


def _addressed(shown: dict[str, Any], question: Question) -> dict[str, Any]:
    """A message or view whose `stop`, `retry`, `find` and `useful` say which question they are about."""
    if question.message is None:
        return shown
    return _about(shown, about_question(question.message, question.whence.user))


_HELD: Final = ("blocks", "elements", "options")
_BESIDE: Final = ("accessory", "positive_button", "negative_button")


def _about(part: Mapping[str, Any], about: str) -> dict[str, Any]:
    made = dict(part)
    for key in _HELD:
        if key in made:
            made[key] = [_about(one, about) for one in made[key]]
    for key in _BESIDE:
        if key in made:
            made[key] = _about(made[key], about)
    press = pressed(str(made.get("value", "")))
    if press is not None and press.verb in _ABOUT_A_QUESTION:
        made["value"] = _named_about(press.verb, press.edition, press.rest, about) or made["value"]
    return made


def _named_about(verb: str, edition: str, rest: str, about: str) -> str | None:
    """The id with its question; None where it says already what it is about, or would be too long."""
    if verb == "useful" and rest in {"yes", "no"}:
        about = f"{rest}.{about}"
    elif rest:
        return None
    try:
        return named(verb, edition, about)
    except ValueError:
        return None

"""Private look-ups that somebody shows to all, and chapters, once; stories that somebody shows in another channel."""

from dataclasses import replace
from typing import Final

from adapters.platforms.slack.kit import Kit, parts_of, place_of
from adapters.platforms.slack.payloads import Payload
from adapters.platforms.slack.rendering import Where, permalink, render
from adapters.platforms.slack.talk.adding import Adding, Spot, Unsure, marked
from adapters.platforms.slack.talk.answering import OpenReply, Window, closed, whisper
from adapters.platforms.slack.talk.whence import Editions, Question, inbound_of
from adapters.platforms.slack.talk.working import Working
from adapters.wire.publications import publication, spoken
from bot.domain.document import Run, Small
from bot.domain.edition import Edition, Story
from bot.domain.message import Answer, Message, Notice, Sheet, StoryPart
from bot.domain.press import Press, alone
from bot.domain.reply import Action
from bot.errors import NotFoundError, PlaceClosed, PlatformError, ThreadWithdrawn
from bot.ports.platform import Inbox, Ref, ReplyHandle

_LONGEST_NAME: Final = 80


class Sharing:
    """Shows look-ups to all, and knows which are."""

    def __init__(self, kit: Kit, inbox: Inbox, editions: Editions, working: Working) -> None:
        self._kit = kit
        self._inbox = inbox
        self._editions = editions
        self._working = working

    async def share(self, question: Question, window: Window, press: Press) -> None:
        """Post a look-up in the thread, headed with who shared it, and tell them where it stands.

        Raises:
            NotFoundError: its edition or it is not known.
            StoreError: the database failed.
            PlatformError: nothing could be shown.
        """
        word = press.shared
        about = await publication(self._kit.office, press.edition, question.whence.tenant)
        if word is None or about is None:
            raise NotFoundError("nothing to share is kept")
        home = await self._home(press.edition, question)
        if home is None:
            await self._say(question, window, "cannot-share-slack")
            return
        if await self.shown_already(home, window, press.edition, word):
            return
        name = await name_of(self._kit, question)
        handle = _Shared(self._kit, home, window, f"{about.id}/{word}", name, self._working)
        # All read it: it speaks the language of what they read.
        inbound = inbound_of(
            home, word, about.id, self._kit.clock.now(), pressed=True, in_public=True, language=spoken(about)
        )
        await self._inbox(inbound, handle)

    async def shared_before(self, question: Question, window: Window, edition: str, word: str) -> bool:
        """Whether a look-up is shared already where it was pressed; if so, who pressed is led to it.

        Raises:
            StoreError: the database failed.
            PlatformError: nothing could be shown.
        """
        home = await self._home(edition, question)
        return home is not None and await self.shown_already(home, window, edition, word)

    def part(self, there: Question, window: Window | None, edition: str, word: str) -> ReplyHandle:
        """Posts a part of a discussion, once; `window` leads there who does not see the thread."""
        return _Part(self._kit, there, window, f"{edition}/{word}", self._working)

    async def shown_already(self, home: Question, window: Window | None, edition: str, word: str) -> bool:
        """The same, of the thread it would be shared in; without a window they are told beside what they pressed."""
        message = await self._kit.office.whereabouts.shared(f"{edition}/{word}", home.place)
        if message is None or not await stands(self._kit, home, message):
            return False
        say = self._kit.catalogue.speak(home.language).say
        link = Action("goto", "list", await address_of(self._kit, home, message))
        told = Notice(say("shared-already"), actions=(link, Action("mine", alone(word))), edition=edition)
        if window is None:
            await whisper(self._kit, home, told)
        else:
            await window.answer(told, private=True)
        return True

    async def _home(self, edition: str, question: Question) -> Question | None:
        """The thread it would stand in; None: there is none."""
        if not question.channel:
            return None
        place = await self._editions.home(edition, question.place)
        return None if place.thread is None else replace(question, place=place)

    async def _say(self, question: Question, window: Window, key: str) -> None:
        await window.answer(Notice(self._kit.catalogue.speak(question.language).say(key)), private=True)

    # ------------------------------------------------------------ to another channel

    async def send(self, question: Question, window: Window, press: Press, channel: str) -> None:
        """Post a story in a channel, headed with who shared it, once; tell them where it stands.

        Raises:
            NotFoundError: it is not kept.
            StoreError: the database failed.
            PlatformError: nothing could be shown.
        """
        edition = await self._kit.office.whereabouts.edition(press.edition)
        number = press.rest
        story = edition.story(int(number)) if edition is not None and number.isdecimal() else None
        if edition is None or story is None:
            raise NotFoundError("no such story is kept")
        there = replace(question, place=place_of(question.whence.team, channel), channel=channel)
        look_up = f"{edition.id}/send/{number}"
        message, key = await self._kit.office.whereabouts.shared(look_up, there.place), "send-before"
        if message is None or not await stands(self._kit, there, message):
            try:
                message, key = await self._post(there, edition, story, look_up), "send-now"
            except (PlaceClosed, ThreadWithdrawn):
                await self._say(question, window, "send-not-there")
                return
            except Unsure:
                await self._say(question, window, "send-unsure")
                return
        self._editions.engage(replace(there.place, thread=message), edition.id)
        link = Action("goto", "list", await address_of(self._kit, there, message))
        said = self._kit.catalogue.speak(question.language).say(key)
        await window.answer(Notice(said, actions=(link,), edition=edition.id), private=True)

    async def _post(self, there: Question, edition: Edition, story: Story, look_up: str) -> str:
        phrases = self._kit.catalogue.speak(edition.language)
        first, *rest = (dict(one) for one in render(StoryPart(edition, story), phrases, Where()))
        by = Small((Run(phrases.say("shared-by", name=await name_of(self._kit, there))),))
        (head, *_) = render(Sheet((by,), edition.language), phrases, Where())
        headed = {**first, "blocks": [*head["blocks"], *first["blocks"]]}
        posted = await self._add(there, None, headed, look_up)
        await self._kit.office.whereabouts.shared(look_up, there.place, posted)
        for n, payload in enumerate(rest, 1):
            await self._add(there, posted, payload, f"{look_up}/{n}")
        return posted

    async def _add(self, there: Question, thread: str | None, payload: Payload, name: str) -> str:
        spot = Spot(there.whence.team, there.channel, thread)
        return await Adding(self._kit, spot, marked(f"{there.channel}/{name}/{there.id}")).add(payload)


async def name_of(kit: Kit, question: Question) -> str:
    """What a person is called."""
    profile = await kit.workspaces.profile(question.whence.team, question.whence.user)
    return profile.name[:_LONGEST_NAME]


async def address_of(kit: Kit, question: Question, message: str) -> str:
    """The address of a message where a question is answered.

    Raises:
        PlatformError: the workspace could not be looked up.
    """
    own = await kit.workspaces.of(question.whence.team)
    return permalink(own.address, question.channel, message, question.thread)


async def stands(kit: Kit, there: Question, message: str) -> bool:
    """Whether a message is still there; where that cannot be read, it is taken to be."""
    try:
        found = await kit.rest.look_up(
            there.whence.team,
            "conversations.replies",
            channel=there.channel,
            ts=there.thread or message,
            oldest=message,
            latest=message,
            inclusive=True,
            limit=2,
        )
    except ThreadWithdrawn:
        return False
    except PlatformError:
        return True
    return any(one.get("ts") == message and one.get("subtype") != "tombstone" for one in found.get("messages") or ())


class _Shared:
    """Posts the answer to a Post in thread for all, and says to who pressed where it stands."""

    def __init__(self, kit: Kit, home: Question, window: Window, look_up: str, name: str, working: Working) -> None:
        self._kit = kit
        self._home = home
        self._window = window
        self._look_up = look_up
        self._name = name
        self._open = OpenReply(kit, home, working)

    async def answer(self, message: Message, *, private: bool) -> Ref | None:
        """Post it, or show who pressed why not.

        Raises:
            PlatformError: nothing could be shown.
            StoreError: the database failed.
        """
        if private or not isinstance(message, Answer):
            return await self._window.answer(message, private=True)
        say = self._kit.catalogue.speak(self._home.language).say
        try:
            there = await self._post(replace(message, shared_by=self._name))
        except PlatformError as error:
            if not closed(error) and not isinstance(error, Unsure):
                raise
            return await self._window.answer(Notice(say("cannot-share-slack")), private=True)
        link = Action("goto", "list", await address_of(self._kit, self._home, there))
        return await self._window.answer(Notice(say("shared-now"), actions=(link,)), private=True)

    async def _post(self, message: Answer) -> str:
        return await _once(self._kit, self._open, message, self._home, self._look_up)

    async def progress(self, message: Message) -> None:
        """The modal says to who pressed that something comes."""
        del message


class _Part:
    """Posts a part of a discussion: it is nobody's, and where nobody can write, who pressed reads it alone."""

    def __init__(self, kit: Kit, there: Question, window: Window | None, look_up: str, working: Working) -> None:
        self._kit = kit
        self._there = there
        self._window = window
        self._look_up = look_up
        self._open = OpenReply(kit, there, working)

    async def answer(self, message: Message, *, private: bool) -> Ref | None:
        """Post it; show it to who pressed where nobody can write.

        Raises:
            PlatformError: nothing could be shown.
            StoreError: the database failed.
        """
        if private or not isinstance(message, Answer):
            return await self._alone(message)
        try:
            posted = await _once(self._kit, self._open, message, self._there, self._look_up)
        except PlatformError as error:
            if not closed(error):
                raise
            return await self._alone(message)
        if self._window is not None:
            say = self._kit.catalogue.speak(self._there.language).say
            link = Action("goto", "list", await address_of(self._kit, self._there, posted))
            await self._window.answer(Notice(say("shared-now"), actions=(link,)), private=True)
        return Ref(self._there.place, posted)

    async def _alone(self, message: Message) -> Ref | None:
        if self._window is not None:
            return await self._window.answer(message, private=True)
        await whisper(self._kit, self._there, message)
        return None

    async def progress(self, message: Message) -> None:
        """Under the thread."""
        await self._open.progress(message)


async def _once(kit: Kit, opened: OpenReply, message: Answer, home: Question, look_up: str) -> str:
    """The message that shows it; of two people who ask for it at the same moment, the first one's stays.

    Raises:
        PlatformError: it could not be posted.
        StoreError: the database failed.
    """
    posted = await opened.post(message)
    first = await kit.office.whereabouts.shared(look_up, home.place, posted.id)
    if first is None or first == posted.id or not await stands(kit, home, first):
        return posted.id
    team, _ = parts_of(home.place)
    await kit.rest.call(team, "chat.delete", channel=home.channel, ts=posted.id)
    return first


class Led:
    """Posts an answer in a thread that who pressed does not see, and leads them to it."""

    def __init__(self, kit: Kit, question: Question, window: Window, working: Working) -> None:
        self._kit = kit
        self._question = question
        self._window = window
        self._open = OpenReply(kit, question, working)

    async def answer(self, message: Message, *, private: bool) -> Ref | None:
        """Post it; show it to who pressed where nobody can write.

        Raises:
            PlatformError: it could not be shown.
        """
        if private:
            return await self._window.answer(message, private=True)
        try:
            posted = await self._open.post(message)
        except PlatformError as error:
            if not closed(error):
                raise
            return await self._window.answer(message, private=True)
        say = self._kit.catalogue.speak(self._question.language).say
        link = Action("goto", "list", await address_of(self._kit, self._question, posted.id))
        await self._window.answer(Notice(say("shared-now"), actions=(link,)), private=True)
        return posted

    async def progress(self, message: Message) -> None:
        """Under the thread."""
        await self._open.progress(message)

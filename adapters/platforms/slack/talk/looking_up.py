"""Look-ups by button and menu: what typing the word does, for one person; `deeper` for all; and the archive."""

from dataclasses import replace

from adapters.platforms.slack.arrival import Pressed
from adapters.platforms.slack.kit import Kit
from adapters.platforms.slack.talk.again import Again
from adapters.platforms.slack.talk.answering import PublicPress, Window
from adapters.platforms.slack.talk.sharing import Led, Sharing
from adapters.platforms.slack.talk.whence import Editions, Question, inbound_of, visitor_of
from adapters.platforms.slack.talk.working import Working
from adapters.wire.publications import publication, spoken
from bot.domain.message import Answer, StoryPart, is_episode
from bot.domain.press import Press
from bot.errors import NotFoundError
from bot.ports.platform import Inbox, ReplyHandle


def is_public(pressed: Pressed, press: Press) -> bool:
    """Whether the answer is a new part of the thread: to go deeper is, and a chapter, under any message."""
    wanted = press.verb == "deep" or (press.verb == "chap" and is_episode(press.edition) and not press.alone)
    return wanted and pressed.view is None and pressed.message is not None


def in_thread(pressed: Pressed) -> bool:
    """Whether who pressed is reading a thread, and not the channel above it."""
    return pressed.whence.thread not in {None, pressed.message}


def word_of(pressed: Pressed, press: Press) -> str:
    """The typed words that do the same as a press, with what was chosen in a menu."""
    chosen = next((one for one in pressed.values if one.isdecimal()), "")
    return (press.chosen(chosen) if chosen else press.word) or ""


class LookUps:
    """Answers what is pressed to know more."""

    def __init__(
        self, kit: Kit, inbox: Inbox, editions: Editions, working: Working, sharing: Sharing, again: Again
    ) -> None:
        self._kit = kit
        self._inbox = inbox
        self._editions = editions
        self._working = working
        self._sharing = sharing
        self._again = again

    async def look_up(self, pressed: Pressed, question: Question, window: Window, press: Press) -> None:
        """Answer as if the word was typed, in a modal.

        Raises:
            StoreError: the database failed.
            PlatformError: nothing could be shown.
        """
        word = word_of(pressed, press)
        may_stand = bool(press.edition) and not press.alone
        if may_stand and await self._sharing.shared_before(question, window, press.edition, word):
            return
        await self._inbox(inbound_of(question, word, press.edition, self._kit.clock.now(), pressed=True), window)

    async def deepen(self, pressed: Pressed, question: Question, window: Window | None, press: Press) -> None:
        """Answer in the thread; `window` leads there who does not see it.

        Raises:
            NotFoundError: it is a chapter of what is no longer kept.
            StoreError: the database failed.
            PlatformError: nothing could be shown.
        """
        handle: ReplyHandle
        about = await publication(self._kit.office, press.edition, question.whence.tenant)
        place = await self._editions.home(press.edition, question.place, pressed.message)
        there, word = replace(question, place=place), word_of(pressed, press)
        if is_episode(press.edition) and press.verb == "chap":
            if about is None:
                raise NotFoundError("its episode is not kept")
            if await self._sharing.shown_already(there, window, press.edition, word):
                return
            handle = self._sharing.part(there, window, press.edition, word)
        else:
            led = Led(self._kit, there, window, self._working) if window else None
            handle = led or PublicPress(self._kit, there, self._working)
        # All read it: it speaks the language of what they read.
        tongue = spoken(about) if about else question.language
        for_all = inbound_of(
            there,
            word,
            press.edition,
            self._kit.clock.now(),
            pressed=True,
            in_public=True,
            language=tongue,
        )
        async with self._working.during(there, at_once=True):
            await self._inbox(for_all, handle)

    async def read(self, window: Window, press: Press) -> None:
        """A whole story, to one person: of an edition that they alone have.

        Raises:
            NotFoundError: its edition is no longer kept.
            StoreError: the database failed.
            PlatformError: nothing could be shown.
        """
        edition = await self._kit.office.whereabouts.edition(press.edition)
        story = edition.story(int(press.rest)) if edition is not None and press.rest.isdecimal() else None
        if edition is None or story is None:
            raise NotFoundError("no such story is kept")
        await window.answer(StoryPart(edition, story), private=True)

    async def find(self, question: Question, window: Window, press: Press) -> None:
        """What earlier editions have on a story, or on a question that this one could not answer.

        Raises:
            NotFoundError: it is not known what to look for.
            StoreError: the database failed.
            PlatformError: nothing could be shown.
        """
        edition = await self._kit.office.whereabouts.edition(press.edition)
        story = edition.story(int(press.rest)) if edition is not None and press.rest.isdecimal() else None
        query = story.title if story else await self._again.question(question, press)
        if not query:
            raise NotFoundError("nothing to look for is known")
        reply = await self._kit.office.on_demand.search(visitor_of(question.whence, question.language), query)
        await window.answer(Answer(reply, question.language, edition=edition), private=True)

"""Questions that are asked by a form, a command or a menu, asked again, or stopped; and reports of mistakes.

A question is put into the thread, for all, and answered there.
"""

import re
from dataclasses import replace
from typing import Any

import discord

from adapters.platforms.discord.kit import Kit
from adapters.platforms.discord.rendering import jump
from adapters.platforms.discord.talk.answering import (
    OpenReply,
    PrivateReply,
    PublicPress,
    closed,
    payloads,
    say_alone,
    show_alone,
)
from adapters.platforms.discord.talk.whence import Question, asked_about, inbound_of, pressed_at, question_of
from adapters.platforms.discord.talk.writing import MOST_REPORTED, written
from bot.domain.document import Paragraph, Run
from bot.domain.message import Notice, Sheet
from bot.domain.press import Press
from bot.domain.reply import Action
from bot.errors import MessageRefused, PlaceClosed
from bot.ports.office import home
from bot.ports.platform import Inbox

_ESCAPED = re.compile(r"\\([^\w\s])")
_LONGEST_NAME = 80


class Asking:
    """Puts questions into the thread of an edition and has them answered there."""

    def __init__(self, kit: Kit, inbox: Inbox) -> None:
        self._kit = kit
        self._inbox = inbox

    async def ask_in_place(self, press: discord.Interaction[Any], text: str, edition: str) -> None:
        """Post somebody's question where an edition is discussed, and answer it there.

        The interaction is acknowledged privately before. Where we cannot post, the answer is shown to the asker alone.

        Raises:
            StoreError: the database failed.
            PlatformError: nothing could be shown.
        """
        here = pressed_at(press)
        if press.guild_id is None or not press.is_guild_integration():
            await self._privately(press, text, edition)
            return
        question = question_of(press, await home(self._kit.office.whereabouts, edition, here))
        try:
            posted = await self._post(press, question, text)
        except (PlaceClosed, MessageRefused) as error:
            if not closed(error):
                raise
            await self._privately(press, text, edition)
            return
        say = self._kit.catalogue.speak(question.language).say
        link = Action("goto", "list", jump(question.guild, question.channel, posted))
        told = Notice(say("asked-there"), actions=(link,), edition=edition)
        await PrivateReply(self._kit, press, question).answer(told, private=True)
        about = replace(question, message=posted)
        await self._inbox(inbound_of(press, about, text, edition, mentions_us=True), OpenReply(self._kit, about))

    async def ask(self, press: discord.Interaction[Any], pressed: Press) -> None:
        """Take a question from its form.

        Raises:
            StoreError, PlatformError: as `ask_in_place`.
        """
        edition, (message, _) = pressed.edition, asked_about(pressed)
        if not edition and message is not None:
            edition = await self._kit.office.whereabouts.edition_at(pressed_at(press), message) or ""
        await self.ask_in_place(press, written(press), edition)

    async def report(self, press: discord.Interaction[Any], pressed: Press) -> None:
        """Hand a reported mistake to whoever runs this bot, in the person's words: the form says who reads them.

        It is the one event with text that somebody wrote (`bot.ports.events`); its only reader is who it is meant for.

        Raises:
            PlatformError: thanks could not be shown.
        """
        text = " ".join(written(press).split())[:MOST_REPORTED]
        told = {"edition": pressed.edition, "story": pressed.rest, "text": text}
        self._kit.events.warn("mistake_reported", platform="discord", **told)
        phrases = self._kit.catalogue.speak(str(press.locale.value))
        await show_alone(self._kit, press, Notice(phrases.say("wrong-thanks"), edition=pressed.edition))

    async def stop(self, press: discord.Interaction[Any], pressed: Press) -> None:
        """Stop an answer, if it is theirs or they moderate. What was begun before a restart ends here, too.

        Raises:
            PlatformError: nothing could be shown.
        """
        message, asker = asked_about(pressed)
        if not _may(press, asker):
            await say_alone(self._kit, press, "not-your-answer")
            return
        question = question_of(press)
        moderates = press.permissions.manage_messages
        wanted = inbound_of(press, question, "stop", pressed.edition, pressed=True, about=message, manages=moderates)
        shown = str(press.message.id) if press.message else None
        await self._inbox(wanted, PublicPress(self._kit, press, question, shown=shown))

    async def again(self, press: discord.Interaction[Any], pressed: Press) -> None:
        """Answer the same question once more, in the place of the error that is shown.

        Raises:
            PlatformError: nothing could be shown.
        """
        message, asker = asked_about(pressed)
        if not _may(press, asker):
            await say_alone(self._kit, press, "not-your-answer")
            return
        text = await self.question(press, pressed)
        if not text or press.message is None:
            await say_alone(self._kit, press, "how-to-ask")
            return
        question = question_of(press)
        about = replace(question, asker=asker or question.asker, message=message)
        handle = OpenReply(self._kit, about, shown=str(press.message.id))
        await self._inbox(inbound_of(press, about, text, pressed.edition, mentions_us=True), handle)

    async def question(self, press: discord.Interaction[Any], pressed: Press) -> str:
        """The text of the question a button is about: a person's words, or those we posted for them; else nothing.

        Raises:
            PlatformError: it could not be read.
        """
        message, _ = asked_about(pressed)
        if message is None:
            return ""
        try:
            found = await self._kit.rest.message(question_of(press).channel, message)
        except PlaceClosed:
            return ""
        me = str(self._kit.me())
        if found["author"]["id"] != me:
            return re.sub(rf"<@!?{me}>", " ", str(found.get("content", ""))).strip()
        text = next((part["content"] for part in found.get("components", ()) if "content" in part), "")
        return _ESCAPED.sub(r"\1", text.partition(":** ")[2])

    async def _post(self, press: discord.Interaction[Any], question: Question, text: str) -> str:
        say = self._kit.catalogue.speak(question.language).say
        name = Run(say("person-asks", name=press.user.display_name[:_LONGEST_NAME]), "bold")
        shown = Sheet((Paragraph((name, Run(" "), Run(text))),), question.language)
        (payload, *_) = payloads(self._kit, shown, question, private=False)
        return str((await self._kit.rest.send(question.channel, payload, nonce=question.id))["id"])

    async def _privately(self, press: discord.Interaction[Any], text: str, edition: str) -> None:
        question = question_of(press)
        handle = PrivateReply(self._kit, press, question)
        await self._inbox(inbound_of(press, question, text, edition, pressed=True), handle)


def _may(press: discord.Interaction[Any], asker: str | None) -> bool:
    """Whether a personal button is theirs, or they moderate here."""
    return asker in {None, str(press.user.id)} or press.permissions.manage_messages

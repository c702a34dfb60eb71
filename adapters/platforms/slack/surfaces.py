"""Where an answer to one person is shown: a window that stands already, or words beside what they typed."""

import re
from html import unescape
from typing import Final, Protocol

from adapters.platforms.slack.errors import code_of
from adapters.platforms.slack.kit import PLATFORM, Json, Kit
from adapters.platforms.slack.payloads import Payload, View, actions, button, context, message, readable, section
from adapters.platforms.slack.posting.uploading import shown
from adapters.platforms.slack.rendering.limits import faults
from adapters.platforms.slack.rendering.marks import sentence
from bot.errors import MessageRefused, PlatformBusy, PlatformUnavailable
from bot.ports.phrases import Phrases

_LEFT: Final = frozenset({"not_found", "view_not_found"})
"""The person has closed the modal."""
_SUMMARY: Final = 300
_TRIES: Final = 3
_MARKUP: Final = re.compile(r"<[^<>|]*(?:\|(?P<label>[^<>]*))?>|[*`]")


class Surface(Protocol):
    """Takes one answer after another, each in place of the one before."""

    @property
    def shown(self) -> View | None:
        """What was shown last."""
        ...

    async def show(self, view: View) -> None:
        """Show it.

        Raises:
            PlatformError: it could not be shown.
        """
        ...


class Window:
    """A modal that was opened at once."""

    def __init__(self, kit: Kit, team: str, view: str) -> None:
        """`view` is the id of the modal."""
        self._kit = kit
        self._team = team
        self._view = view
        self.shown: View | None = None

    async def show(self, view: View) -> None:
        """Put something into it; nothing happens where the person has closed it meanwhile."""
        self.shown = view
        for _ in range(_TRIES - 1):
            try:
                await self._update(view)
            except (PlatformUnavailable, PlatformBusy):
                continue  # the same content once more changes nothing
            return
        await self._update(view)

    async def _update(self, view: View) -> None:

        async def update(given: Json) -> Json:
            return await self._kit.rest.call(self._team, "views.update", view_id=self._view, view=given)

        try:
            await shown(self._kit.clock, view, update)
        except MessageRefused as error:
            if code_of(error) not in _LEFT:
                raise
            self._kit.events.tell("window_closed", platform=PLATFORM)


class Aside:
    """Words that one person sees beside what they typed: what a modal has in its footer is a button here.

    Each answer is a message of its own, five at most: what only says that something comes is left out.
    """

    def __init__(self, kit: Kit, address: str, phrases: Phrases) -> None:
        """`address` is the `response_url` of what they did."""
        self._kit = kit
        self._address = address
        self._phrases = phrases
        self.shown: View | None = None

    async def show(self, view: View) -> None:
        """Send it."""
        if _waits(view, self._phrases):
            return
        self.shown = view
        said = _as_message(view, self._phrases)
        await self._kit.rest.respond(self._address, response_type="ephemeral", replace_original=False, **said)


class Gone:
    """Nothing can be shown to who asked: they did it where only a modal answers, and it was too late for one."""

    shown: View | None = None

    async def show(self, view: View) -> None:
        """Show nothing."""


def _waits(view: View, phrases: Phrases) -> bool:
    said = phrases.say("loading")
    return any(block.get("text", {}).get("text") == said for block in view["blocks"] if block["type"] == "section")


def _as_message(view: View, phrases: Phrases) -> Payload:
    """A window as a message: a form cannot be one, and says so."""
    blocks = list(view["blocks"])
    if any(block["type"] == "input" for block in blocks):
        blocks = [context(phrases.say("only-you")), section(phrases.say("slack-late-form"))]
    elif view.get("submit"):
        blocks.append(actions(button(view["submit"]["text"], view["callback_id"], primary=True)))
    first = next((text for block in blocks if block["type"] in {"header", "section"} for text in readable(block)), "")
    plain = unescape(_MARKUP.sub(lambda mark: mark["label"] or "", first))
    words = sentence(plain)[:_SUMMARY] or str(view["title"]["text"])
    made = message(words, *blocks)
    kept = len(blocks)
    while faults(made) and kept > 1:
        kept -= 1
        made = message(words, *blocks[:kept], context(phrases.say("not-all-fits")))
    return made

"""One command, press or form, from the window that opens at once to the answer, and what is said when it goes wrong.

Slack lets us open a window within three seconds of what somebody did, once. So it opens empty, before anything is
looked up, and gets its content when there is some. Where it could not be opened any more, the answer comes as words
beside what was typed, which need nothing but the address that came with it. Whatever happens in here, the person gets
words.
"""

import asyncio
import json
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from adapters.platforms.slack.arrival import Pressed, Sent, Whence
from adapters.platforms.slack.errors import code_of
from adapters.platforms.slack.kit import PLATFORM, Json, Kit, Profile
from adapters.platforms.slack.payloads import View, actions, bold_start, button, context, modal, section
from adapters.platforms.slack.permissions import PEOPLE
from adapters.platforms.slack.posting.uploading import NO_FILES, Files, files_of
from adapters.platforms.slack.rendering import Where, dates, loading
from adapters.platforms.slack.rendering import modal as windowed
from adapters.platforms.slack.rendering.marks import MRKDWN
from adapters.platforms.slack.surfaces import Aside, Gone, Surface, Window
from adapters.platforms.slack.talk.whence import language_in, settled, visitor_of
from adapters.platforms.slack.wording import Wording
from adapters.wire.runs import plain
from bot.domain.document import Run
from bot.domain.layout.runs import instant
from bot.domain.message import Message, Notice
from bot.domain.press import named
from bot.domain.visitor import Visitor
from bot.errors import (
    ConfigError,
    CoresError,
    CounterpointError,
    LimitReached,
    NotAllowedError,
    NotFoundError,
    PlatformError,
    SourceError,
    SpeechError,
    StoreError,
    error_id,
)

_MOST_TOLD: Final = 1500
"""Characters of words that say what went wrong."""
_STATE: Final = "s"
"""Under this, the metadata of a window has what a form must not lose."""
_USED: Final = "exchanged_trigger_id"
_FULL: Final = "push_limit_reached"


class Refused(NotAllowedError):
    """We do not do that for this person; the words are in their language."""

    def __init__(self, words: str, *, way: Json | None = None) -> None:
        """`way` is a button that leads on."""
        super().__init__(words)
        self.way = way


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody did, as far as it matters for how they are answered."""

    whence: Whence
    id: str
    """The same thing has the same, however often it comes."""
    view: Json | None = None
    """The modal or App Home in which it was done."""
    address: str | None = None
    """Where words can be sent that they alone see."""
    sent: bool = False
    """A form was sent: its window stands, and shows that something comes."""

    @classmethod
    def of(cls, done: Pressed | Sent) -> "Asked":
        """Of what was pressed or sent."""
        whence = settled(done.whence, done.view)
        if isinstance(done, Sent):
            return cls(whence, done.id, done.view, sent=True)
        return cls(whence, done.id, done.view, done.response_url)

    @property
    def window(self) -> str | None:
        """Id of the modal it was done in."""
        inside = self.view is not None and self.view.get("type") == "modal"
        return str(self.view["id"]) if inside and self.view is not None else None


class Call:
    """Something asked of us, its answer, and who sees it. All methods raise `PlatformError` when Slack refused."""

    def __init__(self, kit: Kit, asked: Asked) -> None:
        self.kit = kit
        self.asked = asked
        self.whence = asked.whence
        self.zone: str | None = None
        self.changed = False
        """Something was changed that App Home shows."""
        self.surface: Surface = Gone()
        self.ended = asyncio.Event()
        """It was answered."""
        self.meet(None)

    def meet(self, profile: Profile | None) -> None:
        """Speak to who asks as Slack says of them; of whom it says nothing, as the window did."""
        language = (profile.language if profile else None) or language_in(self.asked.view) or "en"
        self.phrases = Wording(self.kit.catalogue.speak(language))
        self.visitor: Visitor = visitor_of(self.whence, language)
        self.zone = profile.zone if profile else None

    @property
    def say(self) -> Callable[..., str]:
        """The words of the reader's language."""
        return self.phrases.say

    @property
    def tenant(self) -> str:
        """The workspace."""
        return self.visitor.tenant

    @property
    def channel(self) -> str | None:
        """The channel they are in, if it is one that editions can come to."""
        here = self.whence.channel
        return here if here is not None and here[:1] in {"C", "G"} else None

    @property
    def has_window(self) -> bool:
        """The answer stands in a modal, which remembers what a form must not lose."""
        return isinstance(self.surface, Window)

    # ------------------------------------------------------------ who may

    async def manages(self) -> bool:
        """Whether who asks manages the workspace, looked up now; not, where Slack does not say so."""
        try:
            return (await _looked_up(self)).manages
        except PlatformError:
            return False

    async def managed(self) -> str:
        """The tenant, once it is sure that this person may manage it.

        Raises:
            Refused: they may not; the words say who can.
        """
        if not (await _looked_up(self)).manages:
            raise Refused(await _who_can(self))
        return self.tenant

    # ------------------------------------------------------------ words

    def time(self, run: Run) -> str:
        """An instant (`layout.runs.instant`) in mrkdwn."""
        return dates.told(run, self.phrases, self.zone, alone=True)

    def drawn(
        self,
        shown: Message,
        *,
        title: str | None = None,
        above: Sequence[Json] = (),
        below: Sequence[Json] = (),
        files: Files = NO_FILES,
    ) -> View:
        """A message as a window, with what stands over and under it."""
        where = Where(private=True, zone=self.zone, pictures=files)
        return windowed(shown, self.phrases, where, title=title, above=above, below=below)

    def note(self, first: str, *below: Json) -> View:
        """Words in mrkdwn as a window, the first sentence in bold."""
        return self.page(section(bold_start(first)), *below)

    def page(self, *blocks: Json, title: str | None = None) -> View:
        """A window of these blocks, for one person, who is told so."""
        only = context(self.say("only-you"))
        return modal(title or self.say("slack-home-title"), only, *blocks, close=self.say("close"))

    # ------------------------------------------------------------ answers

    def state(self) -> Mapping[str, str]:
        """What the window in which something was done was made to remember."""
        kept = _metadata(self.asked.view).get(_STATE)
        return {str(key): str(value) for key, value in kept.items()} if isinstance(kept, dict) else {}

    async def show(self, view: View, state: Mapping[str, str] | None = None) -> None:
        """The answer, in place of what stands there; `state` is what a form must not lose."""
        known = {"c": self.whence.channel, "t": self.whence.thread, "l": self.phrases.language, _STATE: state}
        kept = {key: value for key, value in known.items() if value}
        await self.surface.show({**view, "private_metadata": json.dumps(kept, separators=(",", ":"))})

    async def tell(self, shown: Message) -> None:
        """A message as the answer, with what it shows."""
        files = await files_of(self.kit, self.whence.team, shown, self.phrases)
        await self.show(self.drawn(shown, files=files))

    async def wait(self) -> None:
        """Show that something comes: what follows takes longer than a moment."""
        await self.show(loading(self.phrases))

    @property
    def lost(self) -> bool:
        """Nothing can be shown to them: they see it at once if something comes."""
        return isinstance(self.surface, Gone)


async def _looked_up(call: Call) -> Visitor:
    """Who asks, with what they may do now."""
    may = await call.kit.workspaces.may_manage(call.whence.team, call.whence.user)
    call.visitor = replace(call.visitor, manages=may)
    return call.visitor


def unsubscribed(call: Call) -> Refused:
    """Nothing is set up in the workspace of somebody who may do that; the way there."""
    return Refused(call.say("subscription-none"), way=setting_up(call))


def setting_up(call: Call) -> Json:
    """The button that begins to set up."""
    return button(call.say("slack-set-up"), named("home", "", "setup"), primary=True)


async def _who_can(call: Call) -> str:
    workspace = await call.kit.workspaces.of(call.whence.team)
    installer = workspace.installer
    if PEOPLE not in workspace.scopes:
        return call.say("slack-no-people")
    if installer is None:
        return call.say("slack-only-managers")
    profile = await call.kit.workspaces.profile(call.whence.team, installer)
    return call.say("slack-only-managers-and", name=profile.name)


# ---------------------------------------------------------------- from the window to the answer


async def begin(call: Call, *, over: bool = False) -> bool:
    """Open the window; False where the same was done before, and is answered already.

    A press in a modal changes that modal; `over`: it opens another one over it.
    """
    window = call.asked.window
    if window is not None and not over:
        call.surface = Window(call.kit, call.whence.team, window)
        return True
    method = "views.push" if window is not None else "views.open"
    try:
        opened = await call.kit.rest.call(
            call.whence.team, method, trigger_id=call.whence.trigger, view=loading(call.phrases)
        )
    except PlatformError as error:
        if code_of(error) == _USED:
            return False
        _unopened(call, error, window)
        return True
    call.surface = Window(call.kit, call.whence.team, str(opened["view"]["id"]))
    return True


def _unopened(call: Call, error: PlatformError, window: str | None) -> None:
    """It is too late to open anything: what is open already, else words, take the answer."""
    if code_of(error) != _FULL:
        call.kit.events.tell("window_not_opened", platform=PLATFORM, reason=str(error)[:200])
    if window is not None:
        call.surface = Window(call.kit, call.whence.team, window)
    elif call.asked.address:
        call.surface = Aside(call.kit, call.asked.address, call.phrases)


async def repeat(call: Call) -> None:
    """The same form came again, and its window waits once more: show what was the answer to it."""
    await call.ended.wait()
    if call.asked.sent and call.surface.shown is not None:
        await call.surface.show(call.surface.shown)


async def attend(call: Call, work: Callable[[Call], Awaitable[None]]) -> None:
    """Do what was asked; what goes wrong is told, and noted. Never raises, but for cancellation."""
    try:
        await work(call)
    except Exception as error:  # noqa: BLE001  # the supervisor of commands: whatever it is, the person gets words
        await apologise(call, error)
    finally:
        call.ended.set()


async def apologise(call: Call, error: Exception) -> None:
    """Say in words what went wrong. Never raises, but for cancellation."""
    try:
        await call.show(_words(call, error))
    except PlatformError as lost:
        call.kit.events.warn("answer_lost", platform=PLATFORM, reason=str(lost)[:200], error=type(error).__name__)


def _words(call: Call, error: Exception) -> View:
    match error:
        case Refused(way=way):
            return call.drawn(Notice(str(error)[:_MOST_TOLD]), below=[actions(way)] if way else [])
        case NotAllowedError():
            return call.drawn(Notice(call.say("slack-only-managers")))
        case LimitReached(most=most, until=until):
            when = call.time(replace(instant(until, call.phrases), grain="distance"))
            return call.note(call.say("limit-reached", n=most, time=when))
        case ConfigError() | NotFoundError() | SourceError() | SpeechError():
            # Its words are for who runs the bot, and in English; but they say what is wrong.
            return call.drawn(Notice(call.say("slack-not-done"), note=str(error)[:_MOST_TOLD]))
    identity = error_id(PLATFORM, call.asked.id, error)
    reason = str(error)[:200] if isinstance(error, CounterpointError) else _whence(error)
    call.kit.events.warn("command_failed", platform=PLATFORM, id=identity, error=type(error).__name__, reason=reason)
    key = {StoreError: "trouble-store", CoresError: "trouble-cores"}
    found = next((phrase for kind, phrase in key.items() if isinstance(error, kind)), "trouble-inside")
    return call.drawn(Notice(call.say(found), note=call.say("error-note", id=identity)))


def _whence(error: Exception) -> str:
    """Where a mistake of ours was made: `function:line`. Its words might be a person's."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].name}:{frames[-1].lineno}" if frames else ""


def escaped(text: str) -> str:
    """Words from outside in mrkdwn, on one line."""
    return MRKDWN.escaped(plain(text))


def _metadata(view: Json | None) -> dict[str, Any]:
    try:
        found = json.loads(str((view or {}).get("private_metadata") or "{}"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}

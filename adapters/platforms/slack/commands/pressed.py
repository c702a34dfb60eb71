"""Everything of ours that people type, press and send: where it goes, by its words or its verb; see `hearing.Forms`.

Nothing is remembered between two of them but what was answered in the last minutes, so that what comes twice is not
done twice.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Final

from adapters.platforms.slack.arrival import Called, Opened, Pressed, Sent, Typed
from adapters.platforms.slack.calling import Asked, Call, Refused, attend, begin, repeat
from adapters.platforms.slack.commands import admin, episodes, privacy, reading, sources
from adapters.platforms.slack.commands.sources_form import empty_field
from adapters.platforms.slack.commands.words import Wish, lexicon, wish
from adapters.platforms.slack.forms import settings, setup
from adapters.platforms.slack.forms.setup_form import setup_mistakes
from adapters.platforms.slack.forms.timetable import SEARCHED, mistakes, read_errors, zones_for
from adapters.platforms.slack.home.showing import main, publish
from adapters.platforms.slack.kit import PLATFORM, Json, Kit
from adapters.platforms.slack.payloads import FORM, Payload, bold_start, filled, section
from adapters.platforms.slack.rendering import loading
from adapters.platforms.slack.talk.opening import Opening
from adapters.platforms.slack.talk.whence import Editions, language_in, remembering, settled
from adapters.platforms.slack.wording import Wording
from bot.domain.conversation.words import join
from bot.domain.fresh import Fresh
from bot.domain.press import Press
from bot.errors import CounterpointError
from bot.ports.platform import Inbox

_LASTS, _MOST = timedelta(minutes=5), 200
Work = Callable[[Call], Awaitable[None]]
Named = Callable[[Call, Wish], Awaitable[None]]


class Brief:
    """Set-up, settings, commands and App Home. None of its methods raises, but for cancellation."""

    def __init__(self, kit: Kit, inbox: Inbox) -> None:
        self._kit = kit
        self._opening = Opening(kit)
        languages = [kit.catalogue.speak(one) for one in kit.catalogue.languages]
        self._words = lexicon(languages, join(phrases.words() for phrases in languages))
        self._done: Fresh[Call] = Fresh(kit.clock, lasts=_LASTS, most=_MOST)
        asking = reading.Asking(inbox, Editions(kit))
        self._named: Mapping[str, Named] = {**_NAMED, "ask": asking.ask}

    # ------------------------------------------------------------ what people do

    async def typed(self, typed: Typed) -> None:
        """Somebody typed `/brief`."""
        wanted = wish(typed.text, self._words)
        whence = typed.whence
        asked = Asked(whence, f"{whence.team}/{whence.user}/brief/{typed.trigger}", address=typed.response_url or None)

        async def work(call: Call) -> None:
            await self._named[wanted.verb](call, wanted)

        await self._attend(asked, work)

    async def now(self, called: Called) -> None:
        """Somebody used the global shortcut "Briefing now"."""
        whence = called.whence
        asked = Asked(whence, f"{whence.team}/{whence.user}/{called.callback}/{called.at}")

        async def work(call: Call) -> None:
            await reading.now(call, Wish("now"))

        await self._attend(asked, work)

    async def pressed(self, pressed: Pressed, press: Press) -> None:
        """Something of ours was pressed or chosen."""

        async def work(call: Call) -> None:
            await self._route(call, press)

        await self._attend(Asked.of(pressed), work, over=press.verb == "home")

    async def sent(self, sent: Sent, press: Press) -> None:
        """A modal of ours was sent."""

        async def work(call: Call) -> None:
            await self._route(call, press)

        await self._attend(Asked.of(sent), work)

    async def opened(self, opened: Opened) -> None:
        """Somebody looks at App Home."""
        whence = opened.whence
        call = Call(self._kit, Asked(whence, f"{whence.team}/{whence.user}/home"))
        call.meet(await self._opening.profile(whence.team, whence.user))
        await self._publish(call)

    def verdict(self, sent: Sent, press: Press) -> Json | None:
        """What is wrong with a form, beside its fields; where nothing is, its window waits for the answer. Pure."""
        language = language_in(sent.view) or "en"
        wrong = _mistakes(sent.view, press, Wording(self._kit.catalogue.speak(language)))
        if wrong:
            return read_errors(wrong)
        waiting = loading(self._kit.catalogue.speak(language))
        return {
            "response_action": "update",
            "view": remembering(waiting, settled(sent.whence, sent.view), language),
        }

    def choices(self, action: str, typed: str) -> Sequence[Json]:
        """Zones, for the menu of them. Pure."""
        if action != f"{FORM}:{SEARCHED}":
            return []
        return zones_for(typed, self._kit.clock.now(), self._kit.catalogue)

    # ------------------------------------------------------------ from the window to the answer

    async def _attend(self, asked: Asked, work: Work, *, over: bool = False) -> None:
        before = self._done.get(asked.id)
        if before is not None:
            await self._again(before)
            return
        call = self._done.put(asked.id, Call(self._kit, asked))
        call.meet(await self._opening.profile(asked.whence.team, asked.whence.user))

        async def begun(call: Call) -> None:
            if not await begin(call, over=over):
                return
            if call.lost:
                self._kit.events.tell("press_lost", platform=PLATFORM)
                await publish(call, above=[_too_late(call)])
            else:
                await work(call)

        await attend(call, begun)
        if call.changed:
            await self._publish(call)

    async def _again(self, before: Call) -> None:
        """It came twice: the first is being answered, or was."""
        try:
            await repeat(before)
        except CounterpointError as error:
            self._kit.events.tell("answer_lost", platform=PLATFORM, reason=str(error)[:200])

    async def _publish(self, call: Call) -> None:
        """Show App Home as it is now; where that fails, what stands there stays until it is opened again."""
        try:
            await publish(call)
        except CounterpointError as error:
            self._kit.events.warn("home_not_shown", platform=PLATFORM, reason=str(error)[:200])

    async def _route(self, call: Call, press: Press) -> None:
        match press.verb:
            case "set":
                await setup.pressed(call, press)
            case "adm":
                if not await sources.pressed(call, press):
                    await settings.pressed(call, press)
            case "own":
                if not (await sources.pressed(call, press) or await episodes.pressed(call, press)):
                    await privacy.pressed(call, press)
            case "post":
                await reading.post_here(call, press)
            case "home" if press.rest in self._named:
                await self._named[press.rest](call, Wish(press.rest))
            case _:
                raise Refused(call.say("form-too-old"))


async def _main(call: Call, _: Wish) -> None:
    await main(call)


_NAMED: Final[Mapping[str, Named]] = {
    "main": _main,
    "now": reading.now,
    "search": reading.search,
    "found": reading.found,
    "episode": episodes.episode_,
    "listened": episodes.listened,
    "shows": episodes.shows_,
    "episodes": episodes.episodes_,
    "status": reading.status_,
    "help": reading.help_,
    "unknown": reading.unknown,
    "setup": admin.setup,
    "subscribe": admin.setup,
    "settings": admin.settings,
    "pause": admin.pause,
    "resume": admin.resume,
    "unsubscribe": admin.unsubscribe,
    "preview": admin.preview,
    "doctor": admin.doctor,
    "sources": sources.sources_,
    "privacy": privacy.privacy,
}
"""What is typed after `/brief`, and what buttons of the verb `home` are called."""


def _mistakes(view: Json, press: Press, phrases: Wording) -> Mapping[str, str]:
    """What is wrong with a form, by the block it stands beside."""
    typed = filled(view)
    match press.verb, press.rest:
        case "set", "go":
            return setup_mistakes(typed, phrases)
        case "adm", "timed":
            return mistakes(typed, phrases, days=True)
        case "adm" | "own", deed:
            return empty_field(deed, typed, phrases)
        case "home", "found":
            words = " ".join(typed.get(reading.QUERY, ())).strip()
            return {} if words else {reading.QUERY: phrases.say("slack-search-empty")}
        case "home", "listened":
            words = " ".join(typed.get(episodes.EPISODE, ())).strip()
            return {} if words else {episodes.EPISODE: phrases.say("slack-episode-empty")}
    return {}


def _too_late(call: Call) -> Payload:
    return section(bold_start(call.say("press-late")))

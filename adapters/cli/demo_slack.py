"""`counterpoint demo --as slack`: how an edition and a short exchange look on Slack, without a token.

The payloads are those that a workspace would get, and the answers come by the way that every message takes; only the
sending is missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from adapters.cli.demo_exchange import PERSON, US, Exchange, exchanges
from adapters.platforms.slack.drawing.page import page
from adapters.platforms.slack.drawing.scene import Aside, Entry, Home, Opened, Scene, Shown, Status, Window
from adapters.platforms.slack.home.page import first
from adapters.platforms.slack.kit import place_of
from adapters.platforms.slack.payloads import Payload, markdown
from adapters.platforms.slack.rendering import Where, modal, permalink, render, streamed
from bot.domain.edition import Edition
from bot.domain.ledger import Delivery
from bot.domain.message import Answer, EditionCard, Message, Part, StoryPart, leads_on, part_name, thread_of
from bot.ports.phrases import Phrases

if TYPE_CHECKING:
    from bot.services.inbox import Inbox

_US: Final = "U1"
"""Our id in what is typed."""
_WORKSPACE, _CHANNEL, _CARD = "WORKSPACE", "CHANNEL", "CARD"
"""Stand for ids that Slack gives out; the thread has the `ts` of the card that it hangs under."""
_ADDRESS: Final = "https://workspace.slack.com/"


def calls(edition: Edition, phrases: Phrases) -> list[dict[str, Any]]:
    """What would be sent for the edition, in order: `{method, arguments}`, with names in capitals for ids."""
    # Only this half needs the sending code.
    from adapters.platforms.slack.posting.poster import requests

    posting = f"demo/{edition.date.isoformat()}/{edition.slot}"
    made: list[dict[str, Any]] = []
    links: dict[int, str] = {}
    for number, part in enumerate(thread_of(edition)):
        key = Delivery(posting, part_name(part), number, digest="").key
        place = place_of(_WORKSPACE, _CHANNEL, None if isinstance(part, EditionCard) else _CARD)
        payloads = _payloads(part, phrases, links)
        made += [_call("chat.postMessage", one) for one in requests(part, payloads, key=key, place=place)]
        links |= _link(part)
    return made + _revisions(edition, phrases, links)


def _revisions(edition: Edition, phrases: Phrases, links: Mapping[int, str]) -> list[dict[str, Any]]:
    """Once all of it stands, what leads to later stories is changed, so that it does."""
    led = ((part, _payloads(part, phrases, links)) for part in thread_of(edition) if leads_on(part))
    return [
        _call("chat.update", {"channel": _CHANNEL, "ts": _name(part), **payloads[0]})
        for part, payloads in led
        if len(payloads) == 1
    ]


async def draw(edition: Edition, phrases: Phrases, inbox: "Inbox") -> str:
    """The page: the card in its channel, the thread under it, an exchange in the thread, App Home."""
    say, language, channel = phrases.say, phrases.language, phrases.say("demo-channel")
    end, links = edition.window.end, _links(edition)
    card, *rest = [(part, _payloads(part, phrases, links)) for part in thread_of(edition)]
    thread = [
        replace(_shown(payload, edition), url=None if n else _address(part))
        for part, payloads in rest
        for n, payload in enumerate(payloads)
    ]
    held = await exchanges(edition, inbox, place_of(_WORKSPACE, _CHANNEL, _CARD), language)
    talk = [entry for one in held for entry in _entries(one, edition, phrases)]
    replies = len(thread) + sum(2 for one in held if one.said.pressed is None)
    opened = Opened(replies, end + timedelta(minutes=len(held)))
    in_channel = replace(_shown(card[1][0], edition), thread=opened)
    scenes = (
        Scene(channel, (in_channel,), caption=say("demo-card"), language=language),
        Scene(channel, tuple(thread), "thread", say("demo-thread"), language),
        Scene(channel, tuple(talk), "thread", say("demo-talk"), language, names={_US: US}),
        Scene(US, (Home(first(phrases, manages=True)),), "home", say("demo-home"), language),
    )
    return page(scenes, title=say("demo-title", platform="Slack"), intro=say("demo-intro"), language=language)


# ---------------------------------------------------------------- the edition


def _payloads(part: Part, phrases: Phrases, links: Mapping[int, str]) -> tuple[Payload, ...]:
    return render(part, phrases, Where(dict(links)))


def _links(edition: Edition) -> dict[int, str]:
    found: dict[int, str] = {}
    for part in thread_of(edition):
        found |= _link(part)
    return found


def _link(part: Part) -> dict[int, str]:
    return {part.story.number: _address(part)} if isinstance(part, StoryPart) else {}


def _address(part: Part) -> str:
    return permalink(_ADDRESS, _CHANNEL, _name(part), _CARD)


def _name(part: Part) -> str:
    """What stands for the `ts` of a part: `CARD`, `STORY-1`."""
    return _CARD if isinstance(part, EditionCard) else part_name(part).upper()


def _call(method: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {"method": method, "arguments": dict(arguments)}


def _shown(payload: Payload, edition: Edition) -> Shown:
    return Shown(US, payload, edition.window.end)


# ---------------------------------------------------------------- the exchange


def _entries(one: Exchange, edition: Edition, phrases: Phrases) -> Sequence[Entry]:
    """A look-up opens a window; a question is answered in the thread, and the answer comes bit by bit."""
    if one.said.pressed is not None:
        label = phrases.say(one.said.pressed)
        pressed = Aside(phrases.say("demo-press", name=PERSON, label=label, n=1))
        where = Where(_links(edition), private=True, zone="UTC")
        return [pressed, *(Window(modal(given.message, phrases, where)) for given in one.answers)]
    asked = Shown(PERSON, {"text": f"<@{_US}> {one.said.text}"}, one.at, is_app=False)
    status = Status(f"{US} {phrases.say('status-working')}")
    answers = [entry for given in one.answers for entry in _answer(given.message, one, edition, phrases)]
    return [asked, status, *answers]


def _answer(message: Message, one: Exchange, edition: Edition, phrases: Phrases) -> list[Entry]:
    where = Where(_links(edition))
    whole = [Shown(US, payload, one.at) for payload in render(message, phrases, where)]
    if not isinstance(message, Answer) or message.reply.kind != "answer" or len(whole) > 1:
        return [*whole]
    stream = streamed(message, phrases, where)
    begun = {"blocks": [markdown(_beginning(stream.markdown))]}
    ended = {"blocks": [markdown(stream.markdown), *stream.blocks]}
    written = Aside(phrases.say("demo-written"))
    return [Shown(US, begun, one.at, writing=True), written, Shown(US, ended, one.at)]


def _beginning(text: str) -> str:
    """The first words of what is streamed, before anything is a link."""
    words = text.partition("[")[0].split()
    return " ".join(words[: max(1, len(words) * 2 // 3)])

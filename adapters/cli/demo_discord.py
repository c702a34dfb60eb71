"""`counterpoint demo --as discord`: how an edition and a short exchange look on Discord, without a token.

The payloads are those that a server would get, and the answers come by the way that every message takes; only the
sending is missing.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from adapters.cli.demo_exchange import PERSON, US, Exchange, exchanges
from adapters.platforms.discord.drawing.page import page
from adapters.platforms.discord.drawing.scene import Aside, Entry, Opened, Quoted, Scene, Shown
from adapters.platforms.discord.rendering import Where, jump, render, thread_name
from bot.domain.edition import Edition
from bot.domain.ledger import Delivery
from bot.domain.message import EditionCard, Part, StoryPart, part_name, thread_of
from bot.domain.place import Place
from bot.ports.phrases import Phrases

if TYPE_CHECKING:
    from adapters.platforms.discord.posting.requests import Request
    from bot.services.inbox import Inbox

Payload = dict[str, Any]

_US = "1"
"""Our id in what is typed."""
_GUILD, _CHANNEL, _CARD, _THREAD = "{guild}", "{channel}", "{card}", "{thread}"
"""Stand for ids that Discord gives out; a thread has the id of the card that it hangs under."""


def calls(edition: Edition, phrases: Phrases) -> list[dict[str, Any]]:
    """What would be sent for the edition, in order: `{method, route, payload}`, with names in braces for ids."""
    # Only this half needs the sending code, which brings the library along.
    from adapters.platforms.discord.posting.requests import requests

    posting, name = f"demo/{edition.date.isoformat()}/{edition.slot}", thread_name(edition, phrases)
    made: list[Request] = []
    for number, (part, payloads) in enumerate(_parts(edition, phrases)):
        key = Delivery(posting, part_name(part), number, digest="").key
        place = Place("discord", _CHANNEL, None if isinstance(part, EditionCard) else _THREAD)
        made += requests(part, payloads, key=key, place=place, name=name)
    return [
        {"method": one.method, "route": one.route.replace("{message}", _CARD), "payload": one.payload} for one in made
    ]


async def draw(edition: Edition, phrases: Phrases, inbox: "Inbox") -> str:
    """The page: the card in its channel, the thread under it, and an exchange in the thread."""
    say, language, name = phrases.say, phrases.language, thread_name(edition, phrases)
    (_, (card,)), *rest = _parts(edition, phrases)
    thread = [
        replace(_shown(payload, edition.window.end), url=None if n else _address(part))
        for part, payloads in rest
        for n, payload in enumerate(payloads)
    ]
    held = await exchanges(edition, inbox, Place("discord", _CHANNEL, _THREAD), language)
    talk = [entry for one in held for entry in _entries(one, phrases)]
    opened = Opened(name, len(thread) + sum(isinstance(entry, Shown) and not entry.private for entry in talk))
    in_channel = replace(_shown(card, edition.window.end), thread=opened)
    scenes = (
        Scene(say("demo-channel"), (in_channel,), caption=say("demo-card"), language=language),
        Scene(name, tuple(thread), "thread", say("demo-thread"), language),
        Scene(name, tuple(talk), "thread", say("demo-talk"), language, names={_US: US}),
    )
    return page(scenes, title=say("demo-title", platform="Discord"), intro=say("demo-intro"), language=language)


def _parts(edition: Edition, phrases: Phrases) -> Iterator[tuple[Part, tuple[Payload, ...]]]:
    """The payloads of an edition in order. A story can link to those that stand before it."""
    links: dict[int, str] = {}
    for part in thread_of(edition):
        in_thread = None if isinstance(part, EditionCard) else _THREAD
        yield part, tuple(render(part, phrases, Where(dict(links), _GUILD, in_thread)))
        if isinstance(part, StoryPart):
            links[part.story.number] = _address(part)


def _address(part: Part) -> str:
    return jump(_GUILD, _THREAD, f"{{{part_name(part)}}}")


def _shown(payload: Payload, at: datetime, *, private: bool = False, reply_to: Quoted | None = None) -> Shown:
    return Shown(US, payload, at, private=private, reply_to=reply_to)


def _entries(one: Exchange, phrases: Phrases) -> list[Entry]:
    said, at = one.said, one.at
    asked: Entry
    reply_to = None
    if said.pressed is None:
        text = f"<@{_US}> {said.text}"
        asked, reply_to = Shown(PERSON, {"content": text}, at, is_app=False), Quoted(PERSON, text)
    else:
        asked = Aside(phrases.say("demo-press", name=PERSON, label=phrases.say(said.pressed), n=1))
    return [
        asked,
        *(
            _shown(payload, at, private=given.private, reply_to=reply_to)
            for given in one.answers
            for payload in render(given.message, phrases, Where({}, _GUILD, _THREAD, private=given.private))
        ),
    ]

"""`counterpoint demo --as discord`: how an edition and a short exchange look on Discord, without a token.

The payloads are those that a server would get, and the answers come by the way that every message takes; only the
sending is missing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from adapters.platforms.discord.drawing.page import page
from adapters.platforms.discord.drawing.scene import Aside, Entry, Opened, Quoted, Scene, Shown
from adapters.platforms.discord.rendering import Where, jump, render, thread_name
from bot.domain.edition import Edition
from bot.domain.ledger import Delivery
from bot.domain.message import EditionCard, Message, Part, StoryPart, part_name, thread_of
from bot.domain.place import Inbound, Place
from bot.ports.phrases import Phrases

if TYPE_CHECKING:
    from adapters.platforms.discord.posting.requests import Request
    from bot.services.inbox import Inbox

Payload = dict[str, Any]

US, PERSON = "Counterpoint", "Nell"
_US = "1"
"""Our id in what is typed."""
_GUILD, _CHANNEL, _CARD, _THREAD = "{guild}", "{channel}", "{card}", "{thread}"
"""Stand for ids that Discord gives out; a thread has the id of the card that it hangs under."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something that a person does in the thread."""

    text: str
    """Typed, or what a button does."""
    pressed: str | None = None
    """Key of the label of the button that does it."""


TALK = (
    Said("sources 1", pressed="sources"),
    Said("counter 1", pressed="counter"),
    Said("How much does one Patchwren review cost?"),
    Said("Who won the harbour regatta?"),
)
"""Two look-ups that only the presser sees, a question, and one that nothing in the edition answers."""


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
    talk = await _talk(edition, phrases, inbox)
    opened = Opened(name, len(thread) + sum(isinstance(entry, Shown) and not entry.private for entry in talk))
    in_channel = replace(_shown(card, edition.window.end), thread=opened)
    scenes = (
        Scene(say("demo-channel"), (in_channel,), caption=say("demo-card"), language=language),
        Scene(name, tuple(thread), "thread", say("demo-thread"), language),
        Scene(name, tuple(talk), "thread", say("demo-talk"), language, names={_US: US}),
    )
    return page(scenes, title=say("demo-title"), intro=say("demo-intro"), language=language)


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


async def _talk(edition: Edition, phrases: Phrases, inbox: "Inbox") -> list[Entry]:
    """The exchange, a minute each."""
    entries: list[Entry] = []
    for minute, said in enumerate(TALK, start=1):
        at = edition.window.end + timedelta(minutes=minute)
        handle = _Collecting()
        await inbox(_inbound(said, edition, at, phrases.language), handle)
        entries += _exchange(said, at, handle.answers, phrases)
    return entries


def _inbound(said: Said, edition: Edition, at: datetime, language: str) -> Inbound:
    return Inbound(
        id=f"demo-{at:%H%M}",
        place=Place("discord", _CHANNEL, _THREAD),
        author=PERSON,
        text=said.text,
        at=at,
        language=language,
        edition=edition.id,
        mentions_us=True,
        pressed=said.pressed is not None,
    )


def _exchange(said: Said, at: datetime, answers: "Sequence[_Given]", phrases: Phrases) -> list[Entry]:
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
            for given in answers
            for payload in render(given.message, phrases, Where({}, _GUILD, _THREAD, private=given.private))
        ),
    ]


@dataclass(frozen=True, slots=True)
class _Given:
    """An answer, and whether only the asker sees it."""

    message: Message
    private: bool


@dataclass(slots=True)
class _Collecting:
    """A reply handle that keeps what it is given."""

    answers: list[_Given] = field(default_factory=list)

    async def answer(self, message: Message, *, private: bool) -> None:
        """Keep it."""
        self.answers.append(_Given(message, private))

    async def progress(self, message: Message) -> None:
        """Leave it: the picture shows how it ended."""

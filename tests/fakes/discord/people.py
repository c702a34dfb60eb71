"""What people do, and what they then see. Each deed waits until the bot has answered, at most `patience` seconds."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from tests.fakes.discord import answering, asking, seen, shapes
from tests.fakes.discord.mentions import would_ping
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.posting import wake
from tests.fakes.discord.rules_components import BUTTON, LINK, SELECTS, walk
from tests.fakes.discord.world import LOADING, Channel, Guild, Interaction, Message, Upload, User, World

if TYPE_CHECKING:
    from tests.fakes.discord.fake import FakeDiscord


T = TypeVar("T")


class Unable(AssertionError):
    """The client does not let this person do that: nothing reaches the bot."""


class NothingCame(AssertionError):
    """The bot did not answer: the person reads "This interaction failed"."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a person sees after having pressed, chosen, sent or typed something."""

    world: World
    interaction: Interaction
    messages: tuple[Message, ...]
    """The answer and what followed it; of a press that changed its own message, that message."""

    @property
    def message(self) -> Message:
        """The last of them."""
        if not self.messages:
            raise NothingCame(f"no message; the answer was of type {self.interaction.acknowledged}")
        return self.messages[-1]

    @property
    def modal(self) -> Mapping[str, Any]:
        """The form that opened."""
        if self.interaction.modal is None:
            raise NothingCame("no form opened")
        return self.interaction.modal

    @property
    def opened(self) -> bool:
        """Whether a form opened."""
        return self.interaction.modal is not None

    @property
    def private(self) -> bool:
        """Whether only this person sees it."""
        return all(one.only_for is not None for one in self.messages)

    @property
    def text(self) -> str:
        """All of it, as it is read."""
        if self.interaction.modal is not None:
            return seen.form(self.interaction.modal)
        return "\n".join(line for one in self.messages for line in seen.body(one))


@dataclass(slots=True)
class Person:
    """Somebody in front of a client. Where `guild` is None they use the bot by their own installation, or in a DM."""

    fake: "FakeDiscord"
    user: User
    guild: Guild | None = None
    patience: float = 5.0
    """Real seconds to wait for an answer."""
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Of the user."""
        return self.user.id

    @property
    def _world(self) -> World:
        return self.fake.world

    def where(self, channel: Channel | str) -> Channel:
        """A channel by its id, if this person sees it."""
        found = channel if isinstance(channel, Channel) else self._world.channels.get(channel)
        if found is None or Permission.VIEW_CHANNEL not in self._world.may(self.id, found):
            raise Unable(f"{self.user.name} sees no such channel: {channel}")
        return found

    def message(self, message: Message | str) -> Message:
        """A message by its id, if this person sees it."""
        found = message if isinstance(message, Message) else self._world.messages.get(message)
        if found is None or found.deleted or found.only_for not in {None, self.id}:
            raise Unable(f"{self.user.name} sees no such message: {message}")
        self.where(found.channel)
        return found

    # ------------------------------------------------------------ talking

    async def say(
        self,
        channel: Channel | str,
        text: str,
        *,
        reply_to: Message | str | None = None,
        ping: bool = True,
        mentions: Iterable[User | str] = (),
        attachments: Mapping[str, bytes] | None = None,
    ) -> Message:
        """Write something; `mentions` are put before the text, a reply pings whom it answers unless `ping` is off."""
        where = self.where(channel)
        send = Permission.SEND_MESSAGES_IN_THREADS if where.is_thread else Permission.SEND_MESSAGES
        if send not in self._world.may(self.id, where) or (where.locked and not self._moderates(where)):
            raise Unable(f"{self.user.name} may not write in {where.name}")
        wake(self._world, where)
        named = [one.id if isinstance(one, User) else one for one in mentions]
        content = "".join(f"<@{one}> " for one in named) + text
        message = Message(self._world.new_id(), where.id, self.id, self._world.clock.now(), content)
        answered = None
        if reply_to is not None:
            target = self.message(reply_to)
            message.reference, message.kind = target.id, shapes.REPLY
            answered = target.author if ping else None
        pings = would_ping(self._world, self.id, where, {"content": content}, answered)
        message.mentions, message.pings = list(pings.users), pings
        message.mentions += [answered] if answered and answered not in message.mentions else []
        message.uploads = [
            Upload(self._world.new_id(), name, len(raw), None, raw) for name, raw in (attachments or {}).items()
        ]
        self._world.messages[message.id] = message
        where.messages.append(message.id)
        where.sent += 1
        told = shapes.message_event(self._world, message)
        self._world.emit("MESSAGE_CREATE", where.guild, told, message.id)
        return message

    async def edit(self, message: Message, text: str) -> None:
        """Change what one wrote."""
        message.content, message.edited = text, self._world.clock.now()
        told = shapes.message_event(self._world, message)
        self._world.emit("MESSAGE_UPDATE", self._world.channels[message.channel].guild, told, message.id)

    def _moderates(self, channel: Channel) -> bool:
        return Permission.MANAGE_THREADS in self._world.may(self.id, channel)

    async def answer_to(self, message: Message) -> Message:
        """The bot's next message in that place that replies to this one."""

        def found() -> Message | None:
            channel = self._world.channels[message.channel]
            return next((m for m in self._world.history(channel) if m.reference == message.id), None)

        return await self._came(found, f"an answer to {message.content!r}")

    async def _came(self, found: Callable[[], T | None], what: str) -> T:
        try:
            came = await self._world.until(found, seconds=self.patience)
        except TimeoutError:
            raise NothingCame(f"{self.user.name} waited {self.patience} s for {what}") from None
        assert came is not None
        return came

    # ------------------------------------------------------------ pressing

    async def press(self, message: Message | str, custom_id: str, *, until: str = "answered") -> Outcome:
        """Press a button, by its id or by its label."""
        target = self.message(message)
        button = self._control(target, custom_id, frozenset({BUTTON}))
        data = {"custom_id": button["custom_id"], "component_type": BUTTON, "id": 1}
        return await self._do(answering.COMPONENT, target.channel, data, target, until=until)

    async def choose(
        self, message: Message | str, custom_id: str, values: Sequence[str] | str, *, until: str = "answered"
    ) -> Outcome:
        """Choose in a menu, by its id or placeholder; of channels, people and roles the values are ids."""
        target = self.message(message)
        menu = self._control(target, custom_id, SELECTS)
        values = [values] if isinstance(values, str) else list(values)
        if not menu.get("min_values", 1) <= len(values) <= menu.get("max_values", 1):
            raise Unable(f"not {len(values)} values at once")
        offered = {str(option["value"]) for option in menu.get("options") or ()}
        if offered and not offered.issuperset(values):
            raise Unable(f"the menu offers {sorted(offered)}, not {values}")
        data = {"custom_id": menu["custom_id"], "component_type": menu["type"], "values": values, "id": 1}
        data |= asking.resolved(self._world, self.guild, int(menu["type"]), values)
        return await self._do(answering.COMPONENT, target.channel, data, target, until=until)

    def _control(self, message: Message, name: str, kinds: frozenset[int]) -> Mapping[str, Any]:
        channel = self._world.channels[message.channel]
        if channel.locked:
            raise Unable("in a locked thread everything to press is grey")
        if channel.archived:
            self._open_again(channel)
        for one in walk(message.components):
            names = {one.get("custom_id"), one.get("label"), one.get("placeholder")}
            if one.get("type") in kinds and name in names and one.get("style") != LINK:
                if one.get("disabled"):
                    raise Unable(f"{name!r} is grey")
                return one
        raise Unable(f"nothing to press is called {name!r}:\n{seen.message(self._world, message)}")

    def _open_again(self, thread: Channel) -> None:
        """A client un-archives a thread before it sends a press; who may not do that gets an error instead."""
        if Permission.SEND_MESSAGES_IN_THREADS not in self._world.may(self.id, thread):
            raise Unable("the thread is archived, and this person may not open it: the press is never sent")
        wake(self._world, thread)

    # ------------------------------------------------------------ forms and commands

    async def submit(self, modal: Mapping[str, Any] | Outcome, *, until: str = "answered", **values: Any) -> Outcome:
        """Send a form, with values by the `custom_id` of its fields (`_` for other characters, or pass `**{…}`)."""
        origin = modal.interaction if isinstance(modal, Outcome) else self._opened(modal)
        form = origin.modal or {}
        data = asking.submission(self._world, self.guild, form, values, Unable)
        target = self._world.messages.get(origin.message or "")
        return await self._do(answering.SUBMISSION, origin.channel, data, target, until=until)

    def _opened(self, modal: Mapping[str, Any]) -> Interaction:
        for one in reversed(list(self._world.interactions.values())):
            if one.user == self.id and one.modal == modal:
                return one
        raise Unable("this form is not open")

    async def command(
        self,
        name: str,
        /,
        *,
        channel: Channel | str | None = None,
        until: str = "answered",
        given: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> Outcome:
        """Send a slash command, such as `"brief now"`, with its options; those in `given` may have any name."""
        where = self._here(channel)
        data = asking.command(self._world, self, where, name, {**(given or {}), **options}, Unable)
        return await self._do(answering.COMMAND, where.id, data, until=until)

    async def complete(
        self, name: str, /, *, channel: Channel | str | None = None, focus: str | None = None, **options: Any
    ) -> list[dict[str, Any]]:
        """What is offered while typing the last of the options (or `focus`)."""
        where = self._here(channel)
        data = asking.command(self._world, self, where, name, options, Unable, focus=focus or list(options)[-1])
        outcome = await self._do(answering.COMPLETION, where.id, data)
        return outcome.interaction.choices or []

    async def message_menu(self, name: str, message: Message | str, *, until: str = "answered") -> Outcome:
        """Choose from the menu of a message."""
        target = self.message(message)
        data = asking.message_menu(self._world, self, target, name, Unable)
        return await self._do(answering.COMMAND, target.channel, data, until=until)

    def _here(self, channel: Channel | str | None) -> Channel:
        if channel is not None:
            return self.where(channel)
        if self.guild is None:
            return self._world.dm_with(self.user)
        mine = (self._world.channels[key] for key in self.guild.channels)
        return next(c for c in mine if int(c.kind) != 15 and Permission.VIEW_CHANNEL in self._world.may(self.id, c))

    # ------------------------------------------------------------ waiting

    async def _do(
        self,
        kind: int,
        channel: str,
        data: Mapping[str, Any],
        message: Message | None = None,
        *,
        until: str = "answered",
    ) -> Outcome:
        one = asking.interaction(self._world, self, kind, channel, data, message)
        answering.begin(self._world, one)
        told = asking.event(self._world, one)
        self._world.emit("INTERACTION_CREATE", one.guild, told)
        if until == "sent":
            return Outcome(self._world, one, ())
        done = (lambda: one.acknowledged is not None) if until == "acknowledged" else lambda: self._answered(one)
        try:
            await self._came(done, f"an answer to {data.get('custom_id') or data.get('name')!r}")
        except NothingCame as error:
            error.add_note(f"the bot's first answer was of type {one.acknowledged}")
            raise
        return self.look(one)

    def look(self, one: Interaction) -> Outcome:
        """What has come of an interaction by now."""
        found = [self._world.messages[key] for key in one.shown]
        return Outcome(self._world, one, tuple(m for m in found if not m.deleted))

    async def more(self, outcome: Outcome, *, changes: int | None = None) -> Outcome:
        """What this person sees once the bot has shown, changed or taken back something more for the same deed.

        Args:
            changes: how many changes they know already; by default those that there are now.
        """
        one = outcome.interaction
        known = one.changes if changes is None else changes
        await self._came(lambda: one.changes > known or None, "something more")
        return self.look(one)

    def _answered(self, one: Interaction) -> bool:
        """Whether the person has something before them: not a promise, not a spinner."""
        if one.acknowledged == answering.LATER:
            message = self._world.messages[one.original or ""]
            return message.deleted or not message.flags & LOADING
        return one.acknowledged is not None

"""What people do, and what they then see. Each deed waits for the application, at most `patience` seconds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from tests.fakes.slack import installs, people_asking, posting, rules, shapes
from tests.fakes.slack.delivery import COMMANDS, INTERACTIVE, Sending
from tests.fakes.slack.people_elements import (
    Found,
    Unable,
    chosen,
    plain,
    press_action,
    to_choose,
    to_press,
    values_of,
)
from tests.fakes.slack.people_modals import TROUBLE, answered, close, fill, keep, sendable
from tests.fakes.slack.people_watching import Glance, NothingCame, Outcome, came, failure, glance
from tests.fakes.slack.people_writing import typed
from tests.fakes.slack.seen_text import Reader
from tests.fakes.slack.state import Channel, File, Message, Team, Thread, User, View
from tests.fakes.slack.streams import end
from tests.fakes.slack.world import World

if TYPE_CHECKING:
    from tests.fakes.slack.fake import FakeSlack

__all__ = ["NothingCame", "Outcome", "Person", "Unable"]
Place = Message | View | Outcome
SENT, HEARD, SEEN, ANSWERED = "sent", "heard", "seen", "answered"
"""How long a deed waits: not at all; until the application took it; until anything changes; until that is complete."""


@dataclass(slots=True)
class Person:
    """Somebody in front of a client."""

    fake: "FakeSlack"
    user: User
    team: Team
    patience: float = 5.0
    """Real seconds to wait for an answer."""
    states: dict[tuple[str, str], dict[str, dict[str, Any]]] = field(default_factory=dict)
    """What they chose in menus of messages, by channel and `ts`."""

    @property
    def id(self) -> str:
        """Of the user."""
        return self.user.id

    @property
    def name(self) -> str:
        """Of the user."""
        return self.user.name

    @property
    def _world(self) -> World:
        return self.fake.world

    # ------------------------------------------------------------ talking

    async def say(
        self,
        channel: Channel | str,
        text: str,
        *,
        thread: Thread | Message | str | None = None,
        broadcast: bool = False,
        files: Mapping[str, bytes] | None = None,
        until: str = ANSWERED,
    ) -> Outcome:
        """Write something; `@Counterpoint`, `@Mira` and `#keepers` in it become what the client makes of them."""
        where = self._channel(channel)
        if where.archived:
            raise Unable("the channel is archived")
        world, before = self._world, glance(self._world, self.user)
        words, blocks = typed(world, self.team, text)
        message = Message(world.new_ts(), where.id, self.team.id, self.id, words, blocks if text else [])
        message.thread_ts, message.broadcast = self._parent(where, thread), broadcast
        message.subtype = "file_share" if files else "thread_broadcast" if broadcast else None
        message.files = [self._upload(name, raw, message) for name, raw in (files or {}).items()]
        world.add_message(message)
        first = len(self.fake.deliver.sent)
        root = {"root": self._shape(message.thread_ts, where)} if broadcast and message.thread_ts else {}
        told = posting.message_event(world, message, where) | root
        world.emit(self.team, told | {"client_msg_id": f"message-{message.ts}"})
        return await self._wait(before, tuple(self.fake.deliver.sent[first:]), until, said=message)

    async def direct(
        self, text: str, *, thread: Thread | Message | str | None = None, until: str = ANSWERED, **more: Any
    ) -> Outcome:
        """Write something in the conversation with the application."""
        return await self.say(self._world.direct(self.id), text, thread=thread, until=until, **more)

    async def edit(self, message: Message, text: str, *, until: str = HEARD) -> Outcome:
        """Change what one wrote."""
        self._own(message)
        world, before, first = self._world, glance(self._world, self.user), len(self.fake.deliver.sent)
        former = posting.message_event(world, message, world.channels[message.channel])
        message.text, message.blocks = typed(world, self.team, text)
        message.edited, message.edits = world.new_ts(), message.edits + 1
        self._hidden(
            message, "message_changed", {"message": self._shape(message.ts, message), "previous_message": former}
        )
        return await self._wait(before, tuple(self.fake.deliver.sent[first:]), until, said=message)

    async def delete(self, message: Message, *, until: str = HEARD) -> Outcome:
        """Take back what one wrote."""
        self._own(message)
        before, first = glance(self._world, self.user), len(self.fake.deliver.sent)
        posting.take_away(self._world, message)
        return await self._wait(before, tuple(self.fake.deliver.sent[first:]), until, said=message)

    def _own(self, message: Message) -> None:
        if message.user != self.id or message.deleted:
            raise Unable(f"{self.name} did not write that")

    def _hidden(self, message: Message, subtype: str, more: Mapping[str, Any]) -> None:
        ts = self._world.new_ts()
        event = {"type": "message", "subtype": subtype, "hidden": True, "channel": message.channel, "ts": ts}
        self._world.emit(self.team, event | {"event_ts": ts} | dict(more))

    def _shape(self, ts: str | None, where: Channel | Message) -> dict[str, Any]:
        channel = where if isinstance(where, Channel) else self._world.channels[where.channel]
        found = self._world.messages[channel.id, ts or ""]
        event = posting.message_event(self._world, found, channel)
        return {key: value for key, value in event.items() if key not in {"channel", "event_ts", "channel_type"}}

    def _parent(self, where: Channel, thread: Thread | Message | str | None) -> str | None:
        if thread is None:
            return None
        ts = thread if isinstance(thread, str) else thread.thread.ts if isinstance(thread, Message) else thread.ts
        parent = self._world.messages.get((where.id, ts))
        if parent is None or (parent.deleted and not parent.tombstone):
            raise Unable(f"there is no message {ts} in {where.name}")
        return ts

    def _upload(self, name: str, raw: bytes, message: Message) -> str:
        one = File(self._world.new_id("F"), self.team.id, self.id, name, len(raw), content=raw, complete=True)
        one.shares.append((message.channel, message.ts))
        self._world.files[one.id] = one
        return one.id

    def _channel(self, channel: Channel | str) -> Channel:
        found = channel if isinstance(channel, Channel) else self._world.channels.get(channel)
        if found is None or self.id not in found.members:
            raise Unable(f"{self.name} is in no such channel: {channel if found is None else found.name}")
        return found

    # ------------------------------------------------------------ pressing

    async def press(
        self,
        place: Place,
        label: str,
        *,
        story: int | None = None,
        nth: int | None = None,
        confirm: bool = True,
        until: str = ANSWERED,
    ) -> Outcome:
        """Press a button, an entry of an overflow menu or a feedback button, by what is read on it or its action id.

        Args:
            story: of several with this label, the one about this story.
            nth: of several, the first is 1.
            confirm: what a dialog that asks first is answered with.
            until: of a button that is a link, nothing but its acknowledgement is waited for.
        """
        target = self._looking_at(place)
        found = to_press(target, label, story, nth)
        asked = self._asked(found)
        before = glance(self._world, self.user)
        if asked and not confirm:
            return Outcome(self._world, self.user, before, before, asked=asked)
        until = HEARD if found.element.get("url") and until == ANSWERED else until
        outcome = await self._act(target, press_action(found), before, until)
        return replace(outcome, asked=asked, link=found.element.get("url"))

    def _asked(self, found: Found) -> str | None:
        confirm = found.element.get("confirm")
        if not confirm:
            return None
        reader = Reader(self._world, self.user)
        lines = [plain(confirm.get("title")), reader.words(confirm.get("text"))]
        return "\n".join([*lines, f"[{plain(confirm.get('confirm'))}]  [{plain(confirm.get('deny'))}]"])

    async def choose(
        self, place: Place, name: str, value: Any, *, typing: str | None = None, until: str = ANSWERED
    ) -> Outcome:
        """Choose in a menu, by its label, placeholder or id. Where that tells nobody, only the form changes.

        Args:
            value: what is read, or a value; of several a list; of channels and people also they themselves.
            typing: what is typed into a menu that is searched; by default what is chosen.
        """
        target = self._looking_at(place)
        found = to_choose(target, name)
        options: Sequence[Mapping[str, Any]] | None = None
        if "external" in str(found.element["type"]):
            options = await self._offered(target, found, typing if typing is not None else str(value))
        state = chosen(self._world, self.user, found, value, options)
        before = glance(self._world, self.user)
        self._keep(target, found, state)
        if not found.dispatches:
            return Outcome(self._world, self.user, before, before)
        ids = {"action_id": found.element["action_id"], "block_id": found.block["block_id"]}
        return await self._act(target, {**state, **ids}, before, until)

    async def search(self, place: Place, name: str, typing: str) -> Outcome:
        """Type in a menu that the application fills: what it offers is in `options`."""
        target = self._looking_at(place)
        found = to_choose(target, name)
        offered = await self._offered(target, found, typing)
        now = glance(self._world, self.user)
        return Outcome(self._world, self.user, now, now, options=tuple(plain(one.get("text")) for one in offered))

    async def _offered(self, target: Message | View, found: Found, typing: str) -> list[Mapping[str, Any]]:
        if len(typing) < int(found.element.get("min_query_length", 3)):
            raise Unable(f"{typing!r} is too short to search with")
        block = str(found.block["block_id"])
        body = people_asking.suggestion(self._world, self.team, self.user, target, found.element, block, typing)
        one = self.fake.deliver.send(INTERACTIVE, body)
        await self._settled((one,))
        answer = one.answer if isinstance(one.answer, Mapping) else {}
        if wrong := rules.options(answer):
            raise Unable(f"the client shows no options: {wrong}")
        groups = [group.get("options") or [] for group in answer.get("option_groups") or ()]
        return [*(answer.get("options") or ()), *(option for group in groups for option in group)]

    def _keep(self, target: Message | View, found: Found, state: dict[str, Any]) -> None:
        if isinstance(target, View):
            keep(target, found, state)
        else:
            known = self.states.setdefault(target.key, {}).setdefault(str(found.block["block_id"]), {})
            known[str(found.element["action_id"])] = state

    async def _act(self, target: Message | View, action: Mapping[str, Any], before: Glance, until: str) -> Outcome:
        state: Any = None
        if isinstance(target, View):
            target.values = values_of(target, target.values)
        else:
            state = values_of(target, self.states.get(target.key, {}))
        body = people_asking.actions(self._world, self.team, self.user, target, action, state)
        return await self._wait(before, (self.fake.deliver.send(INTERACTIVE, body),), until)

    def _looking_at(self, place: Place) -> Message | View:
        if isinstance(place, Outcome):
            place = place.view if place.opened else place.message
        if isinstance(place, View):
            front = self._world.modal(self.user)
            current = front if place.kind == "modal" else self._world.home(self.user)
            if current is None or current.id != place.id:
                raise Unable("that view is not before this person")
            return current
        hidden = place.deleted or place.only_for not in {None, self.id}
        if hidden or self.id not in self._world.channels[place.channel].members:
            raise Unable(f"{self.name} sees no such message")
        return place

    # ------------------------------------------------------------ forms

    async def submit(self, place: View | Outcome, *, until: str = ANSWERED, **fields: Any) -> Outcome:
        """Send a form, with values by label, block id or action id; what nobody filled in sends what stood there.

        An answer that closes it goes on to wait for what follows; `until="heard"` does not.
        """
        view = self._looking_at(place)
        if not isinstance(view, View):
            raise Unable("a message is no form")
        fill(self._world, self.user, view, fields)
        sendable(view)
        before = glance(self._world, self.user)
        view.values = values_of(view, view.values)
        one = self.fake.deliver.send(INTERACTIVE, people_asking.submission(self._world, self.team, self.user, view))
        if until == SENT:
            return self._outcome(before, (one,))
        await self._settled((one,))
        if failure(self._world, (one,)):
            return replace(self._outcome(before, (one,)), error=TROUBLE)
        errors = answered(self._world, self.team, self.user, view, one.answer)
        if errors:
            return replace(self._outcome(before, (one,)), errors=errors, error=errors.get(""))
        return replace(await self._wait(before, (one,), until), closed=view.closed)

    async def close(self, place: View | Outcome | None = None, *, until: str = HEARD) -> Outcome:
        """Close the modal in front; the one below it is seen again."""
        view = self._looking_at(place) if place is not None else self._world.modal(self.user)
        if not isinstance(view, View) or view.kind != "modal":
            raise Unable("there is nothing to close")
        before = glance(self._world, self.user)
        view.values = values_of(view, view.values)
        body = people_asking.closing(self._world, self.team, self.user, view)
        going = [view]
        if view.payload.get("clear_on_close"):
            going = [self._world.views[key] for key in reversed(self._world.modals[self.team.id, self.id])]
        for one in going:
            close(self._world, self.user, one)
        sent = (self.fake.deliver.send(INTERACTIVE, body),) if view.payload.get("notify_on_close") else ()
        return replace(await self._wait(before, sent, until if sent else SENT), closed=True)

    # ------------------------------------------------------------ commands and shortcuts

    async def command(
        self, text: str, channel: Channel | str | None = None, *, thread: Any = None, until: str = ANSWERED
    ) -> Outcome:
        """Type a slash command, such as `"/brief now tides 24h"`; with no channel in the conversation with the app."""
        if thread is not None:
            raise Unable("slash commands cannot be used in threads")
        where = self._channel(channel) if channel is not None else self._world.direct(self.id)
        name, _, rest = text.partition(" ")
        if not self.team.installed or name not in self._world.app.commands or "commands" not in self.team.scopes:
            raise Unable(f"{name} is not a valid command")
        before = glance(self._world, self.user)
        body = people_asking.command(self._world, self.team, self.user, where, name, rest.strip())
        one = self.fake.deliver.send(COMMANDS, body)
        if until == SENT:
            return self._outcome(before, (one,))
        await self._settled((one,))
        self._said_at_once(one, where)
        return await self._wait(before, (one,), until)

    def _said_at_once(self, one: Sending, where: Channel) -> None:
        """What an acknowledgement of a command says is shown to this person, or to all."""
        answer = one.answer if isinstance(one.answer, Mapping) else {}
        if not (answer.get("text") or answer.get("blocks")):
            return
        bot = self._world.bot_of(self.team.id)
        assert bot is not None
        if answer.get("response_type") == "in_channel":
            message = posting.made(self._world, self.team, where, answer)
            posting.stand(self._world, message, "command")
        else:
            posting.post_aside(self._world, self.team, where, self.user, answer, "command")

    async def shortcut(self, name: str, message: Message | Outcome | None = None, *, until: str = ANSWERED) -> Outcome:
        """Choose a shortcut by its name: from the list of all, or from the menu of a message."""
        kind, callback = self._world.app.shortcuts.get(name, ("", name))
        if kind != ("global" if message is None else "message") or not self.team.installed:
            raise Unable(f"there is no such shortcut: {name!r} among {sorted(self._world.app.shortcuts)}")
        before = glance(self._world, self.user)
        if message is None:
            body = people_asking.shortcut(self._world, self.team, self.user, callback)
        else:
            target = self._looking_at(message.message if isinstance(message, Outcome) else message)
            assert isinstance(target, Message)
            body = people_asking.message_shortcut(self._world, self.team, self.user, callback, target)
        return await self._wait(before, (self.fake.deliver.send(INTERACTIVE, body),), until)

    # ------------------------------------------------------------ the app's own pages

    async def open_home(self, *, until: str = ANSWERED) -> Outcome:
        """Open App Home. What is there already is seen at once; the application is told every time."""
        return await self._open("home", until)

    async def open_chat(self, *, until: str = HEARD) -> Outcome:
        """Open the conversation with the application."""
        return await self._open("messages", until)

    async def _open(self, tab: str, until: str) -> Outcome:
        world, before, first = self._world, glance(self._world, self.user), len(self.fake.deliver.sent)
        event: dict[str, Any] = {
            "type": "app_home_opened",
            "user": self.id,
            "channel": world.direct(self.id).id,
            "tab": tab,
        }
        home = world.home(self.user)
        if tab == "home" and home is not None:
            event["view"] = shapes.view(world, home)
        world.emit(self.team, event | {"event_ts": world.new_ts()})
        return await self._wait(before, tuple(self.fake.deliver.sent[first:]), until)

    async def stop(self, thread: Thread | Message | Outcome, *, until: str = HEARD) -> Outcome:
        """Press Slack's own Stop below a thread: what is being streamed there ends."""
        found = thread if isinstance(thread, Thread) else thread.thread
        world, before, first = self._world, glance(self._world, self.user), len(self.fake.deliver.sent)
        streaming = []
        for one in world.replies(found):
            if one.stream is not None and one.stream.open:
                end(world, one)
                streaming.append(one.ts)
        event = {"type": "agent_session_stopped", "user": self.id, "channel": found.channel, "thread_ts": found.ts}
        world.emit(self.team, event | {"streaming_message_ts": streaming, "event_ts": world.new_ts()})
        return await self._wait(before, tuple(self.fake.deliver.sent[first:]), until)

    # ------------------------------------------------------------ having and not having the app

    async def uninstall(self, *, until: str = HEARD) -> Outcome:
        """Throw the application out of the workspace."""
        return await self._told(lambda: installs.uninstall(self._world, self.team), until)

    async def revoke(self, *, until: str = HEARD) -> Outcome:
        """Take its token away."""
        token = self._world.tokens[self.team.bot_token]
        return await self._told(lambda: installs.revoke(self._world, token), until)

    async def _told(self, deed: Callable[[], None], until: str) -> Outcome:
        before, first = glance(self._world, self.user), len(self.fake.deliver.sent)
        deed()
        return await self._wait(before, tuple(self.fake.deliver.sent[first:]), until)

    async def install(self, fake: "FakeSlack | None" = None, *, at: str, **how: Any) -> Outcome:
        """Click through the pages of installing, beginning at the application's own address; see `oauth.install`."""
        from tests.fakes.slack.oauth import install

        before = glance(self._world, self.user)
        page = await install(fake or self.fake, self, at, **how)
        return replace(self._outcome(before, ()), page=page.text, status=page.status, link=page.address)

    # ------------------------------------------------------------ waiting

    async def _settled(self, sent: tuple[Sending, ...]) -> None:
        def done() -> bool:
            return all(one.settled for one in sent)

        await came(self._world, done, seconds=self.patience, what="the application to take it", who=self.user)

    async def _wait(
        self, before: Glance, sent: tuple[Sending, ...], until: str, *, said: Message | None = None
    ) -> Outcome:
        """Wait as long as it was asked for."""

        def done() -> bool:
            now = self._outcome(before, sent)
            return now.error is not None or bool(now.changes if until == SEEN else not now.working)

        if until in {SEEN, ANSWERED}:
            await came(self._world, done, seconds=self.patience, what="an answer", who=self.user)
        elif until == HEARD:
            await self._settled(sent)
        return replace(self._outcome(before, sent), said=said)

    def _outcome(self, before: Glance, sent: tuple[Sending, ...]) -> Outcome:
        now = glance(self._world, self.user)
        return Outcome(self._world, self.user, before, now, sent=sent, error=failure(self._world, sent))

    async def more(self, outcome: Outcome | None = None, *, until: str = ANSWERED) -> Outcome:
        """What this person sees once something changes after this; without an outcome, from now on."""
        before = outcome.now if outcome is not None else glance(self._world, self.user)
        return await self._wait(before, (), until)

"""Settings of a server's subscriptions: chosen from a list, changed one by one, kept at once."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from adapters.platforms.discord.calling import Call, Refused
from adapters.platforms.discord.forms.previewing import previewed, subscribed
from adapters.platforms.discord.forms.settings_form import channel_of, settings, settings_form, several, sure
from adapters.platforms.discord.forms.setup import slots_typed
from adapters.platforms.discord.kit import Kit
from adapters.platforms.discord.options import Options
from adapters.platforms.discord.payloads import filled, notice
from adapters.wire.zones import found
from bot.domain.press import Press
from bot.domain.schedules import zone_named
from bot.domain.subscription import Change, Subscription

_OPTIONS: Final = {"role": "role", "place": "placement", "answers": "answers", "episodes": "episodes"}
"""The option that a menu sets, by the word in its id; nothing chosen takes it away."""


class Settings:
    """Takes what is pressed in the settings. Only who manages the server gets anything."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._deeds: Mapping[str, Callable[[Call, Subscription], Awaitable[None]]] = {
            "pause": self._pause,
            "resume": self._resume,
            "drop": self._drop,
            "dropped": self._dropped,
            "keep": self._show,
            "look": self._look,
            "timed": self._timed,
        }

    async def open(self, call: Call) -> None:
        """The list of subscriptions; of only one, its settings."""
        tenant = call.managed()
        subscriptions = await self._kit.office.subscribing.list(tenant)
        if not subscriptions:
            raise Refused(call.say("subscription-none"))
        if len(subscriptions) == 1:
            await self._show(call, subscriptions[0])
            return
        desks = {key: opened.desk.name for key, opened in self._kit.office.desks.items()}
        await call.show(several(subscriptions, call.channel_names, desks, call.phrases))

    async def pressed(self, call: Call, press: Press) -> None:
        """Something of the settings was pressed."""
        if press.rest == "times":
            await call.ask(settings_form(await subscribed(call, press.edition, call.managed()), call.phrases))
            return
        await call.acknowledge_change()
        if press.rest == "pick":
            await self._show(call, await subscribed(call, call.values[0], call.managed()))
        elif press.rest in _OPTIONS:
            chosen = {_OPTIONS[press.rest]: next(iter(call.values), "")}
            await self._change(call, await subscribed(call, press.edition, call.managed()), Change(options=chosen))
        elif press.rest in self._deeds:
            await self._deeds[press.rest](call, await subscribed(call, press.edition, call.managed()))
        else:
            await self.open(call)

    async def _show(self, call: Call, one: Subscription) -> None:
        due = (await self._kit.office.pausing.upcoming([one])).get(one.id)
        others = len(await self._kit.office.subscribing.list(one.tenant)) > 1
        decided, now = Options.read_or_usual(one.options), self._kit.clock.now()
        await call.show(settings(one, decided, due.at if due else None, now, call.phrases, others=others))

    async def _change(self, call: Call, one: Subscription, change: Change) -> None:
        await self._show(call, await self._kit.office.subscribing.settings(one.id, change, tenant=one.tenant))

    async def _timed(self, call: Call, one: Subscription) -> None:
        typed = filled(call.data.get("components") or ())
        slots = dict(slots_typed(call, typed))
        days = tuple(sorted(int(day) for day in typed.get("days", ())))
        (zone,) = typed.get("zone", (one.schedule.zone,))
        (language,) = typed.get("language", (one.language,))
        known = (zone,) if zone_named(zone) is not None else found(zone, self._kit.catalogue)
        if not known:
            raise Refused(call.say("zone-unknown"))
        change = Change(known[0], days or None, slots.get("am", "off"), slots.get("pm", "off"), language)
        await self._change(call, one, change)

    async def _pause(self, call: Call, one: Subscription) -> None:
        await self._show(call, await self._kit.office.pausing.pause(one.id, until=None, tenant=one.tenant))

    async def _resume(self, call: Call, one: Subscription) -> None:
        await self._show(call, await self._kit.office.pausing.resume(one.id, tenant=one.tenant))

    async def _drop(self, call: Call, one: Subscription) -> None:
        await call.show(sure(one, call.phrases))

    async def _dropped(self, call: Call, one: Subscription) -> None:
        await self._kit.office.subscribing.unsubscribe(one.id, tenant=one.tenant)
        await call.show(notice(call.say("unsubscribed", channel=f"<#{channel_of(one)}>")))

    async def _look(self, call: Call, one: Subscription) -> None:
        await previewed(call, one, saved_now=False)

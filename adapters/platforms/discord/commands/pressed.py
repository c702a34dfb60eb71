"""Where a press of our forms goes, by its verb: set-up, settings and sources, a person's own matters, posting."""

from typing import Any

import discord

from adapters.platforms.discord.calling import Call, Refused, attend
from adapters.platforms.discord.commands import episodes, privacy, reading, sources
from adapters.platforms.discord.forms.settings import Settings
from adapters.platforms.discord.forms.setup import FirstRun
from adapters.platforms.discord.kit import Kit
from bot.domain.press import Press


class Forms:
    """Takes what is pressed in, and sent from, our forms. Nothing is remembered between two presses."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._first = FirstRun(kit)
        self._settings = Settings(kit)

    async def pressed(self, interaction: discord.Interaction[Any], press: Press) -> None:
        """Acknowledge and answer one press or submitted modal. Raises nothing, but for cancellation."""

        async def answer(call: Call) -> None:
            await self._route(call, press)

        await attend(Call(self._kit, interaction), answer)

    async def _route(self, call: Call, press: Press) -> None:
        match press.verb:
            case "set":
                await self._first.pressed(call, press)
            case "adm":
                if not await sources.pressed(call, press):
                    await self._settings.pressed(call, press)
            case "own":
                if not (await sources.pressed(call, press) or await episodes.pressed(call, press)):
                    await privacy.pressed(call, press)
            case "post":
                await reading.post_here(call, press)
            case _:
                raise Refused(call.say("form-too-old"))

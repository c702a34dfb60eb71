"""A server with more to tell than one message holds."""

from bot.domain.place import Place
from tests.integration.discord_brief import brief

CHANNELS = 40


async def test_status_and_doctor_tell_of_every_channel_in_as_many_messages_as_it_takes() -> None:
    """Nothing is left out without a word."""
    async with brief() as server:
        channels = [server.fake.add_channel(server.guild, f"reading-room-number-{n}") for n in range(CHANNELS)]
        for channel in channels:
            made = await server.bench.office.subscribing.subscribe(Place("discord", channel.id), tenant=server.tenant)
            await server.bench.office.pausing.pause(made.id, until=None, reason="Closed for the winter, all of it.")
        async with server.awake():
            for name in ("brief status", "brief doctor"):
                outcome = await server.mira.command(name)
                interaction = outcome.interaction

                def told(interaction=interaction) -> bool:
                    text = server.mira.look(interaction).text
                    return all(channel.name in text or channel.id in text for channel in channels)

                await server.fake.world.until(told)
                seen = server.mira.look(interaction)
                assert len(seen.messages) > 1
                assert seen.private

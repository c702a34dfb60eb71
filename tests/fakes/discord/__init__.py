"""A Discord on 127.0.0.1 which enforces the real limits and traps; discord.py runs unmodified against it.

    from tests.fakes.discord import discord_server, Permission

    async with discord_server() as fake:                     # a FakeDiscord; `clock=` is the world's time
        harbour = fake.add_guild("Harbour")                  # the bot is not in it yet
        keepers = fake.add_channel(harbour, "keepers")       # kind=Kind.NEWS, Kind.FORUM; tags=("am", "pm")
        mira = fake.person("Mira", harbour, Permission.MANAGE_GUILD, locale="ru")
        fake.invite(harbour)                                 # the bot joins with ASKED; `permissions=` for others
        async with fake.running(client):                     # aims discord.py here, starts it, waits until it is ready
            message = await client.http.request(...)         # or fake.say_as_bot in tests of the fake itself
            heard = await mira.say(keepers, "And the tides?", reply_to=message_id)
            seen = await mira.press(message_id, "b1:src:…")  # waits for what the person then sees
            print(seen.text, seen.private, seen.modal)
            seen = await mira.command("brief now", topic="tides")
            choices = await mira.complete("brief search", query="ti")
            seen = await mira.submit(seen.modal, question="Why?")
            print(fake.seen(keepers, mira))                  # the channel as Mira sees it, in plain text
            Path("a.html").write_text(fake.picture(keepers, mira))   # and drawn

What else there is:
- `fake.world`: the state. `world.messages[id]` (`.payload` as it came in, `.components`, `.pings`, `.silent`),
  `world.channels[id]`, `world.journal` (every message that was taken, with its nonce), `world.until(lambda: …)`.
- Ids are strings. Functions take an object or its id.
- `fake.faults.next(Fault.DROP, "POST /channels/{}/messages", times=2)`; `fake.faults.rates = {Fault.SLOW: 0.1}`.
- `fake.gateway`: `drop()`, `reconnect()`, `invalidate()`, `repeat = 1.0` (events twice), `shuffle()`, `sessions`.
- `fake.world.portal`: what the developer portal has on (`message_content`, …) and the application's limits.
- `fake.pace = REAL` has real rate limits (5 messages in 5 s); the default has headers and no waiting.
- `fake.requests`: every request as `(method, route, status)`; `fake.world.pings()` all that would have rung.
- What the bot may do is exactly what it was invited with (`fake.allow(guild, …)` changes it): @everyone has nothing,
  people have PEOPLE by a role of theirs. `fake.overwrite(channel, guild.id or person.id, deny=…)` for one channel.
- After a press that only acknowledges: `seen = await mira.more(seen)` waits for what the bot shows next.
- `fake.pace = REAL` needs `fake.running(client, hurry=1.0)`, or the library gives up too early.
- Time: the default clock is a `FakeClock` that stands still. An interaction that is not answered within 3 s of
  *its* time is gone (10062), after 15 min its token is. Nothing here waits for real seconds by itself.
- `python -m tests.fakes.discord --port 4711 --journal FILE` runs one alone, steered by `/control/…` (see `control`).

`aimed_at(port, hurry=0.01)` makes discord.py's own waits (retries, re-identifying) shorter, as `fake.running` does.
"""

from tests.fakes.discord.aim import aimed_at
from tests.fakes.discord.fake import FakeDiscord, discord_server
from tests.fakes.discord.faults import Fault, Faults
from tests.fakes.discord.people import NothingCame, Outcome, Person, Unable
from tests.fakes.discord.permissions import ASKED, EVERYTHING, PEOPLE, Permission
from tests.fakes.discord.ratelimits import GENEROUS, REAL
from tests.fakes.discord.world import Channel, Guild, Kind, Message, User, World

__all__ = [
    "ASKED",
    "EVERYTHING",
    "GENEROUS",
    "PEOPLE",
    "REAL",
    "Channel",
    "FakeDiscord",
    "Fault",
    "Faults",
    "Guild",
    "Kind",
    "Message",
    "NothingCame",
    "Outcome",
    "Permission",
    "Person",
    "Unable",
    "User",
    "World",
    "aimed_at",
    "discord_server",
]

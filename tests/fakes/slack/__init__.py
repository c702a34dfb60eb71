"""A Slack on 127.0.0.1 which enforces the real limits and traps; slack-bolt and slack-sdk run unmodified against it.

    from tests.fakes.slack import slack_server, SCOPES

    async with slack_server() as fake:                       # a FakeSlack; `clock=` is the world's time
        harbour = fake.add_team("Harbour")                   # Team: id, name, domain; the app is not installed yet
        keepers = fake.add_channel(harbour, "keepers")       # Channel; private=True; archived
        mira = fake.person("Mira", harbour, admin=True, locale="ru-RU", zone="Europe/Berlin")
        fake.install(harbour, by=mira)                       # scopes=SCOPES; team.bot_token, fake.app_token,
        fake.join(keepers)                                   # the bot is a member; people are in public channels
        # fake.api is the base address for SLACK_API_URL; fake.signing_secret, client_id, client_secret
        # fake.sends_to("http://127.0.0.1:PORT/slack/events")  # HTTP mode: signed requests instead of sockets
        seen = await mira.say(keepers, "And the tides?", thread=ts)      # waits for what the person then sees
        seen = await mira.press(message, "Sources")          # by label; or of a view; overflow: "Sources", story=2
        seen = await mira.choose(message_or_view, "Channel", "keepers")
        seen = await mira.submit(seen.view, question="Why?") # by label or block id
        seen = await mira.command("/brief now tides 24h", keepers)
        seen = await mira.shortcut("Briefing now"); await mira.shortcut("Ask about this", message=...)
        seen = await mira.open_home(); seen = await mira.open_chat()
        print(seen.text, seen.private, seen.view)
        print(fake.seen(keepers, mira))                      # the channel as Mira sees it, in plain text
        print(fake.seen(message.thread, mira))               # a thread
        Path("a.html").write_text(fake.picture(keepers, mira))           # and drawn

What else there is:
- `fake.world`: the state. `world.messages[(channel, ts)]` (`.blocks`, `.text`, `.metadata`, `.pings`, `.stream`),
  `world.journal` (every message that was taken, in order), `world.until(lambda: …)`, `world.on_taken`.
- `fake.faults.next(Fault.DROP, "chat.postMessage", times=2)`; `fake.faults.rates = {Fault.SLOW: 0.1}`,
  `fake.faults.routes`.
- `fake.deliver`: how events reach the app: `duplicate`, `shuffle`, `lose`, `again(event)`, `retry`; `sent` is all that
  the app was sent, `of("message")` what of it is of a type; `fake.events.mention_first`. `fake.sockets`: `drop()`,
  `ask_to_go()`, `live`. `fake.http`: `verify()`, `unsigned()`, `with_bad_signature()`, `stale()`, `replayed()`,
  `broken()`.
- A deed waits for what the person then sees, complete (no loading window, no open stream, more than a status), at most
  `mira.patience` real seconds, else NothingCame. `until="sent"` does not wait; "heard": until the app took it (for what
  nobody answers); "seen": until anything changes. `await mira.more(seen)` waits for what comes next. A form that is
  sent closes and goes on waiting; one that leads to nothing to be seen needs `until="heard"`. `seen.errors`,
  `seen.error`, `seen.closed`, `seen.said` (their own message), `seen.asked` (a dialog), `seen.options` (of a search).
- `mira.direct("…")`, `mira.edit`, `mira.delete`, `mira.stop(thread)`, `mira.close()`, `mira.uninstall()`,
  `mira.search(view, "Zone", "ber")`, `mira.revoke()`, `mira.install(at="http://…/slack/install")`;
  `fake.other_bot("Beacon", harbour).say(keepers, "…")`.
- What the app is sent is what its scopes, its subscriptions (`fake.app.events`) and its membership allow. Before it was
  there for the first time, events go nowhere; while it is gone, they wait for it.
- Requests are signed by the world's clock; an app that checks by the machine's needs `fake.http.now = time.time`.
- `fake.pace`: `REAL` has one message a second and channel, and tiers, by the world's clock; the default has neither.
- What Slack's documents leave open, and how it is decided here, is said in `rules`.
- `fake.history = "small"`: one request a minute, 15 messages (apps that are sold outside the Marketplace).
- `fake.requests`: every call as `(method, team, status)`; `world.pings()`: all that would have rung.
- `python -m tests.fakes.slack --port 4711 --journal FILE` runs one alone.
"""

from tests.fakes.slack.fake import FakeSlack, slack_server
from tests.fakes.slack.faults import Fault, Faults, spread
from tests.fakes.slack.installs import SCOPES
from tests.fakes.slack.people import NothingCame, Outcome, Person, Unable
from tests.fakes.slack.ratelimits import GENEROUS, REAL
from tests.fakes.slack.world import Channel, File, Message, Pings, Team, Thread, User, View, World

__all__ = [
    "GENEROUS",
    "REAL",
    "SCOPES",
    "Channel",
    "FakeSlack",
    "Fault",
    "Faults",
    "File",
    "Message",
    "NothingCame",
    "Outcome",
    "Person",
    "Pings",
    "Team",
    "Thread",
    "Unable",
    "User",
    "View",
    "World",
    "slack_server",
    "spread",
]

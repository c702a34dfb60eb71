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
        seen = await mira.press(message, "Sources")          # by label; `within=` a view; overflow: "Sources", story=2
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
- `fake.deliver`: how events reach the app: `duplicate`, `shuffle`, `lose`, `again(event)`, `retry`.
- `fake.pace`: `REAL` has one message a second and channel, and tiers; the default has none of them.
- `fake.history = "small"`: one request a minute, 15 messages (apps that are sold outside the Marketplace).
- `fake.requests`: every call as `(method, team, status)`; `world.pings()`: all that would have rung.
- `python -m tests.fakes.slack --port 4711 --journal FILE` runs one alone.
"""

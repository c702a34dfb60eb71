"""App Home: what each person sees in it, what can be pressed, and that it follows what they change."""

from datetime import timedelta

from adapters.platforms.slack.home.greeting import greet
from bot.errors import StoreUnavailable
from tests.fakes.slack import Fault
from tests.integration.slack_brief import brief, home_shows, shows
from tests.unit.test_brief_service import kept
from tests.unit.writing_samples import dam


async def test_who_installed_us_finds_app_home_filled_and_no_message() -> None:
    """Nobody is written to who did not write first; where Slack does not take it, nothing breaks."""
    async with brief() as space, space.awake() as kit:
        await greet(space.team.id, space.mira.id, kit)
        assert "[Set up]" in space.fake.seen("home", space.mira)
        assert space.fake.messages(space.fake.direct(space.mira)) == []
        space.fake.faults.next(Fault.UNAVAILABLE, "views.publish", times=3)
        await greet(space.team.id, space.nell.id, kit)
        assert "greeting_refused" in space.events.names()


async def test_before_set_up_there_is_one_thing_to_do() -> None:
    """And an example, which says so while nothing was read."""
    async with brief() as space, space.awake():
        seen = await space.mira.open_home()
        assert "[Set up]" in seen.text
        shown = await space.mira.press(seen, "Show me an example")
        assert "I am still reading" in shown.text
        await shows(space.mira, await space.mira.submit(shown), "I am still reading")


async def test_in_use_it_says_when_where_for_whom_and_how_it_is() -> None:
    """The heading is on the person's own clock; who does not manage sees nothing to manage."""
    async with brief() as space, space.awake():
        await space.subscribed()
        await space.subscribed(space.lounge, language="ru", desk="harbour")
        yuki = space.fake.person("Yuki", space.team, admin=True, zone="Asia/Tokyo")
        seen = await yuki.open_home()
        for words in (
            "Next edition: tomorrow at 02:00",
            "Where it posts",
            "#keepers",
            "Harbour · 07:00 and 18:00, Europe/Berlin · every day · Russian",
            "Time zone: Asia/Tokyo.",
            "For admins of this workspace",
            "[What is kept about me]",
        ):
            assert words in seen.text, words
        seen = await space.nell.open_home()
        assert "Next edition: today at 17:00" in seen.text
        for words in ("Preview now", "Stop posting here", "Add a channel", "Health", "Run doctor"):
            assert words not in seen.text, words


async def test_a_subscription_is_paused_resumed_and_ended_from_its_menu() -> None:
    """App Home shows each change; ending is asked again."""
    async with brief() as space, space.awake():
        await space.subscribed()
        seen = await space.mira.open_home()
        await shows(space.mira, await space.mira.press(seen, "Pause"), "Paused until somebody resumes it.")
        await home_shows(space, space.mira, "No edition is planned")
        home = await space.mira.open_home()
        await shows(space.mira, await space.mira.press(home, "Resume"), "Next edition")
        await home_shows(space, space.mira, "Next edition: today at 18:00")
        home = await space.mira.open_home()
        sure = await shows(space.mira, await space.mira.press(home, "Stop posting here"), "End the editions")
        await shows(space.mira, await space.mira.submit(sure), "Unsubscribed.")
        await home_shows(space, space.mira, "[Set up]")


async def test_times_and_language_are_changed_from_the_menu() -> None:
    """In a form of their own."""
    async with brief() as space, space.awake():
        await space.subscribed()
        home = await space.mira.open_home()
        form = await shows(space.mira, await space.mira.press(home, "Change times or language"), "Morning edition")
        await shows(space.mira, await space.mira.submit(form, language="de"), "in German")
        await home_shows(space, space.mira, "every day · German")


async def test_everything_is_reached_from_it() -> None:
    """A question, a briefing, the archive, sources, what is kept, the doctor, a preview, another channel."""
    async with brief() as space:
        await kept(space.bench.store, dam())
        async with space.awake():
            await space.subscribed()
            home = await space.mira.open_home()
            for label, words in (
                ("Ask a question", "Your question"),
                ("Briefing now", "edition on demand"),
                ("Search editions", "Words to look for"),
                ("Sources", "thinkers are read"),
                ("What is kept about me", "Export as text"),
                ("Run doctor", "has all the rights"),
                ("Add a channel", "Set up Counterpoint"),
            ):
                await shows(space.mira, await space.mira.press(home.view, label), words)
            preview = await space.mira.press(home.view, "Preview now", nth=1)
            await shows(space.mira, preview, "This is what the next edition for #keepers would say now.")


async def test_what_is_kept_is_deleted_from_it_after_asking() -> None:
    """The dialog says what stays."""
    async with brief() as space, space.awake():
        await space.subscribed()
        await space.nell.command("/brief now", space.keepers)
        home = await space.nell.open_home()
        asked = await space.nell.press(home, "Forget me", confirm=False)
        assert asked.asked is not None
        assert "Subscriptions belong to the workspace" in asked.asked
        await shows(space.nell, await space.nell.press(home, "Forget me"), "Forgotten. 1 entry was deleted.")


async def test_a_pause_that_ends_and_a_last_edition_are_told_in_each_readers_time() -> None:
    """With date tokens, where they can stand."""
    async with brief() as space, space.awake():
        one = await space.subscribed()
        until = space.bench.clock.now() + timedelta(days=2)
        await space.bench.office.pausing.pause(one.id, until=until, tenant=space.tenant)
        seen = await space.mira.open_home()
        assert "Next edition: Saturday at 18:00" in seen.text
        assert f"<!date^{int(until.timestamp())}^" in str(seen.view.payload)


async def test_where_the_database_fails_what_stands_there_stays() -> None:
    """The operator is told."""
    async with brief() as space, space.awake(space.failing(StoreUnavailable("down"))):
        await space.mira.open_home(until="heard")
        await space.fake.world.until(lambda: "home_not_shown" in [name for name, _ in space.events.warned])


async def test_more_subscriptions_than_fit_are_counted() -> None:
    """Slack takes a hundred blocks."""
    async with brief() as space, space.awake():
        for number in range(23):
            await space.subscribed(space.fake.add_channel(space.team, f"quay-{number}"))
        seen = await space.mira.open_home()
        assert "and 3 channels more" in seen.text

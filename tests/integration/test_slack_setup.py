"""From App Home to a preview: the first run, on a Slack that enforces its limits."""

from typing import Any

import pytest

from adapters.platforms.slack.options import Options
from tests.fakes.slack import SCOPES, Outcome, Person
from tests.integration.slack_brief import Brief, brief, home_shows, shows
from tests.unit.test_brief_service import kept
from tests.unit.writing_samples import dam

SAVE, ZONE = "Save and preview", "Europe/London"


async def begun(space: Brief, person: Person | None = None) -> Outcome:
    """The form, opened from App Home."""
    who = person or space.mira
    seen = await who.open_home()
    return await who.press(seen, "Set up")


async def test_from_app_home_to_a_preview_takes_three_actions() -> None:
    """Set up, a channel, save: zone and language are known. Nothing is posted."""
    async with brief() as space, space.awake():
        form = await begun(space)
        assert "Set up Counterpoint" in form.text
        assert f"{ZONE}, 12:00" in form.text
        await space.mira.choose(form.view, "channel", space.keepers)
        done = await space.mira.submit(form.view)
        done = await shows(space.mira, done, "Saved.")
        assert "The first edition comes to #keepers" in done.text
        assert "I am still reading" in done.text
        (made,) = await space.subscriptions()
        assert (made.place, made.schedule.zone, made.language) == (space.place(space.keepers), ZONE, "en")
        assert Options.read(made.options) == Options(host=f"{space.team.id}/{space.mira.id}")
        assert space.fake.messages(space.keepers) == []
        again = await shows(space.mira, await space.mira.submit(done.view), "I am still reading")
        assert "Preview now" in again.text
        await home_shows(space, space.mira, "Where it posts")


async def test_a_preview_of_stories_is_posted_once_however_often_it_is_sent() -> None:
    """The very edition that was shown, through the ledger. What comes twice shows the same answer again."""
    async with brief() as space:
        await kept(space.bench.store, dam())
        async with space.awake():
            form = await begun(space)
            done = await shows(space.mira, await space.mira.submit(form.view, channel=space.keepers), "Saved.")
            assert "This is what it would say now." in done.text
            assert "[Wait for the first]" in done.text
            assert "Ask a question" not in done.text
            sent = await space.mira.submit(done.view)
            posted = await shows(space.mira, sent, "Posted. It appears in #keepers")
            space.fake.deliver.again(space.fake.deliver.sent[-1])
            assert "before" not in (await shows(space.mira, posted, "Posted.")).text
            assert await space.postings() == 1
            assert len(await space.subscriptions()) == 1


async def test_saving_twice_is_one_subscription() -> None:
    """The same form from two windows: the second changes the first."""
    async with brief() as space, space.awake():
        for am in ("06:00", "06:30"):
            # App Home is published beside the first answer, and may be what is seen next.
            seen = await shows(space.mira, await space.mira.command("/brief setup", space.keepers), "Morning edition")
            assert seen.front is not None
            await shows(space.mira, await space.mira.submit(seen.front, am=am), "Saved.")
        (made,) = await space.subscriptions()
        assert str(made.schedule) == f"{ZONE} mon,tue,wed,thu,fri,sat,sun am=06:30 pm=18:00"


async def test_a_private_channel_that_we_are_not_in_is_said_and_once_we_are_invited_set_up_goes_on() -> None:
    """What was chosen is kept; another channel may be chosen instead."""
    async with brief() as space, space.awake():
        cellar = space.fake.add_channel(space.team, "cellar", private=True)
        space.fake.join(cellar, space.mira)
        form = await begun(space)
        told = await space.mira.submit(form.view, channel=cellar, am="06:15")
        told = await shows(space.mira, told, "/invite @Counterpoint")
        assert await space.subscriptions() == []
        still = await space.mira.press(told.view, "Check again")
        assert "/invite @Counterpoint" in still.text or "/invite" in space.fake.seen(told.view, space.mira)
        other = await shows(space.mira, await space.mira.press(told.view, "Choose another channel"), "Morning edition")
        assert "06:15" in other.text
        told = await shows(space.mira, await space.mira.submit(other.view, channel=cellar), "/invite")
        space.fake.join(cellar)
        await shows(space.mira, await space.mira.press(told.view, "Check again"), "Saved.")
        (made,) = await space.subscriptions()
        assert made.place == space.place(cellar)
        assert Options.read(made.options).kind == "private"
        assert str(made.schedule).endswith("am=06:15 pm=18:00")


async def test_a_public_channel_is_joined_where_that_is_granted() -> None:
    """And where it is not, somebody has to invite us."""
    async with brief() as space, space.awake():
        form = await begun(space)
        await shows(space.mira, await space.mira.submit(form.view, channel=space.lounge), "Saved.")
        assert space.team.bot_user in space.lounge.members
    async with brief(scopes=[one for one in SCOPES if one != "channels:join"]) as space, space.awake():
        form = await begun(space)
        told = await space.mira.submit(form.view, channel=space.lounge)
        await shows(space.mira, told, "I am not in that channel. Type /invite @Counterpoint in that channel. Then")


async def test_mistakes_stand_beside_their_fields() -> None:
    """The form stays, with everything that was chosen."""
    async with brief() as space, space.awake():
        form = await begun(space)
        wrong = await space.mira.submit(form.view, channel=space.keepers, am="19:00", pm="07:00")
        assert wrong.errors == {"pm": "The morning time has to be before the evening time."}
        done = await space.mira.submit(form.view, am="07:00", pm="19:00")
        await shows(space.mira, done, "Saved.")


async def test_the_menu_of_zones_is_searched_by_city_and_begins_with_the_common_ones() -> None:
    """In any of our languages; each with the time of day there."""
    async with brief() as space, space.awake():
        form = await begun(space)
        first = await space.mira.search(form.view, "zone", "")
        assert len(first.options) == 25
        assert first.options[0] == "Europe/Berlin, 13:00"
        assert (await space.mira.search(form.view, "zone", "токио")).options == ("Asia/Tokyo, 21:00",)
        await space.mira.choose(form.view, "zone", "Asia/Tokyo, 21:00", typing="Tokyo")
        await shows(space.mira, await space.mira.submit(form.view, channel=space.keepers), "Saved.")
        (made,) = await space.subscriptions()
        assert made.schedule.zone == "Asia/Tokyo"


async def test_who_does_not_manage_the_workspace_gets_words_that_name_who_does() -> None:
    """No button for it in App Home, words from the command, also in the middle of a form."""
    async with brief() as space, space.awake():
        home = await space.nell.open_home()
        assert "Set up" not in home.text
        assert "An admin of this workspace can set it up here." in home.text
        refused = await space.nell.command("/brief setup", space.keepers)
        assert refused.private
        assert "Admins and owners of this workspace can." in refused.text
        form = await begun(space)
        space.mira.user.admin = False
        await shows(space.mira, await space.mira.submit(form.view, channel=space.keepers), "You cannot change this.")
        assert await space.subscriptions() == []


async def test_a_form_begun_before_a_restart_goes_on_after_it() -> None:
    """Everything stands in the form itself."""
    async with brief() as space:
        async with space.awake():
            form = await begun(space)
        async with space.awake():
            await shows(space.mira, await space.mira.submit(form.view, channel=space.keepers), "Saved.")


async def test_in_russian_everything_is_in_russian() -> None:
    """The language of the person's client, also that of the editions unless another is chosen."""
    async with brief() as space, space.awake():
        vera = space.fake.person("Vera", space.team, owner=True, locale="ru-RU", zone="Europe/Moscow")
        seen = await vera.open_home()
        assert "Сводки из голосов" in seen.text
        form = await vera.press(seen, "Настроить")
        assert "Europe/Moscow, 15:00" in form.text
        await shows(vera, await vera.submit(form.view, channel=space.keepers), "Сохранено.")
        (made,) = await space.subscriptions()
        assert made.language == "ru"


async def test_setting_up_again_keeps_how_it_answers() -> None:
    """The same desk in the same channel is the same subscription, with what was decided for it."""
    async with brief() as space, space.awake():
        await space.subscribed(options=Options(answers="all", episodes="yes").written())
        seen = await space.mira.command("/brief setup", space.keepers)
        await shows(space.mira, await space.mira.submit(seen.view), "Saved.")
        (made,) = await space.subscriptions()
        decided = Options.read(made.options)
        assert (decided.answers, decided.episodes) == ("all", "yes")


@pytest.mark.parametrize("value", ["b1:set::strange", "b1:set::check", "b1:set::chan", "b1:adm:0123456789ab:strange"])
async def test_a_form_that_cannot_be_read_any_more_says_so(value: str) -> None:
    """An id of an unknown deed or a lost state: words, no failure."""
    async with brief() as space, space.awake():
        message = space.fake.say_as_bot(space.keepers, **_pressable(value))
        seen = await space.mira.press(message, value)
        await shows(space.mira, seen, "I cannot read this form any more. Type /brief")


def _pressable(value: str) -> dict[str, Any]:
    button = {"type": "button", "text": {"type": "plain_text", "text": "x"}, "action_id": value, "value": value}
    return {"text": "x", "blocks": [{"type": "actions", "elements": [button]}]}


async def test_a_form_that_comes_twice_shows_its_answer_again() -> None:
    """Slack takes the window back to waiting: it does not stay so."""
    async with brief() as space, space.awake():
        form = await begun(space)
        done = await shows(space.mira, await space.mira.submit(form.view, channel=space.keepers), "Saved.")
        first = space.fake.deliver.sent[-1]
        shown = len(space.fake.calls("views.update"))
        space.fake.deliver.again(first)
        await space.fake.world.until(lambda: len(space.fake.calls("views.update")) > shown)
        assert "Saved." in space.fake.seen(done.view, space.mira)
        assert len(await space.subscriptions()) == 1


async def test_who_installed_us_is_named_to_who_may_not() -> None:
    """A person to ask."""
    async with brief() as space:

        async def installer(team: str) -> str:
            return space.mira.id

        async with space.awake(installer=installer):
            seen = await space.nell.command("/brief setup", space.keepers)
            assert "and Mira, who installed Counterpoint." in seen.text


async def test_a_window_that_was_closed_meanwhile_is_left_alone() -> None:
    """What was asked for is done all the same."""
    async with brief() as space, space.awake():
        form = await begun(space)
        await space.mira.submit(form.view, channel=space.keepers, until="sent")
        await space.mira.close(form.view)
        await space.fake.world.until(lambda: "window_closed" in space.events.names())
        assert len(await space.subscriptions()) == 1

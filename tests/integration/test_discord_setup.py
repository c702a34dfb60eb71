"""From the invitation to a preview: the first run, on a Discord that enforces its limits."""

from typing import Any

import pytest

from adapters.platforms.discord.options import Options
from bot.domain.place import Place
from tests.fakes.discord import Kind, Outcome, Permission, Person, Unable
from tests.integration.discord_brief import Brief, brief, shows
from tests.unit.test_brief_service import kept
from tests.unit.writing_samples import dam

ZONE = "Europe/London"
CHANNEL, CLOCK = "Choose a channel", "What time is it where you read?"
RIGHTS = "I can post, open threads and attach files in this channel."


class Actions:
    """Counts what a person does."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self.count = 0

    async def command(self, name: str, **options) -> Outcome:
        self.count += 1
        return await self._person.command(name, **options)

    async def choose(self, form: Outcome, menu: str, value: str, then: str) -> Outcome:
        self.count += 1
        return await shows(self._person, await self._person.choose(form.message, menu, value), then)

    async def press(self, form: Outcome, label: str, then: str) -> Outcome:
        self.count += 1
        return await shows(self._person, await self._person.press(form.message, label), then)


async def begun(server: Brief, channel: str | None = None) -> tuple[Actions, Outcome]:
    """A form in which channel and zone are chosen."""
    acts = Actions(server.mira)
    form = await acts.command("brief setup")
    form = await acts.choose(form, CHANNEL, channel or server.keepers.id, RIGHTS)
    await acts.choose(form, CLOCK, ZONE, ZONE)
    return acts, form


async def test_from_an_empty_server_to_a_preview_takes_four_actions() -> None:
    """The command, a channel, a time, save. Then the server has a subscription, and sees what it will get."""
    async with brief() as server, server.awake():
        acts = Actions(server.mira)
        form = await acts.command("brief setup")
        assert form.private
        assert "Set up Counterpoint" in form.text
        with pytest.raises(Unable, match="grey"):
            await server.mira.press(form.message, "Save and preview")
        form = await acts.choose(form, CHANNEL, server.keepers.id, RIGHTS)
        with pytest.raises(Unable, match="grey"):
            await server.mira.press(form.message, "Save and preview")
        form = await acts.choose(form, CLOCK, ZONE, "Desk: Counterpoint")
        done = await acts.press(form, "Save and preview", "Wait for the first")

        assert acts.count <= 4
        assert "**Saved.** The first edition comes to" in done.text
        assert "Ask a question" not in done.text
        (made,) = await server.bench.office.subscribing.list(server.tenant)
        assert (made.place.id, made.schedule.zone) == (server.keepers.id, ZONE)
        assert Options.read(made.options) == Options(host=server.mira.id, guild=server.guild.id)
        assert server.fake.messages(server.keepers) == []


async def test_before_anything_was_read_the_preview_says_so() -> None:
    """No empty edition is shown on a fresh install: how far the first reading has come, and a way to look again."""
    async with brief() as server, server.awake():
        acts, form = await begun(server)
        done = await acts.press(form, "Save and preview", "Wait for the first")
        assert "I am still reading" in done.text
        assert "[Preview now]" in done.text
        again = await acts.press(done, "Preview now", "I am still reading")
        waits = await acts.press(again, "Wait for the first", "Saved")
        assert "[" not in waits.text


async def test_a_missing_right_is_named_and_once_it_is_mended_set_up_goes_on() -> None:
    """The right is called as Discord calls it; Check again keeps what was chosen."""
    async with brief() as server, server.awake():
        acts = Actions(server.mira)
        form = await acts.command("brief setup")
        form = await acts.choose(form, CLOCK, ZONE, ZONE)
        everybody = server.guild.id
        server.fake.overwrite(server.keepers, everybody, deny=Permission.CREATE_PUBLIC_THREADS)
        told = await acts.choose(form, CHANNEL, server.keepers.id, "I cannot open threads there.")
        assert "allow Create Public Threads" in told.text

        still = await acts.press(told, "Check again", "I cannot open threads there.")
        server.fake.overwrite(server.keepers, everybody)
        form = await acts.press(still, "Check again", RIGHTS)
        done = await acts.press(form, "Save and preview", "Wait for the first")
        assert "Saved." in done.text


async def test_another_channel_can_be_chosen_instead() -> None:
    """What else was chosen stays."""
    async with brief() as server, server.awake():
        acts = Actions(server.mira)
        form = await acts.command("brief setup")
        form = await acts.choose(form, CLOCK, ZONE, ZONE)
        lost = Permission.CREATE_PUBLIC_THREADS | Permission.ATTACH_FILES
        server.fake.overwrite(server.keepers, server.guild.id, deny=lost)
        told = await acts.choose(form, CHANNEL, server.keepers.id, "I lack 2 rights")
        assert "allow Create Public Threads, Attach Files" in told.text
        form = await acts.press(told, "Choose another channel", "Set up Counterpoint")
        form = await acts.choose(form, CHANNEL, server.lounge.id, RIGHTS)
        await acts.press(form, "Save and preview", "Wait for the first")
        (made,) = await server.bench.office.subscribing.list(server.tenant)
        assert (made.place.id, made.schedule.zone) == (server.lounge.id, ZONE)


async def test_a_set_up_goes_on_after_a_restart() -> None:
    """Everything stands in the message: another process takes it up."""
    async with brief() as server:
        async with server.awake():
            acts, form = await begun(server)
        async with server.awake():
            done = await acts.press(form, "Save and preview", "Wait for the first")
            assert "Saved." in done.text
        assert server.synchronised == [True, False]


async def test_times_and_language_are_changed_in_a_form() -> None:
    """Morning, evening, days, language and, of several, the desk; mistakes are told and nothing is lost."""
    async with brief() as server, server.awake():
        acts, form = await begun(server)
        window = await server.mira.press(form.message, "Change times or language")
        wrong = await server.mira.submit(window, am="25:99", pm="18:00")
        assert "That is no time of day." in (await shows(server.mira, wrong, "That is no time")).text
        window = await server.mira.press(form.message, "Change times or language")
        sent = await server.mira.submit(window, am="06:15", pm="", days=["0", "2"], language=["ru"], desk=["harbour"])
        form = await shows(server.mira, sent, "at 06:15, Mon, Wed, in Russian. Desk: Harbour")
        await acts.press(form, "Save and preview", "Wait for the first")
        (made,) = await server.bench.office.subscribing.list(server.tenant)
        assert str(made.schedule) == f"{ZONE} mon,wed am=06:15"
        assert (made.language, made.desk) == ("ru", "harbour")


@pytest.mark.parametrize(
    ("times", "said"), [(("", ""), "Both times are empty."), (("18:00", "07:00"), "has to be before")]
)
async def test_times_that_make_no_timetable_are_refused(times: tuple[str, str], said: str) -> None:
    """Before anything is saved."""
    async with brief() as server, server.awake():
        _, form = await begun(server)
        window = await server.mira.press(form.message, "Change times or language")
        sent = await server.mira.submit(window, am=times[0], pm=times[1])
        assert (await shows(server.mira, sent, said)).private


async def test_a_zone_that_is_not_offered_is_found_by_a_city() -> None:
    """One that fits is taken; of several one is to be chosen; none is said."""
    async with brief() as server, server.awake():
        acts = Actions(server.mira)
        form = await acts.command("brief setup")
        window = await server.mira.choose(form.message, CLOCK, "other")
        form = await shows(
            server.mira, await server.mira.submit(window, city="Atlantis-upon-Void"), "I know no such city."
        )
        form = await shows(server.mira, await server.mira.command("brief setup"), "Set up Counterpoint")
        window = await server.mira.choose(form.message, CLOCK, "other")
        form = await shows(server.mira, await server.mira.submit(window, city="Istanbul"), "(Europe/Istanbul)")
        window = await server.mira.choose(form.message, CLOCK, "other")
        several = await shows(server.mira, await server.mira.submit(window, city="Indiana"), "(America/Indianapolis)")
        assert "(America/Indiana/Indianapolis)" in several.text


async def test_a_forum_takes_posts_and_an_announcement_channel_is_known_as_one() -> None:
    """The kind of the channel is kept with the subscription: it decides how editions are posted."""
    async with brief() as server:
        forum = server.fake.add_channel(server.guild, "stories", Kind.FORUM)
        news = server.fake.add_channel(server.guild, "herald", Kind.NEWS)
        async with server.awake():
            for channel in (forum, news):
                acts, form = await begun(server, channel.id)
                await acts.press(form, "Save and preview", "Wait for the first")
        made = {one.place.id: Options.read(one.options) for one in await server.bench.subscribe.list(server.tenant)}
        assert (made[forum.id].kind, made[forum.id].placement) == ("forum", "forum")
        assert (made[news.id].kind, made[news.id].placement) == ("news", "thread")


async def test_setting_up_again_keeps_the_role_that_was_chosen() -> None:
    """The same desk in the same channel is the same subscription, with what was decided for it."""
    async with brief() as server, server.awake():
        role = server.fake.role(server.guild, "readers")
        options = Options(role=role.id, guild=server.guild.id, episodes="yes").written()
        place = Place("discord", server.keepers.id)
        await server.bench.made(place, tenant=server.tenant, options=options)
        acts, form = await begun(server)
        await acts.press(form, "Save and preview", "Wait for the first")
        (made,) = await server.bench.office.subscribing.list(server.tenant)
        decided = Options.read(made.options)
        assert (decided.role, decided.episodes) == (role.id, "yes")


async def test_who_does_not_manage_the_server_gets_words_and_no_form() -> None:
    """Also in the middle of a form, when the right was taken away meanwhile."""
    async with brief() as server, server.awake():
        refused = await server.nell.command("brief setup")
        assert refused.private
        assert "It needs the right Manage Server." in refused.text
        acts, form = await begun(server)
        for role in server.guild.roles.values():
            if role.name == "Mira's":
                role.permissions = Permission(0)
        await acts.press(form, "Save and preview", "It needs the right Manage Server.")
        assert await server.bench.office.subscribing.list(server.tenant) == []


async def test_in_a_direct_message_there_is_nothing_to_set_up() -> None:
    """Set-up belongs to servers, and says so."""
    async with brief() as server, server.awake():
        alone = server.fake.person("Solo")
        assert "This works in a server" in (await alone.command("brief setup")).text


async def test_a_form_that_cannot_be_read_any_more_says_so() -> None:
    """An id of an unknown version or a strange state: words, no failure."""
    async with brief() as server, server.awake():
        payload = {"flags": 32768, "components": [_row("b1:set::go"), _row("b1:set::more.x"), _row("b1:set::strange")]}
        message = server.fake.say_as_bot(server.keepers, payload)
        for name in ("b1:set::go", "b1:set::more.x", "b1:set::strange"):
            pressed = await server.mira.press(message, name)
            assert "I cannot read this form any more." in (await shows(server.mira, pressed, "any more")).text


def _row(custom_id: str) -> dict[str, Any]:
    return {"type": 1, "components": [{"type": 2, "style": 2, "label": custom_id[-8:], "custom_id": custom_id}]}


async def test_a_new_server_is_greeted_once_with_links_to_commands() -> None:
    """In the system channel, where there is one that takes messages; the mention of the command is a real one."""
    async with brief() as server, server.awake():
        harbour = server.fake.add_guild("Second")
        hall = server.fake.add_channel(harbour, "hall")
        harbour.system_channel = hall.id
        server.fake.invite(harbour)
        await server.fake.world.until(lambda: server.fake.messages(hall))
        (greeting,) = server.fake.messages(hall)
        command = server.fake.world.commands[None][0]["id"]
        text = str(greeting.components)
        assert f"</brief setup:{command}>" in text
        assert f"</brief privacy:{command}>" in text


async def test_a_server_without_a_system_channel_is_not_greeted() -> None:
    """Nothing is posted anywhere else."""
    async with brief() as server, server.awake():
        harbour = server.fake.add_guild("Second")
        hall = server.fake.add_channel(harbour, "hall")
        server.fake.invite(harbour)
        await server.mira.command("brief help")
        assert server.fake.messages(hall) == []


async def test_a_channel_that_we_do_not_see_is_said_to_be_hidden() -> None:
    """Discord then tells nothing else of it."""
    async with brief() as server, server.awake():
        secret = server.fake.add_channel(server.guild, "secret")
        mine = next(role.id for role in server.guild.roles.values() if role.managed_by)
        server.fake.overwrite(secret, mine, deny=Permission.VIEW_CHANNEL)
        acts = Actions(server.mira)
        form = await acts.command("brief setup")
        await acts.choose(form, CHANNEL, secret.id, "I cannot see that channel.")


async def test_rights_that_are_lost_before_saving_stop_it() -> None:
    """Nothing is subscribed; what was chosen stays in the notice."""
    async with brief() as server, server.awake():
        acts, form = await begun(server)
        server.fake.overwrite(server.keepers, server.guild.id, deny=Permission.ATTACH_FILES)
        await acts.press(form, "Save and preview", "I cannot attach files there.")
        assert await server.bench.office.subscribing.list(server.tenant) == []


async def test_a_preview_of_stories_can_be_posted_once() -> None:
    """The very edition that was shown, through the ledger."""
    async with brief() as server:
        await kept(server.bench.store, dam())
        async with server.awake():
            acts, form = await begun(server)
            done = await acts.press(form, "Save and preview", "Post this one now")
            assert "Below is what the edition would say now. Only you see it." in done.text
            assert "Go to story" in done.text
            await acts.press(done, "Post this one now", "Posted.")
        async with server.bench.store.unit() as unit:
            assert sum((await unit.records.counts()).postings.values()) == 1

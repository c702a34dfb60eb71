"""The commands on a Discord that enforces its limits: what they answer, to whom, and that they always answer."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.platforms.discord.commands.tree import same
from adapters.platforms.discord.options import Options
from bot.domain.place import Place
from bot.domain.subscription import FOR_GOOD, Subscription
from bot.errors import (
    ConfigError,
    CoresError,
    LimitReached,
    NotAllowedError,
    NotFoundError,
    PlatformBusy,
    SourceUnavailable,
    StoreUnavailable,
)
from tests.fakes.discord import Outcome, Permission, Person
from tests.fakes.talk import sample
from tests.integration.discord_brief import Brief, brief, shows
from tests.unit.test_brief_service import kept
from tests.unit.writing_samples import dam

FEED = "https://lovelace.example/feed.xml"
ALL: tuple[tuple[str, dict[str, Any]], ...] = (
    ("brief setup", {}),
    ("brief now", {}),
    ("brief ask", {"question": "Who disagrees?"}),
    ("brief search", {"query": "gears"}),
    ("brief status", {}),
    ("brief privacy", {}),
    ("brief settings", {}),
    ("brief pause", {}),
    ("brief resume", {}),
    ("brief unsubscribe", {}),
    ("brief preview", {}),
    ("brief doctor", {}),
    ("brief sources list", {}),
    ("brief sources add", {"address": FEED}),
    ("brief sources remove", {"thinker": "nobody"}),
    ("brief sources test", {"address": FEED}),
    ("brief sources propose", {"address": FEED}),
)
MANAGERS = (
    "brief setup",
    "brief settings",
    "brief pause",
    "brief resume",
    "brief unsubscribe",
    "brief preview",
    "brief doctor",
    "brief sources add",
    "brief sources remove",
)


async def subscribed(server: Brief, **wanted) -> Subscription:
    """The server's channel has editions."""
    options = Options(guild=server.guild.id, host=server.mira.id).written()
    place = Place("discord", server.keepers.id)
    return await server.bench.made(place, tenant=server.tenant, **({"options": options} | wanted))


async def after(person: Person, seen: Outcome, label: str, words: str) -> Outcome:
    """What a press leads to."""
    return await shows(person, await person.press(seen.message, label), words)


# ---------------------------------------------------------------- registering


async def test_commands_are_registered_once_a_version_and_within_discords_limits() -> None:
    """The fake refuses what Discord would refuse. A restart tells nothing; a change does."""
    async with brief() as server:
        for _ in range(2):
            async with server.awake():
                pass
        assert server.synchronised == [True, False]
        assert len(server.fake.calls("PUT /applications/{}/commands")) == 1
        server.fake.world.commands[None][0]["description"] = "Something else"
        async with server.awake():
            pass
        assert server.synchronised == [True, False, True]


async def test_every_command_has_its_words_in_russian() -> None:
    """Names, descriptions and options; the names are as Discord wants them."""
    async with brief() as server, server.awake():
        group, menu = server.fake.world.commands[None]
        assert menu["name"] == "Ask about this"
        assert menu["name_localizations"] == {"ru": "Спросить об этом"}
        names = {one["name"] for one in group["options"]}
        assert names == {
            "setup", "now", "ask", "subscribe", "settings", "pause", "resume", "unsubscribe", "preview", "status",
            "doctor", "search", "sources", "privacy", "help", "episode", "shows", "episodes",
        }  # fmt: skip
        waiting = [*group["options"]]
        while waiting:
            one = waiting.pop()
            waiting += one.get("options", [])
            assert set(one["name_localizations"]) == {"ru"}, one["name"]
            assert set(one["description_localizations"]) == {"ru"}, one["name"]
            assert one["description"][0].isupper()
        assert sorted(group["integration_types"]) == [0, 1]
        assert sorted(group["contexts"]) == [0, 1, 2]


@pytest.mark.parametrize(
    ("ours", "theirs", "equal"),
    [
        ({"name": "a", "type": 1}, {"name": "a", "id": "5", "version": "7", "nsfw": False}, True),
        ({"name": "a", "options": []}, {"name": "a"}, True),
        ({"name": "a", "contexts": [0, 1]}, {"name": "a", "contexts": [1, 0]}, True),
        ({"name": "a"}, {"name": "a", "name_localizations": {"ru": "б"}}, False),
        ({"name": "a", "options": [{"name": "x"}]}, {"name": "a", "options": [{"name": "y"}]}, False),
        ({"name": "a", "options": [{"name": "x"}]}, {"name": "a", "options": []}, False),
        ({"name": "a", "max_value": 3}, {"name": "a", "max_value": 4}, False),
        ({"name": "a", "type": 3}, {"name": "a", "type": 2}, False),
    ],
)
def test_two_descriptions_are_the_same_if_they_say_the_same(
    ours: dict[str, Any], theirs: dict[str, Any], equal: bool
) -> None:
    """Discord leaves out what is as usual and adds its own keys."""
    assert same(ours, theirs) is equal


# ---------------------------------------------------------------- always an answer


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (StoreUnavailable("down"), "Error "),
        (CoresError("slow"), "Error "),
        (RuntimeError("a mistake of ours"), "Error "),
        (ConfigError(["the **hours** are none"]), "hours"),
        (NotFoundError("There is no such thing."), ""),
        (SourceUnavailable("it did not answer"), ""),
        (NotAllowedError("no"), ""),
        (LimitReached("spent", most=3, until=datetime(2026, 3, 6, tzinfo=UTC)), ""),
        (PlatformBusy("later"), "Error "),
    ],
)
async def test_every_command_answers_privately_whatever_goes_wrong(error: Exception, said: str) -> None:
    """No spinner is left turning; what a person cannot mend has an id that is also in the journal."""
    async with brief() as server, server.awake(server.failing(error)):
        for name, options in ALL:
            if name == "brief setup":
                continue  # it shows a form and asks the office for nothing
            seen = await server.mira.command(name, **options)
            assert seen.private, name
            assert len(seen.text) > 10, name
        assert said in seen.text
        if said == "Error ":
            facts = [facts for event, facts in server.events.warned if event == "command_failed"]
            assert any(f"Error {fact['id']}" in seen.text for fact in facts)


async def test_every_press_answers_whatever_goes_wrong() -> None:
    """The same for buttons and menus of forms, also of strange ones."""
    ids = [
        "b1:set:0123456789ab:wait",
        "b1:set:0123456789ab:again",
        "b1:set:0123456789ab:post.harbour-1",
        "b1:adm:0123456789ab:pause",
        "b1:adm:0123456789ab:times",
        "b1:adm::all",
        "b1:adm::src.2",
        "b1:adm::yes.0123456789ab",
        "b1:adm::take",
        "b1:own::export",
        "b1:own::forgotten",
        "b1:own::propose",
        "b1:post:harbour-20260303-now-1a2b3c4d",
    ]
    buttons = [{"type": 2, "style": 2, "label": one[-20:], "custom_id": one} for one in ids]
    rows = [{"type": 1, "components": buttons[n : n + 5]} for n in range(0, len(buttons), 5)]
    async with brief() as server, server.awake(server.failing(StoreUnavailable("down"))):
        message = server.fake.say_as_bot(server.keepers, {"flags": 32768, "components": rows})
        for name in ids:
            seen = await shows(server.mira, await server.mira.press(message, name), " ")
            assert seen.private, name


async def test_who_does_not_manage_the_server_is_refused_at_run_time() -> None:
    """Whatever the client hides or shows: the right is looked at when the command comes."""
    async with brief() as server, server.awake():
        await subscribed(server)
        for name, options in ALL:
            if name in MANAGERS:
                seen = await server.nell.command(name, **options)
                assert "You cannot change this.** It needs the right Manage Server." in seen.text, name
                assert seen.private
        for deed in ("pause", "drop", "dropped", "times", "look"):
            button = {"type": 2, "style": 2, "label": deed, "custom_id": f"b1:adm:0123456789ab:{deed}"}
            row = {"type": 1, "components": [button]}
            message = server.fake.say_as_bot(server.keepers, {"flags": 32768, "components": [row]})
            await after(server.nell, _of(server, message), deed, "It needs the right Manage Server.")


def _of(server: Brief, message) -> Outcome:
    return Outcome(server.fake.world, None, (message,))  # type: ignore[arg-type]


# ---------------------------------------------------------------- reading


async def test_now_shows_a_private_card_that_can_be_posted_once() -> None:
    """Its stories through the menu, no buttons that need a thread; Post here asks for the person's right to post."""
    async with brief() as server:
        await kept(server.bench.store, dam())
        async with server.awake():
            seen = await server.nell.command("brief now", hours=24)
            assert seen.private
            assert "Go to story" in seen.text
            assert "Ask a question" not in seen.text
            await after(server.nell, seen, "Post here", "Posted.")
            await after(server.nell, seen, "Post here", "It was posted before.")
            server.fake.overwrite(server.keepers, server.guild.id, deny=Permission.SEND_MESSAGES)
            await after(server.nell, seen, "Post here", "You cannot post here.")
            assert await _postings(server) == 1


async def _postings(server: Brief) -> int:
    async with server.bench.store.unit() as unit:
        return sum((await unit.records.counts()).postings.values())


async def test_now_in_a_direct_message_has_nothing_to_post_to() -> None:
    """It is for one person; and the fourth of a day is refused with the time of the next."""
    async with brief() as server:
        await kept(server.bench.store, dam())
        async with server.awake():
            alone = server.fake.person("Solo")
            seen = await alone.command("brief now", hours=24)
            assert "Go to story" in seen.text
            assert "Post here" not in seen.text
            for hours in (25, 26, 27):
                seen = await alone.command("brief now", hours=hours)
            assert "Those were your 3 for today." in seen.text
            assert ":R>" in seen.text


async def test_post_here_names_the_right_that_we_lack() -> None:
    """Before anything is put into the ledger."""
    async with brief() as server:
        await kept(server.bench.store, dam())
        async with server.awake():
            seen = await server.mira.command("brief now", hours=24)
            server.fake.overwrite(server.keepers, server.guild.id, deny=Permission.CREATE_PUBLIC_THREADS)
            await after(server.mira, seen, "Post here", "allow Create Public Threads")
            assert await _postings(server) == 0


async def test_an_edition_that_is_gone_cannot_be_posted() -> None:
    """Words, no error."""
    async with brief() as server, server.awake():
        button = {"type": 2, "style": 1, "label": "Post here", "custom_id": "b1:post:harbour-20260303-now-1a2b3c4d"}
        row = {"type": 1, "components": [button]}
        message = server.fake.say_as_bot(server.keepers, {"flags": 32768, "components": [row]})
        await after(server.nell, _of(server, message), "Post here", "This edition is no longer kept.")


async def test_a_question_by_command_is_answered_privately_from_the_latest_edition() -> None:
    """In a server as in a direct message."""
    async with brief() as server:
        await server.bench.kept(sample())
        async with server.awake():
            for person in (server.nell, server.fake.person("Solo")):
                seen = await person.command("brief ask", question="sources 1")
                assert seen.private
                assert "Sources of story 1" in seen.text
                seen = await person.command("brief ask", question="list", edition=sample().id)
                assert sample().stories[0].title in seen.text


async def test_help_search_and_status_answer_privately_in_the_persons_language() -> None:
    """Status names the channel, the next edition and a pause with its reason."""
    async with brief() as server, server.awake():
        one = await subscribed(server)
        await server.bench.office.pausing.pause(one.id, until=None, reason="tired", tenant=server.tenant)
        vera = server.person("Vera", locale="ru")
        assert "Что можно делать" in (await vera.command("brief help")).text
        assert "`/brief now topic: agents hours: 24`" in (await server.nell.command("brief help")).text
        seen = await server.nell.command("brief status")
        assert seen.private
        assert "#keepers" in seen.text
        assert "Reason: tired." in seen.text
        assert (await server.nell.command("brief search", query="anything")).private
        await server.bench.office.pausing.resume(one.id, tenant=server.tenant)
        assert "Next edition: <t:" in (await server.nell.command("brief status")).text


# ---------------------------------------------------------------- managing


async def test_subscribing_in_one_line() -> None:
    """Every option is read as people write it; a city stands for its zone."""
    async with brief() as server, server.awake():
        seen = await server.mira.command(
            "brief subscribe",
            given={"channel": server.lounge.id},
            desk="harbour",
            morning="off",
            evening="19:30",
            zone="Tokyo",
            days="mon-fri",
            language="ru",
        )
        assert "Saved." in (await shows(server.mira, seen, "Wait for the first")).text
        (made,) = await server.bench.office.subscribing.list(server.tenant)
        assert str(made.schedule) == "Asia/Tokyo mon,tue,wed,thu,fri pm=19:30"
        assert (made.desk, made.language, made.place.id) == ("harbour", "ru", server.lounge.id)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"desk": "nowhere"}, "There is no desk nowhere."),
        ({"morning": "7 o'clock"}, "That is no time of day."),
        ({"zone": "Atlantis-upon-Void"}, "no time zone"),
        ({"days": "someday"}, "no weekday"),
        ({"morning": "off", "evening": "off"}, "both off"),
    ],
)
async def test_mistakes_of_a_line_are_told(options: dict[str, Any], said: str) -> None:
    """And nothing is subscribed."""
    async with brief() as server, server.awake():
        seen = await server.mira.command("brief subscribe", given={"channel": server.keepers.id}, **options)
        assert said in seen.text
        assert await server.bench.office.subscribing.list(server.tenant) == []


async def test_subscribing_where_a_right_is_missing_names_it() -> None:
    """As the first run does."""
    async with brief() as server, server.awake():
        server.fake.overwrite(server.keepers, server.guild.id, deny=Permission.ATTACH_FILES)
        seen = await server.mira.command("brief subscribe", given={"channel": server.keepers.id})
        assert "I cannot attach files there." in seen.text


async def test_settings_are_changed_one_by_one() -> None:
    """Role, placement, answers, overviews, times; each is kept at once and shown."""
    async with brief() as server, server.awake():
        one = await subscribed(server)
        role = server.fake.role(server.guild, "readers")
        seen = await server.mira.command("brief settings")
        chosen = await server.mira.choose(seen.message, "A role that the card mentions", role.id)
        seen = await shows(server.mira, chosen, "Settings")
        for menu, value in (("b1:adm:{}:place", "day"), ("b1:adm:{}:answers", "all")):
            await shows(server.mira, await server.mira.choose(seen.message, menu.format(one.id), value), "Settings")
        for wanted, words in (
            ("yes", "come by themselves, too"),
            ("no", "do not come by"),
            ("yes", "come by themselves,"),
        ):
            asked = await server.mira.choose(seen.message, f"b1:adm:{one.id}:episodes", wanted)
            await shows(server.mira, asked, words)
        window = await server.mira.press(seen.message, "Change times or language")
        sent = await server.mira.submit(window, am="", pm="20:00", days=["5", "6"], language=["de"], zone="Tokyo")
        await shows(server.mira, sent, "Times are those of Asia/Tokyo.")
        made = await server.bench.subscription(one.id)
        assert Options.read(made.options) == Options(
            "day", role.id, "all", server.mira.id, "text", server.guild.id, "yes"
        )
        assert (str(made.schedule), made.language) == ("Asia/Tokyo sat,sun pm=20:00", "de")

        window = await server.mira.press(seen.message, "Change times or language")
        sent = await server.mira.submit(window, am="07:00", pm="", zone="Atlantis-upon-Void")
        await shows(server.mira, sent, "I know no such city.")
        await shows(server.mira, await server.mira.choose(seen.message, f"b1:adm:{one.id}:role", []), "Settings")
        assert Options.read((await server.bench.subscription(one.id)).options).role is None


async def test_pausing_and_ending_a_subscription_in_the_settings() -> None:
    """Ending asks again; keeping it leads back."""
    async with brief() as server, server.awake():
        one = await subscribed(server)
        seen = await server.mira.command("brief settings")
        seen = await after(server.mira, seen, "Pause", "Paused until somebody resumes it.")
        seen = await after(server.mira, seen, "Resume", "Next edition")
        seen = await after(server.mira, seen, "Unsubscribe", "End the editions for")
        seen = await after(server.mira, seen, "Keep it", "Settings")
        seen = await after(server.mira, seen, "Unsubscribe", "End the editions for")
        await after(server.mira, seen, "Unsubscribe now", "Unsubscribed.")
        assert await server.bench.office.subscribing.list(server.tenant) == []
        row = {"type": 1, "components": [{"type": 2, "style": 2, "label": "x", "custom_id": f"b1:adm:{one.id}:pause"}]}
        message = server.fake.say_as_bot(server.keepers, {"flags": 32768, "components": [row]})
        await after(server.mira, _of(server, message), "x", "This subscription is gone.")


async def test_of_several_subscriptions_one_is_chosen() -> None:
    """A list with a menu, and the way back to it."""
    async with brief() as server, server.awake():
        one = await subscribed(server)
        place = Place("discord", server.lounge.id)
        await server.bench.made(place, tenant=server.tenant, desk="harbour")
        seen = await server.mira.command("brief settings")
        picked = await server.mira.choose(seen.message, "Choose a channel to change", one.id)
        seen = await shows(server.mira, picked, "All channels")
        seen = await after(server.mira, seen, "All channels", "1. <#")
        other = server.fake.add_channel(server.guild, "harbour")
        assert "Several channels" in (await server.mira.command("brief pause", channel=other.id)).text


async def test_the_commands_pause_resume_and_unsubscribe_mean_this_channel() -> None:
    """For some days, or until somebody resumes it; ending asks again."""
    async with brief() as server, server.awake():
        one = await subscribed(server)
        assert "gets no editions until <t:" in (await server.mira.command("brief pause", days=3)).text
        until = (await server.bench.subscription(one.id)).paused_until
        assert until == server.bench.clock.now() + timedelta(days=3)
        assert "until somebody resumes" in (await server.mira.command("brief pause")).text
        assert (await server.bench.subscription(one.id)).paused_until == FOR_GOOD
        assert "Next edition: <t:" in (await server.mira.command("brief resume")).text
        seen = await server.mira.command("brief unsubscribe")
        await after(server.mira, seen, "Unsubscribe now", "Unsubscribed.")
        assert "This server has no editions yet." in (await server.mira.command("brief pause")).text


async def test_a_preview_shows_the_card_and_can_be_posted() -> None:
    """What stands in its way is named first."""
    async with brief() as server:
        await kept(server.bench.store, dam())
        async with server.awake():
            await subscribed(server)
            server.fake.overwrite(server.keepers, server.guild.id, deny=Permission.CREATE_PUBLIC_THREADS)
            assert "allow Create Public Threads" in (await server.mira.command("brief preview")).text
            server.fake.overwrite(server.keepers, server.guild.id)
            seen = await server.mira.command("brief preview")
            assert "This is what the next edition" in seen.text
            assert "Go to story" in seen.text
            await after(server.mira, seen, "Post this one now", "Posted.")
            assert await _postings(server) == 1


async def test_the_doctor_names_rights_and_the_intent_with_the_way_to_mend_them() -> None:
    """Of every channel that has editions."""
    async with brief() as server:
        await subscribed(server)
        async with server.awake():
            assert "has all the rights" in (await server.mira.command("brief doctor")).text
            server.fake.overwrite(server.keepers, server.guild.id, deny=Permission.EMBED_LINKS)
            seen = await server.mira.command("brief doctor")
            assert "lacks 1 right" in seen.text
            assert "Embed Links" in seen.text
            assert "Message Content is on" in seen.text
        async with server.awake(reads_all=False):
            assert "Message Content is off" in (await server.mira.command("brief doctor")).text


# ---------------------------------------------------------------- sources


async def test_members_propose_and_managers_decide() -> None:
    """By command or with one button under a trial; those who manage see it in the list, with Add and Drop."""
    async with brief() as server, server.awake():
        server.bench.publishes(FEED, "Ada Lovelace")
        seen = await server.nell.command("brief sources test", address=FEED)
        assert "On engines" in seen.text
        await after(server.nell, seen, "Propose this source", "Those who manage this server will see your proposal")
        assert "Drop: 1" not in (await server.nell.command("brief sources list")).text

        listed = await server.mira.command("brief sources list")
        assert "1 proposal by members" in listed.text
        await after(server.mira, listed, "Add: 1", "added here: 1")
        found = await server.bench.office.following.sources(server.tenant)
        assert [one.name for one in found if one.state == "added"] == ["Ada Lovelace"]
        row = {"type": 1, "components": [{"type": 2, "style": 2, "label": "x", "custom_id": "b1:adm::no.0123456789ab"}]}
        message = server.fake.say_as_bot(server.keepers, {"flags": 32768, "components": [row]})
        await shows(server.mira, await server.mira.press(message, "x"), "What this server reads")


async def test_a_proposal_can_be_dropped() -> None:
    """It is gone from the list, and nothing is read."""
    async with brief() as server, server.awake():
        server.bench.publishes(FEED, "Ada Lovelace")
        assert "Thank you." in (await server.nell.command("brief sources propose", address=FEED)).text
        listed = await server.mira.command("brief sources list")
        await after(server.mira, listed, "Drop: 1", "added here: 0")
        found = await server.bench.office.following.sources(server.tenant)
        assert "proposed" not in {one.state for one in found}


async def test_managers_add_and_remove() -> None:
    """By address and by name, which is completed while typing; or with one button under a trial."""
    async with brief() as server, server.awake():
        server.bench.publishes(FEED, "Ada Lovelace")
        seen = await server.mira.command("brief sources test", address=FEED)
        await after(server.mira, seen, "Add this source", "From now on Ada Lovelace is read.")
        (choice,) = await server.mira.complete("brief sources remove", thinker="lovel")
        seen = await server.mira.command("brief sources remove", thinker=choice["value"])
        assert "Ada Lovelace is not read any more." in seen.text
        assert "From now on" in (await server.mira.command("brief sources add", address=FEED, name="Countess")).text
        nothing = await server.mira.command("brief sources add", address="https://nothing.example/")
        assert "no feed was found" in nothing.text


async def test_a_list_of_feeds_is_taken() -> None:
    """What was left out is said; a file that is too large is not even fetched."""
    opml = f'<opml version="2.0"><body><outline type="rss" text="Ada" xmlUrl="{FEED}"/></body></opml>'.encode()
    async with brief() as server, server.awake():
        seen = await server.mira.command("brief sources import", file={"list.opml": opml})
        assert "1 source was added." in seen.text
        seen = await server.mira.command("brief sources import", file={"large.opml": b"x" * 1_000_001})
        assert "A list may have 1 MB." in seen.text


async def test_a_long_list_of_sources_has_pages() -> None:
    """Twelve on a page."""
    outlines = "".join(f'<outline type="rss" text="Nr {n}" xmlUrl="https://n{n}.example/f"/>' for n in range(20))
    opml = f'<opml version="2.0"><body>{outlines}</body></opml>'.encode()
    async with brief() as server, server.awake():
        await server.mira.command("brief sources import", file={"list.opml": opml})
        seen = await server.nell.command("brief sources list")
        assert "Page 1 of 3" in seen.text
        seen = await after(server.nell, seen, "Next: 2", "Page 2 of 3")
        await after(server.nell, seen, "Previous: 1", "Page 1 of 3")


# ---------------------------------------------------------------- privacy


async def test_what_is_kept_is_shown_handed_over_and_deleted() -> None:
    """As a file; and deleting asks again, leaves the server's subscription, and takes the name off it."""
    async with brief() as server, server.awake():
        one = await subscribed(server)
        seen = await server.mira.command("brief privacy")
        assert "You set up editions for" in seen.text
        exported = await server.mira.press(seen.message, "Export as a file")
        seen = await shows(server.mira, exported, "counterpoint.json")
        (file,) = server.mira.look(exported.interaction).message.uploads
        assert json.loads(file.content)["subscriptions"][0]["id"] == one.id
        assert seen.private

        seen = await server.mira.command("brief privacy")
        kept_it = await after(server.mira, seen, "Forget me", "Delete everything")
        await after(server.mira, kept_it, "Keep it", "Nothing was changed.")
        seen = await server.mira.command("brief privacy")
        sure = await after(server.mira, seen, "Forget me", "Delete everything")
        await after(server.mira, sure, "Forget me now", "Forgotten.")
        assert Options.read((await server.bench.subscription(one.id)).options).host is None
        assert "Nothing." in (await server.mira.command("brief privacy")).text


# ---------------------------------------------------------------- completing, and the menu of a message


async def test_options_are_completed_within_discords_limits() -> None:
    """At most 25, each with a label of at most 100 characters."""
    async with brief() as server, server.awake():
        await server.bench.kept(sample())
        await subscribed(server)
        zones = await server.mira.complete("brief subscribe", zone="")
        assert len(zones) == 25
        assert zones[0]["value"] == "America/New_York"
        assert zones[0]["name"] == "It is 07:00 here (America/New_York)"
        assert all(len(one["name"]) <= 100 for one in zones)
        (tokyo,) = await server.mira.complete("brief subscribe", zone="Tokyo")
        assert tokyo["value"] == "Asia/Tokyo"
        desks = await server.mira.complete("brief subscribe", desk="har")
        assert [one["value"] for one in desks] == ["harbour"]
        languages = await server.mira.complete("brief now", language="russ")
        assert [one["value"] for one in languages] == ["ru"]
        editions = await server.nell.complete("brief ask", question="Why?", edition="")
        assert [one["value"] for one in editions] == [sample().id]


async def test_nothing_is_offered_where_the_office_fails() -> None:
    """What is typed counts anyhow."""
    async with brief() as server, server.awake(server.failing(StoreUnavailable("down"))):
        assert await server.mira.complete("brief sources remove", thinker="a") == []
        assert await server.nell.complete("brief ask", question="Why?", edition="") == []


async def test_the_menu_of_a_message_opens_the_form_of_a_question() -> None:
    """On anybody's message, also without the intent to read them all."""
    async with brief() as server:
        async with server.awake(reads_all=False):
            said = await server.mira.say(server.keepers, "The tides are late again")
            form = await server.nell.message_menu("Ask about this", said)
            assert form.opened
            assert form.modal["custom_id"] == f"b1:ask::r{said.id}"
        async with server.awake(server.failing(StoreUnavailable("down"))):
            form = await server.nell.message_menu("Ask about this", said)
            assert form.opened, "nothing is looked up before it opens"
            seen = await server.nell.submit(form, text="Why are they late?")
            assert seen.private
            assert "Error " in seen.text


async def test_an_answer_that_comes_too_late_is_noted_and_ends_nothing() -> None:
    """The token of an interaction dies after three seconds: nobody can be told, the next command is answered."""
    async with brief() as server, server.awake():
        late = await server.nell.command("brief help", until="sent")
        server.bench.clock.advance(timedelta(seconds=4))
        assert "What you can do" in (await server.nell.command("brief help")).text
        assert server.nell.look(late.interaction).messages == ()
        assert "answer_too_late" in [event for event, _ in server.events.warned]


async def test_the_answer_of_a_command_that_discord_takes_no_more_is_noted_once() -> None:
    """Its fifteen minutes are over: nothing is repeated, and nobody can be apologised to."""
    async with brief() as server, server.awake():
        server.fake.world.portal.token_life = timedelta(seconds=-1)
        await server.nell.command("brief help", until="acknowledged")
        await server.fake.world.until(lambda: [one for one in server.fake.requests if one.status == 401])
        server.fake.world.portal.token_life = timedelta(minutes=15)
        assert "What you can do" in (await server.nell.command("brief help")).text
        assert [one.status for one in server.fake.requests if one.status >= 400] == [401]
        assert [event for event, _ in server.events.warned] == ["answer_too_late"]

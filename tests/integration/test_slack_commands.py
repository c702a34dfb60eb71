"""`/brief` on a Slack that enforces its limits: what it answers, to whom, and that it always answers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.platforms.slack.options import Options
from bot.domain.subscription import FOR_GOOD
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
from tests.fakes.slack import SCOPES, Fault, Message, Outcome, Person
from tests.fakes.talk import sample
from tests.integration.slack_brief import brief, home_shows, shows
from tests.unit.test_brief_service import kept
from tests.unit.writing_samples import dam

FEED = "https://lovelace.example/feed.xml"
ALL = (
    "",
    "now",
    "ask Who disagrees?",
    "search gears",
    "status",
    "privacy",
    "settings",
    "pause",
    "pause 3d",
    "resume",
    "unsubscribe",
    "preview",
    "doctor",
    "sources",
    f"sources add {FEED}",
    "sources remove nobody",
    f"sources test {FEED}",
    f"sources propose {FEED}",
    'sources import <outline xmlUrl="https://lovelace.example/feed.xml"/>',
)
MANAGERS = (
    "setup",
    "subscribe",
    "settings",
    "pause",
    "resume",
    "unsubscribe",
    "preview",
    "doctor",
    f"sources add {FEED}",
    "sources remove nobody",
    "sources import x",
)


def pressable(*values: str) -> dict[str, Any]:
    """A message with buttons of these ids."""
    buttons = [
        {"type": "button", "text": {"type": "plain_text", "text": "x"}, "action_id": one, "value": one}
        for one in values
    ]
    return {"text": "x", "blocks": [{"type": "actions", "elements": buttons}]}


async def after(person: Person, seen: Outcome | Message, label: str, words: str) -> Outcome:
    """What a press leads to."""
    return await shows(person, await person.press(seen, label), words)


async def sent(person: Person, seen: Outcome, words: str, **fields: Any) -> Outcome:
    """What sending a form leads to."""
    return await shows(person, await person.submit(seen, **fields), words)


# ---------------------------------------------------------------- always an answer


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (StoreUnavailable("down"), "Error "),
        (CoresError("slow"), "Error "),
        (RuntimeError("a mistake of ours"), "Error "),
        (ConfigError(["the *hours* are none"]), "hours"),
        (NotFoundError("There is no such thing."), "no such thing"),
        (SourceUnavailable("it did not answer"), "did not answer"),
        (NotAllowedError("no"), "Admins and owners"),
        (LimitReached("spent", most=3, until=datetime(2026, 3, 6, tzinfo=UTC)), "Those were your 3 for today."),
        (PlatformBusy("later"), "Error "),
    ],
)
async def test_every_command_answers_privately_whatever_goes_wrong(error: Exception, said: str) -> None:
    """No window goes on waiting; what a person cannot mend has an id that is also in the journal."""
    async with brief() as space, space.awake(space.failing(error)):
        for words in ALL[:: 1 if said == "Error " and isinstance(error, StoreUnavailable) else 6]:
            seen = await space.mira.command(f"/brief {words}", space.keepers)
            assert seen.private, words
            assert len(seen.text) > 10, words
        seen = await space.mira.command("/brief now", space.keepers)
        assert said in seen.text
        if said == "Error ":
            facts = [facts for event, facts in space.events.warned if event == "command_failed"]
            assert any(f"Error {fact['id']}" in seen.text for fact in facts)


async def test_every_press_answers_whatever_goes_wrong() -> None:
    """The same for buttons of forms, also of strange ones."""
    ids = [
        "b1:set:0123456789ab:wait",
        "b1:set:0123456789ab:post.harbour-1",
        "b1:adm:0123456789ab:pause",
        "b1:adm:0123456789ab:times",
        "b1:adm::all",
        "b1:adm::yes.0123456789ab",
        "b1:own::src.2",
        "b1:own::export",
        "b1:own::forgotten",
        "b1:home::status",
        "b1:home::strange",
        "b1:post:harbour-20260303-now-1a2b3c4d",
    ]
    async with brief() as space, space.awake(space.failing(StoreUnavailable("down"))):
        message = space.fake.say_as_bot(space.keepers, **pressable(*ids))
        for one in ids:
            seen = await space.mira.press(message, one)
            assert seen.private, one
            assert len(seen.text) > 10, one


async def test_who_does_not_manage_the_workspace_is_refused_at_run_time() -> None:
    """Whatever stands there to press: the right is looked at when it comes, and the words name who can."""
    async with brief() as space, space.awake():
        one = await space.subscribed()
        for words in MANAGERS:
            seen = await space.nell.command(f"/brief {words}", space.keepers)
            assert "You cannot change this." in seen.text, words
            assert "Admins and owners of this workspace can." in seen.text
            assert seen.private
        deeds = [
            f"b1:adm:{one.id}:{deed}"
            for deed in ("pause", "stop", "dropped", "times", "look", "answers.all", "episodes.yes")
        ]
        message = space.fake.say_as_bot(space.keepers, **pressable(*deeds, "b1:set::go", "b1:adm::yes.0123"))
        for deed in deeds:
            await shows(space.nell, await space.nell.press(message, deed), "You cannot change this.")
        assert await space.subscriptions() == [one]


async def test_a_trigger_that_has_expired_is_answered_beside_what_was_typed() -> None:
    """Once, for this person only, with what the window would have had in its footer; a form says to type it again."""
    async with brief() as space:
        await kept(space.bench.store, dam())
        async with space.awake():
            space.fake.world.limits.trigger = timedelta(seconds=-1)
            seen = await space.nell.command("/brief now 24h", space.keepers)
            assert seen.private
            assert [one.only_for for one in seen.messages] == [space.nell.id]
            assert "Post here" in seen.text
            again = await space.nell.command("/brief search", space.keepers)
            assert "That took too long, so nothing could be opened." in again.text
            posted = await after(space.nell, seen, "Post here", "Posted. It appears in #keepers")
            assert posted.private
            assert await space.postings() == 1


async def test_a_late_press_in_app_home_says_so_there() -> None:
    """There is nowhere else to say it."""
    async with brief() as space, space.awake():
        await space.subscribed()
        seen = await space.mira.open_home()
        space.fake.world.limits.trigger = timedelta(seconds=-1)
        await space.mira.press(seen, "Briefing now", until="heard")
        await home_shows(space, space.mira, "That took too long. Press it again.")


async def test_a_command_that_comes_twice_is_answered_once() -> None:
    """Redelivered by Slack: one window, one edition on demand counted."""
    async with brief() as space, space.awake():
        await space.nell.command("/brief now 24h", space.keepers)
        space.fake.deliver.again(space.fake.deliver.sent[-1])
        await space.nell.command("/brief status", space.keepers)
        assert len(space.fake.calls("views.open")) == 2


async def test_a_window_is_filled_though_slack_fails_twice_and_if_it_goes_on_the_operator_is_told() -> None:
    """Nothing else can be done then; the next command works."""
    async with brief() as space, space.awake():
        space.fake.faults.next(Fault.UNAVAILABLE, "views.update", times=2)
        assert "What you can do" in (await space.nell.command("/brief help", space.keepers)).text
        space.fake.faults.next(Fault.UNAVAILABLE, "views.update", times=6)
        await space.nell.command("/brief help", space.keepers, until="heard")
        await space.fake.world.until(lambda: "answer_lost" in [name for name, _ in space.events.warned])
        assert "What you can do" in (await space.nell.command("/brief help", space.keepers)).text


# ---------------------------------------------------------------- reading


async def test_brief_alone_opens_the_way_to_everything_and_what_it_opens_lies_over_it() -> None:
    """Members see what they may do; closing a page leads back."""
    async with brief() as space, space.awake():
        await space.subscribed()
        seen = await space.nell.command("/brief", space.keepers)
        assert "Next edition: today at 18:00" in seen.text
        assert "Run doctor" not in seen.text
        assert "Settings" not in seen.text
        page = await after(space.nell, seen, "Status", "#keepers")
        await space.nell.close(page)
        assert space.fake.world.modal(space.nell.user) is not None
        manager = await space.mira.command("/brief", space.lounge)
        assert "[Settings]" in manager.text
        await after(space.mira, manager, "Run doctor", "Doctor")


async def test_help_and_unknown_words_are_answered_with_examples() -> None:
    """In the person's language; what was typed is named, and is no markup."""
    async with brief() as space, space.awake():
        assert "/brief now agents 24h" in (await space.nell.command("/brief help", space.keepers)).text
        seen = await space.nell.command("/brief *gears*<!channel> now", space.keepers)
        assert seen.private
        assert "I do not know “∗gears∗" in seen.text
        assert "/brief now agents 24h" in seen.text
        assert space.fake.world.pings() == {}
        vera = space.fake.person("Vera", space.team, locale="ru-RU")
        assert "Что можно делать" in (await vera.command("/brief помощь", space.keepers)).text


async def test_now_shows_a_private_card_that_can_be_posted_once() -> None:
    """With no buttons that need a thread; the fourth of a day is refused with the time of the next."""
    async with brief() as space:
        await kept(space.bench.store, dam())
        async with space.awake():
            for _ in range(2):
                seen = await space.nell.command("/brief now 24h", space.keepers)
                assert seen.private
                assert "Ask a question" not in seen.text
                word = "Posted." if await space.postings() == 0 else "It was posted before."
                await sent(space.nell, seen, word)
            assert await space.postings() == 1
            for hours in (25, 26, 27):
                seen = await space.nell.command(f"/brief now {hours}h", space.keepers)
            assert "Those were your 3 for today." in seen.text


async def test_what_a_private_channel_is_called_is_told_to_those_who_manage() -> None:
    """Others may not be in it."""
    async with brief() as space, space.awake():
        secret = space.fake.add_channel(space.team, "secret", private=True)
        space.fake.join(secret)
        await space.subscribed(secret)
        assert "#secret" in (await space.mira.command("/brief status", space.keepers)).text
        seen = await space.nell.command("/brief status", space.keepers)
        assert "a private channel Next edition:" in seen.text
        assert "secret" not in seen.text


async def test_where_it_cannot_be_seen_who_manages_the_missing_scope_is_named() -> None:
    """To say that admins can would be no help to an admin; and nothing is claimed of a profile that is not known."""
    async with brief(scopes=[one for one in SCOPES if one != "users:read"]) as space, space.awake():
        assert "Without users:read" in (await space.mira.command("/brief settings", space.keepers)).text
        await space.subscribed()
        home = await space.mira.open_home()
        assert "Next edition" in home.text
        assert "as in your Slack profile" not in home.text


async def test_what_is_asked_without_a_thread_is_answered_to_one_person_and_the_form_says_so() -> None:
    """Before the first edition; outside of channels; and what went wrong is told in words before its English reason."""
    async with brief() as space, space.awake():
        assert "Only you see the answer." in (await space.nell.command("/brief ask", space.keepers)).text
        lost = await space.nell.command("/brief sources test https://nowhere.example/x", space.keepers)
        assert "That did not work.\n  no feed was found" in lost.text


async def test_an_edition_that_only_one_person_has_is_read_in_windows() -> None:
    """Nothing of it stands anywhere else: a menu leads to each story, whose buttons lead on."""
    async with brief() as space:
        await kept(space.bench.store, dam())
        async with space.awake():
            card = await space.nell.command("/brief now 24h", space.keepers)
            story = await space.nell.choose(card, "Go to story", "1.")
            assert "Story 1 of" in story.text
            assert "Signal:" in story.text
            assert "[1]" in (await space.nell.press(story, "Sources")).text
            assert space.fake.messages(space.keepers) == []


async def test_now_outside_a_channel_has_nothing_to_post_to() -> None:
    """In the conversation with the app, and from the shortcut that is everywhere."""
    async with brief() as space:
        await kept(space.bench.store, dam())
        async with space.awake():
            for seen in (await space.nell.command("/brief now 24h"), await space.nell.shortcut("Briefing now")):
                assert "edition on demand" in seen.text
                assert "Post here" not in seen.text


async def test_post_here_names_what_is_missing() -> None:
    """Before anything is put into the ledger."""
    async with brief(scopes=[one for one in SCOPES if one != "channels:join"]) as space:
        await kept(space.bench.store, dam())
        async with space.awake():
            seen = await space.nell.command("/brief now 24h", space.lounge)
            await sent(space.nell, seen, "/invite @Counterpoint")
            assert await space.postings() == 0


async def test_an_edition_that_is_gone_cannot_be_posted() -> None:
    """Words, no error."""
    async with brief() as space, space.awake():
        value = "b1:post:harbour-20260303-now-1a2b3c4d"
        message = space.fake.say_as_bot(space.keepers, **pressable(value))
        await after(space.nell, message, value, "This edition is no longer kept.")


async def test_a_question_by_command_is_answered_privately_from_the_latest_edition() -> None:
    """And can be shown to all; without words a form asks for the question."""
    async with brief() as space:
        await space.bench.kept(sample())
        async with space.awake():
            seen = await space.nell.command("/brief ask sources 1", space.keepers)
            assert seen.private
            assert sample().citations[0].url in space.fake.seen(seen.view, space.nell, links=True)
            form = await space.nell.command("/brief ask", space.keepers)
            assert "Your question" in form.text


async def test_search_and_status_answer_privately() -> None:
    """Status names the channel and a pause with its reason; search asks for words where it has none."""
    async with brief() as space, space.awake():
        one = await space.subscribed()
        await space.bench.office.pausing.pause(one.id, until=None, reason="tired", tenant=space.tenant)
        seen = await space.nell.command("/brief status", space.keepers)
        assert seen.private
        assert "#keepers" in seen.text
        assert "Reason: tired." in seen.text
        form = await space.nell.command("/brief search", space.keepers)
        wrong = await space.nell.submit(form, query="  ")
        assert wrong.errors == {"query": "Write what to look for."}
        await sent(space.nell, form, "There is no scheduled edition to search yet.", query="gears")
        assert "no scheduled edition" in (await space.nell.command("/brief search gears", space.keepers)).text


# ---------------------------------------------------------------- managing


async def test_settings_are_changed_one_by_one_and_kept_at_once() -> None:
    """How it answers, the times, a pause; App Home follows."""
    async with brief() as space, space.awake():
        await space.subscribed()
        seen = await space.mira.command("/brief settings", space.keepers)
        assert "every day, in English" in seen.text
        chosen = await space.mira.choose(seen.view, "How I answer there", "Only when mentioned")
        await shows(space.mira, chosen, "Settings")
        (made,) = await space.subscriptions()
        assert Options.read(made.options).answers == "mentions"
        for wanted, words in (("Yes, as they are published", "come by themselves, too"), ("No", "do not come by")):
            chosen = await space.mira.choose(chosen.view, "Overviews of new episodes", wanted)
            chosen = await shows(space.mira, chosen, words)
        (made,) = await space.subscriptions()
        assert Options.read(made.options) == replace(Options.read(made.options), answers="mentions", episodes="no")
        form = await after(space.mira, chosen, "Change times or language", "Days")
        wrong = await space.mira.submit(form, am="20:00", pm="19:00")
        assert set(wrong.errors) == {"pm"}
        done = await sent(
            space.mira, form, "at 06:15 and 19:00, Mon, Wed, in Russian", am="06:15", days=["0", "2"], language="ru"
        )
        paused = await after(space.mira, done, "Pause", "Paused until somebody resumes it.")
        await home_shows(space, space.mira, "Paused until somebody resumes it.")
        await after(space.mira, paused, "Resume", "Next edition")
        (made,) = await space.subscriptions()
        assert str(made.schedule) == "UTC mon,wed am=06:15 pm=19:00"


async def test_of_several_subscriptions_one_is_chosen() -> None:
    """And from its settings a button leads back to all."""
    async with brief() as space, space.awake():
        await space.subscribed()
        await space.subscribed(space.lounge, language="ru")
        seen = await space.mira.command("/brief settings", space.keepers)
        assert "#lounge" in seen.text
        one = await space.mira.press(seen, "Settings", nth=1)
        one = await shows(space.mira, one, "All channels")
        await after(space.mira, one, "All channels", "#keepers")
        which = await space.mira.command("/brief pause")
        assert "Several channels have editions" in which.text
        await after(space.mira, which, "Settings", "#lounge")


async def test_pausing_for_days_and_resuming() -> None:
    """`3d`, or until somebody resumes it."""
    async with brief() as space, space.awake():
        await space.subscribed()
        seen = await space.mira.command("/brief pause 3d", space.keepers)
        assert "#keepers gets no editions until" in seen.text
        (made,) = await space.subscriptions()
        assert made.paused_until == space.bench.clock.now() + timedelta(days=3)
        await shows(space.mira, await space.mira.command("/brief пауза", space.keepers), "until somebody resumes them")
        assert (await space.subscriptions())[0].paused_until == FOR_GOOD
        seen = await space.mira.command("/brief resume", space.keepers)
        await shows(space.mira, seen, "gets editions again. Next edition:")
        assert (await space.subscriptions())[0].paused_until is None


async def test_ending_a_subscription_is_asked_again() -> None:
    """By the command, and by a dialog in the settings; twice is harmless."""
    async with brief() as space, space.awake():
        one = await space.subscribed()
        sure = await space.mira.command("/brief unsubscribe", space.keepers)
        assert "End the editions for #keepers?" in sure.text
        assert await space.subscriptions() == [one]
        await sent(space.mira, sure, "Unsubscribed. #keepers gets no more editions")
        again = await space.mira.command("/brief unsubscribe", space.keepers)
        none = await shows(space.mira, again, "This workspace has no editions yet.")
        await after(space.mira, none, "Set up", "Private channels: invite")
        await space.subscribed()
        seen = await shows(space.mira, await space.mira.command("/brief settings", space.keepers), "Settings")
        asked = await space.mira.press(seen, "Stop posting here", confirm=False)
        assert asked.asked is not None
        assert "Settings are lost." in asked.asked
        await after(space.mira, seen, "Stop posting here", "Unsubscribed.")
        assert await space.subscriptions() == []


async def test_preview_says_first_what_stands_in_its_way() -> None:
    """An archived channel; then what the next edition would say."""
    async with brief() as space:
        await kept(space.bench.store, dam())
        async with space.awake():
            await space.subscribed()
            seen = await space.mira.command("/brief preview", space.keepers)
            assert "This is what the next edition for #keepers would say now." in seen.text
            space.fake.archive(space.keepers)
            seen = await space.mira.command("/brief preview", space.lounge)
            assert "Unarchive the channel" in seen.text


async def test_the_doctor_names_what_is_missing() -> None:
    """Of each place, and of the scopes; where all is well it says that."""
    async with brief() as space, space.awake():
        await space.subscribed()
        assert "has all the rights that editions need." in (await space.mira.command("/brief doctor")).text
    lean = [one for one in SCOPES if one not in {"channels:history", "channels:join"}]
    async with brief(scopes=lean) as space, space.awake():
        await space.subscribed(space.lounge)
        seen = await space.mira.command("/brief doctor")
        assert "Type /invite @Counterpoint in that channel." in seen.text
        assert "Replies in threads are not read" in seen.text
        assert "to answer in the threads of editions" in seen.text


# ---------------------------------------------------------------- sources


async def test_sources_are_listed_added_tried_and_removed() -> None:
    """By words as by forms; what was tried can be read with one press."""
    async with brief() as space, space.awake():
        space.bench.publishes(FEED)
        other = space.bench.publishes("https://babbage.example/feed.xml", "Charles Babbage")
        seen = await space.mira.command(f"/brief sources test {FEED}", space.keepers)
        assert "1 item was found." in seen.text
        await after(space.mira, seen, "Add this source", "From now on Ada Lovelace is read.")
        listed = await space.mira.command("/brief sources", space.keepers)
        listed = await shows(space.mira, listed, "Ada Lovelace · added here")
        form = await after(space.mira, listed, "Add a source", "Address")
        assert (await space.mira.submit(form, address=" ")).errors == {"address": "Write an address."}
        added = await sent(space.mira, form, "From now on The Engine is read.", address=other, name="The Engine")
        listed = await after(space.mira, added, "Sources", "The Engine · added here")
        gone = await after(space.mira, listed, "Remove a source", "Who is not to be read any more")
        await space.mira.choose(gone.view, "thinker", "The Engine")
        await sent(space.mira, gone, "The Engine is not read any more.")
        seen = await space.mira.command("/brief sources remove Ada Lovelace", space.keepers)
        await shows(space.mira, seen, "Ada Lovelace is not read any more.")


async def test_a_list_is_pasted_whole_or_in_lines() -> None:
    """What is no list is said in words."""
    async with brief() as space, space.awake():
        listed = await space.mira.command("/brief sources", space.keepers)
        form = await after(space.mira, listed, "Add a list", "The list (OPML)")
        lines = '<outline text="Ada" xmlUrl="https://a.example/feed"/>\n<outline text="Bob" xmlUrl="https://b.example/feed"/>'
        await sent(space.mira, form, "2 sources were added.", list=lines)
        form = await shows(space.mira, await space.mira.command("/brief sources import", space.keepers), "The list")
        rubbish = await space.mira.submit(form, list="Dear bot, please read everything.")
        assert "OPML" in (await shows(space.mira, rubbish, "OPML")).text


async def test_members_propose_and_managers_decide_once() -> None:
    """A proposal that somebody decided on meanwhile is gone, and says so."""
    async with brief() as space, space.awake():
        space.bench.publishes(FEED, "*Ada* <!channel> &amp; `friends`")
        seen = await space.nell.command(f"/brief sources propose {FEED}", space.keepers)
        assert "will see your proposal" in seen.text
        listed = await space.nell.command("/brief sources list", space.keepers)
        assert "Add: 1" not in listed.text
        assert "Propose a source" in listed.text
        offered = await space.mira.command("/brief sources", space.keepers)
        assert "1 proposal by members:" in offered.text
        decided = await after(space.mira, offered, "Add: 1", "added here")
        assert "∗Ada∗" in decided.text
        message = space.fake.say_as_bot(space.keepers, **pressable("b1:adm::yes.0123456789ab"))
        await shows(space.mira, await space.mira.press(message, "b1:adm::yes.0123456789ab"), "This proposal is gone.")
        assert space.fake.world.pings() == {}


async def test_members_try_an_address_and_propose_it_with_one_press() -> None:
    """What they may not do is not offered."""
    async with brief() as space, space.awake():
        space.bench.publishes(FEED)
        listed = await space.nell.command("/brief sources", space.keepers)
        form = await after(space.nell, listed, "Try an address", "A page, a feed or an account")
        tried = await sent(space.nell, form, "1 item was found.", address=FEED)
        assert "Add this source" not in tried.text
        await after(space.nell, tried, "Propose this source", "will see your proposal")
        form = await space.nell.command("/brief sources propose", space.keepers)
        assert "Propose a source" in form.text


# ---------------------------------------------------------------- privacy


async def test_what_is_kept_is_shown_handed_over_and_deleted() -> None:
    """As text, since a file would need another right; deleting asks again."""
    async with brief() as space, space.awake():
        await space.nell.command("/brief now", space.keepers)
        seen = await space.nell.command("/brief privacy", space.keepers)
        assert "1 edition on demand" in seen.text
        handed = await after(space.nell, seen, "Export as text", f"slack:{space.team.id}/{space.nell.id}")
        assert '"kind": "now"' in handed.text
        seen = await space.nell.command("/brief privacy", space.keepers)
        asked = await space.nell.press(seen, "Forget me", confirm=False)
        assert asked.asked is not None
        await after(space.nell, seen, "Forget me", "Forgotten. 1 entry was deleted.")
        await shows(space.nell, await space.nell.command("/brief privacy", space.keepers), "Nothing.")

"""People talk with the bot and press what it posted, on a Slack of ours."""

import asyncio
from datetime import timedelta

import pytest

from bot.errors import StoreUnavailable
from tests.fakes.slack.faults import Fault
from tests.fakes.slack.people import Outcome, Person
from tests.fakes.slack.world import Message
from tests.integration.slack_harbour import HERE, Harbour, harbour, links, read

ASKED = "What is the fork called?"


async def settle(here: Harbour) -> None:
    """Wait until everything that was sent has arrived and been worked on: the last thing that is asked is answered."""
    await here.hears(lambda: all(one.settled for one in here.fake.deliver.sent))
    last = here.person("Last")
    said = await last.say(here.keepers, "@Counterpoint list", until="heard")
    assert said.said is not None
    thread = said.said.thread
    await here.hears(lambda: here.said(thread))


async def answer_to(here: Harbour, asked: Outcome) -> Message:
    """The one answer in the thread of what was said."""
    assert asked.said is not None
    thread = asked.said.thread
    await here.hears(lambda: here.said(thread))
    (answer,) = here.said(thread)
    return answer


# ---------------------------------------------------------------- what people write


async def test_a_question_in_an_editions_thread_is_answered_there_and_talk_is_left_alone() -> None:
    """From the evidence, with links to it only, and nobody is pinged; who turns to others hears nothing from us."""
    async with harbour() as here, here.awake():
        nell, omar = here.person(), here.person("Omar")
        await nell.say(here.keepers, "did you see the game?", thread=here.thread, until="heard")
        await omar.say(here.keepers, "@Nell what is the fork called?", thread=here.thread, until="heard")
        await omar.say(here.keepers, ASKED, until="heard")
        seen = await nell.say(here.keepers, ASKED, thread=here.thread)
        assert "called Nib" in seen.text
        assert links(seen.message) <= {c.url for c in here.edition.citations}
        (answer,) = here.said()
        assert answer.metadata is not None
        assert answer.metadata["event_type"] == "briefing_answer"
        assert not answer.pings
        assert here.said(here.keepers) == []
        assert here.reports == []


async def test_the_bot_as_it_is_wired_talks() -> None:
    """With forms of its own beside the talk."""
    async with harbour() as here, here.awake(wired=True):
        nell = here.person()
        assert "called Nib" in (await nell.say(here.keepers, ASKED, thread=here.thread)).text
        assert "Paying for compilers" in (await nell.press(here.posted["story-2"], "Sources")).text
        assert here.reports == []


async def test_a_typed_look_up_is_one_message_and_no_stream() -> None:
    """In the words of every interface language."""
    async with harbour() as here, here.awake():
        nell = here.person(locale="ru-RU")
        assert "Paying for compilers" in (await nell.say(here.keepers, "источники 2", thread=here.thread)).text
        assert "Paying for compilers" in (await nell.say(here.keepers, "sources 2", thread=here.thread)).text
        assert here.fake.calls("chat.startStream") == []


async def test_a_mention_in_the_channel_is_answered_in_the_thread_below_it_which_we_then_listen_to() -> None:
    """In the channel itself we say nothing."""
    async with harbour() as here, here.awake():
        nell = here.person()
        asked = await nell.say(here.keepers, f"@Counterpoint {ASKED}")
        assert "called Nib" in read(await answer_to(here, asked))
        assert asked.said is not None
        await nell.say(here.keepers, "sources 2", thread=asked.said)
        assert len(here.said(asked.said.thread)) == 2
        assert here.said(here.keepers) == []


async def test_other_bots_are_never_answered() -> None:
    """Not even when they mention us: two bots would talk for ever."""
    async with harbour() as here, here.awake():
        other = here.fake.world.add_user("Beep", here.team, bot_id="B0BEEP")
        beep = Person(here.fake, other, here.team)
        here.fake.join(here.keepers, beep)
        await beep.say(here.keepers, f"@Counterpoint {ASKED}", thread=here.thread, until="heard")
        await settle(here)
        assert here.said() == []


async def test_a_direct_message_is_a_conversation_about_the_latest_edition_of_this_workspace() -> None:
    """No mention is needed; each message is answered below it, and a reply there goes on."""
    async with harbour() as here, here.awake():
        nell = here.person()
        asked = await nell.direct(ASKED)
        assert "called Nib" in read(await answer_to(here, asked))
        more = await nell.direct("sources 2", thread=asked.said)
        assert "Paying for compilers" in more.text
        assert here.fake.calls("conversations.history") == []


async def test_where_there_is_no_edition_at_all_the_conversation_says_how_to_begin() -> None:
    """And offers to ask just that."""
    async with harbour(published=False) as here, here.awake():
        nell = here.person()
        await nell.open_chat()
        prompts = await here.hears(lambda: list(here.fake.world.prompts.values()))
        assert prompts[0]["prompts"][0]["message"] == "How do I set this up?"
        told = await nell.direct("How do I set this up?")
        assert "/brief setup" in told.text


async def test_the_conversation_offers_four_questions_about_the_latest_edition() -> None:
    """Each of them has an answer; without a thread, as an agent's."""
    async with harbour() as here, here.awake():
        nell = here.person()
        await nell.open_chat()
        (offered,) = await here.hears(lambda: list(here.fake.world.prompts.values()))
        assert len(offered["prompts"]) == 4
        for prompt in offered["prompts"]:
            assert len(prompt["title"]) <= 75
            await answer_to(here, await nell.direct(prompt["message"]))
        assert here.reports == []


async def test_a_mention_alone_gets_help_and_marks_of_slack_are_words_to_the_core() -> None:
    """Escapes, links, channels and people."""
    async with harbour() as here, here.awake():
        nell = here.person()
        assert "sources 2" in (await nell.say(here.keepers, "@Counterpoint", thread=here.thread)).text
        asked = await nell.say(here.keepers, "@Counterpoint what is <the> fork & @Mira called?", thread=here.thread)
        assert "Nib" in asked.text
        assert not asked.message.pings


async def test_a_database_that_is_gone_silences_nothing_but_the_message() -> None:
    """Whether it was for us is not known: only the operator is told."""
    async with harbour() as here, here.awake():
        here.whereabouts.error = StoreUnavailable("gone")
        nell = here.person()
        await nell.say(here.keepers, "sources 2", thread=here.thread, until="heard")
        await here.hears(lambda: "message_not_read" in here.events.names())
        here.whereabouts.error = None
        assert "Paying" in (await nell.say(here.keepers, "sources 2", thread=here.thread)).text


async def test_where_nobody_can_write_the_bot_keeps_quiet_and_alive() -> None:
    """It was removed while the message was on its way: that is noted, and the next conversation is answered."""
    async with harbour() as here, here.awake():
        nell = here.person()
        for method in ("chat.postMessage", "chat.startStream"):
            here.fake.faults.next(Fault.NOT_IN_CHANNEL, method)
        await nell.say(here.keepers, ASKED, thread=here.thread, until="heard")
        await here.hears(lambda: "answer_not_posted" in here.events.names())
        assert "Nib" in (await nell.direct(ASKED)).text
        assert here.reports == []


async def test_pause_needs_the_right_to_manage_now() -> None:
    """Looked up for this message, of who writes it."""
    async with harbour() as here, here.awake():
        async with here.store.unit() as unit:
            await unit.subscriptions.put(here.subscribing.found[0])
            await unit.commit()
        nell = here.person()
        assert "pause its editions" in (await nell.say(here.keepers, "pause", thread=here.thread)).text
        assert here.paused == []
        assert "paused here" in (await here.mira.say(here.keepers, "pause", thread=here.thread)).text
        assert here.paused == [here.subscribing.found[0].id]


HOSTILE = (
    "<!channel> <!here> <@U00000006> what is the fork called? *bold* `code` &lt;https://evil.example|click&gt; "
    "[x](https://evil.example) <https://evil.example|Nib>"
)


async def test_hostile_text_pings_nobody_and_brings_no_links() -> None:
    """Neither in an answer, nor in a question that we put into the thread for somebody."""
    async with harbour() as here, here.awake():
        nell = here.person("Ne<!channel>ll *x*")
        await nell.say(here.keepers, f"@Counterpoint {HOSTILE}", thread=here.thread)
        form = await nell.press(here.posted["card"], "Ask a question")
        await nell.submit(form, question=HOSTILE)
        await here.hears(lambda: len(here.said()) == 3)
        own = {c.url for c in here.edition.citations}
        for message in here.said():
            assert not message.pings
            assert "evil.example>" not in read(message).replace("&gt;", "")
            assert "<https://evil" not in read(message)
            assert "](https://evil" not in read(message)
        (answer, _, second) = here.said()
        assert links(answer) <= own
        assert links(second) <= own


# ---------------------------------------------------------------- what people press


async def test_look_ups_by_button_are_private_and_work_after_a_restart() -> None:
    """Nothing is kept in memory for a message: the id says all."""
    async with harbour() as here:
        nell = here.person()
        for _ in range(2):
            async with here.awake():
                seen = await nell.press(here.posted["story-2"], "Sources")
                assert seen.private
                assert "Paying for compilers" in seen.text
                assert "Only you see this." in seen.text
        assert here.said() == []
        assert here.reports == []


async def test_the_cards_menu_of_a_story_opens_its_look_ups() -> None:
    """One entry each; the modal comes before the answer."""
    async with harbour() as here, here.awake():
        nell = here.person()
        seen = await nell.press(here.posted["card"], "Counter view", story=2)
        assert seen.private
        assert here.said() == []
        assert [one.method for one in here.fake.requests][-2:] == ["views.open", "views.update"]


async def test_full_passages_stand_over_the_sources_and_the_fourth_window_takes_the_place_of_the_third() -> None:
    """Slack keeps three over each other."""
    async with harbour() as here, here.awake():
        nell = here.person()
        sources = await nell.press(here.posted["story-2"], "Sources")
        passage = await nell.press(sources, "Full passage", nth=2)
        assert "six maintainers" in passage.text
        await nell.close(passage)
        why = await nell.press(sources, "Why this story")
        assert "usual rate" in why.text
        assert here.reports == []


async def test_going_deeper_is_public_and_leads_there_from_the_card() -> None:
    """It is a new part of the thread, in the language of the edition."""
    async with harbour() as here, here.awake():
        nell = here.person(locale="ru-RU")
        await nell.press(here.posted["story-2"], "Go deeper")
        (posted,) = await here.hears(here.said)
        assert "Against, Dario Feld" in read(posted)
        led = await nell.press(here.posted["card"], "Go deeper", story=2)
        await here.hears(lambda: len(here.said()) == 2)
        assert led.opened
        assert here.said(here.keepers) == []


async def test_going_deeper_where_nobody_can_write_is_whispered() -> None:
    """A person's press gets words, as far as Slack shows them."""
    async with harbour() as here, here.awake():
        nell = here.person()
        for method in ("chat.postMessage", "chat.startStream"):
            here.fake.faults.next(Fault.ARCHIVED, method)
        seen = await nell.press(here.posted["story-2"], "Go deeper")
        assert seen.private
        assert "Dario Feld" in seen.text


@pytest.mark.parametrize(
    "value", ["b1:src:harbour-20200101-am-deadbeef:2", "b7:src:x", "hello", "b1:go:gone:9", "b1:share:gone:x.2"]
)
async def test_ids_of_gone_editions_other_versions_and_other_bots_get_polite_words(value: str) -> None:
    """Never an error of the platform."""
    async with harbour() as here, here.awake():
        message = here.fake.say_as_bot(here.keepers, text="Here", blocks=pressable(value), thread_ts=here.thread.ts)
        seen = await here.person().press(message, "Press")
        assert seen.private
        assert "no longer kept" in seen.text
        assert here.reports == []


def pressable(value: str) -> list[dict[str, object]]:
    """A message of ours with one button."""
    button = {"type": "button", "text": {"type": "plain_text", "text": "Press"}, "action_id": "x", "value": value}
    return [{"type": "actions", "elements": [button]}]


async def test_a_failure_is_told_in_the_window_with_a_short_id_that_is_in_the_journal() -> None:
    """Of the core by its inbox, of the rest by ours; Try again does it again."""
    async with harbour() as here, here.awake():
        nell = here.person()
        here.discuss.error = RuntimeError("a bug")
        seen = await nell.press(here.posted["story-2"], "Sources")
        ((identity, _),) = here.reports
        assert f"Error {identity}" in seen.text
        here.discuss.error = None
        assert "Paying for compilers" in (await nell.press(seen, "Try again")).text
        here.archive.error = StoreUnavailable("gone")
        message = here.fake.say_as_bot(here.keepers, text="x", blocks=pressable(f"b1:find:{HERE}:2"))
        failed = await nell.press(message, "Press")
        ((event, facts),) = here.events.warned
        assert event == "press_failed"
        assert str(facts["id"]) in failed.text


async def test_a_press_that_reaches_us_too_late_is_told_beside_the_message_and_ends_nothing() -> None:
    """Its trigger opens nothing any more."""
    async with harbour() as here, here.awake():
        nell = here.person()
        here.fake.world.limits.trigger = timedelta(seconds=-1)
        seen = await nell.press(here.posted["story-2"], "Sources")
        assert "Press it again" in seen.text
        assert seen.private
        here.fake.world.limits.trigger = timedelta(seconds=3)
        assert "Paying for compilers" in (await nell.press(here.posted["story-2"], "Sources")).text


async def test_an_answer_for_a_window_that_was_closed_is_noted_once() -> None:
    """Nobody is apologised to, and the next press works."""
    async with harbour() as here, here.awake():
        nell = here.person()
        here.discuss.held = asyncio.Event()
        window = await nell.press(here.posted["story-2"], "Sources", until="seen")
        await nell.close(window)
        here.discuss.held.set()
        await here.hears(lambda: "window_closed" in here.events.names())
        assert here.reports == []
        assert "Paying for compilers" in (await nell.press(here.posted["story-2"], "Sources")).text


async def test_what_belongs_to_set_up_is_handed_to_its_forms() -> None:
    """With everything its id says; App Home, commands and the global shortcut, too."""
    async with harbour() as here, here.awake():
        nell = here.person()
        message = here.fake.say_as_bot(here.keepers, text="x", blocks=pressable("b1:set::am.0730"))
        await nell.press(message, "Press", until="heard")
        await nell.open_home(until="heard")
        await nell.shortcut("Briefing now", until="heard")
        await nell.command("/brief help", here.keepers, until="heard")
        await here.hears(lambda: len(here.forms.told) == 4)
        assert {type(one).__name__ for one in here.forms.told} == {"Press", "Opened", "Called", "Typed"}


# ---------------------------------------------------------------- asking by a form


async def test_a_question_from_the_form_stands_in_the_thread_and_is_answered_there_after_a_restart() -> None:
    """Under the asker's name; they are led to it."""
    async with harbour() as here:
        nell = here.person()
        async with here.awake():
            form = await nell.press(here.posted["card"], "Ask a question")
        async with here.awake():
            told = await nell.submit(form, question=ASKED)
            await here.hears(lambda: len(here.said()) == 2)
        question, answer = here.said()
        assert "Nell asks:" in read(question)
        assert "called Nib" in read(answer)
        assert told.front is not None
        assert f"p{question.ts.replace('.', '')}" in str(told.front.blocks)


async def test_a_form_that_comes_twice_asks_once() -> None:
    """Whoever repeats it."""
    async with harbour() as here, here.awake():
        nell = here.person()
        form = await nell.press(here.posted["card"], "Ask a question")
        await nell.submit(form, question=ASKED)
        await here.hears(lambda: len(here.said()) == 2)
        (sent,) = here.fake.deliver.of("view_submission")
        here.fake.deliver.again(sent)
        await settle(here)
        assert len(here.said()) == 2


async def test_ask_about_this_is_answered_in_an_editions_thread_and_else_in_the_window() -> None:
    """Nothing of the message is quoted, and nobody's thread is entered unasked."""
    async with harbour() as here, here.awake():
        nell = here.person()
        form = await nell.shortcut("Ask about this", here.posted["story-2"])
        await nell.submit(form, question=ASKED)
        await here.hears(lambda: [bool(one.metadata) for one in here.said()] == [True, True])
        private = here.fake.add_channel(here.team, "elsewhere")
        strange = await here.mira.say(private, "Something else", until="heard")
        assert strange.said is not None
        form = await nell.shortcut("Ask about this", strange.said)
        seen = await nell.submit(form, question=ASKED)
        assert "called Nib" in seen.text
        assert seen.private
        assert here.fake.replies(strange.said) == []


async def test_an_empty_question_and_a_question_where_we_cannot_write() -> None:
    """The form says what is missing; the answer is shown to the asker alone."""
    async with harbour() as here, here.awake():
        nell = here.person()
        form = await nell.press(here.posted["card"], "Ask a question")
        assert (await nell.submit(form, question="  ")).errors == {"question": "Write a question."}
        here.fake.faults.next(Fault.ARCHIVED)
        seen = await nell.submit(form, question=ASKED)
        assert "called Nib" in seen.text
        assert seen.private
        assert here.said() == []


async def test_a_reported_mistake_reaches_the_operator() -> None:
    """With its edition and story, at most 500 characters; who reported it is thanked."""
    async with harbour() as here, here.awake():
        nell = here.person()
        seen = await nell.press(here.posted["story-2"], "Sources")
        form = await nell.press(seen, "Report a mistake")
        thanks = await nell.submit(form, mistake="It was 95 seconds, \n not 96.")
        assert "Thank you" in thanks.text
        ((event, facts),) = await here.hears(lambda: here.events.warned)
        assert event == "mistake_reported"
        assert (facts["edition"], facts["story"], facts["text"]) == (HERE, "2", "It was 95 seconds, not 96.")


# ---------------------------------------------------------------- waiting, stopping, trying again


async def test_long_work_is_a_status_line_that_goes_with_the_answer() -> None:
    """And nothing else stands in the thread meanwhile."""
    async with harbour(patience=timedelta()) as here, here.awake():
        here.discuss.held = asyncio.Event()
        nell = here.person()
        await nell.say(here.keepers, ASKED, thread=here.thread, until="seen")
        await here.hears(lambda: any("15 sources" in one.text for one in here.fake.world.statuses.values()))
        assert "processing" in here.fake.world.sessions.values()
        assert here.said() == []
        here.discuss.held.set()
        await here.hears(lambda: here.said() and not here.fake.world.statuses)
        await here.hears(lambda: set(here.fake.world.sessions.values()) == {"active"})


async def test_who_turns_to_us_sees_at_once_that_we_are_at_it_also_where_it_fails() -> None:
    """The status goes at the end, whatever the end is."""
    async with harbour() as here, here.awake():
        here.discuss.held = asyncio.Event()
        here.discuss.error = RuntimeError("a bug")
        nell = here.person()
        await nell.say(here.keepers, f"@Counterpoint {ASKED}", thread=here.thread, until="seen")
        await here.hears(lambda: here.fake.world.statuses)
        here.discuss.held.set()
        await here.hears(lambda: here.said() and not here.fake.world.statuses)
        assert "Try again" in read(here.said()[0])


@pytest.mark.parametrize("by", ["Slack's own button", "a word in the thread", "a word in the conversation with us"])
async def test_the_asker_can_stop_an_answer(by: str) -> None:
    """One message says so."""
    async with harbour() as here, here.awake():
        here.discuss.held = asyncio.Event()
        nell = here.person()
        if by == "a word in the conversation with us":
            asked = await nell.direct(ASKED, until="seen")
        else:
            asked = await nell.say(here.keepers, f"@Counterpoint {ASKED}", thread=here.thread, until="seen")
        assert asked.said is not None
        if by == "Slack's own button":
            await nell.stop(asked.said)
        elif by == "a word in the thread":
            await nell.say(here.keepers, "stop", thread=here.thread, until="heard")
        else:
            await nell.direct("stop", until="heard")
        thread = asked.said.thread
        (stopped,) = await here.hears(lambda: here.said(thread))
        assert "Stopped." in read(stopped)


async def test_a_failed_answer_is_tried_again_in_its_place_after_a_restart() -> None:
    """The question is read back; only who asked, or manages the workspace, may."""
    async with harbour() as here:
        nell, omar = here.person(), here.person("Omar")
        here.discuss.error = RuntimeError("a bug")
        async with here.awake():
            await nell.say(here.keepers, f"@Counterpoint {ASKED}", thread=here.thread)
            form = await nell.press(here.posted["card"], "Ask a question")
            await nell.submit(form, question=ASKED)
            await here.hears(lambda: len(here.said()) == 3)
        failed, _, by_form = here.said()
        here.discuss.error = None
        async with here.awake():
            refused = await omar.press(failed, "Try again")
            assert "belongs to somebody else" in refused.text
            for message, who in ((failed, nell), (by_form, here.mira)):
                await who.press(message, "Try again", until="heard")
            await here.hears(lambda: "called Nib" in read(failed) and "called Nib" in read(by_form))
        assert len(here.said()) == 3


async def test_trying_again_a_question_that_is_gone_says_so() -> None:
    """Somebody deleted it."""
    async with harbour() as here, here.awake():
        nell = here.person()
        here.discuss.error = RuntimeError("a bug")
        asked = await nell.say(here.keepers, f"@Counterpoint {ASKED}", thread=here.thread)
        assert asked.said is not None
        await nell.delete(asked.said)
        told = await nell.press(asked.message, "Try again")
        assert "cannot read that question" in told.text


# ---------------------------------------------------------------- useful or not


async def test_useful_is_noted_and_answered_by_nothing() -> None:
    """Slack shows by itself that it was pressed."""
    async with harbour() as here, here.awake():
        nell = here.person()
        answer = await nell.say(here.keepers, ASKED, thread=here.thread)
        await nell.press(answer, "Useful", until="heard")
        await here.hears(lambda: "answer_marked" in here.events.names())
        assert len(here.said()) == 1


@pytest.mark.parametrize(
    ("reason", "more", "then"),
    [
        ("It misses my question", "Who disagrees about the sea wall?", "marsh"),
        ("It misses my question", "", "An older edition had it."),
        ("It is too long", "", "called Nib"),
    ],
)
async def test_not_useful_gets_another_answer_in_the_same_message(reason: str, more: str, then: str) -> None:
    """Other words, less of it, or what older editions have."""
    async with harbour() as here, here.awake():
        nell = here.person()
        answer = await nell.say(here.keepers, ASKED, thread=here.thread)
        form = await nell.press(answer, "Not useful")
        await nell.submit(form, reason=reason, more=more, until="heard")
        (message,) = here.said()
        await here.hears(lambda: message.edits and then in read(message))
        assert here.said() == [message]


async def test_who_did_not_ask_may_mark_an_answer_but_not_change_it() -> None:
    """Who manages the workspace may do both."""
    async with harbour() as here, here.awake():
        nell, omar = here.person(), here.person("Omar")
        answer = await nell.say(here.keepers, ASKED, thread=here.thread)
        told = await omar.press(answer.message, "Not useful")
        assert "belongs to somebody else" in told.text
        form = await here.mira.press(answer.message, "Not useful", until="seen")
        await here.hears(lambda: "What is wrong" in str(form.front and form.front.blocks))


# ---------------------------------------------------------------- sharing


async def test_a_look_up_is_shared_once_and_the_next_press_leads_to_it() -> None:
    """With the name of who shared it; still to be had alone."""
    async with harbour() as here, here.awake():
        nell, omar = here.person(), here.person("Omar", locale="ru-RU")
        seen = await nell.press(here.posted["story-2"], "Sources")
        shared = await nell.submit(seen)
        (posted,) = here.said()
        assert "Shared by Nell" in read(posted)
        where = f"p{posted.ts.replace('.', '')}"
        assert shared.front is not None
        assert where in str(shared.front.blocks)
        other = await omar.press(here.posted["story-2"], "Sources")
        assert where in str(other.view.blocks)
        assert "Paying for compilers" not in other.text
        alone = await omar.press(other, "Показать только мне")
        assert "Paying for compilers" in alone.text
        assert here.said() == [posted]
        here.fake.delete(posted)
        assert "Paying for compilers" in (await nell.press(here.posted["story-2"], "Sources")).text


async def test_what_is_shared_from_the_card_stands_in_the_thread() -> None:
    """The modal knows where it was opened."""
    async with harbour() as here, here.awake():
        nell = here.person()
        seen = await nell.press(here.posted["card"], "Sources", story=2)
        await nell.submit(seen)
        assert len(here.said()) == 1
        assert here.said(here.keepers) == []


async def test_two_who_share_at_the_same_moment_share_once() -> None:
    """The second message is taken back."""
    async with harbour() as here, here.awake():
        people = [here.person(name) for name in ("Nell", "Omar")]
        seen = [await one.press(here.posted["story-2"], "Sources") for one in people]
        await asyncio.gather(*(one.submit(view) for one, view in zip(people, seen, strict=True)))
        await here.hears(lambda: len(here.said()) == 1)


async def test_a_story_is_shared_to_another_channel_once() -> None:
    """Headed by who shared it; where we are not, it says how we could be."""
    async with harbour() as here, here.awake():
        nell = here.person()
        quiet, room = here.fake.add_channel(here.team, "quiet"), here.fake.add_channel(here.team, "room")
        here.fake.join(room)
        for _ in range(2):
            form = await nell.press(here.posted["card"], "Share to a channel", story=2)
            told = await nell.submit(form, channel=room)
            (posted,) = here.said(room)
            assert "Shared by Nell" in read(posted)
            assert told.front is not None
            assert f"p{posted.ts.replace('.', '')}" in str(told.front.blocks)
        form = await nell.press(here.posted["card"], "Share to a channel", story=2)
        told = await nell.submit(form, channel=quiet)
        assert "/invite" in told.text
        assert here.said(quiet) == []


async def test_a_story_is_not_shared_again_where_nobody_knows_whether_it_stands_there() -> None:
    """The person is told to look."""
    async with harbour() as here, here.awake():
        nell = here.person()
        room = here.fake.add_channel(here.team, "room")
        here.fake.join(room)
        form = await nell.press(here.posted["card"], "Share to a channel", story=2)
        here.fake.faults.next(Fault.DROP)
        here.fake.faults.next(Fault.FAIL, "conversations.history", times=3)
        told = await nell.submit(form, channel=room)
        await here.hears(lambda: "did not say" in str(told.front and told.front.blocks))
        assert len(here.said(room)) == 1


async def test_a_look_up_is_not_shared_where_we_cannot_write() -> None:
    """It stays private and says why."""
    async with harbour() as here, here.awake():
        nell = here.person()
        seen = await nell.press(here.posted["story-2"], "Sources")
        here.fake.faults.next(Fault.ARCHIVED)
        assert "Invite Counterpoint" in (await nell.submit(seen)).text
        assert here.said() == []


async def test_older_editions_are_searched_for_a_story_and_for_a_question() -> None:
    """What was asked is read back from the thread."""
    async with harbour() as here, here.awake():
        nell = here.person()
        asked = await nell.say(here.keepers, "@Counterpoint what does a parrot eat in Peru?", thread=here.thread)
        assert asked.said is not None
        value = f"b1:find:{HERE}:r{asked.said.ts.replace('.', '')}.{nell.id}"
        button = here.fake.say_as_bot(here.keepers, text="x", blocks=pressable(value), thread_ts=here.thread.ts)
        found = await nell.press(button, "Press")
        assert "An older edition had it." in found.text
        message = here.fake.say_as_bot(here.keepers, text="x", blocks=pressable(f"b1:find:{HERE}:2"))
        assert "An older edition had it." in (await nell.press(message, "Press")).text
        story = here.edition.story(2)
        assert story is not None
        assert [query for _, query in here.archive.asked] == ["what does a parrot eat in Peru?", story.title]


async def test_a_button_that_stops_an_answer_is_the_askers() -> None:
    """Of a question that somebody asked in this thread; ids once sent keep their meaning."""
    async with harbour() as here, here.awake():
        here.discuss.held = asyncio.Event()
        nell, omar = here.person(), here.person("Omar")
        asked = await nell.say(here.keepers, f"@Counterpoint {ASKED}", thread=here.thread, until="seen")
        assert asked.said is not None
        value = f"b1:stop:{HERE}:r{asked.said.ts.replace('.', '')}.{nell.id}"
        button = here.fake.say_as_bot(here.keepers, text="x", blocks=pressable(value), thread_ts=here.thread.ts)
        here.posted["button"] = button
        assert "belongs to somebody else" in (await omar.press(button, "Press")).text
        await nell.press(button, "Press", until="heard")
        (stopped,) = await here.hears(here.said)
        assert "Stopped." in read(stopped)

"""People talk with the bot and press what it posted, on a Discord of ours."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.platforms.discord.drawing import markdown
from adapters.platforms.discord.talk.answering import OpenReply
from adapters.platforms.discord.talk.whence import Question
from bot.domain.document import Paragraph, Run
from bot.domain.message import Notice, Progress, Sheet
from bot.domain.place import Place
from bot.errors import StoreUnavailable
from tests.fakes.discord import Fault, Message, Outcome, Permission
from tests.fakes.discord.ratelimits import Pace
from tests.fakes.discord.rules_components import walk
from tests.fakes.talk import sample
from tests.integration.discord_harbour import HERE, Harbour, harbour, links

SOURCES, COUNTER, DEEPER = (f"b1:{verb}:{HERE}:2" for verb in ("src", "ctr", "deep"))
NOTICE = {"flags": 1 << 15, "allowed_mentions": {"parse": []}}


def button(custom_id: str) -> dict[str, object]:
    """A message of ours with one button."""
    pressable = {"type": 2, "style": 2, "label": "Press", "custom_id": custom_id}
    return {**NOTICE, "components": [{"type": 10, "content": "Here"}, {"type": 1, "components": [pressable]}]}


def read(message: Message) -> str:
    """All texts of a message."""
    return str(message.components)


async def aside(here: Harbour, pressed: Outcome) -> Message:
    """What only who pressed is shown, beside the message they pressed on."""
    await here.hears(lambda: pressed.interaction.follow_ups)
    return here.fake.world.messages[pressed.interaction.follow_ups[0]]


async def shows(here: Harbour, message: Message, words: str) -> None:
    """Wait until a message has these words."""
    await here.hears(lambda: words in read(message))


# ---------------------------------------------------------------- what people write


@pytest.mark.parametrize("reads_all", [True, False])
async def test_a_mention_and_a_reply_that_pings_are_answered_with_and_without_the_intent(reads_all: bool) -> None:
    """As an ordinary message that refers to the question and pings nobody."""
    async with harbour() as here, here.awake(reads_all=reads_all):
        nell = here.person()
        asked = await nell.say(here.thread, "What is the fork called?", mentions=[here.fake.world.me.id])
        answer = await nell.answer_to(asked)
        assert "called Nib" in read(answer)
        assert links(answer) <= {c.url for c in here.edition.citations}
        replied = await nell.say(here.thread, "sources 2", reply_to=answer)
        assert "Paying for compilers" in read(await nell.answer_to(replied))
        assert not here.fake.world.pings()
        assert here.reports == []


async def test_with_the_intent_every_question_in_the_thread_is_answered_and_talk_is_left_alone() -> None:
    """Also a reply without a ping; people who talk to each other hear nothing."""
    async with harbour() as here, here.awake():
        nell, omar = here.person(), here.person("Omar")
        said = await nell.say(here.thread, "did you see the game?")
        await omar.say(here.thread, "no, sources 2?", reply_to=said)
        await omar.say(here.keepers, "What is the fork called?")
        asked = await nell.say(here.thread, "What is the fork called?")
        answer = await nell.answer_to(asked)
        quiet = await nell.say(here.thread, "counter 2", reply_to=answer, ping=False)
        await nell.answer_to(quiet)
        assert len(here.said()) == 2
        assert here.said(here.keepers) == []


async def test_without_the_intent_a_reply_without_a_ping_is_told_how_to_ask_once_a_day() -> None:
    """Its text does not reach us."""
    async with harbour() as here, here.awake(reads_all=False):
        nell = here.person()
        hidden = await nell.say(here.thread, "What is the fork called?", reply_to=here.posted["story-2"], ping=False)
        told = await nell.answer_to(hidden)
        assert "I cannot read this message" in read(told)
        await nell.say(here.thread, "And now?", reply_to=told, ping=False)
        await nell.say(here.thread, "What is the fork called?")
        await nell.answer_to(await nell.say(here.thread, "list", mentions=[here.fake.world.me.id]))
        here.clock.advance(timedelta(days=1))
        again = await nell.say(here.thread, "And today?", reply_to=told, ping=False)
        assert "I cannot read this message" in read(await nell.answer_to(again))
        assert len(here.said()) == 3


async def test_bots_and_webhooks_are_never_answered() -> None:
    """Not even when they mention us: two bots would talk for ever."""
    async with harbour() as here, here.awake():
        other = here.person("Beep")
        other.user.bot = True
        await other.say(here.thread, "sources 2", mentions=[here.fake.world.me.id])
        nell = here.person()
        await nell.answer_to(await nell.say(here.thread, "sources 2"))
        assert len(here.said()) == 1


async def test_a_mention_alone_gets_help_and_the_channel_knows_its_newest_edition() -> None:
    """Outside of a thread a mention is needed."""
    async with harbour() as here, here.awake():
        nell = here.person()
        me = here.fake.world.me.id
        assert "sources 2" in read(await nell.answer_to(await nell.say(here.thread, "", mentions=[me])))
        asked = await nell.say(here.keepers, "What is the fork called?", mentions=[me])
        assert "called Nib" in read(await nell.answer_to(asked))


async def test_a_direct_message_is_a_conversation_about_the_latest_edition() -> None:
    """No mention is needed there, and no intent."""
    async with harbour() as here, here.awake(reads_all=False):
        nell = here.person()
        alone = here.fake.world.dm_with(nell.user)
        assert "called Nib" in read(await nell.answer_to(await nell.say(alone, "What is the fork called?")))


async def test_a_message_that_comes_twice_is_answered_once() -> None:
    """Discord repeats events when a connection is resumed."""
    async with harbour() as here, here.awake():
        here.fake.gateway.repeat = 1.0
        nell = here.person()
        await nell.answer_to(await nell.say(here.thread, "sources 2"))
        await nell.answer_to(await nell.say(here.thread, "counter 2"))
        assert len(here.said()) == 2


async def test_in_a_locked_thread_the_bot_keeps_quiet_and_alive() -> None:
    """Nobody can write there: it is noted, and the next question elsewhere is answered."""
    async with harbour() as here, here.awake():
        moderator = here.person("Mod", Permission.MANAGE_THREADS)
        here.fake.archive(here.thread, locked=True)
        await moderator.say(here.thread, "sources 2")
        here.fake.archive(here.thread, locked=True)
        await here.hears(lambda: "answer_not_posted" in here.events.names() or here.said())
        asked = await moderator.say(here.keepers, "list", mentions=[here.fake.world.me.id])
        await moderator.answer_to(asked)
        assert here.reports == []


async def test_a_thread_that_discord_did_not_list_is_asked_about_once() -> None:
    """It was archived when we connected; of a channel that we were not told about the same holds."""
    async with harbour(published=False) as here, here.awake():
        with here.unheard():
            await here.publish()
            other = here.fake.add_channel(here.guild, "unlisted")
        nell = here.person()
        for _ in range(2):
            await nell.answer_to(await nell.say(here.thread, "sources 2"))
        await nell.say(other, "sources 2")
        await nell.answer_to(await nell.say(here.thread, "list"))
        assert sum(one.path.endswith(f"/channels/{here.thread.id}") for one in here.fake.requests) == 1
        assert here.fake.messages(other)[0].content == "sources 2"


async def test_a_database_that_is_gone_silences_nothing_but_the_message() -> None:
    """Whether it was for us is not known: only the operator is told."""
    async with harbour() as here, here.awake():
        here.whereabouts.error = StoreUnavailable("gone")
        nell = here.person()
        await nell.say(here.thread, "sources 2")
        await here.hears(lambda: "message_not_read" in here.events.names())
        here.whereabouts.error = None
        await nell.answer_to(await nell.say(here.thread, "sources 2"))


async def test_names_take_the_place_of_mentions_in_what_the_core_reads() -> None:
    """And whoever turns to others is left alone, however much it looks like a question to us."""
    async with harbour() as here, here.awake():
        nell, omar = here.person(), here.person("Omar")
        await nell.say(here.thread, "What is the fork called?", mentions=[omar.id])
        me = here.fake.world.me.id
        asked = await nell.say(here.thread, "what is the fork called?", mentions=[omar.id, me])
        assert "Nib" in read(await nell.answer_to(asked))
        assert len(here.said()) == 1


async def test_progress_changes_at_most_once_a_second_and_the_answer_waits_for_that() -> None:
    """An edit a second is what a channel bears."""
    async with harbour() as here, here.awake() as kit:
        place = Place("discord", here.keepers.id, here.thread.id)
        question = Question(place, here.thread.id, here.guild.id, "77", "5", "en")
        reply = OpenReply(kit, question)
        await reply.progress(Progress(1, "en", HERE))
        (shown,) = here.said()
        await reply.progress(Progress(2, "en", HERE))
        assert "Reading 1 source of" in read(shown)
        here.clock.advance(timedelta(seconds=1))
        await reply.progress(Progress(3, "en", HERE))
        assert "Reading 3 sources" in read(shown)
        ref = await reply.answer(Notice("Done."), private=True)
        assert ref is not None
        assert (ref.id, read(shown).count("Done.")) == (shown.id, 1)
        assert timedelta(seconds=1) in here.clock.slept


async def test_an_answer_that_is_longer_than_a_message_goes_on_in_the_next() -> None:
    """In the thread and privately; only the first refers to the question."""
    long = Sheet(tuple(Paragraph((Run("word " * 400),)) for _ in range(4)), "en")
    async with harbour() as here, here.awake() as kit:
        place = Place("discord", here.keepers.id, here.thread.id)
        question = Question(place, here.thread.id, here.guild.id, "77", "5", "en", here.posted["story-1"].id)
        await OpenReply(kit, question).answer(long, private=False)
        first, *more = here.said()
        assert more
        assert first.reference == here.posted["story-1"].id
        assert [one.reference for one in more] == [None] * len(more)


# ---------------------------------------------------------------- what people press


async def test_look_ups_by_button_are_private_and_work_after_a_restart() -> None:
    """Nothing is kept in memory for a message: the id says all."""
    async with harbour() as here:
        nell = here.person()
        for _ in range(2):
            async with here.awake(reads_all=False):
                seen = await nell.press(here.posted["story-2"], SOURCES)
                assert seen.private
                assert "Paying for compilers" in seen.text
                seen = await nell.press(here.posted["story-2"], COUNTER)
                assert seen.private
        assert here.said() == []
        assert here.reports == []


async def test_the_cards_buttons_show_all_and_its_menu_leads_to_the_story() -> None:
    """They work in the channel, too, where the thread is archived."""
    async with harbour() as here, here.awake():
        nell = here.person()
        here.fake.archive(here.thread)
        card = here.posted["card"]
        assert "15 sources" in (await nell.press(card, f"b1:src:{HERE}")).text
        assert "Story 3" in (await nell.press(card, f"b1:ctr:{HERE}")).text
        seen = await nell.choose(card, f"b1:go:{HERE}", "2")
        assert seen.private
        assert "Quill changes its licence" in seen.text
        address = f"https://discord.com/channels/{here.guild.id}/{here.thread.id}/{here.posted['story-2'].id}"
        assert address in links(seen.message)


async def test_the_menu_of_a_look_up_gives_a_passage_in_full() -> None:
    """What is chosen follows the word."""
    async with harbour() as here, here.awake():
        nell = here.person()
        seen = await nell.press(here.posted["story-2"], SOURCES)
        passage = await nell.choose(seen.message, "Read a passage in full", "6")
        assert passage.private
        assert "six maintainers" in passage.text


async def test_going_deeper_is_public_in_the_thread_and_private_on_the_card() -> None:
    """It is a new part of the thread, in the language of the edition."""
    async with harbour() as here, here.awake():
        nell = here.person(locale="ru")
        await nell.press(here.posted["story-2"], DEEPER)
        await here.hears(here.said)
        (posted,) = here.said()
        assert "Against, Dario Feld" in read(posted)
        here.fake.say_as_bot(here.keepers, button(DEEPER))
        seen = await nell.press(here.fake.messages(here.keepers)[-1], DEEPER)
        assert seen.private
        assert "Dario Feld" in seen.text
        assert len(here.said()) == 1


async def test_going_deeper_where_nobody_can_write_is_shown_to_who_pressed() -> None:
    """A person's press always gets words."""
    async with harbour() as here, here.awake():
        here.fake.allow(here.guild, Permission.VIEW_CHANNEL)
        here.fake.overwrite(here.keepers, here.fake.world.me.id, deny=Permission.SEND_MESSAGES_IN_THREADS)
        seen = await here.person().press(here.posted["story-2"], DEEPER, until="acknowledged")
        told = await aside(here, seen)
        assert told.only_for is not None
        assert "Dario Feld" in read(told)


@pytest.mark.parametrize(
    "custom_id",
    ["b1:src:harbour-20200101-am-deadbeef:2", "b7:src:x", "hello", "b1:go:gone:9", "b1:find:gone", "b1:share:gone:x.2"],
)
async def test_ids_of_gone_editions_other_versions_and_other_bots_get_polite_words(custom_id: str) -> None:
    """Never the platform's "This interaction failed"."""
    async with harbour() as here, here.awake():
        message = here.fake.say_as_bot(here.thread, button(custom_id))
        seen = await here.person().press(message, custom_id)
        assert seen.private
        assert "no longer kept" in seen.text
        assert here.reports == []


async def test_a_failure_is_told_with_a_short_id_that_is_in_the_journal() -> None:
    """Of the core by its inbox, of the rest by ours."""
    async with harbour() as here, here.awake():
        nell = here.person()
        here.discuss.error = RuntimeError("a bug")
        seen = await nell.press(here.posted["story-2"], SOURCES)
        ((identity, _),) = here.reports
        assert f"Error {identity}" in seen.text
        assert "Try again" in seen.text
        here.discuss.error = None
        assert "Paying for compilers" in (await nell.press(seen.message, "Try again")).text
        here.archive.error = StoreUnavailable("gone")
        message = here.fake.say_as_bot(here.thread, button(f"b1:find:{HERE}:2"))
        failed = await nell.press(message, f"b1:find:{HERE}:2")
        assert "The database did not respond" in failed.text
        ((event, facts),) = here.events.warned
        assert event == "press_failed"
        assert str(facts["id"]) in failed.text


async def test_a_press_that_comes_too_late_ends_nothing() -> None:
    """Its three seconds were over before we could acknowledge it: noted, and nothing else."""
    async with harbour() as here, here.awake():
        nell = here.person()
        here.fake.world.portal.reads_within = timedelta(seconds=-1)
        await nell.press(here.posted["story-2"], SOURCES, until="sent")
        await here.hears(lambda: "press_lost" in here.events.names())
        here.fake.world.portal.reads_within = timedelta(seconds=3)
        assert "Paying for compilers" in (await nell.press(here.posted["story-2"], SOURCES)).text


@pytest.mark.parametrize("end", ["its fifteen minutes are over", "it is not known", "it was dismissed"])
async def test_an_answer_that_discord_takes_no_more_is_noted_once_and_ends_nothing(end: str) -> None:
    """401 50027, 404 10015 or 404 10008: nothing is repeated, nobody is apologised to, the next press works."""
    async with harbour() as here, here.awake():
        nell = here.person()
        here.discuss.held = asyncio.Event()
        pressed = await nell.press(here.posted["story-2"], SOURCES, until="acknowledged")
        if end == "its fifteen minutes are over":
            here.clock.advance(timedelta(minutes=15, seconds=1))
        elif end == "it is not known":
            del here.fake.world.tokens[pressed.interaction.token]
        else:
            here.fake.delete(pressed.message)
        here.discuss.held.set()
        await here.hears(here.events.names)
        refused = [one.status for one in here.fake.requests if one.status >= 400]
        assert refused == [401 if end == "its fifteen minutes are over" else 404]
        assert here.events.names() == ["answer_too_late"]
        assert here.reports == []
        assert "Paying for compilers" in (await nell.press(here.posted["story-2"], SOURCES)).text
        assert here.events.names() == ["answer_too_late"]
        assert pressed.interaction.token not in str(here.events.warned)


async def test_words_beside_a_public_answer_that_nobody_can_be_shown_any_more_are_noted_once() -> None:
    """Nobody can write in the thread, so only the presser would see them; their fifteen minutes are over, too."""
    async with harbour() as here, here.awake():
        nell = here.person()
        here.discuss.held = asyncio.Event()
        await nell.press(here.posted["story-2"], DEEPER, until="acknowledged")
        here.fake.allow(here.guild, Permission.VIEW_CHANNEL)
        here.clock.advance(timedelta(minutes=16))
        here.discuss.held.set()
        await here.hears(here.events.names)
        assert here.events.names() == ["answer_too_late"]
        assert here.reports == []
        assert here.said() == []


async def test_what_belongs_to_set_up_is_handed_to_its_forms() -> None:
    """With everything its id says."""
    async with harbour() as here, here.awake():
        message = here.fake.say_as_bot(here.keepers, button("b1:set::am.0730"))
        await here.person().press(message, "b1:set::am.0730", until="acknowledged")
        await here.hears(lambda: here.forms.pressed_ids)
        assert [(p.verb, p.rest) for p in here.forms.pressed_ids] == [("set", "am.0730")]


# ---------------------------------------------------------------- asking by a form


async def test_a_question_from_the_form_stands_in_the_thread_and_is_answered_there_after_a_restart() -> None:
    """Under the asker's name, with no ping and no markup of theirs; they are led to it."""
    async with harbour() as here:
        nell = here.person("Ne**ll")
        async with here.awake(reads_all=False):
            form = await nell.press(here.posted["card"], f"b1:ask:{HERE}")
            assert form.opened
        async with here.awake(reads_all=False):
            told = await nell.submit(form, text="@everyone <@1> What is the fork called? [x](https://evil.example)")
            assert told.private
            await here.hears(lambda: len(here.said()) == 2)
        question, answer = here.said()
        assert "asks:" in read(question)
        assert answer.reference == question.id
        assert "called Nib" in read(answer)
        assert not here.fake.world.pings()
        assert f"/{here.thread.id}/{question.id}" in str(links(told.message))
        assert "](https://evil.example)" not in read(question)


async def test_a_question_about_a_message_of_an_edition_is_answered_from_that_edition() -> None:
    """The form knows the message only; what that is about is found when the question comes."""
    async with harbour() as here, here.awake():
        nell = here.person()
        menu = here.fake.say_as_bot(here.thread, button(f"b1:ask::r{here.posted['story-2'].id}"))
        form = await nell.press(menu, "Press")
        before = len(here.said())
        await nell.submit(form, text="What is the fork called?")
        await here.hears(lambda: len(here.said()) == before + 2)
        assert "called Nib" in read(here.said()[-1])


async def test_a_question_from_the_form_where_we_cannot_write_is_answered_privately() -> None:
    """Also in a direct message."""
    async with harbour() as here, here.awake():
        nell = here.person()
        here.fake.allow(here.guild, Permission.VIEW_CHANNEL)
        here.fake.overwrite(here.keepers, here.guild.id, deny=Permission.SEND_MESSAGES_IN_THREADS)
        form = await nell.press(here.posted["card"], f"b1:ask:{HERE}")
        seen = await nell.submit(form, text="What is the fork called?")
        assert seen.private
        assert "called Nib" in seen.text
        assert here.said() == []


async def test_a_reported_mistake_reaches_the_operator() -> None:
    """With its edition and story, at most 500 characters; who reported it is thanked."""
    async with harbour() as here, here.awake():
        nell = here.person()
        seen = await nell.press(here.posted["story-2"], SOURCES)
        form = await nell.press(seen.message, "Report a mistake")
        thanks = await nell.submit(form, text="It was 95 seconds, \n not 96.")
        assert "Thank you" in thanks.text
        assert thanks.private
        ((event, facts),) = here.events.warned
        assert event == "mistake_reported"
        assert (facts["edition"], facts["story"], facts["text"]) == (HERE, "2", "It was 95 seconds, not 96.")


# ---------------------------------------------------------------- waiting, stopping, trying again


async def test_long_work_is_one_message_that_becomes_the_answer() -> None:
    """With Stop while it lasts; the answer takes its place, and the button goes."""
    async with harbour(patience=timedelta()) as here, here.awake():
        here.discuss.held = asyncio.Event()
        nell = here.person()
        asked = await nell.say(here.thread, "What is the fork called?")
        progress = await nell.answer_to(asked)
        assert "Reading 15 sources" in read(progress)
        assert f"b1:stop:{HERE}:r{asked.id}.{nell.id}" in read(progress)
        here.discuss.held.set()
        await here.hears(lambda: "called Nib" in read(progress))
        assert "b1:stop" not in read(progress)
        assert here.said() == [progress]


async def test_a_deleted_progress_does_not_cost_the_answer() -> None:
    """It is posted anew."""
    async with harbour(patience=timedelta()) as here, here.awake():
        here.discuss.held = asyncio.Event()
        nell = here.person()
        progress = await nell.answer_to(await nell.say(here.thread, "What is the fork called?"))
        here.fake.delete(progress)
        here.discuss.held.set()
        await here.hears(lambda: any("called Nib" in read(m) for m in here.said()))


async def test_the_asker_and_who_moderates_can_stop_an_answer_others_cannot() -> None:
    """The progress becomes "Stopped."; a stranger is told privately."""
    async with harbour(patience=timedelta()) as here, here.awake():
        nell, omar = here.person(), here.person("Omar")
        moderator = here.person("Mod", Permission.MANAGE_MESSAGES)
        for who in (nell, moderator):
            here.discuss.held = asyncio.Event()
            progress = await nell.answer_to(await nell.say(here.thread, "What is the fork called?"))
            refused = await omar.press(progress, "Stop", until="acknowledged")
            told = await aside(here, refused)
            assert told.only_for == omar.id
            assert "belongs to somebody else" in read(told)
            await who.press(progress, "Stop", until="acknowledged")
            await shows(here, progress, "Stopped.")
        assert here.reports == []


async def test_stop_typed_or_pressed_after_a_restart_ends_what_hangs() -> None:
    """The process that worked on it is no more."""
    async with harbour(patience=timedelta()) as here:
        nell = here.person()
        here.discuss.held = asyncio.Event()
        async with here.awake():
            progress = await nell.answer_to(await nell.say(here.thread, "What is the fork called?"))
        here.discuss.held = None
        async with here.awake():
            await nell.press(progress, "Stop", until="acknowledged")
            await here.hears(lambda: "Stopped." in read(progress))


@pytest.mark.parametrize("by_form", [True, False])
async def test_a_failed_answer_is_tried_again_in_its_place_after_a_restart(by_form: bool) -> None:
    """The question is read back from the thread; only who asked, or moderates, may."""
    async with harbour() as here:
        nell, omar = here.person(), here.person("Omar")
        here.discuss.error = RuntimeError("a bug")
        async with here.awake():
            if by_form:
                form = await nell.press(here.posted["card"], f"b1:ask:{HERE}")
                await nell.submit(form, text="What is the *fork* called?")
                await here.hears(lambda: len(here.said()) == 2)
                failed = here.said()[1]
            else:
                failed = await nell.answer_to(await nell.say(here.thread, "What is the fork called?"))
        assert "Something went wrong on my side" in read(failed)
        here.discuss.error = None
        async with here.awake():
            refused = await omar.press(failed, "Try again", until="acknowledged")
            await aside(here, refused)
            await nell.press(failed, "Try again", until="acknowledged")
            await here.hears(lambda: "called Nib" in read(failed))
        assert len(here.said()) == (2 if by_form else 1)


async def test_trying_again_a_question_that_is_gone_says_how_to_ask() -> None:
    """Somebody deleted it."""
    async with harbour() as here, here.awake():
        nell = here.person()
        here.discuss.error = RuntimeError("a bug")
        asked = await nell.say(here.thread, "What is the fork called?")
        failed = await nell.answer_to(asked)
        here.fake.delete(asked)
        pressed = await nell.press(failed, "Try again", until="acknowledged")
        assert "cannot read" in read(await aside(here, pressed))


async def test_an_answer_that_cannot_be_posted_now_is_reported_and_the_next_one_comes() -> None:
    """Discord was down for the length of all tries."""
    async with harbour() as here, here.awake():
        nell = here.person()
        here.fake.faults.next(Fault.FAIL, "POST /channels/{}/messages", times=10)
        await nell.say(here.thread, "sources 2")
        await here.hears(lambda: len(here.reports) == 2)
        here.fake.faults.planned.clear()
        await nell.answer_to(await nell.say(here.thread, "sources 2"))


# ---------------------------------------------------------------- sharing and searching


async def test_a_look_up_is_shared_once_and_the_next_press_leads_to_it() -> None:
    """With the name of who shared it; still to be had alone."""
    async with harbour() as here, here.awake():
        nell, omar = here.person(), here.person("Omar", locale="ru")
        seen = await nell.press(here.posted["story-2"], SOURCES)
        shared = await nell.press(seen.message, "Share in thread")
        (posted,) = here.said()
        assert "Shared by Nell" in read(posted)
        assert shared.private
        where = f"/{here.thread.id}/{posted.id}"
        assert where in str(links(shared.message))
        again = await nell.press(seen.message, "Share in thread")
        assert where in str(links(again.message))
        other = await omar.press(here.posted["story-2"], SOURCES)
        assert where in str(links(other.message))
        assert "Paying for compilers" not in other.text
        alone = await omar.press(other.message, "Показать только мне")
        assert "Paying for compilers" in alone.text
        assert here.said() == [posted]
        here.fake.delete(posted)
        assert "Paying for compilers" in (await omar.press(here.posted["story-2"], SOURCES)).text
        await nell.press(seen.message, "Share in thread")
        assert len(here.said()) == 1


async def test_what_is_shared_from_the_card_stands_in_the_thread() -> None:
    """A look-up without a number, too, whose other press can be had alone."""
    async with harbour() as here, here.awake():
        nell = here.person()
        seen = await nell.press(here.posted["card"], f"b1:src:{HERE}")
        await nell.press(seen.message, "Share in thread")
        assert len(here.said()) == 1
        assert here.said(here.keepers) == []
        again = await nell.press(here.posted["card"], f"b1:src:{HERE}")
        assert "15 sources" in (await nell.press(again.message, "Show it to me only")).text


async def test_two_who_share_at_the_same_moment_share_once() -> None:
    """The second message is taken back."""
    async with harbour() as here, here.awake():
        people = [here.person(name) for name in ("Nell", "Omar")]
        seen = [await one.press(here.posted["story-2"], SOURCES) for one in people]
        await asyncio.gather(
            *(one.press(view.message, "Share in thread") for one, view in zip(people, seen, strict=True))
        )
        assert len(here.said()) == 1


async def test_what_cannot_be_shared_stays_private_and_says_why() -> None:
    """We may not write in the thread any more."""
    async with harbour() as here, here.awake():
        nell = here.person()
        seen = await nell.press(here.posted["story-2"], SOURCES)
        here.fake.overwrite(here.keepers, here.fake.world.me.id, deny=Permission.SEND_MESSAGES_IN_THREADS)
        told = await nell.press(seen.message, "Share in thread")
        assert told.private
        assert "I cannot post here" in told.text
        here.discuss.error = RuntimeError("a bug")
        assert "Something went wrong" in (await nell.press(seen.message, "Share in thread")).text


async def test_older_editions_are_searched_for_a_story_or_for_a_question() -> None:
    """The question is read back from the thread."""
    async with harbour() as here, here.awake():
        nell = here.person("Nell", Permission.MANAGE_GUILD)
        message = here.fake.say_as_bot(here.thread, button(f"b1:find:{HERE}:2"))
        assert "An older edition had it" in (await nell.press(message, "Press")).text
        asked = await nell.say(here.thread, "Who pays the harbour pilots union?")
        await nell.answer_to(asked)
        message = here.fake.say_as_bot(here.thread, button(f"b1:find:{HERE}:r{asked.id}.{nell.id}"))
        assert (await nell.press(message, "Press")).private
        assert [query for _, query in here.archive.asked] == [
            "Quill changes its licence, and a fork follows",
            "Who pays the harbour pilots union?",
        ]
        visitor = here.archive.asked[0][0]
        assert (visitor.manages, visitor.place.thread) == (True, here.thread.id)


# ---------------------------------------------------------------- hostile text

HOSTILE = (
    "@everyone @here <@1> <@&2> pay at [our bank](https://evil.example/login) https://evil.example discord.gg/evil "
    "\u202eterces\u202c sec\u200bret **bold** # head\n> quote\n``` "
) + "x" * 3000


async def test_hostile_text_in_items_and_questions_pings_nobody_and_links_nowhere() -> None:
    """In sources, quotations, answers and questions of people."""
    edition = sample()
    poisoned = tuple(
        replace(one, title=HOSTILE[:200], passages=tuple(replace(p, text=f"Quill {HOSTILE}") for p in one.passages))
        if one.n == 6
        else one
        for one in edition.citations
    )
    async with harbour(replace(edition, citations=poisoned)) as here, here.awake():
        nell = here.person(HOSTILE[:60])
        shown = [await nell.press(here.posted["story-2"], name) for name in (SOURCES, COUNTER)]
        await nell.press(here.posted["story-2"], DEEPER)
        await nell.press(shown[0].message, "Share in thread")
        form = await nell.press(here.posted["card"], f"b1:ask:{HERE}")
        await nell.submit(form, text=f"What is Quill? {HOSTILE}"[:1000])
        asked = await nell.say(here.thread, f"sources 2 {HOSTILE}"[:1900], mentions=[here.fake.world.me.id])
        await nell.answer_to(asked)
        await here.hears(lambda: len(here.said()) >= 5)
        allowed = {one.url for one in edition.citations}
        for message in (*here.said(), *(m for view in shown for m in view.messages)):
            assert masked(message) <= allowed, read(message)
            assert "\u202e" not in read(message)
        assert not here.fake.world.pings()
        assert here.reports == []


def masked(message: Message) -> set[str]:
    """The addresses that a message really links to."""
    found: set[str] = set()

    def look(spans: object) -> None:
        for span in spans:  # type: ignore[attr-defined]
            if isinstance(span, markdown.Link):
                found.add(span.url)
            if isinstance(span, (markdown.Link, markdown.Styled)):
                look(span.inside)

    for one in walk(message.components):
        for line in markdown.read(str(one.get("content", ""))):
            look(line.spans)
    return found


# ---------------------------------------------------------------- many at once


async def test_what_the_library_keeps_of_an_interaction_is_thrown_away() -> None:
    """It would keep a bucket or two of each for five minutes, and look through all of them at each new one."""
    async with harbour() as here, here.awake() as kit:
        here.fake.pace = Pace({}, (10_000, 0.001), 1_000_000)
        people = [here.person(f"p{n}") for n in range(100)]
        for _ in range(12):
            await asyncio.gather(*(one.press(here.posted["card"], "Ask a question") for one in people))
        kept = kit.rest._http._buckets
        assert len(kept) < 800  # of 1,200


async def test_two_hundred_conversations_at_once_are_all_acknowledged_and_answered() -> None:
    """Nothing stands between a press and its acknowledgement: all come before the first answer needs the store."""
    async with harbour() as here, here.awake():
        people = [here.person(f"p{n}") for n in range(200)]
        for one in people:
            one.patience = 60.0  # of a test on a busy machine: the last of them waits for two hundred
        seen = await asyncio.gather(*(one.press(here.posted["story-2"], SOURCES) for one in people))
        assert all("Paying for compilers" in one.text for one in seen)
        assert all(one.private for one in seen)
        assert here.reports == []

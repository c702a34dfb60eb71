"""Talking about an episode: its words give its chapters, quotations, people and transcript; questions what was said."""

import re
from dataclasses import replace
from typing import Any

import pytest

from adapters.locale.catalogue import FluentCatalogue
from adapters.storage.memory import MemoryStore
from bot.domain.conversation.episode.shelf import EpisodeShelf
from bot.domain.conversation.manners import should_answer
from bot.domain.episode import EpisodePerson
from bot.domain.place import Place
from bot.domain.reply import Reply
from bot.domain.transcript import Transcript
from bot.domain.visitor import Visitor
from bot.errors import ModelUnavailable, NotFoundError
from bot.ports.episodes import KeptEpisode
from bot.services.discuss import Discuss
from tests.fakes.clock import FakeClock
from tests.fakes.episodes import NADIA, TOBIN, episode, kept, transcript
from tests.fakes.model import FakeModel
from tests.fakes.renderings import Translator, translating
from tests.fakes.speaking import MODEL, SpokenModel, answering
from tests.fakes.talk import NOON, sample, typed
from tests.unit.test_discuss import keep

HERE = episode().id
NELL = Visitor("discord", "5", "discord:1", Place("discord", "lobby", "7"), "en")


async def discussion(own: KeptEpisode | None = None, **more: Any) -> Discuss:
    store = more.pop("store", None) or MemoryStore()
    await keep(store, sample())
    async with store.unit() as unit:
        await unit.episodes.put(own or kept())
        await unit.commit()
    return Discuss(store, FluentCatalogue(), **more)


async def ask(text: str, own: KeptEpisode | None = None, language: str = "en") -> Reply:
    return await (await discussion(own)).reply(HERE, text, language=language)


def told(reply: Reply) -> list[str]:
    return [line.text for line in reply.text]


def times(reply: Reply) -> list[float | None]:
    """Moments that the sentences of a reply rest on, in order."""
    passages = {p.id: p for c in reply.citations for p in c.passages}
    return [passages[i].at for line in reply.text for i in line.evidence]


def words(reply: Reply) -> int:
    """Of the transcript, shown by a reply."""
    passages = {p.id: p for c in reply.citations for p in c.passages}
    shown = {i for line in reply.text for i in line.evidence if passages[i].text in line.text.replace("“", "")}
    return sum(len(passages[i].text.split()) for i in shown)


def given_by_somebody() -> KeptEpisode:
    return replace(kept(), transcript=replace(transcript(), origin="upload"))


# ---------------------------------------------------------------- typed words


async def test_a_chapter_is_told_with_times_and_quotations() -> None:
    """By its number; each sentence rests on its moment, and the way leads on past the advertisement."""
    reply = await ask("chapter 4")
    assert (reply.kind, reply.story) == ("chapter", 4)
    assert told(reply)[0] == "Chapter 4, What a cheap sensor gets wrong (8:40 to 16:43)."
    assert times(reply) == [520.0, 533, 612, 826, 601.0, 709.0, 826.0]
    assert told(reply)[-1] == (
        "Tobin Vale: “A cheap sensor next to a good one tells you more than either of them alone.” (exact words)"
    )
    assert [action.command for action in reply.actions] == ["chapter 3", "chapter 6", "audio"]
    assert reply.actions[2].url == "https://saltroad.example/12#t=520"
    assert dict(reply.actions[0].facts) == {"number": "3"}


async def test_a_time_gives_its_chapter_and_the_words_around_it() -> None:
    """At most 120 words with those of its summary, of this chapter, verbatim, the moment among them."""
    reply = await ask("chapter 12:40")
    assert reply.story == 4
    label = told(reply).index("Said around 12:40:")
    after = replace(reply, text=reply.text[label:])
    assert times(after) == [700.0, 709.0, 812.0, 826.0]
    assert 60 <= words(after) <= 120
    assert words(reply) <= 120 + 20
    assert reply.actions[-1].url == "https://saltroad.example/12#t=760"
    advertisement = await ask("chapter 16:50")
    assert advertisement.story == 5
    assert not [line for line in told(advertisement) if line.startswith("Said around")]


@pytest.mark.parametrize("text", ["chapter", "chapters", "list", "главы", "Chapters!", "список"])
async def test_all_chapters(text: str) -> None:
    """By any of the words for them."""
    reply = await ask(text)
    assert reply.kind == "list"
    assert told(reply)[0] == "8 chapters:"
    assert told(reply)[4] == "4 · What a cheap sensor gets wrong"
    assert times(reply) == [chapter.start for chapter in episode().chapters]


@pytest.mark.parametrize("text", ["chapter 99", "quote 99", "deeper 0", "chapter 59:59", "chapter 1:40:00"])
async def test_an_unknown_number_is_answered_with_those_that_exist(text: str) -> None:
    """And where the episode ends."""
    assert told(await ask(text)) == ["There are chapters 1 to 8. The episode ends at 40:00."]


async def test_quotations_of_all_and_of_one_chapter() -> None:
    """Verbatim, whose, and whether exact; the best of each chapter first where there are many."""
    every = await ask("quotes")
    assert every.kind == "quote"
    assert told(every)[1] == "Tobin Vale: “Nine hundred and twelve since this morning.” (exact words)"
    assert told(every)[-1] == "And 2 more: type `quote 4` for those of one chapter."
    assert len(every.text) == 11
    one = await ask("quote 3")
    assert (one.story, times(one)) == (3, [104.0, 160.0])
    assert told(await ask("quote 5")) == ["Chapter 5 has no quotation set apart."]
    silent = replace(
        kept(), episode=replace(episode(), chapters=tuple(replace(c, quotes=()) for c in episode().chapters))
    )
    assert told(await ask("quotes", silent)) == ["This episode has no quotations set apart."]


async def test_people_and_terms() -> None:
    """Who speaks, then what is named, each with its first time."""
    reply = await ask("people")
    assert reply.kind == "people"
    assert told(reply)[:2] == ["Nadia Quill: host.", "Tobin Vale: guest."]
    assert told(reply)[2] == (
        "Weather Office: organization, named 3 times. It has a single mast between the harbour and the market square."
    )
    assert "Open Roof: work, named once." in " ".join(told(reply))
    assert not [line for line in told(reply)[2:] if line.startswith("Tobin Vale")]
    nobody = replace(kept(), episode=replace(episode(), people=(), entities=()))
    assert told(await ask("люди", nobody)) == ["Nobody and nothing is named often enough to be listed."]


async def test_people_of_an_edition_are_its_thinkers() -> None:
    """The word works under editions, too."""
    reply = await (await discussion()).reply(sample().id, "people", language="en")
    assert reply.kind == "people"
    assert told(reply)[0] == "Ilka Morrow, a person. In this edition: story 1."


async def test_who_is_somebody() -> None:
    """By a part of the name, misspelt, in Cyrillic: the role, what is said of them, their words."""
    for name in ("Holm", "iris holm", "Iris Hollm", "Холм"):
        assert told(await ask(f"who is {name}"))[0] == "Iris Holm: named in the talk, Weather Office."
    guest = await ask("who is Tobin Vale")
    assert told(guest)[1] == "He put nine hundred weather stations on the roofs of Lower Marrin."
    assert "Tobin Vale: “Nine hundred and twelve since this morning.” (exact words)" in told(guest)
    thing = await ask("who is Open Roof")
    assert told(thing)[0].startswith("Open Roof: work, named once. A licence:")
    assert times(thing)[0] == pytest.approx(1089, abs=3)


async def test_who_is_nobody_here() -> None:
    """Where the name is said, else the nearest names; never a guess."""
    named = await ask("who is apricots")
    assert told(named)[0].startswith(
        "apricots is not among the people and terms of this episode. The name is said here"
    )
    assert len(times(named)) == 2
    unknown = await ask("who is Tobias Veil")
    assert "the name is not said in it" in told(unknown)[0]
    assert told(unknown)[1] == "The nearest names: Tobin Vale."
    assert len(told(await ask("who is Qx"))) == 1


async def test_the_transcript_stays_with_the_publisher() -> None:
    """A few words around a time, the way to the player, and why."""
    reply = await ask("transcript 20:40")
    assert reply.kind == "transcript"
    assert 1240.0 in times(reply)
    assert words(reply) <= 120
    assert told(reply)[-1].startswith("The transcript stays with the publisher")
    assert reply.actions[0].url == "https://saltroad.example/12#t=1240"
    assert times(await ask("transcript"))[0] == 0.0
    none = replace(kept(), transcript=None)
    assert told(await ask("transcript", none))[0].startswith("No transcript was published.")


async def test_a_transcript_that_somebody_gave_us_is_theirs_whole() -> None:
    """A page at a time."""
    first = await ask("transcript", given_by_somebody())
    assert told(first)[0] == "Page 1 of 3. Type `transcript` and a number for another one."
    assert [(a.key, a.command) for a in first.actions] == [("next", "transcript 2")]
    pages = [await ask(f"transcript {n}", given_by_somebody()) for n in (1, 2, 3)]
    assert "Bring soup." in " ".join(told(pages[2]))
    assert sum(len(page.text) - 1 for page in pages) == len(EpisodeShelf(episode(), transcript(), NOON).spoken(0, 9e9))
    assert told(await ask("transcript 4", given_by_somebody())) == ["The transcript has pages 1 to 3."]
    around = await ask("transcript 20:40", given_by_somebody())
    assert not told(around)[-1].startswith("The transcript stays")
    brief = replace(given_by_somebody(), transcript=Transcript(transcript().utterances[:2], "en", "upload"))
    assert len(told(await ask("transcript", brief))) == 2


async def test_deeper_says_more_of_a_chapter() -> None:
    """Up to six statements in order, at most 120 words of the transcript, nothing that was quoted already."""
    reply = await ask("deeper 4")
    assert (reply.kind, reply.story) == ("deeper", 4)
    moments = [at for at in times(reply) if at is not None]
    assert moments == sorted(moments)
    assert 3 <= len(moments) <= 6
    assert not [line for line in told(reply) if "A cheap sensor next to a good one" in line or line.endswith("?”")]
    assert told(await ask("deeper 1"))[0].startswith("Nothing more of chapter 1 stands by itself.")


async def test_sources_sound_and_help() -> None:
    """The episode, its links, where to hear it, what can be typed; a word of editions is no dead end."""
    sources = await ask("sources")
    assert told(sources)[0] == "Nine hundred thermometers (Salt Road): https://saltroad.example/12"
    assert told(sources)[1] == "The map of Lower Marrin: https://roofs.example/map"
    assert times(sources) == [212.0]
    assert told(await ask("sources 3")) == told(sources)
    assert (await ask("audio")).actions[0].url == "https://saltroad.example/12"
    file = replace(kept(), episode=replace(episode(), url=None))
    assert told(await ask("audio", file)) == ["Nobody said where Nine hundred thermometers can be heard."]
    assert (await ask("audio", file)).actions == ()
    assert len((await ask("chapter 4", file)).actions) == 2
    assert (await ask("help")).kind == (await ask("crux 2")).kind == (await ask("")).kind == "help"
    assert told(await ask("why"))[0].startswith("That word is for editions.")


async def test_another_language_is_for_our_words() -> None:
    """Without a model nothing is translated, and that is said; labels are in the language that was asked for."""
    reply = await ask("in Russian")
    assert told(reply)[0].startswith("Translating needs a language model")
    assert "Tobin Vale: в гостях." in told(reply)
    assert "8 глав:" in told(reply)
    assert told(await ask("in Klingon"))[0] != told(reply)[0]
    german = await ask("in German")
    assert "Tobin Vale: guest." in told(german)
    assert (await (await discussion()).reply(HERE, "in my language", language="en", asker=NELL)).kind == "translate"


async def test_words_of_both_languages_work() -> None:
    """And the reply speaks the reader's."""
    assert told(await ask("глава 4"))[0].startswith("Chapter 4,")
    assert told(await ask("chapter 4", language="ru"))[0].startswith("Глава 4,")
    assert (await ask("цитаты")).kind == "quote"


async def test_an_episode_without_chapters_says_so() -> None:
    """Every word still has an answer."""
    bare = replace(kept(), episode=replace(episode(), chapters=(), told=()), transcript=None)
    for text in ("chapters", "chapter 2", "deeper 1"):
        assert told(await ask(text, bare)) == ["There are no chapters: nothing was written down of what is said."]


# ---------------------------------------------------------------- questions


async def test_a_question_gets_what_was_said() -> None:
    """Verbatim, with speaker and time, and the way to the chapter."""
    reply = await ask("How much does a Puffin board cost?")
    assert reply.kind == "answer"
    assert told(reply)[0].startswith("Tobin Vale: “It drifts. A Puffin board costs eleven crowns")
    assert times(reply) == [533.0]
    assert [action.command for action in reply.actions] == ["chapter 4", "deeper 4"]
    (citation,) = reply.citations
    assert (citation.thinker, citation.kind, len(citation.passages)) == (TOBIN, "episode", 1)


async def test_after_a_hosts_question_stands_what_is_said_to_it() -> None:
    """A question is no answer by itself."""
    reply = await ask("What does a cheap sensor get wrong?")
    assert times(reply)[:2] == [520.0, 533.0]
    assert told(reply)[0].startswith(f"{NADIA}: ")
    assert told(reply)[1].startswith(f"{TOBIN}: “It drifts.")


async def test_what_nobody_says_is_refused_with_what_comes_nearest() -> None:
    """By name where a word is not said at all."""
    refused = await ask("How many stations are in the Puffin factory?")
    assert refused.kind == "refusal"
    assert told(refused)[0] == "Not in this episode. Nobody says: factory."
    assert len(times(refused)) == len(refused.text) - 2 > 0
    assert (await ask("Who won the chess olympiad?")).citations == ()
    assert told(await ask("When was the mast built?"))[0].startswith("Not in this episode.")
    assert told(await ask("Кто выиграл олимпиаду?"))[0].startswith(
        "Nothing in this episode answers that; it is in another"
    )


async def test_questions_about_the_episode_itself_are_looked_up() -> None:
    """What it is about, and what a chapter is about."""
    about = await ask("What is this episode about?")
    assert told(about)[0] == episode().told[0].text
    assert times(about)[0] == 31.0
    for text in ("О чём этот эпизод?", "О чем говорят в этом выпуске?", "Tell me about this podcast"):
        assert told(await ask(text))[0] == episode().told[0].text
    assert (await ask("What is chapter 6 about?")).story == 6
    assert (await ask("О чём глава 6?")).story == 6
    assert told(await ask("What is chapter 66 about?"))[0].startswith("There are chapters 1 to 8.")


async def test_words_about_talking_are_not_what_is_asked_for() -> None:
    """`In this episode` and `the guest` say where and who; several guests are nobody in particular."""
    for text in (
        "How much does a Puffin board cost in this episode?",
        "What did the guest say about fog?",
        "What is said about fog in this podcast?",
    ):
        assert (await ask(text)).kind == "answer", text
    assert (await ask("What did the host say about fog?")).kind == "refusal"
    two = replace(kept(), episode=replace(episode(), people=(*episode().people, EpisodePerson("Ida Lund", "guest"))))
    assert times(await ask("What did the guests say about fog?", two)) == [1836.0]


async def test_without_a_transcript_questions_are_answered_from_the_overview() -> None:
    """Nobody is said to have said it."""
    reply = await ask("What costs eleven crowns?", replace(kept(), transcript=None))
    assert told(reply)[0] == episode().chapters[3].told[0].text


# ---------------------------------------------------------------- whose it is


async def test_what_was_made_of_a_file_is_only_for_those_who_gave_it() -> None:
    """Anybody else is told that nothing is kept under this id."""
    discuss = await discussion(kept("discord:1"))
    assert (await discuss.reply(HERE, "chapters", language="en", asker=NELL)).kind == "list"
    with pytest.raises(NotFoundError):
        await discuss.reply(HERE, "chapters", language="en")
    with pytest.raises(NotFoundError):
        await discuss.reply(HERE, "chapters", language="en", asker=replace(NELL, tenant="discord:2"))


async def test_latest_stays_the_newest_edition_and_an_unknown_episode_is_an_error() -> None:
    """An episode is asked for by its id."""
    discuss = await discussion()
    assert (await discuss.shelf("latest")).publication == sample()
    assert (await discuss.shelf(HERE)).publication == episode()
    assert (await discuss.shelf(HERE)) is (await discuss.shelf(HERE))
    with pytest.raises(NotFoundError):
        await discuss.shelf("0" * 16)


async def test_an_episode_that_is_composed_again_is_read_again() -> None:
    """Its chapters may be others."""
    store = MemoryStore()
    discuss = await discussion(store=store)
    before = await discuss.shelf(HERE)
    async with store.unit() as unit:
        await unit.episodes.put(replace(kept(), episode=replace(episode(), title="Other")))
        await unit.commit()
    after = await discuss.shelf(HERE)
    assert before is not after
    assert after.edition.title == "Other"


async def test_the_episodes_asked_last_are_kept_ready() -> None:
    """The others are read again when they are asked for."""
    store = MemoryStore()
    discuss = await discussion(store=store)
    first = await discuss.shelf(HERE)
    async with store.unit() as unit:
        for n in range(16):
            await unit.episodes.put(replace(kept(), episode=replace(episode(), id=f"{n:016x}")))
        await unit.commit()
    for n in range(16):
        await discuss.shelf(f"{n:016x}")
    assert (await discuss.shelf(HERE)) is not first


# ---------------------------------------------------------------- manners


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("chapter 4", True),
        ("chapters", True),
        ("quotes", True),
        ("people", True),
        ("who is Holm", True),
        ("who is coming", False),
        ("quote", False),
        ("What did Tobin Vale say about the insurer?", True),
        ("What is chapter 3 about?", True),
        ("What is this episode about?", True),
        ("did you eat already?", False),
        ("Tom, can you send me the slides?", False),
    ],
)
def test_people_who_talk_to_each_other_under_an_episode_are_left_alone(text: str, meant: bool) -> None:
    """Typed words and questions about it are for us."""
    phrases = FluentCatalogue().speak("en")
    shelf = EpisodeShelf(episode(), transcript(), NOON)
    assert should_answer(typed(text), "questions", phrases.words(), shelf.matter) is meant


# ---------------------------------------------------------------- with a model


async def with_model(*lines: str) -> tuple[Discuss, SpokenModel]:
    clock = FakeClock(NOON)
    store = MemoryStore(now=clock.now)
    model = SpokenModel(lines)
    return await discussion(store=store, answering=answering(model, store, clock)), model


def id_of(moment: float) -> str:
    found = EpisodeShelf(episode(), transcript(), NOON).at(moment)
    assert found is not None
    return found.id


async def test_a_model_answers_from_what_was_said() -> None:
    """It is shown who says what; its sentences are checked and rest on moments; names of speakers need no passage."""
    drifts = id_of(533)
    discuss, model = await with_model(
        f"Tobin Vale says that a Puffin board costs eleven crowns. [{drifts}]",
        f"It costs twelve crowns. [{drifts}]",
    )
    reply = await discuss.reply(HERE, "How much does a Puffin board cost?", language="en", asker=NELL)
    assert told(reply) == ["Tobin Vale says that a Puffin board costs eleven crowns."]
    assert (reply.writer, times(reply)) == (MODEL, [533.0])
    assert [len(citation.passages) for citation in reply.citations] == [len(reply.citations[0].passages)]
    assert [action.command for action in reply.actions] == ["chapter 4", "deeper 4"]
    assert f"[{drifts}] Tobin Vale, episode" in model.requests[0].task
    assert "what people say in an episode" in model.requests[0].task
    assert f"[{id_of(601)}]" in model.requests[0].task  # what is said right after it


async def test_what_a_model_cannot_answer_is_answered_with_what_was_said() -> None:
    """And it says so."""
    discuss, _ = await with_model("NOTHING")
    reply = await discuss.reply(HERE, "How much does a Puffin board cost?", language="en", asker=NELL)
    assert reply.writer is None
    assert reply.note.startswith("The model found no answer")
    assert times(reply) == [533.0]
    about = await discuss.reply(HERE, "What is this episode about?", language="en", asker=NELL)
    assert about.writer is None


async def translated(text: str, mind: Translator, **more: Any) -> tuple[Reply, FakeModel]:
    """What is answered where a model translates, and the model."""
    clock = FakeClock(NOON)
    store, model = MemoryStore(now=clock.now), FakeModel(mind)
    here = await discussion(store=store, translating=translating(model, store, clock, **more))
    return await here.reply(HERE, text, language="en", asker=NELL), model


async def test_a_model_translates_the_overview() -> None:
    """The paragraph and the titles, each sentence with its time, in labels of that language; who translated is said."""
    reply, model = await translated("in Russian", Translator())
    assert model.about()[0] == "translation overview"
    assert times(reply)[:3] == [31.0, 104.0, 533.0]
    assert "8 глав:" in told(reply)
    assert re.search("Nadia Quill.*[а-я]", told(reply)[1])
    assert (reply.kind, reply.writer) == ("translate", "tide-small")
    assert reply.note.startswith("Translated by tide-small")


async def test_a_model_translates_a_chapter_and_what_was_said_stays_beside_it() -> None:
    """Nobody said it in that language."""
    reply, model = await translated("in Russian 4", Translator())
    assert {"translation chapter 4", "translation quotations 4"} <= set(model.about())
    (line,) = [line for line in told(reply) if "We call it the spring walk" in line]
    assert re.search(r"Tobin Vale: «We call it the spring walk, and people bring soup\.» \([^)]*[а-я]", line)
    assert reply.story == 4
    same, asked = await translated("in English", Translator())
    assert told(same) == ["There is nothing to translate: it is in that language already."]
    assert asked.asked == []


async def test_what_is_not_translated_rightly_stays_as_it_was() -> None:
    """Marked; where nothing comes, or nothing is left of the day, one line says so."""
    slips = {"An insurer that wanted hail": "Страховщик просил девяносто раз."}
    reply, _ = await translated("in Russian", Translator(slips, stubborn=True))
    assert "An insurer that wanted hail by street" in " ".join(told(reply))
    silent, _ = await translated("in Russian", Translator(errors={"translation overview": ModelUnavailable("gone")}))
    assert told(silent) == ["The model gave no translation this time. The overview stays as it is."]
    spent, _ = await translated("in Russian", Translator(), limits={"question": 0})
    assert len(told(spent)) == 1
    assert "question" in told(spent)[0].lower()

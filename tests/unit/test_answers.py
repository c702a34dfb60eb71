"""Replies: made of the edition's own words, each with its evidence, in the reader's language."""

import re
from dataclasses import replace

import pytest

from adapters.locale.catalogue import FluentCatalogue
from bot.domain.conversation.answers import answer, answer_from_archive, refusal
from bot.domain.conversation.commands import carry_out
from bot.domain.conversation.retrieval import Shelf
from bot.domain.conversation.wording import Wording, excerpt
from bot.domain.conversation.words import Command, parse
from bot.domain.edition import Citation, CitedPassage, Edition, PullQuote
from bot.domain.item import ItemKind
from bot.domain.reply import MOST_WORDS_OF_AN_ITEM, Reply
from tests.fakes.talk import older, sample, spoken

CATALOGUE = FluentCatalogue()
EDITION = sample()
SHELF = Shelf(EDITION)


def wording(language: str = "en") -> Wording:
    phrases = CATALOGUE.speak(language)
    return Wording(phrases.say, phrases.language)


def typed(text: str, edition: Edition = EDITION, language: str = "en") -> Reply:
    command = parse(text, CATALOGUE.speak("ru").words())
    assert command is not None
    return carry_out(command, edition, wording(language))


def asked(question: str, language: str = "en") -> Reply:
    return answer(question, SHELF, wording(language)) or refusal(question, SHELF, 0, wording(language))


def text(reply: Reply) -> str:
    return "\n".join(f"{s.text} {list(s.evidence)}" if s.evidence else s.text for s in reply.text)


EVERYTHING = [
    "list",
    "help",
    "sources",
    "counter",
    "quote",
    "audio",
    "transcript",
    "chapter 2",
    "chapter 0:30",
    "in German",
    "sources 9",
    "who is Ilka Morrow",
    "who is Bram",
    "who is Halden Mutual",
    "who is Zork",
    *(f"{kind} {n}" for kind in ("sources", "quote", "counter", "crux", "deeper", "why") for n in range(1, 6)),
]


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(
    "edition", [EDITION, spoken(EDITION), replace(EDITION, stories=())], ids=["plain", "audio", "empty"]
)
def test_every_reply_keeps_to_the_evidence(language: str, edition: Edition) -> None:
    """Evidence and citations exist and agree; what is in quotation marks stands in the passage; no ellipsis of ours."""
    passages = edition.passages()
    for line in EVERYTHING:
        reply = typed(line, edition, language)
        assert reply.text, line
        used = {i.split(".")[0] for s in reply.text for i in s.evidence}
        assert used == {str(c.n) for c in reply.citations}, line
        assert [c.n for c in reply.citations] == sorted(c.n for c in reply.citations)
        for sentence in reply.text:
            assert set(sentence.evidence) <= passages.keys()
            assert "…" not in sentence.text
            held = " ".join(passages[i][1].text for i in sentence.evidence)
            opening, closing = ("«", "»") if language == "ru" else ("“", "”")
            for words in re.findall(f"{opening}([^{closing}]+){closing}", sentence.text):
                plain = re.sub("[“”„‘’'\"]", "", words)
                assert plain in re.sub("[“”„‘’'\"]", "", held), (line, words)
        for action in reply.actions:
            assert CATALOGUE.speak(language).say(action.key)
            assert parse(action.command, CATALOGUE.speak("en").words()), action


def test_sources_name_each_citation_with_time_title_and_words() -> None:
    """Who, when, what, and the words used, on one line a citation."""
    reply = typed("sources 1")
    assert reply.kind == "sources"
    assert reply.text[0].text == "Story 1 rests on these, with the words used:"
    assert reply.text[1].text.startswith(
        "Ilka Morrow, 20 Nov 01:05 UTC, Nobody at the wheel: “The driverless ferry Petrel crossed"
    )
    assert reply.text[3].text.startswith("Tove Lindqvist, 20 Nov 03:05 UTC: “Passengers trust")
    assert [c.n for c in reply.citations] == [1, 2, 3, 4]


def test_words_inside_a_quotation_take_the_inner_marks() -> None:
    """“…‘…’…” in English, «…„…“…» in Russian."""
    assert "“‘Fog is where a machine earns its fare,’ the shipyard engineer" in text(typed("sources 1"))
    assert "«„Fog is where a machine earns its fare,“ the shipyard engineer" in text(typed("sources 1", language="ru"))


def test_an_act_is_no_claim() -> None:
    """A star says that somebody starred it; its words are the project's. A recording has times."""
    assert "Jonas Brandt starred this, 20 Nov 10:05 UTC. The project’s own words: “Wave gauges" in text(
        typed("sources 3")
    )
    assert "last thing a contract mentions.” (at 13:40)" in text(typed("sources 4"))


@pytest.mark.parametrize(
    ("kind", "start"),
    [(ItemKind.RELEASE, "released this"), (ItemKind.PUSH, "pushed this"), (ItemKind.REPOST, "reposted this")],
)
def test_each_kind_of_act_has_its_words(kind: ItemKind, start: str) -> None:
    """Release, push and repost."""
    line = wording().cited(replace(EDITION.citations[0], kind=kind), EDITION.citations[0].passages)
    assert start in line.text


def test_an_excerpt_stays_an_excerpt() -> None:
    """As many whole passages of one item as keep within 120 words; never none."""
    long = [CitedPassage(f"1.{n}", "word " * 50) for n in range(5)]
    assert len(excerpt(long)) == 2
    assert len(excerpt([CitedPassage("1.1", "word " * (MOST_WORDS_OF_AN_ITEM + 1)), *long])) == 1


def test_a_headline_that_is_the_passage_is_not_said_twice() -> None:
    """The words stand once."""
    citation = replace(EDITION.citations[0], title="A headline", passages=(CitedPassage("1.1", "A headline"),))
    assert wording().cited(citation, citation.passages).text == "Ilka Morrow, 20 Nov 01:05 UTC: “A headline”"


def test_a_quotation_says_whose_it_is_and_where_it_stands() -> None:
    """Quoted by another: both names; the sentence around it when there is more of it."""
    reply = typed("quote 1")
    stands = "“‘Fog is where a machine earns its fare,’ the shipyard engineer Bram Oyelaran told me.”"
    assert [s.text for s in reply.text] == [
        "“Fog is where a machine earns its fare”",
        "Bram Oyelaran, as quoted by Ilka Morrow. The words are exact.",
        f"The sentence they stand in: {stands}",
    ]
    own = typed("quote 2")
    assert [s.text for s in own.text] == [
        "“A licence that asks who you are is no longer an open licence.”",
        "Dario Feld. The words are exact.",
    ]
    assert typed("quote 3").text[0].text.startswith("Story 3 has no quotation set apart.")


def test_a_translated_quotation_shows_the_original() -> None:
    """The translation is called one."""
    pulled = PullQuote("Имя не нужно", "Dario Feld", "dario-feld", "translated", "A licence that asks", ("6.2",))
    story = replace(EDITION.stories[1], pull_quote=pulled)
    edition = replace(EDITION, stories=(EDITION.stories[0], story, *EDITION.stories[2:]))
    reply = typed("quote 2", edition, "ru")
    assert [s.text for s in reply.text][:3] == [
        "«Имя не нужно»",
        "Dario Feld, в переводе.",
        "В оригинале: «A licence that asks»",
    ]


def test_a_counter_view_says_its_standing_and_kind() -> None:
    """By a person with the kind in words; ours without a source or number; none plainly."""
    assert text(typed("counter 1")).splitlines() == [
        "The Petrel stopped for nineteen minutes. ['2.2']",
        "Its standing: a source, Harbour Pilots Union. Its kind: a conflict, so the two contradict each other. ['2.2']",
    ]
    assert "so both can be true" in text(typed("counter 2"))
    ours = typed("counter 3")
    assert ours.citations == ()
    assert "our argument, no source" in text(ours)
    assert "One gale is a small sample." in text(ours)
    assert text(typed("counter 4")).startswith("None found. No source of this edition disagrees on story 4")
    assert "does not contradict the others outright" in text(typed("counter 5"))
    assert len(typed("counter").text) == 5
    assert "Story 3: our argument, no source: One gale" in text(typed("counter"))


def test_a_crux_says_what_would_settle_it_or_why_there_is_none() -> None:
    """And where one is."""
    assert text(typed("crux 1")).splitlines() == [
        "The crux of story 1: Does a remote desk count as a crew? ['2.3']",
        "What would settle it: A ruling on what the licence demands at night.",
    ]
    none = typed("crux 2")
    assert "Story 2 has no crux: its sources do not contradict each other." in text(none)
    assert "Story 1 has a crux; type `crux 1`." in text(none)
    assert none.actions[0].command == "crux 1"
    assert "What stands against them is our own argument, which has no source." in text(typed("crux 3"))
    assert "only one side has spoken so far" in text(typed("crux 4"))
    open_conflict = replace(EDITION, stories=(replace(EDITION.stories[0], crux=None),))
    assert "none of them says what would settle it" in text(typed("crux 1", open_conflict))


def test_deeper_groups_the_claims_and_adds_what_was_not_shown() -> None:
    """For, against, on a related point; then passages beyond the story; then what is missing."""
    lines = text(typed("deeper 1")).splitlines()
    assert lines[0].startswith("For, Ilka Morrow: ")
    assert lines[1].startswith("For, Bram Oyelaran, as quoted by Ilka Morrow: ")
    assert lines[2].startswith("Against, Harbour Pilots Union: ")
    assert lines[3] == "What stands around it:"
    assert "Mayor Renske Adair abstained" in "\n".join(lines[4:])
    assert "crossed the Sallow strait 340 times" not in "\n".join(lines[4:])
    assert "none of these passages speaks against it" in text(typed("deeper 3"))
    assert text(typed("deeper 5")).startswith("The night tariff for heat pumps falls in December.")


def test_deeper_says_when_there_is_no_more() -> None:
    """One voice, no numbers, nothing beyond what is shown."""
    citation = replace(EDITION.citations[5], passages=(EDITION.citations[5].passages[1],))
    signal = replace(EDITION.stories[1].signal, voices=1)
    story = replace(EDITION.stories[1], citations=(6,), signal=signal)
    reply = text(typed("deeper 2", replace(EDITION, citations=(citation,), stories=(story,))))
    assert "The story already shows every passage its sources gave." in reply
    assert "What is missing: a second voice. All of this comes from one." in reply
    assert "none of these passages gives a number" in reply
    conflict = replace(EDITION, stories=(replace(EDITION.stories[0], crux=None),))
    assert "names what would settle it" in text(typed("deeper 1", conflict))


def test_why_prints_the_arithmetic_the_bond_and_the_state() -> None:
    """A multiplier only with three items from two voices and a usual rate."""
    assert "4 voices published 7 items on this in 12 h. The usual rate is 0.6, so this is 12 times usual" in text(
        typed("why 1")
    )
    assert "several of them name Petrel" in text(typed("why 1"))
    assert "It is an update" in text(typed("why 1"))
    assert "There is no usual rate for it yet" in text(typed("why 2"))
    assert "It is developing" in text(typed("why 3"))
    assert "That is too few for a multiplier." in text(typed("why 5"))
    assert "together under one topic: Night tariff" in text(typed("why 5"))
    assert "4 голоса и 7 публикаций об этом за 12 ч. Обычно 0,6, то есть в 12 раз больше обычного" in text(
        typed("why 1", language="ru")
    )


def test_a_name_that_ends_with_a_full_stop_ends_its_sentence() -> None:
    """There is no second one after it."""

    def renamed(citation: Citation) -> Citation:
        told = (p.text.replace("Petrel", "U.S.").replace("Sallow", "sallow") for p in citation.passages)
        said = tuple(replace(p, text=text) for p, text in zip(citation.passages, told, strict=True))
        return replace(citation, passages=said)

    edition = replace(EDITION, citations=tuple(map(renamed, EDITION.citations)))
    assert re.search(r"name U\.S\. [^.]", text(typed("why 1", edition)))


@pytest.mark.parametrize(
    "name", ["Ilka Morrow", "ilka", "Morrow", "@ilkamorrow", "Ilka Morow", "Илка Морров", "ILKA MORROW"]
)
def test_who_finds_a_thinker_as_people_write_names(name: str) -> None:
    """In full, in part, by handle, misspelled, in Cyrillic."""
    reply = carry_out(Command("who", argument=name), EDITION, wording())
    lines = text(reply).splitlines()
    assert lines[:4] == [
        "Ilka Morrow, a person.",
        "Handle: @ilkamorrow",
        "Address: https://morrow.example/",
        "In this edition: story 1.",
    ]
    assert lines[4].startswith("Story 1, for: Calls the trial a success")
    assert [c.n for c in reply.citations] == [1]


def test_who_says_when_nobody_of_that_name_speaks() -> None:
    """Quoted only; named in passages; not there, with the nearest names."""
    assert text(typed("who is Oyelaran")).startswith("Bram Oyelaran, quoted by others here and not read directly.")
    named = text(typed("who is Renske Adair"))
    assert named.startswith(
        "Nobody under the name Renske Adair speaks in this edition. The name stands in these passages:"
    )
    assert "Mayor Renske Adair abstained." in named
    near = text(typed("who is Ina Holloway"))
    assert "no passage names them" in near
    assert "Ines Calloway" in near
    assert "nearest" not in text(typed("who is Zxq"))


def test_numbers_that_do_not_exist_are_answered_with_those_that_do() -> None:
    """Also where no number was typed."""
    assert [s.text for s in typed("sources 9").text] == ["There are stories 1 to 5."]
    assert (
        typed("quote").text[0].text == "Which story? There are stories 1 to 5; add the number, for instance `quote 2`."
    )
    only = replace(EDITION, stories=EDITION.stories[:1])
    assert [s.text for s in typed("sources 9", only).text] == ["This edition has one story: number 1."]
    assert typed("quote", only).text[0].text.startswith("“Fog")
    empty = replace(EDITION, stories=())
    assert [typed(line, empty).text[0].text for line in ("list", "quote 1", "counter")] == [
        "This edition has no stories."
    ] * 3


def test_audio_that_is_not_there_is_said_kindly() -> None:
    """Audio, transcript, chapter; a translation without a model."""
    for line in ("audio", "transcript", "chapter 4", "chapter 12:40"):
        assert typed(line).text[0].text.startswith("This edition has no audio.")
    assert "needs a language model" in typed("in German").text[0].text


def test_audio_that_is_there_is_listed_and_read() -> None:
    """Its parts by number and by time; the transcript is the dialogue."""
    edition = spoken(EDITION)
    assert text(typed("audio", edition)).splitlines() == [
        "This edition reads aloud in 7:24. Its parts:",
        "1 · Opening (0:00 to 0:20)",
        "2 · A ferry without a pilot: safe enough at night? (0:20 to 7:24)",
    ]
    assert text(typed("chapter 0:30", edition)) == text(typed("chapter 2", edition))
    assert "Lin: The Petrel stopped once. ['2.2']" in text(typed("chapter 2", edition))
    assert text(typed("transcript", edition)).startswith("Ada: Good morning.")
    assert typed("chapter 9", edition).text[0].text == "The audio has parts 1 to 2 and lasts 7:24."
    assert typed("chapter 9:00", edition).text[0].text.startswith("The audio has parts")


def test_a_question_is_answered_in_original_words() -> None:
    """Who, when, and the passage, with its evidence and what to do next."""
    reply = asked("How many maintainers does the fork have?")
    assert reply.kind == "answer"
    assert (
        text(reply)
        == "Dario Feld, 20 Nov 06:05 UTC, Why I forked Quill: “The fork is called Nib and has six maintainers.” ['6.3']"
    )
    assert [action.command for action in reply.actions] == ["sources 2", "deeper 2"]


def test_a_refusal_says_what_is_missing_and_shows_the_nearest() -> None:
    """Missing words by name; else the kind of thing; then the nearest passages and one way on."""
    polls = asked("How far ahead is Renske Adair in the polls?")
    assert polls.kind == "refusal"
    assert polls.text[0].text == "Not in this edition. No passage of its 15 sources has the words: ahead, polls."
    assert polls.text[1].text == "The nearest passages:"
    assert "Mayor Renske Adair abstained." in text(polls)
    assert len(polls.actions) == 1
    assert "gives a number for this" in asked("How many licences does Quill have?").text[0].text
    assert "gives a reason for this" in asked("Why is the saltmarsh at Orrin Point?").text[0].text
    assert "gives a time for this" in asked("When did Quill compile the standard library?").text[0].text
    assert "says it" in asked("Does the insurer trust the mayor?").text[0].text
    nothing = asked("Who won the chess olympiad?")
    assert nothing.citations == ()
    assert nothing.text[-1].text.startswith("No passage comes near it.")


def test_a_refusal_in_russian_keeps_the_originals() -> None:
    """The frame is Russian, the passages stay as they were written."""
    reply = asked("Что пишет Калловей о чайках?", "ru")
    assert reply.text[0].text == ("В отрывках 15 источников ответа не нашлось; они на другом языке, чем вопрос.")
    assert "«The restored saltmarsh" in text(reply)


def test_questions_about_the_edition_itself_are_look_ups() -> None:
    """A story as a whole; all stories; a story that is not there."""
    assert text(asked("What is story 2 about?")) == text(typed("deeper 2"))
    assert text(asked("What are today's stories?")) == text(typed("list"))
    gone = asked("What is story 9 about?")
    assert (gone.kind, gone.text[0].text) == ("refusal", "There are stories 1 to 5.")
    empty = Shelf(replace(EDITION, stories=()))
    about = answer("What is story 9 about?", empty, wording())
    assert about is not None
    assert about.text[0].text == "This edition has no stories."


def test_the_archive_is_said_as_such_and_numbered_on() -> None:
    """No number of this edition is used again; the edition it comes from is named."""
    question = "How many tonnes of seaweed did kelp farms sell?"
    reply = answer_from_archive(question, [Shelf(older())], SHELF, wording())
    assert reply is not None
    assert reply.text[0].text == "Not in this edition. From 1 older one:"
    assert reply.text[1].text.startswith("Edition of 19 Nov 2026, evening. Ilka Morrow, ")
    assert [s.evidence for s in reply.text] == [(), ("16.1",)]
    assert [(c.n, c.url) for c in reply.citations] == [(16, "https://morrow.example/kelp")]
    assert answer_from_archive("Who won the chess olympiad?", [Shelf(older())], SHELF, wording()) is None

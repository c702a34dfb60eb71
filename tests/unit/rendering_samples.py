"""What the rendering of every platform is tried with: editions, messages about them, texts that want to be markup."""

import re
from dataclasses import replace
from typing import Any, get_args

from hypothesis import strategies as st

from adapters.locale.catalogue import FluentCatalogue
from bot.domain.conversation.commands import carry_out
from bot.domain.conversation.wording import Wording
from bot.domain.conversation.words import parse, spelled
from bot.domain.document import Block
from bot.domain.edition import ClosedPromise, Connection, Edition, Outcome, PlainWord, Sentence
from bot.domain.message import Answer, Message, Notice, Progress, Sheet, StoryPart, thread_of
from bot.domain.reply import Action, Reply
from tests.fakes.attacks import ATTACKS
from tests.fakes.editions import edition as written
from tests.fakes.talk import sample, spoken

LANGUAGES = ("en", "ru")
LOOK_UPS = (
    "list",
    "help",
    "sources",
    "counter",
    "who is Ilka Morrow",
    "in German",
    "audio",
    "transcript",
    "chapter 2",
    "passage 3",
    "sources 9",
    *(f"{word} {n}" for word in ("sources", "counter", "deeper", "quote", "crux", "why", "story") for n in range(1, 6)),
)
NUMBER = re.compile(r"\[(\d+)\]")
"""Of a source."""


def phrases(language: str = "en"):
    return FluentCatalogue().speak(language)


def folded(names: list[str]) -> str:
    """`Text, 2 Button` for a text and two buttons: neighbours of one name are counted."""
    runs: list[list[str]] = []
    for name in names:
        if runs and runs[-1][0] == name:
            runs[-1].append(name)
        else:
            runs.append([name])
    return ", ".join(f"{len(run)} {run[0]}" if len(run) > 1 else run[0] for run in runs)


# ---------------------------------------------------------------- editions


def full() -> Edition:
    """An edition with every part that there may be."""
    edition = written()
    ids = [each.id for each in edition.stories]
    stories = tuple(
        replace(
            each,
            so_what=each.so_what or "Ask who watches.",
            analogy=each.analogy or "A lift runs without an attendant until somebody needs one.",
            plain_words=each.plain_words or (PlainWord("keeper", "somebody who stays awake"),),
            connects_to=tuple(Connection(other, "It touches it.", ("4.1",)) for other in ids if other != each.id),
        )
        for each in edition.stories
    )
    closed = tuple(
        ClosedPromise(f"x#{n}", outcome, "We said so.", ("2.2",)) for n, outcome in enumerate(get_args(Outcome))
    )
    card = replace(edition.card, notes=("A thin day: 3 stories.", "One thinker cannot be reached."))
    promises = replace(edition.promises, closed=closed)
    return replace(spoken(edition), stories=stories, promises=promises, card=card)


def small() -> Edition:
    """A quiet window."""
    return replace(sample(), stories=(), citations=(), lede_evidence=(), title_evidence=())


EDITIONS = {"sample": sample, "spoken": lambda: spoken(sample()), "written": written, "full": full, "small": small}


def far(edition: Edition, address: str) -> Edition:
    """The same, with addresses that begin like this."""
    return replace(edition, citations=tuple(replace(c, url=f"{address}{c.n}") for c in edition.citations))


def longest(language: str) -> Edition:
    """What is written to length, at its longest: titles 90 and 75, lede 90, standfirst 140, body 800 and so on."""

    def said(length: int, evidence: tuple[str, ...] = ("1.1",)) -> Sentence:
        words = ("щука и рак " if language == "ru" else "pike and crab ") * 90
        return Sentence(f"{words[: length - 1].rstrip()}.", evidence)

    edition = written()
    base = edition.stories[0]
    first = replace(
        base,
        title=said(75).text,
        standfirst=said(140),
        body=tuple(said(160, (f"{n}.1",)) for n in (1, 4, 5, 6, 1)),
        counter=replace(base.counter, text=said(160).text),
        positions=tuple(replace(position, claim=said(160).text) for position in base.positions),
        so_what=said(220).text,
        analogy=None,
    )
    return replace(
        edition,
        title=said(90).text,
        lede=said(90).text,
        stories=(first, *edition.stories[1:]),
        open_question=said(180),
    )


def endless() -> Edition:
    """Titles nobody could have written; those of stories end with one word."""
    stories = tuple(replace(each, title="титул " * 600) for each in sample().stories)
    return replace(sample(), title="щука " * 900, lede="слово" * 700, stories=stories)


def holding(text: str) -> Edition:
    """This text in every place that an edition has for words."""
    base = full()
    first = replace(
        base.stories[0],
        title=text,
        standfirst=Sentence(text, ("1.1", "4.1")),
        body=tuple(Sentence(text, ("1.1",)) for _ in range(2)),
        positions=tuple(replace(position, claim=text, thinker=text) for position in base.stories[0].positions),
        so_what=text,
        plain_words=(PlainWord(text, text),),
    )
    return replace(
        base,
        title=text,
        lede=text,
        stories=(first, *base.stories[1:]),
        citations=tuple(replace(c, title=text, thinker=text) for c in base.citations),
        open_question=Sentence(text, ("4.1",)),
    )


# ---------------------------------------------------------------- messages


def story(edition: Edition, number: int) -> StoryPart:
    found = edition.story(number)
    assert found is not None
    return StoryPart(edition, found)


def sheet(*blocks: Block) -> Sheet:
    return Sheet(tuple(blocks), "en")


def looked_up(typed: str, edition: Edition, language: str = "en", *, private: bool = True, **facts: Any) -> Answer:
    """The answer to a look-up."""
    speaks = phrases(language)
    command = parse(typed, speaks.words())
    assert command is not None
    reply = replace(carry_out(command, edition, Wording(speaks.say, language)), private=private)
    return Answer(reply, language, edition, spelled(command), **facts)


def said_about(edition: Edition, language: str) -> list[Message]:
    """What answers somebody but is no look-up: a refusal, answers, how far one is, a failure."""
    lines = (Sentence("Not in this edition. None of its 15 sources says it.", ()), Sentence("“It stopped.”", ("2.2",)))
    refusal = Reply("refusal", lines, edition.citations, actions=(Action("find", "find"),))
    answer = Reply(
        "answer", (Sentence("It stopped.", ("2.2",)),), edition.citations, actions=(Action("deeper", "deeper 1"),)
    )
    return [
        Answer(refusal, language, edition),
        Answer(answer, language, edition),
        Answer(answer, language),
        Progress(3, language, edition.id),
        Notice("It failed. Try again.", (Action("retry", "retry"),), "Error 7F", edition.id),
    ]


def all_holding(text: str) -> list[Message]:
    """Every kind of message, with this text wherever words of others can stand."""
    edition, quoted = holding(text), text.replace("`", "'")
    answer = Reply("answer", (Sentence(quoted, ("1.1",)),), edition.citations)
    shared = looked_up("sources 1", edition, shared_by=text)
    return [*thread_of(edition), shared, Answer(answer, "en", edition), Notice(quoted)]


def long_stories(count: int, sign: str, length: int, address: str) -> tuple[StoryPart, StoryPart]:
    """A story of so many sentences, each so long; and the same with addresses that begin like this."""
    base = written()
    body = tuple(Sentence(f"{sign * (length - 1)}.", ("1.1", "4.1")) for _ in range(count))
    long = replace(base.stories[0], body=body)
    return StoryPart(base, long), StoryPart(far(base, address), long)


# ---------------------------------------------------------------- hostile text

MARKED = [
    "**bold** __under__ ~~gone~~ ||hidden|| `code` ```fence```",
    "# heading\n## heading\n-# small\n> quote\n>>> all\n- point\n* point\n+ point\n1. one\n2) two",
    "[text](https://evil.example) [[9]](https://evil.example) <https://evil.example> https://evil.example/x",
    "@everyone @here <@1234> <@!1234> <@&1234> <#1234> <t:1:R> </brief now:1> <:x:1> <a:x:1> <id:customize>",
    "discord.gg/evil DISCORD.GG/evil discord.com/invite/evil discordapp.com/invite/evil http:\u200b//evil.example",
    "\u202eevil\u2066 z\u200bero \ufeffwidth \u00ad\u034f\U000e0041 \x00\x1b[31m\r\n\u2028\u2029\x85",
    "a\\*b \\[x](https://evil.example) \\\\`x` \\",
    "steam://run/1 mailto:a@b.example discord://x",
    "👨‍👩‍👧‍👦 🏳️‍🌈 🇺🇦🇬🇧 é ก็ 漢字 한국어",
    "x" * 3000,
    "漢" * 3000,
    "👨‍👩‍👧‍👦" * 500,
    *ATTACKS,
]
HOSTILE = st.one_of(
    st.sampled_from(MARKED),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300),
    st.text(alphabet="*_~|`<>[]()@#-+\\:/.1 \naщ漢🙂\u200b\u202e", max_size=200),
    st.lists(st.sampled_from([*"*_~|`<>[]()@#\\", "https://evil.example", "\n", "word", "<@1>"]), max_size=30).map(
        "".join
    ),
)

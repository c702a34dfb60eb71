"""The terminal and the Markdown of a document: readable at any width, and no text of the outside does anything."""

import re
from datetime import UTC, datetime
from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.console import Console

from adapters.locale.catalogue import FluentCatalogue
from adapters.platforms.console.rendering import Rendered, markdown, visible
from bot.domain.document import (
    Actions,
    Block,
    Divider,
    Document,
    Entry,
    Heading,
    Menu,
    Option,
    Paragraph,
    Points,
    Quotation,
    Run,
    Small,
    Sources,
)
from bot.domain.layout import lay_out
from bot.domain.message import thread_of
from bot.domain.reply import Action
from tests.fakes.talk import sample

ESCAPES = re.compile(r"\x1b\][^\x1b]*\x1b\\|\x1b\[[0-9;]*m")
"""What a terminal takes for colours and links."""


def printed(*blocks: Block, width: int = 80, terminal: bool = False, language: str = "en") -> str:
    """What a terminal, or a pipe, receives."""
    screen = StringIO()
    console = Console(file=screen, width=width, force_terminal=terminal, color_system="truecolor" if terminal else None)
    console.print(Rendered(blocks, FluentCatalogue().speak(language)))
    return screen.getvalue()


def parts(language: str = "en") -> list[Document]:
    """Every message of an edition, laid out."""
    return [lay_out(message, FluentCatalogue().speak(language)) for message in thread_of(sample())]


def words(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize("width", [40, 80, 100, 200])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_line_is_wider_than_the_terminal_or_a_hundred_columns(width, language):
    """Long lines are hard to read; addresses are not broken."""
    for document in parts(language):
        lines = printed(*document, width=width, language=language).splitlines()
        assert max(len(line) for line in lines if "https://" not in line) <= min(width, 100)


def test_no_line_ends_with_a_blank():
    """What is piped into a file has no dirt in it."""
    for document in parts():
        assert not [line for line in printed(*document).splitlines() if line != line.rstrip()]


def test_a_number_stands_on_the_line_of_its_sentence():
    """`[3]` alone on a line belongs to nothing."""
    for width in range(30, 90, 7):
        text = printed(
            Paragraph((Run("Some words that fill a line or two of it. "), Run("[3]", url="https://a.example"))),
            width=width,
        )
        assert not [line for line in text.splitlines() if line.strip() == "[3]"]


def test_an_instant_is_not_broken_over_lines():
    """`20 Nov 12:00 UTC` stays together."""
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    for width in range(24, 60, 5):
        assert "20 Nov 12:00 UTC" in printed(
            Paragraph((Run("What was said, and when: "), Run("20 Nov 12:00 UTC", at=at))), width=width
        )


def test_continued_lines_of_a_point_stand_under_its_text():
    """The mark hangs."""
    text = printed(Points(((Run("word " * 30),), (Run("next"),)), numbered=True), width=40)
    first, second, *_ = text.splitlines()
    assert first.startswith("  1  word")
    assert second.startswith("     word")
    assert "  2  next" in text


def test_a_message_begins_with_a_heavy_line_that_says_where_it_belongs():
    """In a long scroll one sees where the next story begins."""
    text = printed(Small((Run("Story 1 of 5 · new"),)), Heading((Run("Ferries"),)))
    assert text.splitlines()[0].startswith("━━ Story 1 of 5 · new ━━")
    assert len(text.splitlines()[0]) == 80
    assert printed(Heading((Run("The open question"),), level=2)).startswith("━━ The open question ━━")


def test_a_pipe_gets_the_addresses_and_a_terminal_gets_links():
    """Where nobody can press a link, its address is printed."""
    sources = Sources("Sources:", (Run("[1]\u00a0a.example", url="https://a.example/1"),))
    assert printed(sources) == "Sources:\n  [1] https://a.example/1\n\n"
    shown = printed(sources, terminal=True)
    assert "]8;" in shown
    assert ESCAPES.sub("", shown).strip() == "Sources: [1] a.example"


@pytest.mark.parametrize(
    ("language", "line"), [("en", "Type: sources 1 · list"), ("ru", "Наберите: источники 1 · список")]
)
def test_what_to_type_next_is_in_the_words_of_the_language(language, line):
    """Buttons are words here."""
    actions = Actions((Action("sources", "sources 1"), Action("all-stories", "list")))
    assert printed(actions, language=language).strip() == line


def test_a_divider_and_a_quotation_are_seen():
    """A line across; words set in, and whose they are."""
    text = printed(Divider(), Quotation((Run("“Fog pays.”"),), (Run("Ilka Morrow"),)), width=20)
    assert text.splitlines()[0] == "─" * 20
    assert "    “Fog pays.”\n    Ilka Morrow\n" in text


HOSTILE = [
    "\x1b[31mred\x1b[0m",
    "\x1b]8;;https://evil.example\x1b\\press\x1b]8;;\x1b\\",
    "a\x07b\x00c\x9b31m",
    "[bold]x[/bold] [link=https://evil.example]y[/link] :smile:",
    "re\u202eversed \u200bhidden",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("terminal", [True, False])
def test_control_characters_never_reach_the_screen(text, terminal):
    """Colour, links, bells and hidden text come from us only."""
    shown = ESCAPES.sub("", printed(Paragraph((Run(text, "bold"),)), terminal=terminal))
    assert not [c for c in shown if c != "\n" and (not c.isprintable())]
    assert words(shown) == words(visible(text))


def test_an_address_cannot_carry_control_characters():
    """An escape in a link would end it early."""
    shown = printed(Paragraph((Run("x", url="https://a.example/\x1b\\\x07>"),)), terminal=True)
    assert "\x07" not in shown
    assert "https://a.example/%1B%5C%07%3E" in shown


plain = st.text(alphabet=st.characters(codec="utf-8"), max_size=120)


@given(text=plain, style=st.sampled_from(["plain", "bold", "italic"]), width=st.integers(30, 120))
@example(text="[b]a[/b] \\[x] `c`", style="plain", width=40)
@example(text="wide 漢字 words 漢字漢字", style="bold", width=30)
def test_any_text_survives_rendering_as_plain_text(text, style, width):
    """Nothing is interpreted, nothing is lost but what cannot be seen; lines may break."""
    shown = printed(Paragraph((Run(text, style),)), width=width)
    assert "".join(shown.split()) == "".join(visible(text).split())


# ---------------------------------------------------------------- Markdown


def unescaped(text: str) -> str:
    """What a reader of CommonMark sees of a line without markup."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


@given(text=plain)
@example(text="1. one")
@example(text="- two")
@example(text="# three")
@example(text="&lt;b&gt; &amp; R&D")
@example(text="![x](https://evil.example)")
@example(text="2024) four")
def test_any_text_survives_markdown_as_plain_text(text):
    """Unescaped, it is what it was, on one line."""
    assert "".join(unescaped(markdown((Paragraph((Run(text),)),))).split()) == "".join(visible(text).split())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*a* _b_ `c`", r"\*a\* \_b\_ \`c\`"),
        ("[x](https://evil.example)", r"\[x\](https\://evil.example)"),
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("&lt;b> R&D", r"\&lt;b\> R&D"),
        ("www.evil.example", r"www\.evil.example"),
        ("# not a heading", r"\# not a heading"),
        ("- no list", r"\- no list"),
        ("1986. A year", r"1986\. A year"),
        ("> no quotation", r"\> no quotation"),
        ("a | b ~~c~~", r"a \| b \~\~c\~\~"),
        ("two\nlines\n\n# here", r"two lines  \# here"),
        ("    no code", "no code"),
    ],
)
def test_markup_of_the_outside_is_escaped(text, shown):
    """It is read as it was written, and does nothing."""
    assert markdown((Paragraph((Run(text),)),)) == shown


def test_markdown_of_each_block():
    """Headings, small print, lists, quotations, lines; what can be pressed is left out."""
    document = (
        Small((Run("Where we are"),)),
        Heading((Run("Title"),)),
        Heading((Run("Part"),), level=2),
        Paragraph((Run("Say "), Run("sources 1", "code"), Run(" or "), Run(" so ", "italic"), Run("."))),
        Points(((Run("one"),), (Run("two", "bold"),)), numbered=True),
        Points(((Run("three"),),)),
        Quotation((Run("“Fog.”"),), (Run("Ilka"),)),
        Divider(),
        Sources("Sources:", (Run("[1]\u00a0a.example", url="https://a.example/"),)),
        Actions((Action("sources", "sources 1"),)),
    )
    assert markdown(document).split("\n\n") == [
        "<small>Where we are</small>",
        "## Title",
        "### Part",
        "Say `sources 1` or  *so* .",
        "1. one\n2. **two**",
        "- three",
        "> “Fog.”  \n> Ilka",
        "---",
        "<small>**Sources:** [[1]\u00a0a.example](https://a.example/)</small>",
    ]


def test_two_numbers_stand_apart_in_markdown():
    """`[4] [24]`, which reads better than `[4][24]`."""
    numbers = (Run("So."), Run(" "), Run("[4]", url="https://a.example"), Run("[24]", url="https://b.example"))
    assert markdown((Paragraph(numbers),)) == "So. [[4]](https://a.example) [[24]](https://b.example)"


def test_an_address_cannot_end_its_link_early():
    """What closes a link is written in percent signs."""
    assert (
        markdown((Paragraph((Run("x", url="https://a.example/>)[y](b c"),)),))
        == "[x](<https://a.example/%3E)[y](b%20c>)"
    )


def test_code_cannot_end_its_span_early():
    """The fence is longer than what it holds."""
    assert markdown((Paragraph((Run("a ` b", "code"),)),)) == "`` a ` b ``"


def test_a_cited_item_is_its_title_its_facts_and_its_words():
    """In a pipe with its address, in Markdown as a link; a title without words stands alone."""
    entry = Entry(
        (Run("[3] Oats", "bold", "https://a.example/3"),), (Run("Ada · post"),), (Run("“Oats.” (exact words)"),)
    )
    assert [line.strip() for line in printed(entry).splitlines()] == [
        "[3] Oats",
        "Ada · post",
        "“Oats.” (exact words)",
        "[3] https://a.example/3",
        "",
    ]
    assert "https" not in ESCAPES.sub("", printed(entry, terminal=True))
    assert markdown((entry,)) == (
        "[**\\[3\\] Oats**](https://a.example/3)  \n<small>Ada · post</small>\n> “Oats.” (exact words)"
    )
    assert len(printed(Entry(entry.title, entry.facts), terminal=True).splitlines()) == 3


def test_a_translation_stands_over_its_original():
    """Words, whose they are, what they translate."""
    quotation = Quotation((Run("Fog pays."),), (Run("Ada, translation"),), (Run("Original: “Туман платит.”"),))
    assert [line.strip() for line in printed(quotation).splitlines() if line] == [
        "Fog pays.",
        "Ada, translation",
        "Original: “Туман платит.”",
    ]
    assert markdown((quotation,)).splitlines() == [
        "> Fog pays.  ",
        "> Ada, translation  ",
        "> Original: “Туман платит.”",
    ]


def test_what_only_a_button_or_a_menu_can_do_leaves_nothing():
    """Not even a blank line; what can be typed is offered."""
    menu = Menu("full", "passage", (Option("[1] Ada", "1"),))
    assert printed(menu, Actions((Action("ask", "ask"), Action("wrong", "wrong 2")))) == ""
    assert "Type: sources 1\n" in printed(Actions((Action("ask", "ask"), Action("sources", "sources 1"))))


def test_a_message_of_ours_is_no_link_in_a_terminal():
    """Where the other story stands, it cannot say."""
    connection = Small((Run("Connects to "), Run("story 3", url="story:3"), Run(": it touches it.")))
    assert "story:3" not in printed(connection, terminal=True)
    assert markdown((connection,)) == "<small>Connects to story 3: it touches it.</small>"

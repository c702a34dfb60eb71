"""From HTML to what it says."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.wire.markup import MOST_LINKS, Page, absolute, line, prose, without_trailer
from bot.domain.text.visible import ordinary, visible

TAGS = [
    *("<p>", "</p>", "<br>", "<div hidden>", "</div>", "<ul><li>", "<table><tr><td>", "<pre>", "</pre>", "<!-- x -->"),
    *("<script>", "</script>", "<a href='https://a.example/x'>", "</a>", "<svg>", "<!--", "<b", '"', "&amp;"),
    *("<textarea>", "<select>", "<nav>", "</nav>", "&lt;p&gt;", "<![CDATA[", "]]>", "<p style='display : none'>"),
    "&#x200b;",
]
soup = st.lists(st.one_of(st.sampled_from(TAGS), st.text(max_size=6)), max_size=25).map("".join)
odd_text = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\u200b\u200c\u200d\ufe0f\u202e\u2066\u00ad\ufeff\U000e0041\U000e0100\u034f👩🔬❤🏴क्षمa1\u0301\u115f"
        ),
    ),
    max_size=30,
)


def test_paragraphs_lists_and_cells_keep_their_lines() -> None:
    """Paragraphs stand apart by an empty line; items, cells and breaks have lines of their own."""
    said = prose("<p>One  two<br>three<p>four</p><ul><li>a<li>b</ul><table><tr><td>c<td>d</tr><tr><td>e</td></table>")
    assert said.text == "One two\nthree\n\nfour\n\na\nb\n\nc\nd\ne"


def test_text_after_a_block_is_not_glued_to_it() -> None:
    """A block ends where its end tag stands, also inside inline elements."""
    assert prose("<div><p>end</p>start</div><b><p>x</p></b>y").text == "end\n\nstart\n\nx\n\ny"


def test_code_keeps_its_lines() -> None:
    """Line breaks in preformatted text stay, elsewhere they are white space."""
    assert prose("<p>a\nb</p><pre>one\n  two\n\nthree</pre>").text == "a b\n\none\ntwo\n\nthree"


def test_what_readers_do_not_see_is_left_out() -> None:
    """Scripts, styles, navigation, forms, comments, hidden elements: an instruction in them reaches nobody."""
    hidden = (
        "<script>s1()</script><style>s2</style><nav>s3</nav><template>s4</template><noscript>s5</noscript><!-- s6 -->"
        "<p hidden>s7 <b hidden>s7</b></p><p style='DISPLAY : none'>s8</p><i style='font-size:0'>s9</i>"
        "<form>s10<button>s11</button></form><svg><title>s12</title></svg><span aria-hidden='true'>s13</span>"
        "<i style='visibility: hidden'>s14</i><iframe>s15</iframe>"
    )
    said = prose(f"<title>s16</title><p>Seen{hidden} <i style='font-size:0.9em; color: red'>too</i></p>")
    assert said.text == "Seen\n\ntoo"


@pytest.mark.parametrize(
    "attribute",
    ["hidden", "HIDDEN", "class='x'hidden='until-found'", "ARIA-Hidden='TRUE'", "style=display:none",
     "STYLE=' Display :\tNONE'", "style='color:red;visibility:hidden'", "style='d&#105;splay&colon;n&#111;ne'"],
)  # fmt: skip
def test_hiding_shows_in_any_spelling(attribute: str) -> None:
    """Upper case, white space and references do not bring hidden words into a text."""
    assert prose(f"<p>seen <b {attribute}>unseen</b></p>").text == "seen"


def test_words_about_hiding_hide_nothing() -> None:
    """What only looks like an attribute is text."""
    said = prose("<p style='color: red'>a hidden cost, <i aria-hidden='false'>style=display:none</i>, hidden=1</p>")
    assert said.text == "a hidden cost, style=display:none, hidden=1"


def test_upper_case_markup_is_markup() -> None:
    """Old feeds shout."""
    assert prose("<P>One<BR>two</P><SCRIPT>x</SCRIPT><P>three <A HREF='https://a.example/'>four</A>").text == (
        "One\ntwo\n\nthree four"
    )


def test_plain_text_is_not_taken_for_markup() -> None:
    """Comparisons and type parameters are words of the author; lines and paragraphs stay."""
    said = prose("If a < b, use Vec<T>.\r\nNext  line\n\n\n  New &amp; paragraph, https://a.example/x?y=1.")
    assert said.text == "If a < b, use Vec<T>.\nNext line\n\nNew & paragraph, https://a.example/x?y=1."
    assert said.links == ("https://a.example/x?y=1",)


def test_escaped_markup_is_shown_as_it_reads() -> None:
    """An article about HTML keeps its tags as text."""
    assert prose("<p>Write <code>&lt;b&gt;</code> &amp; close it.</p>").text == "Write <b> & close it."


def test_links_are_absolute_in_order_and_few() -> None:
    """Relative ones are resolved, other schemes and broken ones dropped, each given once, at most fifty."""
    first = "<a href='/x'>1</a><a href='https://b.example/?a=1&amp;b=2'>2</a><a href='/x'>3</a><a name='n'>4</a>"
    bad = "<a href='javascript:alert(1)'>5</a><a href='mailto:a@b.example'>6</a><a href='http://[bad'>7</a>"
    many = "".join(f"<a href='/n/{n}'>n</a>" for n in range(60))
    links = prose(first + bad + many, base="https://a.example/dir/page").links
    assert links[:3] == ("https://a.example/x", "https://b.example/?a=1&b=2", "https://a.example/n/0")
    assert len(links) == MOST_LINKS


def test_only_chosen_elements_are_read() -> None:
    """A selector takes the outermost elements that match, once each."""
    said = prose("<p>frame</p><div class='m'>a<div class='m'>b</div></div><div class='m'>c</div>", only=".m")
    assert said.text == "a\n\nb\n\nc"
    assert prose("no markup at all", only=".m").text == ""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Real end.\n\nThe post Real end appeared first on Some Blog.", "Real end."),
        ("Real end. The post “Real – end” first appeared on Some Blog", "Real end."),
        ("Real end.\n\nContinue reading →", "Real end."),
        ("Real end.\nContinue reading on Medium »", "Real end."),
        ("Real end.\n\nRead more »\n\nRead more", "Real end."),
        ("You can read more about it here.", "You can read more about it here."),
        ("Nobody can Continue reading", "Nobody can Continue reading"),
        ("The post office appeared first on maps in 1840. Then it grew.", None),
        ("Read more books.", "Read more books."),
    ],
)
def test_boilerplate_at_the_end_goes(text: str, kept: str | None) -> None:
    """What software adds is cut, sentences of the author are not."""
    assert without_trailer(text) == (text if kept is None else kept)


def test_a_title_is_one_line_without_markup() -> None:
    """Titles carry escaped HTML in many feeds."""
    assert line(" A <em>fine</em>\n title &#8217;s &lt;ok&gt; ") == "A fine title ’s <ok>"
    assert line("Vec<T> &amp; you") == "Vec<T> & you"


@pytest.mark.parametrize(
    ("base", "address", "expected"),
    [
        ("https://a.example/b/", "c", "https://a.example/b/c"),
        ("", "//a.example/c", None),
        ("https://a.example", "//b.example/c", "https://b.example/c"),
        ("", " HTTPS://a.example/ü ", "HTTPS://a.example/ü"),
        ("https://a.example", "ftp://b.example/", None),
        ("https://a.example", "https://", None),
        ("https://a.example", "http://b.example/a b", None),
        ("https://a.example", "https://b.example/" + "x" * 3000, None),
    ],
)
def test_addresses_become_absolute(base: str, address: str, expected: str | None) -> None:
    """Only http(s) with a host, without white space, of a sane length."""
    assert absolute(base, address) == expected


ENGLAND = "🏴" + "".join(chr(0xE0000 + ord(letter)) for letter in "gbeng") + "\U000e007f"


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d🔬 👩🏽\u200d🚀 ❤\ufe0f 1\ufe0f\u20e3 🏳\ufe0f\u200d🌈 ☎\ufe0f",
        ENGLAND,
        "می\u200cخواهم",
        "क्\u200dष",
        "שלום עולם",
        "葛\U000e0100",
        "naïve café, Tiếng Việt, 한국어",
        "a\tb\nc",
    ],
)
def test_writing_systems_and_emoji_stay_whole(text: str) -> None:
    """Joiners and selectors that writing needs are kept, text in NFC is unchanged."""
    assert visible(text) == text


@pytest.mark.parametrize(
    "hidden",
    ["\U000e0049\U000e0067", "\u200b", "\u202e", "\u2066", "\u00ad", "\ufeff", "\u200d", "\u200c", "\ufe0f\ufe0f",
     "\x07", "\x9f", "\u3164", "\U000e0101", "\u034f", "\u180e", "\u2063", "\ud800"],
)  # fmt: skip
def test_invisible_characters_are_taken_out(hidden: str) -> None:
    """Nothing that prints as nothing is left between two letters."""
    assert visible(f"a{hidden}b") == "ab"


def test_smuggled_selectors_do_not_survive_in_a_row() -> None:
    """One selector belongs to an emoji; more of them are a hidden message."""
    assert visible("❤\ufe0f\ufe0f\ufe0e x\ufe0f") == "❤\ufe0f x"


@settings(max_examples=150, deadline=None)
@given(odd_text)
def test_visible_is_idempotent(text: str) -> None:
    """What was cleaned stays as it is, and is in NFC."""
    once = visible(text)
    assert visible(once) == once
    assert unicodedata.is_normalized("NFC", once)


@settings(max_examples=150, deadline=None)
@given(soup)
def test_prose_of_any_soup_has_no_invisible_characters_and_no_stray_space(markup: str) -> None:
    """Whatever comes in, what comes out is folded, visible text; reading it never fails."""
    said = prose(markup, base="https://a.example/")
    assert visible(said.text) == said.text
    assert not re.search(r"[^\S\n]{2}|^\s|\s$|\n{3}| \n|\n ", said.text)
    assert all(link.startswith(("http://", "https://")) for link in said.links)
    assert "\n" not in line(markup)


@settings(max_examples=60, deadline=None)
@given(st.lists(soup, max_size=5))
def test_a_page_keeps_nothing_of_what_was_read_before(texts: list[str]) -> None:
    """Texts read one after the other on one page say what each says alone."""
    page = Page()
    for markup in (*texts, "<p>" + "x" * 210_000, *texts):
        assert prose(markup, base="https://a.example/", page=page) == prose(markup, base="https://a.example/")


def test_ordinary_characters_are_visible_and_compose_with_nothing() -> None:
    """The quick look may let pass only what the slow one would not touch."""
    every = [chr(code) for code in range(0x30000) if not 0xD800 <= code < 0xE000]
    letters = [character for character in every if ordinary(character)]
    assert len(letters) > 30_000
    text = "".join(letters)
    assert unicodedata.normalize("NFC", text) == text
    assert not [
        c for c in letters if unicodedata.category(c) in {"Mn", "Me", "Cf", "Cc", "Zl", "Zp", "Cs"} and c != "\n"
    ]
    assert {c for c in letters if c.isspace()} == {" ", "\n"}
    assert not [c for c in letters if unicodedata.normalize("NFC", f"a{c}") != f"a{c}"]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<br>", "<div>", "<li>", "word", " ", "<a href=x>", "<script>q</script>"]))
)
def test_text_of_well_made_markup_is_its_own_text(parts: list[str]) -> None:
    """No markup is left, so reading the text again changes nothing."""
    text = prose("".join(parts)).text
    assert "<" not in text
    assert prose(text).text == text

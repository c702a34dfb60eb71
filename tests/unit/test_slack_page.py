"""The picture of Slack: what a payload looks like, and that nothing of it is taken for markup."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.platforms.slack import payloads
from adapters.platforms.slack.drawing import markdown, mrkdwn
from adapters.platforms.slack.drawing.client_words import printed
from adapters.platforms.slack.drawing.page import page
from adapters.platforms.slack.drawing.scene import (
    Aside,
    Entry,
    Home,
    Opened,
    Replies,
    Scene,
    Shown,
    Status,
    Window,
)
from adapters.platforms.slack.drawing.spans import Emoji, Instant, Link, Mention, Styled, Words, plain_text
from tests.fakes.slack import installs, seen_picture
from tests.fakes.slack.world import Status as Waiting
from tests.fakes.slack.world import View, World

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
VOID = {"meta", "hr", "br", "path", "rect", "circle"}
EVIL = '"><script>alert(1)</script><b onclick="x">'


class Structure(HTMLParser):
    """Checks that elements are closed in order, and collects what is in them."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        assert tag != "a" or "a" not in self.open
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of each element of a name."""
        return [attributes for name, attributes in self.found if name == tag]

    def of_class(self, name: str) -> list[tuple[str, dict[str, str | None]]]:
        """The elements of a class, which may have others."""
        return [one for one in self.found if name in (one[1].get("class") or "").split()]


def shown(*blocks: object, **more: object) -> Shown:
    """A message of ours with some blocks."""
    return Shown("Counterpoint", {"text": "", "blocks": list(blocks)}, NOON, **more)  # type: ignore[arg-type]


def taken_apart(written: str) -> Structure:
    """A page as its elements, all of them closed."""
    structure = Structure()
    structure.feed(written)
    assert structure.open == []
    return structure


def drawn(*entries: Entry, **more: object) -> Structure:
    """The page of a scene, taken apart."""
    return taken_apart(page(Scene("harbour", entries, **more), title="A look"))  # type: ignore[arg-type]


def words(structure: Structure) -> str:
    """What stands on a page, after its title, its heading and the name of the channel."""
    return " ".join(" ".join(structure.words).split())


# ---------------------------------------------------------------- mrkdwn


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("*a* b", (Styled("bold", (Words("a"),)), Words(" b"))),
        ("_a_~b~", (Styled("italic", (Words("a"),)), Styled("struck", (Words("b"),)))),
        ("`c*d*` &gt;", (Styled("code", (Words("c*d*"),)), Words(" >"))),
        ("*_a_*", (Styled("bold", (Styled("italic", (Words("a"),)),)),)),
        ("snake_case_name 2*3*4 * a *", (Words("snake_case_name 2*3*4 * a *"),)),
        ("**a** [a](b)", (Words("**a** [a](b)"),)),
        ("&lt;!channel&gt; &amp;lt; &quot;", (Words("<!channel> &lt; &quot;"),)),
        ("<!channel><!here|x>", (Mention("everyone", "channel"), Mention("everyone", "here"))),
        ("<@U1> <#C1|keepers>", (Mention("person", "U1"), Words(" "), Mention("channel", "C1", "keepers"))),
        ("<!subteam^S1|@wardens>", (Mention("group", "S1", "wardens"),)),
        ("<https://a.example/?a&amp;b|*T*>", (Link("https://a.example/?a&b", (Styled("bold", (Words("T"),)),)),)),
        ("<https://a.example>", (Link("https://a.example", (Words("https://a.example"),)),)),
        ("<mailto:a@b.example|write>", (Link("mailto:a@b.example", (Words("write"),)),)),
        ("<javascript:alert(1)|no>", (Words("<javascript:alert(1)|no>"),)),
        ("at https://a.example.", (Words("at "), Link("https://a.example", (Words("https://a.example"),)), Words("."))),
        (":wave: 10:30:15 :+1:", (Emoji("wave"), Words(" 10:30:15 "), Emoji("+1"))),
        ("<!date^1772712000^{time}|noon>", (Instant(NOON, "{time}"),)),
        ("<!date^1772712000^{time}^https://a.example|noon>", (Instant(NOON, "{time}", "https://a.example"),)),
        ("<!date^never^{time}|noon &amp; on>", (Words("noon & on"),)),
        ("<!unknown|said> <!unknown>", (Words("said <!unknown>"),)),
        ("*open <a", (Words("*open <a"),)),
    ],
)  # fmt: skip
def test_marks_mean_what_they_mean_in_mrkdwn(written, expected):
    """And what means nothing there, such as Markdown, stays as it is written."""
    assert mrkdwn.spans(written, verbatim=True) == expected


def test_lines_of_mrkdwn_are_quotations_or_code_or_text():
    """No headings and no lists; three signs quote all that follows."""
    found = mrkdwn.read("# no\n- no\n&gt; said\n>raw\n\n```a\n*b*```\n&gt;&gt;&gt;one\ntwo")
    expected = ["plain", "plain", "quote", "quote", "blank", "fenced", "fenced", "quote", "quote"]
    assert [line.kind for line in found] == expected


def test_sites_are_links_unless_a_text_says_verbatim():
    """Ours all do."""
    said = "ask a@b.example at www.a.example"
    assert [type(span) for span in mrkdwn.spans(said, verbatim=True)] == [Words]
    assert [span.url for span in mrkdwn.spans(said) if isinstance(span, Link)] == [
        "mailto:a@b.example",
        "http://www.a.example",
    ]


# ---------------------------------------------------------------- Markdown


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("**a** __b__", (Styled("bold", (Words("a"),)), Words(" "), Styled("bold", (Words("b"),)))),
        ("*a* _b_", (Styled("italic", (Words("a"),)), Words(" "), Styled("italic", (Words("b"),)))),
        ("~~c~~", (Styled("struck", (Words("c"),)),)),
        ("[[1]](https://a.example/x)", (Link("https://a.example/x", (Words("[1]"),)),)),
        ("![A lamp](https://a.example/x.png)", (Link("https://a.example/x.png", (Words("A lamp"),)),)),
        (r"\*a\* \[1\] \<@U1>", (Words("*a* [1] <@U1>"),)),
        ("`a*b*` ``c ` d``", (Styled("code", (Words("a*b*"),)), Words(" "), Styled("code", (Words("c ` d"),)))),
        ("[no](javascript:alert(1))", (Words("[no](javascript:alert(1))"),)),
        ("<!channel> <@U1>", (Mention("everyone", "channel"), Words(" "), Mention("person", "U1"))),
        ("&lt;&amp;&copy; :wave:", (Words("<&© "), Emoji("wave"))),
        ("snake_case <b> [open", (Words("snake_case <b> [open"),)),
        ("https://a.example.", (Link("https://a.example", (Words("https://a.example"),)), Words("."))),
    ],
)  # fmt: skip
def test_marks_mean_what_they_mean_in_markdown(written, expected):
    """Mentions and emoji are found, too: what was not escaped is to be seen."""
    assert markdown.spans(written) == expected


def test_lines_of_markdown_are_told_apart():
    """Headings, lists, quotations, rules, code."""
    found = markdown.read("## Title ##\n- one\n2. two\n> said\n---\n\nplain\n#nothing\n```\n**raw**\n```")
    assert [(line.kind, line.number) for line in found] == [
        ("heading", 2),
        ("bullet", 0),
        ("numbered", 2),
        ("quote", 0),
        ("rule", 0),
        ("blank", 0),
        ("plain", 0),
        ("plain", 0),
        ("fenced", 0),
    ]
    assert plain_text(found[0].spans) == "Title"


def test_parts_read_as_text_without_their_marks():
    """Emoji by their names, mentions and instants as they are told to be."""
    spans = mrkdwn.spans("*a* :wave: <https://a.example|b> <@U1>")
    assert plain_text(spans) == "a :wave: b "
    assert plain_text(spans, lambda span: getattr(span, "id", "")) == "a :wave: b U1"


# ---------------------------------------------------------------- hostile texts and payloads


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="*_~|`[]()<>#@!:\\ a1h/.-&;^\n", max_size=100))
def test_no_text_breaks_the_readers_or_the_page(written):
    """Whatever marks are left open, every element is closed, and no word is lost outside of code fences."""
    drawn(shown(payloads.section(written), payloads.markdown(written)))
    for read in (mrkdwn.read, markdown.read):
        said = "".join(plain_text(line.spans, lambda span: getattr(span, "id", "")) for line in read(written))
        if not {"```", "<", "~~~", "]("} & {mark for mark in ("```", "<", "~~~", "](") if mark in written}:
            assert said.count("a") == written.count("a")


def test_marks_inside_of_marks_end_somewhere():
    """Hundreds of opened marks are text, and take no time."""
    for spans in (mrkdwn.spans, markdown.spans):
        assert "a" in plain_text(spans("[<" * 300 + "a"))
        assert "a" in plain_text(spans("*" + "*_" * 200 + "a" + "_*" * 200 + "*"))
        assert "a" in plain_text(spans("*`<" * 200 + "a"))


KEYS = re.findall(
    r"\w+",
    """type text blocks elements element fields options accessory label placeholder url files style positive_button
    initial_option initial_options state values title submit""",
)
KINDS = re.findall(
    r"\w+",
    """section context actions input markdown rich_text rich_text_section rich_text_list header button overflow
    static_select checkboxes plain_text_input feedback_buttons image mrkdwn plain_text link date""",
)
PAYLOADS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from([EVIL, "*a*", "<!here>"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner | st.sampled_from(KINDS), max_size=4)
    ),
    max_leaves=20,
)


@settings(max_examples=60, deadline=None)
@given(PAYLOADS)
@example({"blocks": [{"type": []}, {"type": "actions", "elements": [{"type": {}}]}, {"type": "section", "text": "x"}]})
@example({"blocks": [{"type": "rich_text", "elements": [{"elements": [{"type": "date", "timestamp": "x"}]}]}]})
def test_no_payload_breaks_the_page(payload):
    """What is not as it should be is left out, and nothing of it is an element."""
    broken = payload if isinstance(payload, dict) else {"blocks": payload}
    structure = drawn(Shown("Counterpoint", broken, NOON), Window(broken), Home(broken))
    assert structure.all("script") == []
    assert not any("onclick" in attributes for _, attributes in structure.found)


def test_every_word_of_a_payload_is_text_on_the_page():
    """Names, labels, placeholders, hints, addresses: none of them can open an element."""
    option = payloads.option(EVIL, "v", about=EVIL)
    structure = drawn(
        Shown(EVIL, {"text": f"*{EVIL}*\n> {EVIL}\n`{EVIL}`"}, NOON, is_app=False),
        shown(
            payloads.header(EVIL),
            payloads.section(f"<https://a.example/{EVIL}|{EVIL}>", payloads.overflow("b1:go", [option])),
            payloads.markdown(f"# {EVIL}\n[{EVIL}](https://a.example/{EVIL.replace(')', '').replace('(', '')})"),
            payloads.actions(payloads.button(EVIL, "v", said=EVIL), payloads.link(EVIL, "javascript:alert(1)")),
            payloads.picture("https://a.example/x.png", EVIL),
            {"type": EVIL},
            url=f"https://a.slack.com/archives/{EVIL.replace('/', '')}/p1",
        ),
        Status(EVIL),
        Aside(EVIL),
        Window(payloads.modal(EVIL, payloads.field(EVIL, payloads.text_input("q", text=EVIL), block="q"), close=EVIL)),
        caption=EVIL,
        names={"C1": EVIL},
    )
    assert structure.all("script") == []
    assert all(set(attributes) <= {"class"} for attributes in structure.all("b"))
    assert all(str(link["href"]).startswith("https://a.example/") for link in structure.all("a") if "href" in link)
    assert all(link["rel"] == "noopener noreferrer nofollow" for link in structure.all("a"))


def test_what_was_not_escaped_shows_as_a_ping_or_a_link():
    """Whoever looks at the picture sees what Slack would have done with it."""
    structure = drawn(shown(payloads.section("hello <!channel>"), payloads.section("hello &lt;!channel&gt;")))
    assert len(structure.of_class("mention")) == 1
    assert "@channel" in words(structure)
    assert "<!channel>" in words(structure)


# ---------------------------------------------------------------- times


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("{date_num} {time}", "2026-03-05 12:00"),
        ("{date_slash} at {time_secs}", "03/05/2026 at 12:00:00"),
        ("{date}", "March 5th, 2026"),
        ("{date_short}", "Mar 5, 2026"),
        ("{date_long}", "Thursday, March 5th, 2026"),
        ("{date_pretty} or {date_short_pretty}", "Today or today"),
        ("{ago} {unknown}", "0 minutes ago {unknown}"),
    ],
)
def test_instants_are_printed_as_the_client_does(form, expected):
    """What is no token stays."""
    assert printed(NOON, form, NOON) == expected


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(-1, "1 hour ago"), (-30, "1 day ago"), (24 * 15, "2 weeks from now"), (-24 * 70, "2 months ago")],
)
def test_distances_are_told_in_the_largest_unit(hours, expected):
    """Rounded down."""
    assert printed(NOON + timedelta(hours=hours), "{ago}", NOON) == expected


def test_instants_are_in_the_readers_zone():
    """Five hours east, noon is at 17:00, also in the heads of messages."""
    east = timezone(timedelta(hours=5))
    said = words(drawn(shown(payloads.section("<!date^1772712000^it is {time}|?>")), zone=east))
    assert said.endswith("APP 17:00 it is 17:00")


# ---------------------------------------------------------------- each block once


def test_texts_stand_where_they_were_put():
    """Heading, section with two columns and something beside it, small print, Markdown, a line."""
    fields = {"type": "section", "fields": [payloads.mrkdwn("*left*"), payloads.plain("*right*")]}
    structure = drawn(
        shown(
            payloads.header("A title *here*"),
            payloads.section("A *lede*", payloads.button("Beside", "b1:x", said="Beside the lede")),
            fields,
            payloads.context("small", "print"),
            payloads.divider(),
            payloads.markdown("- one [[1]](https://a.example)\n3. three"),
        )
    )
    assert "A title *here* A lede Beside left *right* small print one [1] three" in words(structure)
    assert [button["aria-label"] for button in structure.all("button")] == ["Beside the lede"]
    assert structure.all("ol") == [{"start": "3"}]
    assert [link["class"] for link in structure.all("a")] == ["number"]
    assert len(structure.all("hr")) == 1


def test_menus_unfold_and_the_named_one_stands_open():
    """Three dots say what they are; a select shows what is chosen, else what to choose."""
    options = [payloads.option("One", "1", about="First"), payloads.option("Two", "2")]
    message = shown(
        payloads.section("1. a story", payloads.overflow("b1:go", options, n=1)),
        payloads.actions(
            payloads.select("b1:pas", "Choose", options),
            payloads.select("b1:src", "Choose", options, chosen="2"),
        ),
        open_menu="b1:go:1",
    )
    structure = drawn(message)
    assert ["open" in details for details in structure.all("details")] == [True, False, False]
    assert structure.all("summary")[0]["aria-label"] == "More actions"
    assert "⋯ One Two Choose One First Two Two One First Two" in words(structure)


def test_buttons_look_like_what_they_do():
    """Primary, dangerous, others; one that leads somewhere is a link; feedback is two signs with words."""
    danger = {**payloads.button("Forget", "b1:x"), "style": "danger"}
    structure = drawn(
        shown(
            payloads.actions(payloads.button("Ask", "b1:ask", primary=True), danger, payloads.button("Save", "b1:s")),
            payloads.actions(payloads.link("Go to it", "https://a.example")),
            payloads.context_actions(
                payloads.feedback("b1:useful", ("Useful", "It was"), ("Not", "It was not"), ("y", "n"))
            ),
        )
    )
    names = [button.get("class") for button in structure.all("button")]
    assert names == ["button primary", "button danger", "button", None, None]
    assert [link["href"] for link in structure.all("a")] == ["https://a.example"]
    assert [button["aria-label"] for button in structure.all("button")[3:]] == ["It was", "It was not"]


def test_forms_show_what_was_entered_else_what_they_began_with():
    """Fields of every kind, hints, what is optional; the state that Slack gives wins."""
    options = [payloads.option("Yes", "y"), payloads.option("No", "n")]
    view = payloads.modal(
        "Set up",
        payloads.field("Channel", payloads.channels("c", "Which", chosen="C1"), block="c", about="Invite me first"),
        payloads.field("Morning", payloads.time_of_day("t", "When", chosen="07:30"), block="t"),
        payloads.field("Day", payloads.searched("d", "Which day"), block="d"),
        payloads.field("Why", payloads.text_input("q", hint="In a few words", lines=True), block="q", optional=True),
        payloads.field("Audio", payloads.radio("r", options, chosen="y"), block="r"),
        payloads.field("Days", payloads.checkboxes("w", options, chosen=["n"]), block="w"),
        {"type": "input", "label": payloads.plain("None"), "element": {"type": "range"}},
        payloads.field("Zone", payloads.searched("z", "Search"), block="z"),
        close="Cancel",
        submit="Save",
    )
    entered = {"q": {payloads.action("q"): {"type": "plain_text_input", "value": "Because"}}}
    structure = drawn(Window({**view, "state": {"values": entered}}), names={"C1": "keepers"})
    said = words(structure)
    for part in (
        "Channel keepers Invite me first",
        "07:30",
        "Which day",
        "Why (optional) Because",
        "Search Cancel Save",
    ):
        assert part in said
    assert [item["aria-checked"] for item in structure.all("li")] == ["true", "false", "false", "true"]
    assert [div["aria-label"] for div in structure.all("div") if div.get("role") == "dialog"] == ["Set up"]
    assert len(structure.of_class("tall")) == 1


def test_pictures_are_their_descriptions():
    """Nothing is fetched: a block, beside a section, in small print."""
    picture = {"type": "image", "image_url": "https://a.example/x.png", "alt_text": "A time line"}
    told = shown(
        {**picture, "title": payloads.plain("Shape")},
        payloads.section("beside", picture),
        {"type": "context", "elements": [picture, payloads.mrkdwn("by us")]},
    )
    structure = drawn(told)
    assert [one["aria-label"] for _, one in structure.found if one.get("role") == "img"] == ["A time line"] * 3
    assert structure.all("img") == []


def test_what_people_write_is_rich_text():
    """Styles, lists, mentions, links, dates, as objects."""
    elements = [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "bold", "style": {"bold": True, "code": True}},
                {"type": "user", "user_id": "U1"},
                {"type": "usergroup", "usergroup_id": "S1"},
                {"type": "channel", "channel_id": "C1"},
                {"type": "broadcast", "range": "here"},
                {"type": "emoji", "name": "wave"},
                {"type": "link", "url": "https://a.example", "text": "site"},
                {"type": "date", "timestamp": 1772712000, "format": "{time}", "fallback": "noon"},
                {"type": "date", "timestamp": "x", "format": "{time}", "fallback": "later"},
            ],
        },
        {"type": "rich_text_list", "style": "ordered", "elements": [{"elements": [{"type": "text", "text": "one"}]}]},
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "said"}]},
    ]
    structure = drawn(shown({"type": "rich_text", "elements": elements}), names={"U1": "Nell", "C1": "keepers"})
    assert words(structure).endswith("bold @Nell @S1 #keepers @here :wave: site 12:00 later one said")
    assert len(structure.all("strong")) == len(structure.all("code")) == len(structure.all("ol")) == 1


def test_a_sign_in_plain_text_is_one_where_it_says_so():
    """Ours never do."""
    texts = [
        payloads.header(":wave: hello"),
        {"type": "header", "text": {"type": "plain_text", "text": ":wave: hello"}},
    ]
    assert len(drawn(shown(*texts)).of_class("emoji")) == 1


# ---------------------------------------------------------------- what stands around messages


def test_what_stands_around_a_message_is_shown():
    """Who, when, that it is private, edited or still written, its files, the thread under it."""
    file = {"name": "a.mp3", "title": "Listen", "alt_txt": "Seven minutes"}
    structure = drawn(
        Shown("Nell", {"text": "hello", "files": [file]}, NOON, is_app=False, edited=True, thread=Opened(1, NOON)),
        shown(payloads.markdown("so far"), private=True, writing=True),
        Replies(2),
        Status("Counterpoint is looking"),
        Aside("Nell presses"),
    )
    said = words(structure)
    assert "Nell 12:00 hello Listen Seven minutes (edited) 1 reply Last reply today at 12:00" in said
    assert "Only visible to you Counterpoint APP 12:00 so far still writing 2 replies" in said
    assert [one.get("role") for _, one in structure.of_class("status")] == ["status"]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("channel", "harbour"),
        ("thread", "Thread harbour"),
        ("direct", "harbour Home Messages About"),
        ("home", "harbour Home Messages About"),
    ],
)
def test_each_pane_says_what_it_is(kind, said):
    """In its bar, and to who cannot see it."""
    structure = drawn(kind=kind)
    assert words(structure).endswith(f"A look {said}")
    assert structure.all("section") == [{"lang": "en", "aria-label": f"harbour ({kind})"}]


def test_the_page_stands_alone_and_has_landmarks():
    """Nothing is fetched, nothing runs: no script, no picture or font from elsewhere, and a policy that says so."""
    written = page([Scene("harbour", (shown(payloads.section("<https://a.example|a>")),))], title="A look", intro="Why")
    structure = taken_apart(written)
    policy = [meta["content"] for meta in structure.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]
    assert not {"script", "img", "link", "iframe"} & {tag for tag, _ in structure.found}
    assert "url(" not in written
    assert "@import" not in written
    assert {"main", "header", "section", "article", "h1"} <= {tag for tag, _ in structure.found}
    assert structure.all("html") == [{"lang": "en"}]


def test_a_link_to_a_message_leads_to_where_it_stands_on_the_page():
    """Never to the real Slack; an address of another site that looks alike does lead there."""
    address = "https://harbour.slack.com/archives/C1/p1772712000000100?thread_ts=1.0&cid=C1"
    other = "https://slack.example/archives/C1/p1772712000000100"
    structure = drawn(
        replace(shown(payloads.section("a story")), url=address),
        shown(payloads.section(f"<{address.replace('&', '&amp;')}|story 1> <{other}|other>")),
    )
    assert [link["href"] for link in structure.all("a")] == ["#at-c1-1772712000000100", other]
    assert [one.get("id") for one in structure.all("article")] == ["at-c1-1772712000000100", None]


def test_what_stands_in_a_link_is_part_of_it():
    """An address, a style with one, a date that would lead elsewhere: the outer link wins, as in any browser."""
    inside = "[**https://b.example** <!date^1772712000^{time}^https://c.example|x>](https://a.example)"
    structure = drawn(shown(payloads.markdown(inside)))
    assert [link["href"] for link in structure.all("a")] == ["https://a.example"]
    assert words(structure).endswith("https://b.example 12:00")


# ---------------------------------------------------------------- of the fake


def test_what_was_received_can_be_looked_at():
    """A channel with its thread; who is not in it sees nothing."""
    world = World()
    harbour = world.add_team("Harbour")
    installs.install(world, harbour, None, None)
    keepers = world.add_channel(harbour, "keepers", private=True)
    mira, other = world.add_user("Mira", harbour), world.add_user("Ruan", harbour)
    for member in (mira.id, harbour.bot_user):
        world.add_member(keepers, member)
    parent = installs.say_as_bot(world, keepers, {"text": "Morning"})
    installs.say_as_bot(world, keepers, {"text": f"for <@{mira.id}>", "thread_ts": parent.ts})
    said = words(taken_apart(seen_picture.picture(world, keepers, mira)))
    assert "1 reply" in said
    assert "@Mira" in said
    assert "Morning" in words(taken_apart(seen_picture.picture(world, parent, mira)))
    assert "Morning" not in words(taken_apart(seen_picture.picture(world, keepers, other)))


def test_views_and_waiting_can_be_looked_at():
    """A window and App Home for whose they are; the line under a thread, in direct messages, too."""
    world = World()
    harbour = world.add_team("Harbour")
    installs.install(world, harbour, None, None)
    mira, other = world.add_user("Mira", harbour), world.add_user("Ruan", harbour)
    window = payloads.modal("Sources", payloads.section("a passage"), close="Close")
    home = payloads.home(payloads.header("Next edition"))
    for kind, payload, said in (("modal", window, "Sources a passage Close"), ("home", home, "Next edition")):
        view = View("V1", harbour.id, mira.id, kind, payload, "hash", "V1")
        assert words(taken_apart(seen_picture.picture(world, view, mira))).endswith(said)
        assert said not in words(taken_apart(seen_picture.picture(world, view, other)))
    talk = world.direct(mira.id)
    asked = installs.say_as_bot(world, talk, {"text": "Ask me"})
    world.statuses[asked.key] = Waiting("is looking into this")
    assert words(taken_apart(seen_picture.picture(world, asked.thread, mira))).endswith("is looking into this")

"""The picture of Discord: what a payload looks like, what it reads like, and that nothing of it is taken for markup."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.platforms.discord.drawing.client_words import printed
from adapters.platforms.discord.drawing.markdown import Instant, Link, Mention, Styled, Words, plain_text, read, spans
from adapters.platforms.discord.drawing.page import page
from adapters.platforms.discord.drawing.scene import Aside, Form, Opened, Quoted, Scene, Shown, as_text
from adapters.wire.elements import address, element

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
VOID = {"meta", "hr", "br", "path", "rect", "circle"}


class Structure(HTMLParser):
    """Checks that elements are closed in order, and collects what is in them."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
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


def text(content: str) -> dict[str, object]:
    """A component that shows text."""
    return {"type": 10, "content": content}


def shown(*components: object, **more: object) -> Shown:
    """A message of ours with some components."""
    return Shown("Counterpoint", {"components": list(components)}, NOON, **more)  # type: ignore[arg-type]


def scene(*entries: Shown | Form | Aside, **more: object) -> Scene:
    """A channel with some messages."""
    return Scene("harbour", entries, **more)  # type: ignore[arg-type]


def drawn(*entries: Shown | Form | Aside, **more: object) -> Structure:
    """The page of a scene, taken apart."""
    structure = Structure()
    structure.feed(page([scene(*entries, **more)], title="A look"))
    assert structure.open == []
    return structure


def read_aloud(*components: object, **more: object) -> list[str]:
    """What a screen reader says of a message, without the lines that say where and who."""
    return as_text(scene(shown(*components), **more)).splitlines()[3:]


# ---------------------------------------------------------------- markdown


def test_lines_are_told_apart_as_discord_does():
    """Headings, small print, quotations, lists; everything else is text."""
    kinds = [
        (line.kind, line.number)
        for line in read("## Title\n-# small\n> said\n- one\n2. two\n\nplain\n#nothing\n```\n**raw**\n```")
    ]
    assert kinds == [
        ("heading", 2),
        ("small", 0),
        ("quote", 0),
        ("bullet", 0),
        ("numbered", 2),
        ("blank", 0),
        ("plain", 0),
        ("plain", 0),
        ("fenced", 0),
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("**a** b", (Styled("bold", (Words("a"),)), Words(" b"))),
        ("*a* _b_", (Styled("italic", (Words("a"),)), Words(" "), Styled("italic", (Words("b"),)))),
        ("__a__~~b~~", (Styled("underline", (Words("a"),)), Styled("struck", (Words("b"),)))),
        ("||a||", (Styled("spoiler", (Words("a"),)),)),
        ("`a*b*`", (Styled("code", (Words("a*b*"),)),)),
        ("``a ` b``", (Styled("code", (Words("a ` b"),)),)),
        (r"\*a\* \[1\]", (Words("*a* [1]"),)),
        ("snake_case_name 2*3*4", (Words("snake_case_name 2"), Styled("italic", (Words("3"),)), Words("4"))),
        ("[[1]](https://a.example/x)", (Link("https://a.example/x", (Words("[1]"),)),)),
        (r"[\[1\]](<https://a.example/x>)", (Link("https://a.example/x", (Words("[1]"),)),)),
        ("[**T**](https://a.example/(x))", (Link("https://a.example/(x)", (Styled("bold", (Words("T"),)),)),)),
        ("[no](javascript:alert(1))", (Words("[no](javascript:alert(1))"),)),
        ("[open", (Words("[open"),)),
        ("at https://a.example.", (Words("at "), Link("https://a.example", (Words("https://a.example"),)), Words("."))),
        ("<https://a.example>", (Link("https://a.example", (Words("https://a.example"),)),)),
        ("<#1><@&2><@3>", (Mention("channel", "1"), Mention("role", "2"), Mention("person", "3"))),
        ("</brief settings:7>", (Mention("command", "brief settings"),)),
        ("@everyone", (Mention("everyone", "everyone"),)),
        ("<t:1772712000:D>", (Instant(NOON, "D"),)),
        ("<t:999999999999>", (Words("<t:999999999999>"),)),
        ("**open", (Words("**open"),)),
    ],
)
def test_marks_mean_what_they_mean_on_discord(written, expected):
    """And what means nothing there stays as it is written."""
    assert spans(written) == expected


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="*_~|`[]()<>#@:\\ a1h/.-\n", max_size=120))
def test_no_text_breaks_the_reader_or_the_page(written):
    """Whatever marks are left open, every element is closed and nothing is lost but marks."""
    drawn(shown(text(written)))
    if "```" not in written:
        said = "".join(plain_text(line.spans, lambda span: getattr(span, "id", "")) for line in read(written))
        assert said.count("a") == written.count("a")


KEYS = [
    "type",
    "components",
    "content",
    "options",
    "items",
    "accessory",
    "component",
    "label",
    "url",
    "file",
    "accent_color",
    "attachments",
]
KINDS = st.sampled_from([1, 2, 3, 9, 10, 12, 13, 14, 17, 18, 21])
PAYLOADS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner | KINDS, max_size=4),
    max_leaves=20,
)


@settings(max_examples=60, deadline=None)
@given(PAYLOADS)
@example({"components": [{"type": []}, {"type": 2, "style": {}}, {"type": 17, "accent_color": True}]})
def test_no_payload_breaks_the_page(payload):
    """What is not as it should be is left out."""
    broken = Shown("Counterpoint", payload if isinstance(payload, dict) else {"components": payload}, NOON)
    drawn(broken)
    assert as_text(scene(broken))


def test_marks_inside_of_marks_end_somewhere():
    """A hundred opened brackets are text, and take no time."""
    assert plain_text(spans("[" * 2000 + "a")).endswith("a")
    assert "a" in plain_text(spans("**" + "*_" * 300 + "a" + "_*" * 300 + "**"))


# ---------------------------------------------------------------- times


@pytest.mark.parametrize(
    ("form", "english", "russian"),
    [
        ("t", "12:00", "12:00"),
        ("T", "12:00:00", "12:00:00"),
        ("d", "05/03/2026", "05.03.2026"),
        ("D", "5 March 2026", "5 марта 2026 г."),
        ("f", "5 March 2026 at 12:00", "5 марта 2026 г. в 12:00"),
        ("F", "Thursday, 5 March 2026 at 12:00", "четверг, 5 марта 2026 г. в 12:00"),
        ("s", "05/03/2026, 12:00", "05.03.2026, 12:00"),
        ("S", "05/03/2026, 12:00:00", "05.03.2026, 12:00:00"),
    ],
)
def test_instants_are_printed_as_the_client_does(form, english, russian):
    """In the reader's language."""
    assert printed(NOON, form, "en", NOON) == english
    assert printed(NOON, form, "ru", NOON) == russian


@pytest.mark.parametrize(
    ("minutes", "english", "russian"),
    [
        (-1, "1 minute ago", "1 минуту назад"),
        (-22, "22 minutes ago", "22 минуты назад"),
        (21 * 60, "in 21 hours", "через 21 час"),
        (-5 * 24 * 60, "5 days ago", "5 дней назад"),
        (12 * 24 * 60, "in 12 days", "через 12 дней"),
    ],
)
def test_relative_times_follow_the_plural_of_the_language(minutes, english, russian):
    """1, 21 and 22 are not alike in Russian."""
    at = NOON + timedelta(minutes=minutes)
    assert printed(at, "R", "en-GB", NOON) == english
    assert printed(at, "R", "ru", NOON) == russian


def test_instants_are_in_the_readers_zone():
    """Five hours east, noon is at 17:00, also in the heads of messages."""
    east = timezone(timedelta(hours=5))
    assert "Counterpoint, APP, 17:00" in as_text(scene(shown(), zone=east))
    assert read_aloud(text("<t:1772712000:t>"), zone=east) == ["17:00"]


# ---------------------------------------------------------------- read aloud


def test_a_message_reads_in_order_and_says_what_can_be_done():
    """Kinds of things are words; a link says that it is one, a disabled button that it is."""
    container = {
        "type": 17,
        "accent_color": 0xE0A23B,
        "components": [
            text("-# Desk\n## A title\n> said\n- one [[1]](https://a.example)\n2. two"),
            {"type": 14, "divider": True},
            {"type": 14, "divider": False},
            {
                "type": 1,
                "components": [
                    {
                        "type": 3,
                        "custom_id": "s",
                        "placeholder": "Choose",
                        "options": [{"label": "One", "value": "1", "description": "First"}],
                    }
                ],
            },
            {
                "type": 1,
                "components": [
                    {"type": 2, "style": 1, "label": "Ask", "custom_id": "a"},
                    {"type": 2, "style": 2, "label": "Save", "custom_id": "b", "disabled": True},
                    {"type": 2, "style": 5, "label": "Go to it", "url": "https://a.example"},
                ],
            },
        ],
    }
    assert read_aloud(container) == [
        "Desk",
        "A title (heading 2)",
        "> said",
        "• one [1]",
        "2. two",
        "―",
        "Choose (menu)",
        "- One: First",
        "[Ask] (button)",
        "[Save] (button, disabled)",
        "[Go to it] (link)",
    ]


def test_pictures_files_and_fields_are_told():
    """By their descriptions and labels."""
    assert read_aloud(
        {"type": 9, "components": [text("told")], "accessory": {"type": 11, "description": "A lamp"}},
        {"type": 12, "items": [{"description": "A time line"}, 3]},
        {"type": 13, "file": {"url": "attachment://list.opml"}},
        {
            "type": 18,
            "label": "Question",
            "description": "In your words",
            "component": {"type": 4, "placeholder": "What"},
        },
        {"type": 21, "options": [{"label": "Yes", "default": True}, {"label": "No"}]},
        {"type": 23, "label": "Remember", "default": True},
        {"type": 19},
    ) == [
        "told",
        "(image) A lamp",
        "(image) A time line",
        "(file) list.opml",
        "Question",
        "In your words",
        "What (text field)",
        "Yes (menu)",
        "- Yes",
        "- No",
        "Remember (checkbox, checked)",
        "(file upload)",
    ]


def test_a_classic_message_reads_with_its_files():
    """Text first, then the file, then the buttons."""
    payload = {
        "content": "**Listen** <@7> <#8> </brief now:1>",
        "attachments": [{"filename": "a.mp3", "description": "Seven minutes"}],
        "components": [{"type": 1, "components": [{"type": 2, "label": "Transcript"}]}],
    }
    said = as_text(scene(Shown("Counterpoint", payload, NOON), names={"7": "Nell"})).splitlines()[3:]
    assert said == ["Listen @Nell #8 /brief now", "(file) a.mp3 Seven minutes", "[Transcript] (button)"]


def test_what_stands_around_a_message_is_read_too():
    """What it replies to, the thread under it, that it is private, in the words of the client."""
    message = shown(text("Да."), private=True, reply_to=Quoted("Nell", "why?"), thread=Opened("5 марта", 3))
    said = as_text(scene(message, Aside("Nell presses"), Form({"title": "Ask"}), language="ru"))
    assert said.splitlines() == [
        "harbour (канал)",
        "",
        "Ответ для Nell",
        "Counterpoint, ПРИЛ., 12:00",
        "Да.",
        "5 марта (ветка): Сообщений: 3",
        "Это сообщение видите только вы · Удалить сообщение",
        "",
        "(Nell presses)",
        "",
        "Ask (dialog)",
    ]


# ---------------------------------------------------------------- the page


def test_the_page_stands_alone():
    """Nothing is fetched, nothing runs: no script, no picture or font from elsewhere, and a policy that says so."""
    written = page([scene(shown(text("[a](https://a.example)")))], title="A look")
    structure = Structure()
    structure.feed(written)
    policy = [meta["content"] for meta in structure.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]
    assert not {"script", "img", "link", "iframe"} & {tag for tag, _ in structure.found}
    assert "url(" not in written
    assert "@import" not in written


def test_every_word_of_a_payload_is_text_on_the_page():
    """Names, labels, placeholders, descriptions, addresses: none of them can open an element."""
    evil = '"><script>alert(1)</script><b onclick="x">'
    structure = drawn(
        Shown(
            evil,
            {
                "content": evil,
                "attachments": [{"filename": evil, "description": evil}],
                "components": [
                    text(f"# {evil}\n> {evil}\n`{evil}`\n[{evil}](https://a.example/{evil})"),
                    {"type": 17, "accent_color": 5, "components": [text(evil)]},
                    {"type": 2, "label": evil, "url": f"https://a.example/{evil}"},
                    {"type": 2, "label": evil, "url": "javascript:alert(1)"},
                    {
                        "type": 3,
                        "placeholder": evil,
                        "custom_id": evil,
                        "options": [{"label": evil, "description": evil}],
                    },
                    {"type": 12, "items": [{"description": evil, "media": {"url": "https://a.example/x.png"}}]},
                ],
            },
            NOON,
            reply_to=Quoted(evil, evil),
            thread=Opened(evil, 2),
            open_select=evil,
        ),
        Form(
            {
                "title": evil,
                "components": [{"type": 18, "label": evil, "component": {"type": 4, "style": 2, "value": evil}}],
            }
        ),
        Aside(evil),
        caption=evil,
    )
    assert structure.all("script") == []
    assert all(set(attributes) <= {"class"} for attributes in structure.all("b"))
    links = [link["href"] for link in structure.all("a")]
    assert links
    assert all(str(href).startswith("https://a.example/") for href in links)
    assert all(link["rel"] == "noopener noreferrer nofollow" for link in structure.all("a"))


def test_a_select_is_closed_until_it_is_opened():
    """The one that is named stands open."""
    select = {"type": 3, "custom_id": "b1:go:x", "placeholder": "Go", "options": [{"label": "One", "value": "1"}]}
    closed = drawn(shown(select)).all("details")
    opened = drawn(shown(select, open_select="b1:go:x")).all("details")
    assert ["open" in details for details in (*closed, *opened)] == [False, True]


def test_only_a_container_with_an_accent_shows_one():
    """In its own colour."""
    structure = drawn(shown({"type": 17, "accent_color": 0xE0A23B, "components": []}, {"type": 17, "components": []}))
    boxes = [div for div in structure.all("div") if str(div.get("class")).startswith("box")]
    assert [(box["class"], box.get("style")) for box in boxes] == [("box accent", "--accent:#e0a23b"), ("box", None)]


def test_buttons_look_like_what_they_do():
    """Primary, secondary, red, disabled; one that leads somewhere is a link."""
    leading = {"type": 2, "style": 5, "label": "x", "url": "https://a.example", "disabled": True}
    row = [{"type": 2, "label": "x", "style": style} for style in (1, 2, 3, 4)]
    structure = drawn(shown({"type": 1, "components": [*row, leading]}))
    assert [button["class"] for button in structure.all("button")] == ["primary", "secondary", "go", "red", "secondary"]
    assert ["disabled" in button for button in structure.all("button")] == [False] * 4 + [True]


def test_everything_that_is_read_aloud_stands_on_the_page():
    """Who sees and who hears are told the same words."""
    message = shown(
        text("-# Desk\n## A title\nA lede. [[1]](https://a.example)\n\n__u__ ~~s~~ ||x|| *i* <#4> <t:1772712000:f>"),
        text("```\ncode\n```"),
        {"type": 9, "components": [text("told")], "accessory": {"type": 11, "description": "A lamp"}},
        {"type": 19},
        {"type": 21, "options": [{"label": "Yes"}]},
        {"type": 23, "label": "Remember"},
        {"type": 14, "spacing": 2, "divider": False},
        private=True,
        thread=Opened("5 Mar PM", 1),
    )
    words = " ".join(drawn(message, names={"4": "harbour"}).words)
    for line in as_text(scene(message, names={"4": "harbour"})).splitlines():
        for word in re.findall(r"\w+", re.sub(r"\((heading|channel|thread|checkbox|image|menu|file).*?\)", "", line)):
            assert word in words


def test_a_list_goes_on_where_it_was_split():
    """Numbers are names: the third story is not the first."""
    assert drawn(shown(text("3. three\n4. four"))).all("ol") == [{"start": "3"}]


def test_a_link_to_a_message_leads_to_where_it_stands_on_the_page():
    """By text and by button; never to the real Discord."""
    address_of = "https://discord.com/channels/1/2/3"
    structure = drawn(
        replace(shown(text("a story")), url=address_of),
        shown(
            text(f"see [story 1]({address_of})"),
            {"type": 2, "style": 5, "label": "Go to it", "url": address_of},
        ),
    )
    assert [link["href"] for link in structure.all("a")] == ["#at-1-2-3"] * 2
    assert [article.get("id") for article in structure.all("article")] == ["at-1-2-3", None]


def test_a_number_stays_on_one_line_and_a_linked_title_does_not():
    """A phone is narrow: `[1]` is not broken, `[1] A title` has to be."""
    links = drawn(shown(text("[[1]](https://a.example) [**[1] A title**](https://a.example)"))).all("a")
    assert [link.get("class") for link in links] == ["number", None]


def test_elements_escape_whatever_is_text():
    """What they made themselves stays as it is."""
    assert (
        element("p", "<", element("b", "&"), class_="a", title='"')
        == '<p class="a" title="&quot;">&lt;<b>&amp;</b></p>'
    )


@pytest.mark.parametrize("url", ["javascript:x", "https://", "http://[", None, 4, "//a.example", "data:text/html,x"])
def test_only_addresses_of_the_web_are_addresses(url):
    """A page leads nowhere else."""
    assert address(url) is None

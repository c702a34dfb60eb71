"""What Discord is sent: the shapes of the interface reference, and what is done about what is too long."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from adapters.platforms.discord.rendering import Where, jump, thread_name
from adapters.platforms.discord.rendering.limits import Size, check, faults, measure
from bot.domain.document import Actions, Divider, Entry, Heading, Menu, Option, Paragraph, Points, Quotation, Run, Small
from bot.domain.edition import CitedPassage, Sentence
from bot.domain.message import Answer, EditionCard, Notice, Progress, QuestionPart
from bot.domain.press import pressed
from bot.domain.reply import Action, Reply
from bot.errors import MessageRefused
from tests.fakes.editions import edition as written
from tests.fakes.talk import sample, spoken
from tests.unit.discord_payloads import buttons, links, of_kind, one, shown, texts, tree
from tests.unit.rendering_samples import endless, far, looked_up, phrases, sheet, story

CV2, SILENT, PRIVATE = 32768, 4096, 64
LONG = "https://ada-quill.example/" + "a-long-way-to-say-it-" * 6
"""An address of some 150 characters."""


# ---------------------------------------------------------------- shapes


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (EditionCard(spoken(sample())), "Box{Text, Sep, 2 Text, Row(Select:5), Row(4 Button), Text}"),
        (EditionCard(sample()), "Box{Text, Sep, 2 Text, Row(Select:5), Row(3 Button), Text}"),
        (story(written(), 1), "Box{2 Text, Sep, 2 Text, Sep, 4 Text, Sep, 3 Text, Row(3 Button)}"),
        (story(sample(), 4), "Box{2 Text, Sep, 2 Text, Sep, 2 Text, Row(3 Button)}"),
        (QuestionPart(written()), "Box{Text, Sep, 3 Text, Row(Button)}"),
        (QuestionPart(sample()), "Box{Text, Row(Button)}"),
        (looked_up("sources 1", sample()), "2 Text, Sep, Text, Sep, Text, Sep, Text, Row(Select:4), Row(3 Button)"),
        (looked_up("counter 4", sample()), "Text, Row(Button)"),
        (Progress(3, "en", "harbour-20261120-am-0a1b2c3d"), "Text, Row(Button)"),
        (Notice("It failed. Try again.", (Action("retry", "retry"),), "Error 7F"), "2 Text, Row(Button)"),
        (
            Notice("It is there.", (Action("goto", "list", "https://discord.com/x"), Action("mine", "sources 1:p"))),
            "Text, Row(Link, Button)",
        ),
    ],
)
def test_a_message_has_the_tree_of_the_reference(message, expected):
    """Container for what is published, none for what answers a person."""
    assert tree(one(message, where=Where(private=True))) == expected


def test_what_is_shared_has_nothing_to_press():
    """And says who shared it."""
    payload = one(looked_up("sources 1", sample(), private=False, shared_by="Nell *x*"))
    assert tree(payload) == "2 Text, Sep, Text, Sep, Text, Sep, Text"
    assert texts(payload)[0] == "### Sources of story 1\n-# Shared by Nell \\*x\\*"


def test_an_answer_is_text_sources_and_buttons():
    """As an ordinary message, with two buttons."""
    reply = Reply(
        "answer",
        (Sentence("It stopped.", ("2.2",)),),
        sample().citations,
        actions=(Action("sources", "sources 1"), Action("deeper", "deeper 1")),
    )
    payload = one(Answer(reply, "en", sample()))
    assert tree(payload) == "2 Text, Row(2 Button)"
    assert texts(payload)[1] == "-# From this edition: [[2]\u00a0pilots-union.example](https://pilots-union.example/2)"
    assert [button["custom_id"] for button in buttons(payload)] == [
        "b1:src:harbour-20261120-am-0a1b2c3d:1",
        "b1:deep:harbour-20261120-am-0a1b2c3d:1",
    ]


def test_a_card_reads_as_the_reference_has_it():
    """Every text of it."""
    first, stories, counts, last = texts(one(EditionCard(spoken(sample()))))
    assert first == (
        "-# Harbour · morning edition · <t:1795176000:D>\n## A ferry, a fork, a marsh\n"
        "Five quarrels. [[2]](https://pilots-union.example/2)"
    )
    assert stories.startswith("1. Update: A ferry without a pilot: safe enough at night?\n2. Quill changes")
    assert counts == "-# 15 sources · 15 thinkers · 7:24"
    assert last.startswith("-# Selected from originals, no model.")


def test_a_card_that_is_late_says_so_in_the_readers_zone():
    """Under its title, in the same text."""
    payload = one(EditionCard(sample(), datetime(2026, 3, 5, 7, tzinfo=UTC)))
    assert "-# Late: planned for <t:1772694000:f>.\n" in texts(payload)[0]


def test_flags_say_how_a_message_comes():
    """Only the card of an edition notifies; what is private is private."""
    edition = written()
    assert one(EditionCard(edition))["flags"] == CV2
    assert one(story(edition, 1))["flags"] == CV2 | SILENT
    assert one(QuestionPart(edition))["flags"] == CV2 | SILENT
    assert one(looked_up("list", edition), where=Where(private=True))["flags"] == CV2 | PRIVATE
    assert one(looked_up("list", edition))["flags"] == CV2


@pytest.mark.parametrize("language", ["en", "ru"])
def test_share_is_offered_to_who_alone_sees_it(language):
    """Where the message stands decides, whatever the reply says."""
    message = looked_up("counter 1", sample(), language)
    private, public = one(message, language, Where(private=True)), one(message, language)
    assert buttons(private)[0]["custom_id"] == "b1:share:harbour-20261120-am-0a1b2c3d:ctr.1"
    assert buttons(private)[0]["style"] == 1
    assert not [button for button in buttons(public) if ":share:" in button["custom_id"]]


def test_only_the_role_that_was_chosen_is_mentioned_and_only_by_the_card():
    """Everything else mentions nobody; what is no id of a role is none."""
    edition, where = written(), Where(mention_role="4242")
    card = one(EditionCard(edition), where=where)
    assert card["allowed_mentions"] == {"parse": [], "roles": ["4242"]}
    assert texts(card)[-1].endswith("\n-# <@&4242>")
    assert one(story(edition, 1), where=where)["allowed_mentions"] == {"parse": []}
    for role in (None, "", "everyone", "4242>", "4" * 30):
        assert one(EditionCard(edition), where=Where(mention_role=role))["allowed_mentions"] == {"parse": []}


def test_a_connection_links_to_the_message_once_it_is_known():
    """Until then it is words."""
    edition = written()
    known = one(story(edition, 3), where=Where(stories={1: jump("1", "2", "3")}))
    assert "-# Connects to [story 1](https://discord.com/channels/1/2/3): Here" in texts(known)[-1]
    assert "-# Connects to story 1: Here" in texts(one(story(edition, 3)))[-1]
    assert jump(None, "2", "3") == "https://discord.com/channels/@me/2/3"


def test_payloads_are_plain_json():
    """Nothing in them but what JSON has, and all ids can be read back."""
    for message in (EditionCard(spoken(sample())), story(written(), 1), looked_up("sources", sample())):
        payload = one(message)
        assert json.loads(json.dumps(payload)) == payload
        pressable = [*buttons(payload), *of_kind(payload, 3)]
        assert all(pressed(component["custom_id"]) for component in pressable)


# ---------------------------------------------------------------- sheets


def test_a_heading_takes_what_belongs_to_it():
    """Its first paragraph and its facts; a second paragraph stands apart, a list with what announces it."""
    payload = one(
        sheet(
            Heading((Run("Settings"),), 2),
            Paragraph((Run("One."),)),
            Small((Run("small"),)),
            Paragraph((Run("Two:"),)),
            Points(((Run("a"),), (Run("b"),))),
            Quotation((Run("words"),), (Run("whose"),), (Run("as said"),)),
            Heading((Run("More"),), 2),
        )
    )
    assert texts(payload) == [
        "### Settings\nOne.\n-# small",
        "Two:\n- a\n- b",
        "> words\n> whose\n-# as said",
        "### More",
    ]


def test_buttons_stand_four_in_a_row_and_what_cannot_be_pressed_is_left_out():
    """An id that cannot be made, or stands there already, is no button; a link too long for one is a text."""
    actions = (
        *(Action("sources", f"sources {n}") for n in range(1, 7)),
        Action("sources", "sources 1"),
        Action("who", "who is somebody " + "x" * 90),
        Action("share", "share who is Ada Quill"),
        Action("goto", "list", "https://far.example/" + "x" * 600),
        Action("goto", "list", "mailto:nobody"),
    )
    actions = tuple(action for action in actions if action.key != "who")
    payload = one(sheet(Paragraph((Run("x"),)), Actions(actions)))
    assert tree(payload) == "Text, Row(4 Button), Row(2 Button), Text"
    assert links(payload)[0][0] == "Go to it"


def test_a_primary_button_is_the_first_that_may_be_one():
    """At most one."""
    payload = one(sheet(Actions((Action("stop", "stop"), Action("retry", "retry"), Action("ask", "ask")))))
    assert [button["style"] for button in buttons(payload)] == [2, 1, 2]


def test_empty_blocks_leave_nothing():
    """No empty text, no menu without options, no line before anything."""
    payload = one(
        sheet(
            Divider(),
            Paragraph((Run("\u200b \u202e"),)),
            Heading((Run(" "),)),
            Menu("full", "passage", ()),
            Menu("full", "no such verb", (Option("a", "1"),)),
            Paragraph((Run("left"),)),
        )
    )
    assert tree(payload) == "Text"


# ---------------------------------------------------------------- names


def test_a_thread_is_named_by_date_slot_and_the_first_two_parts_of_the_title():
    """In at most 90 characters; a long second part is left out, a long first one ends with a word."""
    edition = replace(sample(), date=date(2026, 11, 20))
    assert thread_name(edition, phrases()) == "20 Nov 2026, morning: A ferry, a fork"
    assert thread_name(edition, phrases("ru")) == "20 ноя 2026, утро: A ferry, a fork"
    long = replace(edition, title=f"A ferry, {'word ' * 30}")
    assert thread_name(long, phrases()) == "20 Nov 2026, morning: A ferry"
    words = thread_name(replace(edition, title="word " * 40), phrases())
    assert len(words) <= 90
    assert words.endswith("word")
    assert thread_name(replace(edition, title=" \u200b"), phrases()) == "20 Nov 2026, morning"
    assert len(thread_name(replace(edition, title="щ" * 400), phrases())) == 90


# ---------------------------------------------------------------- what is too long


def test_tracking_parameters_go_where_that_makes_it_fit():
    """And stay where nothing is too long; the place in a recording stays in any case."""
    bought = far(written(), "https://ada-quill.example/one?utm_source=" + "x" * 160 + "&n=")
    (payload,) = shown(story(bought, 1))
    assert {url.partition("?")[0] for _, url in links(payload)} == {"https://ada-quill.example/one"}
    assert not [url for _, url in links(payload) if "utm_source" in url]
    little = far(written(), "https://ada-quill.example/one?utm_source=x&n=")
    assert all("utm_source" in url for _, url in links(one(story(little, 1))))


def test_a_story_that_is_too_long_is_two_messages():
    """At its second divider: head, positions and counter view; then the rest with its buttons under a head line."""
    edition = far(written(), LONG)
    first, second = shown(story(edition, 1))
    assert tree(first) == "Box{2 Text, Sep, 2 Text}"
    assert tree(second) == "Box{5 Text, Sep, 3 Text, Row(3 Button)}"
    assert texts(second)[0] == "-# Story 1 of 3, continued"
    assert [payload["flags"] for payload in (first, second)] == [CV2 | SILENT] * 2
    assert all(faults(payload) == [] for payload in (first, second))


def test_a_story_that_is_far_too_long_keeps_every_sentence_and_every_number():
    """However many messages that takes."""
    edition = far(written(), "https://ada-quill.example/" + "x" * 700)
    whole = one(story(written(), 1))
    parts = shown(story(edition, 1))
    assert len(parts) > 2
    numbers = [text for part in parts for text, _ in links(part) if text.endswith("]")]
    assert numbers == [text for text, _ in links(whole) if text.endswith("]")]
    assert tree(parts[-1]).endswith("Row(3 Button)}")
    assert sum(len(buttons(part)) for part in parts) == 3


def test_an_address_that_no_message_can_hold_is_refused_in_words():
    """What stands in the way is named."""
    with pytest.raises(MessageRefused, match=r"characters: \d+, at most 3600"):
        shown(story(far(written(), "https://ada-quill.example/" + "x" * 4000), 1))


def test_a_list_of_sources_that_is_too_long_shows_fewer_passages():
    """Each can be read by itself; none of the sources is missing."""
    edition = sample()
    said = tuple(
        replace(c, passages=(CitedPassage(f"{c.n}.1", "щ" * 1100),)) if c.n <= 4 else c for c in edition.citations
    )
    payload = one(looked_up("sources 1", replace(edition, citations=said)), where=Where(private=True))
    quoted = [text for text in texts(payload) if "\n> " in text]
    assert 0 < len(quoted) < 4
    assert [text for text, _ in links(payload)] == [
        "**[1] Nobody at the wheel**",
        "**[2] Statement on the Petrel trial**",
        "**[3] Tove Lindqvist**",
        "**[4] Council votes on night crossings**",
    ]


def test_a_card_is_always_one_message():
    """Its lede loses its numbers, which stand in the stories; texts nobody could have written are cut at a word."""
    edition = far(sample(), "https://ada-quill.example/" + "x" * 1900)
    card = one(EditionCard(replace(edition, lede_evidence=("1.1", "2.1", "3.1"))))
    assert links(card) == []
    payload = one(EditionCard(endless()))
    assert faults(payload) == []
    assert all(option["label"].endswith("титул") for select in of_kind(payload, 3) for option in select["options"])


def test_a_card_that_is_too_long_keeps_every_line_that_leads_to_a_story():
    """Only numbers of sources go: the titles stay, as words until the stories stand, as links from then on."""
    edition = replace(far(sample(), "https://ada-quill.example/" + "x" * 1900), lede_evidence=("1.1", "2.1", "3.1"))
    titles = [f"{n}. {story.title}" for n, story in enumerate(edition.stories, start=1)]
    listed = texts(one(EditionCard(edition)))[1].replace("Update: ", "").split("\n")
    assert listed == titles
    addresses = {n: jump("1", "2", f"{n}") for n in range(1, 6)}
    card = one(EditionCard(edition), where=Where(stories=addresses))
    assert [url for _, url in links(card)] == list(addresses.values())
    assert len(texts(card)[1].split("\n")) == 5


def test_a_long_answer_goes_on_in_further_messages():
    """Its buttons come last, and no sentence is cut while there are borders between them."""
    lines = tuple(Sentence(f"Sentence {n}: {'word ' * 60}end.", ()) for n in range(30))
    parts = shown(Answer(Reply("answer", lines, actions=(Action("all-stories", "list"),)), "en", sample()))
    assert len(parts) > 2
    said = "\n".join(text for part in parts for text in texts(part))
    assert said.count("end.") == 30
    assert [bool(buttons(part)) for part in parts] == [False] * (len(parts) - 1) + [True]
    assert all(text.startswith("Sentence") for part in parts for text in texts(part))


@pytest.mark.parametrize(
    "block",
    [
        Points(((Run("слово " * 900),),)),
        Points(tuple((Run("слово " * 100),) for _ in range(10))),
        Quotation((Run("слово " * 900),), (Run("whose"),)),
        Heading((Run("слово " * 900),)),
        Small((Run("слово " * 900),)),
        Paragraph((Run("слово " * 400, "bold"), Run("[1]", url="https://a.example"), Run(" слово" * 500))),
    ],
)
def test_one_long_block_is_parted_between_words(block):
    """Whatever it is."""
    parts = shown(sheet(block))
    assert len(parts) > 1
    words = [word for part in parts for text in texts(part) for word in text.split() if "слово" in word]
    assert all(word.strip("*") == "слово" for word in words)


def test_what_cannot_be_parted_is_refused():
    """A numbered list, an entry: nobody could have written them so long."""
    long = (Run("слово " * 900),)
    for block in (Points((long, long), numbered=True), Entry(long, long)):
        with pytest.raises(MessageRefused):
            shown(sheet(block))


# ---------------------------------------------------------------- limits


def text(content: str) -> dict[str, object]:
    return {"type": 10, "content": content}


def test_a_payload_is_measured_as_discord_counts():
    """Nested components, characters of texts, bytes with twelve a text."""
    inside = {
        "type": 9,
        "components": [text("щ")],
        "accessory": {"type": 2, "style": 2, "label": "a", "custom_id": "b"},
    }
    payload = {"components": [{"type": 17, "components": [inside, text("abc")]}]}
    assert measure(payload) == Size(5, 4, 5 + 24)
    assert measure({"content": "щ"}) == Size(0, 1, 2)


@pytest.mark.parametrize(
    ("components", "named"),
    [
        ([text("x")] * 37, "components: 37, at most 36"),
        ([text("x" * 3601)], "characters: 3601, at most 3600"),
        ([text("漢" * 3200)], "bytes: 9612, at most 9500"),
        ([text(" ")], "an empty text"),
        ([{"type": 1, "components": [{"type": 2, "label": "x" * 25, "custom_id": "a"}]}], "label"),
        ([{"type": 1, "components": [{"type": 2, "label": "x", "custom_id": "a" * 91}]}], "at most 90"),
        ([{"type": 1, "components": [{"type": 2, "label": "x", "url": "h" * 513}]}], "address of 'x'"),
        ([{"type": 1, "components": [{"type": 2, "label": "x", "custom_id": str(n)} for n in range(5)]}], "in a row"),
        (
            [{"type": 1, "components": [{"type": 2, "label": "x", "custom_id": "a"}]} for _ in range(2)],
            "the id a stands twice",
        ),
        ([{"type": 3, "custom_id": "a", "placeholder": "x" * 76, "options": []}], "placeholder"),
        ([{"type": 3, "custom_id": "a", "options": [{"label": "x" * 76, "value": "1"}]}], "option"),
        ([{"type": 3, "custom_id": "a", "options": [{"label": "x", "value": "1" * 101}]}], "value of"),
        (
            [{"type": 3, "custom_id": "a", "options": [{"label": "x", "value": "1", "description": "x" * 76}]}],
            "description of",
        ),
        ([{"type": 3, "custom_id": "a", "options": [{"label": "x", "value": "1"}] * 26}], "options: 26"),
    ],
)
def test_what_is_above_a_budget_is_named(components, named):
    """Everything of it, in one refusal."""
    with pytest.raises(MessageRefused) as refused:
        check({"components": components})
    assert named in str(refused.value)


def test_an_id_may_carry_the_key_of_the_ledger_beyond_its_budget():
    """What the ledger adds counts for Discord's own limit only."""
    button = {"type": 2, "label": "x", "custom_id": f"b1:src:{'e' * 48}:2:k{'0' * 24}"}
    check({"components": [{"type": 1, "components": [button]}]})


def test_a_classic_text_has_its_own_budget():
    """Of messages that carry a file."""
    check({"content": "x" * 1900})
    with pytest.raises(MessageRefused, match="plain text: 1901"):
        check({"content": "x" * 1901})

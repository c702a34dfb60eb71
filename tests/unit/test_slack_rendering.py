"""What Slack is sent: the shapes of the interface reference, and what is done about what is too long."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.platforms.slack import payloads
from adapters.platforms.slack.payloads import Json, Payload, View
from adapters.platforms.slack.rendering import (
    Where,
    loading,
    modal,
    permalink,
    render,
    streamed,
    summary,
)
from adapters.platforms.slack.rendering.limits import Size, check, faults, measure
from bot.domain.document import (
    Actions,
    Divider,
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
from bot.domain.edition import CitedPassage, Edition, Sentence
from bot.domain.message import Answer, EditionCard, Notice, Progress, QuestionPart, StoryPart
from bot.domain.press import pressed
from bot.domain.reply import Action, Reply
from bot.errors import MessageRefused
from tests.fakes.editions import edition as written
from tests.fakes.talk import sample, spoken
from tests.unit.rendering_samples import endless, far, looked_up, phrases, sheet, story
from tests.unit.slack_payloads import buttons, links, of_kind, one, shown, texts, tree, values, window

LONG = "https://ada-quill.example/" + "a-long-way-to-say-it-" * 20
"""An address of some 450 characters."""
HARBOUR = "https://harbour.slack.com/"
AT = datetime(2026, 3, 5, 7, tzinfo=UTC)
STAMP = int(AT.timestamp())


def answer(*actions: Action, kind="answer") -> Answer:
    """It stopped, as source 2 says."""
    return Answer(
        Reply(kind, (Sentence("It stopped.", ("2.2",)),), sample().citations, actions=actions), "en", sample()
    )


# ---------------------------------------------------------------- shapes

REFUSAL = Reply(
    "refusal",
    (
        Sentence("Not in this edition. None of its 15 sources says it.", ()),
        Sentence("The nearest passages:", ()),
        Sentence("“It stopped.”", ("2.2",)),
        Sentence("“It went on.”", ("3.1",)),
    ),
    sample().citations,
    actions=(Action("find", "find"),),
)
STORY = (
    "context, header, section, context, divider, 2 markdown, divider, 4 markdown, divider, 2 markdown, "
    "2 context, actions(3 button)"
)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            EditionCard(spoken(sample())),
            "context, header, section, divider, 5 section+overflow, context, actions(4 button), context",
        ),
        (
            EditionCard(sample(), AT),
            "context, header, context, section, divider, 5 section+overflow, context, actions(3 button), context",
        ),
        (
            story(written(), 1),
            STORY,
        ),
        (QuestionPart(written()), "context, section, divider, section, 2 context"),
        (QuestionPart(sample()), "context"),
        (
            answer(Action("sources", "sources 1"), Action("deeper", "deeper 1")),
            "markdown, context, actions(2 button), context_actions",
        ),
        (Answer(REFUSAL, "en", sample()), "markdown, context, actions(button)"),
        (
            Notice("It failed. Try again.", (Action("retry", "retry"),), "Error 7F", "e"),
            "section, context, actions(button)",
        ),
        (Progress(3, "en", "harbour-20261120-am-0a1b2c3d"), "section, actions(button)"),
    ],
)
def test_a_message_has_the_tree_of_the_reference(message, expected):
    """Block for block."""
    assert tree(one(message)) == expected


@pytest.mark.parametrize(
    ("message", "title", "expected"),
    [
        (
            looked_up("sources 1", sample()),
            "Sources of story 1",
            f"{'context, section+button, ' * 4}context, divider, actions(2 button)",
        ),
        (looked_up("why 1", sample()), "Why story 1 is here", "context, 4 section, context, actions(button)"),
        (looked_up("counter", sample()), "Counter views", "context, 2 section, context"),
        (
            looked_up("sources", sample()),
            "Sources of this edition",
            "context, section, actions(static_select), context, actions(button)",
        ),
        (
            EditionCard(sample()),
            "Harbour",
            "2 context, header, section, divider, section, context, actions(static_select)",
        ),
        (sheet(Heading((Run("Status"),), 2), Paragraph((Run("Well."),))), "Status", "context, section"),
        (sheet(Heading((Run("x" * 25),), 2), Paragraph((Run("Well."),))), "Counterpoint", "context, 2 section"),
        (Notice("It failed."), "Counterpoint", "context, section"),
    ],
)
def test_a_window_has_the_tree_of_the_reference(message, title, expected):
    """Its heading becomes its title where that is short enough."""
    view = window(message)
    assert view["title"]["text"] == title
    assert tree(view) == expected


def test_the_preview_of_set_up_is_what_was_saved_and_the_card_whose_stories_can_be_read():
    """As after set-up: only you, saved, a line, the card without its buttons, a menu of stories; others' below."""
    press = payloads.actions(payloads.button("Post this one now", "b1:post:e"))
    view = window(EditionCard(sample()), title="Preview", above=[payloads.section("*Saved.*")], below=[press])
    expected = "context, section, divider, context, header, section, divider, section, context, "
    assert tree(view) == expected + "actions(static_select), actions(button)"
    assert [value for value in values(view) if ":go:" in value][-1].endswith(":5")
    assert view["title"]["text"] == "Preview"
    assert texts(view)[4].startswith("1. Update: A ferry without a pilot")
    assert texts(view)[4].count("\n") == 4


def test_a_window_carries_what_its_opener_gives_it():
    """Metadata; and its own title, beside a heading that then stays."""
    view = modal(looked_up("counter 1", sample()), phrases(), Where(), title="Look", metadata="C1/1.2")
    assert view["private_metadata"] == "C1/1.2"
    assert view["callback_id"] == "b1:share:harbour-20261120-am-0a1b2c3d:ctr.1"
    assert view["submit"]["text"] == "Post in thread"
    assert "*Counter view on story 1*" in texts(view)
    assert not [value for value in values(view) if ":share:" in value]


def test_what_a_source_says_is_one_press_away():
    """Title as a link, words, the button for all of it; who, where and when below, in the reader's zone."""
    view = window(looked_up("sources 1", sample()))
    first, facts = view["blocks"][1], view["blocks"][2]
    assert first["text"]["text"].startswith(
        "*<https://ilka-morrow.example/1|[1] Nobody at the wheel>*\n> “The driverless"
    )
    assert first["accessory"]["value"] == "b1:pas:harbour-20261120-am-0a1b2c3d:1"
    assert first["accessory"]["accessibility_label"] == "Full passage of source 1"
    assert "<!date^1795136700^{date_short} at {time}|20 Nov 01:05 UTC>" in facts["elements"][0]["text"]


def test_the_first_line_of_a_window_holds_the_facts_too():
    """`Only you see this. 4 of the 15 sources in this edition.`."""
    assert texts(window(looked_up("sources 1", sample())))[0].startswith(
        "Only you see this. 4 of the 15 sources in this edition."
    )
    assert texts(window(looked_up("sources 1", sample(), "ru"), "ru"))[0].startswith("Видите только вы. 4 из ")


def test_what_is_shared_has_nothing_to_press():
    """And says who shared it."""
    payload = one(looked_up("sources 1", sample(), private=False, shared_by="Nell *x*"))
    assert buttons(payload) == []
    assert texts(payload)[:2] == ["*Sources of story 1*", "Shared by Nell ∗x∗"]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_share_is_offered_to_who_alone_sees_it(language):
    """Where the message stands decides, whatever the reply says."""
    message = looked_up("counter 1", sample(), language)
    private, public = one(message, language, Where(private=True)), one(message, language)
    assert buttons(private)[0]["value"] == "b1:share:harbour-20261120-am-0a1b2c3d:ctr.1"
    assert buttons(private)[0]["style"] == "primary"
    assert buttons(private)[0]["text"]["text"] == phrases(language).say("post")
    assert not [value for value in values(public) if ":share:" in value]


def test_a_card_that_is_late_says_so_in_the_readers_zone():
    """Under its title; what prints no dates prints UTC, or the zone of the one reader."""
    message = EditionCard(sample(), AT)
    assert texts(one(message))[1] == f"Late: planned for <!date^{STAMP}^{{date_short}} at {{time}}|5 Mar 07:00 UTC>."
    berlin = one(message, "ru", Where(zone="Europe/Berlin"))
    assert f"<!date^{STAMP}^{{date_num}} в {{time}}|5 мар 2026 в 08:00>" in texts(berlin)[1]
    for zone in ("Nowhere/Else", "../etc", ""):
        assert "|5 Mar 07:00 UTC>" in texts(one(message, where=Where(zone=zone)))[1]


def test_in_a_language_that_clients_do_not_speak_dates_are_numbers_or_our_words():
    """A Russian edition does not name an English Thursday, nor "5 hours ago"."""
    instants = (Run("четверг, 5 марта", at=AT, grain="day"), Run(" "), Run("5 мар", at=AT, grain="distance"))
    (text,) = texts(one(sheet(Paragraph(instants)), "ru"))
    assert text == f"четверг, 5 марта <!date^{STAMP}^{{date_num}}|5 мар>"


def test_in_a_window_they_are_words_on_the_readers_clock():
    """Nobody else reads them; where the clock is not known, and in a language that clients speak, a token stays."""
    shown = sheet(Paragraph((Run("5 мар 07:00 UTC", at=AT),)))
    berlin = Where(private=True, zone="Europe/Berlin")
    assert texts(modal(shown, phrases("ru"), berlin))[-1] == "5 мар 2026 в 08:00"
    assert "{date_num} в {time}" in texts(modal(shown, phrases("ru"), Where(private=True)))[-1]
    assert "{date_short} at {time}" in texts(modal(shown, phrases("en"), berlin))[-1]


def test_grains_of_instants_have_their_tokens():
    """Day, distance, minute; in a heading and in Markdown, words."""
    instants = (Run("day", at=AT, grain="day"), Run(" "), Run("soon", at=AT, grain="distance"))
    (text,) = texts(one(sheet(Paragraph(instants))))
    assert text == f"<!date^{STAMP}^{{date_long}}|day> <!date^{STAMP}^{{ago}}|soon>"
    payload = one(sheet(Heading((Run("At "), Run("5 Mar", at=AT)))), where=Where(zone="Europe/Berlin"))
    assert payload["blocks"][0]["text"]["text"] == "At 5 Mar 2026 at 08:00"
    reply = Reply(
        "answer", (Sentence("It is of 5 Mar 07:00 UTC.", ()),), (replace(sample().citations[0], published=AT),)
    )
    assert tree(one(Answer(reply, "en", sample()))) == "section, context_actions"
    assert streamed(Answer(reply, "en", sample()), phrases(), Where()).markdown == "It is of 5 Mar 07:00 UTC."


def test_a_connection_links_to_the_message_once_it_is_known():
    """Until then it is words."""
    edition = written()
    known = one(story(edition, 3), where=Where(stories={1: permalink(HARBOUR, "C1", "1700.0001", "1600.0002")}))
    address = "https://harbour.slack.com/archives/C1/p17000001?thread_ts=1600.0002&amp;cid=C1"
    assert any(text.startswith(f"Connects to <{address}|story 1>: Here") for text in texts(known))
    assert any(text.startswith("Connects to story 1: Here") for text in texts(one(story(edition, 3))))


def test_a_permalink_names_the_thread_of_a_reply():
    """Not of a parent."""
    assert permalink(HARBOUR, "C1", "1700.000100") == "https://harbour.slack.com/archives/C1/p1700000100"
    assert permalink("https://h.slack.com", "C1", "17.01", "17.01") == "https://h.slack.com/archives/C1/p1701"


def test_slacks_own_models_read_what_is_made():
    """Lengths and shapes that its library knows."""
    from slack_sdk.models.blocks import Block

    made = [one(EditionCard(spoken(sample()))), one(story(written(), 1)), one(QuestionPart(written())), one(answer())]
    made += [window(looked_up(word, sample())) for word in ("sources 1", "sources", "counter 2")]
    for payload in made:
        for block, read in zip(payload["blocks"], Block.parse_all(payload["blocks"]), strict=True):
            read.validate_json()
            assert read.type == block["type"]


def test_payloads_are_plain_json():
    """Nothing in them but what JSON has, and all ids can be read back."""
    shown_ = [one(EditionCard(spoken(sample()))), one(story(written(), 1)), window(looked_up("sources", sample()))]
    for payload in shown_:
        assert json.loads(json.dumps(payload)) == payload
        assert all(pressed(value) for value in values(payload))


# ---------------------------------------------------------------- streams


def test_a_stream_says_what_the_message_says():
    """The same words, and the same blocks under them."""
    for message in (answer(Action("deeper", "deeper 1")), Answer(REFUSAL, "en", sample())):
        made = streamed(message, phrases(), Where())
        whole = one(message)
        assert whole["blocks"] == [payloads.markdown(made.markdown), *made.blocks]


def test_a_stream_of_a_look_up_begins_with_its_heading():
    """In bold, as what is streamed is one text; a list close to what announces it."""
    made = streamed(looked_up("deeper 1", sample(), private=False), phrases(), Where())
    assert made.markdown.startswith("**More on story 1**\n- For, ")
    assert "context_actions" not in [block["type"] for block in made.blocks]


def test_a_stream_that_is_too_long_loses_tracking_parameters_or_is_refused():
    """No sentence is cut."""
    lines_ = tuple(Sentence(f"{n} stopped.", ("2.2",)) for n in range(30))

    def told(address: str) -> Answer:
        reply = Reply("answer", lines_, far(sample(), address).citations)
        return Answer(reply, "en", sample())

    made = streamed(told("https://a.example/?utm_source=" + "x" * 500 + "&n="), phrases(), Where())
    assert made.markdown.count("[[2]](https://a.example/?n=2)") == 30
    with pytest.raises(MessageRefused, match="characters"):
        streamed(told("https://a.example/" + "x" * 900), phrases(), Where())


def test_feedback_is_for_answers_that_all_see():
    """Not for a refusal, not in private."""
    assert tree(one(answer())).endswith("context_actions")
    assert "context_actions" not in tree(one(answer(), where=Where(private=True)))
    assert streamed(answer(), phrases(), Where(private=True)).blocks[-1]["type"] == "context"
    assert "context_actions" not in tree(one(answer(kind="refusal")))


# ---------------------------------------------------------------- the top-level text


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (EditionCard(sample()), "Harbour, morning edition: A ferry, a fork, a marsh"),
        (story(sample(), 2), "Story 2 of 5: Quill changes its licence, and a fork follows"),
        (Progress(3, "en", "e"), "Reading 3 sources of this edition"),
        (Notice("It <failed>. Type `list`."), "It &lt;failed&gt;. Type list."),
        (answer(), "It stopped."),
        (sheet(Small((Run("Only this"),))), "Only this"),
        (sheet(Quotation((Run("said"),), (Run("whose"),))), "said"),
        (sheet(), "Counterpoint"),
    ],
)
def test_a_message_is_summed_up_in_a_sentence(message, said):
    """Without numbers, markup or small print."""
    assert summary(message, phrases()) == said


def test_a_long_message_is_summed_up_by_its_first_sentences():
    """As many as 300 characters hold, the first one in any case."""
    sentences = [Paragraph((Run(f"{n} {'word ' * 15}end."),)) for n in range(9)]
    assert summary(sheet(*sentences), phrases()).count("end.") == 3
    assert len(summary(sheet(Paragraph((Run("word " * 90),))), phrases())) <= 300


def test_loading_says_that_something_comes():
    """To one person, in their language."""
    view = loading(phrases("ru"), title="Источники")
    assert faults(view) == []
    assert (view["title"]["text"], texts(view)[0]) == ("Источники", "Видите только вы.")
    assert loading(phrases())["title"]["text"] == "Counterpoint"


# ---------------------------------------------------------------- sheets


def test_each_block_is_a_block():
    """A list stands with what announces it."""
    payload = one(
        sheet(
            Heading((Run("Settings"),), 2),
            Paragraph((Run("One."),)),
            Small((Run("small"),)),
            Paragraph((Run("Two:"),)),
            Points(((Run("a"),), (Run("b"),))),
            Quotation((Run("words"),), (Run("whose"),), (Run("as said"),)),
            Points(((Run("x"),),), numbered=True),
            Entry((Run("title"),), (), (Run("words"),)),
            Entry((), (Run("facts"),)),
        )
    )
    assert texts(payload) == [
        "*Settings*",
        "One.",
        "small",
        "Two:\n• a\n• b",
        "> words\n> whose\n> as said",
        "1. x",
        "title\n> words",
        "facts",
    ]


def test_what_cannot_be_pressed_is_left_out():
    """An id that cannot be made, or stands there already, is no button; a link too long for one is a text."""
    actions = (
        *(Action("sources", f"sources {n}") for n in range(1, 4)),
        Action("sources", "sources 1"),
        Action("share", "share who is Ada Quill"),
        Action("mine", "own now-9x somewhere " + "x" * 90),
        Action("goto", "list", "https://a.example/1"),
        Action("goto", "list", "https://far.example/" + "x" * 3000),
        Action("goto", "list", "mailto:nobody"),
    )
    payload = one(sheet(Paragraph((Run("x"),)), Actions(actions)))
    assert tree(payload) == "section, actions(4 button), context"
    assert [button["action_id"] for button in buttons(payload)] == ["b1:src", "b1:src:2", "b1:src:3", "b1:go:4"]
    assert [button.get("url") for button in buttons(payload)] == [None] * 3 + ["https://a.example/1"]
    assert links(payload) == []


def test_a_primary_button_is_the_first_that_may_be_one():
    """At most one."""
    payload = one(sheet(Actions((Action("stop", "stop"), Action("retry", "retry"), Action("ask", "ask")))))
    assert [button.get("style") for button in buttons(payload)] == [None, "primary", None]


def test_empty_blocks_leave_nothing():
    """No empty text, no menu without options, no line before anything or after."""
    payload = one(
        sheet(
            Divider(),
            Paragraph((Run("\u200b \u202e"),)),
            Heading((Run(" "),)),
            Heading((Run(" "),), 2),
            Menu("full", "passage", ()),
            Menu("full", "no such verb", (Option("a", "1"),)),
            Paragraph((Run("left"),)),
            Divider(),
        )
    )
    assert tree(payload) == "section"


def test_ids_without_an_edition_can_be_pressed_too():
    """A card of an edition whose id no id can hold has lines without menus."""
    card = one(EditionCard(replace(sample(), id="Not An Id")))
    assert "overflow" not in tree(card)
    assert of_kind(window(looked_up("sources 1", replace(sample(), id="Not An Id"))), "button") == []


# ---------------------------------------------------------------- what is too long


def test_tracking_parameters_go_where_that_makes_it_fit():
    """And stay where nothing is too long."""
    bought = far(written(), "https://ada-quill.example/one?utm_source=" + "x" * 700 + "&n=")
    (payload,) = shown(story(bought, 1))
    assert {url.partition("?")[0] for _, url in links(payload)} == {"https://ada-quill.example/one"}
    assert not [url for _, url in links(payload) if "utm_source" in url]
    little = far(written(), "https://ada-quill.example/one?utm_source=x&n=")
    assert all("utm_source" in url for _, url in links(one(story(little, 1))))


def test_a_story_that_is_too_long_is_two_messages():
    """At its second divider: head, positions and counter view; then the rest with its buttons under a head line."""
    first, second = shown(story(far(written(), LONG + "x" * 150), 1))
    assert tree(first) == "context, header, section, context, divider, 2 markdown"
    assert tree(second) == "context, 4 markdown, divider, 2 markdown, 3 context, actions(3 button)"
    assert texts(second)[0] == "Story 1 of 3, continued"
    assert first["text"] == second["text"]


def test_a_story_that_is_far_too_long_keeps_every_sentence_and_every_number():
    """However many messages that takes."""
    whole = one(story(written(), 1))
    parts = shown(story(far(written(), "https://ada-quill.example/" + "x" * 1800), 1))
    assert len(parts) > 2
    numbers = [text for part in parts for text, _ in links(part) if text.endswith("]")]
    assert numbers == [text for text, _ in links(whole) if text.endswith("]")]
    assert tree(parts[-1]).endswith("actions(3 button)")
    assert sum(len(buttons(part)) for part in parts) == 3


def test_an_address_that_no_text_can_hold_is_no_link():
    """One source does not keep a whole story from people: what can be shortened is, of the rest the number stays."""
    far_away = one(story(far(written(), "https://ada-quill.example/" + "x" * 3000), 1))
    assert links(far_away) == []
    assert "[1]" in "".join(texts(far_away))
    tracked = one(story(far(written(), "https://ada-quill.example/?utm_source=" + "x" * 3000 + "&n="), 1))
    assert {url for _, url in links(tracked)} >= {"https://ada-quill.example/?n=1"}


def endlessly_quoted(length: int) -> Edition:
    """The sources of its first story say very much."""
    said = (replace(c, passages=(CitedPassage(f"{c.n}.1", "щ" * length),)) for c in sample().citations)
    return replace(sample(), citations=tuple(said))


def test_a_list_of_sources_that_is_too_long_shows_fewer_passages():
    """Each can be read by itself; none of the sources is missing."""
    view = window(looked_up("sources 1", endlessly_quoted(3600)))
    assert 0 < len({text.partition("]")[0] for text in texts(view) if "\n> " in text}) < 4
    assert [text.partition("]")[0] for text, _ in links(view)] == ["[1", "[2", "[3", "[4"]
    assert len(of_kind(view, "button")) == 6


def test_what_a_window_cannot_hold_is_left_out_and_says_what_to_type():
    """From the end; buttons stay."""
    base = looked_up("deeper 1", sample())
    many = tuple(Sentence(f"{n} {'слово ' * 300}.", ("1.1",)) for n in range(20))
    view = window(replace(base, reply=replace(base.reply, text=many)))
    assert faults(view) == []
    assert any(text.startswith("Not everything fits here. Type `deeper 1` in the thread") for text in texts(view))
    assert len(buttons(view)) == 2
    paragraphs = [Paragraph((Run(f"{n} {'слово ' * 400}"),)) for n in range(9)]
    long = window(sheet(*paragraphs, Divider(), Paragraph((Run("end " * 400),))))
    assert texts(long)[-1] == "Not everything fits here."
    assert sum("слово" in text for text in texts(long)) == 4


def test_a_window_without_any_room_is_refused():
    """What stands over it is too long by itself."""
    with pytest.raises(MessageRefused, match="text of section"):
        window(Notice("It failed."), above=[payloads.section("x" * 3000)])


def test_a_card_is_always_one_message():
    """Its lede loses its numbers, which stand in the stories; texts nobody could have written are cut at a word."""
    edition = far(sample(), "https://ada-quill.example/" + "x" * 2900)
    card = one(EditionCard(replace(edition, lede_evidence=("1.1", "2.1", "3.1"))))
    assert links(card) == []
    payload = one(EditionCard(endless()))
    assert faults(payload) == []
    assert len([text for text in texts(payload) if text.endswith("титул")]) == 5


def test_a_long_title_is_bold_where_no_header_can_hold_it():
    """Nothing of it is cut."""
    payload = one(StoryPart(written(), replace(written().stories[0], title="word " * 40)))
    assert tree(payload).startswith("context, 2 section, context, divider")
    assert texts(payload)[1] == f"*{('word ' * 40).strip()}*"


def test_a_long_answer_goes_on_in_further_messages():
    """Its buttons and its feedback come last, and no sentence is cut while there are borders between them."""
    lines_ = tuple(Sentence(f"Sentence {n}: {'word ' * 150}end.", ()) for n in range(40))
    parts = shown(Answer(Reply("answer", lines_, actions=(Action("all-stories", "list"),)), "en", sample()))
    assert len(parts) > 2
    said = "\n".join(text for part in parts for text in texts(part))
    assert said.count("end.") == 40
    assert [bool(buttons(part)) for part in parts] == [False] * (len(parts) - 1) + [True]
    assert [bool(of_kind(part, "feedback_buttons")) for part in parts] == [False] * (len(parts) - 1) + [True]
    assert all(text.startswith("Sentence") for part in parts for text in texts(part))


@pytest.mark.parametrize(
    "block",
    [
        Points(tuple((Run("слово " * 100),) for _ in range(30))),
        Heading((Run("слово " * 1900),)),
        Small((Run("слово " * 1900),)),
        Paragraph((Run("слово " * 900, "bold"), Run("[1]", url="https://a.example"), Run(" слово" * 1500))),
    ],
)
def test_one_long_block_is_parted_between_words(block):
    """Into several blocks, and messages."""
    parts = shown(sheet(block))
    found = [word for part in parts for text in texts(part) for word in text.split() if "слово" in word]
    assert all(word.strip("*") == "слово" for word in found)
    assert len([text for part in parts for text in texts(part)]) > 3


def test_a_line_at_the_end_of_a_part_parts_nothing():
    """However much stands before it."""
    paragraphs = [Paragraph((Run("слово " * 400),)) for _ in range(9)]
    parts = shown(sheet(*paragraphs, Divider(), Divider()))
    assert [tree(part) for part in parts] == ["4 section", "5 section"]


def test_many_sites_are_several_lines():
    """None is left out."""
    sites = tuple(Run(f"[{n}] site", url=f"https://a{n}.example/{'x' * 200}") for n in range(30))
    payload = one(sheet(Sources("Sources:", sites)))
    assert len(links(payload)) == 30
    assert len(payload["blocks"]) == 3
    assert all(not text.startswith("·") for text in texts(payload))


def test_what_cannot_be_parted_is_refused():
    """A link: nobody could have written it so long."""
    with pytest.raises(MessageRefused):
        render(sheet(Quotation((Run("x" * 3000, url="https://a.example"),), ())), phrases(), Where())


def test_a_long_line_goes_on_in_the_next_section():
    """Of a list, without its mark; of a quotation, with it."""
    long = (Run("слово " * 900),)
    listed = texts(one(sheet(Points((long, long), numbered=True))))
    assert [text.partition(" ")[0] for text in listed] == ["1.", "слово", "2.", "слово"]
    quoted = texts(one(sheet(Quotation(long, (Run("whose"),)))))
    assert [text[:2] for text in quoted] == ["> ", "> "]
    assert quoted[1].endswith("\n> whose")


def test_a_long_entry_takes_several_sections():
    """Its title is that of an item, and no longer; its words and facts are all there."""
    long = (Run("слово " * 900),)
    payload = one(sheet(Entry((Run("[1] " + "title " * 400, url="https://a.example"),), (Run("who " * 900),), long)))
    assert tree(payload) == "3 section, 2 context"
    assert "".join(texts(payload)).count("слово") == 900
    assert "".join(texts(payload)).count("who") == 900


# ---------------------------------------------------------------- limits


def message(*blocks: Json, text: str = "x") -> Payload:
    return {"text": text, "blocks": list(blocks)}


def view(*blocks: Json, **more: Any) -> View:
    return payloads.modal("Title", *blocks, close="Close") | more


def pressable(**more: Any) -> Payload:
    return payloads.actions({**payloads.button("x", "b1:src:e"), **more})


def test_a_payload_is_measured_by_all_its_words():
    """Texts, labels, options, what pictures show and what is read out; not the top-level text."""
    menu = payloads.overflow("b1:go:e:1", [payloads.option("four", "1")])
    button = payloads.button("ab", "b1:src:e", said="abc")
    blocks = [payloads.section("щ", menu), payloads.actions(button), payloads.picture("https://a.example", "alt")]
    assert measure(message(*blocks, text="x" * 99)) == Size(3, 1 + 4 + 2 + 3 + 3)


@pytest.mark.parametrize(
    ("payload", "named"),
    [
        (message(*[payloads.divider()] * 46), "blocks: 46, at most 45"),
        (view(*[payloads.divider()] * 101), "blocks: 101, at most 100"),
        (message(payloads.markdown("x" * 12_001)), "characters: 12001, at most 12000"),
        (message(payloads.section("x" * 2901)), "text of section: 2901"),
        (message(payloads.context("x" * 2901)), "text of context: 2901"),
        (message(payloads.context(*["x"] * 11)), "things in context: 11"),
        (message({"type": "header", "text": payloads.plain("x" * 151)}), "header: 151"),
        (message(payloads.section(" ")), "an empty text in section"),
        (message(payloads.markdown("")), "an empty text in markdown"),
        (message(payloads.actions()), "nothing in actions"),
        (message(payloads.divider(), text=" "), "no top-level text"),
        (message(payloads.divider(), text="x" * 3501), "top-level text: 3501"),
        (message(payloads.field("x", payloads.text_input("x"), block="b")), "no place for a block input"),
        (view(payloads.markdown("x")), "no place for a block markdown"),
        (view(payloads.divider(), private_metadata="x" * 3001), "private_metadata: 3001"),
        (view(payloads.divider(), callback_id="x" * 256), "callback_id: 256"),
        (view(payloads.divider(), title=payloads.plain("x" * 25)), "title"),
        (view(payloads.divider(), title=payloads.plain("")), "a modal without a title"),
        (view(payloads.section("x", block="b"), payloads.section("x", block="b")), "the block b stands twice"),
        (view(payloads.section("x", block="b" * 256)), "block_id: 256"),
        (message(pressable(text=payloads.plain("x" * 25))), "label"),
        (message(pressable(value="x" * 2001)), "value"),
        (message(pressable(action_id="x" * 256)), "action_id: 256"),
        (message(pressable(accessibility_label="x" * 76)), "what is read out: 76"),
        (message(pressable(url="h" * 3001)), "address of 'x'"),
        (message(pressable(confirm=payloads.sure("x" * 101, "x", "x", "x"))), "title of what is asked: 101"),
        (message(payloads.actions(*[payloads.button("x", "b1:src:e")] * 2)), "the action b1:src stands twice"),
        (message(payloads.picture("https://a.example", "x" * 251)), "alt text: 251"),
        (
            message(payloads.actions(payloads.overflow("b1:go:e", [payloads.option("x", "1")] * 6))),
            "options of overflow: 6",
        ),
        (message(payloads.actions(payloads.overflow("b1:go:e", []))), "no option in overflow"),
        (message(payloads.actions(payloads.select("b1:go:e", "x", [payloads.option("x", "1" * 151)]))), "value"),
        (
            message(payloads.actions({"type": "static_select", "placeholder": payloads.plain("x" * 76)})),
            "placeholder: 76",
        ),
        (
            message(
                payloads.actions(
                    {
                        "type": "static_select",
                        "options": [{"text": payloads.plain("x" * 76), "value": "1"}],
                    }
                )
            ),
            "option",
        ),
        (view(payloads.field("x" * 9, payloads.text_input("x", most=3001), block="b")), "max_length: 3001"),
    ],
)
def test_what_is_above_a_budget_is_named(payload, named):
    """Everything of it, in one refusal."""
    with pytest.raises(MessageRefused) as refused:
        check(payload)
    assert named in str(refused.value)


def test_what_is_within_the_budgets_passes():
    """Feedback and a form among it."""
    marks = payloads.feedback("b1:useful:e", ("Yes", "Yes"), ("No", "No"), ("b1:useful:e:yes", "b1:useful:e:no"))
    check(message(payloads.markdown("x"), payloads.context_actions(marks)))
    check(view(payloads.field("Why", payloads.text_input("why"), block="why")))
    check(payloads.home(payloads.header("Next"), callback="b1:home", metadata="x"))


# ---------------------------------------------------------------- builders

CHOICES = [payloads.option("One", "1", about="first"), payloads.option("Two", "2")]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (
            payloads.button("Go", "b1:src:e:2", n=2, primary=True, said="Go to 2", sure={"title": "x"}),
            {"action_id": "b1:src:2", "style": "primary", "accessibility_label": "Go to 2", "confirm": {"title": "x"}},
        ),
        (payloads.sure("a", "b", "c", "d", danger=True), {"style": "danger"}),
        (payloads.select("b1:set:x", "Which", CHOICES, chosen="2"), {"initial_option": CHOICES[1]}),
        (payloads.radio("why", CHOICES, chosen="1"), {"type": "radio_buttons", "initial_option": CHOICES[0]}),
        (payloads.checkboxes("days", CHOICES, chosen=["2"]), {"initial_options": CHOICES[1:]}),
        (payloads.checkboxes("days", CHOICES), {"action_id": "b1:days"}),
        (payloads.searched("b1:set:zone", "City", chosen=CHOICES[0]), {"min_query_length": 0}),
        (payloads.channels("b1:set:e", "Where", chosen="C1", private=False), {"initial_conversation": "C1"}),
        (payloads.time_of_day("b1:set:am", "Time", chosen="07:30"), {"initial_time": "07:30"}),
        (
            payloads.text_input("q", text="a", hint="b", lines=True, least=2),
            {"multiline": True, "initial_value": "a", "min_length": 2},
        ),
        (
            payloads.field("L", payloads.text_input("q"), block="b", about="h", optional=True, tells=True),
            {"optional": True, "dispatch_action": True, "hint": payloads.plain("h")},
        ),
        (payloads.modal("T" * 30, close="C", submit="S", callback="b1:set"), {"submit": payloads.plain("S")}),
        (payloads.header("x" * 200), {"text": payloads.plain("x" * 150)}),
    ],
)
def test_a_builder_writes_what_it_is_given(made, expected):
    """And leaves out what is not given."""
    assert expected.items() <= made.items()
    assert not [key for key, value in made.items() if value in (None, "")]


def test_words_of_ours_are_written_in_mrkdwn():
    """First sentence in bold; an instant with what else is printed."""
    assert payloads.bold_start("It failed. Try again.") == "*It failed.* Try again."
    assert payloads.bold_start("It failed.") == "*It failed.*"
    assert payloads.moment(AT, "{time}", "a|b>c") == f"<!date^{STAMP}^{{time}}|a/b&gt;c>"


def test_what_was_filled_in_is_read_by_block():
    """Typed, chosen, several, a file, a date; what is empty is missing."""
    values_ = {
        "a": {"x": {"type": "plain_text_input", "value": "words"}},
        "b": {"x": {"type": "static_select", "selected_option": {"value": "2"}}},
        "c": {"x": {"type": "checkboxes", "selected_options": [{"value": "1"}, {"value": "2"}]}},
        "d": {"x": {"type": "file_input", "files": [{"id": "F1"}]}},
        "e": {"x": {"type": "timepicker", "selected_time": "07:30"}},
        "f": {"x": {"type": "plain_text_input", "value": None}},
        "g": {"x": {"type": "static_select", "selected_option": None}},
    }
    assert payloads.filled({"state": {"values": values_}}) == {
        "a": ("words",),
        "b": ("2",),
        "c": ("1", "2"),
        "d": ("F1",),
        "e": ("07:30",),
    }
    assert payloads.filled({}) == {}


def test_every_word_can_be_read_in_order():
    """Title and labels of a view, its blocks, what is asked before something is done."""
    sure = payloads.sure("Sure?", "It is lost.", "Yes", "No")
    made = payloads.modal(
        "Title",
        payloads.section("text", payloads.button("Forget", "b1:own:e", sure=sure)),
        payloads.field("Label", payloads.text_input("x", hint="hint"), block="b", about="about"),
        close="Close",
    )
    assert list(payloads.readable(made)) == [
        "Title",
        "Close",
        "text",
        "Forget",
        "Sure?",
        "It is lost.",
        "Yes",
        "No",
        "Label",
        "about",
        "hint",
    ]


def test_an_id_can_be_read_back_as_words():
    """Of look-ups; what a message id stands for is left out."""
    words = [
        (press := pressed(name)) and press.word for name in ("b1:src:e:2", "b1:ctr:e", "b1:deep:e:r17", "b1:ask:e")
    ]
    assert words == ["sources 2", "counter", "deeper", None]
    assert pressed("b1:nonsense:e") is None

"""The rules of the interface on what Slack is sent: of small editions, of full ones, and of hostile text.

Numbers in brackets are those of the interface reference's rules.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from html import unescape
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.platforms.slack.payloads import every, readable
from adapters.platforms.slack.rendering import Where
from adapters.platforms.slack.rendering.limits import faults
from adapters.platforms.slack.rendering.marks import (
    MARKDOWN,
    MRKDWN,
    line,
    lines,
    sentence,
)
from adapters.wire.runs import led_to, plain
from bot.domain.document import Run
from bot.domain.edition import Edition
from bot.domain.message import Answer, EditionCard, Message, Notice, Progress, QuestionPart, StoryPart, thread_of
from bot.domain.press import pressed
from tests.fakes.slack import rules
from tests.unit.rendering_samples import (
    EDITIONS,
    HOSTILE,
    LANGUAGES,
    LOOK_UPS,
    NUMBER,
    all_holding,
    far,
    full,
    holding,
    long_stories,
    longest,
    looked_up,
    said_about,
    story,
)
from tests.unit.slack_payloads import (
    ANCHOR,
    MASKED,
    TOKEN,
    buttons,
    links,
    marked,
    of_kind,
    shown,
    texts,
    unlinked,
    values,
    window,
)

Shown = list[tuple[Message, Mapping[str, Any]]]
AT = "https://harbour.slack.com/archives/C1/p1"


@cache
def about(name: str, language: str) -> tuple[Shown, Shown, Shown]:
    """The messages of an edition, those that answer about it, and the windows about it."""
    edition = EDITIONS[name]()
    return published(edition, language), answered(edition, language), windows(edition, language)


def published(edition: Edition, language: str) -> Shown:
    messages = [*thread_of(edition), EditionCard(edition, datetime(2026, 3, 5, 7, tzinfo=UTC))]
    where = Where(stories={1: AT})
    return [(message, payload) for message in messages for payload in shown(message, language, where)]


def answered(edition: Edition, language: str) -> Shown:
    messages: list[Message] = [
        looked_up(typed, edition, language, private=False, shared_by="Nell") for typed in LOOK_UPS
    ]
    messages += [looked_up(typed, edition, language, private=False) for typed in LOOK_UPS]
    messages += said_about(edition, language)
    return [(message, payload) for message in messages for payload in shown(message, language)]


def windows(edition: Edition, language: str) -> Shown:
    messages: list[Message] = [looked_up(typed, edition, language) for typed in LOOK_UPS]
    return [(message, window(message, language)) for message in [*messages, EditionCard(edition)]]


@pytest.fixture(params=[(name, language) for name in EDITIONS for language in LANGUAGES], ids="-".join)
def everything(request) -> Shown:
    """All messages and windows about an edition, in a language."""
    return [pair for pairs in about(*request.param) for pair in pairs]


@pytest.fixture(params=[(name, language) for name in EDITIONS for language in LANGUAGES], ids="-".join)
def parts(request) -> Shown:
    """The messages of an edition, in a language."""
    return about(*request.param)[0]


@pytest.fixture(params=[(name, language) for name in EDITIONS for language in LANGUAGES], ids="-".join)
def views(request) -> Shown:
    """The windows about an edition, in a language."""
    return about(*request.param)[2]


def kinds(payload: Mapping[str, Any]) -> list[str]:
    return [block["type"] for block in payload["blocks"]]


def small(payload: Mapping[str, Any]) -> list[str]:
    return [one["text"] for block in payload["blocks"] if block["type"] == "context" for one in block["elements"]]


# ---------------------------------------------------------------- hierarchy


def test_a_message_has_one_heading_at_most(everything):
    """(1) A header on card and story, none on anything else; Markdown makes none."""
    for message, payload in everything:
        headers = kinds(payload).count("header")
        assert headers == isinstance(message, EditionCard | StoryPart)
        assert not re.search(r"^#", "\n".join(texts(payload)), re.MULTILINE)


def test_bold_stands_at_the_start_of_a_line_or_of_a_small_lines_part(everything):
    """(2) Run-in labels, first words of a notice, linked titles, and what is a smaller heading."""
    for _, payload in everything:
        for kind, text in marked(payload):
            pattern = r"(?<!\\)\*\*(?=\S)[^*]+\*\*" if kind == "markdown" else r"\*[^*\n]+\*"
            for row in text.split("\n"):
                for found in re.finditer(pattern, row):
                    before = row[: found.start()]
                    after_sentence = text in small(payload) and before.endswith((". ", ") "))
                    assert after_sentence or before in {"", "- ", "• ", "> "}, row


def test_a_story_has_at_most_three_lines_never_two_together_none_at_an_end(everything):
    """(7)"""
    for message, payload in everything:
        found = kinds(payload)
        assert not isinstance(message, StoryPart) or found.count("divider") <= 3
        assert "divider" not in {found[0], found[-1]}
        assert not any(a == b == "divider" for a, b in pairwise(found))


def test_no_text_is_empty_or_padded(everything):
    """(6) One block a part; no blank lines but between the paragraphs of an answer."""
    for message, payload in everything:
        for text in readable(payload):
            assert text == text.strip()
            assert text
            assert isinstance(message, Answer) or "\n\n" not in text


def test_nothing_ends_with_an_ellipsis_and_nothing_is_an_emoji(everything):
    """(8) What is too long is written shorter; no `:name:` of ours either."""
    for _, payload in everything:
        said = "\n".join(readable(payload))
        assert "…" not in said
        assert "..." not in said
        assert not [sign for sign in said if unicodedata.category(sign) == "So"]
        assert not re.search(r":[a-z_+-]+:", said)


# ---------------------------------------------------------------- order


def test_the_parts_of_a_card_stand_in_their_order(parts):
    """(9) Desk, slot and date; title; that it is late; lede; line; stories; counts and notes; buttons; writer."""
    for message, payload in parts:
        if isinstance(message, EditionCard):
            names = "".join(_LETTERS["accessory" in block, block["type"]] for block in payload["blocks"])
            assert re.fullmatch(r"chc?s(-l+c+a|c)c", names), names


_LETTERS = {
    (False, "context"): "c",
    (False, "header"): "h",
    (False, "section"): "s",
    (False, "divider"): "-",
    (True, "section"): "l",
    (False, "actions"): "a",
}


def test_the_parts_of_a_story_stand_in_their_order(parts):
    """(10) Place, title, standfirst and signal; then parts with a line before each; small print; buttons."""
    for message, payload in parts:
        if isinstance(message, StoryPart):
            found = kinds(payload)
            assert found[:5] == ["context", "header", "section", "context", "divider"]
            assert found[-1] == "actions"
            assert found[-2] == "context"
            assert set(found[5:-1]) <= {"markdown", "section", "divider", "context"}


def test_a_story_line_leads_to_its_story_once_that_stands(parts):
    """(28) Five things in its menu: sources, counter view, deeper, ask, share; no select."""
    for message, payload in parts:
        if not isinstance(message, EditionCard):
            continue
        lines_ = [block for block in payload["blocks"] if "accessory" in block]
        assert len(lines_) == len(message.edition.stories)
        for n, block in enumerate(lines_, start=1):
            text, menu = block["text"]["text"], block["accessory"]
            assert text.startswith(f"{n}. <{AT}|" if n == 1 else f"{n}. ")
            assert ("<" in text) == (n == 1)
            presses = [pressed(option["value"]) for option in menu["options"]]
            assert [press and press.verb for press in presses] == ["src", "ctr", "deep", "ask", "send"]
            assert {press and press.rest for press in presses} == {str(n)}
        assert of_kind(payload, "static_select") == []


def test_an_answer_is_text_then_sources_then_buttons_then_feedback(everything):
    """(12)"""
    for message, payload in everything:
        if isinstance(message, Answer) and message.reply.kind == "answer":
            sources = ["context"] if links(payload) else []
            feedback = ["context_actions"] if not message.shared_by else []
            assert kinds(payload) == ["markdown", *sources, "actions", *feedback]


# ---------------------------------------------------------------- evidence


def test_every_number_is_a_link_to_its_source(everything):
    """(14) None stands without its address."""
    for message, payload in everything:
        edition = message.edition if not isinstance(message, Notice | Progress) else None
        known = {c.n: c.url for c in edition.citations} if isinstance(edition, Edition) else None
        for text, url in links(payload):
            number = NUMBER.search(text)
            if number and known:
                assert url.startswith(known[int(number[1])])  # a recording leads to the moment
        assert not NUMBER.search(unlinked(payload))


def test_numbers_come_after_the_end_of_their_sentence_and_touch(parts):
    """(14) `. [[1]](…)[[2]](…)`, `. <…|[1]><…|[2]>`."""
    for _, payload in parts:
        for kind, text in marked(payload):
            link = r"\[\[\d+\]\]\(" if kind == "markdown" else r"<https?://[^|>]+\|\[\d+\]>"
            for found in re.finditer(rf"(?P<before>.)(?P<blank> ?){link}", text):
                touches = found["before"] in ")>" and not found["blank"]
                whose = any(row.startswith("> ") for row in text.split("\n"))
                bold = found["before"] == "*"
                assert touches or whose or bold or re.match(r"[.?!”»:]", found["before"]), text


def test_a_sources_line_names_every_number_in_order_of_first_use(everything):
    """(15) `[1] site`, joined by a no-break space; a list of sources is one itself."""
    for message, payload in everything:
        if isinstance(message, EditionCard):
            continue
        found = links(payload)
        used = dict.fromkeys(text for text, _ in found if NUMBER.fullmatch(text))
        listed = [text.split("\u00a0")[0] for text, _ in found if re.match(r"\[\d+\]\u00a0", text)]
        assert list(used) == listed


def test_small_text_is_about_the_message_and_claims_nothing(parts):
    """(3) Neither a standfirst nor a position, a counter view, a sentence, a crux or a question stands in it."""
    for message, payload in parts:
        if not isinstance(message, StoryPart):
            continue
        one, said = message.story, "\n".join(small(payload))
        told = [one.standfirst.text, one.counter.text, *(line.text for line in one.body)]
        told += [position.claim for position in one.positions]
        told += [line.text for line in (one.synthesis,) if line is not None]
        told += [one.crux.question] if one.crux is not None else []
        assert not [text for text in told if text not in {"", one.signal.why_now.text} and plain(text) in said]


def test_a_counter_view_follows_the_positions_and_says_its_standing(parts):
    """(13, 17, 38) In words, before its text; ours has no number and no name."""
    for message, payload in parts:
        if isinstance(message, StoryPart):
            said = [text for kind, text in marked(payload) if kind == "markdown"]
            (at,) = (n for n, text in enumerate(said) if text.startswith(("**Counter view", "**Возражение")))
            assert all(text.startswith("- **") for text in said[:at])
            standing = message.story.counter.standing
            assert said[at].startswith(_STANDINGS[standing])
            assert not (standing == "argument" and NUMBER.search(said[at]))


_STANDINGS = {
    "person": ("**Counter view, by ", "**Возражение, "),
    "argument": ("**Counter view, our argument, no source:**", "**Возражение, наш довод, без источника:**"),
    "none": ("**Counter view: none found", "**Возражение: в этом выпуске не нашлось"),
}


def test_a_signal_has_a_multiplier_only_where_there_is_enough_to_count(parts):
    """(16, 36) Its decimals as the language writes them."""
    for message, payload in parts:
        if not isinstance(message, StoryPart):
            continue
        (said,) = (text for text in small(payload) if text.startswith(("*Signal:*", "*Сигнал:*")))
        signal = message.story.signal
        enough = signal.items >= 3 and signal.voices >= 2 and signal.burst is not None
        assert bool(re.search(r"\(.*(?:times usual|раза? больше обычного)\)", said)) == enough
        decimals = r"\d,\d" if said.startswith("*С") else r"\d\.\d"
        figures = re.sub(r"\*(?:Why now|Почему сейчас):.*", "", said)
        assert not enough or re.search(decimals, figures)


def test_the_crux_and_the_kind_of_the_synthesis_stand_where_there_are_some(parts):
    """(19) A crux only where positions conflict."""
    for message, payload in parts:
        if isinstance(message, StoryPart):
            said = texts(payload)
            crux = [text for text in said if text.startswith(("**The crux:**", "**Решающий вопрос:**"))]
            assert bool(crux) == (message.story.crux is not None)
            labels = [text for text in said if text.startswith(_SYNTHESES)]
            assert bool(labels) == (message.story.synthesis is not None)


_SYNTHESES = (
    *("**Split:**", "**Leaning:**", "**Consensus:**", "**One side so far:**", "**Talking past each other:**"),
    *("**Мнения разделились:**", "**Перевес:**", "**Согласие:**", "**Пока одна сторона:**", "**Говорят о разном:**"),
)


def test_a_quotation_is_a_quotation_with_speaker_and_original():
    """(18) The original of a translation in the next line."""
    for language, original in (("en", "> Original: “"), ("ru", "> В оригинале: “")):
        edition = full()
        (payload,) = shown(StoryPart(edition, edition.stories[2]), language)
        (text,) = (text for text in texts(payload) if text.startswith("> "))
        assert re.fullmatch(rf"> [^\n]+\n> [^\n]+ \[\[7\]\]\([^)]+\)\n{original}[^\n]+”", text)


def test_our_reading_holds_no_number_and_no_quotation(parts):
    """(20)"""
    for _, payload in parts:
        for text in texts(payload):
            if text.startswith(("**Our reading:**", "**Наше прочтение:**")):
                assert not NUMBER.search(text)
                assert not re.search("[“«]", text)


# ---------------------------------------------------------------- buttons


def test_buttons_stand_in_their_order(parts):
    """(21) Card: Ask, Sources, Counter views, Listen, In my language. Story: Sources, Counter view, Go deeper."""
    for message, payload in parts:
        verbs = [press.verb for button in buttons(payload) if (press := pressed(button["value"]))]
        if isinstance(message, EditionCard):
            assert [verb for verb in verbs if verb != "in"] in (["ask", "src", "ctr"], ["ask", "src", "ctr", "aud"], [])
            assert "in" not in verbs[:-1]
        else:
            assert verbs == (["src", "ctr", "deep"] if isinstance(message, StoryPart) else [])


def test_one_button_at_most_is_primary_and_none_is_red(everything):
    """(22) In a window, Post in thread is. Stories and answers have none."""
    for message, payload in everything:
        styles = [button["style"] for button in buttons(payload) if "style" in button]
        assert len(styles) + ("submit" in payload) <= 1
        assert set(styles) <= {"primary"}
        kind = message.reply.kind if isinstance(message, Answer) else ""
        if isinstance(message, StoryPart) or kind in {"answer", "refusal", "deeper"}:
            assert styles == []


def test_labels_are_short_in_both_languages(everything):
    """(23) 24 characters, sentence case, no punctuation but the dot before a value. Titles, submit and close, too."""
    for _, payload in everything:
        labels = [button["text"]["text"] for button in buttons(payload)]
        labels += [payload[key]["text"] for key in ("title", "submit", "close") if key in payload]
        labels += [option["text"]["text"] for menu in of_kind(payload, "overflow") for option in menu["options"]]
        for label in labels:
            assert 0 < len(label) <= 24
            assert label[0].isupper()
            assert not re.search(r"[.!?,;]", label)


def test_every_value_can_be_pressed_and_no_action_stands_twice_in_a_block(everything):
    """(25) The id is the value; `action_id` is its verb."""
    for message, payload in everything:
        for value in values(payload):
            press = pressed(value)
            assert press is not None
            assert press.edition or not isinstance(message, EditionCard | StoryPart | QuestionPart)
        for button in buttons(payload):
            assert button["action_id"].split(":")[:2] == button["value"].split(":")[:2]
        for block in payload["blocks"]:
            ids = [part["action_id"] for part in every(block) if "action_id" in part]
            assert len(ids) == len(set(ids))


def test_repeated_buttons_are_read_out_with_their_story(parts):
    """(26)"""
    for message, payload in parts:
        if isinstance(message, StoryPart):
            for button in buttons(payload):
                assert str(message.story.number) in button["accessibility_label"]


def test_feedback_is_asked_for_under_public_answers_only(everything):
    """(26) Where Not useful leads to a second try."""
    for message, payload in everything:
        feedback = of_kind(payload, "feedback_buttons")
        is_answer = isinstance(message, Answer) and message.reply.kind == "answer"
        assert bool(feedback) == (is_answer and "type" not in payload and not message.shared_by)
        for one in feedback:
            presses = [pressed(one[key]["value"]) for key in ("positive_button", "negative_button")]
            assert [(press.verb, press.rest) for press in presses if press] == [("useful", "yes"), ("useful", "no")]
            assert one["action_id"] == "b1:useful"


def test_only_sources_lead_to_the_second_level(everything):
    """(27) Why this story, a mistake, the full passage."""
    for message, payload in everything:
        verbs = {press.verb for value in values(payload) if (press := pressed(value))}
        if verbs & {"wrong", "pas"}:
            assert isinstance(message, Answer)
            assert message.reply.kind == "sources"


# ---------------------------------------------------------------- who sees what, time, access


def test_a_window_says_first_who_sees_it(views):
    """(30) And can be closed; what can be shared has its id."""
    for message, view in views:
        assert view["blocks"][0]["type"] == "context"
        assert small(view)[0].startswith(("Only you see this.", "Видите только вы."))
        assert view["close"]["text"] in {"Close", "Закрыть"}
        assert ("submit" in view) == ("callback_id" in view)
        press = pressed(view.get("callback_id", ""))
        assert press is None or (press.verb == "share" and isinstance(message, Answer) and press.edition)


def test_what_is_shared_says_first_who_shared_it_and_has_nothing_to_press(everything):
    """(31) Under what it is."""
    for message, payload in everything:
        if isinstance(message, Answer) and message.shared_by:
            by = next(n for n, text in enumerate(said_in(payload)) if "Nell" in text)
            assert by <= 1  # under the heading, where there is one
            assert payload["blocks"][by]["type"] == "context"
            assert buttons(payload) == []


def said_in(payload: Mapping[str, Any]) -> list[str]:
    return ["\n".join(readable({"blocks": [block]})) for block in payload["blocks"]]


def test_every_block_is_of_a_kind_that_was_meant(everything):
    """(39) No picture without words: there is none at all."""
    allowed = {"header", "section", "context", "markdown", "divider", "actions", "context_actions"}
    for _, payload in everything:
        assert set(kinds(payload)) <= allowed
        assert not any("image" in str(part.get("type")) for part in every(payload))


def test_each_thing_to_press_can_be_told_from_the_others_by_ear(everything):
    """(26, 38) Several buttons of one label are read out with what they are about."""
    for _, payload in everything:
        heard = [(one["text"]["text"], one.get("accessibility_label")) for one in buttons(payload)]
        assert len(heard) == len(set(heard))


def test_nobody_is_mentioned_and_no_text_is_parsed(everything):
    """(32) Texts are taken as they stand; no mention of anybody."""
    for _, payload in everything:
        for part in every(payload):
            if part.get("type") == "mrkdwn":
                assert part["verbatim"] is True
        for kind, text in marked(payload):
            bare = TOKEN.sub("", ANCHOR.sub("", text)) if kind == "mrkdwn" else MASKED.sub("", text)
            assert "<" not in bare
        assert not re.search(r"<[@#!](?!date\^)", "\n".join(readable(payload)))


def test_a_message_has_words_of_its_own(everything):
    """What notifications show and screen readers read: a sentence, short, without markup."""
    for _, payload in everything:
        if "type" in payload:
            continue
        assert 0 < len(payload["text"]) <= 330
        assert payload.keys() == {"text", "blocks"}
        assert not re.search(r"[<>*`]|https?://|\[\d+\]", payload["text"])


def test_one_line_of_an_edition_explains_what_to_type(parts):
    """(33) Under the open question."""
    hints = [message for message, payload in parts for text in texts(payload) if "`" in text]
    assert len(hints) == 1
    assert isinstance(hints[0], QuestionPart)


def test_instants_are_shown_in_the_readers_zone(everything):
    """(35) Never as "18:00 UTC", but in what a client prints that knows no dates; none in headings and labels."""
    for _, payload in everything:
        assert "UTC" not in TOKEN.sub("", "\n".join(readable(payload)))
        for part in every(payload):
            assert part.get("type") != "markdown" or "<!date" not in part["text"]
        assert not any("<!date" in block["text"]["text"] for block in payload["blocks"] if block["type"] == "header")


def test_link_text_says_where_it_goes(everything):
    """(40) No bare address, no "here"."""
    for _, payload in everything:
        assert not re.search(r"https?://", unlinked(payload))
        assert not [text for text, _ in links(payload) if text.casefold() in {"here", "link", "тут", "здесь"}]


def test_every_message_is_within_the_budgets(everything):
    """Lengths and counts, of everything."""
    for _, payload in everything:
        assert faults(payload) == []


def test_slack_would_take_everything(everything):
    """By the rules of the Slack that tests run against, which knows every field."""
    for _, payload in everything:
        wrong = rules.of_view(payload, kind="modal") if "type" in payload else rules.of_message(payload["blocks"])
        assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_of_the_longest_lengths_make_one_message(language):
    """What is written to length fits: title 90, lede 90, story titles 75, standfirst 140, body 800 and so on."""
    edition = far(longest(language), f"https://a.example/{'x' * 150}")
    assert len(shown(EditionCard(edition), language)) == 1
    assert len(shown(story(edition, 1), language)) == 1
    assert len(shown(QuestionPart(edition), language)) == 1


# ---------------------------------------------------------------- hostile text

ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
DOUBLES = str.maketrans("∗ˍ∼ˋ∶˃∣‹", "*_~`:>|<")
SLACK = st.one_of(
    HOSTILE,
    st.sampled_from(
        [
            "<!channel> <!here|here> <!everyone> <@U123> <#C123|x> <!subteam^S1|@all> <!date^1^{date}|x>",
            "<https://evil.example|click> <mailto:a@b.example|x> https://evil.example www.evil.example evil.example",
            "*bold* _it_ ~gone~ `code` ```fence``` :smile: :+1::skin-tone-2: a_b_c __x__ _a_b_ 2*3*4",
            "> quote\n>>> all\n&gt; entity &lt;@U1&gt; &amp;lt; &#60;@U1> &copy;",
            "a@b.example @channel @here #general mailto:a@b.example slack://x 10:30:15 10:30: x:y:z",
            "![x](https://evil.example/x.png) [x]: https://evil.example\n| a | b |\n|---|---|\n---\n===\n~~~\n+ x",
            "<script>alert(1)</script> <br> <!-- x --> \\<@U1> \\\\<!channel>",
        ]
    ),
    st.text(alphabet="*_~`:<>&|!@#[]()\\-=+.1 \nab/", max_size=120),
)


def read(kind: str, said: str) -> str:
    """A text without links as Slack shows it: backslashes and entities read, doubles as what they stand for."""
    bare = ESCAPED.sub(r"\1", said).replace("&amp;", "&") if kind == "markdown" else unescape(said)
    return bare.translate(DOUBLES)


def leaks(kind: str, said: str) -> list[str]:
    """What of a text without links, styles and instants is still markup."""
    # An escaped sign stands between its neighbours, so they are no sign together.
    bare = ESCAPED.sub("¦", said) if kind == "markdown" else said
    found = re.findall(r"[<>*~`]|://" if kind == "mrkdwn" else r"[<>*~`\[\]|\\]|://|www\.|\S@[^\s@.]+\.", bare)
    found += re.findall(r"(?<!\w)_|_(?!\w)|__", bare)
    found += [name for name in re.findall(r":([^\s:]+):", bare) if not re.fullmatch(r"\d\d", name)]
    found += re.findall(r"&(?!amp;|lt;|gt;)", bare) if kind == "mrkdwn" else re.findall(r"&(?!amp;)#?\w{1,40};", bare)
    for row in said.split("\n"):
        found += re.findall(r"^(?:&gt;|>)" if kind == "mrkdwn" else r"^\s*(?:#|-|\+|=+$|>|\d+[.)])", row)
    return found


def nobody(url: str) -> str | None:
    return led_to(url)


def words(run: Run) -> str:
    return run.text


MARKUPS = [("mrkdwn", MRKDWN), ("markdown", MARKDOWN)]


@given(SLACK, st.booleans(), st.sampled_from(MARKUPS))
@settings(max_examples=400)
@example("https:" + "//evil.example", True, MARKUPS[1])
@example(":smile:", True, MARKUPS[0])
@example("<@U123>", True, MARKUPS[1])
@example(":/|/", False, MARKUPS[1])
def test_no_text_is_markup_and_all_of_it_is_shown(text, parted, markup):
    """Reading what was sent gives the visible text back, character by character; only blanks at line ends go."""
    kind, written_as = markup
    middle = len(text) // 2
    runs = (Run(text[:middle]), Run(text[middle:])) if parted else (Run(text),)
    for said in (lines(runs, written_as, nobody, words), line(runs, written_as, nobody, words)):
        assert leaks(kind, said) == []
        assert read(kind, said).split() == plain(text).translate(DOUBLES).split()
        assert not re.search("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]", said)


@given(SLACK, st.sampled_from(["plain", "bold", "italic"]), st.sampled_from(MARKUPS))
@settings(max_examples=200)
def test_a_link_is_one_link_whatever_its_text(text, style, markup):
    """To its address, and to no other."""
    kind, written_as = markup
    run = Run(f"[3] {text}", style, "https://ada.example/(x) y?<z>&w=|")
    said = line((Run("before "), run, Run(" after")), written_as, nobody, words)
    (found,) = list((ANCHOR if kind == "mrkdwn" else MASKED).finditer(said))
    assert unescape(found["url"]) == "https://ada.example/%28x%29%20y?%3Cz%3E&w=%7C"
    assert leaks(kind, f"x {found['text'].replace('[3]', '', 1).strip()}") == []
    mark = {"plain": "", "bold": written_as.bold, "italic": written_as.italic}[style]
    # Words that name another site stand beside the link.
    assert said.startswith(f"before {mark}{found[0]}{mark}")
    assert said.endswith(" after")


@given(SLACK)
@settings(max_examples=25, deadline=None)
def test_no_text_of_the_outside_breaks_a_message(text):
    """In every place an edition has for words: within the budgets, no ping, no link but to its sources, none cut."""
    edition = holding(text)
    payloads = [payload for message in all_holding(text) for payload in shown(message)]
    payloads += [window(looked_up(typed, edition)) for typed in ("sources 1", "sources", "who is Ada", "list")]
    payloads += [window(EditionCard(edition)), {"text": "x", "blocks": []}]
    sources = {c.url for c in edition.citations}
    for payload in payloads:
        assert faults(payload) == []
        assert {url for _, url in links(payload)} <= sources
        for kind, said in marked(payload):
            bare = TOKEN.sub("", ANCHOR.sub("", said)) if kind == "mrkdwn" else MASKED.sub("", said)
            bare = re.sub(r"`[^`\n]*`", "", ESCAPED.sub("", bare))
            assert not re.search("<|://", bare)
        summed = payload.get("text")
        assert not isinstance(summed, str) or not re.search(r"[<>*`]|://", summed)


@given(SLACK)
@settings(max_examples=100)
def test_the_top_level_text_is_words(text):
    """No mention, no address, no style; and all of the text."""
    said = sentence(text)
    assert leaks("mrkdwn", said) == []
    assert "://" not in said
    assert read("mrkdwn", said).split() == plain(text).translate(DOUBLES).split()


@given(st.integers(1, 12), st.sampled_from(["x", "щ", "漢", "🙂"]), st.integers(0, 1900), st.integers(10, 2500))
@settings(max_examples=8, deadline=None)
def test_however_long_a_story_is_every_number_stays_a_link(count, sign, address, length):
    """Long sentences and addresses: more messages, each within the budgets; as many numbers as without."""
    url = f"https://ada-quill.example/{'x' * address}"
    near, distant = long_stories(count, sign, length, url)
    numbers = [[t for p in shown(message) for t, _ in links(p) if NUMBER.fullmatch(t)] for message in (near, distant)]
    assert numbers[0] == numbers[1]
    assert len(numbers[0]) >= 2 * count
    for payload in shown(distant):
        assert faults(payload) == []
        assert not NUMBER.search(unlinked(payload))


# ---------------------------------------------------------------- marks


@pytest.mark.parametrize(
    ("text", "mrkdwn", "markdown"),
    [
        ("*b* _i_ ~s~ `c`", "∗b∗ ˍiˍ ∼s∼ ˋcˋ", r"\*b\* \_i\_ \~s\~ \`c\`"),
        ("snake_case a_b", "snake_case a_b", "snake_case a_b"),
        ("AT&T <@U1> 1 > 0", "AT&amp;T &lt;@U1&gt; 1 &gt; 0", r"AT&T ‹@U1\> 1 \> 0"),
        ("> said", "˃ said", r"\> said"),
        (":tada: at 10:30:15", "∶tada: at 10:30:15", "∶tada: at 10:30:15"),
        ("https://a.example", "https∶//a.example", "https∶//a.example"),
        ("www.a.example a@b.example", "www.a.example a@b.example", r"www\.a.example a@b\.example"),
        ("&lt; 3 &c", "&amp;lt; 3 &amp;c", "&amp;lt; 3 &c"),
        ("===", "===", r"\==="),
        ("= 3", "= 3", "= 3"),
        ("- x", "- x", r"\- x"),
        ("12. x", "12. x", r"12\. x"),
        ("[x](y) ![z](w)", "[x](y) ![z](w)", r"\[x\](y) !\[z\](w)"),
    ],
)
def test_a_sign_is_written_as_itself(text, mrkdwn, markdown):
    """With its double or an entity in one markup, with a backslash in the other."""
    assert line((Run(text),), MRKDWN, nobody, words) == mrkdwn
    assert line((Run(text),), MARKDOWN, nobody, words) == markdown


def test_what_is_no_link_joins_its_neighbours():
    """An address that leads nowhere leaves its words, and they make no emoji with what stands beside them."""
    runs = (Run(":smi"), Run("le:", url="javascript:x"), Run("", "code"), Run(" <"), Run("@U1>", url="ftp://x"))
    assert line(runs, MRKDWN, nobody, words) == "∶smile: &lt;@U1&gt;"
    assert line(runs, MARKDOWN, nobody, words) == r"∶smile: ‹@U1\>"


def test_styles_code_and_instants():
    """What is only blanks has no style; no style spans a line; code holds no mention."""
    runs = (
        Run("a", "bold"),
        Run(" b ", "italic"),
        Run("`c` <@U1>", "code"),
        Run(" ", "bold"),
        Run("now", at=datetime(2026, 3, 3, tzinfo=UTC)),
        Run(" "),
        Run("x\ny", "bold"),
        Run(" ", url="https://a.example"),
    )
    assert lines(runs, MRKDWN, nobody, words) == "*a* _b_ `'c' &lt;@U1&gt;` now *x y*"
    assert lines(runs, MARKDOWN, nobody, words) == "**a** *b* `'c' ‹@U1>` now **x y**"
    assert lines((Run("one\n\n\ntwo\n> three"),), MRKDWN, nobody, words) == "one\ntwo\n˃ three"
    assert line((Run(" \u200b", "code"),), MRKDWN, nobody, words) == ""


def test_an_address_keeps_its_ampersands():
    """As an entity in mrkdwn; in Markdown where one would be read as an entity."""
    run = Run("x", url="https://a.example/?a=1&copy;=2&b=3")
    assert line((run,), MRKDWN, nobody, words) == "<https://a.example/?a=1&amp;copy;=2&amp;b=3|x>"
    assert line((run,), MARKDOWN, nobody, words) == "[x](https://a.example/?a=1&amp;copy;=2&b=3)"

"""The rules of the interface on what Discord is sent: of small editions, of full ones, and of hostile text.

Numbers in brackets are those of the interface reference's rules.
"""

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.platforms.discord.payloads import Payload
from adapters.platforms.discord.rendering import Where, thread_name
from adapters.platforms.discord.rendering.limits import faults
from adapters.platforms.discord.rendering.marks import line, lines
from adapters.wire.runs import led_to, plain
from bot.domain.document import Run
from bot.domain.edition import Edition
from bot.domain.message import Answer, EditionCard, Message, Notice, Progress, QuestionPart, StoryPart, thread_of
from bot.domain.press import pressed
from bot.errors import MessageRefused
from tests.unit.discord_payloads import (
    BOX,
    BUTTON,
    LINE,
    LINK,
    ROW,
    SELECT,
    TEXT,
    buttons,
    links,
    of_kind,
    shown,
    texts,
    unlinked,
    walk,
)
from tests.unit.rendering_samples import (
    EDITIONS,
    HOSTILE,
    LANGUAGES,
    LOOK_UPS,
    NUMBER,
    all_holding,
    full,
    holding,
    long_stories,
    longest,
    looked_up,
    phrases,
    said_about,
    story,
)


@cache
def about(name: str, language: str) -> tuple[list[tuple[Message, Payload]], list[tuple[Message, Payload]]]:
    """The messages of an edition, and those that answer about it."""
    edition = EDITIONS[name]()
    return published(edition, language), answered(edition, language)


def published(edition: Edition, language: str) -> list[tuple[Message, Payload]]:
    planned = datetime(2026, 3, 5, 7, tzinfo=UTC)
    messages = [*thread_of(edition), EditionCard(edition, planned)]
    where = Where(stories={1: "https://discord.com/channels/1/2/3"}, mention_role="77")
    return [(message, payload) for message in messages for payload in shown(message, language, where)]


def answered(edition: Edition, language: str) -> list[tuple[Message, Payload]]:
    messages: list[Message] = [looked_up(typed, edition, language) for typed in LOOK_UPS]
    messages += [replace(message, shared_by="Nell") for message in messages if isinstance(message, Answer)]
    messages += said_about(edition, language)
    found = []
    for message in messages:
        private = isinstance(message, Answer) and message.shared_by is None
        found += [(message, payload) for payload in shown(message, language, Where(private=private))]
    return found


@pytest.fixture(params=[(name, language) for name in EDITIONS for language in LANGUAGES], ids="-".join)
def everything(request) -> list[tuple[Message, Payload]]:
    """All messages about an edition, in a language."""
    own, others = about(*request.param)
    return [*own, *others]


@pytest.fixture(params=[(name, language) for name in EDITIONS for language in LANGUAGES], ids="-".join)
def parts(request) -> list[tuple[Message, Payload]]:
    """The messages of an edition, in a language."""
    return about(*request.param)[0]


def rows(payload: Payload) -> list[str]:
    return [row for text in texts(payload) for row in text.split("\n")]


# ---------------------------------------------------------------- hierarchy


def test_a_message_has_one_heading_at_most(everything):
    """(1) `##` on card and story, `###` on question and look-up, none on an answer."""
    for message, payload in everything:
        headings = [row for row in rows(payload) if re.match(r"#{1,3} ", row)]
        assert len(headings) <= 1
        if isinstance(message, EditionCard | StoryPart):
            assert headings[0].startswith("## ")
        elif headings:
            assert headings[0].startswith("### ")


def test_bold_stands_at_the_start_of_a_line_or_of_a_small_lines_part(everything):
    """(2) Run-in labels, first words of a notice, linked titles."""
    for _, payload in everything:
        for row in rows(payload):
            for found in re.finditer(r"(?<!\\)\*\*(?=\S)[^*]+\*\*", row):
                before = row[: found.start()]
                small = row.startswith("-# ") and before.endswith((". ", ") "))
                assert small or re.fullmatch(r"(?:-# |- |> )?\[?", before), row


def test_what_is_published_stands_in_one_box_and_what_answers_in_none(everything):
    """(4, 5) Only the card has a colour."""
    for message, payload in everything:
        boxes = of_kind(payload, BOX)
        if isinstance(message, EditionCard | StoryPart | QuestionPart):
            assert [component["type"] for component in payload["components"]] == [BOX]
            assert ("accent_color" in boxes[0]) == isinstance(message, EditionCard)
        else:
            assert boxes == []


def test_parts_are_texts_of_their_own_without_blank_lines(everything):
    """(6) And no text is empty, or begins or ends with a blank."""
    for _, payload in everything:
        for text in texts(payload):
            assert "\n\n" not in text
            assert text == text.strip()
            assert text


def test_a_story_has_at_most_three_lines_never_two_together_none_at_an_end(parts):
    """(7)"""
    for message, payload in parts:
        kinds = [component["type"] for component in payload["components"][0]["components"]]
        assert not isinstance(message, StoryPart) or kinds.count(LINE) <= 3
        assert kinds[0] != LINE != kinds[-1]
        assert not any(a == b == LINE for a, b in pairwise(kinds))


def test_nothing_ends_with_an_ellipsis_and_nothing_is_an_emoji(everything):
    """(8) What is too long is written shorter."""
    for _, payload in everything:
        said = "\n".join(texts(payload))
        assert "…" not in said
        assert "..." not in said
        assert not [sign for sign in said if unicodedata.category(sign) == "So"]


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
        assert not NUMBER.search(unlinked("\n".join(texts(payload))))


def test_numbers_come_after_the_end_of_their_sentence_and_touch(parts):
    """(14) `. [[1]](…)[[2]](…)`."""
    for _, payload in parts:
        for text in texts(payload):
            for found in re.finditer(r"(?P<before>.)(?P<blank> ?)\[\[\d+\]\]\(", text):
                after_link = found["before"] == ")" and not found["blank"]
                whose = any(row.startswith("> ") for row in text.split("\n"))
                assert after_link or whose or re.match(r"[.?!”»:]", found["before"]), text


def test_a_sources_line_names_every_number_in_order_of_first_use(everything):
    """(15) `[1] site`, joined by a no-break space; a list of sources is one itself."""
    for message, payload in everything:
        if isinstance(message, EditionCard):
            continue
        found = links(payload)
        used = dict.fromkeys(text for text, _ in found if NUMBER.fullmatch(text))
        listed = [text.split("\u00a0")[0] for text, _ in found if re.match(r"\[\d+\]\u00a0", text)]
        assert list(used) == listed


def test_our_own_argument_has_no_number_and_no_name(parts):
    """(17) Its label says what it is."""
    for message, payload in parts:
        if isinstance(message, StoryPart) and message.story.counter.standing == "argument":
            (row,) = (row for row in rows(payload) if message.story.counter.text in row)
            assert row.startswith(
                ("**Counter view, our argument, no source:**", "**Возражение, наш довод, без источника:**")
            )
            assert not NUMBER.search(row)


def test_a_translation_shows_the_original_in_the_next_line():
    """(18) Speaker, status in words, number; then the original."""
    for language, original in (("en", "-# Original: “"), ("ru", "-# В оригинале: “")):
        edition = full()
        (payload,) = shown(StoryPart(edition, edition.stories[2]), language)
        (text,) = (text for text in texts(payload) if text.startswith("> "))
        assert re.fullmatch(rf"> [^\n]+\n> [^\n]+ \[\[7\]\]\([^)]+\)\n{original}[^\n]+”", text)


def test_our_reading_holds_no_number_and_no_quotation():
    """(20)"""
    for language in LANGUAGES:
        for message, payload in published(full(), language):
            readings = [row for row in rows(payload) if row.startswith(("**Our reading:**", "**Наше прочтение:**"))]
            assert len(readings) == isinstance(message, StoryPart)
            assert not [row for row in readings if re.search(r"[\[“«\d]", row)]


# ---------------------------------------------------------------- buttons


def test_buttons_stand_in_their_order(parts):
    """(21) Card: Ask, Sources, Counter views, Listen, In my language. Story: Sources, Counter view, Go deeper."""
    for message, payload in parts:
        verbs = [press.verb for button in buttons(payload) if (press := pressed(button["custom_id"]))]
        if isinstance(message, EditionCard):
            assert [verb for verb in verbs if verb != "in"] in (["ask", "src", "ctr"], ["ask", "src", "ctr", "aud"], [])
            assert "in" not in verbs[:-1]
            assert ("aud" in verbs) == (message.edition.audio is not None and bool(message.edition.stories))
        elif isinstance(message, StoryPart):
            assert verbs == ["src", "ctr", "deep"]
        else:
            assert verbs == ["ask"]


def test_one_button_at_most_is_primary_and_none_is_red(everything):
    """(22) Stories and answers have none."""
    for message, payload in everything:
        styles = [button["style"] for button in buttons(payload)]
        assert styles.count(1) <= 1
        assert set(styles) <= {1, 2, 5}
        kind = message.reply.kind if isinstance(message, Answer) else ""
        if isinstance(message, StoryPart) or kind in {"answer", "refusal", "deeper"}:
            assert 1 not in styles


def test_labels_are_short_in_both_languages(everything):
    """(23, 24) 24 characters, sentence case, no punctuation but the dot before a value; four in a row at most."""
    for _, payload in everything:
        for button in buttons(payload):
            label = button["label"]
            assert 0 < len(label) <= 24
            assert label[0].isupper()
            assert not re.search(r"[.!?,;]", label)
        for row in of_kind(payload, ROW):
            kinds = {component["type"] for component in row["components"]}
            assert kinds in ({BUTTON}, {SELECT})
            assert len(row["components"]) <= (4 if kinds == {BUTTON} else 1)


def test_nothing_is_disabled_and_every_id_can_be_pressed(everything):
    """(25) What cannot work is left out. Ids name the edition."""
    for message, payload in everything:
        for component in walk(payload):
            assert "disabled" not in component
            if "custom_id" in component:
                press = pressed(component["custom_id"])
                assert press is not None
                assert press.edition or not isinstance(message, EditionCard | StoryPart | QuestionPart)


def test_only_sources_lead_to_the_second_level(everything):
    """(27) Why this story, a mistake, the full passage."""
    for message, payload in everything:
        verbs = {press.verb for c in walk(payload) if (press := pressed(c.get("custom_id", "")))}
        if verbs & {"wrong", "pas"}:
            assert isinstance(message, Answer)
            assert message.reply.kind == "sources"


# ---------------------------------------------------------------- who sees what, time, access


def test_flags_and_mentions(everything):
    """(30, 32) Thread parts are silent, what is private is private, nothing is parsed as a mention."""
    for message, payload in everything:
        flags = payload["flags"]
        assert flags & 32768
        assert bool(flags & 4096) == isinstance(message, StoryPart | QuestionPart)
        assert payload["allowed_mentions"]["parse"] == []
        assert ("roles" in payload["allowed_mentions"]) == isinstance(message, EditionCard)
        assert payload.keys() == {"flags", "components", "allowed_mentions"}
        mentions = re.findall(r"(?<!\\)<@[^>]*>", "\n".join(texts(payload)))
        assert mentions == (["<@&77>"] if isinstance(message, EditionCard) else [])


def test_one_line_of_an_edition_explains_what_to_type(parts):
    """(33) Under the open question."""
    hints = [row for message, payload in parts for row in rows(payload) if "`" in row]
    assert len(hints) == 1
    assert any(
        "`" in text for message, payload in parts if isinstance(message, QuestionPart) for text in texts(payload)
    )


def test_instants_are_shown_in_the_readers_zone(everything):
    """(35) Never as "18:00 UTC"."""
    for _, payload in everything:
        assert "UTC" not in "\n".join(texts(payload))


def test_link_text_says_where_it_goes(everything):
    """(40) No bare address, no "here"."""
    for _, payload in everything:
        said = "\n".join(texts(payload))
        assert not re.search(r"https?://", unlinked(said))
        assert not [
            text for text, _ in links(payload) if text.strip("*").casefold() in {"here", "link", "тут", "здесь"}
        ]


def test_every_message_is_within_the_budgets(everything):
    """Lengths and counts, of everything."""
    for _, payload in everything:
        assert faults(payload) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_of_the_longest_lengths_make_one_message(language):
    """What is written to length fits: title 90, lede 90, story titles 75, standfirst 140, body 800 and so on."""
    edition = longest(language)
    assert len(shown(EditionCard(edition), language)) == 1
    assert len(shown(story(edition, 1), language)) == 1
    assert len(shown(QuestionPart(edition), language)) == 1
    assert len(thread_name(edition, phrases(language))) <= 90


# ---------------------------------------------------------------- hostile text

ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
SIGNS = frozenset("\\*_~|`<>[]@")


def leaks(said: str) -> list[str]:
    """What of a text without links, styles and instants is still markup."""
    bare = ESCAPED.sub("", said)
    found = [sign for sign in bare if sign in SIGNS]
    found += re.findall(r"://|discord(?:app)?\.(?:gg|com|me)", bare, re.IGNORECASE)
    for row in said.split("\n"):
        found += re.findall(r"^\s*(?:#|-|\+|>|\d+[.)])", row)
    return found


def read(said: str) -> str:
    """A text without markup as Discord shows it."""
    return ESCAPED.sub(r"\1", said)


def nobody(url: str) -> str | None:
    return led_to(url)


@given(HOSTILE, st.booleans())
@settings(max_examples=300)
@example("https:" + "//evil.example", True)
def test_no_text_is_markup_and_all_of_it_is_shown(text, parted):
    """Reading what was sent gives the visible text back, character by character; only blanks at line ends go."""
    middle = len(text) // 2
    runs = (Run(text[:middle]), Run(text[middle:])) if parted else (Run(text),)
    for said in (lines(runs, nobody), line(runs, nobody)):
        assert leaks(said) == []
        assert read(said).split() == plain(text).split()
        assert not re.search("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]", said)


@given(HOSTILE, st.sampled_from(["plain", "bold", "italic"]))
@settings(max_examples=200)
def test_a_link_is_one_link_whatever_its_text(text, style):
    """To its address, and to no other."""
    said = line((Run("before "), Run(f"[3] {text}", style, "https://ada.example/(x) y?<z>"), Run(" after")), nobody)
    found = LINK.findall(said)
    assert [url for _, url in found] == ["https://ada.example/%28x%29%20y?%3Cz%3E"]
    bare = ESCAPED.sub("", found[0][0].replace("[3]", "", 1))
    assert set(bare) & SIGNS <= {"*"}
    assert bare.count("*") == {"plain": 0, "bold": 4, "italic": 2}[style]
    assert said.startswith("before")
    assert said.endswith("after")


@given(HOSTILE)
@settings(max_examples=40, deadline=None)
def test_no_text_of_the_outside_breaks_a_message(text):
    """In every place an edition has for words: within the budgets, no ping, no link but to its sources, none cut."""
    sources = {c.url for c in holding(text).citations}
    for message in all_holding(text):
        try:
            payloads = shown(message)
        except MessageRefused:
            assert len(text) > 900  # a title that fills a message by itself, in a place that is never parted
            continue
        for payload in payloads:
            assert faults(payload) == []
            assert {url for _, url in links(payload)} <= sources
            bare = re.sub(r"`[^`\n]*`", "", ESCAPED.sub("", "\n".join(texts(payload))))
            assert not re.search(r"<(?!t:\d+:[fDR]>)|@", bare)


@given(st.integers(1, 30), st.sampled_from(["x", "щ", "漢", "🙂"]), st.integers(0, 1900), st.integers(10, 2500))
@settings(max_examples=25, deadline=None)
def test_however_long_a_story_is_every_number_stays_a_link(count, sign, address, length):
    """Long sentences and addresses: more messages, each within the budgets; as many numbers as without."""
    url = f"https://ada-quill.example/{'x' * address}"
    near, far = long_stories(count, sign, length, url)
    numbers = [[t for p in shown(message) for t, _ in links(p) if NUMBER.fullmatch(t)] for message in (near, far)]
    assert numbers[0] == numbers[1]
    assert len(numbers[0]) >= 2 * count
    for payload in shown(far):
        assert faults(payload) == []
        assert not NUMBER.search(unlinked("\n".join(texts(payload))))
        assert all(re.fullmatch(rf"{re.escape(url)}\d", found) for _, found in links(payload))


def test_styles_and_instants():
    """Bold, italic, code, instants by their grain; what is only blanks has no style; no style spans a line."""
    at = datetime(2026, 3, 3, tzinfo=UTC)
    runs = (
        Run("a", "bold"),
        Run(" b ", "italic"),
        Run("`c`", "code"),
        Run(" ", "bold"),
        Run("now", at=at),
        Run(" "),
        Run("day", at=at, grain="day"),
        Run(" "),
        Run("soon", at=at, grain="distance"),
        Run("x\ny", "bold"),
        Run(" ", url="https://a.example"),
        Run("", "code"),
    )
    stamp = int(at.timestamp())
    assert lines(runs, nobody) == f"**a** *b* `'c'` <t:{stamp}:f> <t:{stamp}:D> <t:{stamp}:R>**x y**"
    assert lines((Run("one\n\n\ntwo\n# three"),), nobody) == "one\ntwo\n\\# three"
    assert line((Run("1. one\n2. two"),), nobody) == "1\\. one 2\\. two"


def test_every_text_component_is_a_text(everything):
    """No component of a kind that was not meant."""
    for _, payload in everything:
        assert {component["type"] for component in walk(payload)} <= {BOX, ROW, BUTTON, SELECT, TEXT, LINE}

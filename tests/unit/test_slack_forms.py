"""Forms and pages as payloads: within the limits in every language, read back as written; and what is typed, read."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.locale.catalogue import LANGUAGES, FluentCatalogue
from adapters.platforms.slack.arrival import Whence
from adapters.platforms.slack.calling import Asked, Call
from adapters.platforms.slack.commands import privacy
from adapters.platforms.slack.commands.sources_form import (
    address_form,
    as_opml,
    empty_field,
    import_form,
    remove_form,
)
from adapters.platforms.slack.commands.words import DEEDS, VERBS, Wish, lexicon, plainly, wish
from adapters.platforms.slack.forms import settings_form, setup_form, timetable
from adapters.platforms.slack.forms.setup_form import Setup, chosen, remembered, set_up
from adapters.platforms.slack.home.page import (
    Coming,
    Health,
    Line,
    Seen,
    everyday,
    first,
    forget_button,
    in_use,
    when_told,
)
from adapters.platforms.slack.naming import channel_of
from adapters.platforms.slack.options import Options
from adapters.platforms.slack.payloads import View, actions, every, filled
from adapters.platforms.slack.rendering import Where, modal
from adapters.platforms.slack.rendering.limits import faults
from adapters.platforms.slack.wording import Wording
from adapters.wire.zones import COMMON
from bot.domain.conversation.words import join
from bot.domain.document import Run
from bot.domain.follow import Followed, Tried
from bot.domain.kept import Kept, Used
from bot.domain.layout import sheets
from bot.domain.message import Sheet
from bot.domain.place import Place
from bot.domain.press import pressed
from bot.domain.schedules import zone_named
from bot.domain.subscription import Subscription
from bot.domain.timetable import Schedule

NOW = datetime(2026, 11, 21, 8, 41, tzinfo=UTC)
CATALOGUE = FluentCatalogue()
ALL = [CATALOGUE.speak(language) for language in LANGUAGES]
KNOWN = lexicon(ALL, join(one.words() for one in ALL))
ZONE = "America/Argentina/Buenos_Aires"
CHOSEN = Setup((("am", time(7, 30)), ("pm", time(18))), "zh", "harbour", channel="C0123456789", zone=ZONE)
ONE = Subscription(
    "0123456789ab", "slack:T1", Place("slack", "T1/C0123456789"), "default", Schedule(ZONE, (0, 2, 4)), "ru", NOW
)
DESKS = {"harbour": "Harbour", "d" * 40: "Desk " * 20}
LONG = "Wort" * 100
WHERE = "<#C0123456789>"


def spoken(language: str) -> Wording:
    return Wording(CATALOGUE.speak(language))


def forms(phrases: Wording) -> Iterator[View]:
    """Each form and each page with buttons, at its longest."""
    lacking = (phrases.say("slack-invite"), phrases.say("slack-not-in-it"))
    yield set_up(CHOSEN, DESKS, NOW, phrases)
    yield set_up(replace(CHOSEN, channel=None, zone=None, slots=CHOSEN.slots[1:]), {"a": "A"}, NOW, phrases)
    yield setup_form.missing(CHOSEN, lacking, phrases)
    yield setup_form.missing_there("C0123456789", lacking, phrases)
    for paused in (True, False):
        coming = phrases.say("paused-for-good")
        yield settings_form.settings(ONE, Options("all"), WHERE, coming, paused=paused, others=paused, phrases=phrases)
    subscriptions = [replace(ONE, id=f"{n:012x}") for n in range(40)]
    where = {one.id: WHERE for one in subscriptions}
    yield settings_form.several(subscriptions, where, dict.fromkeys(where, "#" + "n" * 80), phrases)
    yield settings_form.times_form(ONE, NOW, phrases)
    yield settings_form.stop_form(ONE, WHERE, phrases)
    yield address_form("add", phrases)
    yield address_form("test", phrases)
    yield address_form("propose", phrases)
    yield import_form(phrases)
    yield remove_form([followed(n) for n in range(90)], phrases)
    yield remove_form([followed(n) for n in range(190)], phrases)
    yield first(phrases, manages=True)
    yield first(phrases, manages=False)
    yield in_use(seen(phrases, 40, manages=True), phrases)
    yield in_use(seen(phrases, 1, manages=False), phrases)
    yield in_use(replace(seen(phrases, 1, manages=True), coming=None), phrases)


def followed(number: int) -> Followed:
    return Followed(f"thinker-{number}", LONG, ("https://example.org/feed",), "added")


def seen(phrases: Wording, lines: int, *, manages: bool) -> Seen:
    coming = Coming(NOW + timedelta(hours=9), "pm", "Harbour", WHERE, "It came.", ONE.id)
    shown = [Line(replace(ONE, id=f"{n:012x}"), WHERE, "Harbour", "Paused." if n % 2 else None) for n in range(lines)]
    health = Health(24, 23, ["Fathom: 503"] * 5, "figures") if manages else None
    return Seen(NOW, ZONE, manages, shown, coming, health, [forget_button(phrases, n=2)])


def called(language: str) -> Call:
    """A call that is in nobody's hands yet."""

    class Kit:
        catalogue = CATALOGUE

    kit: Any = Kit()
    view = {"private_metadata": f'{{"l": "{language}"}}', "type": "modal", "id": "V1"}
    return Call(kit, Asked(Whence("T1", "U1"), "1", view))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_is_within_the_limits_and_its_ids_can_be_read_back(language: str) -> None:
    """Titles and buttons of 24 characters, a hundred blocks, ids of ours; all of it in the reader's language."""
    for view in forms(spoken(language)):
        assert faults(view) == [], view
        inside = [*every(view), {"value": view.get("callback_id", "")}]
        values = [str(one["value"]) for one in inside if str(one.get("value", "")).startswith("b1:")]
        assert all(pressed(value) for value in values)
        assert "server" not in str(view).lower()
        if language == "ru":
            labels = [one["text"]["text"] for one in every(view) if one.get("type") == "button"]
            assert not any(re.fullmatch(r"[A-Za-z ]+", label) for label in labels)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_has_one_primary_button_at_most(language: str) -> None:
    """The one thing most people want."""
    for view in forms(spoken(language)):
        primary = [one for one in every(view) if one.get("style") == "primary"]
        assert len(primary) + bool(view.get("submit")) <= 1


def state_of(view: View) -> dict[str, Any]:
    """What Slack sends of a form that nobody touched."""
    values: dict[str, Any] = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            state = {"type": element["type"]}
            for key in ("option", "options", "time", "conversation"):
                if f"initial_{key}" in element:
                    state[f"selected_{key}"] = element[f"initial_{key}"]
            values[block["block_id"]] = {element["action_id"]: state}
    return {**view, "state": {"values": values}}


@pytest.mark.parametrize("slots", [CHOSEN.slots, CHOSEN.slots[:1], CHOSEN.slots[1:]])
def test_a_form_says_what_was_chosen(slots: Any) -> None:
    """The fields themselves, and then what the window remembers of them."""
    state = replace(CHOSEN, slots=slots, days=(0, 2, 6))
    view = state_of(set_up(state, DESKS, NOW, spoken("en")))
    assert setup_form.setup_mistakes(filled(view), spoken("en")) == {}
    usual = Setup((), "en", "harbour", (0, 2, 6))
    assert chosen(filled(view), usual) == state
    assert remembered(state.state) == state


@given(st.dictionaries(st.sampled_from(["v", "z", "ch"]), st.text(max_size=40)))
@settings(max_examples=50, deadline=None)
def test_a_strange_memory_is_none_or_something(state: dict[str, str]) -> None:
    """Never a failure."""
    found = remembered(state)
    assert found is None or isinstance(found.desk, str)


def test_a_changed_timetable_is_read_back() -> None:
    """Days, times, zone and language."""
    view = state_of(settings_form.times_form(ONE, NOW, spoken("en")))
    typed = filled(view)
    assert timetable.mistakes(typed, spoken("en"), days=True) == {}
    times = timetable.times_of(typed, Schedule("UTC"), "en")
    assert (times.zone, times.days, times.language) == (ZONE, (0, 2, 4), "ru")
    assert times.slots == ONE.schedule.slots


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"am": ("07:00",), "zone": ("UTC",)}, set()),
        ({"pm": ("07:00",), "zone": ("UTC",)}, set()),
        ({"zone": ("UTC",)}, {"am"}),
        ({"am": ("25:99",), "zone": ("UTC",)}, {"am"}),
        ({"am": ("18:00",), "pm": ("18:00",), "zone": ("UTC",)}, {"pm"}),
        ({"am": ("07:00",), "zone": ("Atlantis",)}, {"zone"}),
        ({"am": ("07:00",)}, {"zone"}),
    ],
)
def test_what_is_wrong_stands_beside_its_field(typed: dict[str, tuple[str, ...]], wrong: set[str]) -> None:
    """Cleared times are off; one of them has to stay."""
    assert set(timetable.mistakes(typed, spoken("en"), days=False)) == wrong
    assert set(timetable.mistakes(typed, spoken("en"), days=True)) == wrong | {"days"}
    assert set(setup_form.setup_mistakes(typed, spoken("ru"))) == wrong | {"channel"}


def test_the_empty_field_of_a_form_is_named() -> None:
    """Blanks are nothing."""
    for deed, block in (("added", "address"), ("removed", "thinker"), ("imported", "list"), ("tested", "address")):
        assert set(empty_field(deed, {block: ("  ",)}, spoken("en"))) == {block}
        assert empty_field(deed, {block: ("x",)}, spoken("en")) == {}
    assert empty_field("strange", {}, spoken("en")) == {}


@pytest.mark.parametrize(
    ("pasted", "made"),
    [
        ("<opml/>", b"<opml/>"),
        ('<?xml version="1.0"?><opml/>', b'<?xml version="1.0"?><opml/>'),
        ("<outline a='b'/>", b"<opml version=\"2.0\"><body><outline a='b'/></body></opml>"),
        ("Dear bot", b"Dear bot"),
    ],
)
def test_lines_of_a_list_are_made_one(pasted: str, made: bytes) -> None:
    """A whole file stays as it is."""
    assert as_opml(pasted) == made


# ---------------------------------------------------------------- zones and times


def test_zones_are_offered_by_what_their_clock_shows() -> None:
    """The common ones first; a hundred at most; each a zone that exists."""
    offered = timetable.zones_for("", NOW, CATALOGUE)
    assert [one["value"] for one in offered] == list(COMMON)
    assert offered[0]["text"]["text"] == "Europe/Berlin, 09:41"
    many = timetable.zones_for("america", NOW, CATALOGUE)
    assert 25 < len(many) <= 100
    assert all(zone_named(one["value"]) for one in many)
    assert [one["value"] for one in timetable.zones_for("Санкт", NOW, CATALOGUE)] in ([], ["Europe/Moscow"])


@pytest.mark.parametrize(
    ("ahead", "said"),
    [(0, "today at 09:41"), (24, "tomorrow at 09:41"), (72, "Tuesday at 09:41"), (24 * 9, "30 Nov 2026 at 08:41")],
)
def test_a_heading_tells_an_instant_on_the_readers_clock(ahead: int, said: str) -> None:
    """Headings take no date tokens."""
    zone = "UTC" if ahead > 100 else "Europe/Berlin"
    assert when_told(NOW + timedelta(hours=ahead), NOW, zone, spoken("en")) == said
    assert when_told(NOW, NOW, "Atlantis", spoken("ru")) == "сегодня в 08:41"


# ---------------------------------------------------------------- what is typed


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", Wish("main")),
        ("   ", Wish("main")),
        ("now", Wish("now")),
        ("now agents 24h", Wish("now", "agents", hours=24)),
        ("now 3d", Wish("now", hours=72)),
        ("now salt glass 12 hours", Wish("now", "salt glass", hours=12)),
        ("now agents in German 24h", Wish("now", "agents", hours=24, language="de")),
        ("now agents 24h in german", Wish("now", "agents", hours=24, language="de")),
        ("сейчас агенты 24ч", Wish("now", "агенты", hours=24)),
        ("сейчас 2 дня по-русски", Wish("now", hours=48, language="ru")),
        ("now web 3", Wish("now", "web 3")),
        ("now 2001 odyssey", Wish("now", "2001 odyssey")),
        ("ask Who   disagrees?", Wish("ask", "Who disagrees?")),
        ("спросить Кто не согласен?", Wish("ask", "Кто не согласен?")),
        ("search a &lt;b&gt; &amp; c", Wish("search", "a <b> & c")),
        ("STATUS", Wish("status")),
        ("/help", Wish("help")),
        ("commands", Wish("help")),
        ("pause", Wish("pause")),
        ("pause 3d", Wish("pause", days=3)),
        ("pause 5", Wish("pause", days=5)),
        ("пауза 3 дня", Wish("pause", days=3)),
        ("pause 36h", Wish("pause", days=2)),
        ("pause for ever", Wish("pause", "for ever")),
        ("pause 0", Wish("pause", "0")),
        ("sources", Wish("sources", deed="list")),
        ("sources add https://a.example/feed", Wish("sources", "https://a.example/feed", "add")),
        ("sources add <https://a.example/feed|a.example>", Wish("sources", "https://a.example/feed", "add")),
        ("источники убрать Ада Брук", Wish("sources", "Ада Брук", "remove")),
        ("sources frobnicate x", Wish("unknown", "frobnicate")),
        ("frobnicate", Wish("unknown", "frobnicate")),
    ],
)
def test_words_after_the_command_are_read_as_people_write_them(text: str, meant: Wish) -> None:
    """In any of our languages."""
    assert wish(text, KNOWN) == meant


def test_every_verb_and_deed_is_understood_in_every_language() -> None:
    """By its own name, and by the name that the catalogue gives it."""
    for phrases in ALL:
        for verb in VERBS:
            assert wish(verb, KNOWN).verb == verb
            assert wish(phrases.say(f"cmd-{verb}"), KNOWN).verb == verb
        for deed in DEEDS:
            assert wish(f"sources {phrases.say(f'cmd-sources-{deed}')} x", KNOWN) == Wish("sources", "x", deed)


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_whatever_is_typed_means_something(text: str) -> None:
    """Never a failure; what is shown of an unknown word is short."""
    found = wish(text, KNOWN)
    assert found.verb in {*VERBS, "main", "unknown"}
    assert found.verb != "unknown" or 0 < len(found.rest) <= 40
    assert plainly(plainly(text)).split() == plainly(plainly(text)).split(" ") or not plainly(text)


# ---------------------------------------------------------------- pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_fit_into_a_window_with_the_longest_names(language: str) -> None:
    """Names of thinkers are data: they ping nobody and link nowhere."""
    phrases = spoken(language)
    hostile = [
        Followed(f"t{n}", "*<!channel>* <@U1> https://evil.example " + LONG, ("https://x.example",), "proposed")
        for n in range(60)
    ]
    tried = Tried(LONG, "https://example.org/" + "x" * 400, 3, NOW, (LONG, "<!here>"))
    kept = Kept(tuple(Used("slack:T1/U1", "slack:T1", "now", date(2026, 1, 1), n) for n in range(40)), (), (ONE,))
    pages = (
        sheets.sources(hostile, 1, manages=True, phrases=phrases),
        sheets.tried(tried, phrases),
        sheets.kept(kept, lambda place: Run(place.id, "bold"), phrases),
        sheets.helping(phrases),
        sheets.checked(
            [(Run("#a"), (LONG, LONG))] * 8, reads="slack-doctor-reads", troubles=[(Run(LONG),)], phrases=phrases
        ),
    )
    for document in pages:
        view = modal(
            Sheet(document, language), phrases, Where(private=True), below=[everyday(phrases), actions({})][:1]
        )
        assert faults(view) == []
        assert "<!" not in str(view).replace("<!date", "")
        assert "<@U1>" not in str(view)
        assert "server" not in str(view).lower()
        assert "сервер" not in str(view).lower()


def test_what_is_handed_over_is_in_pages_and_loses_nothing() -> None:
    """Escaped, each page within the limits, a way to the next."""
    call = called("en")
    written = "\n".join(f'  "{n}": "<b> & `{"x" * 200}`"' for n in range(200))
    pages = [privacy.exported(written, n, call) for n in range(1, 9)]
    assert all(faults(view) == [] for view in pages)
    text = "".join(str(view) for view in pages)
    assert all(f'"{n}"' in text for n in range(200))
    assert "<b>" not in text
    assert "Next: 2" in str(pages[0])
    assert "Previous" not in str(pages[0])
    assert faults(privacy.exported("y" * 5000, 99, call)) == []


def test_what_is_no_channel_has_no_name() -> None:
    """Direct messages, and places of other platforms."""
    assert channel_of(Place("slack", "T1/C1")) == "C1"
    assert channel_of(Place("slack", "@T1/U1")) is None
    assert channel_of(Place("discord", "4711")) is None

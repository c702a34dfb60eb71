"""Forms as payloads: within the limits and rules in every language, and read back as they were written."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.locale.catalogue import LANGUAGES, FluentCatalogue
from adapters.platforms.discord import payloads
from adapters.platforms.discord.calling import place_named
from adapters.platforms.discord.commands import privacy
from adapters.platforms.discord.forms import previewing, settings_form, setup_form, timetable
from adapters.platforms.discord.forms.setup_form import Setup, read, set_up
from adapters.platforms.discord.forms.zones import complete, face, offered
from adapters.platforms.discord.options import KINDS, Options
from adapters.platforms.discord.payloads import filled
from adapters.platforms.discord.permissions import RIGHTS, remedy
from adapters.platforms.discord.rendering import Where, render
from adapters.platforms.discord.rendering.limits import check
from adapters.wire.zones import COMMON
from bot.domain.document import Run
from bot.domain.follow import Followed, Tried
from bot.domain.kept import Kept, Used
from bot.domain.layout import sheets
from bot.domain.message import EditionCard, Sheet
from bot.domain.place import Place
from bot.domain.press import pressed
from bot.domain.report import (
    Figures,
    LastEdition,
    Lateness,
    NextEdition,
    Pause,
    Report,
    SourceTrouble,
    Spend,
    SubscriptionReport,
)
from bot.domain.subscription import FOR_GOOD, Subscription
from bot.domain.timetable import EVERY_DAY, Schedule
from bot.ports.phrases import Phrases
from tests.fakes.editions import edition

NOW = datetime(2026, 11, 21, 8, 41, tzinfo=UTC)
CATALOGUE = FluentCatalogue()
CHANNEL = "1180000000000000010"
ZONES = ("America/Argentina/Buenos_Aires", "Europe/London", "Europe/Helsinki", "Europe/Moscow", "America/New_York")
CHOSEN = Setup(
    "1190000000000000001",
    (("am", time(7, 30)), ("pm", time(18))),
    "zh",
    "a-desk-with-a-long-name-26",
    channel=CHANNEL,
    kind="forum",
    zone=ZONES[0],
)
ONE = Subscription(
    "0123456789ab",
    "discord:1",
    Place("discord", CHANNEL),
    "default",
    Schedule("America/Argentina/Buenos_Aires", (0, 2, 4)),
    "ru",
    NOW,
)
DECIDED = Options("day", "1180000000000000011", "all", guild="1")
LONG = "Wort" * 100


def faces(phrases: Phrases) -> list[Any]:
    return [face(zone, NOW, phrases) for zone in ZONES]


def every(phrases: Phrases) -> Iterator[dict[str, Any]]:
    """Each form that is a message, at its longest."""
    many = tuple(replace(ONE, id=f"{n:012x}") for n in range(25))
    yield setup_form.greeting(CHOSEN.command, phrases)
    yield set_up(CHOSEN, faces(phrases), "Counterpoint", 2400, phrases)
    yield set_up(replace(CHOSEN, channel=None, zone=None), faces(phrases), "Counterpoint", 1, phrases)
    for right in RIGHTS:
        yield setup_form.missing(CHOSEN, (right,), phrases)
    yield setup_form.missing(CHOSEN, RIGHTS, phrases)
    yield settings_form.several(many, {CHANNEL: LONG}, {}, phrases)
    for paused in (None, FOR_GOOD, NOW + timedelta(days=1)):
        one = replace(ONE, paused_until=paused)
        yield settings_form.settings(one, DECIDED, NOW, NOW, phrases, others=True)
    yield settings_form.settings(ONE, Options("forum", kind="forum"), None, NOW, phrases, others=False)
    yield settings_form.sure(ONE, phrases)
    yield settings_form.waiting(ONE, NOW, phrases)
    yield settings_form.waiting(ONE, None, phrases)
    yield privacy.forget_sure(phrases)
    for ready in (None, "counterpoint-20261121-now-1a2b3c4d"):
        yield payloads.message(payloads.text("x"), settings_form.preview_row(ONE, phrases, edition=ready))


def modals(phrases: Phrases) -> Iterator[dict[str, Any]]:
    yield setup_form.city_form(phrases)
    yield settings_form.settings_form(ONE, phrases)
    desks = timetable.desk_field({"a": "A", "b": "B"}, "b", phrases)
    assert desks is not None
    yield timetable.times_form("b1:set::times", Schedule("UTC"), "sv", phrases, last=desks)


def pages(phrases: Phrases) -> Iterator[dict[str, Any]]:
    """Each page of blocks, at its longest, with hostile names."""
    name = "@everyone [x](https://evil.example) **bold** <@1> " + LONG
    follows = [Followed(f"t{n}", name, (name,), "added", name) for n in range(30)]
    follows += [Followed(f"p{n}", name, (name,), "proposed") for n in range(9)]
    used = tuple(Used("discord:1", "t", kind, date(2026, 11, 21), 21) for kind in ("now", "question", "proposal"))
    tried = Tried(name, "https://lovelace.example/" + LONG, 21, NOW, (name, name, name))
    documents = (
        sheets.sources(follows, 2, manages=True, phrases=phrases),
        sheets.sources([], 9, manages=False, phrases=phrases),
        sheets.tried(tried, phrases),
        sheets.tried(replace(tried, newest=None, titles=(), items=0), phrases),
        sheets.imported(0, [name] * 40, phrases),
        sheets.imported(2, [], phrases),
        sheets.kept(Kept(used, (), (ONE,)), lambda place: place_named(place, {CHANNEL: name}, "1"), phrases),
        sheets.kept(Kept((), (), ()), lambda place: place_named(place, {}, None), phrases),
        sheets.checked(
            [(Run("#x"), remedy(RIGHTS, phrases))],
            reads="doctor-no-intent",
            troubles=[(Run(name),)] * 9,
            phrases=phrases,
        ),
        sheets.checked([], reads="doctor-intent", troubles=[], phrases=phrases),
        sheets.helping(phrases),
    )
    for document in documents:
        yield render(Sheet(document, phrases.language), phrases, Where(guild="1", private=True))[0]


def components(payload: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(payloads.inside(payload["components"]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_is_within_the_limits_and_follows_the_rules(language: str) -> None:
    """One heading, at most one primary button, no red, labels of 24 characters, no ellipsis, no blank line."""
    phrases = CATALOGUE.speak(language)
    for payload in (*every(phrases), *pages(phrases)):
        check(payload)
        parts = components(payload)
        texts = [one["content"] for one in parts if one["type"] == 10]
        assert sum(line.startswith("#") for text in texts for line in text.split("\n")) <= 1
        assert not [text for text in texts if re.search(r"\n\n|…|(?<!\\)@everyone|(?<!\\)\[x\]\(", text)]
        buttons = [one for one in parts if one["type"] == 2]
        assert sum(one["style"] == 1 for one in buttons) <= 1
        assert all(one["style"] != 4 and len(one["label"]) <= 24 for one in buttons)
        assert all(pressed(one["custom_id"]) for one in parts if "custom_id" in one)
        assert payload["allowed_mentions"]["parse"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_modal_is_within_the_limits(language: str) -> None:
    """A title of 45 characters, five fields with labels of 45, options of 75."""
    for modal in modals(CATALOGUE.speak(language)):
        assert len(modal["title"]) <= 45
        assert 1 <= len(modal["components"]) <= 5
        assert pressed(modal["custom_id"])
        for label in modal["components"]:
            assert len(label["label"]) <= 45
            assert len(label.get("description", "")) <= 100
            options = label["component"].get("options", [])
            assert len(options) <= 25
            assert all(len(one["label"]) <= 75 for one in options)


states = st.builds(
    Setup,
    command=st.from_regex(r"[1-9][0-9]{0,18}", fullmatch=True),
    slots=st.sampled_from([(("am", time(7, 30)),), (("pm", time(23, 59)),), (("am", time(0, 5)), ("pm", time(18)))]),
    language=st.sampled_from(["en", "pt-BR", "zh-Hant"]),
    desk=st.from_regex(r"[a-z0-9][a-z0-9-]{0,25}", fullmatch=True),
    days=st.sets(st.sampled_from(EVERY_DAY), min_size=1).map(lambda days: tuple(sorted(days))),
    channel=st.none() | st.from_regex(r"[1-9][0-9]{16,18}", fullmatch=True),
    kind=st.sampled_from(KINDS),
    zone=st.none() | st.sampled_from(COMMON),
)


@settings(max_examples=60)
@given(state=states)
def test_a_set_up_is_read_back_from_its_own_message(state: Setup) -> None:
    """Nothing is kept anywhere else, so nothing may be lost."""
    phrases = CATALOGUE.speak("ru")
    zones = dict.fromkeys([*ZONES, *([state.zone] if state.zone else [])])
    shown = [face(zone, NOW, phrases) for zone in zones]
    assert read(set_up(state, shown, "Counterpoint", 24, phrases)["components"]) == state


@settings(max_examples=30)
@given(state=states.filter(lambda state: state.channel is not None))
def test_the_notice_of_missing_rights_keeps_what_was_chosen(state: Setup) -> None:
    """So that Check again goes on where it was."""
    assert read(setup_form.missing(state, RIGHTS[3:4], CATALOGUE.speak("en"))["components"]) == state


@pytest.mark.parametrize(
    "custom_id", ["b1:set::more.x", "b1:set::more.0730.1800.7f.en.default.ship", "b1:src:x:2", "", "b9"]
)
def test_what_is_no_set_up_form_is_none(custom_id: str) -> None:
    """Also an id that a later version, or nobody, wrote."""
    assert read([payloads.row(payloads.button("x", custom_id))]) is None


def test_set_up_reads_as_the_reference_has_it() -> None:
    """The words and the order of the interface reference."""
    phrases = CATALOGUE.speak("en")
    chosen = replace(CHOSEN, language="en", desk="lantern", kind="text", zone="Europe/London", command="1")
    shown = set_up(chosen, faces(phrases), "Lantern Desk", 24, phrases)
    texts = [one["content"] for one in components(shown) if one["type"] == 10]
    assert texts == [
        (
            "### Set up Counterpoint\n"
            "Choose where and when. Everything else has a default you can change later with </brief settings:1>."
        ),
        "**Channel**",
        "**Your time**",
        (
            "**Editions** at 07:30 and 18:00, every day, in English. Desk: Lantern Desk, 24 sources.\n"
            "-# I can post, open threads and attach files in this channel."
        ),
    ]
    zone = next(one for one in components(shown) if one["type"] == 3)
    assert [one["label"] for one in zone["options"]][1:] == [
        "It is 08:41 here (Europe/London)",
        "It is 10:41 here (Europe/Helsinki)",
        "It is 11:41 here (Europe/Moscow)",
        "It is 03:41 here (America/New_York)",
        "My zone is not here",
    ]
    missing = setup_form.missing(replace(chosen, channel="5"), RIGHTS[3:4], phrases)
    assert components(missing)[0]["content"] == (
        "**I cannot open threads there.** Without that right I have nowhere to put the stories of <#5>.\n"
        "A server manager can fix it: channel settings, Permissions, Counterpoint, allow Create Public Threads."
    )


def test_what_was_filled_in_is_read_from_labels_and_rows() -> None:
    """Text, choices and nothing."""
    sent = [
        {"type": 18, "component": {"type": 4, "custom_id": "am", "value": "07:30"}},
        {"type": 18, "component": {"type": 3, "custom_id": "days", "values": ["0", "4"]}},
        {"type": 1, "components": [{"type": 4, "custom_id": "old", "value": "x"}]},
        {"type": 18, "component": {"type": 4, "custom_id": "pm", "value": ""}},
    ]
    assert filled(sent) == {"am": ("07:30",), "days": ("0", "4"), "old": ("x",)}


def test_a_preview_keeps_its_menu_and_has_no_buttons() -> None:
    """What acts on a thread needs one."""
    (card,) = render(EditionCard(edition()), CATALOGUE.speak("en"), Where(private=True))
    kinds = [one["type"] for one in payloads.inside(previewing.without_buttons(card))]
    assert 2 not in kinds
    assert 3 in kinds


def test_one_desk_is_no_choice() -> None:
    """The field is left out."""
    assert timetable.desk_field({"a": "A"}, "a", CATALOGUE.speak("en")) is None


# ---------------------------------------------------------------- zones


@pytest.mark.parametrize(
    ("locale", "server", "first"),
    [
        ("de", "en-US", "Europe/Berlin"),
        ("en-US", "en-US", "America/New_York"),
        ("en-US", "ru", "Europe/Moscow"),
        ("ja", None, "Asia/Tokyo"),
        ("pt-BR", None, "America/Sao_Paulo"),
        ("xx", None, "Europe/Berlin"),
        ("es-419", None, "America/Mexico_City"),
    ],
)
def test_the_zone_of_the_servers_locale_is_offered_first(locale: str, server: str | None, first: str) -> None:
    """A server that never chose a language says en-US: then the person's own counts. Five, all different."""
    zones = offered(locale, server)
    assert zones[0] == first
    assert len(set(zones)) == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clock_says_what_it_shows_within_a_menu(language: str) -> None:
    """Of every common zone."""
    assert all(len(face(zone, NOW, CATALOGUE.speak(language)).label) <= 75 for zone in COMMON)


def test_zones_are_completed_the_nearest_first() -> None:
    """25 with nothing typed."""
    assert len(complete(" ", "de", None, CATALOGUE)) == 25
    assert complete("", "ja", None, CATALOGUE)[0] == "Asia/Tokyo"
    assert complete("Tok", "de", None, CATALOGUE) == ("Asia/Tokyo",)
    assert face("Nowhere/Nothing", NOW, CATALOGUE.speak("en")).label == "It is 08:41 here (Nowhere/Nothing)"


# ---------------------------------------------------------------- status


def report(*subscriptions: SubscriptionReport, down: tuple[SourceTrouble, ...] = ()) -> Report:
    figures = Figures({}, {}, {"ok": 21, "down": len(down), "never": 3}, 1, 0, 300, 2)
    late = Lateness(7, 0, 0, None, None, None)
    return Report(NOW, figures, None, (), subscriptions, down, (), {}, (), late, Spend(7, 0, 0, 0, 0, 0.0))


def told(found: Report, guild: str | None = "1") -> list[str]:
    phrases = CATALOGUE.speak("en")
    document = sheets.status(found, lambda place: place_named(place, {CHANNEL: "keepers"}, guild), phrases)
    (payload,) = render(Sheet(document, "en"), phrases, Where(guild=guild, private=True))
    return "\n".join(one["content"] for one in components(payload) if one["type"] == 10).split("\n")


def test_status_tells_of_each_channel_and_of_sources_that_are_down() -> None:
    """Last and next edition as instants, pauses with their reason, names escaped."""
    place = Place("discord", CHANNEL)
    last, coming = LastEdition("x", NOW, late=False), NextEdition(NOW, NOW, "am")
    one = SubscriptionReport("a", "discord:1", place, "default", "en", "", last, coming, None)
    lines = told(
        report(
            one,
            replace(one, last=None, next=None, paused=Pause(NOW, "a *holiday*")),
            replace(one, last=None, next=None, problem="its zone is gone"),
            down=(SourceTrouble("Ada **Quill**", "feed:x", "timed out", NOW),),
        )
    )
    stamp = f"<t:{int(NOW.timestamp())}:f>"
    link = f"[**#keepers**](https://discord.com/channels/1/{CHANNEL})"
    assert lines[0] == "### Status"
    assert lines[1] == f"{link} Last edition: {stamp}. Next edition: {stamp}."
    assert lines[2] == f"{link} Paused until {stamp}. Reason: a \\*holiday\\*."
    assert lines[3] == f"{link} its zone is gone"
    assert lines[4:] == [
        "1 source is down:",
        "- Ada \\*\\*Quill\\*\\*: timed out",
        "-# 22 sources read · 300 items kept · 2 editions",
    ]


def test_status_of_nothing_says_so_and_a_direct_message_has_no_link() -> None:
    """Where we know no name, the place's own id stands."""
    assert told(report())[1] == "No channel of this server has editions yet."
    direct = SubscriptionReport("a", "t", Place("discord", "@5"), "default", "en", "", None, None, None, "gone")
    assert told(report(direct), guild=None)[1] == "**\\@5** gone"

"""Overviews, chapters and lists of shows as payloads of Discord and Slack: order, limits, pictures."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from adapters.platforms.discord import payloads as on_discord
from adapters.platforms.discord.payloads import CONTAINER, GALLERY, SILENT, attached, every, unpictured
from adapters.platforms.discord.posting.finding import stamp, stamped
from adapters.platforms.discord.posting.places import Channel
from adapters.platforms.discord.posting.requests import message_request, requests, tags_of
from adapters.platforms.discord.rendering import Where, render, thread_name
from adapters.platforms.discord.rendering.limits import faults
from adapters.platforms.slack import payloads as on_slack
from adapters.platforms.slack import rendering as slack
from adapters.platforms.slack.rendering.limits import faults as slack_faults
from bot.domain.episode import Episode
from bot.domain.layout.shows import MOST, episodes, shows
from bot.domain.message import Answer, EpisodeContents, EpisodeOverview, Sheet
from bot.domain.place import Place
from bot.domain.reply import Reply
from bot.domain.show import Listed, Show
from tests.fakes.episodes import episode
from tests.fakes.slack import rules
from tests.unit.discord_payloads import SELECT, buttons, of_kind, texts
from tests.unit.rendering_samples import phrases

PICTURED = Where(pictures={"shape.png": b"png"})
FILED = slack.Where(pictures={"shape.png": "F1"})
DAY = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)
HOSTILE = (
    "@everyone <@123456789012345678> <!channel> <@U1>",
    "[a link](https://evil.example) <https://evil.example|here>",
    "# heading\n> quoted\n```fenced",
    "\u202eright to left\u200b\u0000",
    "word " * 1_500,
    "*_~|`" * 40,
)
LANGUAGES = pytest.mark.parametrize("language", ["en", "ru"])


def long() -> Episode:
    """More chapters than a menu holds, and everything as long as can be."""
    one = episode()
    chapter = replace(one.chapters[1], title="An uncommonly long title of a chapter " * 6)
    chapters = tuple(replace(chapter, number=n, start=60.0 * (n - 1), end=60.0 * n) for n in range(1, 61))
    return replace(one, title="A title without an end " * 20, show="A show " * 30, chapters=chapters, duration=3600.0)


def attacked(text: str) -> Episode:
    """Everything from outside is this."""
    one = episode()
    told = tuple(replace(line, text=text) for line in one.told)
    chapters = tuple(replace(chapter, title=text) for chapter in one.chapters)
    return replace(one, show=text, title=text, told=told, overview=text, chapters=chapters)


# ---------------------------------------------------------------- Discord


@LANGUAGES
def test_the_card_is_one_box_with_its_picture_menu_and_buttons(language: str) -> None:
    """No accent, which is the edition's alone; one primary button; options by number with their spans."""
    one = episode()
    (payload,) = render(EpisodeOverview(one), phrases(language), PICTURED)
    (box,) = payload["components"]
    assert box["type"] == CONTAINER
    assert "accent_color" not in box
    assert [item["style"] for item in buttons(payload)] == [1, 2, 2, 5]
    (menu,) = of_kind(payload, SELECT)
    talk = [chapter for chapter in one.chapters if chapter.kind != "ad"]
    assert [option["label"] for option in menu["options"]] == [f"{c.number}. {c.title}" for c in talk]
    assert all(option["description"] for option in menu["options"])
    assert menu["custom_id"] == f"b1:chap:{one.id}"
    kinds = [part["type"] for part in box["components"]]
    assert kinds.index(GALLERY) < kinds.index(on_discord.ROW)
    assert not faults(payload)


def test_the_picture_is_sent_with_the_message_and_has_words() -> None:
    """The gallery asks for the file by name; the file says what it shows, in at most 250 characters."""
    (payload,) = render(EpisodeOverview(episode()), phrases(), PICTURED)
    (gallery,) = of_kind(payload, GALLERY)
    (item,) = gallery["items"]
    assert item["media"] == {"url": "attachment://shape.png"}
    assert 0 < len(item["description"]) <= 250
    assert payload["attachments"] == [{"id": "0", "filename": "shape.png", "description": item["description"]}]
    assert attached(payload) == payload["attachments"]


def test_without_the_picture_everything_else_stands() -> None:
    """Not drawn, or refused: the same message without it."""
    (bare,) = render(EpisodeOverview(episode()), phrases(), Where())
    (pictured,) = render(EpisodeOverview(episode()), phrases(), PICTURED)
    assert not of_kind(bare, GALLERY)
    assert "attachments" not in bare
    assert unpictured(pictured) == bare
    forum = {"name": "x", "message": pictured}
    assert unpictured(forum) == {"name": "x", "message": bare}


@LANGUAGES
def test_a_card_stays_one_message_however_long(language: str) -> None:
    """At most 25 options of 75 characters; nothing above a budget."""
    (payload,) = render(EpisodeOverview(long()), phrases(language), PICTURED)
    (menu,) = of_kind(payload, SELECT)
    assert len(menu["options"]) == 25
    assert not faults(payload)


@pytest.mark.parametrize("text", HOSTILE)
def test_words_from_outside_are_words(text: str) -> None:
    """Whatever a title or a sentence holds, it mentions nobody and fits."""
    for payload in render(EpisodeOverview(attacked(text)), phrases(), PICTURED):
        assert not faults(payload)
        assert payload["allowed_mentions"] == {"parse": []}
        assert all("<@" not in said.replace("\\<", "") for said in texts(payload))


def test_contents_are_silent_and_boxed() -> None:
    """They follow in the thread, and ring nobody."""
    for payload in render(EpisodeContents(episode()), phrases(), Where(thread="5")):
        assert payload["flags"] & SILENT
        assert payload["components"][0]["type"] == CONTAINER


def test_a_chapter_for_all_is_boxed_and_one_for_one_person_is_not() -> None:
    """What stands in the thread for all is published; what answers a person is not."""
    answer = Answer(Reply("chapter", (), story=3), "en", episode(), "chapter 3")
    (public,) = render(answer, phrases(), Where(thread="5"))
    private = render(answer, phrases(), Where(private=True))
    assert public["components"][0]["type"] == CONTAINER
    assert "accent_color" not in public["components"][0]
    assert all(part["type"] != CONTAINER for payload in private for part in payload["components"])


def test_a_card_carries_its_key() -> None:
    """It is known again by a button, with its picture and without."""
    (payload,) = render(EpisodeOverview(episode()), phrases(), PICTURED)
    made = stamp(payload, "ab" * 12)
    assert stamped(made) == "ab" * 12
    assert stamped(unpictured(made)) == "ab" * 12
    assert not faults(made)


def test_a_card_opens_a_thread_named_after_show_and_title() -> None:
    """`Show: Title`, at most 90 characters; without a show, the title."""
    one = episode()
    assert thread_name(one, phrases()) == "Salt Road: Nine hundred thermometers"
    assert thread_name(replace(one, show=None), phrases()) == "Nine hundred thermometers"
    assert thread_name(replace(one, show=None, title=" "), phrases()) == "Episode"
    assert len(thread_name(long(), phrases())) <= 90
    card = EpisodeOverview(one)
    payloads = render(card, phrases(), PICTURED)
    place = Place("discord", "5")
    first, second = requests(card, payloads, key="ab" * 12, place=place, name=thread_name(one, phrases()))
    assert first.route == "/channels/5/messages"
    assert second.payload["name"] == "Salt Road: Nine hundred thermometers"
    (inside,) = requests(card, payloads, key="ab" * 12, place=replace(place, thread="6"), name="")
    assert inside.route == "/channels/6/messages"


def test_a_forum_post_has_the_tags_of_its_show() -> None:
    """By name, in any case."""
    forum = Channel("5", 15, tags=(("1", "Episode"), ("2", "salt road"), ("3", "news")))
    assert tags_of(forum, episode(), phrases()) == ("1", "2")


def test_the_request_brings_the_bytes() -> None:
    """Beside the payload, which names them."""
    (payload,) = render(EpisodeOverview(episode()), phrases(), PICTURED)
    made = message_request("5", payload, "ab" * 12, pictures={"shape.png": b"png"})
    assert made.pictures == {"shape.png": b"png"}
    assert [one["filename"] for one in made.payload["attachments"]] == ["shape.png"]


# ---------------------------------------------------------------- Slack


@LANGUAGES
def test_on_slack_the_menu_stands_in_one_row_with_the_buttons(language: str) -> None:
    """Header, people, overview, picture, controls, how it was made."""
    one = episode()
    (payload,) = slack.render(EpisodeOverview(one), phrases(language), FILED)
    kinds = [block["type"] for block in payload["blocks"]]
    assert kinds == ["context", "header", "markdown", "markdown", "image", "actions", "context"]
    controls = next(block for block in payload["blocks"] if block["type"] == "actions")["elements"]
    assert [element["type"] for element in controls] == ["static_select", *["button"] * 4]
    assert controls[0]["options"][0]["value"] == f"b1:chap:{one.id}:1"
    assert sum(element.get("style") == "primary" for element in controls) == 1
    assert rules.of_message(payload["blocks"]) == []


def test_on_slack_the_picture_is_a_file_with_words() -> None:
    """By the id it was given; left out where there is none."""
    (payload,) = slack.render(EpisodeOverview(episode()), phrases(), FILED)
    image = next(block for block in payload["blocks"] if block["type"] == "image")
    assert image["slack_file"] == {"id": "F1"}
    assert 0 < len(image["alt_text"]) <= 250
    assert on_slack.is_pictured(payload)
    (bare,) = slack.render(EpisodeOverview(episode()), phrases(), slack.Where())
    assert not on_slack.is_pictured(bare)
    assert on_slack.unpictured(payload) == bare


@LANGUAGES
def test_on_slack_a_card_stays_one_message_however_long(language: str) -> None:
    """In a channel, and in a window."""
    (payload,) = slack.render(EpisodeOverview(long()), phrases(language), FILED)
    assert not slack_faults(payload)
    view = slack.modal(EpisodeOverview(long()), phrases(language), replace(FILED, private=True))
    assert not slack_faults(view)
    assert rules.of_view(view, kind="modal") == []


@pytest.mark.parametrize("text", HOSTILE)
def test_on_slack_words_from_outside_are_words(text: str) -> None:
    """Whatever they hold, Slack takes them and nobody is rung."""
    for payload in slack.render(EpisodeOverview(attacked(text)), phrases(), FILED):
        assert not slack_faults(payload)
        assert rules.of_message(payload["blocks"]) == []


def test_on_slack_a_notification_names_show_and_title() -> None:
    """What is read out before the blocks."""
    assert slack.summary(EpisodeOverview(episode()), phrases()) == "Salt Road: Nine hundred thermometers"
    assert slack.summary(EpisodeOverview(replace(episode(), show=None)), phrases()) == "Nine hundred thermometers"


# ---------------------------------------------------------------- lists


SHOW = Show("salt-road", "Salt Road", "en", 30, DAY, 2)


def listed(count: int) -> tuple[Listed, ...]:
    return tuple(
        Listed(f"{n:016x}", f"Part {n}", f"https://saltroad.example/{n}", DAY, 1800.0 + n, n % 2 == 0, n == 1)
        for n in range(1, count + 1)
    )


@LANGUAGES
def test_lists_of_shows_fit_both_platforms(language: str) -> None:
    """A page of them, however many there are and however they are called."""
    many = [replace(SHOW, id=f"s{n}", name="A name that goes on " * 12) for n in range(60)]
    ways = (shows(many, phrases(language)), episodes(SHOW, listed(60), phrases(language)))
    for document in (*ways, shows([], phrases(language)), episodes(replace(SHOW, latest=None), (), phrases(language))):
        sheet = Sheet(document, language)
        assert all(not faults(one) for one in render(sheet, phrases(language), Where(private=True)))
        assert not slack_faults(slack.modal(sheet, phrases(language), slack.Where(private=True)))


def test_a_list_says_how_many_are_left() -> None:
    """Those on the page can be chosen in a menu, the others are asked for by name."""
    (payload,) = render(Sheet(episodes(SHOW, listed(MOST + 3), phrases()), "en"), phrases(), Where(private=True))
    said = "\n".join(texts(payload))
    assert "30 episodes" in said
    assert "2 transcripts" in said
    assert "And 3 older ones, by name or link." in said
    assert said.count("https://saltroad.example/") == MOST
    assert "30:01" in said
    assert "overview ready" in said
    (few,) = render(Sheet(shows([SHOW], phrases()), "en"), phrases(), Where(private=True))
    assert "And" not in "\n".join(texts(few))
    assert any("Salt Road" in said for said in texts(few))
    assert list(every(few))

"""What is read in the local Slack: markup, dates, links and blocks, as somebody's client shows them."""

from collections.abc import AsyncIterator

import pytest

from tests.contract.slack_bolt import Json, Stage, plain, section, staged, window
from tests.fakes.slack import Message


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as found:
        yield found


async def test_what_is_typed_becomes_what_the_client_makes_of_it(stage: Stage) -> None:
    """Names, channels and addresses that there are; everything else stays words, escaped."""
    words = "@Tom see #keepers at https://a.example/x?y=1&z=2, not @Nobody nor a@Tom.example; @here <b>"
    said = (await stage.mira.say(stage.channel, words, until="sent")).said
    assert said is not None
    assert said.text == (
        f"<@{stage.tom.id}> see <#{stage.channel.id}|keepers> at <https://a.example/x?y=1&amp;z=2>,"
        " not @Nobody nor a@Tom.example; <!here> &lt;b&gt;"
    )
    assert stage.fake.seen(said, stage.mira).splitlines()[1].strip() == words
    assert said.blocks[0]["type"] == "rich_text"


# ------------------------------------------------------------ what is read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("*bold* _and_ ~gone~ `a*b*c`", "bold and gone a*b*c"),
        ("<https://a.example?x=1&amp;y=2|*a* site>, <https://b.example>", "a site, https://b.example"),
        ("&lt;!channel&gt; &amp; 2 &gt; 1", "<!channel> & 2 > 1"),
        ("<!here>, <@U0NOBODY>", "@here, @U0NOBODY"),
        ("<!date^1795242600^{date_long}|x>", "Saturday, November 21st, 2026"),
        ("<!date^1795242600^{date_short_pretty} at {time}|x>", "today at 07:30"),
        ("<!date^soon^{time}|Saturday>", "Saturday"),
        ("snake_case_name 2*3*4", "snake_case_name 2*3*4"),
        ("&gt; a quotation\nand on", "a quotation\nand on"),
    ],
)
async def test_mrkdwn_is_read_as_the_client_shows_it(stage: Stage, text: str, read: str) -> None:
    """Marks gone, characters unescaped, dates in the reader's zone (Berlin)."""
    assert "\n".join(stage.fake.seen(stage.post(section(text)), stage.mira).splitlines()[1:]).replace("\n  ", "\n") == (
        "  " + read
    )


async def test_markdown_links_are_words_unless_looked_at(stage: Stage) -> None:
    """`[[1]](address)` is `[1]`; with `links` one sees where they go."""
    message = stage.post(
        {"type": "markdown", "text": "## Head\n\n- A **claim**.[[1]](https://a.example/x_y) \\*not\\*"}
    )
    assert stage.fake.seen(message, stage.mira).splitlines()[1:] == ["  Head", "  • A claim.[1] *not*"]
    assert "[1] (https://a.example/x_y)" in stage.fake.seen(message, stage.mira, links=True)


async def test_a_deleted_parent_leaves_a_line_and_threads_count_their_replies(stage: Stage) -> None:
    """The channel shows how many there are, the thread what they say."""
    root = stage.post(text="An edition")
    await stage.mira.say(stage.channel, "Hm", thread=root, until="sent")
    assert stage.fake.seen(stage.channel, stage.tom).splitlines()[-1] == "  1 reply"
    stage.fake.delete(root)
    assert stage.fake.seen(root.thread, stage.tom).splitlines() == ["This message was deleted.", "Mira:", "  Hm"]


async def test_everything_in_a_message_is_read(stage: Stage) -> None:
    """Headings, fields, pictures by their alt text, rules, small text, tables."""
    blocks: list[Json] = [
        {"type": "header", "text": plain("Title")},
        {"type": "section", "fields": [plain("Left"), plain("Right")]},
        {"type": "image", "image_url": "https://a.example/a.png", "alt_text": "A chart"},
        {"type": "divider"},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "8 sources"}, plain("7:24")]},
    ]
    lines = stage.fake.seen(stage.post(*blocks), stage.mira).splitlines()
    assert lines == [
        "Counterpoint APP:",
        "  Title",
        "  Left",
        "  Right",
        "  [picture] A chart",
        "  ---",
        "  8 sources 7:24",
    ]


def test_messages_have_the_thread_they_are_in() -> None:
    """A reply that of its parent, every other its own."""
    assert Message("2.0", "C1", "T1", "U1", thread_ts="1.0").thread.ts == "1.0"
    assert Message("2.0", "C1", "T1", "U1").thread.ts == "2.0"


async def test_a_channel_is_drawn_with_its_threads(stage: Stage) -> None:
    """As the product draws it: everything that is read stands on the page, what is not for one's eyes does not."""
    root = stage.post(section("An *edition*"))
    await stage.mira.say(stage.channel, "And the tides?", thread=root, until="sent")
    await stage.client.chat_postEphemeral(channel=stage.channel.id, user=stage.mira.id, text="For Mira")
    drawn = stage.fake.picture(stage.channel, stage.mira)
    assert drawn.lstrip().lower().startswith("<!doctype html>")
    for words in ("keepers", "edition", "And the tides?", "For Mira"):
        assert words in drawn
    assert "For Mira" not in stage.fake.picture(stage.channel, stage.tom)
    assert "And the tides?" in stage.fake.picture(root.thread, stage.tom)
    stage.fake.delete(root)
    assert "edition" not in stage.fake.picture(root.thread, stage.tom)


async def test_a_window_is_drawn_for_whom_it_is_open(stage: Stage) -> None:
    """With its title, and for nobody else."""
    trigger = stage.fake.world.add_trigger(stage.team.id, stage.mira.id)
    await stage.client.views_open(trigger_id=trigger.id, view=window(section("One moment, *Mira*")))
    view = stage.fake.world.modal(stage.mira.user)
    assert view is not None
    assert "One moment" in stage.fake.picture(view, stage.mira)
    assert "One moment" not in stage.fake.picture(view, stage.tom)
    assert stage.fake.seen(view, stage.mira) == "window: Ask\n  One moment, Mira\n  [Cancel]"

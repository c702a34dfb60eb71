"""The demonstration as Slack shows it: a page that stands alone, and the calls that a workspace would get."""

import contextlib
import html
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from adapters.cli.app import run
from adapters.platforms.slack.rendering.limits import check
from adapters.wire.contract import from_json
from bot.domain.edition import Edition


@pytest.fixture(scope="module")
def edition() -> Edition:
    """The edition that is shown."""
    return from_json(Edition, printed("demo", "--format", "json"))


@pytest.fixture(scope="module")
def calls() -> list[dict[str, Any]]:
    """What would be sent."""
    found: list[dict[str, Any]] = json.loads(printed("demo", "--as", "slack", "--format", "json"))
    return found


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page."""
    return drawn(tmp_path_factory.mktemp("demo"))


def printed(*command: str) -> str:
    """What a command prints on stdout."""
    screen = io.StringIO()
    with contextlib.redirect_stdout(screen):
        assert run(list(command)) == 0
    return screen.getvalue()


def drawn(folder: Path, *more: str) -> str:
    """The page, newly drawn."""
    out = folder / "page.html"
    assert run(["demo", "--as", "slack", "--out", str(out), *more]) == 0
    return out.read_text("utf-8")


def words(page: str) -> str:
    """What stands on a page, without markup."""
    return html.unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL))


def squeezed(text: str) -> str:
    """Letters and digits only: marks and spaces are the platform's."""
    return re.sub(r"[\W_]+", "", text)


def test_the_page_shows_card_thread_and_conversation(page, edition):
    """Every title stands there, and what people get when they press and ask, and App Home."""
    seen = squeezed(words(page))
    assert squeezed(edition.title) in seen
    for story in edition.stories:
        assert squeezed(story.title) in seen
        assert squeezed(story.standfirst.text) in seen
    assert edition.open_question is not None
    assert squeezed(edition.open_question.text) in seen
    assert squeezed("@Counterpoint Who won the harbour regatta?") in seen
    assert squeezed("Set up") in seen


def test_look_ups_are_windows_that_say_who_sees_them(page):
    """Two by button, each with the way into the thread; a typed question is answered there, bit by bit."""
    assert page.count('role="dialog"') == page.count("Only you see this.") == page.count(">Post in thread<") == 2
    assert page.count("still writing") == 1


def test_story_lines_lead_to_their_stories(page, edition):
    """On the page, never to the real Slack."""
    for story in edition.stories:
        assert f'href="#at-channel-story-{story.number}"' in page
        assert f'id="at-channel-story-{story.number}"' in page
    assert "slack.com" not in page


def test_the_page_asks_nothing_of_the_network(page):
    """No script, no picture, no font, no style from anywhere."""
    assert not re.search(r"<(script|img|link|iframe)\b|url\(|@import", page)


def test_twice_the_same_gives_the_same_page(page, tmp_path):
    """No clock and no chance."""
    assert drawn(tmp_path) == page


def test_labels_speak_the_language_asked_for(tmp_path):
    """Sentences stay as they were written; the client itself has no Russian."""
    seen = words(drawn(tmp_path, "--language", "ru"))
    assert "Возражение" in seen
    assert "Видите только вы." in seen
    assert "Counter view" not in seen


def test_the_calls_come_in_the_order_they_are_made(calls, edition):
    """The card, everything in its thread, then the links to what came later."""
    methods = [call["method"] for call in calls]
    assert methods == sorted(methods)
    posted = [call["arguments"] for call in calls if call["method"] == "chat.postMessage"]
    assert [message.get("thread_ts") for message in posted[:2]] == [None, "CARD"]
    assert {message.get("thread_ts") for message in posted[1:]} == {"CARD"}
    assert len(posted) >= len(edition.stories) + 2
    changed = [call["arguments"] for call in calls if call["method"] == "chat.update"]
    assert changed[0]["ts"] == "CARD"
    for story in edition.stories:
        assert f"/archives/CHANNEL/pSTORY-{story.number}?thread_ts=CARD&amp;cid=CHANNEL|" in json.dumps(changed[0])


def test_every_message_is_sent_once_and_unfolds_nothing(calls):
    """A key of its own, words for the notification, no broadcast, nobody pinged, within the limits."""
    posted = [call["arguments"] for call in calls if call["method"] == "chat.postMessage"]
    keys = [message["metadata"]["event_payload"]["key"] for message in posted]
    assert len(set(keys)) == len(posted)
    for message in posted:
        assert message["channel"] == "CHANNEL"
        assert message["text"]
        assert message["unfurl_links"] is message["unfurl_media"] is False
        assert "reply_broadcast" not in message
        assert not re.search(r"<[!@](?!date)", json.dumps(message["blocks"]))
        check({"text": message["text"], "blocks": message["blocks"]})


def test_the_page_needs_no_library_of_slack(tmp_path):
    """Drawing is pure: nothing that could connect is even loaded."""
    script = (
        "import sys; from adapters.cli.app import run; "
        f"code = run(['demo', '--as', 'slack', '--out', {str(tmp_path / 'x.html')!r}]); "
        "sys.exit(code or bool({'slack_sdk', 'slack_bolt'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, capture_output=True).returncode == 0

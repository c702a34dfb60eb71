"""The demonstration as Discord shows it: a page that stands alone, and the calls that a server would get."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.cli.app import run
from adapters.platforms.discord.rendering.limits import check
from adapters.wire.contract import from_json
from bot.domain.edition import Edition


@pytest.fixture(scope="module")
def edition() -> Edition:
    """The edition that is shown."""
    return from_json(Edition, printed("demo", "--format", "json"))


@pytest.fixture(scope="module")
def calls() -> list[dict[str, object]]:
    """What would be sent."""
    found: list[dict[str, object]] = json.loads(printed("demo", "--as", "discord", "--format", "json"))
    return found


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page."""
    return drawn(tmp_path_factory.mktemp("demo"))


def printed(*command: str) -> str:
    """What a command prints on stdout."""
    import contextlib
    import io

    screen = io.StringIO()
    with contextlib.redirect_stdout(screen):
        assert run(list(command)) == 0
    return screen.getvalue()


def drawn(folder: Path, *more: str) -> str:
    """The page."""
    out = folder / "page.html"
    assert run(["demo", "--as", "discord", "--out", str(out), *more]) == 0
    return out.read_text("utf-8")


def words(page: str) -> str:
    """What stands on a page, without markup."""
    import html

    return html.unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL))


def squeezed(text: str) -> str:
    """Letters and digits only: marks and spaces are the platform's."""
    return re.sub(r"[\W_]+", "", text)


def test_the_page_shows_card_thread_and_conversation(page, edition):
    """Every title stands there, and what people get when they press and ask."""
    seen = squeezed(words(page))
    assert squeezed(edition.title) in seen
    for story in edition.stories:
        assert squeezed(story.title) in seen
        assert squeezed(story.standfirst.text) in seen
    assert edition.open_question is not None
    assert squeezed(edition.open_question.text) in seen
    assert squeezed("Who won the harbour regatta?") in seen
    assert squeezed("Wim Talloir") in seen


def test_what_only_one_sees_says_so(page):
    """The two look-ups by button do, the typed questions do not."""
    assert page.count("Only you can see this") == 2


def test_the_page_asks_nothing_of_the_network(page):
    """No script, no picture, no font, no style from anywhere."""
    assert not re.search(r"<(script|img|link|iframe)\b|url\(|@import", page)


def test_twice_the_same_gives_the_same_page(tmp_path):
    """No clock and no chance."""
    assert drawn(tmp_path) == drawn(tmp_path)


def test_labels_and_the_client_speak_the_language_asked_for(tmp_path):
    """Sentences stay as they were written."""
    seen = words(drawn(tmp_path, "--language", "ru"))
    assert "Возражение" in seen
    assert "Это сообщение видите только вы" in seen
    assert "Counter view" not in seen


def test_it_says_where_the_page_is(tmp_path, monkeypatch, capsys):
    """Without --out it lies in the working folder."""
    monkeypatch.chdir(tmp_path)
    assert run(["demo", "--as", "discord"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert (tmp_path / "counterpoint-demo.html").as_uri() in said.err
    assert (tmp_path / "counterpoint-demo.html").read_text("utf-8").startswith("<!doctype html>")


def test_the_calls_come_in_the_order_they_are_made(calls, edition):
    """The card, its thread, then everything in the thread; each once."""
    assert [(call["method"], call["route"]) for call in calls[:2]] == [
        ("POST", "/channels/{channel}/messages"),
        ("POST", "/channels/{channel}/messages/{card}/threads"),
    ]
    rest = [(call["method"], call["route"]) for call in calls[2:]]
    assert set(rest) == {("POST", "/channels/{thread}/messages")}
    assert len(rest) >= len(edition.stories) + 1


def test_the_thread_keeps_open_as_long_as_it_can(calls):
    """A week, under a name that Discord takes."""
    body = calls[1]["payload"]
    assert body["auto_archive_duration"] == 10080
    assert 1 <= len(body["name"]) <= 90


def test_every_message_is_sent_once_and_pings_nobody(calls):
    """A nonce of its own, no mention parsed, within the limits."""
    messages = [call["payload"] for call in calls if str(call["route"]).endswith("/messages")]
    assert len({message["nonce"] for message in messages}) == len(messages)
    for message in messages:
        assert message["enforce_nonce"] is True
        assert 1 <= len(message["nonce"]) <= 25
        assert message["allowed_mentions"]["parse"] == []
        check(message)


def test_the_page_needs_no_library_of_discord(tmp_path):
    """Drawing is pure: nothing that could connect is even loaded."""
    script = (
        "import sys; from adapters.cli.app import run; "
        f"code = run(['demo', '--as', 'discord', '--out', {str(tmp_path / 'x.html')!r}]); "
        "sys.exit(code or 'discord' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, capture_output=True).returncode == 0


@pytest.mark.parametrize(
    "wrong",
    [
        ["--out", "x.html"],
        ["--as", "discord", "--format", "markdown"],
        ["--as", "discord", "--format", "json", "--out", "x.html"],
        ["--as", "discord", "--out", "no/such/folder/x.html"],
        ["--as", "pigeon"],
    ],
)
def test_what_makes_no_sense_is_told(wrong, tmp_path, monkeypatch):
    """Wrong use, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    assert run(["demo", *wrong]) == 2
    assert list(tmp_path.rglob("*.html")) == []

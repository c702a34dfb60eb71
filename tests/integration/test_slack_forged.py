"""Requests that Slack did not send, and browsers that did not begin here: each is turned away, and none is an error."""

import hashlib
import hmac
from collections.abc import AsyncIterator, Mapping
from urllib.parse import quote

import aiohttp
import pytest

from adapters.platforms.slack.installing.flow import INSTALL
from adapters.platforms.slack.installing.states import States
from adapters.platforms.slack.manifest import EVENTS_PATH, REDIRECT_PATH
from adapters.storage.memory import MemoryStore
from tests.fakes.clock import FakeClock
from tests.fakes.slack import FakeSlack, slack_server
from tests.integration.test_slack_installing import MINUTE, Hosted

BODY = '{"type": "url_verification", "challenge": "tide"}'
STAMP, SIGNED = "X-Slack-Request-Timestamp", "X-Slack-Signature"
Headers = Mapping[str, str]


@pytest.fixture
async def hosted() -> AsyncIterator[Hosted]:
    clock = FakeClock()
    async with slack_server(clock) as fake:
        yield Hosted(fake, clock, MemoryStore(clock.now))


def signed(fake: FakeSlack, *, off: float = 0.0, stamp: str | None = None, body: str = BODY, **more: str) -> Headers:
    """Headers as Slack's, signed at another time, over another instant, over another body, by somebody else."""
    stamp = stamp if stamp is not None else str(int(fake.http.now() + off))
    secret = more.get("secret", fake.signing_secret).encode()
    version = more.get("version", "v0")
    mac = hmac.new(secret, f"{version}:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"Content-Type": "application/json", STAMP: stamp, SIGNED: f"{version}={mac}"}


def without(headers: Headers, name: str) -> Headers:
    """The same, but for one."""
    return {key: value for key, value in headers.items() if key != name}


def signatures(fake: FakeSlack) -> dict[str, tuple[Headers, int]]:
    """What may come, and how it is answered."""
    right = signed(fake)
    now, mac = right[STAMP], right[SIGNED]
    return {
        "right": (right, 200),
        "names of headers in capitals": ({key.upper(): value for key, value in right.items()}, 200),
        "five minutes old": (signed(fake, off=-300), 200),
        "five minutes ahead": (signed(fake, off=300), 200),
        "older": (signed(fake, off=-301), 401),
        "further ahead": (signed(fake, off=301), 401),
        "a day old": (signed(fake, off=-86_400), 401),
        "no signature": (without(right, SIGNED), 401),
        "no instant": (without(right, STAMP), 401),
        "neither": ({"Content-Type": "application/json"}, 401),
        "an empty signature": ({**right, SIGNED: ""}, 401),
        "an empty instant": ({**right, STAMP: ""}, 401),
        "an instant in words": (signed(fake, stamp="noon"), 401),
        "an instant with a fraction": (signed(fake, stamp=f"{now}.5"), 401),
        "an instant before 1970": (signed(fake, stamp=f"-{now}"), 401),
        "an instant of 400 digits": (signed(fake, stamp="9" * 400), 401),
        "an instant of 5,000 digits": (signed(fake, stamp="9" * 5_000), 401),
        "another instant than was signed": ({**right, STAMP: str(int(now) - 1)}, 401),
        "another body than was signed": (signed(fake, body=BODY.replace("tide", "flood")), 401),
        "signed by somebody else": (signed(fake, secret="0" * 32), 401),
        "another version": (signed(fake, version="v1"), 401),
        "no version": ({**right, SIGNED: mac.removeprefix("v0=")}, 401),
        "in capitals": ({**right, SIGNED: mac.upper()}, 401),
        "one digit less": ({**right, SIGNED: mac[:-1]}, 401),
        "one digit more": ({**right, SIGNED: f"{mac}0"}, 401),
        "letters of another alphabet": ({**right, SIGNED: mac[:-1] + "\u0435"}, 401),
        "two signatures": ({**right, SIGNED: f"{mac},{mac}"}, 401),
    }


async def test_only_what_slack_signed_now_is_taken(hosted: Hosted) -> None:
    """27 cases, by the clock of the world; whatever it is, it is no failure of ours, and is not in the journal."""
    async with hosted.awake():
        found = {name: (await hosted.fake.http.post(BODY, headers)).status for name, (headers, _) in cases(hosted)}
        assert found == {name: expected for name, (_, expected) in cases(hosted)}
        assert hosted.told.warnings == []
        assert hosted.heard.all == []


def cases(hosted: Hosted) -> list[tuple[str, tuple[Headers, int]]]:
    """The same for each look: the clock stands."""
    return list(signatures(hosted.fake).items())


def states(state: str, other: str) -> dict[str, tuple[str, str]]:
    """What comes back with a browser in the address, and its cookie; all wrong. `other` is that of another browser."""
    word, until, mac = state.split(".")
    later = f"{word}.{int(until) + 600}.{mac}"
    forged = f"{'0' * 48}.{until}.{'0' * 64}"
    cookie = f"slack-app-oauth-state={state}"
    return {
        "no state": ("", cookie),
        "an empty one": ("&state=", cookie),
        "no cookie": (f"&state={state}", ""),
        "another browser's cookie": (f"&state={state}", f"slack-app-oauth-state={other}"),
        "another browser's state": (f"&state={other}", cookie),
        "a cookie of another name": (f"&state={state}", f"x={state}"),
        "made up": (f"&state={forged}", f"slack-app-oauth-state={forged}"),
        "good for longer": (f"&state={later}", f"slack-app-oauth-state={later}"),
        "one digit less": (f"&state={state[:-1]}", f"slack-app-oauth-state={state[:-1]}"),
        "in capitals": (f"&state={state.upper()}", f"slack-app-oauth-state={state.upper()}"),
        "two of them, the first wrong": (f"&state={forged}&state={state}", cookie),
        "very long": (f"&state={'a' * 4_000}", f"slack-app-oauth-state={'a' * 4_000}"),
        "digits of another alphabet": (f"&state={quote(until.translate(DIGITS))}", cookie),
        "a line end in it": (f"&state={state}%0d%0aSet-Cookie:x", cookie),
        "nothing that is text": ("&state=%ff%00%fe", cookie),
    }


DIGITS = {ord("0") + n: chr(0x0660 + n) for n in range(10)}


async def test_only_a_browser_that_began_here_and_now_installs_us(hosted: Hosted) -> None:
    """15 cases of wrong states, then late, forged with another secret, right, and right once more: a page each time."""
    async with hosted.awake(), aiohttp.ClientSession() as session:

        async def back(query: str, cookie: str) -> int:
            headers = {"Cookie": cookie} if cookie else {}
            address = f"{hosted.address}{REDIRECT_PATH}?code=x{query}"
            async with session.get(address, headers=headers, allow_redirects=False) as answer:
                assert "<html" in await answer.text()
                return answer.status

        async def begun() -> str:
            _, _, headers = await hosted.get(INSTALL)
            return str(headers["Set-Cookie"]).partition(";")[0].partition("=")[2]

        state, other = await begun(), await begun()
        tried = states(state, other)
        assert {name: await back(*case) for name, case in tried.items()} == dict.fromkeys(tried, 401)
        strange = await States(hosted.store, hosted.clock, "another secret").async_issue()
        assert await back(f"&state={strange}", f"slack-app-oauth-state={strange}") == 401
        right = (f"&state={state}", f"slack-app-oauth-state={state}")
        assert await back(*right) == 400  # the state is good, the code is not
        assert await back(*right) == 401  # and was used
        late = await begun()
        hosted.clock.advance(10 * MINUTE)
        assert await back(f"&state={late}", f"slack-app-oauth-state={late}") == 401
        assert hosted.rows == []
        assert "slack_request_failed" not in hosted.told.warnings


SHAPELESS = (
    *('{"type": "event_callback"}', '{"type": "event_callback", "event": []}', '{"type": "block_actions"}'),
    *('{"type": "block_actions", "actions": [1]}', '{"type": "view_submission", "view": "x"}', '{"team": 1}'),
    *('{"type": "event_callback", "event": {"type": ["message"]}}', '{"command": {"a": 1}}', '{"type": []}'),
    *('{"type": "shortcut", "callback_id": {}}', '{"response_url": {}, "team_id": "T1", "command": "/brief"}'),
    *('{"type": "event_callback", "event": {"type": "message"}, "team_id": {"x": 1}}', "[]", '"x"', "1", "null"),
    *('{"function_data": "x"}', '{"type": "interactive_message", "callback_id": "x"}', '{"enterprise": []}', "{"),
)
SHAPED = (
    *('{"type": "event_callback", "event": {"type": "user_change", "user": {"id": "U1"}}, "team_id": "T1"}', "{}"),
    *('{"type": "event_callback", "event": {"type": "channel_rename", "channel": {"id": "C1"}}, "team": "T1"}',),
    *('{"type": "message_action", "callback_id": "x", "message": {"type": "message", "user": "U1"}, "user": {}}',),
)


async def test_a_body_of_no_shape_of_slacks_is_none_of_its_requests(hosted: Hosted) -> None:
    """Although it is signed; what has the shape is taken, or left alone, whatever it says."""
    async with hosted.awake():
        assert {body: (await hosted.fake.http.broken(body)).status for body in SHAPELESS} == dict.fromkeys(
            SHAPELESS, 400
        )
        assert {(await hosted.fake.http.broken(body)).status for body in SHAPED} <= {200, 404}
        assert (await hosted.get(EVENTS_PATH))[0] == 405
        assert hosted.told.warnings == []

"""The SDK against the local Slack: tokens, permissions, conversations, what is read back, pace and faults."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncConnectionErrorRetryHandler
from slack_sdk.http_retry.builtin_interval_calculators import FixedValueRetryIntervalCalculator
from slack_sdk.web.async_client import AsyncWebClient

from adapters.platforms.slack import permissions
from tests.contract.slack_stage import Stage, error_of, refusal, staged
from tests.fakes.clock import FakeClock
from tests.fakes.slack import REAL, SCOPES, Fault, slack_server, spread

Call = Callable[[Stage], Any]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as found:
        yield found


# ------------------------------------------------------------ who asks


async def test_a_token_says_who_we_are_and_what_we_may(stage: Stage) -> None:
    """Workspace, user, bot, and the scopes in a header."""
    answer = await stage.client.auth_test()
    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == (
        stage.team.id,
        stage.team.bot_user,
        stage.team.bot_id,
    )
    assert answer.headers["X-OAuth-Scopes"].split(",") == sorted(SCOPES)


def test_the_default_permissions_are_those_that_we_ask_for() -> None:
    """A scope that is used and not asked for fails in tests, as it does in a workspace."""
    assert sorted(SCOPES) == sorted(scope.name for scope in permissions.SCOPES)


async def test_tokens_that_do_not_hold_are_told_apart(stage: Stage) -> None:
    """None, unknown, of the wrong kind, revoked, of a workspace that threw us out."""
    assert await error_of(AsyncWebClient(base_url=stage.fake.api).auth_test()) == "not_authed"
    assert await error_of(stage.again("xoxb-nobody").auth_test()) == "invalid_auth"
    assert await error_of(stage.again(stage.fake.app_token).auth_test()) == "not_allowed_token_type"
    assert (
        await error_of(stage.client.apps_connections_open(app_token=stage.team.bot_token)) == "not_allowed_token_type"
    )
    assert not (await stage.client.auth_revoke(test=True))["revoked"]
    assert (await stage.client.auth_revoke())["revoked"]
    assert await error_of(stage.client.auth_test()) == "token_revoked"
    other = stage.fake.install(stage.fake.add_team("Lighthouse"))
    stage.fake.uninstall(other)
    assert await error_of(stage.again(other.bot_token).auth_test()) == "account_inactive"


SCOPED: dict[str, tuple[str, Call]] = {
    "chat.postMessage": ("chat:write", lambda s: s.client.chat_postMessage(channel=s.channel.id, text="x")),
    "users.info": ("users:read", lambda s: s.client.users_info(user=s.mira.id)),
    "history": ("channels:history", lambda s: s.client.conversations_history(channel=s.channel.id)),
    "info": ("channels:read", lambda s: s.client.conversations_info(channel=s.channel.id)),
    "open": ("im:write", lambda s: s.client.conversations_open(users=s.mira.id)),
    "join": ("channels:join", lambda s: s.client.conversations_join(channel=s.channel.id)),
    "team.info": ("team:read", lambda s: s.client.team_info()),
    "files": ("files:write", lambda s: s.client.files_getUploadURLExternal(filename="a.mp3", length=3)),
    "reaction": ("reactions:write", lambda s: s.client.reactions_add(channel=s.channel.id, timestamp="1", name="eyes")),
    "session": (
        "assistant:write",
        lambda s: s.client.assistant_threads_setSuggestedPrompts(channel_id=s.channel.id, prompts=[]),
    ),
}


@pytest.mark.parametrize("name", SCOPED)
async def test_a_missing_permission_is_named(stage: Stage, name: str) -> None:
    """`missing_scope`, with what is needed and what there is."""
    scope, call = SCOPED[name]
    token = stage.fake.world.tokens[stage.team.bot_token]
    token.scopes = frozenset(SCOPES) - {scope}
    answer = await refusal(call(stage))
    assert answer["error"] == "missing_scope"
    assert scope in answer["needed"].split(",")
    assert scope not in answer["provided"].split(",")


async def test_a_code_is_exchanged_once_and_rotating_tokens_end() -> None:
    """Installed for many: code, token, refresh; each code and each refresh token is good once."""
    clock = FakeClock()
    async with slack_server(clock) as fake:
        fake.app.rotates = True
        team = fake.add_team("Harbour", enterprise="E1")
        mira = fake.person("Mira", team)
        code = fake.world.add_code(team.id, mira.id, SCOPES, "https://ours/back").value
        app: dict[str, Any] = {"client_id": fake.client_id, "client_secret": fake.client_secret}
        client = AsyncWebClient(base_url=fake.api)

        async def exchange(**given: Any) -> Any:
            return await client.api_call("oauth.v2.access", data=app | given)

        granted = await exchange(code=code, redirect_uri="https://ours/back")
        assert (granted["team"]["id"], granted["authed_user"]["id"]) == (team.id, mira.id)
        assert granted["enterprise"]["id"] == "E1"
        assert await error_of(exchange(code=code)) == "invalid_code"
        ours = AsyncWebClient(granted["access_token"], base_url=fake.api)
        assert (await ours.auth_test())["ok"]
        clock.advance(timedelta(seconds=granted["expires_in"]))
        assert await error_of(ours.auth_test()) == "token_expired"
        refresh = {"grant_type": "refresh_token", "refresh_token": granted["refresh_token"]}
        renewed = await exchange(**refresh)
        assert (await AsyncWebClient(renewed["access_token"], base_url=fake.api).auth_test())["ok"]
        assert await error_of(exchange(**refresh)) == "invalid_refresh_token"
        assert await error_of(exchange(code="x", client_secret="guessed")) == "bad_client_secret"
        assert await error_of(exchange(code="x", client_id="9")) == "invalid_client_id"
        code = fake.world.add_code(team.id, mira.id, SCOPES, "https://ours/back").value
        assert await error_of(exchange(code=code, redirect_uri="https://others/back")) == "bad_redirect_uri"


async def test_uninstalling_ends_the_token_and_says_so(stage: Stage) -> None:
    """Two events, after which nothing is answered."""
    told: list[str] = []
    stage.fake.world.on_event.append(lambda _, event: told.append(event["type"]))
    await stage.client.apps_uninstall(client_id=stage.fake.client_id, client_secret=stage.fake.client_secret)
    assert told == ["tokens_revoked", "app_uninstalled"]
    assert await error_of(stage.client.auth_test()) == "account_inactive"


# ------------------------------------------------------------ people and conversations


async def test_a_person_has_a_language_and_a_zone(stage: Stage) -> None:
    """The language only if it is asked for."""
    known = (await stage.client.users_info(user=stage.mira.id, include_locale=True))["user"]
    assert (known["locale"], known["tz"], known["is_admin"]) == ("ru-RU", "Europe/Berlin", True)
    assert "locale" not in (await stage.client.users_info(user=stage.mira.id))["user"]
    assert await error_of(stage.client.users_info(user="U999")) == "user_not_found"
    assert (await stage.client.bots_info(bot=stage.team.bot_id))["bot"]["user_id"] == stage.team.bot_user
    assert await error_of(stage.client.bots_info(bot="B9")) == "bot_not_found"
    listed = (await stage.client.users_list())["members"]
    assert [(one["real_name"], one["is_bot"]) for one in listed] == [("Mira", False), ("Counterpoint", True)]
    stage.fake.install(stage.team, scopes=(*SCOPES, "team:read"))
    assert (await stage.client.team_info())["team"]["domain"] == "harbour"


async def test_conversations_are_known_as_far_as_we_are_in_them(stage: Stage) -> None:
    """A private channel that we are not in does not exist for us; another workspace's never does."""
    quay = stage.fake.add_channel(stage.team, "quay")
    secret = stage.fake.add_channel(stage.team, "secret", private=True)
    abroad = stage.fake.add_channel(stage.fake.add_team("Lighthouse"), "lamp")
    assert (await stage.client.conversations_info(channel=quay.id))["channel"]["is_member"] is False
    for channel in (secret, abroad):
        assert await error_of(stage.client.conversations_info(channel=channel.id)) == "channel_not_found"
    stage.fake.join(secret)
    assert (await stage.client.conversations_info(channel=secret.id))["channel"]["is_private"] is True
    listed = await stage.client.conversations_list(types="public_channel,private_channel", exclude_archived=True)
    assert [one["name"] for one in listed["channels"]] == ["general", "keepers", "quay", "secret"]
    assert stage.team.bot_user in (await stage.client.conversations_members(channel=secret.id))["members"]
    assert (await stage.client.conversations_leave(channel=secret.id)).get("not_in_channel") is None
    assert await error_of(stage.client.conversations_info(channel=secret.id)) == "channel_not_found"
    assert (await stage.client.conversations_leave(channel=quay.id))["not_in_channel"]
    assert await error_of(stage.client.conversations_leave(channel=stage.team.channels[0])) == "cant_leave_general"


async def test_joining_makes_a_public_channel_ours(stage: Stage) -> None:
    """Once more is harmless; private and archived ones are refused."""
    quay = stage.fake.add_channel(stage.team, "quay")
    assert await error_of(stage.client.chat_postMessage(channel=quay.id, text="x")) == "not_in_channel"
    assert (await stage.client.conversations_join(channel=quay.id))["channel"]["is_member"]
    assert (await stage.client.conversations_join(channel=quay.id))["warning"] == "already_in_channel"
    assert (await stage.client.chat_postMessage(channel=quay.id, text="x"))["ok"]
    stage.fake.archive(quay)
    assert await error_of(stage.client.conversations_join(channel=quay.id)) == "is_archived"
    direct = await stage.client.conversations_open(users=stage.mira.id)
    refused = await error_of(stage.client.conversations_join(channel=direct["channel"]["id"]))
    assert refused == "method_not_supported_for_channel_type"


async def test_direct_messages_are_one_conversation_a_person(stage: Stage) -> None:
    """Opened twice, and reached by the person's id, it is the same; bots have none."""
    first = (await stage.client.conversations_open(users=stage.mira.id))["channel"]["id"]
    again = await stage.client.conversations_open(users=[stage.mira.id], return_im=True)
    posted = await stage.client.chat_postMessage(channel=stage.mira.id, text="Good morning")
    assert (again["channel"]["id"], again["already_open"], posted["channel"]) == (first, True, first)
    assert again["channel"]["user"] == stage.mira.id
    assert (await stage.client.conversations_open(channel=first))["no_op"]
    assert await error_of(stage.client.conversations_open(users=[stage.mira.id, "U2"])) == "missing_scope"
    assert await error_of(stage.client.conversations_open(users=stage.team.bot_user)) == "cannot_dm_bot"
    assert await error_of(stage.client.conversations_open(users="U999")) == "user_not_found"


# ------------------------------------------------------------ reading back


async def test_a_channel_is_read_newest_first_and_page_by_page(stage: Stage) -> None:
    """Cursors lead through all of it; replies are not in it."""
    posted = [await stage.post(str(number)) for number in range(7)]
    await stage.post("a reply", thread_ts=posted[0])
    read: list[str] = []
    cursor = None
    while cursor != "":
        page = await stage.client.conversations_history(channel=stage.channel.id, limit=3, cursor=cursor)
        read += [one["ts"] for one in page["messages"]]
        assert isinstance(page.data, dict)
        cursor = page.data.get("response_metadata", {}).get("next_cursor", "")
        assert page["has_more"] is (cursor != "")
    assert read == posted[::-1]
    wrong = stage.client.conversations_history(channel=stage.channel.id, cursor="nonsense")
    assert await error_of(wrong) == "invalid_cursor"
    for bounds, error in (({"limit": 0}, "invalid_limit"), ({"oldest": "yesterday"}, "invalid_ts_latest")):
        asked = stage.client.api_call("conversations.history", params={"channel": stage.channel.id, **bounds})
        assert await error_of(asked) == error


@pytest.mark.parametrize(("inclusive", "expected"), [(False, [2]), (True, [1, 2, 3])])
async def test_bounds_are_left_out_unless_they_are_asked_for(
    stage: Stage, inclusive: bool, expected: list[int]
) -> None:
    """`oldest` and `latest`."""
    posted = [await stage.post(str(number)) for number in range(5)]
    page = await stage.client.conversations_history(
        channel=stage.channel.id, oldest=posted[1], latest=posted[3], inclusive=inclusive
    )
    assert sorted(one["ts"] for one in page["messages"]) == [posted[number] for number in expected]


async def test_metadata_comes_back_only_if_it_is_asked_for(stage: Stage) -> None:
    """In channels and in threads."""
    metadata = {"event_type": "briefing_part", "event_payload": {"key": "ab"}}
    root = await stage.post(metadata=metadata)
    reply = await stage.post("below", thread_ts=root, metadata=metadata)
    for asked in (stage.client.conversations_history, stage.client.conversations_replies):
        more: dict[str, Any] = {"ts": root} if asked == stage.client.conversations_replies else {}
        plain = await asked(channel=stage.channel.id, **more)
        whole = await asked(channel=stage.channel.id, include_all_metadata=True, **more)
        assert all("metadata" not in one for one in plain["messages"])
        assert all(one["metadata"] == metadata for one in whole["messages"])
    assert [one.key for one in stage.fake.world.journal] == ["ab", "ab"]
    alone = await stage.client.conversations_replies(channel=stage.channel.id, ts=reply)
    assert [one["ts"] for one in alone["messages"]] == [reply]


async def test_a_small_history_gives_little_and_seldom(stage: Stage) -> None:
    """Fifteen messages, once a minute of the world's time; other methods are as ever."""
    stage.fake.history = "small"
    for number in range(20):
        await stage.post(str(number))
    page = await stage.client.conversations_history(channel=stage.channel.id, limit=200)
    assert len(page["messages"]) == 15
    with pytest.raises(SlackApiError) as refused:
        await stage.client.conversations_history(channel=stage.channel.id)
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "60"
    assert (await stage.client.conversations_replies(channel=stage.channel.id, ts=page["messages"][0]["ts"]))["ok"]
    stage.clock.advance(timedelta(minutes=1))
    assert (await stage.client.conversations_history(channel=stage.channel.id))["ok"]


# ------------------------------------------------------------ pace and faults


async def test_the_real_pace_is_one_message_a_second_and_channel(stage: Stage) -> None:
    """429 with whole seconds; it takes nothing; another channel is another matter."""
    stage.fake.pace = REAL
    await stage.post()
    assert await error_of(stage.post()) == "ratelimited"
    general = stage.fake.world.channels[stage.team.channels[0]]
    stage.fake.join(general)
    assert (await stage.client.chat_postMessage(channel=general.id, text="x"))["ok"]
    stage.clock.advance(timedelta(seconds=1))
    await stage.post()
    assert len(stage.fake.messages(stage.channel)) == 2


async def test_tiers_are_counted_by_method_and_workspace(stage: Stage) -> None:
    """Fifty a minute in the third."""
    stage.fake.pace = REAL
    for _ in range(50):
        await stage.client.conversations_info(channel=stage.channel.id)
    assert await error_of(stage.client.conversations_info(channel=stage.channel.id)) == "ratelimited"
    assert (await stage.client.auth_test())["ok"]
    stage.clock.advance(timedelta(minutes=1))
    assert (await stage.client.conversations_info(channel=stage.channel.id))["ok"]


@pytest.mark.parametrize(
    ("fault", "taken", "error"),
    [
        (Fault.FATAL, True, "fatal_error"),
        (Fault.FAIL, False, "internal_error"),
        (Fault.INTERNAL, False, "internal_error"),
        (Fault.BUSY, False, "ratelimited"),
        (Fault.NOT_IN_CHANNEL, False, "not_in_channel"),
        (Fault.GONE, False, "channel_not_found"),
        (Fault.ARCHIVED, False, "is_archived"),
        (Fault.REVOKED, False, "token_revoked"),
    ],
)
async def test_a_planned_fault_happens_once_and_takes_what_it_says(
    stage: Stage, fault: Fault, taken: bool, error: str
) -> None:
    """Whether the message stands there is the fault's affair, not that of the answer."""
    stage.fake.faults.next(fault)
    assert await error_of(stage.post()) == error
    assert len(stage.fake.messages(stage.channel)) == taken
    await stage.post()
    assert stage.fake.faults.injected == {fault.value: 1}


@pytest.mark.parametrize(
    ("fault", "taken", "status"),
    [
        (Fault.FAIL_AFTER, True, 502),
        (Fault.BAD_GATEWAY, False, 502),
        (Fault.UNAVAILABLE, False, 503),
        (Fault.RUBBISH, True, 200),
    ],
)
async def test_pages_instead_of_answers_are_no_json(stage: Stage, fault: Fault, taken: bool, status: int) -> None:
    """Of which the SDK makes a refusal without a word."""
    stage.fake.faults.next(fault, "chat.postMessage")
    with pytest.raises(SlackApiError) as failed:
        await stage.post()
    assert (failed.value.response.status_code, failed.value.response.data) == (status, {})
    assert len(stage.fake.messages(stage.channel)) == taken


@pytest.mark.parametrize(("fault", "taken"), [(Fault.DROP, True), (Fault.DROP_BEFORE, False)])
async def test_a_dropped_connection_leaves_it_open_what_happened(stage: Stage, fault: Fault, taken: bool) -> None:
    """Without the SDK's own retry; in the journal it is status 0."""
    client = stage.again(stage.team.bot_token, retry_handlers=[])
    stage.fake.faults.next(fault)
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=stage.channel.id, text="x")
    assert len(stage.fake.messages(stage.channel)) == taken
    assert [(one.method, one.team, one.status) for one in stage.fake.requests] == [
        ("chat.postMessage", stage.team.id, 0)
    ]


async def test_the_default_retry_of_the_library_doubles_a_message(stage: Stage) -> None:
    """The trap: accepted, dropped, sent again."""
    handler = AsyncConnectionErrorRetryHandler(interval_calculator=FixedValueRetryIntervalCalculator(0.0))
    client = stage.again(stage.team.bot_token, retry_handlers=[handler])
    stage.fake.faults.next(Fault.DROP)
    await client.chat_postMessage(channel=stage.channel.id, text="twice")
    assert [one.text for one in stage.fake.messages(stage.channel)] == ["twice", "twice"]


async def test_rates_are_seeded_and_hold_for_their_methods(stage: Stage) -> None:
    """The same share again with the same seed; methods that are not named go well."""
    outcomes = []
    for _ in range(2):
        stage.fake.wire.faults = type(stage.fake.faults)(rates=spread(0.5, (Fault.FAIL, Fault.BUSY)), seed=7)
        outcomes.append([await _fine(stage.post()) for _ in range(12)])
        assert (await stage.client.auth_test())["ok"]
    assert outcomes[0] == outcomes[1]
    assert 0 < sum(outcomes[0]) < 12


async def _fine(asked: Any) -> bool:
    try:
        await asked
    except SlackApiError:
        return False
    return True


async def test_several_clients_at_once_get_instants_of_their_own(stage: Stage) -> None:
    """`ts` grows strictly although the clock stands still."""
    posted = await asyncio.gather(*(stage.post(str(number)) for number in range(8)))
    assert len(set(posted)) == 8
    assert sorted(posted) == sorted(posted, key=float)
    assert [one.ts for one in stage.fake.messages(stage.channel)] == sorted(posted)


async def test_a_method_that_there_is_not_is_unknown(stage: Stage) -> None:
    """Whoever asks, and a form or JSON."""
    answer = await refusal(stage.client.api_call("chat.shout", json={"a": 1}))
    assert (answer["error"], answer["req_method"]) == ("unknown_method", "chat.shout")
    assert (await stage.client.api_test(tide="low"))["args"] == {"tide": "low"}
    assert await error_of(stage.client.api_test(error="low_water")) == "low_water"

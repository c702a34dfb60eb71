"""How somebody installs us: to Slack with a state, back with a code, which becomes a token that is kept.

The pages say what came of it. Bolt has such a flow, too; it prints the code into its log, reads settings from the
environment and knows the clock of the machine only, so its parts are used here and not the whole.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final
from urllib.parse import urlencode

from aiohttp import web
from slack_sdk.oauth import AuthorizeUrlGenerator, OAuthStateUtils
from slack_sdk.oauth.installation_store import Installation

from adapters.platforms.slack.installing import record
from adapters.platforms.slack.installing.exchange import Exchange
from adapters.platforms.slack.installing.pages import Page, answer, spoken
from adapters.platforms.slack.installing.states import LASTS, States
from adapters.platforms.slack.installing.store import Installations
from adapters.platforms.slack.manifest import REDIRECT_PATH
from bot.errors import MessageRefused, PlaceClosed, PlatformError, StoreError
from bot.ports.clock import Clock
from bot.ports.events import Events
from bot.ports.phrases import Catalogue, Phrases

INSTALL: Final = "/slack/install"
Installed = Callable[[Installation], Awaitable[None]]
"""Told of every installation that was kept."""
_BROKEN: Final = 400
_STALE: Final = 401
_NO_ANSWER: Final = 502
_NOT_NOW: Final = 503
_LONGEST_CODE: Final = 500
_WORDS_STALE: Final = ("install-stale-title", "install-stale")
_WORDS_FAILED: Final = ("install-failed-title", "install-failed")
_WORDS_REFUSED: Final = ("install-refused-title", "install-refused")
_LONGEST_TEAM: Final = 30


class Installing:
    """Answers browsers. Never raises for what a browser sends, for Slack not answering, or for the database."""

    def __init__(
        self,
        *,
        address: str,
        api: str,
        client_id: str,
        scopes: Sequence[str],
        states: States,
        exchange: Exchange,
        installations: Installations,
        installed: Installed,
        catalogue: Catalogue,
        clock: Clock,
        events: Events,
    ) -> None:
        """`address` is ours, as browsers reach it, without a path; `api` is where Slack's methods are."""
        self._redirect = address + REDIRECT_PATH
        self._states = states
        self._exchange = exchange
        self._installations = installations
        self._installed = installed
        self._catalogue = catalogue
        self._clock = clock
        self._events = events
        self._cookies = OAuthStateUtils(expiration_seconds=int(LASTS.total_seconds()))
        self._addresses = AuthorizeUrlGenerator(
            client_id=client_id,
            redirect_uri=self._redirect,
            scopes=list(scopes),
            authorization_url=f"{api.removesuffix('api/')}oauth/v2/authorize",
        )

    async def front(self, request: web.Request) -> web.Response:
        """What this is, and the way to install it."""
        say = spoken(request, self._catalogue)
        page = Page(say.say("install-name"), (say.say("install-front"),), ((say.say("install-add"), INSTALL),))
        return answer(page, say.language)

    async def begin(self, request: web.Request) -> web.Response:
        """Send the browser to Slack, with a state that it has to bring back."""
        state = await self._states.async_issue()
        # A link can name the workspace; which one it becomes is chosen at Slack.
        team = request.query.get("team", "")[:_LONGEST_TEAM]
        address = self._addresses.generate(state, team=team if team.isalnum() else None)
        cookie = f"{self._cookies.build_set_cookie_for_new_state(state)}; SameSite=Lax"
        headers = {"Location": address, "Set-Cookie": cookie, "Cache-Control": "no-store"}
        return web.Response(status=302, headers=headers)

    async def complete(self, request: web.Request) -> web.Response:
        """The browser is back: keep what was granted, and say so."""
        response = await self._answered(request)
        response.headers.add("Set-Cookie", self._cookies.build_set_cookie_for_deletion())
        return response

    async def _answered(self, request: web.Request) -> web.Response:
        say = spoken(request, self._catalogue)
        if "error" in request.query:
            return self._refused(request.query["error"], say)
        try:
            if not await self._is_ours(request):
                return self._again(_WORDS_STALE, say, _STALE)
            return await self._kept(request.query.get("code", ""), say)
        except StoreError as error:
            self._events.warn("slack_install_failed", error=type(error).__name__, reason=str(error))
            return self._again(_WORDS_FAILED, say, _NOT_NOW)

    async def _is_ours(self, request: web.Request) -> bool:
        state = request.query.get("state", "")
        if not self._cookies.is_valid_browser(state or None, {"cookie": request.headers.getall("Cookie", [])}):
            return False
        return await self._states.async_consume(state)

    async def _kept(self, code: str, say: Phrases) -> web.Response:
        if not 0 < len(code) <= _LONGEST_CODE:
            return self._again(_WORDS_STALE, say, _BROKEN)
        try:
            answered = await self._exchange.code(code, self._redirect)
            found = record.granted(answered, now=self._clock.now().timestamp())
        except (MessageRefused, PlaceClosed) as error:
            self._events.warn("slack_install_failed", error=type(error).__name__, reason=str(error))
            return self._again(_WORDS_STALE, say, _BROKEN)
        except PlatformError as error:
            self._events.warn("slack_install_failed", error=type(error).__name__, reason=str(error))
            return self._again(_WORDS_FAILED, say, _NO_ANSWER)
        await self._installations.async_save(found)
        await self._installed(found)
        return _installed(found, say)

    def _refused(self, reason: str, say: Phrases) -> web.Response:
        """The person said no; anything else is a mistake in how the app is set up, which Slack names."""
        if reason == "access_denied":
            return self._again(_WORDS_REFUSED, say, 200)
        self._events.warn("slack_install_failed", error="refused", reason=reason[:100])
        return self._again(_WORDS_FAILED, say, _BROKEN)

    def _again(self, words: tuple[str, str], say: Phrases, status: int) -> web.Response:
        title, text = (say.say(key) for key in words)
        page = Page(title, (text,), ((say.say("install-again"), INSTALL),))
        return answer(page, say.language, status=status)


def _installed(found: Installation, say: Phrases) -> web.Response:
    app, team = found.app_id or "", found.team_id
    if team is None:
        words = say.say("install-done-org", organization=found.enterprise_name or found.enterprise_id or "")
        return answer(Page(say.say("install-done-title"), (words, say.say("install-done")), ()), say.language)
    words = say.say("install-done-in", workspace=found.team_name or team)
    links = (
        (say.say("install-open"), f"slack://app?{urlencode({'team': team, 'id': app, 'tab': 'home'})}"),
        (say.say("install-open-browser"), f"https://slack.com/app_redirect?{urlencode({'app': app, 'team': team})}"),
    )
    return answer(Page(say.say("install-done-title"), (words, say.say("install-done")), links), say.language)

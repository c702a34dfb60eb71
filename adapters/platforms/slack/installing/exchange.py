"""What Slack gives for a code, a refresh token or a token: installing, going on, and whether it still holds."""

from typing import Any, Final, cast

from slack_sdk.web.async_client import AsyncWebClient

from adapters.platforms.slack.errors import NO_TOKEN, code_of, translated
from adapters.platforms.slack.kit import Json
from bot.errors import PlatformError, PlatformUnavailable

_TIMEOUT: Final = 20


class Exchange:
    """Asks in the name of the app. Nothing is repeated: a code and a refresh token are good once."""

    def __init__(self, api: str, client_id: str, client_secret: str) -> None:
        """`api` is where the methods are, ending with a slash."""
        self._api = api
        self._app = {"client_id": client_id, "client_secret": client_secret}

    async def code(self, code: str, redirect: str) -> Json:
        """What was granted, for the code that a browser brought.

        Raises:
            MessageRefused: the code is none, was used, or is too old.
            PlatformUnavailable, PlatformBusy: Slack did not answer.
        """
        return await self._ask("oauth.v2.access", code=code, redirect_uri=redirect, **self._app)

    async def refresh(self, token: str) -> Json:
        """A new token, and a new refresh token.

        Raises:
            PlaceClosed, MessageRefused: it is good no more.
            PlatformUnavailable, PlatformBusy: Slack did not answer.
        """
        return await self._ask("oauth.v2.access", grant_type="refresh_token", refresh_token=token, **self._app)

    async def works(self, token: str) -> bool:
        """Whether a token still opens something; also where Slack does not answer."""
        try:
            await self._ask("auth.test", token=token)
        except PlatformError as error:
            return code_of(error) not in NO_TOKEN
        return True

    async def _ask(self, method: str, **arguments: str) -> Json:
        token = arguments.pop("token", None)
        client = AsyncWebClient(token=token, base_url=self._api, timeout=_TIMEOUT, retry_handlers=[])
        with translated():
            answer = await client.api_call(method, data=cast("dict[str, Any]", arguments))
        if not isinstance(answer.data, dict):
            raise PlatformUnavailable("an answer that is no object")
        return answer.data

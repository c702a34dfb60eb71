"""An installation as text and back: what is kept of it, and no more.

We ask for no token of a person and for no webhook; if Slack gave one all the same, it is not kept.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from slack_sdk.oauth.installation_store import Installation

from adapters.platforms.slack.kit import Json
from bot.errors import PlatformUnavailable, StoreCorrupt

_KEPT: Final = (
    "app_id",
    "enterprise_id",
    "enterprise_name",
    "team_id",
    "team_name",
    "bot_token",
    "bot_id",
    "bot_user_id",
    "bot_scopes",
    "bot_refresh_token",
    "bot_token_expires_at",
    "user_id",
    "is_enterprise_install",
    "token_type",
    "installed_at",
)
_ORG: Final = "org"
_LONGEST: Final = 300
_LONGEST_LIFE: Final = 366 * 24 * 3600


def written(installation: Installation) -> str:
    """An installation as text."""
    kept = {name: getattr(installation, name) for name in _KEPT}
    return json.dumps({name: value for name, value in kept.items() if value is not None})


def pointing(enterprise: str) -> str:
    """Text that says: what this organization granted holds here."""
    return json.dumps({_ORG: enterprise})


def read(text: str) -> Installation | str:
    """What was written: an installation, or the organization whose installation holds.

    Raises:
        StoreCorrupt: it was never written by these.
    """
    try:
        found = json.loads(text)
        if _ORG in found:
            return str(found[_ORG])
        return Installation(**{name: found[name] for name in _KEPT if name in found})
    except (ValueError, TypeError) as error:
        raise StoreCorrupt("a grant in the database is no installation of Slack's") from error


def granted(answer: Json, *, now: float) -> Installation:
    """What `oauth.v2.access` says of an installation; `now` in seconds since 1970.

    Raises:
        PlatformUnavailable: it lacks what an installation must have.
    """
    team, enterprise, installer = (_object(answer.get(name)) for name in ("team", "enterprise", "authed_user"))
    whole = answer.get("is_enterprise_install") is True
    token, who = _text(answer.get("access_token")), _text(installer.get("id"))
    holder = _text(enterprise.get("id") if whole else team.get("id"))
    if answer.get("token_type") != "bot" or token is None or who is None or holder is None:
        raise PlatformUnavailable("an answer that is no installation")
    return Installation(
        app_id=_text(answer.get("app_id")),
        enterprise_id=_text(enterprise.get("id")),
        enterprise_name=_text(enterprise.get("name")),
        team_id=None if whole else holder,
        team_name=_text(team.get("name")),
        bot_token=token,
        bot_user_id=_text(answer.get("bot_user_id")),
        bot_scopes=_text(answer.get("scope")) or "",
        bot_refresh_token=_text(answer.get("refresh_token")),
        bot_token_expires_at=expiry(answer, now=now),
        user_id=who,
        is_enterprise_install=whole,
        token_type="bot",  # noqa: S106  # what kind of token it is
        installed_at=now,
    )


def expiry(answer: Json, *, now: float) -> int | None:
    """When a token ends, in seconds since 1970; None where it does not."""
    seconds = answer.get("expires_in")
    if isinstance(seconds, bool) or not isinstance(seconds, int) or not 0 < seconds <= _LONGEST_LIFE:
        return None
    return int(now) + seconds


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= _LONGEST * 10 else None

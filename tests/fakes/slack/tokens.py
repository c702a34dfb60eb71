"""Who asks: tokens, the installation, workspaces and users."""

from typing import Any

from tests.fakes.slack import installs, shapes
from tests.fakes.slack.methods import method
from tests.fakes.slack.refusals import Refused
from tests.fakes.slack.wire import Asked
from tests.fakes.slack.world import Team

Said = dict[str, Any]


@method("api.test", kind="none", tier=4)
def api_test(asked: Asked) -> Said:
    if error := asked.maybe("error"):
        raise Refused(error)
    return {"args": asked.arguments}


@method("auth.test", tier=4)
def auth_test(asked: Asked) -> Said:
    team, bot = asked.team, asked.bot
    told: Said = {"url": team.url, "team": team.name, "user": bot.name.lower(), "team_id": team.id, "user_id": bot.id}
    told |= {"bot_id": bot.bot_id, "is_enterprise_install": team.org_wide, "app_id": asked.world.app.id}
    return told | ({"enterprise_id": team.enterprise} if team.enterprise else {})


@method("auth.revoke", tier=3)
def auth_revoke(asked: Asked) -> Said:
    if not asked.flag("test"):
        installs.revoke(asked.world, asked.token)
    return {"revoked": not asked.flag("test")}


@method("apps.uninstall", tier=1)
def apps_uninstall(asked: Asked) -> Said:
    _application(asked)
    installs.uninstall(asked.world, asked.team)
    return {}


@method("apps.connections.open", "connections:write", kind="app", tier=1)
def connections_open(asked: Asked) -> Said:
    if asked.world.on_socket is None:
        raise Refused("internal_error")
    return {"url": asked.world.on_socket()}


@method("oauth.v2.access", kind="none", tier=4)
def oauth_access(asked: Asked) -> Said:
    """Exchange a code or a refresh token, each good once, for a token."""
    _application(asked)
    world = asked.world
    if asked.maybe("grant_type") == "refresh_token":
        team = world.teams.get(world.refreshes.pop(asked.text("refresh_token"), ""))
        if team is None or not team.installed:
            raise Refused("invalid_refresh_token")
        installs.install(world, team, team.installer, team.scopes)
        return _granted(asked, team)
    code = world.codes.pop(asked.text("code"), None)
    if code is None:
        raise Refused("invalid_code")
    if code.redirect and asked.maybe("redirect_uri") != code.redirect:
        raise Refused("bad_redirect_uri")
    team = world.teams[code.team]
    installs.install(world, team, code.user, code.scopes)
    team.org_wide = code.org_wide
    return _granted(asked, team) | {"authed_user": {"id": code.user}}


def _granted(asked: Asked, team: Team) -> Said:
    enterprise = {"id": team.enterprise, "name": "Org"} if team.enterprise else None
    told: Said = {
        "app_id": asked.world.app.id,
        "scope": ",".join(sorted(team.scopes)),
        "token_type": "bot",
        "access_token": team.bot_token,
        "bot_user_id": team.bot_user,
        "team": None if team.org_wide else {"id": team.id, "name": team.name},
        "enterprise": enterprise,
        "is_enterprise_install": team.org_wide,
    }
    if asked.world.app.rotates:
        seconds = int(installs.ROTATION.total_seconds())
        told |= {"refresh_token": installs.refreshable(asked.world, team), "expires_in": seconds}
    return told


def _application(asked: Asked) -> None:
    app = asked.world.app
    if asked.arguments.get("client_id") != app.client_id:
        raise Refused("invalid_client_id")
    if asked.arguments.get("client_secret") != app.client_secret:
        raise Refused("bad_client_secret")


@method("team.info", "team:read")
def team_info(asked: Asked) -> Said:
    return {"team": shapes.team(asked.team)}


@method("users.info", "users:read", tier=4)
def users_info(asked: Asked) -> Said:
    user = asked.world.users.get(asked.text("user"))
    if user is None or user.team != asked.team.id:
        raise Refused("user_not_found")
    return {"user": shapes.user(asked.world, user, locale=asked.flag("include_locale"))}


@method("users.list", "users:read", tier=2)
def users_list(asked: Asked) -> Said:
    everybody = [asked.world.users[key] for key in asked.team.users]
    members = [shapes.user(asked.world, one, locale=asked.flag("include_locale")) for one in everybody]
    return {"members": members, "response_metadata": {"next_cursor": ""}}


@method("bots.info", "users:read")
def bots_info(asked: Asked) -> Said:
    wanted = asked.maybe("bot") or asked.bot.bot_id
    here = (asked.world.users[key] for key in asked.team.users)
    found = next((one for one in here if one.bot and one.bot_id == wanted), None)
    if found is None:
        raise Refused("bot_not_found")
    app = {"app_id": asked.world.app.id} if found.id == asked.team.bot_user else {}
    return {"bot": {"id": found.bot_id, "deleted": found.deleted, "name": found.name, "user_id": found.id} | app}

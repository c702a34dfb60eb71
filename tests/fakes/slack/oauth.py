"""Installing through a browser: Slack's page that asks for consent, and somebody who clicks through all the pages."""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit, urlunsplit

import aiohttp
from aiohttp import web

from tests.fakes.slack.people_elements import Unable
from tests.fakes.slack.state import Code
from tests.fakes.slack.world import World

if TYPE_CHECKING:
    from tests.fakes.slack.fake import FakeSlack
    from tests.fakes.slack.people import Person

PAGE = "/oauth/v2/authorize"
DEFAULT_REDIRECT = "/slack/oauth_redirect"
_HREF = re.compile(r"""(?:href|action)\s*=\s*["']([^"']*/oauth/v2/authorize[^"']*)["']""")
_FIELD = re.compile(r"""<input[^>]*name=["'](\w+)["'][^>]*value=["']([^"']*)["']""")
_REDIRECTS = range(300, 400)


# ---------------------------------------------------------------- Slack's page


def enter(app: web.Application, world: World) -> None:
    """The page that asks, and what its two buttons do."""

    async def ask(request: web.Request) -> web.Response:
        return _ask(world, request.query)

    async def decide(request: web.Request) -> web.Response:
        form = {key: str(value) for key, value in (await request.post()).items()}
        return _decide(world, form)

    app.router.add_get(PAGE, ask)
    app.router.add_post(PAGE, decide)


def _ask(world: World, query: Mapping[str, str]) -> web.Response:
    wrong = _wrong(world, query)
    if wrong is not None:
        return web.Response(status=400, text=f"<h1>{html.escape(wrong)}</h1>", content_type="text/html")
    hidden = "".join(
        f'<input type="hidden" name="{key}" value="{html.escape(query.get(key, ""), quote=True)}">'
        for key in ("client_id", "state", "scope", "redirect_uri")
    )
    asked = "".join(f"<li>{html.escape(one)}</li>" for one in query.get("scope", "").split(","))
    page = f'<form method="post" action="{PAGE}"><h1>{world.app.name} asks for</h1><ul>{asked}</ul>{hidden}'
    return web.Response(text=page + "<button>Allow</button></form>", content_type="text/html")


def _wrong(world: World, query: Mapping[str, str]) -> str | None:
    if query.get("client_id") != world.app.client_id:
        return "invalid_client_id"
    if not query.get("scope"):
        return "no_scopes"
    redirect = query.get("redirect_uri")
    if redirect and world.app.redirect and not redirect.startswith(world.app.redirect):
        return "bad_redirect_uri"
    return None


def _decide(world: World, form: Mapping[str, str]) -> web.Response:
    wrong = _wrong(world, form)
    if wrong is not None:
        return web.Response(status=400, text=wrong)
    told = {"state": form.get("state", "")}
    if form.get("decision") != "allow":
        told["error"] = "access_denied"
    else:
        user = world.users[form["user"]]
        scopes = frozenset(form["scope"].split(",")) - set(form.get("without", "").split(","))
        redirect, org_wide = form.get("redirect_uri") or None, form.get("org") == "1"
        code = Code(world.new_id("code"), user.team, user.id, scopes, redirect, org_wide)
        world.codes[code.value] = code
        told["code"] = code.value
    back = form.get("redirect_uri") or world.app.redirect or DEFAULT_REDIRECT
    location = f"{back}{'&' if '?' in back else '?'}{urlencode(told)}"
    return web.Response(status=302, headers={"Location": location})


# ---------------------------------------------------------------- somebody's browser


@dataclass(frozen=True, slots=True)
class Page:
    """What a browser shows at the end."""

    status: int
    address: str
    text: str


@dataclass(slots=True)
class Browser:
    """Keeps cookies, and goes nowhere but to this fake and to the application."""

    fake: "FakeSlack"
    app: str
    """Origin of the application, such as `http://127.0.0.1:3000`, under whatever name it calls itself."""
    session: aiohttp.ClientSession
    cookies: dict[str, str] = field(default_factory=dict)

    def local(self, address: str) -> str:
        """Where an address really leads: Slack's is this fake, everything else is the application."""
        parts = urlsplit(urljoin(self.app, address))
        slack = parts.netloc == urlsplit(self.fake.address).netloc or parts.hostname in {"slack.com", "www.slack.com"}
        origin = urlsplit(self.fake.address if slack else self.app)
        return urlunsplit((origin.scheme, origin.netloc, parts.path, parts.query, ""))

    async def go(self, address: str, form: Mapping[str, str] | None = None) -> tuple[int, str, str | None]:
        """Status, text, and where it leads on."""
        target = self.local(address)
        ours = target.startswith(self.app)
        named = "; ".join(f"{key}={value}" for key, value in self.cookies.items())
        headers = {"Cookie": named} if named and ours else {}
        method = "GET" if form is None else "POST"
        async with self.session.request(method, target, data=form, headers=headers, allow_redirects=False) as answer:
            text = await answer.text()
            for raw in answer.headers.getall("Set-Cookie", []) if ours else []:
                self.cookies |= {key: one.value for key, one in SimpleCookie(raw).items()}
            on = answer.headers.get("Location") if answer.status in _REDIRECTS else None
            return answer.status, text, on


async def install(
    fake: "FakeSlack",
    person: "Person",
    at: str,
    *,
    refuse: bool = False,
    state: str | None = None,
    code: str | None = None,
    other_browser: bool = False,
    org_wide: bool = False,
    without: tuple[str, ...] = (),
    meanwhile: Callable[[], Any] | None = None,
) -> Page:
    """Begin at the application's page for installing, consent, and come back.

    Args:
        refuse: they press "Cancel".
        state, code: they come back with another one.
        other_browser: they come back without the cookies that they got.
        org_wide: they install for the whole organization.
        without: optional permissions that they did not tick.
        meanwhile: called before they decide, such as to let the time pass.

    Raises:
        Unable: the application's page leads nowhere, or Slack's page says that something is wrong.
    """
    parts = urlsplit(at)
    origin = f"{parts.scheme}://{parts.netloc}"
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=person.patience)) as session:
        browser = Browser(fake, origin, session)
        fields = await _consenting(browser, at)
        if meanwhile is not None:
            meanwhile()
        chosen = {"decision": "cancel" if refuse else "allow", "user": person.id, "org": "1" if org_wide else ""}
        status, text, back = await browser.go(fake.address + PAGE, {**fields, **chosen, "without": ",".join(without)})
        if back is None:
            raise Unable(f"Slack's page says {status}: {text}")
        if other_browser:
            browser.cookies.clear()
        return await _returned(browser, _changed(back, state=state, code=code))


async def _consenting(browser: Browser, at: str) -> dict[str, str]:
    """Slack's page, reached from the application's: what is filled in there."""
    status, text, on = await browser.go(at)
    found = _HREF.search(text)
    on = on or (html.unescape(found[1]) if found else None)
    if on is None:
        raise Unable(f"{at} says {status}, and leads nowhere: {text[:200]}")
    status, text, _ = await browser.go(on)
    if status >= 400:
        raise Unable(f"Slack's page says {status}: {text}")
    return {key: html.unescape(value) for key, value in _FIELD.findall(text)}


async def _returned(browser: Browser, back: str) -> Page:
    """Back at the application, and wherever it leads within itself."""
    address = back
    for _ in range(5):
        status, text, on = await browser.go(address)
        if on is None or urlsplit(on).scheme == "slack" or "slack.com" in urlsplit(on).netloc:
            return Page(status, on or browser.local(address), text)
        address = on
    raise Unable(f"{back} leads round and round")


def _changed(address: str, **given: str | None) -> str:
    parts = urlsplit(address)
    query = {key: values[0] for key, values in parse_qs(parts.query, keep_blank_values=True).items()}
    query |= {key: value for key, value in given.items() if value is not None}
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), ""))

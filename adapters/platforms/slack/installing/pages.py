"""The pages that somebody sees who installs us: ours whole, nothing from anywhere else, readable without a script."""

import hashlib
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Final

from aiohttp import web

from bot.ports.phrases import Catalogue, Phrases

_STYLE: Final = """
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto 0;padding:0 1.25rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .75rem}
p{margin:0 0 1rem}
a{font-weight:600}
"""
_DIGEST: Final = b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_HEADERS: Final = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Vary": "Accept-Language",
}
_MOST_WISHES: Final = 20
_MOST_CHARACTERS: Final = 500


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says. Addresses of links are ours or Slack's."""

    title: str
    paragraphs: tuple[str, ...]
    links: tuple[tuple[str, str], ...] = ()
    """Words and address of each."""


def answer(page: Page, language: str, *, status: int = 200) -> web.Response:
    """A page as it is sent, with headers that let it load nothing."""
    body = "".join(f"<p>{escape(text)}</p>\n" for text in page.paragraphs)
    body += "".join(f'<p><a href="{escape(address)}">{escape(words)}</a></p>\n' for words, address in page.links)
    html = (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(page.title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{escape(page.title)}</h1>\n{body}</main>\n</body>\n</html>\n"
    )
    headers = {**_HEADERS, "Content-Language": language}
    return web.Response(text=html, status=status, content_type="text/html", charset="utf-8", headers=headers)


def spoken(request: web.Request, catalogue: Catalogue) -> Phrases:
    """The language that a browser asks for, of those we have; else the default."""
    wanted = request.headers.get("Accept-Language", "")[:_MOST_CHARACTERS]
    known = set(catalogue.languages)
    found = (tag for tag in _in_order(wanted.split(",")[:_MOST_WISHES]) if tag in known)
    return catalogue.speak(next(found, catalogue.languages[0]))


def _in_order(wishes: Iterable[str]) -> list[str]:
    """`ru-RU;q=0.8, en` as `en`, `ru`: by weight (RFC 9110, 12.5.4), first written first; weight 0 is a refusal."""
    weighed: list[tuple[float, str]] = []
    for wish in wishes:
        tag, _, parameter = wish.partition(";")
        name, _, number = parameter.strip().partition("=")
        try:
            weight = float(number) if name.strip().lower() == "q" else 1.0
        except ValueError:
            weight = 0.0
        if 0 < weight <= 1:
            weighed.append((-weight, tag.strip().lower().split("-")[0]))
    return [tag for _, tag in sorted(weighed, key=lambda each: each[0])]

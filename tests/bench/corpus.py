"""The real items that benches of stories share: newsletter items and feed entries, read."""

import calendar
import html
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import feedparser
from selectolax.lexbor import LexborHTMLParser

from bot.domain.item import Item, ItemKind, item_id
from bot.domain.read import read
from bot.domain.reading import Reading
from bot.domain.roster import Thinker, ThinkerKind

_BLOCKS = "p,li,br,h1,h2,h3,h4,div,tr,blockquote,pre"


def item(
    name: str, *, source: str, title: str, text: str, at: datetime, links: tuple[str, ...] = (), url: str | None = None
) -> Item:
    """An article."""
    return Item(
        id=item_id(url or name), source=source, guid=name, url=url or f"https://example.org/{name}", title=title[:500],
        text=text[:100_000], kind=ItemKind.ARTICLE, published=at, first_seen=at, backlog=False, links=links,
    )  # fmt: skip


def newsletter_entries(data: Path) -> list[dict[str, object]]:
    """The newsletter's items as they stand in the file."""
    lines = (data / "newsletter-threads/items.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def newsletter(data: Path) -> tuple[list[Reading], list[frozenset[str]]]:
    """The newsletter's items, read, each with the curated topics it belongs to."""
    thinker = Thinker("newsletter", "Newsletter", ThinkerKind.NEWSLETTER)
    readings, gold = [], []
    for number, entry in enumerate(newsletter_entries(data)):
        made = item(
            f"newsletter-{number}",
            source="feed:newsletter",
            title=str(entry["title"]),
            text=without_markdown(str(entry["text"])),
            at=datetime.fromisoformat(str(entry["date"])).replace(tzinfo=UTC),
            links=tuple(entry["links"]),  # type: ignore[arg-type]
        )
        readings.append(read(made, thinker))
        gold.append(frozenset(entry.get("threads", ())))  # type: ignore[call-overload]
    return readings, gold


def without_markdown(text: str) -> str:
    """Plain words."""
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r"\[([^\]]*)\](?:\[[^\]]*\]|\([^)]*\))", r"\1", text)
    return re.sub(r"[*`]|\{%.*?%\}", "", text)


def feeds(data: Path, folder: str = "*") -> Iterator[tuple[Item, Thinker]]:
    """Dated entries of the real feeds; each file is one thinker."""
    for path in sorted((data / "real-feeds").glob(f"{folder}/*.xml")):
        parsed = feedparser.parse(path.read_bytes())
        name = path.stem.removeprefix("feed_").replace(".", "-").lower()
        thinker = Thinker(name, parsed.feed.get("title") or name, ThinkerKind.PERSON)
        seen = set()
        for entry in parsed.entries:
            when = entry.get("published_parsed") or entry.get("updated_parsed")
            identity = entry.get("link") or entry.get("id")
            if not when or not identity or identity in seen:
                continue
            seen.add(identity)
            raw = (entry.get("content") or [{}])[0].get("value") or entry.get("summary") or ""
            yield (
                item(
                    identity,
                    source=f"feed:{name}",
                    title=re.sub(r"\s+", " ", _plain(entry.get("title", ""))),
                    text=_plain(raw),
                    at=datetime.fromtimestamp(calendar.timegm(when), UTC),
                    links=tuple(dict.fromkeys(re.findall(r'href="(https?://[^"#?]+)', raw))),
                    url=identity if identity.startswith("http") else None,
                ),
                thinker,
            )


def _plain(markup: str) -> str:
    if "<" not in markup:
        return html.unescape(markup).strip()
    tree = LexborHTMLParser(markup)
    for node in tree.css("script,style"):
        node.decompose()
    for node in tree.css(_BLOCKS):
        node.insert_after("\n")
    return re.sub(r"\n\s*\n+", "\n\n", tree.body.text() if tree.body else "").strip()

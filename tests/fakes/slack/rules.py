"""Slack's rules for blocks, messages and views: what it refuses with `invalid_blocks`, and why.

They are from its documents and the SDK's model classes. This is the one place that says what is uncertain there, of
blocks and of all else in this fake; each is decided for the reading that is harder on the application:

- `input` stands in modals and App Home only; `markdown`, `table`, `context_actions`, `container`, `card`, `carousel`,
  `plan` and `task_card` in messages only; `alert` in modals only; `file`, `call` and `auth_provider` nowhere.
- A container's children are no markdown and no containers. The texts of a table have 10,000 characters together.
- Menus in which several can be chosen stand in sections and inputs only, fields of text in inputs only; an overflow
  menu has two options at least, as the SDK has it. A text object is never empty.
- 13,200 characters over all blocks are measured by others, and counted here over everything that is read or read out.
- chat.update refuses more than 4,000 characters of text (reported), chat.postEphemeral and `response_url` more than
  3,000 without blocks (reported); chat.postMessage cuts at 40,000 (documented).
- Metadata has 16,000 bytes; the documents say only that there is a limit.
- A reply below a tombstone, below another reply or below an aside is `cannot_reply_to_message`, below nothing
  `thread_not_found`; Slack may take some of them.
- What chat.update is not given stays: text, blocks, metadata.
- A stream has 12,000 characters over all its parts, and each text of a task 256; the words for a missing recipient are
  guessed (that one is needed in channels is certain). Its end after five minutes is reported, not documented.
- Mentions count in Markdown blocks, in `text` beside blocks, and for ids that nobody has; a bare `@here` in mrkdwn that
  is not `verbatim` counts, too. Pages are shown below links unless `unfurl_links` and `unfurl_media` are both off.
- A status below a thread goes as soon as a message of ours stands in it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from tests.fakes.slack.rules_checks import (
    HOME,
    MESSAGE,
    MODAL,
    Check,
    Complaints,
    Rule,
    among,
    exactly,
    flag,
    many,
    number,
    obey,
    said,
    string,
    text,
    typed,
)
from tests.fakes.slack.rules_elements import (
    ANY_TEXT,
    BESIDE,
    FILLED_IN,
    ID,
    IN_ROW,
    LINK,
    PICTURE,
    PRESSED,
    _one_picture,
    element,
)

__all__ = ["PRESSED", "characters", "of_message", "of_view", "options"]

IN_MESSAGE, IN_VIEW = 50, 100
MARKDOWN, TABLE = 12_000, 10_000
TITLE, METADATA = 24, 3_000
_READ = ("text", "alt_text", "title", "subtitle", "body", "description", "label", "hint", "placeholder")


def _said(where: str, value: Mapping[str, Any], surface: str) -> Complaints:
    if value.get("text") is None and not value.get("fields"):
        yield said(where, "must define either `text` or `fields`")


def _dispatches(where: str, value: Mapping[str, Any], surface: str) -> Complaints:
    if value.get("dispatch_action") and (value.get("element") or {}).get("type") == "file_input":
        yield said(where, "dispatch_action cannot be used with file_input")


def _content(where: str, value: Mapping[str, Any], surface: str) -> Complaints:
    if not any(value.get(name) for name in ("hero_image", "title", "actions", "body")):
        yield said(where, "must define one of hero_image, title, actions, body")


def _collapses(where: str, value: Mapping[str, Any], surface: str) -> Complaints:
    if value.get("title") is None and value.get("rich_text_title") is None:
        yield said(where, "must define either `title` or `rich_text_title`")
    if value.get("is_collapsible") and value.get("has_header_divider"):
        yield said(where, "has_header_divider cannot be used with is_collapsible")
    if value.get("default_collapsed") and not value.get("is_collapsible"):
        yield said(where, "default_collapsed requires is_collapsible")


def _in_context(where: str, value: Any, surface: str) -> Complaints:
    kind = value.get("type") if isinstance(value, Mapping) else None
    check = element("image") if kind == "image" else text(3000, *ANY_TEXT)
    yield from check(where, value, surface)


_STYLE = exactly(Rule({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), flag)))
_RICH_PARTS: dict[str, Rule] = {
    "text": Rule({"text": string(12_000)}, {"style": _STYLE}),
    "link": Rule({"url": LINK}, {"text": string(3000), "style": _STYLE, "unsafe": flag}),
    "emoji": Rule({"name": string(100)}, {"unicode": string(100), "skin_tone": number(1, 6), "style": _STYLE}),
    "user": Rule({"user_id": string(20)}, {"style": _STYLE}),
    "channel": Rule({"channel_id": string(20)}, {"style": _STYLE}),
    "usergroup": Rule({"usergroup_id": string(20)}, {"style": _STYLE}),
    "broadcast": Rule({"range": among("here", "channel", "everyone")}, {"style": _STYLE}),
    "date": Rule(
        {"timestamp": number(0, 99_999_999_999), "format": string(255)},
        {"url": LINK, "fallback": string(255), "style": _STYLE},
    ),
    "color": Rule({"value": string(20)}, {"style": _STYLE}),
}
_RICH_PART = typed(lambda: _RICH_PARTS)
_RICH: dict[str, Rule] = {
    "rich_text_section": Rule({"elements": many(_RICH_PART, 1000, 0)}),
    "rich_text_preformatted": Rule(
        {"elements": many(_RICH_PART, 1000)}, {"border": number(0, 1), "language": string(50)}
    ),
    "rich_text_quote": Rule({"elements": many(_RICH_PART, 1000)}, {"border": number(0, 1)}),
    "rich_text_list": Rule(
        {"elements": many(typed(lambda: _RICH, "rich_text_section"), 1000), "style": among("bullet", "ordered")},
        {"indent": number(0, 8), "offset": number(0, 10_000), "border": number(0, 1)},
    ),
}
_RICH_TEXT: dict[str, Check] = {"elements": many(typed(lambda: _RICH), 1000)}
_CELLS: dict[str, Rule] = {
    "raw_text": Rule({"text": string(MARKDOWN)}),
    "raw_number": Rule({"value": lambda *_: iter(())}, {"text": string(255)}),
    "rich_text": Rule(_RICH_TEXT),
}
_COLUMN = Rule({}, {"align": among("left", "center", "right"), "is_wrapped": flag})


def _column(where: str, value: Any, surface: str) -> Complaints:
    if value is not None:
        yield from exactly(_COLUMN)(where, value, surface)


def _columns(where: str, value: Mapping[str, Any], surface: str) -> Complaints:
    if sum(map(characters, value.get("rows") or ())) > TABLE:
        yield said(where, f"must have less than {TABLE + 1} characters in all cells")


_SOURCE = typed(lambda: {"url": Rule({"url": LINK, "text": string(255)}, {"icon_url": LINK})})
_RICH_BLOCK = typed(lambda: BLOCKS, "rich_text")
_STATUS = among("pending", "in_progress", "complete", "error")
_TASK = Rule(
    {"task_id": string(255), "title": string(255)},
    {
        "status": _STATUS,
        "details": _RICH_BLOCK,
        "output": _RICH_BLOCK,
        "sources": many(_SOURCE, 100, 0),
        "block_id": ID,
    },
    (MESSAGE,),
)
_CARD = Rule(
    {},
    {
        "hero_image": element("image"),
        "icon": element("image"),
        "title": text(150, *ANY_TEXT),
        "subtitle": text(150, *ANY_TEXT),
        "body": text(200, *ANY_TEXT),
        "subtext": text(200, *ANY_TEXT),
        "slack_icon": exactly(Rule({"type": among("icon"), "name": string(100)})),
        "actions": many(element("button"), 3),
        "block_id": ID,
    },
    (MESSAGE,),
    _content,
)
_CHILDREN = (
    "section",
    "table",
    "image",
    "actions",
    "context",
    "divider",
    "header",
    "rich_text",
    "video",
    "card",
    "carousel",
)

BLOCKS: dict[str, Rule] = {
    "section": Rule(
        {},
        {
            "text": text(3000, *ANY_TEXT),
            "fields": many(text(2000, *ANY_TEXT), 10),
            "accessory": element(*BESIDE),
            "expand": flag,
            "block_id": ID,
        },
        more=_said,
    ),
    "divider": Rule({}, {"block_id": ID}),
    "header": Rule({"text": text(150)}, {"block_id": ID}),
    "image": Rule({"alt_text": string(2000)}, {**PICTURE, "title": text(2000), "block_id": ID}, more=_one_picture),
    "context": Rule({"elements": many(_in_context, 10)}, {"block_id": ID}),
    "actions": Rule({"elements": many(element(*IN_ROW), 25)}, {"block_id": ID}),
    "context_actions": Rule(
        {"elements": many(element("feedback_buttons", "icon_button"), 5)}, {"block_id": ID}, (MESSAGE,)
    ),
    "input": Rule(
        {"label": text(2000), "element": element(*FILLED_IN)},
        {"hint": text(2000), "optional": flag, "dispatch_action": flag, "block_id": ID},
        (MODAL, HOME),
        _dispatches,
    ),
    "markdown": Rule({"text": string(MARKDOWN)}, {"block_id": ID}, (MESSAGE,)),
    "rich_text": Rule(_RICH_TEXT, {"block_id": ID}),
    "video": Rule(
        {"alt_text": string(2000), "title": text(200), "thumbnail_url": LINK, "video_url": LINK},
        {
            "author_name": string(50),
            "description": text(200),
            "provider_icon_url": LINK,
            "provider_name": string(50),
            "title_url": LINK,
            "block_id": ID,
        },
    ),
    "table": Rule(
        {"rows": many(many(typed(lambda: _CELLS), 20), 100)},
        {"column_settings": many(_column, 20), "block_id": ID},
        (MESSAGE,),
        _columns,
    ),
    "task_card": _TASK,
    "plan": Rule(
        {"title": string(255)},
        {"tasks": many(typed(lambda: BLOCKS, "task_card"), 50, 0), "block_id": ID},
        (MESSAGE,),
    ),
    "card": _CARD,
    "carousel": Rule({"elements": many(typed(lambda: BLOCKS, "card"), 10)}, {"block_id": ID}, (MESSAGE,)),
    "container": Rule(
        {"child_blocks": many(typed(lambda: BLOCKS, *_CHILDREN), 10)},
        {
            "title": text(150),
            "rich_text_title": _RICH_BLOCK,
            "subtitle": text(150, *ANY_TEXT),
            "width": among("narrow", "standard", "wide", "full"),
            "icon": element("image"),
            "is_collapsible": flag,
            "default_collapsed": flag,
            "has_header_divider": flag,
            "block_id": ID,
        },
        (MESSAGE,),
        _collapses,
    ),
    "alert": Rule(
        {"text": text(3000, *ANY_TEXT)},
        {"level": among("default", "info", "warning", "error", "success"), "block_id": ID},
        (MODAL,),
    ),
}
"""By type."""
_BLOCK = typed(lambda: BLOCKS)


# ---------------------------------------------------------------- messages


def of_message(blocks: list[Any]) -> list[str]:
    """What is wrong with the blocks of a message; empty: nothing."""
    wrong = list(_blocks("/blocks", blocks, MESSAGE, IN_MESSAGE))
    markdown = [len(str(one.get("text") or "")) for one in _of_type(blocks, "markdown")]
    if sum(markdown) > MARKDOWN >= max(markdown):
        wrong.append(said("/blocks", f"markdown blocks must have less than {MARKDOWN + 1} characters together"))
    if len(list(_of_type(blocks, "table"))) > 1:
        wrong.append(said("/blocks", "only_one_table_allowed"))
    return wrong


def _of_type(blocks: list[Any], kind: str) -> Iterator[Mapping[str, Any]]:
    return (one for one in blocks if isinstance(one, Mapping) and one.get("type") == kind)


def _blocks(where: str, blocks: Any, surface: str, most: int) -> Complaints:
    yield from many(_BLOCK, most, 0 if surface == HOME else 1)(where, blocks, surface)
    if isinstance(blocks, list):
        yield from _unique(where, blocks)


def _unique(where: str, blocks: list[Any]) -> Complaints:
    """A block's id is its own in a message, an action's in its block."""
    known = [one for one in blocks if isinstance(one, Mapping)]
    ids = Counter(str(one["block_id"]) for one in known if one.get("block_id"))
    for name, times in ids.items():
        if times > 1:
            yield said(where, f"block_id already exists: {name}")
    for position, one in enumerate(known):
        actions = Counter(str(e["action_id"]) for e in _pressed(one) if e.get("action_id"))
        for name, times in actions.items():
            if times > 1:
                yield said(
                    f"{where}/{position}", f"`action_id` {name} already exists for another element in this block"
                )


def _pressed(block: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    elements = block.get("elements")
    for one in (*(elements if isinstance(elements, list) else ()), block.get("accessory"), block.get("element")):
        if isinstance(one, Mapping):
            yield one


def characters(item: Any) -> int:
    """How many characters of blocks are read or read out."""
    if isinstance(item, list):
        return sum(map(characters, item))
    if not isinstance(item, Mapping):
        return 0
    total = 0
    for name, value in item.items():
        if isinstance(value, str):
            total += len(value) if name in _READ else 0
        else:
            total += characters(value)
    return total


# ---------------------------------------------------------------- views


_VIEW: dict[str, Check] = {
    "private_metadata": string(METADATA, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
    "clear_on_close": flag,
    "notify_on_close": flag,
}
_MODAL = Rule({"title": text(TITLE)}, {**_VIEW, "submit": text(TITLE), "close": text(TITLE), "submit_disabled": flag})


def of_view(view: Any, *, kind: str) -> list[str]:
    """What is wrong with a view; `kind`: what it has to be, `modal` or `home`. Empty: nothing."""
    if not isinstance(view, Mapping):
        return [said("/view", "must provide an object")]
    if view.get("type") != kind:
        return [said("/view/type", f"must be a valid enum value: {kind}")]
    rule = _MODAL if kind == MODAL else Rule({}, _VIEW)
    wrong = list(obey(rule, "/view", view, kind, ("type", "blocks")))
    if "blocks" not in view:
        return [*wrong, said("/view", "missing required field: blocks")]
    wrong += _blocks("/view/blocks", view["blocks"], kind, IN_VIEW)
    blocks = view["blocks"] if isinstance(view["blocks"], list) else []
    inputs = list(_of_type(blocks, "input"))
    if kind == MODAL and inputs and not view.get("submit"):
        wrong.append(said("/view", "missing required field: submit, which blocks of type `input` need"))
    focused = sum(1 for one in blocks if isinstance(one, Mapping) for e in _pressed(one) if e.get("focus_on_load"))
    if focused > 1:
        wrong.append(said("/view", "only one element can have focus_on_load"))
    return wrong


def options(given: Any) -> list[str]:
    """What is wrong with the answer of a menu that is searched: `{"options": […]}` or `{"option_groups": […]}`."""
    menu = {"type": "static_select", **given} if isinstance(given, Mapping) else given
    if isinstance(given, Mapping) and given.get("options") == []:
        return []
    return list(element("static_select")("", menu, MODAL))

"""How much a Slack message, modal or App Home may hold. Own budgets stay below Slack's, which only says "invalid"."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from adapters.platforms.slack.payloads import OPTION, TITLE, Json, every, readable
from bot.domain.press import LONGEST, pressed
from bot.errors import MessageRefused

BLOCKS: Final = 45
"""Of a message. Slack: 50."""
VIEW_BLOCKS: Final = 100
"""Of a modal and of App Home."""
CHARACTERS: Final = 12_000
"""Of all texts, labels and alt texts, as markup. Slack refuses at about 13,200 (`msg_blocks_too_long`)."""
WORDS: Final = 3_500
"""Of the top-level text. Slack advises 4,000."""
SECTION: Final = 2_900
"""Of one text in mrkdwn. Slack: 3,000."""
HEADER: Final = 150
LABEL: Final = 24
"""Of a button, in every language. Slack: 75."""
READ_OUT: Final = 75
"""Of what is read out in place of a label."""
ALT: Final = 250
"""Of what a picture shows. Slack: 2,000."""
ADDRESS: Final = 3_000
"""Of a button. Slack's own."""
LINK: Final = 2_000
"""Of an address within a text, which has to hold the rest of it, too: a longer one is no link."""
METADATA: Final = 3_000
_ID, _FIELD, _VALUE, _OPTION_VALUE, _TYPED, _WINDOW = 255, 2_000, 2_000, 150, 3_000, 250_000
_INSIDE: Final = {"context": 10, "actions": 25, "context_actions": 5}
_OPTIONS: Final = {"overflow": 5, "radio_buttons": 10, "checkboxes": 10}
_MOST_OPTIONS: Final = 100
_MESSAGES_ONLY: Final = frozenset({"markdown", "context_actions"})
_FORMS_ONLY: Final = frozenset({"input"})
_CONFIRM: Final = {"title": 100, "text": 300, "confirm": 30, "deny": 30}


@dataclass(frozen=True, slots=True)
class Size:
    """What a payload weighs."""

    blocks: int
    characters: int


def measure(payload: Json) -> Size:
    """Count a payload's blocks and the characters of all it says."""
    return Size(len(payload.get("blocks") or ()), sum(map(len, readable({"blocks": payload.get("blocks") or ()}))))


def check(payload: Json) -> None:
    """Refuse a message or view that Slack might refuse.

    Raises:
        MessageRefused: naming everything that is too long.
    """
    found = faults(payload)
    if found:
        raise MessageRefused("; ".join(found))


def faults(payload: Json) -> list[str]:
    """Everything about a message or view that is above a budget; empty if it may be sent."""
    size, is_view = measure(payload), payload.get("type") in {"modal", "home"}
    found = [
        *_above("blocks", size.blocks, VIEW_BLOCKS if is_view else BLOCKS),
        *_above("characters", size.characters, CHARACTERS),
        *(_of_view(payload) if is_view else _of_message(payload)),
    ]
    names = Counter(str(block["block_id"]) for block in payload.get("blocks") or () if block.get("block_id"))
    found += [f"the block {name} stands twice" for name, times in names.items() if times > 1]
    barred = _MESSAGES_ONLY if is_view else _FORMS_ONLY
    for block in payload.get("blocks") or ():
        found += [f"no place for a block {block['type']}"] if block["type"] in barred else []
        found += _of_block(block)
    return found


def _of_message(payload: Json) -> list[str]:
    words = payload.get("text") or ""
    return [*([] if words.strip() else ["no top-level text"]), *_above("top-level text", len(words), WORDS)]


def _of_view(view: Json) -> list[str]:
    found = [
        *_above("private_metadata", len(view.get("private_metadata") or ""), METADATA),
        *_above("callback_id", len(view.get("callback_id") or ""), _ID),
        *_above("bytes of the view", len(str(view).encode()), _WINDOW),
    ]
    for key in ("title", "submit", "close"):
        said = (view.get(key) or {}).get("text")
        found += _above(f"{key} {said!r}", len(said or ""), TITLE)
    if view["type"] == "modal" and not (view.get("title") or {}).get("text"):
        found.append("a modal without a title")
    return found


# ---------------------------------------------------------------- blocks


def _of_block(block: Json) -> list[str]:
    kind = block["type"]
    found = _above("block_id", len(block.get("block_id") or ""), _ID)
    inside = block.get("elements") or ()
    if kind in _INSIDE:
        found += _above(f"things in {kind}", len(inside), _INSIDE[kind])
        found += [] if inside else [f"nothing in {kind}"]
    if kind == "header":
        found += _above("header", len(block["text"]["text"]), HEADER)
    for said in _texts(block):
        found += [] if said.strip() else [f"an empty text in {kind}"]
        found += _above(f"text of {kind}", len(said), SECTION) if kind in {"section", "context"} else []
    found += _above("fields", len(block.get("fields") or ()), 10)
    for key in ("label", "hint"):
        found += _above(key, len((block.get(key) or {}).get("text") or ""), _FIELD)
    pressable = [one for one in every(block) if "action_id" in one]
    names = Counter(one["action_id"] for one in pressable)
    found += [f"the action {name} stands twice" for name, times in names.items() if times > 1]
    return found + [fault for one in (block, *every(block)) for fault in _of_element(one)]


def _texts(block: Json) -> Iterator[str]:
    """What a block itself says."""
    text = block.get("text")
    if isinstance(text, Mapping):
        yield text["text"]
    elif isinstance(text, str):
        yield text
    for one in (*(block.get("elements") or ()), *(block.get("fields") or ())):
        if one.get("type") in {"mrkdwn", "plain_text"}:
            yield one["text"]


# ---------------------------------------------------------------- elements


def _of_element(element: Json) -> list[str]:
    kind = element.get("type")
    found = [
        *_above("action_id", len(element.get("action_id") or ""), _ID),
        *_above("alt text", len(element.get("alt_text") or ""), ALT),
        *_above("what is read out", len(element.get("accessibility_label") or ""), READ_OUT),
        *_above("placeholder", len((element.get("placeholder") or {}).get("text") or ""), OPTION),
        *_above("max_length", element.get("max_length") or 0, _TYPED),
    ]
    if kind == "button":
        label = element["text"]["text"]
        found += [*_above(f"label {label!r}", len(label), LABEL), *_of_value(element.get("value") or "", _VALUE)]
        found += _above(f"address of {label!r}", len(element.get("url") or ""), ADDRESS)
    if kind == "feedback_buttons":
        for one in (element["positive_button"], element["negative_button"]):
            found += [*_above("label", len(one["text"]["text"]), LABEL), *_of_value(one["value"], _VALUE)]
    for key, most in _CONFIRM.items():
        said = ((element.get("confirm") or {}).get(key) or {}).get("text") or ""
        found += _above(f"{key} of what is asked", len(said), most)
    return found + (_of_options(element) if "options" in element else [])


def _of_options(menu: Json) -> list[str]:
    options: list[Any] = menu["options"]
    found = _above(f"options of {menu['type']}", len(options), _OPTIONS.get(menu["type"], _MOST_OPTIONS))
    found += [] if options else [f"no option in {menu['type']}"]
    for option in options:
        label = option["text"]["text"]
        found += _above(f"option {label!r}", len(label), OPTION)
        found += _above(f"description of {label!r}", len((option.get("description") or {}).get("text") or ""), OPTION)
        found += _of_value(option["value"], _OPTION_VALUE)
    return found


def _of_value(value: str, most: int) -> list[str]:
    """An id of ours keeps to its own length; anything else, to Slack's."""
    return _above(f"value {value!r}", len(value), LONGEST if pressed(value) else most)


def _above(what: str, count: int, most: int) -> list[str]:
    return [f"{what}: {count}, at most {most}"] if count > most else []

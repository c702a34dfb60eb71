"""Draws what can be pressed or filled in: buttons, menus, fields; and pictures, which stand beside texts like them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from adapters.platforms.slack.drawing.client_words import CHOOSE, MORE
from adapters.platforms.slack.drawing.pictograms import icon
from adapters.platforms.slack.drawing.scene import Reader, part_of, parts, text_of, words_of
from adapters.platforms.slack.drawing.texts import leading, of_plain
from adapters.platforms.slack.payloads import Json
from adapters.wire.elements import Markup, address, element

_STYLES: Final = {"primary": "button primary", "danger": "button danger"}
_ENTERED: Final = (
    "value",
    "selected_time",
    "selected_date",
    "selected_conversation",
    "selected_channel",
    "selected_user",
    "selected_option",
    "selected_options",
)


@dataclass(frozen=True, slots=True)
class Controls:
    """Draws the elements of one message or view."""

    reader: Reader
    open_menu: str | None = None
    """The `action_id` of the menu that stands open."""
    values: Json = field(default_factory=dict)
    """What was entered, as Slack keeps it: by the id of the block, then of the element."""

    def draw(self, one: Json, block: Json) -> Markup:
        """An element, in its block."""
        kind = text_of(one, "type")
        if kind == "overflow":
            return self._overflow(one)
        if kind.endswith("_select"):
            return self._select(one, block)
        if kind in _MARKS:
            return self._choices(one, block, _MARKS[kind])
        if kind.endswith("_input") or kind in _SIGNS:
            return self._field(one, block)
        draw = _DRAWN.get(kind)
        return draw(one) if draw else element("span", kind, class_="unknown")

    def _overflow(self, one: Json) -> Markup:
        lines = (element("li", of_plain(part_of(option, "text"))) for option in parts(one, "options"))
        summary = element("summary", element("span", "⋯", aria_hidden="true"), aria_label=_spoken(one) or MORE)
        return element("details", summary, element("ul", *lines), class_="overflow", open=self._open(one))

    def _select(self, one: Json, block: Json) -> Markup:
        chosen = self.entered(one, block)
        shown = element("span", *chosen, class_=None if chosen else "placeholder")
        shown = shown if chosen else element("span", words_of(one, "placeholder") or CHOOSE, class_="placeholder")
        offered = [
            *parts(one, "options"),
            *(o for group in parts(one, "option_groups") for o in parts(group, "options")),
        ]
        summary = element("summary", shown, icon("down"), aria_label=_spoken(one))
        lines = element("ul", *(_option(option) for option in offered)) if offered else Markup()
        return element("details", summary, lines, class_="select", open=self._open(one))

    def _open(self, one: Json) -> str | None:
        return "" if self.open_menu and one.get("action_id") == self.open_menu else None

    def _choices(self, one: Json, block: Json, role: str) -> Markup:
        chosen = self.entered(one, block)
        lines = [
            element("li", _option(option, "span"), role=role, aria_checked=str(is_on).lower())
            for option in parts(one, "options")
            for is_on in [words_of(option, "text") in chosen]
        ]
        return element("ul", *lines, class_="choices", role="radiogroup" if role == "radio" else "group")

    def _field(self, one: Json, block: Json) -> Markup:
        said, kind = self.entered(one, block), text_of(one, "type")
        shown = element("span", ", ".join(said) or words_of(one, "placeholder"), class_=None if said else "placeholder")
        sign = [icon(_SIGNS[kind])] if kind in _SIGNS else []
        tall = one.get("multiline") is True
        return element("div", *sign, shown, class_="field tall" if tall else "field")

    def entered(self, one: Json, block: Json) -> tuple[str, ...]:
        """What stands in a field: what was entered, else what it began with."""
        state = part_of(part_of(self.values, text_of(block, "block_id")), text_of(one, "action_id"))
        if state:
            return self._said(next((state[key] for key in _ENTERED if state.get(key)), None))
        return self._said(next((held for key, held in one.items() if key.startswith("initial_") and held), None))

    def _said(self, held: object) -> tuple[str, ...]:
        if isinstance(held, Mapping):
            return (words_of(held, "text"),)
        if isinstance(held, list | tuple):
            return tuple(said for inner in held for said in self._said(inner))
        return (self.reader.scene.names.get(held, held),) if isinstance(held, str) else ()


_MARKS: Final = {"radio_buttons": "radio", "checkboxes": "checkbox"}
_SIGNS: Final = {"timepicker": "clock", "datepicker": "day", "file_input": "file"}


def _option(option: Json, name: str = "li") -> Markup:
    described = part_of(option, "description")
    told = [element("small", of_plain(described))] if described else []
    return element(name, element("b", of_plain(part_of(option, "text"))), *told)


def _spoken(one: Json) -> str | None:
    return text_of(one, "accessibility_label") or None


def _button(one: Json) -> Markup:
    label, url = of_plain(part_of(one, "text")), address(one.get("url"))
    name = _STYLES.get(text_of(one, "style"), "button")
    if url:
        return leading(url, label, name=name)
    return element("button", label, type="button", class_=name, aria_label=_spoken(one))


def _feedback(one: Json) -> Markup:
    buttons = []
    for key, sign in (("positive_button", "useful"), ("negative_button", "not-useful")):
        held = part_of(one, key)
        label = _spoken(held) or words_of(held, "text")
        buttons.append(element("button", icon(sign), type="button", aria_label=label, title=words_of(held, "text")))
    return element("span", *buttons)


def picture(one: Json, name: str) -> Markup:
    """A picture, as its description: nothing is fetched."""
    described = text_of(one, "alt_text")
    return element("div", described, class_=name, role="img", aria_label=described)


_DRAWN: Final[Mapping[str, Callable[[Json], Markup]]] = {
    "button": _button,
    "feedback_buttons": _feedback,
    "image": lambda one: picture(one, "picture small"),
}

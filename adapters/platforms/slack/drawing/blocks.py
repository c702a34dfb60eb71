"""Draws the blocks of a message, window or App Home, in order."""

from dataclasses import dataclass

from adapters.platforms.slack.drawing.client_words import OPTIONAL
from adapters.platforms.slack.drawing.controls import Controls, picture
from adapters.platforms.slack.drawing.scene import part_of, parts, text_of
from adapters.platforms.slack.drawing.texts import of_markdown, of_object, of_plain, of_rich
from adapters.platforms.slack.payloads import Json
from adapters.wire.elements import Markup, element


@dataclass(frozen=True, slots=True)
class Drawing:
    """Draws the blocks of one message or view."""

    controls: Controls

    def all(self, payload: Json) -> list[Markup]:
        """Every block, in order."""
        return [self._block(block) for block in parts(payload)]

    def _block(self, block: Json) -> Markup:
        match block.get("type"):
            case "header":
                return element("h3", of_plain(part_of(block, "text")), class_="header")
            case "section":
                return self._section(block)
            case "context":
                return element("div", *(self._piece(one) for one in parts(block, "elements")), class_="context")
            case "actions":
                return self._pressable(block, "actions")
            case "context_actions":
                return self._pressable(block, "feedback")
            case "input":
                return self._input(block)
        return self._told(block)

    def _told(self, block: Json) -> Markup:
        match block.get("type"):
            case "divider":
                return element("hr")
            case "markdown":
                return element("div", of_markdown(text_of(block, "text"), self.controls.reader), class_="text prose")
            case "rich_text":
                return element("div", of_rich(block, self.controls.reader), class_="text")
            case "image":
                title = [element("small", of_plain(part_of(block, "title")))] if part_of(block, "title") else []
                return element("div", *title, picture(block, "picture"))
        # A block that this product does not send: its name, so that one sees that something stands there.
        return element("div", text_of(block, "type"), class_="unknown")

    def _section(self, block: Json) -> Markup:
        text = part_of(block, "text")
        said = [element("div", of_object(text, self.controls.reader), class_="text")] if text else []
        fields = [element("div", of_object(one, self.controls.reader), class_="text") for one in parts(block, "fields")]
        inside = element("div", *said, *([element("div", *fields, class_="fields")] if fields else []))
        beside = part_of(block, "accessory")
        return element("div", inside, *([self.controls.draw(beside, block)] if beside else []), class_="section")

    def _piece(self, one: Json) -> Markup:
        if one.get("type") == "image":
            return picture(one, "picture tiny")
        return element("div", of_object(one, self.controls.reader), class_="text")

    def _pressable(self, block: Json, name: str) -> Markup:
        return element("div", *(self.controls.draw(one, block) for one in parts(block, "elements")), class_=name)

    def _input(self, block: Json) -> Markup:
        optional = [" ", element("span", OPTIONAL, class_="optional")] if block.get("optional") is True else []
        label = element("b", of_plain(part_of(block, "label")), *optional)
        hint = part_of(block, "hint")
        told = [element("small", of_plain(hint))] if hint else []
        return element("div", label, self.controls.draw(part_of(block, "element"), block), *told, class_="input")

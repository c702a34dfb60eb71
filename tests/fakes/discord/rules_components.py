"""What Discord refuses in the components of a message or a form."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from tests.fakes.discord.refusals import Findings, Refusal

ROW, BUTTON, SELECT, INPUT, USERS, ROLES, MENTIONABLES, CHANNELS = range(1, 9)
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR = range(9, 15)
CONTAINER, LABEL, UPLOAD, RADIO, BOXES, BOX = 17, 18, 19, 21, 22, 23
SELECTS = frozenset({SELECT, USERS, ROLES, MENTIONABLES, CHANNELS})
TOP = frozenset({ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR, CONTAINER})
IN_CONTAINER = TOP - {CONTAINER}
LINK, PREMIUM = 5, 6
Path = tuple[str | int, ...]


def walk(components: Sequence[Any]) -> Iterator[Mapping[str, Any]]:
    """Every component, nested ones and accessories too."""
    for one in components:
        if isinstance(one, Mapping):
            yield one
            yield from walk(one.get("components") or ())
            yield from walk([inner for inner in (one.get("accessory"), one.get("component")) if inner])


class Components:
    """Checks the components of one message or form."""

    def __init__(self, found: Findings, files: frozenset[str], *, cv2: bool) -> None:
        self._found = found
        self._files = files
        self._cv2 = cv2
        self._names: dict[str, Path] = {}
        self._ids: set[int] = set()
        self._checks = {
            ROW: self._row,
            BUTTON: self._button,
            SECTION: self._section,
            TEXT: self._text,
            THUMBNAIL: self._picture,
            GALLERY: self._gallery,
            FILE: self._file,
            SEPARATOR: self._separator,
            CONTAINER: self._container,
        } | dict.fromkeys(SELECTS, self.select)

    def check(self, components: Sequence[Any], path: Path = ("components",)) -> None:
        """All of a message."""
        if not self._cv2:
            self._found.amount(path, len(components), 0, 5)
        self._each(components, path, TOP if self._cv2 else frozenset({ROW}))

    def _each(self, components: Any, path: Path, allowed: frozenset[int]) -> None:
        for number, one in enumerate(components if isinstance(components, list) else ()):
            self._one(one, (*path, number), allowed)

    def _one(self, one: Any, path: Path, allowed: frozenset[int]) -> None:
        kind = one.get("type") if isinstance(one, Mapping) else None
        if kind not in allowed:
            words = f'Value of field "type" must be one of ({", ".join(map(str, sorted(allowed)))}).'
            self._found.add((*path, "type"), "UNION_TYPE_CHOICES", words)
            return
        if one.get("id"):
            if one["id"] in self._ids:
                self._found.add((*path, "id"), "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated")
            self._ids.add(one["id"])
        self._checks[kind](one, path)

    def _row(self, one: Mapping[str, Any], path: Path) -> None:
        inner = one.get("components") or []
        self._each(inner, (*path, "components"), SELECTS | {BUTTON})
        self._found.amount((*path, "components"), len(inner), 1, 5)
        kinds = [item.get("type") for item in inner if isinstance(item, Mapping)]
        if SELECTS & set(kinds) and len(kinds) > 1:
            words = "A select menu takes a row of its own"
            self._found.add((*path, "components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", words)

    def name(self, one: Mapping[str, Any], path: Path) -> None:
        """A `custom_id`: there, not too long, only once in the message."""
        name = one.get("custom_id")
        self._found.length((*path, "custom_id"), name, 1, 100)
        if isinstance(name, str) and name in self._names:
            words = "Component custom id cannot be duplicated"
            self._found.add((*path, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", words)
        self._names[str(name)] = path

    def _button(self, one: Mapping[str, Any], path: Path) -> None:
        self._found.length((*path, "label"), one.get("label"), 0 if one.get("emoji") else 1, 80)
        style = one.get("style")
        if style == LINK:
            self._link(one, path)
        elif style in {1, 2, 3, 4}:
            if one.get("url"):
                words = "A custom id and url cannot both be specified"
                self._found.add((*path, "url"), "BUTTON_COMPONENT_CUSTOM_ID_AND_URL", words)
            self.name(one, path)
        elif style != PREMIUM:
            self._found.add((*path, "style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5, 6}.")

    def _link(self, one: Mapping[str, Any], path: Path) -> None:
        self._found.length((*path, "url"), one.get("url"), 1, 512)
        address = urlsplit(str(one.get("url") or ""))
        if address.scheme not in {"http", "https", "discord"} or not address.netloc:
            self._found.add((*path, "url"), "BASE_TYPE_BAD_URL", "Not a well formed URL.")
        if one.get("custom_id"):
            words = "A custom id and url cannot both be specified"
            self._found.add((*path, "custom_id"), "BUTTON_COMPONENT_CUSTOM_ID_AND_URL", words)

    def select(self, one: Mapping[str, Any], path: Path) -> None:
        """A menu: strings, people, roles, channels."""
        self.name(one, path)
        self._found.length((*path, "placeholder"), one.get("placeholder"), 0, 150)
        low, high = one.get("min_values", 1), one.get("max_values", 1)
        if not (0 <= low <= 25 and 1 <= high <= 25 and low <= high):
            self._found.add((*path, "max_values"), "BASE_TYPE_MIN_MAX", "Not a range of 0 to 25 values.")
        preset = one.get("default_values") or [o for o in one.get("options") or () if o.get("default")]
        if len(preset) > high:
            words = f"Must be {high} or fewer in length."
            self._found.add((*path, "default_values"), "BASE_TYPE_BAD_LENGTH", words)
        if one.get("type") == SELECT:
            self.options(one.get("options") or [], (*path, "options"))
            if len(one.get("options") or ()) < low:
                self._found.add((*path, "min_values"), "BASE_TYPE_MIN_MAX", "More values than options.")

    def options(self, options: Sequence[Mapping[str, Any]], path: Path, low: int = 1, high: int = 25) -> None:
        """What can be chosen."""
        self._found.amount(path, len(options), low, high)
        seen: set[str] = set()
        for number, option in enumerate(options):
            for part, least in (("label", 1), ("value", 1), ("description", 0)):
                self._found.length((*path, number, part), option.get(part), least, 100)
            if (value := str(option.get("value"))) in seen:
                words = "The specified option value is already used"
                self._found.add((*path, number, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", words)
            seen.add(value)

    def _section(self, one: Mapping[str, Any], path: Path) -> None:
        inner = one.get("components") or []
        self._found.amount((*path, "components"), len(inner), 1, 3)
        self._each(inner, (*path, "components"), frozenset({TEXT}))
        if one.get("accessory") is None:
            self._found.add((*path, "accessory"), "BASE_TYPE_REQUIRED", "This field is required")
        else:
            self._one(one["accessory"], (*path, "accessory"), frozenset({BUTTON, THUMBNAIL}))

    def _text(self, one: Mapping[str, Any], path: Path) -> None:
        self._found.length((*path, "content"), one.get("content"), 1, 4000)

    def _picture(self, one: Mapping[str, Any], path: Path) -> None:
        self._media(one.get("media"), (*path, "media"))
        self._found.length((*path, "description"), one.get("description"), 0, 1024)

    def _gallery(self, one: Mapping[str, Any], path: Path) -> None:
        items = one.get("items") or []
        self._found.amount((*path, "items"), len(items), 1, 10)
        for number, item in enumerate(items):
            self._picture(item, (*path, "items", number))

    def _file(self, one: Mapping[str, Any], path: Path) -> None:
        url = (one.get("file") or {}).get("url")
        if not str(url).startswith("attachment://"):
            words = "Only attachments of this message can be shown as a file"
            self._found.add((*path, "file", "url"), "UNFURLED_MEDIA_ITEM_REFERENCE_ONLY", words)
        else:
            self._media(one.get("file"), (*path, "file"))

    def _media(self, media: Any, path: Path) -> None:
        url = str((media or {}).get("url") or "")
        if url.startswith("attachment://"):
            if url.removeprefix("attachment://") not in self._files:
                words = "The referenced attachment was not found"
                self._found.add((*path, "url"), "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", words)
        elif urlsplit(url).scheme not in {"http", "https"}:
            self._found.add((*path, "url"), "URL_TYPE_INVALID_URL", "Not a well formed URL.")

    def _separator(self, one: Mapping[str, Any], path: Path) -> None:
        if one.get("spacing", 1) not in {1, 2}:
            self._found.add((*path, "spacing"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.")

    def _container(self, one: Mapping[str, Any], path: Path) -> None:
        inner = one.get("components") or []
        if not inner:
            self._found.amount((*path, "components"), 0, 1, 40)
        self._each(inner, (*path, "components"), IN_CONTAINER)
        if not 0 <= int(one.get("accent_color") or 0) <= 0xFFFFFF:
            self._found.add((*path, "accent_color"), "NUMBER_TYPE_MAX", "int value should be less than 16777216.")


# ------------------------------------------------------------ forms


def modal_refusal(form: Mapping[str, Any]) -> Refusal | None:
    """What is wrong with a form (modal), or None."""
    found = Findings()
    found.length(("data", "custom_id"), form.get("custom_id"), 1, 100)
    found.length(("data", "title"), form.get("title"), 1, 45)
    items = form.get("components") or []
    found.amount(("data", "components"), len(items), 1, 5)
    names = Components(found, frozenset(), cv2=True)
    for number, one in enumerate(items):
        _top_of_form(one, ("data", "components", number), found, names)
    return found.refusal


def _top_of_form(one: Mapping[str, Any], path: Path, found: Findings, names: Components) -> None:
    kind = one.get("type")
    if kind == TEXT:
        found.length((*path, "content"), one.get("content"), 1, 4000)
    elif kind == ROW:
        inner = one.get("components") or []
        found.amount((*path, "components"), len(inner), 1, 1)
        for item in inner:
            found.length((*path, "components", 0, "label"), item.get("label"), 1, 45)
            _field(item, (*path, "components", 0), found, names)
    elif kind == LABEL:
        found.length((*path, "label"), one.get("label"), 1, 45)
        found.length((*path, "description"), one.get("description"), 0, 100)
        _field(one.get("component") or {}, (*path, "component"), found, names)
    else:
        found.add((*path, "type"), "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (1, 10, 18).')


def _field(one: Mapping[str, Any], path: Path, found: Findings, names: Components) -> None:
    kind = one.get("type")
    if kind not in {INPUT, UPLOAD, RADIO, BOXES, BOX} | SELECTS:
        found.add((*path, "type"), "UNION_TYPE_CHOICES", "No field of a form.")
        return
    if kind in SELECTS:
        names.select(one, path)
        return
    names.name(one, path)
    if kind == INPUT:
        _text_input(one, path, found)
    elif kind == RADIO:
        names.options(one.get("options") or [], (*path, "options"), 2, 10)
    elif kind == BOXES:
        names.options(one.get("options") or [], (*path, "options"), 1, 10)


def _text_input(one: Mapping[str, Any], path: Path, found: Findings) -> None:
    found.length((*path, "placeholder"), one.get("placeholder"), 0, 100)
    low, high = one.get("min_length") or 0, one.get("max_length") or 4000
    if not (0 <= low <= 4000 and 1 <= high <= 4000 and low <= high):
        found.add((*path, "max_length"), "NUMBER_TYPE_MAX", "int value should be less than or equal to 4000.")
    found.length((*path, "value"), one.get("value"), 0, min(int(high), 4000))
    if one.get("style") not in {1, 2}:
        found.add((*path, "style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.")

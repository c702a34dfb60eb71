"""The limits that the local Discord enforces: a body in, Discord's refusal out."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.fakes.discord.rules import file_refusal, message_refusal, thread_refusal
from tests.fakes.discord.rules_commands import characters, commands_refusal
from tests.fakes.discord.rules_components import modal_refusal

CV2 = 1 << 15
Json = dict[str, Any]


def text(content: str) -> Json:
    return {"type": 10, "content": content}


def button(name: str = "b1:src:x", label: str = "Sources", **more: Any) -> Json:
    return {"type": 2, "style": 2, "label": label, "custom_id": name, **more}


def link(url: str, label: str = "Open") -> Json:
    return {"type": 2, "style": 5, "label": label, "url": url}


def row(*inner: Json) -> Json:
    return {"type": 1, "components": list(inner)}


def menu(options: int = 2, **more: Any) -> Json:
    entries = [{"label": f"Story {n}", "value": str(n)} for n in range(options)]
    return {"type": 3, "custom_id": "b1:go:x", "options": entries, **more}


def cv2(*components: Json, **more: Any) -> Json:
    return {"flags": CV2, "components": list(components), **more}


def box(*components: Json, **more: Any) -> Json:
    return {"type": 17, "components": list(components), **more}


def section(*texts: Json, accessory: Json | None = None) -> Json:
    return {"type": 9, "components": list(texts), "accessory": accessory or button()}


def picture(url: str = "https://pictures.example/a.png", description: str = "A lamp") -> Json:
    return {"type": 12, "items": [{"media": {"url": url}, "description": description}]}


GOOD: dict[str, tuple[Json, tuple[str, ...]]] = {
    "plain text": ({"content": "x" * 2000}, ()),
    "40 components": (cv2(box(*[text("a")] * 39)), ()),
    "4,000 characters": (cv2(text("x" * 3000), text("x" * 1000)), ()),
    "10,170 bytes": (cv2(text("語" * 3079), text("x" * 909)), ()),
    "five buttons": (cv2(text("a"), row(*[button(f"n{n}") for n in range(5)])), ()),
    "a menu of 25": (cv2(row(menu(25, placeholder="p" * 150))), ()),
    "a section": (cv2(section(text("a"), text("b"), text("c"))), ()),
    "a link of 512": (cv2(row(link("https://a.example/".ljust(512, "x")))), ()),
    "alt text of 1,024": (cv2(picture(description="d" * 1024)), ()),
    "its own file": (cv2({"type": 13, "file": {"url": "attachment://a.mp3"}}), ("a.mp3",)),
    "a file only": ({}, ("a.mp3",)),
    "a nonce of 25": ({"content": "a", "nonce": "n" * 25}, ()),
    "no mentions": ({"content": "a", "allowed_mentions": {"parse": [], "roles": ["1"]}}, ()),
    "separator and container": (cv2(box({"type": 14, "divider": True, "spacing": 2}, text("a"), accent_color=255)), ()),
    "a channel menu": (cv2(row({"type": 8, "custom_id": "c", "channel_types": [0], "default_values": []})), ()),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_discord_takes_is_taken(name: str) -> None:
    """At the limit, not over it."""
    payload, files = GOOD[name]
    assert message_refusal(payload, files=files) is None


BAD: dict[str, tuple[Json, str]] = {
    "2,001 characters": ({"content": "x" * 2001}, "content"),
    "41 components": (cv2(box(*[text("a")] * 40)), "components"),
    "41 with sections": (cv2(*[section(text("a"), accessory=button(f"n{n}")) for n in range(14)]), "components"),
    "4,001 characters over texts": (cv2(text("x" * 3000), box(text("x" * 1001))), "components"),
    "content with the flag": (cv2(text("a"), content="b"), "content"),
    "embeds with the flag": (cv2(text("a"), embeds=[{"title": "b"}]), "embeds"),
    "new kinds without the flag": ({"components": [text("a")]}, "components.0.type"),
    "six rows": ({"content": "a", "components": [row(button(f"n{n}")) for n in range(6)]}, "components"),
    "six buttons": (cv2(row(*[button(f"n{n}") for n in range(6)])), "components.0.components"),
    "a button beside a menu": (cv2(row(menu(), button())), "components.0.components"),
    "no name": (cv2(row(button(""))), "components.0.components.0.custom_id"),
    "a name of 101": (cv2(row(button("n" * 101))), "components.0.components.0.custom_id"),
    "a name twice": (
        cv2(row(button("n")), section(text("a"), accessory=button("n"))),
        "components.1.accessory.custom_id",
    ),
    "a label of 81": (cv2(row(button(label="l" * 81))), "components.0.components.0.label"),
    "no label": (cv2(row(button(label=""))), "components.0.components.0.label"),
    "a style that is none": (cv2(row(button(style=9))), "components.0.components.0.style"),
    "a button with a link": (cv2(row(button(url="https://a.example"))), "components.0.components.0.url"),
    "a link of 513": (cv2(row(link("https://a.example/".ljust(513, "x")))), "components.0.components.0.url"),
    "a link that is none": (cv2(row(link("javascript:alert(1)"))), "components.0.components.0.url"),
    "a link with a name": (
        cv2(row(link("https://a.example") | {"custom_id": "n"})),
        "components.0.components.0.custom_id",
    ),
    "26 options": (cv2(row(menu(26))), "components.0.components.0.options"),
    "no options": (cv2(row(menu(0))), "components.0.components.0.options"),
    "an option twice": (
        cv2(row(menu() | {"options": [{"label": "a", "value": "1"}] * 2})),
        "components.0.components.0.options.1.value",
    ),
    "an option of 101": (
        cv2(row(menu() | {"options": [{"label": "a", "value": "1", "description": "d" * 101}]})),
        "components.0.components.0.options.0.description",
    ),
    "a placeholder of 151": (cv2(row(menu(placeholder="p" * 151))), "components.0.components.0.placeholder"),
    "more values than may be": (cv2(row(menu(min_values=3, max_values=2))), "components.0.components.0.max_values"),
    "two presets of one": (
        cv2(row({"type": 8, "custom_id": "c", "default_values": [{"id": "1"}, {"id": "2"}]})),
        "components.0.components.0.default_values",
    ),
    "four texts in a section": (cv2(section(*[text("a")] * 4)), "components.0.components"),
    "no accessory": (cv2({"type": 9, "components": [text("a")]}), "components.0.accessory"),
    "a box in a box": (cv2(box(box(text("a")))), "components.0.components.0.type"),
    "an empty box": (cv2(box()), "components.0.components"),
    "a colour that is none": (cv2(box(text("a"), accent_color=1 << 24)), "components.0.accent_color"),
    "an empty text": (cv2(text("")), "components.0.content"),
    "alt text of 1,025": (cv2(picture(description="d" * 1025)), "components.0.items.0.description"),
    "eleven pictures": (cv2({"type": 12, "items": picture()["items"] * 11}), "components.0.items"),
    "a picture that was not sent": (cv2(picture("attachment://b.png")), "components.0.items.0.media.url"),
    "a picture from nowhere": (cv2(picture("file:///a.png")), "components.0.items.0.media.url"),
    "a file from elsewhere": (cv2({"type": 13, "file": {"url": "https://a.example/a"}}), "components.0.file.url"),
    "a separator of three": (cv2({"type": 14, "spacing": 3}), "components.0.spacing"),
    "an id twice": (cv2(text("a") | {"id": 7}, text("b") | {"id": 7}), "components.1.id"),
    "a nonce of 26": ({"content": "a", "nonce": "n" * 26}, "nonce"),
    "users twice over": (
        {"content": "a", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "allowed_mentions",
    ),
    "a mention of nothing": ({"content": "a", "allowed_mentions": {"parse": ["all"]}}, "allowed_mentions.parse.0"),
    "101 roles": ({"content": "a", "allowed_mentions": {"roles": ["1"] * 101}}, "allowed_mentions.roles"),
    "11 embeds": ({"embeds": [{"title": "t"}] * 11}, "embeds"),
    "embeds of 6,001": ({"embeds": [{"description": "d" * 3001}] * 2}, "embeds"),
    "components that are no list": ({"components": {"type": 10}}, "components"),
}


def at(errors: Mapping[str, Any], path: str) -> Any:
    for step in path.split("."):
        errors = errors.get(step, {})
    return errors.get("_errors")


@pytest.mark.parametrize("name", BAD)
def test_what_discord_refuses_is_refused_where_it_is_wrong(name: str) -> None:
    """400 50035, with the path of the mistake."""
    payload, path = BAD[name]
    refusal = message_refusal(payload)
    assert refusal is not None
    assert (refusal.status, refusal.code) == (400, 50035)
    assert at(refusal.body()["errors"], path), refusal.errors


@pytest.mark.parametrize("payload", [{}, {"content": " \n"}, cv2(), cv2(content=None), {"components": []}])
def test_nothing_to_say_is_refused(payload: Json) -> None:
    """50006; white space is nothing."""
    refusal = message_refusal(payload)
    assert refusal is not None
    assert refusal.code == 50006


@pytest.mark.parametrize(
    "components",
    [[text("語" * 3400)], [text("語" * 3079), text("x" * 910)], [picture() | {"items": picture()["items"] * 10}] * 7],
)
def test_too_many_bytes_or_pictures_break_it(components: list[Json]) -> None:
    """Below 4,000 characters, and still an answer 500, as Discord gives it."""
    many = (
        [{"type": 12, "items": picture()["items"] * 10}] * len(components) if "items" in components[0] else components
    )
    refusal = message_refusal(cv2(*many))
    assert refusal is not None
    assert refusal.status == 500


def test_an_edit_of_a_message_with_the_flag_is_checked_as_one() -> None:
    """The flag is there for ever, whether the edit names it or not."""
    assert message_refusal({"components": [text("a")]}, was_cv2=True) is None
    refusal = message_refusal({"content": "a", "components": [text("a")]}, was_cv2=True)
    assert refusal is not None


@pytest.mark.parametrize(
    ("payload", "fine"),
    [
        ({"name": "n" * 100, "auto_archive_duration": 10080, "applied_tags": ["1"] * 5}, True),
        ({"archived": True}, True),
        ({"name": ""}, False),
        ({"name": "  "}, False),
        ({"name": "n" * 101}, False),
        ({"name": "n", "auto_archive_duration": 10000}, False),
        ({"name": "n", "applied_tags": ["1"] * 6}, False),
    ],
)
def test_threads_have_names_and_times_of_their_own(payload: Json, fine: bool) -> None:
    """1 to 100 characters, four durations, five tags."""
    assert (thread_refusal(payload) is None) is fine


@pytest.mark.parametrize(("sizes", "refused"), [([10], False), ([11], True), ([10, 10, 6], True), ([], False)])
def test_files_have_a_size_each_and_together(sizes: list[int], refused: bool) -> None:
    """One file, and all of a request."""
    assert file_refusal(sizes, largest=10, together=25) is refused


# ------------------------------------------------------------ forms


def written(**more: Any) -> Json:
    return {"type": 18, "label": "Question", "component": {"type": 4, "custom_id": "q", "style": 2, **more}}


FORMS: dict[str, tuple[Json, str | None]] = {
    "a question": ({"components": [written(max_length=1000)]}, None),
    "an old row": (
        {"components": [row({"type": 4, "custom_id": "q", "style": 1, "label": "Question"})]},
        None,
    ),
    "text, menus, files": (
        {
            "components": [
                text("Read this"),
                {"type": 18, "label": "Where", "component": {"type": 8, "custom_id": "c"}},
                {"type": 18, "label": "List", "component": {"type": 19, "custom_id": "f"}},
                {"type": 18, "label": "Sure", "component": {"type": 23, "custom_id": "s"}},
                {"type": 18, "label": "One", "component": menu(2) | {"type": 21}},
            ]
        },
        None,
    ),
    "a title of 46": ({"title": "t" * 46, "components": [written()]}, "data.title"),
    "a name of 101": ({"custom_id": "n" * 101, "components": [written()]}, "data.custom_id"),
    "six fields": ({"components": [written(custom_id=f"q{n}") for n in range(6)]}, "data.components"),
    "no fields": ({"components": []}, "data.components"),
    "a label of 46": ({"components": [written() | {"label": "l" * 46}]}, "data.components.0.label"),
    "a field twice": ({"components": [written(), written()]}, "data.components.1.component.custom_id"),
    "a value of 4,001": ({"components": [written(value="v" * 4001)]}, "data.components.0.component.value"),
    "a value over its own limit": (
        {"components": [written(value="v" * 11, max_length=10)]},
        "data.components.0.component.value",
    ),
    "a limit of 4,001": ({"components": [written(max_length=4001)]}, "data.components.0.component.max_length"),
    "a hint of 101": ({"components": [written(placeholder="p" * 101)]}, "data.components.0.component.placeholder"),
    "no style": ({"components": [written(style=None)]}, "data.components.0.component.style"),
    "a button": ({"components": [row(button())]}, "data.components.0.components.0.type"),
    "a bare button": ({"components": [button()]}, "data.components.0.type"),
    "eleven boxes": (
        {"components": [{"type": 18, "label": "l", "component": menu(11) | {"type": 22}}]},
        "data.components.0.component.options",
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_forms_have_limits_of_their_own(name: str) -> None:
    """Title 45, five fields, 4,000 characters."""
    form, path = FORMS[name]
    refusal = modal_refusal({"custom_id": "b1:ask:x", "title": "Ask a question", **form})
    if path is None:
        assert refusal is None
    else:
        assert refusal is not None
        assert at(refusal.errors, path), refusal.errors


# ------------------------------------------------------------ commands


def slash(*options: Json, **more: Any) -> Json:
    return {"name": "brief", "type": 1, "description": "Read", "options": list(options), **more}


def option(name: str = "topic", kind: int = 3, **more: Any) -> Json:
    return {"name": name, "type": kind, "description": "What", **more}


COMMANDS: dict[str, tuple[list[Json], int | None]] = {
    "a tree": (
        [
            slash(
                option("now", 1, options=[option()]), option("list", 2, options=[option("add", 1, options=[option()])])
            )
        ],
        None,
    ),
    "in Russian": ([slash(name_localizations={"ru": "сводка"}, description_localizations={"ru": "Читать"})], None),
    "menus": ([{"name": "Ask about this", "type": 3}, {"name": "Ask about this", "type": 2}], None),
    "15 menus": ([{"name": f"Menu {n}", "type": 3} for n in range(15)], None),
    "16 menus": ([{"name": f"Menu {n}", "type": 3} for n in range(16)], 30032),
    "101 commands": ([slash(name=f"c{n}") for n in range(101)], 30032),
    "a capital": ([slash(name="Brief")], 50035),
    "a space": ([slash(name="brief now")], 50035),
    "a name of 33": ([slash(name="n" * 33)], 50035),
    "a description of 101": ([slash(description="d" * 101)], 50035),
    "no description": ([slash(description="")], 50035),
    "a language that is none": ([slash(name_localizations={"xx": "a"})], 50035),
    "a translated capital": ([slash(name_localizations={"ru": "Сводка"})], 50035),
    "a menu with words": ([{"name": "Ask", "type": 3, "description": "no"}], 50035),
    "a menu of 33": ([{"name": "A" * 33, "type": 3}], 50035),
    "the same twice": ([slash(), slash()], 50035),
    "26 options": ([slash(*[option(f"o{n}") for n in range(26)])], 50035),
    "an option twice": ([slash(option(), option())], 50035),
    "required last": ([slash(option("a"), option("b", required=True))], 50035),
    "a verb beside an option": ([slash(option("now", 1), option("b"))], 50035),
    "a group in a group": ([slash(option("a", 2, options=[option("b", 2)]))], 50035),
    "26 choices": ([slash(option(choices=[{"name": str(n), "value": str(n)} for n in range(26)]))], 50035),
    "a choice of 101": ([slash(option(choices=[{"name": "n" * 101, "value": "v"}]))], 50035),
    "choices and completion": ([slash(option(choices=[{"name": "n", "value": "v"}], autocomplete=True))], 50035),
    "8,001 characters": (
        [
            slash(
                *[
                    option(f"o{n}", choices=[{"name": "n" * 100, "value": f"{m:0100}"} for m in range(9)])
                    for n in range(5)
                ]
            )
        ],
        50035,
    ),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_commands_have_limits_of_their_own(name: str) -> None:
    """Names, lengths, order, languages, size."""
    commands, code = COMMANDS[name]
    refusal = commands_refusal(commands)
    assert (refusal.code if refusal else None) == code, refusal


def test_of_translations_only_the_longest_counts() -> None:
    """8,000 characters are counted once a field, not once a language."""
    assert characters(slash(name_localizations={"ru": "сводка", "de": "kurz"})) == len("сводка") + len("Read")

"""What Discord refuses in a message: pure checks of the body against its limits."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from tests.fakes.discord.mentions import texts
from tests.fakes.discord.refusals import BROKEN, EMPTY_MESSAGE, Findings, Refusal
from tests.fakes.discord.rules_components import Components, walk
from tests.fakes.discord.world import CV2

MOST_CONTENT, MOST_TEXT, MOST_BYTES, BYTES_A_TEXT, MOST_COMPONENTS, MOST_MEDIA = 2_000, 4_000, 10_170, 12, 40, 64
MOST_NONCE = 25
_MENTION_KINDS = frozenset({"users", "roles", "everyone"})


def message_refusal(
    payload: Mapping[str, Any], *, files: Collection[str] = (), was_cv2: bool = False
) -> Refusal | None:
    """What is wrong with a message, or None.

    Args:
        payload: the body of the request, `{"content", "components", "flags", …}`; for an edit, what the message
            would then be.
        files: names of the files that come with it or stay with it.
        was_cv2: it is an edit of a message that has the flag already.
    """
    found = Findings()
    cv2 = bool(int(payload.get("flags") or 0) & CV2) or was_cv2
    components = payload.get("components") or []
    _envelope(payload, found)
    if cv2:
        _without_legacy(payload, found)
    else:
        found.length(("content",), payload.get("content"), 0, MOST_CONTENT)
        _embeds(payload.get("embeds") or [], found)
    if not isinstance(components, list):
        found.add(("components",), "BASE_TYPE_LIST", "Only iterables may be used in a ListType")
        return found.refusal
    Components(found, frozenset(files), cv2=cv2).check(components)
    if cv2:
        _size(components, found)
    if found.refusal is not None:
        return found.refusal
    if _is_empty(payload, files, cv2=cv2):
        return EMPTY_MESSAGE
    return BROKEN if cv2 and breaks_it(components) else None


def _envelope(payload: Mapping[str, Any], found: Findings) -> None:
    nonce = payload.get("nonce")
    if nonce is not None and len(str(nonce)) > MOST_NONCE:
        found.add(("nonce",), "BASE_TYPE_MAX_LENGTH", f"Must be {MOST_NONCE} or fewer in length.")
    allowed = payload.get("allowed_mentions")
    if allowed is None:
        return
    parse = allowed.get("parse") or []
    for number, kind in enumerate(parse):
        if kind not in _MENTION_KINDS:
            found.add(("allowed_mentions", "parse", number), "BASE_TYPE_CHOICES", "Value must be one of the choices.")
    for kind in ("users", "roles"):
        named = allowed.get(kind) or []
        if named and kind in parse:
            words = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            found.add(("allowed_mentions",), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", words)
        if len(named) > 100:
            found.amount(("allowed_mentions", kind), len(named), 0, 100)


def _without_legacy(payload: Mapping[str, Any], found: Findings) -> None:
    for name in ("content", "embeds", "poll", "sticker_ids"):
        if payload.get(name):
            words = f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            found.add((name,), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", words)


def _embeds(embeds: Sequence[Mapping[str, Any]], found: Findings) -> None:
    found.amount(("embeds",), len(embeds), 0, 10)
    together = 0
    for number, embed in enumerate(embeds):
        found.length(("embeds", number, "title"), embed.get("title"), 0, 256)
        found.length(("embeds", number, "description"), embed.get("description"), 0, 4096)
        parts = [embed.get("title"), embed.get("description"), (embed.get("footer") or {}).get("text")]
        parts += [text for one in embed.get("fields") or () for text in (one.get("name"), one.get("value"))]
        together += sum(len(part or "") for part in parts)
    if together > 6_000:
        found.add(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")


def _size(components: Sequence[Any], found: Findings) -> None:
    count = sum(1 for _ in walk(components))
    if count > MOST_COMPONENTS:
        words = f"The total number of components cannot exceed {MOST_COMPONENTS}"
        found.add(("components",), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", words)
    characters = sum(len(text) for text in texts({"components": components}))
    if characters > MOST_TEXT:
        words = f"The total displayable text size of components exceeds the maximum size of {MOST_TEXT}"
        found.add(("components",), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", words)


def breaks_it(components: Sequence[Any]) -> bool:
    """Whether Discord answers 500: too many bytes of text, or too many media."""
    size = sum(len(text.encode()) + BYTES_A_TEXT for text in texts({"components": components}))
    media = sum(len(one.get("items") or ()) or 1 for one in walk(components) if one.get("type") in {11, 12})
    return size > MOST_BYTES or media > MOST_MEDIA


def _is_empty(payload: Mapping[str, Any], files: Collection[str], *, cv2: bool) -> bool:
    if payload.get("components"):
        return False
    said = str(payload.get("content") or "").strip()
    return cv2 or not (said or payload.get("embeds") or files or payload.get("sticker_ids"))


def thread_refusal(payload: Mapping[str, Any]) -> Refusal | None:
    """What is wrong with a thread's name and times; of an edit, with what is given."""
    found = Findings()
    if "name" in payload:
        found.length(("name",), str(payload["name"] or "").strip(), 1, 100)
    if payload.get("auto_archive_duration") not in {None, 60, 1440, 4320, 10080}:
        words = "Value must be one of {60, 1440, 4320, 10080}."
        found.add(("auto_archive_duration",), "BASE_TYPE_CHOICES", words)
    found.amount(("applied_tags",), len(payload.get("applied_tags") or ()), 0, 5)
    return found.refusal


def file_refusal(sizes: Sequence[int], *, largest: int, together: int) -> bool:
    """Whether files are too large: one of them, or all."""
    return any(size > largest for size in sizes) or sum(sizes) > together

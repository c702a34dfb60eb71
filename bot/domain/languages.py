"""What a language tag looks like."""

_LONGEST = 35
"""RFC 5646 recommends room for as many characters."""
_PRIMARY = range(2, 4)
_LONGEST_PART = 8


def is_language_tag(text: str) -> bool:
    """Whether a text is shaped like a tag of BCP 47, such as `en`, `pt-BR` or `zh_Hant`."""
    primary, *others = text.replace("_", "-").split("-")
    return (
        len(text) <= _LONGEST
        and text.isascii()
        and primary.isalpha()
        and len(primary) in _PRIMARY
        and all(part.isalnum() and len(part) <= _LONGEST_PART for part in others)
    )


def no_language(text: str) -> str:
    """What to say of a text that is no language tag."""
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]} and so on"
    return f"{shown!r} is no language tag; write one such as en or ru"

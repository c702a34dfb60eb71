"""Languages: what a tag looks like, what each is called, and which of them somebody reads."""

_LONGEST = 35
"""RFC 5646 recommends room for as many characters."""
_PRIMARY = range(2, 4)
_LONGEST_PART = 8


def is_language_tag(text: str) -> bool:
    """Whether a text is shaped like a tag of BCP 47, such as `en`, `pt-BR` or `zh_Hant`."""
    first, *others = text.replace("_", "-").split("-")
    return (
        len(text) <= _LONGEST
        and text.isascii()
        and first.isalpha()
        and len(first) in _PRIMARY
        and all(part.isalnum() and len(part) <= _LONGEST_PART for part in others)
    )


def primary(tag: str) -> str:
    """The language of a tag without its region or script: `en` of `en-GB` and `EN_gb`."""
    return tag.replace("_", "-").partition("-")[0].lower()


def no_language(text: str) -> str:
    """What to say of a text that is no language tag."""
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]} and so on"
    return f"{shown!r} is no language tag; write one such as en or ru"


def english_name(tag: str) -> str:
    """What a language is called to a model, such as `Russian`; of one that is not in our table, its tag in words."""
    whole = tag.replace("_", "-").lower()
    first = primary(tag)
    if whole in _NAMES:
        return _NAMES[whole]
    return f"{_NAMES[first]} ({tag})" if first in _NAMES else f"the language whose tag is {tag}"


def reading_language(tag: str) -> str | None:
    """The language that somebody with an interface in `tag` reads: `de-AT` reads `de`; None where we cannot name it."""
    first, *others = tag.replace("_", "-").lower().split("-")
    if first == "zh" and not _TRADITIONAL.isdisjoint(others):
        return "zh-Hant"
    first = {"nb": "no", "nn": "no", "iw": "he", "in": "id"}.get(first, first)
    return first if first in _NAMES else None


def language_named(name: str) -> str | None:
    """The language with this English name, in whatever case; None where we know none."""
    return _TAGS.get(name.casefold())


_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})
_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "ko": "Korean", "lt": "Lithuanian",
    "lv": "Latvian", "nb": "Norwegian Bokmål", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish",
    "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
    "zh-hant": "Traditional Chinese",
}  # fmt: skip
_TAGS = {name.casefold(): reading_language(tag) for tag, name in _NAMES.items()}

"""Whether a translation denies what its original asserts, or the other way round, where that can be told without
understanding: a text with a plain `not` beside one without any word that could deny.

Only for languages whose words that deny are listed; and only where one side has none of them at all, so that
`fails to`, «не удалось» and `weigert sich` may stand for each other.
"""

import re

from bot.domain.checks.lexicon import vocabulary
from bot.domain.checks.opposites import DENYING, NEGATIVE, NEGATIVE_SHAPE, NEGATORS

_STRICT = {
    "en": vocabulary("not never cannot nobody none nothing neither nor no"),
    "ru": vocabulary("не нет никогда никто ничего ничто нельзя невозможно"),
    "de": vocabulary("nicht kein keine keinen keinem keiner keines nie niemals niemand nichts"),
    "fr": vocabulary("pas jamais aucun aucune"),
}
"""Words that say no, and nothing else."""
_LOOSE = {
    "en": re.compile(r"(?:hard|scarce|bare|only|few|little|un|in|im|dis|non|with(?:out|h)|until|unless|against)\w*"),
    "ru": re.compile(
        r"(?:не|ни|без|бес|отка|отриц|отверг|отвер|опроверг|запре|против|лиш|только|едва|пока|мало|меньш|редк|перест|"
        r"прекра|исключ|избе|кроме|хуже|труд|слаб|потер|конч|чужд|отсут|утрат|провал|срыв)\w*"
    ),
    "de": re.compile(
        r"(?:un|miss|verweiger|weiger|lehn|ablehn|ohne|kaum|nur|wenig|gegen|bestreit|verlier|verlor|fehl|scheiter|erst|"
        r"bevor|verbiet|verbot|stopp|ein(?:e|en|er|em)?zig|außer|statt)\w*|\w+los\w{0,2}"
    ),
    "fr": re.compile(
        r"(?:n|ne|sans|ni|non|rien|personne|in|im|ir|dé|mal|refus|rejet|interdi|seul|peu|moins|contre|manqu|échou|avant|"
        r"jusqu|sauf|empêch|ni[eé])\w*"
    ),
}
"""Words that may say as much."""
_ENGLISH = DENYING | NEGATIVE
_IDLE = re.compile(
    r"\b(?:not (?:only|just|merely|simply|least)|no (?:doubt|less|more|fewer|longer|later|sooner)|nothing but|"
    r"не (?:только|просто|менее|более|меньше|больше|раньше|позже|позднее|ранее)|пока не|чуть не|едва не|"
    r"nicht (?:nur|bloß|zuletzt|mehr als|weniger)|pas (?:seulement|moins))\b",
    re.IGNORECASE,
)
"""Where they deny nothing."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def turned(original: str, said: str, *, spoken: str, language: str) -> str | None:
    """In a sentence for a model, that a translation turns its original round; None where that cannot be told."""
    if spoken not in _STRICT or language not in _STRICT:
        return None
    if (word := _denial(original, spoken)) and not _may_deny(said, language):
        return f"the original says “{word}”, and your translation does not"
    if (word := _denial(said, language)) and not _may_deny(original, spoken):
        return f"your translation says “{word}”, and the original does not"
    return None


def _denial(text: str, language: str) -> str | None:
    words = _words(_IDLE.sub(" ", text))
    return next((w for w in words if w in _STRICT[language] or (language == "en" and w.endswith("n't"))), None)


def _may_deny(text: str, language: str) -> bool:
    english = language == "en"
    return any(
        word in NEGATORS
        or _LOOSE[language].fullmatch(word)
        or (english and (word in _ENGLISH or word.endswith("n't") or NEGATIVE_SHAPE.fullmatch(word)))
        for word in _words(text)
    )


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]

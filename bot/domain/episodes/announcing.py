"""What an episode is about, as somebody says near its beginning: "Today we talk about the address manager".

Such a sentence is housekeeping everywhere else, and the best there is for a reader who has not heard the talk.
"""

import re
from collections.abc import Iterator

from bot.domain.episodes.moments import moment, words_in
from bot.domain.episodes.naming.cast import Cast
from bot.domain.episodes.sayings import Saying, is_clean, saying_of
from bot.domain.quotable import balanced
from bot.domain.text.sentences import sentences
from bot.domain.transcript import Transcript

_WITHIN = 0.12
"""Share of the words of a talk in which it is announced, and the fewest and the most words that is."""
_LEAST, _MOST = 250, 1500
_WORDS = range(7, 41)
_ANNOUNCES = re.compile(
    r"""\b(today|tonight|this\s+(time|week|episode|session|video)|in\s+this\s+(episode|session|video|talk))\b
    (?=.{0,90}\b(about|discuss\w*|cover\w*|talk\w*|explain\w*|explor\w*|look(ing)?\s+(at|into)|guest|interview\w*)\b)
    | \bwe([’']re|[’']ll|\s+are|\s+will|\s+wanted\s+to|\s+want\s+to)\s+((just|also|going\s+to|gonna|be)\s+)*
      (talk\w*\s+(\w+\s+){0,3}(about|through)|discuss\w*|cover(ing)?|explain\w*|explor\w*|div(e|ing)\s+into)\b
    | \b(episode|talk|session|topic|conversation)\s+(today\s+)?(is|will\s+be)\s+(all\s+)?(about|going\s+to\s+be)\b
    | \b(topic|subject)\s+(of|for)\s+(today|this)\b
    | \b(сегодня|в\s+этом\s+выпуске)\b(?=.{0,90}\b(поговорим|обсу\w+|расскаж\w+|разбер\w+|о|об|про|тема)\b)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_NOT_THIS = re.compile(
    r"""^(and|but|or|because|that|which|и|а|но)\b | \bwhich\s+(we|I)\b | \b(more|that|it|this|these|those|them)\W*$
    | \b(sponsor\w*|brought\s+to|
    subscrib\w+|review|patreon|discount|last\s+(week|time|episode)|next\s+(week|time|episode)|
    newsletter|tweets?|follow\s+along|what\s+we[’']re\s+talking|(thing|concern)\s+(was\s+)?that|good\s+idea|already|
    previous\s+episode|later\s+(in|on)|thank(s|\s+you)|
    спонсор\w*|подпис\w+|спасибо)\b""",
    re.IGNORECASE | re.VERBOSE,
)


def announced(transcript: Transcript, cast: Cast) -> Saying | None:
    """The sentence that says first what the talk is about; None where nobody says so near the beginning."""
    return next(_candidates(transcript, cast), None)


def _candidates(transcript: Transcript, cast: Cast) -> Iterator[Saying]:
    room = min(_MOST, max(_LEAST, int(_WITHIN * sum(words_in(one.text) for one in transcript.utterances))))
    for index, one in enumerate(transcript.utterances):
        if room <= 0:
            return
        room -= words_in(one.text)
        if one.ad or not _ANNOUNCES.search(one.text):
            continue
        for start, end in sentences(one.text):
            text = one.text[start:end]
            if _says(text):
                yield saying_of(text, index, moment(one, start), cast.names.get(one.speaker or "", one.speaker))


def _says(text: str) -> bool:
    return (
        words_in(text) in _WORDS
        and text.endswith((".", "!"))
        and _ANNOUNCES.search(text) is not None
        and _NOT_THIS.search(text) is None
        and balanced(text)
        and is_clean(text)
    )

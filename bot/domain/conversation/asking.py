"""What a question asks for: its content, and the kind of thing that would answer it."""

import re
from typing import Literal

from bot.domain.conversation.cues import REQUESTS, STORY_NUMBER, one_of
from bot.domain.text.words import stems, tokens

Wanted = Literal["number", "length", "time", "reason", "anything"]

_KINDS: tuple[tuple[Wanted, re.Pattern[str]], ...] = (
    (
        "length",
        re.compile(r"\b(?:how\s+(?:long|old)|как\s+(?:долго|давно)|сколько\s+(?:времени|длит\w+))\b", re.IGNORECASE),
    ),
    (
        "number",
        re.compile(
            r"\b(?:how\s+(?:many|much|far|often|big|large|high|tall|heavy|deep|fast|wide)|what\s+(?:percentage|percent|"
            r"share|number|price|salary|budget|score|figure|fraction|proportion|rate)|сколько|как\s+(?:часто|далеко|быстро)|"
            r"насколько|какая\s+(?:доля|цена|сумма)|какой\s+(?:процент|бюджет)|какое\s+количество)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "time",
        re.compile(
            r"^\W*(?:\w+\s+){0,3}(?:when|since\s+when|until\s+when|what\s+(?:time|day|date|year|month|hour)|which\s+(?:day|year|month|date)|"
            r"когда|с\s+каких\s+пор|в\s+каком\s+году|какого\s+числа|во\s+сколько)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "reason",
        re.compile(
            r"\b(?:why|what\s+(?:reason|caused|made)|how\s+come|почему|зачем|по\s+какой\s+причине)\b", re.IGNORECASE
        ),
    ),
)
_NUMBER_WORDS = one_of("""
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion
    half third quarter dozen twice double none zero fourth fifth sixth seventh eighth ninth tenth два две три
    четыре пять шесть семь восемь девять десять двадцать тридцать сорок пятьдесят сто двести тысяча тысяч
    миллион миллиона миллионов миллиард половина треть четверть вдвое втрое десяток
    """)
_LENGTHS = re.compile(
    r"\b(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies)|"
    r"секунд\w*|минут\w*|час(?:а|ов)?|дн(?:я|ей)|недел\w+|месяц\w*|лет|года?)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\b(?:(?:1[5-9]|20)\d\d|\d{1,2}:\d\d|january|february|march|april|may(?=\s+\d)|june|july|august|september|october|november|december|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|yesterday|tonight|weekend|midnight|noon|dawn|dusk|"
    r"spring|summer|autumn|winter|(?:last|next|this|every)\s+(?:week|month|year|night|day|hour|quarter)|"
    r"\w+\s+(?:days?|weeks?|months?|years?|hours?|minutes?)\s+(?:ago|later|earlier|after|before|from)|in\s+(?:\w+\s+)?(?:days|weeks|months|years)|"
    r"январ\w*|феврал\w*|март\w*|апрел\w*|мая|мае|июн\w*|июл\w*|август\w*|сентябр\w*|октябр\w*|ноябр\w*|декабр\w*|понедельник\w*|"
    r"вторник\w*|сред[уы]|четверг\w*|пятниц\w*|суббот\w*|воскресень\w*|сегодня|завтра|вчера|весной|летом|осенью|зимой)\b",
    re.IGNORECASE,
)
_REASONS = re.compile(
    r"\b(?:because|since|due\s+to|owing\s+to|thanks\s+to|so\s+that|in\s+order|reasons?|therefore|caus(?:e|es|ed|ing)|led\s+to|"
    r"driven\s+by|to\s+(?:avoid|keep|prevent|protect|save|stop|make)|as\s+a\s+result|that\s+is\s+why|which\s+is\s+why|out\s+of\s+fear|"
    r"потому|поскольку|из-за|благодаря|чтобы|причин\w+|так\s+как|ведь|поэтому|вследствие)\b",
    re.IGNORECASE,
)
_FRAME = one_of("""
    say claim think mean argu believ report tell happen describ explain mention do state write publish accord
    opinion view edit edition briefing stori sourc passag evid quot inform detail exact actual current recent
    general summari summar compar show remind differ main reason percentag percent number amount figur share
    price rate сказа говор утвержда дума счита пишет писа сообща произошл случ происход мнен выпуск сюжет
    источник объясн расска покаж почем причин количеств дол
    """)
"""Stems that frame a question and are not what it is about."""
_MEASURES = re.compile(r"\b(?:how\s+(?:long|fast|low|often)|как\s+(?:долго|быстро|часто))\b", re.IGNORECASE)
"""Words of measure that no answer repeats; `how high` keeps its word, since height is not cost."""
_MUCH = re.compile(r"\bhow\s+much\s+(.+)", re.IGNORECASE)
_MANY = re.compile(
    r"\b(?:how\s+many|what\s+(?:percentage|percent|share|number|proportion|fraction)\s+of|сколько)\s+(.+)",
    re.IGNORECASE,
)
_VERSION = re.compile(r"\b[^\W\d_a-zа-я]\w*(?:-\d[\d.]*|\s+v?\d+(?:\.\d+)+)\b")
"""A number that is part of a name."""
_NEAR = range(-5, 3)
"""Where a number stands that counts a noun: words before and after it."""
_SAYING = "say|said|claim|think|argue|write|written|announce|believe|comment|respond|reply|answer|warn|explain"
_SPEAKER = re.compile(
    rf"\bwhat\s+(?:exactly\s+)?(?:did|does|do|has|have)\s+(.{{2,40}}?)\s+(?:{_SAYING})\b|"
    r"\b(?:что|о\s+чем|о\s+чём)\s+(?:говорит|говорят|сказала?|пишет|писала?|думает|утверждает|ответила?|заявила?)\s+"
    r"([А-ЯЁA-Z][\w-]+)",
    re.IGNORECASE,
)
_QUOTES = re.compile(
    r"[“”«»]|\b(?:say|says|said|tells?|told|claims?|claimed|calls?|called|argues?|argued|writes?|wrote|accused?|accuses|warns?|"
    r"warned|announced?|announces|asks?|asked|pledges?|pledged|pledging|wants?|prefers?|proposes?|describe[sd]?|"
    r"говорит|сказала?|пишет|утверждает|заявила?|считает|обвинила?)\b",
    re.IGNORECASE,
)


_PAST = dict(
    pair.split(":")
    for pair in sorted(
        one_of("""
    sold:sell bought:buy fell:fall rose:rise won:win lost:lose built:build paid:pay sent:send fought:fight
    began:begin begun:begin grew:grow grown:grow chose:choos chosen:choos held:hold met:meet ran:run drew:draw
    led:lead kept:keep found:find spent:spend stood:stand broke:break broken:break froze:freez sank:sink
    sunk:sink shot:shoot struck:strike stole:steal taught:teach caught:catch brought:bring thought:think
    felt:feel meant:mean left:leav drove:drive driven:drive flew:fli froz:freez sued:sue swore:swear
    shrank:shrink withdrew:withdraw
    """)
    )
)
"""Stems of irregular past forms with those of their verbs: what fell is asked for by `did it fall`."""


def content(text: str) -> list[str]:
    """Stems of the content words of a text, in order, verbs in the form questions have them."""
    return [_PAST.get(stem, stem) for stem in stems(text)]


def wanted(question: str) -> Wanted:
    """The kind of thing a question asks for."""
    return next((kind for kind, pattern in _KINDS if pattern.search(question)), "anything")


def asked_stems(question: str) -> list[str]:
    """Stems of what a question is about, in order; its frame and `story 2` are left out."""
    plain = _MEASURES.sub(" ", STORY_NUMBER.sub(" ", REQUESTS.sub(" ", question.strip())))
    return [stem for stem in content(plain) if stem not in _FRAME]


def gives(kind: Wanted, text: str, question: str) -> bool:
    """Whether a passage holds the kind of thing that was asked for."""
    if kind == "number":
        return _counts_that(text, question)
    if kind == "length":
        return _LENGTHS.search(text) is not None
    if kind == "time":
        return _TIMES.search(text) is not None
    if kind == "reason":
        return _REASONS.search(text) is not None
    return True


def speaker_of(question: str) -> frozenset[str]:
    """Stems of whose words a question asks for (`What did Venn say …`); empty when it asks for nobody's."""
    match = _SPEAKER.search(question)
    return frozenset(stems(match.group(1) or match.group(2))) if match else frozenset()


def quotes(text: str) -> bool:
    """Whether a text reports what somebody says."""
    return _QUOTES.search(text) is not None


def _is_number(token: str) -> bool:
    return token[0].isdigit() or token in _NUMBER_WORDS


def _counts_that(text: str, question: str) -> bool:
    """`How many calls …`: a number must stand beside the calls, or it counts something else."""
    words = tokens(_VERSION.sub(" ", text))
    known = set(tokens(question))
    numbers = [i for i, word in enumerate(words) if _is_number(word) and word not in known]
    match = _MANY.search(question) or _MUCH.search(question)
    counted = [s for s in stems(match.group(1)) if s not in _FRAME] if match else []
    if not numbers or not counted:
        return bool(numbers)
    places = [i for i, word in enumerate(words) if counted[0] in stems(word)]
    if _MANY.search(question):
        return any(number - place in _NEAR for place in places for number in numbers)
    return bool(places)

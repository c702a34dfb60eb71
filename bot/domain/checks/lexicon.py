"""Words the checks know: numerals, months, days, countries with the names of their people.

Only closed classes stand here. Where a language is missing, the check of that class is silent; it never misfires.
"""

from collections.abc import Mapping


def vocabulary(words: str) -> frozenset[str]:
    """The words of a text, for lists that read better as one."""
    return frozenset(words.split())


def _numbered(*groups: str) -> dict[str, int]:
    """Each word of the n-th group under n, counted from one."""
    return {word: n for n, group in enumerate(groups, 1) for word in group.split()}


UNITS: Mapping[str, int] = {
    **_numbered(
        "one", "two", "three third", "four fourth", "five fifth", "six sixth", "seven seventh", "eight eighth",
        "nine ninth", "ten tenth", "eleven eleventh", "twelve twelfth", "thirteen thirteenth", "fourteen fourteenth",
        "fifteen fifteenth", "sixteen sixteenth", "seventeen seventeenth", "eighteen eighteenth", "nineteen nineteenth",
    ),
    **_numbered(
        "один одна одно одного одной одному одним одну", "два две двух двум двумя", "три трёх трех трём трем тремя",
        "четыре четырёх четырех четырём четырем четырьмя", "пять пяти пятью", "шесть шести шестью", "семь семи семью",
        "восемь восьми восемью", "девять девяти девятью", "десять десяти десятью", "одиннадцать одиннадцати",
        "двенадцать двенадцати", "тринадцать тринадцати", "четырнадцать четырнадцати", "пятнадцать пятнадцати",
        "шестнадцать шестнадцати", "семнадцать семнадцати", "восемнадцать восемнадцати", "девятнадцать девятнадцати",
    ),
}  # fmt: skip
"""Numerals and ordinals below twenty; the first two ordinals, which mostly order a text, are left out."""

TENS: Mapping[str, int] = {
    word: 10 * n
    for n, group in enumerate(
        ("twenty twentieth двадцать двадцати", "thirty thirtieth тридцать тридцати", "forty сорок сорока",
         "fifty пятьдесят пятидесяти", "sixty шестьдесят шестидесяти", "seventy семьдесят семидесяти",
         "eighty восемьдесят восьмидесяти", "ninety девяносто девяноста"), 2
    )
    for word in group.split()
}  # fmt: skip

FOREIGN_UNITS: Mapping[str, int] = _numbered(
    "", "zwei deux dos due dois", "drei trois tres tre três", "vier quatre cuatro quattro quatro",
    "fünf cinq cinco cinque", "sechs seis sei", "sieben sept siete sette sete", "acht huit ocho otto oito",
    "neun neuf nueve nove", "zehn dix diez dieci dez", "elf onze undici", "zwölf douze doce dodici doze",
)  # fmt: skip
"""Understood in passages only: some of them are other words in other languages."""

MAGNITUDES: tuple[tuple[str, float], ...] = (
    (r"hundred|сто|сотен|сотни", 1e2),
    (r"thousands?|тыс|тысяч\w{0,3}|tausend|mille|mil", 1e3),
    (r"million(?:s|en|es|i)?|millones|mio|mn|mln|млн|миллион\w{0,3}", 1e6),
    (r"billions?|bn|milliard(?:s|en|e|i)?|mrd|млрд|миллиард\w{0,3}", 1e9),
    (r"trillions?|tn|billionen|трлн|триллион\w{0,3}", 1e12),
)
"""Words that multiply the number before them."""

GLUED: Mapping[str, float] = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "t": 1e12, "tn": 1e12}
"""Letters that may multiply when they touch their number: `7B`, `$5m`."""

VAGUE: Mapping[str, float] = {
    "hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12,
    "сотни": 1e2, "сотен": 1e2, "тысячи": 1e3, "тысяч": 1e3, "миллионы": 1e6, "миллионов": 1e6,
    "миллиарды": 1e9, "миллиардов": 1e9,
}  # fmt: skip
"""Magnitudes without a number."""

PERCENT = r"per\s?cent(?:age)?|percent|процент\w*|prozent|pour\s?cent|por\s?ciento|per\s?cento|por\s?cento|procent"

MEASURED = vocabulary(
    """
    hour minute second day week month year decade century time fold percent percentage people person employee
    worker job dollar euro pound cent mile kilometre kilometer metre meter gram kilogram ton degree million
    billion trillion thousand hundred час минут секунд день дня дней недел месяц год лет раз человек доллар евро
    рубл процент тысяч миллион
    """
)
"""What `two` counts when it states a quantity; elsewhere it points ("the two sides") or is our own count."""

OWN_NOUNS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "item",
        "source",
        "voice",
        "thinker",
        "stor",
        "hour",
        "post",
        "article",
        "people",
        "citation",
        "outlet",
        "report",
    ),
    "ru": ("материал", "источник", "голос", "автор", "сюжет", "истори", "час", "публикац", "запис", "сообщен", "стат"),
}
"""What our own counts count, by language; in other languages any noun may follow."""

MONTHS: Mapping[str, int] = {
    **_numbered(
        "january januar janvier enero январь января январе", "february februar février febrero февраль февраля феврале",
        "march märz mars marzo март марта марте", "april avril abril апрель апреля апреле", "may mai mayo май мая мае",
        "june juni juin junio июнь июня июне", "july juli juillet julio июль июля июле",
        "august août agosto август августа августе", "september septembre septiembre сентябрь сентября сентябре",
        "october oktober octobre octubre октябрь октября октябре", "november novembre noviembre ноябрь ноября ноябре",
        "december dezember décembre diciembre декабрь декабря декабре",
    ),
    **_numbered("jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sep sept", "oct okt", "nov", "dec dez"),
}  # fmt: skip
SHORT_MONTHS = vocabulary("jan feb mar apr jun jul aug sep sept oct okt nov dec dez")
"""Months only beside a number or with their stop."""
AMBIGUOUS_MONTHS = vocabulary("may march mars marzo august мая мае")
"""Months only beside a number or after a word of time."""

WEEKDAYS: Mapping[str, int] = _numbered(
    "monday mondays montag lundi lunes понедельник понедельника",
    "tuesday tuesdays dienstag mardi martes вторник вторника",
    "wednesday wednesdays mittwoch mercredi miércoles среда среду",
    "thursday thursdays donnerstag jeudi jueves четверг четверга",
    "friday fridays freitag vendredi viernes пятница пятницу пятницы",
    "saturday saturdays samstag samedi sábado суббота субботу субботы",
    "sunday sundays sonntag dimanche domingo воскресенье воскресенья",
)  # fmt: skip

_FAMILIES = (
    "us usa america american americans", "uk britain british briton britons", "eu europe european europeans",
    "ireland irish", "spain spanish spaniard spaniards", "france french", "netherlands dutch",
    "germany german germans", "greece greek greeks", "switzerland swiss", "denmark danish dane danes",
    "finland finnish finn finns", "sweden swedish swede swedes", "poland polish pole poles",
    "turkey turkish turks türkiye", "wales welsh", "scotland scottish scots", "norway norwegian norwegians",
    "china chinese", "thailand thai", "cyprus cypriot", "iceland icelandic",
    "philippines filipino filipinos philippine", "peru peruvian", "argentina argentine argentines",
    "czechia czech czechs", "england english", "hungary hungarian hungarians", "uae emirates emirati",
)  # fmt: skip
FAMILY: Mapping[str, int] = {word: n for n, family in enumerate(_FAMILIES) for word in family.split()}
"""Countries and their people, where one is not the other with an ending."""

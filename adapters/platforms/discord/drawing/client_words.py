"""Words that Discord's client writes around our messages, as it does in English and Russian, and its times and dates.

They are a picture of somebody else's interface, so they are not in our catalogue.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "app": "APP",
        "private": "Only you can see this",
        "dismiss": "Dismiss message",
        "messages": "{n} Messages",
        "message": "1 Message",
        "replying": "Replying to {name}",
        "submit": "Submit",
        "cancel": "Cancel",
        "channel": "channel",
        "thread": "thread",
        "at": "{day} at {time}",
        "day": "{d} {month} {y}",
        "weekday": "{weekday}, {day}",
        "in": "in {span}",
        "ago": "{span} ago",
        "months": "January February March April May June July August September October November December",
        "weekdays": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "numeric": "%d/%m/%Y",
        "days": "day days",
        "hours": "hour hours",
        "minutes": "minute minutes",
    },
    "ru": {
        "app": "ПРИЛ.",
        "private": "Это сообщение видите только вы",
        "dismiss": "Удалить сообщение",
        "messages": "Сообщений: {n}",
        "message": "Сообщений: 1",
        "replying": "Ответ для {name}",
        "submit": "Отправить",
        "cancel": "Отмена",
        "channel": "канал",
        "thread": "ветка",
        "at": "{day} в {time}",
        "day": "{d} {month} {y} г.",
        "weekday": "{weekday}, {day}",
        "in": "через {span}",
        "ago": "{span} назад",
        "months": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "weekdays": "понедельник вторник среда четверг пятница суббота воскресенье",
        "numeric": "%d.%m.%Y",
        "days": "день дня дней",
        "hours": "час часа часов",
        "minutes": "минуту минуты минут",
    },
}


def word(key: str, language: str, **facts: str | int) -> str:
    """A word of Discord's client; English where it is not known in a language."""
    return _of(language)[key].format(**facts)


def printed(at: datetime, form: str, language: str, now: datetime) -> str:
    """An instant (in the zone it is to be printed in) as Discord prints `<t:…:form>`; `R` is relative to `now`."""
    match form:
        case "t":
            return f"{at:%H:%M}"
        case "T":
            return f"{at:%H:%M:%S}"
        case "d":
            return at.strftime(_of(language)["numeric"])
        case "D":
            return _day(at, language)
        case "R":
            return _relative(at, now, language)
        case "s" | "S":
            return f"{at.strftime(_of(language)['numeric'])}, {at:%H:%M:%S}"[: None if form == "S" else -3]
    day = _day(at, language)
    if form == "F":
        weekday = _of(language)["weekdays"].split()[at.weekday()]
        day = word("weekday", language, weekday=weekday, day=day)
    return word("at", language, day=day, time=f"{at:%H:%M}")


def _of(language: str) -> Mapping[str, str]:
    return _WORDS.get(language.partition("-")[0].lower(), _WORDS["en"])


def _day(at: datetime, language: str) -> str:
    month = _of(language)["months"].split()[at.month - 1]
    return word("day", language, d=at.day, month=month, y=at.year)


def _relative(at: datetime, now: datetime, language: str) -> str:
    minutes = round(abs((at - now).total_seconds()) / 60)
    unit, n = ("minutes", minutes)
    if minutes >= 24 * 60:
        unit, n = "days", round(minutes / 60 / 24)
    elif minutes >= 60:
        unit, n = "hours", round(minutes / 60)
    forms = _of(language)[unit].split()
    return word("in" if at > now else "ago", language, span=f"{n} {forms[_plural(n, len(forms))]}")


def _plural(n: int, forms: int) -> int:
    """Which of the forms goes with a number: of two, by the English rule; of three, by the Russian one."""
    if forms == 2:
        return int(n != 1)
    if n % 10 == 1 and n % 100 != 11:
        return 0
    return 1 if 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14 else 2

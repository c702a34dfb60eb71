"""Which words of a talk are an advertisement: places marked as such, and reads that give themselves away.

Precision goes before recall: an advertisement that is missed is a dull chapter, talk that is taken for one is lost. So
a read is recognised by phrases only that nobody uses otherwise, in an utterance of its own or between two of them.
"""

import re
from collections.abc import Sequence
from typing import Protocol

_KIND = (
    r"(?:ad|ads|advert|adverts|advertisement|advertisements|sponsor|sponsors|sponsorship|commercial|commercials"
    r"|mid-?roll|pre-?roll|post-?roll|реклама|рекламная|werbung|anzeige)"
)
_PLACE = re.compile(
    rf"(?:break|werbepause|рекламная пауза|{_KIND}(?:[ -](?:break|read|reads|segment|spot|message|block|пауза))?"
    r"(?:[ ](?:removed|omitted|here|skipped|break))?)",
    re.IGNORECASE,
)
_EDGES = " \t\n[]()<>{}*_#:.-–—♪"
_LONGEST_MARK = 60
_OURS = "(?:our|today['’]s|this week['’]s)"
_EPISODE = "(?:episode|show|podcast|program|programme|video|segment|stream)"
_GIVEN = "(?:brought to you|sponsored|made possible|presented)"
_GERMAN = "(?:präsentiert|gesponsert|unterstützt)"
_SPONSORED = (
    rf"\b(?:this|today['’]s|the|our) {_EPISODE}(?: of [^.!?]{{1,60}})? (?:is|was) (?:also )?{_GIVEN} (?:in part )?by\b",
    r"\b(?:is|are) brought to you by\b",
    r"\b(?:today|this week|this episode|this month)['’]s (?:episode |show )?sponsor\b",
    r"\bsponsor (?:of|for) (?:today|this (?:week|episode|show|video)|the show)\b",
    rf"\b(?:word|message) from (?:one of )?{_OURS} (?:sponsors?|partners?|advertisers?)\b",
    r"\bsponsored news time\b",
    rf"\b(?:thanks|thank you) (?:so much )?to {_OURS} (?:(?:friends|partners?|sponsors?) at|sponsors?)\b",
    r"\b(?:use|enter|with) (?:the |our |my )?(?:promo ?|coupon |offer |discount )code \w",
    r"\b(?:use|enter|with) (?:the |our |my )?code [^.!?]{1,40} (?:at checkout|for \d{1,3} ?(?:%|percent))",
    r"\b(?:promo|coupon|discount) code (?:is )?(?-i:[A-Z0-9]{3,20})\b",
    r"\bat checkout (?:to get|and get|for)\b",
    r"\b(?:этот|сегодняшний) (?:выпуск|эпизод|подкаст) (?:выходит|создан|записан) при поддержке\b",
    r"\bспонсор (?:этого|сегодняшнего|нашего) (?:выпуска|эпизода|подкаста)\b",
    r"\bпо промокоду \w",
    rf"\b(?:diese|die heutige) (?:folge|episode|sendung) wird (?:(?:euch|ihnen|dir) )?{_GERMAN}",
    r"\bmit dem (?:rabatt|gutschein)code \w",
)
_SURE = re.compile("|".join(_SPONSORED), re.IGNORECASE)
"""A read by itself."""
_BACK = re.compile(
    r"\bback to (?:the|our|today['’]s) (?:show|episode|conversation|interview|podcast)\b"
    r"|\b(?:верн[её]мся|возвращаемся) к (?:выпуску|подкасту|разговору|беседе)\b"
    r"|\b(?:zurück|weiter) (?:zur|mit der) (?:folge|sendung|episode)\b",
    re.IGNORECASE,
)
"""The end of a read, if one has begun shortly before."""
_NAMED = re.compile(
    r"\b(sponsor\w*|brought\s+to\s+you|promo\s+code|discount\s+code|use\s+(the\s+)?code|спонсор\w*|промокод\w*)\b",
    re.IGNORECASE,
)
_NEAR = 90.0
"""Seconds within which a read that is thanked for, or left for the show, has begun."""


class _Timed(Protocol):
    """As much of an utterance as is looked at."""

    @property
    def start(self) -> float: ...

    @property
    def speaker(self) -> str | None: ...

    @property
    def text(self) -> str: ...


def is_place(text: str) -> bool:
    """Whether a line, or the name in the head of a turn, marks a place where an advertisement is or was: `Break`,
    `[Sponsor segment removed]`.
    """
    return len(text) <= _LONGEST_MARK and _PLACE.fullmatch(text.strip(_EDGES)) is not None


def is_read(text: str) -> bool:
    """Whether words are part of a sponsor's message."""
    return _SURE.search(text) is not None


def names_a_sponsor(text: str) -> bool:
    """Whether sponsors are spoken of at all, in a message of theirs or otherwise."""
    return _NAMED.search(text) is not None


def reads(utterances: Sequence[_Timed]) -> list[bool]:
    """For each utterance whether it is part of a sponsor's message.

    The rule: an utterance with a phrase that gives it away is; and so are those between two of them, or between one
    and "back to the show" or the mark of a break, if the same person speaks all of it within a minute and a half.
    """
    found = [is_read(one.text) for one in utterances]
    last: int | None = None
    for index, one in enumerate(utterances):
        if last is not None and _is_one_read(utterances, last, index):
            back, place = _BACK.search(one.text) is not None, is_place(one.text)
            if found[index] or back or place:
                found[last : index + 1] = [True] * (index + 1 - last)
            if back or place:
                last = None
                continue
        if found[index]:
            last = index
    return found


def _is_one_read(utterances: Sequence[_Timed], first: int, last: int) -> bool:
    """Whether one person speaks from one utterance to the other, or to the break before it, without taking long."""
    if utterances[last].start - utterances[first].start > _NEAR:
        return False
    stop = last if is_place(utterances[last].text) else last + 1
    return len({one.speaker for one in utterances[first:stop]}) == 1

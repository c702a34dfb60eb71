"""Twisted twins of true sentences: one thing changed, chosen by a hash of the sentence."""

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence

from bot.domain.checks.figures import figures
from bot.domain.checks.names import words
from bot.domain.quotes import without_quotations
from bot.domain.text.words import is_stopped

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_UNITS = (
    ("minutes", "hours"), ("minute", "hour"), ("hours", "days"), ("hour", "day"), ("days", "weeks"), ("day", "week"),
    ("weeks", "months"), ("week", "month"), ("months", "years"), ("month", "year"), ("years", "months"),
    ("year", "month"), ("seconds", "minutes"), ("second", "minute"), ("million", "billion"), ("billion", "million"),
    ("trillion", "billion"), ("percent", "percentage points"), ("%", " percentage points"), ("miles", "kilometers"),
    ("km", "miles"), ("dollars", "euros"), ("GB", "MB"), ("MB", "GB"), ("thousand", "million"),
)  # fmt: skip
_OPPOSITES = dict(
    re.findall(
        r"(\w+)/(\w+)",
        """
    rose/fell fell/rose rise/fall fall/rise increase/decrease increased/decreased increases/decreases reduce/increase
    reduced/increased reduces/increases more/less less/more accepted/rejected rejected/accepted accept/reject
    support/oppose supports/opposes supported/opposed before/after after/before win/lose won/lost wins/loses lost/won
    allow/forbid allows/forbids allowed/banned banned/allowed ban/allow blocks/allows better/worse worse/better
    higher/lower lower/higher faster/slower slower/faster above/below below/above buy/sell bought/sold sold/bought
    start/stop started/stopped starts/stops begin/end began/ended open/close opened/closed opens/closes add/remove
    added/removed adds/removes improve/worsen improves/worsens improved/worsened strong/weak weak/strong safe/dangerous
    easy/hard easier/harder cheap/expensive cheaper/costlier gains/losses gained/lost grow/shrink grew/shrank
    growing/shrinking confirmed/denied denies/confirms success/failure successful/unsuccessful joined/left
    approve/reject approved/rejected possible/impossible legal/illegal agree/disagree agreed/refused public/private
    large/small small/large big/tiny long/short short/long high/low low/high always/never never/always all/none
    most/few many/few enable/disable enables/disables enabled/disabled fast/slow hot/cold early/late first/last
    new/old old/new good/bad bad/good best/worst hired/fired true/false correct/wrong help/hurt helps/hurts
    helped/hurt create/destroy creates/destroys love/hate launched/cancelled continue/stop continues/stops
    with/without able/unable likely/unlikely secure/insecure
    """,
    )
)
_AUXILIARY = re.compile(r"\b(is|are|was|were|will|can|could|should|would|has|have|had|does|do|did)\b(?! not|n[’'])")
_NOT = re.compile(r"\b(?:do|does|did) not |(?<=\w) not\b|n[’']t\b| never\b| cannot\b")
_NOT_ALL = re.compile(r"not (?:only|just|merely|necessarily)")
_HEDGED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), instead)
    for pattern, instead in (
        (r"\b(?:may|might|could)\b(?! be\b| have\b| not\b)", "will"),
        (r"\b(?:may|might|could) be\b", "is"),
        (r"\b(?:may|might|could) have\b", "has"),
        (r"\b(?:reportedly|allegedly|apparently|possibly|probably|perhaps|potentially|likely|supposedly) ", ""),
        (r"\b(?:alleged|suspected|purported|potential|proposed|planned|possible) ", ""),
        (
            r"\b(?:plans|intends|hopes|aims|wants|expects|seeks|is expected|are expected|is set|is considering) to\b",
            "will",
        ),
        (r"\b(?:appears|seems) to\b", "will certainly"),
        (r"\bsuggests?\b", "proves"),
        (r"\bsuggested\b", "proved"),
        (r"\b(?:believes?|thinks?|claims?) that\b", "proves that"),
    )
)
_STRENGTHENED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), instead)
    for pattern, instead in (
        (r"\b(?:some|many|several|a few)\b", "all"),
        (r"\b(?:often|sometimes|usually|typically)\b", "always"),
        (r"\bone of the (?:most|best|largest|biggest)\b", "the best"),
        (r"\b(?:a|an) (?=important|major|new|big|good)", "the biggest "),
        (r"\bshows?\b", "proves"),
        (r"\bhelps?\b", "guarantees"),
        (r"\b(?:fell|dropped|declined)\b", "collapsed"),
        (r"\b(?:rose|grew|increased)\b", "exploded"),
        (r"\b(?:criticises|criticizes|criticised|criticized)\b", "destroys"),
        (r"\bimproves?\b", "revolutionizes"),
        (r"\breduces?\b", "eliminates"),
    )
)
_LONGEST_TITLE = 30
"""Words of a sentence that may be a title."""


def planted(text: str, held: Sequence[str], strangers: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Kind and faulty version, at most one a kind.

    `held` is what stands behind the sentence, `strangers` are other names.
    """
    for kind, makers in (
        ("number", _numbers(text, held)),
        ("date", _dates(text, held)),
        ("unit", _units(text, held)),
        ("name", _names(text, held, strangers)),
        ("polarity", _turns(text)),
    ):
        made = [version for version in makers if version != text]
        if made:
            yield kind, _chosen(made, text)


def overclaimed(text: str) -> str | None:
    """A title that claims more than a text, if it can be made one."""
    if len(text.split()) > _LONGEST_TITLE or text.rstrip().endswith("?") or _NOT_ALL.search(text):
        return None
    for changes in (_HEDGED, _STRENGTHENED):
        made = [pattern.sub(instead, text, count=1) for pattern, instead in changes if pattern.search(text)]
        if made:
            title = _chosen(made, text).strip().rstrip(".")
            return title[0].upper() + title[1:]
    return None


def runs(text: str) -> list[tuple[int, int]]:
    """Where a text has names: runs of capitalised words inside a sentence."""
    found: list[tuple[int, int]] = []
    last = -1
    for at, word in enumerate(words(without_quotations(text)) if "“" not in text else words(text)):
        named = word.text[0].isupper() and not is_stopped(word.key) and len(word.key) > 2
        if named and last == at - 1 and word.joined and found:
            found[-1] = (found[-1][0], word.start + len(word.text))
            last = at
        elif named and not word.opens:
            found.append((word.start, word.start + len(word.text)))
            last = at
    return [span for span in found if text[span[0] : span[1]].replace(" ", "").isalpha()]


def _draw(text: str) -> int:
    return int(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8], 16)


def _chosen(made: Sequence[str], text: str) -> str:
    return made[_draw(text) % len(made)]


def _numbers(text: str, held: Collection[str]) -> Iterator[str]:
    values = {value for passage in held for value in figures(passage).values}
    for number in figures(text).numbers:
        if number.spelled or number.values <= {"1", "2"}:
            continue
        first = re.search(r"\d+", number.written)
        if first is None:
            continue
        for step in range(1 + _draw(text) % 7, 40):
            other = f"{number.written[: first.start()]}{int(first.group()) + step}{number.written[first.end() :]}"
            reading = figures(f"x {other} y").numbers
            if reading and not reading[0].values & values:
                yield text[: number.start] + other + text[number.start + len(number.written) :]
                break


def _dates(text: str, held: Collection[str]) -> Iterator[str]:
    around = " ".join(held)
    for day in figures(text).days:
        for names in (_MONTHS, _DAYS):
            for name in names:
                other = names[(names.index(name) + 1 + _draw(text) % (len(names) - 1)) % len(names)]
                if re.search(rf"\b{name}\b", day.written) and other not in around:
                    yield text.replace(day.written, day.written.replace(name, other), 1)
        later = re.sub(r"\b\d{1,2}\b", lambda match: str(int(match.group()) % 27 + 1), day.written, count=1)
        if later != day.written and day.day:
            yield text.replace(day.written, later, 1)


def _units(text: str, held: Collection[str]) -> Iterator[str]:
    around = " ".join(held)
    for number in figures(text).numbers:
        rest = text[number.start :]
        for unit, other in _UNITS:
            match = re.match(rf"[\d.,]+[\s-]?{re.escape(unit)}(?![a-z])", rest)
            if match:
                changed = match.group()[: -len(unit)] + other
                if changed not in around:
                    yield text[: number.start] + changed + rest[match.end() :]
        if rest[:1].isdigit() and text[number.start - 1 : number.start] == "$" and "€" not in around:
            yield text[: number.start - 1] + "€" + rest


def _names(text: str, held: Collection[str], strangers: Sequence[str]) -> Iterator[str]:
    around = {word.key[:3] for passage in held for word in words(passage)}
    free = [name for name in strangers if not {word.key[:3] for word in words(name)} & around]
    for start, end in runs(text):
        if free:
            yield text[:start] + free[_draw(text[:end]) % len(free)] + text[end:]


def _turns(text: str) -> Iterator[str]:
    bare = without_quotations(text)
    if bare != text:
        return
    for match in _AUXILIARY.finditer(text):
        yield f"{text[: match.end()]} not{text[match.end() :]}"
    for match in _NOT.finditer(text):
        if not _NOT_ALL.match(text[match.start() :].lstrip()):
            full = {" cannot": " can"}.get(match.group(), "")
            yield text[: match.start()] + full + text[match.end() :]
    for match in re.finditer(r"[A-Za-z]+", text):
        if other := _OPPOSITES.get(match.group()):
            yield text[: match.start()] + other + text[match.end() :]

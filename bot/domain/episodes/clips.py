"""Pieces of a talk that are put before it to make people listen: the same words come again later.

The opening is compared with the rest by shingles of words (Broder 1997). Where both say the same, the shingles meet on
one diagonal: the later place less the earlier one stays the same. One pass over the words, so time is linear.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import accumulate, pairwise

from bot.domain.episodes.moments import moment
from bot.domain.episodes.span import Clip
from bot.domain.episodes.sponsors import names_a_sponsor
from bot.domain.text.words import tokens
from bot.domain.transcript import Utterance

_LONGEST = 90.0
"""Seconds."""
_MOST_WORDS = 400
_LEAST_WORDS = 10
_PLAIN_WORDS = 40
"""A repeat of so many words is a clip even if nobody is greeted after it."""
_SHINGLE = 3
_CONTAINED = 0.8
_DRIFT = 12
"""Words that a later place may be off its diagonal: fillers are cut out of clips."""
_LEAST_HITS = 6
"""Shingles on one diagonal, so eight words in a row; fewer agree by chance."""
_GREETED_WITHIN = 300
"""Words after the clip."""
_GREETING = re.compile(
    r"""\b(welcome|hello|hi|hey|good\s+(morning|afternoon|evening)|my\s+name\s+is|i[’']?m\s+your\s+host|you[’']?re\s+listening|
    (my|our|today[’']?s)\s+guest|live\s+from|this\s+is\s+(the\s+)?[A-Z]|joined\s+by|
    добро\s+пожаловать|здравствуйте|привет|добрый\s+(день|вечер)|доброе\s+утро|меня\s+зовут|в\s+гостях|с\s+вами|
    willkommen|hallo|guten\s+(tag|morgen|abend)|moin|servus|bienvenue|bonjour|salut|bienvenid[oa]s?|hola|buen[oa]s|
    ben(e|v)nut[oi]|ciao|buongiorno|bem-vind[oa]s?|olá|welkom|witam|cześć|välkom\w+|hej|ようこそ|こんにちは|欢迎|大家好|你好)\b""",
    re.IGNORECASE | re.VERBOSE,
)


def opening_clip(utterances: Sequence[Utterance]) -> Clip | None:
    """The utterances at the very beginning, up to 90 s, that the talk later repeats; None where there are none.

    At least 80 % of their words come again after them, and somebody greets or introduces afterwards (a long repeat
    needs no greeting). Advertisements repeat themselves as well: what is marked as one, or names a sponsor, is no clip.
    """
    count = _opening(utterances)
    words = [tokens(said.text) for said in utterances]
    starts = [0, *accumulate(len(said) for said in words)]
    opening = [word for said in words[:count] for word in said]
    later = [word for said in words[count:] for word in said]
    again = _again(opening, later)
    last = _last(again.keys(), starts[: count + 1])
    if last is None or not (starts[last + 1] >= _PLAIN_WORDS or _greeted(utterances[last + 1 :])):
        return None
    place = again[min(again)] + starts[count]
    index = bisect_right(starts, place) - 1
    share = (place - starts[index]) / len(words[index])
    return Clip(0, last, moment(utterances[index], int(share * len(utterances[index].text))))


def _opening(utterances: Sequence[Utterance]) -> int:
    """How many utterances the clip could have; at least one is left for the talk."""
    spoken = 0
    for index, said in enumerate(utterances):
        spoken += len(said.text.split())
        too_long = said.end - utterances[0].start > _LONGEST or spoken > _MOST_WORDS
        if said.ad or too_long or names_a_sponsor(said.text):
            return index
    return max(0, len(utterances) - 1)


def _again(opening: Sequence[str], later: Sequence[str]) -> dict[int, int]:
    """Words of the opening that come again, each with the place of its shingle in the later words."""
    known: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for index in range(len(opening) - _SHINGLE + 1):
        known[tuple(opening[index : index + _SHINGLE])].append(index)
    bands: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for place, shingle in enumerate(zip(*(later[shift:] for shift in range(_SHINGLE)), strict=False)):
        for index in known.get(shingle, ()):
            diagonal = 2 * (place - index) // _DRIFT
            bands[diagonal].setdefault(index, place)  # bands overlap by half, so that no repeat lies across an edge
            bands[diagonal + 1].setdefault(index, place)
    again: dict[int, int] = {}
    for _, hits in sorted(bands.items(), key=lambda band: (-len(band[1]), band[0])):
        if len(hits) >= _LEAST_HITS:
            for index, place in hits.items():
                for shift in range(_SHINGLE):
                    again.setdefault(index + shift, place + shift)
    return again


def _last(again: Collection[int], starts: Sequence[int]) -> int | None:
    """The last utterance of the longest beginning that comes again."""
    found = None
    covered = 0
    for index, (start, end) in enumerate(pairwise(starts)):
        here = sum(place in again for place in range(start, end))
        covered += here
        enough = covered >= _LEAST_WORDS and covered >= _CONTAINED * end
        if enough and here >= _CONTAINED * (end - start):
            found = index
    return found


def _greeted(following: Sequence[Utterance]) -> bool:
    """Whether somebody greets or introduces soon after."""
    spoken = 0
    for said in following:
        if _GREETING.search(said.text):
            return True
        spoken += len(said.text.split())
        if spoken > _GREETED_WITHIN:
            return False
    return False

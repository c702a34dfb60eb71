"""Sentences of a chapter that could stand alone, each with what it is worth.

Talk is not prose: a good part of it is fillers, false starts, greetings and housekeeping. What is left is weighed by
how much of the chapter's own words a sentence holds (centroid, Radev et al. 2004), by stance, figures and names, by
length, and by who says it: an answer before a host's question.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.domain.episodes.moments import moment, words_in
from bot.domain.episodes.naming.cast import Cast
from bot.domain.episodes.span import Span
from bot.domain.quotable import balanced, fitness, is_harmless, is_question
from bot.domain.text.common_stems import COMMON_STEMS
from bot.domain.text.sentences import sentences
from bot.domain.text.words import stems
from bot.domain.transcript import Transcript, Utterance

LEAST_WORDS, MOST_WORDS = 8, 60
_LENGTHS = ((7, 0.0), (11, 0.75), (17, 0.95), (32, 1.0), (42, 0.75), (60, 0.45))
"""Words up to which a saying has this share of its worth."""
_HOST = 0.6
_QUESTION_TURN = 0.6
"""What is said in a turn that ends in a question leads up to it."""
_ANSWER = 1.1
_PAUSE = 0.35
"""Seconds between two utterances that part clauses where nobody set a full stop."""
_UNPOINTED = 0.15
"""Full stops a line of words below which a transcript has no punctuation to speak of."""
_LINE = 12
_SAME = 0.55
_LEANS = 0.4
_TWO = 0.9
"""Two sentences are good where neither is enough: one that stands alone is better."""
_LEAST_OF_TWO = 5
_Cut = tuple[int, int, int]
"""First character, first character of the last sentence, end."""

_HOUSEKEEPING = re.compile(
    r"""\b(show\s+notes|subscrib\w+|sponsor\w*|brought\s+to\s+you|promo\s+code|discount|patreon|newsletter\s+at|
    follow\s+(us|me)|check\s+(it|them|us)\s+out|sign\s+up|our\s+listeners|leave\s+(us\s+)?a\s+review|rate\s+us|
    (this|next|last|previous|another|today[’']?s|our)\s+(\w+\s+)?(episode|podcast|show|interview|edition|segment)|
    (be|get|dive|jump|move|come|circle|right)\s+(right\s+|in|on|back|along)+\b.{0,25}\b(in\s+a\s+bit|after\s+th|to\s+that|to\s+it)|
    thank(s|\s+you)\b|welcome|my\s+name\s+is|joining\s+(us|me)|joined\s+by|good\s+(question|point)|great\s+(question|point)|
    episode\s+\d+|(other|these)\s+episodes|the\s+pod\b|make\s+sure\s+to\s+(listen|check|follow)|in\s+the\s+chat\b|
    shout-?outs?|tell\s+(us|me|our)|how\s+are\s+you|(can|could|would)\s+you\s+(tell|talk|give|describe|explain)|appreciate\s+(you|your|it|that)\b|
    (if\s+you\s+have|any(\s+other)?|your)\s+(questions|comments|feedback)|let\s+us\s+know|
    (nice|good|great|glad|happy|pleasure|excited|honou?r)\s+to\s+(be|have|see|meet|talk)|talk\s+soon|see\s+you|goodbye|
    let[’']?s\s+(jump|dive|move|talk|start|go|get|do|see)|we[’']?ll\s+(talk|get|come|go|move|jump|see|be)\b|
    before\s+we\s+(get|jump|dive|go|start|move|end|wrap)|(share|see)\s+(my|your|the)\s+screen|next\s+(slide|item|question|topic)|
    can\s+you\s+hear|unmute\w*|as\s+I\s+said|where\s+was\s+I|moving\s+on|i[’']?ll\s+(turn|hand|pass|stop|let)\b|
    talk\s+to\s+you\s+(all\s+)?(again|soon|later|next)|(\d|five|four)-star|(hey|hi|hello),?\s+(there|everyone|everybody|all|guys|folks)|
    I[’']?m\s+here\s+(in|with|at)|(next|last)\s+PR\s+(here|is|up)|(on|at)\s+our\s+website|today[’']?s\s+guest|
    (this|that)[’']?s\s+it\s+for|for\s+the\s+week\s+of|\w+\.(com|org|net|fm|io|dev)/\w+|(our|dear|hey)\s+listeners|by\s+the\s+way,\s+listeners|
    (head|go|come|hop)\s+(on\s+)?(over\s+)?to\s+\w+\.\w+|check\s+my\s+work|
    (to|gotta|just)\s+plug\b|(engage|join|find)\s+us\b|share\s+your|(love|like|looking\s+forward)\s+to\s+hear(ing)?\s+(from|your|what)|
    (end|start)\s+of\s+the\s+show|stay\s+(cool|safe|tuned)|slack\s+community|episode\s+of\b|correct\s+myself|(gonna|going\s+to)\s+be\s+there|listen\w*\s+to\s+(this|us)|(pull|bring)\s+up\s+(the|my)\s+(slide|screen)s?|
    (unintelligible|inaudible|crosstalk|laughter|music|silence)\b.{0,15}\]|
    выпуск\w*|подпис\w+|спонсор\w*|промокод\w*|спасибо|здравствуйте|добрый\s+день|до\s+(свидания|встречи)|меня\s+зовут|
    в\s+гостях|ссылк\w+\s+в\s+описании|поговорим|хороший\s+вопрос)\b
    | \[(unintelligible|inaudible|crosstalk|laughter|music)[^\]]*\] | ^next\s""",
    re.IGNORECASE | re.VERBOSE,
)
_TALK_OF_TALK = re.compile(
    r"""\b(I\s+(just\s+)?want(ed)?\s+to|I\s+was\s+(just\s+)?(going|about)\s+to|I\s+don[’']?t\s+know|I[’']?m\s+not\s+(really\s+|entirely\s+)?sure|
    I\s+don[’']?t\s+remember|I\s+forg[eo]t|let\s+me|chime\s+in|(did|as|like|what)\s+(I|you|we|he|she)\s+(just\s+)?(said|say|mention(ed)?|described?)|
    (I|you|we|he|she)\s+(just\s+|already\s+|also\s+)?(mentioned|talked\s+about)|(we[’']?ve|I[’']?ve|we)\s+(had|talked|covered|discussed|spoke)|
    correct\s+me|for\s+the\s+(audience|listeners)|in\s+terms\s+of\s+the|the\s+(first|second|next|last|other)\s+(one|thing)\s+(is|was|here)|
    you[’']?(re|ve|\s+guys|\s+got|\s+surprised|\s+asked|\s+were)\b|(could|would)\s+be\s+pro-|one\s+of\s+the\s+(ones|things)\s+(I|that)|
    I\s+have\s+(a\s+question|no\s+idea)|(earlier\s+)?I\s+said\b|(sounds|makes)\s+(good|sense)|thanking\s+you|
    my\s+question|curious|I\s+wonder|sorry|haha|joking|kidding|laugh\w*|
    не\s+знаю|не\s+помню|извини\w*|простите|как\s+(я|ты|вы)\s+(уже\s+)?(сказал\w*|говорил\w*))\b
    | ^(I[’']m|my\s+name)\s+[A-Z]""",
    re.IGNORECASE | re.VERBOSE,
)
_STUTTER = re.compile(
    r"\b(\w+(?:['’]\w+)?)(?:(?:,|\s*-+|…|\.\.\.)\s*\1|\s+(?!\b(?:that|had|very|really|so|no|much|many|long|очень)\b)\1)\b"
    r"|\b(\w+\s+\w+),?\s+\2\b|\w-\s|--|\.\.\.|…|\w+—\s*$",
    re.IGNORECASE,
)
_RAW = re.compile(r"\*\*|\]\(|^#|`{3}|\[\d+(?:\.\d+)?,|\b(?:None|null|undefined)\b[,}\]]|\\")
_FILLER = re.compile(
    r"""\b(um+|uh+|er+m*|you\s+know|i\s+mean|sort\s+of|kind\s+of|kinda|gonna|gotta|wanna|basically|actually|obviously|
    or\s+whatever|or\s+something|and\s+so\s+on|stuff\s+like\s+that|i\s+guess|right\s*[,?]|okay|ok|yeah|blah|anyway|
    ну|вот|как\s+бы|типа|короче|в\s+общем|значит|собственно)\b
    | ,\s+like\s*,""",
    re.IGNORECASE | re.VERBOSE,
)
_OPENER = re.compile(
    r"""^(yeah|yes|yep|yup|right|okay|ok|sure|so|and|but|or|well|no|oh|ah|um+|uh+|like|because|cause|then|also|which|exactly|
    absolutely|definitely|mm-?hmm|hmm|huh|wow|cool|great|awesome|nice|alright|all\s+right|anyway|i\s+mean|you\s+know|let|
    first|second|secondly|lastly|again|for\s+example|in\s+this\s+case|in\s+that\s+case|otherwise|plus|maybe|is|are|was|were|where|whereas|until|just|actually|by\s+the\s+way|honestly|frankly|obviously|
    да|ну|нет|и|а|но|вот|так|то\s+есть|потому|поэтому|значит|угу|ага|хорошо)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_DANGLING = re.compile(
    r"""^(?:(?:yeah|so|and|but|well|yes|no|then|now|i\s+think|i\s+mean|because|or|also|maybe|like|right|okay|again)\b,?\s+)*
    (it|it[’']s|that|that[’']s|this|these|those|they|they[’']\w+|he|he[’']s|she|she[’']s|them|there|there[’']s|here|here[’']s|
    his|her|their|its|such|which|who|one\s+of\s+(them|these|those)|the\s+(other|same|former|latter|first|second)\s+one|
    он|она|оно|они|это|этот|эта|эти|его|её|их|там|тут|такой|такая|такие|который|которая)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_STANCE = re.compile(
    r"""\b(never|always|must|should|shouldn[’']t|cannot|can[’']t|won[’']t|wrong|mistake|nobody|no\s+one|everyone|everybody|only|
    worse|worst|better|best|most|biggest|important|impossible|hard(er|est)?|easy|dangerous|problem|reason|truth|matters?|
    rather\s+than|instead\s+of|more\s+than|not\s+(a|an|the|because|about)|the\s+(real|whole|point|question|idea|goal|trick|key)|
    means|need(s|ed)?\s+to|have\s+to|has\s+to|in\s+order\s+to|unless|if\s+you|depends|fundamental(ly)?|essentially|
    never|surpris\w+|interesting|amazing|terrible|love|hate|fear|hope|prefer|believe|agree|disagree|
    никогда|всегда|должн\w+|нельзя|только|главн\w+|важн\w+|ошибк\w+|никто|вс[её]гда|лучше|хуже|проблем\w+|поэтому|надо|нужно|
    immer|nie|niemals|muss|falsch|wichtig\w*|problem|nur|toujours|jamais|doit|faux|important\w*|seulement|siempre|nunca|debe)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_OPINION = re.compile(
    r"""\b(I[’']?(m|ve)?\s+(\w+\s+)?(think|believe|would|don[’']t|love|hate|prefer|argue|suspect|expect|hope|agree|disagree|learned|
    realized|found|convinced|worr\w+)|in\s+my\s+(view|opinion|experience)|my\s+(view|opinion|take|guess)|
    я\s+(\w+\s+)?(думаю|считаю|верю|уверен\w*|боюсь|понял\w*|люблю|против)|по-моему|на\s+мой\s+взгляд)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_FIGURE = re.compile(
    r"\d|\b(two|three|four|five|ten|twenty|hundred\w*|thousand\w*|million\w*|billion\w*|percent|half|"
    r"два|две|три|десят\w+|сто|двести|тысяч\w*|миллион\w*|процент\w*|половин\w+)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[\w,;:] )[A-ZА-ЯЁ][\w’'-]+|\b[A-Z]{2,}\b|\w[a-z][A-Z]\w")
_CASELESS = re.compile(r"[\u0900-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_END = re.compile(r"[.!?。！？।]")


_UPPER = re.compile(r"^[^A-ZА-ЯЁÀ-Þ\d“\"«(]|^[A-Z][\w.]+ [A-Z]\w+: ")
_VAGUE = re.compile(
    r"\b(it|that|this|those|these|they|them|he|she|there|things?|stuff|something|a\s+little(\s+bit)?|a\s+bit|a\s+lot|probably|"
    r"это|этого|этот|эти|они|он|она)\b",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"^(\W*\w+\W+){0,4}?(this|that|those|these)\s+(?!is\b|means\b|the\b|you\b|we\b|I\b|are\b)\w+", re.IGNORECASE
)
_BLEMISHES = (
    (_UPPER, 0.5), (_OPENER, 0.6), (_DANGLING, _LEANS), (_TALK_OF_TALK, 0.4), (_POINTS, 0.8),
    (re.compile(r"[\"“]"), 0.7),
)  # fmt: skip
"""What makes a sentence stand less well, and what is left then."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence, or two in a row, of one utterance."""

    index: int
    """Of its utterance in the transcript."""
    text: str
    """Byte for byte."""
    at: float
    speaker: str | None
    """The display name."""
    words: int
    stems: frozenset[str]
    central: float
    """How much of what the chapter is about it holds, 0 to about 1."""
    fit: float
    """How well it stands alone, 0 to 1."""
    worth: float
    """As a quotation: all together."""
    single: bool = True
    """One sentence, not two."""


def sayings(span: Span, transcript: Transcript, cast: Cast) -> list[Saying]:
    """Everything of a chapter that may stand alone under a name, in order; sentences that overlap are not sorted out.

    Nothing is taken from what is marked as an advertisement.
    """
    said = transcript.utterances[span.first : span.last + 1]
    weights = _weights(said)
    pointed = has_stops(said)
    manner = _Manner(transcript.utterances, cast.names, _askers(cast), weights)
    found: list[Saying] = []
    for index, one in enumerate(said, span.first):
        if not one.ad:
            cuts = _runs(one.text) if pointed else _clause(transcript.utterances, index)
            found.extend(saying for cut in cuts if (saying := manner.weigh(index, cut, pointed=pointed)) is not None)
    return found


def _askers(cast: Cast) -> frozenset[str]:
    if all(person.role != "guest" for person in cast.people):
        return frozenset()
    return frozenset(person.name for person in cast.people if person.role == "host")


def alike(stems_of_one: frozenset[str], stems_of_other: frozenset[str]) -> bool:
    """Whether two sentences say the same: most of the shorter one's stems are in the other."""
    least = min(len(stems_of_one), len(stems_of_other))
    if not least:
        return False
    shared = len(stems_of_one & stems_of_other)
    return shared >= _SAME * least if least > 2 else shared == least


def has_stops(said: Sequence[Utterance]) -> bool:
    """Whether sentences end in punctuation; automatic captions have none."""
    words = sum(words_in(one.text) for one in said)
    return sum(len(_END.findall(one.text)) for one in said) >= _UNPOINTED * words / _LINE


def _weights(said: Sequence[Utterance]) -> Mapping[str, float]:
    """How much each stem tells about these utterances, the most telling has 1."""
    counts = Counter(stem for one in said if not one.ad for stem in _stems(one.text))
    raw = {
        stem: (1 + math.log(count)) * math.log(1 / (COMMON_STEMS.get(stem, 0.0) + 0.003))
        for stem, count in counts.items()
        if count > 1
    }
    top = max(raw.values(), default=1.0)
    return {stem: weight / top for stem, weight in raw.items()}


@lru_cache(maxsize=8192)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(stems(text))


def _runs(text: str) -> list[_Cut]:
    """Sentences, and runs of two: `(start, start of the last sentence, end)`."""
    single = [(start, start, end) for start, end in sentences(text)]
    return [*single, *((first[0], second[0], second[2]) for first, second in pairwise(single))]


def _clause(said: Sequence[Utterance], index: int) -> list[_Cut]:
    """All of an utterance that begins and ends with a pause: the only clause that can be told without punctuation."""
    one = said[index]
    before = index == 0 or one.start - said[index - 1].end >= _PAUSE
    after = index + 1 == len(said) or said[index + 1].start - one.end >= _PAUSE
    return [(0, 0, len(one.text))] if before and after else []


@dataclass(frozen=True, slots=True)
class _Manner:
    """What is the same for all sentences of a chapter."""

    said: Sequence[Utterance]
    names: Mapping[str, str]
    hosts: frozenset[str]
    """Display names of those who ask, where somebody else is there to answer."""
    weights: Mapping[str, float]

    def weigh(self, index: int, cut: _Cut, *, pointed: bool) -> Saying | None:
        """The saying at these characters of an utterance; None where it cannot stand alone."""
        one = self.said[index]
        text = one.text[cut[0] : cut[2]]
        count = words_in(text)
        if not LEAST_WORDS <= count <= MOST_WORDS:
            return None
        fit = (
            _together(one.text, cut)
            if cut[0] < cut[1]
            else standing(text if pointed else f"{text[0].upper()}{text[1:]}.")
        )
        if fit <= 0:
            return None
        found = frozenset(_stems(text))
        central = self._central(found)
        worth = fit * _length(count) * (0.35 + central + _spice(text)) * self._manner(index)
        at = moment(one, cut[0])
        return Saying(
            index,
            text,
            at,
            self._name(one),
            count,
            found,
            round(central, 6),
            round(fit, 6),
            round(worth, 6),
            cut[0] == cut[1],
        )

    def _name(self, one: Utterance) -> str | None:
        return self.names.get(one.speaker, one.speaker) if one.speaker else None

    def _central(self, found: frozenset[str]) -> float:
        held = sorted((self.weights.get(stem, 0.0) for stem in found), reverse=True)[:5]
        return sum(held) / 4

    def _manner(self, index: int) -> float:
        """Answers before questions, guests before hosts."""
        share = 1.0
        if is_question(self.said[index].text):
            share *= _QUESTION_TURN
        elif index and is_question(self.said[index - 1].text):
            share *= _ANSWER
        return share * _HOST if self._name(self.said[index]) in self.hosts else share


def _together(text: str, cut: _Cut) -> float:
    """How well two sentences stand: as the weaker one does. The second may lean on the first."""
    first, second = text[cut[0] : cut[1]].rstrip(), text[cut[1] : cut[2]]
    if min(words_in(first), words_in(second)) < _LEAST_OF_TWO:
        return 0.0
    leaning = _LEANS if _DANGLING.search(second) else 1.0
    return _TWO * min(standing(first), standing(second) / leaning, 1.0)


def is_clean(text: str) -> bool:
    """Whether words may be quoted at all, be they housekeeping: no stutter, no markup, nothing harmful, and no note of
    whoever wrote them down, which stands in brackets.
    """
    return not text.startswith(("(", "[")) and not _RAW.search(text) and not _STUTTER.search(text) and is_harmless(text)


def saying_of(text: str, index: int, at: float, speaker: str | None) -> Saying:
    """A sentence that was chosen for what it says, not weighed."""
    return Saying(index, text, at, speaker, words_in(text), frozenset(_stems(text)), 1.0, 1.0, 1.0)


@lru_cache(maxsize=8192)
def standing(text: str) -> float:
    """How well a sentence of a talk stands alone, 0 (never) to 1."""
    if not is_clean(text) or _HOUSEKEEPING.search(text):
        return 0.0
    if "?" in text or "？" in text:
        return 0.0
    if _CASELESS.search(text):
        return 0.9 if balanced(text) and _END.match(text[-1]) else 0.0
    fit = min(1.0, fitness(text) * 2)
    for pattern, share in _BLEMISHES:
        fit *= share if pattern.search(text) else 1.0
    count = words_in(text)
    return fit * math.exp(-6 * len(_FILLER.findall(text)) / count - 2 * len(_VAGUE.findall(text)) / count)


def _spice(text: str) -> float:
    """Stance, opinion, figures and names."""
    stance = min(2, len(_STANCE.findall(text)))
    figures = bool(_FIGURE.search(text))
    names = bool(_NAME.search(text))
    return 0.18 * stance + 0.15 * figures + 0.1 * names + 0.2 * bool(_OPINION.search(text))


def strength(text: str) -> float:
    """How striking a sentence is by itself, without its chapter."""
    return standing(text) * _length(min(words_in(text), MOST_WORDS)) * (0.5 + _spice(text))


def _length(count: int) -> float:
    return next(share for most, share in _LENGTHS if count <= most)

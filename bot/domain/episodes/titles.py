"""Titles of chapters in the material's own words.

A good title names what this part speaks of and the others do not: phrases of nouns are weighed by how often they stand
in this chapter and how seldom in the others (class-based TF-IDF, Grootendorst 2022), more where the chapter begins,
because that is where its subject is named. No tagger tells nouns from verbs: the talk itself does, by what stands
before a word (`the fee` against `we fee`).
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.domain.quotable import is_harmless
from bot.domain.text.common_stems import COMMON_STEMS
from bot.domain.text.sentences import sentences
from bot.domain.text.stopwords import ALWAYS_STOPPED, STOP_WORDS, word_set
from bot.domain.text.words import language, stem

MOST_CHARACTERS = 60
LEAST_TITLE, MOST_TITLE = 2, 8
"""Words of a title."""
_SAMPLE = 4000
_LONGEST = 4
"""Words of a phrase."""
_OPENING_WORDS = 40
"""Words at the beginning of a chapter, where its subject is named."""
_OPENING = 10.0
"""How much more a phrase counts there."""
_GROWTH = 0.6
"""Exponent of its count: the tenth time says less than the second."""
_EVERYWHERE = 4.0
"""What the rarity of a phrase in the other chapters is added to: people do name a chapter by the episode's subject."""
_OWN, _BEST_WORD, _LEAST_WORD = 0.5, 0.5, 0.7
"""What the weight of a phrase, of its best word and of its least word count for."""
_HINTED = 2.0
_USED = 0.8
"""What is left of the score of a phrase for each title that names it already."""
_COMMON = 0.005
_AHEAD = 0.4
"""Share of the best one's score below which nothing is put beside a phrase of several words."""
_THIRD = 0.65
"""Share of the best one's score that a third phrase needs."""
_LONE = 0.6
"""Share of the best one's score that a word needs which is neither a name nor stands in a phrase."""
_BELONGS = 0.6
"""Share of a word's uses that another one follows, from which on it does not end a phrase."""
_MANY, _NEARLY_ALL = 6, 0.9
"""Parts from which on a lone word that stands in this share of them names none."""
_QUESTION_WORDS = range(3, 9)
_JOINS = {
    "en": "and", "ru": "и", "de": "und", "fr": "et", "es": "y", "it": "e", "pt": "e", "nl": "en",
}  # fmt: skip
_PIECE = re.compile(r"(?P<word>#\d+|[^\W_](?:[\w'’.+/#-]*\w)?(?:\+\+|#)?)|(?P<mark>[^\w\s])")
_NUMBER = re.compile(r"#?v?\d[\w.-]*")
_CUT = re.compile(r"['’](?!s$)|[./].*/|\.(?:com|org|net|io)\b|^\d+(?:st|nd|rd|th)$")
_POSSESSIVE = re.compile(r"['’]s$")
_INNER = word_set("of by de du des von der di del da van")
_DETERMINERS = word_set(
    """
    the a an this that these those my your our their his her its of some any no each every another same new which what
    der die das ein eine den dem des le la les un une des el los las una il lo o os as um uma het een
    """
)
_SUBJECTS = word_set(
    """
    i you we they he she it who to will would can could should might may must shall do does did don't didn't doesn't
    won't can't couldn't wouldn't not is are was were be been it's very so more most too really pretty quite super
    how just gonna let's let please ich wir sie er man nous vous ils elle zu pour
    """
)
_NEVER = word_set(
    """
    kind sort lot bit guess mean yeah okay thing things stuff guy guys folks people everybody person gonna wanna
    gotta gotcha cool great nice awesome sure absolutely basically actually obviously literally definitely probably
    pretty really
    maybe wait question questions point example way case part time times today moment minute minutes hour hours
    second first third half fact reason idea course sense place right left sorry hey hello welcome thanks thank haha
    episode podcast show newsletter interview chat conversation talk talking discussion segment topic item section
    folk someone something anything everything nothing anyone everyone whatever happen happens happened happening
    look looks looking feel feels feeling hear heard hearing sound sounds wondering wonder believe suppose remember
    forget tell telling told ask asking asked speak speaking spoke start started starting end ended ending stop
    little big huge small large long short high low good bad better best worse worst old different specific
    certain whole entire able interesting interested curious important hard easy simple exciting excited happy
    glad love loved hope hopefully curious quick quickly slightly totally completely exactly essentially generally
    specifically currently previously originally eventually typically usually necessarily particularly especially
    half couple few dozen bunch amount number side kinda ish hmm mhm uh um er ah oh wow yep nope ok alright i'm it's
    that's there's we're they're you're don't doesn't didn't isn't wasn't aren't won't can't couldn't wouldn't i've
    we've they've you've i'd you'd we'd they'd i'll you'll we'll they'll let's what's who's how's here's he's she's
    being been having doing going coming getting putting taking giving trying needing saying said says seeing seen
    makes making made work works working worked use using used uses run running set goes went gone came come
    current existing various particular actual typical separate several recent favorite favourite useful popular
    similar possible potential single multiple additional normal regular common main general personal real full true
    false own next last previous final extra proper major minor bigger biggest smaller smallest longer longest shorter
    larger largest younger older earlier later latest easier hardest newer lower higher spare weird crazy funny
    absolute difficult corresponding related relevant available necessary similar separate obvious clear sad
    january february march april june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday week weeks week's month months year years yesterday tomorrow tonight news
    anymore whomever versus brief super unspent everyone someone somebody anybody nobody three four five six seven
    eight nine ten twenty hundred thousand million ends
    send submit thinking whereas whenever handy eager
    put run call called calling add adding added move moved moving change changed changing happen keep keeping
    просто очень вообще сейчас например конечно действительно кстати понятно скажем говорить говорит говорят сказать
    сказал делать делает делают сделать вещь вещи дело люди человек время раз день момент вопрос потому поэтому первый
    """
)
_VERB_END = re.compile(r"(?:ly|[^e]ed|n't|ing)$")
_QUALITY = re.compile(r"(?:ful|ous|less|able|ible|ive|ual|onal|ical|est)$")
"""Ends of words that mostly say how something is; a heading does not end in one."""
_COMPOUND = re.compile(
    r"-(?:based|level|term|time|like|free|only|wide|specific|end|interested|\w+ed|\w+ing|\w+ly|\w+able)$"
)
_NOUN_END = re.compile(r"(?:tion|sion|ment|ness|ity|ship|ance|ence|ism|ist|ure|logy|graphy|ware|ers?|ors?|ings?)s?$")
_RUSSIAN_OTHER = re.compile(
    r"(?:[аяиеоуыю]ть(?:ся)?|[иеёая]т(?:ся)?|[ую]т(?:ся)?|[аяиыеу]л[аои]?(?:сь|ся)?|[еиё]шь|[еиё]м|[ыи]й|[аяо]я|[оеы]е|[оеы]го|"
    r"[оеы]м[уи]?|[оеы]й|ую|юю|ые|ие|ых|их|ыми|ими|но|ли|в|я|[еи]те)$"
)
_PREPOSITIONS = word_set("в на о об от до по с со к ко у из за под над при про для без через перед между во обо их его")
_INTERROGATIVE = re.compile(
    r"^(why|how\s+(do|does|did|is|are|can|could|should|to|much|many|hard|far|long)|what['’]s|which|"
    r"what\s+(is|are|was|were|does|do|did|makes?|happens|can|should)|is|are|can|does|do|should|will|"
    r"как|почему|зачем|что\s+такое|где|когда|какой|какая|какие|чем|можно\s+ли|"
    r"wie|warum|was|comment|pourquoi|cómo|qué)\b",
    re.IGNORECASE,
)
_VAGUE_QUESTION = re.compile(
    r"\b(you|your|he|she|they|them|him|it|that|this|these|those|there|here|we|us|I|me|my|else|mean|then|next|total|"
    r"about|one|ones|thing|things|up|"
    r"вы|ты|вас|вам|он|она|они|это|этого|этом|там|тут|я|мы|нам|дальше)\b",
    re.IGNORECASE,
)


_TWICE, _THREE = 2, 3
_Ranked = tuple[tuple[str, ...], float]
"""The stems of a phrase and its score."""


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter as its title sees it."""

    texts: Sequence[str]
    """Of its utterances, without advertisements."""
    questions: Sequence[str] = ()
    """What is asked in it, in order."""


@dataclass(slots=True)
class _Phrases:
    """The phrases of one chapter, by their stems."""

    counts: Counter[tuple[str, ...]] = field(default_factory=Counter)
    early: Counter[tuple[str, ...]] = field(default_factory=Counter)


def titles(
    parts: Sequence[Part], given: Sequence[str | None], hints: str = "", speakers: Collection[str] = ()
) -> list[str | None]:
    """A title for each part that is given none, none twice; None where a part has no phrase that would do.

    `hints` is text whose words matter more: the title and the notes of the episode. `speakers` are names of those who
    talk: they call each other by name all the time.
    """
    found = list(given)
    if None not in found:
        return found
    tongue = language(" ".join(text for part in parts for text in part.texts).lower().split()[:_SAMPLE])
    talk = _Talk(tongue, {word for name in speakers for word in _words(name)})
    phrases = [talk.read(part) for part in parts]
    known = frozenset(talk.stem(word) for word in _words(hints))
    used = {title.casefold() for title in given if title}
    for index, part in enumerate(parts):
        if found[index] is None:
            title = _title(talk, part, talk.ranked(phrases, index, known, least=_TWICE), used)
            title = title or _title(talk, part, talk.ranked(phrases, index, known, least=1), used)
            used.update([title.casefold()] if title else [])
            talk.use(title or "")
            found[index] = title
    return found


def _title(talk: "_Talk", part: Part, ranked: Sequence[_Ranked], used: set[str]) -> str | None:
    top = {key for phrase, _ in ranked[:4] for key in phrase}
    for question in part.questions:
        if _crisp(question) and sum(talk.stem(word) in top for word in _words(question)) >= 1:
            title = _capital(question.strip("¿ "))
            if title.casefold() not in used:
                return title
    for title in _joined(talk, ranked):
        if title.casefold() not in used:
            return title
    return None


def _crisp(question: str) -> bool:
    """Whether a question could be a heading as it stands."""
    count = len(question.split())
    fits = count in _QUESTION_WORDS and len(question) <= MOST_CHARACTERS and is_harmless(question)
    return fits and bool(_INTERROGATIVE.search(question)) and not _VAGUE_QUESTION.search(question)


def _joined(talk: "_Talk", ranked: Sequence[_Ranked]) -> Iterator[str]:
    """Titles of one phrase of several words that is far ahead; then of two that have no word in common, then of one.

    Three only where the third is nearly as good. A lone word that is no name must be nearly as good as the best.
    """
    best = ranked[:8]
    strong = [one for one in best if one[1] >= _LONE * best[0][1] or not talk.is_plain(one[0])]
    groups = [[best[0]]] if _is_ahead(best) else []
    groups += [strong[:3]] if len(strong) >= _THREE and strong[2][1] >= _THIRD * best[0][1] else []
    groups += [[first, other] for at, first in enumerate(strong) for other in strong[at + 1 :]]
    groups += [[phrase] for phrase in best if len(phrase[0]) >= LEAST_TITLE]
    groups += [[first, other] for at, first in enumerate(best) for other in best[at + 1 :]]
    for group in groups:
        stems = [word for phrase, _ in group for word in phrase]
        title = _heading([talk.spelled(phrase) for phrase, _ in group], talk.tongue)
        if len(stems) == len(set(stems)) and len(title) <= MOST_CHARACTERS and len(title.split()) <= MOST_TITLE:
            yield title


def _is_ahead(best: Sequence[_Ranked]) -> bool:
    if not best or len(best[0][0]) < LEAST_TITLE:
        return False
    return len(best) == 1 or best[1][1] < _AHEAD * best[0][1]


def questions(texts: Sequence[str]) -> list[str]:
    """Everything asked in some texts."""
    return [text[a:b] for text in texts if "?" in text for a, b in sentences(text) if text[b - 1] == "?"]


def _heading(phrases: Sequence[str], tongue: str) -> str:
    """Phrases as a heading; without a word for `and` in this language, with commas only."""
    join = f" {_JOINS[tongue]} " if tongue in _JOINS else ", "
    return _capital(join.join((*filter(None, [", ".join(phrases[:-1])]), phrases[-1])))


def _capital(text: str) -> str:
    first = text.split(" ", 1)[0]
    return text if any(map(str.isupper, first)) else text[:1].upper() + text[1:]


def _words(text: str) -> list[str]:
    return [match["word"].lower() for match in _PIECE.finditer(text) if match["word"]]


class _Usage:
    """What stands before the words of a talk, which tells names from verbs."""

    def __init__(self, tongue: str) -> None:
        self._tongue = tongue
        self._named: Counter[str] = Counter()
        self._done: Counter[str] = Counter()
        self._inside: Counter[str] = Counter()
        self._seen: Counter[str] = Counter()
        self._after: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def observe(self, run: Sequence[str]) -> None:
        """Count what stands before each word."""
        for before, word in pairwise(run):
            low, last = word.lower(), before.lower()
            if last in _DETERMINERS:
                self._named[low] += 1
            elif last in _SUBJECTS:
                self._done[low] += 1
            if word[0].isupper():
                self._inside[low] += 1
            self._after[last][low] += 1
        self._seen.update(word.lower() for word in run)

    def goes_on(self, word: str, stopped: Collection[str]) -> bool:
        """Whether another word belongs to this one: `private` where nearly always `key` follows."""
        low = word.lower()
        follower, count = min(self._after[low].items(), key=lambda pair: (-pair[1], pair[0]), default=("", 0))
        return count > 1 and follower not in stopped and count >= _BELONGS * self._seen[low]

    def is_capital(self, word: str) -> bool:
        """Whether a word is a name by its capital."""
        return word[0].isupper() and (bool(self._inside[word.lower()]) or not word.istitle())

    def before_noun(self, word: str) -> bool:
        """Whether a word may stand before a noun in a title."""
        low = word.lower()
        if low.endswith("ly"):
            return False
        return low in _INNER or bool(self._inside[low]) or not low.isalpha() or self._named[low] >= self._done[low]

    def is_noun(self, word: str) -> bool:
        """Whether a word names something, as far as that can be told."""
        low = word.lower()
        if self._tongue == "ru":
            return not _RUSSIAN_OTHER.search(low) or word[0].isupper()
        if self._inside[low] or any(map(str.isdigit, low)):
            return True
        if _COMPOUND.search(low):
            return False
        named, done = self._named[low], self._done[low]
        if _VERB_END.search(low) and named <= done + 1:
            return False
        if _QUALITY.search(low):
            return False
        return named > done or (named == done and bool(_NOUN_END.search(low)))


class _Talk:
    """What the whole talk says about its words."""

    def __init__(self, tongue: str, speakers: Collection[str]) -> None:
        self.tongue = tongue
        self._usage = _Usage(tongue)
        self._speakers = frozenset(speakers)
        self._stopped = STOP_WORDS[tongue] | ALWAYS_STOPPED | _NEVER
        self._spellings: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        self._counts: Counter[tuple[str, ...]] = Counter()
        self._cut: Counter[tuple[str, ...]] = Counter()
        self._stems: dict[str, str] = {}
        self._used: Counter[str] = Counter()

    def stem(self, word: str) -> str:
        """What the forms of a lower-case word have in common."""
        known = self._stems.get(word)
        if known is None:
            known = self._stems[word] = stem(word.removesuffix("'s").removesuffix("’s"), self.tongue)
        return known

    def read(self, part: Part) -> _Phrases:
        """Count the phrases of a part, and what stands before its words."""
        found = _Phrases()
        spoken = 0
        for text in part.texts:
            for run in _runs(text):
                self._usage.observe(run)
                for key, surface, after, is_cut in self._phrases(run):
                    found.counts[key] += 1
                    self._counts[key] += 1
                    self._cut[key] += is_cut
                    if spoken < _OPENING_WORDS:
                        found.early[key] += 1
                    self._spellings[key][surface] += 1 if after not in _PREPOSITIONS else 0
                spoken += len(run)
        return found

    def ranked(self, phrases: Sequence[_Phrases], index: int, known: frozenset[str], *, least: int) -> list[_Ranked]:
        """The phrases of a part that are said `least` times or are names, best first."""
        here = phrases[index]
        weights = {key: self._weight(key, phrases, index, known) for key in here.counts}
        scored = [
            (key, self._score(key, here, weights))
            for key in here.counts
            if self._is_name(key, here, least) and not self._is_everywhere(key, phrases)
        ]
        scored = [(key, score * _USED ** min(self._used[word] for word in key)) for key, score in scored]
        scored.sort(key=lambda pair: (-pair[1], pair[0]))
        return _without_parts(scored)

    def _is_everywhere(self, key: tuple[str, ...], phrases: Sequence[_Phrases]) -> bool:
        """Whether a lone word stands in nearly all parts, so that it tells none from the others."""
        if len(phrases) < _MANY or not self.is_plain(key):
            return False
        return sum(key in other.counts for other in phrases) >= _NEARLY_ALL * len(phrases)

    def use(self, title: str) -> None:
        """What one title names, the others had better not."""
        self._used.update(self.stem(word) for word in _words(title))

    def spelled(self, key: tuple[str, ...]) -> str:
        """The phrase as it is spelled most often."""
        spelling, _ = min(self._spellings[key].items(), key=lambda pair: (-pair[1], pair[0].isupper(), pair[0]))
        return spelling

    def is_plain(self, key: tuple[str, ...]) -> bool:
        """Whether it is one word and no name."""
        return len(key) == 1 and self.spelled(key).islower()

    def _phrases(self, run: Sequence[str]) -> Iterator[tuple[tuple[str, ...], str, str, bool]]:
        """Stems, spelling, the word before, and whether a name goes on beyond the phrase."""
        lows = [word.lower() for word in run]
        content = [
            low.removesuffix("'s").removesuffix("’s") not in self._stopped
            and len(low) > 1
            and not _CUT.search(low)
            and low.removesuffix("'s").removesuffix("’s") not in self._speakers
            and (not low[0].isdigit() or (at > 0 and run[at - 1][0].isupper()))
            for at, low in enumerate(lows)
        ]
        named = [is_word and word[0].isupper() for word, is_word in zip(run, content, strict=True)]
        for start, is_content in enumerate(content):
            if not is_content:
                continue
            before = lows[start - 1] if start else ""
            for end in range(start + 1, min(len(run), start + _LONGEST) + 1):
                if not content[end - 1]:
                    if lows[end - 1] not in _INNER:
                        break
                    continue
                key = tuple(
                    self.stem(low) for low, is_word in zip(lows[start:end], content[start:end], strict=True) if is_word
                )
                is_cut = (named[start] and start > 1 and named[start - 1]) or (
                    named[end - 1] and end < len(run) and named[end]
                )
                yield key, _POSSESSIVE.sub("", " ".join(run[start:end])), before, is_cut

    def _weight(self, key: tuple[str, ...], phrases: Sequence[_Phrases], index: int, known: frozenset[str]) -> float:
        """Class-based TF-IDF of a phrase."""
        here = phrases[index].counts[key] + _OPENING * phrases[index].early[key]
        others = sum(key in other.counts for other in phrases) - 1
        rarity = math.log(1 + len(phrases) / (1 + others))
        prior = 1.0
        if len(key) == 1:
            prior = math.log(1 / (COMMON_STEMS.get(key[0], 0.0) + _COMMON)) / math.log(1 / _COMMON)
        hinted = _HINTED if known.issuperset(key) else 1.0
        return float(here**_GROWTH) * (_EVERYWHERE + rarity) * prior * hinted

    def _score(self, key: tuple[str, ...], here: _Phrases, weights: Mapping[tuple[str, ...], float]) -> float:
        """A phrase is worth its own weight and a share of its words'."""
        if len(key) == 1:
            return weights[key]
        parts = [weights.get((word,), 0.0) for word in key]
        seen = here.counts[key] + here.early[key]
        return (_OWN * weights[key] + _BEST_WORD * max(parts) + _LEAST_WORD * min(parts)) * (1.0 if seen > 1 else 0.7)

    def _is_name(self, key: tuple[str, ...], here: _Phrases, least: int) -> bool:
        """Whether the phrase may name something: nouns, and what stands before nouns."""
        words = self.spelled(key).split()
        if _NUMBER.fullmatch(words[0]) or (len(words) == 1 and len(words[0]) < _THREE and words[0].istitle()):
            return False
        named = all(map(self._usage.is_capital, words))
        seen = here.counts[key] + (here.early[key] if len(words) == len(key) > 1 else 0)
        if seen < least and not named:
            return False
        if self._usage.goes_on(words[-1], self._stopped) or self._cut[key] >= _BELONGS * self._counts[key]:
            return False
        return self._usage.is_noun(words[-1]) and all(self._usage.before_noun(word) for word in words[:-1])


def _runs(text: str) -> Iterator[list[str]]:
    """Words between marks."""
    run: list[str] = []
    for match in _PIECE.finditer(text):
        if match["mark"] and match["mark"] not in "`*_":
            if run:
                yield run
            run = []
        elif match["word"]:
            run.append(match["word"])
    if run:
        yield run


def _without_parts(scored: Sequence[_Ranked]) -> list[_Ranked]:
    """Without phrases whose words all stand in a better one."""
    kept: list[_Ranked] = []
    for key, score in scored[:60]:
        if not any(set(key) <= set(better) or set(better) <= set(key) for better, _ in kept):
            kept.append((key, score))
        if len(kept) >= 12:
            break
    return kept

"""Who speaks in an episode, in which part, for whom they work; and who is spoken of by full name."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from bot.domain.episode import EpisodePerson, Role
from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.episodes.naming import said
from bot.domain.episodes.naming.cast import Cast
from bot.domain.episodes.naming.gazetteer import FIRST_NAMES, PLACES
from bot.domain.episodes.naming.labels import Pool, fuller, resolved
from bot.domain.episodes.naming.presentable import is_part, is_person_name, presentable
from bot.domain.episodes.naming.proper import looks_like_person, person_at
from bot.domain.episodes.naming.said import Introduced
from bot.domain.episodes.naming.spelling import one_spelling, parts, written_as
from bot.domain.text.stopwords import word_set
from bot.domain.transcript import Transcript, Utterance

MOST_NAMED = 8
"""People who are spoken of and do not speak."""
_MOST_KNOWN = 5_000
_CLIP = 40
"""Words: who says less, and less than a hundredth of all, is a voice in a clip or a question from the room."""
_CAPITALS = re.compile(r"[^\W\d_][\w'’\-]*")
_OPENS = re.compile(
    r"\bwelcome (?:back )?(?:everybody|everyone|all|to (?!the (?:show|podcast)\b))|\byou(?:['’]re| are) listening to"
    r"|\byour host\b|\bthis is the .{1,40}(?:podcast|show)\b|\bdobro\b|добро пожаловать|\bс вами\b",
    re.IGNORECASE,
)
_ORDINARY = word_set(
    """
    will mark may grant bill rose grace joy april june drew sue pat dale dawn rob jack nick frank guy max ray dean ash
    rex clay cliff glen holly iris lily amber robin victor christian penny gene art hope faith chase sky austin jordan
    charlotte georgia virginia victoria sofia lee van роман лев надежда вера
    """
)
"""First names that are other words too: at the start of a sentence they say nothing."""


def people(facts: EpisodeFacts, transcript: Transcript | None, known: Sequence[str]) -> Cast:
    """Who speaks, and who is spoken of.

    `known` are the names of the roster: they lend their spelling, never a person who is not here. A label of the
    transcript becomes a full name where exactly one fits; what a machine numbered stays a number unless the talk gives
    the name away.
    """
    utterances = transcript.utterances if transcript else ()
    automatic = transcript.automatic if transcript else False
    given = list(said.of_facts(facts))
    told = [*given, *said.of_talk(utterances)]
    roster = tuple(name for one in known[:_MOST_KNOWN] if (name := presentable(one)) and len(parts(name)) > 1)
    trusted = tuple(dict.fromkeys(one.name for one in given if len(parts(one.name)) > 1))
    spoken = tuple(dict.fromkeys(_spelled(one.name, trusted, roster, automatic) for one in told))
    pool = Pool(tuple(one for one in spoken if len(parts(one)) > 1), roster, _capitals(facts, utterances), automatic)
    names = resolved(utterances, transcript.speakers if transcript else (), pool, told)
    speaking = _speaking(utterances, names, [one.name for one in told])
    facts_of = _gathered(told, [*speaking, *trusted], pool)
    if not speaking:
        speaking = [one.name for one in given if one.by == "publisher" or one.role is not None]
        speaking = list(
            dict.fromkeys(_spelled(name, tuple(speaking[:i]), roster, False) for i, name in enumerate(speaking))
        )
    roles = _roles(facts, utterances, names, speaking, facts_of)
    spelled = {*trusted, *roster, *(one.name for one in given)}
    cast = [
        EpisodePerson(name, roles[name], _org(name, facts_of, utterances, names), automatic and name not in spelled)
        for name in sorted(speaking, key=lambda one: roles[one] != "host")
    ]
    cast += [
        EpisodePerson(name, "named", _org(name, facts_of, (), {}), automatic and name not in spelled)
        for name in _named(utterances, speaking, [*trusted, *roster], automatic)
    ]
    return Cast(tuple(cast), names)


def _is_shown(name: str) -> bool:
    return len(name) > 1 and not is_part(name) and is_person_name(name)


def _speaking(utterances: Sequence[Utterance], names: Mapping[str, str], told: Sequence[str]) -> list[str]:
    """Everybody with a name who says more than a clip's worth, or is introduced."""
    words: Counter[str] = Counter()
    for one in utterances:
        if one.speaker:
            words[names[one.speaker]] += one.text.count(" ") + 1
    least = min(_CLIP, sum(words.values()) // 100)
    return [name for name in dict.fromkeys(names.values()) if _is_shown(name) and (words[name] > least or name in told)]


def _spelled(name: str, trusted: Sequence[str], roster: Sequence[str], automatic: bool) -> str:
    return written_as(name, trusted, automatic=automatic) or written_as(name, roster, automatic=automatic) or name


def _capitals(facts: EpisodeFacts, utterances: Sequence[Utterance]) -> frozenset[str]:
    texts = [facts.title, facts.notes, *(one.text for one in utterances)]
    return frozenset(word.lower() for text in texts for word in _CAPITALS.findall(text) if word[0].isupper())


def _gathered(told: Sequence[Introduced], speaking: Sequence[str], pool: Pool) -> dict[str, list[Introduced]]:
    """What is said of each person, under the name that people read."""
    found: dict[str, list[Introduced]] = {}
    for one in told:
        name = (
            written_as(one.name, speaking, automatic=pool.automatic)
            or fuller(one.name, speaking, automatic=pool.automatic)
            or one.name
        )
        found.setdefault(name, []).append(one)
    return found


def _org(
    name: str, facts_of: Mapping[str, Sequence[Introduced]], utterances: Sequence[Utterance], names: Mapping[str, str]
) -> str | None:
    """Where they work: as publisher or talk says it, else as they say it themselves at the beginning."""
    told = next((one.org for one in facts_of.get(name, ()) if one.org), None)
    if told:
        return told
    own = [one.text for one in utterances[: said.OPENING] if one.speaker and names.get(one.speaker) == name]
    return next((org for text in own[:4] if (org := said.own_employer(text[:2000]))), None)


def _roles(
    facts: EpisodeFacts,
    utterances: Sequence[Utterance],
    names: Mapping[str, str],
    speaking: Sequence[str],
    facts_of: Mapping[str, Sequence[Introduced]],
) -> dict[str, Role]:
    """A part for each speaker: the publisher's word, else who opens, else who asks."""
    show = {word for word in parts(facts.show or "") if len(word) > 3}
    roles: dict[str, Role] = {}
    for name in speaking:
        written = [one.role for one in facts_of.get(name, ()) if one.role and one.by != "talk"]
        if written or show & set(parts(name)):
            roles[name] = "host" if "host" in written or not written else "guest"
    for name in _opening(utterances, names):
        roles.setdefault(name, "host")
    for name in speaking:
        for role in [one.role for one in facts_of.get(name, ()) if one.role]:
            roles.setdefault(name, role)
    if "host" not in roles.values():
        asking = _most_questions(utterances, names)
        if asking is not None and asking in speaking and asking not in roles:
            roles[asking] = "host"
    return {name: roles.get(name) or _by_questions(name, roles, utterances, names) for name in speaking}


def _by_questions(
    name: str, roles: Mapping[str, Role], utterances: Sequence[Utterance], names: Mapping[str, str]
) -> Role:
    """A host where somebody is known to be the guest, and this one asks far more often than they do."""
    rates = {}
    for label, shown in names.items():
        own = [one.text.endswith("?") for one in utterances if one.speaker == label]
        rates[shown] = sum(own) / max(1, len(own))
    guests = [rates.get(one, 0.0) for one, role in roles.items() if role == "guest"]
    return "host" if guests and rates.get(name, 0.0) >= max(0.12, 1.8 * max(guests)) else "guest"


def _opening(utterances: Sequence[Utterance], names: Mapping[str, str]) -> list[str]:
    """Who welcomes listeners, at most one."""
    for one in utterances[:15]:
        if one.speaker and _OPENS.search(one.text[:600]):
            return [names[one.speaker]]
    return []


def _most_questions(utterances: Sequence[Utterance], names: Mapping[str, str]) -> str | None:
    """Who asks most, named or not; of equals, who speaks first."""
    asked = Counter(names[one.speaker] for one in utterances if one.speaker and one.text.endswith("?"))
    first = list(dict.fromkeys(names.values()))
    return max(first, key=lambda name: (asked[name], -first.index(name)), default=None)


def _named(
    utterances: Sequence[Utterance], speaking: Sequence[str], trusted: Sequence[str], automatic: bool
) -> list[str]:
    """Full names in the talk of people who do not speak, most named first."""
    counts: Counter[str] = Counter()
    single: Counter[str] = Counter()
    for one in utterances:
        end = 0
        for word in _CAPITALS.finditer(one.text):
            if word.start() < end or not word[0][0].isupper():
                continue
            single[word[0].lower()] += 1
            found = person_at(one.text, word.start()) if word[0].lower() in FIRST_NAMES else None
            if found is not None and _is_somebody(found[0], one.text, word.start()):
                counts[found[0]] += 1
                end = found[1]
    merged: Counter[str] = Counter()
    for name, count in counts.most_common(200):
        known = written_as(name, [*merged, *speaking], automatic=automatic) or written_as(
            name, trusted, automatic=automatic
        )
        merged[known or name] += count
    for name in merged:
        merged[name] += single[parts(name)[-1]]
    strangers = [name for name in merged if not any(one_spelling(name, one, automatic=automatic) for one in speaking)]
    return sorted(strangers, key=lambda name: (-merged[name], name))[:MOST_NAMED]


def _is_somebody(name: str, text: str, at: int) -> bool:
    low = name.lower()
    if not looks_like_person(name) or low in PLACES or low.split()[-1] in PLACES:
        return False
    starts = at == 0 or text[:at].rstrip(" \"“'(")[-1:] in {".", "?", "!", ":", "…", "", ","}
    return not (low.split()[0] in _ORDINARY and starts)

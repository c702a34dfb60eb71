"""The good mind: competent and honest. It answers every task of ours, and small talk where there is no task."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bot.domain.checks.lexicon import vocabulary
from tests.fakes.minds.good_episode import write_chapters, write_whole
from tests.fakes.minds.good_frame import repeat_dialogue, repeat_frame, write_dialogue, write_frame
from tests.fakes.minds.good_story import Answer, is_clean, phrasing_of, write_story
from tests.fakes.minds.phrasing import Told, excerpt, quoted
from tests.fakes.minds.prompts import Heard, Reading, ids
from tests.fakes.minds.saying import Prompt, Said
from tests.fakes.minds.translating import translated

_WORD = re.compile(r"[^\W_]{2,}")
_EMPTY_WORDS = vocabulary("""
    the a an of to in on at by for from with and or but is are was were be been has have had do does did will would can
    could may might should it its this that these those what who whom whose which when where why how much many any some
    there their they he she his her him you your we our us about into than then as not no so if say says said tell
    между что кто как когда где почему это эта этот они она оно был была было есть для про или при его
    """)
_WHERE = re.compile(
    r"^\W{0,6}`?((?:title|lede|question|open_question|standfirst|why_now|counter|synthesis|crux|pull_quote|"
    r"analogy|so_what|"
    r"positions|body|plain_words|connections|promises|closed|opening|lines|line|"
    r"dialogue)(?:[.\[][\w\].\[]*)?)`?(?=\W|$)"
)
_MISSING = {
    "en": (
        "None of these passages gives the grounds on which the first of them was written.",
        "None of them says what somebody who was there would have seen.",
    ),
    "ru": (
        "Ни один из этих фрагментов не говорит, на чём основан первый из них.",
        "Ни один не говорит, что увидел бы тот, кто там был.",
    ),
    "de": (
        "Keine dieser Stellen sagt, worauf sich die erste von ihnen stützt.",
        "Keine sagt, was jemand gesehen hätte, der dabei war.",
    ),
}
_LIMITS = {"title": 80, "standfirst": 120, "lede": 88, "positions": 130, "why_now": 180, "pull_quote": 160}


class Good:
    """Writes what is asked from what it is shown."""

    def answer(self, prompt: Prompt) -> Said:
        """Prose or JSON, as the task wants it."""
        return Said(dumped(self.think(Reading(prompt))))

    def think(self, reading: Reading) -> Answer | str:
        """The answer as data, or as text."""
        task = reading.task.partition(" ")[0]
        return _TASKS.get(task, _small_talk)(reading)


def dumped(answer: Answer | str) -> str:
    """An answer as it is said."""
    return answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)


def relevant(question: str, passages: Sequence[Heard]) -> list[Heard]:
    """Passages that speak of what is asked, best first; none where nothing does."""
    wanted = _roots(question)
    if not wanted:
        return []
    scored = [(len(wanted & _roots(f"{p.name} {p.words}")), -at, p) for at, p in enumerate(passages) if is_clean(p)]
    best = max((score for score, _, _ in scored), default=0)
    least = 1 if len(wanted) < 3 else 2
    found = sorted((s for s in scored if s[0] >= max(least, best - 1)), key=lambda s: (-s[0], -s[1]))
    return [p for _, _, p in found]


def _roots(text: str) -> set[str]:
    return {word[:6] for word in _WORD.findall(text.lower()) if word not in _EMPTY_WORDS}


# ------------------------------------------------------------ stories and what is around them


def _story(reading: Reading) -> Answer:
    matter = reading.matter(reading.number)
    if matter is None and reading.matters:
        matter = reading.matters[0]
    return _improvised() if matter is None else write_story(reading, matter)


def _improvised() -> Answer:
    """What a mind says that does not see its material: fluent, and about nothing."""
    cited = {"text": "Experts say that the situation is developing quickly.", "evidence": ["1.1"]}
    return {
        "title": "A rapidly developing situation",
        "standfirst": cited,
        "why_now": None,
        "positions": [{"position": 1, "claim": "Says that much remains to be seen.", "evidence": ["1.1"]}],
        "counter": {"text": "Others may see it differently.", "evidence": []},
        "body": [cited, {"text": "Many people will be watching closely.", "evidence": ["1.2"]}],
        "synthesis": None,
        "crux": None,
        "pull_quote": None,
        "plain_words": [],
        "analogy": None,
        "so_what": "Stay informed.",
    }


def _frame(reading: Reading) -> Answer:
    if reading.matters:
        return write_frame(reading, reading.matters)
    if any(story.lines for story in reading.told):
        return repeat_frame(reading.told)
    empty = {"text": "The news of the day", "evidence": ["1.1"]}
    return {"title": empty, "lede": empty, "question": None, "connections": [], "promises": [], "closed": []}


def _dialogue(reading: Reading) -> Answer:
    if reading.matters:
        return write_dialogue(reading, reading.matters)
    return repeat_dialogue(reading, reading.told)


def _repair(reading: Reading) -> Answer:
    """Each flawed sentence again, on one passage it cites, in safer words; null where it cites none."""
    phrasing = phrasing_of(reading)
    parts = []
    for turn, (where, block) in enumerate(_flaws("\n".join(reading.fenced()) or reading.wanted)):
        kind = re.split(r"[.\[]", where)[0]
        passages = [p for i in ids(block) if (p := reading.passages.get(i)) is not None and is_clean(p)]
        most = _LIMITS.get(kind, 300)
        told = next((t for p in passages if (t := _again(phrasing, kind, p, turn, most)) is not None), None)
        text, evidence = (None, []) if told is None else (told.text, list(told.evidence))
        parts.append({"where": where, "text": text, "evidence": evidence})
    return {"parts": parts}


def _again(phrasing: Any, kind: str, passage: Heard, turn: int, most: int) -> Told | None:
    if kind == "positions":
        return phrasing.claim(passage, most)  # type: ignore[no-any-return]
    if kind == "pull_quote":
        return Told(passage.words, (passage.id,)) if len(passage.words.split()) <= 25 else None
    return phrasing.tell(passage, turn, most)  # type: ignore[no-any-return]


def _flaws(text: str) -> Iterator[tuple[str, str]]:
    """Each name that was complained of with the lines up to the next."""
    where, block = "", ""
    for line in text.splitlines():
        found = _WHERE.match(line.removeprefix("name: "))
        if found and not line.startswith(("# Task", "sentence: ", "cites: ", "wrong: ")):
            if where:
                yield where, block
            where, block = found[1].rstrip(".:"), line
        else:
            block += f"\n{line}"
    if where:
        yield where, block


# ------------------------------------------------------------ small tasks


def _second_reading(reading: Reading) -> Answer:
    """Numbers of sentences with a figure or a name that none of their passages has."""
    found = []
    text = "\n".join(reading.fenced())
    blocks = re.split(r"^(?=\d+[.)] )", text, flags=re.MULTILINE)
    for block in blocks:
        match = re.match(r"(\d+)[.)] (.+)", block)
        if match is None:
            continue
        passages = block[match.end() :] + " ".join(p.words for i in ids(block) if (p := reading.passages.get(i)))
        if not _stands(match[2], passages):
            found.append(int(match[1]))
    return {"unsupported": found}


def _stands(sentence: str, passages: str) -> bool:
    figures = set(re.findall(r"\d[\d.,]*\d|\d", re.sub(r"\[[\d.]+\]", "", sentence)))
    names = set(re.findall(r"(?<=[a-z,] )[A-Z]\w+", sentence))
    return all(figure in passages for figure in figures) and all(name in passages for name in names)


def _choose(reading: Reading) -> Answer:
    """By words in common with what matters to the desk; what it does not want is left out."""
    orders = reading.orders
    wants, _, rest = orders.partition("Candidates,")
    unwanted = _roots(" ".join(re.findall(r"\b(?:no|not|without|never|nothing (?:of|about))\b ([^.;]+)", wants)))
    matters = _roots(wants) - unwanted
    scored = []
    for number, text in re.findall(r"^\W*(\d+)[.):]\s*(.+)$", "\n".join(reading.fenced()) or rest, re.MULTILINE):
        roots = _roots(text)
        if not roots & unwanted:
            scored.append((-len(roots & matters), int(number)))
    return {"order": [number for _, number in sorted(scored)]}


def _translate(reading: Reading) -> Answer:
    parts = []
    for where, text in _named("\n".join(reading.fenced()) or reading.wanted):
        parts.append({"where": where, "text": translated(text, reading.language)})
    return {"parts": parts}


def _named(text: str) -> Iterator[tuple[str, str]]:
    """`name: text`, or the name in brackets or on a line of its own before it."""
    where = ""
    lines: list[str] = []
    for line in text.splitlines():
        found = re.match(r"^(?:\[([\w.\[\]-]+)\]|([a-z_]+(?:[.\[][\w.\[\]-]*)?|\d+))[:.)]?(?:\s+(.*))?$", line)
        if found:
            if where and lines:
                yield where, "\n".join(lines).strip()
            where, lines = found[1] or found[2], [found[3]] if found[3] else []
        elif where:
            lines.append(line)
    if where and lines:
        yield where, "\n".join(lines).strip()


def _answer(reading: Reading) -> str:
    question = reading.after("The question:") or (reading.fenced() or [""])[-1]
    found = relevant(question, list(reading.passages.values()))[:4]
    return "\n".join(_lines(reading, found)) or "NOTHING"


def _lines(reading: Reading, passages: Sequence[Heard]) -> Iterator[str]:
    phrasing = phrasing_of(reading)
    for turn, passage in enumerate(passages):
        told = phrasing.tell(passage, turn)
        if told is not None:
            yield f"{told.text} [{passage.id}]"


def _deeper(reading: Reading) -> str:
    """What is claimed, what stands around it, what is missing."""
    passages = [p for p in reading.passages.values() if is_clean(p)]
    told = "\n".join(reading.fenced()[1:])
    claimed = [p for p in passages if not p.headline][:5]
    around = [p for p in passages if p not in claimed and p.words[:40] not in told][:5]
    parts = ["CLAIMED", *_lines(reading, claimed)]
    parts += ["AROUND", *_lines(reading, around)] if around else []
    return "\n".join([*parts, "MISSING", *_MISSING.get(reading.language, _MISSING["en"])])


def _small_talk(reading: Reading) -> Answer | str:
    """What is asked without a task of ours: a planted word, a word to repeat, a schema to fill."""
    if reading.prompt.schema is not None:
        filled = _filled(reading.prompt.schema, reading.prompt.schema, reading)
        return filled if isinstance(filled, dict) else {}
    word = planted_word(reading.text)
    if reading.prompt.as_json or "JSON" in reading.text:
        return {"word": word or "", "ok": True}
    return word or "OK"


def planted_word(text: str) -> str | None:
    """The word that somebody was told to remember or to repeat, if it can still be seen."""
    found = re.search(
        r"(?:secret|first|magic|pass|code|key|hidden|planted)\s?-?(?:word|phrase)\s*(?:is|was|:|"
        r"=)\s*[“\"'`*]*([\w-]{3,40})"
        r"|remember (?:this|the) (?:one )?word\s*[:,]?\s*[“\"'`*]*([\w-]{3,40})"
        r"|(?:say|repeat|answer with|reply with|write)(?: only| just)?(?: the word)?\s*[:,]?\s*[“\"'`*]+([\w-]{2,40})",
        text,
        re.IGNORECASE,
    )
    return next((group for group in found.groups() if group), None) if found else None


def _filled(schema: Any, whole: Any, reading: Reading) -> Any:
    """The least value that keeps to a schema."""
    if "$ref" in schema:
        return _filled(whole["$defs"][schema["$ref"].rpartition("/")[2]], whole, reading)
    if "enum" in schema or "const" in schema:
        return schema["const"] if "const" in schema else schema["enum"][0]
    if "anyOf" in schema:
        return _filled(schema["anyOf"][0], whole, reading)
    simple: dict[str, Any] = {"array": [], "boolean": True, "integer": 1, "number": 1, "null": None}
    kind = schema.get("type", "string")
    if kind == "object":
        return {name: _filled(each, whole, reading) for name, each in (schema.get("properties") or {}).items()}
    return simple[kind] if kind in simple else planted_word(reading.text) or "ok"


_TASKS: dict[str, Callable[[Reading], Answer | str]] = {
    "story": _story, "frame": _frame, "dialogue": _dialogue, "repair": _repair, "second": _second_reading,
    "choose": _choose, "translate": _translate, "answer": _answer, "deeper": _deeper,
    "chapters": write_chapters, "whole": write_whole,
}  # fmt: skip

__all__ = ["Good", "dumped", "excerpt", "planted_word", "quoted", "relevant"]

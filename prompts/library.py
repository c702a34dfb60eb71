"""Finds, checks, fills in and fences prompts; reads what models answer.

Untrusted text stands between two marks that hold a digest of it: whoever wrote the text cannot know them, and what
looks like a mark in it is broken. Fences reduce what an instruction inside does; they prove nothing. What is published
is decided by the checks afterwards, whatever a model says.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from string import Template
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from bot.ports.prompts import Fact, Form, Untrusted

T = TypeVar("T")
_FOLDER = Path(__file__).parent
_HEAD = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_MARK = re.compile(r"<(?=\s*/?\s*outside)", re.IGNORECASE)
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_KEPT = frozenset("\n\t\u200c\u200d")
"""A new line, a tab, and the joiners that scripts and emoji need."""
_FENCE = re.compile(r"```[a-z]*\s*\n?(.*?)```", re.DOTALL | re.IGNORECASE)
_LONGEST = 65_536
"""Characters of an answer that are looked at."""


@dataclass(frozen=True, slots=True)
class PromptFile:
    """One file."""

    name: str
    purpose: str
    audience: str
    variables: Mapping[str, str]
    """`ours` or `outside`, by name."""
    body: str


class MarkdownPrompts:
    """The prompts of a folder."""

    def __init__(self, folder: Path = _FOLDER) -> None:
        """Prepare; files are read when they are first needed."""
        self._folder = folder
        self._forms: dict[type[Any], Form[Any]] = {}

    @cached_property
    def templates(self) -> Mapping[str, PromptFile]:
        """Every prompt by its name.

        Raises:
            ValueError: a file does not say what it should; it is named.
        """
        return {path.stem: _read(path) for path in sorted(self._folder.glob("*.md"))}

    def render(self, name: str, facts: Mapping[str, Fact]) -> str:
        """A prompt with its variables filled in; `outside` ones are fenced, and have to come as `Untrusted`."""
        template = self.templates[name]
        if facts.keys() != template.variables.keys():
            raise KeyError(f"{name}: wants {sorted(template.variables)}, was given {sorted(facts)}")
        filled = {key: _filled(name, key, template.variables[key], fact) for key, fact in facts.items()}
        return Template(template.body).substitute(filled).strip() + "\n"

    def form(self, answers: type[T]) -> Form[T]:
        """What an answer of this kind looks like."""
        if answers not in self._forms:
            self._forms[answers] = _form(answers)
        return self._forms[answers]

    @cached_property
    def digest(self) -> str:
        """Sixteen hex digits of all prompts."""
        text = "\x1f".join(f"{t.name}\x1e{t.body}" for t in self.templates.values())
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def visible(text: str) -> str:
    """A text without characters that nobody sees: bidirectional marks, tags, variation selectors, controls."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
        if letter in _KEPT
        or not (unicodedata.category(letter) in _INVISIBLE or "\ufe00" <= letter <= "\ufe0e" or letter >= "\U000e0000")
    )


def fenced(text: str) -> str:
    """Untrusted text between two marks that its writer could not know."""
    clean = _MARK.sub("‹", visible(text))
    mark = f"outside-{hashlib.sha256(clean.encode()).hexdigest()[:8]}"
    return f"<{mark}>\n{clean}\n</{mark}>"


def json_in(answer: str) -> str:
    """The JSON of an answer, as far as it can be told from the words around it."""
    text = answer.strip()[:_LONGEST]
    inside = _FENCE.search(text)
    if inside and "{" in inside[1]:
        text = inside[1].strip()
    begin = text.find("{")
    return text[begin:] if begin >= 0 else text


def _read(path: Path) -> PromptFile:
    match = _HEAD.match(path.read_text(encoding="utf-8"))
    head = yaml.safe_load(match[1]) if match else None
    if not match or not isinstance(head, dict) or head.keys() != {"purpose", "audience", "variables"}:
        raise ValueError(f"{path.name}: begins with purpose, audience and variables between two lines of ---")
    variables = head["variables"] or {}
    body = Template(match[2])
    if set(body.get_identifiers()) != set(variables) or set(variables.values()) - {"ours", "outside"}:
        raise ValueError(f"{path.name}: declares {sorted(variables)}, uses {sorted(body.get_identifiers())}")
    return PromptFile(path.stem, head["purpose"], head["audience"], variables, match[2])


def _filled(name: str, key: str, kind: str, fact: Fact) -> str:
    if (kind == "outside") != isinstance(fact, Untrusted):
        raise KeyError(f"{name}: {key} is {kind}")
    return fenced(fact.text) if isinstance(fact, Untrusted) else str(fact)


def _form(answers: type[T]) -> Form[T]:
    adapter = TypeAdapter(answers)

    def read(answer: str) -> T:
        try:
            return adapter.validate_json(json_in(answer), strict=False)
        except ValidationError:
            pass
        import json_repair

        try:
            return adapter.validate_python(json_repair.loads(json_in(answer)), strict=False)
        except ValidationError as error:
            wrong = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'answer'}: {e['msg']}" for e in error.errors()[:5])
            raise ValueError(wrong) from error
        except RecursionError as error:
            raise ValueError("answer: nested too deeply") from error

    return Form(answers.__name__, _strict(adapter.json_schema()), read)


def _strict(schema: Any) -> Any:  # noqa: ANN401  # JSON of any shape
    """The schema in the form that servers hold models to: every field required, none beside them, no defaults."""
    if isinstance(schema, list):
        return [_strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    strict = {key: _strict(value) for key, value in schema.items() if key not in {"default", "title"}}
    # A field may be called `title`, too: of properties, every name is kept.
    if isinstance(schema.get("properties"), dict):
        strict["properties"] = {name: _strict(value) for name, value in schema["properties"].items()}
        strict |= {"required": list(schema["properties"]), "additionalProperties": False}
    return strict

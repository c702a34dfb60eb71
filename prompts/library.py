"""Finds, checks, fills in and fences prompts.

Untrusted text stands between two marks that hold a digest of it: whoever wrote the text cannot know them, and what
looks like a mark in it is broken. Fences reduce what an instruction inside does; they prove nothing. What is published
is decided by the checks afterwards, whatever a model says.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from string import Template
from typing import Any, TypeVar

import yaml

from bot.domain.text.visible import visible
from bot.ports.prompts import Fact, Form, Untrusted
from prompts.answers import form_of

T = TypeVar("T")
_FOLDER = Path(__file__).parent
_HEAD = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_MARK = re.compile(r"<(?=\s*/?\s*outside)", re.IGNORECASE)
_LONGEST = 400_000
"""Characters of one text from outside; more than any context holds."""


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
            self._forms[answers] = form_of(answers)
        return self._forms[answers]

    @cached_property
    def digest(self) -> str:
        """Sixteen hex digits of all prompts."""
        text = "\x1f".join(f"{t.name}\x1e{t.body}" for t in self.templates.values())
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def fenced(text: str) -> str:
    """Untrusted text between two marks that its writer could not know."""
    clean = _MARK.sub("‹", visible(text[:_LONGEST]))
    mark = f"outside-{hashlib.sha256(clean.encode()).hexdigest()[:8]}"
    return f"<{mark}>\n{clean}\n</{mark}>"


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

"""How interface phrases are asked for, by everything that composes in the interface language."""

from collections.abc import Callable

Say = Callable[..., str]
"""`Phrases.say`: an interface phrase with its facts."""

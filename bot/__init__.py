"""Counterpoint: cited briefings of what thinkers argue about, and a thread that argues back."""

__version__ = "0.1.0"

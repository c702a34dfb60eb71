"""Transcripts as files have them: captions, JSON, pages, Markdown, plain text. What it is shows in the content."""

from adapters.episodes.formats.reading import Read, read_cues

__all__ = ["Read", "read_cues"]

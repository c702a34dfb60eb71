"""Prompt templates for writers that ask a model."""

"""Interface strings: one Fluent file a language."""

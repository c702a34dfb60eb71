"""Where thinkers publish: one module a kind of source."""

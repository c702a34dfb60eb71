"""The extractive writer: an edition made of original sentences, each quoted, cited and said by whom.

It needs no model and no network. It is pure, so it lives in the core: it is the default writer and the fallback of
every part another writer fails at (decision record 0004).
"""

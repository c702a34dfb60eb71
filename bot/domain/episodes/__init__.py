"""From a transcript to an overview: pure functions, each on the whole result of the one before.

`settling` makes a transcript of cues; `spans` finds the chapters; `words` names and sums them up; `quoting` picks what
was said; `naming` finds people and things; `compose` puts them together; `check` holds the result against the contract.
"""

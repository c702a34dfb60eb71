"""An edition in another language than its own: what of it is translated, and what of a translation stands.

Everything that decides is pure: `parts` takes an edition apart and puts what was translated in its place, `faults`
holds a translation against its original, `figures` and `denials` are what it compares.
"""

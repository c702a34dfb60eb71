"""Use cases: one module, one sentence a user could say."""

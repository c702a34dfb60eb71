"""Talking about an episode: what was said in it, put on a shelf, and the look-ups under its overview."""

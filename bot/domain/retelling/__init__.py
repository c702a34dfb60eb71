"""Overviews of episodes in the words of a model: the witness that its sentences are held against, and what is taken."""

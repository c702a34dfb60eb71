"""Kill it, cut it off, freeze it, restore it: nothing is lost, nothing is doubled. `python -m tests.chaos` runs it all.

Every scenario counts what a platform on loopback accepted, by that platform's own list. Naive ways of posting run
beside ours under the same faults and must fail: a run in which they do not proves nothing.
"""

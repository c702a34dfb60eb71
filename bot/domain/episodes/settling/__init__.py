"""From what a file says to a transcript that can be relied on: in order, in utterances, with a time for each.

`order` puts times right, `timing` reckons those that are missing, `labels` tidies who speaks, `joining` and `cutting`
make utterances, `spoken` tells the language. The words themselves are never touched: quotations are checked against
them.
"""

from bot.domain.episodes.settling.settle import BREAK, settle

__all__ = ["BREAK", "settle"]

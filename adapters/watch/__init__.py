"""What an operator watches: the journal of events, metrics, and the pages that machines ask."""

"""The roster: the shipped one, the operator's file (reading, editing) and lists of feeds (OPML)."""

"""An edition gets to a place once."""

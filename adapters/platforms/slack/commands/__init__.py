"""`/brief` and its words."""

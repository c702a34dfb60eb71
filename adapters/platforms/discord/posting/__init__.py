"""How messages get to places, and how it is found out whether they stand there."""

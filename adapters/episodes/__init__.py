"""Episodes of other people: where they are found, and what is said in them."""

"""A chat platform on loopback: places, threads, limits, and every way in which such a platform fails."""

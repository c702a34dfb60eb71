"""Discord: cards, threads, buttons, commands."""

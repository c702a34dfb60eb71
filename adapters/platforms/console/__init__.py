"""The terminal as a real platform: card, thread, buttons as words, replies."""

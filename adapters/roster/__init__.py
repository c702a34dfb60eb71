"""The roster file: read, checked, edited, imported and exported."""

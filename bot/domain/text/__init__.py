"""What can be read off a text without asking anyone: sentences, words, names, links."""

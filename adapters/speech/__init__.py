"""Hears recordings that nobody wrote down.

`sound` fetches a file and makes sure it is one, `cutting` makes pieces of it in a worker process, and either `openai`
(a server) or `whisper` (a model on this machine) writes down what is said in them. `transcribers` chooses which.
"""

"""Where people read and answer: one package a platform."""

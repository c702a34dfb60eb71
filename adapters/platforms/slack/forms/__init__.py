"""Modals in which something is set up or managed."""

"""Slack: a parent message with its thread, modals, App Home, `/brief`."""

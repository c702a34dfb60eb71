"""When work runs."""

"""The command line: a driving adapter over the services."""

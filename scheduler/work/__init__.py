"""Who does the work: this process, for now."""

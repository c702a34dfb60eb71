"""Language models: whatever speaks chat completions."""

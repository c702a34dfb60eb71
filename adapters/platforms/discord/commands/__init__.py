"""The slash commands and what their forms do."""

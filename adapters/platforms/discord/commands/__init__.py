"""The slash commands: how they are declared and told to Discord, what each does, and the pages they show."""

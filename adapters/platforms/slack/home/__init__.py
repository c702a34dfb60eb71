"""App Home: what a person sees of us without asking."""

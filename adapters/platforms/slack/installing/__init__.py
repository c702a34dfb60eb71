"""How workspaces let us in, and what becomes of it when they do not any more."""

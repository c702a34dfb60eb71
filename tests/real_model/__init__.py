"""What asks a small real model on this machine; `make models` runs it."""

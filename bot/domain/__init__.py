"""Pure data and pure decisions: no network, disk, clock or environment."""

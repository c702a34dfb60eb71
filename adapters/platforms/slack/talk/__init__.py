"""What people write and press."""

"""What people write and press, and how they are answered."""

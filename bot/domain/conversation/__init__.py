"""What people type under an edition, whether it is meant for us, and what they get back: pure decisions."""

"""A picture of Discord, drawn from payloads: for the demonstration, and to look at messages in tests."""

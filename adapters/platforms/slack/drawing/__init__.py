"""A picture of Slack, drawn from payloads: for the demonstration, and to look at messages in tests."""

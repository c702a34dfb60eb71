"""A picture of Slack from payloads, for demonstrations and tests."""

"""What adapters share: the guarded HTTP client, feed reading, worker processes."""

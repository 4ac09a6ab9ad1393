"""What the examples promise, beyond being applied."""

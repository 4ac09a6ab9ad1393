"""Indexes: what a definition must be, what the service fills in, and what may change later."""

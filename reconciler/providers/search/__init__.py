"""The search service: list, get, put, delete."""

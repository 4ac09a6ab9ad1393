"""Kinds of our own documents: they say what must hold, and are never sent to the service."""

"""Text to tokens: the analyzers of a field, and those that an index defines for itself."""

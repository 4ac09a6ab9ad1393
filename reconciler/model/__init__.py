"""The nouns: frozen values that every room speaks of, and nothing that does I/O."""

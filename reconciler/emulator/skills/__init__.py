"""The enrichment tree and the skills that grow it."""

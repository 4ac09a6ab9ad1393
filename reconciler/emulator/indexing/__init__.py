"""An indexer's runs: from blobs through skills into an index."""

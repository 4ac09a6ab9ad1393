"""Bodies to manifests, driven by the marks: what a person would have written. No I/O."""

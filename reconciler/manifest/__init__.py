"""YAML -> Resources: project file, documents, expressions, and shape errors with their lines."""

"""YAML -> Resources: the project file, documents, expressions, and shape errors with their lines."""

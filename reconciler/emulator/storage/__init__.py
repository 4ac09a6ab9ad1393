"""Where a data source's documents are: a blob service, or a folder that stands for an account."""

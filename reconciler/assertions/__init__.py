"""What Checks and EmbeddingModels say, asked of the service and of the models themselves."""

"""What is done with a service that stands: run indexers and follow them, ask indexes."""

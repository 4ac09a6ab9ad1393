"""A project in one environment, and what is done with it, in order."""

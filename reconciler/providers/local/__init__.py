"""Documents of our own: never planned, never sent."""

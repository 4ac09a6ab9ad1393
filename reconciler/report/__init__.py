"""A plan as text, Markdown or JSON: pure functions of it."""

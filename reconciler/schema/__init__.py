"""What a kind is declared with: marks, bodies, shapes, the walk beside them. It knows no kind."""

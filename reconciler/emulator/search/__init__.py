"""The documents of an index, and the queries over them."""

"""The enriched document has a type: what an indexer cracks, and what each skill adds to it.

`paths` reads the grammar of paths, `nodes` holds what is typed, `cracking` is what a data source
yields, `program` runs the skills of one pipeline over it, `facts` are what rules judge.
"""

"""The one catalogue of every problem's code: what it means, and what to do.

The texts are Markdown, a file a chapter: they are read one beside the other, as
their page shows them, and are written without quotes. Those of lint rules are the docstrings of the
rules.
"""

from reconciler.problems.catalogue import Chapter, Explanation, catalogue, chapters, explain

__all__ = ["Chapter", "Explanation", "catalogue", "chapters", "explain"]

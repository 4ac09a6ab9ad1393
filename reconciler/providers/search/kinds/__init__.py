"""The kinds of the search service, one file or package each."""

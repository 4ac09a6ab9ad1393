"""Where a search service is, and for whom its tokens are."""

SCOPE = "https://search.azure.com/.default"
"""The audience of tokens in the public cloud."""

EXAMPLE = "https://NAME.search.windows.net"


def of(name: str) -> str:
    """The endpoint of a service, by its name, in the public cloud."""
    return EXAMPLE.replace("NAME", name)

"""Whether an address is the one that a contract describes."""

from __future__ import annotations

from urllib.parse import SplitResult, unquote, urlsplit

_ANYWHERE = ("localhost", "127.0.0.1", "::1", None)
"""Hosts of servers that say nothing of where an API runs; None: that of the file itself."""


def elsewhere(uri: str, server: str | None, path: str | None) -> str:
    """In which way an address is another one; nothing where it is not, or nobody can tell.

    Where the host is known, the whole path is compared, and its end where it is not: before it may
    stand what a gateway adds.

    Args:
        server: the one address of the API, such as `https://contoso.com/api`, or `/api`.
        path: the path beneath it; `{name}` is any segment.
    """
    ours, theirs = _split(uri), _split(server or "")
    if ours is None or not ours.hostname or theirs is None or path is None:
        return ""
    whole = theirs.hostname not in _ANYWHERE
    if whole and ours.hostname != theirs.hostname:
        return (
            f"the skill calls `{ours.hostname}`, and the contract's server is `{theirs.hostname}`"
        )
    expected = [*_segments(theirs.path), *_segments(path)]
    called = _segments(ours.path)
    compared = called if whole else called[len(called) - len(expected) :]
    if len(compared) == len(expected) and all(map(_fits, compared, expected)):
        return ""
    return (
        f"the skill calls `{ours.path or '/'}`, and the contract's path is `/{'/'.join(expected)}`"
    )


def _split(uri: str) -> SplitResult | None:
    try:
        return urlsplit(uri)
    except ValueError:
        return None


def _segments(path: str) -> list[str]:
    return [unquote(segment) for segment in path.split("/") if segment]


def _fits(called: str, expected: str) -> bool:
    return called == expected or "{" in expected

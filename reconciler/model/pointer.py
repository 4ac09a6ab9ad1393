"""The one path grammar: JSON pointers (RFC 6901) in which a keyed list's element goes by its key.

`/fields/embedding/dimensions` is the `dimensions` of the field named `embedding`.
"""

from __future__ import annotations

from collections.abc import Iterable

Path = tuple[str, ...]


def render(path: Iterable[str | int]) -> str:
    """A path as text: `("fields", "a/b")` is `/fields/a~1b`; the empty path is ``."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def parse(text: str) -> Path:
    """The text of a pointer as a path.

    Raises:
        ValueError: the text is neither empty nor starts with a slash.
    """
    if not text:
        return ()
    if not text.startswith("/"):
        raise ValueError(f"'{text}' is not a JSON pointer: it must start with a slash")
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in text[1:].split("/"))


def covers(outer: Path, inner: Path) -> bool:
    """Whether `inner` is `outer` or lies beneath it."""
    return inner[: len(outer)] == outer

"""A JSON object of an answer, asked for its members by type: nothing else reads an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reconciler.wire.errors import ServiceError
from reconciler.wire.reply import Reply


class Part:
    """One object of an answer. What is absent or null is empty; another type is an error.

    Each reader raises ServiceError when the member is not of the type that is asked for.
    """

    def __init__(self, value: Any, reply: Reply, name: str = "the answer") -> None:
        self._reply = reply
        self._name = name
        if not isinstance(value, dict):
            raise reply.misfit(f"{name} is no JSON object")
        self._members = value

    @classmethod
    def of(cls, reply: Reply) -> Part:
        """The whole of an answer."""
        return cls(reply.body, reply)

    def has(self, name: str) -> bool:
        """Whether there is such a member, be it empty."""
        return self._members.get(name) is not None

    def text(self, name: str) -> str:
        """A string."""
        return str(self._of(name, str, "text") or "")

    def number(self, name: str) -> int:
        """A count: a whole number, and not below zero."""
        value = self._of(name, int, "a number")
        if isinstance(value, bool) or (value or 0) < 0:
            raise self._misfit(name, "a count")
        return int(value or 0)

    def part(self, name: str) -> Part | None:
        """An object."""
        value = self._members.get(name)
        return None if value is None else Part(value, self._reply, f"`{name}`")

    def parts(self, name: str) -> list[Part]:
        """A list of objects."""
        found = self._of(name, list, "a list") or []
        return [Part(value, self._reply, f"an element of `{name}`") for value in found]

    def objects(self, name: str) -> list[dict[str, Any]]:
        """A list of objects that must be there, as plain JSON."""
        if not self.has(name):
            raise self._misfit(name, "a list")
        self.parts(name)
        found: list[dict[str, Any]] = self._members[name]
        return found

    def must(self, read: Callable[[str], Any], name: str) -> Any:
        """A member that must be there: `part.must(part.number, "count")`."""
        if not self.has(name):
            raise self._reply.misfit(f"`{name}` is missing")
        return read(name)

    def _of(self, name: str, kind: type, what: str) -> Any:
        value = self._members.get(name)
        if value is not None and not isinstance(value, kind):
            raise self._misfit(name, what)
        return value

    def _misfit(self, name: str, what: str) -> ServiceError:
        return self._reply.misfit(f"`{name}` is not {what}")

"""The path of a request to Azure Resource Manager, read; names in it are compared without case."""

from __future__ import annotations

from dataclasses import dataclass

RESOURCES = "Microsoft.Resources"


@dataclass(frozen=True)
class Address:
    """`scope` is what comes before the provider, as an id.

    An object has as many names as types; a list or an action has a type more. What ARM keeps itself
    (subscriptions, groups, operations) is read as of Microsoft.Resources.
    """

    scope: str
    namespace: str
    types: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, path: str) -> Address | None:
        """None where the path has another form."""
        parts = path.strip("/").split("/")
        lowered = [part.lower() for part in parts]
        if "" in parts:
            return None
        if "providers" not in lowered:
            return cls._of_arm(parts, lowered)
        at = len(parts) - 1 - lowered[::-1].index("providers")
        tail = parts[at + 1 :]
        if len(tail) < 2:
            return None
        scope = "".join(f"/{part}" for part in parts[:at])
        return cls(scope, tail[0], tuple(tail[1::2]), tuple(tail[2::2]))

    @classmethod
    def _of_arm(cls, parts: list[str], lowered: list[str]) -> Address | None:
        if lowered[0] != "subscriptions":
            return None
        if len(parts) <= 2:
            return cls("", RESOURCES, ("subscriptions",), tuple(parts[1:]))
        scope = f"/subscriptions/{parts[1]}"
        return cls(scope, RESOURCES, tuple(parts[2::2]), tuple(parts[3::2]))

    @property
    def type(self) -> str:
        """`microsoft.search/searchservices`: a key of the table of kinds."""
        return "/".join((self.namespace, *self.types)).lower()

    @property
    def is_object(self) -> bool:
        return len(self.names) == len(self.types)

    @property
    def name(self) -> str:
        """The last name, also of what a list or an action belongs to."""
        return self.names[-1] if self.names else ""

    @property
    def subscription(self) -> str:
        parts = self.scope.split("/")
        if len(parts) > 2 and parts[1].lower() == "subscriptions":
            return parts[2]
        return self.name if self.type == "microsoft.resources/subscriptions" else ""

    @property
    def group(self) -> str:
        """The resource group that the scope begins with, or which is meant itself."""
        parts = self.scope.split("/")
        if len(parts) > 4 and parts[3].lower() == "resourcegroups":
            return parts[4]
        if self.namespace == RESOURCES and self.types[0].lower() == "resourcegroups":
            return self.names[0] if self.names else ""
        return ""

    def cut(self, depth: int) -> Address:
        """The object `depth` types deep that the rest of the path belongs to."""
        return Address(self.scope, self.namespace, self.types[:depth], self.names[:depth])


def covers(scope: str, id: str) -> bool:
    """Whether an id is the scope, or beneath it."""
    scope, id = scope.rstrip("/").lower(), id.lower()
    return id == scope or id.startswith(f"{scope}/")

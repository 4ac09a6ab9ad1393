"""One api-version, and what it knows."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Version:
    """An api-version. One without a `base` has a property table of its own in `tables/`.

    The others are told as differences from the version that `base` names: `without` and `plus` go
    by type, `plus` gives the property's word, `absent` types are gone.
    """

    name: str
    base: str = ""
    without: dict[str, tuple[str, ...]] = field(default_factory=dict)
    plus: dict[str, dict[str, str]] = field(default_factory=dict)
    absent: tuple[str, ...] = ()

    @property
    def namespace(self) -> str:
        """`Microsoft.Azure.Search.V2025_11_01_Preview`, as recorded in contexts."""
        return "Microsoft.Azure.Search.V" + self.name.replace("-", "_").replace("_p", "_P")

    @property
    def preview(self) -> bool:
        return self.name.lower().endswith("preview")

    @property
    def date(self) -> str:
        return self.name[:10]

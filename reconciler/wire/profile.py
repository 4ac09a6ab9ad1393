"""Who is called, and what helps when it refuses: for the messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class ServiceProfile(NamedTuple):
    """A kind of service.

    Args:
        name: what people call it.
        advice: by HTTP status, what to check; `{attempts}` is how often it was called.
    """

    name: str
    advice: Mapping[int, str]

    @property
    def not_ours(self) -> str:
        """What to check when something else answers."""
        return f"this is not {self.name}: check the endpoint, proxies, sign-in pages on the way"

    @property
    def wordless(self) -> str:
        """What to check when an error gives no reason: the service's own errors do."""
        return f"{self.name} gives one: check the endpoint and what stands before it"

    @property
    def closed(self) -> str:
        """What a refusal without a word may mean: the network's, which come before any key."""
        return (
            "its network rules keep this machine out: see its firewall and private endpoints, "
            "and whether public access is off"
        )

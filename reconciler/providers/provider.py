"""A provider: the service whose objects manifests declare, or none for documents never sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Provider:
    """One provider, as far as it is declared; what calls its service is loaded when it is called.

    Args:
        group: what `apiVersion` begins with in its manifests, and its name in ledgers and plans.
        kinds: every kind's name and the module that declares it as `KIND`, in the order of
            dependence.
        service: `module:Class` of what lists, reads and writes its objects (`model.service`); empty
            for documents that are never planned and never sent.
        default_version: the api-version where neither project nor document names one.
        newest_version: the one that shows what others hide; empty where no version hides anything.
        versions: those that editors propose, oldest first; others are taken, too.
        example: an `apiVersion` for a single document, for messages.
    """

    group: str
    kinds: Mapping[str, str]
    service: str = ""
    default_version: str = ""
    newest_version: str = ""
    versions: tuple[str, ...] = ()
    example: str = ""

    @property
    def is_sent(self) -> bool:
        """Whether its documents are planned, and written to a service."""
        return bool(self.service)

    def api_version(self, version: str) -> str:
        """What a document's `apiVersion` says for a version; the group alone means the default."""
        return f"{self.group}/{version}" if version else self.group

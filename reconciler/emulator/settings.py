"""What can be chosen about an emulated service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class Settings:
    """One emulated search service. The last three decide what is not known of the real one.

    `storage` says where a storage account is: the URL of a blob service, or a folder whose
    folders are its containers. `deployments` says which model a deployment of that name is.
    """

    service: str = "emulator"
    tier: str = "basic"
    admin_key: str | None = None
    state_dir: Path | str | None = None
    access_log: Path | str | None = None
    storage: Mapping[str, str] = field(default_factory=dict)
    deployments: Mapping[str, str] = field(default_factory=dict)
    keys_on_read: Literal["redacted", "clear"] = "redacted"
    redacted_key_on_write: Literal["removes", "keeps"] = "removes"
    language_analyzers: Literal["refused", "approximated"] = "refused"

"""What can be chosen about an emulated service."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class Settings:
    """One emulated search service. The last two decide what is not known of the real one."""

    service: str = "emulator"
    tier: str = "basic"
    admin_key: str | None = None
    state_dir: Path | str | None = None
    access_log: Path | str | None = None
    keys_on_read: Literal["redacted", "clear"] = "redacted"
    redacted_key_on_write: Literal["removes", "keeps"] = "removes"

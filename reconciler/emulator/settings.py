"""What can be chosen about an emulated service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class Settings:
    """One emulated search service, and whether Azure is emulated around it.

    The four before `azure` decide what is not known, or not done as there.

    `storage` says where a storage account is: the URL of a blob service, or a folder whose
    folders are its containers. `deployments` says which model a deployment of that name is.
    `text_model` makes the vectors of texts; minilm needs the extra `quality`.
    `language_analyzers` says what a query does with an analyzer that the emulator does not have.
    `preview_objects` says what a read does with an object whose kind of
    skill, vectorizer or source is unknown in the request's api-version: it is shown as it is
    stored, hidden, or the reason to refuse the read (400).
    `azure` adds Resource Manager with one `subscription`, and the services that it makes.
    """

    service: str = "emulator"
    tier: str = "basic"
    admin_key: str | None = None
    state_dir: Path | str | None = None
    access_log: Path | str | None = None
    storage: Mapping[str, str] = field(default_factory=dict)
    deployments: Mapping[str, str] = field(default_factory=dict)
    text_model: Literal["wordllama", "minilm"] = "wordllama"
    keys_on_read: Literal["redacted", "clear"] = "redacted"
    redacted_key_on_write: Literal["removes", "keeps"] = "removes"
    language_analyzers: Literal["refused", "approximated"] = "refused"
    preview_objects: Literal["shows", "hides", "refuses"] = "shows"
    azure: bool = False
    subscription: str = "00000000-0000-0000-0000-000000000000"

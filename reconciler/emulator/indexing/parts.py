"""The definitions that one run works with, as they were when it began."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from reconciler.emulator.store import Record, Store

Body = dict[str, Any]

ONE_TO_MANY = ("jsonArray", "jsonLines", "delimitedText", "markdown")


class NotFound(Exception):
    """Something that the indexer refers to is gone."""


@dataclass(frozen=True)
class Parts:
    """Copies of an indexer, its data source and its skillset, if it has one."""

    indexer: Body
    datasource: Body
    skillset: Body | None

    @classmethod
    def of(cls, store: Store, record: Record) -> Parts:
        """Raises NotFound when a definition is gone (inferred: it can be deleted meanwhile)."""
        body = record.body
        source = existing(store, "datasources", body["dataSourceName"])
        existing(store, "indexes", body["targetIndexName"])
        skillset = None
        if body.get("skillsetName"):
            skillset = existing(store, "skillsets", body["skillsetName"]).body
        return cls(*copy.deepcopy((body, source.body, skillset)))

    @property
    def parameters(self) -> Body:
        return self.indexer.get("parameters") or {}

    @property
    def configuration(self) -> Body:
        return self.parameters.get("configuration") or {}

    @property
    def folder(self) -> str:
        return self.datasource["container"].get("query") or ""

    @property
    def deletion_policy(self) -> Body:
        return self.datasource.get("dataDeletionDetectionPolicy") or {}

    @property
    def projections(self) -> Body:
        return (self.skillset or {}).get("indexProjections") or {}

    @property
    def selectors(self) -> list[Body]:
        return self.projections.get("selectors") or []

    @property
    def indexes_parents(self) -> bool:
        """Whether parents go to the target index too, which is the default (SKILLS 3.5)."""
        mode = (self.projections.get("parameters") or {}).get("projectionMode")
        return not self.selectors or mode != "skipIndexingParentDocuments"

    @property
    def unheeded(self) -> list[tuple[str, str]]:
        """What is asked for and not emulated, as (part of the pipeline, what to say)."""
        found = []
        if (self.skillset or {}).get("knowledgeStore"):
            text = "Knowledge stores are not emulated: nothing is written to it."
            found.append(("Projection.KnowledgeStore", text))
        if self.datasource.get("indexerPermissionOptions"):
            text = "Permissions are not emulated: indexerPermissionOptions has no effect."
            found.append((self.extraction, text))
        return found

    @property
    def one_to_many(self) -> bool:
        mode = self.configuration.get("parsingMode")
        whole = self.configuration.get("markdownParsingSubmode") == "oneToOne"
        return mode in ONE_TO_MANY and not (mode == "markdown" and whole)

    @property
    def extraction(self) -> str:
        """What the service calls the reading of this data source in errors."""
        return f"DocumentExtraction.{self.datasource['type']}.{self.datasource['name']}"


def existing(store: Store, collection: str, name: str) -> Record:
    record = store.get(collection, name)
    if record is None:
        raise NotFound(f"'{name}' was not found in {collection}.")
    return record

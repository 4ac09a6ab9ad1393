"""What services call the objects that documents declare: their names, or the paths to them."""

from __future__ import annotations

from collections.abc import Mapping

from reconciler.manifest.documents import Document
from reconciler.manifest.expression_errors import ExpressionError
from reconciler.manifest.expressions import Scope
from reconciler.manifest.project import Project
from reconciler.model.json import JsonObject
from reconciler.model.resource_id import ResourceId
from reconciler.providers import kind
from reconciler.schema.kind import Placement


class Placements:
    """The names on their services of all documents of an environment."""

    def __init__(
        self, project: Project, documents: Mapping[ResourceId, Document], scope: Scope
    ) -> None:
        self._azure = project.azure
        self._documents = documents
        self._scope = scope
        self.settings = project.azure.settings if project.azure is not None else {}

    def name(self, document: Document, body: JsonObject) -> str:
        """What its service calls an object.

        Args:
            body: as declared; expressions in it are evaluated where a name follows from it.

        Raises:
            ExpressionError: what it lies in is not declared, or its name cannot be evaluated.
        """
        declared, own = kind(document.id.kind), str(self._scope.expanded(document.name_on_service))
        if declared.locate is None or self._azure is None:  # without a place, which is told
            return own
        texts = {key: value for key, value in body.items() if isinstance(value, str)}
        parent, group = self._parent(document), document.resource_group or self._group()
        settings = {**self.settings, "resourceGroup": group}
        return declared.locate(Placement(own, parent, settings, self._scope.expanded(texts)))

    def _parent(self, document: Document) -> str:
        """The path of the object that one lies in, as far as a document declares it."""
        parent = document.parent
        if parent is not None and parent not in self._documents:
            fix = "declare it, or correct metadata.parent"
            raise ExpressionError("unknown-reference", f"{parent} is not declared", fix)
        grouped = kind(document.id.kind).grouped_by
        if parent is None and grouped:
            parent = ResourceId(grouped, document.resource_group or self._group())
        holder = self._documents.get(parent) if parent is not None else None
        return self.name(holder, holder.spec) if holder is not None else ""

    def _group(self) -> str:
        return self._azure.resource_group if self._azure is not None else ""

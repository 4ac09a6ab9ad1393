"""A field gets vectors of another length than its dimensions.

What a skill writes is as long as its `dimensions` say or, where they are left out, as its model
makes it (text-embedding-3-large: 3,072). The service takes it all, and every document fails with
`There's a mismatch in vector dimensions`.

What to do: make the field's `dimensions` and those of the skill equal.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-skill-azure-openai-embedding,
https://github.com/Azure-Samples/azure-search-openai-demo/issues/1825

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]
        - "@odata.type": "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill"
          context: /document/pages/*
          resourceUri: https://docs.openai.azure.com
          deploymentId: embed
          modelName: text-embedding-3-large
          inputs: [{name: text, source: /document/pages/*}]
          outputs: [{name: embedding, targetName: vector}]
      indexProjections:
        selectors:
          - targetIndexName: docs
            parentKeyFieldName: parent
            sourceContext: /document/pages/*
            mappings: [{name: vector, source: /document/pages/*/vector}]
        parameters: {projectionMode: skipIndexingParentDocuments}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true, analyzer: keyword}
        - {name: parent, type: Edm.String, filterable: true}
        - name: vector
          type: Collection(Edm.Single)
          dimensions: 1536
          vectorSearchProfile: p
      vectorSearch:
        profiles: [{name: p, algorithm: a}]
        algorithms: [{name: a, kind: hnsw}]

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]
        - "@odata.type": "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill"
          context: /document/pages/*
          resourceUri: https://docs.openai.azure.com
          deploymentId: embed
          modelName: text-embedding-3-large
          dimensions: 1536
          inputs: [{name: text, source: /document/pages/*}]
          outputs: [{name: embedding, targetName: vector}]
      indexProjections:
        selectors:
          - targetIndexName: docs
            parentKeyFieldName: parent
            sourceContext: /document/pages/*
            mappings: [{name: vector, source: /document/pages/*/vector}]
        parameters: {projectionMode: skipIndexingParentDocuments}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true, analyzer: keyword}
        - {name: parent, type: Edm.String, filterable: true}
        - name: vector
          type: Collection(Edm.Single)
          dimensions: 1536
          vectorSearchProfile: p
      vectorSearch:
        profiles: [{name: p, algorithm: a}]
        algorithms: [{name: a, kind: hnsw}]
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.bodies import number
from reconciler.lint.enrichment.facts import Fill, facts
from reconciler.lint.enrichment.nodes import Node
from reconciler.lint.enrichment.paths import parse
from reconciler.lint.models import EMBEDDING
from reconciler.lint.skills import DeclaredSkill
from reconciler.lint.stack import Stack
from reconciler.lint.vectors import lengths_of
from reconciler.model.problem import Correction, Problem, Related, Severity, Where
from reconciler.providers.search.kinds.edm import VECTORS
from reconciler.providers.search.kinds.skillset.types import Vector

ID = "vector-length"
SEVERITY = Severity.ERROR


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in facts(stack):
        for fill in pipeline.fills:
            if fill.field is None or not isinstance(fill.type, Vector):
                continue
            wanted, made = number(fill.field.body, "dimensions"), fill.type.dimensions
            if (
                fill.field.body.get("type") not in VECTORS
                or None in (wanted, made)
                or made == wanted
            ):
                continue
            node = pipeline.tree.node(parse(fill.path))
            writer = node.writer if isinstance(node, Node) else "what stands there"
            text = (
                f"the field `{fill.name}` holds vectors of {wanted} dimensions, and {writer} "
                f"has {made}"
            )
            fix = "write the same `dimensions` in the field and in the skill"
            notes = (Related("the field's length", fill.field.where.at("dimensions")),)
            written = (skill for skill in pipeline.skills if parse(fill.path) in skill.written)
            skill = next(written, None)
            meant = _as_long(skill, wanted) if skill is not None and wanted is not None else None
            yield Problem(ID, text, _place(skill, fill), fix, notes=notes, correction=meant)


def _place(skill: DeclaredSkill | None, fill: Fill) -> Where:
    """Where the skill says how long its vectors are; the mapping, where no skill does."""
    if skill is None:
        return fill.where
    return skill.where.at("dimensions" if "dimensions" in skill.body else "modelName")


def _as_long(skill: DeclaredSkill, wanted: int) -> Correction | None:
    """The length that the field has, written in the skill, where its model makes such vectors."""
    lengths = lengths_of(skill.body.get("modelName")) or ()
    if skill.type != EMBEDDING or wanted not in lengths or len(lengths) == 1:
        return None
    return Correction(skill.where.at("dimensions"), number(skill.body, "dimensions"), wanted)

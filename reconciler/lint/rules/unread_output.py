"""Nothing reads what a skill writes.

Outputs of skills are never mapped by their name: what no other skill, output field mapping, index
projection or knowledge store reads is made, paid for and thrown away, while the run succeeds. Told
of a skill of which nothing is read, in a skillset that an indexer or index projections are declared
for.

What to do: map the output to a field, or delete the skill.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-output-field-mapping,
https://github.com/Azure-Samples/azureai-samples/issues/144

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]
        - "@odata.type": "#Microsoft.Skills.Text.KeyPhraseExtractionSkill"
          context: /document/pages/*
          inputs: [{name: text, source: /document/pages/*}]
          outputs: [{name: keyPhrases, targetName: phrases}]
      indexProjections:
        selectors:
          - targetIndexName: docs
            parentKeyFieldName: parent
            sourceContext: /document/pages/*
            mappings:
              - {name: text, source: /document/pages/*}
        parameters: {projectionMode: skipIndexingParentDocuments}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true, analyzer: keyword}
        - {name: parent, type: Edm.String, filterable: true}
        - {name: text, type: Edm.String}

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]
        - "@odata.type": "#Microsoft.Skills.Text.KeyPhraseExtractionSkill"
          context: /document/pages/*
          inputs: [{name: text, source: /document/pages/*}]
          outputs: [{name: keyPhrases, targetName: phrases}]
      indexProjections:
        selectors:
          - targetIndexName: docs
            parentKeyFieldName: parent
            sourceContext: /document/pages/*
            mappings:
              - {name: text, source: /document/pages/*}
              - {name: phrases, source: /document/pages/*/phrases}
        parameters: {projectionMode: skipIndexingParentDocuments}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true, analyzer: keyword}
        - {name: parent, type: Edm.String, filterable: true}
        - {name: text, type: Edm.String}
        - {name: phrases, type: Collection(Edm.String)}
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.enrichment.facts import Facts, facts
from reconciler.lint.enrichment.nodes import Node
from reconciler.lint.skills import DeclaredSkill
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity, Where

ID = "unread-output"
SEVERITY = Severity.WARNING


def check(stack: Stack) -> Iterator[Problem]:
    unread: dict[Where, DeclaredSkill] = {}
    read: set[Where] = set()
    for pipeline in facts(stack):
        for skill in pipeline.skills if pipeline.indexer or pipeline.projections else ():
            if skill.outputs and not _is_read(pipeline, skill):
                unread.setdefault(skill.where, skill)
            else:
                read.add(skill.where)
    for where, skill in unread.items():
        if where not in read:
            names = ", ".join(f"`{target}`" for target, _ in skill.outputs.values())
            text = f"nothing reads what {skill.name} writes: {names}"
            fix = "map it to a field (outputFieldMappings, indexProjections), or delete the skill"
            yield Problem(ID, text, where.at("outputs", of_key=True), fix, SEVERITY)


def _is_read(pipeline: Facts, skill: DeclaredSkill) -> bool:
    """Whether any output is, also where its context leads nowhere: that is another's problem."""
    above = pipeline.tree.node(skill.context)
    if not isinstance(above, Node):
        return True
    written = (above.below.get(target) for target, _ in skill.outputs.values())
    return any(node is None or node.used for node in written)

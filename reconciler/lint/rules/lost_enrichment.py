"""An object is mapped without what other skills put beneath it.

A path yields what its own producer wrote. Enrichments beneath it, such as the vectors of an image's
parts, are not part of that value: the field gets the object without them.

What to do: gather the object with a Shaper skill, or map the enrichments by paths of their own.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-working-with-skillsets,
https://learn.microsoft.com/azure/search/cognitive-search-skill-shaper

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.V3.EntityLinkingSkill"
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: entities}]
        - "@odata.type": "#Microsoft.Skills.Text.TranslationSkill"
          context: /document/entities/*
          defaultToLanguageCode: de
          inputs: [{name: text, source: /document/entities/*/name}]
          outputs: [{name: translatedText, targetName: german}]
      knowledgeStore:
        storageConnectionString: ResourceId=8f1c2f0e-5a53-4a3e-9d0c-3a3f0d3e6a10
        projections:
          - objects: [{storageContainer: docs, source: "/document/entities/*"}]

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.V3.EntityLinkingSkill"
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: entities}]
        - "@odata.type": "#Microsoft.Skills.Text.TranslationSkill"
          context: /document/entities/*
          defaultToLanguageCode: de
          inputs: [{name: text, source: /document/entities/*/name}]
          outputs: [{name: translatedText, targetName: german}]
        - "@odata.type": "#Microsoft.Skills.Util.ShaperSkill"
          context: /document/entities/*
          inputs:
            - {name: name, source: /document/entities/*/name}
            - {name: german, source: /document/entities/*/german}
          outputs: [{name: output, targetName: both}]
      knowledgeStore:
        storageConnectionString: ResourceId=8f1c2f0e-5a53-4a3e-9d0c-3a3f0d3e6a10
        projections:
          - objects: [{storageContainer: docs, source: "/document/entities/*/both"}]
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.enrichment.facts import facts
from reconciler.lint.enrichment.nodes import Found, Node, leaves
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity
from reconciler.providers.search.kinds.skillset.types import List, Object

ID = "lost-enrichment"
SEVERITY = Severity.WARNING


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in facts(stack):
        for read in pipeline.program.reads:
            if not read.reader.ends or not isinstance(read.found, Found):
                continue
            added = _added(read.found.node)
            if added:
                text = f"`{read.path}` is mapped without {added}, which another skill put beneath"
                fix = "gather it with a Shaper skill, or map it by a path of its own"
                yield Problem(ID, text, read.where, fix, SEVERITY)


def _added(node: Node) -> str:
    """What others put beneath an object, or beneath the objects of a list; empty: nothing."""
    whole = isinstance(node.type, Object) or (
        isinstance(node.type, List) and isinstance(node.type.of, Object)
    )
    others = {
        str(path[-1])
        for path, below in leaves(node)
        if below.writer != node.writer and not below.used
    }
    return ", ".join(f"`{name}`" for name in sorted(others)) if whole else ""

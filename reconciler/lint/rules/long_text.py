"""A skill gets more text than it reads.

An embedding model takes some 8,000 tokens (about 32,000 characters of English): the whole text of a
file, or a longer page, fails the document as soon as one is longer. Other skills read the first
50,000 characters (sentiment: 5,000) and leave out the rest, with a warning; of them only pages are
told that are longer than that.

What to do: cut the text with a Split skill, and read its pages.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-skill-azure-openai-embedding,
https://learn.microsoft.com/azure/search/cognitive-search-skill-textsplit

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill"
          resourceUri: https://docs.openai.azure.com
          deploymentId: embed
          modelName: text-embedding-3-small
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: embedding, targetName: vector}]

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
          modelName: text-embedding-3-small
          inputs: [{name: text, source: /document/pages/*}]
          outputs: [{name: embedding, targetName: vector}]
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.bodies import objects, text_at
from reconciler.lint.enrichment.facts import Facts, facts
from reconciler.lint.models import EMBEDDING
from reconciler.lint.skills import DeclaredSkill
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity, Where
from reconciler.providers.search.kinds.skillset.types import Scalar

ID = "long-text"
SEVERITY = Severity.WARNING

_TOKENS, _CHARACTERS_A_TOKEN = 8_000, 4
_FIX = "read pages that a Split skill cuts short enough"
_WHOLE = ("/document/content", "/document/document_content")


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in facts(stack):
        for skill in pipeline.skills:
            for position, one in objects(skill.body, "inputs"):
                if text_at(one, "name") == "text":
                    where = skill.where.at("inputs", position, "source")
                    yield from _long(pipeline, skill, text_at(one, "source") or "", where)


def _long(pipeline: Facts, skill: DeclaredSkill, path: str, where: Where) -> Iterator[Problem]:
    """What is wrong with a text at a path, which a skill reads."""
    embeds = skill.type == EMBEDDING
    longest = _TOKENS * _CHARACTERS_A_TOKEN if embeds else skill.contract.longest
    given = pipeline.program.given.get(skill.where, {}).get("text")
    length = given.longest if isinstance(given, Scalar) else None
    if length is not None and longest is not None and length > longest:
        text = f"{skill.name} takes {longest:,} characters, and `{path}` has up to "
        yield Problem(ID, f"{text}{length:,}", where, _FIX, SEVERITY)
    elif given is not None and length is None and embeds and path in _WHOLE:
        text = f"{skill.name} embeds whole documents, and takes about {longest:,} characters"
        yield Problem(ID, text, where, _FIX, SEVERITY)
